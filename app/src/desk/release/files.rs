//! The files of a release: each shared or not, under a public name and with a caption of its own.

use domain::attachment::FileView;
use domain::id::AttachmentId;
use domain::report::{CAPTION_LIMIT, DeskReport, ReleasedFile};
use domain::request::TITLE_LIMIT;
use domain::text::Text;
use leptos::prelude::*;

use crate::desk::text;
use crate::ui::form::{FieldError, FormState};
use crate::ui::lang::t;
use crate::ui::record::Thumb;

/// The name under which a field of the `i`th file is sent.
pub fn sent_name(i: usize, field: &str) -> String {
    format!("input[files][{i}][{field}]")
}

/// Whether the customer has the file now.
pub fn is_live(report: &DeskReport, file: AttachmentId) -> bool {
    live(report, file).is_some()
}

fn live(report: &DeskReport, file: AttachmentId) -> Option<&ReleasedFile> {
    report.release.as_ref()?.files.iter().find(|released| released.attachment == file)
}

/// All files of the report: none is shared but those that the live release shares, to be confirmed.
#[component]
pub fn ReleaseFiles(form: FormState, report: DeskReport) -> impl IntoView {
    if report.files.is_empty() {
        return view! { <p>{t(text::NO_FILES)}</p> }.into_any();
    }
    let rows = report.files.iter().enumerate().map(|(i, file)| {
        let released = live(&report, file.id).cloned();
        view! { <FileRow form=form.clone() i file=file.clone() released /> }
    });
    let rows: Vec<_> = rows.collect();
    view! {
        <fieldset>
            <legend>{t(text::FILES)}</legend>
            <ul class="files">{rows}</ul>
        </fieldset>
    }
    .into_any()
}

#[component]
fn FileRow(form: FormState, i: usize, file: FileView, released: Option<ReleasedFile>) -> impl IntoView {
    let size = file.size_text();
    let (share, shared) = (sent_name(i, "share"), released.is_some());
    let (public_name, caption) = released.map_or_else(|| (file.name.clone(), String::new()), |file| (file.public_name, file.caption));
    view! {
        <li class="file">
            <input type="hidden" name=sent_name(i, "attachment") value=file.id.to_string() />
            <Thumb file=file.clone() base="/desk/files" />
            <div>
                <p class="file-name"><a href=format!("/desk/files/{}", file.id) rel="external" download="">{file.name.clone()}</a></p>
                <p>{size}</p>
            </div>
            <div class="actions">
                <label class="check">
                    <input type="checkbox" name=share.clone() value="on" checked=form.ticked(&share, shared) />
                    " "
                    {t(text::SHARE_FILE)}
                    <span class="visually-hidden">" " {file.name}</span>
                </label>
            </div>
            <div class="file-more">
                <div class="field-row">
                    <FileField form=form.clone() i field="public_name" label=text::PUBLIC_NAME value=public_name most=TITLE_LIMIT />
                    <FileField form i field="caption" label=text::CAPTION value=caption most=CAPTION_LIMIT />
                </div>
            </div>
        </li>
    }
}

/// A field of one line; its problem is named like `files[0][caption]`, and so is its element.
#[component]
fn FileField(form: FormState, i: usize, field: &'static str, label: Text, value: String, most: usize) -> impl IntoView {
    let (name, problem_name) = (sent_name(i, field), format!("files[{i}][{field}]"));
    let (id, problem) = (form.id(&problem_name), form.problem(problem_name, label));
    let value = form.value(&name, &value);
    view! {
        <div class="field">
            <label for=id.clone()>{t(label)}</label>
            <FieldError name=id.clone() problem />
            <input
                id=id.clone()
                name=name
                value=value
                maxlength=most.to_string()
                aria-describedby=format!("{id}-error")
                aria-invalid=move || problem.get().map(|_| "true")
            />
        </div>
    }
}
