//! Who sees a record in the portal now, and why: told to staff on the record's page.

use serde::{Deserialize, Serialize};

use crate::id::ContactId;
use crate::when::Stamp;

#[cfg(feature = "ssr")]
pub mod desk;

/// How many are named; all of them are counted.
pub const NAMED: usize = 50;

closed_set! {
    /// The first reason why nobody sees a record: its own, then its location's, then that of the rights there.
    pub enum Hindrance { NotShared = "not_shared", NotReleased = "not_released", NoAccess = "no_access", NoRight = "no_right" }
}

/// By which right a record is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ground {
    /// It is the contact's own request.
    Own,
    /// Another's request, by the right to see colleagues' requests.
    Colleagues,
    /// Work, by the right to see appointments: so many of them. Open work may be seen without any.
    Appointments(i64),
    /// A report, by the right to see reports.
    Report { version: i64, may_download: bool },
}

/// Somebody who sees the record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Viewer {
    pub id: ContactId,
    pub name: String,
    pub ground: Ground,
    /// The access is to the whole customer; otherwise to chosen locations, this one among them.
    pub all_locations: bool,
    pub last_day: Option<Stamp>,
}

/// Who sees a record now, read from the views that the portal itself reads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Viewers {
    /// By name, [`NAMED`] at most.
    pub people: Vec<Viewer>,
    /// How many they are in all.
    pub count: usize,
    /// Why there is nobody; set exactly when there is.
    pub hindrance: Option<Hindrance>,
}
