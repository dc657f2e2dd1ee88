//! The requests that the reader may see, filtered by what stands in the address.

use domain::change::Change;
use domain::page::Page as Rows;
use domain::request::{Kind, PlaceChoice, PublicStatus, RequestFilter, RequestRow};
use domain::text::Text;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::error::AppError;
use crate::portal::filters::{Choice, FilterByLocation, Filters, Words};
use crate::portal::frame::{NewRequest, Page, reader};
use crate::portal::home::NoAccess;
use crate::portal::rows::RequestRows;
use crate::portal::text;
use crate::ui::lang::t;
use crate::ui::load::Loaded;
use crate::ui::news::use_news;
use crate::ui::record::{Empty, PageHead, ShowMore};
use crate::ui::words::request_word;

#[cfg(feature = "ssr")]
use crate::ctx::ContactSession;

/// A page of requests, and what to filter by location with.
#[server(prefix = "/api/portal", endpoint = "requests")]
pub async fn load_requests(filter: RequestFilter) -> Result<(Rows<RequestRow>, PlaceChoice), AppError> {
    let session = ContactSession::current().await?;
    let portal = session.portal();
    Ok((portal.requests(&filter).await?, portal.place_choice(&filter.place, &filter.location).await?))
}

/// The states to filter by. A customer reads "Planned" on visited ones too, and finds them with it.
const STATUSES: [PublicStatus; 9] = [
    PublicStatus::AnswerNeeded,
    PublicStatus::Submitted,
    PublicStatus::InReview,
    PublicStatus::Accepted,
    PublicStatus::Planned,
    PublicStatus::Completed,
    PublicStatus::Rejected,
    PublicStatus::Cancelled,
    PublicStatus::Withdrawn,
];

#[component]
pub fn RequestsPage() -> impl IntoView {
    let query = use_query_map();
    let filter = Memo::new(move |_| {
        query.with(|query| {
            let value = |name: &str| query.get(name).unwrap_or_default();
            RequestFilter {
                status: value("status"),
                kind: value("kind"),
                location: value("location"),
                place: value("place"),
                q: value("q"),
                whose: value("whose"),
                after: value("after"),
            }
        })
    });
    let news = use_news().follow(&[Change::Request]);
    let resource: Loaded<(Rows<RequestRow>, PlaceChoice)> =
        Resource::new(move || (filter.get(), news.get()), |(filter, _)| load_requests(filter));
    let view = move |(page, choice): (Rows<RequestRow>, PlaceChoice)| {
        let filter = filter.get_untracked();
        let content = match choice.is_empty() {
            true => view! { <NoAccess /> }.into_any(),
            false => view! { <List page choice filter /> }.into_any(),
        };
        view! {
            <PageHead title=t(text::REQUESTS)><NewRequest /></PageHead>
            {content}
        }
    };
    view! { <Page resource view /> }
}

#[component]
fn List(page: Rows<RequestRow>, choice: PlaceChoice, filter: RequestFilter) -> impl IntoView {
    let all = RequestFilter { after: filter.after.clone(), ..RequestFilter::default() } == filter;
    let kept = vec![
        ("status", filter.status.clone()),
        ("kind", filter.kind.clone()),
        ("location", filter.location.clone()),
        ("place", filter.place.clone()),
        ("q", filter.q.clone()),
        ("whose", filter.whose.clone()),
    ];
    let content = match (page.items.is_empty(), all) {
        (false, _) => view! { <RequestRows requests=page.items /> }.into_any(),
        (true, true) => view! { <Nothing /> }.into_any(),
        (true, false) => {
            view! { <Empty icon="search" text=text::NOTHING_FITS><a class="button" href="/requests">{t(text::SHOW_ALL)}</a></Empty> }
                .into_any()
        }
    };
    view! {
        <RequestFilters choice filter kept=kept.clone() />
        {content}
        <ShowMore next=page.next path="/requests" query=kept />
    }
}

#[component]
fn Nothing() -> impl IntoView {
    let may_submit = reader().is_some_and(|me| me.may_submit);
    let text = if may_submit { text::NO_REQUESTS } else { text::NOTHING_OPEN };
    view! { <Empty icon="clipboard-list" text=text><NewRequest /></Empty> }
}

#[component]
fn RequestFilters(choice: PlaceChoice, filter: RequestFilter, kept: Vec<(&'static str, String)>) -> impl IntoView {
    let option = |word: &str, text: Text| (word.to_owned(), t(text).to_owned());
    let statuses = STATUSES.iter().map(|status| (status.word().to_owned(), request_word(*status)));
    let statuses = [option("", text::ALL_STATUSES), option("open", text::OPEN)].into_iter().chain(statuses).collect();
    let kinds = Kind::ALL.iter().map(|kind| option(kind.word(), kind.label()));
    let kinds = std::iter::once(option("", text::ALL_KINDS)).chain(kinds).collect();
    let whose = vec![option("", text::EVERYBODYS), option("own", text::OWN)];
    view! {
        <Filters path="/requests">
            <Words label=text::SEARCH_REQUESTS value=filter.q />
            <Choice name="status" label=text::STATUS value=filter.status options=statuses />
            <FilterByLocation choice path="/requests" kept />
            <Choice name="kind" label=text::KIND value=filter.kind options=kinds />
            <Choice name="whose" label=text::WHOSE value=filter.whose options=whose />
        </Filters>
    }
}
