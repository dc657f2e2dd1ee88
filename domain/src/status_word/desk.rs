//! The company's own words for public statuses, for administrators.

use std::collections::BTreeMap;

use crate::actor::Desk;
use crate::error::{Error, Result};
use crate::field::{self, Problems};
use crate::journal::{Event, EventKind, changed_fields};
use crate::role::Act;
use crate::status_word::{StatusWord, StatusWords, WORD_LIMIT};
use crate::text::Lang;

type Own = (StatusWord, Lang, String);

/// The words that were typed, by the fields of [`StatusWord::field`]. Empty, or the same as the product's, is no own word.
fn parse(typed: &BTreeMap<String, String>) -> Result<Vec<Own>, Problems> {
    let (mut problems, mut words) = (Problems::default(), Vec::new());
    for status in StatusWord::ALL {
        for lang in Lang::ALL {
            let name = status.field(*lang);
            let word = field::line(typed.get(&name).map_or("", String::as_str), 0, WORD_LIMIT);
            let word = problems.take(&name, word).unwrap_or_default();
            if !word.is_empty() && word != status.standard().get(*lang) {
                words.push((*status, *lang, word));
            }
        }
    }
    problems.check()?;
    Ok(words)
}

/// The own words of one status.
fn of(words: &[Own], status: StatusWord) -> Vec<(Lang, &str)> {
    let mut own: Vec<_> = words.iter().filter(|(named, ..)| *named == status).map(|(_, lang, word)| (*lang, word.as_str())).collect();
    own.sort_unstable();
    own
}

impl Desk<'_> {
    /// All own words.
    ///
    /// # Errors
    /// [`Error::NotFound`] while the installation has no name.
    pub async fn status_words(&self) -> Result<StatusWords> {
        self.allow(Act::Administer).await?;
        // The version first: words that change in between are then of a newer one, and cannot be overwritten unseen.
        let (version,) = read!(self.reader(), Option<(i64,)>, "SELECT version FROM installation WHERE id = 1")?.ok_or(Error::NotFound)?;
        let words = read!(self.reader(), Vec<Own>, "SELECT status, lang, word FROM status_word")?;
        Ok(StatusWords { version, words })
    }

    /// Says all own words anew, by the fields of [`StatusWord::field`]. A status whose field is empty or missing has the product's word.
    ///
    /// # Errors
    /// Problems of the fields; [`Error::Conflict`] for a stale version.
    pub async fn edit_status_words(&self, version: i64, typed: &BTreeMap<String, String>) -> Result<()> {
        let mut w = self.begin(Act::Administer).await?;
        let rows = change!(w, "UPDATE installation SET version = version + 1 WHERE id = 1 AND version = $1", version)?;
        Error::unless_swapped(rows)?;
        let words = parse(typed)?;
        let old = within!(w, Vec<Own>, "SELECT status, lang, word FROM status_word")?;
        change!(w, "DELETE FROM status_word")?;
        for (status, lang, word) in &words {
            change!(w, "INSERT INTO status_word (status, lang, word) VALUES ($1, $2, $3)", *status, *lang, word.as_str())?;
        }
        let fields: Vec<_> = StatusWord::ALL.iter().map(|status| (status.word(), of(&old, *status) != of(&words, *status))).collect();
        w.record(self.by(), Event { details: changed_fields(&fields), ..Event::new(EventKind::CompanyWordsChanged) });
        w.commit().await
    }
}
