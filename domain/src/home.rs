//! The portal's first page: what needs the customer, what comes next, what is new.

use serde::{Deserialize, Serialize};

use crate::appointment::AppointmentRow;
use crate::follow_up::FollowUpRow;
use crate::report::ReportRow;
use crate::request::{DraftView, RequestRow};

#[cfg(feature = "ssr")]
pub mod portal;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct HomeView {
    /// Requests with a question that waits for an answer.
    pub questions: Vec<RequestRow>,
    /// The next three.
    pub appointments: Vec<AppointmentRow>,
    /// The five that changed last.
    pub open_requests: Vec<RequestRow>,
    /// Reports not opened yet, three at most.
    pub new_reports: Vec<ReportRow>,
    /// Follow-ups that are not done, three at most.
    pub follow_ups: Vec<FollowUpRow>,
    pub drafts: Vec<DraftView>,
    /// How many locations the viewer sees: with none, the portal is empty and says so.
    pub places: usize,
}
