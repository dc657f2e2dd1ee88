//! A grant's form: where, which rights, until when; and what it would show.

use domain::grant::{GrantEffect, GrantInput, GrantView, PersonInput, Rights};
use domain::id::{ContactId, CustomerId, LocationId};
use leptos::form::FromFormData;
use leptos::html::Form;
use leptos::prelude::*;
use leptos::web_sys::FormData;

use crate::desk::people::effect_sentence;
use crate::desk::text;
use crate::error::AppError;
use crate::ui::form::{Check, FieldError, FormState, Radios, TextField};
use crate::ui::lang::{t, use_lang};
use crate::ui::record::Notice;

#[cfg(feature = "ssr")]
use crate::ctx::StaffSession;
#[cfg(feature = "ssr")]
use domain::text::Lang;

/// What a grant would show, and change, for the contact or for who is invited. Nothing is given.
#[server(prefix = "/api/desk", endpoint = "preview_grant")]
pub async fn preview_grant(
    customer: CustomerId,
    #[server(default)] contact: Option<ContactId>,
    #[server(default)] person: PersonInput,
    grant: GrantInput,
) -> Result<GrantEffect, AppError> {
    let session = StaffSession::current().await?;
    Ok(match contact {
        Some(_) => session.desk().preview_grant(customer, contact, &grant).await?,
        None => session.desk().preview_invitation(customer, &person.email, &grant).await?,
    })
}

/// How a form that was sent by [`CheckFirst`] comes back.
#[cfg(feature = "ssr")]
pub fn not_yet(effect: &GrantEffect, lang: Lang) -> AppError {
    AppError::NotYet(effect_sentence(effect, lang))
}

/// The fields of a grant, as proposed or as it is. `locations` are the customer's.
#[component]
pub fn GrantFields(form: FormState, locations: Vec<(LocationId, String)>, #[prop(optional)] grant: Option<GrantView>) -> impl IntoView {
    let scope = if grant.as_ref().is_none_or(|grant| grant.all_locations) { "all" } else { "chosen" };
    let scopes = [("all", text::ALL_LOCATIONS, text::ALL_LOCATIONS_HINT), ("chosen", text::CHOSEN_LOCATIONS, text::CHOSEN_LOCATIONS_HINT)];
    let scopes = scopes.map(|(word, label, hint)| (word.to_owned(), t(label).to_owned(), t(hint).to_owned())).into();
    let rights = grant.as_ref().map_or(Rights::PROPOSED, |grant| grant.rights);
    let chosen: Vec<LocationId> = grant.iter().flat_map(|grant| grant.locations.iter().map(|(id, _)| *id)).collect();
    let last_day = grant.and_then(|grant| grant.last_day).map(|day| day.machine).unwrap_or_default();
    let boxes = rights.by_word().into_iter().zip(rights.listed()).map(|((word, given), (label, _))| {
        view! { <Check form=form.clone() name=word within="grant" label checked=given /> }
    });
    let boxes: Vec<_> = boxes.collect();
    view! {
        <Radios form=form.clone() name="scope" within="grant" label=text::WHICH_LOCATIONS value=scope options=scopes />
        <LocationBoxes form=form.clone() locations chosen />
        <fieldset class="choices">
            <legend>{t(text::RIGHTS)}</legend>
            {boxes}
        </fieldset>
        <TextField
            form
            name="last_day"
            within="grant"
            label=text::LAST_DAY
            hint=text::LAST_DAY_HINT
            kind="date"
            value=last_day
            short=true
        />
    }
}

#[component]
fn LocationBoxes(form: FormState, locations: Vec<(LocationId, String)>, chosen: Vec<LocationId>) -> impl IntoView {
    let problem = form.problem("locations", text::CHOSEN_LOCATIONS);
    let boxes = locations.into_iter().enumerate().map(|(i, (id, location))| {
        let name = format!("grant[locations][{i}]");
        let ticked = form.ticked(&name, chosen.contains(&id));
        view! {
            <label class="choice">
                <input type="checkbox" name=name value=id.to_string() checked=ticked />
                <span>{location}</span>
            </label>
        }
    });
    let boxes: Vec<_> = boxes.collect();
    view! {
        <fieldset class="choices" id=form.id("locations") tabindex="-1">
            <legend>{t(text::CHOSEN_LOCATIONS)}</legend>
            <p class="hint">{t(text::CHOSEN_LOCATIONS_WHEN)}</p>
            <FieldError name=form.id("locations") problem />
            {boxes}
        </fieldset>
    }
}

/// Asks what the grant in the form would show. A form that cannot be read says nothing yet.
pub fn look(form: NodeRef<Form>, preview: ServerAction<PreviewGrant>) {
    let data = form.get_untracked().and_then(|form| FormData::new_with_form(&form).ok());
    if let Some(Ok(input)) = data.map(|data| PreviewGrant::from_form_data(&data)) {
        preview.dispatch(input);
    }
}

/// "They will see 4 requests, 2 appointments, 1 report": at first, and after each change of the form. Needs script, and is not there
/// without it; [`CheckFirst`] is there then.
#[component]
pub fn GrantPreview(form: NodeRef<Form>, preview: ServerAction<PreviewGrant>) -> impl IntoView {
    let lang = use_lang();
    Effect::new(move |_| {
        if form.get().is_some() {
            look(form, preview);
        }
    });
    let sentence = move || match preview.value().get() {
        Some(Ok(effect)) => Some(effect_sentence(&effect, lang)),
        _ => None,
    };
    view! {
        <div role="status">
            {move || sentence().map(|text| view! { <Notice tone="blue" icon="eye" text /> })}
        </div>
    }
}

/// A button that sends the form to be looked at: it comes back with what it would show. Gone once script shows that by itself.
#[component]
pub fn CheckFirst() -> impl IntoView {
    let script = RwSignal::new(false);
    Effect::new(move |_| script.set(true));
    move || (!script.get()).then(|| view! { <button name="step" value="check">{t(text::CHECK_FIRST)}</button> })
}
