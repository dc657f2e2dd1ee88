//! Search over everything that staff may see: records are found by the beginnings of their words, and of the words of the customer, the
//! location and the contact they belong to.
//!
//! Each record has its words in one table, which every change keeps in step (`search/index.rs`, called at each commit). What counts as a
//! word, and which ways to write it are the same, says `search/words.rs`. `search/desk.rs` asks. Customers
//! find their locations by the same rules of words (`customer/portal.rs`).

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::id::CustomerId;
use crate::page::Page;
use crate::role::Act;

#[cfg(feature = "ssr")]
pub mod desk;
#[cfg(feature = "ssr")]
pub(crate) mod index;
#[cfg(feature = "ssr")]
pub(crate) mod words;

closed_set! {
    /// What can be found, in the order in which it is shown.
    pub enum Noun {
        Request = "request",
        Target = "target",
        Report = "report",
        Customer = "customer",
        Location = "location",
        Contact = "contact",
    }
}

impl Noun {
    /// What one must be allowed to do to find it.
    pub const fn needs(self) -> Act {
        match self {
            Self::Request | Self::Target | Self::Report | Self::Customer | Self::Location | Self::Contact => Act::Read,
        }
    }
}

/// The longest text that can be searched for, in characters.
pub const QUERY_LIMIT: usize = 200;

/// Everything of one kind that was found, the newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Group {
    pub noun: Noun,
    pub page: Page<Found>,
}

/// A record that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Found {
    pub noun: Noun,
    pub id: Uuid,
    /// The number of a request or of work, or of the work that a report is about; else empty.
    pub number: String,
    pub title: String,
    pub customer: Option<CustomerId>,
    /// Where it belongs: contact, customer and location, as far as it has them and they are not its title.
    pub belongs: Vec<String>,
}
