//! A request while a contact writes it: three steps, each kept as typed, until it is sent or thrown away.

use jiff::ToSpan;
use jiff::civil::Weekday;

use crate::actor::Portal;
use crate::attachment::FileView;
use crate::attachment::store::Keys;
use crate::clock::{self, Instant, Zone};
use crate::customer::address_line;
use crate::error::{Error, Result};
use crate::field::{self, Problem};
use crate::id::{AttachmentId, CustomerId, DraftId, LocationId, RequestId};
use crate::journal::Write;
use crate::page::PAGE_SIZE;
use crate::request::submission::{Envelope, Submission, Wishes};
use crate::request::{DayView, DraftView, Kind, PlaceView, TEXT_LIMIT, TITLE_LIMIT, Timing, Urgency, What, WhatInput, WindowInput};
use crate::text::Lang;
use crate::when::{Span, Stamp};

/// Days offered as boxes.
const DAYS_OFFERED: usize = 10;

/// A draft with its location, which is there while the contact may still send requests for it.
#[derive(sqlx::FromRow)]
struct DraftSql {
    id: DraftId,
    kind: Option<Kind>,
    title: String,
    description: String,
    on_site_contact: String,
    urgency: Urgency,
    timing: Timing,
    windows: String,
    updated_at: Instant,
    location_id: Option<LocationId>,
    customer_id: Option<CustomerId>,
    customer_name: Option<String>,
    location_name: Option<String>,
    street: Option<String>,
    postal_code: Option<String>,
    city: Option<String>,
    zone: Option<String>,
}

/// The query of all reads here, and a rest of its own.
macro_rules! drafts {
    ($rest:literal) => {
        concat!(
            "SELECT d.id, d.kind, d.title, d.description, d.on_site_contact, d.urgency, d.timing, d.windows, d.updated_at, d.location_id,
                l.customer_id, l.customer_name, l.name AS location_name, l.street, l.postal_code, l.city, l.zone
             FROM portal_draft d
             LEFT JOIN portal_location l ON l.contact_id = d.contact_id AND l.id = d.location_id
             WHERE d.contact_id = $1 AND ",
            $rest
        )
    };
}

impl DraftSql {
    /// The location's zone; before one is chosen, days are counted in UTC.
    fn zone(&self) -> Zone {
        Zone::stored(self.zone.as_deref().unwrap_or_default())
    }

    fn place(&self) -> Option<PlaceView> {
        let text = |part: &Option<String>| part.clone().unwrap_or_default();
        Some(PlaceView {
            id: self.location_id?,
            customer_id: self.customer_id?,
            customer_name: text(&self.customer_name),
            name: text(&self.location_name),
            address: address_line(&text(&self.street), &text(&self.postal_code), &text(&self.city)),
            zone: text(&self.zone),
            // The view names a draft's location only while that holds.
            may_submit: true,
        })
    }

    fn what(&self) -> WhatInput {
        WhatInput {
            kind: self.kind.map_or_else(String::new, |kind| kind.to_string()),
            title: self.title.clone(),
            description: self.description.clone(),
            on_site_contact: self.on_site_contact.clone(),
            urgency: self.urgency.to_string(),
        }
    }

    fn windows(&self) -> Result<Vec<WindowInput>> {
        serde_json::from_str(&self.windows).map_err(|e| Error::Broken(format!("windows of draft {}: {e}", self.id)))
    }

    fn view(self, files: Vec<FileView>, now: Instant, lang: Lang) -> Result<DraftView> {
        let (zone, windows) = (self.zone(), self.windows()?);
        Ok(DraftView {
            id: self.id,
            location: self.place(),
            what: self.what(),
            timing: self.timing,
            spans: windows.iter().map(|window| written_out(window, &zone, now, lang)).collect(),
            windows,
            files,
            days: days(&zone, now, lang),
            saved: self.updated_at.stamp(&zone, lang),
        })
    }

    /// All that is wrong with it as a request, or where it would go and what it says.
    fn checked(&self, now: Instant) -> Result<(PlaceView, Submission)> {
        let checked = Submission::parse(&self.what(), self.timing.word(), &self.windows()?, &self.zone(), now);
        match (self.place(), checked) {
            (Some(place), Ok(submission)) => Ok((place, submission)),
            (place, checked) => {
                let mut problems = checked.err().unwrap_or_default();
                if place.is_none() {
                    problems.add("location", Problem::NothingChosen);
                }
                Err(problems.into())
            }
        }
    }
}

/// A file with the draft it belongs to.
#[derive(sqlx::FromRow)]
struct DraftFileSql {
    draft_id: DraftId,
    #[sqlx(flatten)]
    file: FileView,
}

/// What goes with a draft that is thrown away.
#[derive(sqlx::FromRow)]
struct DraftFileKeys {
    id: AttachmentId,
    #[sqlx(flatten)]
    keys: Keys,
}

impl Portal<'_> {
    /// The drafts that were worked on last, a page at most; of the customer chosen in the switcher, or without a location yet.
    pub async fn drafts(&self) -> Result<Vec<DraftView>> {
        let rows = read!(
            self.reader(),
            Vec<DraftSql>,
            drafts!("($2 IS NULL OR l.customer_id IS NULL OR l.customer_id = $2) ORDER BY d.updated_at DESC, d.id LIMIT $3"),
            self.contact(),
            self.actor.customer,
            PAGE_SIZE,
        )?;
        let mut files = self.draft_files(None).await?;
        let now = self.db.now();
        rows.into_iter()
            .map(|row| {
                let own = files.extract_if(.., |file| file.draft_id == row.id).map(|file| file.file).collect();
                row.view(own, now, self.actor.lang)
            })
            .collect()
    }

    /// # Errors
    /// [`Error::NotFound`] for a draft that is not the contact's, was sent or does not exist.
    pub async fn draft(&self, draft: DraftId) -> Result<DraftView> {
        let row = read!(self.reader(), Option<DraftSql>, drafts!("d.id = $2"), self.contact(), draft)?.ok_or(Error::NotFound)?;
        let files = self.draft_files(Some(draft)).await?.into_iter().map(|file| file.file).collect();
        row.view(files, self.db.now(), self.actor.lang)
    }

    async fn draft_files(&self, draft: Option<DraftId>) -> Result<Vec<DraftFileSql>> {
        read!(
            self.reader(),
            Vec<DraftFileSql>,
            "SELECT draft_id, id, name, media_type, size, '' AS caption, TRUE AS own, preview_width, preview_height
             FROM portal_draft_file
             WHERE contact_id = $1 AND ($2 IS NULL OR draft_id = $2)
             ORDER BY created_at, id",
            self.contact(),
            draft,
        )
    }

    /// Begins a draft, for a location that is known already or for "".
    ///
    /// # Errors
    /// [`Problem::NotAChoice`] for the field `location`, alike for a foreign, an unknown and a malformed id, and for all without the right
    /// to send requests.
    pub async fn start_draft(&self, location: &str) -> Result<DraftId> {
        let draft = DraftId::new();
        let mut w = self.db.write().await?;
        let (contact, now) = (self.contact(), w.now);
        let begun = change!(
            w,
            "INSERT INTO draft (id, contact_id, created_at, updated_at)
             SELECT $1, c.contact_id, $2, $2 FROM portal_contact c
             WHERE c.contact_id = $3 AND EXISTS (SELECT 1 FROM portal_location l WHERE l.contact_id = c.contact_id AND l.may_submit)",
            draft,
            now,
            contact,
        )?;
        if begun == 0 {
            return Err(not_a_choice());
        }
        if !location.is_empty() {
            self.put_location(&mut w, draft, location).await?;
        }
        w.commit_unrecorded().await?;
        Ok(draft)
    }

    /// Keeps the first step: where.
    ///
    /// # Errors
    /// As for [`Self::start_draft`]; [`Problem::NothingChosen`] for ""; [`Error::NotFound`] for a draft that is not the contact's.
    pub async fn save_where(&self, draft: DraftId, location: &str) -> Result<()> {
        let mut w = self.db.write().await?;
        self.lock_draft(&mut w, draft).await?;
        if location.is_empty() {
            return Err(Error::invalid("location", Problem::NothingChosen));
        }
        self.put_location(&mut w, draft, location).await?;
        w.commit_unrecorded().await
    }

    async fn put_location(&self, w: &mut Write<'_>, draft: DraftId, location: &str) -> Result<()> {
        let location: LocationId = location.parse().map_err(|_| not_a_choice())?;
        let rows = change!(
            w,
            "UPDATE draft SET location_id = $3
             WHERE id IN (SELECT id FROM portal_draft WHERE contact_id = $1 AND id = $2)
                AND EXISTS (SELECT 1 FROM portal_location l WHERE l.contact_id = $1 AND l.id = $3 AND l.may_submit)",
            self.contact(),
            draft,
            location,
        )?;
        if rows == 0 { Err(not_a_choice()) } else { Ok(()) }
    }

    /// Keeps the second step, and says what is missing or wrong.
    ///
    /// # Errors
    /// The problems of all fields, after keeping; [`Error::NotFound`] for a draft that is not the contact's.
    pub async fn save_what(&self, draft: DraftId, input: &WhatInput) -> Result<()> {
        self.keep_what(draft, input).await?;
        What::parse(input)?;
        Ok(())
    }

    /// Keeps the second step as far as it is typed, cut to its limits, and gives the time of saving.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a draft that is not the contact's.
    pub async fn keep_what(&self, draft: DraftId, input: &WhatInput) -> Result<Stamp> {
        let mut w = self.db.write().await?;
        let row = self.lock_draft(&mut w, draft).await?;
        change!(
            w,
            "UPDATE draft SET kind = $3, title = $4, description = $5, on_site_contact = $6, urgency = $7
             WHERE id IN (SELECT id FROM portal_draft WHERE contact_id = $1 AND id = $2)",
            self.contact(),
            draft,
            input.kind.parse::<Kind>().ok(),
            cut(field::line(&input.title, 0, usize::MAX), TITLE_LIMIT),
            cut(field::lines(&input.description, 0, usize::MAX), TEXT_LIMIT),
            cut(field::line(&input.on_site_contact, 0, usize::MAX), TITLE_LIMIT),
            input.urgency.parse::<Urgency>().unwrap_or(Urgency::Normal),
        )?;
        let saved = w.now.stamp(&row.zone(), self.actor.lang);
        w.commit_unrecorded().await?;
        Ok(saved)
    }

    /// Keeps the third step: when. Wishes that cannot be are not kept.
    ///
    /// # Errors
    /// Problems of `timing` and `windows`; [`Error::NotFound`] for a draft that is not the contact's.
    pub async fn save_when(&self, draft: DraftId, timing: &str, windows: &[WindowInput]) -> Result<()> {
        let mut w = self.db.write().await?;
        let row = self.lock_draft(&mut w, draft).await?;
        let wishes = Wishes::parse(timing, windows, &row.zone(), w.now)?;
        let windows = serde_json::to_string(&wishes.inputs()).map_err(|e| Error::Broken(e.to_string()))?;
        change!(
            w,
            "UPDATE draft SET timing = $3, windows = $4 WHERE id IN (SELECT id FROM portal_draft WHERE contact_id = $1 AND id = $2)",
            self.contact(),
            draft,
            wishes.timing,
            windows.as_str(),
        )?;
        w.commit_unrecorded().await
    }

    /// Throws a draft away, with its files.
    pub async fn discard_draft(&self, draft: DraftId) -> Result<()> {
        let mut w = self.db.write().await?;
        self.lock_draft(&mut w, draft).await?;
        let files = within!(
            w,
            Vec<DraftFileKeys>,
            "SELECT id, storage_key, preview_key FROM portal_draft_file WHERE contact_id = $1 AND draft_id = $2",
            self.contact(),
            draft,
        )?;
        for file in &files {
            change!(
                w,
                "DELETE FROM download WHERE attachment_id IN (SELECT id FROM portal_draft_file WHERE contact_id = $1 AND id = $2)",
                self.contact(),
                file.id,
            )?;
        }
        change!(
            w,
            "DELETE FROM attachment WHERE id IN (SELECT id FROM portal_draft_file WHERE contact_id = $1 AND draft_id = $2)",
            self.contact(),
            draft,
        )?;
        change!(w, "DELETE FROM draft WHERE id IN (SELECT id FROM portal_draft WHERE contact_id = $1 AND id = $2)", self.contact(), draft)?;
        w.commit_unrecorded().await?;
        for file in &files {
            self.db.files().remove(&file.keys).await;
        }
        Ok(())
    }

    /// Sends a draft. The request takes over the draft's id, so sending it again, also at the same moment, gives the same request (R15).
    ///
    /// # Errors
    /// The problems of all three steps; [`Error::NotFound`] for a draft that is not the contact's.
    pub async fn submit(&self, draft: DraftId) -> Result<RequestId> {
        let request = RequestId::from(draft.uuid());
        let mut w = self.db.write().await?;
        let row = match self.lock_draft(&mut w, draft).await {
            Err(Error::NotFound) => return self.sent_before(&mut w, request).await,
            row => row?,
        };
        let (place, submission) = row.checked(w.now)?;
        let envelope = Envelope {
            id: request,
            idempotency_key: draft.uuid(),
            contact: self.contact(),
            customer: place.customer_id,
            location: place.id,
            recorded_by: None,
        };
        if !submission.insert(&mut w, &envelope).await? {
            // The right went away since the draft was read.
            return Err(Error::Conflict);
        }
        change!(
            w,
            "UPDATE attachment SET request_id = $3, draft_id = NULL
             WHERE id IN (SELECT id FROM portal_draft_file WHERE contact_id = $1 AND draft_id = $2)",
            self.contact(),
            draft,
            request,
        )?;
        let now = w.now;
        change!(
            w,
            "UPDATE draft SET submitted_at = $3 WHERE id IN (SELECT id FROM portal_draft WHERE contact_id = $1 AND id = $2)",
            self.contact(),
            draft,
            now,
        )?;
        w.commit().await?;
        Ok(request)
    }

    /// The request that a draft became, for those who go back to it.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a draft that was not sent, is not the contact's or does not exist.
    pub async fn sent_draft(&self, draft: DraftId) -> Result<RequestId> {
        let row = read!(
            self.reader(),
            Option<(RequestId,)>,
            "SELECT id FROM portal_request WHERE contact_id = $1 AND id = $2 AND own",
            self.contact(),
            draft.uuid(),
        )?;
        row.map(|(id,)| id).ok_or(Error::NotFound)
    }

    async fn sent_before(&self, w: &mut Write<'_>, request: RequestId) -> Result<RequestId> {
        let row = within!(
            w,
            Option<(RequestId,)>,
            "SELECT id FROM portal_request WHERE contact_id = $1 AND id = $2 AND own",
            self.contact(),
            request,
        )?;
        row.map(|(id,)| id).ok_or(Error::NotFound)
    }

    /// Makes everybody else who writes this draft, adds files to it or sends it wait, then reads it as it is now.
    async fn lock_draft(&self, w: &mut Write<'_>, draft: DraftId) -> Result<DraftSql> {
        change!(
            w,
            "UPDATE draft SET updated_at = $3 WHERE id IN (SELECT id FROM portal_draft WHERE contact_id = $1 AND id = $2)",
            self.contact(),
            draft,
            w.now,
        )?;
        within!(w, Option<DraftSql>, drafts!("d.id = $2"), self.contact(), draft)?.ok_or(Error::NotFound)
    }
}

fn not_a_choice() -> Error {
    Error::invalid("location", Problem::NotAChoice)
}

/// What was typed, as far as it fits.
fn cut(text: std::result::Result<String, Problem>, limit: usize) -> String {
    text.unwrap_or_default().chars().take(limit).collect()
}

fn written_out(window: &WindowInput, zone: &Zone, now: Instant, lang: Lang) -> Span {
    let hours = (!window.from.is_empty()).then_some((window.from.as_str(), window.until.as_str())).unzip();
    clock::span(&window.date, hours.0, hours.1, zone, now, lang)
}

/// The next working days, from tomorrow at the location.
fn days(zone: &Zone, now: Instant, lang: Lang) -> Vec<DayView> {
    let working = |day: &jiff::civil::Date| !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
    now.date_in(zone)
        .series(1.day())
        .skip(1)
        .filter(working)
        .take(DAYS_OFFERED)
        .map(|day| DayView { date: day.to_string(), text: clock::day_text(day, lang) })
        .collect()
}
