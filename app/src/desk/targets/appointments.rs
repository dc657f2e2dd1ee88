//! The appointments of a piece of work, each with its own acts: share, move, call off, and say what happened.

use domain::appointment::{AppointmentMove, AppointmentStatus, DeskAppointment, SlotInput, VisitInput, VisitView};
use domain::id::{AppointmentId, TargetId};
use domain::request::{TEXT_LIMIT, TITLE_LIMIT};
use domain::role::Act;
use domain::session::StaffMe;
use domain::suggestion::DeskSuggestion;
use domain::target::DeskTarget;
use domain::text::Text;
use leptos::form::ActionForm;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::Acts;
use super::schedule::{Known, SlotFields};
use super::suggestions::SuggestedTime;
use crate::desk::planning::{FitWords, Overlaps, overlap_words};
use crate::desk::text;
use crate::error::AppError;
use crate::ui::form::{FormErrors, FormState, TextArea, TextField, use_form};
use crate::ui::icon::Icon;
use crate::ui::lang::t;
use crate::ui::record::{Empty, Prose, Status, Time};

#[cfg(feature = "ssr")]
use crate::ctx::{StaffSession, redirect};

#[server(prefix = "/api/desk", endpoint = "share_appointment")]
pub async fn share_appointment(id: AppointmentId, version: i64) -> Result<(), AppError> {
    Ok(StaffSession::current().await?.desk().share_appointment(id, version).await?)
}

#[server(prefix = "/api/desk", endpoint = "move_appointment")]
pub async fn move_appointment(target: TargetId, id: AppointmentId, version: i64, slot: SlotInput) -> Result<(), AppError> {
    StaffSession::current().await?.desk().move_appointment(id, version, &slot).await?;
    redirect(&format!("/desk/targets/{target}"));
    Ok(())
}

#[server(prefix = "/api/desk", endpoint = "cancel_appointment")]
pub async fn cancel_appointment(
    target: TargetId,
    id: AppointmentId,
    version: i64,
    #[server(default)] sentence: String,
) -> Result<(), AppError> {
    StaffSession::current().await?.desk().cancel_appointment(id, version, &sentence).await?;
    redirect(&format!("/desk/targets/{target}"));
    Ok(())
}

#[server(prefix = "/api/desk", endpoint = "finish_appointment")]
pub async fn finish_appointment(target: TargetId, id: AppointmentId, version: i64, visit: VisitInput) -> Result<(), AppError> {
    StaffSession::current().await?.desk().finish_appointment(id, version, &visit).await?;
    redirect(&format!("/desk/targets/{target}"));
    Ok(())
}

#[server(prefix = "/api/desk", endpoint = "no_access")]
pub async fn no_access(target: TargetId, id: AppointmentId, version: i64, visit: VisitInput) -> Result<(), AppError> {
    StaffSession::current().await?.desk().no_access(id, version, &visit).await?;
    redirect(&format!("/desk/targets/{target}"));
    Ok(())
}

/// Begins the report about a visit, or opens the one there is.
#[server(prefix = "/api/desk", endpoint = "write_report")]
pub async fn write_report(appointment: AppointmentId) -> Result<(), AppError> {
    let report = StaffSession::current().await?.desk().write_report(appointment).await?;
    redirect(&format!("/desk/reports/{report}"));
    Ok(())
}

#[component]
pub fn Appointments(me: StaffMe, target: DeskTarget, acts: Acts, open: Memo<String>) -> impl IntoView {
    let (none, may_schedule, may_write) = (target.appointments.is_empty(), me.role.may(Act::Schedule), me.role.may(Act::WriteReport));
    let known = StoredValue::new(Known::of(&target));
    let suggestions = target.suggestions;
    let rows = target.appointments.into_iter().map(|appointment| {
        let its = suggestions.iter().filter(|suggestion| suggestion.appointment_id == appointment.id).cloned().collect::<Vec<_>>();
        view! { <Appointment appointment suggestions=its known may_schedule may_write acts open /> }
    });
    view! {
        <section aria-labelledby="appointments">
            <h2 id="appointments">{t(text::APPOINTMENTS)}</h2>
            {none.then(|| view! { <Empty icon="calendar" text=text::NO_APPOINTMENTS /> })}
            <FormErrors form=use_form(acts.share) />
            <FormErrors form=use_form(acts.report) />
            {rows.collect_view()}
        </section>
    }
}

#[component]
fn Appointment(
    appointment: DeskAppointment,
    suggestions: Vec<DeskSuggestion>,
    known: StoredValue<Known>,
    may_schedule: bool,
    may_write: bool,
    acts: Acts,
    open: Memo<String>,
) -> impl IntoView {
    let (status, moved) = (appointment.status, appointment.moved);
    let reports = status == AppointmentStatus::Done;
    let anchor = format!("appointment-{}", appointment.id);
    let suggestions: Vec<_> =
        suggestions.into_iter().map(|suggestion| view! { <SuggestedTime suggestion may_schedule acts open /> }).collect();
    view! {
        <article class="card" id=anchor>
            <div class="section-head">
                <h3>{appointment.span.text.clone()}</h3>
                <Status label=status.label(moved) tone=status.tone(moved) shape=status.shape(moved) />
            </div>
            <Facts appointment=appointment.clone() />
            {suggestions}
            {may_schedule.then(|| view! { <AppointmentSteps appointment=appointment.clone() known acts open /> })}
            {reports.then(|| view! { <Report appointment may_write acts /> })}
        </article>
    }
}

#[component]
fn Facts(appointment: DeskAppointment) -> impl IntoView {
    let internal = !appointment.team.is_empty() || !appointment.internal_note.is_empty() || appointment.visit.is_some();
    let overlaps = overlap_words(&appointment.team, appointment.overlaps);
    view! {
        <p class="sees">
            <Icon name=if appointment.shared { "eye" } else { "eye-off" } />
            {t(if appointment.shared { text::SHARED_WITH_CUSTOMER } else { text::TENTATIVE })}
            {appointment.in_series.then(|| view! { " " <span class="chip">{t(text::IN_SERIES)}</span> })}
        </p>
        {appointment.fit.map(|fit| view! { <p><FitWords fit /></p> })}
        {(!overlaps.is_empty()).then(|| view! { <p><Overlaps words=overlaps /></p> })}
        {appointment.cancel_reason.map(|sentence| view! { <Prose text=sentence /> })}
        {internal
            .then(|| {
                view! {
                    <dl class="facts">
                        <Fact label=text::WHO_GOES value=appointment.team />
                        <Fact label=text::INTERNAL_NOTE value=appointment.internal_note />
                        {appointment.visit.map(|visit| view! { <VisitFacts visit /> })}
                    </dl>
                }
            })}
    }
}

#[component]
fn Fact(label: Text, value: String) -> impl IntoView {
    (!value.is_empty()).then(|| view! { <div><dt>{t(label)}</dt><dd class="prose">{value}</dd></div> })
}

#[component]
fn VisitFacts(visit: VisitView) -> impl IntoView {
    view! {
        <Fact label=text::TECHNICIAN value=visit.technician />
        {visit.arrived.map(|at| view! { <div><dt>{t(text::ARRIVED)}</dt><dd><Time stamp=at /></dd></div> })}
        {visit.left.map(|at| view! { <div><dt>{t(text::LEFT)}</dt><dd><Time stamp=at /></dd></div> })}
        <Fact label=text::VISIT_NOTE value=visit.internal_note />
    }
}

/// What can be done with an appointment as it is; what needs words opens its form below.
#[component]
fn AppointmentSteps(appointment: DeskAppointment, known: StoredValue<Known>, acts: Acts, open: Memo<String>) -> impl IntoView {
    let (id, target, started) = (appointment.id, appointment.target_id, appointment.started);
    let legal = {
        let (status, shared) = (appointment.status, appointment.shared);
        move |step: AppointmentMove| status.after(step, shared).is_some()
    };
    let link = move |possible: bool, form: &'static str, label| {
        possible.then(|| {
            view! { <a class="button small" href=format!("/desk/targets/{target}?form={form}-{id}#form")>{t(label)}</a> }
        })
    };
    let share = legal(AppointmentMove::Share).then(|| view! { <Share appointment=appointment.clone() acts /> });
    view! {
        {share}
        <div class="actions">
            {link(legal(AppointmentMove::Finish) && started, "visited", text::VISIT_DONE)}
            {link(legal(AppointmentMove::NoAccess) && started, "no-access", text::VISIT_NO_ACCESS)}
            {link(legal(AppointmentMove::Move), "move", text::MOVE_APPOINTMENT)}
            {link(legal(AppointmentMove::Cancel), "call-off", text::CANCEL_APPOINTMENT)}
        </div>
        {move || {
            let open = open.get();
            let form = open.strip_suffix(&format!("-{id}"))?;
            let appointment = appointment.clone();
            match form {
                "visited" if legal(AppointmentMove::Finish) && started => Some(view! { <Visited appointment acts /> }.into_any()),
                "no-access" if legal(AppointmentMove::NoAccess) && started => Some(view! { <NobodyIn appointment acts /> }.into_any()),
                "move" if legal(AppointmentMove::Move) => Some(view! { <MoveIt appointment known=known.get_value() acts /> }.into_any()),
                "call-off" if legal(AppointmentMove::Cancel) => Some(view! { <CallOff appointment acts /> }.into_any()),
                _ => None,
            }
        }}
    }
}

/// Which appointment, as it was read, of which work.
#[component]
fn Named(id: AppointmentId, version: i64, target: TargetId) -> impl IntoView {
    view! {
        <input type="hidden" name="target" value=target.to_string() />
        <input type="hidden" name="id" value=id.to_string() />
        <input type="hidden" name="version" value=version.to_string() />
    }
}

#[component]
fn Share(appointment: DeskAppointment, acts: Acts) -> impl IntoView {
    view! {
        <ActionForm action=acts.share>
            <input type="hidden" name="id" value=appointment.id.to_string() />
            <input type="hidden" name="version" value=appointment.version.to_string() />
            <div class="actions"><button class="small">{t(text::SHARE)}</button></div>
        </ActionForm>
    }
}

/// A suggested time that was clicked has filled in its day and, unless the whole day is wished, its hours.
#[component]
fn MoveIt(appointment: DeskAppointment, known: Known, acts: Acts) -> impl IntoView {
    let (form, target) = (use_form(acts.move_it), appointment.target_id);
    let wished = |name: &str| use_query_map().with(|query| query.get(name)).filter(|value| !value.is_empty());
    let slot = SlotInput {
        date: wished("date").unwrap_or(appointment.span.date),
        from: wished("from").or(appointment.span.from).unwrap_or_default(),
        until: wished("until").or(appointment.span.until).unwrap_or_default(),
        team: appointment.team,
        internal_note: appointment.internal_note,
    };
    view! {
        <section id="form" aria-labelledby="form-title">
            <h4 id="form-title">{t(text::MOVE_APPOINTMENT)}</h4>
            <FormErrors form=form.clone() />
            <ActionForm action=acts.move_it>
                <Named id=appointment.id version=appointment.version target />
                <SlotFields form typed=slot known />
                <div class="actions">
                    <button class="primary">{t(text::SAVE)}</button>
                    <a class="button quiet" href=format!("/desk/targets/{target}")>{t(text::NOT_NOW)}</a>
                </div>
            </ActionForm>
        </section>
    }
}

/// The customer reads why; only a tentative appointment may go without a word.
#[component]
fn CallOff(appointment: DeskAppointment, acts: Acts) -> impl IntoView {
    let (form, target) = (use_form(acts.call_off), appointment.target_id);
    let hint = if appointment.shared { text::CUSTOMER_READS_THIS } else { text::NOT_SHARED_NO_REASON };
    view! {
        <section id="form" aria-labelledby="form-title">
            <h4 id="form-title">{t(text::CANCEL_APPOINTMENT)}</h4>
            <FormErrors form=form.clone() />
            <ActionForm action=acts.call_off>
                <Named id=appointment.id version=appointment.version target />
                <TextArea form name="sentence" label=text::PUBLIC_NOTE hint rows=3 maxlength=TEXT_LIMIT />
                <div class="actions">
                    <button class="danger">{t(text::CANCEL_APPOINTMENT)}</button>
                    <a class="button quiet" href=format!("/desk/targets/{target}")>{t(text::NOT_NOW)}</a>
                </div>
            </ActionForm>
        </section>
    }
}

#[component]
fn Visited(appointment: DeskAppointment, acts: Acts) -> impl IntoView {
    let (form, target) = (use_form(acts.visited), appointment.target_id);
    view! {
        <section id="form" aria-labelledby="form-title">
            <h4 id="form-title">{t(text::VISIT_DONE)}</h4>
            <FormErrors form=form.clone() />
            <ActionForm action=acts.visited>
                <Named id=appointment.id version=appointment.version target />
                <VisitFields form />
                <div class="actions">
                    <button class="primary">{t(text::VISIT_DONE)}</button>
                    <a class="button quiet" href=format!("/desk/targets/{target}")>{t(text::NOT_NOW)}</a>
                </div>
            </ActionForm>
        </section>
    }
}

#[component]
fn NobodyIn(appointment: DeskAppointment, acts: Acts) -> impl IntoView {
    let (form, target) = (use_form(acts.no_access), appointment.target_id);
    view! {
        <section id="form" aria-labelledby="form-title">
            <h4 id="form-title">{t(text::VISIT_NO_ACCESS)}</h4>
            <p>{t(text::NO_ACCESS_HINT)}</p>
            <FormErrors form=form.clone() />
            <ActionForm action=acts.no_access>
                <Named id=appointment.id version=appointment.version target />
                <VisitFields form />
                <div class="actions">
                    <button class="primary">{t(text::VISIT_NO_ACCESS)}</button>
                    <a class="button quiet" href=format!("/desk/targets/{target}")>{t(text::NOT_NOW)}</a>
                </div>
            </ActionForm>
        </section>
    }
}

/// The fields of a [`VisitInput`], sent as the argument `visit`.
#[component]
fn VisitFields(form: FormState) -> impl IntoView {
    view! {
        <div class="internal">
            <p>{t(text::NEVER_IN_PORTAL)}</p>
            <TextField form=form.clone() name="technician" within="visit" label=text::TECHNICIAN maxlength=TITLE_LIMIT />
            <div class="field-row">
                <TextField form=form.clone() name="arrived" within="visit" label=text::ARRIVED kind="time" short=true />
                <TextField form=form.clone() name="left" within="visit" label=text::LEFT kind="time" short=true />
            </div>
            <TextArea form name="internal_note" within="visit" label=text::VISIT_NOTE rows=3 maxlength=TEXT_LIMIT />
        </div>
    }
}

/// The way from a visit to its report.
#[component]
fn Report(appointment: DeskAppointment, may_write: bool, acts: Acts) -> impl IntoView {
    match appointment.report {
        Some(report) => view! { <p><a class="button" href=format!("/desk/reports/{report}")>{t(text::OPEN_REPORT)}</a></p> }.into_any(),
        None if may_write => view! {
            <ActionForm action=acts.report>
                <input type="hidden" name="appointment" value=appointment.id.to_string() />
                <div class="actions"><button class="primary">{t(text::WRITE_REPORT)}</button></div>
            </ActionForm>
        }
        .into_any(),
        None => ().into_any(),
    }
}
