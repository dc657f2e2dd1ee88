//! The overview: charts of the last weeks, each with its table, which leads from every number to the list behind it.

use domain::change::Change;
use domain::overview::{Figure, Kept, Outcome, Overview};
use domain::session::StaffMe;
use domain::text::Text;
use leptos::prelude::*;

use crate::desk::frame::Page;
use crate::desk::reports::stage_label;
use crate::desk::text;
use crate::error::AppError;
use crate::ui::icon::Icon;
use crate::ui::lang::{t, use_lang};
use crate::ui::load::Loaded;
use crate::ui::news::use_news;
use crate::ui::record::PageHead;

#[cfg(feature = "ssr")]
use crate::ctx::StaffSession;

mod behind;
mod chart;
mod table;

pub use behind::{AppointmentsBehindPage, RequestsBehindPage};
use chart::{Chart, Series};
pub use table::{Cell, Table, table_of};
use table::{TableView, age_text};

#[server(prefix = "/api/desk", endpoint = "overview")]
pub async fn load_overview() -> Result<Overview, AppError> {
    Ok(StaffSession::current().await?.desk().overview().await?)
}

#[component]
pub fn OverviewPage() -> impl IntoView {
    let news = use_news().follow(&[Change::Request, Change::Appointment, Change::Report]);
    let resource: Loaded<Overview> = Resource::new(move || news.get(), |_| load_overview());
    let view = |_: StaffMe, overview: Overview| {
        let lede = text::OVERVIEW_LEDE.fill(use_lang(), &[("zone", &overview.zone)]);
        view! {
            <PageHead title=t(text::OVERVIEW) />
            <p class="lede">{lede}</p>
            <div class="charts">
                <Requests overview=overview.clone() />
                <Ages overview=overview.clone() />
                <Answers overview=overview.clone() />
                <Appointments overview=overview.clone() />
                <Reports overview />
            </div>
        }
    };
    view! { <Page resource view /> }
}

#[component]
fn Requests(overview: Overview) -> impl IntoView {
    let labels = weeks(&overview);
    let series = Outcome::ALL.iter().enumerate().map(|(i, outcome)| Series {
        label: outcome.label(),
        tone: outcome.tone(),
        values: overview.weeks.iter().map(|week| week.outcomes.get(i).copied().unwrap_or_default()).collect(),
    });
    let series: Vec<_> = series.collect();
    view! {
        <Part figure=Figure::Requests title=text::REQUESTS_PER_WEEK lede=text::REQUESTS_PER_WEEK_LEDE overview>
            <Chart name="requests" title=text::REQUESTS_PER_WEEK labels series />
        </Part>
    }
}

#[component]
fn Ages(overview: Overview) -> impl IntoView {
    let lang = use_lang();
    let labels: Vec<_> = overview.ages.iter().map(|age| age_text(age, lang)).collect();
    let values = overview.ages.iter().map(|age| age.requests).collect();
    let series = vec![Series { label: text::HOW_MANY, tone: "blue", values }];
    view! {
        <Part figure=Figure::Ages title=text::AGE_OF_OPEN lede=text::AGE_OF_OPEN_LEDE overview>
            <Chart name="ages" title=text::AGE_OF_OPEN labels series />
        </Part>
    }
}

#[component]
fn Answers(overview: Overview) -> impl IntoView {
    let labels = weeks(&overview);
    let hours = |minutes: Option<i64>| (minutes.unwrap_or_default() + 30) / 60;
    let series = vec![
        Series {
            label: text::FIRST_ANSWER,
            tone: "petrol",
            values: overview.weeks.iter().map(|week| hours(week.answer.median_minutes)).collect(),
        },
        Series {
            label: text::DECISION,
            tone: "amber",
            values: overview.weeks.iter().map(|week| hours(week.decision.median_minutes)).collect(),
        },
    ];
    view! {
        <Part figure=Figure::Answers title=text::TIME_TO_ANSWER lede=text::TIME_TO_ANSWER_LEDE overview>
            <Chart name="answers" title=text::TIME_TO_ANSWER labels series side_by_side=true />
        </Part>
    }
}

#[component]
fn Appointments(overview: Overview) -> impl IntoView {
    let labels = weeks(&overview);
    let series = Kept::ALL.iter().enumerate().map(|(i, kept)| Series {
        label: kept.label(),
        tone: kept.tone(),
        values: overview.weeks.iter().map(|week| week.visits.get(i).copied().unwrap_or_default()).collect(),
    });
    let series: Vec<_> = series.collect();
    view! {
        <Part figure=Figure::Appointments title=text::APPOINTMENTS_KEPT lede=text::APPOINTMENTS_KEPT_LEDE overview>
            <Chart name="appointments" title=text::APPOINTMENTS_KEPT labels series />
        </Part>
    }
}

#[component]
fn Reports(overview: Overview) -> impl IntoView {
    let labels: Vec<_> = overview.reports.iter().map(|(stage, _)| t(stage_label(*stage)).to_owned()).collect();
    let values = overview.reports.iter().map(|(_, count)| *count).collect();
    let series = vec![Series { label: text::HOW_MANY, tone: "petrol", values }];
    view! {
        <Part figure=Figure::Reports title=text::REPORTS_WAITING lede=text::REPORTS_WAITING_LEDE overview>
            <Chart name="reports" title=text::REPORTS_WAITING labels series />
        </Part>
    }
}

fn weeks(overview: &Overview) -> Vec<String> {
    overview.weeks.iter().map(|week| week.short.clone()).collect()
}

/// A chart with its heading, its table in a fold, and the table to take along.
#[component]
fn Part(figure: Figure, title: Text, lede: Text, overview: Overview, children: Children) -> impl IntoView {
    let table = table_of(figure, &overview, use_lang());
    view! {
        <section class="card" aria-labelledby=figure.word()>
            <div class="section-head">
                <h2 id=figure.word()>{t(title)}</h2>
                // Not a page of the app: the browser must fetch it itself.
                <a href=format!("/desk/overview.csv?figure={figure}") rel="external" download="">
                    <Icon name="download" />
                    {t(text::EXPORT_CSV)}
                    <span class="visually-hidden">" " {t(title)}</span>
                </a>
            </div>
            <p class="hint">{t(lede)}</p>
            {children()}
            <details>
                <summary>{t(text::AS_TABLE)}<span class="visually-hidden">" " {t(title)}</span></summary>
                <TableView table label=title />
            </details>
        </section>
    }
}
