//! A customer's locations: listed, added, changed.

use domain::customer::{DeskCustomer, DeskLocation, LocationInput, NAME_LIMIT, NOTE_LIMIT};
use domain::id::{CustomerId, LocationId};
use leptos::form::ActionForm;
use leptos::prelude::*;

use crate::desk::text;
use crate::error::AppError;
use crate::ui::form::{FieldError, FormErrors, FormState, TextArea, TextField, use_form};
use crate::ui::icon::Icon;
use crate::ui::lang::t;
use crate::ui::record::Empty;

#[cfg(feature = "ssr")]
use crate::ctx::{StaffSession, redirect};

#[server(prefix = "/api/desk", endpoint = "add_location")]
pub async fn add_location(customer: CustomerId, what: LocationInput) -> Result<(), AppError> {
    StaffSession::current().await?.desk().add_location(customer, &what).await?;
    redirect(&format!("/desk/customers/{customer}"));
    Ok(())
}

#[server(prefix = "/api/desk", endpoint = "edit_location")]
pub async fn edit_location(customer: CustomerId, id: LocationId, version: i64, what: LocationInput) -> Result<(), AppError> {
    StaffSession::current().await?.desk().edit_location(id, version, &what).await?;
    redirect(&format!("/desk/customers/{customer}"));
    Ok(())
}

acts!(pub LocationActs { add: AddLocation, edit: EditLocation });

#[component]
pub fn Locations(customer: DeskCustomer, may_manage: bool, acts: LocationActs, open: Memo<String>) -> impl IntoView {
    let id = customer.id;
    let rows = customer.locations.into_iter().map(|location| view! { <li><Location customer=id location may_manage acts open /></li> });
    let rows: Vec<_> = rows.collect();
    view! {
        <section aria-labelledby="locations">
            <div class="section-head">
                <h2 id="locations">{t(text::LOCATIONS)}</h2>
                {may_manage
                    .then(|| {
                        view! {
                            <a href=format!("/desk/customers/{id}?form=location#form")>{t(text::ADD_LOCATION)}</a>
                            <a href=format!("/desk/customers/{id}/import")>{t(text::IMPORT_LOCATIONS)}</a>
                        }
                    })}
            </div>
            {if rows.is_empty() {
                view! { <Empty icon="map-pin" text=text::NO_LOCATIONS /> }.into_any()
            } else {
                view! { <ul class="rows">{rows}</ul> }.into_any()
            }}
            {move || (may_manage && open.get() == "location").then(|| view! { <Add customer=id add=acts.add /> })}
        </section>
    }
}

#[component]
fn Location(customer: CustomerId, location: DeskLocation, may_manage: bool, acts: LocationActs, open: Memo<String>) -> impl IntoView {
    let id = location.id;
    let place = [location.postal_code.as_str(), location.city.as_str()].join(" ");
    let address = [location.street.as_str(), place.trim()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    let edited = location.clone();
    view! {
        <div class="row">
            <span class="row-title">{location.name}</span>
            <span class="row-meta">{address} " · " {location.zone}</span>
            {(!location.internal_note.is_empty())
                .then(|| {
                    view! { <span class="row-meta"><Icon name="lock" />" " {t(text::INTERNAL_NOTE)} ": " {location.internal_note}</span> }
                })}
            <span class="row-end">
                {may_manage
                    .then(|| {
                        view! {
                            <a class="button small" href=format!("/desk/customers/{customer}?form=location-{id}#form")>
                                {t(text::EDIT)}
                                <span class="visually-hidden">" " {edited.name.clone()}</span>
                            </a>
                        }
                    })}
            </span>
        </div>
        {move || {
            let location = edited.clone();
            (may_manage && open.get() == format!("location-{id}")).then(|| view! { <Edit customer location edit=acts.edit /> })
        }}
    }
}

#[component]
fn Add(customer: CustomerId, add: ServerAction<AddLocation>) -> impl IntoView {
    let form = use_form(add);
    view! {
        <section class="card column" id="form">
            <h3>{t(text::ADD_LOCATION)}</h3>
            <FormErrors form=form.clone() />
            <ActionForm action=add>
                <input type="hidden" name="customer" value=customer.to_string() />
                <LocationFields form />
                <div class="actions">
                    <button class="primary">{t(text::ADD_LOCATION)}</button>
                    <a class="button quiet" href=format!("/desk/customers/{customer}")>{t(text::NOT_NOW)}</a>
                </div>
            </ActionForm>
        </section>
    }
}

#[component]
fn Edit(customer: CustomerId, location: DeskLocation, edit: ServerAction<EditLocation>) -> impl IntoView {
    let (id, version, form) = (location.id, location.version, use_form(edit));
    view! {
        <section class="card column" id="form">
            <h3>{t(text::EDIT_LOCATION)}</h3>
            <FormErrors form=form.clone() />
            <ActionForm action=edit>
                <input type="hidden" name="customer" value=customer.to_string() />
                <input type="hidden" name="id" value=id.to_string() />
                <input type="hidden" name="version" value=version.to_string() />
                <LocationFields form location />
                <div class="actions">
                    <button class="primary">{t(text::SAVE)}</button>
                    <a class="button quiet" href=format!("/desk/customers/{customer}")>{t(text::NOT_NOW)}</a>
                </div>
            </ActionForm>
        </section>
    }
}

/// The fields of a location, empty or as it is.
#[component]
fn LocationFields(form: FormState, #[prop(optional)] location: Option<DeskLocation>) -> impl IntoView {
    let of = |field: fn(&DeskLocation) -> &String| location.as_ref().map(field).cloned().unwrap_or_default();
    let zone = location.as_ref().map_or_else(|| ZONES[0].to_owned(), |location| location.zone.clone());
    view! {
        <TextField form=form.clone() name="name" within="what" label=text::NAME value=of(|l| &l.name) maxlength=NAME_LIMIT />
        <TextField form=form.clone() name="street" within="what" label=text::STREET value=of(|l| &l.street) maxlength=NAME_LIMIT />
        <div class="field-row">
            <TextField
                form=form.clone()
                name="postal_code"
                within="what"
                label=text::POSTAL_CODE
                value=of(|l| &l.postal_code)
                maxlength=NAME_LIMIT
                short=true
            />
            <TextField form=form.clone() name="city" within="what" label=text::CITY value=of(|l| &l.city) maxlength=NAME_LIMIT />
        </div>
        <ZoneField form=form.clone() value=zone />
        <TextArea
            form
            name="internal_note"
            within="what"
            label=text::INTERNAL_NOTE
            hint=text::NEVER_IN_PORTAL
            value=of(|l| &l.internal_note)
            rows=3
            maxlength=NOTE_LIMIT
        />
    }
}

/// Zones that are often meant; any other can be typed.
const ZONES: [&str; 12] = [
    "Europe/Berlin",
    "Europe/Vienna",
    "Europe/Zurich",
    "Europe/London",
    "Europe/Paris",
    "Europe/Madrid",
    "Europe/Warsaw",
    "America/New_York",
    "America/Chicago",
    "America/Los_Angeles",
    "Asia/Kolkata",
    "Australia/Sydney",
];

#[component]
fn ZoneField(form: FormState, value: String) -> impl IntoView {
    let value = form.value("what[zone]", &value);
    let (id, problem) = (form.id("zone"), form.problem("zone", text::ZONE));
    view! {
        <div class="field">
            <label for=id.clone()>{t(text::ZONE)}</label>
            <p class="hint" id=format!("{id}-hint")>{t(text::ZONE_HINT)}</p>
            <FieldError name=id.clone() problem />
            <input
                id=id.clone()
                name="what[zone]"
                value=value
                list="zones"
                autocomplete="off"
                aria-describedby=format!("{id}-hint {id}-error")
                aria-invalid=move || problem.get().map(|_| "true")
            />
            <datalist id="zones">{ZONES.iter().map(|zone| view! { <option value=*zone></option> }).collect_view()}</datalist>
        </div>
    }
}
