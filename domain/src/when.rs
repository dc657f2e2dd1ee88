//! Times as the browser gets them: finished text in the reader's language and the location's zone, and a machine-readable value.
//! No time-zone data is in the WASM, and server and browser cannot disagree.

use serde::{Deserialize, Serialize};

/// A moment or a day, written out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// For `<time datetime=…>`.
    pub machine: String,
    /// For people: "Tue 14 Oct 2025, 8:05 am", "Di., 14. Okt. 2025, 8:05 Uhr".
    pub text: String,
}

/// A civil day with a span of hours at a location, written out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// `YYYY-MM-DD` and, unless the whole day is meant, `HH:MM`: also the values of the form's fields.
    pub date: String,
    pub from: Option<String>,
    pub until: Option<String>,
    /// "Tue 14 Oct 2025, 8–10 am", "Di., 14. Okt. 2025, 8–10 Uhr", with "Tomorrow" in front when it is.
    pub text: String,
    /// The hours alone, "8–10 am"; none when the whole day is meant.
    pub hours: Option<String>,
    /// What a leaf of a calendar shows: "Tue", "14", "Oct", the last with its year unless it is this one.
    pub leaf: [String; 3],
    /// Whether the day is today at the location.
    pub today: bool,
    /// The location's zone, such as `Europe/Berlin`.
    pub zone: String,
}
