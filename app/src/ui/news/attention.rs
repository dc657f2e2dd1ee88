//! What the reader is doing: a page may change by itself only while nothing is under the reader's fingers, and somebody is there.

use std::cell::{Cell, RefCell};
use std::time::Duration;

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::js_sys::Date;
use web_sys::{Element, HtmlElement, HtmlInputElement, HtmlOptionElement, HtmlTextAreaElement, Node};

use crate::ui::shell::focus_heading;

/// After the last key, until somebody counts as not typing.
pub const PAUSE: Duration = Duration::from_secs(3);
/// As long as a sentence stands for screen readers to find it.
pub const SPOKEN: Duration = Duration::from_secs(5);
/// Between two sentences, in milliseconds.
const SILENCE: f64 = 10_000.0;
/// After the last touch, until nobody counts as there, in milliseconds. A page that asked the server for ever would keep a session alive
/// that nobody uses.
const AWAY: f64 = 600_000.0;
/// Fields that somebody may have typed into.
const TEXTS: &str = "main textarea, main input";

thread_local! {
    // Milliseconds of the browser's clock; 0 for never.
    static TOUCHED: Cell<f64> = const { Cell::new(0.0) };
    static TYPED: Cell<f64> = const { Cell::new(0.0) };
    static SPOKE: Cell<f64> = const { Cell::new(0.0) };
    /// Texts to put back, while a page is made anew because its reader asked for it.
    static KEPT: RefCell<Option<Vec<Typed>>> = const { RefCell::new(None) };
    /// The address of the link that had the focus, while a page is made anew by itself.
    static FOCUSED: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// What was typed, and where: a field is known by its form and its name, so that a note never comes back as a message to the customer.
struct Typed {
    field: (String, String),
    text: String,
}

/// Begins to notice touches and keys.
pub fn watch() {
    TOUCHED.set(Date::now());
    for event in ["pointerdown", "keydown"] {
        window_event_listener_untyped(event, |_| TOUCHED.set(Date::now()));
    }
    window_event_listener_untyped("input", |_| TYPED.set(Date::now()));
}

/// Whether news must wait for the reader: a form has the focus, something is typed and not sent, or nobody is there.
pub fn must_wait() -> bool {
    Date::now() - TOUCHED.get() > AWAY
        || form_has_focus()
        || fields("main input, main textarea, main option").any(|field| is_changed(&field))
}

pub fn is_typing() -> bool {
    Date::now() - TYPED.get() < PAUSE.as_secs_f64() * 1_000.0
}

/// Whether the last sentence is long enough ago; then this one counts as spoken.
pub fn may_speak() -> bool {
    let now = Date::now();
    let may = now - SPOKE.get() >= SILENCE;
    if may {
        SPOKE.set(now);
    }
    may
}

/// Remembers what is typed and not sent.
pub fn keep_typed() {
    let typed = |field: Node| Some(Typed { field: place_of(&field)?, text: text_of(&field)? });
    KEPT.set(Some(fields(TEXTS).filter(is_changed).filter_map(typed).collect()));
}

/// Remembers which link of the page has the focus: whoever goes through a list by keys stays on the same row.
pub fn keep_focus() {
    FOCUSED.set(focused_link().and_then(|link| link.get_attribute("href")));
}

/// Once the page stands again: puts what was typed into the same fields, and the focus where the reader goes on.
pub fn give_back_soon() {
    if KEPT.with_borrow(Option::is_some) {
        request_animation_frame(give_back);
    }
    if FOCUSED.with_borrow(Option::is_some) {
        request_animation_frame(give_back_focus);
    }
}

fn give_back_focus() {
    let Some(href) = FOCUSED.take() else { return };
    let leads_there = |link: &HtmlElement| link.get_attribute("href").as_ref() == Some(&href);
    // The reader may be elsewhere already.
    let elsewhere = document().active_element().is_some_and(|element| !element.matches("body, main *").unwrap_or(true));
    if elsewhere || focused_link().as_ref().is_some_and(leads_there) {
        return;
    }
    if let Some(link) = fields("main a[href]").filter_map(|link| link.dyn_into::<HtmlElement>().ok()).find(leads_there) {
        let _ = link.focus();
    }
}

fn focused_link() -> Option<HtmlElement> {
    document().active_element().filter(|element| element.matches("main a[href]").unwrap_or(false)).and_then(|link| link.dyn_into().ok())
}

fn give_back() {
    let Some(kept) = KEPT.take() else { return };
    let mut focused = false;
    for typed in kept {
        if let Some(field) = fields(TEXTS).find(|field| place_of(field).as_ref() == Some(&typed.field)) {
            set_text(&field, &typed.text);
            focused = field.dyn_ref::<HtmlElement>().is_some_and(|field| field.focus().is_ok());
        }
    }
    if !focused {
        focus_heading();
    }
}

fn form_has_focus() -> bool {
    document().active_element().and_then(|element| element.closest("main form").ok().flatten()).is_some()
}

/// Where a field's form is sent to, and what the field is called there.
fn place_of(field: &Node) -> Option<(String, String)> {
    let field = field.dyn_ref::<Element>()?;
    let form = field.closest("form").ok().flatten()?;
    Some((form.get_attribute("action").unwrap_or_default(), field.get_attribute("name")?))
}

/// The text in a field that one types into.
fn text_of(field: &Node) -> Option<String> {
    if let Some(text) = field.dyn_ref::<HtmlTextAreaElement>() {
        return Some(text.value());
    }
    let input = field.dyn_ref::<HtmlInputElement>()?;
    let is_typed = !matches!(input.type_().as_str(), "hidden" | "checkbox" | "radio" | "file" | "password");
    is_typed.then(|| input.value())
}

fn set_text(field: &Node, text: &str) {
    if let Some(field) = field.dyn_ref::<HtmlTextAreaElement>() {
        field.set_value(text);
    } else if let Some(field) = field.dyn_ref::<HtmlInputElement>() {
        field.set_value(text);
    }
}

fn fields(selectors: &str) -> impl Iterator<Item = Node> + use<> {
    let found = document().query_selector_all(selectors).ok();
    let count = found.as_ref().map_or(0, |found| found.length());
    (0..count).filter_map(move |at| found.as_ref()?.item(at))
}

/// Whether the reader changed a field since the page was made.
fn is_changed(field: &Node) -> bool {
    if let Some(text) = field.dyn_ref::<HtmlTextAreaElement>() {
        return text.value() != text.default_value().unwrap_or_default();
    }
    if let Some(input) = field.dyn_ref::<HtmlInputElement>() {
        return match input.type_().as_str() {
            "checkbox" | "radio" => input.checked() != input.default_checked(),
            _ => input.value() != input.default_value(),
        };
    }
    field.dyn_ref::<HtmlOptionElement>().is_some_and(|option| option.default_selected() && !option.selected())
}
