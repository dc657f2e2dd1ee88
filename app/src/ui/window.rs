//! Preferred times in a form: days, each with its hours or meant as a whole.

use domain::text::Text;
use leptos::prelude::*;

use crate::ui::form::{FieldError, FormState, TextField};
use crate::ui::lang::t;

const DATE: Text = Text::new("Date", "Datum");
const FROM: Text = Text::new("From", "Von");
const UNTIL: Text = Text::new("Until", "Bis");

/// The legend of each window, what stands in front of the ids of its fields, and its place in the list that the form sends.
const CHOICES: [(Text, &str, &str); 3] = [
    (Text::new("First choice", "Erste Wahl"), "first", "windows[0]"),
    (Text::new("Second choice", "Zweite Wahl"), "second", "windows[1]"),
    (Text::new("Third choice", "Dritte Wahl"), "third", "windows[2]"),
];

/// Up to three windows in the order of preference, sent as `windows`.
#[component]
pub fn Windows(form: FormState, label: Text, hint: Text, count: usize) -> impl IntoView {
    let problem = form.problem("windows", label);
    let windows = CHOICES.into_iter().take(count).map(|(legend, prefix, within)| {
        view! {
            <fieldset>
                <legend>{t(legend)}</legend>
                <WindowFields form=form.clone().named(prefix) within />
            </fieldset>
        }
    });
    view! {
        <fieldset id="windows" tabindex="-1" aria-describedby="windows-hint windows-error">
            <legend>{t(label)}</legend>
            <p class="hint" id="windows-hint">{t(hint)}</p>
            <FieldError name="windows" problem />
            {windows.collect_view()}
        </fieldset>
    }
}

/// The fields of one window, sent `within` this name.
#[component]
pub fn WindowFields(form: FormState, within: &'static str) -> impl IntoView {
    view! {
        <div class="field-row">
            <TextField form=form.clone() name="date" within=within label=DATE kind="date" short=true />
            <TextField form=form.clone() name="from" within=within label=FROM kind="time" short=true />
            <TextField form=form name="until" within=within label=UNTIL kind="time" short=true />
        </div>
    }
}
