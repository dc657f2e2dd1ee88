//! Making appointments: one visit, or a row of them. Tentative unless shared on purpose.

use domain::appointment::{SlotInput, fit};
use domain::id::TargetId;
use domain::request::{TEXT_LIMIT, TITLE_LIMIT};
use domain::target::DeskTarget;
use domain::when::Span;
use leptos::ev::Event;
use leptos::form::ActionForm;
use leptos::prelude::*;
use leptos::web_sys::HtmlInputElement;
use leptos_router::hooks::use_query_map;

use crate::desk::planning::FitWords;
use crate::desk::text;
use crate::error::AppError;
use crate::ui::form::{Check, FieldError, FormErrors, FormState, TextArea, TextField, escaped, use_form};
use crate::ui::lang::t;

#[cfg(feature = "ssr")]
use crate::ctx::{StaffSession, redirect};
#[cfg(feature = "ssr")]
use domain::appointment::SeriesInput;

#[server(prefix = "/api/desk", endpoint = "schedule_visit")]
pub async fn schedule_visit(id: TargetId, version: i64, slot: SlotInput, #[server(default)] share: String) -> Result<(), AppError> {
    StaffSession::current().await?.desk().schedule(id, version, &slot, share == "on").await?;
    redirect(&format!("/desk/targets/{id}"));
    Ok(())
}

#[server(prefix = "/api/desk", endpoint = "schedule_series")]
pub async fn schedule_series(
    id: TargetId,
    version: i64,
    slot: SlotInput,
    #[server(default)] every_weeks: String,
    #[server(default)] visits: String,
    #[server(default)] share: String,
) -> Result<(), AppError> {
    let series = SeriesInput { slot, every_weeks, visits };
    StaffSession::current().await?.desk().schedule_series(id, version, &series, share == "on").await?;
    redirect(&format!("/desk/targets/{id}"));
    Ok(())
}

/// Day and hours of a slot, for the address of a form that they fill in.
pub fn slot_query(slot: &Span) -> String {
    let hours = |time: &Option<String>| escaped(time.as_deref().unwrap_or_default());
    format!("date={}&from={}&until={}", escaped(&slot.date), hours(&slot.from), hours(&slot.until))
}

/// What the fields of a slot are helped by: the wishes it may fit, and the teams there are.
#[derive(Clone, Debug)]
pub struct Known {
    pub wishes: Vec<Span>,
    pub teams: Vec<String>,
}

impl Known {
    /// Other times that the customer suggested are wishes as well.
    pub fn of(target: &DeskTarget) -> Self {
        let suggested = target.suggestions.iter().flat_map(|suggestion| &suggestion.windows);
        Self { wishes: target.wishes.iter().chain(suggested).cloned().collect(), teams: target.teams.clone() }
    }
}

/// One visit. A wish or a free slot that was chosen has filled in day and hours.
#[component]
pub fn Schedule(id: TargetId, version: i64, known: Known, schedule: ServerAction<ScheduleVisit>) -> impl IntoView {
    let form = use_form(schedule);
    let slot = use_query_map().with(|query| {
        let value = |name| query.get(name).unwrap_or_default();
        SlotInput { date: value("date"), from: value("from"), until: value("until"), team: value("team"), ..SlotInput::default() }
    });
    view! {
        <section class="card" id="form" aria-labelledby="form-title">
            <h2 id="form-title">{t(text::SCHEDULE_VISIT)}</h2>
            <FormErrors form=form.clone() />
            <ActionForm action=schedule>
                <input type="hidden" name="id" value=id.to_string() />
                <input type="hidden" name="version" value=version.to_string() />
                <SlotFields form=form.clone() typed=slot known />
                <Sharing form />
                <div class="actions">
                    <button class="primary">{t(text::SCHEDULE_VISIT)}</button>
                    <a class="button quiet" href=format!("/desk/targets/{id}")>{t(text::NOT_NOW)}</a>
                </div>
            </ActionForm>
        </section>
    }
}

/// The same visit every few weeks.
#[component]
pub fn Series(id: TargetId, version: i64, known: Known, series: ServerAction<ScheduleSeries>) -> impl IntoView {
    let form = use_form(series);
    view! {
        <section class="card" id="form" aria-labelledby="form-title">
            <h2 id="form-title">{t(text::SCHEDULE_SERIES)}</h2>
            <FormErrors form=form.clone() />
            <ActionForm action=series>
                <input type="hidden" name="id" value=id.to_string() />
                <input type="hidden" name="version" value=version.to_string() />
                <div class="field-row">
                    <TextField form=form.clone() name="every_weeks" label=text::EVERY_WEEKS kind="number" value="1" short=true />
                    <TextField form=form.clone() name="visits" label=text::NUMBER_OF_VISITS kind="number" short=true />
                </div>
                <p class="hint">{t(text::FIRST_VISIT)}</p>
                <SlotFields form=form.clone() typed=SlotInput::default() known />
                <Sharing form />
                <div class="actions">
                    <button class="primary">{t(text::SCHEDULE_SERIES)}</button>
                    <a class="button quiet" href=format!("/desk/targets/{id}")>{t(text::NOT_NOW)}</a>
                </div>
            </ActionForm>
        </section>
    }
}

/// The fields of a [`SlotInput`], sent as the argument `slot`, with what is proposed or was `typed`.
#[component]
pub fn SlotFields(form: FormState, typed: SlotInput, known: Known) -> impl IntoView {
    let slot = RwSignal::new(SlotInput {
        date: form.value("slot[date]", &typed.date),
        from: form.value("slot[from]", &typed.from),
        until: form.value("slot[until]", &typed.until),
        ..SlotInput::default()
    });
    let note = move |event: Event| {
        let field = event_target::<HtmlInputElement>(&event);
        slot.update(|slot| match field.name().as_str() {
            "slot[date]" => slot.date = field.value(),
            "slot[from]" => slot.from = field.value(),
            "slot[until]" => slot.until = field.value(),
            _ => {}
        });
    };
    let wishes = known.wishes;
    let fits = move || slot.with(|slot| fit(&slot.date, &slot.from, &slot.until, &wishes)).map(|fit| view! { <FitWords fit /> });
    view! {
        <div class="field-row" on:input=note>
            <TextField form=form.clone() name="date" within="slot" label=text::DAY value=typed.date kind="date" short=true />
            <TextField form=form.clone() name="from" within="slot" label=text::FROM_TIME value=typed.from kind="time" short=true />
            <TextField form=form.clone() name="until" within="slot" label=text::UNTIL_TIME value=typed.until kind="time" short=true />
        </div>
        <p class="slot-fit" role="status">{fits}</p>
        <div class="internal">
            <TeamField form=form.clone() value=typed.team teams=known.teams />
            <TextArea
                form
                name="internal_note"
                within="slot"
                label=text::INTERNAL_NOTE
                value=typed.internal_note
                rows=2
                maxlength=TEXT_LIMIT
            />
        </div>
    }
}

/// Who goes there: any name, with the known ones proposed. Only a team that is always written alike can be seen to overlap.
#[component]
fn TeamField(form: FormState, value: String, teams: Vec<String>) -> impl IntoView {
    let value = form.value("slot[team]", &value);
    let (id, problem) = (form.id("team"), form.problem("team", text::WHO_GOES));
    view! {
        <div class="field">
            <label for=id.clone()>{t(text::WHO_GOES)}</label>
            <p class="hint" id=format!("{id}-hint")>{t(text::NEVER_IN_PORTAL)}</p>
            <FieldError name=id.clone() problem />
            <input
                id=id.clone()
                name="slot[team]"
                value=value
                list="teams"
                autocomplete="off"
                maxlength=TITLE_LIMIT.to_string()
                aria-describedby=format!("{id}-hint {id}-error")
                aria-invalid=move || problem.get().map(|_| "true")
            />
            <datalist id="teams">{teams.into_iter().map(|team| view! { <option value=team></option> }).collect_view()}</datalist>
        </div>
    }
}

#[component]
fn Sharing(form: FormState) -> impl IntoView {
    view! {
        <Check form name="share" label=text::SHARE />
        <p class="hint">{t(text::SHARE_APPOINTMENT_HINT)}</p>
    }
}
