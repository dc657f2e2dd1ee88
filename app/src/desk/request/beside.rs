//! A request beside the queue it was opened from: the list at its left, and the way to the next one when something was decided.

use std::time::Duration;

use domain::id::RequestId;
use domain::page::Page;
use domain::request::{Move, OwnDecision, Queue, QueueCounts, QueueRow};
use leptos::form::ActionForm;
use leptos::prelude::*;

use super::decision::UndoDecision;
use crate::desk::inbox::{QueueRows, Queues, load_inbox, request_address, wanted};
use crate::desk::news::{QueueNews, ShowNew};
use crate::desk::text;
use crate::error::AppError;
use crate::ui::form::escaped;
use crate::ui::icon::Icon;
use crate::ui::lang::{t, use_lang};

#[cfg(feature = "ssr")]
use crate::ctx::{StaffSession, redirect};

/// The queue beside a request: its counts and its first rows.
pub type Beside = (QueueCounts, Page<QueueRow>);

/// What the reader decided and can still take back.
#[server(prefix = "/api/desk", endpoint = "own_decisions")]
pub async fn load_own_decisions() -> Result<Vec<OwnDecision>, AppError> {
    Ok(StaffSession::current().await?.desk().own_decisions().await?)
}

/// The queue of an address; none when the request was opened by itself.
pub async fn load_beside(queue: &str) -> Result<Option<Beside>, AppError> {
    if queue.is_empty() { Ok(None) } else { load_inbox(wanted(queue)?, String::new()).await.map(Some) }
}

/// After an act: where its form wants to go on, else the request by itself.
#[cfg(feature = "ssr")]
pub fn go_on(back: &str, id: RequestId) {
    if back.is_empty() { redirect(&format!("/desk/requests/{id}")) } else { redirect(back) }
}

/// Where the request is shown: its queue's word, or nothing, and where one goes on once it is done with.
#[derive(Clone, Debug, Default)]
pub struct Place {
    queue: String,
    next: String,
}

impl Place {
    /// The next one of the queue is the row below, or the first when the request has left its queue; without one, the queue itself.
    pub fn of(id: RequestId, queue: String, beside: Option<&Beside>) -> Self {
        let Some((_, rows)) = beside else { return Self::default() };
        let at = rows.items.iter().position(|row| row.id == id).map_or(0, |at| at + 1);
        let (above, below) = rows.items.split_at(at);
        let next = below.iter().chain(above).find(|row| row.id != id && row.pending.is_none());
        Self { next: next.map_or_else(|| inbox_address(&queue), |row| request_address(row.id, &queue)), queue }
    }
}

fn inbox_address(queue: &str) -> String {
    if queue.is_empty() { "/desk/inbox".into() } else { format!("/desk/inbox?queue={}", escaped(queue)) }
}

/// The address of the queue that the request was opened from.
pub fn inbox() -> String {
    inbox_address(&use_context::<Place>().unwrap_or_default().queue)
}

/// The address of the request as it is shown.
pub fn here(id: RequestId) -> String {
    request_address(id, &use_context::<Place>().unwrap_or_default().queue)
}

/// The same with one of its forms open.
pub fn with_form(id: RequestId, form: &str) -> String {
    let address = here(id);
    let sign = if address.contains('?') { '&' } else { '?' };
    format!("{address}{sign}form={form}#form")
}

/// A form's field that says where to go on: at the same request, or when this act is `last`, at the next one of its queue.
#[component]
pub fn Back(id: RequestId, #[prop(optional)] last: bool) -> impl IntoView {
    let next = use_context::<Place>().unwrap_or_default().next;
    let back = if last && !next.is_empty() { next } else { here(id) };
    view! { <input type="hidden" name="back" value=back /> }
}

/// The queue at the left of a request.
#[component]
pub fn Split(id: RequestId, queue: String, beside: Beside, newer: QueueNews, children: Children) -> impl IntoView {
    let (counts, rows) = beside;
    let shown = wanted(&queue).unwrap_or(Queue::New);
    view! {
        <div class="split" data-open="true">
            <div class="split-list">
                <Queues counts=newer.counts(counts) here=shown />
                <ShowNew news=newer />
                <QueueRows requests=rows.items nothing=text::QUEUE_EMPTY queue=queue open=id />
            </div>
            <div class="split-detail">{children()}</div>
        </div>
    }
}

/// The reader's other decisions that can still be taken back; each goes when its seconds are over.
#[component]
pub fn OwnDecisions(decisions: Vec<OwnDecision>, undo: ServerAction<UndoDecision>) -> impl IntoView {
    decisions.into_iter().map(|decision| view! { <OwnDecisionNotice decision undo /> }).collect_view()
}

#[component]
fn OwnDecisionNotice(decision: OwnDecision, undo: ServerAction<UndoDecision>) -> impl IntoView {
    let lang = use_lang();
    let (open, seconds) = (RwSignal::new(true), decision.pending.seconds_left);
    Effect::new(move |_| {
        let wait = Duration::from_secs(u64::try_from(seconds).unwrap_or_default());
        if let Ok(timeout) = set_timeout_with_handle(move || open.set(false), wait) {
            on_cleanup(move || timeout.clear());
        }
    });
    let accepts = decision.pending.decision == Move::Accept.word();
    let what = if accepts { text::YOU_ACCEPTED } else { text::YOU_DECLINED }.fill(lang, &[("title", &decision.title)]);
    let id = decision.id;
    move || {
        let what = what.clone();
        open.get().then(|| {
            view! {
                <div class="notice" data-tone="amber" role="status">
                    <Icon name="clock" />
                    <div>
                        <p><strong>{what}</strong></p>
                        <ActionForm action=undo>
                            <input type="hidden" name="id" value=id.to_string() />
                            <button data-key="u"><Icon name="undo" />{t(text::TAKE_BACK)}</button>
                        </ActionForm>
                    </div>
                </div>
            }
        })
    }
}
