//! The manager's decisions about a request, the seconds in which one can be taken back, and its way back or out.

use std::time::Duration;

use domain::id::RequestId;
use domain::reply_template::Purpose;
use domain::request::{DeskRequest, Move, PendingView, PublicStatus, TEXT_LIMIT};
use domain::text::Text;
use leptos::form::ActionForm;
use leptos::prelude::*;

use super::beside::{Back, here};
use super::templates::CustomerText;
use crate::desk::text;
use crate::error::AppError;
use crate::ui::form::{FormErrors, FormState, TextArea, TextField, use_form};
use crate::ui::icon::Icon;
use crate::ui::lang::{t, use_lang};
use crate::ui::record::RequestStatus;

#[cfg(feature = "ssr")]
use super::beside::go_on;
#[cfg(feature = "ssr")]
use crate::ctx::StaffSession;
#[cfg(feature = "ssr")]
use domain::field::{Problem, Problems};
#[cfg(feature = "ssr")]
use domain::request::Decision;

#[server(prefix = "/api/desk", endpoint = "accept_request")]
pub async fn accept_request(id: RequestId, version: i64, #[server(default)] back: String) -> Result<(), AppError> {
    StaffSession::current().await?.desk().decide(id, version, Decision::Accept).await?;
    go_on(&back, id);
    Ok(())
}

/// Declines a request; with `duplicate` because it repeats another, which must be named then.
#[server(prefix = "/api/desk", endpoint = "decline_request")]
pub async fn decline_request(
    id: RequestId,
    version: i64,
    #[server(default)] reject_reason: String,
    #[server(default)] internal_reason: String,
    #[server(default)] duplicate_of: String,
    #[server(default)] duplicate: bool,
    #[server(default)] back: String,
) -> Result<(), AppError> {
    let session = StaffSession::current().await?;
    if duplicate && duplicate_of.trim().is_empty() {
        return Err(AppError::Invalid(Problems::of("duplicate_of", Problem::Missing)));
    }
    let decision = Decision::Reject { public: &reject_reason, internal: &internal_reason, duplicate_of: &duplicate_of };
    session.desk().decide(id, version, decision).await?;
    go_on(&back, id);
    Ok(())
}

#[server(prefix = "/api/desk", endpoint = "undo_decision")]
pub async fn undo_decision(id: RequestId) -> Result<(), AppError> {
    Ok(StaffSession::current().await?.desk().undo_decision(id).await?)
}

#[server(prefix = "/api/desk", endpoint = "reopen_request")]
pub async fn reopen_request(
    id: RequestId,
    version: i64,
    #[server(default)] sentence: String,
    #[server(default)] back: String,
) -> Result<(), AppError> {
    StaffSession::current().await?.desk().reopen(id, version, &sentence).await?;
    go_on(&back, id);
    Ok(())
}

#[server(prefix = "/api/desk", endpoint = "cancel_request")]
pub async fn cancel_request(
    id: RequestId,
    version: i64,
    #[server(default)] sentence: String,
    #[server(default)] back: String,
) -> Result<(), AppError> {
    StaffSession::current().await?.desk().cancel_request(id, version, &sentence).await?;
    go_on(&back, id);
    Ok(())
}

/// A decision that has not taken effect yet: everyone sees it, its author can take it back. In the browser the page looks again, by
/// `later`, when the seconds are over.
#[component]
pub fn Pending(request: DeskRequest, undo: ServerAction<UndoDecision>, later: RwSignal<usize>) -> impl IntoView {
    let form = use_form(undo);
    if let Some(pending) = &request.pending {
        look_again(pending.seconds_left, later);
    }
    view! {
        <FormErrors form />
        {request.pending.map(|pending| view! { <PendingNotice id=request.id pending undo /> })}
    }
}

#[component]
fn PendingNotice(id: RequestId, pending: PendingView, undo: ServerAction<UndoDecision>) -> impl IntoView {
    let lang = use_lang();
    let accepts = pending.decision == Move::Accept.word();
    let who = if accepts { text::PENDING_ACCEPT } else { text::PENDING_REJECT }.fill(lang, &[("name", &pending.staff_name)]);
    let when = text::EFFECT_IN_SECONDS.count(lang, usize::try_from(pending.seconds_left).unwrap_or_default());
    view! {
        <div class="notice" data-tone="amber" role="status">
            <Icon name="clock" />
            <div>
                <p><strong>{who}</strong></p>
                <p>{when}</p>
                {pending
                    .own
                    .then(|| {
                        view! {
                            <ActionForm action=undo>
                                <input type="hidden" name="id" value=id.to_string() />
                                <button data-key="u"><Icon name="undo" />{t(text::TAKE_BACK)}</button>
                            </ActionForm>
                            <CustomerSeesNothing />
                        }
                    })}
            </div>
        </div>
    }
}

/// What the customer is shown once an act is done.
#[component]
pub fn CustomerWillSee(status: PublicStatus) -> impl IntoView {
    view! { <p class="sees"><Icon name="eye" />{t(text::CUSTOMER_WILL_SEE)} " " <RequestStatus status /></p> }
}

/// Said of an act that the customer is not told of.
#[component]
pub fn CustomerSeesNothing() -> impl IntoView {
    view! { <p class="sees"><Icon name="eye-off" />{t(text::CUSTOMER_SEES_NOTHING)}</p> }
}

/// Counts `later` up once the seconds are over, and a little more: the decision takes effect within a second of being due.
fn look_again(seconds: i64, later: RwSignal<usize>) {
    Effect::new(move |_| {
        let wait = Duration::from_secs(u64::try_from(seconds).unwrap_or_default()) + Duration::from_millis(1_500);
        if let Ok(timeout) = set_timeout_with_handle(move || later.update(|n| *n += 1), wait) {
            on_cleanup(move || timeout.clear());
        }
    });
}

#[component]
pub fn Accept(request: DeskRequest, accept: ServerAction<AcceptRequest>) -> impl IntoView {
    view! {
        <FormErrors form=use_form(accept) />
        <CustomerWillSee status=PublicStatus::Accepted />
        <ActionForm action=accept>
            <input type="hidden" name="id" value=request.id.to_string() />
            <input type="hidden" name="version" value=request.version.to_string() />
            <Back id=request.id last=true />
            <div class="actions">
                <button class="primary" data-key="1">{t(text::ACCEPT)}</button>
            </div>
        </ActionForm>
    }
}

/// Declining needs a sentence for the customer and a reason for the office; a duplicate also names the request it repeats, first.
#[component]
pub fn Decline(request: DeskRequest, decline: ServerAction<DeclineRequest>, #[prop(optional)] duplicate: bool) -> impl IntoView {
    let form = use_form(decline);
    let title = if duplicate { text::MARK_DUPLICATE } else { text::DECLINE };
    view! {
        <section id="form" aria-labelledby="form-title">
            <h3 id="form-title">{t(title)}</h3>
            <CustomerWillSee status=PublicStatus::Rejected />
            {duplicate.then(|| view! { <p class="hint">{t(text::CUSTOMER_READS_NUMBER)}</p> })}
            <FormErrors form=form.clone() />
            <ActionForm action=decline>
                <input type="hidden" name="id" value=request.id.to_string() />
                <input type="hidden" name="version" value=request.version.to_string() />
                <Back id=request.id last=true />
                {duplicate.then(|| view! { <input type="hidden" name="duplicate" value="true" /> })}
                {duplicate.then(|| view! { <DuplicateOf form=form.clone() label=text::DUPLICATE_NUMBER_NEEDED /> })}
                <CustomerText
                    form=form.clone()
                    name="reject_reason"
                    label=text::PUBLIC_REASON
                    hint=text::CUSTOMER_READS_THIS
                    purpose=Purpose::Decline
                    request=request.clone()
                    rows=3
                />
                <div class="internal">
                    <TextArea
                        form=form.clone()
                        name="internal_reason"
                        label=text::INTERNAL_REASON
                        hint=text::NEVER_IN_PORTAL
                        rows=3
                        maxlength=TEXT_LIMIT
                    />
                </div>
                {(!duplicate).then(|| view! { <DuplicateOf form label=text::DUPLICATE_NUMBER /> })}
                <div class="actions">
                    <button class="danger">{t(title)}</button>
                    <a class="button quiet" href=here(request.id)>{t(text::NOT_NOW)}</a>
                </div>
            </ActionForm>
        </section>
    }
}

#[component]
fn DuplicateOf(form: FormState, label: Text) -> impl IntoView {
    view! { <TextField form name="duplicate_of" label hint=text::DUPLICATE_HINT short=true /> }
}

#[component]
pub fn Reopen(request: DeskRequest, reopen: ServerAction<ReopenRequest>) -> impl IntoView {
    let form = use_form(reopen);
    view! {
        <section id="form" aria-labelledby="form-title">
            <h3 id="form-title">{t(text::REOPEN)}</h3>
            <CustomerWillSee status=PublicStatus::InReview />
            <FormErrors form=form.clone() />
            <ActionForm action=reopen>
                <input type="hidden" name="id" value=request.id.to_string() />
                <input type="hidden" name="version" value=request.version.to_string() />
                <Back id=request.id />
                <TextArea form name="sentence" label=text::PUBLIC_NOTE hint=text::CUSTOMER_READS_THIS rows=3 maxlength=TEXT_LIMIT />
                <div class="actions">
                    <button>{t(text::REOPEN)}</button>
                    <a class="button quiet" href=here(request.id)>{t(text::NOT_NOW)}</a>
                </div>
            </ActionForm>
        </section>
    }
}

#[component]
pub fn Cancel(request: DeskRequest, cancel: ServerAction<CancelRequest>) -> impl IntoView {
    let form = use_form(cancel);
    view! {
        <section id="form" aria-labelledby="form-title">
            <h3 id="form-title">{t(text::CANCEL_REQUEST)}</h3>
            <CustomerWillSee status=PublicStatus::Cancelled />
            {request.target.is_some().then(|| view! { <p>{t(text::CANCELS_WORK_TOO)}</p> })}
            <FormErrors form=form.clone() />
            <ActionForm action=cancel>
                <input type="hidden" name="id" value=request.id.to_string() />
                <input type="hidden" name="version" value=request.version.to_string() />
                <Back id=request.id />
                <TextArea form name="sentence" label=text::PUBLIC_NOTE hint=text::CUSTOMER_READS_THIS rows=3 maxlength=TEXT_LIMIT />
                <div class="actions">
                    <button class="danger">{t(text::CANCEL_REQUEST)}</button>
                    <a class="button quiet" href=here(request.id)>{t(text::NOT_NOW)}</a>
                </div>
            </ActionForm>
        </section>
    }
}
