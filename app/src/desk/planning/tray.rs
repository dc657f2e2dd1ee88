//! Work without an appointment, with what its customer wishes: a wish leads to the filled-in form, "Find a time" offers free slots.

use domain::id::TargetId;
use domain::page;
use domain::target::TargetRow;
use domain::when::Span;
use leptos::prelude::*;

use super::Here;
use super::drag::{Dragging, Held};
use super::schedule_form;
use crate::desk::targets::slot_query;
use crate::desk::text;
use crate::ui::lang::t;
use crate::ui::record::ShowMore;

#[component]
pub fn Tray(unplanned: page::Page<TargetRow>, here: Here, dragging: Dragging, schedules: bool) -> impl IntoView {
    let none = unplanned.items.is_empty();
    let query = here.query();
    let rows = unplanned.items.into_iter().map(|target| view! { <Entry target here=here.clone() dragging schedules /> });
    view! {
        <aside class="tray" aria-labelledby="to-plan">
            <h2 id="to-plan">{t(text::TO_PLAN)}</h2>
            {none.then(|| view! { <p>{t(text::NOTHING_TO_PLAN)}</p> })}
            <ul class="rows">{rows.collect_view()}</ul>
            <ShowMore next=unplanned.next path="/desk/planning" query />
        </aside>
    }
}

#[component]
fn Entry(target: TargetRow, here: Here, dragging: Dragging, schedules: bool) -> impl IntoView {
    let held = Held::work(&target);
    let in_hand = here.work == target.id.to_string();
    let find = here.with_work(target.id).address();
    let wishes = target.wishes.iter().map(|wish| view! { <Wish id=target.id wish=wish.clone() team=here.team.clone() schedules /> });
    let wishes: Vec<_> = wishes.collect();
    view! {
        <li>
            <div
                class="row"
                aria-current=in_hand.then_some("true")
                draggable=if schedules { "true" } else { "false" }
                on:dragstart=move |event| dragging.begin(&event, held.clone())
                on:dragend=move |_| dragging.end()
            >
                // Dragged, the link would be the address, not the work.
                <a class="row-title" draggable="false" href=format!("/desk/targets/{}", target.id)>{target.title.clone()}</a>
                <span class="row-meta">
                    <span class="ref">{target.number}</span> " · " {target.customer_name} " · " {target.location_name}
                </span>
                {wishes}
                {schedules
                    .then(|| {
                        view! {
                            <span class="row-end">
                                <a class="button small" draggable="false" href=find>
                                    {t(text::FIND_TIME)}
                                    <span class="visually-hidden">": " {target.title}</span>
                                </a>
                            </span>
                        }
                    })}
            </div>
        </li>
    }
}

#[component]
fn Wish(id: TargetId, wish: Span, team: String, schedules: bool) -> impl IntoView {
    let href = schedule_form(id, &slot_query(&wish), &team);
    let text = wish.text;
    let words = if schedules { view! { <a draggable="false" href=href>{text}</a> }.into_any() } else { text.into_any() };
    view! { <span class="row-meta">{words}</span> }
}
