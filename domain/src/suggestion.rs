//! Another time, suggested by a customer for an appointment that it sees. A wish: it books nothing and changes nothing.

use serde::{Deserialize, Serialize};

use crate::id::{AppointmentId, SuggestionId, TargetId};
use crate::text::Text;
use crate::when::{Span, Stamp};

#[cfg(feature = "ssr")]
pub mod desk;
#[cfg(feature = "ssr")]
pub mod portal;

/// Wished windows of one suggestion, at most.
pub const SUGGESTED_WINDOWS: usize = 3;
/// Characters of the message to the team.
pub const MESSAGE_LIMIT: usize = 1_000;

closed_set! {
    /// Replaced: by a newer one of the same contact. Accepted: the appointment was moved. Answered: it stays as it is. Closed: the
    /// appointment itself came to its end.
    pub enum SuggestionStatus {
        Open = "open",
        Replaced = "replaced",
        Accepted = "accepted",
        Answered = "answered",
        Closed = "closed",
    }
}

impl SuggestionStatus {
    /// What its contact reads.
    pub const fn sentence(self) -> Text {
        match self {
            Self::Open => Text::new("We will answer.", "Wir werden antworten."),
            Self::Replaced => Text::new("You suggested another time since.", "Sie haben seitdem einen anderen Termin vorgeschlagen."),
            Self::Accepted => Text::new("We have moved the appointment.", "Wir haben den Termin verschoben."),
            Self::Answered => Text::new("We keep the appointment as it is.", "Wir behalten den Termin bei."),
            Self::Closed => Text::new("The appointment has ended.", "Der Termin ist beendet."),
        }
    }
}

/// A suggestion as its contact sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SuggestionView {
    pub windows: Vec<Span>,
    pub message: String,
    pub status: SuggestionStatus,
    /// The team's sentence; may be empty.
    pub answer: String,
}

/// What a contact has suggested for an appointment, and whether it may suggest a time now.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct OwnSuggestion {
    pub may_suggest: bool,
    /// The open one, else the newest.
    pub latest: Option<SuggestionView>,
}

/// An open suggestion at the desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DeskSuggestion {
    pub id: SuggestionId,
    pub appointment_id: AppointmentId,
    pub target_id: TargetId,
    pub contact_name: String,
    pub message: String,
    pub windows: Vec<Span>,
    pub suggested: Stamp,
    /// The work and the place, for lists.
    pub title: String,
    pub customer_name: String,
    pub location_name: String,
    /// When the appointment is now.
    pub appointment: Span,
}
