//! The HTML document around both faces, and what every page does after it has changed.

use leptos::prelude::*;

/// The address of the style sheet that goes over the face's own; provided by the server where there is one.
#[cfg(feature = "ssr")]
#[derive(Clone)]
pub struct BrandStyle(pub String);

/// The document of a face's page; the face's script and style sheet are under `site_pkg_dir`, by the name of its bundle.
#[cfg(feature = "ssr")]
pub fn shell(options: LeptosOptions, face: &'static str, app: AnyView) -> impl IntoView {
    let lang = crate::ui::lang::provide_lang();
    let nonce = use_nonce();
    // What happens after this is told to the page once it listens.
    let made = crate::ctx::server_context().ok().map(|ctx| ctx.db.now().micros().to_string());
    let brand = use_context::<BrandStyle>().map(|BrandStyle(address)| view! { <link rel="stylesheet" href=address /> });
    let pkg = format!("/{}", options.site_pkg_dir);
    let name = options.output_name.to_string();
    let script = format!("import('{pkg}/{name}.js').then(m => m.default({{module_or_path: '{pkg}/{name}.wasm'}}).then(() => m.hydrate()))");
    view! {
        <!DOCTYPE html>
        <html lang=lang.word() data-made=made>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <link rel="stylesheet" href=format!("{pkg}/{name}.css") />
                {brand}
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <link rel="preload" href="/fonts/atkinson-hyperlegible-next-latin-wght-normal.woff2" r#as="font" type="font/woff2" crossorigin="anonymous" />
                // Both at once, rather than the program only when its script has come.
                <link rel="modulepreload" href=format!("{pkg}/{name}.js") />
                <link rel="preload" href=format!("{pkg}/{name}.wasm") r#as="fetch" type="application/wasm" crossorigin="anonymous" />
                <AutoReload options=options.clone() />
                // Leptos' own HydrationScripts writes the nonce into a readable attribute and gives its preload none: hence this line.
                <script type="module" nonce=nonce inner_html=script></script>
                <leptos_meta::MetaTags />
            </head>
            <body data-face=face>{app}</body>
        </html>
    }
}

/// Whether the page is interactive: false while the browser takes over the server's HTML, which may have to wait for a part of the bundle.
/// What would change the page meanwhile waits for it, or the two no longer match. The browser's entry point provides it.
#[derive(Clone, Default)]
pub struct Interactive(pub ArcRwSignal<bool>);

impl Interactive {
    /// An app that knows of it.
    pub fn around<V: IntoView>(&self, app: fn() -> V) -> impl FnOnce() -> V + use<V> {
        let interactive = self.clone();
        move || {
            provide_context(interactive);
            app()
        }
    }
}

/// After the path has changed: the new heading takes the focus, so that a screen reader says where one is.
pub fn focus_heading_after_navigation() {
    let path = leptos_router::hooks::use_location().pathname;
    Effect::new(move |before: Option<String>| {
        let now = path.get();
        if before.is_some_and(|before| before != now) {
            focus_heading();
        }
        now
    });
}

/// Once the page stands: its heading takes the focus.
pub fn focus_heading() {
    request_animation_frame(|| {
        focus_first("h1");
    });
}

/// Puts the focus on the first element that these selectors find; `false` when there is none.
pub fn focus_first(selectors: &str) -> bool {
    use leptos::wasm_bindgen::JsCast;
    let found = document().query_selector(selectors).ok().flatten();
    found.and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok()).is_some_and(|found| found.focus().is_ok())
}
