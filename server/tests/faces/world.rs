//! A world with one of everything, four times over, made through the doors of the domain: invitation, sign-in, and what people do then.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::atomic::{AtomicU32, Ordering};

use app::ctx::{FLOW_COOKIE, Face};
use domain::actor::{PortalActor, StaffActor};
use domain::customer::{CustomerInput, LocationInput};
use domain::grant::{GrantInput, PersonInput};
use domain::id::{ContactId, CustomerId, JobId, LocationId, Token};
use domain::reply_template::ReplyTemplateInput;
use domain::role::Role;
use domain::sheet::SheetKind;
use domain::throttle::Client;
use uuid::Uuid;

use super::actors::{Actor, Carries, Contact, Person};
use super::marks::Marks;
use super::scene::Scene;
use crate::domain_support::{PASSWORD, PDF, World, everywhere, upload};

/// Rows that belong together: one of everything at one location, sent by one contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Set {
    /// By the sender, at the customer's first location.
    Here,
    /// By the sender, at the customer's other location.
    Sibling,
    /// By a colleague, at the first location.
    Colleague,
    /// At another customer.
    Foreign,
}

/// What an id can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Thing {
    Customer,
    Location,
    /// A location to send a request for.
    PlaceToSubmit,
    Draft,
    DraftFile,
    Request,
    RejectedRequest,
    CancelledRequest,
    SnoozedRequest,
    /// Its rejection can still be taken back.
    DecidingRequest,
    /// Written down by staff for the contact.
    RecordedRequest,
    /// A request as its sender acts on it.
    OwnRequest,
    RequestFile,
    /// Sent by staff with a message.
    MessageFile,
    /// Kept with an internal note.
    NoteFile,
    Target,
    TargetFile,
    Appointment,
    /// An appointment as somebody suggests another time for it.
    AppointmentToMove,
    /// Another time that its contact suggested, and that was answered.
    Suggestion,
    Report,
    /// A file of the live release.
    ReportFile,
    /// A file of the report that no release has.
    HiddenFile,
    FollowUp,
    Contact,
    /// What a contact reads of itself alone.
    Account,
    Grant,
    Staff,
    /// A text that the office keeps.
    ReplyTemplate,
    /// Made anew for each question, because the answer may be its end.
    SpareDraft,
    SpareDraftFile,
    SpareSession,
}

/// Which row an endpoint is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Id {
    Of(Set),
    Random,
    Malformed,
}

impl Set {
    pub const ALL: [Self; 4] = [Self::Here, Self::Sibling, Self::Colleague, Self::Foreign];

    pub const fn word(self) -> &'static str {
        match self {
            Self::Here => "here",
            Self::Sibling => "sibling",
            Self::Colleague => "colleague",
            Self::Foreign => "foreign",
        }
    }

    /// Who sent its requests.
    pub const fn owner(self) -> Person {
        match self {
            Self::Here | Self::Sibling => Person::Sender,
            Self::Colleague => Person::Colleague,
            Self::Foreign => Person::Foreigner,
        }
    }

    /// The set that has its customer as its own.
    pub const fn customer(self) -> Self {
        if matches!(self, Self::Foreign) { Self::Foreign } else { Self::Here }
    }

    /// The set that has its location as its own.
    pub const fn location(self) -> Self {
        if matches!(self, Self::Colleague) { Self::Here } else { self }
    }
}

impl Thing {
    const fn row(self) -> Self {
        match self {
            Self::OwnRequest => Self::Request,
            Self::PlaceToSubmit => Self::Location,
            Self::AppointmentToMove => Self::Appointment,
            other => other,
        }
    }
}

impl Id {
    pub const EACH: [Option<Self>; 6] = [
        Some(Self::Of(Set::Here)),
        Some(Self::Of(Set::Sibling)),
        Some(Self::Of(Set::Colleague)),
        Some(Self::Of(Set::Foreign)),
        Some(Self::Random),
        Some(Self::Malformed),
    ];
}

/// The ids of the world's rows.
pub type Things = HashMap<(Thing, Set), Uuid>;

/// The staff. Only the one who invites is ever named to a customer.
pub struct Office {
    pub inviter: StaffActor,
    pub dispatcher: StaffActor,
    pub manager: StaffActor,
    emails: HashMap<Role, String>,
}

pub struct Furnished {
    pub world: World,
    pub marks: Marks,
    things: Things,
    office: Office,
    people: HashMap<Person, (PortalActor, String)>,
    /// The sender's session, which outlives changes of its grant, and in the end its account.
    senders: Option<Token>,
    disabled: bool,
    /// The cookie of an opened reset link.
    reset: String,
    addresses: AtomicU32,
}

impl Furnished {
    pub async fn new(world: World) -> Self {
        let mut marks = Marks::default();
        let office = Office::open(&world, &mut marks).await;
        let addresses = AtomicU32::new(0);
        let mut furnished = Self {
            world,
            marks,
            things: Things::new(),
            office,
            people: HashMap::new(),
            senders: None,
            disabled: false,
            reset: String::new(),
            addresses,
        };
        furnished.add_places().await;
        furnished.keep_sheet().await;
        furnished.keep_template().await;
        furnished.add_people().await;
        for set in Set::ALL {
            furnished.scene(set).play().await;
        }
        // What must not grow old is made when no time passes any more.
        for set in Set::ALL {
            furnished.scene(set).last_touches().await;
        }
        furnished.world.system.send_due_mail(&furnished.world.mailer).await.unwrap();
        furnished
    }

    fn scene(&mut self, set: Set) -> Scene<'_> {
        let (customer, location) = (self.customer(set), self.location(set));
        let sender = &self.people[&set.owner()].0;
        Scene {
            world: &self.world,
            office: &self.office,
            sender,
            set,
            customer,
            location,
            marks: &mut self.marks,
            things: &mut self.things,
        }
    }

    fn put(&mut self, thing: Thing, set: Set, id: Uuid) {
        self.things.insert((thing, set), id);
    }

    fn customer(&self, set: Set) -> CustomerId {
        self.things[&(Thing::Customer, set)].into()
    }

    pub fn location(&self, set: Set) -> LocationId {
        self.things[&(Thing::Location, set)].into()
    }

    pub fn contact(&self, set: Set) -> ContactId {
        self.things[&(Thing::Contact, set)].into()
    }

    /// The rows that are there from the start.
    pub fn rows(&self) -> impl Iterator<Item = (Thing, Set, Uuid)> + '_ {
        self.things.iter().map(|((thing, set), id)| (*thing, *set, *id))
    }

    /// The id of one of them.
    pub fn row(&self, thing: Thing, set: Set) -> Uuid {
        self.things[&(thing.row(), set)]
    }

    /// An id as it is sent.
    pub async fn id(&self, thing: Thing, id: Id) -> String {
        match (thing, id) {
            (_, Id::Random) => any_id(),
            (_, Id::Malformed) => "not-an-id".into(),
            (Thing::SpareDraft | Thing::SpareDraftFile | Thing::SpareSession, Id::Of(set)) => {
                self.spare(thing, set).await.unwrap_or_else(|_| any_id())
            }
            (_, Id::Of(set)) => self.row(thing, set).to_string(),
        }
    }

    /// A row to be used up. Somebody without an account any more cannot make one.
    async fn spare(&self, thing: Thing, set: Set) -> domain::Result<String> {
        let (owner, email) = &self.people[&set.owner()];
        let portal = self.world.db.portal(owner);
        Ok(match thing {
            Thing::SpareSession => {
                let token = self.world.db.anonymous().sign_in_contact(email, PASSWORD, &self.client()).await?;
                let actor = self.world.db.portal_actor(&token).await?;
                let sessions = self.world.db.portal(&actor).sessions().await?;
                sessions.into_iter().find(|session| session.this_one).unwrap().id.to_string()
            }
            Thing::SpareDraftFile => {
                let draft = portal.start_draft("").await?;
                portal.add_draft_file(draft, upload("spare.pdf", PDF)).await?.to_string()
            }
            _ => portal.start_draft("").await?.to_string(),
        })
    }

    /// Gives an actor what it has at its entry: the cookies of its browser. The sender's session goes on, whatever became of its grant.
    pub async fn enter(&mut self, actor: &Actor) -> String {
        if let Some(contact) = actor.contact().filter(|contact| contact.person == Person::Sender) {
            self.grant(contact).await;
            if let Some(token) = &self.senders {
                return cookie_of(Face::Portal.session_cookie(true), token);
            }
        }
        self.cookie(actor).await
    }

    /// Signs an actor in, once more if need be.
    pub async fn cookie(&mut self, actor: &Actor) -> String {
        match actor.carries {
            Carries::Nothing => String::new(),
            Carries::InvitationLink => cookie_of(FLOW_COOKIE, &self.invited().await),
            Carries::ResetLink => self.reset_link().await,
            // The foreigner's newest mail is a notice.
            Carries::UnsubscribeLink => {
                cookie_of(FLOW_COOKIE, &self.world.mailed_token(&self.people[&Person::Foreigner].1, "/unsubscribe/").await)
            }
            Carries::Staff(face, role) => cookie_of(face.session_cookie(true), &self.sign_in_staff(role).await),
            Carries::Contact(face, person) => {
                let token = self.sign_in(person).await;
                let cookie = cookie_of(face.session_cookie(true), &token);
                if person == Person::Sender {
                    self.senders = Some(token);
                }
                cookie
            }
            Carries::EndedSession => {
                self.disable_sender().await;
                cookie_of(Face::Portal.session_cookie(true), self.senders.as_ref().unwrap())
            }
        }
    }

    async fn sign_in(&self, person: Person) -> Token {
        self.world.db.anonymous().sign_in_contact(&self.people[&person].1, PASSWORD, &self.client()).await.unwrap()
    }

    async fn sign_in_staff(&self, role: Role) -> Token {
        self.world.db.anonymous().sign_in_staff(&self.office.emails[&role], PASSWORD, &self.client()).await.unwrap()
    }

    async fn disable_sender(&mut self) {
        if !self.disabled {
            let (desk, sender) = (self.world.db.desk(&self.office.inviter), self.contact(Set::Here));
            desk.disable_contact(sender, desk.person(sender).await.unwrap().version).await.unwrap();
            self.disabled = true;
        }
    }

    /// The token of an invitation that nobody has accepted.
    async fn invited(&self) -> Token {
        let email = format!("{}@customer.example", any_id());
        let person = PersonInput { name: "Ines Invited".into(), email: email.clone(), ..PersonInput::default() };
        self.world.db.desk(&self.office.inviter).invite(self.customer(Set::Here), &person, &everywhere()).await.unwrap();
        self.world.mailed_token(&email, "/invite/").await
    }

    /// The cookie of a reset link that was not used. Asked for once: more than a few are refused.
    async fn reset_link(&mut self) -> String {
        if self.reset.is_empty() {
            let email = &self.people[&Person::Colleague].1;
            self.world.system.send_due_mail(&self.world.mailer).await.unwrap();
            self.world.db.anonymous().ask_reset(email, &self.client()).await.unwrap();
            self.reset = cookie_of(FLOW_COOKIE, &self.world.mailed_token(email, "/reset/").await);
        }
        self.reset.clone()
    }

    /// Makes the sender's grant what the actor's line says, while its sessions stay as they are.
    async fn grant(&self, contact: &Contact) {
        let desk = self.world.db.desk(&self.office.inviter);
        let person = desk.person(self.contact(Set::Here)).await.unwrap();
        let grant = person.grants.first().unwrap();
        if contact.covers.is_empty() {
            desk.end_grant(grant.id, grant.version).await.unwrap();
        } else {
            desk.edit_grant(grant.id, grant.version, &self.terms(contact)).await.unwrap();
        }
    }

    fn terms(&self, contact: &Contact) -> GrantInput {
        let box_of = |right: &str| if contact.rights.by_word().contains(&(right, true)) { "on".to_owned() } else { String::new() };
        let whole = contact.covers.contains(&Set::Sibling);
        GrantInput {
            scope: if whole { "all".into() } else { "chosen".into() },
            locations: if whole { Vec::new() } else { vec![self.location(Set::Here).to_string()] },
            submit: box_of("submit"),
            appointments: box_of("appointments"),
            reports: box_of("reports"),
            download: box_of("download"),
            colleagues: box_of("colleagues"),
            last_day: String::new(),
        }
    }

    /// A client at an address of its own: the brakes on guessing are another test's.
    fn client(&self) -> Client {
        let [_, b, c, d] = self.addresses.fetch_add(1, Ordering::Relaxed).to_be_bytes();
        Client { address: IpAddr::V4(Ipv4Addr::new(10, b, c, d)), user_agent: "test".into() }
    }

    /// Two customers; the first with two locations.
    async fn add_places(&mut self) {
        for set in [Set::Here, Set::Foreign] {
            let input = CustomerInput {
                name: self.marks.public(set, "customer", &[Thing::Customer]),
                kind: "facility".into(),
                internal_note: self.marks.internal(set, "customer-note"),
            };
            let customer = self.world.db.desk(&self.office.inviter).add_customer(&input).await.unwrap();
            Set::ALL
                .into_iter()
                .filter(|other| other.customer() == set)
                .for_each(|other| self.put(Thing::Customer, other, customer.uuid()));
        }
        for set in [Set::Here, Set::Sibling, Set::Foreign] {
            let mut public = |field: &str| self.marks.public(set, field, &[Thing::Location]);
            let (name, street, postal_code, city) = (public("location"), public("street"), public("postal-code"), public("city"));
            let internal_note = self.marks.internal(set, "location-note");
            let input = LocationInput { name, street, postal_code, city, zone: "Europe/Berlin".into(), internal_note };
            let location = self.world.db.desk(&self.office.inviter).add_location(self.customer(set), &input).await.unwrap();
            Set::ALL
                .into_iter()
                .filter(|other| other.location() == set)
                .for_each(|other| self.put(Thing::Location, other, location.uuid()));
        }
    }

    /// A list that waits to be taken over.
    async fn keep_sheet(&mut self) {
        let list = self.marks.internal(Set::Here, "location-list");
        let desk = self.world.db.desk(&self.office.inviter);
        desk.keep_sheet(self.customer(Set::Here), SheetKind::Locations, list.as_bytes()).await.unwrap();
    }

    /// A text to begin a message with, the whole office's.
    async fn keep_template(&mut self) {
        let mut internal = |field: &str| self.marks.internal(Set::Here, field);
        let (name, text_en, text_de) = (internal("template-name"), internal("template-english"), internal("template-german"));
        let input = ReplyTemplateInput { name, purpose: "message".into(), text_en, text_de };
        let template = self.world.db.desk(&self.office.inviter).add_reply_template(&input).await.unwrap();
        Set::ALL.into_iter().for_each(|set| self.put(Thing::ReplyTemplate, set, template.uuid()));
    }

    async fn add_people(&mut self) {
        self.add_person(Person::Sender, &[Set::Here, Set::Sibling]).await;
        self.add_person(Person::Colleague, &[Set::Colleague]).await;
        self.add_person(Person::Foreigner, &[Set::Foreign]).await;
        let (here, there) = (self.customer(Set::Here), self.customer(Set::Foreign));
        let partner =
            PersonInput { name: "Pia Partner".into(), email: "pia@partner.example".into(), lang: "en".into(), ..PersonInput::default() };
        self.join(Person::Partner, here, partner.clone()).await;
        self.world.db.desk(&self.office.inviter).invite(there, &partner, &with_colleagues()).await.unwrap();
    }

    /// Somebody who will own the sets.
    async fn add_person(&mut self, person: Person, sets: &[Set]) {
        let word = sets[0].word();
        // Who sees a request, or what became of it, may read who sent it.
        let named = sets.iter().flat_map(|set| [(Thing::Request, *set), (Thing::Account, *set)]).collect();
        let itself = sets.iter().map(|set| (Thing::Account, *set)).collect::<Vec<_>>();
        let input = PersonInput {
            name: self.marks.shared(&format!("{word}-name"), named),
            email: format!("{}@customer.example", self.marks.shared(&format!("{word}-email"), itself.clone())),
            phone: self.marks.shared(&format!("{word}-phone"), itself),
            lang: "en".into(),
        };
        let contact = self.join(person, self.customer(sets[0]), input).await;
        let grant = self.world.db.desk(&self.office.inviter).person(contact).await.unwrap().grants[0].id;
        for set in sets {
            self.put(Thing::Contact, *set, contact.uuid());
            self.put(Thing::Grant, *set, grant.uuid());
        }
        let staff = self.world.db.desk(&self.office.dispatcher).me().await.unwrap().id;
        sets.iter().for_each(|set| self.put(Thing::Staff, *set, staff.uuid()));
    }

    /// Invites somebody, who accepts.
    async fn join(&mut self, person: Person, customer: CustomerId, input: PersonInput) -> ContactId {
        let grant = if person == Person::Partner { with_colleagues() } else { everywhere() };
        let contact = self.world.db.desk(&self.office.inviter).invite(customer, &input, &grant).await.unwrap();
        let token = self.world.mailed_token(&input.email, "/invite/").await;
        let session = self.world.db.anonymous().accept_invitation(&token, PASSWORD, &self.client()).await.unwrap();
        let actor = self.world.db.portal_actor(&session).await.unwrap();
        self.people.insert(person, (actor, input.email));
        contact
    }
}

impl Office {
    async fn open(world: &World, marks: &mut Marks) -> Self {
        let inviter = world.staff("Ingo", Role::Manager).await;
        let names = [Role::Dispatcher, Role::Manager, Role::Admin].map(|role| (role, marks.internal(Set::Here, role.word())));
        let mut emails = HashMap::new();
        let mut actors = Vec::new();
        for (role, name) in names {
            actors.push(world.staff(&name, role).await);
            emails.insert(role, format!("{name}@service.example"));
        }
        let [dispatcher, manager, _admin] = <[StaffActor; 3]>::try_from(actors).unwrap();
        Self { inviter, dispatcher, manager, emails }
    }
}

/// An id that names nothing.
pub fn any_id() -> String {
    JobId::new().to_string()
}

fn cookie_of(name: &str, token: &Token) -> String {
    format!("{name}={}", token.reveal())
}

fn with_colleagues() -> GrantInput {
    GrantInput { colleagues: "on".into(), ..everywhere() }
}
