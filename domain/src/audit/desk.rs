//! Reading the audit log, and taking it along.

use jiff::ToSpan;
use uuid::Uuid;

use crate::actor::Desk;
use crate::audit::{About, AuditEntry, AuditFilter, AuditLog, Subject};
use crate::clock::{Instant, Zone, parse_date};
use crate::db::containing;
use crate::error::Result;
use crate::id::{ContactId, CustomerId, ReportId, RequestId, TargetId};
use crate::journal::{Event, EventKind, LogRow, changed_fields};
use crate::page::{Cursor, PAGE_SIZE, Page};
use crate::role::Act;
use crate::text::Lang;

/// Rows that an export reads at once.
const PART: i64 = 200;

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(flatten)]
    log: LogRow,
    request_id: Option<RequestId>,
    request_number: Option<String>,
    target_id: Option<TargetId>,
    target_title: Option<String>,
    report_id: Option<ReportId>,
    report_title: Option<String>,
    contact_id: Option<ContactId>,
    contact_name: Option<String>,
    customer_id: Option<CustomerId>,
    customer_name: Option<String>,
    staff_name: Option<String>,
}

impl Row {
    fn entry(self, zone: &Zone, lang: Lang) -> AuditEntry {
        let about = self.about();
        AuditEntry { log: self.log.entry(zone, lang), about }
    }

    /// The nearest record: an event about a report knows its work, its request and its customer too.
    fn about(&self) -> Option<About> {
        let of_visit = Subject::Work.covers(&self.log.kind) || Subject::Appointment.covers(&self.log.kind);
        let report = self.report_id.zip(self.report_title.clone()).map(|(id, title)| About::Report(id, title));
        let work = self.target_id.zip(self.target_title.clone()).map(|(id, title)| About::Work(id, title));
        let request = self.request_id.zip(self.request_number.clone()).map(|(id, number)| About::Request(id, number));
        let person = || self.contact_id.zip(self.contact_name.clone()).map(|(id, name)| About::Person(id, name));
        let customer = || self.customer_id.zip(self.customer_name.clone()).map(|(id, name)| About::Customer(id, name));
        let staff = || self.staff_name.clone().map(About::Staff);
        let of_record = if of_visit { report.or(work).or(request) } else { report.or(request).or(work) };
        of_record.or_else(person).or_else(customer).or_else(staff)
    }
}

/// A filter as the database is asked by it.
struct Wanted {
    /// Words of kinds with a comma around each.
    kinds: Option<String>,
    who: Option<String>,
    from: Option<Instant>,
    before: Option<Instant>,
}

impl Wanted {
    fn of(filter: &AuditFilter, zone: &Zone) -> Self {
        let day = |text: &str| parse_date(text).ok();
        let from = day(&filter.from).and_then(|day| zone.start_of(day).ok());
        let before = day(&filter.until).and_then(|day| day.checked_add(1.day()).ok()).and_then(|next| zone.start_of(next).ok());
        let who = Some(filter.who.trim()).filter(|who| !who.is_empty()).map(containing);
        Self { kinds: kinds(filter), who, from, before }
    }
}

/// The kinds that a filter leaves, if it leaves out any. What is no subject and no kind is had by no event.
fn kinds(filter: &AuditFilter) -> Option<String> {
    if filter.subject.is_empty() && filter.kind.is_empty() {
        return None;
    }
    let subject: Option<Subject> = filter.subject.parse().ok();
    let fits = |word: &&str| {
        let of_subject = filter.subject.is_empty() || subject.is_some_and(|subject| subject.covers(word));
        of_subject && (filter.kind.is_empty() || filter.kind == **word)
    };
    let words = EventKind::ALL.iter().map(|kind| kind.word()).filter(fits);
    Some(words.fold(",".to_owned(), |list, word| list + word + ","))
}

impl Desk<'_> {
    /// What happened, newest first.
    pub async fn journal(&self, filter: &AuditFilter) -> Result<AuditLog> {
        self.allow(Act::Administer).await?;
        let (last, _) = Cursor::parts(Some(&Cursor(filter.after.clone())));
        let zone = self.company_zone().await?;
        let rows = self.journal_rows(&Wanted::of(filter, &zone), last, PAGE_SIZE + 1).await?;
        Ok(AuditLog {
            entries: Page::of(rows, |row| (row.log.seq, Uuid::nil()), |row| row.entry(&zone, self.actor.lang)),
            kinds: EventKind::ALL.iter().map(|kind| kind.word().to_owned()).collect(),
            zone: zone.name().to_owned(),
        })
    }

    /// Writes down that the log is exported, and what of it.
    pub async fn record_journal_export(&self, filter: &AuditFilter) -> Result<()> {
        let mut w = self.begin(Act::Administer).await?;
        let details = changed_fields(&[
            ("subject", !filter.subject.is_empty()),
            ("kind", !filter.kind.is_empty()),
            ("person", !filter.who.trim().is_empty()),
            ("dates", !filter.from.is_empty() || !filter.until.is_empty()),
        ]);
        w.record(self.by(), Event { details, ..Event::new(EventKind::JournalExported) });
        w.commit().await
    }

    /// The next part of an export, newest first: what happened before the event `before`. Nothing is left when it is empty.
    pub async fn journal_part(&self, filter: &AuditFilter, before: Option<i64>) -> Result<Vec<AuditEntry>> {
        self.allow(Act::Administer).await?;
        let zone = self.company_zone().await?;
        let rows = self.journal_rows(&Wanted::of(filter, &zone), before, PART).await?;
        Ok(rows.into_iter().map(|row| row.entry(&zone, self.actor.lang)).collect())
    }

    async fn journal_rows(&self, wanted: &Wanted, before: Option<i64>, limit: i64) -> Result<Vec<Row>> {
        read!(
            self.reader(),
            Vec<Row>,
            "SELECT e.seq, e.kind, COALESCE(s.name, c.name) AS actor_name, e.at, e.details,
                r.id AS request_id, r.number AS request_number, t.id AS target_id, t.title AS target_title,
                p.id AS report_id, pt.title AS report_title, oc.id AS contact_id, oc.name AS contact_name,
                cu.id AS customer_id, cu.name AS customer_name, os.name AS staff_name
             FROM event e
             LEFT JOIN staff s ON s.id = e.actor_staff_id
             LEFT JOIN contact c ON c.id = e.actor_contact_id
             LEFT JOIN staff os ON os.id = e.staff_id
             LEFT JOIN contact oc ON oc.id = e.contact_id
             LEFT JOIN customer cu ON cu.id = e.customer_id
             LEFT JOIN request r ON r.id = e.request_id
             LEFT JOIN target t ON t.id = e.target_id
             LEFT JOIN report p ON p.id = e.report_id
             LEFT JOIN target pt ON pt.id = p.target_id
             WHERE ($1 IS NULL OR e.seq < $1)
                AND ($2 IS NULL OR $2 LIKE '%,' || e.kind || ',%')
                AND ($3 IS NULL OR lower(s.name) LIKE lower($3) ESCAPE '\\' OR s.email LIKE lower($3) ESCAPE '\\'
                    OR lower(c.name) LIKE lower($3) ESCAPE '\\' OR c.email LIKE lower($3) ESCAPE '\\'
                    OR lower(os.name) LIKE lower($3) ESCAPE '\\' OR os.email LIKE lower($3) ESCAPE '\\'
                    OR lower(oc.name) LIKE lower($3) ESCAPE '\\' OR oc.email LIKE lower($3) ESCAPE '\\')
                AND ($4 IS NULL OR e.at >= $4)
                AND ($5 IS NULL OR e.at < $5)
             ORDER BY e.seq DESC LIMIT $6",
            before,
            wanted.kinds.as_deref(),
            wanted.who.as_deref(),
            wanted.from,
            wanted.before,
            limit,
        )
    }
}
