//! Keeping reply templates, and offering them beside a request.

use crate::actor::Desk;
use crate::customer::NAME_LIMIT;
use crate::error::{Error, Result};
use crate::field::{self, Problem, Problems, Refusal};
use crate::id::ReplyTemplateId;
use crate::journal::{Event, EventKind, changed_fields};
use crate::reply_template::{COUNT_LIMIT, Purpose, ReplyTemplate, ReplyTemplateInput, ReplyText, TEXT_LIMIT};
use crate::role::Act;
use crate::text::Lang;

/// What was typed, checked.
struct Checked {
    name: String,
    purpose: Purpose,
    text_en: String,
    text_de: String,
}

impl ReplyTemplateInput {
    fn parse(&self) -> Result<Checked, Problems> {
        let mut problems = Problems::default();
        let name = problems.take("name", field::line(&self.name, 1, NAME_LIMIT));
        let purpose = problems.take("purpose", chosen(&self.purpose));
        let text_en = problems.take("text_en", field::lines(&self.text_en, 1, TEXT_LIMIT));
        let text_de = problems.take("text_de", field::lines(&self.text_de, 0, TEXT_LIMIT));
        match (name, purpose, text_en, text_de) {
            (Some(name), Some(purpose), Some(text_en), Some(text_de)) => Ok(Checked { name, purpose, text_en, text_de }),
            _ => Err(problems),
        }
    }
}

impl Desk<'_> {
    /// All templates with their texts, by purpose and name.
    ///
    /// # Errors
    /// [`Error::Forbidden`].
    pub async fn reply_templates(&self) -> Result<Vec<ReplyTemplate>> {
        self.allow(Act::KeepTemplates).await?;
        self.kept_templates().await
    }

    /// The templates as they are offered for a customer who reads a language.
    pub(crate) async fn reply_texts(&self, lang: Lang) -> Result<Vec<ReplyText>> {
        Ok(self.kept_templates().await?.into_iter().map(|template| template.offered(lang)).collect())
    }

    async fn kept_templates(&self) -> Result<Vec<ReplyTemplate>> {
        read!(
            self.reader(),
            Vec<ReplyTemplate>,
            "SELECT id, name, purpose, text_en, text_de, version FROM reply_template ORDER BY purpose, name, id",
        )
    }

    /// # Errors
    /// Problems of the fields `name`, `purpose`, `text_en` and `text_de`; `Taken` on `name` when the purpose has one of that name; a
    /// refusal when there are [`COUNT_LIMIT`] already; [`Error::Forbidden`].
    pub async fn add_reply_template(&self, input: &ReplyTemplateInput) -> Result<ReplyTemplateId> {
        let mut w = self.begin(Act::KeepTemplates).await?;
        let new = input.parse()?;
        let (kept,): (i64,) = within!(w, One<(i64,)>, "SELECT COUNT(*) FROM reply_template")?;
        if kept >= COUNT_LIMIT as i64 {
            return Err(Error::refused(Refusal::TooManyTemplates));
        }
        let (id, now) = (ReplyTemplateId::new(), w.now);
        change!(
            w,
            "INSERT INTO reply_template (id, name, purpose, text_en, text_de, created_at) VALUES ($1, $2, $3, $4, $5, $6)",
            id,
            new.name.as_str(),
            new.purpose,
            new.text_en.as_str(),
            new.text_de.as_str(),
            now,
        )
        .map_err(name_taken)?;
        w.record(self.by(), Event { details: new.purpose.word().to_owned(), ..Event::new(EventKind::ReplyTemplateAdded) });
        w.commit().await?;
        Ok(id)
    }

    /// # Errors
    /// As [`Self::add_reply_template`]; [`Error::Conflict`] for a stale version; [`Error::NotFound`].
    pub async fn edit_reply_template(&self, id: ReplyTemplateId, version: i64, input: &ReplyTemplateInput) -> Result<()> {
        let mut w = self.begin(Act::KeepTemplates).await?;
        let sql = "SELECT id, name, purpose, text_en, text_de, version FROM reply_template WHERE id = $1";
        let old = within!(w, Option<ReplyTemplate>, sql, id)?.ok_or(Error::NotFound)?;
        let new = input.parse()?;
        let rows = change!(
            w,
            "UPDATE reply_template SET name = $3, purpose = $4, text_en = $5, text_de = $6, version = version + 1
             WHERE id = $1 AND version = $2",
            id,
            version,
            new.name.as_str(),
            new.purpose,
            new.text_en.as_str(),
            new.text_de.as_str(),
        )
        .map_err(name_taken)?;
        Error::unless_swapped(rows)?;
        let details = changed_fields(&[
            ("name", old.name != new.name),
            ("purpose", old.purpose != new.purpose),
            ("english text", old.text_en != new.text_en),
            ("german text", old.text_de != new.text_de),
        ]);
        w.record(self.by(), Event { details, ..Event::new(EventKind::ReplyTemplateChanged) });
        w.commit().await
    }

    /// Removes a template. What was written with it stays as it was sent.
    ///
    /// # Errors
    /// [`Error::Conflict`] for a stale version; [`Error::NotFound`]; [`Error::Forbidden`].
    pub async fn remove_reply_template(&self, id: ReplyTemplateId, version: i64) -> Result<()> {
        let mut w = self.begin(Act::KeepTemplates).await?;
        let old = within!(w, Option<(Purpose,)>, "SELECT purpose FROM reply_template WHERE id = $1", id)?;
        let (purpose,) = old.ok_or(Error::NotFound)?;
        let rows = change!(w, "DELETE FROM reply_template WHERE id = $1 AND version = $2", id, version)?;
        Error::unless_swapped(rows)?;
        w.record(self.by(), Event { details: purpose.word().to_owned(), ..Event::new(EventKind::ReplyTemplateRemoved) });
        w.commit().await
    }
}

fn chosen(purpose: &str) -> Result<Purpose, Problem> {
    if purpose.is_empty() { Err(Problem::NothingChosen) } else { purpose.parse() }
}

fn name_taken(error: Error) -> Error {
    if error.is_unique_violation() { Error::invalid("name", Problem::Taken) } else { error }
}
