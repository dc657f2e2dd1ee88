//! A contact's own choices about mails.

use std::collections::BTreeMap;

use crate::actor::Portal;
use crate::error::{Error, Result};
use crate::field::Problem;
use crate::journal::{Event, EventKind, Write};
use crate::notification::{Choice, Scope, Timing, Topic, TopicChoice, parse};

impl Portal<'_> {
    /// The viewer's choices, one for each topic.
    pub async fn notifications(&self) -> Result<Vec<TopicChoice>> {
        let rows = read!(
            self.reader(),
            Vec<(Topic, Timing, Scope)>,
            "SELECT topic, timing, scope FROM portal_notification_choice WHERE contact_id = $1",
            self.contact(),
        )?;
        let chosen =
            |topic: Topic| rows.iter().find(|row| row.0 == topic).map(|(_, timing, scope)| Choice { timing: *timing, scope: *scope });
        let each = Topic::ALL.iter().copied();
        Ok(each.map(|topic| TopicChoice { topic, choice: chosen(topic).unwrap_or(Choice::default_for(topic)) }).collect())
    }

    /// Chooses for all topics at once: the fields of [`Topic::fields`].
    ///
    /// # Errors
    /// Problems of these fields.
    pub async fn set_notifications(&self, typed: &BTreeMap<String, String>) -> Result<()> {
        let choices = parse(typed)?;
        self.save(&choices).await
    }

    /// Chooses one timing for all topics and leaves whose work they are about.
    ///
    /// # Errors
    /// A problem of the field `timing`.
    pub async fn set_all_timings(&self, timing: &str) -> Result<()> {
        let timing: Timing = timing.parse().map_err(|problem: Problem| Error::invalid("timing", problem))?;
        let now = self.notifications().await?;
        let choices: Vec<(Topic, Choice)> = now.iter().map(|one| (one.topic, Choice { timing, ..one.choice })).collect();
        self.save(&choices).await
    }

    async fn save(&self, choices: &[(Topic, Choice)]) -> Result<()> {
        let mut w = self.db.write().await?;
        for (topic, choice) in choices {
            self.save_one(&mut w, *topic, *choice).await?;
        }
        w.record(self.by(), Event { contact: Some(self.contact()), ..Event::new(EventKind::NotificationsChanged) });
        w.commit().await
    }

    async fn save_one(&self, w: &mut Write<'_>, topic: Topic, choice: Choice) -> Result<()> {
        let saved = change!(
            w,
            "INSERT INTO notification_choice (contact_id, topic, timing, scope)
             SELECT c.contact_id, $2, $3, $4 FROM portal_contact c WHERE c.contact_id = $1
             ON CONFLICT (contact_id, topic) DO UPDATE SET timing = $3, scope = $4",
            self.contact(),
            topic,
            choice.timing,
            choice.scope,
        )?;
        if saved == 0 { Err(Error::NotSignedIn) } else { Ok(()) }
    }
}
