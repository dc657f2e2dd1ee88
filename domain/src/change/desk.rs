//! What changed for the office. Staff may read all of it, so no view stands between: each kind of journal entry says what it changes.

use uuid::Uuid;

use crate::actor::Desk;
use crate::change::{COMMITTED_LATER, Change, Changes, Record};
use crate::clock::Instant;
use crate::error::Result;
use crate::journal::{EventKind, Position};

#[derive(sqlx::FromRow)]
struct Row {
    kind: EventKind,
    /// Whether it was done to the reader.
    own: bool,
    seq: Position,
    at: Instant,
}

impl Desk<'_> {
    /// What changed after a position.
    pub async fn changes(&self, after: Position) -> Result<Changes> {
        let now = self.db.now();
        let rows = read!(
            self.reader(),
            Vec<Row>,
            "SELECT kind, CASE WHEN staff_id = $1 THEN TRUE ELSE FALSE END AS own, MAX(seq) AS seq, MAX(at) AS at
             FROM event WHERE seq > $2 GROUP BY kind, own",
            self.actor.staff,
            after,
        )?;
        Ok(gathered(rows, now, after))
    }

    /// What changed since a moment, for whoever knows no position. Something of the minute before may be among it.
    pub async fn changes_since(&self, moment: Instant) -> Result<Changes> {
        let now = self.db.now();
        let rows = read!(
            self.reader(),
            Vec<Row>,
            "SELECT kind, CASE WHEN staff_id = $1 THEN TRUE ELSE FALSE END AS own, MAX(seq) AS seq, MAX(at) AS at
             FROM event WHERE at >= $2 GROUP BY kind, own",
            self.actor.staff,
            moment.minus(COMMITTED_LATER),
        )?;
        Ok(gathered(rows, now, Position::default()))
    }

    /// Whether a record's log has anything after the entry `seen`. Of a record that there is not, it has nothing.
    pub async fn has_news(&self, record: Record, id: Uuid, seen: i64) -> Result<bool> {
        let (newer,) = match record {
            Record::Request => {
                read!(self.reader(), One<(i64,)>, "SELECT COUNT(*) FROM event WHERE request_id = $1 AND seq > $2", id, seen)?
            }
            Record::Report => read!(self.reader(), One<(i64,)>, "SELECT COUNT(*) FROM event WHERE report_id = $1 AND seq > $2", id, seen)?,
            // The log of work has its request's entries too.
            Record::Target => read!(
                self.reader(),
                One<(i64,)>,
                "SELECT COUNT(*) FROM event e
                 WHERE e.seq > $2 AND (e.target_id = $1 OR e.request_id = (SELECT t.request_id FROM target t WHERE t.id = $1)
                    OR e.appointment_id IN (SELECT a.id FROM appointment a WHERE a.target_id = $1))",
                id,
                seen,
            )?,
        };
        Ok(newer > 0)
    }
}

fn gathered(rows: Vec<Row>, now: Instant, after: Position) -> Changes {
    let mut changes = Changes::none(now, after);
    rows.into_iter().for_each(|row| changes.add(changed_by(row.kind, row.own), row.seq, row.at));
    changes
}

/// What pages of the desk show of a kind of event; `own` when it was done to the reader.
const fn changed_by(kind: EventKind, own: bool) -> &'static [Change] {
    use Change::{Access, Appointment, Customer, FollowUp, Person, Report, Request};
    match kind {
        // Each page has the company's name and words, and the reader's own name and role.
        EventKind::CompanyChanged | EventKind::CompanyWordsChanged => &[Access],
        EventKind::StaffChanged if own => &[Access],
        EventKind::CustomerAdded
        | EventKind::CustomerChanged
        | EventKind::LocationAdded
        | EventKind::LocationChanged
        | EventKind::LocationsImported => &[Customer],
        EventKind::ContactAdded
        | EventKind::ContactChanged
        | EventKind::ContactDisabled
        | EventKind::ContactEnabled
        | EventKind::GrantGiven
        | EventKind::GrantChanged
        | EventKind::GrantEnded
        | EventKind::InvitationSent
        | EventKind::InvitationResent
        | EventKind::InvitationRevoked
        | EventKind::InvitationAccepted => &[Person],
        EventKind::RequestSubmitted
        | EventKind::RequestReviewStarted
        | EventKind::RequestAssigned
        | EventKind::RequestSnoozed
        | EventKind::RequestMessageSent
        | EventKind::RequestAnswered
        | EventKind::RequestQuestionAsked
        | EventKind::RequestNoteWritten
        | EventKind::DecisionMade
        | EventKind::DecisionUndone
        | EventKind::RequestAccepted
        | EventKind::RequestRejected
        | EventKind::RequestReopened
        | EventKind::RequestWithdrawn
        | EventKind::RequestCancelled
        | EventKind::RequestPlanned
        | EventKind::RequestUnplanned => &[Request],
        // Queues and the customer's status follow the work and its shared visits.
        EventKind::TargetCreated
        | EventKind::TargetDone
        | EventKind::TargetReopened
        | EventKind::TargetCancelled
        | EventKind::AppointmentShared
        | EventKind::AppointmentMoved
        | EventKind::AppointmentCancelled
        | EventKind::AppointmentDone
        | EventKind::AppointmentNoAccess => &[Request, Appointment],
        EventKind::TargetChanged
        | EventKind::TargetRenamed
        | EventKind::SeriesCreated
        | EventKind::AppointmentScheduled
        | EventKind::AppointmentChanged
        | EventKind::AppointmentSuggested
        | EventKind::SuggestionAnswered => &[Appointment],
        EventKind::ReportWritten
        | EventKind::ReportApproved
        | EventKind::ReportSentBack
        | EventKind::ReportReleased
        | EventKind::ReportWithdrawn => &[Report],
        EventKind::FollowUpRequired
        | EventKind::FollowUpChanged
        | EventKind::FollowUpReworded
        | EventKind::FollowUpReopened
        | EventKind::FollowUpShared
        | EventKind::FollowUpUnshared
        | EventKind::FollowUpPlanned
        | EventKind::FollowUpUnplanned
        | EventKind::FollowUpDone
        | EventKind::FollowUpCancelled => &[FollowUp],
        // A file of a report, or of work.
        EventKind::FileAdded | EventKind::FileRemoved => &[Appointment, Report],
        // Accounts and sign-ins: the settings and the audit log are looked up, not watched.
        EventKind::StaffAdded
        | EventKind::StaffChanged
        | EventKind::SignedIn
        | EventKind::SignedOut
        | EventKind::SessionsEnded
        | EventKind::PasswordResetAsked
        | EventKind::PasswordChanged
        | EventKind::NotificationsChanged
        | EventKind::CalendarFeedMade
        | EventKind::CalendarFeedEnded
        | EventKind::AccessRefused
        | EventKind::JournalExported
        | EventKind::PortalViewed
        | EventKind::CompanyBrandChanged
        | EventKind::ReplyTemplateAdded
        | EventKind::ReplyTemplateChanged
        | EventKind::ReplyTemplateRemoved => &[],
    }
}
