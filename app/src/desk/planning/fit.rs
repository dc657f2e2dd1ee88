//! How a time stands to the customer's wishes, in words beside a shape.

use domain::appointment::Fit;
use leptos::prelude::*;

use crate::desk::text;
use crate::ui::lang::{t, use_lang};

/// "Fits the wish of Tue 8–10 am", or "Outside of the wishes".
#[component]
pub fn FitWords(fit: Fit) -> impl IntoView {
    let (shape, words) = match fit {
        Fit::Wish(wish) => ("✓", text::FITS_WISH.fill(use_lang(), &[("wish", &wish)])),
        Fit::Outside => ("△", t(text::OUTSIDE_WISHES).to_owned()),
    };
    view! { <span class="fit"><span aria-hidden="true">{shape} " "</span>{words}</span> }
}
