//! The browser's entry point. A release bundle has one face; the development bundle has both and picks by the page it finds.

use app::ui::shell::Interactive;
use leptos::mount::hydrate_from_async;
use leptos::prelude::Set;
use wasm_bindgen::prelude::wasm_bindgen;

mod plain;

/// Makes the server's HTML interactive.
#[wasm_bindgen]
pub fn hydrate() {
    std::panic::set_hook(Box::new(|panic| {
        console_error_panic_hook::hook(panic);
        // If even that fails there is nothing left to try: a reload brings the page back.
        let _ = plain::fall_back();
    }));
    let Some(body) = leptos::prelude::document().body() else { return };
    // The page's part of the bundle may have to come first: until then the page is the plain HTML that it was made from.
    wasm_bindgen_futures::spawn_local(async move {
        let interactive = Interactive::default();
        match body.get_attribute("data-face").as_deref() {
            #[cfg(feature = "portal")]
            Some("portal") => hydrate_from_async(body, interactive.around(app::portal::App)).await.forget(),
            #[cfg(feature = "desk")]
            Some("desk") => hydrate_from_async(body, interactive.around(app::desk::App)).await.forget(),
            _ => return,
        }
        interactive.0.set(true);
        // Tests and style sheets can tell a page that is interactive from one that is still plain HTML.
        if let Some(root) = leptos::prelude::document().document_element() {
            let _ = root.set_attribute("data-hydrated", "true");
        }
    });
}
