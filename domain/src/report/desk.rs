//! What staff do with visit reports: write, approve, release as a frozen version, withdraw; and see beforehand what the customer will.

use std::collections::HashMap;

use crate::actor::Desk;
use crate::appointment::AppointmentStatus;
use crate::attachment::FileView;
use crate::attachment::store::{Media, safe_name};
use crate::clock::{self, Instant, Zone};
use crate::error::{Error, Result};
use crate::field::{self, Problem, Refusal};
use crate::follow_up::desk as follow_ups;
use crate::id::{
    AppointmentId, AttachmentId, ContactId, CustomerId, LocationId, ReleaseId, ReportId, RequestId, RevisionId, StaffId, TargetId, VisitId,
};
use crate::journal::{Event, EventKind, LogRow, Write};
use crate::page::{Cursor, PAGE_SIZE, Page};
use crate::report::portal::foreseen;
use crate::report::{
    BODY_LIMIT, DeskReport, DeskReportRow, Publication, Reach, ReleaseInput, ReleaseView, ReleasedFile, ReportView, SUMMARY_LIMIT, Stage,
};
use crate::request::LogEntry;
use crate::role::{Act, Role};
use crate::text::Lang;
use crate::viewer;

closed_set! {
    enum RevisionState { Draft = "draft", Approved = "approved" }
}

// ------------------------------------------------------------------------------------------------------- reading

/// A report in the list.
#[derive(sqlx::FromRow)]
struct Line {
    id: ReportId,
    version: i64,
    created_at: Instant,
    target_id: TargetId,
    target_title: String,
    customer_name: String,
    location_name: String,
    zone: String,
    visit_date: String,
    edited_at: Instant,
    editor_name: String,
    stage: Stage,
}

/// The query of list and page: reports with their newest revision and their stage, and a rest of its own.
macro_rules! lines {
    ($rest:literal) => {
        concat!(
            "SELECT * FROM (
                SELECT r.id, r.version, r.created_at, r.target_id, t.title AS target_title, c.name AS customer_name,
                    l.name AS location_name, l.zone, a.on_date AS visit_date, n.edited_at, e.name AS editor_name,
                    CASE WHEN live.revision_id = n.id THEN 'released'
                        WHEN live.id IS NOT NULL THEN 'changed'
                        WHEN EXISTS (SELECT 1 FROM report_release x WHERE x.report_id = r.id) THEN 'withdrawn'
                        WHEN EXISTS (SELECT 1 FROM report_revision x WHERE x.report_id = r.id AND x.state = 'approved') THEN 'approved'
                        ELSE 'draft' END AS stage
                FROM report r
                JOIN target t ON t.id = r.target_id
                JOIN customer c ON c.id = r.customer_id
                JOIN location l ON l.id = r.location_id
                JOIN visit v ON v.id = r.visit_id
                JOIN appointment a ON a.id = v.appointment_id
                JOIN report_revision n ON n.report_id = r.id
                    AND n.number = (SELECT MAX(x.number) FROM report_revision x WHERE x.report_id = r.id)
                JOIN staff e ON e.id = n.edited_by
                LEFT JOIN report_release live ON live.report_id = r.id AND live.ended_at IS NULL
             ) line WHERE ",
            $rest
        )
    };
}

/// The newest revision, written out.
#[derive(sqlx::FromRow)]
struct Text {
    number: i64,
    state: RevisionState,
    body: String,
    edited_by: StaffId,
    approver_name: Option<String>,
    sent_back_note: Option<String>,
}

#[derive(sqlx::FromRow)]
struct Release {
    id: ReleaseId,
    number: i64,
    revision: i64,
    title: String,
    summary: String,
    message: String,
    released_at: Instant,
    released_by: String,
    ended_as: Option<String>,
    withdraw_reason: Option<String>,
}

/// The public faces of files and the readers of all releases of one report, by release.
#[derive(Default)]
struct Around {
    files: HashMap<ReleaseId, Vec<ReleasedFile>>,
    readers: HashMap<ReleaseId, Vec<(String, Instant)>>,
}

impl Line {
    fn view(self, now: Instant, lang: Lang) -> DeskReportRow {
        let zone = Zone::stored(&self.zone);
        DeskReportRow {
            id: self.id,
            target_title: self.target_title,
            customer_name: self.customer_name,
            location_name: self.location_name,
            stage: self.stage,
            visit_day: clock::span(&self.visit_date, None, None, &zone, now, lang),
            edited: self.edited_at.stamp(&zone, lang),
            editor_name: self.editor_name,
        }
    }
}

impl Release {
    fn view(self, around: &mut Around, zone: &Zone, lang: Lang) -> ReleaseView {
        let readers = around.readers.remove(&self.id).unwrap_or_default();
        ReleaseView {
            id: self.id,
            number: self.number,
            revision: self.revision,
            title: self.title,
            summary: self.summary,
            message: self.message,
            released: self.released_at.stamp(zone, lang),
            released_by: self.released_by,
            ended_as: self.ended_as,
            withdraw_reason: self.withdraw_reason,
            files: around.files.remove(&self.id).unwrap_or_default(),
            opened_by: readers.into_iter().map(|(name, at)| (name, at.stamp(zone, lang))).collect(),
        }
    }
}

impl Desk<'_> {
    /// Reports, the newest first. `stage` is a [`Stage`] word, or empty for all.
    ///
    /// # Errors
    /// `NotFound` for another word.
    pub async fn reports(&self, stage: &str, after: &str) -> Result<Page<DeskReportRow>> {
        self.allow(Act::Read).await?;
        let stage: Option<Stage> = if stage.is_empty() { None } else { Some(stage.parse().map_err(|_| Error::NotFound)?) };
        let (sort, id) = Cursor::parts(Some(&Cursor(after.to_owned())));
        let rows = read!(
            self.reader(),
            Vec<Line>,
            lines!(
                "($1 IS NULL OR stage = $1) AND ($2 IS NULL OR created_at < $2 OR (created_at = $2 AND id < $3))
                 ORDER BY created_at DESC, id DESC LIMIT $4"
            ),
            stage,
            sort,
            id,
            PAGE_SIZE + 1,
        )?;
        let now = self.db.now();
        Ok(Page::of(rows, |row| (row.created_at.micros(), row.id.uuid()), |row| row.view(now, self.actor.lang)))
    }

    /// One report with all that belongs to it.
    ///
    /// # Errors
    /// `NotFound` when there is none.
    pub async fn report(&self, id: ReportId) -> Result<DeskReport> {
        self.allow(Act::Read).await?;
        let line = read!(self.reader(), Option<Line>, lines!("id = $1"), id)?.ok_or(Error::NotFound)?;
        let text = read!(
            self.reader(),
            One<Text>,
            "SELECT n.number, n.state, n.body, n.edited_by, p.name AS approver_name, n.sent_back_note
             FROM report_revision n LEFT JOIN staff p ON p.id = n.approved_by
             WHERE n.report_id = $1 ORDER BY n.number DESC LIMIT 1",
            id,
        )?;
        let zone = Zone::stored(&line.zone);
        let (mut past_releases, files) = (self.releases(id, &zone).await?, self.report_files(id).await?);
        let live = past_releases.first().is_some_and(|newest| newest.ended_as.is_none());
        let release = live.then(|| past_releases.remove(0));
        let approvers = read!(self.reader(), Vec<(Role,)>, APPROVERS)?;
        let (version, target_id) = (line.version, line.target_id);
        let row = line.view(self.db.now(), self.actor.lang);
        Ok(DeskReport {
            id,
            version,
            target_id,
            target_title: row.target_title,
            customer_name: row.customer_name,
            location_name: row.location_name,
            visit_day: row.visit_day,
            stage: row.stage,
            revision: text.number,
            approved: text.state == RevisionState::Approved,
            own_edit: text.edited_by == self.actor.staff && !is_alone(&approvers),
            body: text.body,
            editor_name: row.editor_name,
            edited: row.edited,
            approver_name: text.approver_name,
            sent_back_note: text.sent_back_note,
            files,
            release,
            past_releases,
            follow_ups: follow_ups::of_report(self, id).await?,
            viewers: viewer::desk::of_report(self, id, live).await?,
            log: self.report_log(id, &zone).await?,
        })
    }

    /// Who would see a release of this report: everybody whose grant shows reports at its location.
    ///
    /// # Errors
    /// `NotFound` without the report.
    pub async fn reach(&self, id: ReportId) -> Result<Reach> {
        self.allow(Act::Read).await?;
        read!(self.reader(), Option<(ReportId,)>, "SELECT id FROM report WHERE id = $1", id)?.ok_or(Error::NotFound)?;
        let people = read!(
            self.reader(),
            Vec<(ContactId, String, bool)>,
            "SELECT c.contact_id, c.name, l.may_download
             FROM report r
             JOIN portal_location l ON l.id = r.location_id AND l.may_see_reports
             JOIN portal_contact c ON c.contact_id = l.contact_id
             WHERE r.id = $1 ORDER BY c.name, c.contact_id",
            id,
        )?;
        Ok(reach_of(people))
    }

    async fn releases(&self, id: ReportId, zone: &Zone) -> Result<Vec<ReleaseView>> {
        let rows = read!(
            self.reader(),
            Vec<Release>,
            "SELECT e.id, e.number, n.number AS revision, e.title, e.summary, e.message, e.released_at, s.name AS released_by, e.ended_as,
                e.withdraw_reason
             FROM report_release e
             JOIN report_revision n ON n.id = e.revision_id
             JOIN staff s ON s.id = e.released_by
             WHERE e.report_id = $1 ORDER BY e.number DESC",
            id,
        )?;
        let mut around = self.around_releases(id).await?;
        Ok(rows.into_iter().map(|row| row.view(&mut around, zone, self.actor.lang)).collect())
    }

    async fn around_releases(&self, id: ReportId) -> Result<Around> {
        let files = read!(
            self.reader(),
            Vec<(ReleaseId, AttachmentId, String, String)>,
            "SELECT f.release_id, f.attachment_id, f.public_name, f.caption
             FROM release_attachment f JOIN report_release e ON e.id = f.release_id
             WHERE e.report_id = $1 ORDER BY f.position",
            id,
        )?;
        let readers = read!(
            self.reader(),
            Vec<(ReleaseId, String, Instant)>,
            "SELECT o.release_id, c.name, o.opened_at
             FROM release_opened o JOIN report_release e ON e.id = o.release_id JOIN contact c ON c.id = o.contact_id
             WHERE e.report_id = $1 ORDER BY o.opened_at, c.name",
            id,
        )?;
        let mut around = Around::default();
        for (release, attachment, public_name, caption) in files {
            around.files.entry(release).or_default().push(ReleasedFile { attachment, public_name, caption });
        }
        for (release, name, at) in readers {
            around.readers.entry(release).or_default().push((name, at));
        }
        Ok(around)
    }

    async fn report_files(&self, id: ReportId) -> Result<Vec<FileView>> {
        read!(
            self.reader(),
            Vec<FileView>,
            "SELECT id, name, media_type, size, '' AS caption, CASE WHEN staff_id = $2 THEN TRUE ELSE FALSE END AS own, preview_width,
                preview_height
             FROM attachment WHERE report_id = $1 AND removed_at IS NULL ORDER BY created_at, id",
            id,
            self.actor.staff,
        )
    }

    async fn report_log(&self, id: ReportId, zone: &Zone) -> Result<Vec<LogEntry>> {
        let rows = read!(
            self.reader(),
            Vec<LogRow>,
            "SELECT e.seq, e.kind, COALESCE(s.name, c.name) AS actor_name, e.at, e.details
             FROM event e LEFT JOIN staff s ON s.id = e.actor_staff_id LEFT JOIN contact c ON c.id = e.actor_contact_id
             WHERE e.report_id = $1 ORDER BY e.seq DESC LIMIT 200",
            id,
        )?;
        Ok(rows.into_iter().map(|row| row.entry(zone, self.actor.lang)).collect())
    }
}

// ------------------------------------------------------------------------------------------------------- writing

/// A report under change: where it belongs.
#[derive(sqlx::FromRow)]
struct Held {
    id: ReportId,
    target_id: TargetId,
    customer_id: CustomerId,
    location_id: LocationId,
    request_id: Option<RequestId>,
}

impl Held {
    fn event(&self, kind: EventKind) -> Event {
        Event {
            report: Some(self.id),
            target: Some(self.target_id),
            request: self.request_id,
            ..Event::at(kind, self.customer_id, self.location_id)
        }
    }
}

#[derive(sqlx::FromRow)]
struct Revision {
    id: RevisionId,
    number: i64,
    state: RevisionState,
    body: String,
    edited_by: StaffId,
}

/// Roles of all who work here now, for [`is_alone`].
const APPROVERS: &str = "SELECT role FROM staff WHERE disabled_at IS NULL";

/// Whether nobody else could approve, so that the last editor may.
fn is_alone(staff: &[(Role,)]) -> bool {
    staff.iter().filter(|(role,)| role.may(Act::ApproveReport)).count() <= 1
}

fn reach_of(people: Vec<(ContactId, String, bool)>) -> Reach {
    let downloaders = people.iter().filter(|(_, _, may_download)| *may_download).count();
    Reach { people: people.into_iter().map(|(_, name, _)| name).collect(), downloaders }
}

async fn held(w: &mut Write<'_>, id: ReportId) -> Result<Held> {
    within!(
        w,
        Option<Held>,
        "SELECT r.id, r.target_id, r.customer_id, r.location_id, t.request_id
         FROM report r JOIN target t ON t.id = r.target_id WHERE r.id = $1",
        id,
    )?
    .ok_or(Error::NotFound)
}

/// Begins an act on a report by compare-and-swap: of two at once, one wins.
async fn swap(w: &mut Write<'_>, id: ReportId, version: i64) -> Result<Held> {
    let held = held(w, id).await?;
    let rows = change!(w, "UPDATE report SET version = version + 1 WHERE id = $1 AND version = $2", id, version)?;
    Error::unless_swapped(rows)?;
    Ok(held)
}

async fn newest(w: &mut Write<'_>, id: ReportId) -> Result<Revision> {
    within!(
        w,
        One<Revision>,
        "SELECT id, number, state, body, edited_by FROM report_revision WHERE report_id = $1 ORDER BY number DESC LIMIT 1",
        id,
    )
}

/// Keeps other changes of a report waiting until this one is through, without being one itself: for acts on what hangs on it.
pub(crate) async fn lock(w: &mut Write<'_>, id: ReportId) -> Result<()> {
    change!(w, "UPDATE report SET version = version WHERE id = $1", id).map(drop)
}

impl Desk<'_> {
    /// Starts the report of a done visit, empty; or gives the one there is.
    ///
    /// # Errors
    /// `NotFound` without the appointment; refused while it is still scheduled; `Conflict` when it ended without a visit.
    pub async fn write_report(&self, appointment: AppointmentId) -> Result<ReportId> {
        let mut w = self.begin(Act::WriteReport).await?;
        let visit = self.reportable_visit(&mut w, appointment).await?;
        let (id, now) = (ReportId::new(), w.now);
        let rows = change!(
            w,
            "INSERT INTO report (id, visit_id, target_id, customer_id, location_id, created_at)
             SELECT $2, v.id, v.target_id, a.customer_id, a.location_id, $3
             FROM visit v JOIN appointment a ON a.id = v.appointment_id WHERE v.id = $1
             ON CONFLICT (visit_id) DO NOTHING",
            visit,
            id,
            now,
        )?;
        if rows == 0 {
            let (existing,) = within!(w, One<(ReportId,)>, "SELECT id FROM report WHERE visit_id = $1", visit)?;
            return Ok(existing);
        }
        self.insert_draft(&mut w, id, 1, "").await?;
        let event = held(&mut w, id).await?.event(EventKind::ReportWritten);
        w.record(self.by(), Event { appointment: Some(appointment), details: "revision 1".into(), ..event });
        w.commit().await?;
        Ok(id)
    }

    /// Saves the text. After an approval this begins a new draft; what was released stays as it was (V5).
    ///
    /// # Errors
    /// `Conflict` for a stale version; `Invalid` for `body`.
    pub async fn save_report(&self, id: ReportId, version: i64, body: &str) -> Result<()> {
        let mut w = self.begin(Act::WriteReport).await?;
        let body = field::lines(body, 0, BODY_LIMIT).map_err(|problem| Error::invalid("body", problem))?;
        let held = swap(&mut w, id, version).await?;
        let newest = newest(&mut w, id).await?;
        if newest.body == body {
            // Nothing was edited: no new draft, and no new last editor.
            return Ok(());
        }
        let number = match newest.state {
            RevisionState::Approved => {
                self.insert_draft(&mut w, id, newest.number + 1, &body).await?;
                newest.number + 1
            }
            RevisionState::Draft => {
                change!(
                    w,
                    "UPDATE report_revision SET body = $2, edited_by = $3, edited_at = $4 WHERE id = $1 AND state = 'draft'",
                    newest.id,
                    body.as_str(),
                    self.actor.staff,
                    w.now,
                )?;
                newest.number
            }
        };
        w.record(self.by(), Event { details: format!("revision {number}"), ..held.event(EventKind::ReportWritten) });
        w.commit().await
    }

    /// Approves the draft. It releases nothing (V2).
    ///
    /// # Errors
    /// Refused for its last editor, unless nobody else could; `Invalid` for an empty `body`; `Conflict` when it is approved already.
    pub async fn approve_report(&self, id: ReportId, version: i64) -> Result<()> {
        let mut w = self.begin(Act::ApproveReport).await?;
        let held = swap(&mut w, id, version).await?;
        let draft = newest(&mut w, id).await?;
        if draft.state != RevisionState::Draft {
            return Err(Error::Conflict);
        }
        if draft.body.is_empty() {
            return Err(Error::invalid("body", Problem::Missing));
        }
        if draft.edited_by == self.actor.staff && !is_alone(&within!(w, Vec<(Role,)>, APPROVERS)?) {
            return Err(Error::refused(Refusal::OwnRevision));
        }
        change!(
            w,
            "UPDATE report_revision SET state = 'approved', approved_by = $2, approved_at = $3, sent_back_note = NULL
             WHERE id = $1 AND state = 'draft'",
            draft.id,
            self.actor.staff,
            w.now,
        )?;
        w.record(self.by(), Event { details: format!("revision {}", draft.number), ..held.event(EventKind::ReportApproved) });
        w.commit().await
    }

    /// Gives the draft back to its writer with a note.
    ///
    /// # Errors
    /// `Invalid` for `note`; `Conflict` when it is approved already.
    pub async fn send_back(&self, id: ReportId, version: i64, note: &str) -> Result<()> {
        let mut w = self.begin(Act::ApproveReport).await?;
        let note = field::lines(note, 1, SUMMARY_LIMIT).map_err(|problem| Error::invalid("note", problem))?;
        let held = swap(&mut w, id, version).await?;
        let draft = newest(&mut w, id).await?;
        let rows = change!(w, "UPDATE report_revision SET sent_back_note = $2 WHERE id = $1 AND state = 'draft'", draft.id, note.as_str())?;
        Error::unless_swapped(rows)?;
        w.record(self.by(), Event { details: format!("revision {}", draft.number), ..held.event(EventKind::ReportSentBack) });
        w.commit().await
    }

    /// Makes the newest approved revision the customer's, under words of its own and with the ticked files. An earlier release ends.
    ///
    /// # Errors
    /// Refused when nothing is approved or a file is not the report's; `Invalid` for the fields; `Conflict` for a stale version.
    pub async fn release(&self, id: ReportId, version: i64, input: &ReleaseInput) -> Result<ReleaseId> {
        let mut w = self.begin(Act::Release).await?;
        let publication = Publication::parse(input)?;
        let held = swap(&mut w, id, version).await?;
        let release = self.publish(&mut w, id, &publication).await?;
        w.record(self.by(), Event { release: Some(release), ..held.event(EventKind::ReportReleased) });
        w.commit().await?;
        Ok(release)
    }

    /// What a release would show, and to whom: it is made, read through the portal's own views, and undone. The view is that of the first
    /// of the people; without any, there is none.
    ///
    /// # Errors
    /// As [`Self::release`].
    pub async fn preview_release(&self, id: ReportId, input: &ReleaseInput) -> Result<(Option<ReportView>, Reach)> {
        let mut w = self.begin(Act::Release).await?;
        let publication = Publication::parse(input)?;
        held(&mut w, id).await?;
        self.publish(&mut w, id, &publication).await?;
        let people = within!(
            w,
            Vec<(ContactId, String, bool)>,
            "SELECT p.contact_id, c.name, p.may_download
             FROM portal_report p JOIN portal_contact c ON c.contact_id = p.contact_id
             WHERE p.id = $1 ORDER BY c.name, p.contact_id",
            id,
        )?;
        let view = match people.first() {
            Some((first, _, _)) => foreseen(&mut w, *first, id, self.actor.lang).await?,
            None => None,
        };
        // Dropping the change undoes it.
        Ok((view, reach_of(people)))
    }

    /// Ends the live release: page, timeline entry and downloads are gone at once (V4). The follow-ups, if they are to go too.
    ///
    /// # Errors
    /// `Invalid` for `reason`; `Conflict` when nothing is released or the version is stale.
    pub async fn withdraw_release(&self, id: ReportId, version: i64, reason: &str, unshare_follow_ups: bool) -> Result<()> {
        let mut w = self.begin(Act::Release).await?;
        let reason = field::lines(reason, 1, SUMMARY_LIMIT).map_err(|problem| Error::invalid("reason", problem))?;
        let held = swap(&mut w, id, version).await?;
        let live = within!(w, Option<(ReleaseId,)>, "SELECT id FROM report_release WHERE report_id = $1 AND ended_at IS NULL", id)?;
        let (release,) = live.ok_or(Error::Conflict)?;
        change!(
            w,
            "UPDATE report_release SET ended_at = $2, ended_as = 'withdrawn', withdraw_reason = $3 WHERE id = $1",
            release,
            w.now,
            reason.as_str(),
        )?;
        w.record(self.by(), Event { release: Some(release), ..held.event(EventKind::ReportWithdrawn) });
        if unshare_follow_ups {
            follow_ups::unshare_all(&mut w, id, self.by()).await?;
        }
        w.commit().await
    }

    /// The visit that an appointment was, if a report can be written about it.
    async fn reportable_visit(&self, w: &mut Write<'_>, appointment: AppointmentId) -> Result<VisitId> {
        let (status, visit) = within!(
            w,
            Option<(AppointmentStatus, Option<VisitId>)>,
            "SELECT a.status, v.id FROM appointment a LEFT JOIN visit v ON v.appointment_id = a.id WHERE a.id = $1",
            appointment,
        )?
        .ok_or(Error::NotFound)?;
        match (status, visit) {
            (AppointmentStatus::Done, Some(visit)) => Ok(visit),
            (AppointmentStatus::Scheduled, _) => Err(Error::refused(Refusal::StillScheduled)),
            _ => Err(Error::Conflict),
        }
    }

    async fn insert_draft(&self, w: &mut Write<'_>, id: ReportId, number: i64, body: &str) -> Result<()> {
        change!(
            w,
            "INSERT INTO report_revision (id, report_id, number, state, body, edited_by, edited_at)
             VALUES ($1, $2, $3, 'draft', $4, $5, $6)",
            RevisionId::new(),
            id,
            number,
            body,
            self.actor.staff,
            w.now,
        )
        .map(drop)
    }

    /// Ends the live release, if any, and makes the next one. Nothing of the report's own text goes along.
    async fn publish(&self, w: &mut Write<'_>, id: ReportId, publication: &Publication) -> Result<ReleaseId> {
        let approved = within!(
            w,
            Option<(RevisionId,)>,
            "SELECT id FROM report_revision WHERE report_id = $1 AND state = 'approved' ORDER BY number DESC LIMIT 1",
            id,
        )?;
        let (revision,) = approved.ok_or_else(|| Error::refused(Refusal::NotApproved))?;
        change!(
            w,
            "UPDATE report_release SET ended_at = $2, ended_as = 'superseded' WHERE report_id = $1 AND ended_at IS NULL",
            id,
            w.now,
        )?;
        let (last,) = within!(w, One<(i64,)>, "SELECT COALESCE(MAX(number), 0) FROM report_release WHERE report_id = $1", id)?;
        let release = ReleaseId::new();
        change!(
            w,
            "INSERT INTO report_release (id, report_id, target_id, customer_id, location_id, number, revision_id, revision_state, title,
                summary, message, released_by, released_at)
             SELECT $1, r.id, r.target_id, r.customer_id, r.location_id, $3, $4, 'approved', $5, $6, $7, $8, $9 FROM report r
             WHERE r.id = $2",
            release,
            id,
            last + 1,
            revision,
            publication.title.as_str(),
            publication.summary.as_str(),
            publication.message.as_str(),
            self.actor.staff,
            w.now,
        )?;
        for (position, file) in (1_i64..).zip(&publication.files) {
            add_file(w, id, release, position, file).await?;
        }
        Ok(release)
    }
}

/// Gives one file of the report to the customer, under its public name with the extension of what it is.
async fn add_file(w: &mut Write<'_>, id: ReportId, release: ReleaseId, position: i64, file: &ReleasedFile) -> Result<()> {
    let found = within!(
        w,
        Option<(Media,)>,
        "SELECT media_type FROM attachment WHERE id = $1 AND report_id = $2 AND removed_at IS NULL",
        file.attachment,
        id,
    )?;
    let (media,) = found.ok_or_else(|| Error::refused(Refusal::FileNotOfReport))?;
    // The same file twice in the form is one file.
    change!(
        w,
        "INSERT INTO release_attachment (release_id, attachment_id, public_name, caption, position) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT DO NOTHING",
        release,
        file.attachment,
        safe_name(&file.public_name, media),
        file.caption.as_str(),
        position,
    )
    .map(drop)
}
