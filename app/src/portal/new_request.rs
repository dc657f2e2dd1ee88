//! A new request in four steps: where, what (with its files), when, check and send. Each step is kept on the server when it is left, and
//! each is a page of its own in `?step=`, so that the browser's buttons lead through them.

use domain::id::DraftId;
use domain::request::{DraftView, PlaceView};
use domain::text::Text;
use domain::when::Stamp;
use leptos::form::ActionForm;
use leptos::prelude::*;

use crate::error::AppError;
use crate::portal::frame::Page;
use crate::portal::home::NoAccess;
use crate::portal::rows::{DraftRows, Part};
use crate::portal::text;
use crate::ui::form::{FormErrors, successes, use_form};
use crate::ui::icon::Icon;
use crate::ui::lang::{t, use_lang};
use crate::ui::load::{Loaded, id_in_path, in_query};
use crate::ui::record::{Empty, PageHead, Time};
use crate::ui::upload::Uploads;

use self::check::{Check, DiscardDraft, SubmitRequest};
use self::files::{FilesOfDraft, RemoveDraftFile};
use self::place::{ChooseFrom, SaveWhere, Where};
use self::what::{SaveWhat, WhatIsIt};
use self::when::{SaveWhen, WhenIsIt};

#[cfg(feature = "ssr")]
use self::place::fitting;
#[cfg(feature = "ssr")]
use crate::ctx::{ContactSession, redirect};
#[cfg(feature = "ssr")]
use domain::field::{Problem, Problems};

mod check;
mod files;
mod place;
mod what;
mod when;

/// Locations to choose from, as far as they fit the words that were searched; and how many there are without any words.
type Places = (Vec<PlaceView>, usize);

/// The locations to begin a request for, and what was begun before.
#[server(prefix = "/api/portal", endpoint = "start")]
pub async fn load_start(#[server(default)] words: String) -> Result<(Places, Vec<DraftView>), AppError> {
    let session = ContactSession::current().await?;
    let portal = session.portal();
    Ok((fitting(&portal, &words).await?, portal.drafts().await?))
}

/// A draft, and the locations to choose from. Whoever goes back to a draft after sending it is led to the request and gets nothing here.
#[server(prefix = "/api/portal", endpoint = "draft")]
pub async fn load_draft(id: DraftId, #[server(default)] words: String) -> Result<Option<(DraftView, Places)>, AppError> {
    let session = ContactSession::current().await?;
    let draft = session.portal().draft(id).await;
    if let Err(domain::Error::NotFound) = draft
        && let Ok(request) = session.portal().sent_draft(id).await
    {
        redirect(&format!("/requests/{request}"));
        return Ok(None);
    }
    Ok(Some((draft?, fitting(&session.portal(), &words).await?)))
}

#[server(prefix = "/api/portal", endpoint = "start_draft")]
pub async fn start_draft(#[server(default)] location: String) -> Result<(), AppError> {
    let session = ContactSession::current().await?;
    if location.is_empty() {
        return Err(AppError::Invalid(Problems::of("location", Problem::Missing)));
    }
    let draft = session.portal().start_draft(&location).await?;
    redirect(&Step::What.path(draft));
    Ok(())
}

/// The pages of a draft. Files are a page of the second step, so that adding one never loses what was typed beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Where,
    What,
    Files,
    When,
    Check,
}

impl Step {
    fn of(word: &str) -> Self {
        match word {
            "what" => Self::What,
            "files" => Self::Files,
            "when" => Self::When,
            "check" => Self::Check,
            _ => Self::Where,
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Where => "where",
            Self::What => "what",
            Self::Files => "files",
            Self::When => "when",
            Self::Check => "check",
        }
    }

    const fn number(self) -> usize {
        match self {
            Self::Where => 1,
            Self::What | Self::Files => 2,
            Self::When => 3,
            Self::Check => 4,
        }
    }

    const fn before(self) -> Option<Self> {
        match self {
            Self::Where => None,
            Self::What => Some(Self::Where),
            Self::Files | Self::When => Some(Self::What),
            Self::Check => Some(Self::When),
        }
    }

    const fn title(self) -> Text {
        match self {
            Self::Where => text::WHERE,
            Self::What => text::WHAT,
            Self::Files => text::PHOTOS_AND_FILES,
            Self::When => text::WHEN,
            Self::Check => text::CHECK,
        }
    }

    /// The address of this page of a draft.
    #[cfg(feature = "ssr")]
    fn path(self, draft: DraftId) -> String {
        format!("/requests/new/{draft}?step={}", self.word())
    }
}

/// What stands above each step.
/// `saved` is when the draft was saved as it was loaded, and since then.
#[component]
fn StepHead(step: Step, #[prop(optional)] saved: Option<(Stamp, RwSignal<Option<Stamp>>)>) -> impl IntoView {
    let label = text::STEP_OF.fill(use_lang(), &[("n", &step.number().to_string())]);
    let back = step.before().map(|before| {
        view! { <p><a class="back" href=format!("?step={}", before.word())><Icon name="arrow-left" />{t(text::BACK)}</a></p> }
    });
    view! {
        {back}
        <div class="steps">
            <p>{label.clone()}</p>
            {saved
                .map(|(loaded, since)| {
                    let time = move || view! { <Time stamp=since.get().unwrap_or_else(|| loaded.clone()) /> };
                    view! { <p class="hint">{t(text::SAVED)} " " {time}</p> }
                })}
            <progress max="4" value=step.number().to_string() aria-label=label></progress>
        </div>
        <PageHead title=t(step.title()) />
    }
}

#[component]
pub fn StartPage() -> impl IntoView {
    let words = in_query("q");
    let start = ServerAction::<StartDraft>::new();
    let resource: Loaded<(Places, Vec<DraftView>)> = Resource::new(move || words.get(), load_start);
    let view = move |(places, drafts): (Places, Vec<DraftView>)| {
        let words = words.get_untracked();
        let content = match places.1 {
            0 => view! { <MayNotSend /> }.into_any(),
            _ => view! { <Start places words start /> }.into_any(),
        };
        view! {
            <StepHead step=Step::Where />
            {content}
            {(!drafts.is_empty()).then(|| view! { <Part id="drafts" title=text::CONTINUE_DRAFT><DraftRows drafts /></Part> })}
        }
    };
    view! { <Page resource view /> }
}

#[component]
fn MayNotSend() -> impl IntoView {
    match crate::portal::frame::reader().is_some_and(|me| me.customers.is_empty()) {
        true => view! { <NoAccess /> }.into_any(),
        false => view! { <Empty icon="lock" text=text::MAY_NOT_SEND /> }.into_any(),
    }
}

#[component]
fn Start(places: Places, words: String, start: ServerAction<StartDraft>) -> impl IntoView {
    let (form, found) = (use_form(start), RwSignal::new(places.clone()));
    view! {
        <place::SearchPlaces found count=places.1 words=words />
        <FormErrors form=form.clone() />
        <ActionForm action=start>
            <ChooseFrom form found chosen=None />
            <div class="actions">
                <button class="primary">{t(text::CONTINUE)}</button>
            </div>
        </ActionForm>
    }
}

#[component]
pub fn DraftPage() -> impl IntoView {
    let (id, step, words) = (id_in_path::<DraftId>(), in_query("step"), in_query("q"));
    let step = Memo::new(move |_| step.with(|word| Step::of(word)));
    let (acts, uploads, kept) = (Acts::new(), Uploads::default(), RwSignal::new(None::<Stamp>));
    let removed = successes(acts.remove);
    let resource: Loaded<Option<(DraftView, Places)>> = Resource::new(
        move || (id.get(), step.get().word(), words.get(), (removed.get(), uploads.done())),
        |(id, _, words, _)| async move { load_draft(id.ok_or(AppError::NotFound)?, words).await },
    );
    focus_heading_after(step);
    let page = move |(draft, places): (DraftView, Places)| {
        let (step, saved, id) = (step.get_untracked(), (draft.saved.clone(), kept), draft.id);
        kept.set(None);
        let content = match step {
            Step::Where => view! { <Where draft places words=words.get_untracked() action=acts.place /> }.into_any(),
            Step::What => view! { <WhatIsIt draft action=acts.what saved=kept /> }.into_any(),
            Step::Files => view! { <FilesOfDraft draft action=acts.remove uploads /> }.into_any(),
            Step::When => view! { <WhenIsIt draft action=acts.when /> }.into_any(),
            Step::Check => view! { <Check draft action=acts.submit /> }.into_any(),
        };
        view! {
            <StepHead step saved />
            {content}
            <check::Discard id action=acts.discard />
        }
    };
    let view = move |opened: Option<(DraftView, Places)>| opened.map(page);
    view! { <Page resource view /> }
}

/// What can be done to a draft, made once for all its steps.
#[derive(Clone, Copy)]
struct Acts {
    place: ServerAction<SaveWhere>,
    what: ServerAction<SaveWhat>,
    remove: ServerAction<RemoveDraftFile>,
    when: ServerAction<SaveWhen>,
    submit: ServerAction<SubmitRequest>,
    discard: ServerAction<DiscardDraft>,
}

impl Acts {
    fn new() -> Self {
        Self {
            place: ServerAction::new(),
            what: ServerAction::new(),
            remove: ServerAction::new(),
            when: ServerAction::new(),
            submit: ServerAction::new(),
            discard: ServerAction::new(),
        }
    }
}

/// A step is another page to its reader although the path stays: its heading takes the focus.
fn focus_heading_after(step: Memo<Step>) {
    Effect::new(move |before: Option<Step>| {
        let now = step.get();
        if before.is_some_and(|before| before != now) {
            crate::ui::shell::focus_heading();
        }
        now
    });
}
