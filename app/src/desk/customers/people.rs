//! Who may see a customer's data.

use domain::customer::DeskCustomer;
use leptos::prelude::*;

use crate::desk::people::{GrantSummary, PersonStatus};
use crate::desk::text;
use crate::ui::lang::t;
use crate::ui::record::Empty;

#[component]
pub fn CustomerPeople(customer: DeskCustomer, may_manage: bool) -> impl IntoView {
    let id = customer.id;
    let rows = customer.people.into_iter().map(|person| {
        view! {
            <li>
                <div class="row">
                    <a class="row-title" href=format!("/desk/people/{}", person.id)>{person.name}</a>
                    <span class="row-meta">{person.email}</span>
                    {person.grant.map(|grant| view! { <span class="row-meta"><GrantSummary grant /></span> })}
                    <span class="row-end"><PersonStatus state=person.state invitation=person.invitation /></span>
                </div>
            </li>
        }
    });
    let rows: Vec<_> = rows.collect();
    view! {
        <section aria-labelledby="people">
            <div class="section-head">
                <h2 id="people">{t(text::PEOPLE_WITH_ACCESS)}</h2>
                <a href=format!("/desk/customers/{id}/access")>{t(text::ACCESS_TABLE)}</a>
                {may_manage
                    .then(|| {
                        view! {
                            <a href=format!("/desk/customers/{id}/invite")>{t(text::INVITE_PERSON)}</a>
                            <a href=format!("/desk/customers/{id}/invite-list")>{t(text::INVITE_MANY)}</a>
                        }
                    })}
            </div>
            {if rows.is_empty() {
                view! { <Empty icon="users" text=text::NO_PEOPLE_HERE /> }.into_any()
            } else {
                view! { <ul class="rows">{rows}</ul> }.into_any()
            }}
        </section>
    }
}
