//! Visit reports: the list by stage, and one report's page with its text, files, releases and follow-ups.

use domain::change::{Change, Record};
use domain::id::{AttachmentId, ReportId};
use domain::page;
use domain::report::{DeskReport, DeskReportRow, Stage};
use domain::role::Act;
use domain::session::StaffMe;
use domain::text::Text;
use leptos::prelude::*;

use crate::desk::follow_ups::{FollowUpActs, ReportFollowUps};
use crate::desk::frame::{Page, open_form};
use crate::desk::log::Log;
use crate::desk::news::Seen;
use crate::desk::text;
use crate::desk::viewers::WhoSees;
use crate::error::AppError;
use crate::ui::icon::Icon;
use crate::ui::lang::{t, use_lang};
use crate::ui::load::{Loaded, id_in_path, in_query};
use crate::ui::news::use_news;
use crate::ui::record::{Empty, PageHead, ShowMore, Status, Tabs};

#[cfg(feature = "ssr")]
use crate::ctx::StaffSession;

mod files;
mod sharing;
mod writing;

use files::{Downloads, RemoveReportFile, ReportFiles, asked_downloads};
use sharing::{PastReleases, Sharing, WithdrawRelease};
use writing::{ReportText, WritingActs, keep_when_overtaken};

#[server(prefix = "/api/desk", endpoint = "reports")]
pub async fn load_reports(stage: String, after: String) -> Result<page::Page<DeskReportRow>, AppError> {
    Ok(StaffSession::current().await?.desk().reports(&stage, &after).await?)
}

/// A report, with the downloads of one of its files if they are asked for.
#[server(prefix = "/api/desk", endpoint = "report")]
pub async fn load_report(
    id: ReportId,
    #[server(default)] downloads_of: Option<AttachmentId>,
) -> Result<(DeskReport, Option<Downloads>), AppError> {
    let session = StaffSession::current().await?;
    let downloads = match downloads_of {
        Some(file) => Some((file, session.desk().downloads_of(file).await?)),
        None => None,
    };
    Ok((session.desk().report(id).await?, downloads))
}

/// The tab that shows every stage.
const ALL: &str = "all";

/// The stages as tabs, what waits for a release first.
const STAGES: [Stage; 5] = [Stage::Approved, Stage::Draft, Stage::Changed, Stage::Released, Stage::Withdrawn];

#[component]
pub fn ReportsPage() -> impl IntoView {
    let (stage, after) = (in_query("stage"), in_query("after"));
    let stage = Memo::new(move |_| stage.with(|stage| if stage.is_empty() { STAGES[0].word().to_owned() } else { stage.clone() }));
    let news = use_news().follow(&[Change::Report]);
    let resource: Loaded<page::Page<DeskReportRow>> = Resource::new(
        move || (stage.get(), after.get(), news.get()),
        |(stage, after, _)| async move { load_reports(if stage == ALL { String::new() } else { stage }, after).await },
    );
    let view = move |_: StaffMe, reports: page::Page<DeskReportRow>| {
        let stage = stage.get_untracked();
        let words = STAGES.iter().map(|stage| (stage.word(), stage_label(*stage))).chain([(ALL, text::ALL_OF_THEM)]);
        let tabs = words.map(|(word, label)| (format!("/desk/reports?stage={word}"), t(label).to_owned())).collect();
        view! {
            <PageHead title=t(text::REPORTS) />
            <Tabs label=text::REPORTS tabs here=format!("/desk/reports?stage={stage}") />
            <ReportRows reports=reports.items />
            <ShowMore next=reports.next path="/desk/reports" query=vec![("stage", stage)] />
        }
    };
    view! { <Page resource view /> }
}

#[component]
fn ReportRows(reports: Vec<DeskReportRow>) -> impl IntoView {
    if reports.is_empty() {
        return view! { <Empty icon="file-text" text=text::NO_REPORTS /> }.into_any();
    }
    let lang = use_lang();
    let rows = reports.into_iter().map(|report| {
        let edited = text::EDITED_BY.fill(lang, &[("name", &report.editor_name), ("date", &report.edited.text)]);
        view! {
            <li>
                <a class="row" href=format!("/desk/reports/{}", report.id)>
                    <span class="row-title">{report.target_title}</span>
                    <span class="row-meta">
                        {report.customer_name} " · " {report.location_name} " · " {report.visit_day.text} " · " {edited}
                    </span>
                    <span class="row-end"><StageStatus stage=report.stage /></span>
                </a>
            </li>
        }
    });
    view! { <ul class="rows">{rows.collect_view()}</ul> }.into_any()
}

/// Where a report stands, for staff.
#[component]
pub fn StageStatus(stage: Stage) -> impl IntoView {
    let (tone, shape) = match stage {
        Stage::Draft => ("grey", "○"),
        Stage::Approved => ("blue", "◐"),
        Stage::Released => ("green", "▤"),
        Stage::Changed => ("amber", "↻"),
        Stage::Withdrawn => ("grey", "✕"),
    };
    view! { <Status label=stage_label(stage) tone shape /> }
}

pub const fn stage_label(stage: Stage) -> Text {
    match stage {
        Stage::Draft => text::STAGE_DRAFT,
        Stage::Approved => text::STAGE_APPROVED,
        Stage::Released => text::STAGE_RELEASED,
        Stage::Changed => text::STAGE_CHANGED,
        Stage::Withdrawn => text::STAGE_WITHDRAWN,
    }
}

acts!(SharingActs { remove_file: RemoveReportFile, withdraw: WithdrawRelease });

/// Everything that can be done on a report's page.
#[derive(Clone, Copy)]
struct Acts {
    writing: WritingActs,
    sharing: SharingActs,
    follow_ups: FollowUpActs,
}

impl Acts {
    fn new() -> Self {
        Self { writing: WritingActs::new(), sharing: SharingActs::new(), follow_ups: FollowUpActs::new() }
    }

    fn done(self) -> usize {
        self.writing.done() + self.sharing.done() + self.follow_ups.done()
    }

    fn forget(self) {
        self.writing.forget();
        self.sharing.forget();
        self.follow_ups.forget();
    }
}

#[component]
pub fn ReportPage() -> impl IntoView {
    let (id, acts, open, seen) = (id_in_path::<ReportId>(), Acts::new(), open_form(), Seen::new());
    let news = seen.follow();
    let downloads = Memo::new(move |_| open.with(|form| asked_downloads(form)));
    let resource: Loaded<(DeskReport, Option<Downloads>)> = Resource::new(
        move || (id.get(), downloads.get(), acts.done(), news.get()),
        |(id, downloads, ..)| async move { load_report(id.ok_or(AppError::NotFound)?, downloads).await },
    );
    keep_when_overtaken(acts.writing);
    Effect::new(move |_| {
        open.track();
        acts.forget();
    });
    let view = move |me: StaffMe, (report, downloads): (DeskReport, Option<Downloads>)| {
        seen.set(Record::Report, report.id.uuid(), &report.log);
        view! { <Report me report downloads acts open /> }
    };
    view! { <Page resource view /> }
}

#[component]
fn Report(me: StaffMe, report: DeskReport, downloads: Option<Downloads>, acts: Acts, open: Memo<String>) -> impl IntoView {
    let id = report.id;
    // Something was approved, now or earlier: it can be released, by those who may.
    let ready = report.stage != Stage::Draft && me.role.may(Act::Release);
    let log = report.log.clone();
    view! {
        <p><a class="back" href="/desk/reports"><Icon name="arrow-left" />{t(text::ALL_REPORTS)}</a></p>
        <PageHead title=report.target_title.clone()>
            {ready.then(|| view! { <a class="button primary" href=format!("/desk/reports/{id}/release")>{t(text::PREPARE_RELEASE)}</a> })}
        </PageHead>
        <CustomerSees report=report.clone() />
        <WhoSees viewers=report.viewers.clone() />
        <ReportFacts report=report.clone() />
        <div class="columns">
            <div>
                <ReportText me=me.clone() report=report.clone() acts=acts.writing open />
                <ReportFiles report=report.clone() downloads remove=acts.sharing.remove_file />
            </div>
            <aside>
                <Sharing me=me.clone() report=report.clone() withdraw=acts.sharing.withdraw open />
                <ReportFollowUps me report=report.clone() acts=acts.follow_ups open />
                <PastReleases releases=report.past_releases />
            </aside>
        </div>
        <section aria-labelledby="log">
            <h2 id="log">{t(text::LOG)}</h2>
            <Log entries=log />
        </section>
    }
}

#[component]
fn CustomerSees(report: DeskReport) -> impl IntoView {
    let lang = use_lang();
    let sees = report.release.as_ref().map_or_else(
        || t(text::SEES_NOTHING).to_owned(),
        |release| text::SEES_VERSION.fill(lang, &[("n", &release.number.to_string()), ("date", &release.released.text)]),
    );
    view! {
        <p class="lede"><StageStatus stage=report.stage /></p>
        <p class="sees"><Icon name="eye" />{sees}</p>
    }
}

#[component]
fn ReportFacts(report: DeskReport) -> impl IntoView {
    view! {
        <dl class="facts">
            <div><dt>{t(text::CUSTOMER)}</dt><dd>{report.customer_name}</dd></div>
            <div><dt>{t(text::LOCATION)}</dt><dd>{report.location_name}</dd></div>
            <div><dt>{t(text::VISIT)}</dt><dd>{report.visit_day.text}</dd></div>
            <div><dt>{t(text::WORK)}</dt><dd><a href=format!("/desk/targets/{}", report.target_id)>{report.target_title}</a></dd></div>
        </dl>
    }
}
