//! Requests: what a customer asks for, from the first word to the outcome.

use serde::{Deserialize, Serialize};

use crate::appointment::AppointmentRow;
use crate::attachment::FileView;
use crate::customer::place_line;
use crate::field::{self, Problem, Problems};
use crate::follow_up::FollowUpRow;
use crate::id::{CustomerId, DraftId, LocationId, MessageId, NoteId, RequestId, StaffId, TargetId};
use crate::reply_template::ReplyText;
use crate::report::ReportRow;
use crate::text::{Lang, Text};
use crate::timeline::TimelineEntry;
use crate::viewer::Viewers;
use crate::when::{Span, Stamp};

#[cfg(feature = "ssr")]
pub mod decision;
#[cfg(feature = "ssr")]
pub mod desk;
#[cfg(feature = "ssr")]
pub mod draft;
#[cfg(feature = "ssr")]
pub mod portal;
#[cfg(feature = "ssr")]
pub(crate) mod submission;

closed_set! {
    /// What kind of help is asked for (R1).
    pub enum Kind { Service = "service", Maintenance = "maintenance", Appointment = "appointment", Support = "support" }
}

closed_set! {
    pub enum Urgency { Normal = "normal", StopsWork = "stops_work", Danger = "danger" }
}

closed_set! {
    /// When it should happen: as soon as possible, on the wished days, or any time.
    pub enum Timing { Soon = "soon", Days = "days", Any = "any" }
}

closed_set! {
    /// The stored state (R5).
    pub enum Status {
        Submitted = "submitted",
        InReview = "in_review",
        Accepted = "accepted",
        Planned = "planned",
        Rejected = "rejected",
        Cancelled = "cancelled",
    }
}

closed_set! {
    /// What can happen to a request's state.
    pub enum Move {
        StartReview = "start_review",
        Accept = "accept",
        Reject = "reject",
        Reopen = "reopen",
        /// By the system only: its target has a live appointment.
        Plan = "plan",
        /// By the system only: its target has none any more.
        Unplan = "unplan",
        /// By the sender.
        Withdraw = "withdraw",
        /// By staff.
        Cancel = "cancel",
    }
}

impl Status {
    /// The state machine: the state after a move, or none when the move is not legal here. Used by the buttons and by the server.
    pub const fn after(self, step: Move) -> Option<Self> {
        match (self, step) {
            (Self::Submitted, Move::StartReview) => Some(Self::InReview),
            (Self::InReview, Move::Accept) => Some(Self::Accepted),
            (Self::InReview, Move::Reject) => Some(Self::Rejected),
            (Self::Accepted | Self::Rejected, Move::Reopen) => Some(Self::InReview),
            (Self::Accepted, Move::Plan) => Some(Self::Planned),
            (Self::Planned, Move::Unplan) => Some(Self::Accepted),
            (Self::Submitted | Self::InReview | Self::Accepted, Move::Withdraw) => Some(Self::Cancelled),
            (Self::Submitted | Self::InReview | Self::Accepted | Self::Planned, Move::Cancel) => Some(Self::Cancelled),
            _ => None,
        }
    }
}

closed_set! {
    /// The one status view that customer and staff share (W2).
    pub enum PublicStatus {
        Submitted = "submitted",
        InReview = "in_review",
        AnswerNeeded = "answer_needed",
        Accepted = "accepted",
        Planned = "planned",
        /// Planned, but all its visits have taken place.
        Visited = "visited",
        Completed = "completed",
        Rejected = "rejected",
        Cancelled = "cancelled",
        Withdrawn = "withdrawn",
    }
}

impl PublicStatus {
    /// First match wins, as the product's table has it.
    pub const fn of(status: Status, question_open: bool, withdrawn: bool, completed: bool, visit_ahead: bool) -> Self {
        match status {
            Status::Cancelled if withdrawn => Self::Withdrawn,
            Status::Cancelled => Self::Cancelled,
            Status::Rejected => Self::Rejected,
            _ if completed => Self::Completed,
            Status::InReview if question_open => Self::AnswerNeeded,
            Status::Planned if !visit_ahead => Self::Visited,
            Status::Planned => Self::Planned,
            Status::Accepted => Self::Accepted,
            Status::InReview => Self::InReview,
            Status::Submitted => Self::Submitted,
        }
    }

    pub const fn label(self) -> Text {
        match self {
            Self::Submitted => Text::new("Submitted", "Eingereicht"),
            Self::InReview => Text::new("In review", "In Prüfung"),
            Self::AnswerNeeded => Text::new("Your answer needed", "Ihre Antwort fehlt"),
            Self::Accepted => Text::new("Accepted", "Angenommen"),
            Self::Planned | Self::Visited => Text::new("Planned", "Geplant"),
            Self::Completed => Text::new("Completed", "Abgeschlossen"),
            Self::Rejected => Text::new("Rejected", "Abgelehnt"),
            Self::Cancelled => Text::new("Cancelled", "Storniert"),
            Self::Withdrawn => Text::new("Withdrawn by you", "Von Ihnen zurückgezogen"),
        }
    }

    /// One sentence that explains it.
    pub const fn meaning(self) -> Text {
        match self {
            Self::Submitted => Text::new("We have it. Nobody has reviewed it yet.", "Sie liegt uns vor. Geprüft hat sie noch niemand."),
            Self::InReview => Text::new("We are checking what is needed.", "Wir prüfen, was nötig ist."),
            Self::AnswerNeeded => Text::new("Review continues once you answer.", "Die Prüfung geht weiter, sobald Sie antworten."),
            Self::Accepted => Text::new("We will do this. No date yet.", "Wir übernehmen das. Es gibt noch keinen Termin."),
            Self::Planned => Text::new("A visit is scheduled.", "Ein Besuch ist geplant."),
            Self::Visited => Text::new(
                "A visit took place. We will tell you what comes next.",
                "Ein Besuch hat stattgefunden. Wir melden uns, wie es weitergeht.",
            ),
            Self::Completed => Text::new("The work is done.", "Die Arbeit ist erledigt."),
            Self::Rejected => Text::new("The reason is below.", "Den Grund finden Sie unten."),
            Self::Cancelled | Self::Withdrawn => Text::new("No work will be done.", "Es wird nichts unternommen."),
        }
    }

    /// The colour word of the style sheet; never alone, always with label and shape.
    pub const fn tone(self) -> &'static str {
        match self {
            Self::Submitted | Self::Rejected | Self::Cancelled | Self::Withdrawn => "grey",
            Self::InReview => "blue",
            Self::AnswerNeeded => "amber",
            Self::Accepted | Self::Planned | Self::Visited => "petrol",
            Self::Completed => "green",
        }
    }

    pub const fn shape(self) -> &'static str {
        match self {
            Self::Submitted => "○",
            Self::InReview => "◐",
            Self::AnswerNeeded => "?",
            Self::Accepted => "●",
            Self::Planned | Self::Visited => "◆",
            Self::Completed => "✓",
            Self::Rejected => "✕",
            Self::Cancelled | Self::Withdrawn => "–",
        }
    }
}

impl Kind {
    pub const fn label(self) -> Text {
        match self {
            Self::Service => Text::new("Service or repair", "Service oder Reparatur"),
            Self::Maintenance => Text::new("Maintenance", "Wartung"),
            Self::Appointment => Text::new("Appointment", "Termin"),
            Self::Support => Text::new("Question or support", "Frage oder Hilfe"),
        }
    }
}

impl Urgency {
    pub const fn label(self) -> Text {
        match self {
            Self::Normal => Text::new("No", "Nein"),
            Self::StopsWork => Text::new("It stops our work", "Es hält unsere Arbeit auf"),
            Self::Danger => Text::new("Danger or damage now", "Gefahr oder Schaden im Moment"),
        }
    }
}

impl Timing {
    pub const fn label(self) -> Text {
        match self {
            Self::Soon => Text::new("As soon as possible", "So bald wie möglich"),
            Self::Days => Text::new("On certain days", "An bestimmten Tagen"),
            Self::Any => Text::new("I don't mind", "Egal wann"),
        }
    }
}

// ---------------------------------------------------------------------------------------------- what is typed

pub const TITLE_LIMIT: usize = 120;
pub const TEXT_LIMIT: usize = 4_000;
pub const WINDOW_LIMIT: usize = 5;

/// A wished day as typed: `date` as `YYYY-MM-DD`; `from` and `until` as `HH:MM`, both or neither.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WindowInput {
    pub date: String,
    #[serde(default)]
    pub from: String,
    #[serde(default)]
    pub until: String,
}

/// What the second step of a request asks, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WhatInput {
    #[serde(default)]
    pub kind: String,
    #[serde(default)]
    pub title: String,
    #[serde(default)]
    pub description: String,
    #[serde(default)]
    pub on_site_contact: String,
    #[serde(default)]
    pub urgency: String,
}

/// The second step, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct What {
    pub kind: Kind,
    pub title: String,
    pub description: String,
    pub on_site_contact: String,
    pub urgency: Urgency,
}

impl What {
    /// # Errors
    /// All fields that are missing, too long or not a choice.
    pub fn parse(input: &WhatInput) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let kind = problems.take("kind", if input.kind.is_empty() { Err(Problem::NothingChosen) } else { input.kind.parse() });
        let title = problems.take("title", field::line(&input.title, 1, TITLE_LIMIT));
        let description = problems.take("description", field::lines(&input.description, 1, TEXT_LIMIT));
        let on_site_contact = problems.take("on_site_contact", field::line(&input.on_site_contact, 0, TITLE_LIMIT));
        let urgency = problems.take("urgency", if input.urgency.is_empty() { Ok(Urgency::Normal) } else { input.urgency.parse() });
        match (kind, title, description, on_site_contact, urgency) {
            (Some(kind), Some(title), Some(description), Some(on_site_contact), Some(urgency)) => {
                Ok(Self { kind, title, description, on_site_contact, urgency })
            }
            _ => Err(problems),
        }
    }
}

// ------------------------------------------------------------------------------------------- what a customer sees

/// A request in a contact's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RequestRow {
    pub id: RequestId,
    pub number: String,
    pub title: String,
    pub kind: Kind,
    pub customer_name: String,
    pub location_name: String,
    pub status: PublicStatus,
    /// Sent by the viewer; otherwise by `sender_name`.
    pub own: bool,
    pub sender_name: String,
    pub submitted: Stamp,
    pub changed: Stamp,
}

/// A request as its docket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RequestView {
    pub row: RequestRow,
    pub location_id: LocationId,
    pub description: String,
    pub on_site_contact: String,
    pub urgency: Urgency,
    pub timing: Timing,
    pub windows: Vec<Span>,
    pub recorded_by_team: bool,
    /// Why it was rejected, for the customer.
    pub reject_reason: Option<String>,
    /// The team's newest sentence about the state: why it was cancelled, reopened or is without a date again.
    pub public_note: Option<String>,
    /// The other request this one repeats, when the viewer may see that one.
    pub duplicate_of: Option<(RequestId, String)>,
    pub messages: Vec<MessageView>,
    pub files: Vec<FileView>,
    pub appointments: Vec<AppointmentRow>,
    pub reports: Vec<ReportRow>,
    pub follow_ups: Vec<FollowUpRow>,
    pub history: Vec<TimelineEntry>,
    /// What comes next (F3).
    pub next: Option<NextStep>,
    pub may_write: bool,
    pub may_withdraw: bool,
    /// The newest public change in microseconds of UTC: what a withdrawal refers to. A counter of versions would tell of internal acts.
    pub as_of: i64,
}

/// What comes next for a customer, and when if that is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NextStep {
    WeReview,
    YouAnswer,
    WePropose,
    Visit(Span),
    /// The visit's time has passed, and the team has not said yet how it went.
    WeReport,
    FollowUpRequired,
    FollowUpVisit(Span),
}

impl NextStep {
    /// One sentence; `{when}` is already filled.
    pub fn sentence(&self, lang: Lang) -> String {
        match self {
            Self::WeReview => Text::new("We review your request.", "Wir prüfen Ihre Anfrage.").get(lang).into(),
            Self::YouAnswer => Text::new("Please answer our question.", "Bitte beantworten Sie unsere Frage.").get(lang).into(),
            Self::WePropose => Text::new("We confirm a date.", "Wir bestätigen einen Termin.").get(lang).into(),
            Self::Visit(span) => Text::new("We visit you: {when}.", "Wir besuchen Sie: {when}.").fill(lang, &[("when", &span.text)]),
            Self::WeReport => Text::new(
                "The time of the visit has passed. We will tell you how it went.",
                "Die Zeit des Besuchs ist vorbei. Wir melden uns, wie es war.",
            )
            .get(lang)
            .into(),
            Self::FollowUpRequired => Text::new("We plan the follow-up work.", "Wir planen die Folgearbeit.").get(lang).into(),
            Self::FollowUpVisit(span) => {
                Text::new("We do the follow-up work: {when}.", "Wir erledigen die Folgearbeit: {when}.").fill(lang, &[("when", &span.text)])
            }
        }
    }
}

/// One message of the conversation between customer and team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct MessageView {
    pub id: MessageId,
    pub body: String,
    pub question: bool,
    pub from_team: bool,
    pub own: bool,
    /// The customer's person who wrote; `None` for the team.
    pub sender_name: Option<String>,
    pub sent: Stamp,
    /// Sent with it, as far as the viewer may fetch them.
    pub files: Vec<FileView>,
}

/// What a contact has typed so far.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DraftView {
    pub id: DraftId,
    /// None yet, or the chosen one has left the grant.
    pub location: Option<PlaceView>,
    pub what: WhatInput,
    pub timing: Timing,
    pub windows: Vec<WindowInput>,
    /// The wishes written out, for the summary.
    pub spans: Vec<Span>,
    pub files: Vec<FileView>,
    /// The days offered as boxes: ten working days from tomorrow at the location.
    pub days: Vec<DayView>,
    pub saved: Stamp,
}

/// A day to choose windows on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayView {
    pub date: String,
    pub text: String,
}

/// The windows offered for each day: morning, midday, afternoon.
pub const DAY_WINDOWS: [(&str, &str); 3] = [("08:00", "10:00"), ("10:00", "13:00"), ("13:00", "17:00")];

/// A location as a contact sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PlaceView {
    pub id: LocationId,
    pub customer_id: CustomerId,
    pub customer_name: String,
    pub name: String,
    /// One line: street, postal code and city.
    pub address: String,
    pub zone: String,
    pub may_submit: bool,
}

impl PlaceView {
    /// Name and address on one line.
    pub fn line(&self) -> String {
        place_line(&self.name, &self.address)
    }
}

/// More locations than these are searched for rather than listed: nobody reads a longer list, and each of them takes some 350 bytes of a
/// page.
pub const PLACES_LISTED: usize = 50;

/// What a list offers to filter it by location.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PlaceChoice {
    /// There are more than [`PLACES_LISTED`].
    pub many: bool,
    /// All of few. Of many those that have the typed words, unless they are too many as well.
    pub places: Vec<PlaceView>,
    /// Of many the one that is chosen.
    pub chosen: Option<PlaceView>,
}

impl PlaceChoice {
    /// Whether the reader has no location at all.
    pub fn is_empty(&self) -> bool {
        !self.many && self.places.is_empty()
    }

    /// Whether there is anything to choose: with one location there is not.
    pub fn has_several(&self) -> bool {
        self.many || self.places.len() > 1
    }
}

/// What a contact filters its requests by. Empty means all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestFilter {
    /// A [`PublicStatus`] word, `open`, or empty.
    #[serde(default)]
    pub status: String,
    #[serde(default)]
    pub kind: String,
    #[serde(default)]
    pub location: String,
    /// Words of the location's name or address; beside a chosen location they count for nothing.
    #[serde(default)]
    pub place: String,
    /// Words of number, title or description.
    #[serde(default)]
    pub q: String,
    /// `own`, or empty for all that the viewer may see.
    #[serde(default)]
    pub whose: String,
    #[serde(default)]
    pub after: String,
}

// -------------------------------------------------------------------------------------------------- what staff see

closed_set! {
    /// The queues of the inbox.
    pub enum Queue { New = "new", Review = "review", Mine = "mine", Waiting = "waiting", Snoozed = "snoozed", Accepted = "accepted", All = "all" }
}

/// A request that staff record for a contact who called or wrote (R16), as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordInput {
    /// A UUID that the form was rendered with: sending it twice makes one request.
    #[serde(default)]
    pub key: String,
    #[serde(default)]
    pub contact: String,
    #[serde(default)]
    pub location: String,
    #[serde(flatten)]
    pub what: WhatInput,
    #[serde(default)]
    pub timing: String,
    #[serde(default)]
    pub windows: Vec<WindowInput>,
}

/// What a manager decides about a request in review.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision<'a> {
    Accept,
    /// Two reasons, one for the customer and one for the office; and, for a duplicate, the number of the request it repeats, or "".
    Reject {
        public: &'a str,
        internal: &'a str,
        duplicate_of: &'a str,
    },
}

/// A request in the desk's queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct QueueRow {
    pub id: RequestId,
    pub number: String,
    pub title: String,
    pub customer_name: String,
    pub location_name: String,
    pub status: PublicStatus,
    pub urgency: Urgency,
    pub assignee_name: Option<String>,
    pub submitted: Stamp,
    /// Whole minutes since it was submitted.
    pub age_minutes: i64,
    pub windows: usize,
    /// A decision that can still be taken back.
    pub pending: Option<PendingView>,
}

/// How many wait in each queue.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::FromRow))]
pub struct QueueCounts {
    pub new: i64,
    pub review: i64,
    pub mine: i64,
    pub waiting: i64,
    pub snoozed: i64,
    pub accepted: i64,
}

/// A decision on its way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PendingView {
    /// `accept` or `reject`.
    pub decision: String,
    pub staff_name: String,
    /// Whether the viewer made it and may take it back.
    pub own: bool,
    pub seconds_left: i64,
}

/// A decision of the viewer's that can still be taken back, with its request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct OwnDecision {
    pub id: RequestId,
    pub number: String,
    pub title: String,
    pub pending: PendingView,
}

/// A request on the desk, internal parts included. Never sent to the portal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DeskRequest {
    pub id: RequestId,
    pub number: String,
    pub version: i64,
    pub title: String,
    pub description: String,
    pub on_site_contact: String,
    pub kind: Kind,
    pub urgency: Urgency,
    pub timing: Timing,
    pub windows: Vec<Span>,
    pub customer_id: CustomerId,
    pub customer_name: String,
    pub location_id: LocationId,
    pub location_name: String,
    pub location_note: String,
    pub contact_name: String,
    pub contact_email: String,
    pub contact_phone: String,
    pub recorded_by_name: Option<String>,
    pub stored: Status,
    /// What the customer sees.
    pub status: PublicStatus,
    pub question_open: bool,
    pub assignee: Option<(StaffId, String)>,
    pub snoozed_until: Option<Stamp>,
    pub reject_reason: Option<String>,
    pub internal_reason: Option<String>,
    pub public_note: Option<String>,
    pub duplicate_of: Option<(RequestId, String)>,
    pub pending: Option<PendingView>,
    pub target: Option<(TargetId, String)>,
    pub messages: Vec<MessageView>,
    pub notes: Vec<NoteView>,
    pub files: Vec<FileView>,
    pub others_here: Vec<QueueRow>,
    pub log: Vec<LogEntry>,
    pub submitted: Stamp,
    /// The contacts who read what is sent to the customer.
    pub readers: Vec<String>,
    pub viewers: Viewers,
    /// The language of the contact who sent it.
    pub contact_lang: Lang,
    /// What a message to that contact can begin with.
    pub templates: Vec<ReplyText>,
}

/// An internal note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct NoteView {
    pub id: NoteId,
    pub body: String,
    pub staff_name: String,
    pub written: Stamp,
    /// Kept with it. They never leave the office.
    pub files: Vec<FileView>,
}

/// One line of a record's history at the desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct LogEntry {
    pub seq: i64,
    /// An event kind's word.
    pub kind: String,
    pub actor_name: Option<String>,
    pub at: Stamp,
    /// Written out in the reader's language.
    pub details: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The product's table, written out a second time by hand: every pair not listed here must be refused.
    const LEGAL: &[(Status, Move, Status)] = &[
        (Status::Submitted, Move::StartReview, Status::InReview),
        (Status::InReview, Move::Accept, Status::Accepted),
        (Status::InReview, Move::Reject, Status::Rejected),
        (Status::Accepted, Move::Reopen, Status::InReview),
        (Status::Rejected, Move::Reopen, Status::InReview),
        (Status::Accepted, Move::Plan, Status::Planned),
        (Status::Planned, Move::Unplan, Status::Accepted),
        (Status::Submitted, Move::Withdraw, Status::Cancelled),
        (Status::InReview, Move::Withdraw, Status::Cancelled),
        (Status::Accepted, Move::Withdraw, Status::Cancelled),
        (Status::Submitted, Move::Cancel, Status::Cancelled),
        (Status::InReview, Move::Cancel, Status::Cancelled),
        (Status::Accepted, Move::Cancel, Status::Cancelled),
        (Status::Planned, Move::Cancel, Status::Cancelled),
    ];

    #[test]
    fn r5_every_pair_of_state_and_move_follows_the_table() {
        for status in Status::ALL {
            for step in Move::ALL {
                let expected = LEGAL.iter().find(|(from, by, _)| from == status && by == step).map(|(_, _, to)| *to);
                assert_eq!(status.after(*step), expected, "{status} by {step}");
            }
        }
    }

    #[test]
    fn w2_every_stored_state_has_a_public_word_in_both_languages() {
        for status in PublicStatus::ALL {
            for text in [status.label(), status.meaning()] {
                assert!(!text.en.is_empty() && !text.de.is_empty(), "{status}");
            }
        }
    }
}
