//! The audit log: the journal as administrators read it, filter it and take it along. Nobody can change it.

use serde::{Deserialize, Serialize};

use crate::id::{ContactId, CustomerId, ReportId, RequestId, TargetId};
use crate::page::Page;
use crate::request::LogEntry;
use crate::text::Text;

#[cfg(feature = "ssr")]
pub mod desk;

closed_set! {
    /// What an event is about, as the log is filtered.
    pub enum Subject {
        Request = "request",
        Work = "work",
        Appointment = "appointment",
        Report = "report",
        FollowUp = "follow_up",
        File = "file",
        Customer = "customer",
        Person = "person",
        SignIn = "sign_in",
        Office = "office",
    }
}

impl Subject {
    pub const fn label(self) -> Text {
        match self {
            Self::Request => Text::new("Requests", "Anfragen"),
            Self::Work => Text::new("Work", "Aufträge"),
            Self::Appointment => Text::new("Appointments", "Termine"),
            Self::Report => Text::new("Reports", "Berichte"),
            Self::FollowUp => Text::new("Follow-ups", "Folgearbeiten"),
            Self::File => Text::new("Files", "Dateien"),
            Self::Customer => Text::new("Customers and locations", "Kunden und Standorte"),
            Self::Person => Text::new("People and access", "Personen und Zugänge"),
            Self::SignIn => Text::new("Sign-ins and passwords", "Anmeldungen und Passwörter"),
            Self::Office => Text::new("Office and staff", "Büro und Mitarbeitende"),
        }
    }

    /// Whether a kind of event, by its word, is about this.
    pub fn covers(self, kind: &str) -> bool {
        self.beginnings().iter().any(|beginning| kind.starts_with(beginning))
    }

    /// How the words of its kinds of event begin.
    const fn beginnings(self) -> &'static [&'static str] {
        match self {
            Self::Request => &["request_", "decision_"],
            Self::Work => &["target_"],
            Self::Appointment => &["appointment_", "series_", "suggestion_"],
            Self::Report => &["report_"],
            Self::FollowUp => &["follow_up_"],
            Self::File => &["file_"],
            Self::Customer => &["customer_", "location_", "locations_"],
            Self::Person => &["contact_", "grant_", "invitation_", "notifications_", "calendar_feed_", "portal_"],
            Self::SignIn => &["signed_", "sessions_", "password_"],
            Self::Office => &["company_", "staff_", "reply_template_", "journal_", "access_"],
        }
    }
}

/// What the log is filtered by; an empty text filters nothing. Dates are days of the company's zone, both included; a text that is no
/// date filters nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditFilter {
    /// A [`Subject`].
    #[serde(default)]
    pub subject: String,
    /// The word of a kind of event.
    #[serde(default)]
    pub kind: String,
    /// A part of a name or an address: of who did it, or to whom it was done.
    #[serde(default)]
    pub who: String,
    #[serde(default)]
    pub from: String,
    #[serde(default)]
    pub until: String,
    #[serde(default)]
    pub after: String,
}

/// A page of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AuditLog {
    pub entries: Page<AuditEntry>,
    /// The words of all kinds of event, to choose from.
    pub kinds: Vec<String>,
    /// The zone of its times and dates.
    pub zone: String,
}

/// One event, and what it is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AuditEntry {
    pub log: LogEntry,
    pub about: Option<About>,
}

/// The record that an event is about, by its number, title or name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum About {
    Request(RequestId, String),
    Work(TargetId, String),
    Report(ReportId, String),
    Person(ContactId, String),
    Customer(CustomerId, String),
    Staff(String),
}

impl About {
    pub fn name(&self) -> &str {
        match self {
            Self::Request(_, name) | Self::Work(_, name) | Self::Report(_, name) => name,
            Self::Person(_, name) | Self::Customer(_, name) | Self::Staff(name) => name,
        }
    }

    /// Its page at the desk, if it has one.
    pub fn href(&self) -> Option<String> {
        match self {
            Self::Request(id, _) => Some(format!("/desk/requests/{id}")),
            Self::Work(id, _) => Some(format!("/desk/targets/{id}")),
            Self::Report(id, _) => Some(format!("/desk/reports/{id}")),
            Self::Person(id, _) => Some(format!("/desk/people/{id}")),
            Self::Customer(id, _) => Some(format!("/desk/customers/{id}")),
            Self::Staff(_) => None,
        }
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use crate::journal::EventKind;

    #[test]
    fn every_kind_of_event_is_about_one_thing() {
        for kind in EventKind::ALL {
            let subjects: Vec<_> = Subject::ALL.iter().filter(|subject| subject.covers(kind.word())).collect();
            assert_eq!(subjects.len(), 1, "{kind}: {subjects:?}");
        }
    }
}
