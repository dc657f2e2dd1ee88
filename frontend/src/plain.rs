//! What is left of a page after a panic. The program is dead then, but its listeners are not: they would swallow clicks and forms and do
//! nothing. So the page goes on as the plain HTML that it was made from, with everything typed and chosen.

use js_sys::{Function, Reflect};
use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, EventTarget, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};

/// Fields whose state is not in the HTML.
const FIELDS: &str = "input:not([type=file]), textarea, select";

/// Replaces the body by a copy without listeners. A file that was chosen must be chosen again.
pub fn fall_back() -> Result<(), JsValue> {
    let body = document().body().ok_or(JsValue::UNDEFINED)?;
    let copy: Element = body.clone_node_with_deep(true)?.dyn_into()?;
    keep_typed(&body, &copy)?;
    body.replace_with_with_node_1(&copy)?;
    leave_to_the_browser(&copy)
}

fn keep_typed(from: &Element, to: &Element) -> Result<(), JsValue> {
    let (old, new) = (from.query_selector_all(FIELDS)?, to.query_selector_all(FIELDS)?);
    for (old, new) in (0..old.length()).filter_map(|i| old.get(i).zip(new.get(i))) {
        if let (Some(old), Some(new)) = (old.dyn_ref::<HtmlInputElement>(), new.dyn_ref::<HtmlInputElement>()) {
            new.set_value(&old.value());
            new.set_checked(old.checked());
        } else if let (Some(old), Some(new)) = (old.dyn_ref::<HtmlTextAreaElement>(), new.dyn_ref::<HtmlTextAreaElement>()) {
            new.set_value(&old.value());
        } else if let (Some(old), Some(new)) = (old.dyn_ref::<HtmlSelectElement>(), new.dyn_ref::<HtmlSelectElement>()) {
            new.set_value(&old.value());
        }
    }
    Ok(())
}

/// Links and forms no longer reach the router, which listens at the window; going back loads the page. The listeners are functions of the
/// browser alone, since none of ours can be trusted now.
fn leave_to_the_browser(body: &EventTarget) -> Result<(), JsValue> {
    let stop = Reflect::get(Event::new("any")?.as_ref(), &"stopPropagation".into())?;
    let call: Function = Reflect::get(&stop, &"call".into())?.dyn_into()?;
    let stop = call.bind0(&stop);
    for event in ["click", "submit"] {
        body.add_event_listener_with_callback(event, &stop)?;
    }
    let location = window().location();
    let reload: Function = Reflect::get(&location, &"reload".into())?.dyn_into()?;
    window().add_event_listener_with_callback("popstate", &reload.bind0(&location))
}
