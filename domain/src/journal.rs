//! The one append-only record of what happened, and the transaction that every change goes through.
//!
//! A [`Write`] collects events and commits them together with the change. Its journal number is taken last, from a one-row counter that
//! the transaction then holds: a number becomes visible only once all lower ones are, on both engines, so no reader skips an event.

use sqlx::{Postgres, Sqlite, Transaction};

use crate::clock::{Instant, Zone};
use crate::db::{Db, Engine};
use crate::error::Result;
use crate::id::{
    AppointmentId, AttachmentId, ContactId, CustomerId, FollowUpId, LocationId, ReleaseId, ReportId, RequestId, StaffId, TargetId,
};
use crate::mail::notice;
use crate::request::LogEntry;
use crate::search::index;
use crate::text::Lang;

mod wording;

closed_set! {
    /// Everything the journal can hold; the same words as the table `event_kind`.
    pub enum EventKind {
        CompanyChanged = "company_changed",
        /// The colour or the logo that its portal wears.
        CompanyBrandChanged = "company_brand_changed",
        /// Its own words for public statuses.
        CompanyWordsChanged = "company_words_changed",
        StaffAdded = "staff_added",
        StaffChanged = "staff_changed",
        ReplyTemplateAdded = "reply_template_added",
        ReplyTemplateChanged = "reply_template_changed",
        ReplyTemplateRemoved = "reply_template_removed",
        CustomerAdded = "customer_added",
        CustomerChanged = "customer_changed",
        LocationAdded = "location_added",
        LocationChanged = "location_changed",
        LocationsImported = "locations_imported",
        ContactAdded = "contact_added",
        ContactChanged = "contact_changed",
        ContactDisabled = "contact_disabled",
        ContactEnabled = "contact_enabled",
        GrantGiven = "grant_given",
        GrantChanged = "grant_changed",
        GrantEnded = "grant_ended",
        InvitationSent = "invitation_sent",
        InvitationResent = "invitation_resent",
        InvitationRevoked = "invitation_revoked",
        InvitationAccepted = "invitation_accepted",
        SignedIn = "signed_in",
        SignedOut = "signed_out",
        SessionsEnded = "sessions_ended",
        PasswordResetAsked = "password_reset_asked",
        PasswordChanged = "password_changed",
        NotificationsChanged = "notifications_changed",
        CalendarFeedMade = "calendar_feed_made",
        CalendarFeedEnded = "calendar_feed_ended",
        /// Staff looked at the portal as the contact sees it.
        PortalViewed = "portal_viewed",
        AccessRefused = "access_refused",
        JournalExported = "journal_exported",
        RequestSubmitted = "request_submitted",
        RequestReviewStarted = "request_review_started",
        RequestAssigned = "request_assigned",
        RequestSnoozed = "request_snoozed",
        RequestMessageSent = "request_message_sent",
        RequestAnswered = "request_answered",
        RequestQuestionAsked = "request_question_asked",
        RequestNoteWritten = "request_note_written",
        DecisionMade = "decision_made",
        DecisionUndone = "decision_undone",
        RequestAccepted = "request_accepted",
        RequestRejected = "request_rejected",
        RequestReopened = "request_reopened",
        RequestWithdrawn = "request_withdrawn",
        RequestCancelled = "request_cancelled",
        RequestPlanned = "request_planned",
        RequestUnplanned = "request_unplanned",
        TargetCreated = "target_created",
        /// Its internal words.
        TargetChanged = "target_changed",
        /// What the customer reads as its title.
        TargetRenamed = "target_renamed",
        TargetDone = "target_done",
        TargetReopened = "target_reopened",
        TargetCancelled = "target_cancelled",
        SeriesCreated = "series_created",
        AppointmentScheduled = "appointment_scheduled",
        AppointmentChanged = "appointment_changed",
        AppointmentShared = "appointment_shared",
        AppointmentMoved = "appointment_moved",
        AppointmentCancelled = "appointment_cancelled",
        AppointmentDone = "appointment_done",
        AppointmentNoAccess = "appointment_no_access",
        AppointmentSuggested = "appointment_suggested",
        SuggestionAnswered = "suggestion_answered",
        ReportWritten = "report_written",
        ReportApproved = "report_approved",
        ReportSentBack = "report_sent_back",
        ReportReleased = "report_released",
        ReportWithdrawn = "report_withdrawn",
        FollowUpRequired = "follow_up_required",
        /// Its internal words, or its work.
        FollowUpChanged = "follow_up_changed",
        /// What the customer reads.
        FollowUpReworded = "follow_up_reworded",
        /// Its work was reopened after it was done.
        FollowUpReopened = "follow_up_reopened",
        FollowUpShared = "follow_up_shared",
        FollowUpUnshared = "follow_up_unshared",
        FollowUpPlanned = "follow_up_planned",
        FollowUpUnplanned = "follow_up_unplanned",
        FollowUpDone = "follow_up_done",
        FollowUpCancelled = "follow_up_cancelled",
        FileAdded = "file_added",
        FileRemoved = "file_removed",
    }
}

/// How far somebody has read the journal. The number stays inside the process: it would tell how much happens at all customers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, sqlx::Type)]
#[sqlx(transparent)]
pub struct Position(i64);

/// Who did it. Neither means the system itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum By {
    Contact(ContactId),
    Staff(StaffId),
    System,
}

/// One thing that happened, and the rows it is about. `contact` and `staff` are the ones it was done to.
#[derive(Clone, Debug)]
pub(crate) struct Event {
    pub kind: EventKind,
    pub customer: Option<CustomerId>,
    pub location: Option<LocationId>,
    pub contact: Option<ContactId>,
    pub staff: Option<StaffId>,
    pub request: Option<RequestId>,
    pub target: Option<TargetId>,
    pub appointment: Option<AppointmentId>,
    pub report: Option<ReportId>,
    pub release: Option<ReleaseId>,
    pub follow_up: Option<FollowUpId>,
    pub attachment: Option<AttachmentId>,
    /// Anything else worth keeping that names nobody.
    pub details: String,
}

impl Event {
    pub fn new(kind: EventKind) -> Self {
        Self {
            kind,
            customer: None,
            location: None,
            contact: None,
            staff: None,
            request: None,
            target: None,
            appointment: None,
            report: None,
            release: None,
            follow_up: None,
            attachment: None,
            details: String::new(),
        }
    }

    /// An event at a customer's location.
    pub fn at(kind: EventKind, customer: CustomerId, location: LocationId) -> Self {
        Self { customer: Some(customer), location: Some(location), ..Self::new(kind) }
    }
}

pub(crate) enum Tx {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

/// A change under way. Dropping it undoes everything.
pub(crate) struct Write<'d> {
    pub db: &'d Db,
    pub tx: Tx,
    /// One "now" for all rows of the change.
    pub now: Instant,
    events: Vec<(By, Event)>,
}

impl<'d> Write<'d> {
    pub(crate) async fn begin(db: &'d Db, engine: &Engine) -> Result<Self> {
        let tx = match engine {
            Engine::Sqlite { writer, .. } => Tx::Sqlite(writer.begin_with("BEGIN IMMEDIATE").await?),
            Engine::Postgres { main, .. } => Tx::Postgres(main.begin().await?),
        };
        Ok(Self { db, tx, now: db.now(), events: Vec::new() })
    }

    /// Adds to the journal what this change is. It is written at the commit.
    pub fn record(&mut self, by: By, event: Event) {
        self.events.push((by, event));
    }

    /// Writes the journal, the mails that follow from it and the words that staff search by, then commits.
    pub async fn commit(mut self) -> Result<()> {
        let events = std::mem::take(&mut self.events);
        let count = i64::try_from(events.len()).unwrap_or(i64::MAX);
        let (last,): (i64,) =
            within!(self, One<(i64,)>, "UPDATE journal_counter SET last_seq = last_seq + $1 WHERE id = 1 RETURNING last_seq", count)?;
        for (i, (seq, (by, event))) in (last - count + 1..).zip(&events).enumerate() {
            self.insert(seq, *by, event).await?;
            self.touch_request(event).await?;
            notice::queue(&mut self, seq, &events, i).await?;
        }
        index::keep(&mut self, &events).await?;
        self.commit_unrecorded().await
    }

    /// Commits what is no event: last-seen times, drafts, throttles, leases.
    pub async fn commit_unrecorded(self) -> Result<()> {
        match self.tx {
            Tx::Sqlite(tx) => tx.commit().await?,
            Tx::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }

    /// A request's "last change", as its customer sees it, is its newest public event: tentative plans and notes must not show in it.
    async fn touch_request(&mut self, event: &Event) -> Result<()> {
        let Some(request) = event.request else { return Ok(()) };
        change!(
            self,
            "UPDATE request SET updated_at = $2
             WHERE id = $1 AND EXISTS (SELECT 1 FROM timeline_kind WHERE event_kind = $3)
                AND ($4 IS NULL OR EXISTS (SELECT 1 FROM appointment WHERE id = $4 AND shared))",
            request,
            self.now,
            event.kind,
            event.appointment,
        )?;
        Ok(())
    }

    async fn insert(&mut self, seq: i64, by: By, event: &Event) -> Result<()> {
        let (by_contact, by_staff) = match by {
            By::Contact(id) => (Some(id), None),
            By::Staff(id) => (None, Some(id)),
            By::System => (None, None),
        };
        change!(
            self,
            "INSERT INTO event (seq, at, kind, actor_contact_id, actor_staff_id, customer_id, location_id, contact_id, staff_id,
                request_id, target_id, appointment_id, report_id, release_id, follow_up_id, attachment_id, details)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
            seq,
            self.now,
            event.kind,
            by_contact,
            by_staff,
            event.customer,
            event.location,
            event.contact,
            event.staff,
            event.request,
            event.target,
            event.appointment,
            event.report,
            event.release,
            event.follow_up,
            event.attachment,
            event.details.as_str(),
        )?;
        Ok(())
    }
}

/// One event as a record's history at the desk reads it: `seq`, `kind`, `actor_name` (contact or staff), `at`, `details`.
#[derive(sqlx::FromRow)]
pub(crate) struct LogRow {
    pub seq: i64,
    pub kind: String,
    actor_name: Option<String>,
    at: Instant,
    details: String,
}

impl LogRow {
    pub fn entry(self, zone: &Zone, lang: Lang) -> LogEntry {
        let details = wording::written(&self.kind, &self.details, lang);
        LogEntry { seq: self.seq, kind: self.kind, actor_name: self.actor_name, at: self.at.stamp(zone, lang), details }
    }
}

/// An event's details when fields were edited: their names, never their values.
pub(crate) fn changed_fields(fields: &[(&str, bool)]) -> String {
    fields.iter().filter(|(_, changed)| *changed).map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
}
