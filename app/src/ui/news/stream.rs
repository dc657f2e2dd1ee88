//! The stream of news in the browser. When it breaks off, the browser opens it again by itself and asks for what was missed.

use std::cell::RefCell;
use std::time::Duration;

use domain::change::Change;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::closure::Closure;
use web_sys::{EventSource, MessageEvent};

use super::News;

/// Until a page that nobody sees gives its stream back: browsers open few connections to one host.
const HIDDEN: Duration = Duration::from_secs(60);

thread_local! {
    static SOURCE: RefCell<Option<EventSource>> = const { RefCell::new(None) };
}

pub fn listen(news: News, path: &'static str) {
    // The page may have waited for its program: it asks for what happened meanwhile.
    match document().document_element().and_then(|root| root.get_attribute("data-made")) {
        Some(made) => open(news, &format!("{path}?since={made}")),
        None => open(news, path),
    }
    // It is the document's event, which the window hears too.
    window_event_listener_untyped("visibilitychange", move |_| {
        if document().hidden() {
            set_timeout(close_if_hidden, HIDDEN);
        } else if is_closed() {
            open(news, path);
            // Nobody was told of what happened meanwhile.
            news.told(Change::ALL.iter().copied());
        }
    });
}

fn open(news: News, path: &str) {
    let Ok(source) = EventSource::new(path) else { return };
    let told = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let kinds = event.data().as_string().unwrap_or_default();
        news.told(kinds.split(' ').filter_map(|kind| kind.parse().ok()));
    });
    let _ = source.add_event_listener_with_callback("changed", told.into_js_value().unchecked_ref());
    SOURCE.set(Some(source));
}

fn close_if_hidden() {
    if document().hidden()
        && let Some(source) = SOURCE.take()
    {
        source.close();
    }
}

/// Given back, or ended by the server for good.
fn is_closed() -> bool {
    SOURCE.with_borrow(|source| source.as_ref().is_none_or(|source| source.ready_state() == EventSource::CLOSED))
}
