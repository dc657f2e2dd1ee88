//! One piece of field work: what is to be done, when somebody goes there, and what came of it.

use domain::appointment::AppointmentStatus;
use domain::change::Record;
use domain::id::TargetId;
use domain::role::Act;
use domain::session::StaffMe;
use domain::target::{DeskTarget, TargetInput, TargetMove, TargetStatus};
use leptos::form::ActionForm;
use leptos::prelude::*;

use crate::desk::frame::{Page, open_form};
use crate::desk::log::Log;
use crate::desk::news::Seen;
use crate::desk::text;
use crate::desk::viewers::WhoSees;
use crate::error::AppError;
use crate::ui::form::{FormErrors, use_form};
use crate::ui::icon::Icon;
use crate::ui::lang::t;
use crate::ui::load::{Loaded, id_in_path};
use crate::ui::record::{PageHead, Status};

#[cfg(feature = "ssr")]
use crate::ctx::{StaffSession, redirect};

mod appointments;
mod docket;
mod fields;
mod schedule;
mod suggestions;

use appointments::{Appointments, CancelAppointment, FinishAppointment, MoveAppointment, NoAccess, ShareAppointment, WriteReport};
use docket::{Docket, TargetFiles};
pub use fields::WorkFields;
pub use schedule::slot_query;
use schedule::{Known, Schedule, ScheduleSeries, ScheduleVisit, Series};
use suggestions::AnswerSuggestion;

#[server(prefix = "/api/desk", endpoint = "target")]
pub async fn load_target(id: TargetId) -> Result<DeskTarget, AppError> {
    Ok(StaffSession::current().await?.desk().target(id).await?)
}

#[server(prefix = "/api/desk", endpoint = "edit_target")]
pub async fn edit_target(id: TargetId, version: i64, work: TargetInput) -> Result<(), AppError> {
    StaffSession::current().await?.desk().edit_target(id, version, &work).await?;
    redirect(&format!("/desk/targets/{id}"));
    Ok(())
}

#[server(prefix = "/api/desk", endpoint = "finish_target")]
pub async fn finish_target(id: TargetId, version: i64) -> Result<(), AppError> {
    Ok(StaffSession::current().await?.desk().finish_target(id, version).await?)
}

#[server(prefix = "/api/desk", endpoint = "reopen_target")]
pub async fn reopen_target(id: TargetId, version: i64) -> Result<(), AppError> {
    Ok(StaffSession::current().await?.desk().reopen_target(id, version).await?)
}

#[server(prefix = "/api/desk", endpoint = "cancel_target")]
pub async fn cancel_target(id: TargetId, version: i64) -> Result<(), AppError> {
    StaffSession::current().await?.desk().cancel_target(id, version).await?;
    redirect(&format!("/desk/targets/{id}"));
    Ok(())
}

acts!(Acts {
    edit: EditTarget,
    finish: FinishTarget,
    reopen: ReopenTarget,
    cancel: CancelTarget,
    schedule: ScheduleVisit,
    series: ScheduleSeries,
    share: ShareAppointment,
    move_it: MoveAppointment,
    call_off: CancelAppointment,
    keep: AnswerSuggestion,
    visited: FinishAppointment,
    no_access: NoAccess,
    report: WriteReport,
});

#[component]
pub fn TargetPage() -> impl IntoView {
    let (id, acts, open, seen) = (id_in_path::<TargetId>(), Acts::new(), open_form(), Seen::new());
    let news = seen.follow();
    let resource: Loaded<DeskTarget> = Resource::new(
        move || (id.get(), acts.done(), news.get()),
        |(id, ..)| async move { load_target(id.ok_or(AppError::NotFound)?).await },
    );
    Effect::new(move |_| {
        open.track();
        acts.forget();
    });
    let view = move |me: StaffMe, target: DeskTarget| {
        seen.set(Record::Target, target.id.uuid(), &target.log);
        view! { <Target me target acts open /> }
    };
    view! { <Page resource view /> }
}

#[component]
fn Target(me: StaffMe, target: DeskTarget, acts: Acts, open: Memo<String>) -> impl IntoView {
    let (id, version) = (target.id, target.version);
    let schedules = target.status == TargetStatus::Open && me.role.may(Act::Schedule);
    let (log, known) = (target.log.clone(), Known::of(&target));
    view! {
        <p><a class="back" href="/desk/planning"><Icon name="arrow-left" />{t(text::PLANNING)}</a></p>
        <PageHead title=target.title.clone()>
            {schedules
                .then(|| {
                    view! {
                        <div class="actions">
                            <a class="button primary" href=format!("/desk/targets/{id}?form=schedule#form")>{t(text::SCHEDULE_VISIT)}</a>
                            <a class="button" href=format!("/desk/targets/{id}?form=series#form")>{t(text::SCHEDULE_SERIES)}</a>
                        </div>
                    }
                })}
        </PageHead>
        <div class="columns">
            <div>
                <Docket target=target.clone() schedules />
                <WhoSees viewers=target.viewers.clone() />
                {move || match open.get().as_str() {
                    "schedule" if schedules => Some(view! { <Schedule id version known=known.clone() schedule=acts.schedule /> }.into_any()),
                    "series" if schedules => Some(view! { <Series id version known=known.clone() series=acts.series /> }.into_any()),
                    _ => None,
                }}
                <Appointments me=me.clone() target=target.clone() acts open />
            </div>
            <aside>
                <Steps me target=target.clone() acts open />
                <TargetFiles target />
            </aside>
        </div>
        <section aria-labelledby="log">
            <h2 id="log">{t(text::LOG)}</h2>
            <Log entries=log />
        </section>
    }
}

/// What can be done with the work as a whole: edit, finish, reopen, cancel.
#[component]
fn Steps(me: StaffMe, target: DeskTarget, acts: Acts, open: Memo<String>) -> impl IntoView {
    let id = target.id;
    let can = move |step: TargetMove, act: Act| target.status.after(step).is_some() && me.role.may(act);
    let edit = target.status != TargetStatus::Cancelled && me.role.may(Act::Convert);
    let (finish, reopen, cancel) =
        (can(TargetMove::Finish, Act::Convert), can(TargetMove::Reopen, Act::EndTarget), can(TargetMove::Cancel, Act::EndTarget));
    let link = move |possible: bool, form: &'static str, label| {
        possible.then(|| view! { <a class="button quiet" href=format!("/desk/targets/{id}?form={form}#form")>{t(label)}</a> })
    };
    view! {
        <section class="card" aria-labelledby="steps">
            <h2 id="steps">{t(text::NEXT_STEP)}</h2>
            <p><TargetState status=target.status /></p>
            {finish.then(|| view! { <Finish target=target.clone() finish=acts.finish /> })}
            {reopen.then(|| view! { <Reopen target=target.clone() reopen=acts.reopen /> })}
            <div class="actions">
                {link(edit, "edit", text::EDIT)}
                {link(cancel, "cancel", text::CANCEL_WORK)}
            </div>
            {move || {
                let target = target.clone();
                match open.get().as_str() {
                    "edit" if edit => Some(view! { <Edit target edit=acts.edit /> }.into_any()),
                    "cancel" if cancel => Some(view! { <Cancel target cancel=acts.cancel /> }.into_any()),
                    _ => None,
                }
            }}
        </section>
    }
}

/// Where a piece of work stands, for staff.
#[component]
pub fn TargetState(status: TargetStatus) -> impl IntoView {
    let (label, tone, shape) = match status {
        TargetStatus::Open => (text::WORK_OPEN, "petrol", "●"),
        TargetStatus::Done => (text::WORK_DONE, "green", "✓"),
        TargetStatus::Cancelled => (text::WORK_CANCELLED, "grey", "–"),
    };
    view! { <Status label tone shape /> }
}

#[component]
fn Finish(target: DeskTarget, finish: ServerAction<FinishTarget>) -> impl IntoView {
    let scheduled = target.appointments.iter().any(|appointment| appointment.status == AppointmentStatus::Scheduled);
    let hint = match (scheduled, &target.request) {
        (true, _) => Some(text::FINISH_WORK_LATER),
        (false, Some(_)) => Some(text::FINISH_WORK_HINT),
        (false, None) => None,
    };
    view! {
        <FormErrors form=use_form(finish) />
        <ActionForm action=finish>
            <input type="hidden" name="id" value=target.id.to_string() />
            <input type="hidden" name="version" value=target.version.to_string() />
            <div class="actions"><button>{t(text::FINISH_WORK)}</button></div>
        </ActionForm>
        {hint.map(|hint| view! { <p class="hint">{t(hint)}</p> })}
    }
}

#[component]
fn Reopen(target: DeskTarget, reopen: ServerAction<ReopenTarget>) -> impl IntoView {
    view! {
        <FormErrors form=use_form(reopen) />
        <ActionForm action=reopen>
            <input type="hidden" name="id" value=target.id.to_string() />
            <input type="hidden" name="version" value=target.version.to_string() />
            <div class="actions"><button>{t(text::REOPEN_WORK)}</button></div>
        </ActionForm>
    }
}

#[component]
fn Edit(target: DeskTarget, edit: ServerAction<EditTarget>) -> impl IntoView {
    let form = use_form(edit);
    let (id, version) = (target.id, target.version);
    let work = TargetInput {
        title: target.title,
        public_title: target.public_title,
        dispatch_note: target.dispatch_note,
        billing_code: target.billing_code,
        routing_score: target.routing_score.to_string(),
    };
    view! {
        <section id="form" aria-labelledby="form-title">
            <h3 id="form-title">{t(text::EDIT)}</h3>
            <FormErrors form=form.clone() />
            <ActionForm action=edit>
                <input type="hidden" name="id" value=id.to_string() />
                <input type="hidden" name="version" value=version.to_string() />
                <WorkFields form work />
                <div class="actions">
                    <button>{t(text::SAVE)}</button>
                    <a class="button quiet" href=format!("/desk/targets/{id}")>{t(text::NOT_NOW)}</a>
                </div>
            </ActionForm>
        </section>
    }
}

#[component]
fn Cancel(target: DeskTarget, cancel: ServerAction<CancelTarget>) -> impl IntoView {
    view! {
        <section id="form" aria-labelledby="form-title">
            <h3 id="form-title">{t(text::CANCEL_WORK)}</h3>
            <p>{t(text::CANCEL_WORK_HINT)}</p>
            <FormErrors form=use_form(cancel) />
            <ActionForm action=cancel>
                <input type="hidden" name="id" value=target.id.to_string() />
                <input type="hidden" name="version" value=target.version.to_string() />
                <div class="actions">
                    <button class="danger">{t(text::CANCEL_WORK)}</button>
                    <a class="button quiet" href=format!("/desk/targets/{}", target.id)>{t(text::NOT_NOW)}</a>
                </div>
            </ActionForm>
        </section>
    }
}
