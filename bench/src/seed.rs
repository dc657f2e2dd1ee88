//! Customers of equal size with two years of work: the large one, whose contacts are asked as, and as many others as it takes.

use domain::clock::{Clock, Instant, Zone};
use server::config::Base;
use uuid::Uuid;

use crate::Result;
use crate::bulk::{Bulk, id};
use crate::people::{self, People};

/// Requests of each customer, whatever their number in all: what a reader sees stays the same.
const PER_CUSTOMER: u64 = 1_000;
/// Locations of each customer but the large one.
const LOCATIONS: u64 = 20;
/// Of a customer's requests, every so many is at its first location.
const AT_FIRST: u64 = 25;
const COMMIT_AFTER: u64 = 20_000;

const SECOND: i64 = 1_000_000;
const DAY: i64 = 86_400 * SECOND;
/// The time over which the requests are spread.
const DAYS: i64 = 730;

/// Kinds of ids.
const CUSTOMER: u64 = 1;
const LOCATION: u64 = 2;
const CONTACT: u64 = 3;
const GRANT: u64 = 4;
const REQUEST: u64 = 5;
const TARGET: u64 = 6;
const APPOINTMENT: u64 = 7;
const VISIT: u64 = 8;
const REPORT: u64 = 9;
const REVISION: u64 = 10;
const RELEASE: u64 = 11;
const FOLLOW_UP: u64 = 12;

pub async fn run(base: &Base, requests: u64) -> Result<()> {
    let people = people::make(base).await?;
    let mut seed = Seed { bulk: Bulk::open(&base.storage().url).await?, people, now: Clock::System.now().micros(), seq: 0, requests };
    let customers = requests.div_ceil(PER_CUSTOMER);
    // The people's events come first.
    seed.seq = 100_000;
    for customer in 1..customers {
        seed.customer(customer).await?;
    }
    for number in 0..requests {
        // One after the other of all customers: a customer's rows do not lie side by side, as in real life.
        seed.request(number, number % customers, number / customers).await?;
        if number % COMMIT_AFTER == COMMIT_AFTER - 1 {
            seed.bulk.commit().await?;
        }
    }
    let first = seed.people.locations.first().copied().ok_or("no location")?;
    for person in &seed.people.contacts {
        println!("{} {} {} {first}", person.name, person.session.reveal(), id(REQUEST, 0));
    }
    seed.bulk.finish(seed.seq).await
}

struct Seed {
    bulk: Bulk,
    people: People,
    now: i64,
    /// The journal's last number.
    seq: u64,
    requests: u64,
}

/// How far a request has come.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Submitted,
    InReview { question: bool },
    Accepted,
    Planned,
    Visited { report: bool, follow_up: bool },
    Rejected,
    Cancelled,
}

impl Stage {
    /// Of twenty requests: thirteen completed, eight of them with a report, one with a follow-up; four open; three ended without work.
    fn of(nth: u64) -> Self {
        match nth % 20 {
            0 => Self::Visited { report: true, follow_up: true },
            1..=7 => Self::Visited { report: true, follow_up: false },
            8..=12 => Self::Visited { report: false, follow_up: false },
            13 => Self::Planned,
            14 => Self::Accepted,
            15 => Self::InReview { question: nth.is_multiple_of(3) },
            16 => Self::Submitted,
            17 | 18 => Self::Rejected,
            _ => Self::Cancelled,
        }
    }

    const fn status(self) -> &'static str {
        match self {
            Self::Submitted => "submitted",
            Self::InReview { .. } => "in_review",
            Self::Accepted => "accepted",
            Self::Planned | Self::Visited { .. } => "planned",
            Self::Rejected => "rejected",
            Self::Cancelled => "cancelled",
        }
    }

    const fn is_open(self) -> bool {
        matches!(self, Self::Submitted | Self::InReview { .. } | Self::Accepted | Self::Planned)
    }
}

/// The ids that a request and all that came of it share, as they stand in statements.
struct Ids {
    customer: String,
    location: String,
    contact: String,
    request: String,
}

/// What an event is about beside its request.
#[derive(Default)]
struct About<'a> {
    target: &'a str,
    appointment: &'a str,
    report: &'a str,
    release: &'a str,
    follow_up: &'a str,
}

impl Seed {
    /// A customer with its locations, a contact for all of them and one for half of them.
    async fn customer(&mut self, number: u64) -> Result<()> {
        let (customer, now) = (self.bulk.id(id(CUSTOMER, number)), self.now);
        self.bulk.add("customer (id, name, kind, created_at)", format!("({customer}, 'Customer {number:05}', 'retail', {now})")).await?;
        for place in 0..LOCATIONS {
            let location = self.bulk.id(id(LOCATION, number * LOCATIONS + place));
            let row =
                format!("({location}, {customer}, 'Store {place:04}', 'Lindenstr. {place}', '10969', 'Berlin', 'Europe/Berlin', {now})");
            self.bulk.add("location (id, customer_id, name, street, postal_code, city, zone, created_at)", row).await?;
        }
        for (nth, all) in [(0, "TRUE"), (1, "FALSE")] {
            let (contact, grant) = (self.bulk.id(id(CONTACT, number * 2 + nth)), self.bulk.id(id(GRANT, number * 2 + nth)));
            let row = format!("({contact}, 'contact{nth}@customer{number}.example', 'Kim {number}', 'active', 'none', {now})");
            self.bulk.add("contact (id, email, name, state, password_hash, created_at)", row).await?;
            let row = format!("({grant}, {contact}, {customer}, {all}, TRUE, TRUE, TRUE, TRUE, TRUE, {now})");
            let columns = "access_grant (id, contact_id, customer_id, all_locations, may_submit, may_see_appointments, may_see_reports, \
                           may_download, may_see_colleagues, created_at)";
            self.bulk.add(columns, row).await?;
            for place in (0..LOCATIONS).step_by(2).filter(|_| nth == 1) {
                let location = self.bulk.id(id(LOCATION, number * LOCATIONS + place));
                self.bulk.add("grant_location (grant_id, location_id, customer_id)", format!("({grant}, {location}, {customer})")).await?;
            }
        }
        Ok(())
    }

    /// The `nth` request of a customer, with its work.
    async fn request(&mut self, number: u64, customer: u64, nth: u64) -> Result<()> {
        let stage = Stage::of(nth);
        let ids = self.ids(number, customer, nth);
        let age = if stage.is_open() { (nth % 20) as i64 } else { DAYS - DAYS * number as i64 / self.requests as i64 + 20 };
        let sent = self.now - age * DAY - DAY;
        let Ids { customer, location, contact, request } = &ids;
        let question = if stage == (Stage::InReview { question: true }) { "TRUE" } else { "FALSE" };
        let reason = if stage == Stage::Rejected { "'This is the landlord''s part.'" } else { "NULL" };
        let planned = if stage.status() == "planned" { sent.to_string() } else { "NULL".to_owned() };
        let row = format!(
            "({request}, 'R-{number:07}', {request}, {customer}, {location}, {contact}, 'service', 'Door {number} does not close', \
             'Since this morning the door at the side does not close any more. It is open at night.', 'normal', 'any', '{}', {question}, \
             {reason}, {reason}, {sent}, {planned}, {})",
            stage.status(),
            sent + 2 * SECOND,
        );
        let columns = "request (id, number, idempotency_key, customer_id, location_id, contact_id, kind, title, description, urgency, \
                       timing, status, question_open, reject_reason, internal_reason, submitted_at, planned_at, updated_at)";
        self.bulk.add(columns, row).await?;
        self.history(&ids, stage, sent).await?;
        match stage {
            Stage::Planned => self.work(number, &ids, sent, stage, self.now + DAY * (nth % 30 + 1) as i64).await,
            Stage::Visited { .. } => self.work(number, &ids, sent, stage, sent + DAY).await,
            _ => Ok(()),
        }
    }

    fn ids(&self, number: u64, customer: u64, nth: u64) -> Ids {
        let (owner, location, contact): (Uuid, Uuid, Uuid) = if customer == 0 {
            let (locations, contacts) = (&self.people.locations, &self.people.contacts);
            let place = if nth.is_multiple_of(AT_FIRST) { 0 } else { (nth * 7) as usize % locations.len() };
            let contact = contacts[nth as usize % contacts.len()].id;
            (self.people.customer.uuid(), locations[place].uuid(), contact.uuid())
        } else {
            let place = if nth.is_multiple_of(AT_FIRST) { 0 } else { nth * 7 % LOCATIONS };
            (id(CUSTOMER, customer), id(LOCATION, customer * LOCATIONS + place), id(CONTACT, customer * 2))
        };
        Ids {
            customer: self.bulk.id(owner),
            location: self.bulk.id(location),
            contact: self.bulk.id(contact),
            request: self.bulk.id(id(REQUEST, number)),
        }
    }

    /// What happened to the request itself.
    async fn history(&mut self, ids: &Ids, stage: Stage, sent: i64) -> Result<()> {
        self.event(ids, "request_submitted", sent, About::default()).await?;
        let reviewed = !matches!(stage, Stage::Submitted | Stage::Cancelled);
        let last = match stage {
            Stage::Accepted | Stage::Planned | Stage::Visited { .. } => Some("request_accepted"),
            Stage::InReview { question: true } => Some("request_question_asked"),
            Stage::Rejected => Some("request_rejected"),
            Stage::Cancelled => Some("request_cancelled"),
            Stage::Submitted | Stage::InReview { question: false } => None,
        };
        for kind in reviewed.then_some("request_review_started").into_iter().chain(last) {
            self.event(ids, kind, sent + SECOND, About::default()).await?;
        }
        Ok(())
    }

    /// The request's target with one visit, and its report if there is one.
    async fn work(&mut self, number: u64, ids: &Ids, sent: i64, stage: Stage, starts: i64) -> Result<()> {
        let (target, appointment) = (self.bulk.id(id(TARGET, number)), self.bulk.id(id(APPOINTMENT, number)));
        let Ids { customer, location, contact, request } = ids;
        let staff = self.bulk.id(self.people.staff.uuid());
        let visited = matches!(stage, Stage::Visited { .. });
        let (target_status, visit_status) = if visited { ("done", "done") } else { ("open", "scheduled") };
        let row = format!(
            "({target}, 'T-{number:07}', {customer}, {location}, {contact}, {request}, 'Repair of the door', '{target_status}', {sent}, \
             'Door', {staff})"
        );
        let columns = "target (id, number, customer_id, location_id, contact_id, request_id, public_title, status, created_at, title, \
                       created_by)";
        self.bulk.add(columns, row).await?;
        let day = Instant::from_micros(starts).date_in(&Zone::stored("Europe/Berlin"));
        let row = format!(
            "({appointment}, {target}, {customer}, {location}, '{day}', '08:00', '10:00', {starts}, {}, '{visit_status}', TRUE, {sent}, \
             {sent}, {sent})",
            starts + 7_200 * SECOND,
        );
        let columns = "appointment (id, target_id, customer_id, location_id, on_date, from_time, until_time, starts_at, ends_at, status, \
                       shared, shared_at, created_at, updated_at)";
        self.bulk.add(columns, row).await?;
        let about = || About { target: &target, appointment: &appointment, ..About::default() };
        self.event(ids, "appointment_shared", sent + SECOND, about()).await?;
        if visited {
            self.event(ids, "appointment_done", starts, about()).await?;
        }
        if let Stage::Visited { report: true, follow_up } = stage {
            self.report(number, ids, &target, &appointment, starts).await?;
            if follow_up {
                self.follow_up(number, ids, &target, starts).await?;
            }
        }
        Ok(())
    }

    /// A released report of the visit.
    async fn report(&mut self, number: u64, ids: &Ids, target: &str, appointment: &str, at: i64) -> Result<()> {
        let [visit, report, revision, release] = [VISIT, REPORT, REVISION, RELEASE].map(|kind| self.bulk.id(id(kind, number)));
        let Ids { customer, location, .. } = ids;
        let staff = self.bulk.id(self.people.staff.uuid());
        self.bulk.add("visit (id, appointment_id, target_id, created_at)", format!("({visit}, {appointment}, {target}, {at})")).await?;
        let row = format!("({report}, {visit}, {target}, {customer}, {location}, {at})");
        self.bulk.add("report (id, visit_id, target_id, customer_id, location_id, created_at)", row).await?;
        let row = format!("({revision}, {report}, 1, 'approved', 'New hinge.', {staff}, {at}, {staff}, {at})");
        let columns = "report_revision (id, report_id, number, state, body, edited_by, edited_at, approved_by, approved_at)";
        self.bulk.add(columns, row).await?;
        let row = format!(
            "({release}, {report}, {target}, {customer}, {location}, 1, {revision}, 'approved', 'Door repaired', \
             'We put in a new hinge. The door closes again.', {staff}, {at})"
        );
        let columns = "report_release (id, report_id, target_id, customer_id, location_id, number, revision_id, revision_state, title, \
                       summary, released_by, released_at)";
        self.bulk.add(columns, row).await?;
        let about = About { target, appointment, report: &report, release: &release, follow_up: "" };
        self.event(ids, "report_released", at + SECOND, about).await
    }

    /// More to do, by the report.
    async fn follow_up(&mut self, number: u64, ids: &Ids, target: &str, at: i64) -> Result<()> {
        let (follow_up, report) = (self.bulk.id(id(FOLLOW_UP, number)), self.bulk.id(id(REPORT, number)));
        let Ids { customer, location, .. } = ids;
        let staff = self.bulk.id(self.people.staff.uuid());
        let row = format!("({follow_up}, {report}, {customer}, {location}, 'required', 'The lock wears out.', TRUE, {at}, {at}, {staff})");
        let columns = "follow_up (id, report_id, customer_id, location_id, status, public_text, shared, shared_at, created_at, \
                       created_by)";
        self.bulk.add(columns, row).await?;
        let about = About { target, report: &report, follow_up: &follow_up, ..About::default() };
        self.event(ids, "follow_up_shared", at + 2 * SECOND, about).await
    }

    async fn event(&mut self, ids: &Ids, kind: &str, at: i64, about: About<'_>) -> Result<()> {
        self.seq += 1;
        let seq = self.seq;
        let Ids { customer, location, contact, request } = ids;
        let or_null = |id: &str| if id.is_empty() { "NULL".to_owned() } else { id.to_owned() };
        let about = [about.target, about.appointment, about.report, about.release, about.follow_up].map(or_null).join(", ");
        let row = format!("({seq}, {at}, '{kind}', {customer}, {location}, {contact}, {request}, {about})");
        let columns = "event (seq, at, kind, customer_id, location_id, contact_id, request_id, target_id, appointment_id, report_id, \
                       release_id, follow_up_id)";
        self.bulk.add(columns, row).await
    }
}
