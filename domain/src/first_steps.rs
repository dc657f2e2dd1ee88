//! Day one: what an empty installation needs until its first customer can sign in.

use serde::{Deserialize, Serialize};

use crate::id::CustomerId;

#[cfg(feature = "ssr")]
pub mod desk;

/// What is done. It is read off what there is, so nothing can be ticked that is not so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::FromRow))]
#[non_exhaustive]
pub struct FirstSteps {
    /// The company has a name of its own, or somebody has confirmed it in the settings.
    pub company: bool,
    pub customer: bool,
    pub location: bool,
    /// Somebody was invited.
    pub invitation: bool,
    /// The customer that the next steps are about: the first one.
    pub first_customer: Option<CustomerId>,
}

impl FirstSteps {
    pub const fn are_done(self) -> bool {
        self.company && self.customer && self.location && self.invitation
    }
}
