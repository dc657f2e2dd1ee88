//! Step two: what is it about.

use std::time::Duration;

use domain::id::DraftId;
use domain::request::{DraftView, Kind, TEXT_LIMIT, TITLE_LIMIT, Urgency, WhatInput};
use domain::text::Plural;
use domain::when::Stamp;
use leptos::form::{ActionForm, FromFormData};
use leptos::html::Form;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::FormData;

use crate::error::AppError;
use crate::portal::frame::reader;
use crate::portal::new_request::check::unbroken;
use crate::portal::text;
use crate::ui::form::{FormErrors, Radios, TextArea, TextField, use_form};
use crate::ui::icon::Icon;
use crate::ui::lang::{t, use_lang};

#[cfg(feature = "ssr")]
use crate::ctx::{ContactSession, redirect};
#[cfg(feature = "ssr")]
use crate::portal::new_request::Step;

/// Keeps the step. `then` is the button: on to the next step, to the files, or away until later. What is typed is kept in each case; only
/// who goes on is told what is missing.
#[server(prefix = "/api/portal", endpoint = "save_what")]
pub async fn save_what(draft: DraftId, what: WhatInput, #[server(default)] then: String) -> Result<(), AppError> {
    let saved = ContactSession::current().await?.portal().save_what(draft, &what).await;
    let path = match then.as_str() {
        "files" => Step::Files.path(draft),
        "later" => "/".to_owned(),
        _ => Step::When.path(draft),
    };
    match saved {
        Err(domain::Error::Invalid(_)) if !then.is_empty() => {}
        saved => saved?,
    }
    redirect(&path);
    Ok(())
}

/// Keeps what is being typed, whatever is still missing, and gives the time of saving.
#[server(prefix = "/api/portal", endpoint = "keep_what")]
pub async fn keep_what(draft: DraftId, what: WhatInput) -> Result<Stamp, AppError> {
    Ok(ContactSession::current().await?.portal().keep_what(draft, &what).await?)
}

/// How long typing must pause before it is kept.
const PAUSE: Duration = Duration::from_secs(1);

/// Sends what stands in the form now. A failure is told when the reader goes on: nothing of the form is lost by it.
fn keep(form: NodeRef<Form>, saved: RwSignal<Option<Stamp>>) {
    // A field that loses the focus because its page goes away tells so too.
    let data = form.try_get_untracked().flatten().and_then(|form| FormData::new_with_form(&form).ok());
    let Some(Ok(KeepWhat { draft, what })) = data.map(|data| KeepWhat::from_form_data(&data)) else { return };
    spawn_local(async move {
        if let Ok(stamp) = keep_what(draft, what).await {
            saved.try_set(Some(stamp));
        }
    });
}

const ADD_FILES: Plural = Plural { zero: text::ADD_FILES, one: text::ONE_FILE, other: text::SOME_FILES };

#[component]
pub fn WhatIsIt(draft: DraftView, action: ServerAction<SaveWhat>, saved: RwSignal<Option<Stamp>>) -> impl IntoView {
    let (form, what, node) = (use_form(action), draft.what, NodeRef::<Form>::new());
    let mut keep_soon = debounce(PAUSE, move |()| keep(node, saved));
    let kinds = Kind::ALL.iter().map(|kind| (kind.word().to_owned(), t(kind.label()).to_owned(), String::new())).collect();
    let files = ADD_FILES.count(use_lang(), draft.files.len());
    view! {
        <FormErrors form=form.clone() />
        // Leaving a field keeps it at once: a link may follow.
        <div on:input=move |_| keep_soon(()) on:change=move |_| keep(node, saved)>
            <ActionForm action=action node_ref=node>
                <input type="hidden" name="draft" value=draft.id.to_string() />
                <Radios form=form.clone() within="what" name="kind" label=text::KIND value=what.kind options=kinds />
                <TextField form=form.clone() within="what" name="title" label=text::TITLE hint=text::TITLE_HINT value=what.title maxlength=TITLE_LIMIT />
                <TextArea
                    form=form.clone()
                    within="what"
                    name="description"
                    label=text::DESCRIPTION
                    hint=text::DESCRIPTION_HINT
                    value=what.description
                    rows=6
                    maxlength=TEXT_LIMIT
                />
                <TextField
                    form=form.clone()
                    within="what"
                    name="on_site_contact"
                    label=text::ON_SITE
                    hint=text::ON_SITE_HINT
                    value=what.on_site_contact
                    maxlength=TITLE_LIMIT
                />
                <Radios form=form within="what" name="urgency" label=text::IS_IT_URGENT value=what.urgency options=urgencies() />
                <div class="actions">
                    <button class="primary">{t(text::CONTINUE)}</button>
                    <button name="then" value="files"><Icon name="paperclip" />{files}</button>
                    <button class="link-button" name="then" value="later">{t(text::FINISH_LATER)}</button>
                </div>
            </ActionForm>
        </div>
    }
}

/// In danger a person calls: the number stands beside the choice.
fn urgencies() -> Vec<(String, String, String)> {
    let number = reader().map(|me| me.company.emergency_phone).unwrap_or_default();
    let call = if number.is_empty() { String::new() } else { text::CALL_NOW.fill(use_lang(), &[("number", &unbroken(&number))]) };
    let choice = |urgency: &Urgency| {
        let small = if *urgency == Urgency::Danger { call.clone() } else { String::new() };
        (urgency.word().to_owned(), t(urgency.label()).to_owned(), small)
    };
    Urgency::ALL.iter().map(choice).collect()
}
