//! What a customer may take into its calendar: the shared appointments that it sees, and nothing else.

use crate::actor::Portal;
use crate::appointment::AppointmentStatus;
use crate::calendar::FeedView;
use crate::calendar::ics::Calendar;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::id::{AppointmentId, CalendarFeedId, ContactId, Token};
use crate::journal::{Event, EventKind, Write};

/// A feed that was just made, with the token of its link.
#[derive(Debug)]
pub struct NewFeed {
    pub id: CalendarFeedId,
    pub token: Token,
}

/// A shared appointment, as calendars need it.
#[derive(Clone, sqlx::FromRow)]
pub(super) struct Entry {
    pub id: AppointmentId,
    pub title: String,
    pub location_name: String,
    pub street: String,
    pub postal_code: String,
    pub city: String,
    pub zone: String,
    pub on_date: String,
    pub from_time: String,
    pub until_time: String,
    pub starts_at: Instant,
    pub ends_at: Instant,
    pub status: AppointmentStatus,
    pub sequence: i64,
    pub cancel_reason: Option<String>,
    pub changed_at: Instant,
}

/// The query of a contact's entries, and a rest of its own.
macro_rules! entries {
    ($rest:literal) => {
        concat!(
            "SELECT id, title, location_name, street, postal_code, city, zone, on_date, from_time, until_time, starts_at, ends_at, status,
                sequence, cancel_reason, changed_at
             FROM portal_appointment WHERE contact_id = $1 AND ",
            $rest
        )
    };
}

/// How far back a feed reaches, in seconds.
const PAST: i64 = 90 * 86_400;

/// Everything in a contact's feed: what it sees now, of all its customers, cancelled ones included. At most 5,000, which no customer
/// reaches by far.
pub(super) async fn entries_of(db: &Db, contact: ContactId) -> Result<Vec<Entry>> {
    let since = db.now().minus(PAST);
    read!(db.portal_reader(), Vec<Entry>, entries!("ends_at >= $2 ORDER BY starts_at, id LIMIT 5000"), contact, since)
}

impl Portal<'_> {
    /// One shared appointment as a calendar file.
    ///
    /// # Errors
    /// `NotFound` when it does not exist, is tentative, or is not the viewer's to see.
    pub async fn calendar_file(&self, id: AppointmentId) -> Result<String> {
        let entry = read!(self.reader(), Option<Entry>, entries!("id = $2"), self.contact(), id)?.ok_or(Error::NotFound)?;
        let words = self.db.anonymous().own_words(self.actor.lang).await?;
        let public_url = self.db.settings().public_url.as_str();
        Ok(Calendar { entries: &[entry], lang: self.actor.lang, words: &words, public_url, name: None }.text())
    }

    /// The contact's live feed, with its link when it is the one that was just `made`.
    pub async fn calendar_feed(&self, made: Option<NewFeed>) -> Result<Option<FeedView>> {
        let row = read!(
            self.reader(),
            Option<(CalendarFeedId, Instant, Option<Instant>)>,
            "SELECT id, created_at, fetched_at FROM portal_calendar_feed WHERE contact_id = $1",
            self.contact(),
        )?;
        let Some((id, created_at, fetched_at)) = row else { return Ok(None) };
        let public_url = self.db.settings().public_url.trim_end_matches('/');
        let link = made.filter(|made| made.id == id).map(|made| format!("{public_url}/calendar/{}.ics", made.token.reveal()));
        let (zone, lang) = (self.own_zone().await?, self.actor.lang);
        Ok(Some(FeedView { made: created_at.stamp(&zone, lang), fetched: fetched_at.map(|at| at.stamp(&zone, lang)), link }))
    }

    /// Makes a feed with a new link. The one before it ends.
    ///
    /// # Errors
    /// [`Error::Conflict`] when another one was made at the same moment.
    pub async fn make_calendar_feed(&self) -> Result<NewFeed> {
        let mut w = self.db.write().await?;
        self.end_feed(&mut w).await?;
        let made = NewFeed { id: CalendarFeedId::new(), token: Token::new() };
        let rows = change!(
            w,
            "INSERT INTO calendar_feed (id, contact_id, token_hash, created_at)
             SELECT $2, contact_id, $3, $4 FROM portal_contact WHERE contact_id = $1",
            self.contact(),
            made.id,
            made.token.hash(),
            w.now,
        )
        .map_err(|e| if e.is_unique_violation() { Error::Conflict } else { e })?;
        if rows == 0 {
            return Err(Error::NotSignedIn);
        }
        w.record(self.by(), Event { contact: Some(self.contact()), ..Event::new(EventKind::CalendarFeedMade) });
        w.commit().await?;
        Ok(made)
    }

    /// Ends the contact's feed: its link leads nowhere from now on. Without a feed nothing happens.
    pub async fn end_calendar_feed(&self) -> Result<()> {
        let mut w = self.db.write().await?;
        self.end_feed(&mut w).await?;
        w.commit().await
    }

    async fn end_feed(&self, w: &mut Write<'_>) -> Result<()> {
        let ended = change!(
            w,
            "UPDATE calendar_feed SET ended_at = $2
             WHERE ended_at IS NULL AND id IN (SELECT id FROM portal_calendar_feed WHERE contact_id = $1)",
            self.contact(),
            w.now,
        )?;
        if ended > 0 {
            w.record(self.by(), Event { contact: Some(self.contact()), ..Event::new(EventKind::CalendarFeedEnded) });
        }
        Ok(())
    }
}
