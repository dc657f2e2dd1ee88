//! What a customer may do with files: add them to a draft, take them off again, and fetch what the views let it see.

use std::ops::Range;

use crate::actor::Portal;
use crate::attachment::COUNT_LIMIT;
use crate::attachment::store::{Download, FileRow, Keys, Preview, Stored, Upload};
use crate::error::{Error, Result};
use crate::field::Refusal;
use crate::id::{AttachmentId, DownloadId, DraftId};
use crate::journal::Write;

impl Portal<'_> {
    /// Adds a file to a draft of the viewer's.
    ///
    /// # Errors
    /// `NotFound` for any other draft; `Invalid` with the refusal when the file is not taken or the draft has [`COUNT_LIMIT`] already.
    pub async fn add_draft_file(&self, draft: DraftId, upload: Upload) -> Result<AttachmentId> {
        // Before any byte is taken, so that only drafts of one's own cost the disk; the insert asks again.
        let sql = "SELECT id FROM portal_draft WHERE contact_id = $1 AND id = $2";
        read!(self.reader(), Option<(DraftId,)>, sql, self.contact(), draft)?.ok_or(Error::NotFound)?;
        // No transaction is open while the customer's line delivers.
        let stored = self.db.files().store(upload).await?;
        let mut w = self.db.write().await?;
        match self.insert_draft_file(&mut w, draft, &stored).await {
            Ok(id) => {
                w.commit_unrecorded().await?;
                Ok(id)
            }
            Err(error) => {
                drop(w);
                self.db.files().remove(&stored.keys).await;
                Err(error)
            }
        }
    }

    /// Takes a file off a draft of the viewer's.
    ///
    /// # Errors
    /// `NotFound` for any other file, those of a sent request included.
    pub async fn remove_draft_file(&self, id: AttachmentId) -> Result<()> {
        let mut w = self.db.write().await?;
        let keys = within!(
            w,
            Option<Keys>,
            "SELECT storage_key, preview_key FROM portal_draft_file WHERE contact_id = $1 AND id = $2",
            self.contact(),
            id,
        )?
        .ok_or(Error::NotFound)?;
        // What somebody looked at while writing is no download that anybody would ask for.
        change!(
            w,
            "DELETE FROM download WHERE attachment_id IN (SELECT id FROM portal_draft_file WHERE contact_id = $1 AND id = $2)",
            self.contact(),
            id,
        )?;
        // The last condition holds when a submission at the same moment has just given the file to its request.
        let rows = change!(
            w,
            "DELETE FROM attachment WHERE id IN (SELECT id FROM portal_draft_file WHERE contact_id = $1 AND id = $2)
                AND draft_id IS NOT NULL",
            self.contact(),
            id,
        )?;
        if rows == 0 {
            return Err(Error::NotFound);
        }
        w.commit_unrecorded().await?;
        self.db.files().remove(&keys).await;
        Ok(())
    }

    /// Opens a file that the viewer may fetch now, and writes down that it did.
    ///
    /// # Errors
    /// `NotFound` for every other file: there is no other difference to be seen.
    pub async fn file(&self, id: AttachmentId) -> Result<Download> {
        self.open_file(id, None).await
    }

    /// The same for a part of it: a range of bytes that the file has. Only the part that begins with the first byte is written down, so
    /// that a file fetched in parts, or gone on with after the line broke, is one download and not many.
    ///
    /// # Errors
    /// As [`Self::file`].
    pub async fn file_part(&self, id: AttachmentId, part: Range<u64>) -> Result<Download> {
        self.open_file(id, Some(part)).await
    }

    async fn open_file(&self, id: AttachmentId, part: Option<Range<u64>>) -> Result<Download> {
        let row = self.file_row(id).await?;
        let begins = part.as_ref().is_none_or(|part| part.start == 0);
        let download = self.db.files().download(row, part).await?;
        if begins {
            self.write_down(id).await?;
        }
        Ok(download)
    }

    async fn write_down(&self, id: AttachmentId) -> Result<()> {
        let mut w = self.db.write().await?;
        let now = w.now;
        let rows = change!(
            w,
            "INSERT INTO download (id, attachment_id, contact_id, at) SELECT $3, id, contact_id, $4 FROM portal_file
             WHERE contact_id = $1 AND id = $2",
            self.contact(),
            id,
            DownloadId::new(),
            now,
        )?;
        if rows == 0 {
            // Withdrawn since the look-up.
            return Err(Error::NotFound);
        }
        w.commit_unrecorded().await
    }

    /// The same without the bytes, for a HEAD request: nothing is fetched, so nothing is written down.
    ///
    /// # Errors
    /// As [`Self::file`].
    pub async fn file_info(&self, id: AttachmentId) -> Result<Download> {
        Ok(self.file_row(id).await?.without_body())
    }

    /// Opens the preview of a file that the viewer may fetch now. To look at it is no download: nothing is written down.
    ///
    /// # Errors
    /// As [`Self::file`], and for a file without a preview.
    pub async fn preview(&self, id: AttachmentId) -> Result<Preview> {
        let (key,) = read!(
            self.reader(),
            Option<(String,)>,
            "SELECT preview_key FROM portal_file WHERE contact_id = $1 AND id = $2 AND preview_key IS NOT NULL",
            self.contact(),
            id,
        )?
        .ok_or(Error::NotFound)?;
        self.db.files().preview(&key).await
    }

    async fn file_row(&self, id: AttachmentId) -> Result<FileRow> {
        read!(
            self.reader(),
            Option<FileRow>,
            "SELECT name, media_type, size, sha256, storage_key FROM portal_file WHERE contact_id = $1 AND id = $2",
            self.contact(),
            id,
        )?
        .ok_or(Error::NotFound)
    }

    async fn insert_draft_file(&self, w: &mut Write<'_>, draft: DraftId, stored: &Stored) -> Result<AttachmentId> {
        let (id, now) = (AttachmentId::new(), w.now);
        // First the draft's row: uploads to one draft and its submission now wait for each other, and the count below is true.
        change!(
            w,
            "UPDATE draft SET updated_at = $3 WHERE id IN (SELECT id FROM portal_draft WHERE contact_id = $1 AND id = $2)",
            self.contact(),
            draft,
            now,
        )?;
        let (count,): (i64,) = within!(
            w,
            One<(i64,)>,
            "SELECT COUNT(*) FROM portal_draft_file WHERE contact_id = $1 AND draft_id = $2",
            self.contact(),
            draft,
        )?;
        if count >= COUNT_LIMIT as i64 {
            return Err(Error::refused(Refusal::TooManyFiles));
        }
        let rows = change!(
            w,
            "INSERT INTO attachment (id, draft_id, contact_id, storage_key, name, media_type, size, sha256, created_at,
                preview_key, preview_width, preview_height)
             SELECT $3, id, contact_id, $4, $5, $6, $7, $8, $9, $10, $11, $12 FROM portal_draft WHERE contact_id = $1 AND id = $2",
            self.contact(),
            draft,
            id,
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
        if rows == 0 { Err(Error::NotFound) } else { Ok(id) }
    }
}
