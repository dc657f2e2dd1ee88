//! The desk's keys. One table says what each does, what it is called and who may; the keyboard, the help and the commands read it. A key
//! presses what is on the page: what is not there, because of a role or a state, cannot be pressed.

use std::time::Duration;

use domain::role::Act;
use domain::session::StaffMe;
use domain::text::Text;
use leptos::ev;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent, Node};

use crate::desk::frame::{Page, use_me};
use crate::desk::keys::commands::Commands;
use crate::desk::text;
use crate::error::AppError;
use crate::ui::lang::t;
use crate::ui::load::Loaded;
use crate::ui::record::PageHead;
use crate::ui::shell::focus_first;

#[cfg(feature = "ssr")]
use crate::ctx::{StaffSession, redirect};

mod commands;

/// What a key does on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Does {
    /// Moves the focus through the rows of a list.
    Down,
    Up,
    /// Presses the first element that these selectors find.
    Press(&'static str),
    /// Puts the focus there.
    Focus(&'static str),
    Help,
    Commands,
    /// The browser does it.
    Native,
}

/// One key, or two after each other with a space between.
#[derive(Clone, Copy, Debug)]
struct Key {
    keys: &'static str,
    word: Text,
    needs: Act,
    does: Does,
}

const fn key(keys: &'static str, word: Text, needs: Act, does: Does) -> Key {
    Key { keys, word, needs, does }
}

/// Every key of the desk.
const KEYS: &[Key] = &[
    key("j", text::KEY_DOWN, Act::Read, Does::Down),
    key("k", text::KEY_UP, Act::Read, Does::Up),
    key("Enter", text::KEY_OPEN, Act::Read, Does::Native),
    key("s", text::START_REVIEW, Act::Triage, Does::Press("main [data-key=s]")),
    key("1", text::ACCEPT, Act::Decide, Does::Press("main [data-key='1']")),
    key("2", text::MARK_DUPLICATE, Act::Decide, Does::Press("main [data-key='2']")),
    key("3", text::DECLINE, Act::Decide, Does::Press("main [data-key='3']")),
    key("u", text::TAKE_BACK, Act::Decide, Does::Press("main [data-key=u]")),
    key("h", text::SNOOZE, Act::Triage, Does::Press("main [data-key=h]")),
    key("a", text::ASSIGN_TO_ME, Act::Triage, Does::Press("main [data-key=a]")),
    key("r", text::MESSAGE_TO_CUSTOMER, Act::Triage, Does::Focus("#message-body, #question-body")),
    key("n", text::INTERNAL_NOTE, Act::Triage, Does::Focus("#note-body")),
    key("c", text::CREATE_WORK, Act::Convert, Does::Press("main [data-key=c]")),
    key("g i", text::INBOX, Act::Read, Does::Press(".side-nav a[href='/desk/inbox']")),
    key("g p", text::PLANNING, Act::Read, Does::Press(".side-nav a[href='/desk/planning']")),
    key("g r", text::REPORTS, Act::Read, Does::Press(".side-nav a[href='/desk/reports']")),
    key("g c", text::CUSTOMERS, Act::Read, Does::Press(".side-nav a[href='/desk/customers']")),
    key(".", text::KEY_SHOW_NEW, Act::Read, Does::Press("main .fresh, .toasts button")),
    key("/", text::SEARCH_EVERYTHING, Act::Read, Does::Focus("#search")),
    key("Ctrl K", text::COMMANDS, Act::Read, Does::Commands),
    key("?", text::KEYS, Act::Read, Does::Help),
];

/// The rows that the focus moves through: those of the queue at the left, else those of the page.
const QUEUE: &str = "main .split-list a.row";
const LISTS: &str = "main .rows a.row, main .rows .row > a.row-title";

/// How long the second of two keys is waited for.
const BETWEEN: Duration = Duration::from_millis(1_500);

/// Elements whose keys are their own.
const TYPED_INTO: &str = "input, textarea, select, [contenteditable], dialog, dialog *";

/// Turns single keys on or off for the reader.
#[server(prefix = "/api/desk", endpoint = "set_single_keys")]
pub async fn set_single_keys(#[server(default)] single_keys: String) -> Result<(), AppError> {
    StaffSession::current().await?.desk().set_single_keys(!single_keys.is_empty()).await?;
    redirect("/desk/settings");
    Ok(())
}

/// What is open over the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Over {
    Help,
    Commands,
}

/// Listens to the keys as long as the page lives, and shows what they open.
#[component]
pub fn Keyboard() -> impl IntoView {
    let (me, over) = (use_me(), RwSignal::new(None::<Over>));
    let (reader, first) = (RwSignal::new(None::<StaffMe>), StoredValue::new(false));
    Effect::new(move |_| reader.set(me.get().and_then(Result::ok)));
    Effect::new(move |_| {
        let listening = window_event_listener(ev::keydown, move |event| {
            if let Some(reader) = reader.get_untracked() {
                pressed(&event, &reader, over, first);
            }
        });
        on_cleanup(move || listening.remove());
    });
    move || {
        over.get().zip(reader.get_untracked()).map(|(opened, me)| match opened {
            Over::Help => view! { <Help me over /> }.into_any(),
            Over::Commands => view! { <Commands me over /> }.into_any(),
        })
    }
}

/// A key went down. `first` says whether it is the second of two.
fn pressed(event: &KeyboardEvent, me: &StaffMe, over: RwSignal<Option<Over>>, first: StoredValue<bool>) {
    if event.key().eq_ignore_ascii_case("k") && (event.ctrl_key() || event.meta_key()) && !event.alt_key() && !event.shift_key() {
        event.prevent_default();
        over.set(Some(Over::Commands));
        return;
    }
    let modified = event.ctrl_key() || event.meta_key() || event.alt_key() || event.is_composing();
    if !me.single_keys || modified || event.default_prevented() || is_typed_into(event) {
        return;
    }
    let typed = event.key();
    if typed == "g" {
        first.set_value(true);
        set_timeout(
            move || {
                first.try_set_value(false);
            },
            BETWEEN,
        );
        return;
    }
    let typed = if first.get_value() { format!("g {typed}") } else { typed };
    first.set_value(false);
    if let Some(key) = KEYS.iter().find(|key| key.keys == typed && me.role.may(key.needs))
        && act(key.does, over)
    {
        event.prevent_default();
    }
}

fn is_typed_into(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|element| element.matches(TYPED_INTO).unwrap_or(false))
}

/// Does what a key does; `false` when there is nothing on the page to do it with.
fn act(does: Does, over: RwSignal<Option<Over>>) -> bool {
    match does {
        Does::Down => move_focus(1),
        Does::Up => move_focus(-1),
        Does::Press(selectors) => there(selectors).inspect(HtmlElement::click).is_some(),
        Does::Focus(selectors) => focus_first(selectors),
        Does::Help => {
            over.set(Some(Over::Help));
            true
        }
        Does::Commands => {
            over.set(Some(Over::Commands));
            true
        }
        Does::Native => false,
    }
}

fn there(selectors: &str) -> Option<HtmlElement> {
    document().query_selector(selectors).ok().flatten()?.dyn_into().ok()
}

/// Moves the focus to the next or the previous row of the page's lists; to the one that is open, or the first, when none has it.
fn move_focus(step: i32) -> bool {
    let all = if there("main .split-list").is_some() { QUEUE } else { LISTS };
    let Ok(found) = document().query_selector_all(all) else { return false };
    let rows: Vec<HtmlElement> = (0..found.length()).filter_map(|at| found.item(at)?.dyn_into().ok()).collect();
    let active: Option<Node> = document().active_element().map(Node::from);
    let focused = rows.iter().position(|row| row.is_same_node(active.as_ref()));
    let open = || rows.iter().position(|row| row.has_attribute("aria-current"));
    let last = rows.len().saturating_sub(1);
    let to = match focused.or_else(open) {
        Some(at) if step > 0 => (at + 1).min(last),
        Some(at) => at.saturating_sub(1),
        None => 0,
    };
    rows.get(to).is_some_and(|row| row.focus().is_ok())
}

/// The keys on a page of their own: for those who look them up, and without script.
#[component]
pub fn KeysPage() -> impl IntoView {
    let resource: Loaded<()> = Resource::new(|| (), |()| async { Ok(()) });
    let view = move |me: StaffMe, ()| {
        view! {
            <PageHead title=t(text::KEYS) />
            <p class="lede">{t(if me.single_keys { text::KEYS_LEDE } else { text::KEYS_ARE_OFF })}</p>
            <KeyList me />
            <p><a href="/desk/settings">{t(text::KEYS_SWITCH)}</a></p>
        }
    };
    view! { <Page resource view /> }
}

/// What each key does, of those that the reader may use.
#[component]
fn KeyList(me: StaffMe) -> impl IntoView {
    let rows = KEYS
        .iter()
        .filter(|key| me.role.may(key.needs))
        .map(|key| view! { <div><dt><Caps keys=key.keys /></dt><dd>{t(key.word)}</dd></div> });
    view! { <dl class="facts">{rows.collect_view()}</dl> }
}

/// Keys as caps.
#[component]
fn Caps(keys: &'static str) -> impl IntoView {
    keys.split(' ').map(|cap| view! { <kbd>{cap}</kbd> " " }).collect_view()
}

/// The keys over the page.
#[component]
fn Help(me: StaffMe, over: RwSignal<Option<Over>>) -> impl IntoView {
    let node = shown_over();
    view! {
        <dialog node_ref=node aria-labelledby="over-title" on:close=move |_| over.set(None)>
            <h2 id="over-title">{t(text::KEYS)}</h2>
            <KeyList me />
            <form method="dialog" class="actions">
                <button>{t(text::CLOSE)}</button>
            </form>
        </dialog>
    }
}

/// For a dialog that opens as soon as it is there. Closed by Escape or a button, it tells so by its event.
fn shown_over() -> NodeRef<leptos::html::Dialog> {
    let node = NodeRef::<leptos::html::Dialog>::new();
    Effect::new(move |_| {
        if let Some(dialog) = node.get() {
            let _ = dialog.show_modal();
        }
    });
    node
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn g14_each_key_is_there_once_and_a_decision_is_the_managers() {
        use domain::role::Role;
        let keys: BTreeSet<_> = KEYS.iter().map(|key| key.keys).collect();
        assert_eq!(keys.len(), KEYS.len());
        let of = |role: Role| KEYS.iter().filter(|key| role.may(key.needs)).map(|key| key.keys).collect::<BTreeSet<_>>();
        let managers: Vec<_> = of(Role::Manager).difference(&of(Role::Dispatcher)).copied().collect();
        assert_eq!(managers, ["1", "2", "3", "u"]);
    }
}
