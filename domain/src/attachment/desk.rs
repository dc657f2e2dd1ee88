//! What staff may do with files: add them to reports and work, remove them while no customer ever had them, and fetch any.

use std::ops::Range;

use crate::actor::Desk;
use crate::attachment::store::{Download, FileRow, Keys, Preview, Stored, Upload};
use crate::clock::{Instant, Zone};
use crate::error::{Error, Result};
use crate::id::{AttachmentId, CustomerId, DownloadId, LocationId, ReportId, RequestId, TargetId};
use crate::journal::{Event, EventKind, Write};
use crate::report;
use crate::role::Act;
use crate::when::Stamp;

/// What a file was added to: where that is, for the journal.
#[derive(sqlx::FromRow)]
struct Owner {
    #[sqlx(default)]
    report_id: Option<ReportId>,
    target_id: TargetId,
    request_id: Option<RequestId>,
    customer_id: CustomerId,
    location_id: LocationId,
}

impl Owner {
    fn event(&self, kind: EventKind, attachment: AttachmentId) -> Event {
        Event {
            report: self.report_id,
            target: Some(self.target_id),
            request: self.request_id,
            attachment: Some(attachment),
            ..Event::at(kind, self.customer_id, self.location_id)
        }
    }
}

#[derive(sqlx::FromRow)]
struct DownloadRow {
    name: String,
    at: Instant,
    zone: Option<String>,
}

impl Desk<'_> {
    /// Adds a file to a report. It stays internal until a release names it.
    ///
    /// # Errors
    /// `NotFound` without the report; `Invalid` with the refusal when the file is not taken.
    pub async fn add_report_file(&self, report: ReportId, upload: Upload) -> Result<AttachmentId> {
        self.allow(Act::WriteReport).await?;
        let owner = read!(
            self.reader(),
            Option<Owner>,
            "SELECT r.id AS report_id, r.target_id, t.request_id, r.customer_id, r.location_id
             FROM report r JOIN target t ON t.id = r.target_id WHERE r.id = $1",
            report,
        )?;
        self.add_file(owner.ok_or(Error::NotFound)?, upload).await
    }

    /// Adds a file to a piece of work, for the people who go there. It stays internal.
    ///
    /// # Errors
    /// As [`Self::add_report_file`].
    pub async fn add_target_file(&self, target: TargetId, upload: Upload) -> Result<AttachmentId> {
        self.allow(Act::Schedule).await?;
        let owner = read!(
            self.reader(),
            Option<Owner>,
            "SELECT t.id AS target_id, t.request_id, t.customer_id, t.location_id FROM target t WHERE t.id = $1",
            target,
        )?;
        self.add_file(owner.ok_or(Error::NotFound)?, upload).await
    }

    /// Removes a file of a report. What a customer was ever given stays, so that it can be told what that was.
    ///
    /// # Errors
    /// `NotFound` for what is no report's file; `Conflict` when a release, live or ended, has it.
    pub async fn remove_report_file(&self, id: AttachmentId) -> Result<()> {
        let mut w = self.begin(Act::WriteReport).await?;
        let owner = within!(
            w,
            Option<Owner>,
            "SELECT r.id AS report_id, r.target_id, t.request_id, r.customer_id, r.location_id
             FROM attachment a JOIN report r ON r.id = a.report_id JOIN target t ON t.id = r.target_id
             WHERE a.id = $1 AND a.removed_at IS NULL",
            id,
        )?
        .ok_or(Error::NotFound)?;
        if let Some(report) = owner.report_id {
            report::desk::lock(&mut w, report).await?;
        }
        let now = w.now;
        let rows = change!(
            w,
            "UPDATE attachment SET removed_at = $2
             WHERE id = $1 AND removed_at IS NULL
                AND NOT EXISTS (SELECT 1 FROM release_attachment f WHERE f.attachment_id = attachment.id)",
            id,
            now,
        )?;
        if rows == 0 {
            return Err(Error::Conflict);
        }
        let keys = within!(w, One<Keys>, "SELECT storage_key, preview_key FROM attachment WHERE id = $1", id)?;
        w.record(self.by(), owner.event(EventKind::FileRemoved, id));
        w.commit().await?;
        self.db.files().remove(&keys).await;
        Ok(())
    }

    /// Opens any stored file and writes down that it was fetched. What a customer has not sent yet is not the desk's.
    ///
    /// # Errors
    /// `NotFound` when it does not exist or was removed.
    pub async fn file(&self, id: AttachmentId) -> Result<Download> {
        self.open_file(id, None).await
    }

    /// The same for a part of it: a range of bytes that the file has. Only the part that begins with the first byte is written down, so
    /// that a file fetched in parts is one download and not many.
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
        let (staff, now) = (self.actor.staff, w.now);
        let download_id = DownloadId::new();
        change!(w, "INSERT INTO download (id, attachment_id, staff_id, at) VALUES ($1, $2, $3, $4)", download_id, id, staff, now)?;
        w.commit_unrecorded().await
    }

    /// Opens the preview of any stored file. To look at it is no download: nothing is written down.
    ///
    /// # Errors
    /// As [`Self::file`], and for a file without a preview.
    pub async fn preview(&self, id: AttachmentId) -> Result<Preview> {
        self.allow(Act::Read).await?;
        let (key,) = read!(
            self.reader(),
            Option<(String,)>,
            "SELECT preview_key FROM attachment
             WHERE id = $1 AND removed_at IS NULL AND draft_id IS NULL AND preview_key IS NOT NULL",
            id,
        )?
        .ok_or(Error::NotFound)?;
        self.db.files().preview(&key).await
    }

    /// The same without the bytes, for a HEAD request: nothing is fetched, so nothing is written down.
    ///
    /// # Errors
    /// As [`Self::file`].
    pub async fn file_info(&self, id: AttachmentId) -> Result<Download> {
        Ok(self.file_row(id).await?.without_body())
    }

    /// Who fetched a file, and when, newest first (V10): the last 200.
    pub async fn downloads_of(&self, id: AttachmentId) -> Result<Vec<(String, Stamp)>> {
        self.allow(Act::Read).await?;
        let rows = read!(
            self.reader(),
            Vec<DownloadRow>,
            "SELECT COALESCE(c.name, s.name) AS name, d.at, l.zone
             FROM download d
             JOIN attachment a ON a.id = d.attachment_id
             LEFT JOIN contact c ON c.id = d.contact_id
             LEFT JOIN staff s ON s.id = d.staff_id
             LEFT JOIN report rep ON rep.id = a.report_id
             LEFT JOIN target t ON t.id = a.target_id
             LEFT JOIN request_message m ON m.id = a.message_id
             LEFT JOIN request_note n ON n.id = a.note_id
             LEFT JOIN request r ON r.id = COALESCE(a.request_id, m.request_id, n.request_id)
             LEFT JOIN location l ON l.id = COALESCE(rep.location_id, t.location_id, r.location_id)
             WHERE d.attachment_id = $1
             ORDER BY d.at DESC, d.id LIMIT 200",
            id,
        )?;
        let lang = self.actor.lang;
        Ok(rows.into_iter().map(|row| (row.name, row.at.stamp(&Zone::stored(row.zone.as_deref().unwrap_or("UTC")), lang))).collect())
    }

    async fn file_row(&self, id: AttachmentId) -> Result<FileRow> {
        self.allow(Act::Read).await?;
        read!(
            self.reader(),
            Option<FileRow>,
            "SELECT name, media_type, size, sha256, storage_key FROM attachment
             WHERE id = $1 AND removed_at IS NULL AND draft_id IS NULL",
            id,
        )?
        .ok_or(Error::NotFound)
    }

    async fn add_file(&self, owner: Owner, upload: Upload) -> Result<AttachmentId> {
        // No transaction is open while the browser's line delivers.
        let stored = self.db.files().store(upload).await?;
        let mut w = self.db.write().await?;
        match self.insert_file(&mut w, &owner, &stored).await {
            Ok(id) => {
                w.record(self.by(), owner.event(EventKind::FileAdded, id));
                w.commit().await?;
                Ok(id)
            }
            Err(error) => {
                drop(w);
                self.db.files().remove(&stored.keys).await;
                Err(error)
            }
        }
    }

    async fn insert_file(&self, w: &mut Write<'_>, owner: &Owner, stored: &Stored) -> Result<AttachmentId> {
        let (id, now) = (AttachmentId::new(), w.now);
        change!(
            w,
            "INSERT INTO attachment (id, report_id, target_id, staff_id, storage_key, name, media_type, size, sha256, created_at,
                preview_key, preview_width, preview_height)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
            id,
            owner.report_id,
            // A file belongs to one thing only.
            owner.report_id.is_none().then_some(owner.target_id),
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
        Ok(id)
    }
}
