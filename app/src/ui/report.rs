//! A released report as its reader sees it: one piece for the portal's page and for the desk's preview before a release.

use domain::follow_up::FollowUpRow;
use domain::report::ReportView;
use leptos::prelude::*;

use crate::ui::lang::{t, use_lang};
use crate::ui::record::{Files, Gallery, Prose, SaidStatus, Time};
use crate::ui::words::follow_up_word;

/// The words around a report's own: on its page and in its PDF.
pub mod words {
    domain::texts! {
        REPORT: "Report", "Bericht";
        VERSION: "Version {n}", "Fassung {n}";
        SHARED: "Shared", "Geteilt";
        COPY: "Report: customer copy. Version {n}, shared {when}.", "Bericht: Kundenexemplar. Fassung {n}, geteilt: {when}.";
        SUMMARY: "Summary", "Zusammenfassung";
        MESSAGE: "Message from our team", "Nachricht unseres Teams";
        VISIT: "Visit", "Besuch";
        WORK: "Work", "Arbeit";
        LOCATION: "Location", "Standort";
        CUSTOMER: "Customer", "Kunde";
        REQUEST: "Request", "Anfrage";
        FILES: "Files", "Dateien";
        NO_DOWNLOADS: "Your access does not include downloads.", "Ihr Zugang umfasst keine Downloads.";
        STILL_TO_DO: "Still to do", "Noch zu tun";
        VISIT_PLANNED: "Visit planned: {when}", "Besuch geplant: {when}";
    }
}

/// All of a released report but its title, which is the heading of the page around it. `files` and `requests` are where the face has
/// its downloads and its requests.
#[component]
pub fn ReportDocument(
    report: ReportView,
    #[prop(default = "/files")] files: &'static str,
    #[prop(default = "/requests")] requests: &'static str,
) -> impl IntoView {
    let lang = use_lang();
    let place = report.place();
    let row = report.row;
    let (pictures, files_only): (Vec<_>, Vec<_>) = report.files.into_iter().partition(|file| file.preview().is_some());
    let some = !pictures.is_empty() || !files_only.is_empty();
    view! {
        <article class="docket">
            <header class="stub">
                <p>{t(words::REPORT)}</p>
                <p>{words::VERSION.fill(lang, &[("n", &row.version.to_string())])}</p>
                <p>{t(words::SHARED)} " " <Time stamp=row.released /></p>
            </header>
            <div class="docket-body">
                <h2>{t(words::SUMMARY)}</h2>
                <Prose text=report.summary />
                {(!report.message.is_empty())
                    .then(|| {
                        view! {
                            <h2>{t(words::MESSAGE)}</h2>
                            <Prose text=report.message />
                        }
                    })}
                <dl class="facts">
                    <div>
                        <dt>{t(words::VISIT)}</dt>
                        <dd><time datetime=row.visit_day.date>{row.visit_day.text}</time></dd>
                    </div>
                    <div><dt>{t(words::WORK)}</dt><dd>{report.work_title}</dd></div>
                    <div><dt>{t(words::LOCATION)}</dt><dd>{place}</dd></div>
                    <div><dt>{t(words::CUSTOMER)}</dt><dd>{row.customer_name}</dd></div>
                    {report
                        .request
                        .map(|(id, number)| {
                            view! {
                                <div>
                                    <dt>{t(words::REQUEST)}</dt>
                                    <dd><a class="ref" href=format!("{requests}/{id}")>{number}</a></dd>
                                </div>
                            }
                        })}
                </dl>
            </div>
        </article>
        {(some || !report.may_download)
            .then(|| {
                view! {
                    <section>
                        <h2>{t(words::FILES)}</h2>
                        {(!report.may_download)
                            .then(|| {
                                view! { <p class="hint">{t(words::NO_DOWNLOADS)}</p> }
                            })}
                        {(!pictures.is_empty()).then(|| view! { <Gallery files=pictures base=files /> })}
                        {(!files_only.is_empty()).then(|| view! { <Files files=files_only base=files /> })}
                    </section>
                }
            })}
        {(!report.follow_ups.is_empty()).then(|| view! { <StillToDo follow_ups=report.follow_ups /> })}
    }
}

/// What the visit left to be done, as far as it is shared.
#[component]
fn StillToDo(follow_ups: Vec<FollowUpRow>) -> impl IntoView {
    let lang = use_lang();
    let rows = follow_ups.into_iter().map(|row| {
        let visit = row.next_visit.map(|visit| {
            let when = words::VISIT_PLANNED.fill(lang, &[("when", &visit.text)]);
            view! { <span class="row-meta"><time datetime=visit.date>{when}</time></span> }
        });
        view! {
            <li>
                <div class="row">
                    <span class="row-title">{row.text}</span>
                    {visit}
                    <span class="row-end">
                        <SaidStatus word=follow_up_word(row.status) tone=row.status.tone() shape=row.status.shape() />
                    </span>
                </div>
            </li>
        }
    });
    view! {
        <section>
            <h2>{t(words::STILL_TO_DO)}</h2>
            <ul class="rows">{rows.collect_view()}</ul>
        </section>
    }
}
