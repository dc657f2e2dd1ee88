//! The plan: who goes where by day, by week or as a list, and beside it the work that has no appointment yet.

use domain::appointment::{InHand, Plan, PlanView};
use domain::change::Change;
use domain::id::TargetId;
use domain::page;
use domain::role::Act;
use domain::session::StaffMe;
use domain::suggestion::DeskSuggestion;
use domain::target::TargetRow;
use leptos::either::Either;
use leptos::prelude::*;

use crate::desk::frame::Page;
use crate::desk::targets::slot_query;
use crate::desk::text;
use crate::error::AppError;
use crate::ui::form::escaped;
use crate::ui::icon::Icon;
use crate::ui::lang::{t, use_lang};
use crate::ui::load::{Loaded, in_query};
use crate::ui::news::use_news;
use crate::ui::record::{PageHead, Tabs};

#[cfg(feature = "ssr")]
use crate::ctx::StaffSession;
#[cfg(feature = "ssr")]
use domain::appointment::PlanFilter;

mod days;
mod drag;
mod fit;
mod new_work;
mod tray;

use days::Days;
pub use days::{Overlaps, overlap_words};
use drag::Dragging;
pub use fit::FitWords;
use new_work::NewWork;
use tray::Tray;

/// A stretch of the plan, one page of the work without an appointment, and the suggested times that nobody has answered.
type Loads = (Plan, page::Page<TargetRow>, Vec<DeskSuggestion>);

#[server(prefix = "/api/desk", endpoint = "plan")]
pub async fn load_plan(
    #[server(default)] view: String,
    #[server(default)] date: String,
    #[server(default)] team: String,
    #[server(default)] work: String,
    #[server(default)] after: String,
) -> Result<(Plan, page::Page<TargetRow>, Vec<DeskSuggestion>), AppError> {
    let session = StaffSession::current().await?;
    let desk = session.desk();
    let plan = desk.plan(&PlanFilter { view, date, team, work }).await?;
    Ok((plan, desk.targets("", &after).await?, desk.open_suggestions().await?))
}

/// The plan, or with `new` in the address the form for work that no request asked for.
#[component]
pub fn PlanningPage() -> impl IntoView {
    let new = in_query("new");
    move || if new.with(String::is_empty) { Either::Left(view! { <PlanPage /> }) } else { Either::Right(view! { <NewWork /> }) }
}

/// What the page shows: all that its links keep unless they change it.
#[derive(Clone, Debug)]
struct Here {
    view: PlanView,
    date: String,
    team: String,
    /// The work in hand; empty for none.
    work: String,
}

impl Here {
    fn of(plan: &Plan) -> Self {
        let work = plan.in_hand.as_ref().map(|work| work.id.to_string()).unwrap_or_default();
        Self { view: plan.view, date: plan.date.clone(), team: plan.team.clone(), work }
    }

    fn with_view(&self, view: PlanView) -> Self {
        Self { view, ..self.clone() }
    }

    fn on(&self, date: &str) -> Self {
        Self { date: date.to_owned(), ..self.clone() }
    }

    fn with_work(&self, work: TargetId) -> Self {
        Self { work: work.to_string(), ..self.clone() }
    }

    fn without_work(&self) -> Self {
        Self { work: String::new(), ..self.clone() }
    }

    fn query(&self) -> Vec<(&'static str, String)> {
        vec![("view", self.view.word().to_owned()), ("date", self.date.clone()), ("team", self.team.clone()), ("work", self.work.clone())]
    }

    fn address(&self) -> String {
        let kept = self.query().into_iter().filter(|(_, value)| !value.is_empty());
        let kept: Vec<_> = kept.map(|(key, value)| format!("{key}={}", escaped(&value))).collect();
        format!("/desk/planning?{}", kept.join("&"))
    }
}

/// The address of the form that schedules a visit, filled in with the slot of `query` and a team. Opening it books nothing.
fn schedule_form(work: TargetId, query: &str, team: &str) -> String {
    let team = if team.is_empty() { String::new() } else { format!("team={}", escaped(team)) };
    let parts: Vec<&str> = ["form=schedule", query, &team].into_iter().filter(|part| !part.is_empty()).collect();
    format!("/desk/targets/{work}?{}#form", parts.join("&"))
}

#[component]
fn PlanPage() -> impl IntoView {
    let (view, date, team) = (in_query("view"), in_query("date"), in_query("team"));
    let (work, after) = (in_query("work"), in_query("after"));
    let news = use_news().follow(&[Change::Appointment]);
    let resource: Loaded<Loads> = Resource::new(
        move || (view.get(), date.get(), team.get(), work.get(), after.get(), news.get()),
        |(view, date, team, work, after, _)| async move { load_plan(view, date, team, work, after).await },
    );
    let view = move |me: StaffMe, (plan, unplanned, suggestions): Loads| {
        let (here, dragging, schedules) = (Here::of(&plan), Dragging::new(), me.role.may(Act::Schedule));
        view! {
            <Head plan=plan.clone() here=here.clone() creates=me.role.may(Act::Convert) />
            {(!suggestions.is_empty()).then(|| view! { <SuggestedTimes suggestions schedules /> })}
            <div class="planning">
                <Tray unplanned here=here.clone() dragging schedules />
                <section aria-labelledby="stretch">
                    <h2 id="stretch">{plan.title.clone()}</h2>
                    {plan.in_hand.clone().filter(|_| schedules).map(|work| view! { <WorkInHand work here=here.clone() /> })}
                    <Days plan dragging schedules />
                </section>
            </div>
        }
    };
    view! { <Page resource view /> }
}

/// The heading with the ways to other stretches, layouts and teams.
#[component]
fn Head(plan: Plan, here: Here, creates: bool) -> impl IntoView {
    let views = [(PlanView::Day, text::DAY), (PlanView::Week, text::WEEK), (PlanView::List, text::LIST)];
    let tabs = views.into_iter().map(|(view, label)| (here.with_view(view).address(), t(label).to_owned())).collect();
    let (earlier, today, later) = (here.on(&plan.earlier).address(), here.on(&plan.today).address(), here.on(&plan.later).address());
    view! {
        <PageHead title=t(text::PLANNING)>
            <div class="actions">
                {creates.then(|| view! { <a class="button" href="/desk/planning?new=1"><Icon name="plus" />{t(text::NEW_WORK)}</a> })}
                <a class="button" href=earlier><Icon name="chevron-left" />{t(text::EARLIER)}</a>
                <a class="button" href=today>{t(text::TODAY)}</a>
                <a class="button" href=later>{t(text::LATER)}<Icon name="chevron-right" /></a>
            </div>
        </PageHead>
        <Tabs label=text::PLAN_VIEWS tabs here=here.address() />
        <Choose teams=plan.teams here />
    }
}

/// Another day, or one team: a plain form, so that the address holds the choice.
#[component]
fn Choose(teams: Vec<String>, here: Here) -> impl IntoView {
    let choice = (!teams.is_empty()).then(|| {
        // What is shown now must be among the options, also when that team was not planned lately.
        let chosen = here.team.clone();
        let other = Some(chosen.clone()).filter(|team| !team.is_empty() && !teams.contains(team));
        let options =
            other.into_iter().chain(teams).map(|team| view! { <option selected=team == chosen value=team.clone()>{team.clone()}</option> });
        let options: Vec<_> = options.collect();
        view! {
            <div class="field">
                <label for="team">{t(text::TEAM)}</label>
                <select id="team" name="team">
                    <option value="">{t(text::ALL_TEAMS)}</option>
                    {options}
                </select>
            </div>
        }
    });
    let work = Some(here.work).filter(|work| !work.is_empty());
    view! {
        <form class="filters" method="get" action="/desk/planning" role="search">
            <input type="hidden" name="view" value=here.view.word() />
            {work.map(|work| view! { <input type="hidden" name="work" value=work /> })}
            <div class="field short">
                <label for="date">{t(text::DAY)}</label>
                <input id="date" type="date" name="date" value=here.date />
            </div>
            {choice}
            <button>{t(text::SHOW)}</button>
        </form>
    }
}

/// What a time is looked for, and how to stop looking.
#[component]
fn WorkInHand(work: InHand, here: Here) -> impl IntoView {
    let title = text::FIND_TIME_FOR.fill(use_lang(), &[("title", &work.title), ("place", &work.location_name)]);
    let wishes = work.wishes.into_iter().map(|wish| view! { <li>{wish.text}</li> });
    let wishes: Vec<_> = wishes.collect();
    view! {
        <div class="notice" data-tone="blue">
            <Icon name="calendar-plus" />
            <div>
                <p><strong>{title}</strong></p>
                {(!wishes.is_empty()).then(|| view! { <p>{t(text::WISHED)} ":"</p> <ul>{wishes}</ul> })}
                <p class="actions">
                    <a class="button small" href=schedule_form(work.id, "", &here.team)>{t(text::OTHER_TIME)}</a>
                    <a class="button small quiet" href=here.without_work().address()>{t(text::PUT_BACK)}</a>
                </p>
            </div>
        </div>
    }
}

/// Other times that customers suggested for their appointments: each window leads to the move, filled in, and one link to the answer that
/// keeps the appointment.
#[component]
fn SuggestedTimes(suggestions: Vec<DeskSuggestion>, schedules: bool) -> impl IntoView {
    let count = text::SUGGESTIONS_N.count(use_lang(), suggestions.len());
    let rows = suggestions.into_iter().map(|suggestion| view! { <li><SuggestedTime suggestion schedules /></li> });
    view! {
        <section aria-labelledby="suggested">
            <h2 id="suggested">{t(text::SUGGESTED_TIMES)}</h2>
            <p>{count}</p>
            <ul class="rows">{rows.collect_view()}</ul>
        </section>
    }
}

#[component]
fn SuggestedTime(suggestion: DeskSuggestion, schedules: bool) -> impl IntoView {
    let lang = use_lang();
    let (target, appointment, id) = (suggestion.target_id, suggestion.appointment_id, suggestion.id);
    let planned = text::NOW_PLANNED.fill(lang, &[("when", &suggestion.appointment.text)]);
    let windows = suggestion.windows.into_iter().map(|window| {
        let href = format!("/desk/targets/{target}?form=move-{appointment}&{}#form", slot_query(&window));
        let move_to = schedules.then(|| {
            let when = window.text.clone();
            view! { " " <a href=href>{t(text::MOVE_TO_THIS)}<span class="visually-hidden">": " {when}</span></a> }
        });
        view! { <span class="row-meta">{window.text} {move_to}</span> }
    });
    let windows: Vec<_> = windows.collect();
    view! {
        <div class="row">
            <a class="row-title" href=format!("/desk/targets/{target}#appointment-{appointment}")>
                {text::SUGGESTED_BY.fill(lang, &[("name", &suggestion.contact_name)])}
            </a>
            <span class="row-meta">
                {suggestion.title} " · " {suggestion.customer_name} " · " {suggestion.location_name} " · " {planned}
            </span>
            {windows}
            {schedules
                .then(|| {
                    let href = format!("/desk/targets/{target}?form=keep-{id}#form");
                    view! { <span class="row-end"><a class="button small" href=href>{t(text::KEEP_APPOINTMENT)}</a></span> }
                })}
        </div>
    }
}
