//! Files that go with what staff write about a request: with a message to the customer, who then has them too, or with an internal note,
//! which they never leave. They are taken in first, and get their rows in the transaction that writes the text.

use crate::actor::Desk;
use crate::attachment::COUNT_LIMIT;
use crate::attachment::store::{Stored, Upload};
use crate::error::{Error, Result};
use crate::field::Refusal;
use crate::id::{AttachmentId, MessageId, NoteId, RequestId};
use crate::journal::Write;
use crate::role::Act;

/// Files that were taken in for a request and have no rows yet. What is not sent is to be discarded; what is lost is swept after a day.
pub struct Enclosures {
    pub(crate) request: RequestId,
    files: Vec<Stored>,
}

/// What the files belong to.
#[derive(Clone, Copy)]
pub(crate) enum Carrier {
    Message(MessageId),
    Note(NoteId),
}

impl Enclosures {
    pub(crate) fn none(request: RequestId) -> Self {
        Self { request, files: Vec::new() }
    }
}

impl Desk<'_> {
    /// Begins to take files for a message or a note about a request.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::Forbidden`].
    pub async fn begin_enclosures(&self, request: RequestId) -> Result<Enclosures> {
        self.allow(Act::Triage).await?;
        let sql = "SELECT id FROM request WHERE id = $1";
        read!(self.reader(), Option<(RequestId,)>, sql, request)?.ok_or(Error::NotFound)?;
        Ok(Enclosures::none(request))
    }

    /// Takes one file more.
    ///
    /// # Errors
    /// `Invalid` with the refusal when the file is not taken or there are [`COUNT_LIMIT`] already.
    pub async fn enclose(&self, enclosures: &mut Enclosures, upload: Upload) -> Result<()> {
        if enclosures.files.len() >= COUNT_LIMIT {
            return Err(Error::refused(Refusal::TooManyFiles));
        }
        // No transaction is open while the browser's line delivers.
        enclosures.files.push(self.db.files().store(upload).await?);
        Ok(())
    }

    /// Removes files that go with nothing after all.
    pub async fn discard_enclosures(&self, enclosures: Enclosures) {
        for stored in enclosures.files {
            self.db.files().remove(&stored.keys).await;
        }
    }

    /// Gives the files their rows, as those of a message or a note.
    pub(crate) async fn attach(&self, w: &mut Write<'_>, to: Carrier, enclosures: &Enclosures) -> Result<Vec<AttachmentId>> {
        let (message, note) = match to {
            Carrier::Message(id) => (Some(id), None::<NoteId>),
            Carrier::Note(id) => (None, Some(id)),
        };
        let mut ids = Vec::new();
        for stored in &enclosures.files {
            let (id, now) = (AttachmentId::new(), w.now);
            change!(
                w,
                "INSERT INTO attachment (id, message_id, note_id, staff_id, storage_key, name, media_type, size, sha256, created_at,
                    preview_key, preview_width, preview_height)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
                id,
                message,
                note,
                self.actor.staff,
                stored.keys.storage_key.as_str(),
                stored.name.as_str(),
                stored.media,
                stored.size,
                stored.sha256.as_str(),
                now,
                stored.keys.preview_key.as_deref(),
                stored.preview_width,
                stored.preview_height,
            )?;
            ids.push(id);
        }
        Ok(ids)
    }
}
