//! What customer and team write to each other, and what the office notes for itself. Two composers with server functions, types and
//! places of their own: no switch turns one into the other.

use domain::id::{FormKey, RequestId};
use domain::reply_template::Purpose;
use domain::request::{DeskRequest, MessageView, NoteView, PublicStatus, Status, TEXT_LIMIT};
use domain::text::Text;
use leptos::form::ActionForm;
use leptos::prelude::*;

use super::Acts;
use super::beside::{Back, here};
use super::decision::CustomerWillSee;
use super::templates::{CustomerText, picked};
use crate::desk::text;
use crate::error::AppError;
use crate::ui::form::{FormErrors, FormState, TextArea, cleared_when_sent, use_form, use_plain_form};
use crate::ui::icon::Icon;
use crate::ui::lang::{t, use_lang};
use crate::ui::record::{Files, Prose, Time};

#[cfg(feature = "ssr")]
use super::beside::go_on;
#[cfg(feature = "ssr")]
use crate::ctx::{StaffSession, redirect};

#[server(prefix = "/api/desk", endpoint = "write_to_customer")]
pub async fn write_to_customer(
    id: RequestId,
    key: FormKey,
    #[server(default)] body: String,
    #[server(default)] back: String,
) -> Result<(), AppError> {
    StaffSession::current().await?.desk().send_message(id, key, &body).await?;
    if !back.is_empty() {
        redirect(&back);
    }
    Ok(())
}

#[server(prefix = "/api/desk", endpoint = "ask_customer")]
pub async fn ask_customer(
    id: RequestId,
    version: i64,
    key: FormKey,
    #[server(default)] body: String,
    #[server(default)] back: String,
) -> Result<(), AppError> {
    StaffSession::current().await?.desk().ask(id, version, key, &body).await?;
    go_on(&back, id);
    Ok(())
}

#[server(prefix = "/api/desk", endpoint = "write_note")]
pub async fn write_note(id: RequestId, key: FormKey, #[server(default)] body: String) -> Result<(), AppError> {
    Ok(StaffSession::current().await?.desk().write_note(id, key, &body).await?)
}

/// The messages, and below them the composer: for a message, or for a question when that form is open. The second of `message_keys` is for
/// a message with files.
#[component]
pub fn Conversation(
    request: DeskRequest,
    message_keys: [FormKey; 2],
    question_key: FormKey,
    acts: Acts,
    open: Memo<String>,
) -> impl IntoView {
    let [message_key, filed_key] = message_keys;
    let may_ask = request.stored == Status::InReview && request.pending.is_none();
    let messages = request.messages.iter().cloned().map(|message| view! { <Message message /> }).collect_view();
    view! {
        <section aria-labelledby="conversation">
            <h2 id="conversation">{t(text::CONVERSATION)}</h2>
            {request.messages.is_empty().then(|| view! { <p>{t(text::NO_MESSAGES)}</p> })}
            <ol class="messages">{messages}</ol>
            {move || {
                let request = request.clone();
                if may_ask && open.get() == "ask" {
                    view! { <Question request key=question_key ask=acts.ask /> }.into_any()
                } else {
                    view! {
                        <ToCustomer request=request.clone() key=message_key write=acts.write />
                        <MessageWithFiles request key=filed_key />
                    }
                        .into_any()
                }
            }}
        </section>
    }
}

#[component]
fn Message(message: MessageView) -> impl IntoView {
    // `me` is the reader's side of the conversation, here the team's.
    let from = if message.from_team { "me" } else { "team" };
    let sender = message.sender_name.unwrap_or_else(|| t(text::TEAM).to_owned());
    view! {
        <li class="message" data-from=from>
            <p class="message-head">
                <strong>{sender}</strong>
                " "
                <Time stamp=message.sent />
                {message.question.then(|| view! { " " <span class="chip" data-tone="amber">{t(text::QUESTION)}</span> })}
            </p>
            <Prose text=message.body />
            {(!message.files.is_empty()).then(|| view! { <Files files=message.files base="/desk/files" /> })}
        </li>
    }
}

/// "Send to Anna Berger", "Send to Anna Berger + 1": nobody has to guess who reads it.
fn addressed(readers: &[String], alone: Text, with_others: Text) -> String {
    let lang = use_lang();
    match readers {
        [] => t(text::SEND_TO_CUSTOMER).to_owned(),
        [name] => alone.fill(lang, &[("name", name)]),
        [name, others @ ..] => with_others.fill(lang, &[("name", name), ("n", &others.len().to_string())]),
    }
}

/// The band of everything that goes to the customer, with the names of those who will read it.
#[component]
fn CustomerBand(title: Text, readers: Vec<String>) -> impl IntoView {
    let names = if readers.is_empty() { t(text::NO_READERS).to_owned() } else { readers.join(", ") };
    view! {
        <div class="band">
            <Icon name="eye" />
            <h3>{t(title)}</h3>
            <p>{names}</p>
        </div>
    }
}

#[component]
fn ToCustomer(request: DeskRequest, key: FormKey, write: ServerAction<WriteToCustomer>) -> impl IntoView {
    let form = use_form(write).named("message");
    let node = cleared_when_sent(write);
    let send = addressed(&request.readers, text::SEND_TO_ONE, text::SEND_TO_MORE);
    // Once it is sent, the address no longer names the template: the next message begins with nothing.
    let (picked, back) = (picked(Purpose::Message, &request), format!("{}#conversation", here(request.id)));
    let back = move || picked.with(Option::is_some).then(|| view! { <input type="hidden" name="back" value=back.clone() /> });
    view! {
        <ActionForm action=write node_ref=node attr:class="composer">
            <CustomerBand title=text::TO_CUSTOMER readers=request.readers.clone() />
            <FormErrors form=form.clone() />
            <input type="hidden" name="id" value=request.id.to_string() />
            <input type="hidden" name="key" value=key.to_string() />
            {back}
            <CustomerText
                form
                name="body"
                label=text::MESSAGE_TO_CUSTOMER
                hint=text::MESSAGE_HINT
                purpose=Purpose::Message
                request
                hide_label=true
            />
            <div class="actions">
                <button class="primary">{send}</button>
            </div>
        </ActionForm>
    }
}

/// A message with files, in a form of its own, which the browser posts by itself: files stream to a route of theirs.
#[component]
fn MessageWithFiles(request: DeskRequest, key: FormKey) -> impl IntoView {
    let (id, action) = (request.id, format!("/desk/requests/{}/messages", request.id));
    let form = use_plain_form(&action).named("filed-message");
    let open = form.is_refused();
    let send = addressed(&request.readers, text::SEND_TO_ONE, text::SEND_TO_MORE);
    view! {
        <details open=open>
            <summary>{t(text::MESSAGE_WITH_FILES)}</summary>
            <form method="post" enctype="multipart/form-data" action=action class="composer">
                <CustomerBand title=text::MESSAGE_WITH_FILES readers=request.readers />
                <WithFiles id key form label=text::TEXT_WITH_FILES hint=text::MESSAGE_FILES_HINT back="conversation" />
                <div class="actions">
                    <button class="primary">{send}</button>
                </div>
            </form>
        </details>
    }
}

/// The fields of a text with files; `back` is the part of the page to go on at.
#[component]
fn WithFiles(id: RequestId, key: FormKey, form: FormState, label: Text, hint: Text, back: &'static str) -> impl IntoView {
    let (file, back) = (form.id("file"), format!("{}#{back}", here(id)));
    view! {
        <FormErrors form=form.clone() />
        <input type="hidden" name="key" value=key.to_string() />
        <input type="hidden" name="back" value=back />
        <TextArea form name="body" label hint rows=4 maxlength=TEXT_LIMIT />
        <div class="drop">
            <label for=file.clone()>{t(text::ADD_FILES)}</label>
            <input id=file type="file" name="file" multiple required accept="image/jpeg,image/png,image/webp,application/pdf" />
        </div>
    }
}

/// The same composer for a question: the review waits for the answer.
#[component]
fn Question(request: DeskRequest, key: FormKey, ask: ServerAction<AskCustomer>) -> impl IntoView {
    let form = use_form(ask).named("question");
    let (send, away) = (addressed(&request.readers, text::ASK_ONE, text::ASK_MORE), here(request.id));
    view! {
        <section id="form">
            <ActionForm action=ask attr:class="composer">
                <CustomerBand title=text::QUESTION_TO_CUSTOMER readers=request.readers.clone() />
                <CustomerWillSee status=PublicStatus::AnswerNeeded />
                <FormErrors form=form.clone() />
                <input type="hidden" name="id" value=request.id.to_string() />
                <input type="hidden" name="version" value=request.version.to_string() />
                <Back id=request.id last=true />
                <input type="hidden" name="key" value=key.to_string() />
                <CustomerText
                    form
                    name="body"
                    label=text::QUESTION_TO_CUSTOMER
                    hint=text::QUESTION_HINT
                    purpose=Purpose::Question
                    request
                    hide_label=true
                />
                <div class="actions">
                    <button class="primary">{send}</button>
                    <a class="button quiet" href=away>{t(text::NOT_NOW)}</a>
                </div>
            </ActionForm>
        </section>
    }
}

/// The office's notes and their composer; the second of `keys` is for a note with files.
#[component]
pub fn Notes(id: RequestId, notes: Vec<NoteView>, keys: [FormKey; 2], note: ServerAction<WriteNote>) -> impl IntoView {
    let ([key, filed_key], form) = (keys, use_form(note).named("note"));
    let node = cleared_when_sent(note);
    let rows = notes.into_iter().map(|note| {
        view! {
            <li class="message" data-from="office">
                <p class="message-head"><strong>{note.staff_name}</strong> " " <Time stamp=note.written /></p>
                <Prose text=note.body />
                {(!note.files.is_empty()).then(|| view! { <Files files=note.files base="/desk/files" /> })}
            </li>
        }
    });
    view! {
        <section aria-labelledby="notes">
            <h2 id="notes">{t(text::INTERNAL_NOTES)}</h2>
            <ol class="messages">{rows.collect_view()}</ol>
            <ActionForm action=note node_ref=node attr:class="composer office">
                <div class="band">
                    <Icon name="lock" />
                    <h3>{t(text::OFFICE_COPY)}</h3>
                    <p>{t(text::NEVER_IN_PORTAL)}</p>
                </div>
                <FormErrors form=form.clone() />
                <input type="hidden" name="id" value=id.to_string() />
                <input type="hidden" name="key" value=key.to_string() />
                <TextArea form name="body" label=text::INTERNAL_NOTE rows=4 maxlength=TEXT_LIMIT hide_label=true />
                <div class="actions">
                    <button>{t(text::SAVE_NOTE)}</button>
                </div>
            </ActionForm>
            <NoteWithFiles id key=filed_key />
        </section>
    }
}

/// An internal note with files, which stay as internal as the note.
#[component]
fn NoteWithFiles(id: RequestId, key: FormKey) -> impl IntoView {
    let action = format!("/desk/requests/{id}/notes");
    let form = use_plain_form(&action).named("filed-note");
    let open = form.is_refused();
    view! {
        <details open=open>
            <summary>{t(text::NOTE_WITH_FILES)}</summary>
            <form method="post" enctype="multipart/form-data" action=action class="composer office">
                <div class="band">
                    <Icon name="lock" />
                    <h3>{t(text::NOTE_WITH_FILES)}</h3>
                    <p>{t(text::NEVER_IN_PORTAL)}</p>
                </div>
                <WithFiles id key form label=text::TEXT_OF_NOTE hint=text::NOTE_FILES_HINT back="notes" />
                <div class="actions">
                    <button>{t(text::SAVE_NOTE_WITH_FILES)}</button>
                </div>
            </form>
        </details>
    }
}
