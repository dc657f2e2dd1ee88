//! The one error that crosses the boundary: what a page needs to say, and no cause.

use domain::field::{Problem, Problems};
use domain::text::{Lang, Text};
use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum AppError {
    #[error("sign in first")]
    SignIn,
    /// Foreign, unknown and malformed alike.
    #[error("not found")]
    NotFound,
    /// The staff member's role does not allow it.
    #[error("not allowed")]
    Forbidden,
    #[error("invalid input")]
    Invalid(Problems),
    #[error("changed meanwhile")]
    Conflict,
    /// Nothing was done yet, as was asked: the form comes back as it was, with a sentence about what sending it would do, or with none.
    #[error("not sent yet")]
    NotYet(String),
    #[error("too many tries")]
    TooMany { seconds: i64 },
    /// The database, or the network on the way to the server.
    #[error("unreachable")]
    Unreachable,
    /// Our fault. The reference stands in the log beside the cause.
    #[error("internal error {reference}")]
    Internal { reference: String },
}

impl AppError {
    pub const fn status(&self) -> u16 {
        match self {
            Self::SignIn => 401,
            Self::NotFound => 404,
            Self::Forbidden => 403,
            Self::Invalid(_) | Self::NotYet(_) => 422,
            Self::Conflict => 409,
            Self::TooMany { .. } => 429,
            Self::Unreachable => 503,
            Self::Internal { .. } => 500,
        }
    }

    /// What happened, then what to do.
    pub fn sentence(&self, lang: Lang) -> String {
        match self {
            Self::SignIn => {
                Text::new("Your session has ended. Please sign in again.", "Ihre Sitzung ist beendet. Bitte melden Sie sich erneut an.")
                    .get(lang)
                    .into()
            }
            Self::NotFound => Text::new(
                "We can't find this page. It may have been withdrawn, or your access may have changed.",
                "Wir finden diese Seite nicht. Sie wurde vielleicht zurückgezogen, oder Ihr Zugang hat sich geändert.",
            )
            .get(lang)
            .into(),
            Self::Forbidden => Text::new("Your role does not allow this.", "Ihre Rolle erlaubt das nicht.").get(lang).into(),
            Self::Invalid(problems) => problems.get("").map_or_else(
                || Text::new("Please check the marked fields.", "Bitte prüfen Sie die markierten Felder.").get(lang).into(),
                |problem: &Problem| problem.sentence(lang),
            ),
            Self::Conflict => Text::new(
                "Somebody changed this in the meantime. Please look at it again.",
                "Jemand hat das inzwischen geändert. Bitte sehen Sie es sich noch einmal an.",
            )
            .get(lang)
            .into(),
            Self::NotYet(sentence) => sentence.clone(),
            Self::TooMany { seconds } => {
                Text::new("Too many tries. Please wait {n} minutes.", "Zu viele Versuche. Bitte warten Sie {n} Minuten.")
                    .fill(lang, &[("n", &((seconds + 59) / 60).to_string())])
            }
            Self::Unreachable => Text::new(
                "We cannot be reached right now. Please try again.",
                "Wir sind gerade nicht erreichbar. Bitte versuchen Sie es noch einmal.",
            )
            .get(lang)
            .into(),
            Self::Internal { reference } => Text::new(
                "Something went wrong on our side. Please try again. Reference: {reference}",
                "Bei uns ist etwas schiefgegangen. Bitte versuchen Sie es noch einmal. Kennung: {reference}",
            )
            .fill(lang, &[("reference", reference)]),
        }
    }
}

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    /// Arguments that cannot be read (a malformed id among them) answer like something that does not exist.
    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) | ServerFnErrorErr::Deserialization(_) => Self::NotFound,
            ServerFnErrorErr::Request(_) | ServerFnErrorErr::Response(_) => Self::Unreachable,
            _ => Self::Internal { reference: String::new() },
        }
    }
}

/// Drops the cause into the log and keeps what the page may say.
#[cfg(feature = "ssr")]
impl From<domain::Error> for AppError {
    fn from(error: domain::Error) -> Self {
        match error {
            domain::Error::NotSignedIn => Self::SignIn,
            domain::Error::NotFound => Self::NotFound,
            domain::Error::Forbidden => Self::Forbidden,
            domain::Error::Invalid(problems) => Self::Invalid(problems),
            domain::Error::Conflict => Self::Conflict,
            domain::Error::TooMany { seconds } => Self::TooMany { seconds },
            error if error.is_unreachable() => {
                tracing::error!(%error, "database unreachable");
                Self::Unreachable
            }
            error => {
                let reference = crate::ctx::reference();
                tracing::error!(%reference, %error, "internal error");
                Self::Internal { reference }
            }
        }
    }
}
