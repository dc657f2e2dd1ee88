//! The audit log: who did what, filtered, and as a table to take along.

use domain::audit::{AuditEntry, AuditFilter, AuditLog, Subject};
use domain::session::StaffMe;
use domain::text::{Lang, Text};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::desk::frame::Page;
use crate::desk::log::event_label;
use crate::desk::text;
use crate::error::AppError;
use crate::ui::form::escaped;
use crate::ui::icon::Icon;
use crate::ui::lang::{t, use_lang};
use crate::ui::load::Loaded;
use crate::ui::record::{Empty, PageHead, ShowMore, Time};

#[cfg(feature = "ssr")]
use crate::ctx::StaffSession;

/// Everything that happened, for administrators.
#[server(prefix = "/api/desk", endpoint = "journal")]
pub async fn load_journal(filter: AuditFilter) -> Result<AuditLog, AppError> {
    Ok(StaffSession::current().await?.desk().journal(&filter).await?)
}

/// The heads of an export's columns; [`cells`] are in their order.
pub const HEADS: [Text; 5] = [text::AUDIT_TIME, text::WHO, text::WHAT, text::AUDIT_ABOUT, text::DETAILS];

/// An entry as a row of an export.
pub fn cells(entry: &AuditEntry, lang: Lang) -> [String; 5] {
    let log = &entry.log;
    let about = entry.about.as_ref().map_or("", |about| about.name());
    [log.at.machine.clone(), actor(entry, lang), what(&log.kind, lang), about.to_owned(), log.details.clone()]
}

fn actor(entry: &AuditEntry, lang: Lang) -> String {
    entry.log.actor_name.clone().unwrap_or_else(|| text::THE_SYSTEM.get(lang).to_owned())
}

/// A kind of event in words; one without a name shows its word.
fn what(kind: &str, lang: Lang) -> String {
    event_label(kind).map_or_else(|| kind.to_owned(), |label| label.get(lang).to_owned())
}

#[component]
pub fn AuditPage() -> impl IntoView {
    let query = use_query_map();
    let filter = Memo::new(move |_| {
        query.with(|query| {
            let value = |name: &str| query.get(name).unwrap_or_default();
            AuditFilter {
                subject: value("subject"),
                kind: value("kind"),
                who: value("who"),
                from: value("from"),
                until: value("until"),
                after: value("after"),
            }
        })
    });
    let resource: Loaded<AuditLog> = Resource::new(move || filter.get(), load_journal);
    let view = move |_: StaffMe, log: AuditLog| {
        let filter = filter.get_untracked();
        let kept = query_of(&filter);
        let export = export_href(&kept);
        let lede = text::AUDIT_LEDE.fill(use_lang(), &[("zone", &log.zone)]);
        let empty = log.entries.items.is_empty();
        view! {
            <PageHead title=t(text::AUDIT)>
                // Not a page of the app: the browser must fetch it itself.
                <a class="button" href=export rel="external" download=""><Icon name="download" />{t(text::EXPORT_CSV)}</a>
            </PageHead>
            <p class="lede">{lede}</p>
            <Filters filter kinds=log.kinds />
            {if empty {
                view! { <Empty icon="history" text=text::AUDIT_NOTHING /> }.into_any()
            } else {
                view! { <Entries entries=log.entries.items /> }.into_any()
            }}
            <ShowMore next=log.entries.next path="/desk/audit" query=kept />
        }
    };
    view! { <Page resource view /> }
}

/// The filter as the query of an address, without the page.
fn query_of(filter: &AuditFilter) -> Vec<(&'static str, String)> {
    vec![
        ("subject", filter.subject.clone()),
        ("kind", filter.kind.clone()),
        ("who", filter.who.clone()),
        ("from", filter.from.clone()),
        ("until", filter.until.clone()),
    ]
}

fn export_href(query: &[(&'static str, String)]) -> String {
    let pairs: Vec<_> =
        query.iter().filter(|(_, value)| !value.is_empty()).map(|(key, value)| format!("{key}={}", escaped(value))).collect();
    if pairs.is_empty() { "/desk/audit.csv".to_owned() } else { format!("/desk/audit.csv?{}", pairs.join("&")) }
}

#[component]
fn Filters(filter: AuditFilter, kinds: Vec<String>) -> impl IntoView {
    let lang = use_lang();
    let all = || (String::new(), t(text::ALL_OF_THEM).to_owned());
    let subjects = Subject::ALL.iter().map(|subject| (subject.word().to_owned(), t(subject.label()).to_owned()));
    let subjects = std::iter::once(all()).chain(subjects).collect();
    let named = |kind: String| {
        let label = what(&kind, lang);
        (kind, label)
    };
    let mut kinds: Vec<_> = kinds.into_iter().map(named).collect();
    kinds.sort_by(|(_, one), (_, other)| one.cmp(other));
    let kinds = std::iter::once(all()).chain(kinds).collect();
    view! {
        <form class="filters" method="get" action="/desk/audit" role="search">
            <Choice name="subject" label=text::AUDIT_SUBJECT value=filter.subject options=subjects />
            <Choice name="kind" label=text::AUDIT_KIND value=filter.kind options=kinds />
            <Field name="who" label=text::AUDIT_WHO kind="search" value=filter.who />
            <Field name="from" label=text::AUDIT_FROM kind="date" value=filter.from />
            <Field name="until" label=text::AUDIT_UNTIL kind="date" value=filter.until />
            <button>{t(text::SEARCH)}</button>
        </form>
    }
}

/// One choice of a list: pairs of word and text.
#[component]
fn Choice(name: &'static str, label: Text, value: String, options: Vec<(String, String)>) -> impl IntoView {
    let options = options.into_iter().map(|(word, text)| view! { <option selected=word == value value=word>{text}</option> });
    view! {
        <div class="field">
            <label for=name>{t(label)}</label>
            <select id=name name=name>{options.collect_view()}</select>
        </div>
    }
}

#[component]
fn Field(name: &'static str, label: Text, kind: &'static str, value: String) -> impl IntoView {
    view! {
        <div class="field">
            <label for=name>{t(label)}</label>
            <input id=name name=name type=kind value=value autocomplete="off" />
        </div>
    }
}

#[component]
fn Entries(entries: Vec<AuditEntry>) -> impl IntoView {
    let lang = use_lang();
    let rows = entries.into_iter().map(|entry| {
        let (who, what) = (actor(&entry, lang), what(&entry.log.kind, lang));
        let about = entry.about.map(|about| match about.href() {
            Some(href) => view! { <a href=href>{about.name().to_owned()}</a> }.into_any(),
            None => view! { <span>{about.name().to_owned()}</span> }.into_any(),
        });
        view! {
            <tr role="row">
                <td role="cell" data-label=t(text::WHEN)><Time stamp=entry.log.at /></td>
                <td role="cell" data-label=t(text::WHO)>{who}</td>
                <td role="cell" data-label=t(text::WHAT)>{what}</td>
                <td role="cell" data-label=t(text::AUDIT_ABOUT)>{about}</td>
                <td role="cell" data-label=t(text::DETAILS)>{entry.log.details}</td>
            </tr>
        }
    });
    let heads = [text::WHEN, text::WHO, text::WHAT, text::AUDIT_ABOUT, text::DETAILS];
    let heads = heads.into_iter().map(|head| view! { <th role="columnheader" scope="col">{t(head)}</th> });
    view! {
        <div class="table-wrap" role="region" aria-label=t(text::LOG_ENTRIES) tabindex="0">
            <table class="stack" role="table">
                <thead role="rowgroup">
                    <tr role="row">
                        {heads.collect_view()}
                    </tr>
                </thead>
                <tbody role="rowgroup">{rows.collect_view()}</tbody>
            </table>
        </div>
    }
}
