//! One request at the desk: the office's docket, what can be done with it, the two composers, and what happened to it.

use domain::change::Record;
use domain::id::{FormKey, RequestId};
use domain::request::{DeskRequest, OwnDecision};
use domain::session::StaffMe;
use leptos::prelude::*;

use crate::desk::frame::{Page, focus_opened_form, open_form};
use crate::desk::inbox::QueueRows;
use crate::desk::log::Log;
use crate::desk::news::{IN_LOGS, QueueNews, Seen};
use crate::desk::text;
use crate::desk::viewers::WhoSees;
use crate::error::AppError;
use crate::ui::icon::Icon;
use crate::ui::lang::t;
use crate::ui::load::{Loaded, id_in_path, in_query};
use crate::ui::news::use_news;
use crate::ui::record::PageHead;

#[cfg(feature = "ssr")]
use crate::ctx::StaffSession;

mod beside;
mod conversation;
mod decision;
mod docket;
mod templates;
mod triage;
mod work;

use beside::{Beside, Place, Split, inbox, load_beside};
use conversation::{AskCustomer, Conversation, Notes, WriteNote, WriteToCustomer};
use decision::{AcceptRequest, CancelRequest, DeclineRequest, Pending, ReopenRequest};
use docket::{Docket, Internal};
use templates::focus_picked;
use triage::{AssignRequest, SnoozeRequest, StartReview, Steps};
use work::ConvertRequest;

pub use beside::{OwnDecisions, load_own_decisions};
pub use decision::UndoDecision;

/// A request, and a fresh key each for a message, a question and a note, and for a message and a note with files, so that a second click
/// sends nothing twice; its queue, when it
/// is shown beside one; and what the reader decided elsewhere and can still take back.
type Opened = (DeskRequest, [FormKey; 5], Option<Beside>, Vec<OwnDecision>);

#[server(prefix = "/api/desk", endpoint = "request")]
pub async fn load_desk_request(id: RequestId) -> Result<(DeskRequest, [FormKey; 5]), AppError> {
    let request = StaffSession::current().await?.desk().request(id).await?;
    Ok((request, std::array::from_fn(|_| FormKey::new())))
}

acts!(Acts {
    start: StartReview,
    assign: AssignRequest,
    snooze: SnoozeRequest,
    accept: AcceptRequest,
    decline: DeclineRequest,
    undo: UndoDecision,
    reopen: ReopenRequest,
    cancel: CancelRequest,
    convert: ConvertRequest,
    ask: AskCustomer,
    write: WriteToCustomer,
    note: WriteNote,
});

#[component]
pub fn RequestPage() -> impl IntoView {
    // `later` counts the times that a pending decision was due.
    let (id, acts, open, later) = (id_in_path::<RequestId>(), Acts::new(), open_form(), RwSignal::new(0_usize));
    let (queue, seen, newer) = (in_query("queue"), Seen::new(), QueueNews::new());
    let news = use_news().follow_if(IN_LOGS, move || {
        let queue = queue.get_untracked();
        async move {
            if !queue.is_empty() {
                newer.look_again(queue, String::new()).await;
            }
            seen.fell_behind().await
        }
    });
    let resource: Loaded<Opened> = Resource::new(
        move || (id.get(), queue.get(), acts.done(), later.get(), newer.wanted(), news.get()),
        |(id, queue, ..)| async move {
            let (request, keys) = load_desk_request(id.ok_or(AppError::NotFound)?).await?;
            Ok((request, keys, load_beside(&queue).await?, load_own_decisions().await?))
        },
    );
    Effect::new(move |_| {
        id.track();
        open.track();
        acts.forget();
    });
    focus_opened_form(open);
    focus_picked();
    let view = move |me: StaffMe, (request, keys, beside, own): Opened| {
        let (id, queue) = (request.id, queue.get_untracked());
        seen.set(Record::Request, id.uuid(), &request.log);
        if let Some((counts, rows)) = &beside {
            newer.set(counts, rows);
        }
        let own: Vec<_> = own.into_iter().filter(|decision| decision.id != id).collect();
        provide_context(Place::of(id, queue.clone(), beside.as_ref()));
        let detail = view! {
            <OwnDecisions decisions=own undo=acts.undo />
            <Request me request keys acts open later />
        };
        match beside {
            Some(beside) => view! { <Split id queue beside newer>{detail}</Split> }.into_any(),
            None => detail.into_any(),
        }
    };
    view! { <Page resource view /> }
}

#[component]
fn Request(me: StaffMe, request: DeskRequest, keys: [FormKey; 5], acts: Acts, open: Memo<String>, later: RwSignal<usize>) -> impl IntoView {
    let [message_key, question_key, note_key, filed_message_key, filed_note_key] = keys;
    view! {
        <p><a class="back" href=inbox()><Icon name="arrow-left" />{t(text::ALL_REQUESTS)}</a></p>
        <PageHead title=request.title.clone() />
        <Pending request=request.clone() undo=acts.undo later />
        <div class="columns">
            <div>
                <Docket request=request.clone() />
                <WhoSees viewers=request.viewers.clone() />
            </div>
            <aside>
                <Steps me request=request.clone() acts open />
                <Internal request=request.clone() />
            </aside>
        </div>
        <div class="columns">
            <div>
                <Conversation request=request.clone() message_keys=[message_key, filed_message_key] question_key acts open />
            </div>
            <div>
                <Notes id=request.id notes=request.notes keys=[note_key, filed_note_key] note=acts.note />
            </div>
        </div>
        <section aria-labelledby="others">
            <h2 id="others">{t(text::OTHERS_HERE)}</h2>
            <QueueRows requests=request.others_here nothing=text::NO_OTHERS_HERE />
        </section>
        <section aria-labelledby="log">
            <h2 id="log">{t(text::LOG)}</h2>
            <Log entries=request.log />
        </section>
    }
}
