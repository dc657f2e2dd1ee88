//! What an open page is told of: kinds of thing that changed for its reader, never which. The page then asks again, by its own way.

#[cfg(feature = "ssr")]
use std::collections::BTreeSet;

#[cfg(feature = "ssr")]
use crate::clock::Instant;
#[cfg(feature = "ssr")]
use crate::journal::Position;

#[cfg(feature = "ssr")]
pub mod desk;
#[cfg(feature = "ssr")]
pub mod portal;

closed_set! {
    /// A kind of thing; the same words as the table `change_kind` allows.
    pub enum Change {
        Request = "request",
        /// An appointment, or the work it is for.
        Appointment = "appointment",
        Report = "report",
        FollowUp = "follow_up",
        /// A customer or one of its locations. Only staff are told.
        Customer = "customer",
        /// A contact, what it was granted, or its invitation. Only staff are told.
        Person = "person",
        /// What the reader may see, or who it is.
        Access = "access",
    }
}

closed_set! {
    /// A record with a page and a log of its own at the desk.
    pub enum Record {
        Request = "request",
        Target = "target",
        Report = "report",
    }
}

/// A change that began before a moment may have been committed after it: no transaction lives longer than this, in seconds.
#[cfg(feature = "ssr")]
const COMMITTED_LATER: i64 = 60;

/// What changed for a reader after a point in the journal.
#[cfg(feature = "ssr")]
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Changes {
    pub kinds: BTreeSet<Change>,
    /// The moment of the newest of them; without any, that of the question.
    pub at: Instant,
    /// Where the next question goes on.
    pub position: Position,
}

#[cfg(feature = "ssr")]
impl Changes {
    /// Nothing yet, asked now.
    fn none(now: Instant, after: Position) -> Self {
        Self { kinds: BTreeSet::new(), at: now, position: after }
    }

    /// Adds what the journal has up to a number, whose newest entry is of a moment.
    fn add(&mut self, kinds: &[Change], seq: Position, at: Instant) {
        self.position = self.position.max(seq);
        if kinds.is_empty() {
            return;
        }
        self.at = if self.kinds.is_empty() { at } else { self.at.max(at) };
        self.kinds.extend(kinds);
    }
}
