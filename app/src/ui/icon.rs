//! Icons come from one sprite file, so that no path data is in the WASM.

use leptos::prelude::*;

/// An icon of `public/icons.svg` by its id; decoration beside a text, so hidden from assistive technology.
#[component]
pub fn Icon(name: &'static str) -> impl IntoView {
    view! {
        <svg class="icon" aria-hidden="true">
            <use href=format!("/icons.svg#{name}")></use>
        </svg>
    }
}
