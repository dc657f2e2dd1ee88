//! Choosing a customer on the way to something else: a search and links, all of it in the address.

use domain::customer::{CustomerRow, DeskCustomer};
use domain::page;
use leptos::prelude::*;

use crate::desk::text;
use crate::ui::form::escaped;
use crate::ui::icon::Icon;
use crate::ui::lang::t;
use crate::ui::record::{Empty, ShowMore};

#[cfg(feature = "ssr")]
use crate::ctx::StaffSession;
#[cfg(feature = "ssr")]
use crate::error::AppError;

/// Customers to choose from, or the chosen one.
pub type Choice = (page::Page<CustomerRow>, Option<DeskCustomer>);

/// The customer whose id is given; without one, those whose name contains `q`.
#[cfg(feature = "ssr")]
pub async fn choice(customer: &str, q: &str, after: &str) -> Result<Choice, AppError> {
    let session = StaffSession::current().await?;
    if customer.is_empty() {
        return Ok((session.desk().customers(q, after).await?, None));
    }
    let customer = customer.parse().map_err(|_| AppError::NotFound)?;
    Ok((page::Page { items: Vec::new(), next: None }, Some(session.desk().customer(customer).await?)))
}

/// A search, and each customer as a link back to `path` with its id. `kept` is one more pair that the address keeps.
#[component]
pub fn ChooseCustomer(
    path: &'static str,
    #[prop(optional)] kept: Option<(&'static str, &'static str)>,
    q: String,
    customers: page::Page<CustomerRow>,
) -> impl IntoView {
    let start = kept.map_or_else(|| format!("{path}?"), |(name, value)| format!("{path}?{name}={}&", escaped(value)));
    let none = customers.items.is_empty();
    let rows = customers.items.into_iter().map(move |customer| {
        view! {
            <li>
                <a class="row" href=format!("{start}customer={}", customer.id)>
                    <span class="row-title">{customer.name}</span>
                    <span class="row-meta">{t(customer.kind.label())}</span>
                </a>
            </li>
        }
    });
    let query = kept.map(|(name, value)| (name, value.to_owned())).into_iter().chain([("q", q.clone())]).collect();
    view! {
        <section aria-labelledby="choose-customer">
            <h2 id="choose-customer">{t(text::WHICH_CUSTOMER)}</h2>
            <form class="filters" method="get" action=path role="search">
                {kept.map(|(name, value)| view! { <input type="hidden" name=name value=value /> })}
                <div class="field">
                    <label for="q">{t(text::SEARCH_CUSTOMER)}</label>
                    <input id="q" name="q" type="search" value=q />
                </div>
                <button><Icon name="search" />{t(text::SEARCH)}</button>
            </form>
            {none.then(|| view! { <Empty icon="building" text=text::NO_CUSTOMERS /> })}
            <ul class="rows">{rows.collect_view()}</ul>
            <ShowMore next=customers.next path query />
        </section>
    }
}
