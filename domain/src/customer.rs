//! Customers and their locations.

use serde::{Deserialize, Serialize};

use crate::field::{self, Problem, Problems};
use crate::grant::PersonRow;
use crate::id::{CustomerId, LocationId};
use crate::text::Text;

#[cfg(feature = "ssr")]
pub mod desk;
#[cfg(feature = "ssr")]
pub mod portal;

/// Characters of a name, a street, a postal code or a city.
pub const NAME_LIMIT: usize = 120;
pub const NOTE_LIMIT: usize = 4_000;

closed_set! {
    /// The five audiences (W4).
    pub enum CustomerKind { Service = "service", Maintenance = "maintenance", Facility = "facility", Retail = "retail", Partner = "partner" }
}

impl CustomerKind {
    pub const fn label(self) -> Text {
        match self {
            Self::Service => Text::new("Service", "Service"),
            Self::Maintenance => Text::new("Maintenance", "Wartung"),
            Self::Facility => Text::new("Facility management", "Gebäudemanagement"),
            Self::Retail => Text::new("Branches and retail", "Filialen und Handel"),
            Self::Partner => Text::new("Partner", "Partner"),
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerInput {
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub kind: String,
    #[serde(default)]
    pub internal_note: String,
}

/// A customer, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerData {
    pub name: String,
    pub kind: CustomerKind,
    pub internal_note: String,
}

impl CustomerData {
    /// # Errors
    /// All fields that are missing, too long or not a choice.
    pub fn parse(input: &CustomerInput) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let name = problems.take("name", field::line(&input.name, 1, NAME_LIMIT));
        let kind = problems.take("kind", if input.kind.is_empty() { Err(Problem::NothingChosen) } else { input.kind.parse() });
        let internal_note = problems.take("internal_note", field::lines(&input.internal_note, 0, NOTE_LIMIT));
        match (name, kind, internal_note) {
            (Some(name), Some(kind), Some(internal_note)) => Ok(Self { name, kind, internal_note }),
            _ => Err(problems),
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocationInput {
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub street: String,
    #[serde(default)]
    pub postal_code: String,
    #[serde(default)]
    pub city: String,
    /// An IANA zone, such as `Europe/Berlin`.
    #[serde(default)]
    pub zone: String,
    #[serde(default)]
    pub internal_note: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CustomerRow {
    pub id: CustomerId,
    pub name: String,
    pub kind: CustomerKind,
    pub locations: i64,
    pub people: i64,
    pub open_requests: i64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DeskLocation {
    pub id: LocationId,
    pub name: String,
    pub street: String,
    pub postal_code: String,
    pub city: String,
    pub zone: String,
    pub internal_note: String,
    pub version: i64,
}

/// A customer on the desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DeskCustomer {
    pub id: CustomerId,
    pub version: i64,
    pub name: String,
    pub kind: CustomerKind,
    pub internal_note: String,
    pub locations: Vec<DeskLocation>,
    /// Everyone with a live grant here, and who was invited.
    pub people: Vec<PersonRow>,
}

/// An address on one line, without what is not known: "Hauptstr. 5, 10115 Berlin".
#[cfg(feature = "ssr")]
pub(crate) fn address_line(street: &str, postal_code: &str, city: &str) -> String {
    let place = [postal_code, city].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    [street, &place].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// A location's name and its address, for where both stand on one line. What one of them begins with is not said twice: a location called
/// "12 Main St" at "12 Main St, 10115 Berlin" is its address alone.
pub(crate) fn place_line(name: &str, address: &str) -> String {
    if begins_with(address, name) {
        address.to_owned()
    } else if begins_with(name, address) {
        name.to_owned()
    } else {
        format!("{name}, {address}")
    }
}

/// Whether a text is the other, or goes on after it with more that stands behind a comma.
fn begins_with(text: &str, start: &str) -> bool {
    let (text, start) = (text.to_lowercase(), start.trim().to_lowercase());
    text.strip_prefix(&start).is_some_and(|rest| rest.is_empty() || rest.starts_with(',') || start.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_location_named_like_its_street_is_written_once() {
        let address = "12 Main St, 10115 Berlin";
        for (name, written) in [
            ("North", "North, 12 Main St, 10115 Berlin"),
            ("12 Main St", address),
            ("12 main st", address),
            (address, address),
            ("", address),
            ("12 Main St, 10115 Berlin, rear building", "12 Main St, 10115 Berlin, rear building"),
            ("12 Main", "12 Main, 12 Main St, 10115 Berlin"),
        ] {
            assert_eq!(place_line(name, address), written);
        }
        assert_eq!(place_line("North", ""), "North");
    }
}
