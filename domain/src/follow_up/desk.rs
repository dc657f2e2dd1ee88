//! What staff do with follow-ups: note what a visit left to be done, plan the work, and tell the customer, each by an act of its own.

use crate::actor::Desk;
use crate::clock::{Instant, Zone};
use crate::error::{Error, Result};
use crate::field::{Problem, Refusal};
use crate::follow_up::{DeskFollowUp, FollowUpInput, FollowUpStatus, FollowUpText};
use crate::id::{ContactId, CustomerId, FollowUpId, LocationId, ReleaseId, ReportId, RequestId, TargetId};
use crate::journal::{By, Event, EventKind, Write, changed_fields};
use crate::page::{Cursor, PAGE_SIZE, Page};
use crate::report;
use crate::role::Act;
use crate::target::desk::{self as targets, Origin};
use crate::target::{TargetInput, Work};
use crate::text::Lang;

// ------------------------------------------------------------------------------------------------------- reading

#[derive(sqlx::FromRow)]
struct Line {
    id: FollowUpId,
    version: i64,
    status: FollowUpStatus,
    internal_text: String,
    public_text: String,
    shared: bool,
    report_id: ReportId,
    report_released: bool,
    target_id: Option<TargetId>,
    target_number: Option<String>,
    customer_name: String,
    location_name: String,
    zone: String,
    created_at: Instant,
}

/// The query of both lists: follow-ups with where they are, and a rest of its own.
macro_rules! lines {
    ($rest:literal) => {
        concat!(
            "SELECT f.id, f.version, f.status, f.internal_text, f.public_text, f.shared, f.report_id, f.target_id,
                t.number AS target_number, c.name AS customer_name, l.name AS location_name, l.zone, f.created_at,
                CASE WHEN EXISTS (SELECT 1 FROM report_release e WHERE e.report_id = f.report_id AND e.ended_at IS NULL)
                    THEN TRUE ELSE FALSE END AS report_released
             FROM follow_up f
             JOIN customer c ON c.id = f.customer_id
             JOIN location l ON l.id = f.location_id
             LEFT JOIN target t ON t.id = f.target_id
             WHERE ",
            $rest
        )
    };
}

impl Line {
    fn view(self, lang: Lang) -> DeskFollowUp {
        DeskFollowUp {
            id: self.id,
            version: self.version,
            status: self.status,
            internal_text: self.internal_text,
            public_text: self.public_text,
            shared: self.shared,
            report_id: self.report_id,
            report_released: self.report_released,
            target: self.target_id.zip(self.target_number),
            customer_name: self.customer_name,
            location_name: self.location_name,
            created: self.created_at.stamp(&Zone::stored(&self.zone), lang),
        }
    }
}

/// The follow-ups of one report, oldest first.
pub(crate) async fn of_report(desk: &Desk<'_>, report: ReportId) -> Result<Vec<DeskFollowUp>> {
    let rows = read!(desk.reader(), Vec<Line>, lines!("f.report_id = $1 ORDER BY f.created_at, f.id LIMIT 200"), report)?;
    Ok(rows.into_iter().map(|row| row.view(desk.actor.lang)).collect())
}

// ------------------------------------------------------------------------------------------------------- writing

/// A follow-up under change, as it was found.
#[derive(sqlx::FromRow)]
struct Held {
    id: FollowUpId,
    report_id: ReportId,
    customer_id: CustomerId,
    location_id: LocationId,
    contact_id: Option<ContactId>,
    request_id: Option<RequestId>,
    target_id: Option<TargetId>,
    status: FollowUpStatus,
    shared: bool,
    internal_text: String,
    public_text: String,
}

impl Held {
    /// The event of an act on it. Its request is the one whose work the report is about.
    fn event(&self, kind: EventKind) -> Event {
        Event {
            follow_up: Some(self.id),
            report: Some(self.report_id),
            request: self.request_id,
            target: self.target_id,
            ..Event::at(kind, self.customer_id, self.location_id)
        }
    }
}

async fn held(w: &mut Write<'_>, id: FollowUpId) -> Result<Held> {
    within!(
        w,
        Option<Held>,
        "SELECT f.id, f.report_id, f.customer_id, f.location_id, t.contact_id, t.request_id, f.target_id, f.status, f.shared,
            f.internal_text, f.public_text
         FROM follow_up f JOIN report r ON r.id = f.report_id JOIN target t ON t.id = r.target_id WHERE f.id = $1",
        id,
    )?
    .ok_or(Error::NotFound)
}

/// Begins an act on a follow-up by compare-and-swap: of two at once, one wins.
async fn swap(w: &mut Write<'_>, held: &Held, version: i64) -> Result<()> {
    let rows = change!(
        w,
        "UPDATE follow_up SET version = version + 1 WHERE id = $1 AND version = $2 AND status = $3",
        held.id,
        version,
        held.status,
    )?;
    Error::unless_swapped(rows)
}

/// The same for acts that make sense only while it is still to be done.
async fn swap_open(w: &mut Write<'_>, held: &Held, version: i64) -> Result<()> {
    if held.status.is_open() { swap(w, held, version).await } else { Err(Error::Conflict) }
}

/// Takes all follow-ups of a report from the customer's sight, with the report that explained them.
pub(crate) async fn unshare_all(w: &mut Write<'_>, report: ReportId, by: By) -> Result<()> {
    let shared = within!(w, Vec<(FollowUpId,)>, "SELECT id FROM follow_up WHERE report_id = $1 AND shared ORDER BY id", report)?;
    for (id,) in shared {
        let held = held(w, id).await?;
        unshare(w, &held, by).await?;
    }
    Ok(())
}

async fn unshare(w: &mut Write<'_>, held: &Held, by: By) -> Result<()> {
    let rows =
        change!(w, "UPDATE follow_up SET shared = FALSE, shared_at = NULL, version = version + 1 WHERE id = $1 AND shared", held.id,)?;
    Error::unless_swapped(rows)?;
    w.record(by, held.event(EventKind::FollowUpUnshared));
    Ok(())
}

impl Desk<'_> {
    /// Follow-ups, the newest first. `status` is a [`FollowUpStatus`] word, or empty for all.
    ///
    /// # Errors
    /// `NotFound` for another word.
    pub async fn follow_ups(&self, status: &str, after: &str) -> Result<Page<DeskFollowUp>> {
        self.allow(Act::Read).await?;
        let status: Option<FollowUpStatus> = if status.is_empty() { None } else { Some(status.parse().map_err(|_| Error::NotFound)?) };
        let (sort, id) = Cursor::parts(Some(&Cursor(after.to_owned())));
        let rows = read!(
            self.reader(),
            Vec<Line>,
            lines!(
                "($1 IS NULL OR f.status = $1) AND ($2 IS NULL OR f.created_at < $2 OR (f.created_at = $2 AND f.id < $3))
                 ORDER BY f.created_at DESC, f.id DESC LIMIT $4"
            ),
            status,
            sort,
            id,
            PAGE_SIZE + 1,
        )?;
        Ok(Page::of(rows, |row| (row.created_at.micros(), row.id.uuid()), |row| row.view(self.actor.lang)))
    }

    /// Notes what a visit left to be done. The customer is told nothing by this.
    ///
    /// # Errors
    /// `NotFound` without the report; `Invalid` for the texts.
    pub async fn require_follow_up(&self, report: ReportId, input: &FollowUpInput) -> Result<FollowUpId> {
        let mut w = self.begin(Act::WriteReport).await?;
        let text = FollowUpText::parse(input)?;
        let place = within!(
            w,
            Option<(CustomerId, LocationId, Option<RequestId>)>,
            "SELECT r.customer_id, r.location_id, t.request_id FROM report r JOIN target t ON t.id = r.target_id WHERE r.id = $1",
            report,
        )?;
        let (customer, location, request) = place.ok_or(Error::NotFound)?;
        let id = FollowUpId::new();
        change!(
            w,
            "INSERT INTO follow_up (id, report_id, customer_id, location_id, status, public_text, created_at, internal_text, created_by)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            id,
            report,
            customer,
            location,
            FollowUpStatus::Required,
            text.public.as_str(),
            w.now,
            text.internal.as_str(),
            self.actor.staff,
        )?;
        let event = Event::at(EventKind::FollowUpRequired, customer, location);
        w.record(self.by(), Event { follow_up: Some(id), report: Some(report), request, ..event });
        w.commit().await?;
        Ok(id)
    }

    /// Changes the texts. What the customer reads already is changed only by those who may release.
    ///
    /// # Errors
    /// `Invalid` for the texts; a shared one keeps a public text. `Conflict` for a stale version or one that is done or cancelled.
    pub async fn edit_follow_up(&self, id: FollowUpId, version: i64, input: &FollowUpInput) -> Result<()> {
        // Asked before the change begins; the version makes sure that it still holds then.
        let shared = read!(self.reader(), Option<(bool,)>, "SELECT shared FROM follow_up WHERE id = $1 AND version = $2", id, version)?;
        let mut w = self.begin(if shared == Some((true,)) { Act::Release } else { Act::WriteReport }).await?;
        let text = FollowUpText::parse(input)?;
        let held = held(&mut w, id).await?;
        swap_open(&mut w, &held, version).await?;
        if held.shared && text.public.is_empty() {
            return Err(Error::invalid("public_text", Problem::Missing));
        }
        change!(
            w,
            "UPDATE follow_up SET internal_text = $2, public_text = $3 WHERE id = $1",
            id,
            text.internal.as_str(),
            text.public.as_str(),
        )?;
        let details =
            changed_fields(&[("internal text", held.internal_text != text.internal), ("public text", held.public_text != text.public)]);
        // Customers are told of what they read, and of nothing else.
        let kind = if held.public_text == text.public { EventKind::FollowUpChanged } else { EventKind::FollowUpReworded };
        w.record(self.by(), Event { details, ..held.event(kind) });
        w.commit().await
    }

    /// Tells the customer of it.
    ///
    /// # Errors
    /// Refused while its report is not released; `Invalid` without a public text; `Conflict` when it is shared, done or cancelled.
    pub async fn share_follow_up(&self, id: FollowUpId, version: i64) -> Result<()> {
        let mut w = self.begin(Act::Release).await?;
        let held = held(&mut w, id).await?;
        // A withdrawal of the report at the same moment waits, or is seen here. It takes the rows in this order too.
        report::desk::lock(&mut w, held.report_id).await?;
        swap_open(&mut w, &held, version).await?;
        let sql = "SELECT id FROM report_release WHERE report_id = $1 AND ended_at IS NULL";
        within!(w, Option<(ReleaseId,)>, sql, held.report_id)?.ok_or_else(|| Error::refused(Refusal::ReportNotReleased))?;
        if held.public_text.is_empty() {
            return Err(Error::invalid("public_text", Problem::Missing));
        }
        let rows = change!(w, "UPDATE follow_up SET shared = TRUE, shared_at = $2 WHERE id = $1 AND NOT shared", id, w.now)?;
        Error::unless_swapped(rows)?;
        w.record(self.by(), held.event(EventKind::FollowUpShared));
        w.commit().await
    }

    /// Takes it from the customer's sight again.
    ///
    /// # Errors
    /// `Conflict` when it is not shared.
    pub async fn unshare_follow_up(&self, id: FollowUpId, version: i64) -> Result<()> {
        let mut w = self.begin(Act::Release).await?;
        let held = held(&mut w, id).await?;
        swap(&mut w, &held, version).await?;
        unshare(&mut w, &held, self.by()).await?;
        w.commit().await
    }

    /// Makes the work for it, at the same location and for the same contact. It counts as planned once that work has a shared date.
    ///
    /// # Errors
    /// `Invalid` for the work's fields; `Conflict` when there is work for it already, or it is done or cancelled.
    pub async fn plan_follow_up(&self, id: FollowUpId, version: i64, input: &TargetInput) -> Result<TargetId> {
        let mut w = self.begin(Act::PlanFollowUp).await?;
        let work = Work::parse(input)?;
        let held = held(&mut w, id).await?;
        swap_open(&mut w, &held, version).await?;
        if held.target_id.is_some() {
            return Err(Error::Conflict);
        }
        // Not of the request itself: that one's work was the visit which this follows.
        let origin = Origin { customer: held.customer_id, location: held.location_id, contact: held.contact_id, request: None };
        let target = targets::insert(&mut w, self.actor.staff, origin, &work).await?;
        change!(w, "UPDATE follow_up SET target_id = $2 WHERE id = $1", id, target)?;
        w.record(self.by(), Event { target: Some(target), details: "work".into(), ..held.event(EventKind::FollowUpChanged) });
        w.commit().await?;
        Ok(target)
    }

    /// Gives it up. The customer does not see it any more; work that was made for it stays, to be cancelled by itself.
    ///
    /// # Errors
    /// `Conflict` for a stale version or one that is done or cancelled.
    pub async fn cancel_follow_up(&self, id: FollowUpId, version: i64) -> Result<()> {
        let mut w = self.begin(Act::PlanFollowUp).await?;
        let held = held(&mut w, id).await?;
        swap_open(&mut w, &held, version).await?;
        change!(w, "UPDATE follow_up SET status = $2 WHERE id = $1", id, FollowUpStatus::Cancelled)?;
        w.record(self.by(), held.event(EventKind::FollowUpCancelled));
        w.commit().await
    }
}
