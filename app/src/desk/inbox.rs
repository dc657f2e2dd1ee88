//! The inbox: the queues of requests, the ones that wait longest first.

use domain::change::Change;
use domain::id::RequestId;
use domain::page;
use domain::request::{OwnDecision, PublicStatus, Queue, QueueCounts, QueueRow, Urgency};
use domain::session::StaffMe;
use domain::text::{Lang, Text};
use leptos::prelude::*;

use crate::desk::frame::Page;
use crate::desk::news::{QueueNews, ShowNew};
use crate::desk::request::{OwnDecisions, UndoDecision, load_own_decisions};
use crate::desk::text;
use crate::error::AppError;
use crate::ui::form::{FormErrors, escaped, successes, use_form};
use crate::ui::icon::Icon;
use crate::ui::lang::{t, use_lang};
use crate::ui::load::{Loaded, in_query};
use crate::ui::news::use_news;
use crate::ui::record::{Empty, PageHead, ShowMore, Status};

#[cfg(feature = "ssr")]
use crate::ctx::StaffSession;

#[server(prefix = "/api/desk", endpoint = "inbox")]
pub async fn load_inbox(queue: Queue, #[server(default)] after: String) -> Result<(QueueCounts, page::Page<QueueRow>), AppError> {
    let session = StaffSession::current().await?;
    Ok((session.desk().queue_counts().await?, session.desk().queue(queue, &after).await?))
}

/// A queue, and what the reader decided and can still take back.
type Queued = (QueueCounts, page::Page<QueueRow>, Vec<OwnDecision>);

#[component]
pub fn InboxPage() -> impl IntoView {
    let (queue, after) = (in_query("queue"), in_query("after"));
    let undo = ServerAction::<UndoDecision>::new();
    let (undone, newer) = (successes(undo), QueueNews::new());
    // Rows never move under the cursor: others' acts are announced, and shown when the reader wants to see them.
    let news = use_news().follow_if(&[Change::Request], move || {
        let looked_again = newer.look_again(queue.get_untracked(), after.get_untracked());
        async move {
            looked_again.await;
            false
        }
    });
    let resource: Loaded<Queued> = Resource::new(
        move || (queue.get(), after.get(), undone.get(), newer.wanted(), news.get()),
        |(queue, after, ..)| async move {
            let (counts, requests) = load_inbox(wanted(&queue)?, after).await?;
            Ok((counts, requests, load_own_decisions().await?))
        },
    );
    let view = move |_: StaffMe, (counts, requests, own): Queued| {
        let queue = wanted(&queue.get_untracked()).unwrap_or(Queue::New);
        newer.set(&counts, &requests);
        view! {
            <PageHead title=t(text::INBOX)>
                <a class="button" href="/desk/requests/new"><Icon name="plus" />{t(text::RECORD_REQUEST)}</a>
            </PageHead>
            <FormErrors form=use_form(undo) />
            <OwnDecisions decisions=own undo />
            <Queues counts=newer.counts(counts) here=queue />
            <ShowNew news=newer />
            <QueueRows requests=requests.items nothing=text::QUEUE_EMPTY queue=queue.word() />
            <ShowMore next=requests.next path="/desk/inbox" query=vec![("queue", queue.word().to_owned())] />
        }
    };
    view! { <Page resource view /> }
}

/// The queue of an address; new requests without one.
pub fn wanted(word: &str) -> Result<Queue, AppError> {
    if word.is_empty() { Ok(Queue::New) } else { word.parse().map_err(|_| AppError::NotFound) }
}

#[component]
pub fn Queues(counts: ArcSignal<QueueCounts>, here: Queue) -> impl IntoView {
    let tab = move |queue: Queue| {
        let label = match queue {
            Queue::New => text::QUEUE_NEW,
            Queue::Review => text::QUEUE_REVIEW,
            Queue::Mine => text::QUEUE_MINE,
            Queue::Waiting => text::QUEUE_WAITING,
            Queue::Snoozed => text::QUEUE_SNOOZED,
            Queue::Accepted => text::QUEUE_ACCEPTED,
            Queue::All => text::QUEUE_ALL,
        };
        let counts = counts.clone();
        let count = move || counts.with(|counts| waiting_in(queue, counts)).unwrap_or_default();
        view! {
            <a href=format!("/desk/inbox?queue={queue}") aria-current=(queue == here).then_some("page")>
                {t(label)}
                {(queue != Queue::All).then(|| view! { " " <span class="count">{count}</span> })}
            </a>
        }
    };
    view! { <nav class="tabs" aria-label=t(text::QUEUES)>{Queue::ALL.iter().copied().map(tab).collect_view()}</nav> }
}

/// How many wait in a queue. All requests are not counted.
pub fn waiting_in(queue: Queue, counts: &QueueCounts) -> Option<i64> {
    match queue {
        Queue::New => Some(counts.new),
        Queue::Review => Some(counts.review),
        Queue::Mine => Some(counts.mine),
        Queue::Waiting => Some(counts.waiting),
        Queue::Snoozed => Some(counts.snoozed),
        Queue::Accepted => Some(counts.accepted),
        Queue::All => None,
    }
}

/// The page of a request; with a queue's word, the request beside its queue.
pub fn request_address(id: RequestId, queue: &str) -> String {
    if queue.is_empty() { format!("/desk/requests/{id}") } else { format!("/desk/requests/{id}?queue={}", escaped(queue)) }
}

/// Requests in a list, each a link to its page; with a queue's word, to its page beside that queue. The one that is `open` is marked.
#[component]
pub fn QueueRows(
    requests: Vec<QueueRow>,
    nothing: Text,
    #[prop(optional, into)] queue: String,
    #[prop(optional)] open: Option<RequestId>,
) -> impl IntoView {
    if requests.is_empty() {
        return view! { <Empty icon="inbox" text=nothing /> }.into_any();
    }
    let lang = use_lang();
    let rows = requests.into_iter().map(|request| {
        let (href, here) = (request_address(request.id, &queue), (open == Some(request.id)).then_some("true"));
        let wishes = text::WISH_COUNT.count(lang, request.windows);
        let age = age(lang, request.age_minutes);
        let pending = request.pending.map(|_| view! { <span class="chip" data-tone="amber">{t(text::DECISION_PENDING)}</span> });
        view! {
            <li>
                <a class="row" href=href aria-current=here>
                    <span class="row-title">{request.title}</span>
                    <span class="row-meta">
                        <span class="ref">{request.number}</span> " · " {request.customer_name} " · " {request.location_name} " · "
                        <time datetime=request.submitted.machine title=request.submitted.text>{age}</time> " · " {wishes}
                        {request.assignee_name.map(|name| format!(" · {name}"))}
                    </span>
                    <span class="row-end">
                        <UrgencyChip urgency=request.urgency />
                        {pending}
                        <OfficeStatus status=request.status />
                    </span>
                </a>
            </li>
        }
    });
    view! { <ul class="rows">{rows.collect_view()}</ul> }.into_any()
}

/// Says that it is urgent, when it is.
#[component]
fn UrgencyChip(urgency: Urgency) -> impl IntoView {
    let label = match urgency {
        Urgency::Normal => None,
        Urgency::StopsWork => Some(text::STOPS_WORK),
        Urgency::Danger => Some(text::DANGER),
    };
    label.map(|label| view! { <span class="chip" data-tone="amber"><Icon name="alert" />{t(label)}</span> })
}

/// A request's status in the office's words, with the shape and the colour that the customer sees.
#[component]
pub fn OfficeStatus(status: PublicStatus) -> impl IntoView {
    view! { <Status label=office_word(status) tone=status.tone() shape=status.shape() /> }
}

/// What the office calls a status. The customer's word does where it does not speak to the customer.
const fn office_word(status: PublicStatus) -> Text {
    match status {
        PublicStatus::Submitted => text::QUEUE_NEW,
        PublicStatus::AnswerNeeded => text::QUEUE_WAITING,
        PublicStatus::Visited => text::STATUS_VISITED,
        PublicStatus::Withdrawn => text::STATUS_WITHDRAWN,
        other => other.label(),
    }
}

/// How long ago, in the largest unit that fits: "40 minutes", "3 hours", "2 days".
fn age(lang: Lang, minutes: i64) -> String {
    let minutes = usize::try_from(minutes).unwrap_or_default();
    match minutes {
        0..60 => text::MINUTES.count(lang, minutes),
        60..2880 => text::HOURS.count(lang, minutes / 60),
        _ => text::DAYS.count(lang, minutes / 1440),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r6_an_age_is_said_in_the_largest_unit_that_fits() {
        let ages = [0, 59, 60, 180, 2879, 2880].map(|minutes| age(Lang::En, minutes));
        assert_eq!(ages, ["just now", "59 minutes", "1 hour", "3 hours", "47 hours", "2 days"]);
    }
}
