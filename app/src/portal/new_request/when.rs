//! Step three: when it would suit. Wishes, never bookings.

use domain::id::DraftId;
use domain::request::{DAY_WINDOWS, DayView, DraftView, Timing, WindowInput};
use domain::text::Text;
use leptos::form::ActionForm;
use leptos::prelude::*;

use crate::error::AppError;
use crate::portal::text;
use crate::ui::form::{FieldError, FormErrors, FormState, Radios, use_form};
use crate::ui::lang::t;
use crate::ui::window::WindowFields;

#[cfg(feature = "ssr")]
use crate::ctx::{ContactSession, redirect};
#[cfg(feature = "ssr")]
use crate::portal::new_request::Step;

/// Keeps the step. `picked` are the ticked boxes, each "date from until"; `other` is the day beyond them.
#[server(prefix = "/api/portal", endpoint = "save_when")]
pub async fn save_when(
    draft: DraftId,
    #[server(default)] timing: String,
    #[server(default)] picked: Vec<String>,
    #[server(default)] other: WindowInput,
) -> Result<(), AppError> {
    ContactSession::current().await?.portal().save_when(draft, &timing, &wishes(&picked, other)).await?;
    redirect(&Step::Check.path(draft));
    Ok(())
}

/// The wishes behind the ticked boxes, and the other day unless it was left empty.
#[cfg(feature = "ssr")]
fn wishes(picked: &[String], other: WindowInput) -> Vec<WindowInput> {
    let wish = |box_value: &String| {
        let mut parts = box_value.split_whitespace().map(str::to_owned);
        WindowInput {
            date: parts.next().unwrap_or_default(),
            from: parts.next().unwrap_or_default(),
            until: parts.next().unwrap_or_default(),
        }
    };
    let other = Some(other).filter(|other| *other != WindowInput::default());
    picked.iter().map(wish).chain(other).collect()
}

/// The value of the box of a wish.
fn box_value(wish: &WindowInput) -> String {
    format!("{} {} {}", wish.date, wish.from, wish.until).trim_end().to_owned()
}

/// The names of [`DAY_WINDOWS`].
const WINDOW_NAMES: [Text; DAY_WINDOWS.len()] = [text::MORNING, text::MIDDAY, text::AFTERNOON];

#[component]
pub fn WhenIsIt(draft: DraftView, action: ServerAction<SaveWhen>) -> impl IntoView {
    let form = use_form(action);
    let timings = Timing::ALL.iter().map(|timing| (timing.word().to_owned(), t(timing.label()).to_owned(), String::new())).collect();
    view! {
        <p class="lede">{t(text::A_WISH)}</p>
        <FormErrors form=form.clone() />
        <ActionForm action=action>
            <input type="hidden" name="draft" value=draft.id.to_string() />
            <Radios form=form.clone() name="timing" label=text::WHEN_SUITS value=draft.timing.word() options=timings />
            <Wishes form draft />
            <div class="actions">
                <button class="primary">{t(text::CONTINUE)}</button>
            </div>
        </ActionForm>
    }
}

/// The days to choose from. The style sheet shows them once "on certain days" is chosen.
#[component]
fn Wishes(form: FormState, draft: DraftView) -> impl IntoView {
    let problem = form.problem("windows", text::DAYS_AND_HOURS);
    let chosen: Vec<String> = draft.windows.iter().map(box_value).collect();
    let offered =
        |date: &str, from: &str, until: &str| draft.days.iter().any(|day| day.date == date) && DAY_WINDOWS.contains(&(from, until));
    let beyond = draft.windows.iter().zip(&draft.spans).filter(|(wish, _)| !offered(&wish.date, &wish.from, &wish.until));
    let first = draft.days.len() * DAY_WINDOWS.len();
    let beyond = (first..)
        .zip(beyond)
        .map(|(n, (wish, span))| view! { <DayBox form=form.clone() n value=box_value(wish) chosen=true label=span.text.clone() /> })
        .collect_view();
    let some_beyond = draft.windows.iter().any(|wish| !offered(&wish.date, &wish.from, &wish.until));
    let days = (0..)
        .zip(draft.days.clone())
        .map(|(n, day)| view! { <Day form=form.clone() first=n * DAY_WINDOWS.len() day chosen=chosen.clone() /> })
        .collect_view();
    view! {
        <section class="only-days" id="windows" tabindex="-1" aria-labelledby="windows-title">
            <h2 id="windows-title">{t(text::DAYS_AND_HOURS)}</h2>
            <p class="hint">{t(text::AT_MOST_FIVE)}</p>
            <FieldError name="windows" problem />
            <div class="days">{days}</div>
            {some_beyond.then(|| view! { <fieldset class="day"><legend>{t(text::ALSO_CHOSEN)}</legend>{beyond}</fieldset> })}
            <fieldset>
                <legend>{t(text::ANOTHER_DAY)}</legend>
                <WindowFields form within="other" />
            </fieldset>
        </section>
    }
}

#[component]
fn Day(form: FormState, first: usize, day: DayView, chosen: Vec<String>) -> impl IntoView {
    let boxes = (first..).zip(DAY_WINDOWS).zip(WINDOW_NAMES).map(|((n, (from, until)), name)| {
        let value = box_value(&WindowInput { date: day.date.clone(), from: from.into(), until: until.into() });
        let chosen = chosen.contains(&value);
        view! { <DayBox form=form.clone() n value chosen label=t(name) /> }
    });
    view! {
        <fieldset class="day">
            <legend>{day.text.clone()}</legend>
            {boxes.collect_view()}
        </fieldset>
    }
}

/// A box of its own number: a browser sends nothing for an empty one.
#[component]
fn DayBox(form: FormState, n: usize, value: String, chosen: bool, #[prop(into)] label: String) -> impl IntoView {
    let name = format!("picked[{n}]");
    let checked = form.ticked(&name, chosen);
    view! {
        <label>
            <input type="checkbox" name=name value=value checked=checked />
            " "
            {label}
        </label>
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    fn window(date: &str, from: &str, until: &str) -> WindowInput {
        WindowInput { date: date.into(), from: from.into(), until: until.into() }
    }

    #[test]
    fn r3_a_box_carries_its_wish_there_and_back() {
        for wish in [window("2026-01-05", "08:00", "10:00"), window("2026-01-05", "", "")] {
            assert_eq!(wishes(&[box_value(&wish)], WindowInput::default()), [wish]);
        }
    }

    #[test]
    fn r3_another_day_joins_the_boxes_unless_it_is_empty() {
        let other = window("2026-02-01", "", "");
        assert_eq!(wishes(&[], other.clone()), [other]);
        assert!(wishes(&[], WindowInput::default()).is_empty());
    }
}
