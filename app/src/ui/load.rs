//! Waiting for data, and what is shown when it does not come.

use std::str::FromStr;

use domain::text::Text;
use leptos::either::Either;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::AppError;
use crate::ui::form::KeptForm;
use crate::ui::lang::{t, use_lang};

/// What a page's data is loaded as. Only view types of the domain may be in it: all of it travels to the browser.
pub type Loaded<T> = Resource<Result<T, AppError>>;

/// The id in the page's address. What is no id leads to the same page as the id of nothing.
pub fn id_in_path<T>() -> Memo<Option<T>>
where
    T: FromStr + PartialEq + Send + Sync + 'static,
{
    let params = use_params_map();
    Memo::new(move |_| params.with(|params| params.get("id").and_then(|id| id.parse().ok())))
}

/// A value in the query of the page's address; empty when it is not there.
pub fn in_query(name: &'static str) -> Memo<String> {
    let query = use_query_map();
    Memo::new(move |_| query.with(|query| query.get(name).unwrap_or_default()))
}

/// Shows `view` once the data is there, or the failure in its place. While a changed key loads, the old view stays.
#[component]
pub fn Load<T, V, R>(resource: Loaded<T>, view: V) -> impl IntoView
where
    T: Clone + Send + Sync + Serialize + DeserializeOwned + 'static,
    V: Fn(T) -> R + Clone + Send + Sync + 'static,
    R: IntoView + 'static,
{
    let kept = use_context::<Resource<KeptForm>>();
    view! {
        <Transition fallback=|| ()>
            {move || {
                let view = view.clone();
                Suspend::new(async move {
                    if let Some(kept) = kept {
                        kept.await;
                    }
                    match resource.await {
                        Ok(data) => Either::Left(view(data)),
                        Err(error) => Either::Right(view! { <Failure error /> }),
                    }
                })
            }}
        </Transition>
    }
}

/// Where a failure offers to go: an address and what it is called.
pub type WayOn = (&'static str, Text);

const START_PAGE: WayOn = ("/", Text::new("Go to the start page", "Zur Startseite"));

/// A page's failure: says what happened, keeps the navigation, and sets the answer's status. Without a session it leads to the sign-in.
#[component]
pub fn Failure(error: AppError, #[prop(default = START_PAGE)] way_on: WayOn) -> impl IntoView {
    if error == AppError::SignIn {
        go_to_sign_in();
    }
    #[cfg(feature = "ssr")]
    if error != AppError::SignIn {
        crate::ctx::set_status(error.status());
    }
    let (href, label) = way_on;
    let title = t(match error {
        AppError::NotFound => Text::new("Page not found", "Seite nicht gefunden"),
        AppError::Forbidden => Text::new("Not allowed", "Nicht erlaubt"),
        _ => Text::new("That did not work", "Das hat nicht geklappt"),
    });
    view! {
        <Title text=title />
        <h1 tabindex="-1">{title}</h1>
        <p class="lede">{error.sentence(use_lang())}</p>
        <p><a class="button" href=href>{t(label)}</a></p>
    }
}

#[cfg(feature = "ssr")]
fn go_to_sign_in() {
    let (Ok(ctx), Some(parts)) = (crate::ctx::server_context(), use_context::<http::request::Parts>()) else { return };
    let next = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    crate::ctx::redirect(&format!("{}?next={}", ctx.face.sign_in_path(), crate::ui::form::escaped(next)));
}

#[cfg(not(feature = "ssr"))]
fn go_to_sign_in() {
    let location = leptos_router::hooks::use_location();
    let here = format!(
        "{}{}",
        location.pathname.get_untracked(),
        location.search.with_untracked(|s| if s.is_empty() { String::new() } else { format!("?{s}") })
    );
    // A full load: the server leads to the sign-in, and nothing of the session that ended stays in the page.
    let _ = window().location().set_href(&here);
}
