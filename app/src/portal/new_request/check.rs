//! Step four: look at it all, and send it. Or throw it away.

use domain::id::DraftId;
use domain::request::{DraftView, Kind, Urgency};
use domain::text::Text;
use leptos::form::ActionForm;
use leptos::prelude::*;

use crate::error::AppError;
use crate::portal::frame::reader;
use crate::portal::new_request::Step;
use crate::portal::rows::place;
use crate::portal::text;
use crate::ui::form::{FormErrors, use_form};
use crate::ui::icon::Icon;
use crate::ui::lang::{t, use_lang};
use crate::ui::record::Prose;

#[cfg(feature = "ssr")]
use crate::ctx::{ContactSession, redirect};

/// Sends a draft; a second time leads to the same request.
#[server(prefix = "/api/portal", endpoint = "submit")]
pub async fn submit_request(draft: DraftId) -> Result<(), AppError> {
    let request = ContactSession::current().await?.portal().submit(draft).await?;
    redirect(&format!("/requests/{request}?sent=yes"));
    Ok(())
}

#[server(prefix = "/api/portal", endpoint = "discard")]
pub async fn discard_draft(draft: DraftId) -> Result<(), AppError> {
    ContactSession::current().await?.portal().discard_draft(draft).await?;
    redirect("/");
    Ok(())
}

#[component]
pub fn Check(draft: DraftView, action: ServerAction<SubmitRequest>) -> impl IntoView {
    let (form, id) = (use_form(action), draft.id);
    for (field, label) in FIELDS {
        form.label(field, label);
    }
    let danger = draft.what.urgency == Urgency::Danger.word();
    view! {
        <FormErrors form link=where_field_is />
        {danger.then(|| view! { <Danger /> })}
        <Summary draft />
        <ActionForm action=action>
            <input type="hidden" name="draft" value=id.to_string() />
            <div class="actions">
                <button class="primary"><Icon name="send" />{t(text::SEND_REQUEST)}</button>
            </div>
        </ActionForm>
    }
}

/// The fields of the other steps that can have a problem here.
const FIELDS: [(&str, Text); 8] = [
    ("location", text::LOCATION),
    ("kind", text::KIND),
    ("title", text::TITLE),
    ("description", text::DESCRIPTION),
    ("on_site_contact", text::ON_SITE),
    ("urgency", text::IS_IT_URGENT),
    ("timing", text::WHEN_SUITS),
    ("windows", text::DAYS_AND_HOURS),
];

/// A problem's field is on the page of its step.
fn where_field_is(field: &str) -> String {
    let step = match field {
        "location" => Step::Where,
        "timing" | "windows" => Step::When,
        _ => Step::What,
    };
    format!("?step={}#{field}", step.word())
}

/// A number that no line break tears apart: its end could be read as another number.
pub fn unbroken(number: &str) -> String {
    number.replace(' ', "\u{a0}")
}

/// In danger nobody should wait for a reply.
#[component]
fn Danger() -> impl IntoView {
    let number = reader().map(|me| me.company.emergency_phone).unwrap_or_default();
    (!number.is_empty()).then(|| {
        let call = text::CALL_NOW.fill(use_lang(), &[("number", &unbroken(&number))]);
        let dialled: String = number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
        view! {
            <div class="notice" data-tone="amber">
                <Icon name="phone" />
                <div><p><a href=format!("tel:{dialled}")>{call}</a></p></div>
            </div>
        }
    })
}

#[component]
fn Summary(draft: DraftView) -> impl IntoView {
    let what = draft.what;
    let kind = what.kind.parse::<Kind>().map(|kind| t(kind.label()).to_owned()).unwrap_or_default();
    let urgency = what.urgency.parse::<Urgency>().map(|urgency| t(urgency.label()).to_owned()).unwrap_or_default();
    let location = draft.location.map(|p| place(&p.customer_name, &p.line())).unwrap_or_default();
    let files = draft.files.into_iter().map(|file| file.name).collect::<Vec<_>>().join(", ");
    let files = if files.is_empty() { t(text::NO_FILES).to_owned() } else { files };
    let on_site = if what.on_site_contact.is_empty() { t(text::NOT_GIVEN).to_owned() } else { what.on_site_contact };
    let wishes = draft.spans.into_iter().map(|span| view! { <br /> <time datetime=span.date>{span.text}</time> }).collect_view();
    view! {
        <dl class="facts">
            <Fact label=text::LOCATION step=Step::Where>{location}</Fact>
            <Fact label=text::KIND step=Step::What>{kind}</Fact>
            <Fact label=text::TITLE step=Step::What>{what.title}</Fact>
            <Fact label=text::DESCRIPTION step=Step::What><Prose text=what.description /></Fact>
            <Fact label=text::ON_SITE step=Step::What>{on_site}</Fact>
            <Fact label=text::IS_IT_URGENT step=Step::What>{urgency}</Fact>
            <Fact label=text::FILES step=Step::Files>{files}</Fact>
            <Fact label=text::WISHED step=Step::When>{t(draft.timing.label())} {wishes}</Fact>
        </dl>
        <p class="hint">{t(text::A_WISH)}</p>
    }
}

/// One answer with the way back to its question.
#[component]
fn Fact(label: Text, step: Step, children: Children) -> impl IntoView {
    view! {
        <div>
            <dt>{t(label)}</dt>
            <dd>{children()}</dd>
            <dd class="change">
                <a href=format!("?step={}", step.word())>{t(text::CHANGE)} <span class="visually-hidden">" " {t(label)}</span></a>
            </dd>
        </div>
    }
}

/// Asks once, folded, at the end of each step.
#[component]
pub fn Discard(id: DraftId, action: ServerAction<DiscardDraft>) -> impl IntoView {
    view! {
        <FormErrors form=use_form(action) />
        <details>
            <summary>{t(text::DISCARD)}</summary>
            <p>{t(text::DISCARD_MEANS)}</p>
            <ActionForm action=action>
                <input type="hidden" name="draft" value=id.to_string() />
                <div class="actions">
                    <button class="danger">{t(text::DISCARD_NOW)}</button>
                </div>
            </ActionForm>
        </details>
    }
}
