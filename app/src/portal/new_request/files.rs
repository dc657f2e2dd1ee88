//! The files of a draft: a page of step two.

use domain::attachment::FileView;
use domain::id::AttachmentId;
use domain::request::DraftView;
use leptos::form::ActionForm;
use leptos::prelude::*;

use crate::error::AppError;
use crate::portal::text;
use crate::ui::form::{FormErrors, use_form, use_plain_form};
use crate::ui::icon::Icon;
use crate::ui::lang::{t, use_lang};
use crate::ui::record::Thumb;
use crate::ui::upload::{UploadRows, Uploads};

#[cfg(feature = "ssr")]
use crate::ctx::ContactSession;

/// Name and id of the field with the files.
const FIELD: &str = "file";

#[server(prefix = "/api/portal", endpoint = "remove_file")]
pub async fn remove_draft_file(file: AttachmentId) -> Result<(), AppError> {
    Ok(ContactSession::current().await?.portal().remove_draft_file(file).await?)
}

#[component]
pub fn FilesOfDraft(draft: DraftView, action: ServerAction<RemoveDraftFile>, uploads: Uploads) -> impl IntoView {
    let path = format!("/requests/drafts/{}/files", draft.id);
    let (to_change, to_send) = (path.clone(), path.clone());
    let (upload, remove) = (use_plain_form(&path), use_form(action));
    let some = !draft.files.is_empty();
    let files = draft.files.into_iter().map(|file| view! { <DraftFile file action /> }).collect_view();
    view! {
        <FormErrors form=upload />
        <FormErrors form=remove />
        {some.then(|| view! { <ul class="files">{files}</ul> })}
        <UploadRows uploads />
        <form
            method="post"
            enctype="multipart/form-data"
            action=path
            on:change=move |_| uploads.take(FIELD, &to_change)
            on:submit=move |event| {
                event.prevent_default();
                uploads.take(FIELD, &to_send);
            }
        >
            <div class="drop">
                <label for=FIELD>{t(text::CHOOSE_FILES)}</label>
                <p class="hint" id="file-hint">{t(text::FILES_HINT)} " " {t(text::PHOTOS_PRIVATE)}</p>
                // Not HEIC: a phone that reads this sends JPEG instead.
                <input
                    id=FIELD
                    name="file"
                    type="file"
                    multiple
                    required
                    accept="image/jpeg,image/png,image/webp,application/pdf"
                    aria-describedby="file-hint"
                />
            </div>
            <div class="actions">
                <button><Icon name="upload" />{t(text::UPLOAD)}</button>
            </div>
        </form>
        <div class="actions">
            <a class="button primary" href="?step=when">{t(text::CONTINUE)}</a>
        </div>
    }
}

#[component]
fn DraftFile(file: FileView, action: ServerAction<RemoveDraftFile>) -> impl IntoView {
    let remove = text::REMOVE_FILE.fill(use_lang(), &[("name", &file.name)]);
    let size = file.size_text();
    view! {
        <li class="file">
            <Thumb file=file.clone() base="/files" />
            <div>
                <p class="file-name">{file.name}</p>
                <p class="hint">{size}</p>
            </div>
            <ActionForm action=action attr:class="actions">
                <input type="hidden" name="file" value=file.id.to_string() />
                <button class="quiet small" aria-label=remove>{t(text::REMOVE)}</button>
            </ActionForm>
        </li>
    }
}
