//! What happened, month by month, newest first.

use domain::change::Change;
use domain::page::Page as Rows;
use domain::request::PlaceChoice;
use domain::timeline::{Noun, TimelineEntry, TimelineFilter};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::error::AppError;
use crate::portal::filters::{Choice, FilterByLocation, Filters};
use crate::portal::frame::Page;
use crate::portal::text;
use crate::ui::lang::t;
use crate::ui::load::Loaded;
use crate::ui::news::use_news;
use crate::ui::record::{Empty, PageHead, ShowMore, Time};

#[cfg(feature = "ssr")]
use crate::ctx::ContactSession;

/// A page of the timeline, and what to filter by location with.
#[server(prefix = "/api/portal", endpoint = "timeline")]
pub async fn load_timeline(filter: TimelineFilter) -> Result<(Rows<TimelineEntry>, PlaceChoice), AppError> {
    let session = ContactSession::current().await?;
    let portal = session.portal();
    Ok((portal.timeline(&filter).await?, portal.place_choice(&filter.place, &filter.location).await?))
}

#[component]
pub fn TimelinePage() -> impl IntoView {
    let query = use_query_map();
    let filter = Memo::new(move |_| {
        query.with(|query| {
            let value = |name: &str| query.get(name).unwrap_or_default();
            TimelineFilter { location: value("location"), place: value("place"), noun: value("noun"), after: value("after") }
        })
    });
    let news = use_news().follow(&[Change::Request, Change::Appointment, Change::Report, Change::FollowUp]);
    let resource: Loaded<(Rows<TimelineEntry>, PlaceChoice)> =
        Resource::new(move || (filter.get(), news.get()), |(filter, _)| load_timeline(filter));
    let view = move |(page, choice): (Rows<TimelineEntry>, PlaceChoice)| {
        let TimelineFilter { location, place, noun, .. } = filter.get_untracked();
        let kept = vec![("location", location), ("place", place), ("noun", noun.clone())];
        let empty = page.items.is_empty();
        let months: Vec<_> = page.items.chunk_by(|a, b| a.month == b.month).map(<[_]>::to_vec).collect();
        view! {
            <PageHead title=t(text::TIMELINE) />
            <TimelineFilters choice noun kept=kept.clone() />
            {empty.then(|| view! { <Empty icon="history" text=text::NO_HISTORY /> })}
            {months.into_iter().map(|entries| view! { <Month entries /> }).collect_view()}
            <ShowMore next=page.next path="/timeline" query=kept />
        }
    };
    view! { <Page resource view /> }
}

#[component]
fn TimelineFilters(choice: PlaceChoice, noun: String, kept: Vec<(&'static str, String)>) -> impl IntoView {
    let nouns = Noun::ALL.iter().map(|noun| (noun.word().to_owned(), t(noun.label()).to_owned()));
    let nouns = std::iter::once((String::new(), t(text::EVERYTHING).to_owned())).chain(nouns).collect();
    view! {
        <Filters path="/timeline">
            <FilterByLocation choice path="/timeline" kept />
            <Choice name="noun" label=text::ABOUT value=noun options=nouns />
        </Filters>
    }
}

#[component]
fn Month(entries: Vec<TimelineEntry>) -> impl IntoView {
    let title = entries.first().map(|entry| entry.month_text.clone());
    view! {
        <section>
            <h2>{title}</h2>
            <ol class="timeline">{entries.into_iter().map(|entry| view! { <Entry entry /> }).collect_view()}</ol>
        </section>
    }
}

/// One thing that happened, with the way to it.
#[component]
fn Entry(entry: TimelineEntry) -> impl IntoView {
    view! {
        <li data-tone=entry.milestone.tone()>
            <Time stamp=entry.at />
            <h3>{t(entry.milestone.label())}</h3>
            <p><a href=entry.href>{entry.title}</a> " · " {entry.location_name}</p>
        </li>
    }
}
