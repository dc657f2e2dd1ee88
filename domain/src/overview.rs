//! The overview: how the work goes, by weeks of the company's zone. Numbers about requests and visits, never about who did them.

use serde::{Deserialize, Serialize};

use crate::id::{AppointmentId, RequestId, TargetId};
use crate::report::Stage;
use crate::text::Text;
use crate::when::{Span, Stamp};

#[cfg(feature = "ssr")]
pub mod desk;

/// Weeks that the overview shows, the running one included.
pub const WEEKS: i64 = 12;

closed_set! {
    /// What became of a request so far.
    pub enum Outcome {
        Open = "open",
        Accepted = "accepted",
        Completed = "completed",
        Rejected = "rejected",
        Cancelled = "cancelled",
    }
}

closed_set! {
    /// What became of a shared appointment whose time has come.
    pub enum Kept {
        Kept = "kept",
        Moved = "moved",
        NoAccess = "no_access",
        Cancelled = "cancelled",
        NotClosed = "not_closed",
    }
}

closed_set! {
    /// One of the overview's tables.
    pub enum Figure {
        Requests = "requests",
        Ages = "ages",
        Answers = "answers",
        Appointments = "appointments",
        Reports = "reports",
    }
}

impl Outcome {
    pub const fn label(self) -> Text {
        match self {
            Self::Open => Text::new("Not decided", "Nicht entschieden"),
            Self::Accepted => Text::new("Accepted", "Angenommen"),
            Self::Completed => Text::new("Completed", "Abgeschlossen"),
            Self::Rejected => Text::new("Rejected", "Abgelehnt"),
            Self::Cancelled => Text::new("Cancelled", "Storniert"),
        }
    }

    pub const fn tone(self) -> &'static str {
        match self {
            Self::Open => "blue",
            Self::Accepted => "petrol",
            Self::Completed => "green",
            Self::Rejected => "amber",
            Self::Cancelled => "grey",
        }
    }
}

impl Kept {
    pub const fn label(self) -> Text {
        match self {
            Self::Kept => Text::new("Kept", "Eingehalten"),
            Self::Moved => Text::new("Kept after a move", "Nach Verschiebung eingehalten"),
            Self::NoAccess => Text::new("No access", "Kein Zugang"),
            Self::Cancelled => Text::new("Cancelled", "Abgesagt"),
            Self::NotClosed => Text::new("Not closed yet", "Noch nicht abgeschlossen"),
        }
    }

    pub const fn tone(self) -> &'static str {
        match self {
            Self::Kept => "green",
            Self::Moved => "petrol",
            Self::NoAccess => "amber",
            Self::Cancelled => "grey",
            Self::NotClosed => "blue",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Overview {
    /// The oldest first.
    pub weeks: Vec<Week>,
    /// Requests that nobody has decided about, the youngest first.
    pub ages: Vec<Age>,
    /// Reports that are not shared as they stand: drafts, approved ones, and shared ones with a newer text.
    pub reports: Vec<(Stage, i64)>,
    /// The zone that the weeks are of.
    pub zone: String,
}

/// A week from Monday to Sunday. Its requests are those sent in it, its visits those planned for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Week {
    /// Its first day in few letters: "2 Mar".
    pub short: String,
    pub first: Stamp,
    pub last: Stamp,
    /// Of requests, in the order of [`Outcome::ALL`].
    pub outcomes: Vec<i64>,
    pub answer: Wait,
    pub decision: Wait,
    /// Of shared appointments, in the order of [`Kept::ALL`].
    pub visits: Vec<i64>,
}

/// How long requests of a week waited for something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wait {
    /// How many have it.
    pub done: i64,
    /// Half of them waited at most so long; none when nothing is done.
    pub median_minutes: Option<i64>,
}

/// Requests that wait for a decision, by the days since they were sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Age {
    pub least_days: i64,
    /// None for the oldest.
    pub most_days: Option<i64>,
    /// The days on which they were sent, as a list of them is filtered; the first is empty for the oldest.
    pub from: String,
    pub until: String,
    pub requests: i64,
}

/// What a list behind a number is filtered by; an empty text filters nothing. Dates are days of the company's zone, both included.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BehindFilter {
    /// An [`Outcome`] of requests, a [`Kept`] of appointments.
    #[serde(default)]
    pub outcome: String,
    #[serde(default)]
    pub from: String,
    #[serde(default)]
    pub until: String,
    #[serde(default)]
    pub after: String,
}

/// A request behind a number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RequestBehind {
    pub id: RequestId,
    pub number: String,
    pub title: String,
    pub customer_name: String,
    pub location_name: String,
    pub outcome: Outcome,
    pub submitted: Stamp,
    /// Until the team's first message or decision.
    pub answer_minutes: Option<i64>,
    pub decision_minutes: Option<i64>,
}

/// An appointment behind a number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AppointmentBehind {
    pub id: AppointmentId,
    pub target_id: TargetId,
    pub title: String,
    pub customer_name: String,
    pub location_name: String,
    pub kept: Kept,
    pub span: Span,
}
