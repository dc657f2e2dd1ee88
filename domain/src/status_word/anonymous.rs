//! The company's own words for public statuses: whoever reads a status may read its word.

use crate::actor::Anonymous;
use crate::error::Result;
use crate::status_word::{OwnWords, StatusWord};
use crate::text::Lang;

impl Anonymous<'_> {
    /// The own words in a language.
    pub async fn own_words(&self, lang: Lang) -> Result<OwnWords> {
        let sql = "SELECT status, word FROM portal_status_word WHERE lang = $1";
        Ok(OwnWords(read!(self.db.portal_reader(), Vec<(StatusWord, String)>, sql, lang)?))
    }
}
