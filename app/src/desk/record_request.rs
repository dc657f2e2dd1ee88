//! Recording a request for a contact who called or wrote (R16). Customer, contact and location are chosen by links, so that the address
//! holds them; then the same questions as in the portal.

use domain::customer::{CustomerRow, DeskCustomer};
use domain::grant::{ContactState, PersonRow};
use domain::id::{ContactId, DraftId, LocationId};
use domain::page;
use domain::request::{Kind, TEXT_LIMIT, TITLE_LIMIT, Timing, Urgency, WhatInput, WindowInput};
use domain::session::StaffMe;
use domain::text::Text;
use leptos::form::ActionForm;
use leptos::prelude::*;

use crate::desk::choose_customer::ChooseCustomer;
use crate::desk::frame::Page;
use crate::desk::text;
use crate::error::AppError;
use crate::ui::form::{FormErrors, FormState, Radios, TextArea, TextField, use_form};
use crate::ui::icon::Icon;
use crate::ui::lang::{t, use_lang};
use crate::ui::load::{Loaded, in_query};
use crate::ui::record::{Empty, PageHead};
use crate::ui::window::Windows;

#[cfg(feature = "ssr")]
use crate::ctx::{StaffSession, redirect};
#[cfg(feature = "ssr")]
use crate::desk::choose_customer::choice;
#[cfg(feature = "ssr")]
use domain::request::RecordInput;

/// The customers to choose from or the chosen one, and the key that makes a second click send nothing twice.
type Opened = (page::Page<CustomerRow>, Option<DeskCustomer>, DraftId);

#[server(prefix = "/api/desk", endpoint = "record_form")]
pub async fn load_record_form(
    #[server(default)] customer: String,
    #[server(default)] q: String,
    #[server(default)] after: String,
) -> Result<(page::Page<CustomerRow>, Option<DeskCustomer>, DraftId), AppError> {
    let (customers, chosen) = choice(&customer, &q, &after).await?;
    Ok((customers, chosen, DraftId::new()))
}

#[server(prefix = "/api/desk", endpoint = "record_request")]
pub async fn record_request(
    key: String,
    contact: String,
    location: String,
    what: WhatInput,
    #[server(default)] timing: String,
    #[server(default)] windows: Vec<WindowInput>,
) -> Result<(), AppError> {
    let input = RecordInput { key, contact, location, what, timing, windows };
    let request = StaffSession::current().await?.desk().record_request(&input).await?;
    redirect(&format!("/desk/requests/{request}"));
    Ok(())
}

const PATH: &str = "/desk/requests/new";

#[component]
pub fn RecordRequestPage() -> impl IntoView {
    let (customer, q, after) = (in_query("customer"), in_query("q"), in_query("after"));
    let (contact, location) = (in_query("contact"), in_query("location"));
    let record = ServerAction::<RecordRequest>::new();
    let resource: Loaded<Opened> = Resource::new(
        move || (customer.get(), q.get(), after.get()),
        |(customer, q, after)| async move { load_record_form(customer, q, after).await },
    );
    let chosen = Memo::new(move |_| (contact.get(), location.get()));
    let view = move |_: StaffMe, (customers, customer, key): Opened| {
        let step = match customer {
            None => view! { <ChooseCustomer path=PATH q=q.get_untracked() customers /> }.into_any(),
            Some(customer) => view! { <Steps customer key chosen record /> }.into_any(),
        };
        view! {
            <p><a class="back" href="/desk/inbox"><Icon name="arrow-left" />{t(text::ALL_REQUESTS)}</a></p>
            <PageHead title=t(text::RECORD_REQUEST) />
            <div class="column">{step}</div>
        }
    };
    view! { <Page resource view /> }
}

/// Whoever may send requests to this customer's locations. Recording gives nobody more than that.
fn senders(customer: &DeskCustomer) -> impl Iterator<Item = &PersonRow> {
    let submits = |person: &PersonRow| person.grant.as_ref().is_some_and(|grant| grant.rights.submit);
    customer.people.iter().filter(move |person| person.state == ContactState::Active && submits(person))
}

/// The locations of a person's grant: id, name and address.
fn places(customer: &DeskCustomer, person: &PersonRow) -> Vec<(LocationId, String, String)> {
    let granted = |id: LocationId| {
        person.grant.as_ref().is_some_and(|grant| grant.all_locations || grant.locations.iter().any(|(granted, _)| *granted == id))
    };
    let locations = customer.locations.iter().filter(|location| granted(location.id));
    locations.map(|location| (location.id, location.name.clone(), format!("{} {}", location.street, location.city))).collect()
}

/// The steps after the customer: contact, location, the request itself.
#[component]
fn Steps(customer: DeskCustomer, key: DraftId, chosen: Memo<(String, String)>, record: ServerAction<RecordRequest>) -> impl IntoView {
    let start = format!("{PATH}?customer={}", customer.id);
    move || {
        let (contact, location) = chosen.get();
        let person = senders(&customer).find(|person| person.id.to_string() == contact).cloned();
        let place = person.as_ref().and_then(|person| places(&customer, person).into_iter().find(|(id, ..)| id.to_string() == location));
        let facts = {
            let (customer, start) = (customer.name.clone(), start.clone());
            let (contact, location) = (person.as_ref().map(|person| person.name.clone()), place.as_ref().map(|(_, name, _)| name.clone()));
            let contact_id = person.as_ref().map(|person| person.id);
            view! { <Chosen customer start contact_id contact location /> }
        };
        let next = match (person, place) {
            (None, _) => {
                let to = |id: ContactId| format!("{start}&contact={id}");
                let choices = senders(&customer).map(|person| (to(person.id), person.name.clone(), person.email.clone())).collect();
                view! { <Choose title=text::WHICH_CONTACT nothing=text::NOBODY_MAY_SEND choices /> }.into_any()
            }
            (Some(person), None) => {
                let to = |id: LocationId| format!("{start}&contact={}&location={id}", person.id);
                let choices = places(&customer, &person).into_iter().map(|(id, name, address)| (to(id), name, address)).collect();
                view! { <Choose title=text::WHICH_LOCATION nothing=text::NO_LOCATIONS_TO_SEND choices /> }.into_any()
            }
            (Some(person), Some((location, ..))) => view! { <Record key contact=person.id location record /> }.into_any(),
        };
        view! { {facts} {next} }
    }
}

/// What is chosen already, with the way back to each choice.
#[component]
fn Chosen(
    customer: String,
    start: String,
    contact_id: Option<ContactId>,
    contact: Option<String>,
    location: Option<String>,
) -> impl IntoView {
    let fact = |label: Text, value: String, href: String| {
        view! {
            <div>
                <dt>{t(label)}</dt>
                <dd>{value}</dd>
                <dd class="change"><a href=href>{t(text::CHANGE)}<span class="visually-hidden">" " {t(label)}</span></a></dd>
            </div>
        }
    };
    let back_to_locations = contact_id.map_or_else(String::new, |id| format!("{start}&contact={id}"));
    view! {
        <dl class="facts">
            {fact(text::CUSTOMER, customer, PATH.to_owned())}
            {contact.map(|name| fact(text::CONTACT, name, start.clone()))}
            {location.map(|name| fact(text::LOCATION, name, back_to_locations.clone()))}
        </dl>
    }
}

/// Links to choose one of: address, name, and a smaller line.
#[component]
fn Choose(title: Text, nothing: Text, choices: Vec<(String, String, String)>) -> impl IntoView {
    let none = choices.is_empty();
    let rows = choices.into_iter().map(|(href, name, small)| {
        view! {
            <li>
                <a class="row" href=href>
                    <span class="row-title">{name}</span>
                    <span class="row-meta">{small}</span>
                </a>
            </li>
        }
    });
    view! {
        <section aria-labelledby="choose">
            <h2 id="choose">{t(title)}</h2>
            {none.then(|| view! { <Empty icon="users" text=nothing /> })}
            <ul class="rows">{rows.collect_view()}</ul>
        </section>
    }
}

/// The request as the contact told it.
#[component]
fn Record(key: DraftId, contact: ContactId, location: LocationId, record: ServerAction<RecordRequest>) -> impl IntoView {
    let (form, lang) = (use_form(record), use_lang());
    let option = |word: &str, label: Text| (word.to_owned(), label.get(lang).to_owned(), String::new());
    let kinds = Kind::ALL.iter().map(|kind| option(kind.word(), kind.label())).collect();
    let urgencies = Urgency::ALL.iter().map(|urgency| option(urgency.word(), urgency.label())).collect();
    view! {
        <p class="hint">{t(text::RECORD_HINT)}</p>
        <FormErrors form=form.clone() />
        <ActionForm action=record>
            <input type="hidden" name="key" value=key.to_string() />
            <input type="hidden" name="contact" value=contact.to_string() />
            <input type="hidden" name="location" value=location.to_string() />
            <Radios form=form.clone() name="kind" within="what" label=text::KIND options=kinds value=Kind::Service.word() inline=true />
            <TextField form=form.clone() name="title" within="what" label=text::REQUEST_TITLE maxlength=TITLE_LIMIT />
            <TextArea form=form.clone() name="description" within="what" label=text::DESCRIPTION rows=6 maxlength=TEXT_LIMIT />
            <TextField form=form.clone() name="on_site_contact" within="what" label=text::ON_SITE maxlength=TITLE_LIMIT />
            <Radios
                form=form.clone()
                name="urgency"
                within="what"
                label=text::URGENT
                options=urgencies
                value=Urgency::Normal.word()
                inline=true
            />
            <When form />
            <div class="actions">
                <button class="primary">{t(text::RECORD_REQUEST)}</button>
            </div>
        </ActionForm>
    }
}

/// When it should happen, with room for two wished days.
#[component]
fn When(form: FormState) -> impl IntoView {
    let lang = use_lang();
    let timings = Timing::ALL.iter().map(|timing| (timing.word().to_owned(), timing.label().get(lang).to_owned(), String::new())).collect();
    view! {
        <Radios form=form.clone() name="timing" label=text::WISHED options=timings value=Timing::Any.word() inline=true />
        <Windows form label=text::WISHED_DAYS hint=text::WISHED_DAYS_HINT count=2 />
    }
}
