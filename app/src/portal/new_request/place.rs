//! Step one: for which location.

use std::time::Duration;

use domain::id::DraftId;
use domain::request::{DraftView, PlaceView};
use leptos::form::ActionForm;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::error::AppError;
use crate::portal::new_request::Places;
use crate::portal::rows;
use crate::portal::text;
use crate::ui::form::{FieldError, FormErrors, FormState, use_form};
use crate::ui::lang::{t, use_lang};

#[cfg(feature = "ssr")]
use crate::ctx::{ContactSession, redirect};
#[cfg(feature = "ssr")]
use crate::portal::new_request::Step;
#[cfg(feature = "ssr")]
use domain::actor::Portal;

/// More locations than these are searched, not listed.
const LISTED: usize = 7;
/// Results of a search that are shown.
#[cfg(feature = "ssr")]
const FOUND: i64 = 50;

/// How long typing must pause before it is searched for.
const PAUSE: Duration = Duration::from_millis(200);

/// The locations that fit the words, while the reader types them.
#[server(prefix = "/api/portal", endpoint = "find_places")]
pub async fn find_places(#[server(default)] words: String) -> Result<Places, AppError> {
    let session = ContactSession::current().await?;
    fitting(&session.portal(), &words).await
}

#[server(prefix = "/api/portal", endpoint = "save_where")]
pub async fn save_where(draft: DraftId, #[server(default)] location: String) -> Result<(), AppError> {
    ContactSession::current().await?.portal().save_where(draft, &location).await?;
    redirect(&Step::What.path(draft));
    Ok(())
}

/// The locations that the reader may send requests for: all of a few, else those with all the words.
#[cfg(feature = "ssr")]
pub(super) async fn fitting(portal: &Portal<'_>, words: &str) -> Result<Places, AppError> {
    let count = portal.place_count(true).await?;
    let words = if count <= LISTED { "" } else { words };
    Ok((portal.find_places(words, true, FOUND).await?, count))
}

/// The second time that a location is asked for, with the one that was chosen.
#[component]
pub fn Where(draft: DraftView, places: Places, words: String, action: ServerAction<SaveWhere>) -> impl IntoView {
    let (form, found) = (use_form(action), RwSignal::new(places.clone()));
    view! {
        <SearchPlaces found count=places.1 words />
        <FormErrors form=form.clone() />
        <ActionForm action=action>
            <input type="hidden" name="draft" value=draft.id.to_string() />
            <ChooseFrom form found chosen=draft.location />
            <div class="actions">
                <button class="primary">{t(text::CONTINUE)}</button>
            </div>
        </ActionForm>
    }
}

/// A search for readers with many locations: in the address, or while they type.
#[component]
pub fn SearchPlaces(found: RwSignal<Places>, count: usize, words: String) -> impl IntoView {
    let newest = StoredValue::new(0_usize);
    let mut look = debounce(PAUSE, move |words: String| {
        newest.update_value(|n| *n += 1);
        let asked = newest.get_value();
        spawn_local(async move {
            // An answer that was overtaken is no answer.
            if let Ok(places) = find_places(words).await
                && newest.try_get_value() == Some(asked)
            {
                found.set(places);
            }
        });
    });
    (count > LISTED).then(|| {
        view! {
            <form class="filters" method="get" role="search">
                <input type="hidden" name="step" value="where" />
                <div class="field">
                    <label for="q">{t(text::SEARCH_LOCATIONS)}</label>
                    <input
                        id="q"
                        name="q"
                        type="search"
                        value=words
                        autocomplete="off"
                        aria-controls="location"
                        on:input:target=move |event| look(event.target().value())
                    />
                </div>
                <button>{t(text::SEARCH)}</button>
            </form>
        }
    })
}

/// One location is a fact; of several, one is chosen. The chosen one stays in the list whatever is searched.
#[component]
pub fn ChooseFrom(form: FormState, found: RwSignal<Places>, chosen: Option<PlaceView>) -> impl IntoView {
    let (places, count) = found.get_untracked();
    match <[PlaceView; 1]>::try_from(places) {
        Ok([only]) if count == 1 => view! { <OnlyPlace place=only /> }.into_any(),
        _ => view! { <PlaceRadios form found chosen /> }.into_any(),
    }
}

#[component]
fn OnlyPlace(place: PlaceView) -> impl IntoView {
    view! {
        <input type="hidden" name="location" value=place.id.to_string() />
        <dl class="facts">
            <div><dt>{t(text::LOCATION)}</dt><dd>{place.name}</dd></div>
            <div><dt>{t(text::ADDRESS)}</dt><dd>{place.address}</dd></div>
        </dl>
    }
}

#[component]
fn PlaceRadios(form: FormState, found: RwSignal<Places>, chosen: Option<PlaceView>) -> impl IntoView {
    let lang = use_lang();
    let problem = form.problem("location", text::LOCATION);
    let kept = form.value("location", &chosen.as_ref().map(|place| place.id.to_string()).unwrap_or_default());
    let chosen = RwSignal::new((kept, chosen));
    // Only what was found draws the list anew: the choice is in the boxes already.
    let radios = move || {
        let (places, (id, place)) = (found.get().0, chosen.get_untracked());
        let elsewhere = place.filter(|place| !places.iter().any(|found| found.id == place.id));
        let row = |place: PlaceView| view! { <PlaceRadio checked=place.id.to_string() == id place chosen /> };
        elsewhere.into_iter().chain(places).map(row).collect_view()
    };
    let shown = move || {
        let (places, count) = found.get();
        match places.len() {
            0 => t(text::NOTHING_FITS).to_owned(),
            n => text::SHOWN_OF.fill(lang, &[("n", &n.to_string()), ("all", &count.to_string())]),
        }
    };
    view! {
        <fieldset class="choices" id="location" tabindex="-1" aria-describedby="location-error">
            <legend>{t(text::WHICH_LOCATION)}</legend>
            {(found.get_untracked().1 > LISTED).then(|| view! { <p class="hint" role="status">{shown}</p> })}
            <FieldError name="location" problem />
            {radios}
        </fieldset>
    }
}

#[component]
fn PlaceRadio(place: PlaceView, checked: bool, chosen: RwSignal<(String, Option<PlaceView>)>) -> impl IntoView {
    let (id, name) = (place.id.to_string(), rows::place(&place.customer_name, &place.name));
    let address = place.address.clone();
    let choose = move |_| chosen.set((place.id.to_string(), Some(place.clone())));
    view! {
        <label class="choice">
            <input type="radio" name="location" checked=checked value=id on:change=choose />
            <span>{name} <small>{address}</small></span>
        </label>
    }
}
