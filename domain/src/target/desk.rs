//! Targets as staff handle them, and what follows from a target's plan for its request and its follow-up.
//!
//! Whoever changes a target or one of its appointments first holds the target ([`hold`]). Rows are always taken in the same order,
//! request, target, appointment, so that two acts on the same work queue up behind each other instead of blocking each other.

use crate::actor::Desk;
use crate::appointment::AppointmentStatus;
use crate::appointment::desk::{of_target, teams};
use crate::attachment::FileView;
use crate::clock::{self, Instant, Zone};
use crate::customer::address_line;
use crate::error::{Error, Result};
use crate::field::Refusal;
use crate::follow_up::FollowUpStatus;
use crate::id::{self, AppointmentId, ContactId, CustomerId, FollowUpId, LocationId, ReportId, RequestId, StaffId, TargetId};
use crate::journal::{By, Event, EventKind, LogRow, Write};
use crate::page::{Cursor, PAGE_SIZE, Page};
use crate::request::{LogEntry, Move, Status};
use crate::role::Act;
use crate::suggestion;
use crate::target::{DeskTarget, TargetInput, TargetMove, TargetRow, TargetStatus, Work};
use crate::text::{Lang, Text};
use crate::viewer;
use crate::when::Span;

/// What a request's sender reads when its last appointment fell away without a sentence of its own.
const FELL_AWAY: Text =
    Text::new("The appointment fell away. We will propose a new date.", "Der Termin ist entfallen. Wir schlagen einen neuen Termin vor.");

// ------------------------------------------------------------------------------------------------------- reading

/// One line of the list: a target, once for each of its request's wishes.
#[derive(sqlx::FromRow)]
struct Line {
    id: TargetId,
    number: String,
    title: String,
    customer_name: String,
    location_name: String,
    zone: String,
    status: TargetStatus,
    created_at: Instant,
    next_starts_at: Option<Instant>,
    on_date: Option<String>,
    from_time: Option<String>,
    until_time: Option<String>,
}

/// The list's query around the choice of targets, which brings its own order and limit.
macro_rules! lines {
    ($targets:literal, $order:literal) => {
        concat!(
            "SELECT t.id, t.number, t.title, c.name AS customer_name, l.name AS location_name, l.zone, t.status, t.created_at,
                (SELECT MIN(a.starts_at) FROM appointment a WHERE a.target_id = t.id AND a.status = 'scheduled') AS next_starts_at,
                w.on_date, w.from_time, w.until_time
             FROM (SELECT * FROM target t WHERE ",
            $targets,
            ") t
             JOIN customer c ON c.id = t.customer_id
             JOIN location l ON l.id = t.location_id
             LEFT JOIN request_window w ON w.request_id = t.request_id
             ORDER BY ",
            $order,
            ", w.position"
        )
    };
}

/// Gathers the lines of each target, which stand together, into a row with its wishes.
fn rows(lines: Vec<Line>, now: Instant, lang: Lang) -> Vec<(Instant, TargetRow)> {
    let mut rows: Vec<(Instant, TargetRow)> = Vec::new();
    for line in lines {
        let zone = Zone::stored(&line.zone);
        let wish = line.on_date.map(|date| clock::span(&date, line.from_time.as_deref(), line.until_time.as_deref(), &zone, now, lang));
        match rows.last_mut() {
            Some((_, row)) if row.id == line.id => row.wishes.extend(wish),
            _ => rows.push((
                line.created_at,
                TargetRow {
                    id: line.id,
                    number: line.number,
                    title: line.title,
                    customer_name: line.customer_name,
                    location_name: line.location_name,
                    status: line.status,
                    created: line.created_at.stamp(&zone, lang),
                    next_visit: line.next_starts_at.map(|at| at.stamp(&zone, lang)),
                    wishes: wish.into_iter().collect(),
                },
            )),
        }
    }
    rows
}

#[derive(sqlx::FromRow)]
struct Stored {
    number: String,
    version: i64,
    status: TargetStatus,
    title: String,
    public_title: String,
    dispatch_note: String,
    billing_code: String,
    routing_score: i64,
    customer_id: CustomerId,
    customer_name: String,
    location_id: LocationId,
    location_name: String,
    location_note: String,
    street: String,
    postal_code: String,
    city: String,
    zone: String,
    contact_name: Option<String>,
    request_id: Option<RequestId>,
    request_number: Option<String>,
    follow_up_id: Option<FollowUpId>,
    created_at: Instant,
}

impl Desk<'_> {
    /// Targets. `status` is a [`TargetStatus`] word, newest first; or empty for the tray: what is open without an appointment
    /// that is scheduled or took place since the work was last reopened, oldest first.
    ///
    /// # Errors
    /// `NotFound` for another word.
    pub async fn targets(&self, status: &str, after: &str) -> Result<Page<TargetRow>> {
        let (sort, id) = Cursor::parts(Some(&Cursor(after.to_owned())));
        let lines = if status.is_empty() {
            read!(
                self.reader(),
                Vec<Line>,
                lines!(
                    "t.status = 'open' AND ($1 IS NULL OR t.created_at > $1 OR (t.created_at = $1 AND t.id > $2))
                        AND NOT EXISTS (SELECT 1 FROM appointment a WHERE a.target_id = t.id AND (a.status = 'scheduled'
                            OR (a.status = 'done' AND NOT EXISTS (SELECT 1 FROM event e
                                WHERE e.target_id = t.id AND e.kind = 'target_reopened' AND e.at >= a.updated_at))))
                     ORDER BY t.created_at, t.id LIMIT $3",
                    "t.created_at, t.id"
                ),
                sort,
                id,
                PAGE_SIZE + 1,
            )?
        } else {
            let status: TargetStatus = status.parse().map_err(|_| Error::NotFound)?;
            read!(
                self.reader(),
                Vec<Line>,
                lines!(
                    "t.status = $4 AND ($1 IS NULL OR t.created_at < $1 OR (t.created_at = $1 AND t.id < $2))
                     ORDER BY t.created_at DESC, t.id DESC LIMIT $3",
                    "t.created_at DESC, t.id DESC"
                ),
                sort,
                id,
                PAGE_SIZE + 1,
                status,
            )?
        };
        let rows = rows(lines, self.db.now(), self.actor.lang);
        Ok(Page::of(rows, |(created, row)| (created.micros(), row.id.uuid()), |(_, row)| row))
    }

    /// One target with everything around it.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn target(&self, id: TargetId) -> Result<DeskTarget> {
        let row = read!(
            self.reader(),
            Option<Stored>,
            "SELECT t.number, t.version, t.status, t.title, t.public_title, t.dispatch_note, t.billing_code, t.routing_score,
                t.customer_id, c.name AS customer_name, t.location_id, l.name AS location_name, l.internal_note AS location_note, l.street,
                l.postal_code, l.city, l.zone, p.name AS contact_name, t.request_id, r.number AS request_number, f.id AS follow_up_id,
                t.created_at
             FROM target t
             JOIN customer c ON c.id = t.customer_id
             JOIN location l ON l.id = t.location_id
             LEFT JOIN contact p ON p.id = t.contact_id
             LEFT JOIN request r ON r.id = t.request_id
             LEFT JOIN follow_up f ON f.target_id = t.id
             WHERE t.id = $1",
            id,
        )?
        .ok_or(Error::NotFound)?;
        let zone = Zone::stored(&row.zone);
        let wishes = self.wishes(row.request_id, &zone).await?;
        let files = self.work_files(id, row.request_id).await?;
        let appointments = of_target(self, id).await?;
        let suggestions = suggestion::desk::of_target(self, id).await?;
        let teams = teams(self).await?;
        let shared = appointments.iter().any(|appointment| appointment.shared);
        let viewers = viewer::desk::of_work(self, id, row.location_id, shared).await?;
        let log = self.work_log(id, row.request_id, &zone).await?;
        Ok(DeskTarget {
            id,
            number: row.number,
            version: row.version,
            status: row.status,
            title: row.title,
            public_title: row.public_title,
            dispatch_note: row.dispatch_note,
            billing_code: row.billing_code,
            routing_score: row.routing_score,
            customer_id: row.customer_id,
            customer_name: row.customer_name,
            location_id: row.location_id,
            location_name: row.location_name,
            location_note: row.location_note,
            address: address_line(&row.street, &row.postal_code, &row.city),
            zone: row.zone,
            contact_name: row.contact_name,
            request: row.request_id.zip(row.request_number),
            follow_up: row.follow_up_id,
            wishes,
            files,
            appointments,
            suggestions,
            teams,
            viewers,
            log,
            created: row.created_at.stamp(&zone, self.actor.lang),
        })
    }

    pub(crate) async fn wishes(&self, request: Option<RequestId>, zone: &Zone) -> Result<Vec<Span>> {
        let windows = read!(
            self.reader(),
            Vec<(String, Option<String>, Option<String>)>,
            "SELECT on_date, from_time, until_time FROM request_window WHERE request_id = $1 ORDER BY position",
            request,
        )?;
        let (now, lang) = (self.db.now(), self.actor.lang);
        Ok(windows.iter().map(|(date, from, until)| clock::span(date, from.as_deref(), until.as_deref(), zone, now, lang)).collect())
    }

    async fn work_files(&self, id: TargetId, request: Option<RequestId>) -> Result<Vec<FileView>> {
        read!(
            self.reader(),
            Vec<FileView>,
            "SELECT a.id, a.name, a.media_type, a.size, '' AS caption, CASE WHEN a.staff_id = $3 THEN TRUE ELSE FALSE END AS own,
                a.preview_width, a.preview_height
             FROM attachment a WHERE a.target_id = $1 OR a.request_id = $2
             ORDER BY a.created_at, a.id LIMIT 200",
            id,
            request,
            self.actor.staff,
        )
    }

    /// The newest 200 events of a target, its appointments and its request, newest first.
    async fn work_log(&self, id: TargetId, request: Option<RequestId>, zone: &Zone) -> Result<Vec<LogEntry>> {
        let rows = read!(
            self.reader(),
            Vec<LogRow>,
            "SELECT e.seq, e.kind, COALESCE(s.name, c.name) AS actor_name, e.at, e.details
             FROM event e
             LEFT JOIN staff s ON s.id = e.actor_staff_id
             LEFT JOIN contact c ON c.id = e.actor_contact_id
             WHERE e.target_id = $1 OR e.request_id = $2
                OR e.appointment_id IN (SELECT a.id FROM appointment a WHERE a.target_id = $1)
             ORDER BY e.seq DESC LIMIT 200",
            id,
            request,
        )?;
        Ok(rows.into_iter().map(|row| row.entry(zone, self.actor.lang)).collect())
    }
}

// ---------------------------------------------------------------------------------------------------------- acts

impl Desk<'_> {
    /// Creates work at a location that nobody asked for.
    ///
    /// # Errors
    /// `Forbidden`; `Invalid` fields; `NotFound` for a location that does not exist.
    pub async fn create_target(&self, location: LocationId, input: &TargetInput) -> Result<TargetId> {
        let mut w = self.begin(Act::Convert).await?;
        let work = Work::parse(input)?;
        let found = within!(w, Option<(CustomerId,)>, "SELECT customer_id FROM location WHERE id = $1", location)?;
        let (customer,) = found.ok_or(Error::NotFound)?;
        let id = insert(&mut w, self.actor.staff, Origin { customer, location, contact: None, request: None }, &work).await?;
        w.commit().await?;
        Ok(id)
    }

    /// Changes the words of a target that is not cancelled.
    ///
    /// # Errors
    /// `Forbidden`, `Invalid` fields, `NotFound`, `Conflict`.
    pub async fn edit_target(&self, id: TargetId, version: i64, input: &TargetInput) -> Result<()> {
        let mut w = self.begin(Act::Convert).await?;
        let work = Work::parse(input)?;
        let held = hold(&mut w, id, Some(version)).await?;
        if held.status == TargetStatus::Cancelled {
            return Err(Error::Conflict);
        }
        let (before,): (String,) = within!(w, One<(String,)>, "SELECT public_title FROM target WHERE id = $1", id)?;
        change!(
            w,
            "UPDATE target SET title = $2, public_title = $3, dispatch_note = $4, billing_code = $5, routing_score = $6 WHERE id = $1",
            id,
            &work.title,
            &work.public_title,
            &work.dispatch_note,
            &work.billing_code,
            work.routing_score,
        )?;
        // Customers are told of what they read, and of nothing else.
        let kind = if before == work.public_title { EventKind::TargetChanged } else { EventKind::TargetRenamed };
        w.record(self.by(), held.event(kind));
        w.commit().await
    }

    /// The work is done: so is its request, for the customer, and the follow-up it was planned for.
    ///
    /// # Errors
    /// `Forbidden`, `NotFound`, `Conflict`; refused while an appointment is scheduled.
    pub async fn finish_target(&self, id: TargetId, version: i64) -> Result<()> {
        let mut w = self.begin(Act::Convert).await?;
        let held = hold(&mut w, id, Some(version)).await?;
        let status = held.status.after(TargetMove::Finish).ok_or(Error::Conflict)?;
        let (scheduled,): (i64,) =
            within!(w, One<(i64,)>, "SELECT COUNT(*) FROM appointment WHERE target_id = $1 AND status = 'scheduled'", id)?;
        if scheduled > 0 {
            return Err(Error::refused(Refusal::StillScheduled));
        }
        change!(w, "UPDATE target SET status = $2, done_at = $3 WHERE id = $1", id, status, w.now)?;
        w.record(self.by(), held.event(EventKind::TargetDone));
        follow_plan(&mut w, id, self.by(), None).await?;
        w.commit().await
    }

    /// The work was not done after all.
    ///
    /// # Errors
    /// `Forbidden`, `NotFound`, `Conflict`.
    pub async fn reopen_target(&self, id: TargetId, version: i64) -> Result<()> {
        let mut w = self.begin(Act::EndTarget).await?;
        let held = hold(&mut w, id, Some(version)).await?;
        let status = held.status.after(TargetMove::Reopen).ok_or(Error::Conflict)?;
        change!(w, "UPDATE target SET status = $2, done_at = NULL WHERE id = $1", id, status)?;
        w.record(self.by(), held.event(EventKind::TargetReopened));
        follow_plan(&mut w, id, self.by(), None).await?;
        w.commit().await
    }

    /// The work will not be done. Its tentative appointments go with it; its request may be converted again, its follow-up planned again.
    ///
    /// # Errors
    /// `Forbidden`, `NotFound`, `Conflict`; refused while the customer counts on an appointment, or a visit took place.
    pub async fn cancel_target(&self, id: TargetId, version: i64) -> Result<()> {
        let mut w = self.begin(Act::EndTarget).await?;
        let held = hold(&mut w, id, Some(version)).await?;
        let status = held.status.after(TargetMove::Cancel).ok_or(Error::Conflict)?;
        let live = live_statuses(&mut w, id).await?;
        if live.contains(&AppointmentStatus::Scheduled) {
            return Err(Error::refused(Refusal::StillScheduled));
        }
        if !live.is_empty() {
            return Err(Error::refused(Refusal::WorkDone));
        }
        cancel(&mut w, &held, status, self.by(), None).await?;
        w.commit().await
    }
}

/// Where work comes from.
pub(crate) struct Origin {
    pub customer: CustomerId,
    pub location: LocationId,
    pub contact: Option<ContactId>,
    pub request: Option<RequestId>,
}

/// Creates an open target, with its journal entry. A second one of the same request breaks a unique index.
pub(crate) async fn insert(w: &mut Write<'_>, staff: StaffId, origin: Origin, work: &Work) -> Result<TargetId> {
    let target = TargetId::new();
    change!(
        w,
        "INSERT INTO target (id, number, customer_id, location_id, contact_id, request_id, public_title, status, created_at, title,
            dispatch_note, billing_code, routing_score, created_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        target,
        id::number(),
        origin.customer,
        origin.location,
        origin.contact,
        origin.request,
        &work.public_title,
        TargetStatus::Open,
        w.now,
        &work.title,
        &work.dispatch_note,
        &work.billing_code,
        work.routing_score,
        staff,
    )?;
    let created = Event::at(EventKind::TargetCreated, origin.customer, origin.location);
    w.record(By::Staff(staff), Event { target: Some(target), request: origin.request, contact: origin.contact, ..created });
    Ok(target)
}

/// A target that nobody else can change until the transaction ends, nor its appointments and its request.
#[derive(sqlx::FromRow)]
pub(crate) struct Held {
    pub id: TargetId,
    pub customer_id: CustomerId,
    pub location_id: LocationId,
    pub request_id: Option<RequestId>,
    pub status: TargetStatus,
    zone: String,
}

impl Held {
    /// An event about this target and its request.
    pub fn event(&self, kind: EventKind) -> Event {
        Event { target: Some(self.id), request: self.request_id, ..Event::at(kind, self.customer_id, self.location_id) }
    }

    pub fn zone(&self) -> Zone {
        Zone::stored(&self.zone)
    }
}

/// Takes a target for a change: its request's version and its own count on, so that whoever read either before has to look again.
///
/// # Errors
/// `NotFound`; `Conflict` when a version is given and it is not the target's.
pub(crate) async fn hold(w: &mut Write<'_>, id: TargetId, version: Option<i64>) -> Result<Held> {
    change!(w, "UPDATE request SET version = version + 1 WHERE id = (SELECT request_id FROM target WHERE id = $1)", id)?;
    let held = change!(w, "UPDATE target SET version = version + 1 WHERE id = $1 AND ($2 IS NULL OR version = $2)", id, version)? == 1;
    let row = read_held(w, id).await?.ok_or(Error::NotFound)?;
    if held { Ok(row) } else { Err(Error::Conflict) }
}

async fn read_held(w: &mut Write<'_>, id: TargetId) -> Result<Option<Held>> {
    within!(
        w,
        Option<Held>,
        "SELECT t.id, t.customer_id, t.location_id, t.request_id, t.status, l.zone
         FROM target t JOIN location l ON l.id = t.location_id WHERE t.id = $1",
        id,
    )
}

/// Cancels a held target and what is still scheduled for it. `sentence` tells the customer why; without one nothing shared may be
/// scheduled. A follow-up that it was planned for can be planned anew.
async fn cancel(w: &mut Write<'_>, held: &Held, status: TargetStatus, by: By, sentence: Option<&str>) -> Result<()> {
    let scheduled = within!(
        w,
        Vec<(AppointmentId,)>,
        "SELECT id FROM appointment WHERE target_id = $1 AND status = 'scheduled' ORDER BY starts_at, id",
        held.id,
    )?;
    change!(
        w,
        "UPDATE appointment SET status = 'cancelled', cancel_reason = CASE WHEN shared THEN $2 ELSE NULL END, updated_at = $3,
            version = version + 1
         WHERE target_id = $1 AND status = 'scheduled'",
        held.id,
        sentence,
        w.now,
    )?;
    for (id,) in scheduled {
        suggestion::desk::close(w, id).await?;
        w.record(by, Event { appointment: Some(id), ..held.event(EventKind::AppointmentCancelled) });
    }
    change!(w, "UPDATE target SET status = $2 WHERE id = $1", held.id, status)?;
    w.record(by, held.event(EventKind::TargetCancelled));
    if let Some(follow_up) = follow_up_of(w, held.id).await? {
        let sql = "UPDATE follow_up SET target_id = NULL, status = 'required', planned_at = NULL, version = version + 1
                   WHERE id = $1 AND status = $2";
        Error::unless_swapped(change!(w, sql, follow_up.id, follow_up.status)?)?;
        w.record(by, follow_up.event(held, EventKind::FollowUpUnplanned));
    }
    Ok(())
}

/// Cancels the work of a request that is being withdrawn or cancelled: its target and all that is scheduled. `sentence` is what the
/// customer reads about it, never empty. The caller has changed the request's row before, which also keeps others from changing its
/// work meanwhile.
///
/// # Errors
/// Refused when the work is done.
pub(crate) async fn cancel_work(w: &mut Write<'_>, request: RequestId, by: By, sentence: &str) -> Result<()> {
    let target = within!(w, Option<(TargetId,)>, "SELECT id FROM target WHERE request_id = $1 AND status <> 'cancelled'", request)?;
    let Some((target,)) = target else { return Ok(()) };
    change!(w, "UPDATE target SET version = version + 1 WHERE id = $1", target)?;
    let held = read_held(w, target).await?.ok_or(Error::NotFound)?;
    let status = held.status.after(TargetMove::Cancel).ok_or_else(|| Error::refused(Refusal::WorkDone))?;
    cancel(w, &held, status, by, Some(sentence)).await
}

// ------------------------------------------------------------------------------------------- what follows from it

/// The states of the target's appointments that the customer counts on or has had.
async fn live_statuses(w: &mut Write<'_>, target: TargetId) -> Result<Vec<AppointmentStatus>> {
    let statuses =
        within!(w, Vec<(AppointmentStatus,)>, "SELECT DISTINCT status FROM appointment WHERE target_id = $1 AND shared", target)?;
    Ok(statuses.into_iter().map(|(status,)| status).filter(|status| status.is_live()).collect())
}

/// Brings the request and the follow-up of a held target in line with its appointments: planned exactly while one of them is live.
/// To be called after each act on the target or its appointments. `sentence` is what the customer was told about a cancelled one.
pub(crate) async fn follow_plan(w: &mut Write<'_>, target: TargetId, by: By, sentence: Option<&str>) -> Result<()> {
    let held = read_held(w, target).await?.ok_or(Error::NotFound)?;
    let live = !live_statuses(w, target).await?.is_empty();
    if let Some(request) = held.request_id {
        follow_request(w, &held, request, live, by, sentence).await?;
    }
    follow_follow_up(w, &held, live, by).await
}

async fn follow_request(w: &mut Write<'_>, held: &Held, request: RequestId, live: bool, by: By, sentence: Option<&str>) -> Result<()> {
    let (status, lang) = within!(
        w,
        One<(Status, Lang)>,
        "SELECT r.status, c.lang FROM request r JOIN contact c ON c.id = r.contact_id WHERE r.id = $1",
        request,
    )?;
    let step = if live { Move::Plan } else { Move::Unplan };
    let Some(next) = status.after(step) else { return Ok(()) };
    if live {
        // The date answers whatever the team's last sentence promised.
        change!(w, "UPDATE request SET status = $2, planned_at = $3, public_note = NULL WHERE id = $1", request, next, w.now)?;
        w.record(by, held.event(EventKind::RequestPlanned));
    } else {
        let note = sentence.unwrap_or(FELL_AWAY.get(lang));
        change!(w, "UPDATE request SET status = $2, planned_at = NULL, public_note = $3 WHERE id = $1", request, next, note)?;
        w.record(by, held.event(EventKind::RequestUnplanned));
    }
    Ok(())
}

async fn follow_follow_up(w: &mut Write<'_>, held: &Held, live: bool, by: By) -> Result<()> {
    let Some(follow_up) = follow_up_of(w, held.id).await? else { return Ok(()) };
    let next = match held.status {
        TargetStatus::Done => FollowUpStatus::Done,
        _ if live => FollowUpStatus::Planned,
        _ => FollowUpStatus::Required,
    };
    if next == follow_up.status {
        return Ok(());
    }
    let kind = match (follow_up.status, next) {
        (_, FollowUpStatus::Done) => EventKind::FollowUpDone,
        // The target was reopened: nothing new was planned, so the customer's timeline says nothing.
        (FollowUpStatus::Done, _) => EventKind::FollowUpReopened,
        (_, FollowUpStatus::Planned) => EventKind::FollowUpPlanned,
        _ => EventKind::FollowUpUnplanned,
    };
    let swapped = change!(
        w,
        "UPDATE follow_up SET status = $3, version = version + 1,
            planned_at = CASE $3 WHEN 'planned' THEN COALESCE(planned_at, $4) WHEN 'required' THEN NULL ELSE planned_at END,
            done_at = CASE $3 WHEN 'done' THEN $4 ELSE NULL END
         WHERE id = $1 AND status = $2",
        follow_up.id,
        follow_up.status,
        next,
        w.now,
    )?;
    Error::unless_swapped(swapped)?;
    w.record(by, follow_up.event(held, kind));
    Ok(())
}

/// The follow-up that a target was planned for.
#[derive(sqlx::FromRow)]
struct FollowUp {
    id: FollowUpId,
    status: FollowUpStatus,
    report_id: ReportId,
    request_id: Option<RequestId>,
}

impl FollowUp {
    /// An event about it. Its request is the one whose work the report is about.
    fn event(&self, held: &Held, kind: EventKind) -> Event {
        Event { follow_up: Some(self.id), report: Some(self.report_id), request: self.request_id, ..held.event(kind) }
    }
}

async fn follow_up_of(w: &mut Write<'_>, target: TargetId) -> Result<Option<FollowUp>> {
    within!(
        w,
        Option<FollowUp>,
        "SELECT f.id, f.status, f.report_id, t.request_id
         FROM follow_up f JOIN report r ON r.id = f.report_id JOIN target t ON t.id = r.target_id
         WHERE f.target_id = $1 AND f.status <> 'cancelled'",
        target,
    )
}
