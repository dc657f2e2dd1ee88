//! Who sees a record: asked of the portal's own views, so that the answer cannot be another than what the portal shows. The reason is
//! that of the grant which those views stand on.

use crate::actor::Desk;
use crate::clock::{Instant, day_stamp};
use crate::error::Result;
use crate::grant::desk::last_day;
use crate::id::{ContactId, LocationId, ReportId, RequestId, TargetId};
use crate::text::Lang;
use crate::viewer::{Ground, Hindrance, NAMED, Viewer, Viewers};

/// A viewer and its grant.
#[derive(sqlx::FromRow)]
struct Holder {
    contact_id: ContactId,
    name: String,
    all_locations: bool,
    expires_at: Option<Instant>,
}

#[derive(sqlx::FromRow)]
struct OfRequest {
    #[sqlx(flatten)]
    holder: Holder,
    own: bool,
}

#[derive(sqlx::FromRow)]
struct OfWork {
    #[sqlx(flatten)]
    holder: Holder,
    appointments: i64,
}

#[derive(sqlx::FromRow)]
struct OfReport {
    #[sqlx(flatten)]
    holder: Holder,
    version: i64,
    may_download: bool,
}

/// Viewers by name: `$columns` of the record `$seen`, whose rows have the viewer and the customer. A grant past its end shows nothing
/// although the views still have it: it is ended before its contact reads anything. `$2` is now.
macro_rules! viewers {
    ($columns:literal, $seen:literal) => {
        concat!(
            "SELECT v.contact_id, c.name, g.all_locations, g.expires_at, ",
            $columns,
            " FROM (",
            $seen,
            ") v
             JOIN portal_contact c ON c.contact_id = v.contact_id
             JOIN portal_grant g ON g.contact_id = v.contact_id AND g.customer_id = v.customer_id
             WHERE g.expires_at IS NULL OR g.expires_at > $2
             ORDER BY c.name, v.contact_id"
        )
    };
}

impl Holder {
    fn view(self, ground: Ground, lang: Lang) -> Viewer {
        Viewer {
            id: self.contact_id,
            name: self.name,
            ground,
            all_locations: self.all_locations,
            last_day: self.expires_at.map(|at| day_stamp(last_day(at), lang)),
        }
    }
}

/// Who sees a request.
pub(crate) async fn of_request(desk: &Desk<'_>, id: RequestId, location: LocationId) -> Result<Viewers> {
    let rows = read!(
        desk.reader(),
        Vec<OfRequest>,
        viewers!("v.own", "SELECT contact_id, customer_id, own FROM portal_request WHERE id = $1"),
        id,
        desk.db.now(),
    )?;
    let ground = |own: bool| if own { Ground::Own } else { Ground::Colleagues };
    let people = rows.into_iter().map(|row| row.holder.view(ground(row.own), desk.actor.lang)).collect();
    named(desk, people, location, None).await
}

/// Who sees work, by its shared appointments or as open work. `shared` tells whether it has a shared appointment.
pub(crate) async fn of_work(desk: &Desk<'_>, id: TargetId, location: LocationId, shared: bool) -> Result<Viewers> {
    let rows = read!(
        desk.reader(),
        Vec<OfWork>,
        viewers!(
            "v.appointments",
            "SELECT contact_id, customer_id, CAST(SUM(seen) AS BIGINT) AS appointments
             FROM (SELECT contact_id, customer_id, 0 AS seen FROM portal_open_work WHERE id = $1
                UNION ALL SELECT contact_id, customer_id, 1 FROM portal_appointment WHERE target_id = $1) known
             GROUP BY contact_id, customer_id"
        ),
        id,
        desk.db.now(),
    )?;
    let people = rows.into_iter().map(|row| row.holder.view(Ground::Appointments(row.appointments), desk.actor.lang)).collect();
    named(desk, people, location, (!shared).then_some(Hindrance::NotShared)).await
}

/// Who sees a report. `released` tells whether it has a live release.
pub(crate) async fn of_report(desk: &Desk<'_>, id: ReportId, released: bool) -> Result<Viewers> {
    let rows = read!(
        desk.reader(),
        Vec<OfReport>,
        viewers!("v.version, v.may_download", "SELECT contact_id, customer_id, version, may_download FROM portal_report WHERE id = $1"),
        id,
        desk.db.now(),
    )?;
    let ground = |row: &OfReport| Ground::Report { version: row.version, may_download: row.may_download };
    let people = rows.into_iter().map(|row| (ground(&row), row)).map(|(ground, row)| row.holder.view(ground, desk.actor.lang)).collect();
    let (location,) = read!(desk.reader(), One<(LocationId,)>, "SELECT location_id FROM report WHERE id = $1", id)?;
    named(desk, people, location, (!released).then_some(Hindrance::NotReleased)).await
}

/// The first of these people and their number; or why there are none: the record's `own` reason, if it has one.
async fn named(desk: &Desk<'_>, mut people: Vec<Viewer>, location: LocationId, own: Option<Hindrance>) -> Result<Viewers> {
    let count = people.len();
    people.truncate(NAMED);
    let hindrance = match (count, own) {
        (0, Some(own)) => Some(own),
        (0, None) => Some(hindrance_at(desk, location).await?),
        _ => None,
    };
    Ok(Viewers { people, count, hindrance })
}

/// Nobody can look at the location, or those who can lack the right.
async fn hindrance_at(desk: &Desk<'_>, location: LocationId) -> Result<Hindrance> {
    let somebody = read!(
        desk.reader(),
        Option<(ContactId,)>,
        "SELECT l.contact_id FROM portal_location l
         JOIN portal_grant g ON g.contact_id = l.contact_id AND g.customer_id = l.customer_id
         WHERE l.id = $1 AND (g.expires_at IS NULL OR g.expires_at > $2) ORDER BY l.contact_id LIMIT 1",
        location,
        desk.db.now(),
    )?;
    Ok(if somebody.is_some() { Hindrance::NoRight } else { Hindrance::NoAccess })
}
