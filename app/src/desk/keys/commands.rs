//! The commands: pages, what can be done on this page, and whatever a search finds, in one list to choose from by typing.

use std::time::Duration;

use domain::role::Act;
use domain::search::{Group, QUERY_LIMIT};
use domain::session::StaffMe;
use domain::text::Text;
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::{Does, KEYS, Over, act, shown_over, there};
use crate::desk::search::{kind_label, page_of, search};
use crate::desk::text;
use crate::ui::lang::t;

/// How long typing must pause before it is searched for.
const PAUSE: Duration = Duration::from_millis(200);

/// The pages that the commands lead to.
const PAGES: &[(&str, Text, Act)] = &[
    ("/desk/inbox", text::INBOX, Act::Read),
    ("/desk/requests/new", text::RECORD_REQUEST, Act::Triage),
    ("/desk/planning", text::PLANNING, Act::Read),
    ("/desk/planning?new=1", text::NEW_WORK, Act::Convert),
    ("/desk/reports", text::REPORTS, Act::Read),
    ("/desk/follow-ups", text::FOLLOW_UPS, Act::Read),
    ("/desk/customers", text::CUSTOMERS, Act::Read),
    ("/desk/people", text::PEOPLE, Act::Read),
    ("/desk/settings", text::SETTINGS, Act::Read),
    ("/desk/audit", text::AUDIT, Act::Administer),
    ("/desk/keys", text::KEYS, Act::Read),
];

/// Something to choose.
#[derive(Clone, Debug, PartialEq)]
struct Choice {
    label: String,
    detail: String,
    leads: Leads,
}

#[derive(Clone, Debug, PartialEq)]
enum Leads {
    To(String),
    Does(Does),
}

/// The choices that have all typed words, and below them what was found.
fn choices(me: &StaffMe, typed: &str, found: &[Group]) -> Vec<Choice> {
    let typed = typed.to_lowercase();
    let fits = |choice: &Choice| typed.split_whitespace().all(|word| choice.label.to_lowercase().contains(word));
    let on_page = |does: Does| match does {
        Does::Press(selectors) if selectors.starts_with("main") => there(selectors).is_some(),
        Does::Focus(selectors) => there(selectors).is_some(),
        _ => false,
    };
    let acts = KEYS.iter().filter(|key| me.role.may(key.needs) && on_page(key.does));
    let acts = acts.map(|key| Choice { label: t(key.word).to_owned(), detail: key.keys.to_owned(), leads: Leads::Does(key.does) });
    let pages = PAGES.iter().filter(|(_, _, needs)| me.role.may(*needs));
    let pages = pages.map(|(path, word, _)| Choice {
        label: t(*word).to_owned(),
        detail: t(text::COMMAND_GO).to_owned(),
        leads: Leads::To((*path).to_owned()),
    });
    let records = found.iter().flat_map(|group| &group.page.items).map(|found| Choice {
        label: format!("{} {}", found.title, found.number),
        detail: format!("{} · {}", t(kind_label(found.noun)), found.belongs.join(" · ")),
        leads: Leads::To(page_of(found)),
    });
    acts.chain(pages).filter(fits).chain(records).collect()
}

#[component]
pub fn Commands(me: StaffMe, over: RwSignal<Option<Over>>) -> impl IntoView {
    let (node, navigate) = (shown_over(), use_navigate());
    let (typed, found, at) = (RwSignal::new(String::new()), RwSignal::new(Vec::<Group>::new()), RwSignal::new(0_usize));
    let shown = Memo::new(move |_| typed.with(|typed| found.with(|found| choices(&me, typed, found))));
    let take = move |choice: Choice| {
        if let Some(dialog) = node.get_untracked() {
            dialog.close();
        }
        match choice.leads {
            Leads::To(path) => navigate(&path, NavigateOptions::default()),
            Leads::Does(does) => {
                act(does, over);
            }
        }
    };
    let mut look = debounce(PAUSE, move |words: String| {
        spawn_local(async move {
            // An answer that was overtaken is no answer.
            if let Ok(groups) = search(words.clone(), None, String::new()).await
                && typed.try_with_untracked(|typed| *typed == words) == Some(true)
            {
                found.set(groups);
            }
        });
    });
    let mut follow = move |words: String| {
        at.set(0);
        typed.set(words.clone());
        look(words);
    };
    let take_at = take.clone();
    let steer = move |event: ev::KeyboardEvent| {
        let last = shown.with_untracked(Vec::len).saturating_sub(1);
        match event.key().as_str() {
            "ArrowDown" => at.update(|at| *at = (*at + 1).min(last)),
            "ArrowUp" => at.update(|at| *at = at.saturating_sub(1)),
            "Enter" => {
                if let Some(choice) = shown.with_untracked(|shown| shown.get(at.get_untracked()).cloned()) {
                    take_at(choice);
                }
            }
            _ => return,
        }
        event.prevent_default();
    };
    let options = move || {
        let options = shown.get().into_iter().enumerate().map(|(i, choice)| {
            let take = take.clone();
            let (label, detail) = (choice.label.clone(), choice.detail.clone());
            view! {
                <li role="option" id=format!("choice-{i}") aria-selected=move || (at.get() == i).to_string() on:click=move |_| take(choice.clone())>
                    <span>{label}</span>
                    <span class="hint">{detail}</span>
                </li>
            }
        });
        options.collect_view()
    };
    view! {
        <dialog node_ref=node class="palette" aria-label=t(text::COMMANDS) on:close=move |_| over.set(None)>
            <input
                type="text"
                role="combobox"
                autofocus=true
                autocomplete="off"
                maxlength=QUERY_LIMIT.to_string()
                placeholder=t(text::COMMANDS_HINT)
                aria-label=t(text::COMMANDS_HINT)
                aria-expanded="true"
                aria-autocomplete="list"
                aria-controls="choices"
                aria-activedescendant=move || format!("choice-{}", at.get())
                on:input:target=move |event| follow(event.target().value())
                on:keydown=steer
            />
            <ul role="listbox" id="choices" aria-label=t(text::COMMANDS)>{options}</ul>
        </dialog>
    }
}
