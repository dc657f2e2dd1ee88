//! The portal's first page, gathered from the nouns.

use crate::actor::Portal;
use crate::error::Result;
use crate::home::HomeView;
use crate::{appointment, follow_up, report, request};

impl Portal<'_> {
    /// What needs the contact, what comes next, what is new; of the customer chosen in the switcher.
    pub async fn home(&self) -> Result<HomeView> {
        Ok(HomeView {
            questions: request::portal::questions(self).await?,
            appointments: appointment::portal::upcoming(self, 3).await?,
            open_requests: request::portal::open(self, 5).await?,
            new_reports: report::portal::unread(self, 3).await?,
            follow_ups: follow_up::portal::open(self, 3).await?,
            drafts: self.drafts().await?,
            places: self.place_count(false).await?,
        })
    }
}
