//! Targets: pieces of field work. The office's own; the customer meets a target only through its public title, its shared appointments
//! and its released reports.

use serde::{Deserialize, Serialize};

use crate::appointment::DeskAppointment;
use crate::attachment::FileView;
use crate::field::{self, Problem, Problems};
use crate::id::{CustomerId, LocationId, RequestId, TargetId};
use crate::request::{LogEntry, TEXT_LIMIT, TITLE_LIMIT};
use crate::suggestion::DeskSuggestion;
use crate::viewer::Viewers;
use crate::when::{Span, Stamp};

#[cfg(feature = "ssr")]
pub mod desk;

closed_set! {
    pub enum TargetStatus { Open = "open", Done = "done", Cancelled = "cancelled" }
}

closed_set! {
    /// What can happen to a target's state.
    pub enum TargetMove { Finish = "finish", Reopen = "reopen", Cancel = "cancel" }
}

impl TargetStatus {
    /// The state machine: the state after a move, or none when the move is not legal here. Used by the buttons and by the server.
    pub const fn after(self, step: TargetMove) -> Option<Self> {
        match (self, step) {
            (Self::Open, TargetMove::Finish) => Some(Self::Done),
            (Self::Done, TargetMove::Reopen) => Some(Self::Open),
            (Self::Open, TargetMove::Cancel) => Some(Self::Cancelled),
            _ => None,
        }
    }
}

/// What staff type about a target.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TargetInput {
    /// The office's title.
    #[serde(default)]
    pub title: String,
    /// The customer's.
    #[serde(default)]
    pub public_title: String,
    #[serde(default)]
    pub dispatch_note: String,
    #[serde(default)]
    pub billing_code: String,
    /// A whole number; empty is 0.
    #[serde(default)]
    pub routing_score: String,
}

/// What staff type about a target, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Work {
    pub title: String,
    pub public_title: String,
    pub dispatch_note: String,
    pub billing_code: String,
    pub routing_score: i64,
}

impl Work {
    /// # Errors
    /// All fields that are missing, too long or no number.
    pub fn parse(input: &TargetInput) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let title = problems.take("title", field::line(&input.title, 1, TITLE_LIMIT));
        let public_title = problems.take("public_title", field::line(&input.public_title, 1, TITLE_LIMIT));
        let dispatch_note = problems.take("dispatch_note", field::lines(&input.dispatch_note, 0, TEXT_LIMIT));
        let billing_code = problems.take("billing_code", field::line(&input.billing_code, 0, TITLE_LIMIT));
        let routing_score = problems.take(
            "routing_score",
            match input.routing_score.trim() {
                "" => Ok(0),
                score => score.parse().map_err(|_| Problem::NotANumber),
            },
        );
        match (title, public_title, dispatch_note, billing_code, routing_score) {
            (Some(title), Some(public_title), Some(dispatch_note), Some(billing_code), Some(routing_score)) => {
                Ok(Self { title, public_title, dispatch_note, billing_code, routing_score })
            }
            _ => Err(problems),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TargetRow {
    pub id: TargetId,
    pub number: String,
    pub title: String,
    pub customer_name: String,
    pub location_name: String,
    pub status: TargetStatus,
    pub created: Stamp,
    pub next_visit: Option<Stamp>,
    /// The customer's wishes, from the request.
    pub wishes: Vec<Span>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DeskTarget {
    pub id: TargetId,
    pub number: String,
    pub version: i64,
    pub status: TargetStatus,
    pub title: String,
    pub public_title: String,
    pub dispatch_note: String,
    pub billing_code: String,
    pub routing_score: i64,
    pub customer_id: CustomerId,
    pub customer_name: String,
    pub location_id: LocationId,
    pub location_name: String,
    pub location_note: String,
    pub address: String,
    pub zone: String,
    pub contact_name: Option<String>,
    pub request: Option<(RequestId, String)>,
    /// The follow-up this work was planned for.
    pub follow_up: Option<crate::id::FollowUpId>,
    pub wishes: Vec<Span>,
    /// The request's files and the target's own, for the people who go there.
    pub files: Vec<FileView>,
    pub appointments: Vec<DeskAppointment>,
    /// Other times that customers suggested and nobody has answered.
    pub suggestions: Vec<DeskSuggestion>,
    /// Teams that were planned lately, to choose from.
    pub teams: Vec<String>,
    pub viewers: Viewers,
    pub log: Vec<LogEntry>,
    pub created: Stamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The product's table, written out a second time by hand: every pair not listed here must be refused.
    const LEGAL: &[(TargetStatus, TargetMove, TargetStatus)] = &[
        (TargetStatus::Open, TargetMove::Finish, TargetStatus::Done),
        (TargetStatus::Done, TargetMove::Reopen, TargetStatus::Open),
        (TargetStatus::Open, TargetMove::Cancel, TargetStatus::Cancelled),
    ];

    #[test]
    fn r10_every_pair_of_target_state_and_move_follows_the_table() {
        for status in TargetStatus::ALL {
            for step in TargetMove::ALL {
                let expected = LEGAL.iter().find(|(from, by, _)| from == status && by == step).map(|(_, _, to)| *to);
                assert_eq!(status.after(*step), expected, "{status} by {step}");
            }
        }
    }
}
