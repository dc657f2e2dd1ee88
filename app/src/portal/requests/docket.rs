//! One request: where it stands, what was said, what came of it.

use domain::change::Change;
use domain::id::{FormKey, RequestId};
use domain::request::{MessageView, NextStep, PublicStatus, RequestView, TEXT_LIMIT, Urgency};
use domain::timeline::{Noun, TimelineEntry};
use leptos::form::ActionForm;
use leptos::prelude::*;

use crate::error::AppError;
use crate::portal::frame::Page;
use crate::portal::rows::{AppointmentDays, FollowUpRows, Part, ReportRows, place};
use crate::portal::text;
use crate::ui::form::{FormErrors, TextArea, successes, use_form};
use crate::ui::icon::Icon;
use crate::ui::lang::{t, use_lang};
use crate::ui::load::{Loaded, id_in_path, in_query};
use crate::ui::news::use_news;
use crate::ui::record::{Files, PageHead, Prose, RequestStatus, Time};

#[cfg(feature = "ssr")]
use crate::ctx::ContactSession;

/// A request, and the key of the next message about it: sending that twice writes one.
#[server(prefix = "/api/portal", endpoint = "request")]
pub async fn load_request(id: RequestId) -> Result<(RequestView, FormKey), AppError> {
    Ok((ContactSession::current().await?.portal().request(id).await?, FormKey::new()))
}

#[server(prefix = "/api/portal", endpoint = "write_message")]
pub async fn write_message(request: RequestId, key: FormKey, body: String) -> Result<(), AppError> {
    Ok(ContactSession::current().await?.portal().write_message(request, key, &body).await?)
}

#[server(prefix = "/api/portal", endpoint = "withdraw")]
pub async fn withdraw_request(request: RequestId, as_of: i64) -> Result<(), AppError> {
    Ok(ContactSession::current().await?.portal().withdraw(request, as_of).await?)
}

#[component]
pub fn RequestPage() -> impl IntoView {
    let id = id_in_path::<RequestId>();
    let sent = in_query("sent");
    let write = ServerAction::<WriteMessage>::new();
    let withdraw = ServerAction::<WithdrawRequest>::new();
    let written = successes(write);
    let news = use_news().follow(&[Change::Request, Change::Appointment, Change::Report, Change::FollowUp]);
    // A refused withdrawal loads too: somebody changed the request, and nothing was typed that could be lost.
    let resource: Loaded<(RequestView, FormKey)> = Resource::new(
        move || (id.get(), written.get(), withdraw.version().get(), news.get()),
        |(id, ..)| async move { load_request(id.ok_or(AppError::NotFound)?).await },
    );
    let view = move |(request, key): (RequestView, FormKey)| {
        let sent = !sent.get_untracked().is_empty();
        view! {
            <p><a class="back" href="/requests"><Icon name="arrow-left" />{t(text::ALL_REQUESTS)}</a></p>
            <PageHead title=request.row.title.clone() />
            {sent.then(|| view! { <div class="notice" data-tone="green" role="status"><Icon name="check" /><div><p>{t(text::REQUEST_SENT)}</p></div></div> })}
            <Docket request=request.clone() />
            // In a closure, so that it is made anew whenever the request is loaded: a sent message leaves an empty field.
            {
                let request = request.clone();
                move || view! { <Conversation request=request.clone() key write /> }
            }
            <Outcome request=request.clone() />
            <History entries=request.history title=request.row.title id=request.row.id next=request.next />
            {request.may_withdraw.then(|| view! { <Withdraw id=request.row.id as_of=request.as_of action=withdraw /> })}
        }
    };
    view! { <Page resource view /> }
}

#[component]
fn Docket(request: RequestView) -> impl IntoView {
    let lang = use_lang();
    let status = request.row.status;
    let next = request.next.as_ref().map(|next| view! { <p class="next"><strong>{t(text::NEXT)}</strong> " " {next.sentence(lang)}</p> });
    let repeated = request.duplicate_of.clone().map(|(id, number)| {
        view! { <p><a href=format!("/requests/{id}")>{text::REPEATS.fill(lang, &[("number", &number)])}</a></p> }
    });
    view! {
        <article class="docket">
            <header class="stub">
                <p>{t(text::REQUEST)}</p>
                <p class="ref">{request.row.number.clone()}</p>
                <p>{t(text::SENT)} " " <Time stamp=request.row.submitted.clone() /></p>
            </header>
            <div class="docket-body">
                <p><RequestStatus status /></p>
                <p>{t(status.meaning())}</p>
                {request.reject_reason.clone().map(|reason| view! { <h2>{t(text::REASON)}</h2> <Prose text=reason /> })}
                {repeated}
                {request.public_note.clone().map(|note| view! { <h2>{t(text::NOTE)}</h2> <Prose text=note /> })}
                {next}
                <h2>{t(text::DESCRIPTION)}</h2>
                <Prose text=request.description.clone() />
                <Facts request />
            </div>
        </article>
    }
}

#[component]
fn Facts(request: RequestView) -> impl IntoView {
    let row = request.row;
    let place = place(&row.customer_name, &row.location_name);
    let wishes = request.windows.into_iter().map(|span| view! { <br /> <time datetime=span.date>{span.text}</time> }).collect_view();
    view! {
        <dl class="facts">
            <div><dt>{t(text::LOCATION)}</dt><dd><a href=format!("/locations/{}", request.location_id)>{place}</a></dd></div>
            <div><dt>{t(text::KIND)}</dt><dd>{t(row.kind.label())}</dd></div>
            {(request.urgency != Urgency::Normal)
                .then(|| view! { <div><dt>{t(text::URGENT)}</dt><dd>{t(request.urgency.label())}</dd></div> })}
            {(!request.on_site_contact.is_empty())
                .then(|| view! { <div><dt>{t(text::ON_SITE)}</dt><dd>{request.on_site_contact}</dd></div> })}
            <div><dt>{t(text::WISHED)}</dt><dd>{t(request.timing.label())} {wishes}</dd></div>
            <div>
                <dt>{t(text::SENDER)}</dt>
                <dd>
                    {if row.own { t(text::YOU).to_owned() } else { row.sender_name }}
                    {request.recorded_by_team.then(|| view! { " · " {t(text::RECORDED)} })}
                </dd>
            </div>
        </dl>
    }
}

/// What came of it: appointments, reports, follow-ups; and the files that were sent along.
#[component]
fn Outcome(request: RequestView) -> impl IntoView {
    view! {
        {(!request.appointments.is_empty())
            .then(|| view! { <Part id="appointments" title=text::APPOINTMENTS><AppointmentDays appointments=request.appointments /></Part> })}
        {(!request.reports.is_empty())
            .then(|| view! { <Part id="reports" title=text::REPORTS><ReportRows reports=request.reports /></Part> })}
        {(!request.follow_ups.is_empty())
            .then(|| view! { <Part id="follow-ups" title=text::FOLLOW_UPS><FollowUpRows follow_ups=request.follow_ups /></Part> })}
        {(!request.files.is_empty())
            .then(|| view! { <Part id="files" title=text::FILES><Files files=request.files base="/files" /></Part> })}
    }
}

#[component]
fn Conversation(request: RequestView, key: FormKey, write: ServerAction<WriteMessage>) -> impl IntoView {
    let asked = request.row.status == PublicStatus::AnswerNeeded;
    let some = !request.messages.is_empty();
    let messages = request.messages.into_iter().map(|message| view! { <Message message /> }).collect_view();
    let composer = request.may_write.then(|| view! { <Composer id=request.row.id key asked write /> });
    (some || request.may_write).then(|| {
        view! {
            <Part id="messages" title=text::MESSAGES>
                {some.then(|| view! { <ol class="messages">{messages}</ol> })}
                {composer}
            </Part>
        }
    })
}

#[component]
fn Message(message: MessageView) -> impl IntoView {
    let sender = match message.sender_name {
        _ if message.own => t(text::YOU).to_owned(),
        Some(name) => name,
        None => t(text::TEAM).to_owned(),
    };
    view! {
        <li class="message" data-from=if message.from_team { "team" } else { "me" }>
            <p class="message-head">
                <strong>{sender}</strong>
                {message.question.then(|| view! { <span class="chip" data-tone="amber">{t(text::QUESTION)}</span> })}
                <Time stamp=message.sent />
            </p>
            <p>{message.body}</p>
            {(!message.files.is_empty()).then(|| view! { <Files files=message.files base="/files" /> })}
        </li>
    }
}

#[component]
fn Composer(id: RequestId, key: FormKey, asked: bool, write: ServerAction<WriteMessage>) -> impl IntoView {
    let form = use_form(write);
    let title = if asked { text::YOUR_ANSWER } else { text::WRITE_TO_US };
    view! {
        <FormErrors form=form.clone() />
        <ActionForm action=write attr:class="composer">
            <input type="hidden" name="request" value=id.to_string() />
            <input type="hidden" name="key" value=key.to_string() />
            <div class="band"><Icon name=if asked { "circle-help" } else { "message" } /><h3>{t(title)}</h3></div>
            <TextArea form=form name="body" label=title hide_label=true maxlength=TEXT_LIMIT />
            <div class="actions">
                <button class="primary">{t(if asked { text::SEND_ANSWER } else { text::SEND_MESSAGE })}</button>
            </div>
        </ActionForm>
    }
}

#[component]
fn History(entries: Vec<TimelineEntry>, title: String, id: RequestId, next: Option<NextStep>) -> impl IntoView {
    let lang = use_lang();
    let own = Noun::Request.href(id.uuid());
    let entries = entries.into_iter().map(|entry| view! { <Happened entry title=title.clone() own=own.clone() /> }).collect_view();
    let next = next.map(|next| view! { <li data-next=true><h3>{t(text::NEXT)}</h3><p>{next.sentence(lang)}</p></li> });
    view! {
        <Part id="history" title=text::HISTORY>
            <ol class="timeline">{entries} {next}</ol>
        </Part>
    }
}

/// One thing that happened to the request or came of it. Title and place of the request itself stand above: they are not repeated.
#[component]
fn Happened(entry: TimelineEntry, title: String, own: String) -> impl IntoView {
    let (label, elsewhere) = (t(entry.milestone.label()), entry.href != own);
    let heading = if elsewhere { view! { <a href=entry.href>{label}</a> }.into_any() } else { label.into_any() };
    view! {
        <li data-tone=entry.milestone.tone()>
            <Time stamp=entry.at />
            <h3>{heading}</h3>
            {(elsewhere && entry.title != title).then(|| view! { <p>{entry.title}</p> })}
        </li>
    }
}

#[component]
fn Withdraw(id: RequestId, as_of: i64, action: ServerAction<WithdrawRequest>) -> impl IntoView {
    let form = use_form(action);
    view! {
        <FormErrors form />
        <details>
            <summary>{t(text::WITHDRAW)}</summary>
            <p>{t(text::WITHDRAW_MEANS)}</p>
            <ActionForm action=action>
                <input type="hidden" name="request" value=id.to_string() />
                <input type="hidden" name="as_of" value=as_of.to_string() />
                <div class="actions">
                    <button class="danger">{t(text::WITHDRAW_NOW)}</button>
                </div>
            </ActionForm>
        </details>
    }
}
