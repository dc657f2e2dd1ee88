//! The follow-ups of one report, on its page: required, worded, shared, planned.

use domain::follow_up::{DeskFollowUp, TEXT_LIMIT};
use domain::id::{FollowUpId, ReportId};
use domain::report::DeskReport;
use domain::request::TITLE_LIMIT;
use domain::role::Act;
use domain::session::StaffMe;
use leptos::form::ActionForm;
use leptos::prelude::*;

use crate::desk::follow_ups::{FollowUpActs, RequireFollowUp, Shared};
use crate::desk::text;
use crate::ui::form::{FormErrors, FormState, TextArea, TextField, use_form};
use crate::ui::icon::Icon;
use crate::ui::lang::t;
use crate::ui::record::Status;

/// Which follow-up a form is about, as it was when the page was made.
#[derive(Clone, Copy)]
struct Handle {
    report: ReportId,
    id: FollowUpId,
    version: i64,
}

#[component]
pub fn ReportFollowUps(me: StaffMe, report: DeskReport, acts: FollowUpActs, open: Memo<String>) -> impl IntoView {
    let id = report.id;
    let (share, unshare, cancel) = (use_form(acts.share), use_form(acts.unshare), use_form(acts.cancel));
    let cards = report.follow_ups.into_iter().map(|follow_up| view! { <Card me=me.clone() follow_up acts open /> });
    let cards: Vec<_> = cards.collect();
    let none = cards.is_empty();
    view! {
        <section aria-labelledby="follow-ups">
            <div class="section-head">
                <h2 id="follow-ups">{t(text::FOLLOW_UPS)}</h2>
                <a href=format!("/desk/reports/{id}?form=follow-up#form")>{t(text::REQUIRE_FOLLOW_UP)}</a>
            </div>
            <FormErrors form=share />
            <FormErrors form=unshare />
            <FormErrors form=cancel />
            {none.then(|| view! { <p>{t(text::NO_FOLLOW_UPS_HERE)}</p> })}
            {cards}
            {move || (open.get() == "follow-up").then(|| view! { <Require report=id require=acts.require /> })}
        </section>
    }
}

#[component]
fn Card(me: StaffMe, follow_up: DeskFollowUp, acts: FollowUpActs, open: Memo<String>) -> impl IntoView {
    let handle = Handle { report: follow_up.report_id, id: follow_up.id, version: follow_up.version };
    let id = handle.id;
    // What the customer reads already is changed by those who may release.
    let editable = follow_up.status.is_open() && (!follow_up.shared || me.role.may(Act::Release));
    let plannable = follow_up.status.is_open() && follow_up.target.is_none();
    let (internal, public) = (follow_up.internal_text.clone(), follow_up.public_text.clone());
    view! {
        <article class="card" id=format!("follow-up-{id}")>
            <p>
                <Status label=follow_up.status.label() tone=follow_up.status.tone() shape=follow_up.status.shape() />
                " "
                {follow_up
                    .target
                    .clone()
                    .map(|(target, number)| view! { <a class="ref" href=format!("/desk/targets/{target}")>{number}</a> })}
            </p>
            <section class="internal">
                <h3><Icon name="lock" />" " {t(text::INTERNAL_TEXT)}</h3>
                <p class="prose">{follow_up.internal_text.clone()}</p>
            </section>
            <h3>{t(text::PUBLIC_TEXT)}</h3>
            <p class="prose">{if public.is_empty() { t(text::NO_PUBLIC_TEXT).to_owned() } else { public.clone() }}</p>
            <p class="sees"><Shared shared=follow_up.shared /></p>
            <CardActs me follow_up=follow_up.clone() handle acts editable plannable />
            {move || {
                let form = open.get();
                if editable && form == format!("edit-{id}") {
                    Some(view! { <Edit handle internal=internal.clone() public=public.clone() acts /> }.into_any())
                } else if plannable && form == format!("plan-{id}") {
                    Some(view! { <Plan handle public=public.clone() acts /> }.into_any())
                } else if form == format!("cancel-{id}") {
                    Some(view! { <Cancel handle acts /> }.into_any())
                } else {
                    None
                }
            }}
        </article>
    }
}

#[component]
fn CardActs(me: StaffMe, follow_up: DeskFollowUp, handle: Handle, acts: FollowUpActs, editable: bool, plannable: bool) -> impl IntoView {
    let Handle { report, id, .. } = handle;
    let open = follow_up.status.is_open();
    let may_share = me.role.may(Act::Release);
    let link = move |form: &str| format!("/desk/reports/{report}?form={form}-{id}#form");
    view! {
        <div class="actions">
            {plannable.then(|| view! { <a class="button small" href=link("plan")>{t(text::PLAN)}</a> })}
            {editable.then(|| view! { <a class="button small" href=link("edit")>{t(text::EDIT)}</a> })}
            {(may_share && open && !follow_up.shared && follow_up.report_released)
                .then(|| {
                    view! { <ActionForm action=acts.share><Named handle /><button class="small">{t(text::SHARE)}</button></ActionForm> }
                })}
            {(may_share && follow_up.shared)
                .then(|| {
                    view! { <ActionForm action=acts.unshare><Named handle /><button class="small">{t(text::UNSHARE)}</button></ActionForm> }
                })}
            {open.then(|| view! { <a class="button quiet small" href=link("cancel")>{t(text::CANCEL_FOLLOW_UP)}</a> })}
        </div>
        {(open && !follow_up.shared && !follow_up.report_released).then(|| view! { <p class="hint">{t(text::SHARE_NEEDS_RELEASE)}</p> })}
    }
}

/// Which follow-up a form is about, in hidden fields.
#[component]
fn Named(handle: Handle) -> impl IntoView {
    view! {
        <input type="hidden" name="id" value=handle.id.to_string() />
        <input type="hidden" name="version" value=handle.version.to_string() />
    }
}

/// The two texts, each with who reads it.
#[component]
fn Texts(form: FormState, #[prop(optional, into)] internal: String, #[prop(optional, into)] public: String) -> impl IntoView {
    view! {
        <TextArea
            form=form.clone()
            name="internal_text"
            within="what"
            label=text::INTERNAL_TEXT
            hint=text::NEVER_IN_PORTAL
            value=internal
            rows=3
            maxlength=TEXT_LIMIT
        />
        <TextArea
            form
            name="public_text"
            within="what"
            label=text::PUBLIC_TEXT
            hint=text::PUBLIC_TEXT_HINT
            value=public
            rows=3
            maxlength=TEXT_LIMIT
        />
    }
}

#[component]
fn Require(report: ReportId, require: ServerAction<RequireFollowUp>) -> impl IntoView {
    let form = use_form(require);
    view! {
        <section class="card" id="form">
            <h3>{t(text::REQUIRE_FOLLOW_UP)}</h3>
            <FormErrors form=form.clone() />
            <ActionForm action=require>
                <input type="hidden" name="report" value=report.to_string() />
                <Texts form />
                <div class="actions">
                    <button>{t(text::SAVE)}</button>
                    <a class="button quiet" href=format!("/desk/reports/{report}")>{t(text::NOT_NOW)}</a>
                </div>
            </ActionForm>
        </section>
    }
}

#[component]
fn Edit(handle: Handle, internal: String, public: String, acts: FollowUpActs) -> impl IntoView {
    let (form, report) = (use_form(acts.edit), handle.report);
    view! {
        <section id="form">
            <h3>{t(text::EDIT)}</h3>
            <FormErrors form=form.clone() />
            <ActionForm action=acts.edit>
                <input type="hidden" name="report" value=report.to_string() />
                <Named handle />
                <Texts form internal public />
                <div class="actions">
                    <button>{t(text::SAVE)}</button>
                    <a class="button quiet" href=format!("/desk/reports/{report}")>{t(text::NOT_NOW)}</a>
                </div>
            </ActionForm>
        </section>
    }
}

/// The work for it: the customer's title is proposed from what the customer reads, never from the internal text.
#[component]
fn Plan(handle: Handle, public: String, acts: FollowUpActs) -> impl IntoView {
    let (form, report) = (use_form(acts.plan), handle.report);
    let proposed: String = public.lines().next().unwrap_or_default().chars().take(TITLE_LIMIT).collect();
    view! {
        <section id="form">
            <h3>{t(text::PLAN_FOLLOW_UP)}</h3>
            <p>{t(text::PLAN_FOLLOW_UP_HINT)}</p>
            <FormErrors form=form.clone() />
            <ActionForm action=acts.plan>
                <Named handle />
                <TextField
                    form=form.clone()
                    name="title"
                    within="work"
                    label=text::WORK_TITLE
                    hint=text::NEVER_IN_PORTAL
                    maxlength=TITLE_LIMIT
                />
                <TextField
                    form=form.clone()
                    name="public_title"
                    within="work"
                    label=text::WORK_PUBLIC_TITLE
                    value=proposed
                    maxlength=TITLE_LIMIT
                />
                <TextArea form=form.clone() name="dispatch_note" within="work" label=text::WORK_NOTE hint=text::NEVER_IN_PORTAL rows=3 />
                <div class="field-row">
                    <TextField form=form.clone() name="billing_code" within="work" label=text::WORK_BILLING />
                    <TextField form name="routing_score" within="work" label=text::WORK_SCORE kind="number" short=true />
                </div>
                <div class="actions">
                    <button>{t(text::CREATE_WORK)}</button>
                    <a class="button quiet" href=format!("/desk/reports/{report}")>{t(text::NOT_NOW)}</a>
                </div>
            </ActionForm>
        </section>
    }
}

#[component]
fn Cancel(handle: Handle, acts: FollowUpActs) -> impl IntoView {
    let report = handle.report;
    view! {
        <section id="form">
            <h3>{t(text::CANCEL_FOLLOW_UP)}</h3>
            <p>{t(text::CANCEL_FOLLOW_UP_HINT)}</p>
            <ActionForm action=acts.cancel>
                <input type="hidden" name="report" value=report.to_string() />
                <Named handle />
                <div class="actions">
                    <button class="danger">{t(text::CANCEL_FOLLOW_UP)}</button>
                    <a class="button quiet" href=format!("/desk/reports/{report}")>{t(text::NOT_NOW)}</a>
                </div>
            </ActionForm>
        </section>
    }
}
