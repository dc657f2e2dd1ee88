//! The company's own words for public statuses, per language.

use std::collections::BTreeMap;

use domain::status_word::{StatusWord, StatusWords, WORD_LIMIT};
use domain::text::{Lang, Text};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::desk::text;
use crate::error::AppError;
use crate::ui::form::{FieldError, FormErrors, FormState, use_plain_form};
use crate::ui::lang::{t, use_lang};
use crate::ui::load::in_query;
use crate::ui::record::Notice;

#[cfg(feature = "ssr")]
use crate::ctx::{StaffSession, redirect};

#[server(prefix = "/api/desk", endpoint = "status_words")]
pub async fn load_status_words() -> Result<StatusWords, AppError> {
    Ok(StaffSession::current().await?.desk().status_words().await?)
}

/// All words anew: the fields that each status names.
#[server(prefix = "/api/desk", endpoint = "edit_status_words")]
pub async fn edit_status_words(version: i64, #[server(default)] words: BTreeMap<String, String>) -> Result<(), AppError> {
    StaffSession::current().await?.desk().edit_status_words(version, &words).await?;
    redirect("/desk/settings?part=words&changed=words");
    Ok(())
}

/// The statuses by what they are of.
const GROUPS: [(Text, &[StatusWord]); 3] = [
    (
        text::REQUESTS,
        &[
            StatusWord::Submitted,
            StatusWord::InReview,
            StatusWord::AnswerNeeded,
            StatusWord::Accepted,
            StatusWord::Planned,
            StatusWord::Completed,
            StatusWord::Rejected,
            StatusWord::Cancelled,
            StatusWord::Withdrawn,
        ],
    ),
    (
        text::APPOINTMENTS,
        &[
            StatusWord::AppointmentScheduled,
            StatusWord::AppointmentMoved,
            StatusWord::AppointmentUnreported,
            StatusWord::AppointmentDone,
            StatusWord::AppointmentNoAccess,
            StatusWord::AppointmentCancelled,
        ],
    ),
    (text::FOLLOW_UPS, &[StatusWord::FollowUpRequired, StatusWord::FollowUpPlanned, StatusWord::FollowUpDone]),
];

/// A plain form: the reader carries the words, and is loaded anew with the page.
#[component]
pub fn StatusWordsForm(words: StatusWords) -> impl IntoView {
    let form = use_plain_form(EditStatusWords::url());
    let saved = in_query("changed").with_untracked(|changed| changed == "words");
    let version = words.version.to_string();
    let groups = GROUPS.map(|(title, statuses)| {
        let rows = statuses.iter().map(|status| row(&form, *status, &words)).collect_view();
        view! {
            <fieldset>
                <legend>{t(title)}</legend>
                {rows}
            </fieldset>
        }
    });
    view! {
        <section id="form">
            <h2>{t(text::STATUS_WORDS)}</h2>
            {saved.then(|| view! { <div role="status"><Notice tone="green" icon="check" text=t(text::STATUS_WORDS_SAVED) /></div> })}
            <p class="lede">{t(text::STATUS_WORDS_LEDE)}</p>
            <FormErrors form />
            <form method="post" action=EditStatusWords::url()>
                <input type="hidden" name="version" value=version />
                {groups.collect_view()}
                <div class="actions">
                    <button class="primary">{t(text::SAVE)}</button>
                </div>
            </form>
        </section>
    }
}

/// A status in each language, side by side.
fn row(form: &FormState, status: StatusWord, words: &StatusWords) -> impl IntoView + use<> {
    let fields = Lang::ALL.iter().map(|lang| {
        let own = words.own(status, *lang).to_owned();
        view! { <WordField form=form.clone() status said=*lang own /> }
    });
    view! { <div class="field-row">{fields.collect_view()}</div> }
}

/// A status in one language; its label says the word that is in force without an own one.
#[component]
fn WordField(form: FormState, status: StatusWord, said: Lang, own: String) -> impl IntoView {
    let label = match said {
        Lang::En => text::WORD_EN,
        Lang::De => text::WORD_DE,
    };
    let label = label.fill(use_lang(), &[("word", status.standard().get(said))]);
    let field = status.field(said);
    let sent = format!("words[{field}]");
    let value = form.value(&sent, &own);
    let (id, problem) = (form.id(&field), form.problem(field, status.standard()));
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <FieldError name=id.clone() problem />
            <input
                id=id.clone()
                name=sent
                type="text"
                value=value
                autocomplete="off"
                maxlength=WORD_LIMIT.to_string()
                aria-describedby=format!("{id}-error")
                aria-invalid=move || problem.get().map(|_| "true")
            />
        </div>
    }
}
