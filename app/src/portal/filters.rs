//! What the portal's lists are filtered by: fields of a plain form that is sent by GET, so that the address holds the choice.

use domain::request::{PlaceChoice, PlaceView};
use domain::text::Text;
use leptos::prelude::*;

use crate::portal::rows::place;
use crate::portal::text;
use crate::ui::form::escaped;
use crate::ui::lang::t;

/// The bar of filters above a list.
#[component]
pub fn Filters(path: &'static str, children: Children) -> impl IntoView {
    view! {
        <form class="filters" method="get" action=path role="search">
            {children()}
            <button>{t(text::SHOW)}</button>
        </form>
    }
}

/// One choice of a list: pairs of word and text, the first being all.
#[component]
pub fn Choice(name: &'static str, label: Text, value: String, options: Vec<(String, String)>) -> impl IntoView {
    let options = options.into_iter().map(|(word, text)| view! { <option selected=word == value value=word>{text}</option> });
    view! {
        <div class="field">
            <label for=name>{t(label)}</label>
            <select id=name name=name>{options.collect_view()}</select>
        </div>
    }
}

/// Words to search for.
#[component]
pub fn Words(label: Text, value: String) -> impl IntoView {
    view! {
        <div class="field">
            <label for="q">{t(label)}</label>
            <input id="q" name="q" type="search" value=value />
        </div>
    }
}

/// The fields that narrow a list by location. Few are listed. Many are searched by words, which narrow the list; what they find is listed
/// too, once it is little. One that is chosen of many stands by itself, with the way back. `kept` is what the page's address holds.
#[component]
pub fn FilterByLocation(choice: PlaceChoice, path: &'static str, kept: Vec<(&'static str, String)>) -> impl IntoView {
    let value = |name: &str| kept.iter().find(|(key, _)| *key == name).map(|(_, value)| value.clone()).unwrap_or_default();
    match (choice.many, choice.chosen) {
        (false, _) => view! { <ChooseLocation places=choice.places value=value("location") /> }.into_any(),
        (true, Some(chosen)) => view! { <ChosenLocation chosen all=without_location(path, &kept) /> }.into_any(),
        (true, None) => view! {
            <div class="field">
                <label for="place">{t(text::SEARCH_LOCATIONS)}</label>
                <input id="place" name="place" type="search" value=value("place") autocomplete="off" />
            </div>
            <ChooseLocation places=choice.places value=String::new() all=text::ALL_FOUND />
        }
        .into_any(),
    }
}

/// The address of a list without what narrows it by location.
fn without_location(path: &str, kept: &[(&'static str, String)]) -> String {
    let others = kept.iter().filter(|(key, value)| !matches!(*key, "location" | "place") && !value.is_empty());
    let query: Vec<String> = others.map(|(key, value)| format!("{key}={}", escaped(value))).collect();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{}", query.join("&")) }
}

/// The one location that a list shows; `all` leads to all of them.
#[component]
fn ChosenLocation(chosen: PlaceView, all: String) -> impl IntoView {
    view! {
        <div class="field">
            <input type="hidden" name="location" value=chosen.id.to_string() />
            <p class="label">{t(text::LOCATION)}</p>
            <p><span class="chip">{place(&chosen.customer_name, &chosen.name)}</span> " " <a href=all>{t(text::ALL_LOCATIONS)}</a></p>
        </div>
    }
}

/// One of these locations; nothing to choose with only one.
#[component]
fn ChooseLocation(places: Vec<PlaceView>, value: String, #[prop(default = text::ALL_LOCATIONS)] all: Text) -> impl IntoView {
    (places.len() > 1).then(|| {
        let all = (String::new(), t(all).to_owned());
        let places = places.into_iter().map(|p| (p.id.to_string(), place(&p.customer_name, &p.name)));
        view! { <Choice name="location" label=text::LOCATION value=value options=std::iter::once(all).chain(places).collect() /> }
    })
}
