//! Another time for an appointment: the form to suggest one, and what became of it. A wish, never a booking.

use domain::id::{AppointmentId, FormKey};
use domain::request::WindowInput;
use domain::suggestion::{MESSAGE_LIMIT, OwnSuggestion, SUGGESTED_WINDOWS, SuggestionView};
use leptos::form::ActionForm;
use leptos::prelude::*;

use crate::error::AppError;
use crate::portal::rows::Part;
use crate::portal::text;
use crate::ui::form::{FormErrors, TextArea, use_form};
use crate::ui::lang::t;
use crate::ui::record::Prose;
use crate::ui::window::Windows;

#[cfg(feature = "ssr")]
use crate::ctx::ContactSession;

#[server(prefix = "/api/portal", endpoint = "suggest_time")]
pub async fn suggest_time(
    appointment: AppointmentId,
    key: FormKey,
    #[server(default)] windows: Vec<WindowInput>,
    #[server(default)] message: String,
) -> Result<(), AppError> {
    Ok(ContactSession::current().await?.portal().suggest_time(appointment, key, &windows, &message).await?)
}

/// What the reader suggested, and the form for another time; nothing of both for most appointments that are over.
#[component]
pub fn AnotherTime(id: AppointmentId, own: OwnSuggestion, key: FormKey, action: ServerAction<SuggestTime>) -> impl IntoView {
    let may_suggest = own.may_suggest;
    (may_suggest || own.latest.is_some()).then(|| {
        view! {
            <Part id="another-time" title=text::OTHER_TIME>
                {own.latest.map(|suggestion| view! { <Suggested suggestion /> })}
                {may_suggest.then(|| view! { <Suggest id key action /> })}
            </Part>
        }
    })
}

#[component]
fn Suggested(suggestion: SuggestionView) -> impl IntoView {
    let windows = suggestion.windows.into_iter().map(|window| view! { <li><time datetime=window.date>{window.text}</time></li> });
    view! {
        <div class="card">
            <p>{t(text::YOU_SUGGESTED)}</p>
            <ul>{windows.collect_view()}</ul>
            {(!suggestion.message.is_empty()).then(|| view! { <Prose text=suggestion.message /> })}
            <p><strong>{t(suggestion.status.sentence())}</strong></p>
            {(!suggestion.answer.is_empty()).then(|| view! { <Prose text=suggestion.answer /> })}
        </div>
    }
}

#[component]
fn Suggest(id: AppointmentId, key: FormKey, action: ServerAction<SuggestTime>) -> impl IntoView {
    let form = use_form(action);
    let open = form.is_refused();
    view! {
        <details open=open>
            <summary>{t(text::ANOTHER_TIME)}</summary>
            <p class="hint">{t(text::SUGGEST_MEANS)}</p>
            <FormErrors form=form.clone() />
            <ActionForm action=action>
                <input type="hidden" name="appointment" value=id.to_string() />
                <input type="hidden" name="key" value=key.to_string() />
                <Windows form=form.clone() label=text::WISHED_TIMES hint=text::WISHED_TIMES_HINT count=SUGGESTED_WINDOWS />
                <TextArea form name="message" label=text::MESSAGE_TO_TEAM hint=text::OPTIONAL rows=3 maxlength=MESSAGE_LIMIT />
                <div class="actions">
                    <button class="primary">{t(text::SUGGEST_TIME)}</button>
                </div>
            </ActionForm>
        </details>
    }
}
