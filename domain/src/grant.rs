//! People and what they may see: one grant per contact and customer, over all its locations or chosen ones, with five rights and an
//! optional end.

use serde::{Deserialize, Serialize};

use crate::customer::NAME_LIMIT;
use crate::field::{self, Problems};
use crate::id::{ContactId, CustomerId, GrantId, InvitationId, LocationId};
use crate::invitation::InvitationState;
use crate::text::{Lang, Text};
use crate::when::Stamp;

#[cfg(feature = "ssr")]
pub mod desk;
#[cfg(feature = "ssr")]
pub mod portal;

closed_set! {
    pub enum ContactState { Invited = "invited", Active = "active", Disabled = "disabled" }
}

/// The five rights of a grant (G15).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rights {
    pub submit: bool,
    pub appointments: bool,
    pub reports: bool,
    pub download: bool,
    /// Others' requests at the same locations. Off by default.
    pub colleagues: bool,
}

impl Rights {
    /// Each right with its word, which is also its checkbox's name.
    pub const fn by_word(self) -> [(&'static str, bool); 5] {
        [
            ("submit", self.submit),
            ("appointments", self.appointments),
            ("reports", self.reports),
            ("download", self.download),
            ("colleagues", self.colleagues),
        ]
    }

    /// What the invitation form proposes.
    pub const PROPOSED: Self = Self { submit: true, appointments: true, reports: true, download: true, colleagues: false };
}

/// What staff type about a grant. Checkboxes send `on` or nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GrantInput {
    /// `all` or `chosen`.
    #[serde(default)]
    pub scope: String,
    #[serde(default)]
    pub locations: Vec<String>,
    #[serde(default)]
    pub submit: String,
    #[serde(default)]
    pub appointments: String,
    #[serde(default)]
    pub reports: String,
    #[serde(default)]
    pub download: String,
    #[serde(default)]
    pub colleagues: String,
    /// The last day of access, `YYYY-MM-DD`; empty means no end. Ends at midnight UTC after that day.
    #[serde(default)]
    pub last_day: String,
}

/// Who is invited, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonInput {
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub email: String,
    #[serde(default)]
    pub phone: String,
    /// `en` or `de`.
    #[serde(default)]
    pub lang: String,
}

/// Characters of a person's telephone number.
pub const PHONE_LIMIT: usize = 60;

/// What a person is called and how to reach it, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    pub name: String,
    pub phone: String,
    pub lang: Lang,
}

impl Profile {
    /// English is meant when no language is given.
    ///
    /// # Errors
    /// All fields that are missing, too long or not a choice.
    pub fn parse(name: &str, phone: &str, lang: &str) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let name = problems.take("name", field::line(name, 1, NAME_LIMIT));
        let phone = problems.take("phone", field::line(phone, 0, PHONE_LIMIT));
        let lang = problems.take("lang", if lang.is_empty() { Ok(Lang::default()) } else { lang.parse() });
        match (name, phone, lang) {
            (Some(name), Some(phone), Some(lang)) => Ok(Self { name, phone, lang }),
            _ => Err(problems),
        }
    }
}

/// A contact in a list at the desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PersonRow {
    pub id: ContactId,
    pub name: String,
    pub email: String,
    pub state: ContactState,
    pub invitation: Option<InvitationState>,
    pub last_sign_in: Option<Stamp>,
    /// In a customer's list: the grant there.
    pub grant: Option<GrantView>,
}

/// A contact on the desk, with all its grants.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DeskPerson {
    pub id: ContactId,
    pub version: i64,
    pub name: String,
    pub email: String,
    pub phone: String,
    pub lang: Lang,
    pub state: ContactState,
    pub last_sign_in: Option<Stamp>,
    pub grants: Vec<GrantView>,
    /// Newest first.
    pub invitations: Vec<InvitationRow>,
    /// What this person sees right now.
    pub reach: GrantReach,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct InvitationRow {
    pub id: InvitationId,
    pub state: InvitationState,
    pub created: Stamp,
    pub sent: Option<Stamp>,
    pub expires: Stamp,
    pub invited_by: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct GrantView {
    pub id: GrantId,
    pub version: i64,
    pub contact_id: ContactId,
    pub customer_id: CustomerId,
    pub customer_name: String,
    pub all_locations: bool,
    /// The chosen locations; empty when all are meant.
    pub locations: Vec<(LocationId, String)>,
    pub rights: Rights,
    pub last_day: Option<Stamp>,
}

/// How much somebody would see: "They will see 4 requests, 2 appointments, 1 report".
#[cfg_attr(feature = "ssr", derive(sqlx::FromRow))]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GrantReach {
    pub locations: i64,
    pub requests: i64,
    pub appointments: i64,
    pub reports: i64,
}

/// What a grant would change for somebody at its customer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct GrantEffect {
    /// Whether there is a grant already, in whose place it would come.
    pub replaces: bool,
    /// All that is seen under it.
    pub after: GrantReach,
    /// Of that, what is not seen now.
    pub gains: GrantReach,
    /// What is seen now, and would not be any more.
    pub losses: GrantReach,
}

/// A contact's own view of one of its grants: the page "what you can see".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AccessView {
    pub customer_id: CustomerId,
    pub customer_name: String,
    pub all_locations: bool,
    pub locations: Vec<crate::request::PlaceView>,
    pub rights: Rights,
    pub last_day: Option<Stamp>,
}

impl Rights {
    /// The rights by name, for pages that list them.
    pub const fn listed(self) -> [(Text, bool); 5] {
        [
            (Text::new("Send requests", "Anfragen senden"), self.submit),
            (Text::new("See appointments", "Termine sehen"), self.appointments),
            (Text::new("See reports", "Berichte sehen"), self.reports),
            (Text::new("Download files", "Dateien herunterladen"), self.download),
            (Text::new("See colleagues' requests", "Anfragen von Kollegen sehen"), self.colleagues),
        ]
    }
}
