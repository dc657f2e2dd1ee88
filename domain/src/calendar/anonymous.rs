//! What a calendar program can do that has a feed's link: read the appointments that the link's contact sees at that moment.

use crate::actor::Anonymous;
use crate::calendar::ics::Calendar;
use crate::calendar::portal::entries_of;
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::id::{CalendarFeedId, ContactId, Token};
use crate::session::contact::{LAST_SEEN_STEP, end_grants_past};
use crate::text::{Lang, Text};
use crate::throttle::{self, Client};

/// What calendar programs call it.
const NAME: Text = Text::new("Appointments, {company}", "Termine, {company}");

#[derive(sqlx::FromRow)]
struct LiveFeed {
    id: CalendarFeedId,
    contact_id: ContactId,
    lang: Lang,
    fetched_at: Option<Instant>,
    grant_ran_out: bool,
}

impl Anonymous<'_> {
    /// The calendar behind a feed's link, in its contact's language. That it was fetched is written down, at most every five minutes.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a link that is unknown, ended or of a contact that is not active: the same for all.
    /// [`Error::TooMany`] after many of them from one address.
    pub async fn calendar(&self, token: &Token, client: &Client) -> Result<String> {
        let now = self.db.now();
        let found = read!(
            self.db.main_reader(),
            Option<LiveFeed>,
            "SELECT f.id, f.contact_id, c.lang, f.fetched_at,
                CASE WHEN EXISTS (SELECT 1 FROM access_grant g WHERE g.contact_id = c.id AND g.ended_at IS NULL AND g.expires_at <= $2)
                    THEN TRUE ELSE FALSE END AS grant_ran_out
             FROM calendar_feed f JOIN contact c ON c.id = f.contact_id
             WHERE f.token_hash = $1 AND f.ended_at IS NULL AND c.state = 'active'",
            token.hash(),
            now,
        )?;
        let Some(feed) = found else {
            throttle::count(self.db, &[(throttle::FEED_ADDRESS, &client.address.to_string())]).await?;
            return Err(Error::NotFound);
        };
        // The views have no clock.
        if feed.grant_ran_out {
            end_grants_past(self.db, now).await?;
        }
        let entries = entries_of(self.db, feed.contact_id).await?;
        let (company, words) = (self.company().await?.name, self.own_words(feed.lang).await?);
        self.note_fetch(&feed, now).await?;
        let name = NAME.fill(feed.lang, &[("company", &company)]);
        let public_url = self.db.settings().public_url.as_str();
        Ok(Calendar { entries: &entries, lang: feed.lang, words: &words, public_url, name: Some(name) }.text())
    }

    async fn note_fetch(&self, feed: &LiveFeed, now: Instant) -> Result<()> {
        if feed.fetched_at.is_some_and(|at| at > now.minus(LAST_SEEN_STEP)) {
            return Ok(());
        }
        let mut w = self.db.write().await?;
        change!(w, "UPDATE calendar_feed SET fetched_at = $2 WHERE id = $1", feed.id, now)?;
        w.commit_unrecorded().await
    }
}
