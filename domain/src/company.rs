//! The service company: what administrators say about it.

use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
pub mod desk;

/// What a new installation is called until somebody names it.
pub const DEFAULT_NAME: &str = "Ordinavo";
/// A telephone number is never longer.
pub const PHONE_LIMIT: usize = 40;

/// What administrators type about their company.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompanyInput {
    #[serde(default)]
    pub name: String,
    /// Shown to customers in danger; may be empty.
    #[serde(default)]
    pub emergency_phone: String,
    /// An IANA name, such as `Europe/Berlin`.
    #[serde(default)]
    pub zone: String,
}

/// The company as its settings show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::FromRow))]
#[non_exhaustive]
pub struct CompanySettings {
    pub name: String,
    pub emergency_phone: String,
    pub zone: String,
    pub version: i64,
}
