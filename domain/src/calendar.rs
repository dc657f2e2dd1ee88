//! A contact's appointments in its own calendar program: one as a file, or all of them behind a link that the contact makes and ends.

use serde::{Deserialize, Serialize};

use crate::when::Stamp;

#[cfg(feature = "ssr")]
pub mod anonymous;
#[cfg(feature = "ssr")]
mod ics;
#[cfg(feature = "ssr")]
pub mod portal;

/// The contact's live feed, as its account shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FeedView {
    pub made: Stamp,
    pub fetched: Option<Stamp>,
    /// Where the calendar is. Known only right after it was made: the database keeps a hash.
    pub link: Option<String>,
}
