//! What the reader is doing: a page may change by itself only while nothing is under the reader's fingers, and somebody is there.

use std::cell::Cell;
use std::time::Duration;

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::js_sys::Date;
use web_sys::{
    Element, Event, EventInit, HtmlElement, HtmlInputElement, HtmlOptionElement, HtmlSelectElement, HtmlTextAreaElement, Node, NodeList,
};

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
/// What somebody may have filled in.
const FIELDS: &str = "main input, main textarea, main select";
/// On a form that was sent, and neither refused nor changed since.
const SENT: &str = "data-sent";

thread_local! {
    // Milliseconds of the browser's clock; 0 for never.
    static TOUCHED: Cell<f64> = const { Cell::new(0.0) };
    static TYPED: Cell<f64> = const { Cell::new(0.0) };
    static SPOKE: Cell<f64> = const { Cell::new(0.0) };
    /// Whether the next page is made because its reader asked for it: then the focus goes somewhere in any case.
    static ASKED: Cell<bool> = const { Cell::new(false) };
}

/// What a reader was at when the page was made anew.
struct Kept {
    entries: Vec<Entry>,
    focus: Option<Focus>,
    asked: bool,
}

/// What was filled in, and where.
struct Entry {
    place: Place,
    value: Value,
}

/// A field is known by its form, what that form is about, and its name, so that a note never comes back as a message to the customer, or
/// at another request. Boxes of one name are told apart by their values.
#[derive(PartialEq)]
struct Place {
    form: String,
    about: Vec<(String, String)>,
    name: String,
    choice: String,
}

enum Value {
    Text(String),
    Ticked(bool),
}

/// What had the focus: a field, or a link by its address, so that whoever goes through a list by keys stays on the same row.
enum Focus {
    Field(Place),
    Link(String),
}

/// Begins to notice touches and keys.
pub fn watch() {
    TOUCHED.set(Date::now());
    for event in ["pointerdown", "keydown"] {
        window_event_listener_untyped(event, |_| TOUCHED.set(Date::now()));
    }
    window_event_listener_untyped("input", |event| {
        TYPED.set(Date::now());
        if let Some(form) = form_of(&event) {
            let _ = form.remove_attribute(SENT);
        }
    });
    window_event_listener_untyped("submit", |event| {
        if let Some(form) = form_of(&event) {
            let _ = form.set_attribute(SENT, "");
        }
    });
}

/// A form was refused: what is in it counts as not sent.
pub fn refused(action: &str) {
    for form in found(&format!("main form[{SENT}]")).filter_map(|form| form.dyn_into::<Element>().ok()) {
        if form.get_attribute("action").as_deref() == Some(action) {
            let _ = form.remove_attribute(SENT);
        }
    }
}

fn form_of(event: &Event) -> Option<Element> {
    event.target()?.dyn_into::<Element>().ok()?.closest("form").ok().flatten()
}

/// Whether news must wait for the reader: a form has the focus, something is typed and not sent, or nobody is there.
pub fn must_wait() -> bool {
    Date::now() - TOUCHED.get() > AWAY || form_has_focus() || found(FIELDS).any(|field| is_changed(&field))
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

/// The reader wants the page to be made anew.
pub fn asked() {
    ASKED.set(true);
}

/// The page is made anew now: once it stands, what was filled in and not sent is back in its fields, and the focus where it was. Even while
/// the data was on its way the reader may have gone on.
pub fn outlast() {
    let kept = Kept { entries: entries(), focus: focus(), asked: ASKED.take() };
    if kept.asked || kept.focus.is_some() || !kept.entries.is_empty() {
        // The new view stands before any timer ends, and sooner than the reader can send what is half filled in.
        set_timeout(move || kept.give_back(), Duration::ZERO);
    }
}

fn entries() -> Vec<Entry> {
    let unsent = |field: &Node| field.dyn_ref::<Element>().is_some_and(|field| !field.matches(&format!("[{SENT}] *")).unwrap_or(false));
    let entry = |field: Node| Some(Entry { place: Place::of(&field)?, value: Value::of(&field)? });
    found(FIELDS).filter(is_changed).filter(unsent).filter_map(entry).collect()
}

fn focus() -> Option<Focus> {
    let element = document().active_element()?;
    if element.matches("main a[href]").unwrap_or(false) {
        return element.get_attribute("href").map(Focus::Link);
    }
    element.matches(FIELDS).unwrap_or(false).then(|| Place::of(&element).map(Focus::Field)).flatten()
}

impl Kept {
    fn give_back(self) {
        let mut last = None;
        for entry in &self.entries {
            if let Some(field) = entry.place.find() {
                // It may be the same field still, or one that the reader is at already.
                if !is_changed(&field) {
                    entry.value.put_into(&field);
                }
                last = Some(field);
            }
        }
        // The reader may be elsewhere already.
        if document().active_element().is_some_and(|element| !element.matches("body, main a, main button").unwrap_or(true)) {
            return;
        }
        let focused = self.focus.and_then(|focus| focus.find()).or(last.filter(|_| self.asked));
        match focused.and_then(|node| node.dyn_into::<HtmlElement>().ok()) {
            Some(element) => {
                let _ = element.focus();
            }
            None if self.asked => focus_heading(),
            None => (),
        }
    }
}

impl Focus {
    fn find(&self) -> Option<Node> {
        match self {
            Self::Field(place) => place.find(),
            Self::Link(href) => found("main a[href]")
                .find(|link| link.dyn_ref::<Element>().and_then(|link| link.get_attribute("href")).as_ref() == Some(href)),
        }
    }
}

impl Place {
    fn of(field: &Node) -> Option<Self> {
        let field = field.dyn_ref::<Element>()?;
        let form = field.closest("form").ok().flatten()?;
        let is_box = field.matches("[type=checkbox], [type=radio]").unwrap_or(false);
        Some(Self {
            form: form.get_attribute("action").unwrap_or_default(),
            about: about(&form),
            name: field.get_attribute("name")?,
            choice: if is_box { field.get_attribute("value").unwrap_or_default() } else { String::new() },
        })
    }

    fn find(&self) -> Option<Node> {
        found(FIELDS).find(|field| Self::of(field).as_ref() == Some(self))
    }
}

/// Hidden fields that differ each time the same form is made.
const OF_THE_MOMENT: [&str; 3] = ["version", "key", "as_of"];

/// What a form is about: its other hidden fields.
fn about(form: &Element) -> Vec<(String, String)> {
    let hidden = form.query_selector_all("input[type=hidden]").ok();
    let inputs = nodes(hidden).filter_map(|node| node.dyn_into::<HtmlInputElement>().ok());
    inputs.map(|input| (input.name(), input.value())).filter(|(name, _)| !OF_THE_MOMENT.contains(&name.as_str())).collect()
}

impl Value {
    /// What is in a field; nothing for files, which no script may choose, for passwords and for what nobody types.
    fn of(field: &Node) -> Option<Self> {
        if let Some(text) = field.dyn_ref::<HtmlTextAreaElement>() {
            return Some(Self::Text(text.value()));
        }
        if let Some(select) = field.dyn_ref::<HtmlSelectElement>() {
            return Some(Self::Text(select.value()));
        }
        let input = field.dyn_ref::<HtmlInputElement>()?;
        match input.type_().as_str() {
            "checkbox" | "radio" => Some(Self::Ticked(input.checked())),
            "hidden" | "file" | "password" => None,
            _ => Some(Self::Text(input.value())),
        }
    }

    /// Fills it in as the reader would, so that what listens to the field learns of it.
    fn put_into(&self, field: &Node) {
        match (self, field.dyn_ref::<HtmlTextAreaElement>(), field.dyn_ref::<HtmlSelectElement>(), field.dyn_ref::<HtmlInputElement>()) {
            (Self::Text(text), Some(field), ..) => field.set_value(text),
            (Self::Text(text), _, Some(field), _) => field.set_value(text),
            (Self::Text(text), .., Some(field)) => field.set_value(text),
            (Self::Ticked(ticked), .., Some(field)) => field.set_checked(*ticked),
            _ => return,
        }
        let bubbles = EventInit::new();
        bubbles.set_bubbles(true);
        for kind in ["input", "change"] {
            if let Ok(event) = Event::new_with_event_init_dict(kind, &bubbles) {
                let _ = field.dispatch_event(&event);
            }
        }
    }
}

fn form_has_focus() -> bool {
    document().active_element().and_then(|element| element.closest("main form").ok().flatten()).is_some()
}

fn found(selectors: &str) -> impl Iterator<Item = Node> + use<> {
    nodes(document().query_selector_all(selectors).ok())
}

fn nodes(list: Option<NodeList>) -> impl Iterator<Item = Node> {
    let count = list.as_ref().map_or(0, NodeList::length);
    (0..count).filter_map(move |at| list.as_ref()?.item(at))
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
    let Some(select) = field.dyn_ref::<HtmlSelectElement>() else { return false };
    nodes(select.query_selector_all("option").ok())
        .filter_map(|option| option.dyn_into::<HtmlOptionElement>().ok())
        .any(|option| option.default_selected() && !option.selected())
}
