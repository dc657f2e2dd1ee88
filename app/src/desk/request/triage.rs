//! What can be done with a request now, and the acts around its review that need no decision.

use domain::id::{RequestId, StaffId};
use domain::request::{DeskRequest, Move, PublicStatus, Status};
use domain::role::Act;
use domain::session::StaffMe;
use leptos::form::ActionForm;
use leptos::prelude::*;

use super::Acts;
use super::beside::{Back, here, with_form};
use super::decision::{Accept, Cancel, CustomerSeesNothing, CustomerWillSee, Decline, Reopen};
use super::work::{Convert, WorkLink};
use crate::desk::text;
use crate::error::AppError;
use crate::ui::form::{FormErrors, TextField, use_form};
use crate::ui::icon::Icon;
use crate::ui::lang::t;

#[cfg(feature = "ssr")]
use super::beside::go_on;
#[cfg(feature = "ssr")]
use crate::ctx::StaffSession;
#[cfg(feature = "ssr")]
use domain::field::{Problem, Problems};

#[server(prefix = "/api/desk", endpoint = "start_review")]
pub async fn start_review(id: RequestId, version: i64) -> Result<(), AppError> {
    Ok(StaffSession::current().await?.desk().start_review(id, version).await?)
}

/// Gives a request to a staff member; to nobody without one.
#[server(prefix = "/api/desk", endpoint = "assign_request")]
pub async fn assign_request(id: RequestId, version: i64, #[server(default)] assignee: Option<StaffId>) -> Result<(), AppError> {
    Ok(StaffSession::current().await?.desk().assign(id, version, assignee).await?)
}

/// Puts a request off until a day; takes it back with `wake`.
#[server(prefix = "/api/desk", endpoint = "snooze_request")]
pub async fn snooze_request(
    id: RequestId,
    version: i64,
    #[server(default)] until_date: String,
    #[server(default)] wake: bool,
    #[server(default)] back: String,
) -> Result<(), AppError> {
    let session = StaffSession::current().await?;
    if until_date.trim().is_empty() && !wake {
        return Err(AppError::Invalid(Problems::of("until_date", Problem::Missing)));
    }
    session.desk().snooze(id, version, &until_date).await?;
    go_on(&back, id);
    Ok(())
}

/// What this reader may do with a request as it is: legal here, and allowed to the role.
#[derive(Clone, Copy)]
struct Possible {
    start: bool,
    decide: bool,
    ask: bool,
    reopen: bool,
    cancel: bool,
    convert: bool,
    snooze: bool,
    assign: bool,
}

impl Possible {
    fn of(me: &StaffMe, request: &DeskRequest) -> Self {
        let legal = |step: Move| request.stored.after(step).is_some();
        let (triage, decide) = (me.role.may(Act::Triage), me.role.may(Act::Decide));
        // A decision on its way is taken back first.
        let settled = request.pending.is_none();
        // What is done can neither be called off nor be anybody's task any more.
        let done = request.status == PublicStatus::Completed;
        Self {
            start: triage && legal(Move::StartReview),
            decide: decide && settled && legal(Move::Accept),
            ask: triage && settled && request.stored == Status::InReview,
            reopen: decide && legal(Move::Reopen) && request.target.is_none(),
            cancel: decide && legal(Move::Cancel) && !done,
            convert: me.role.may(Act::Convert) && request.stored == Status::Accepted && request.target.is_none(),
            snooze: triage && matches!(request.stored, Status::Submitted | Status::InReview),
            assign: triage && !matches!(request.stored, Status::Rejected | Status::Cancelled) && !done,
        }
    }
}

/// All that can be done with a request now; what needs words opens its form below.
#[component]
pub fn Steps(me: StaffMe, request: DeskRequest, acts: Acts, open: Memo<String>) -> impl IntoView {
    let can = Possible::of(&me, &request);
    let link = {
        let id = request.id;
        move |possible: bool, form: &'static str, key: Option<&'static str>, label, class: &'static str| {
            possible.then(|| view! { <a class=class data-key=key href=with_form(id, form)>{t(label)}</a> })
        }
    };
    let manager_decides = request.stored == Status::InReview && !me.role.may(Act::Decide);
    let nothing = !can.start && !can.decide && !can.ask && !can.reopen && !can.cancel && !can.convert && request.target.is_none();
    view! {
        <section class="card" aria-labelledby="steps">
            <h2 id="steps">{t(text::NEXT_STEP)}</h2>
            <WorkLink work=request.target.clone() />
            {can.start.then(|| view! { <Start request=request.clone() acts /> })}
            {can.decide.then(|| view! { <Accept request=request.clone() accept=acts.accept /> })}
            {manager_decides.then(|| view! { <p>{t(text::MANAGER_DECIDES)}</p> })}
            {nothing.then(|| view! { <p>{t(text::NOTHING_TO_DO)}</p> })}
            <div class="actions">
                {link(can.convert, "convert", Some("c"), text::CREATE_WORK, "button primary")}
                {link(can.decide, "duplicate", Some("2"), text::MARK_DUPLICATE, "button")}
                {link(can.decide, "decline", Some("3"), text::DECLINE, "button")}
                {link(can.ask, "ask", None, text::ASK_CUSTOMER, "button")}
                {link(can.reopen, "reopen", None, text::REOPEN, "button")}
                {link(can.snooze, "snooze", Some("h"), text::SNOOZE, "button quiet")}
                {link(can.cancel, "cancel", None, text::CANCEL_REQUEST, "button quiet")}
            </div>
            {can.assign.then(|| view! { <Assign me request=request.clone() acts /> })}
            {request.snoozed_until.is_some().then(|| view! { <Wake request=request.clone() acts /> })}
            {(can.assign || request.snoozed_until.is_some()).then(|| view! { <CustomerSeesNothing /> })}
            {move || {
                let request = request.clone();
                match open.get().as_str() {
                    "decline" if can.decide => Some(view! { <Decline request decline=acts.decline /> }.into_any()),
                    "duplicate" if can.decide => Some(view! { <Decline request decline=acts.decline duplicate=true /> }.into_any()),
                    "reopen" if can.reopen => Some(view! { <Reopen request reopen=acts.reopen /> }.into_any()),
                    "cancel" if can.cancel => Some(view! { <Cancel request cancel=acts.cancel /> }.into_any()),
                    "convert" if can.convert => Some(view! { <Convert request convert=acts.convert /> }.into_any()),
                    "snooze" if can.snooze => Some(view! { <Snooze request acts /> }.into_any()),
                    _ => None,
                }
            }}
        </section>
    }
}

#[component]
fn Start(request: DeskRequest, acts: Acts) -> impl IntoView {
    view! {
        <FormErrors form=use_form(acts.start) />
        <CustomerWillSee status=PublicStatus::InReview />
        <ActionForm action=acts.start>
            <input type="hidden" name="id" value=request.id.to_string() />
            <input type="hidden" name="version" value=request.version.to_string() />
            <div class="actions">
                <button class="primary" data-key="s">{t(text::START_REVIEW)}</button>
            </div>
        </ActionForm>
    }
}

/// Taking a request on, or giving it up.
#[component]
fn Assign(me: StaffMe, request: DeskRequest, acts: Acts) -> impl IntoView {
    let assignee = request.assignee.as_ref().map(|(id, _)| *id);
    let take = assignee != Some(me.id);
    view! {
        <FormErrors form=use_form(acts.assign) />
        <ActionForm action=acts.assign>
            <input type="hidden" name="id" value=request.id.to_string() />
            <input type="hidden" name="version" value=request.version.to_string() />
            <div class="actions">
                {take.then(|| view! { <button class="quiet" data-key="a" name="assignee" value=me.id.to_string()>{t(text::ASSIGN_TO_ME)}</button> })}
                {assignee.is_some().then(|| view! { <button class="quiet">{t(text::UNASSIGN)}</button> })}
            </div>
        </ActionForm>
    }
}

#[component]
fn Snooze(request: DeskRequest, acts: Acts) -> impl IntoView {
    let form = use_form(acts.snooze);
    view! {
        <section id="form" aria-labelledby="form-title">
            <h3 id="form-title">{t(text::SNOOZE)}</h3>
            <CustomerSeesNothing />
            <FormErrors form=form.clone() />
            <ActionForm action=acts.snooze>
                <input type="hidden" name="id" value=request.id.to_string() />
                <input type="hidden" name="version" value=request.version.to_string() />
                <Back id=request.id last=true />
                <TextField form name="until_date" label=text::SNOOZE_UNTIL hint=text::SNOOZE_HINT kind="date" short=true />
                <div class="actions">
                    <button>{t(text::SNOOZE)}</button>
                    <a class="button quiet" href=here(request.id)>{t(text::NOT_NOW)}</a>
                </div>
            </ActionForm>
        </section>
    }
}

#[component]
fn Wake(request: DeskRequest, acts: Acts) -> impl IntoView {
    view! {
        <ActionForm action=acts.snooze>
            <input type="hidden" name="id" value=request.id.to_string() />
            <input type="hidden" name="version" value=request.version.to_string() />
            <Back id=request.id />
            <input type="hidden" name="wake" value="true" />
            <div class="actions">
                <button class="quiet"><Icon name="bell" />{t(text::WAKE)}</button>
            </div>
        </ActionForm>
    }
}
