//! Visit reports: written and approved inside, released as a frozen version of its own words and chosen files.

use serde::{Deserialize, Serialize};

use crate::attachment::FileView;
use crate::customer::place_line;
use crate::field::{self, Problem, Problems, Refusal};
use crate::follow_up::{DeskFollowUp, FollowUpRow};
use crate::id::{AttachmentId, ReleaseId, ReportId, RequestId, TargetId};
use crate::request::{LogEntry, TITLE_LIMIT};
use crate::viewer::Viewers;
use crate::when::{Span, Stamp};

#[cfg(feature = "ssr")]
pub mod desk;
#[cfg(feature = "ssr")]
pub mod portal;

pub const BODY_LIMIT: usize = 20_000;
pub const SUMMARY_LIMIT: usize = 4_000;
pub const CAPTION_LIMIT: usize = 200;

closed_set! {
    /// Where a report stands at the desk.
    pub enum Stage { Draft = "draft", Approved = "approved", Released = "released", Changed = "changed", Withdrawn = "withdrawn" }
}

/// A released report in a contact's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ReportRow {
    pub id: ReportId,
    pub title: String,
    pub version: i64,
    pub visit_day: Span,
    pub customer_name: String,
    pub location_name: String,
    pub released: Stamp,
    /// The viewer has not opened this version yet.
    pub unread: bool,
}

/// Which of a contact's reports to list. Empty means all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportFilter {
    #[serde(default)]
    pub location: String,
    /// Words of the location's name or address; beside a chosen location they count for nothing.
    #[serde(default)]
    pub place: String,
    #[serde(default)]
    pub after: String,
}

/// A released report, exactly as frozen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ReportView {
    pub row: ReportRow,
    pub summary: String,
    pub message: String,
    pub work_title: String,
    pub address: String,
    pub request: Option<(RequestId, String)>,
    /// Released files; empty without the right to download, and then `may_download` says so.
    pub files: Vec<FileView>,
    pub may_download: bool,
    pub follow_ups: Vec<FollowUpRow>,
}

impl ReportView {
    /// Name and address of the location on one line.
    pub fn place(&self) -> String {
        place_line(&self.row.location_name, &self.address)
    }
}

/// A report in the desk's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DeskReportRow {
    pub id: ReportId,
    pub target_title: String,
    pub customer_name: String,
    pub location_name: String,
    pub stage: Stage,
    pub visit_day: Span,
    pub edited: Stamp,
    pub editor_name: String,
}

/// A report on the desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DeskReport {
    pub id: ReportId,
    pub version: i64,
    pub target_id: TargetId,
    pub target_title: String,
    pub customer_name: String,
    pub location_name: String,
    pub visit_day: Span,
    pub stage: Stage,
    /// The text being written, or the newest approved one.
    pub body: String,
    pub revision: i64,
    /// Whether that newest revision is approved.
    pub approved: bool,
    pub editor_name: String,
    pub edited: Stamp,
    pub approver_name: Option<String>,
    pub sent_back_note: Option<String>,
    /// The viewer edited it last and must leave the approval to another.
    pub own_edit: bool,
    /// Files of the report: none is shared by itself.
    pub files: Vec<FileView>,
    /// The live release.
    pub release: Option<ReleaseView>,
    /// Earlier releases, newest first.
    pub past_releases: Vec<ReleaseView>,
    pub follow_ups: Vec<DeskFollowUp>,
    pub viewers: Viewers,
    pub log: Vec<LogEntry>,
}

/// A release, live or past.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ReleaseView {
    pub id: ReleaseId,
    pub number: i64,
    pub revision: i64,
    pub title: String,
    pub summary: String,
    pub message: String,
    pub released: Stamp,
    pub released_by: String,
    /// `superseded`, `withdrawn`, or none while live.
    pub ended_as: Option<String>,
    pub withdraw_reason: Option<String>,
    pub files: Vec<ReleasedFile>,
    /// Who opened it, and when.
    pub opened_by: Vec<(String, Stamp)>,
}

/// The public face of a file in a release.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReleasedFile {
    pub attachment: AttachmentId,
    pub public_name: String,
    pub caption: String,
}

/// What staff type to release a report: the customer's words, and the files they chose.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReleaseInput {
    #[serde(default)]
    pub title: String,
    #[serde(default)]
    pub summary: String,
    #[serde(default)]
    pub message: String,
    #[serde(default)]
    pub files: Vec<ReleaseFileInput>,
}

/// One file of the release form; only a shared one goes along.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReleaseFileInput {
    pub attachment: String,
    /// `on` when the box is ticked.
    #[serde(default)]
    pub share: String,
    #[serde(default)]
    pub public_name: String,
    #[serde(default)]
    pub caption: String,
}

/// A release, checked: only the customer's own words, and the files that were ticked, in their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Publication {
    pub title: String,
    pub summary: String,
    pub message: String,
    pub files: Vec<ReleasedFile>,
}

impl Publication {
    /// # Errors
    /// All fields that are missing or too long; those of a file under its name in the form, such as `files[0][public_name]`.
    pub fn parse(input: &ReleaseInput) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let title = problems.take("title", field::line(&input.title, 1, TITLE_LIMIT));
        let summary = problems.take("summary", field::lines(&input.summary, 1, SUMMARY_LIMIT));
        let message = problems.take("message", field::lines(&input.message, 0, SUMMARY_LIMIT));
        let shared = input.files.iter().enumerate().filter(|(_, file)| file.share == "on");
        let files: Vec<_> = shared.filter_map(|(i, file)| file.parse(i, &mut problems)).collect();
        match (title, summary, message) {
            (Some(title), Some(summary), Some(message)) if problems.0.is_empty() => Ok(Self { title, summary, message, files }),
            _ => Err(problems),
        }
    }
}

impl ReleaseFileInput {
    fn parse(&self, i: usize, problems: &mut Problems) -> Option<ReleasedFile> {
        let attachment = problems.take("", self.attachment.parse().map_err(|_| Problem::Refused(Refusal::FileNotOfReport)));
        let public_name = problems.take(&format!("files[{i}][public_name]"), field::line(&self.public_name, 1, TITLE_LIMIT));
        let caption = problems.take(&format!("files[{i}][caption]"), field::line(&self.caption, 0, CAPTION_LIMIT));
        Some(ReleasedFile { attachment: attachment?, public_name: public_name?, caption: caption? })
    }
}

/// Who would see a release, before it is made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reach {
    pub people: Vec<String>,
    /// Of these, who may also download its files.
    pub downloaders: usize,
}
