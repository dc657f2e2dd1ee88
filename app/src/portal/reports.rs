//! Reports that were shared: the list, and one exactly as it was released.

use domain::change::Change;
use domain::id::ReportId;
use domain::page::Page as Rows;
use domain::report::{ReportRow, ReportView};
use domain::request::PlaceChoice;
use leptos::prelude::*;

use crate::error::AppError;
use crate::portal::filters::{FilterByLocation, Filters};
use crate::portal::frame::Page;
use crate::portal::rows::ReportRows;
use crate::portal::text;
use crate::ui::icon::Icon;
use crate::ui::lang::t;
use crate::ui::load::{Loaded, id_in_path, in_query};
use crate::ui::news::use_news;
use crate::ui::record::{Empty, PageHead, ShowMore};
use crate::ui::report::ReportDocument;

#[cfg(feature = "ssr")]
use crate::ctx::{ContactSession, is_head};
#[cfg(feature = "ssr")]
use domain::report::ReportFilter;

/// A page of reports, and what to filter by location with.
#[server(prefix = "/api/portal", endpoint = "reports")]
pub async fn load_reports(
    #[server(default)] location: String,
    #[server(default)] place: String,
    #[server(default)] after: String,
) -> Result<(Rows<ReportRow>, PlaceChoice), AppError> {
    let (session, filter) = (ContactSession::current().await?, ReportFilter { location, place, after });
    let portal = session.portal();
    Ok((portal.reports(&filter).await?, portal.place_choice(&filter.place, &filter.location).await?))
}

/// A report, which counts as opened when its page is fetched.
#[server(prefix = "/api/portal", endpoint = "report")]
pub async fn load_report(id: ReportId) -> Result<ReportView, AppError> {
    let head_only = is_head();
    let session = ContactSession::current().await?;
    Ok(if head_only { session.portal().report_unopened(id).await? } else { session.portal().report(id).await? })
}

#[component]
pub fn ReportsPage() -> impl IntoView {
    let (location, place, after) = (in_query("location"), in_query("place"), in_query("after"));
    let news = use_news().follow(&[Change::Report]);
    let resource: Loaded<(Rows<ReportRow>, PlaceChoice)> = Resource::new(
        move || (location.get(), place.get(), after.get(), news.get()),
        |(location, place, after, _)| load_reports(location, place, after),
    );
    let view = move |(page, choice): (Rows<ReportRow>, PlaceChoice)| {
        let kept = vec![("location", location.get_untracked()), ("place", place.get_untracked())];
        let filtered = kept.clone();
        let content = match page.items.is_empty() {
            true => view! { <Empty icon="file-text" text=text::NO_REPORTS /> }.into_any(),
            false => view! { <ReportRows reports=page.items /> }.into_any(),
        };
        view! {
            <PageHead title=t(text::REPORTS) />
            {choice
                .has_several()
                .then(|| view! { <Filters path="/reports"><FilterByLocation choice path="/reports" kept=filtered /></Filters> })}
            {content}
            <ShowMore next=page.next path="/reports" query=kept />
        }
    };
    view! { <Page resource view /> }
}

#[component]
pub fn ReportPage() -> impl IntoView {
    let id = id_in_path::<ReportId>();
    let news = use_news().follow(&[Change::Report, Change::FollowUp, Change::Appointment]);
    let resource: Loaded<ReportView> =
        Resource::new(move || (id.get(), news.get()), |(id, _)| async move { load_report(id.ok_or(AppError::NotFound)?).await });
    let view = |report: ReportView| {
        view! {
            <p><a class="back" href="/reports"><Icon name="arrow-left" />{t(text::ALL_REPORTS)}</a></p>
            <PageHead title=report.row.title.clone()>
                // Not a page of the app: the browser must fetch it itself.
                <a class="button primary" href=format!("/reports/{}/report.pdf", report.row.id) rel="external" download="">
                    <Icon name="download" />
                    {t(text::DOWNLOAD_PDF)}
                </a>
            </PageHead>
            <ReportDocument report />
        }
    };
    view! { <Page resource view /> }
}
