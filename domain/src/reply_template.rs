//! Reply templates: texts that the office keeps, to begin what it writes to a customer with. They are read by staff only; what is sent is
//! what stands in the field in the end.

use serde::{Deserialize, Serialize};

use crate::id::ReplyTemplateId;
use crate::text::{Lang, Text};

#[cfg(feature = "ssr")]
pub mod desk;

/// A template's text is never longer, in characters: it is the beginning of a message.
pub const TEXT_LIMIT: usize = 2_000;
/// Templates that are kept at most: all of them travel with each request's page at the desk.
pub const COUNT_LIMIT: usize = 50;

closed_set! {
    /// What a template is offered for; the same words as the table `reply_purpose`.
    pub enum Purpose { Message = "message", Question = "question", Decline = "decline" }
}

impl Purpose {
    pub const fn label(self) -> Text {
        match self {
            Self::Message => Text::new("Message to the customer", "Nachricht an den Kunden"),
            Self::Question => Text::new("Question to the customer", "Frage an den Kunden"),
            Self::Decline => Text::new("Reason for declining", "Grund für eine Ablehnung"),
        }
    }
}

/// A template as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplyTemplateInput {
    #[serde(default)]
    pub name: String,
    /// A [`Purpose`].
    #[serde(default)]
    pub purpose: String,
    #[serde(default)]
    pub text_en: String,
    /// May be empty: German customers then get the English text.
    #[serde(default)]
    pub text_de: String,
}

/// A template as the settings show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::FromRow))]
#[non_exhaustive]
pub struct ReplyTemplate {
    pub id: ReplyTemplateId,
    pub name: String,
    pub purpose: Purpose,
    pub text_en: String,
    pub text_de: String,
    pub version: i64,
}

impl ReplyTemplate {
    /// What is offered for a customer who reads a language: English where there is no text in the customer's own.
    pub fn offered(self, lang: Lang) -> ReplyText {
        let (body, lang) = match lang {
            Lang::De if !self.text_de.is_empty() => (self.text_de, Lang::De),
            _ => (self.text_en, Lang::En),
        };
        ReplyText { id: self.id, name: self.name, purpose: self.purpose, body, lang }
    }
}

/// A template in the language of the customer who is written to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ReplyText {
    pub id: ReplyTemplateId,
    pub name: String,
    pub purpose: Purpose,
    pub body: String,
    /// The language of `body`.
    pub lang: Lang,
}
