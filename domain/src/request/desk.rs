//! What staff do with requests: queues, the request with its internal parts, and every act but the decision (`decision.rs`).

use std::str::FromStr;

use jiff::civil::time;
use uuid::Uuid;

use crate::actor::Desk;
use crate::attachment::FileView;
use crate::attachment::enclosures::{Carrier, Enclosures};
use crate::clock::{self, Instant, Zone, parse_date};
use crate::error::{Error, Result};
use crate::field::{self, Problem, Problems, Refusal};
use crate::id::{ContactId, CustomerId, FormKey, LocationId, MessageId, NoteId, RequestId, StaffId, TargetId};
use crate::journal::{Event, EventKind, LogRow, Write};
use crate::page::{Cursor, PAGE_SIZE, Page};
use crate::request::decision::{PendingSql, drop_pending};
use crate::request::portal::MessageSql;
use crate::request::submission::{Envelope, Submission};
use crate::request::{
    DeskRequest, Kind, LogEntry, MessageView, Move, NoteView, OwnDecision, PublicStatus, Queue, QueueCounts, QueueRow, RecordInput, Status,
    TEXT_LIMIT, Timing, Urgency,
};
use crate::role::Act;
use crate::target::desk::{Origin, cancel_work, insert as insert_target};
use crate::target::{TargetInput, Work};
use crate::text::Lang;
use crate::viewer;
use crate::when::Span;

/// Other requests at the location that are shown beside one.
const OTHERS_HERE: i64 = 10;

// ----------------------------------------------------------------------------------------------------------- queues

/// What the customer's status is made of. The columns are those of [`shown!`].
#[derive(sqlx::FromRow)]
struct ShownSql {
    status: Status,
    question_open: bool,
    withdrawn: bool,
    completed: bool,
    visit_ahead: bool,
}

/// Columns of a request `r` that its public status is made of; the view `portal_request` has the same.
macro_rules! shown {
    () => {
        "r.status, r.question_open, r.withdrawn,
            CASE WHEN EXISTS (SELECT 1 FROM target t WHERE t.request_id = r.id AND t.status = 'done') THEN TRUE ELSE FALSE END AS completed,
            CASE WHEN EXISTS (SELECT 1 FROM target t JOIN appointment a ON a.target_id = t.id
                WHERE t.request_id = r.id AND t.status = 'open' AND a.shared AND a.status = 'scheduled')
                THEN TRUE ELSE FALSE END AS visit_ahead"
    };
}

/// Columns of a pending decision `p`, made by `ps`: those of [`PendingSql`].
macro_rules! pending {
    () => {
        "p.decision, p.staff_id AS decided_by, ps.name AS decided_by_name, p.due_at"
    };
}

impl ShownSql {
    fn public(&self) -> PublicStatus {
        PublicStatus::of(self.status, self.question_open, self.withdrawn, self.completed, self.visit_ahead)
    }
}

#[derive(sqlx::FromRow)]
struct QueueSql {
    id: RequestId,
    number: String,
    title: String,
    customer_name: String,
    location_name: String,
    zone: String,
    urgency: Urgency,
    #[sqlx(flatten)]
    shown: ShownSql,
    assignee_name: Option<String>,
    submitted_at: Instant,
    windows: i64,
    #[sqlx(flatten)]
    pending: PendingSql,
    /// Its place in the order: the time it was submitted, negative where the newest come first.
    place: i64,
}

impl QueueSql {
    fn view(self, viewer: StaffId, now: Instant, lang: Lang) -> QueueRow {
        QueueRow {
            id: self.id,
            number: self.number,
            title: self.title,
            customer_name: self.customer_name,
            location_name: self.location_name,
            status: self.shown.public(),
            urgency: self.urgency,
            assignee_name: self.assignee_name,
            submitted: self.submitted_at.stamp(&Zone::stored(&self.zone), lang),
            age_minutes: (now.micros() - self.submitted_at.micros()) / 60_000_000,
            windows: usize::try_from(self.windows).unwrap_or_default(),
            pending: self.pending.view(viewer, now),
        }
    }
}

#[derive(sqlx::FromRow)]
struct OwnDecisionSql {
    id: RequestId,
    number: String,
    title: String,
    #[sqlx(flatten)]
    pending: PendingSql,
}

impl OwnDecisionSql {
    fn view(self, viewer: StaffId, now: Instant) -> Option<OwnDecision> {
        Some(OwnDecision { id: self.id, number: self.number, title: self.title, pending: self.pending.view(viewer, now)? })
    }
}

/// Rows of one queue, or of one location.
struct Wanted {
    queue: Queue,
    location: Option<LocationId>,
    but: Option<RequestId>,
    after: (Option<i64>, Option<Uuid>),
    limit: i64,
}

impl Desk<'_> {
    /// A queue of the inbox: the oldest first, so that nobody is forgotten; all requests: the newest first.
    pub async fn queue(&self, queue: Queue, after: &str) -> Result<Page<QueueRow>> {
        let after = Cursor::parts(Some(&Cursor(after.to_owned())));
        let rows = self.queued(Wanted { queue, location: None, but: None, after, limit: PAGE_SIZE + 1 }).await?;
        let now = self.db.now();
        Ok(Page::of(rows, |row| (row.place, row.id.uuid()), |row| row.view(self.actor.staff, now, self.actor.lang)))
    }

    /// How many wait in each queue, by the same conditions as [`Self::queue`].
    pub async fn queue_counts(&self) -> Result<QueueCounts> {
        read!(
            self.reader(),
            One<QueueCounts>,
            "SELECT COUNT(CASE WHEN r.status = 'submitted' AND COALESCE(r.snoozed_until, 0) <= $1 THEN 1 END) AS new,
                COUNT(CASE WHEN r.status = 'in_review' AND NOT r.question_open AND COALESCE(r.snoozed_until, 0) <= $1 THEN 1 END) AS review,
                COUNT(CASE WHEN r.assignee_id = $2 AND r.status IN ('submitted', 'in_review') THEN 1 END) AS mine,
                COUNT(CASE WHEN r.question_open THEN 1 END) AS waiting,
                COUNT(CASE WHEN COALESCE(r.snoozed_until, 0) > $1 THEN 1 END) AS snoozed,
                COUNT(CASE WHEN r.status = 'accepted'
                    AND NOT EXISTS (SELECT 1 FROM target t WHERE t.request_id = r.id AND t.status <> 'cancelled') THEN 1 END) AS accepted
             FROM request r
             WHERE r.status IN ('submitted', 'in_review', 'accepted')",
            self.db.now(),
            self.actor.staff,
        )
    }

    /// What the viewer decided and can still take back, the newest first.
    pub async fn own_decisions(&self) -> Result<Vec<OwnDecision>> {
        let now = self.db.now();
        let rows = read!(
            self.reader(),
            Vec<OwnDecisionSql>,
            concat!(
                "SELECT r.id, r.number, r.title, ",
                pending!(),
                " FROM pending_decision p
                 JOIN request r ON r.id = p.request_id
                 JOIN staff ps ON ps.id = p.staff_id
                 WHERE p.staff_id = $1 AND p.due_at > $2
                 ORDER BY p.due_at DESC, r.id"
            ),
            self.actor.staff,
            now,
        )?;
        Ok(rows.into_iter().filter_map(|row| row.view(self.actor.staff, now)).collect())
    }

    /// First the rows of the page by their keys, then what is shown of them.
    async fn queued(&self, wanted: Wanted) -> Result<Vec<QueueSql>> {
        read!(
            self.reader(),
            Vec<QueueSql>,
            concat!(
                "SELECT r.id, r.number, r.title, c.name AS customer_name, l.name AS location_name, l.zone, r.urgency, ",
                shown!(),
                ", s.name AS assignee_name, r.submitted_at,
                    (SELECT COUNT(*) FROM request_window w WHERE w.request_id = r.id) AS windows, ",
                pending!(),
                ", picked.place
                 FROM (
                    SELECT q.id, q.place
                    FROM (SELECT x.*, CASE WHEN $1 = 'all' THEN -x.submitted_at ELSE x.submitted_at END AS place FROM request x) q
                    WHERE CASE $1
                            WHEN 'new' THEN q.status = 'submitted' AND COALESCE(q.snoozed_until, 0) <= $2
                            WHEN 'review' THEN q.status = 'in_review' AND NOT q.question_open AND COALESCE(q.snoozed_until, 0) <= $2
                            WHEN 'mine' THEN q.assignee_id = $3 AND q.status IN ('submitted', 'in_review')
                            WHEN 'waiting' THEN q.question_open
                            WHEN 'snoozed' THEN COALESCE(q.snoozed_until, 0) > $2
                            WHEN 'accepted' THEN q.status = 'accepted'
                                AND NOT EXISTS (SELECT 1 FROM target t WHERE t.request_id = q.id AND t.status <> 'cancelled')
                            ELSE TRUE
                        END
                        AND ($4 IS NULL OR q.location_id = $4)
                        AND ($5 IS NULL OR q.id <> $5)
                        AND ($6 IS NULL OR q.place > $6 OR (q.place = $6 AND q.id > $7))
                    ORDER BY q.place, q.id
                    LIMIT $8
                 ) picked
                 JOIN request r ON r.id = picked.id
                 JOIN customer c ON c.id = r.customer_id
                 JOIN location l ON l.id = r.location_id
                 LEFT JOIN staff s ON s.id = r.assignee_id
                 LEFT JOIN pending_decision p ON p.request_id = r.id
                 LEFT JOIN staff ps ON ps.id = p.staff_id
                 ORDER BY picked.place, r.id"
            ),
            wanted.queue,
            self.db.now(),
            self.actor.staff,
            wanted.location,
            wanted.but,
            wanted.after.0,
            wanted.after.1,
            wanted.limit,
        )
    }
}

// --------------------------------------------------------------------------------------------------- one request

#[derive(sqlx::FromRow)]
struct DeskSql {
    number: String,
    version: i64,
    title: String,
    description: String,
    on_site_contact: String,
    kind: Kind,
    urgency: Urgency,
    timing: Timing,
    customer_id: CustomerId,
    customer_name: String,
    location_id: LocationId,
    location_name: String,
    location_note: String,
    zone: String,
    contact_name: String,
    contact_email: String,
    contact_phone: String,
    contact_lang: Lang,
    recorded_by_name: Option<String>,
    #[sqlx(flatten)]
    shown: ShownSql,
    assignee_id: Option<StaffId>,
    assignee_name: Option<String>,
    snoozed_until: Option<Instant>,
    reject_reason: Option<String>,
    internal_reason: Option<String>,
    public_note: Option<String>,
    duplicate_id: Option<RequestId>,
    duplicate_number: Option<String>,
    #[sqlx(flatten)]
    pending: PendingSql,
    target_id: Option<TargetId>,
    target_number: Option<String>,
    submitted_at: Instant,
}

/// A file, and the message or the note that it came with.
#[derive(sqlx::FromRow)]
struct EnclosedSql {
    message_id: Option<MessageId>,
    note_id: Option<NoteId>,
    #[sqlx(flatten)]
    file: FileView,
}

fn files_of(enclosed: &[EnclosedSql], with: impl Fn(&EnclosedSql) -> bool) -> Vec<FileView> {
    enclosed.iter().filter(|file| with(file)).map(|file| file.file.clone()).collect()
}

#[derive(sqlx::FromRow)]
struct NoteSql {
    id: NoteId,
    body: String,
    staff_name: String,
    written_at: Instant,
}

impl Desk<'_> {
    /// One request with all that the office knows about it.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn request(&self, request: RequestId) -> Result<DeskRequest> {
        let row = self.request_row(request).await?.ok_or(Error::NotFound)?;
        let (now, lang, zone) = (self.db.now(), self.actor.lang, Zone::stored(&row.zone));
        let (location, but) = (Some(row.location_id), Some(request));
        let here = Wanted { queue: Queue::All, location, but, after: (None, None), limit: OTHERS_HERE };
        let enclosed = self.enclosed_files(request).await?;
        Ok(DeskRequest {
            id: request,
            number: row.number,
            version: row.version,
            title: row.title,
            description: row.description,
            on_site_contact: row.on_site_contact,
            kind: row.kind,
            urgency: row.urgency,
            timing: row.timing,
            windows: self.request_windows(request, &zone).await?,
            customer_id: row.customer_id,
            customer_name: row.customer_name,
            location_id: row.location_id,
            location_name: row.location_name,
            location_note: row.location_note,
            contact_name: row.contact_name,
            contact_email: row.contact_email,
            contact_phone: row.contact_phone,
            recorded_by_name: row.recorded_by_name,
            stored: row.shown.status,
            status: row.shown.public(),
            question_open: row.shown.question_open,
            assignee: row.assignee_id.zip(row.assignee_name),
            snoozed_until: row.snoozed_until.filter(|until| *until > now).map(|until| until.stamp(&zone, lang)),
            reject_reason: row.reject_reason,
            internal_reason: row.internal_reason,
            public_note: row.public_note,
            duplicate_of: row.duplicate_id.zip(row.duplicate_number),
            pending: row.pending.view(self.actor.staff, now),
            target: row.target_id.zip(row.target_number),
            messages: self.request_messages(request, &zone, &enclosed).await?,
            notes: self.request_notes(request, &zone, &enclosed).await?,
            files: self.request_files(request).await?,
            others_here: self.queued(here).await?.into_iter().map(|row| row.view(self.actor.staff, now, lang)).collect(),
            log: self.request_log(request, &zone).await?,
            submitted: row.submitted_at.stamp(&zone, lang),
            readers: self.request_readers(request).await?,
            viewers: viewer::desk::of_request(self, request, row.location_id).await?,
            contact_lang: row.contact_lang,
            templates: self.reply_texts(row.contact_lang).await?,
        })
    }

    async fn request_row(&self, request: RequestId) -> Result<Option<DeskSql>> {
        read!(
            self.reader(),
            Option<DeskSql>,
            concat!(
                "SELECT r.number, r.version, r.title, r.description, r.on_site_contact, r.kind, r.urgency, r.timing,
                    r.customer_id, c.name AS customer_name, r.location_id, l.name AS location_name, l.internal_note AS location_note,
                    l.zone, o.name AS contact_name, o.email AS contact_email, o.phone AS contact_phone, o.lang AS contact_lang,
                    rs.name AS recorded_by_name, ",
                shown!(),
                ", r.assignee_id, s.name AS assignee_name, r.snoozed_until, r.reject_reason, r.internal_reason, r.public_note,
                    d.id AS duplicate_id, d.number AS duplicate_number, ",
                pending!(),
                ", work.id AS target_id, work.number AS target_number, r.submitted_at
                 FROM request r
                 JOIN customer c ON c.id = r.customer_id
                 JOIN location l ON l.id = r.location_id
                 JOIN contact o ON o.id = r.contact_id
                 LEFT JOIN staff rs ON rs.id = r.recorded_by
                 LEFT JOIN staff s ON s.id = r.assignee_id
                 LEFT JOIN request d ON d.id = r.duplicate_of
                 LEFT JOIN pending_decision p ON p.request_id = r.id
                 LEFT JOIN staff ps ON ps.id = p.staff_id
                 LEFT JOIN target work ON work.request_id = r.id AND work.status <> 'cancelled'
                 WHERE r.id = $1"
            ),
            request,
        )
    }

    async fn request_windows(&self, request: RequestId, zone: &Zone) -> Result<Vec<Span>> {
        let rows = read!(
            self.reader(),
            Vec<(String, Option<String>, Option<String>)>,
            "SELECT on_date, from_time, until_time FROM request_window WHERE request_id = $1 ORDER BY position",
            request,
        )?;
        let (now, lang) = (self.db.now(), self.actor.lang);
        Ok(rows.iter().map(|(date, from, until)| clock::span(date, from.as_deref(), until.as_deref(), zone, now, lang)).collect())
    }

    /// The conversation; unlike the customer, staff read which of them wrote.
    async fn request_messages(&self, request: RequestId, zone: &Zone, enclosed: &[EnclosedSql]) -> Result<Vec<MessageView>> {
        let rows = read!(
            self.reader(),
            Vec<MessageSql>,
            "SELECT m.id, m.body, m.question, CASE WHEN m.staff_id IS NULL THEN FALSE ELSE TRUE END AS from_team,
                CASE WHEN m.staff_id = $2 THEN TRUE ELSE FALSE END AS own, COALESCE(s.name, o.name) AS sender_name, m.sent_at
             FROM request_message m
             LEFT JOIN staff s ON s.id = m.staff_id
             LEFT JOIN contact o ON o.id = m.contact_id
             WHERE m.request_id = $1
             ORDER BY m.sent_at, m.id",
            request,
            self.actor.staff,
        )?;
        let view = |row: MessageSql| {
            let files = files_of(enclosed, |file| file.message_id == Some(row.id));
            row.view(files, zone, self.actor.lang)
        };
        Ok(rows.into_iter().map(view).collect())
    }

    async fn request_notes(&self, request: RequestId, zone: &Zone, enclosed: &[EnclosedSql]) -> Result<Vec<NoteView>> {
        let rows = read!(
            self.reader(),
            Vec<NoteSql>,
            "SELECT n.id, n.body, s.name AS staff_name, n.written_at
             FROM request_note n JOIN staff s ON s.id = n.staff_id
             WHERE n.request_id = $1 ORDER BY n.written_at, n.id",
            request,
        )?;
        let view = |row: NoteSql| NoteView {
            files: files_of(enclosed, |file| file.note_id == Some(row.id)),
            id: row.id,
            body: row.body,
            staff_name: row.staff_name,
            written: row.written_at.stamp(zone, self.actor.lang),
        };
        Ok(rows.into_iter().map(view).collect())
    }

    async fn request_files(&self, request: RequestId) -> Result<Vec<FileView>> {
        read!(
            self.reader(),
            Vec<FileView>,
            "SELECT a.id, a.name, a.media_type, a.size, '' AS caption, CASE WHEN a.staff_id = $2 THEN TRUE ELSE FALSE END AS own,
                a.preview_width, a.preview_height
             FROM attachment a
             WHERE a.request_id = $1
             ORDER BY a.created_at, a.id",
            request,
            self.actor.staff,
        )
    }

    /// The files of a request's messages and notes.
    async fn enclosed_files(&self, request: RequestId) -> Result<Vec<EnclosedSql>> {
        read!(
            self.reader(),
            Vec<EnclosedSql>,
            "SELECT a.message_id, a.note_id, a.id AS id, a.name, a.media_type, a.size, '' AS caption,
                CASE WHEN a.staff_id = $2 THEN TRUE ELSE FALSE END AS own, a.preview_width, a.preview_height,
                a.created_at AS created_at
             FROM request_message m JOIN attachment a ON a.message_id = m.id
             WHERE m.request_id = $1
             UNION ALL
             SELECT a.message_id, a.note_id, a.id, a.name, a.media_type, a.size, '',
                CASE WHEN a.staff_id = $2 THEN TRUE ELSE FALSE END, a.preview_width, a.preview_height, a.created_at
             FROM request_note n JOIN attachment a ON a.note_id = n.id
             WHERE n.request_id = $1
             ORDER BY created_at, id",
            request,
            self.actor.staff,
        )
    }

    /// The newest 200 events about it, newest first.
    async fn request_log(&self, request: RequestId, zone: &Zone) -> Result<Vec<LogEntry>> {
        let rows = read!(
            self.reader(),
            Vec<LogRow>,
            "SELECT e.seq, e.kind, COALESCE(s.name, o.name) AS actor_name, e.at, e.details
             FROM event e
             LEFT JOIN staff s ON s.id = e.actor_staff_id
             LEFT JOIN contact o ON o.id = e.actor_contact_id
             WHERE e.request_id = $1
             ORDER BY e.seq DESC LIMIT 200",
            request,
        )?;
        Ok(rows.into_iter().map(|row| row.entry(zone, self.actor.lang)).collect())
    }

    async fn request_readers(&self, request: RequestId) -> Result<Vec<String>> {
        let rows = read!(
            self.reader(),
            Vec<(String,)>,
            "SELECT c.name FROM portal_request p JOIN contact c ON c.id = p.contact_id WHERE p.id = $1 ORDER BY c.name, c.id",
            request,
        )?;
        Ok(rows.into_iter().map(|(name,)| name).collect())
    }
}

// -------------------------------------------------------------------------------------------------------------- acts

/// What every act needs to know about its request.
#[derive(sqlx::FromRow)]
pub(super) struct Head {
    pub id: RequestId,
    pub customer_id: CustomerId,
    pub location_id: LocationId,
    pub contact_id: ContactId,
    pub status: Status,
    pub title: String,
    pub zone: String,
}

impl Head {
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn read(w: &mut Write<'_>, request: RequestId) -> Result<Self> {
        let row = within!(
            w,
            Option<Self>,
            "SELECT r.id, r.customer_id, r.location_id, r.contact_id, r.status, r.title, l.zone
             FROM request r JOIN location l ON l.id = r.location_id WHERE r.id = $1",
            request,
        )?;
        row.ok_or(Error::NotFound)
    }

    pub fn event(&self, kind: EventKind) -> Event {
        Event { request: Some(self.id), ..Event::at(kind, self.customer_id, self.location_id) }
    }
}

/// A location of a contact that may send requests for it.
#[derive(sqlx::FromRow)]
struct PlaceSql {
    id: LocationId,
    customer_id: CustomerId,
    zone: String,
}

impl Desk<'_> {
    /// Records what a contact said on the phone or wrote in a mail (R16): it becomes the contact's own request.
    ///
    /// # Errors
    /// The problems of all fields; a location that the contact may not send requests for is [`Problem::NotAChoice`].
    pub async fn record_request(&self, input: &RecordInput) -> Result<RequestId> {
        let mut w = self.begin(Act::Triage).await?;
        let key: Uuid = input.key.parse().map_err(|_| Error::NotFound)?;
        let mut problems = Problems::default();
        let contact = problems.take("contact", choice::<ContactId>(&input.contact));
        let location = problems.take("location", choice::<LocationId>(&input.location));
        let place = match contact.zip(location) {
            Some((contact, location)) => place_of(&mut w, contact, location).await?,
            None => None,
        };
        if place.is_none() && problems.0.is_empty() {
            problems.add("location", Problem::NotAChoice);
        }
        let zone = Zone::stored(place.as_ref().map_or("", |place| place.zone.as_str()));
        match (contact, place, Submission::parse(&input.what, &input.timing, &input.windows, &zone, w.now)) {
            (Some(contact), Some(place), Ok(submission)) => self.record(w, key, contact, &place, &submission).await,
            (_, _, parsed) => {
                problems.0.extend(parsed.err().unwrap_or_default().0);
                Err(problems.into())
            }
        }
    }

    async fn record(&self, mut w: Write<'_>, key: Uuid, contact: ContactId, place: &PlaceSql, what: &Submission) -> Result<RequestId> {
        let envelope = Envelope {
            id: RequestId::new(),
            idempotency_key: key,
            contact,
            customer: place.customer_id,
            location: place.id,
            recorded_by: Some(self.actor.staff),
        };
        if what.insert(&mut w, &envelope).await? {
            w.commit().await?;
            return Ok(envelope.id);
        }
        let before = within!(
            w,
            Option<(RequestId,)>,
            "SELECT id FROM request WHERE idempotency_key = $1 AND recorded_by = $2",
            key,
            self.actor.staff,
        )?;
        before.map(|(id,)| id).ok_or(Error::Conflict)
    }

    /// Takes a submitted request into review; whoever starts takes it, unless it has somebody.
    ///
    /// # Errors
    /// [`Error::Conflict`] when it changed meanwhile or is not submitted; [`Error::NotFound`].
    pub async fn start_review(&self, request: RequestId, version: i64) -> Result<()> {
        let mut w = self.begin(Act::Triage).await?;
        let head = Head::read(&mut w, request).await?;
        let to = head.status.after(Move::StartReview).ok_or(Error::Conflict)?;
        let swapped = change!(
            w,
            "UPDATE request SET status = $4, assignee_id = COALESCE(assignee_id, $5), reviewed_at = $6, updated_at = $6,
                version = version + 1
             WHERE id = $1 AND version = $2 AND status = $3",
            request,
            version,
            head.status,
            to,
            self.actor.staff,
            w.now,
        )?;
        Error::unless_swapped(swapped)?;
        w.record(self.by(), head.event(EventKind::RequestReviewStarted));
        w.commit().await
    }

    /// Gives the request to somebody, or to nobody. The customer sees nothing of it, not even a time of change.
    ///
    /// # Errors
    /// [`Problem::NotAChoice`] for `assignee` when that account is disabled or unknown; [`Error::Conflict`]; [`Error::NotFound`].
    pub async fn assign(&self, request: RequestId, version: i64, assignee: Option<StaffId>) -> Result<()> {
        let mut w = self.begin(Act::Triage).await?;
        let head = Head::read(&mut w, request).await?;
        if let Some(staff) = assignee {
            within!(w, Option<(StaffId,)>, "SELECT id FROM staff WHERE id = $1 AND disabled_at IS NULL", staff)?
                .ok_or_else(|| Error::invalid("assignee", Problem::NotAChoice))?;
        }
        let swapped = change!(
            w,
            "UPDATE request SET assignee_id = $3, version = version + 1 WHERE id = $1 AND version = $2",
            request,
            version,
            assignee,
        )?;
        Error::unless_swapped(swapped)?;
        w.record(self.by(), Event { staff: assignee, ..head.event(EventKind::RequestAssigned) });
        w.commit().await
    }

    /// Puts a request that waits for staff off until six in the morning of a day at its location; "" takes it back into its queue.
    ///
    /// # Errors
    /// Problems of `until_date`; [`Error::Conflict`] when it changed meanwhile or waits for nobody; [`Error::NotFound`].
    pub async fn snooze(&self, request: RequestId, version: i64, until_date: &str) -> Result<()> {
        let mut w = self.begin(Act::Triage).await?;
        let head = Head::read(&mut w, request).await?;
        if !matches!(head.status, Status::Submitted | Status::InReview) {
            return Err(Error::Conflict);
        }
        let until = wake_time(until_date, &Zone::stored(&head.zone), w.now).map_err(|problem| Error::invalid("until_date", problem))?;
        let swapped = change!(
            w,
            "UPDATE request SET snoozed_until = $4, version = version + 1 WHERE id = $1 AND version = $2 AND status = $3",
            request,
            version,
            head.status,
            until,
        )?;
        Error::unless_swapped(swapped)?;
        w.record(self.by(), Event { details: until_date.trim().to_owned(), ..head.event(EventKind::RequestSnoozed) });
        w.commit().await
    }

    /// Asks the customer something, inside a review. `key` as for [`Self::send_message`].
    ///
    /// # Errors
    /// Problems of `body`; [`Error::Conflict`] when the request changed meanwhile or is not in review; [`Error::NotFound`].
    pub async fn ask(&self, request: RequestId, version: i64, key: FormKey, body: &str) -> Result<()> {
        let mut w = self.begin(Act::Triage).await?;
        let head = Head::read(&mut w, request).await?;
        if self.say(&mut w, request, key, body, true).await?.is_none() {
            return Ok(());
        }
        let swapped = change!(
            w,
            "UPDATE request SET question_open = TRUE, updated_at = $3, version = version + 1
             WHERE id = $1 AND version = $2 AND status = 'in_review'",
            request,
            version,
            w.now,
        )?;
        Error::unless_swapped(swapped)?;
        w.record(self.by(), head.event(EventKind::RequestQuestionAsked));
        w.commit().await
    }

    /// Writes to the customer, whatever the request's state. `key` is minted where the form is made: sending it twice writes one message.
    ///
    /// # Errors
    /// Problems of `body`; [`Error::Conflict`] when another message of the request has the key; [`Error::NotFound`].
    pub async fn send_message(&self, request: RequestId, key: FormKey, body: &str) -> Result<()> {
        self.send_message_with(Enclosures::none(request), key, body).await
    }

    /// The same with files: whoever reads the message and may download sees them from then on. Nothing is sent without all of them.
    ///
    /// # Errors
    /// As [`Self::send_message`]; the files are discarded then.
    pub async fn send_message_with(&self, enclosures: Enclosures, key: FormKey, body: &str) -> Result<()> {
        let message = self.message_with(&enclosures, key, body).await;
        self.commit_with(message, enclosures).await
    }

    /// A message about to be committed; none when the key's message is there already.
    async fn message_with(&self, enclosures: &Enclosures, key: FormKey, body: &str) -> Result<Option<Write<'_>>> {
        let mut w = self.begin(Act::Triage).await?;
        let head = Head::read(&mut w, enclosures.request).await?;
        let Some(message) = self.say(&mut w, head.id, key, body, false).await? else { return Ok(None) };
        change!(w, "UPDATE request SET updated_at = $2, version = version + 1 WHERE id = $1", head.id, w.now)?;
        w.record(self.by(), head.event(EventKind::RequestMessageSent));
        self.enclosed(&mut w, &head, Carrier::Message(message), enclosures).await?;
        Ok(Some(w))
    }

    async fn enclosed(&self, w: &mut Write<'_>, head: &Head, to: Carrier, enclosures: &Enclosures) -> Result<()> {
        for id in self.attach(w, to, enclosures).await? {
            w.record(self.by(), Event { attachment: Some(id), ..head.event(EventKind::FileAdded) });
        }
        Ok(())
    }

    /// Commits what was written with its files. When nothing was, or it was refused, the files go; once a commit is tried they have rows,
    /// or are swept.
    async fn commit_with(&self, written: Result<Option<Write<'_>>>, enclosures: Enclosures) -> Result<()> {
        match written {
            Ok(Some(w)) => w.commit().await,
            Ok(None) => {
                self.discard_enclosures(enclosures).await;
                Ok(())
            }
            Err(error) => {
                self.discard_enclosures(enclosures).await;
                Err(error)
            }
        }
    }

    /// Inserts a message; none when the key's message is there already, by the same person on the same request.
    async fn say(&self, w: &mut Write<'_>, request: RequestId, key: FormKey, body: &str, question: bool) -> Result<Option<MessageId>> {
        let id = MessageId::new();
        let body = field::lines(body, 1, TEXT_LIMIT).map_err(|problem| Error::invalid("body", problem))?;
        let said = change!(
            w,
            "INSERT INTO request_message (id, request_id, staff_id, form_key, body, question, sent_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)
             ON CONFLICT DO NOTHING",
            id,
            request,
            self.actor.staff,
            key,
            body.as_str(),
            question,
            w.now,
        )?;
        if said == 1 {
            return Ok(Some(id));
        }
        let before = within!(
            w,
            Option<(MessageId,)>,
            "SELECT id FROM request_message WHERE form_key = $1 AND request_id = $2 AND staff_id = $3",
            key,
            request,
            self.actor.staff,
        )?;
        before.map(|_| None).ok_or(Error::Conflict)
    }

    /// Writes an internal note. It is in a table of its own and can never become a message. `key` as for [`Self::send_message`].
    ///
    /// # Errors
    /// Problems of `body`; [`Error::NotFound`].
    pub async fn write_note(&self, request: RequestId, key: FormKey, body: &str) -> Result<()> {
        self.write_note_with(Enclosures::none(request), key, body).await
    }

    /// The same with files, which never leave the office either.
    ///
    /// # Errors
    /// As [`Self::write_note`]; the files are discarded then.
    pub async fn write_note_with(&self, enclosures: Enclosures, key: FormKey, body: &str) -> Result<()> {
        let note = self.note_with(&enclosures, key, body).await;
        self.commit_with(note, enclosures).await
    }

    /// A note about to be committed; none when the key's note is there already.
    async fn note_with(&self, enclosures: &Enclosures, key: FormKey, body: &str) -> Result<Option<Write<'_>>> {
        let mut w = self.begin(Act::Triage).await?;
        let body = field::lines(body, 1, TEXT_LIMIT).map_err(|problem| Error::invalid("body", problem))?;
        let (head, id) = (Head::read(&mut w, enclosures.request).await?, NoteId::new());
        let written = change!(
            w,
            "INSERT INTO request_note (id, request_id, staff_id, form_key, body, written_at) VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT DO NOTHING",
            id,
            head.id,
            self.actor.staff,
            key,
            body.as_str(),
            w.now,
        )?;
        if written == 0 {
            return Ok(None);
        }
        w.record(self.by(), head.event(EventKind::RequestNoteWritten));
        self.enclosed(&mut w, &head, Carrier::Note(id), enclosures).await?;
        Ok(Some(w))
    }

    /// Takes an accepted or rejected request back into review, with a sentence for the customer.
    ///
    /// # Errors
    /// Problems of `sentence`; a refusal while it has a target; [`Error::Conflict`]; [`Error::NotFound`]; [`Error::Forbidden`].
    pub async fn reopen(&self, request: RequestId, version: i64, sentence: &str) -> Result<()> {
        let mut w = self.begin(Act::Decide).await?;
        let sentence = public_sentence(sentence)?;
        let head = Head::read(&mut w, request).await?;
        let to = head.status.after(Move::Reopen).ok_or(Error::Conflict)?;
        // First the swap: it makes a convert at the same moment wait, so that what is read next still holds at the commit.
        let swapped = change!(
            w,
            "UPDATE request SET status = $4, public_note = $5, reject_reason = NULL, internal_reason = NULL, duplicate_of = NULL,
                decided_at = NULL, closed_at = NULL, updated_at = $6, version = version + 1
             WHERE id = $1 AND version = $2 AND status = $3",
            request,
            version,
            head.status,
            to,
            sentence.as_str(),
            w.now,
        )?;
        Error::unless_swapped(swapped)?;
        let target = within!(w, Option<(TargetId,)>, "SELECT id FROM target WHERE request_id = $1 AND status <> 'cancelled'", request)?;
        if target.is_some() {
            return Err(Error::refused(Refusal::HasTarget));
        }
        w.record(self.by(), head.event(EventKind::RequestReopened));
        w.commit().await
    }

    /// Cancels a request with the work that was created for it, with a sentence for the customer.
    ///
    /// # Errors
    /// Problems of `sentence`; a refusal when the work is done; [`Error::Conflict`]; [`Error::NotFound`]; [`Error::Forbidden`].
    pub async fn cancel_request(&self, request: RequestId, version: i64, sentence: &str) -> Result<()> {
        let mut w = self.begin(Act::Decide).await?;
        let sentence = public_sentence(sentence)?;
        let head = Head::read(&mut w, request).await?;
        let to = head.status.after(Move::Cancel).ok_or(Error::Conflict)?;
        let swapped = change!(
            w,
            "UPDATE request SET status = $4, question_open = FALSE, public_note = $5, snoozed_until = NULL, closed_at = $6, updated_at = $6,
                version = version + 1
             WHERE id = $1 AND version = $2 AND status = $3",
            request,
            version,
            head.status,
            to,
            sentence.as_str(),
            w.now,
        )?;
        Error::unless_swapped(swapped)?;
        drop_pending(&mut w, request).await?;
        cancel_work(&mut w, request, self.by(), &sentence).await?;
        w.record(self.by(), head.event(EventKind::RequestCancelled));
        w.commit().await
    }

    /// Creates the one target of an accepted request; titles left empty are the request's (R10).
    ///
    /// # Errors
    /// Problems of the target's fields; [`Error::Conflict`] when the request changed meanwhile, is not accepted or has a target;
    /// [`Error::NotFound`].
    pub async fn convert(&self, request: RequestId, version: i64, input: &TargetInput) -> Result<TargetId> {
        let mut w = self.begin(Act::Convert).await?;
        let head = Head::read(&mut w, request).await?;
        let or_title = |typed: &str| if typed.trim().is_empty() { head.title.clone() } else { typed.to_owned() };
        let titled = TargetInput { title: or_title(&input.title), public_title: or_title(&input.public_title), ..input.clone() };
        let work = Work::parse(&titled)?;
        let swapped = change!(
            w,
            "UPDATE request SET version = version + 1 WHERE id = $1 AND version = $2 AND status = 'accepted'",
            request,
            version,
        )?;
        Error::unless_swapped(swapped)?;
        let origin =
            Origin { customer: head.customer_id, location: head.location_id, contact: Some(head.contact_id), request: Some(request) };
        let target = insert_target(&mut w, self.actor.staff, origin, &work).await;
        let target = target.map_err(|error| if error.is_unique_violation() { Error::Conflict } else { error })?;
        w.commit().await?;
        Ok(target)
    }
}

fn public_sentence(sentence: &str) -> Result<String> {
    field::lines(sentence, 1, TEXT_LIMIT).map_err(|problem| Error::invalid("sentence", problem))
}

/// Six in the morning of a day to come at a location; none for "".
fn wake_time(date: &str, zone: &Zone, now: Instant) -> Result<Option<Instant>, Problem> {
    if date.trim().is_empty() {
        return Ok(None);
    }
    let at = zone.instant(parse_date(date)?, time(6, 0, 0, 0))?;
    if at <= now { Err(Problem::InThePast) } else { Ok(Some(at)) }
}

fn choice<T: FromStr>(word: &str) -> Result<T, Problem> {
    if word.is_empty() { Err(Problem::NothingChosen) } else { word.parse().map_err(|_| Problem::NotAChoice) }
}

async fn place_of(w: &mut Write<'_>, contact: ContactId, location: LocationId) -> Result<Option<PlaceSql>> {
    within!(
        w,
        Option<PlaceSql>,
        "SELECT id, customer_id, zone FROM portal_location WHERE contact_id = $1 AND id = $2 AND may_submit",
        contact,
        location,
    )
}
