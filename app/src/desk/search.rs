//! Search over everything that staff may see.

use std::time::Duration;

use domain::search::{Found, Group, Noun, QUERY_LIMIT};
use domain::session::StaffMe;
use domain::text::Text;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::desk::frame::Page;
use crate::desk::text;
use crate::error::AppError;
use crate::ui::form::escaped;
use crate::ui::icon::Icon;
use crate::ui::lang::{t, use_lang};
use crate::ui::load::{Loaded, in_query};
use crate::ui::record::{PageHead, ShowMore};

#[cfg(feature = "ssr")]
use crate::ctx::StaffSession;

/// How long typing must pause before it is searched for.
const PAUSE: Duration = Duration::from_millis(200);

/// What has all the words: a few records of each kind, or a page of one.
#[server(prefix = "/api/desk", endpoint = "search")]
pub async fn search(
    #[server(default)] q: String,
    #[server(default)] noun: Option<Noun>,
    #[server(default)] after: String,
) -> Result<Vec<Group>, AppError> {
    Ok(StaffSession::current().await?.desk().search(&q, noun, &after).await?)
}

#[component]
pub fn SearchPage() -> impl IntoView {
    let (q, noun, after) = (in_query("q"), in_query("noun"), in_query("after"));
    let resource: Loaded<Vec<Group>> =
        Resource::new(move || (q.get(), noun.get(), after.get()), |(q, noun, after)| async move { search(q, wanted(&noun)?, after).await });
    let view = move |_: StaffMe, groups: Vec<Group>| {
        let noun = wanted(&noun.get_untracked()).unwrap_or_default();
        view! {
            <PageHead title=t(text::SEARCH) />
            <Searching q=q.get_untracked() noun groups />
        }
    };
    view! { <Page resource view /> }
}

/// The kind of an address; all kinds without one.
fn wanted(word: &str) -> Result<Option<Noun>, AppError> {
    if word.is_empty() { Ok(None) } else { word.parse().map(Some).map_err(|_| AppError::NotFound) }
}

/// The box and what was found; in the browser it follows the typing.
#[component]
fn Searching(q: String, noun: Option<Noun>, groups: Vec<Group>) -> impl IntoView {
    let (found, newest) = (RwSignal::new((q.clone(), groups)), StoredValue::new(0_usize));
    let mut look = debounce(PAUSE, move |typed: String| {
        newest.update_value(|n| *n += 1);
        let asked = newest.get_value();
        spawn_local(async move {
            // An answer that was overtaken is no answer.
            if let Ok(groups) = search(typed.clone(), noun, String::new()).await
                && newest.try_get_value() == Some(asked)
            {
                found.set((typed, groups));
            }
        });
    });
    let kinds = move || {
        let (q, groups) = found.get();
        groups.into_iter().map(|group| view! { <Kind q=q.clone() noun group /> }).collect_view()
    };
    let everything = move || view! { <a href=address(&found.get().0, None)>{t(text::SEARCH_ALL_KINDS)}</a> };
    view! {
        <form class="filters" method="get" action="/desk/search" role="search">
            {noun.map(|noun| view! { <input type="hidden" name="noun" value=noun.word() /> })}
            <div class="field">
                <label for="search">{t(text::SEARCH_EVERYTHING)}</label>
                <input
                    id="search"
                    name="q"
                    type="search"
                    value=q
                    maxlength=QUERY_LIMIT.to_string()
                    autocomplete="off"
                    autofocus=true
                    aria-controls="found"
                    on:input:target=move |event| look(event.target().value())
                />
            </div>
            <button>{t(text::SEARCH)}</button>
        </form>
        {noun.is_some().then(|| view! { <p>{everything}</p> })}
        <Count found />
        <div id="found">{kinds}</div>
    }
}

/// Says how much is shown, or that nothing fits.
#[component]
fn Count(found: RwSignal<(String, Vec<Group>)>) -> impl IntoView {
    let lang = use_lang();
    let sentence = move || {
        found.with(|(q, groups)| {
            if q.trim().is_empty() {
                t(text::SEARCH_HINT).to_owned()
            } else {
                text::FOUND_N.count(lang, groups.iter().map(|group| group.page.items.len()).sum())
            }
        })
    };
    view! { <p class="hint" role="status">{sentence}</p> }
}

/// What was found of one kind.
#[component]
fn Kind(q: String, noun: Option<Noun>, group: Group) -> impl IntoView {
    let of = group.noun;
    let id = format!("found-{of}");
    let labelled_by = id.clone();
    let rows = group.page.items.into_iter().map(|found| view! { <FoundRow found /> }).collect_view();
    let more = match noun {
        None => group
            .page
            .next
            .is_some()
            .then(|| view! { <p class="more"><a class="button" href=address(&q, Some(of))>{t(all_of(of))}</a></p> }.into_any()),
        Some(noun) => {
            let query = vec![("q", q), ("noun", noun.word().to_owned())];
            Some(view! { <ShowMore next=group.page.next path="/desk/search" query /> }.into_any())
        }
    };
    view! {
        <section aria-labelledby=labelled_by>
            <h2 id=id>{t(kind_label(of))}</h2>
            <ul class="rows">{rows}</ul>
            {more}
        </section>
    }
}

#[component]
fn FoundRow(found: Found) -> impl IntoView {
    let (href, belongs) = (page_of(&found), found.belongs.join(" · "));
    let parted = !found.number.is_empty() && !belongs.is_empty();
    view! {
        <li>
            <a class="row" href=href>
                <span class="row-title">{found.title}</span>
                <span class="row-meta">
                    <span class="ref">{found.number}</span>
                    {parted.then_some(" · ")}
                    {belongs}
                </span>
            </a>
        </li>
    }
}

/// The page of a record. A location has none of its own: it is on its customer's.
pub fn page_of(found: &Found) -> String {
    let id = found.id;
    match (found.noun, found.customer) {
        (Noun::Request, _) => format!("/desk/requests/{id}"),
        (Noun::Target, _) => format!("/desk/targets/{id}"),
        (Noun::Report, _) => format!("/desk/reports/{id}"),
        (Noun::Contact, _) => format!("/desk/people/{id}"),
        (Noun::Location, Some(customer)) => format!("/desk/customers/{customer}"),
        (Noun::Customer | Noun::Location, _) => format!("/desk/customers/{id}"),
    }
}

/// The address of a search.
fn address(q: &str, noun: Option<Noun>) -> String {
    let noun = noun.map(|noun| format!("&noun={noun}")).unwrap_or_default();
    format!("/desk/search?q={}{noun}", escaped(q))
}

pub const fn kind_label(noun: Noun) -> Text {
    match noun {
        Noun::Request => text::REQUESTS,
        Noun::Target => text::FOUND_WORK,
        Noun::Report => text::REPORTS,
        Noun::Customer => text::CUSTOMERS,
        Noun::Location => text::LOCATIONS,
        Noun::Contact => text::PEOPLE,
    }
}

/// The link to everything of one kind.
const fn all_of(noun: Noun) -> Text {
    match noun {
        Noun::Request => text::FOUND_ALL_REQUESTS,
        Noun::Target => text::FOUND_ALL_WORK,
        Noun::Report => text::FOUND_ALL_REPORTS,
        Noun::Customer => text::FOUND_ALL_CUSTOMERS,
        Noun::Location => text::FOUND_ALL_LOCATIONS,
        Noun::Contact => text::FOUND_ALL_PEOPLE,
    }
}

/// The box beside every page but that of the search, which has its own.
#[component]
pub fn SearchBox() -> impl IntoView {
    let path = leptos_router::hooks::use_location().pathname;
    move || {
        path.with(|path| path != "/desk/search").then(|| {
            view! {
                <form class="side-search" method="get" action="/desk/search" role="search">
                    <label for="search" class="visually-hidden">{t(text::SEARCH_EVERYTHING)}</label>
                    <Icon name="search" />
                    <input id="search" name="q" type="search" maxlength=QUERY_LIMIT.to_string() autocomplete="off" placeholder=t(text::SEARCH) />
                </form>
            }
        })
    }
}
