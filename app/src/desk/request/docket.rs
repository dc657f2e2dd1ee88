//! The office's copy of a request: what the customer wrote, who and where, and what the customer sees of it now.

use domain::id::RequestId;
use domain::request::DeskRequest;
use domain::when::Span;
use leptos::prelude::*;

use crate::desk::text;
use crate::ui::icon::Icon;
use crate::ui::lang::{t, use_lang};
use crate::ui::record::{Files, Prose, RequestStatus};

#[component]
pub fn Docket(request: DeskRequest) -> impl IntoView {
    let lang = use_lang();
    let assigned = request
        .assignee
        .as_ref()
        .map_or_else(|| t(text::ASSIGNED_TO_NOBODY).to_owned(), |(_, name)| text::ASSIGNED_TO.fill(lang, &[("name", name)]));
    let snoozed = request.snoozed_until.as_ref().map(|until| text::SNOOZED_UNTIL.fill(lang, &[("date", &until.text)]));
    view! {
        <article class="docket office">
            <header class="stub">
                <p>{t(text::REQUEST)}</p>
                <p class="ref">{request.number.clone()}</p>
                <p>{text::SENT_ON.fill(lang, &[("date", &request.submitted.text)])}</p>
                <p>{assigned}</p>
                {snoozed.map(|snoozed| view! { <p>{snoozed}</p> })}
            </header>
            <div class="docket-body">
                <p class="sees">
                    <Icon name="eye" />
                    {t(text::CUSTOMER_SEES)}
                    " "
                    <RequestStatus status=request.status />
                    " "
                    {t(request.status.meaning())}
                </p>
                <Outcome request=request.clone() />
                <Prose text=request.description.clone() />
                {(!request.files.is_empty()).then(|| view! { <Files files=request.files.clone() base="/desk/files" /> })}
                <Facts request />
            </div>
        </article>
    }
}

/// What the customer reads about the outcome: the reason, the newest sentence, the request it repeats.
#[component]
fn Outcome(request: DeskRequest) -> impl IntoView {
    let to = |id: RequestId| format!("/desk/requests/{id}");
    let read_by_customer = |label, sentence: Option<String>| {
        sentence.map(|sentence| {
            view! {
                <div class="notice" data-tone="grey">
                    <Icon name="info" />
                    <div>
                        <p><strong>{t(label)}</strong></p>
                        <Prose text=sentence />
                    </div>
                </div>
            }
        })
    };
    view! {
        {read_by_customer(text::PUBLIC_REASON, request.reject_reason)}
        {read_by_customer(text::PUBLIC_NOTE, request.public_note)}
        {request.duplicate_of.map(|(id, number)| view! { <p>{t(text::DUPLICATE_OF)} " " <a class="ref" href=to(id)>{number}</a></p> })}
    }
}

#[component]
fn Facts(request: DeskRequest) -> impl IntoView {
    let fact = |label, value: String| (!value.is_empty()).then(|| view! { <div><dt>{t(label)}</dt><dd>{value}</dd></div> });
    let (mail, phone) = (request.contact_email, request.contact_phone);
    view! {
        <dl class="facts">
            <div>
                <dt>{t(text::CUSTOMER)}</dt>
                <dd><a href=format!("/desk/customers/{}", request.customer_id)>{request.customer_name}</a></dd>
            </div>
            {fact(text::LOCATION, request.location_name)}
            <div>
                <dt>{t(text::CONTACT)}</dt>
                <dd>{request.contact_name}</dd>
                <dd><a href=format!("mailto:{mail}")>{mail.clone()}</a></dd>
                {(!phone.is_empty()).then(|| view! { <dd><a href=format!("tel:{phone}")>{phone.clone()}</a></dd> })}
            </div>
            {fact(text::ON_SITE, request.on_site_contact)}
            {fact(text::KIND, t(request.kind.label()).to_owned())}
            {fact(text::URGENT, t(request.urgency.label()).to_owned())}
            <div>
                <dt>{t(text::WISHED)}</dt>
                <dd>{t(request.timing.label())}</dd>
                <Wishes windows=request.windows />
            </div>
            {fact(text::RECORDED_BY, request.recorded_by_name.unwrap_or_default())}
        </dl>
    }
}

#[component]
fn Wishes(windows: Vec<Span>) -> impl IntoView {
    windows.into_iter().map(|window| view! { <dd>{window.text}</dd> }).collect_view()
}

/// What only the office knows about a request and its location.
#[component]
pub fn Internal(request: DeskRequest) -> impl IntoView {
    let part = |label, text: String| (!text.is_empty()).then(|| view! { <h3>{t(label)}</h3> <Prose text /> });
    let nothing = request.location_note.is_empty() && request.internal_reason.is_none();
    (!nothing).then(|| {
        view! {
            <section class="internal" aria-labelledby="internal">
                <h2 id="internal"><Icon name="lock" />{t(text::NEVER_IN_PORTAL)}</h2>
                {part(text::LOCATION_NOTE, request.location_note)}
                {part(text::INTERNAL_REASON, request.internal_reason.unwrap_or_default())}
            </section>
        }
    })
}
