//! What a customer may do with requests: list and read them, write a message, withdraw.

use crate::actor::Portal;
use crate::appointment::{self, AppointmentRow, AppointmentStatus};
use crate::attachment::FileView;
use crate::clock::{self, Instant, Zone};
use crate::customer::portal::{Narrowed, with_words};
use crate::db::containing;
use crate::error::{Error, Result};
use crate::field::{self, Refusal};
use crate::follow_up::{self, FollowUpRow, FollowUpStatus};
use crate::id::{CustomerId, FormKey, LocationId, MessageId, RequestId, TargetId};
use crate::journal::{Event, EventKind, Write};
use crate::page::{Cursor, PAGE_SIZE, Page};
use crate::report;
use crate::request::decision::drop_pending;
use crate::request::{
    Kind, MessageView, Move, NextStep, PublicStatus, RequestFilter, RequestRow, RequestView, Status, TEXT_LIMIT, Timing, Urgency,
};
use crate::target::desk::cancel_work;
use crate::text::{Lang, Text};
use crate::timeline;
use crate::when::Span;

/// A request in a list.
#[derive(sqlx::FromRow)]
struct RowSql {
    id: RequestId,
    number: String,
    title: String,
    kind: Kind,
    customer_name: String,
    location_name: String,
    zone: String,
    status: Status,
    question_open: bool,
    withdrawn: bool,
    completed: bool,
    visit_ahead: bool,
    own: bool,
    sender_name: String,
    submitted_at: Instant,
    updated_at: Instant,
}

/// The rest of its docket.
#[derive(sqlx::FromRow)]
struct RequestSql {
    #[sqlx(flatten)]
    row: RowSql,
    location_id: LocationId,
    description: String,
    on_site_contact: String,
    urgency: Urgency,
    timing: Timing,
    recorded_by_team: bool,
    reject_reason: Option<String>,
    public_note: Option<String>,
    duplicate_id: Option<RequestId>,
    duplicate_number: Option<String>,
    may_submit: bool,
}

#[derive(sqlx::FromRow)]
struct WindowSql {
    on_date: String,
    from_time: Option<String>,
    until_time: Option<String>,
}

#[derive(sqlx::FromRow)]
pub(super) struct MessageSql {
    pub(super) id: MessageId,
    body: String,
    question: bool,
    from_team: bool,
    own: bool,
    sender_name: Option<String>,
    sent_at: Instant,
}

/// A file of a request, and the message that it came with.
#[derive(sqlx::FromRow)]
struct RequestFileSql {
    message_id: Option<MessageId>,
    #[sqlx(flatten)]
    file: FileView,
}

/// A request that its sender may act on.
#[derive(sqlx::FromRow)]
struct OwnSql {
    customer_id: CustomerId,
    location_id: LocationId,
    status: Status,
    completed: bool,
    updated_at: Instant,
    version: i64,
}

impl RowSql {
    fn public(&self) -> PublicStatus {
        // A question waits for the sender; to everybody else the request is in review.
        PublicStatus::of(self.status, self.question_open && self.own, self.withdrawn, self.completed, self.visit_ahead)
    }

    fn key(&self) -> (i64, uuid::Uuid) {
        (self.updated_at.micros(), self.id.uuid())
    }

    fn view(self, lang: Lang) -> RequestRow {
        let (zone, status) = (Zone::stored(&self.zone), self.public());
        RequestRow {
            id: self.id,
            number: self.number,
            title: self.title,
            kind: self.kind,
            customer_name: self.customer_name,
            location_name: self.location_name,
            status,
            own: self.own,
            sender_name: self.sender_name,
            submitted: self.submitted_at.stamp(&zone, lang),
            changed: self.updated_at.stamp(&zone, lang),
        }
    }
}

impl RequestSql {
    /// Own, with the right to submit, and not ended without work.
    fn may_write(&self) -> bool {
        self.row.own && self.may_submit && takes_messages(self.row.status)
    }

    fn may_withdraw(&self) -> bool {
        self.row.own && self.may_submit && !self.row.completed && self.row.status.after(Move::Withdraw).is_some()
    }
}

const fn takes_messages(status: Status) -> bool {
    !matches!(status, Status::Rejected | Status::Cancelled)
}

/// The stored facts behind a public status, `None` where one does not matter: the other direction of [`PublicStatus::of`], for the query.
#[derive(Clone, Copy, Default)]
struct Facts {
    stored: Option<Status>,
    /// Rejected or cancelled.
    ended: Option<bool>,
    withdrawn: Option<bool>,
    completed: Option<bool>,
    question_open: Option<bool>,
    visit_ahead: Option<bool>,
}

impl Facts {
    const OPEN: Self =
        Self { stored: None, ended: Some(false), withdrawn: None, completed: Some(false), question_open: None, visit_ahead: None };

    /// "Planned" finds the visited ones too: a customer reads the same word on both.
    const fn of(status: PublicStatus) -> Self {
        const fn ended(stored: Status, withdrawn: Option<bool>) -> Facts {
            Facts { stored: Some(stored), ended: None, withdrawn, completed: None, question_open: None, visit_ahead: None }
        }
        const fn open(stored: Status) -> Facts {
            Facts { stored: Some(stored), ..Facts::OPEN }
        }
        match status {
            PublicStatus::Submitted => open(Status::Submitted),
            PublicStatus::InReview => Self { question_open: Some(false), ..open(Status::InReview) },
            PublicStatus::AnswerNeeded => Self { question_open: Some(true), ..open(Status::InReview) },
            PublicStatus::Accepted => open(Status::Accepted),
            PublicStatus::Planned => open(Status::Planned),
            PublicStatus::Visited => Self { visit_ahead: Some(false), ..open(Status::Planned) },
            PublicStatus::Completed => Self { completed: Some(true), ..Self::OPEN },
            PublicStatus::Rejected => ended(Status::Rejected, None),
            PublicStatus::Cancelled => ended(Status::Cancelled, Some(false)),
            PublicStatus::Withdrawn => ended(Status::Cancelled, Some(true)),
        }
    }
}

/// Which requests to list.
#[derive(Default)]
struct Wanted {
    facts: Facts,
    kind: Option<Kind>,
    at: Narrowed,
    like: Option<String>,
    own: bool,
    after: (Option<i64>, Option<uuid::Uuid>),
}

impl Wanted {
    /// `None` when a word is no choice: nothing matches it, as with somebody else's location.
    fn parse(filter: &RequestFilter) -> Option<Self> {
        let facts = match filter.status.as_str() {
            "" => Facts::default(),
            "open" => Facts::OPEN,
            word => Facts::of(word.parse().ok()?),
        };
        let kind = if filter.kind.is_empty() { None } else { Some(filter.kind.parse().ok()?) };
        let at = Narrowed::to(&filter.location, &filter.place);
        let like = (!filter.q.trim().is_empty()).then(|| containing(&filter.q));
        let after = Cursor::parts(Some(&Cursor(filter.after.clone())));
        Some(Self { facts, kind, at, like, own: filter.whose == "own", after })
    }

    /// The inner query chooses by an index alone; only what it chose is read in full.
    async fn rows(&self, portal: &Portal<'_>, limit: i64) -> Result<Vec<RowSql>> {
        read!(
            portal.reader(),
            Vec<RowSql>,
            concat!(
                "SELECT id, number, title, kind, customer_name, location_name, zone, status, question_open, withdrawn, completed,
                    visit_ahead, own, sender_name, submitted_at, updated_at
                 FROM portal_request
                 WHERE contact_id = $1 AND id IN (
                    SELECT id FROM portal_request
                    WHERE contact_id = $1 AND ($2 IS NULL OR customer_id = $2)
                        AND ($3 IS NULL OR status = $3)
                        AND ($4 IS NULL OR (status IN ('rejected', 'cancelled')) = $4)
                        AND ($5 IS NULL OR withdrawn = $5)
                        AND ($6 IS NULL OR completed = $6)
                        AND ($7 IS NULL OR (question_open AND own) = $7)
                        AND ($8 IS NULL OR visit_ahead = $8)
                        AND ($9 IS NULL OR kind = $9)
                        AND ($10 IS NULL OR location_id = $10)
                        AND ($11 IS NULL OR lower(number) LIKE lower($11) ESCAPE '\\' OR lower(title) LIKE lower($11) ESCAPE '\\'
                            OR lower(description) LIKE lower($11) ESCAPE '\\')
                        AND (own OR NOT $12)
                        AND ($13 IS NULL OR updated_at < $13 OR (updated_at = $13 AND id > $14))",
                with_words!("location_id", "$16", "$17", "$18", "$19", "$20"),
                " ORDER BY updated_at DESC, id LIMIT $15)
                 ORDER BY updated_at DESC, id"
            ),
            portal.contact(),
            portal.actor.customer,
            self.facts.stored,
            self.facts.ended,
            self.facts.withdrawn,
            self.facts.completed,
            self.facts.question_open,
            self.facts.visit_ahead,
            self.kind,
            self.at.location,
            self.like.as_deref(),
            self.own,
            self.after.0,
            self.after.1,
            limit,
            self.at.words[0].as_deref(),
            self.at.words[1].as_deref(),
            self.at.words[2].as_deref(),
            self.at.words[3].as_deref(),
            self.at.words[4].as_deref(),
        )
    }
}

/// The open requests that changed last.
pub(crate) async fn open(portal: &Portal<'_>, limit: i64) -> Result<Vec<RequestRow>> {
    let rows = Wanted { facts: Facts::OPEN, ..Wanted::default() }.rows(portal, limit).await?;
    Ok(rows.into_iter().map(|row| row.view(portal.actor.lang)).collect())
}

/// The viewer's own requests with a question that only it can answer.
pub(crate) async fn questions(portal: &Portal<'_>) -> Result<Vec<RequestRow>> {
    let wanted = Wanted { facts: Facts::of(PublicStatus::AnswerNeeded), own: true, ..Wanted::default() };
    let rows = wanted.rows(portal, PAGE_SIZE).await?;
    Ok(rows.into_iter().map(|row| row.view(portal.actor.lang)).collect())
}

// ----------------------------------------------------------------------------------------------------------- reading

impl Portal<'_> {
    /// The requests that the contact may see, those that changed last first.
    pub async fn requests(&self, filter: &RequestFilter) -> Result<Page<RequestRow>> {
        let Some(wanted) = Wanted::parse(filter) else { return Ok(Page { items: Vec::new(), next: None }) };
        let rows = wanted.rows(self, PAGE_SIZE + 1).await?;
        Ok(Page::of(rows, RowSql::key, |row| row.view(self.actor.lang)))
    }

    /// One request with everything that belongs to it and that the contact may see.
    ///
    /// # Errors
    /// [`Error::NotFound`], alike for somebody else's request and for none.
    pub async fn request(&self, request: RequestId) -> Result<RequestView> {
        let row = read!(
            self.reader(),
            Option<RequestSql>,
            "SELECT r.id, r.number, r.title, r.kind, r.customer_name, r.location_name, r.zone, r.status, r.question_open, r.withdrawn,
                r.completed, r.visit_ahead, r.own, r.sender_name, r.submitted_at, r.updated_at, r.location_id, r.description,
                r.on_site_contact, r.urgency, r.timing, r.recorded_by_team, r.reject_reason, r.public_note, r.may_submit,
                (SELECT d.id FROM portal_request d WHERE d.contact_id = r.contact_id AND d.id = r.duplicate_of) AS duplicate_id,
                (SELECT d.number FROM portal_request d WHERE d.contact_id = r.contact_id AND d.id = r.duplicate_of) AS duplicate_number
             FROM portal_request r
             WHERE r.contact_id = $1 AND r.id = $2",
            self.contact(),
            request,
        )?
        .ok_or(Error::NotFound)?;
        let (may_write, may_withdraw) = (row.may_write(), row.may_withdraw());
        let zone = Zone::stored(&row.row.zone);
        let targets = self.request_targets(request).await?;
        let appointments = appointment::portal::of_targets(self, &targets).await?;
        let follow_ups = follow_up::portal::of_targets(self, &targets).await?;
        let files = self.request_files(request).await?.into_iter();
        let (enclosed, files): (Vec<_>, Vec<_>) = files.partition(|file| file.message_id.is_some());
        Ok(RequestView {
            as_of: row.row.updated_at.micros(),
            next: next_step(row.row.public(), &appointments, &follow_ups),
            row: row.row.view(self.actor.lang),
            location_id: row.location_id,
            description: row.description,
            on_site_contact: row.on_site_contact,
            urgency: row.urgency,
            timing: row.timing,
            windows: self.request_windows(request, &zone).await?,
            recorded_by_team: row.recorded_by_team,
            reject_reason: row.reject_reason,
            public_note: row.public_note,
            duplicate_of: row.duplicate_id.zip(row.duplicate_number),
            messages: self.request_messages(request, &zone, &enclosed).await?,
            files: files.into_iter().map(|row| row.file).collect(),
            appointments,
            reports: report::portal::of_targets(self, &targets).await?,
            follow_ups,
            history: timeline::portal::of_request(self, request, &targets).await?,
            may_write,
            may_withdraw,
        })
    }

    /// The work for a request: mostly none or one.
    async fn request_targets(&self, request: RequestId) -> Result<Vec<TargetId>> {
        let sql = "SELECT id FROM portal_request_target WHERE contact_id = $1 AND request_id = $2 ORDER BY id LIMIT 50";
        let rows = read!(self.reader(), Vec<(TargetId,)>, sql, self.contact(), request)?;
        Ok(rows.into_iter().map(|(id,)| id).collect())
    }

    async fn request_windows(&self, request: RequestId, zone: &Zone) -> Result<Vec<Span>> {
        let rows = read!(
            self.reader(),
            Vec<WindowSql>,
            "SELECT on_date, from_time, until_time FROM portal_request_window WHERE contact_id = $1 AND request_id = $2 ORDER BY position",
            self.contact(),
            request,
        )?;
        let (now, lang) = (self.db.now(), self.actor.lang);
        Ok(rows.iter().map(|row| clock::span(&row.on_date, row.from_time.as_deref(), row.until_time.as_deref(), zone, now, lang)).collect())
    }

    async fn request_messages(&self, request: RequestId, zone: &Zone, enclosed: &[RequestFileSql]) -> Result<Vec<MessageView>> {
        let rows = read!(
            self.reader(),
            Vec<MessageSql>,
            "SELECT id, body, question, from_team, own, sender_name, sent_at
             FROM portal_request_message WHERE contact_id = $1 AND request_id = $2 ORDER BY sent_at, id",
            self.contact(),
            request,
        )?;
        let view = |row: MessageSql| {
            let files = enclosed.iter().filter(|file| file.message_id == Some(row.id)).map(|file| file.file.clone()).collect();
            row.view(files, zone, self.actor.lang)
        };
        Ok(rows.into_iter().map(view).collect())
    }

    /// The files of a request that the viewer may fetch: those sent along with it, and those of its messages.
    async fn request_files(&self, request: RequestId) -> Result<Vec<RequestFileSql>> {
        read!(
            self.reader(),
            Vec<RequestFileSql>,
            "SELECT message_id, id, name, media_type, size, '' AS caption, own, preview_width, preview_height
             FROM portal_request_file WHERE contact_id = $1 AND request_id = $2 ORDER BY created_at, id",
            self.contact(),
            request,
        )
    }
}

impl MessageSql {
    pub(super) fn view(self, files: Vec<FileView>, zone: &Zone, lang: Lang) -> MessageView {
        MessageView {
            id: self.id,
            body: self.body,
            question: self.question,
            from_team: self.from_team,
            own: self.own,
            sender_name: self.sender_name,
            sent: self.sent_at.stamp(zone, lang),
            files,
        }
    }
}

/// What comes next (F3), as far as the viewer may see it.
fn next_step(status: PublicStatus, appointments: &[AppointmentRow], follow_ups: &[FollowUpRow]) -> Option<NextStep> {
    match status {
        PublicStatus::AnswerNeeded => Some(NextStep::YouAnswer),
        PublicStatus::Submitted | PublicStatus::InReview => Some(NextStep::WeReview),
        PublicStatus::Accepted => Some(NextStep::WePropose),
        PublicStatus::Planned => next_visit(appointments).map(NextStep::Visit).or_else(|| unreported_visit(appointments)),
        // That we will tell what comes next is what the status means: it is not said twice.
        PublicStatus::Visited | PublicStatus::Completed => follow_up_step(follow_ups),
        PublicStatus::Rejected | PublicStatus::Cancelled | PublicStatus::Withdrawn => None,
    }
}

/// The earliest appointment ahead. They are all at one location, so their civil times are in order.
fn next_visit(appointments: &[AppointmentRow]) -> Option<Span> {
    let ahead = appointments.iter().filter(|appointment| appointment.status == AppointmentStatus::Scheduled && !appointment.past);
    ahead.map(|appointment| &appointment.span).min_by_key(|span| (&span.date, &span.from)).cloned()
}

fn unreported_visit(appointments: &[AppointmentRow]) -> Option<NextStep> {
    appointments.iter().any(AppointmentRow::is_unreported).then_some(NextStep::WeReport)
}

fn follow_up_step(follow_ups: &[FollowUpRow]) -> Option<NextStep> {
    let planned = || follow_ups.iter().filter(|f| f.status == FollowUpStatus::Planned).filter_map(|f| f.next_visit.as_ref());
    let required = || follow_ups.iter().any(|f| f.status == FollowUpStatus::Required).then_some(NextStep::FollowUpRequired);
    planned().min_by_key(|span| (&span.date, &span.from)).cloned().map(NextStep::FollowUpVisit).or_else(required)
}

// -------------------------------------------------------------------------------------------------------------- acts

/// What a customer reads on the appointments of a request that it withdrew.
const WITHDRAWN: Text = Text::new("The request was withdrawn.", "Die Anfrage wurde zurückgezogen.");

impl Portal<'_> {
    /// Writes to the team about an own request; an open question counts as answered. `key` is minted where the form is made: sending it
    /// twice writes one message.
    ///
    /// # Errors
    /// [`Error::NotFound`] unless the request is the contact's own and it has the right to submit; [`Error::Conflict`] when the request
    /// has ended, or another message of it has the key; problems of the field `body`.
    pub async fn write_message(&self, request: RequestId, key: FormKey, body: &str) -> Result<()> {
        let body = field::lines(body, 1, TEXT_LIMIT).map_err(|problem| Error::invalid("body", problem))?;
        let mut w = self.db.write().await?;
        let own = self.own_request(&mut w, request).await?;
        let written = change!(
            w,
            "INSERT INTO request_message (id, request_id, contact_id, form_key, body, sent_at)
             SELECT $3, id, contact_id, $4, $5, $6 FROM portal_request
             WHERE contact_id = $1 AND id = $2 AND own AND may_submit AND status NOT IN ('rejected', 'cancelled')
             ON CONFLICT DO NOTHING",
            self.contact(),
            request,
            MessageId::new(),
            key,
            body.as_str(),
            w.now,
        )?;
        if written == 0 {
            return self.written_before(&mut w, request, key).await;
        }
        let answers = self.close_question(&mut w, request).await?;
        if !answers {
            self.touch_open_request(&mut w, request).await?;
        }
        let kind = if answers { EventKind::RequestAnswered } else { EventKind::RequestMessageSent };
        w.record(self.by(), own.event(kind, request));
        w.commit().await
    }

    /// Takes an own request back as it was seen ([`RequestView::as_of`]), with the work that was created for it.
    ///
    /// # Errors
    /// [`Error::NotFound`] unless the request is the contact's own and it has the right to submit; [`Error::Conflict`] when it changed
    /// meanwhile or is planned or ended; a refusal when the work is done.
    pub async fn withdraw(&self, request: RequestId, as_of: i64) -> Result<()> {
        let mut w = self.db.write().await?;
        let own = self.own_request(&mut w, request).await?;
        let to = own.status.after(Move::Withdraw).ok_or(Error::Conflict)?;
        if own.completed {
            return Err(Error::refused(Refusal::WorkDone));
        }
        if own.updated_at.micros() != as_of {
            return Err(Error::Conflict);
        }
        let swapped = change!(
            w,
            "UPDATE request SET status = $5, withdrawn = TRUE, question_open = FALSE, public_note = NULL, snoozed_until = NULL,
                closed_at = $6, updated_at = $6, version = version + 1
             WHERE version = $3 AND status = $4
                AND id IN (SELECT id FROM portal_request WHERE contact_id = $1 AND id = $2 AND own AND may_submit)",
            self.contact(),
            request,
            own.version,
            own.status,
            to,
            w.now,
        )?;
        Error::unless_swapped(swapped)?;
        drop_pending(&mut w, request).await?;
        cancel_work(&mut w, request, self.by(), WITHDRAWN.get(self.actor.lang)).await?;
        w.record(self.by(), own.event(EventKind::RequestWithdrawn, request));
        w.commit().await
    }

    async fn own_request(&self, w: &mut Write<'_>, request: RequestId) -> Result<OwnSql> {
        let row = within!(
            w,
            Option<OwnSql>,
            "SELECT customer_id, location_id, status, completed, updated_at, version FROM portal_request
             WHERE contact_id = $1 AND id = $2 AND own AND may_submit",
            self.contact(),
            request,
        )?;
        row.ok_or(Error::NotFound)
    }

    /// An answer also wakes a request that staff have put off.
    async fn close_question(&self, w: &mut Write<'_>, request: RequestId) -> Result<bool> {
        let closed = change!(
            w,
            "UPDATE request SET question_open = FALSE, snoozed_until = NULL, updated_at = $3, version = version + 1
             WHERE question_open AND id IN (SELECT id FROM portal_request WHERE contact_id = $1 AND id = $2 AND own AND may_submit)",
            self.contact(),
            request,
            w.now,
        )?;
        Ok(closed == 1)
    }

    async fn touch_open_request(&self, w: &mut Write<'_>, request: RequestId) -> Result<()> {
        let touched = change!(
            w,
            "UPDATE request SET snoozed_until = NULL, updated_at = $3, version = version + 1
             WHERE status NOT IN ('rejected', 'cancelled')
                AND id IN (SELECT id FROM portal_request WHERE contact_id = $1 AND id = $2 AND own AND may_submit)",
            self.contact(),
            request,
            w.now,
        )?;
        Error::unless_swapped(touched)
    }

    /// Fine if the key's message is the contact's own in this conversation: a double click, or a retry after a lost answer.
    async fn written_before(&self, w: &mut Write<'_>, request: RequestId, key: FormKey) -> Result<()> {
        let row = within!(
            w,
            Option<(MessageId,)>,
            "SELECT id FROM portal_request_message WHERE contact_id = $1 AND request_id = $2 AND form_key = $3 AND own",
            self.contact(),
            request,
            key,
        )?;
        row.map(drop).ok_or(Error::Conflict)
    }
}

impl OwnSql {
    fn event(&self, kind: EventKind, request: RequestId) -> Event {
        Event { request: Some(request), ..Event::at(kind, self.customer_id, self.location_id) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn w2_the_filter_finds_exactly_the_requests_that_show_its_word() {
        for stored in Status::ALL {
            for bits in 0..16_u8 {
                let [question, withdrawn, completed, ahead] = [1, 2, 4, 8].map(|bit| bits & bit != 0);
                // What the schema's CHECKs and the state machine rule out.
                let ended = matches!(stored, Status::Rejected | Status::Cancelled);
                let impossible = question && *stored != Status::InReview || withdrawn && *stored != Status::Cancelled || completed && ended;
                if impossible {
                    continue;
                }
                let shown = PublicStatus::of(*stored, question, withdrawn, completed, ahead);
                for word in PublicStatus::ALL {
                    let facts = Facts::of(*word);
                    let is = |fact: Option<bool>, value: bool| fact.is_none_or(|fact| fact == value);
                    let found = facts.stored.is_none_or(|fact| fact == *stored)
                        && is(facts.ended, ended)
                        && is(facts.withdrawn, withdrawn)
                        && is(facts.completed, completed)
                        && is(facts.question_open, question)
                        && is(facts.visit_ahead, ahead);
                    let expected = shown == *word || (shown, *word) == (PublicStatus::Visited, PublicStatus::Planned);
                    assert_eq!(found, expected, "{stored} shows {shown}, filter {word}");
                }
            }
        }
    }
}
