//! Forms that work with and without WASM.
//!
//! With WASM an `ActionForm` sends the form and a refusal appears beside the fields; nothing typed is touched. Without WASM the browser
//! posts it; the server keeps a refused form and sends the browser back to the page, which shows it again from [`KeptForm`].

use std::collections::BTreeMap;

use domain::field::Problem;
use domain::text::{Lang, Text};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::server_fn::client::Client;
use serde::{Deserialize, Serialize};

use crate::error::AppError;
use crate::ui::icon::Icon;
use crate::ui::lang::{t, use_lang};
use crate::ui::news::refused;

/// A form that was refused without WASM: where it was sent, what was typed (never passwords), and why it was refused.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptForm {
    /// The path of the server function.
    pub action: String,
    pub fields: BTreeMap<String, String>,
    pub error: Option<AppError>,
}

/// Loads the refused form of this page load, if there is one, for all forms of the page. Call it once, in the app's root.
pub fn provide_kept_form() {
    provide_context(Resource::new(|| (), |()| kept_form()));
}

#[cfg(feature = "ssr")]
async fn kept_form() -> KeptForm {
    let (Ok(ctx), Some(parts)) = (crate::ctx::server_context(), use_context::<http::request::Parts>()) else { return KeptForm::default() };
    let Some(owner) = ctx.cookies.get(crate::ctx::FORM_COOKIE) else { return KeptForm::default() };
    let Ok(Some((fields, error))) = ctx.db.anonymous().take_form(owner.value(), parts.uri.path()).await else { return KeptForm::default() };
    // One refusal, one cookie: without it the next pages need not look.
    ctx.cookies.remove(ctx.cookie(crate::ctx::FORM_COOKIE, String::new()));
    let mut fields: BTreeMap<String, String> = serde_json::from_str(&fields).unwrap_or_default();
    let action = fields.remove(ACTION_FIELD).unwrap_or_default();
    KeptForm { action, fields, error: serde_json::from_str(&error).ok() }
}

/// In the browser a form is never kept: its fields are still there.
#[cfg(not(feature = "ssr"))]
async fn kept_form() -> KeptForm {
    KeptForm::default()
}

/// The field under which the server keeps where a refused form was sent.
pub const ACTION_FIELD: &str = "_action";

/// One form's refusal and its earlier values.
#[derive(Clone)]
pub struct FormState {
    error: Signal<Option<AppError>>,
    kept: StoredValue<BTreeMap<String, String>>,
    /// What its fields are called, for the list of what is wrong.
    labels: StoredValue<BTreeMap<String, Text>>,
    /// In front of the ids of its fields; empty for most.
    prefix: &'static str,
}

/// The state of the form of one server action. Call it inside the loaded part of a page, where waiting is allowed.
pub fn use_form<F>(action: ServerAction<F>) -> FormState
where
    F: ServerFn<Error = AppError> + Clone + Send + Sync + 'static,
    F::Output: Clone + Send + Sync + 'static,
    F::Client: Client<AppError>,
{
    let (fields, kept_error) = kept_for(F::url());
    Effect::new(move |_| {
        if action.value().with(|end| matches!(end, Some(Err(_)))) {
            refused(F::url());
        }
    });
    let error = Signal::derive(move || match action.value().get() {
        Some(Ok(_)) => None,
        Some(Err(error)) => Some(error),
        None if action.pending().get() => None,
        None => kept_error.clone(),
    });
    FormState { error, kept: StoredValue::new(fields), labels: StoredValue::default(), prefix: "" }
}

/// The state of a form that the browser posts by itself, with and without WASM: where the answer is another world of pages (before and
/// after signing in, another language), and for files. `action` is where it is posted to.
pub fn use_plain_form(action: &str) -> FormState {
    let (fields, error) = kept_for(action);
    FormState { error: Signal::stored(error), kept: StoredValue::new(fields), labels: StoredValue::default(), prefix: "" }
}

/// The fields and the error of this form, if the page was opened because it was refused.
fn kept_for(action: &str) -> (BTreeMap<String, String>, Option<AppError>) {
    let kept = use_context::<Resource<KeptForm>>().and_then(|resource| resource.get_untracked()).filter(|kept| kept.action == action);
    kept.map_or_else(Default::default, |kept| (kept.fields, kept.error))
}

/// Grows with every success of an action, and with every conflict: a key for the data that it, or somebody else, has changed. Another
/// refusal loads nothing, so what was typed stays.
pub fn successes<F>(action: ServerAction<F>) -> Memo<usize>
where
    F: ServerFn<Error = AppError> + Clone + Send + Sync + 'static,
    F::Output: Clone + Send + Sync + 'static,
    F::Client: Client<AppError>,
{
    Memo::new(move |before: Option<&usize>| {
        let (version, before) = (action.version().get(), before.copied().unwrap_or_default());
        if action.value().with(|value| matches!(value, Some(Ok(_) | Err(AppError::Conflict)))) { version } else { before }
    })
}

impl FormState {
    /// The same form with a word in front of the ids of its fields, for a page with another form whose fields have the same names.
    pub fn named(self, prefix: &'static str) -> Self {
        Self { prefix, ..self }
    }

    /// The id of a field's element.
    pub fn id(&self, field: &str) -> String {
        if self.prefix.is_empty() { field.to_owned() } else { format!("{}-{field}", self.prefix) }
    }

    /// Whether the form is shown again because it was refused: it must not be folded then.
    pub fn is_refused(&self) -> bool {
        self.error.get_untracked().is_some()
    }

    /// Whether it was refused because somebody else changed the same thing first.
    pub fn is_overtaken(&self) -> Signal<bool> {
        let error = self.error;
        Signal::derive(move || error.with(|error| *error == Some(AppError::Conflict)))
    }

    /// What was typed before, else `otherwise`.
    pub fn value(&self, name: &str, otherwise: &str) -> String {
        self.kept.with_value(|kept| kept.get(name).cloned()).unwrap_or_else(|| otherwise.to_owned())
    }

    /// Whether a box was ticked before, else `otherwise`. A browser sends nothing for an empty box.
    pub fn ticked(&self, name: &str, otherwise: bool) -> bool {
        self.kept.with_value(|kept| if kept.is_empty() { otherwise } else { kept.contains_key(name) })
    }

    /// Says what a field is called whose problems belong to this form, when it is not a field of this page.
    pub fn label(&self, field: &str, label: Text) {
        self.labels.update_value(|labels| {
            labels.insert(field.to_owned(), label);
        });
    }

    /// A problem in the list above the form: "Title: Please fill this in."
    fn listed(&self, field: &str, problem: &Problem, lang: Lang) -> String {
        let sentence = problem.sentence(lang);
        match self.labels.with_value(|labels| labels.get(field).copied()) {
            Some(label) => format!("{}: {sentence}", label.get(lang)),
            None => sentence,
        }
    }

    /// The problem of one field, as a sentence; `label` is what the list above the form calls the field.
    pub fn problem(&self, field: impl Into<String>, label: Text) -> Signal<Option<String>> {
        let (error, lang, field) = (self.error, use_lang(), field.into());
        self.label(&field, label);
        Signal::derive(move || match error.get() {
            Some(AppError::Invalid(problems)) => problems.get(&field).map(|problem: &Problem| problem.sentence(lang)),
            _ => None,
        })
    }
}

/// For a form to write one thing after another with: give it to the `ActionForm`, and the form is empty again once the server took it.
pub fn cleared_when_sent<F>(action: ServerAction<F>) -> NodeRef<leptos::html::Form>
where
    F: ServerFn<Error = AppError> + Clone + Send + Sync + 'static,
    F::Output: Clone + Send + Sync + 'static,
    F::Client: Client<AppError>,
{
    let node = NodeRef::<leptos::html::Form>::new();
    Effect::new(move |before: Option<usize>| {
        let done = action.version().get();
        let sent = before.is_some_and(|before| before != done) && matches!(action.value().get_untracked(), Some(Ok(_)));
        if let (true, Some(form)) = (sent, node.get_untracked()) {
            form.reset();
        }
        done
    });
    node
}

/// What is wrong with the whole form, above it, with links to the fields; `link` says where a field is when it is not on this page. It
/// takes the focus when it appears.
#[component]
pub fn FormErrors(form: FormState, #[prop(optional)] link: Option<fn(&str) -> String>) -> impl IntoView {
    let lang = use_lang();
    let summary = NodeRef::<leptos::html::Div>::new();
    Effect::new(move || {
        if let (Some(summary), true) = (summary.get(), form.error.get().is_some()) {
            let _ = summary.focus();
        }
    });
    move || {
        form.error.get().map(|error| {
            if let AppError::NotYet(sentence) = &error {
                return view! { <NotYet sentence=sentence.clone() summary /> }.into_any();
            }
            let fields = match &error {
                AppError::Invalid(problems) => problems.0.iter().filter(|(field, _)| !field.is_empty()).cloned().collect(),
                _ => Vec::new(),
            };
            let href = |field: &str| link.map_or_else(|| format!("#{}", form.id(field)), |link| link(field));
            let ended = error == AppError::SignIn;
            let links = fields
                .into_iter()
                .map(|(field, problem)| view! { <li><a href=href(&field)>{form.listed(&field, &problem, lang)}</a></li> });
            view! {
                <div class="error-summary" role="alert" tabindex="-1" node_ref=summary>
                    <h2>{t(Text::new("There is a problem", "Da stimmt etwas nicht"))}</h2>
                    <p>{error.sentence(lang)}</p>
                    {ended.then(|| view! { <SignInElsewhere /> })}
                    <ul>{links.collect_view()}</ul>
                </div>
            }
            .into_any()
        })
    }
}

/// What sending the form would do, for a reader who asked before.
#[component]
fn NotYet(sentence: String, summary: NodeRef<leptos::html::Div>) -> impl IntoView {
    (!sentence.is_empty()).then(|| {
        view! {
            <div class="notice" data-tone="blue" role="status" tabindex="-1" node_ref=summary>
                <Icon name="eye" />
                <div>
                    <p>{sentence}</p>
                    <p class="hint">{t(Text::new("Nothing is saved yet.", "Noch ist nichts gespeichert."))}</p>
                </div>
            </div>
        }
    })
}

/// The way to sign in again beside what is typed: this page in a new window, which leads to the sign-in.
#[component]
fn SignInElsewhere() -> impl IntoView {
    let label = Text::new("Sign in in a new window, then send again", "In neuem Fenster anmelden, dann erneut senden");
    view! { <p><a href="" target="_blank">{t(label)}</a></p> }
}

/// A labelled field of one line. `name` is the problem's field name and the id; `within` wraps the sent name: `what[title]`.
#[component]
pub fn TextField(
    form: FormState,
    name: &'static str,
    label: Text,
    #[prop(optional)] within: Option<&'static str>,
    #[prop(optional)] hint: Option<Text>,
    #[prop(default = "text")] kind: &'static str,
    #[prop(optional, into)] value: String,
    #[prop(optional)] autocomplete: Option<&'static str>,
    #[prop(optional)] maxlength: Option<usize>,
    #[prop(optional)] short: bool,
) -> impl IntoView {
    let sent = sent_name(within, name);
    let value = form.value(&sent, &value);
    let (id, problem) = (form.id(name), form.problem(name, label));
    view! {
        <div class=if short { "field short" } else { "field" }>
            <label for=id.clone()>{t(label)}</label>
            {hint.map(|hint| view! { <p class="hint" id=format!("{id}-hint")>{t(hint)}</p> })}
            <FieldError name=id.clone() problem />
            <input
                id=id.clone()
                name=sent
                type=kind
                value=value
                autocomplete=autocomplete
                maxlength=maxlength.map(|n| n.to_string())
                aria-describedby=described_by(&id, hint.is_some())
                aria-invalid=move || problem.get().map(|_| "true")
            />
        </div>
    }
}

/// A labelled field of several lines. The one place with a `<textarea>`: its content is an escaped text node on the server too.
#[component]
pub fn TextArea(
    form: FormState,
    name: &'static str,
    label: Text,
    #[prop(optional)] within: Option<&'static str>,
    #[prop(optional)] hint: Option<Text>,
    #[prop(optional, into)] value: String,
    #[prop(default = 5)] rows: u32,
    #[prop(optional)] maxlength: Option<usize>,
    #[prop(optional)] hide_label: bool,
) -> impl IntoView {
    let sent = sent_name(within, name);
    let value = form.value(&sent, &value);
    let (id, problem) = (form.id(name), form.problem(name, label));
    view! {
        <div class="field">
            <label for=id.clone() class=if hide_label { "visually-hidden" } else { "" }>{t(label)}</label>
            {hint.map(|hint| view! { <p class="hint" id=format!("{id}-hint")>{t(hint)}</p> })}
            <FieldError name=id.clone() problem />
            <textarea
                id=id.clone()
                name=sent
                rows=rows.to_string()
                maxlength=maxlength.map(|n| n.to_string())
                aria-describedby=described_by(&id, hint.is_some())
                aria-invalid=move || problem.get().map(|_| "true")
                inner_html=escaped_text(&value)
            ></textarea>
        </div>
    }
}

/// A list to choose one of: pairs of sent value and shown text.
#[component]
pub fn Select(
    form: FormState,
    name: &'static str,
    label: Text,
    #[prop(optional)] within: Option<&'static str>,
    #[prop(optional)] hint: Option<Text>,
    #[prop(optional, into)] value: String,
    options: Vec<(String, String)>,
) -> impl IntoView {
    let sent = sent_name(within, name);
    let value = form.value(&sent, &value);
    let (id, problem) = (form.id(name), form.problem(name, label));
    let options =
        options.into_iter().map(|(word, text)| view! { <option selected=word == value value=word>{text}</option> }).collect_view();
    view! {
        <div class="field">
            <label for=id.clone()>{t(label)}</label>
            {hint.map(|hint| view! { <p class="hint" id=format!("{id}-hint")>{t(hint)}</p> })}
            <FieldError name=id.clone() problem />
            <select id=id.clone() name=sent aria-describedby=described_by(&id, hint.is_some()) aria-invalid=move || problem.get().map(|_| "true")>
                {options}
            </select>
        </div>
    }
}

/// A group of radios: sent value, shown text, and a smaller line below it (may be empty).
#[component]
pub fn Radios(
    form: FormState,
    name: &'static str,
    label: Text,
    #[prop(optional)] within: Option<&'static str>,
    #[prop(optional)] hint: Option<Text>,
    #[prop(optional, into)] value: String,
    #[prop(optional)] inline: bool,
    options: Vec<(String, String, String)>,
) -> impl IntoView {
    let sent = sent_name(within, name);
    let value = form.value(&sent, &value);
    let (id, problem) = (form.id(name), form.problem(name, label));
    let options = options.into_iter().map(|(word, text, small)| {
        view! {
            <label class="choice">
                <input type="radio" name=sent.clone() checked=word == value value=word />
                <span>{text}{(!small.is_empty()).then(|| view! { <small>{small}</small> })}</span>
            </label>
        }
    });
    view! {
        <fieldset class=if inline { "choices inline" } else { "choices" } id=id.clone() tabindex="-1" aria-describedby=described_by(&id, hint.is_some())>
            <legend>{t(label)}</legend>
            {hint.map(|hint| view! { <p class="hint" id=format!("{id}-hint")>{t(hint)}</p> })}
            <FieldError name=id.clone() problem />
            {options.collect_view()}
        </fieldset>
    }
}

/// One box to tick; sends `on` or nothing.
#[component]
pub fn Check(
    form: FormState,
    name: &'static str,
    label: Text,
    #[prop(optional)] within: Option<&'static str>,
    #[prop(optional)] checked: bool,
) -> impl IntoView {
    let sent = sent_name(within, name);
    let checked = form.ticked(&sent, checked);
    view! {
        <label class="check">
            <input type="checkbox" id=form.id(name) name=sent value="on" checked=checked />
            " "
            {t(label)}
        </label>
    }
}

/// The sentence beside a field that was refused.
#[component]
pub fn FieldError(#[prop(into)] name: String, problem: Signal<Option<String>>) -> impl IntoView {
    move || problem.get().map(|sentence| view! { <p class="error" id=format!("{name}-error")><Icon name="alert" />{sentence}</p> })
}

fn sent_name(within: Option<&str>, name: &str) -> String {
    within.map_or_else(|| name.to_owned(), |outer| format!("{outer}[{name}]"))
}

fn described_by(name: &str, hint: bool) -> String {
    if hint { format!("{name}-hint {name}-error") } else { format!("{name}-error") }
}

/// Text for inside an element, with the characters that could end it written as entities.
fn escaped_text(text: &str) -> String {
    // The parser of a page drops a first line break inside <textarea>: write one in front. Where script sets the content nothing drops it.
    let first = if cfg!(feature = "ssr") { "\n" } else { "" };
    format!("{first}{}", text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;"))
}

/// A value for a URL's query.
pub fn escaped(value: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'~' | b'/');
    value.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn promise_11_typed_text_cannot_leave_its_textarea() {
        assert_eq!(escaped_text("</textarea><script>"), "\n&lt;/textarea&gt;&lt;script&gt;");
    }
}
