//! A customer's people across and its locations down: who may look where, at a glance.

use domain::access::{AccessRow, AccessTable, Holder, Scope};
use domain::grant::ContactState;
use domain::id::CustomerId;
use domain::page::Cursor;
use domain::session::StaffMe;
use leptos::prelude::*;

use crate::desk::frame::Page;
use crate::desk::text;
use crate::error::AppError;
use crate::ui::form::escaped;
use crate::ui::icon::Icon;
use crate::ui::lang::t;
use crate::ui::load::{Loaded, id_in_path, in_query};
use crate::ui::record::{Empty, PageHead, ShowMore};

#[cfg(feature = "ssr")]
use crate::ctx::StaffSession;

/// A part of a customer's table: the locations that contain `q`, after a key, and the people after another.
#[server(prefix = "/api/desk", endpoint = "access_table")]
pub async fn load_access_table(id: CustomerId, q: String, after: String, people: String) -> Result<AccessTable, AppError> {
    Ok(StaffSession::current().await?.desk().access_table(id, &q, &after, &people).await?)
}

#[component]
pub fn AccessPage() -> impl IntoView {
    let (id, q, after, people) = (id_in_path::<CustomerId>(), in_query("q"), in_query("after"), in_query("people"));
    let resource: Loaded<AccessTable> = Resource::new(
        move || (id.get(), q.get(), after.get(), people.get()),
        |(id, q, after, people)| async move { load_access_table(id.ok_or(AppError::NotFound)?, q, after, people).await },
    );
    let view = move |_: StaffMe, table: AccessTable| {
        let id = id.get_untracked().map(|id| id.to_string()).unwrap_or_default();
        let (q, after, people) = (q.get_untracked(), after.get_untracked(), people.get_untracked());
        let here = format!("/desk/customers/{id}/access");
        let AccessTable { customer_name, people: holders, more_people, locations, .. } = table;
        let kept = vec![("q", q.clone()), ("people", people.clone())];
        view! {
            <p><a class="back" href=format!("/desk/customers/{id}")><Icon name="arrow-left" />{customer_name}</a></p>
            <PageHead title=t(text::ACCESS_TABLE) />
            <p class="lede">{t(text::ACCESS_TABLE_LEDE)}</p>
            <form class="filters" method="get" role="search">
                <input type="hidden" name="people" value=people.clone() />
                <div class="field">
                    <label for="q">{t(text::SEARCH_LOCATION)}</label>
                    <input id="q" name="q" type="search" value=q.clone() />
                </div>
                <button>{t(text::SEARCH)}</button>
            </form>
            <OtherPeople path=here.clone() q after shown=people next=more_people />
            <Matrix people=holders rows=locations.items />
            <ShowMore next=locations.next path=here query=kept />
        }
    };
    view! { <Page resource view /> }
}

/// The way to the people who had no room beside these, and back to the first.
#[component]
fn OtherPeople(path: String, q: String, after: String, shown: String, next: Option<Cursor>) -> impl IntoView {
    let rows = format!("q={}&after={}", escaped(&q), escaped(&after));
    let first = (!shown.is_empty()).then(|| format!("{path}?{rows}"));
    let next = next.map(|Cursor(people)| format!("{path}?{rows}&people={}", escaped(&people)));
    (first.is_some() || next.is_some()).then(|| {
        view! {
            <div class="actions">
                {first.map(|href| view! { <a class="button small" href=href>{t(text::FIRST_PEOPLE)}</a> })}
                {next.map(|href| view! { <a class="button small" href=href>{t(text::MORE_PEOPLE)}</a> })}
            </div>
        }
    })
}

#[component]
fn Matrix(people: Vec<Holder>, rows: Vec<AccessRow>) -> impl IntoView {
    if people.is_empty() {
        return view! { <Empty icon="users" text=text::NO_PEOPLE_HERE /> }.into_any();
    }
    if rows.is_empty() {
        return view! { <Empty icon="map-pin" text=text::NO_LOCATIONS_FOUND /> }.into_any();
    }
    let heads = people.into_iter().map(|person| {
        let state = match person.state {
            ContactState::Active => None,
            ContactState::Invited => Some(text::PERSON_INVITED),
            ContactState::Disabled => Some(text::PERSON_DISABLED),
        };
        view! {
            <th scope="col">
                <a href=format!("/desk/people/{}", person.id)>{person.name}</a>
                {state.map(|state| format!(" ({})", t(state)))}
            </th>
        }
    });
    let rows = rows.into_iter().map(|row| {
        let cells = row.covered.into_iter().map(|scope| view! { <td><Cell scope /></td> });
        let cells: Vec<_> = cells.collect();
        view! {
            <tr>
                <th scope="row">{row.name} " " <span class="hint">{row.address}</span></th>
                {cells}
            </tr>
        }
    });
    view! {
        <div class="table-wrap" role="region" aria-label=t(text::ACCESS_TABLE) tabindex="0">
            <table class="matrix">
                <thead>
                    <tr>
                        <th scope="col">{t(text::LOCATION)}</th>
                        {heads.collect_view()}
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// A sign for the eye with its word; without access the sign alone is seen.
#[component]
fn Cell(scope: Option<Scope>) -> impl IntoView {
    match scope {
        Some(Scope::All) => view! { <span aria-hidden="true">"● "</span> {t(text::COVERED_ALL)} }.into_any(),
        Some(Scope::Chosen) => view! { <span aria-hidden="true">"✓ "</span> {t(text::COVERED_CHOSEN)} }.into_any(),
        None => view! { <span aria-hidden="true">"–"</span> <span class="visually-hidden">{t(text::NOT_COVERED)}</span> }.into_any(),
    }
}
