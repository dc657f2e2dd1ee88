//! The portal as one person sees it: to look at, never to act in.

use domain::appointment::OpenWorkRow;
use domain::follow_up::FollowUpRow;
use domain::grant::GrantReach;
use domain::id::ContactId;
use domain::report::ReportView;
use domain::request::RequestRow;
use domain::session::StaffMe;
use domain::text::Text;
use domain::view_as::{SeenAppointment, SeenPortal};
use leptos::prelude::*;

use crate::desk::frame::Page;
use crate::desk::text;
use crate::error::AppError;
use crate::ui::icon::Icon;
use crate::ui::lang::{t, use_lang};
use crate::ui::load::{Loaded, id_in_path};
use crate::ui::record::{Notice, PageHead, RequestStatus, SaidStatus, Time};
use crate::ui::report::ReportDocument;
use crate::ui::words::{appointment_word, follow_up_word};

#[cfg(feature = "ssr")]
use crate::ctx::StaffSession;

/// What a person sees. Each time it is asked for is written to the journal.
#[server(prefix = "/api/desk", endpoint = "view_as")]
pub async fn load_view_as(id: ContactId) -> Result<SeenPortal, AppError> {
    Ok(StaffSession::current().await?.desk().seen_portal(id).await?)
}

#[component]
pub fn ViewAsPage() -> impl IntoView {
    let id = id_in_path::<ContactId>();
    // Who may not look is told so, whatever the address names.
    let resource: Loaded<SeenPortal> = Resource::new(move || id.get(), |id| load_view_as(id.unwrap_or(ContactId::nobody())));
    let view = |_: StaffMe, seen: SeenPortal| view! { <Seen seen /> };
    view! { <Page resource view /> }
}

#[component]
fn Seen(seen: SeenPortal) -> impl IntoView {
    let lang = use_lang();
    let SeenPortal { id, name, active, reach, questions, requests, appointments, open_work, reports, follow_ups, .. } = seen;
    let (title, banner) = (text::PORTAL_AS.fill(lang, &[("name", &name)]), text::YOU_SEE_WHAT.fill(lang, &[("name", &name)]));
    view! {
        <p><a class="back" href=format!("/desk/people/{id}")><Icon name="arrow-left" />{name}</a></p>
        <PageHead title />
        <Notice tone="amber" icon="eye" text=banner />
        <p class="hint">{t(text::LOOK_IS_LOGGED)}</p>
        {(!active).then(|| view! { <Notice tone="grey" icon="eye-off" text=t(text::SIGNED_OUT_SEES_NOTHING) /> })}
        <Figures reach questions />
        <Part id="requests" title=text::REQUESTS shown=requests.len() all=reach.requests>
            <Requests requests />
        </Part>
        <Part id="appointments" title=text::APPOINTMENTS shown=appointments.len() all=reach.appointments>
            <Appointments appointments />
        </Part>
        <Part id="work" title=text::OPEN_WORK shown=open_work.len()>
            <OpenWork work=open_work />
        </Part>
        <Part id="reports" title=text::REPORTS shown=reports.len() all=reach.reports>
            <Reports reports />
        </Part>
        <Part id="follow-ups" title=text::FOLLOW_UPS shown=follow_ups.len()>
            <FollowUps follow_ups />
        </Part>
    }
}

#[component]
fn Figures(reach: GrantReach, questions: usize) -> impl IntoView {
    view! {
        <section aria-labelledby="figures">
            <h2 id="figures">{t(text::IN_FIGURES)}</h2>
            <dl class="facts">
                <div><dt>{t(text::LOCATIONS)}</dt><dd>{reach.locations}</dd></div>
                <div><dt>{t(text::REQUESTS)}</dt><dd>{reach.requests}</dd></div>
                <div><dt>{t(text::QUESTIONS_WAITING)}</dt><dd>{questions}</dd></div>
                <div><dt>{t(text::APPOINTMENTS)}</dt><dd>{reach.appointments}</dd></div>
                <div><dt>{t(text::REPORTS)}</dt><dd>{reach.reports}</dd></div>
            </dl>
        </section>
    }
}

/// One of the person's lists, and how much of it is shown when that is not all.
#[component]
fn Part(id: &'static str, title: Text, shown: usize, #[prop(optional)] all: Option<i64>, children: Children) -> impl IntoView {
    let lang = use_lang();
    let all = all.and_then(|all| usize::try_from(all).ok()).unwrap_or(shown);
    let rest = (all > shown).then(|| text::SHOWN_OF.fill(lang, &[("n", &shown.to_string()), ("all", &all.to_string())]));
    let content = if shown == 0 { view! { <p>{t(text::NOTHING_IS_SEEN)}</p> }.into_any() } else { children() };
    view! {
        <section aria-labelledby=id>
            <h2 id=id>{t(title)}</h2>
            {content}
            {rest.map(|rest| view! { <p class="hint">{rest}</p> })}
        </section>
    }
}

#[component]
fn Requests(requests: Vec<RequestRow>) -> impl IntoView {
    let rows = requests.into_iter().map(|row| {
        let sender = (!row.own).then(|| format!(" · {}", row.sender_name));
        view! {
            <li>
                <a class="row" href=format!("/desk/requests/{}", row.id)>
                    <span class="row-title">{row.title}</span>
                    <span class="row-meta">
                        <span class="ref">{row.number}</span> " · " {row.customer_name} " · " {row.location_name} " · " <Time stamp=row.changed />
                        {sender}
                    </span>
                    <span class="row-end"><RequestStatus status=row.status /></span>
                </a>
            </li>
        }
    });
    view! { <ul class="rows">{rows.collect_view()}</ul> }
}

#[component]
fn Appointments(appointments: Vec<SeenAppointment>) -> impl IntoView {
    let rows = appointments.into_iter().map(|seen| {
        let (row, target) = (seen.row, seen.target_id);
        let (word, tone, shape) = (appointment_word(&row), row.tone(), row.shape());
        view! {
            <li>
                <a class="row" href=format!("/desk/targets/{target}#appointment-{}", row.id)>
                    <span class="row-title">{row.title}</span>
                    <span class="row-meta">{row.span.text} " · " {row.customer_name} " · " {row.location_name}</span>
                    <span class="row-end"><SaidStatus word tone shape /></span>
                </a>
            </li>
        }
    });
    view! { <ul class="rows">{rows.collect_view()}</ul> }
}

#[component]
fn OpenWork(work: Vec<OpenWorkRow>) -> impl IntoView {
    let rows = work.into_iter().map(|row| {
        view! {
            <li>
                <a class="row" href=format!("/desk/targets/{}", row.id)>
                    <span class="row-title">{row.title}</span>
                    <span class="row-meta">{row.customer_name} " · " {row.location_name} " · " <Time stamp=row.since /></span>
                </a>
            </li>
        }
    });
    view! { <ul class="rows">{rows.collect_view()}</ul> }
}

/// Each report in the customer's words, in the portal's own piece.
#[component]
fn Reports(reports: Vec<ReportView>) -> impl IntoView {
    let folds = reports.into_iter().map(|report| {
        let (id, title, day) = (report.row.id, report.row.title.clone(), report.row.visit_day.text.clone());
        view! {
            <details>
                <summary>{title} " · " {day}</summary>
                <section data-face="portal">
                    <ReportDocument report files="/desk/files" requests="/desk/requests" />
                </section>
                <p><a class="button small" href=format!("/desk/reports/{id}")>{t(text::OPEN_REPORT)}</a></p>
            </details>
        }
    });
    folds.collect_view()
}

#[component]
fn FollowUps(follow_ups: Vec<FollowUpRow>) -> impl IntoView {
    let rows = follow_ups.into_iter().map(|row| {
        let (word, tone, shape) = (follow_up_word(row.status), row.status.tone(), row.status.shape());
        let report = row.report.map(|(id, title)| view! { " · " <a href=format!("/desk/reports/{id}")>{title}</a> });
        view! {
            <li>
                <div class="row">
                    <span class="row-title">{row.text}</span>
                    <span class="row-meta">{row.customer_name} " · " {row.location_name}{report}</span>
                    <span class="row-end"><SaidStatus word tone shape /></span>
                </div>
            </li>
        }
    });
    view! { <ul class="rows">{rows.collect_view()}</ul> }
}
