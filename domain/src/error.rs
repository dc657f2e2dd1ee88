//! What can go wrong below the pages. It holds causes, is not serialisable, and so cannot cross to the browser by accident.

use crate::field::{Problem, Problems, Refusal};

pub type Result<T, E = Error> = std::result::Result<T, E>;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Nobody is signed in, or the session has ended.
    #[error("not signed in")]
    NotSignedIn,
    /// It does not exist, or not for the one who asks: the same on purpose.
    #[error("not found")]
    NotFound,
    /// A staff member's role does not allow the act. Never returned to contacts.
    #[error("the role does not allow this")]
    Forbidden,
    /// Fields or rules refuse the input; nothing was changed.
    #[error("invalid input: {0:?}")]
    Invalid(Problems),
    /// Somebody else changed the row first; nothing was changed.
    #[error("changed meanwhile by somebody else")]
    Conflict,
    /// Too many tries; again after so many seconds.
    #[error("too many tries, again in {seconds} s")]
    TooMany { seconds: i64 },
    #[error("database: {0}")]
    Database(sqlx::Error),
    #[error("migration: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    #[error("file store: {0}")]
    Files(#[from] object_store::Error),
    #[error("input or output: {0}")]
    Io(#[from] std::io::Error),
    #[error("{0}")]
    Broken(String),
}

impl Error {
    pub fn invalid(field: &str, problem: Problem) -> Self {
        Self::Invalid(Problems::of(field, problem))
    }

    /// A rule that belongs to no single field.
    pub fn refused(refusal: Refusal) -> Self {
        Self::invalid("", Problem::Refused(refusal))
    }

    /// What a compare-and-swap of an existing row says by how many rows it met.
    pub(crate) fn unless_swapped(rows: u64) -> Result<()> {
        if rows == 0 { Err(Self::Conflict) } else { Ok(()) }
    }

    /// Whether the database could not be reached, so that trying again later helps.
    pub fn is_unreachable(&self) -> bool {
        matches!(self, Self::Database(sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Io(_)))
    }

    /// Whether a unique index said no: the same thing exists already.
    pub(crate) fn is_unique_violation(&self) -> bool {
        matches!(self, Self::Database(sqlx::Error::Database(e)) if e.is_unique_violation())
    }
}

impl From<sqlx::Error> for Error {
    /// Two changes that waited for each other, of which PostgreSQL ended one (40P01, 40001), are a conflict like any other: nothing was
    /// changed, and looking again helps.
    fn from(error: sqlx::Error) -> Self {
        let code = error.as_database_error().and_then(|e| e.code().map(|code| code.into_owned()));
        match code.as_deref() {
            Some("40P01" | "40001") => Self::Conflict,
            _ => Self::Database(error),
        }
    }
}

impl From<Problems> for Error {
    fn from(problems: Problems) -> Self {
        Self::Invalid(problems)
    }
}
