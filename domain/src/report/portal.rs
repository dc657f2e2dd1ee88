//! What a customer may see of reports: live releases, exactly as frozen.

use std::cmp::Reverse;

use crate::actor::Portal;
use crate::attachment::FileView;
use crate::clock::{self, Instant, Zone};
use crate::customer::address_line;
use crate::customer::portal::{Narrowed, with_words};
use crate::error::{Error, Result};
use crate::follow_up::FollowUpRow;
use crate::follow_up::portal as follow_ups;
use crate::id::{ContactId, ReleaseId, ReportId, RequestId, TargetId};
use crate::journal::Write;
use crate::page::{Cursor, PAGE_SIZE, Page};
use crate::report::{ReportFilter, ReportRow, ReportView};
use crate::text::Lang;

/// A live release in a list.
#[derive(sqlx::FromRow)]
struct Line {
    id: ReportId,
    title: String,
    version: i64,
    released_at: Instant,
    customer_name: String,
    location_name: String,
    zone: String,
    visit_date: String,
    opened: bool,
}

/// A live release in full.
#[derive(sqlx::FromRow)]
struct Released {
    #[sqlx(flatten)]
    line: Line,
    release_id: ReleaseId,
    summary: String,
    message: String,
    work_title: String,
    street: String,
    postal_code: String,
    city: String,
    may_download: bool,
    request_id: Option<RequestId>,
    request_number: Option<String>,
}

/// The query of all lists here: live releases that the viewer sees, and a rest of its own.
macro_rules! lines {
    ($($rest:tt)+) => {
        concat!(
            "SELECT id, title, version, released_at, customer_name, location_name, zone, visit_date, opened
             FROM portal_report WHERE contact_id = $1 AND ",
            $($rest)+
        )
    };
}

// One report, its files: read by a contact, and by the preview inside a change that is then undone.
const REPORT: &str =
    "SELECT id, release_id, version, title, summary, message, released_at, customer_name, location_name, street, postal_code,
        city, zone, visit_date, work_title, request_id, request_number, may_download, opened
    FROM portal_report WHERE contact_id = $1 AND id = $2";
const FILES: &str = "SELECT id, name, media_type, size, caption, FALSE AS own, preview_width, preview_height FROM portal_report_file
    WHERE contact_id = $1 AND report_id = $2 ORDER BY position, id";

impl Line {
    fn view(self, now: Instant, lang: Lang) -> ReportRow {
        let zone = Zone::stored(&self.zone);
        ReportRow {
            id: self.id,
            title: self.title,
            version: self.version,
            visit_day: clock::span(&self.visit_date, None, None, &zone, now, lang),
            customer_name: self.customer_name,
            location_name: self.location_name,
            released: self.released_at.stamp(&zone, lang),
            unread: !self.opened,
        }
    }

    fn key(&self) -> (i64, uuid::Uuid) {
        (self.released_at.micros(), self.id.uuid())
    }
}

impl Released {
    fn view(self, files: Vec<FileView>, follow_ups: Vec<FollowUpRow>, now: Instant, lang: Lang) -> ReportView {
        ReportView {
            row: self.line.view(now, lang),
            summary: self.summary,
            message: self.message,
            work_title: self.work_title,
            address: address_line(&self.street, &self.postal_code, &self.city),
            request: self.request_id.zip(self.request_number),
            files,
            may_download: self.may_download,
            follow_ups,
        }
    }
}

impl Portal<'_> {
    /// Released reports, the newest release first.
    pub async fn reports(&self, filter: &ReportFilter) -> Result<Page<ReportRow>> {
        let Narrowed { location, words: [a, b, c, d, e] } = Narrowed::to(&filter.location, &filter.place);
        let (sort, id) = Cursor::parts(Some(&Cursor(filter.after.clone())));
        let rows = read!(
            self.reader(),
            Vec<Line>,
            lines!(
                "($2 IS NULL OR customer_id = $2) AND ($3 IS NULL OR location_id = $3)
                    AND ($4 IS NULL OR released_at < $4 OR (released_at = $4 AND id < $5))",
                with_words!("location_id", "$7", "$8", "$9", "$10", "$11"),
                " ORDER BY released_at DESC, id DESC LIMIT $6"
            ),
            self.contact(),
            self.actor.customer,
            location,
            sort,
            id,
            PAGE_SIZE + 1,
            a.as_deref(),
            b.as_deref(),
            c.as_deref(),
            d.as_deref(),
            e.as_deref(),
        )?;
        let now = self.db.now();
        Ok(Page::of(rows, Line::key, |row| row.view(now, self.actor.lang)))
    }

    /// One released report. The first time that the viewer opens a release is written down.
    ///
    /// # Errors
    /// `NotFound` when it does not exist, is not released, or is not the viewer's to see.
    pub async fn report(&self, id: ReportId) -> Result<ReportView> {
        let row = self.released(id).await?;
        if !row.line.opened {
            self.open_release(id, row.release_id).await?;
        }
        self.whole(row).await
    }

    /// The same without a trace, for a question whose answer nobody reads.
    ///
    /// # Errors
    /// As [`Portal::report`].
    pub async fn report_unopened(&self, id: ReportId) -> Result<ReportView> {
        let row = self.released(id).await?;
        self.whole(row).await
    }

    async fn released(&self, id: ReportId) -> Result<Released> {
        read!(self.reader(), Option<Released>, REPORT, self.contact(), id)?.ok_or(Error::NotFound)
    }

    async fn whole(&self, row: Released) -> Result<ReportView> {
        let id = row.line.id;
        let files = read!(self.reader(), Vec<FileView>, FILES, self.contact(), id)?;
        let follow_ups = follow_ups::of_report(self, id).await?;
        Ok(row.view(files, follow_ups, self.db.now(), self.actor.lang))
    }

    async fn open_release(&self, id: ReportId, release: ReleaseId) -> Result<()> {
        let mut w = self.db.write().await?;
        let now = w.now;
        change!(
            w,
            "INSERT INTO release_opened (release_id, contact_id, opened_at) SELECT release_id, contact_id, $4 FROM portal_report
             WHERE contact_id = $1 AND id = $2 AND release_id = $3 ON CONFLICT DO NOTHING",
            self.contact(),
            id,
            release,
            now,
        )?;
        w.commit_unrecorded().await
    }
}

/// The reports of the work for one request, newest release first.
pub(crate) async fn of_targets(portal: &Portal<'_>, targets: &[TargetId]) -> Result<Vec<ReportRow>> {
    let mut rows: Vec<Line> = Vec::new();
    for target in targets {
        rows.extend(read!(
            portal.reader(),
            Vec<Line>,
            lines!("target_id = $2 ORDER BY released_at DESC, id DESC LIMIT 200"),
            portal.contact(),
            *target,
        )?);
    }
    rows.sort_by_key(|row| Reverse(row.key()));
    let now = portal.db.now();
    Ok(rows.into_iter().map(|row| row.view(now, portal.actor.lang)).collect())
}

/// Releases that the viewer has not opened, newest first.
pub(crate) async fn unread(portal: &Portal<'_>, limit: i64) -> Result<Vec<ReportRow>> {
    let rows = read!(
        portal.reader(),
        Vec<Line>,
        lines!("($2 IS NULL OR customer_id = $2) AND NOT opened ORDER BY released_at DESC, id DESC LIMIT $3"),
        portal.contact(),
        portal.actor.customer,
        limit,
    )?;
    let now = portal.db.now();
    Ok(rows.into_iter().map(|row| row.view(now, portal.actor.lang)).collect())
}

/// A report as a contact would see it if the change under way were committed: the same views, the same text, before it happens.
pub(crate) async fn foreseen(w: &mut Write<'_>, contact: ContactId, id: ReportId, lang: Lang) -> Result<Option<ReportView>> {
    let Some(row) = within!(w, Option<Released>, REPORT, contact, id)? else { return Ok(None) };
    let files = within!(w, Vec<FileView>, FILES, contact, id)?;
    let follow_ups = follow_ups::foreseen(w, contact, id, lang).await?;
    Ok(Some(row.view(files, follow_ups, w.now, lang)))
}
