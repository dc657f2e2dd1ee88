//! "Who sees this, and why": a fold on the page of each record that a customer may see.

use domain::text::{Lang, Text};
use domain::viewer::{Ground, Hindrance, Viewer, Viewers};
use leptos::prelude::*;

use crate::desk::text;
use crate::ui::lang::{t, use_lang};

#[component]
pub fn WhoSees(viewers: Viewers) -> impl IntoView {
    let lang = use_lang();
    let named = viewers.people.len();
    let rest =
        (viewers.count > named).then(|| text::SHOWN_OF.fill(lang, &[("n", &named.to_string()), ("all", &viewers.count.to_string())]));
    let people: Vec<_> = viewers
        .people
        .into_iter()
        .map(|viewer| {
            let why = reason(&viewer, lang);
            view! { <li><a href=format!("/desk/people/{}", viewer.id)>{viewer.name}</a> ": " {why}</li> }
        })
        .collect();
    view! {
        <details>
            <summary>{t(text::WHO_SEES)} " (" {text::PEOPLE_N.count(lang, viewers.count)} ")"</summary>
            {viewers.hindrance.map(|hindrance| view! { <p>{t(hindrance_words(hindrance))}</p> })}
            {(named > 0).then(|| view! { <ul>{people}</ul> })}
            {rest.map(|rest| view! { <p class="hint">{rest}</p> })}
        </details>
    }
}

/// "Right to see reports · Version 2 · May download its files · Access to all locations · until Tue 31 Mar 2026".
fn reason(viewer: &Viewer, lang: Lang) -> String {
    let words = |text: Text| text.get(lang).to_owned();
    let mut parts = match viewer.ground {
        Ground::Own => vec![words(text::BY_OWN_REQUEST)],
        Ground::Colleagues => vec![words(text::BY_COLLEAGUES)],
        Ground::Appointments(seen) => {
            vec![words(text::BY_APPOINTMENTS), text::APPOINTMENTS_N.count(lang, usize::try_from(seen).unwrap_or_default())]
        }
        Ground::Report { version, may_download } => {
            let files = if may_download { text::WITH_DOWNLOADS } else { text::WITHOUT_DOWNLOADS };
            vec![words(text::BY_REPORTS), text::VERSION.fill(lang, &[("n", &version.to_string())]), words(files)]
        }
    };
    parts.push(words(if viewer.all_locations { text::BY_WHOLE_CUSTOMER } else { text::BY_THIS_LOCATION }));
    parts.extend(viewer.last_day.as_ref().map(|day| text::UNTIL.fill(lang, &[("date", &day.text)])));
    parts.join(" · ")
}

const fn hindrance_words(hindrance: Hindrance) -> Text {
    match hindrance {
        Hindrance::NotShared => text::NOBODY_NOT_SHARED,
        Hindrance::NotReleased => text::NOBODY_NOT_RELEASED,
        Hindrance::NoAccess => text::NOBODY_NO_ACCESS,
        Hindrance::NoRight => text::NOBODY_NO_RIGHT,
    }
}
