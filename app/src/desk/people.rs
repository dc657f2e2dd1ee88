//! People outside: who was invited, who has access, and to what.

use domain::change::Change;
use domain::grant::{ContactState, GrantEffect, GrantReach, GrantView, PersonRow};
use domain::invitation::InvitationState;
use domain::page;
use domain::session::StaffMe;
use domain::text::{Lang, Plural, Text};
use leptos::prelude::*;

use crate::desk::frame::Page;
use crate::desk::text;
use crate::error::AppError;
use crate::ui::form::escaped;
use crate::ui::lang::{t, use_lang};
use crate::ui::load::{Loaded, in_query};
use crate::ui::news::use_news;
use crate::ui::record::{Empty, PageHead, ShowMore, Status, Tabs, Time};

#[cfg(feature = "ssr")]
use crate::ctx::StaffSession;

mod grant;
mod invite;
mod invite_list;
mod person;
mod view_as;

pub use invite::InvitePage;
pub use invite_list::InviteListPage;
pub use person::PersonPage;
pub use view_as::ViewAsPage;

#[server(prefix = "/api/desk", endpoint = "people")]
pub async fn load_people(state: String, q: String, after: String) -> Result<page::Page<PersonRow>, AppError> {
    Ok(StaffSession::current().await?.desk().people(&state, &q, &after).await?)
}

/// The list's tabs: words of contact and invitation states.
const STATES: [(&str, Text); 6] = [
    ("", text::ALL_OF_THEM),
    (InvitationState::Pending.word(), text::PERSON_INVITED),
    (ContactState::Active.word(), text::PERSON_ACTIVE),
    (InvitationState::Expired.word(), text::PERSON_EXPIRED),
    (InvitationState::Revoked.word(), text::PERSON_REVOKED),
    (ContactState::Disabled.word(), text::PERSON_DISABLED),
];

#[component]
pub fn PeoplePage() -> impl IntoView {
    let (state, q, after) = (in_query("state"), in_query("q"), in_query("after"));
    let news = use_news().follow(&[Change::Person]);
    let resource: Loaded<page::Page<PersonRow>> =
        Resource::new(move || (state.get(), q.get(), after.get(), news.get()), |(state, q, after, _)| load_people(state, q, after));
    let view = move |_: StaffMe, people: page::Page<PersonRow>| {
        let (state, q) = (state.get_untracked(), q.get_untracked());
        let address = |state: &str| format!("/desk/people?state={state}&q={}", escaped(&q));
        let tabs = STATES.iter().map(|(word, label)| (address(word), t(*label).to_owned())).collect();
        let here = address(&state);
        let kept = vec![("state", state.clone()), ("q", q.clone())];
        view! {
            <PageHead title=t(text::PEOPLE) />
            <p class="lede">{t(text::PEOPLE_LEDE)}</p>
            <Tabs label=text::PEOPLE tabs here />
            <form class="filters" method="get" role="search">
                <input type="hidden" name="state" value=state />
                <div class="field">
                    <label for="q">{t(text::SEARCH_PERSON)}</label>
                    <input id="q" name="q" type="search" value=q />
                </div>
                <button>{t(text::SEARCH)}</button>
            </form>
            <PersonRows people=people.items />
            <ShowMore next=people.next path="/desk/people" query=kept />
        }
    };
    view! { <Page resource view /> }
}

#[component]
fn PersonRows(people: Vec<PersonRow>) -> impl IntoView {
    if people.is_empty() {
        return view! { <Empty icon="users" text=text::NO_PEOPLE /> }.into_any();
    }
    let rows = people.into_iter().map(|person| {
        let last = person.last_sign_in.map_or_else(
            || view! { {t(text::NEVER_SIGNED_IN)} }.into_any(),
            |at| view! { {t(text::LAST_SIGN_IN)} ": " <Time stamp=at /> }.into_any(),
        );
        view! {
            <li>
                <a class="row" href=format!("/desk/people/{}", person.id)>
                    <span class="row-title">{person.name}</span>
                    <span class="row-meta">{person.email} " · " {last}</span>
                    <span class="row-end"><PersonStatus state=person.state invitation=person.invitation /></span>
                </a>
            </li>
        }
    });
    view! { <ul class="rows">{rows.collect_view()}</ul> }.into_any()
}

/// Where somebody stands: in, on the way in, or out.
#[component]
pub fn PersonStatus(state: ContactState, invitation: Option<InvitationState>) -> impl IntoView {
    let (label, tone, shape) = match (state, invitation) {
        (ContactState::Active, _) => (text::PERSON_ACTIVE, "green", "●"),
        (ContactState::Disabled, _) => (text::PERSON_DISABLED, "grey", "✕"),
        (ContactState::Invited, Some(InvitationState::Expired)) => (text::PERSON_EXPIRED, "amber", "!"),
        (ContactState::Invited, Some(InvitationState::Revoked) | None) => (text::PERSON_REVOKED, "grey", "–"),
        (ContactState::Invited, Some(InvitationState::Pending | InvitationState::Accepted)) => (text::PERSON_INVITED, "blue", "◐"),
    };
    view! { <Status label tone shape /> }
}

/// A grant in one line: where, what, until when.
#[component]
pub fn GrantSummary(grant: GrantView) -> impl IntoView {
    let lang = use_lang();
    let places = if grant.all_locations {
        t(text::ALL_LOCATIONS).to_owned()
    } else {
        grant.locations.into_iter().map(|(_, name)| name).collect::<Vec<_>>().join(", ")
    };
    let rights = grant.rights.listed().into_iter().filter(|(_, given)| *given).map(|(right, _)| right.get(lang)).collect::<Vec<_>>();
    let rights = if rights.is_empty() { t(text::NO_RIGHTS).to_owned() } else { rights.join(", ") };
    let until = grant.last_day.map(|day| text::UNTIL.fill(lang, &[("date", &day.text)]));
    view! { {places} " · " {rights} {until.map(|until| format!(" · {until}"))} }
}

/// How much somebody sees, as counted in the portal's own views: `{locations}`, `{requests}`, `{appointments}`, `{reports}` of a text.
fn reach_sentence(text: Text, reach: &GrantReach, lang: Lang) -> String {
    let [locations, requests, appointments, reports] = counted(reach).map(|(plural, n)| plural.count(lang, n));
    text.fill(lang, &[("locations", &locations), ("requests", &requests), ("appointments", &appointments), ("reports", &reports)])
}

/// What a grant would show and, in place of another, what comes and what goes: "They will see: … Gained: 2 locations. Lost: 1 report."
fn effect_sentence(effect: &GrantEffect, lang: Lang) -> String {
    let after = reach_sentence(text::THEY_WILL_SEE, &effect.after, lang);
    if !effect.replaces {
        return after;
    }
    let part = |text: Text, reach: &GrantReach| {
        let some: Vec<_> = counted(reach).into_iter().filter(|(_, n)| *n > 0).map(|(plural, n)| plural.count(lang, n)).collect();
        (!some.is_empty()).then(|| text.fill(lang, &[("what", &some.join(", "))]))
    };
    let difference: Vec<_> = [part(text::GAINED, &effect.gains), part(text::LOST, &effect.losses)].into_iter().flatten().collect();
    let difference = if difference.is_empty() { text::NOTHING_GAINED_OR_LOST.get(lang).to_owned() } else { difference.join(" ") };
    format!("{after} {difference}")
}

fn counted(reach: &GrantReach) -> [(Plural, usize); 4] {
    let count = |n: i64| usize::try_from(n).unwrap_or_default();
    [
        (text::LOCATIONS_N, count(reach.locations)),
        (text::REQUESTS_N, count(reach.requests)),
        (text::APPOINTMENTS_N, count(reach.appointments)),
        (text::REPORTS_N, count(reach.reports)),
    ]
}
