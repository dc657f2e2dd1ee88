//! What a customer may see of appointments: the shared ones, and open work in reduced form.

use crate::actor::Portal;
use crate::appointment::{AppointmentFilter, AppointmentRow, AppointmentStatus, OpenWorkRow};
use crate::clock::{self, Instant, Zone};
use crate::customer::address_line;
use crate::customer::portal::{Narrowed, with_words};
use crate::error::{Error, Result};
use crate::id::{AppointmentId, LocationId, RequestId, TargetId};
use crate::page::{Cursor, PAGE_SIZE, Page};
use crate::text::Lang;

/// One row of the view that all of these read.
#[derive(sqlx::FromRow)]
struct Shared {
    id: AppointmentId,
    customer_name: String,
    location_id: LocationId,
    location_name: String,
    street: String,
    postal_code: String,
    city: String,
    zone: String,
    title: String,
    on_date: String,
    from_time: String,
    until_time: String,
    starts_at: Instant,
    ends_at: Instant,
    status: AppointmentStatus,
    sequence: i64,
    cancel_reason: Option<String>,
    request_id: Option<RequestId>,
    request_number: Option<String>,
}

/// The query of all lists here: the viewer's appointments, and a rest of its own.
macro_rules! shared {
    ($($rest:tt)+) => {
        concat!(
            "SELECT id, customer_name, location_id, location_name, street, postal_code, city, zone, title, on_date, from_time, until_time,
                starts_at, ends_at, status, sequence, cancel_reason, request_id, request_number
             FROM portal_appointment WHERE contact_id = $1 AND ",
            $($rest)+
        )
    };
}

impl Shared {
    fn view(self, now: Instant, lang: Lang) -> AppointmentRow {
        let zone = Zone::stored(&self.zone);
        AppointmentRow {
            id: self.id,
            title: self.title,
            span: clock::span(&self.on_date, Some(&self.from_time), Some(&self.until_time), &zone, now, lang),
            status: self.status,
            moved: self.sequence > 0,
            customer_name: self.customer_name,
            location_id: self.location_id,
            location_name: self.location_name,
            address: address_line(&self.street, &self.postal_code, &self.city),
            past: self.ends_at < now,
            cancel_reason: self.cancel_reason,
            request: self.request_id.zip(self.request_number),
        }
    }

    fn key(&self) -> (i64, uuid::Uuid) {
        (self.starts_at.micros(), self.id.uuid())
    }
}

#[derive(sqlx::FromRow)]
struct OpenWork {
    id: TargetId,
    title: String,
    customer_name: String,
    location_name: String,
    zone: String,
    created_at: Instant,
    request_id: Option<RequestId>,
    request_number: Option<String>,
}

/// The scheduled appointment that a piece of work is told with.
#[derive(sqlx::FromRow)]
struct Visit {
    target_id: TargetId,
    on_date: String,
    from_time: String,
    until_time: String,
    ends_at: Instant,
}

impl OpenWork {
    fn view(self, visit: Option<&Visit>, now: Instant, lang: Lang) -> OpenWorkRow {
        let zone = Zone::stored(&self.zone);
        let span = |visit: &Visit| clock::span(&visit.on_date, Some(&visit.from_time), Some(&visit.until_time), &zone, now, lang);
        OpenWorkRow {
            id: self.id,
            title: self.title,
            customer_name: self.customer_name,
            location_name: self.location_name,
            since: self.created_at.stamp(&zone, lang),
            next_visit: visit.filter(|visit| visit.ends_at >= now).map(span),
            unreported_visit: visit.filter(|visit| visit.ends_at < now).map(span),
            request: self.request_id.zip(self.request_number),
        }
    }
}

impl Portal<'_> {
    /// Shared appointments: the coming ones soonest first, with those that nobody has closed yet; or the past ones, newest first.
    pub async fn appointments(&self, filter: &AppointmentFilter) -> Result<Page<AppointmentRow>> {
        let Narrowed { location, words: [a, b, c, d, e] } = Narrowed::to(&filter.location, &filter.place);
        let (sort, id) = Cursor::parts(Some(&Cursor(filter.after.clone())));
        let now = self.db.now();
        let rows = if filter.show == "past" {
            read!(
                self.reader(),
                Vec<Shared>,
                shared!(
                    "($2 IS NULL OR customer_id = $2) AND ($3 IS NULL OR location_id = $3) AND status <> 'scheduled' AND ends_at < $4
                        AND ($5 IS NULL OR starts_at < $5 OR (starts_at = $5 AND id < $6))",
                    with_words!("location_id", "$8", "$9", "$10", "$11", "$12"),
                    " ORDER BY starts_at DESC, id DESC LIMIT $7"
                ),
                self.contact(),
                self.actor.customer,
                location,
                now,
                sort,
                id,
                PAGE_SIZE + 1,
                a.as_deref(),
                b.as_deref(),
                c.as_deref(),
                d.as_deref(),
                e.as_deref(),
            )?
        } else {
            read!(
                self.reader(),
                Vec<Shared>,
                shared!(
                    "($2 IS NULL OR customer_id = $2) AND ($3 IS NULL OR location_id = $3) AND (status = 'scheduled' OR ends_at >= $4)
                        AND ($5 IS NULL OR starts_at > $5 OR (starts_at = $5 AND id > $6))",
                    with_words!("location_id", "$8", "$9", "$10", "$11", "$12"),
                    " ORDER BY starts_at, id LIMIT $7"
                ),
                self.contact(),
                self.actor.customer,
                location,
                now,
                sort,
                id,
                PAGE_SIZE + 1,
                a.as_deref(),
                b.as_deref(),
                c.as_deref(),
                d.as_deref(),
                e.as_deref(),
            )?
        };
        Ok(Page::of(rows, Shared::key, |row| row.view(now, self.actor.lang)))
    }

    /// One shared appointment.
    ///
    /// # Errors
    /// `NotFound` when it does not exist, is tentative, or is not the viewer's to see.
    pub async fn appointment(&self, id: AppointmentId) -> Result<AppointmentRow> {
        let row = read!(self.reader(), Option<Shared>, shared!("id = $2"), self.contact(), id)?.ok_or(Error::NotFound)?;
        Ok(row.view(self.db.now(), self.actor.lang))
    }

    /// Work under way, oldest first (A3): at most 200 items, which no customer reaches by far.
    pub async fn open_work(&self) -> Result<Vec<OpenWorkRow>> {
        let rows = read!(
            self.reader(),
            Vec<OpenWork>,
            "SELECT id, title, customer_name, location_name, zone, created_at, request_id, request_number
             FROM portal_open_work WHERE contact_id = $1 AND ($2 IS NULL OR customer_id = $2)
             ORDER BY created_at, id LIMIT 200",
            self.contact(),
            self.actor.customer,
        )?;
        let now = self.db.now();
        let visits = self.visits_of_work(now).await?;
        let visit = |work: TargetId| visits.iter().find(|visit| visit.target_id == work);
        let view = |row: OpenWork| {
            let visit = visit(row.id);
            row.view(visit, now, self.actor.lang)
        };
        Ok(rows.into_iter().map(view).collect())
    }

    /// For each piece of work its next appointment, or else the oldest that nobody has closed.
    async fn visits_of_work(&self, now: Instant) -> Result<Vec<Visit>> {
        read!(
            self.reader(),
            Vec<Visit>,
            "SELECT target_id, on_date, from_time, until_time, ends_at
             FROM (SELECT target_id, on_date, from_time, until_time, ends_at,
                    ROW_NUMBER() OVER (PARTITION BY target_id ORDER BY CASE WHEN ends_at >= $3 THEN 0 ELSE 1 END, starts_at, id) AS place
                FROM portal_appointment
                WHERE contact_id = $1 AND ($2 IS NULL OR customer_id = $2) AND status = 'scheduled') ranked
             WHERE place = 1",
            self.contact(),
            self.actor.customer,
            now,
        )
    }
}

/// The shared appointments of the work for one request, in their order.
pub(crate) async fn of_targets(portal: &Portal<'_>, targets: &[TargetId]) -> Result<Vec<AppointmentRow>> {
    let mut rows: Vec<Shared> = Vec::new();
    for target in targets {
        rows.extend(read!(
            portal.reader(),
            Vec<Shared>,
            shared!("target_id = $2 ORDER BY starts_at, id LIMIT 200"),
            portal.contact(),
            *target,
        )?);
    }
    rows.sort_by_key(Shared::key);
    let now = portal.db.now();
    Ok(rows.into_iter().map(|row| row.view(now, portal.actor.lang)).collect())
}

/// The next appointments that stand, soonest first.
pub(crate) async fn upcoming(portal: &Portal<'_>, limit: i64) -> Result<Vec<AppointmentRow>> {
    let now = portal.db.now();
    let rows = read!(
        portal.reader(),
        Vec<Shared>,
        shared!("($2 IS NULL OR customer_id = $2) AND status = 'scheduled' AND ends_at >= $3 ORDER BY starts_at, id LIMIT $4"),
        portal.contact(),
        portal.actor.customer,
        now,
        limit,
    )?;
    Ok(rows.into_iter().map(|row| row.view(now, portal.actor.lang)).collect())
}
