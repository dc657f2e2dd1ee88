//! The office's copy of a piece of work: the internal data, the customer's title and wishes, and the files for those who go there.

use domain::target::DeskTarget;
use leptos::prelude::*;

use super::slot_query;
use crate::desk::text;
use crate::ui::form::{FormErrors, use_plain_form};
use crate::ui::icon::Icon;
use crate::ui::lang::{t, use_lang};
use crate::ui::record::Files;

#[component]
pub fn Docket(target: DeskTarget, schedules: bool) -> impl IntoView {
    let lang = use_lang();
    view! {
        <article class="docket office">
            <header class="stub">
                <p>{t(text::WORK)}</p>
                <p class="ref">{target.number.clone()}</p>
                <p>{text::CREATED_ON.fill(lang, &[("date", &target.created.text)])}</p>
            </header>
            <div class="docket-body">
                <p class="sees"><Icon name="eye" />{text::PUBLIC_TITLE_IS.fill(lang, &[("title", &target.public_title)])}</p>
                <Facts target=target.clone() schedules />
            </div>
        </article>
        <Internal target />
    }
}

#[component]
fn Facts(target: DeskTarget, schedules: bool) -> impl IntoView {
    let id = target.id;
    let wishes = target.wishes.into_iter().map(|wish| {
        // A wish is no appointment: it only fills in the form.
        let href = format!("/desk/targets/{id}?form=schedule&{}#form", slot_query(&wish));
        let wish = if schedules { view! { <a href=href>{wish.text}</a> }.into_any() } else { wish.text.into_any() };
        view! { <dd>{wish}</dd> }
    });
    let wishes: Vec<_> = wishes.collect();
    view! {
        <dl class="facts">
            <div>
                <dt>{t(text::CUSTOMER)}</dt>
                <dd><a href=format!("/desk/customers/{}", target.customer_id)>{target.customer_name}</a></dd>
            </div>
            <div>
                <dt>{t(text::LOCATION)}</dt>
                <dd>{target.location_name}</dd>
                <dd>{target.address}</dd>
                <dd>{target.zone}</dd>
            </div>
            {target.contact_name.map(|name| view! { <div><dt>{t(text::CONTACT)}</dt><dd>{name}</dd></div> })}
            {target
                .request
                .map(|(id, number)| {
                    view! { <div><dt>{t(text::REQUEST)}</dt><dd><a class="ref" href=format!("/desk/requests/{id}")>{number}</a></dd></div> }
                })}
            {target
                .follow_up
                .map(|_| view! { <div><dt>{t(text::FOLLOW_UPS)}</dt><dd>{t(text::PLANNED_FOR_FOLLOW_UP)}</dd></div> })}
            {(!wishes.is_empty()).then(|| view! { <div><dt>{t(text::WISHED)}</dt>{wishes}</div> })}
        </dl>
    }
}

#[component]
fn Internal(target: DeskTarget) -> impl IntoView {
    view! {
        <section class="internal" aria-labelledby="internal">
            <h2 id="internal"><Icon name="lock" />{t(text::NEVER_IN_PORTAL)}</h2>
            <dl class="facts">
                <div><dt>{t(text::WORK_BILLING)}</dt><dd>{or_dash(target.billing_code)}</dd></div>
                <div><dt>{t(text::WORK_SCORE)}</dt><dd>{target.routing_score}</dd></div>
                <div><dt>{t(text::WORK_NOTE)}</dt><dd class="prose">{or_dash(target.dispatch_note)}</dd></div>
                <div><dt>{t(text::LOCATION_NOTE)}</dt><dd class="prose">{or_dash(target.location_note)}</dd></div>
            </dl>
        </section>
    }
}

fn or_dash(text: String) -> String {
    if text.is_empty() { "–".to_owned() } else { text }
}

/// The request's files and the work's own; more can be added, and stay internal.
#[component]
pub fn TargetFiles(target: DeskTarget) -> impl IntoView {
    let action = format!("/desk/targets/{}/files", target.id);
    let form = use_plain_form(&action);
    view! {
        <section aria-labelledby="files">
            <h2 id="files">{t(text::FILES)}</h2>
            {(!target.files.is_empty()).then(|| view! { <Files files=target.files base="/desk/files" /> })}
            <p class="hint">{t(text::NEVER_IN_PORTAL)}</p>
            <FormErrors form />
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
