//! Stopping mails with the link in one of them, without a sign-in.

use crate::actor::Anonymous;
use crate::error::{Error, Result};
use crate::id::{ContactId, Token};
use crate::journal::{By, Event, EventKind};
use crate::notification::{Choice, Timing, Topic, UnsubscribeView};

impl Anonymous<'_> {
    /// What the link would stop. Changes nothing, however often it is opened.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a link that is unknown, used or too old: the same for all.
    pub async fn unsubscription(&self, token: &Token) -> Result<UnsubscribeView> {
        let found = read!(
            self.db.main_reader(),
            Option<(Option<Topic>,)>,
            "SELECT topic FROM unsubscribe_token WHERE token_hash = $1",
            token.hash(),
        )?;
        let (topic,) = found.ok_or(Error::NotFound)?;
        Ok(UnsubscribeView { company: self.company().await?.name, topic })
    }

    /// Stops the mails that the link is about. The link is then used up, so that it cannot undo a later choice.
    ///
    /// # Errors
    /// [`Error::NotFound`] as for [`Anonymous::unsubscription`].
    pub async fn unsubscribe(&self, token: &Token) -> Result<()> {
        let mut w = self.db.write().await?;
        let used = within!(
            w,
            Option<(ContactId, Option<Topic>)>,
            "DELETE FROM unsubscribe_token WHERE token_hash = $1 RETURNING contact_id, topic",
            token.hash(),
        )?;
        let (contact, topic) = used.ok_or(Error::NotFound)?;
        match topic {
            Some(topic) => change!(
                w,
                "INSERT INTO notification_choice (contact_id, topic, timing, scope) VALUES ($1, $2, $3, $4)
                 ON CONFLICT (contact_id, topic) DO UPDATE SET timing = $3",
                contact,
                topic,
                Timing::Off,
                Choice::default_for(topic).scope,
            )?,
            None => change!(
                w,
                "UPDATE notification_choice SET timing = $2 WHERE contact_id = $1 AND timing = $3",
                contact,
                Timing::Off,
                Timing::Daily,
            )?,
        };
        let event =
            Event { contact: Some(contact), details: "by the link of a mail".into(), ..Event::new(EventKind::NotificationsChanged) };
        w.record(By::Contact(contact), event);
        w.commit().await
    }
}
