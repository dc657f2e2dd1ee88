//! Files on their way, with script: each is sent by itself and has a row that says how far it is, to cancel, send again or take away.
//! Without script the form around the field posts all of them at once.

use std::cell::RefCell;
use std::collections::HashMap;

use domain::attachment::SIZE_LIMIT;
use domain::field::{Problem, Problems, Refusal};
use domain::text::{Lang, Text};
use leptos::prelude::*;
use leptos::server_fn::Bytes;
use leptos::server_fn::error::FromServerFnError;
use leptos::wasm_bindgen::prelude::*;
use web_sys::{File, FormData, HtmlInputElement, ProgressEvent, XmlHttpRequest};

use crate::error::AppError;
use crate::ui::icon::Icon;
use crate::ui::lang::{t, use_lang};

/// The browser's side of an upload.
struct Sent {
    file: File,
    action: String,
    xhr: Option<XmlHttpRequest>,
}

thread_local! {
    /// By the keys of their rows. Objects of the browser stay on its one thread, and out of the signals.
    static SENT: RefCell<HashMap<usize, Sent>> = RefCell::default();
}

/// Where an upload stands.
#[derive(Clone, PartialEq)]
enum State {
    /// Per cent that have left.
    Sending(u32),
    Refused(AppError),
    Cancelled,
}

#[derive(Clone)]
struct Row {
    key: usize,
    name: String,
    state: RwSignal<State>,
}

/// The uploads of a page. Make it where it outlives what is loaded anew after each of them.
#[derive(Clone, Copy, Default)]
pub struct Uploads {
    rows: RwSignal<Vec<Row>>,
    next: StoredValue<usize>,
    done: RwSignal<usize>,
}

impl Uploads {
    /// How many have arrived: a key for the list that they are in.
    pub fn done(self) -> usize {
        self.done.get()
    }

    /// Sends what was chosen in the field to `action`, and empties the field.
    pub fn take(self, field: &str, action: &str) {
        let input = document().get_element_by_id(field).and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
        let Some((input, files)) = input.and_then(|input| input.files().map(|files| (input, files))) else { return };
        for file in (0..files.length()).filter_map(|i| files.get(i)) {
            let (key, name) = (self.next.get_value(), file.name());
            self.next.set_value(key + 1);
            SENT.with_borrow_mut(|sent| sent.insert(key, Sent { file, action: action.to_owned(), xhr: None }));
            self.rows.update(|rows| rows.push(Row { key, name, state: RwSignal::new(State::Sending(0)) }));
            self.send(key);
        }
        input.set_value("");
    }

    fn send(self, key: usize) {
        let Some(state) = self.rows.with_untracked(|rows| rows.iter().find(|row| row.key == key).map(|row| row.state)) else { return };
        state.set(State::Sending(0));
        let started = SENT.with_borrow_mut(|sent| match sent.get_mut(&key) {
            Some(sent) if sent.file.size() > SIZE_LIMIT as f64 => Err(refused(Refusal::FileTooLarge)),
            Some(sent) => {
                let xhr = self.request(key, state, sent).map_err(|_| AppError::Unreachable)?;
                sent.xhr = Some(xhr);
                Ok(())
            }
            None => Ok(()),
        });
        if let Err(error) = started {
            state.set(State::Refused(error));
        }
    }

    fn request(self, key: usize, state: RwSignal<State>, sent: &Sent) -> Result<XmlHttpRequest, JsValue> {
        let (xhr, body) = (XmlHttpRequest::new()?, FormData::new()?);
        body.append_with_blob_and_filename("file", &sent.file, &sent.file.name())?;
        xhr.open("POST", &sent.action)?;
        xhr.set_request_header("Accept", "application/json")?;
        let progress = Closure::<dyn FnMut(ProgressEvent)>::new(move |event: ProgressEvent| {
            if event.total() > 0.0 {
                state.set(State::Sending((100.0 * event.loaded() / event.total()) as u32));
            }
        });
        xhr.upload()?.set_onprogress(Some(progress.into_js_value().unchecked_ref()));
        let end = Closure::<dyn FnMut()>::new(move || self.ended(key, state));
        xhr.set_onloadend(Some(end.into_js_value().unchecked_ref()));
        xhr.send_with_opt_form_data(Some(&body))?;
        Ok(xhr)
    }

    /// The page may be gone by now: then there is nobody to tell.
    fn ended(self, key: usize, state: RwSignal<State>) {
        let Some(xhr) = SENT.with_borrow(|sent| sent.get(&key).and_then(|sent| sent.xhr.clone())) else { return };
        match xhr.status().unwrap_or_default() {
            200..=299 => {
                self.forget(key);
                self.done.try_update(|done| *done += 1);
            }
            _ if state.get_untracked() == State::Cancelled => {}
            0 => state.set(State::Refused(AppError::Unreachable)),
            413 => state.set(State::Refused(refused(Refusal::FileTooLarge))),
            _ => {
                let text = xhr.response_text().ok().flatten().unwrap_or_default();
                state.set(State::Refused(AppError::de(Bytes::from(text))));
            }
        }
    }

    fn cancel(self, row: &Row) {
        row.state.set(State::Cancelled);
        let xhr = SENT.with_borrow(|sent| sent.get(&row.key).and_then(|sent| sent.xhr.clone()));
        if let Some(xhr) = xhr {
            // Stopping an upload that has ended meanwhile does nothing.
            let _ = xhr.abort();
        }
    }

    fn forget(self, key: usize) {
        SENT.with_borrow_mut(|sent| sent.remove(&key));
        self.rows.try_update(|rows| rows.retain(|row| row.key != key));
    }
}

fn refused(refusal: Refusal) -> AppError {
    AppError::Invalid(Problems::of("file", Problem::Refused(refusal)))
}

/// What is said of a refused upload: the problem of the file rather than that there is one.
fn sentence(error: &AppError, lang: Lang) -> String {
    match error {
        AppError::Invalid(problems) => problems.0.first().map_or_else(String::new, |(_, problem)| problem.sentence(lang)),
        error => error.sentence(lang),
    }
}

/// The uploads that have not arrived.
#[component]
pub fn UploadRows(uploads: Uploads) -> impl IntoView {
    view! {
        {move || (uploads.rows.with(|rows| !rows.is_empty())).then(|| {
            view! {
                <ul class="files">
                    <For each=move || uploads.rows.get() key=|row| row.key children=move |row| view! { <UploadRow row uploads /> } />
                </ul>
            }
        })}
    }
}

#[component]
fn UploadRow(row: Row, uploads: Uploads) -> impl IntoView {
    let (lang, state, key, name) = (use_lang(), row.state, row.key, row.name.clone());
    let sending = Memo::new(move |_| matches!(state.get(), State::Sending(_)));
    let percent = move || match state.get() {
        State::Sending(percent) => percent,
        _ => 0,
    };
    let (label, told) = (name.clone(), name.clone());
    let outcome = move || match state.get() {
        State::Sending(_) => String::new(),
        State::Refused(error) => format!("{told}: {}", sentence(&error, lang)),
        State::Cancelled => t(CANCELLED).to_owned(),
    };
    let way = move || {
        let label = label.clone();
        view! {
            <progress max="100" value=move || percent().to_string() aria-label=label></progress>
            <p class="hint">{move || format!("{} %", percent())}</p>
        }
    };
    view! {
        <li class="file">
            <span class="thumb"><Icon name="upload" /></span>
            <div>
                <p class="file-name">{name}</p>
                {move || sending.get().then(&way)}
                <p class="error" role="status">{outcome}</p>
            </div>
            <div class="actions">
                {move || if sending.get() {
                    let row = row.clone();
                    view! { <button type="button" class="quiet small" on:click=move |_| uploads.cancel(&row)>{t(CANCEL)}</button> }.into_any()
                } else {
                    view! {
                        <button type="button" class="small" on:click=move |_| uploads.send(key)>{t(AGAIN)}</button>
                        <button type="button" class="quiet small" on:click=move |_| uploads.forget(key)>{t(REMOVE)}</button>
                    }.into_any()
                }}
            </div>
        </li>
    }
}

const CANCEL: Text = Text::new("Cancel", "Abbrechen");
const CANCELLED: Text = Text::new("Cancelled.", "Abgebrochen.");
const AGAIN: Text = Text::new("Try again", "Noch einmal versuchen");
const REMOVE: Text = Text::new("Remove", "Entfernen");
