//! Who may look where, at one customer: its people across, its locations down.

use serde::{Deserialize, Serialize};

use crate::grant::ContactState;
use crate::id::{ContactId, LocationId};
use crate::page::{Cursor, Page};

#[cfg(feature = "ssr")]
pub mod desk;

/// People beside each other in one table.
pub const COLUMNS: usize = 12;

closed_set! {
    /// How a grant covers a location: with all of its customer's, or as a chosen one.
    pub enum Scope { All = "all", Chosen = "chosen" }
}

/// A part of the table: [`COLUMNS`] people at most, and a page of locations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AccessTable {
    pub customer_name: String,
    /// Everybody with a live grant here, by name.
    pub people: Vec<Holder>,
    /// The key to ask for the next people with.
    pub more_people: Option<Cursor>,
    /// By name.
    pub locations: Page<AccessRow>,
}

/// Somebody with a grant at the customer. Only who is active sees anything under it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Holder {
    pub id: ContactId,
    pub name: String,
    pub state: ContactState,
}

/// A location, and how each of the people's grants covers it, in their order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AccessRow {
    pub id: LocationId,
    pub name: String,
    pub address: String,
    pub covered: Vec<Option<Scope>>,
}
