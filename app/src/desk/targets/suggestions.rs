//! Other times that customers suggested for an appointment: move it there, or keep it.

use domain::id::{SuggestionId, TargetId};
use domain::suggestion::{DeskSuggestion, MESSAGE_LIMIT};
use leptos::form::ActionForm;
use leptos::prelude::*;

use super::{Acts, slot_query};
use crate::desk::text;
use crate::error::AppError;
use crate::ui::form::{FormErrors, TextArea, use_form};
use crate::ui::lang::{t, use_lang};
use crate::ui::record::{Prose, Time};

#[cfg(feature = "ssr")]
use crate::ctx::{StaffSession, redirect};

/// Keeps the appointment as it is.
#[server(prefix = "/api/desk", endpoint = "answer_suggestion")]
pub async fn answer_suggestion(target: TargetId, id: SuggestionId, #[server(default)] sentence: String) -> Result<(), AppError> {
    StaffSession::current().await?.desk().answer_suggestion(id, &sentence).await?;
    redirect(&format!("/desk/targets/{target}"));
    Ok(())
}

/// One suggestion beside its appointment, with its acts for those who may schedule.
#[component]
pub fn SuggestedTime(suggestion: DeskSuggestion, may_schedule: bool, acts: Acts, open: Memo<String>) -> impl IntoView {
    let (id, target) = (suggestion.id, suggestion.target_id);
    let who = text::SUGGESTED_BY.fill(use_lang(), &[("name", &suggestion.contact_name)]);
    let move_to = format!("/desk/targets/{target}?form=move-{}", suggestion.appointment_id);
    let windows = suggestion.windows.into_iter().map(|window| {
        let href = may_schedule.then(|| format!("{move_to}&{}#form", slot_query(&window)));
        view! { <li><Wish time=window.text href /></li> }
    });
    let windows: Vec<_> = windows.collect();
    view! {
        <section class="notice" data-tone="amber">
            <div>
                <h4>{who}</h4>
                <p class="hint"><Time stamp=suggestion.suggested /></p>
                <ul>{windows}</ul>
                {(!suggestion.message.is_empty()).then(|| view! { <Prose text=suggestion.message /> })}
                {may_schedule
                    .then(|| {
                        view! {
                            <div class="actions">
                                <a class="button small" href=format!("/desk/targets/{target}?form=keep-{id}#form")>{t(text::KEEP_APPOINTMENT)}</a>
                            </div>
                        }
                    })}
                {move || {
                    let here = may_schedule && open.with(|open| *open == format!("keep-{id}"));
                    here.then(|| view! { <Keep id target acts /> })
                }}
            </div>
        </section>
    }
}

#[component]
fn Wish(time: String, href: Option<String>) -> impl IntoView {
    let act = href.map(|href| {
        let time = time.clone();
        view! { " " <a href=href>{t(text::MOVE_TO_THIS)}<span class="visually-hidden">": " {time}</span></a> }
    });
    view! { {time} {act} }
}

#[component]
fn Keep(id: SuggestionId, target: TargetId, acts: Acts) -> impl IntoView {
    let form = use_form(acts.keep);
    view! {
        <section id="form" aria-labelledby="form-title">
            <h5 id="form-title">{t(text::KEEP_APPOINTMENT)}</h5>
            <FormErrors form=form.clone() />
            <ActionForm action=acts.keep>
                <input type="hidden" name="target" value=target.to_string() />
                <input type="hidden" name="id" value=id.to_string() />
                <TextArea form name="sentence" label=text::PUBLIC_NOTE hint=text::KEEP_HINT rows=3 maxlength=MESSAGE_LIMIT />
                <div class="actions">
                    <button class="primary">{t(text::KEEP_APPOINTMENT)}</button>
                    <a class="button quiet" href=format!("/desk/targets/{target}")>{t(text::NOT_NOW)}</a>
                </div>
            </ActionForm>
        </section>
    }
}
