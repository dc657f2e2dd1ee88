//! The portal as one contact sees it, shown to staff: to read, and never to act in.

use serde::{Deserialize, Serialize};

use crate::appointment::{AppointmentRow, OpenWorkRow};
use crate::follow_up::FollowUpRow;
use crate::grant::GrantReach;
use crate::id::{ContactId, TargetId};
use crate::report::ReportView;
use crate::request::RequestRow;

#[cfg(feature = "ssr")]
pub mod desk;

/// What a contact sees, on one page: the first rows of each of its lists, as the portal has them, in the language of who looks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SeenPortal {
    pub id: ContactId,
    pub name: String,
    /// Whether the person can sign in. Who cannot sees nothing.
    pub active: bool,
    /// How much it sees in all.
    pub reach: GrantReach,
    /// Questions that wait for its answer.
    pub questions: usize,
    pub requests: Vec<RequestRow>,
    /// Those to come, then the past ones.
    pub appointments: Vec<SeenAppointment>,
    pub open_work: Vec<OpenWorkRow>,
    pub reports: Vec<ReportView>,
    pub follow_ups: Vec<FollowUpRow>,
}

/// An appointment as the contact sees it, and the work that the desk has it under.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SeenAppointment {
    pub row: AppointmentRow,
    pub target_id: TargetId,
}
