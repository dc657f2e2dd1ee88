//! The reader's language. It is chosen per person and fixed while a page lives; changing it loads the page anew.

use domain::text::{Lang, Text};
use leptos::prelude::*;

/// The language of the page: on the server from the request, in the browser from `<html lang>`.
pub fn use_lang() -> Lang {
    use_context::<Lang>().unwrap_or_default()
}

/// A text in the language of the page.
pub fn t(text: Text) -> &'static str {
    text.get(use_lang())
}

/// The languages to choose from, each in its own words.
pub fn lang_options() -> Vec<(String, String)> {
    let name = |lang: &Lang| match lang {
        Lang::En => "English",
        Lang::De => "Deutsch",
    };
    Lang::ALL.iter().map(|lang| (lang.word().to_owned(), name(lang).to_owned())).collect()
}

/// Finds the page's language and provides it to all of the page.
pub fn provide_lang() -> Lang {
    let lang = page_lang();
    provide_context(lang);
    lang
}

#[cfg(feature = "ssr")]
fn page_lang() -> Lang {
    use_context::<crate::ctx::ServerContext>().map_or_else(Lang::default, |ctx| ctx.lang())
}

#[cfg(not(feature = "ssr"))]
fn page_lang() -> Lang {
    let root = document().document_element();
    root.and_then(|html| html.get_attribute("lang")).and_then(|lang| lang.parse().ok()).unwrap_or_default()
}
