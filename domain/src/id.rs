//! Names of rows. Ids that a customer can meet are random (version 4), so that they tell neither age nor volume.

/// Declares a row's id as a type of its own, so that a request's id does not fit where a report's is asked.
macro_rules! ids {
    ($($(#[$meta:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(transparent))]
        #[serde(transparent)]
        pub struct $name(uuid::Uuid);

        impl $name {
            /// A new random id. Minted on the server only.
            #[cfg(feature = "ssr")]
            #[allow(clippy::new_without_default, reason = "two calls differ, which a default would hide")]
            pub fn new() -> Self { Self(crate::id::random()) }

            pub const fn uuid(self) -> uuid::Uuid { self.0 }
        }

        impl From<uuid::Uuid> for $name { fn from(id: uuid::Uuid) -> Self { Self(id) } }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { self.0.fmt(f) }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, uuid::Error> { text.parse().map(Self) }
        }
    )+};
}

ids! {
    AppointmentId, AttachmentId, CalendarFeedId, ContactId, CustomerId, DraftId, FollowUpId, FormKey, FormStateId, GrantId, InvitationId, JobId, LocationId,
    MessageId, NoteId, ReleaseId, ReplyTemplateId, ReportId, RequestId, ResetId, RevisionId, SeriesId, SessionId, SheetId, StaffId, SuggestionId, TargetId,
    VisitId, DownloadId,
}

impl ContactId {
    /// Nobody's: for an address that names no contact, so that it is asked for like any other.
    pub const fn nobody() -> Self {
        Self(uuid::Uuid::nil())
    }
}

#[cfg(feature = "ssr")]
impl LocationId {
    /// The location that a list is filtered by: none for an empty text. A text that is no id stands for a location that nobody has.
    pub(crate) fn wanted(text: &str) -> Option<Self> {
        if text.is_empty() { None } else { Some(text.parse().unwrap_or(Self(uuid::Uuid::nil()))) }
    }
}

#[cfg(feature = "ssr")]
pub use minted::*;

#[cfg(feature = "ssr")]
mod minted {
    use data_encoding::BASE64URL_NOPAD;
    use rand::RngExt;
    use sha2::{Digest, Sha256};

    /// The one source of random ids.
    #[allow(clippy::disallowed_methods, reason = "this is the one place")]
    pub(crate) fn random() -> uuid::Uuid {
        uuid::Uuid::new_v4()
    }

    /// A request's or a target's number as people say it: eight random characters that are hard to mishear (Crockford's base 32).
    pub(crate) fn number() -> String {
        const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        let bits: u64 = rand::rng().random();
        let digit = |i: u32| char::from(ALPHABET[(bits >> (5 * i)) as usize & 31]);
        (0..4).map(digit).chain(['-']).chain((4..8).map(digit)).collect()
    }

    /// A short name for one request to the server, for its log lines and for a person to read out.
    pub fn reference() -> String {
        number()
    }

    /// A secret of 256 random bits that its bearer presents. `Debug` and logs never show it; the database keeps its hash.
    pub struct Token(String);

    impl Token {
        pub(crate) fn new() -> Self {
            Self(BASE64URL_NOPAD.encode(&rand::rng().random::<[u8; 32]>()))
        }

        /// Takes a presented token; whether it is one shows when its hash is looked up.
        pub fn presented(text: &str) -> Self {
            Self(text.to_owned())
        }

        /// The text to put into a cookie or a link.
        pub fn reveal(&self) -> &str {
            &self.0
        }

        pub(crate) fn hash(&self) -> String {
            hash(self.0.as_bytes())
        }
    }

    impl std::fmt::Debug for Token {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("Token(…)")
        }
    }

    /// SHA-256 as text. Enough for random tokens; passwords go through `password`.
    pub(crate) fn hash(bytes: &[u8]) -> String {
        BASE64URL_NOPAD.encode(&Sha256::digest(bytes))
    }
}
