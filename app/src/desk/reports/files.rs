//! A report's files: added and removed inside, shared one by one with a release.

use domain::attachment::FileView;
use domain::id::{AttachmentId, ReportId};
use domain::report::{DeskReport, ReleaseView};
use domain::when::Stamp;
use leptos::either::Either;
use leptos::form::ActionForm;
use leptos::prelude::*;

use crate::desk::text;
use crate::error::AppError;
use crate::ui::form::{FormErrors, use_form, use_plain_form};
use crate::ui::lang::t;
use crate::ui::record::{Thumb, Time};

#[cfg(feature = "ssr")]
use crate::ctx::StaffSession;

#[server(prefix = "/api/desk", endpoint = "remove_report_file")]
pub async fn remove_report_file(file: AttachmentId) -> Result<(), AppError> {
    Ok(StaffSession::current().await?.desk().remove_report_file(file).await?)
}

/// Who fetched a file, and when.
pub type Downloads = (AttachmentId, Vec<(String, Stamp)>);

/// How the query's `form` names the downloads of a file.
const DOWNLOADS: &str = "downloads-";

/// The file whose downloads are asked for by the query's `form`.
pub fn asked_downloads(form: &str) -> Option<AttachmentId> {
    form.strip_prefix(DOWNLOADS)?.parse().ok()
}

#[component]
pub fn ReportFiles(report: DeskReport, downloads: Option<Downloads>, remove: ServerAction<RemoveReportFile>) -> impl IntoView {
    let (id, form) = (report.id, use_form(remove));
    let action = format!("/desk/reports/{id}/files");
    let upload = use_plain_form(&action);
    let releases: Vec<ReleaseView> = report.release.into_iter().chain(report.past_releases).collect();
    let rows = report.files.into_iter().map(|file| {
        let in_release = |release: &ReleaseView| release.files.iter().any(|released| released.attachment == file.id);
        let live = releases.iter().any(|release| release.ended_as.is_none() && in_release(release));
        let ever = releases.iter().any(in_release);
        let downloads = downloads.as_ref().filter(|(of, _)| *of == file.id).map(|(_, downloads)| downloads.clone());
        view! { <FileRow report=id file live ever downloads remove /> }
    });
    view! {
        <section aria-labelledby="files">
            <h2 id="files">{t(text::FILES)}</h2>
            <p class="hint">{t(text::FILES_HINT)}</p>
            <FormErrors form />
            <FormErrors form=upload />
            <ul class="files">{rows.collect_view()}</ul>
            // Not an ActionForm: files stream to a route of their own.
            <form method="post" enctype="multipart/form-data" action=action>
                <div class="drop">
                    <label for="file">{t(text::ADD_FILES)}</label>
                    <input id="file" type="file" name="file" multiple required accept="image/jpeg,image/png,image/webp,application/pdf" />
                </div>
                <div class="actions"><button>{t(text::UPLOAD)}</button></div>
            </form>
        </section>
    }
}

/// One file. What a customer was ever given stays.
#[component]
fn FileRow(
    report: ReportId,
    file: FileView,
    live: bool,
    ever: bool,
    downloads: Option<Vec<(String, Stamp)>>,
    remove: ServerAction<RemoveReportFile>,
) -> impl IntoView {
    let id = file.id;
    let size = file.size_text();
    view! {
        <li class="file">
            <Thumb file=file.clone() base="/desk/files" />
            <div>
                <p class="file-name"><a href=format!("/desk/files/{id}") rel="external" download="">{file.name}</a></p>
                <p>{size} {live.then(|| view! { " " <span class="chip" data-tone="green">{t(text::FILE_SHARED)}</span> })}</p>
            </div>
            <div class="actions">
                <a class="button quiet small" href=format!("/desk/reports/{report}?form={DOWNLOADS}{id}#form")>{t(text::DOWNLOADS)}</a>
                {(!ever)
                    .then(|| {
                        view! {
                            <ActionForm action=remove>
                                <input type="hidden" name="file" value=id.to_string() />
                                <button class="quiet small">{t(text::REMOVE)}</button>
                            </ActionForm>
                        }
                    })}
            </div>
            {downloads.map(|downloads| view! { <DownloadLog downloads /> })}
        </li>
    }
}

#[component]
fn DownloadLog(downloads: Vec<(String, Stamp)>) -> impl IntoView {
    let rows = downloads.into_iter().map(|(name, at)| view! { <li>{name} ", " <Time stamp=at /></li> });
    let rows: Vec<_> = rows.collect();
    view! {
        <div class="file-more" id="form">
            <h3>{t(text::DOWNLOADS)}</h3>
            {if rows.is_empty() {
                Either::Left(view! { <p>{t(text::NO_DOWNLOADS)}</p> })
            } else {
                Either::Right(view! { <ul>{rows}</ul> })
            }}
        </div>
    }
}
