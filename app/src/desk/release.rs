//! Releasing a report: the customer's words and files on the left, what the customer will see on the right.

use std::time::Duration;

use domain::attachment::FileView;
use domain::change::Record;
use domain::id::ReportId;
use domain::report::{DeskReport, Reach, ReleaseInput, ReleaseView, ReportView, SUMMARY_LIMIT, Stage};
use domain::request::TITLE_LIMIT;
use domain::role::Act;
use domain::session::StaffMe;
use domain::text::Text;
use leptos::form::{ActionForm, FromFormData};
use leptos::html::Form;
use leptos::prelude::*;
use leptos::web_sys::FormData;

use crate::desk::frame::Page;
use crate::desk::news::Seen;
use crate::desk::text;
use crate::error::AppError;
use crate::ui::form::{FormErrors, FormState, TextArea, TextField, successes, use_form};
use crate::ui::icon::Icon;
use crate::ui::lang::{t, use_lang};
use crate::ui::load::{Loaded, id_in_path};
use crate::ui::record::{Notice, PageHead};
use crate::ui::report::ReportDocument;

#[cfg(feature = "ssr")]
use crate::ctx::{StaffSession, redirect};

mod files;

use files::ReleaseFiles;

/// How long typing rests before the preview follows.
const PAUSE: Duration = Duration::from_millis(500);

/// A report, and who would see it released.
#[server(prefix = "/api/desk", endpoint = "release_form")]
pub async fn load_release(id: ReportId) -> Result<(DeskReport, Reach), AppError> {
    let session = StaffSession::current().await?;
    Ok((session.desk().report(id).await?, session.desk().reach(id).await?))
}

#[server(prefix = "/api/desk", endpoint = "release")]
pub async fn release_report(id: ReportId, version: i64, input: ReleaseInput) -> Result<(), AppError> {
    StaffSession::current().await?.desk().release(id, version, &input).await?;
    redirect(&format!("/desk/reports/{id}"));
    Ok(())
}

/// What the release would show, and to whom. Nothing is released.
#[server(prefix = "/api/desk", endpoint = "preview_release")]
pub async fn preview_release(id: ReportId, input: ReleaseInput) -> Result<(Option<ReportView>, Reach), AppError> {
    Ok(StaffSession::current().await?.desk().preview_release(id, &input).await?)
}

#[component]
pub fn ReleasePage() -> impl IntoView {
    let id = id_in_path::<ReportId>();
    let (release, preview) = (ServerAction::<ReleaseReport>::new(), ServerAction::<PreviewRelease>::new());
    let (released, seen) = (successes(release), Seen::new());
    let news = seen.follow();
    let resource: Loaded<(DeskReport, Reach)> = Resource::new(
        move || (id.get(), released.get(), news.get()),
        |(id, ..)| async move { load_release(id.ok_or(AppError::NotFound)?).await },
    );
    let view = move |me: StaffMe, (report, reach): (DeskReport, Reach)| {
        let id = report.id;
        seen.set(Record::Report, id.uuid(), &report.log);
        view! {
            <p><a class="back" href=format!("/desk/reports/{id}")><Icon name="arrow-left" />{t(text::BACK_TO_REPORT)}</a></p>
            <PageHead title=t(text::PREPARE_RELEASE) />
            <p class="lede">{report.target_title.clone()} " · " {report.customer_name.clone()} " · " {report.location_name.clone()}</p>
            {if me.role.may(Act::Release) {
                view! { <Release report reach release preview /> }.into_any()
            } else {
                view! { <Notice tone="blue" icon="info" text=t(text::MANAGER_RELEASES) /> }.into_any()
            }}
        }
    };
    view! { <Page resource view /> }
}

/// How far the form is filled in, for the gate.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Filled {
    title: bool,
    summary: bool,
    shared: usize,
    decided: bool,
}

impl Filled {
    /// The form as it first appears: as it was refused, else with what the live release shows.
    fn at_first(report: &DeskReport, form: &FormState) -> Self {
        let words = earlier_words(report);
        let some = |name: &str, word: &str| !form.value(name, word).is_empty();
        let is_shared = |(i, file): &(usize, &FileView)| form.ticked(&files::sent_name(*i, "share"), files::is_live(report, file.id));
        Self {
            title: some("input[title]", words.map_or("", |words| &words.title)),
            summary: some("input[summary]", words.map_or("", |words| &words.summary)),
            shared: report.files.iter().enumerate().filter(is_shared).count(),
            decided: report.files.is_empty(),
        }
    }

    /// The form as it stands in the browser.
    fn typed(data: &FormData, files: usize) -> Self {
        let some = |name: &str| data.get(name).as_string().is_some_and(|text| !text.trim().is_empty());
        let shared = (0..files).filter(|i| data.has(&files::sent_name(*i, "share"))).count();
        Self { title: some("input[title]"), summary: some("input[summary]"), shared, decided: files == 0 || data.has("decided") }
    }
}

/// The customer's words of the newest release, live or ended: never the report's own text (V3).
fn earlier_words(report: &DeskReport) -> Option<&ReleaseView> {
    report.release.as_ref().or(report.past_releases.first())
}

#[component]
fn Release(report: DeskReport, reach: Reach, release: ServerAction<ReleaseReport>, preview: ServerAction<PreviewRelease>) -> impl IntoView {
    let form_ref = NodeRef::<Form>::new();
    let count = report.files.len();
    let form = use_form(release);
    let filled = RwSignal::new(Filled::at_first(&report, &form));
    let data = move || form_ref.get_untracked().and_then(|form| FormData::new_with_form(&form).ok());
    let look = move || {
        if let Some(Ok(input)) = data().map(|data| PreviewRelease::from_form_data(&data)) {
            preview.dispatch(input);
        }
    };
    let note = move || {
        if let Some(data) = data() {
            filled.set(Filled::typed(&data, count));
        }
    };
    // The preview follows the form, once there is something to see.
    let renew = move || {
        note();
        if filled.with_untracked(|filled| filled.title && filled.summary) {
            look();
        }
    };
    // What was typed before the script came counts too.
    Effect::new(move |_| {
        if form_ref.get().is_some() {
            renew();
        }
    });
    let typed = StoredValue::new(0_u32);
    let renew_soon = move |_| {
        note();
        typed.update_value(|typed| *typed = typed.wrapping_add(1));
        let now = typed.get_value();
        let follow = move || {
            if typed.try_get_value() == Some(now) {
                renew();
            }
        };
        set_timeout(follow, PAUSE);
    };
    view! {
        <ReachSentence reach=reach.clone() shared=Signal::derive(move || filled.get().shared) count />
        <div class="release">
            <section on:input=renew_soon>
                <Gate report=report.clone() filled />
                <ReleaseForm report release form form_ref />
            </section>
            <Preview preview filled />
        </div>
    }
}

/// "3 people will see this. 2 of 7 files shared."
#[component]
fn ReachSentence(reach: Reach, shared: Signal<usize>, count: usize) -> impl IntoView {
    let lang = use_lang();
    let files = move || text::FILES_OF_SHARED.fill(lang, &[("n", &shared.get().to_string()), ("all", &count.to_string())]);
    let people = reach.people.len();
    let downloads = if reach.downloaders == people { text::ALL_MAY_DOWNLOAD } else { text::MAY_DOWNLOAD };
    view! {
        <div class="notice" data-tone="blue">
            <Icon name="eye" />
            <div>
                <p><strong>{text::PEOPLE_WILL_SEE.count(lang, people)} " " {files}</strong></p>
                {(people > 0)
                    .then(|| {
                        let names = reach.people.into_iter().map(|name| view! { <li>{name}</li> });
                        view! {
                            <p>{downloads.count(lang, reach.downloaders)}</p>
                            <details><summary>{t(text::WHO)}</summary><ul>{names.collect_view()}</ul></details>
                        }
                    })}
            </div>
        </div>
    }
}

#[component]
fn Gate(report: DeskReport, filled: RwSignal<Filled>) -> impl IntoView {
    let lang = use_lang();
    let approved = report.stage != Stage::Draft;
    let approval = match (&report.approver_name, report.approved) {
        (Some(name), true) => text::REVISION_APPROVED_BY.fill(lang, &[("n", &report.revision.to_string()), ("name", name)]),
        // A newer draft is under way; the revision before it goes out.
        (_, false) if approved => t(text::EARLIER_REVISION_GOES).to_owned(),
        (None, true) => text::REVISION_APPROVED.fill(lang, &[("n", &report.revision.to_string())]),
        _ => t(text::NOT_APPROVED_YET).to_owned(),
    };
    let files = if report.files.is_empty() { text::GATE_NO_FILES } else { text::GATE_FILES };
    view! {
        <ul class="gate" aria-label=t(text::BEFORE_PUBLISHING)>
            <li data-ok=if approved { "true" } else { "false" }><span>{approval}</span></li>
            <GateItem ok=Signal::derive(move || filled.get().title) done=text::GATE_TITLE open=text::GATE_NO_TITLE />
            <GateItem ok=Signal::derive(move || filled.get().summary) done=text::GATE_SUMMARY open=text::GATE_NO_SUMMARY />
            <GateItem ok=Signal::derive(move || filled.get().decided) done=files open=text::GATE_FILES_OPEN />
        </ul>
    }
}

/// One thing to do before publishing; its words, not only its sign, say whether it is done.
#[component]
fn GateItem(ok: Signal<bool>, done: Text, open: Text) -> impl IntoView {
    let lang = use_lang();
    view! {
        <li data-ok=move || if ok.get() { "true" } else { "false" }>
            <span>{move || if ok.get() { done.get(lang) } else { open.get(lang) }}</span>
        </li>
    }
}

#[component]
fn ReleaseForm(report: DeskReport, release: ServerAction<ReleaseReport>, form: FormState, form_ref: NodeRef<Form>) -> impl IntoView {
    let (id, version) = (report.id, report.version);
    let words = earlier_words(&report);
    let word = |of: fn(&ReleaseView) -> &String| words.map(of).cloned().unwrap_or_default();
    let (title, summary, message) = (word(|r| &r.title), word(|r| &r.summary), word(|r| &r.message));
    let has_files = !report.files.is_empty();
    view! {
        <FormErrors form=form.clone() />
        <ActionForm action=release node_ref=form_ref>
            <input type="hidden" name="id" value=id.to_string() />
            <input type="hidden" name="version" value=version.to_string() />
            <TextField
                form=form.clone()
                name="title"
                within="input"
                label=text::PORTAL_TITLE
                hint=text::PORTAL_TITLE_HINT
                value=title
                maxlength=TITLE_LIMIT
            />
            <TextArea
                form=form.clone()
                name="summary"
                within="input"
                label=text::PORTAL_SUMMARY
                value=summary
                rows=6
                maxlength=SUMMARY_LIMIT
            />
            <TextArea
                form=form.clone()
                name="message"
                within="input"
                label=text::PORTAL_MESSAGE
                value=message
                rows=3
                maxlength=SUMMARY_LIMIT
            />
            <ReleaseFiles form report />
            {has_files
                .then(|| {
                    view! {
                        <label class="check">
                            <input type="checkbox" id="decided" name="decided" required />
                            " "
                            {t(text::FILES_DECIDED)}
                        </label>
                    }
                })}
            <div class="actions">
                <button class="primary">{t(text::PUBLISH)}</button>
                <a class="button quiet" href=format!("/desk/reports/{id}")>{t(text::NOT_NOW)}</a>
            </div>
        </ActionForm>
    }
}

/// The portal's own piece, fed by the portal's own query with the rights of the first of those who will see it. It needs script; until
/// that runs the style sheet hides it, and the sentence above tells who will see what.
#[component]
fn Preview(preview: ServerAction<PreviewRelease>, filled: RwSignal<Filled>) -> impl IntoView {
    let lang = use_lang();
    let whole = Memo::new(move |_| filled.with(|filled| filled.title && filled.summary));
    let content = move || match preview.value().get().filter(|_| whole.get()) {
        None => {
            let words = if whole.get() { text::LOADING } else { text::PREVIEW_INCOMPLETE };
            view! { <p class="preview-bar"><Icon name="eye" />{t(words)}</p> }.into_any()
        }
        Some(Err(AppError::Invalid(problems))) if problems.get("").is_none() => {
            view! { <p class="preview-bar"><Icon name="alert" />{t(text::PREVIEW_REFUSED)}</p> }.into_any()
        }
        Some(Err(error)) => view! { <p class="preview-bar"><Icon name="alert" />{error.sentence(lang)}</p> }.into_any(),
        Some(Ok((Some(report), reach))) => {
            let name = reach.people.into_iter().next().unwrap_or_default();
            view! {
                <p class="preview-bar"><Icon name="eye" />{text::AS_SEEN_BY.fill(lang, &[("name", &name)])}</p>
                // A section, because that spaces what is in it like the portal's page does.
                <section data-face="portal">
                    <h2>{report.row.title.clone()}</h2>
                    <ReportDocument report files="/desk/files" requests="/desk/requests" />
                </section>
            }
            .into_any()
        }
        Some(Ok((None, _))) => view! { <p class="preview-bar"><Icon name="eye-off" />{t(text::PREVIEW_NOBODY)}</p> }.into_any(),
    };
    view! { <aside class="preview" aria-label=t(text::PREVIEW)>{content}</aside> }
}
