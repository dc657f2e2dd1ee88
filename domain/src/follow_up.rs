//! Follow-ups: what a visit showed to be still needed.

use serde::{Deserialize, Serialize};

use crate::field::{self, Problems};
use crate::id::{FollowUpId, ReportId, RequestId, TargetId};
use crate::text::Text;
use crate::when::{Span, Stamp};

#[cfg(feature = "ssr")]
pub mod desk;
#[cfg(feature = "ssr")]
pub mod portal;

closed_set! {
    pub enum FollowUpStatus { Required = "required", Planned = "planned", Done = "done", Cancelled = "cancelled" }
}

/// The longest text of a follow-up, in characters.
pub const TEXT_LIMIT: usize = 1_000;

impl FollowUpStatus {
    /// Still to be done: only then it can be edited, shared, planned or cancelled.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Required | Self::Planned)
    }

    pub const fn label(self) -> Text {
        match self {
            Self::Required => Text::new("Follow-up required", "Folgearbeit nötig"),
            Self::Planned => Text::new("Follow-up planned", "Folgearbeit geplant"),
            Self::Done => Text::new("Follow-up done", "Folgearbeit erledigt"),
            Self::Cancelled => Text::new("Follow-up cancelled", "Folgearbeit storniert"),
        }
    }

    pub const fn tone(self) -> &'static str {
        match self {
            Self::Required => "amber",
            Self::Planned => "petrol",
            Self::Done => "green",
            Self::Cancelled => "grey",
        }
    }

    pub const fn shape(self) -> &'static str {
        match self {
            Self::Required => "!",
            Self::Planned => "◆",
            Self::Done => "✓",
            Self::Cancelled => "–",
        }
    }
}

/// A shared follow-up as a contact sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FollowUpRow {
    pub id: FollowUpId,
    pub status: FollowUpStatus,
    pub text: String,
    pub customer_name: String,
    pub location_name: String,
    pub next_visit: Option<Span>,
    pub report: Option<(ReportId, String)>,
    pub request: Option<(RequestId, String)>,
}

/// A follow-up on the desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DeskFollowUp {
    pub id: FollowUpId,
    pub version: i64,
    pub status: FollowUpStatus,
    pub internal_text: String,
    pub public_text: String,
    pub shared: bool,
    pub report_id: ReportId,
    /// Sharing needs the report to be released.
    pub report_released: bool,
    pub target: Option<(TargetId, String)>,
    pub customer_name: String,
    pub location_name: String,
    pub created: Stamp,
}

/// What staff type about a follow-up.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowUpInput {
    #[serde(default)]
    pub internal_text: String,
    #[serde(default)]
    pub public_text: String,
}

/// What staff type about a follow-up, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FollowUpText {
    pub internal: String,
    /// For the customer; empty until somebody writes it.
    pub public: String,
}

impl FollowUpText {
    /// # Errors
    /// All fields that are missing or too long.
    pub fn parse(input: &FollowUpInput) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let internal = problems.take("internal_text", field::lines(&input.internal_text, 1, TEXT_LIMIT));
        let public = problems.take("public_text", field::lines(&input.public_text, 0, TEXT_LIMIT));
        match (internal, public) {
            (Some(internal), Some(public)) => Ok(Self { internal, public }),
            _ => Err(problems),
        }
    }
}
