//! Customers: the list, and one customer's page with its locations and its people.

use domain::change::Change;
use domain::customer::{CustomerInput, CustomerKind, CustomerRow, DeskCustomer, NAME_LIMIT, NOTE_LIMIT};
use domain::id::CustomerId;
use domain::page;
use domain::role::Act;
use domain::session::StaffMe;
use leptos::form::ActionForm;
use leptos::prelude::*;

use crate::desk::frame::{Page, open_form};
use crate::desk::text;
use crate::error::AppError;
use crate::ui::form::{FormErrors, FormState, Select, TextArea, TextField, escaped, successes, use_form};
use crate::ui::icon::Icon;
use crate::ui::lang::{t, use_lang};
use crate::ui::load::{Loaded, id_in_path, in_query};
use crate::ui::news::use_news;
use crate::ui::record::{Empty, PageHead, Prose, ShowMore};

#[cfg(feature = "ssr")]
use crate::ctx::{StaffSession, redirect};

mod access;
mod import;
mod locations;
mod people;

pub use access::AccessPage;
pub use import::ImportPage;
use locations::{LocationActs, Locations};
use people::CustomerPeople;

#[server(prefix = "/api/desk", endpoint = "customers")]
pub async fn load_customers(q: String, after: String) -> Result<page::Page<CustomerRow>, AppError> {
    Ok(StaffSession::current().await?.desk().customers(&q, &after).await?)
}

#[server(prefix = "/api/desk", endpoint = "customer")]
pub async fn load_customer(id: CustomerId) -> Result<DeskCustomer, AppError> {
    Ok(StaffSession::current().await?.desk().customer(id).await?)
}

#[server(prefix = "/api/desk", endpoint = "add_customer")]
pub async fn add_customer(what: CustomerInput) -> Result<(), AppError> {
    let id = StaffSession::current().await?.desk().add_customer(&what).await?;
    redirect(&format!("/desk/customers/{id}"));
    Ok(())
}

#[server(prefix = "/api/desk", endpoint = "edit_customer")]
pub async fn edit_customer(id: CustomerId, version: i64, what: CustomerInput) -> Result<(), AppError> {
    StaffSession::current().await?.desk().edit_customer(id, version, &what).await?;
    redirect(&format!("/desk/customers/{id}"));
    Ok(())
}

/// The list. The query's `person` is a contact who is to get access to one more customer: then the rows lead to the invitation.
#[component]
pub fn CustomersPage() -> impl IntoView {
    let (q, after, person, open) = (in_query("q"), in_query("after"), in_query("person"), open_form());
    let add = ServerAction::<AddCustomer>::new();
    let (added, news) = (successes(add), use_news().follow(&[Change::Customer, Change::Person, Change::Request]));
    let resource: Loaded<page::Page<CustomerRow>> =
        Resource::new(move || (q.get(), after.get(), added.get(), news.get()), |(q, after, ..)| load_customers(q, after));
    let view = move |me: StaffMe, customers: page::Page<CustomerRow>| {
        let (q, person) = (q.get_untracked(), person.get_untracked());
        let may_manage = me.role.may(Act::ManageCustomers);
        let kept = vec![("q", q.clone()), ("person", person.clone())];
        view! {
            <PageHead title=t(text::CUSTOMERS)>
                {may_manage.then(|| view! { <a class="button primary" href="/desk/customers?form=new#form">{t(text::ADD_CUSTOMER)}</a> })}
            </PageHead>
            {(!person.is_empty()).then(|| view! { <p class="lede">{t(text::CHOOSE_CUSTOMER)}</p> })}
            {move || (may_manage && open.get() == "new").then(|| view! { <Add add /> })}
            <form class="filters" method="get" role="search">
                <input type="hidden" name="person" value=person.clone() />
                <div class="field">
                    <label for="q">{t(text::SEARCH_CUSTOMER)}</label>
                    <input id="q" name="q" type="search" value=q />
                </div>
                <button>{t(text::SEARCH)}</button>
            </form>
            <CustomerRows customers=customers.items person />
            <ShowMore next=customers.next path="/desk/customers" query=kept />
        }
    };
    view! { <Page resource view /> }
}

#[component]
fn CustomerRows(customers: Vec<CustomerRow>, person: String) -> impl IntoView {
    if customers.is_empty() {
        return view! { <Empty icon="building" text=text::NO_CUSTOMERS /> }.into_any();
    }
    let lang = use_lang();
    let rows = customers.into_iter().map(|customer| {
        let id = customer.id;
        let href = match person.as_str() {
            "" => format!("/desk/customers/{id}"),
            person => format!("/desk/customers/{id}/invite?person={}", escaped(person)),
        };
        view! {
            <li>
                <a class="row" href=href>
                    <span class="row-title">{customer.name}</span>
                    <span class="row-meta">
                        {customer.kind.label().get(lang)} " · " {text::LOCATIONS_N.count(lang, count(customer.locations))} " · "
                        {text::PEOPLE_N.count(lang, count(customer.people))}
                    </span>
                    <span class="row-end">{text::OPEN_REQUESTS_N.count(lang, count(customer.open_requests))}</span>
                </a>
            </li>
        }
    });
    view! { <ul class="rows">{rows.collect_view()}</ul> }.into_any()
}

fn count(n: i64) -> usize {
    usize::try_from(n).unwrap_or_default()
}

#[component]
fn Add(add: ServerAction<AddCustomer>) -> impl IntoView {
    let form = use_form(add);
    view! {
        <section class="card column" id="form">
            <h2>{t(text::ADD_CUSTOMER)}</h2>
            <FormErrors form=form.clone() />
            <ActionForm action=add>
                <CustomerFields form />
                <div class="actions">
                    <button class="primary">{t(text::ADD_CUSTOMER)}</button>
                    <a class="button quiet" href="/desk/customers">{t(text::NOT_NOW)}</a>
                </div>
            </ActionForm>
        </section>
    }
}

/// The fields of a customer, empty or as it is.
#[component]
fn CustomerFields(form: FormState, #[prop(optional)] customer: Option<DeskCustomer>) -> impl IntoView {
    let (name, kind, note) = customer.map_or_else(Default::default, |c| (c.name, c.kind.word().to_owned(), c.internal_note));
    let kinds = CustomerKind::ALL.iter().map(|kind| (kind.word().to_owned(), t(kind.label()).to_owned()));
    let kinds = [(String::new(), t(text::PLEASE_CHOOSE).to_owned())].into_iter().chain(kinds).collect();
    view! {
        <TextField form=form.clone() name="name" within="what" label=text::NAME value=name maxlength=NAME_LIMIT />
        <Select form=form.clone() name="kind" within="what" label=text::KIND value=kind options=kinds />
        <TextArea
            form
            name="internal_note"
            within="what"
            label=text::INTERNAL_NOTE
            hint=text::NEVER_IN_PORTAL
            value=note
            rows=3
            maxlength=NOTE_LIMIT
        />
    }
}

acts!(CustomerActs { edit: EditCustomer });

#[component]
pub fn CustomerPage() -> impl IntoView {
    let (id, open) = (id_in_path::<CustomerId>(), open_form());
    let (acts, locations) = (CustomerActs::new(), LocationActs::new());
    let news = use_news().follow(&[Change::Customer, Change::Person]);
    let resource: Loaded<DeskCustomer> = Resource::new(
        move || (id.get(), acts.done(), locations.done(), news.get()),
        |(id, ..)| async move { load_customer(id.ok_or(AppError::NotFound)?).await },
    );
    Effect::new(move |_| {
        open.track();
        acts.forget();
        locations.forget();
    });
    let view = move |me: StaffMe, customer: DeskCustomer| view! { <Customer me customer edit=acts.edit locations open /> };
    view! { <Page resource view /> }
}

#[component]
fn Customer(
    me: StaffMe,
    customer: DeskCustomer,
    edit: ServerAction<EditCustomer>,
    locations: LocationActs,
    open: Memo<String>,
) -> impl IntoView {
    let id = customer.id;
    let may_manage = me.role.may(Act::ManageCustomers);
    let edited = customer.clone();
    view! {
        <p><a class="back" href="/desk/customers"><Icon name="arrow-left" />{t(text::ALL_CUSTOMERS)}</a></p>
        <PageHead title=customer.name.clone()>
            <div class="actions">
                {may_manage
                    .then(|| view! { <a class="button primary" href=format!("/desk/customers/{id}/invite")>{t(text::INVITE_PERSON)}</a> })}
                <a class="button" href=format!("/desk/planning?new=1&customer={id}")>{t(text::NEW_WORK)}</a>
            </div>
        </PageHead>
        <p class="lede">{t(customer.kind.label())}</p>
        <section class="internal" aria-labelledby="note">
            <h2 id="note"><Icon name="lock" />" " {t(text::INTERNAL_NOTE)}</h2>
            {if customer.internal_note.is_empty() {
                view! { <p>{t(text::NO_NOTE)}</p> }.into_any()
            } else {
                view! { <Prose text=customer.internal_note.clone() /> }.into_any()
            }}
            {may_manage
                .then(|| {
                    view! {
                        <div class="actions">
                            <a class="button small" href=format!("/desk/customers/{id}?form=customer#form")>{t(text::EDIT_CUSTOMER)}</a>
                        </div>
                    }
                })}
        </section>
        {move || {
            let customer = edited.clone();
            (may_manage && open.get() == "customer").then(|| view! { <Edit customer edit /> })
        }}
        <Locations customer=customer.clone() may_manage acts=locations open />
        <CustomerPeople customer may_manage />
    }
}

#[component]
fn Edit(customer: DeskCustomer, edit: ServerAction<EditCustomer>) -> impl IntoView {
    let (id, version, form) = (customer.id, customer.version, use_form(edit));
    view! {
        <section class="card column" id="form">
            <h2>{t(text::EDIT_CUSTOMER)}</h2>
            <FormErrors form=form.clone() />
            <ActionForm action=edit>
                <input type="hidden" name="id" value=id.to_string() />
                <input type="hidden" name="version" value=version.to_string() />
                <CustomerFields form customer />
                <div class="actions">
                    <button class="primary">{t(text::SAVE)}</button>
                    <a class="button quiet" href=format!("/desk/customers/{id}")>{t(text::NOT_NOW)}</a>
                </div>
            </ActionForm>
        </section>
    }
}
