//! Templates in the composers: picking one is a link to the page as it is, which then has the template's text in the field.

use domain::id::ReplyTemplateId;
use domain::reply_template::{Purpose, ReplyText};
use domain::request::{DeskRequest, TEXT_LIMIT};
use domain::text::{Lang, Text};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::beside::here;
use crate::desk::frame::open_form;
use crate::desk::text;
use crate::ui::form::{FormState, TextArea, escaped};
use crate::ui::lang::t;
use crate::ui::load::in_query;
use crate::ui::shell::focus_first;

/// The query's name of the template that was picked.
const TEMPLATE: &str = "template";

/// The template that was picked for a composer.
pub fn picked(purpose: Purpose, request: &DeskRequest) -> Memo<Option<ReplyText>> {
    let (template, all) = (in_query(TEMPLATE), request.templates.clone());
    Memo::new(move |_| template.with(|id| all.iter().find(|text| text.purpose == purpose && text.id.to_string() == *id).cloned()))
}

/// In the browser, a field that a template is put into takes the focus: the address ends with its id. Call it at the top of the page.
pub fn focus_picked() {
    let (template, hash) = (in_query(TEMPLATE), use_location().hash);
    Effect::new(move |before: Option<String>| {
        let now = template.get();
        if !now.is_empty() && before.is_some_and(|before| before != now) {
            request_animation_frame(move || {
                focus_first(&hash.get_untracked());
            });
        }
        now
    });
}

/// The page with a template picked for a field; a form that is open stays so.
fn picking(here: &str, form: &str, template: ReplyTemplateId, field: &str) -> String {
    let sign = if here.contains('?') { '&' } else { '?' };
    let form = if form.is_empty() { String::new() } else { format!("form={}&", escaped(form)) };
    format!("{here}{sign}{form}{TEMPLATE}={template}#{field}")
}

/// A field whose words the customer reads, and above it the templates for it. Another template makes another field, since a browser does
/// not show new content of one that somebody typed into; what else the form has stays as it is.
#[component]
pub fn CustomerText(
    form: FormState,
    name: &'static str,
    label: Text,
    hint: Text,
    purpose: Purpose,
    request: DeskRequest,
    #[prop(default = 4)] rows: u32,
    #[prop(optional)] hide_label: bool,
) -> impl IntoView {
    let (field, picked) = (form.id(name), picked(purpose, &request));
    let area = move || {
        let (form, body) = (form.clone(), picked.get().map(|template| template.body).unwrap_or_default());
        move || view! { <TextArea form=form.clone() name label hint value=body.clone() rows maxlength=TEXT_LIMIT hide_label /> }
    };
    view! {
        <Templates field purpose request />
        {area}
    }
}

/// The templates for a composer, in the customer's language.
#[component]
fn Templates(field: String, purpose: Purpose, request: DeskRequest) -> impl IntoView {
    let (here, open, lang) = (here(request.id), open_form(), request.contact_lang);
    let offered: Vec<_> = request.templates.into_iter().filter(|template| template.purpose == purpose).collect();
    let title = match lang {
        Lang::En => text::TEMPLATES_IN_ENGLISH,
        Lang::De => text::TEMPLATES_IN_GERMAN,
    };
    (!offered.is_empty()).then(|| {
        let links = offered.into_iter().map(|template| {
            let (here, field, id) = (here.clone(), field.clone(), template.id);
            let href = move || picking(&here, &open.get(), id, &field);
            let other = template.lang != lang;
            let note = other.then(|| view! { " " {t(text::TEMPLATE_ENGLISH_ONLY)} });
            view! { <a class="button small" href=href>{template.name} {note}</a> }
        });
        view! {
            <details>
                <summary>{t(title)}</summary>
                <div class="actions">{links.collect_view()}</div>
            </details>
        }
    })
}
