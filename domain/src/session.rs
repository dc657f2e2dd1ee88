//! Sessions of both faces: what a signed-in person is told about itself. Two tables, two cookies, two kinds of actor.

use serde::{Deserialize, Serialize};

use crate::brand::{Logo, Mark};
use crate::id::{CustomerId, SessionId, StaffId};
use crate::role::Role;
use crate::status_word::OwnWords;
use crate::text::{Lang, Text};
use crate::when::Stamp;

#[cfg(feature = "ssr")]
pub mod contact;
#[cfg(feature = "ssr")]
pub mod staff;

/// The service company, as every page shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Company {
    pub name: String,
    pub emergency_phone: String,
    /// Whether this is the demo.
    pub demo: bool,
    pub logo: Option<Logo>,
}

impl Company {
    /// What stands for it at the head of a page.
    pub fn mark(self) -> Mark {
        Mark { name: self.name, logo: self.logo }
    }
}

/// A signed-in contact, told about itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Me {
    pub company: Company,
    /// The company's own words for public statuses, in the reader's language.
    pub words: OwnWords,
    pub name: String,
    pub email: String,
    pub lang: Lang,
    /// The customers of its live grants.
    pub customers: Vec<(CustomerId, String)>,
    /// The one chosen in the switcher; none means all.
    pub customer: Option<CustomerId>,
    pub may_submit: bool,
    pub may_see_appointments: bool,
    pub may_see_reports: bool,
}

/// A signed-in staff member, told about itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct StaffMe {
    pub id: StaffId,
    pub company: Company,
    /// The words that customers read for public statuses, where they are the company's own; in the reader's language.
    pub words: OwnWords,
    pub name: String,
    pub role: Role,
    pub lang: Lang,
    /// Whether keys without a modifier do something.
    pub single_keys: bool,
    /// Whether it is to be led to what a new installation needs.
    pub first_steps: bool,
}

/// One of a person's sessions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SessionView {
    pub id: SessionId,
    pub this_one: bool,
    pub started: Stamp,
    pub last_seen: Stamp,
    /// What the browser says it is.
    pub user_agent: String,
}

impl SessionView {
    /// Browser and device by name, as far as the browser tells: "Firefox, Windows".
    pub fn device(&self, lang: Lang) -> String {
        // Order matters: most browsers name others before themselves.
        let browsers = [("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari")];
        let devices =
            [("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS", "Mac"), ("Linux", "Linux")];
        let named = |names: &[(&str, &'static str)]| names.iter().find(|(word, _)| self.user_agent.contains(word)).map(|(_, name)| *name);
        match (named(&browsers), named(&devices)) {
            (Some(browser), Some(device)) => format!("{browser}, {device}"),
            (Some(one), None) | (None, Some(one)) => one.to_owned(),
            (None, None) => Text::new("Unknown device", "Unbekanntes Gerät").get(lang).to_owned(),
        }
    }
}
