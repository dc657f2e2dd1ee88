//! Keeps the table of words in step with what happens. A [`Write`] calls it at its commit with its events, so no act can forget to: an
//! event that changes what a record is found by is listed in [`Subject::of`].

use std::collections::BTreeSet;

use uuid::Uuid;

use crate::clock::Instant;
use crate::error::Result;
use crate::id::{ContactId, CustomerId, LocationId, ReportId, RequestId, TargetId};
use crate::journal::{By, Event, EventKind, Write};
use crate::search::Noun;
use crate::search::words;

/// The word that every record has, and nobody types.
pub(super) const EVERY: &[u8] = &[0];
/// Words that one statement inserts.
const AT_ONCE: usize = 8;

/// A record whose words may have changed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Subject {
    Customer(CustomerId),
    Location(LocationId),
    Contact(ContactId),
    Request(RequestId),
    Target(TargetId),
    Report(ReportId),
}

impl Subject {
    fn of(event: &Event) -> Option<Self> {
        match event.kind {
            EventKind::CustomerAdded | EventKind::CustomerChanged => event.customer.map(Self::Customer),
            EventKind::LocationAdded | EventKind::LocationChanged => event.location.map(Self::Location),
            EventKind::ContactAdded | EventKind::ContactChanged => event.contact.map(Self::Contact),
            EventKind::RequestSubmitted
            | EventKind::RequestMessageSent
            | EventKind::RequestQuestionAsked
            | EventKind::RequestAnswered
            | EventKind::RequestNoteWritten => event.request.map(Self::Request),
            EventKind::TargetCreated | EventKind::TargetChanged | EventKind::TargetRenamed => event.target.map(Self::Target),
            EventKind::ReportWritten | EventKind::ReportReleased => event.report.map(Self::Report),
            _ => None,
        }
    }
}

/// A record as it is found.
struct Record {
    noun: Noun,
    id: Uuid,
    since: Instant,
    texts: Vec<String>,
    /// Whose words it is found by besides its own.
    belongs: [Option<Uuid>; 3],
}

/// Brings the words of all records that these events are about up to date. The transaction holds the journal's counter, so that nobody
/// else changes words at the same time: a new record gets its customer's words as they are.
pub(crate) async fn keep(w: &mut Write<'_>, events: &[(By, Event)]) -> Result<()> {
    let mut subjects: Vec<Subject> = Vec::new();
    for subject in events.iter().filter_map(|(_, event)| Subject::of(event)) {
        if !subjects.contains(&subject) {
            subjects.push(subject);
        }
    }
    for customer in events.iter().filter(|(_, event)| event.kind == EventKind::LocationsImported).filter_map(|(_, event)| event.customer) {
        subjects.extend(without_words(w, customer).await?.into_iter().map(Subject::Location));
    }
    for subject in subjects {
        if let Some(record) = subject.read(w).await? {
            record.keep(w).await?;
        }
    }
    Ok(())
}

/// The locations of a customer that nobody can find yet: a list of them is one event.
async fn without_words(w: &mut Write<'_>, customer: CustomerId) -> Result<Vec<LocationId>> {
    let rows = within!(
        w,
        Vec<(LocationId,)>,
        "SELECT l.id FROM location l
         WHERE l.customer_id = $1 AND NOT EXISTS (SELECT 1 FROM search_term s WHERE s.record_id = l.id)
         ORDER BY l.name, l.id",
        customer,
    )?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

impl Record {
    async fn keep(&self, w: &mut Write<'_>) -> Result<()> {
        let before = within!(w, Vec<(Vec<u8>,)>, "SELECT term FROM search_term WHERE record_id = $1 AND from_id = $1", self.id)?;
        let before: BTreeSet<Vec<u8>> = before.into_iter().map(|(term,)| term).collect();
        let words = words::kept(self.texts.iter().map(String::as_str)).into_iter().map(String::into_bytes);
        let now: BTreeSet<Vec<u8>> = words.chain([EVERY.to_vec()]).collect();
        let (gone, come): (Vec<_>, Vec<_>) = (before.difference(&now).collect(), now.difference(&before).collect());
        for words in come.chunks(AT_ONCE) {
            self.insert(w, words).await?;
        }
        for word in &gone {
            change!(w, "DELETE FROM search_term WHERE record_id = $1 AND term = $2 AND from_id = $1", self.id, word.as_slice())?;
        }
        if before.is_empty() {
            return self.borrow_words(w).await;
        }
        if matches!(self.noun, Noun::Customer | Noun::Location | Noun::Contact) {
            self.lend(w, &come, &gone).await?;
        }
        Ok(())
    }

    /// Inserts up to [`AT_ONCE`] words; the last one stands for those that are missing.
    async fn insert(&self, w: &mut Write<'_>, words: &[&Vec<u8>]) -> Result<()> {
        let word = |at: usize| words.get(at).or(words.last()).map_or(EVERY, |word| word.as_slice());
        change!(
            w,
            "INSERT INTO search_term (noun, record_id, from_id, place, term)
             VALUES ($1, $2, $2, $3, $4), ($1, $2, $2, $3, $5), ($1, $2, $2, $3, $6), ($1, $2, $2, $3, $7),
                ($1, $2, $2, $3, $8), ($1, $2, $2, $3, $9), ($1, $2, $2, $3, $10), ($1, $2, $2, $3, $11)
             ON CONFLICT DO NOTHING",
            self.noun,
            self.id,
            self.place(),
            word(0),
            word(1),
            word(2),
            word(3),
            word(4),
            word(5),
            word(6),
            word(7),
        )?;
        Ok(())
    }

    /// The newest records are found first.
    fn place(&self) -> i64 {
        -self.since.micros()
    }

    /// Gives a new record the words of what it belongs to.
    async fn borrow_words(&self, w: &mut Write<'_>) -> Result<()> {
        change!(
            w,
            "INSERT INTO search_term (noun, record_id, from_id, place, term)
             SELECT $1, $2, s.from_id, $3, s.term FROM search_term s
             WHERE s.record_id IN ($4, $5, $6) AND s.from_id = s.record_id AND s.term <> $7
             ON CONFLICT DO NOTHING",
            self.noun,
            self.id,
            self.place(),
            self.belongs[0],
            self.belongs[1],
            self.belongs[2],
            EVERY,
        )?;
        Ok(())
    }

    /// Changes the words of everything that belongs to this customer, location or contact.
    async fn lend(&self, w: &mut Write<'_>, come: &[&Vec<u8>], gone: &[&Vec<u8>]) -> Result<()> {
        for word in come {
            change!(
                w,
                "INSERT INTO search_term (noun, record_id, from_id, place, term)
                 SELECT d.noun, d.record_id, $1, d.place, $2 FROM search_term d
                 WHERE d.term = $3 AND d.from_id = d.record_id AND d.record_id IN (
                    SELECT l.id FROM location l WHERE l.customer_id = $1
                    UNION ALL SELECT r.id FROM request r WHERE r.contact_id = $1
                    UNION ALL SELECT t.id FROM target t WHERE t.contact_id = $1
                    UNION ALL SELECT r.id FROM request r
                        WHERE r.location_id IN (SELECT l.id FROM location l WHERE l.id = $1 OR l.customer_id = $1)
                    UNION ALL SELECT t.id FROM target t
                        WHERE t.location_id IN (SELECT l.id FROM location l WHERE l.id = $1 OR l.customer_id = $1)
                    UNION ALL SELECT p.id FROM report p
                        WHERE p.location_id IN (SELECT l.id FROM location l WHERE l.id = $1 OR l.customer_id = $1))
                 ON CONFLICT DO NOTHING",
                self.id,
                word.as_slice(),
                EVERY,
            )?;
        }
        for word in gone {
            change!(w, "DELETE FROM search_term WHERE from_id = $1 AND term = $2 AND from_id <> record_id", self.id, word.as_slice(),)?;
        }
        Ok(())
    }
}

// ----------------------------------------------------------------------------------------- what records are found by

#[derive(sqlx::FromRow)]
struct LocationSql {
    name: String,
    street: String,
    postal_code: String,
    city: String,
    customer_id: CustomerId,
    created_at: Instant,
}

#[derive(sqlx::FromRow)]
struct RequestSql {
    number: String,
    title: String,
    description: String,
    on_site_contact: String,
    customer_id: CustomerId,
    location_id: LocationId,
    contact_id: ContactId,
    submitted_at: Instant,
}

#[derive(sqlx::FromRow)]
struct TargetSql {
    number: String,
    title: String,
    public_title: String,
    dispatch_note: String,
    billing_code: String,
    customer_id: CustomerId,
    location_id: LocationId,
    contact_id: Option<ContactId>,
    created_at: Instant,
}

#[derive(sqlx::FromRow)]
struct ReportSql {
    number: String,
    customer_id: CustomerId,
    location_id: LocationId,
    created_at: Instant,
}

impl Subject {
    async fn read(self, w: &mut Write<'_>) -> Result<Option<Record>> {
        match self {
            Self::Customer(id) => customer(w, id).await,
            Self::Location(id) => location(w, id).await,
            Self::Contact(id) => contact(w, id).await,
            Self::Request(id) => request(w, id).await,
            Self::Target(id) => target(w, id).await,
            Self::Report(id) => report(w, id).await,
        }
    }
}

async fn customer(w: &mut Write<'_>, id: CustomerId) -> Result<Option<Record>> {
    let row = within!(w, Option<(String, Instant)>, "SELECT name, created_at FROM customer WHERE id = $1", id)?;
    Ok(row.map(|(name, since)| Record { noun: Noun::Customer, id: id.uuid(), since, texts: vec![name], belongs: [None; 3] }))
}

async fn location(w: &mut Write<'_>, id: LocationId) -> Result<Option<Record>> {
    let row = within!(
        w,
        Option<LocationSql>,
        "SELECT name, street, postal_code, city, customer_id, created_at FROM location WHERE id = $1",
        id,
    )?;
    Ok(row.map(|row| Record {
        noun: Noun::Location,
        id: id.uuid(),
        since: row.created_at,
        texts: vec![row.name, row.street, row.postal_code, row.city],
        belongs: [Some(row.customer_id.uuid()), None, None],
    }))
}

async fn contact(w: &mut Write<'_>, id: ContactId) -> Result<Option<Record>> {
    let row =
        within!(w, Option<(String, String, String, Instant)>, "SELECT name, email, phone, created_at FROM contact WHERE id = $1", id,)?;
    Ok(row.map(|(name, email, phone, since)| Record {
        noun: Noun::Contact,
        id: id.uuid(),
        since,
        texts: vec![name, email, phone],
        belongs: [None; 3],
    }))
}

/// A request is also found by what was written about it.
async fn request(w: &mut Write<'_>, id: RequestId) -> Result<Option<Record>> {
    let row = within!(
        w,
        Option<RequestSql>,
        "SELECT number, title, description, on_site_contact, customer_id, location_id, contact_id, submitted_at FROM request WHERE id = $1",
        id,
    )?;
    let Some(row) = row else { return Ok(None) };
    let written = within!(
        w,
        Vec<(String,)>,
        "SELECT m.body FROM request_message m WHERE m.request_id = $1
         UNION ALL SELECT n.body FROM request_note n WHERE n.request_id = $1",
        id,
    )?;
    let mut texts = vec![unparted(&row.number), row.number, row.title, row.on_site_contact, row.description];
    texts.extend(written.into_iter().map(|(body,)| body));
    let belongs = [Some(row.customer_id.uuid()), Some(row.location_id.uuid()), Some(row.contact_id.uuid())];
    Ok(Some(Record { noun: Noun::Request, id: id.uuid(), since: row.submitted_at, texts, belongs }))
}

async fn target(w: &mut Write<'_>, id: TargetId) -> Result<Option<Record>> {
    let row = within!(
        w,
        Option<TargetSql>,
        "SELECT number, title, public_title, dispatch_note, billing_code, customer_id, location_id, contact_id, created_at
         FROM target WHERE id = $1",
        id,
    )?;
    Ok(row.map(|row| Record {
        noun: Noun::Target,
        id: id.uuid(),
        since: row.created_at,
        texts: vec![unparted(&row.number), row.number, row.title, row.public_title, row.billing_code, row.dispatch_note],
        belongs: [Some(row.customer_id.uuid()), Some(row.location_id.uuid()), row.contact_id.map(ContactId::uuid)],
    }))
}

/// A report is found by its newest text, by the words that the customer has of it, and by the number of its work.
async fn report(w: &mut Write<'_>, id: ReportId) -> Result<Option<Record>> {
    let row = within!(
        w,
        Option<ReportSql>,
        "SELECT t.number, p.customer_id, p.location_id, p.created_at FROM report p JOIN target t ON t.id = p.target_id WHERE p.id = $1",
        id,
    )?;
    let Some(row) = row else { return Ok(None) };
    let body = within!(w, Option<(String,)>, "SELECT body FROM report_revision WHERE report_id = $1 ORDER BY number DESC LIMIT 1", id,)?;
    let shared = within!(
        w,
        Option<(String, String, String)>,
        "SELECT title, summary, message FROM report_release WHERE report_id = $1 AND ended_at IS NULL",
        id,
    )?;
    let mut texts = vec![unparted(&row.number), row.number];
    texts.extend(shared.into_iter().flat_map(|(title, summary, message)| [title, summary, message]));
    texts.extend(body.map(|(body,)| body));
    let belongs = [Some(row.customer_id.uuid()), Some(row.location_id.uuid()), None];
    Ok(Some(Record { noun: Noun::Report, id: id.uuid(), since: row.created_at, texts, belongs }))
}

/// A number without its hyphen, as some type it.
fn unparted(number: &str) -> String {
    number.replace('-', "")
}
