//! The days of the plan: what is there, and with work in hand, where it could go.

use domain::appointment::{AppointmentStatus, DeskAppointment, FreeSlot, InHand, Overlap, Plan, PlanDay, PlanView};
use leptos::prelude::*;

use super::FitWords;
use super::drag::{Dragging, Held};
use super::schedule_form;
use crate::desk::targets::slot_query;
use crate::desk::text;
use crate::ui::icon::Icon;
use crate::ui::lang::{t, use_lang};
use crate::ui::record::Empty;

/// What the days need to know of their plan.
#[derive(Clone)]
struct Around {
    zone: String,
    team: String,
    in_hand: Option<InHand>,
    dragging: Dragging,
    schedules: bool,
}

#[component]
pub fn Days(plan: Plan, dragging: Dragging, schedules: bool) -> impl IntoView {
    if plan.days.is_empty() {
        return view! { <Empty icon="calendar" text=text::PLAN_EMPTY /> }.into_any();
    }
    let list = plan.view == PlanView::List;
    let around = Around { zone: plan.zone, team: plan.team, in_hand: plan.in_hand.filter(|_| schedules), dragging, schedules };
    let days = plan.days.into_iter().map(|day| view! { <Day day around=around.clone() /> });
    let days: Vec<_> = days.collect();
    view! {
        <div class=if list { "week list" } else { "week" } data-dragging=move || dragging.is_on().then_some("")>
            {days}
        </div>
    }
    .into_any()
}

#[component]
fn Day(day: PlanDay, around: Around) -> impl IntoView {
    let Around { dragging, team, .. } = around.clone();
    let date = day.day.date;
    let visits = day.appointments.into_iter().map(|appointment| view! { <li><Slot appointment around=around.clone() /></li> });
    let visits: Vec<_> = visits.collect();
    let free = around.in_hand.clone().map(|work| {
        let slots = day.free.into_iter().map(|free| view! { <li><Free free work=work.clone() team=team.clone() dragging /></li> });
        view! { <ul>{slots.collect_view()}</ul> }
    });
    view! {
        <section
            data-today=day.today.then_some("")
            on:dragover=move |event| dragging.over(&event)
            on:drop=move |event| dragging.drop_on_day(&event, &date, &team)
        >
            <h3>{day.day.text}</h3>
            <ul>{visits}</ul>
            {free}
        </section>
    }
}

/// One appointment: its hours at the location, the work, the place, and in words what its colour and edge say.
#[component]
fn Slot(appointment: DeskAppointment, around: Around) -> impl IntoView {
    let (status, moved, id) = (appointment.status, appointment.moved, appointment.id);
    let scheduled = status == AppointmentStatus::Scheduled;
    let tentative = scheduled && !appointment.shared;
    let (shape, state) = if tentative { ("◇", text::TENTATIVE) } else { (status.shape(moved), status.label(moved)) };
    let held = Held::visit(&appointment).filter(|_| around.schedules);
    let movable = if held.is_some() { "true" } else { "false" };
    let dragging = around.dragging;
    let zone = (appointment.span.zone != around.zone).then(|| format!(" ({})", appointment.span.zone));
    let overlaps = overlap_words(&appointment.team, appointment.overlaps);
    let overlapping = !overlaps.is_empty();
    view! {
        <a
            class="slot"
            data-tone=status.tone(moved)
            data-tentative=tentative.then_some("")
            data-overlap=overlapping.then_some("")
            draggable=movable
            on:dragstart=move |event| {
                if let Some(held) = held.clone() {
                    dragging.begin(&event, held);
                }
            }
            on:dragend=move |_| dragging.end()
            href=format!("/desk/targets/{}#appointment-{id}", appointment.target_id)
        >
            <b>{appointment.span.hours} {zone}</b>
            <span>
                {appointment.title}
                " · "
                {appointment.location_name}
                {(!appointment.team.is_empty()).then(|| format!(" · {}", appointment.team))}
            </span>
            <span><span aria-hidden="true">{shape} " "</span>{t(state)}</span>
            {appointment.in_series.then(|| view! { <span><Icon name="repeat" />" " {t(text::IN_SERIES)}</span> })}
            {appointment.fit.map(|fit| view! { <FitWords fit /> })}
            <Overlaps words=overlaps />
        </a>
    }
}

/// A sentence for each appointment of the same team at the same time.
pub fn overlap_words(team: &str, overlaps: Vec<Overlap>) -> Vec<String> {
    let lang = use_lang();
    let words = |overlap: Overlap| {
        let hours = overlap.span.hours.unwrap_or_default();
        text::OVERLAPS.fill(lang, &[("team", team), ("place", &overlap.location_name), ("hours", &hours)])
    };
    overlaps.into_iter().map(words).collect()
}

/// What overlaps, with a sign before it.
#[component]
pub fn Overlaps(words: Vec<String>) -> impl IntoView {
    words.into_iter().map(|words| view! { <span class="overlap"><Icon name="alert" />" " {words}</span> }).collect_view()
}

/// Where the work in hand could go: a way to the form, filled in.
#[component]
fn Free(free: FreeSlot, work: InHand, team: String, dragging: Dragging) -> impl IntoView {
    let href = schedule_form(work.id, &slot_query(&free.span), &team);
    let span = free.span.clone();
    let when = free.span.text;
    view! {
        <a
            class="slot free"
            href=href
            draggable="false"
            on:dragover=move |event| dragging.over(&event)
            on:drop=move |event| dragging.drop_at(&event, &span, &team)
        >
            <b>{free.span.hours}</b>
            <span>{t(text::SCHEDULE_HERE)}<span class="visually-hidden">": " {work.title} ", " {when}</span></span>
            {free.fit.map(|fit| view! { <FitWords fit /> })}
        </a>
    }
}
