//! Everybody who may ask, and what the rules give them. What is expected of the server is worked out from here.

use app::ctx::Face;
use domain::grant::Rights;
use domain::role::Role;

use super::world::{Set, Thing};

/// Contacts with an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Person {
    /// Sent the requests of the sets `Here` and `Sibling`.
    Sender,
    /// Of the same customer; sent those of the set `Colleague`.
    Colleague,
    /// Of another customer; sent those of the set `Foreign`.
    Foreigner,
    /// Has grants at both customers; sent nothing.
    Partner,
}

pub struct Actor {
    pub name: &'static str,
    pub is: Is,
    pub carries: Carries,
}

/// What the rules take an actor for.
#[derive(Clone, Copy)]
pub enum Is {
    Nobody,
    Contact(Contact),
    Staff(Role),
}

/// What an actor's browser sends along.
#[derive(Clone, Copy)]
pub enum Carries {
    Nothing,
    /// The cookie that an opened invitation link left.
    InvitationLink,
    /// The cookie that an opened reset link left.
    ResetLink,
    /// The cookie that an opened link to stop mails left.
    UnsubscribeLink,
    /// A contact's token in a face's cookie.
    Contact(Face, Person),
    /// A staff member's token in a face's cookie.
    Staff(Face, Role),
    /// The token of the sender, who was disabled after signing in.
    EndedSession,
}

/// A signed-in contact, and what its grants cover at that time.
#[derive(Clone, Copy)]
pub struct Contact {
    pub person: Person,
    /// The sets at the locations that its grants cover.
    pub covers: &'static [Set],
    pub rights: Rights,
}

const FULL: Rights = Rights { submit: true, appointments: true, reports: true, download: true, colleagues: false };
const WHOLE_CUSTOMER: &[Set] = &[Set::Here, Set::Sibling, Set::Colleague];
const ONE_LOCATION: &[Set] = &[Set::Here, Set::Colleague];

/// Those without an account, or with a token that does not fit.
pub const STRANGERS: &[Actor] = &[
    Actor { name: "anonymous", is: Is::Nobody, carries: Carries::Nothing },
    Actor { name: "invited, not accepted", is: Is::Nobody, carries: Carries::InvitationLink },
    Actor { name: "with a reset link", is: Is::Nobody, carries: Carries::ResetLink },
    Actor { name: "with an unsubscribe link", is: Is::Nobody, carries: Carries::UnsubscribeLink },
    Actor { name: "contact's token in the desk's cookie", is: Is::Nobody, carries: Carries::Contact(Face::Desk, Person::Colleague) },
    Actor { name: "admin's token in the portal's cookie", is: Is::Nobody, carries: Carries::Staff(Face::Portal, Role::Admin) },
];

pub const STAFF: &[Actor] = &[staff("dispatcher", Role::Dispatcher), staff("manager", Role::Manager), staff("admin", Role::Admin)];

/// In this order: the sender's grant is changed between its entries, ended for the last but one, and its account disabled for the last.
pub const CONTACTS: &[Actor] = &[
    contact("contact of another customer", Person::Foreigner, &[Set::Foreign], FULL),
    contact("contact who sent nothing", Person::Colleague, WHOLE_CUSTOMER, FULL),
    contact("partner at both customers", Person::Partner, &Set::ALL, Rights { colleagues: true, ..FULL }),
    contact("sender, whole customer", Person::Sender, WHOLE_CUSTOMER, FULL),
    contact("sender, colleagues too", Person::Sender, WHOLE_CUSTOMER, Rights { colleagues: true, ..FULL }),
    contact("sender, may not submit", Person::Sender, WHOLE_CUSTOMER, Rights { submit: false, ..FULL }),
    contact("sender, no appointments", Person::Sender, WHOLE_CUSTOMER, Rights { appointments: false, ..FULL }),
    contact("sender, no reports", Person::Sender, WHOLE_CUSTOMER, Rights { reports: false, ..FULL }),
    contact("sender, no downloads", Person::Sender, WHOLE_CUSTOMER, Rights { download: false, ..FULL }),
    contact("sender, one location", Person::Sender, ONE_LOCATION, FULL),
    contact("sender, grant ended", Person::Sender, &[], Rights { colleagues: true, ..FULL }),
    Actor { name: "sender, disabled", is: Is::Nobody, carries: Carries::EndedSession },
];

const fn contact(name: &'static str, person: Person, covers: &'static [Set], rights: Rights) -> Actor {
    Actor { name, is: Is::Contact(Contact { person, covers, rights }), carries: Carries::Contact(Face::Portal, person) }
}

const fn staff(name: &'static str, role: Role) -> Actor {
    Actor { name, is: Is::Staff(role), carries: Carries::Staff(Face::Desk, role) }
}

impl Actor {
    pub fn contact(&self) -> Option<&Contact> {
        match &self.is {
            Is::Contact(contact) => Some(contact),
            _ => None,
        }
    }
}

impl Contact {
    /// The table of the five rights (product.md), as a test: whether this contact may see, or act on, a thing of a set.
    pub fn sees(&self, thing: Thing, set: Set) -> bool {
        let (covered, sent, rights) = (self.covers.contains(&set), self.person == set.owner(), self.rights);
        match thing {
            Thing::Customer => self.covers.iter().any(|covered| covered.customer() == set.customer()),
            Thing::Location => covered,
            Thing::PlaceToSubmit => covered && rights.submit,
            Thing::Request
            | Thing::RejectedRequest
            | Thing::CancelledRequest
            | Thing::SnoozedRequest
            | Thing::DecidingRequest
            | Thing::RecordedRequest => covered && (sent || rights.colleagues),
            Thing::OwnRequest => covered && sent && rights.submit,
            Thing::RequestFile => covered && (sent || rights.colleagues && rights.download),
            Thing::MessageFile => covered && (sent || rights.colleagues) && rights.download,
            Thing::Appointment | Thing::Target => covered && rights.appointments,
            Thing::AppointmentToMove => covered && rights.appointments && rights.submit,
            Thing::Suggestion => covered && sent && rights.appointments,
            Thing::Report | Thing::FollowUp => covered && rights.reports,
            Thing::ReportFile => covered && rights.reports && rights.download,
            // A draft is for who may send requests somewhere.
            Thing::Draft | Thing::DraftFile | Thing::SpareDraft | Thing::SpareDraftFile => sent && rights.submit && !self.covers.is_empty(),
            // The account is one's own, whatever the grants say.
            Thing::SpareSession | Thing::Account => sent,
            Thing::HiddenFile
            | Thing::NoteFile
            | Thing::TargetFile
            | Thing::Contact
            | Thing::Grant
            | Thing::Staff
            | Thing::ReplyTemplate => false,
        }
    }
}
