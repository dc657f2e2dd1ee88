//! What a customer may see of follow-ups: the shared ones, in their public words.

use std::cmp::Reverse;

use crate::actor::Portal;
use crate::clock::{self, Instant, Zone};
use crate::error::Result;
use crate::follow_up::{FollowUpRow, FollowUpStatus};
use crate::id::{ContactId, FollowUpId, ReportId, RequestId, TargetId};
use crate::journal::Write;
use crate::text::Lang;

#[derive(sqlx::FromRow)]
struct Shared {
    id: FollowUpId,
    status: FollowUpStatus,
    text: String,
    shared_at: Option<Instant>,
    customer_name: String,
    location_name: String,
    zone: String,
    next_on_date: Option<String>,
    next_from_time: Option<String>,
    next_until_time: Option<String>,
    next_ends_at: Option<Instant>,
    report_id: Option<ReportId>,
    report_title: Option<String>,
    request_id: Option<RequestId>,
    request_number: Option<String>,
}

/// The query of all lists here: the viewer's follow-ups, and a rest of its own.
macro_rules! shared {
    ($rest:literal) => {
        concat!(
            "SELECT id, status, text, shared_at, customer_name, location_name, zone, next_on_date, next_from_time, next_until_time,
                next_ends_at, report_id, report_title, request_id, request_number
             FROM portal_follow_up WHERE contact_id = $1 AND ",
            $rest
        )
    };
}

/// Read by a contact, and by the preview of a release inside a change that is then undone.
const OF_REPORT: &str = shared!("report_id = $2 ORDER BY shared_at DESC, id LIMIT 200");

impl Shared {
    fn view(self, now: Instant, lang: Lang) -> FollowUpRow {
        let zone = Zone::stored(&self.zone);
        let next = |date: String| clock::span(&date, self.next_from_time.as_deref(), self.next_until_time.as_deref(), &zone, now, lang);
        FollowUpRow {
            id: self.id,
            status: self.status,
            text: self.text,
            customer_name: self.customer_name,
            location_name: self.location_name,
            // One whose time has passed and that nobody closed is not to come.
            next_visit: self.next_on_date.filter(|_| self.next_ends_at >= Some(now)).map(next),
            report: self.report_id.zip(self.report_title),
            request: self.request_id.zip(self.request_number),
        }
    }

    fn views(rows: Vec<Self>, now: Instant, lang: Lang) -> Vec<FollowUpRow> {
        rows.into_iter().map(|row| row.view(now, lang)).collect()
    }
}

impl Portal<'_> {
    /// Follow-ups, the newest first, those that are done at the end: at most 200, which no customer reaches by far.
    pub async fn follow_ups(&self) -> Result<Vec<FollowUpRow>> {
        let rows = read!(
            self.reader(),
            Vec<Shared>,
            shared!("($2 IS NULL OR customer_id = $2) ORDER BY CASE WHEN status = 'done' THEN 1 ELSE 0 END, shared_at DESC, id LIMIT 200"),
            self.contact(),
            self.actor.customer,
        )?;
        Ok(Shared::views(rows, self.db.now(), self.actor.lang))
    }
}

/// Follow-ups that came out of the work for one request, newest first.
pub(crate) async fn of_targets(portal: &Portal<'_>, targets: &[TargetId]) -> Result<Vec<FollowUpRow>> {
    let mut rows: Vec<Shared> = Vec::new();
    for target in targets {
        rows.extend(read!(
            portal.reader(),
            Vec<Shared>,
            shared!("target_id = $2 ORDER BY shared_at DESC, id LIMIT 200"),
            portal.contact(),
            *target,
        )?);
    }
    rows.sort_by_key(|row| (Reverse(row.shared_at), row.id));
    Ok(Shared::views(rows, portal.db.now(), portal.actor.lang))
}

/// Follow-ups that are not done, newest first.
pub(crate) async fn open(portal: &Portal<'_>, limit: i64) -> Result<Vec<FollowUpRow>> {
    let rows = read!(
        portal.reader(),
        Vec<Shared>,
        shared!("($2 IS NULL OR customer_id = $2) AND status <> 'done' ORDER BY shared_at DESC, id LIMIT $3"),
        portal.contact(),
        portal.actor.customer,
        limit,
    )?;
    Ok(Shared::views(rows, portal.db.now(), portal.actor.lang))
}

/// Follow-ups of one report, newest first.
pub(crate) async fn of_report(portal: &Portal<'_>, report: ReportId) -> Result<Vec<FollowUpRow>> {
    let rows = read!(portal.reader(), Vec<Shared>, OF_REPORT, portal.contact(), report)?;
    Ok(Shared::views(rows, portal.db.now(), portal.actor.lang))
}

/// The same for a contact who would see them if the change under way were committed.
pub(crate) async fn foreseen(w: &mut Write<'_>, contact: ContactId, report: ReportId, lang: Lang) -> Result<Vec<FollowUpRow>> {
    let rows = within!(w, Vec<Shared>, OF_REPORT, contact, report)?;
    Ok(Shared::views(rows, w.now, lang))
}
