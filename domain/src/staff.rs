//! Staff: who works at the desk.

use serde::{Deserialize, Serialize};

use crate::id::StaffId;
use crate::role::Role;
use crate::session::SessionView;
use crate::when::Stamp;

#[cfg(feature = "ssr")]
pub mod desk;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffInput {
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub email: String,
    /// `dispatcher`, `manager` or `admin`.
    #[serde(default)]
    pub role: String,
    #[serde(default)]
    pub password: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct StaffRow {
    pub id: StaffId,
    pub name: String,
    pub email: String,
    pub role: Role,
    pub disabled: bool,
    pub last_sign_in: Option<Stamp>,
    /// The live ones.
    pub sessions: Vec<SessionView>,
    pub version: i64,
}
