//! Appointments as staff make them: tentative or shared, one by one or as a series, moved, cancelled, and closed when somebody was there.

use jiff::ToSpan;
use jiff::civil::{Date, Time};

use crate::actor::Desk;
use crate::appointment::{
    AppointmentMove, AppointmentStatus, DeskAppointment, FreeSlot, InHand, Overlap, Plan, PlanDay, PlanFilter, PlanView, SeriesInput,
    SlotInput, VisitInput, VisitView, fit,
};
use crate::clock::{self, Instant, Zone, parse_date, parse_time, stored_time};
use crate::error::{Error, Result};
use crate::field::{self, Problem, Problems, Refusal};
use crate::id::{AppointmentId, ReportId, RequestId, SeriesId, TargetId, VisitId};
use crate::journal::{By, Event, EventKind, Write};
use crate::request::{DAY_WINDOWS, DayView, TEXT_LIMIT, TITLE_LIMIT};
use crate::role::Act;
use crate::suggestion;
use crate::target::TargetStatus;
use crate::target::desk::{Held, follow_plan, hold};
use crate::text::Lang;
use crate::when::Span;

// ------------------------------------------------------------------------------------------------------- reading

#[derive(sqlx::FromRow)]
struct Row {
    id: AppointmentId,
    version: i64,
    target_id: TargetId,
    target_number: String,
    title: String,
    customer_name: String,
    location_name: String,
    zone: String,
    on_date: String,
    from_time: String,
    until_time: String,
    starts_at: Instant,
    status: AppointmentStatus,
    shared: bool,
    sequence: i64,
    cancel_reason: Option<String>,
    team: String,
    internal_note: String,
    series_id: Option<SeriesId>,
    technician: Option<String>,
    arrived_at: Option<Instant>,
    left_at: Option<Instant>,
    visit_note: Option<String>,
    report_id: Option<ReportId>,
}

/// A wish for one of the appointments of a list.
type Wish = (AppointmentId, String, Option<String>, Option<String>);

/// Another appointment of the same team, at the time of one of a list.
#[derive(sqlx::FromRow)]
struct Other {
    appointment_id: AppointmentId,
    target_id: TargetId,
    title: String,
    location_name: String,
    zone: String,
    on_date: String,
    from_time: String,
    until_time: String,
}

/// Reads the appointments `a` for which a condition holds, in their order, at most 500, with the wishes for them and what overlaps.
macro_rules! appointments {
    ($desk:expr, $which:literal $(, $bind:expr)* $(,)?) => {{
        let rows = read!(
            $desk.reader(),
            Vec<Row>,
            concat!(
                "SELECT a.id, a.version, a.target_id, t.number AS target_number, t.title, c.name AS customer_name,
                    l.name AS location_name, l.zone, a.on_date, a.from_time, a.until_time, a.starts_at, a.status, a.shared, a.sequence,
                    a.cancel_reason, a.team, a.internal_note, a.series_id, v.technician, v.arrived_at, v.left_at,
                    v.internal_note AS visit_note, r.id AS report_id
                 FROM appointment a
                 JOIN target t ON t.id = a.target_id
                 JOIN customer c ON c.id = a.customer_id
                 JOIN location l ON l.id = a.location_id
                 LEFT JOIN visit v ON v.appointment_id = a.id
                 LEFT JOIN report r ON r.visit_id = v.id
                 WHERE ",
                $which,
                " ORDER BY a.starts_at, a.id LIMIT 500"
            )
            $(, $bind)*
        )?;
        let wishes = read!(
            $desk.reader(),
            Vec<Wish>,
            concat!(
                "SELECT a.id, w.on_date, w.from_time, w.until_time
                 FROM appointment a
                 JOIN target t ON t.id = a.target_id
                 JOIN request_window w ON w.request_id = t.request_id
                 WHERE a.status = 'scheduled' AND ",
                $which,
                " UNION ALL
                 SELECT a.id, w.on_date, w.from_time, w.until_time
                 FROM appointment a
                 JOIN appointment_suggestion s ON s.appointment_id = a.id AND s.status IN ('open', 'accepted')
                 JOIN suggestion_window w ON w.suggestion_id = s.id
                 WHERE a.status = 'scheduled' AND ",
                $which
            )
            $(, $bind)*
        )?;
        let others = read!(
            $desk.reader(),
            Vec<Other>,
            // CROSS and NOT IN, so that SQLite begins with the list and makes no index of its own for the others: they are found by the
            // index of starts, since no appointment is longer than a day, here 25 hours.
            concat!(
                "SELECT a.id AS appointment_id, o.target_id, t.title, l.name AS location_name, l.zone, o.on_date, o.from_time,
                    o.until_time
                 FROM appointment a
                 CROSS JOIN appointment o
                 CROSS JOIN target t
                 CROSS JOIN location l
                 WHERE t.id = o.target_id AND l.id = o.location_id AND a.status = 'scheduled' AND a.team <> ''
                    AND lower(o.team) = lower(a.team) AND o.id <> a.id AND o.status NOT IN ('done', 'no_access', 'cancelled')
                    AND o.starts_at < a.ends_at AND o.starts_at > a.starts_at - 90000000000 AND o.ends_at > a.starts_at AND ",
                $which,
                " ORDER BY o.starts_at, o.id LIMIT 500"
            )
            $(, $bind)*
        )?;
        views(rows, &wishes, &others, $desk.db.now(), $desk.actor.lang)
    }};
}

fn views(rows: Vec<Row>, wishes: &[Wish], others: &[Other], now: Instant, lang: Lang) -> Vec<DeskAppointment> {
    let view = |row: Row| {
        let zone = Zone::stored(&row.zone);
        let its = wishes.iter().filter(|(id, ..)| *id == row.id);
        let wished: Vec<Span> =
            its.map(|(_, date, from, until)| clock::span(date, from.as_deref(), until.as_deref(), &zone, now, lang)).collect();
        let overlaps = others.iter().filter(|other| other.appointment_id == row.id).map(|other| other.view(now, lang)).collect();
        let fit = fit(&row.on_date, &row.from_time, &row.until_time, &wished);
        DeskAppointment { fit, overlaps, ..row.view(now, lang) }
    };
    rows.into_iter().map(view).collect()
}

impl Other {
    fn view(&self, now: Instant, lang: Lang) -> Overlap {
        let zone = Zone::stored(&self.zone);
        Overlap {
            target_id: self.target_id,
            title: self.title.clone(),
            location_name: self.location_name.clone(),
            span: clock::span(&self.on_date, Some(&self.from_time), Some(&self.until_time), &zone, now, lang),
        }
    }
}

impl Row {
    fn view(self, now: Instant, lang: Lang) -> DeskAppointment {
        let zone = Zone::stored(&self.zone);
        let visit = self.technician.map(|technician| VisitView {
            technician,
            arrived: self.arrived_at.map(|at| at.stamp(&zone, lang)),
            left: self.left_at.map(|at| at.stamp(&zone, lang)),
            internal_note: self.visit_note.unwrap_or_default(),
        });
        DeskAppointment {
            id: self.id,
            version: self.version,
            target_id: self.target_id,
            target_number: self.target_number,
            title: self.title,
            customer_name: self.customer_name,
            location_name: self.location_name,
            span: clock::span(&self.on_date, Some(&self.from_time), Some(&self.until_time), &zone, now, lang),
            status: self.status,
            shared: self.shared,
            moved: self.sequence > 0,
            started: self.starts_at <= now,
            cancel_reason: self.cancel_reason,
            team: self.team,
            internal_note: self.internal_note,
            in_series: self.series_id.is_some(),
            fit: None,
            overlaps: Vec::new(),
            visit,
            report: self.report_id,
        }
    }
}

/// All appointments of a target in their order, at most 500.
pub(crate) async fn of_target(desk: &Desk<'_>, target: TargetId) -> Result<Vec<DeskAppointment>> {
    Ok(appointments!(desk, "a.target_id = $1", target))
}

/// The names of the teams that were planned in the last three months or later, at most 200.
pub(crate) async fn teams(desk: &Desk<'_>) -> Result<Vec<String>> {
    let sql = "SELECT DISTINCT team FROM appointment WHERE starts_at >= $1 AND team <> '' ORDER BY team LIMIT 200";
    let rows = read!(desk.reader(), Vec<(String,)>, sql, desk.db.now().minus(90 * DAY))?;
    Ok(rows.into_iter().map(|(team,)| team).collect())
}

/// Days of the list.
const LIST_DAYS: i64 = 28;
/// No zone is further from UTC than this, in seconds.
const DAY: i64 = 86_400;

/// The first day and the number of days of a stretch of the plan.
fn stretch(view: PlanView, date: Date) -> (Date, i64) {
    match view {
        PlanView::Day => (date, 1),
        PlanView::Week => (date.saturating_sub(i64::from(date.weekday().to_monday_zero_offset()).days()), 7),
        PlanView::List => (date, LIST_DAYS),
    }
}

/// The instants between which all that is on some civil days somewhere begins.
fn around(first: Date, end: Date) -> Result<(Instant, Instant)> {
    let utc = Zone::stored("UTC");
    let midnight = |date| utc.instant(date, Time::midnight()).map_err(|problem| Error::invalid("date", problem));
    Ok((midnight(first)?.minus(DAY), midnight(end)?.plus(DAY)))
}

/// The work in hand, with what its free slots are worked out from.
struct Placing {
    work: InHand,
    zone: Zone,
    /// When the chosen team is somewhere else.
    busy: Vec<(Instant, Instant)>,
}

impl Placing {
    fn free_on(&self, date: Date, now: Instant, lang: Lang) -> Vec<FreeSlot> {
        let on_date = date.to_string();
        let wished = self.work.wishes.iter().filter(|wish| wish.date == on_date);
        let wished = wished.filter_map(|wish| wish.from.as_deref().zip(wish.until.as_deref()));
        let mut hours: Vec<(&str, &str)> = wished.chain(DAY_WINDOWS).collect();
        hours.sort_unstable();
        hours.dedup();
        let slot = |(from, until): (&str, &str)| {
            let (starts_at, ends_at) = instants(date, parse_time(from).ok()?, parse_time(until).ok()?, &self.zone).ok()?;
            let taken = self.busy.iter().any(|(start, end)| *start < ends_at && *end > starts_at);
            (!taken && ends_at > now).then(|| FreeSlot {
                fit: fit(&on_date, from, until, &self.work.wishes),
                span: clock::span(&on_date, Some(from), Some(until), &self.zone, now, lang),
            })
        };
        hours.into_iter().filter_map(slot).collect()
    }
}

impl Desk<'_> {
    /// A stretch of the plan, each appointment on its location's day, at most 500; with work in hand, also where it could go.
    ///
    /// # Errors
    /// `Invalid` for a day at the end of time.
    pub async fn plan(&self, filter: &PlanFilter) -> Result<Plan> {
        let (now, lang, team) = (self.db.now(), self.actor.lang, filter.team.trim());
        let zone = self.company_zone().await?;
        let today = now.date_in(&zone);
        let view: PlanView = filter.view.parse().unwrap_or_default();
        let date = parse_date(&filter.date).unwrap_or(today);
        let (first, length) = stretch(view, date);
        let end = first.saturating_add(length.days());
        let mut appointments = self.agenda(first, end, team).await?;
        appointments.retain(|appointment| appointment.status != AppointmentStatus::Cancelled);
        let placing = self.placing(&filter.work, team, first, end).await?;
        let day = |n: i64| {
            let date = first.saturating_add(n.days());
            let on_date = date.to_string();
            PlanDay {
                today: date == today,
                appointments: appointments.iter().filter(|appointment| appointment.span.date == on_date).cloned().collect(),
                free: placing.as_ref().map_or_else(Vec::new, |placing| placing.free_on(date, now, lang)),
                day: DayView { text: clock::day_text(date, lang), date: on_date },
            }
        };
        let wished = |date: &str| placing.as_ref().is_some_and(|placing| placing.work.wishes.iter().any(|wish| wish.date == date));
        let mut days: Vec<PlanDay> = (0..length).map(day).collect();
        if view == PlanView::List {
            days.retain(|day| !day.appointments.is_empty() || wished(&day.day.date));
        }
        let last = end.saturating_sub(1.day());
        let title = if first == last {
            clock::day_text(first, lang)
        } else {
            format!("{} – {}", clock::day_text(first, lang), clock::day_text(last, lang))
        };
        Ok(Plan {
            view,
            title,
            days,
            date: date.to_string(),
            today: today.to_string(),
            earlier: date.saturating_sub(length.days()).to_string(),
            later: date.saturating_add(length.days()).to_string(),
            zone: zone.name().to_owned(),
            team: team.to_owned(),
            teams: teams(self).await?,
            in_hand: placing.map(|placing| placing.work),
        })
    }

    /// The appointments on some civil days, the last one left out, of one team or of all.
    async fn agenda(&self, first: Date, end: Date, team: &str) -> Result<Vec<DeskAppointment>> {
        let (begin, until) = around(first, end)?;
        Ok(appointments!(
            self,
            // The civil day decides; the instants, a day wider, let the database find it by its index.
            "a.starts_at >= $1 AND a.starts_at < $2 AND a.on_date >= $3 AND a.on_date < $4 AND ($5 = '' OR lower(a.team) = lower($5))",
            begin,
            until,
            first.to_string(),
            end.to_string(),
            team,
        ))
    }

    /// The work that a time is looked for, if it is open, and when the chosen team is busy in these days.
    async fn placing(&self, work: &str, team: &str, first: Date, end: Date) -> Result<Option<Placing>> {
        let Ok(id) = work.parse::<TargetId>() else { return Ok(None) };
        let row = read!(
            self.reader(),
            Option<(String, String, String, Option<RequestId>)>,
            "SELECT t.title, l.name, l.zone, t.request_id FROM target t JOIN location l ON l.id = t.location_id
             WHERE t.id = $1 AND t.status = 'open'",
            id,
        )?;
        let Some((title, location_name, zone, request)) = row else { return Ok(None) };
        let zone = Zone::stored(&zone);
        let wishes = self.wishes(request, &zone).await?;
        let (begin, until) = around(first, end)?;
        let busy = read!(
            self.reader(),
            Vec<(Instant, Instant)>,
            "SELECT starts_at, ends_at FROM appointment
             WHERE status = 'scheduled' AND starts_at >= $1 AND starts_at < $2 AND team <> '' AND lower(team) = lower($3)",
            begin,
            until,
            team,
        )?;
        Ok(Some(Placing { work: InHand { id, title, location_name, wishes }, zone, busy }))
    }
}

// ------------------------------------------------------------------------------------------------- what is typed

/// A slot, checked, with its instants in the location's zone.
#[derive(Clone, Debug)]
struct Slot {
    date: Date,
    from: Time,
    until: Time,
    starts_at: Instant,
    ends_at: Instant,
    team: String,
    internal_note: String,
}

impl Slot {
    fn parse(input: &SlotInput, zone: &Zone) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let date = problems.take("date", parse_date(&input.date));
        let from = problems.take("from", parse_time(&input.from));
        let until = problems.take("until", parse_time(&input.until));
        let team = problems.take("team", field::line(&input.team, 0, TITLE_LIMIT));
        let internal_note = problems.take("internal_note", field::lines(&input.internal_note, 0, TEXT_LIMIT));
        if from.zip(until).is_some_and(|(from, until)| until <= from) {
            problems.add("until", Problem::EndBeforeStart);
        }
        let (Some(date), Some(from), Some(until), Some(team), Some(internal_note)) = (date, from, until, team, internal_note) else {
            return Err(problems);
        };
        problems.check()?;
        let (starts_at, ends_at) = instants(date, from, until, zone)?;
        Ok(Self { date, from, until, starts_at, ends_at, team, internal_note })
    }

    /// The same hours some weeks later; a day on which the clocks skip them is refused.
    fn weeks_later(&self, weeks: i64, zone: &Zone) -> Result<Self, Problems> {
        let date = self.date.checked_add(weeks.weeks()).map_err(|_| Problems::of("date", Problem::NotADate))?;
        let (starts_at, ends_at) = instants(date, self.from, self.until, zone)?;
        Ok(Self { date, starts_at, ends_at, ..self.clone() })
    }

    /// For the journal: "2026-03-09 08:00–10:00".
    fn details(&self) -> String {
        format!("{} {}–{}", self.date, stored_time(self.from), stored_time(self.until))
    }

    /// Refuses what would be over already.
    fn refuse_past(&self, now: Instant) -> Result<()> {
        if self.ends_at < now { Err(Error::invalid("date", Problem::InThePast)) } else { Ok(()) }
    }
}

fn instants(date: Date, from: Time, until: Time, zone: &Zone) -> Result<(Instant, Instant), Problems> {
    let mut problems = Problems::default();
    let starts_at = problems.take("from", zone.instant(date, from));
    let ends_at = problems.take("until", zone.instant(date, until));
    starts_at.zip(ends_at).ok_or(problems)
}

/// A series, checked: one slot for each visit.
struct Series {
    every_weeks: i64,
    slots: Vec<Slot>,
}

impl Series {
    fn parse(input: &SeriesInput, zone: &Zone) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let every_weeks = problems.take("every_weeks", number(&input.every_weeks, 1, 52));
        let visits = problems.take("visits", number(&input.visits, 2, 104));
        let first = problems.take_all(Slot::parse(&input.slot, zone));
        let (Some(every_weeks), Some(visits), Some(first)) = (every_weeks, visits, first) else { return Err(problems) };
        let slots = (0..visits).map(|visit| first.weeks_later(every_weeks * visit, zone)).collect::<Result<_, _>>()?;
        Ok(Self { every_weeks, slots })
    }
}

fn number(raw: &str, least: i64, most: usize) -> Result<i64, Problem> {
    match raw.trim() {
        "" => Err(Problem::Missing),
        text => match text.parse::<i64>() {
            Ok(n) if n >= least && usize::try_from(n).is_ok_and(|n| n <= most) => Ok(n),
            Ok(n) if n >= least => Err(Problem::TooMany { most }),
            _ => Err(Problem::NotANumber),
        },
    }
}

/// What happened at an appointment, checked.
struct Visit {
    technician: String,
    arrived_at: Option<Instant>,
    left_at: Option<Instant>,
    internal_note: String,
}

impl Visit {
    fn parse(input: &VisitInput, date: Date, zone: &Zone) -> Result<Self, Problems> {
        let at = |time: &str| match time.trim() {
            "" => Ok(None),
            time => parse_time(time).and_then(|time| zone.instant(date, time)).map(Some),
        };
        let mut problems = Problems::default();
        let technician = problems.take("technician", field::line(&input.technician, 0, TITLE_LIMIT));
        let arrived_at = problems.take("arrived", at(&input.arrived));
        let left_at = problems.take("left", at(&input.left));
        let internal_note = problems.take("internal_note", field::lines(&input.internal_note, 0, TEXT_LIMIT));
        if arrived_at.flatten().zip(left_at.flatten()).is_some_and(|(arrived, left)| left < arrived) {
            problems.add("left", Problem::EndBeforeStart);
        }
        match (technician, arrived_at, left_at, internal_note) {
            (Some(technician), Some(arrived_at), Some(left_at), Some(internal_note)) if problems.0.is_empty() => {
                Ok(Self { technician, arrived_at, left_at, internal_note })
            }
            _ => Err(problems),
        }
    }
}

// ---------------------------------------------------------------------------------------------------------- acts

impl Desk<'_> {
    /// Makes an appointment for an open target: shared with the customer at once, or tentative.
    ///
    /// # Errors
    /// `Forbidden`, `Invalid` fields, `NotFound`; `Conflict` when the target was changed meanwhile or is not open.
    pub async fn schedule(&self, target: TargetId, version: i64, input: &SlotInput, share: bool) -> Result<AppointmentId> {
        let mut w = self.begin(Act::Schedule).await?;
        let held = hold_open(&mut w, target, version).await?;
        let slot = Slot::parse(input, &held.zone())?;
        slot.refuse_past(w.now)?;
        let id = insert(&mut w, &held, &slot, None, share, self.by()).await?;
        follow_plan(&mut w, target, self.by(), None).await?;
        w.commit().await?;
        Ok(id)
    }

    /// Makes a row of appointments, same hours, every so many weeks (A8). Each of them then lives by itself.
    ///
    /// # Errors
    /// As [`Desk::schedule`]; nothing is made when the clocks skip the hours on one of the days.
    pub async fn schedule_series(&self, target: TargetId, version: i64, input: &SeriesInput, share: bool) -> Result<SeriesId> {
        let mut w = self.begin(Act::Schedule).await?;
        let held = hold_open(&mut w, target, version).await?;
        let series = Series::parse(input, &held.zone())?;
        let first = series.slots.first().ok_or_else(|| Error::invalid("visits", Problem::Missing))?;
        first.refuse_past(w.now)?;
        let id = SeriesId::new();
        change!(
            w,
            "INSERT INTO series (id, target_id, every_weeks, first_date, visits, from_time, until_time, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            id,
            target,
            series.every_weeks,
            first.date.to_string(),
            series.slots.len() as i64,
            stored_time(first.from),
            stored_time(first.until),
            w.now,
        )?;
        w.record(self.by(), held.event(EventKind::SeriesCreated));
        for slot in &series.slots {
            insert(&mut w, &held, slot, Some(id), share, self.by()).await?;
        }
        follow_plan(&mut w, target, self.by(), None).await?;
        w.commit().await?;
        Ok(id)
    }

    /// Shows a tentative appointment to the customer. There is no way back but cancelling it.
    ///
    /// # Errors
    /// `Forbidden`, `NotFound`, `Conflict`.
    pub async fn share_appointment(&self, id: AppointmentId, version: i64) -> Result<()> {
        let mut w = self.begin(Act::Schedule).await?;
        let (held, row) = take(&mut w, id, version).await?;
        row.after(AppointmentMove::Share)?;
        change!(w, "UPDATE appointment SET shared = TRUE, shared_at = $2 WHERE id = $1", id, w.now)?;
        w.record(self.by(), Event { appointment: Some(id), ..held.event(EventKind::AppointmentShared) });
        follow_plan(&mut w, held.id, self.by(), None).await?;
        w.commit().await
    }

    /// Gives a scheduled appointment another slot, team or note. The customer learns of another slot only: a shared appointment counts its
    /// moves for calendars, and other times that were suggested for it count as accepted.
    ///
    /// # Errors
    /// `Forbidden`, `Invalid` fields, `NotFound`, `Conflict`.
    pub async fn move_appointment(&self, id: AppointmentId, version: i64, input: &SlotInput) -> Result<()> {
        let mut w = self.begin(Act::Schedule).await?;
        let (held, row) = take(&mut w, id, version).await?;
        row.after(AppointmentMove::Move)?;
        let slot = Slot::parse(input, &held.zone())?;
        let other = row.starts_at != slot.starts_at || row.ends_at != slot.ends_at;
        if other {
            slot.refuse_past(w.now)?;
        }
        let moved = other && row.shared;
        change!(
            w,
            "UPDATE appointment SET on_date = $2, from_time = $3, until_time = $4, starts_at = $5, ends_at = $6, team = $7,
                internal_note = $8, sequence = sequence + $9 WHERE id = $1",
            id,
            slot.date.to_string(),
            stored_time(slot.from),
            stored_time(slot.until),
            slot.starts_at,
            slot.ends_at,
            &slot.team,
            &slot.internal_note,
            i64::from(moved),
        )?;
        let kind = if moved { EventKind::AppointmentMoved } else { EventKind::AppointmentChanged };
        w.record(self.by(), Event { appointment: Some(id), details: slot.details(), ..held.event(kind) });
        if other {
            suggestion::desk::accept(&mut w, &held, id, self.by()).await?;
        }
        follow_plan(&mut w, held.id, self.by(), None).await?;
        w.commit().await
    }

    /// Cancels a scheduled appointment. The customer reads the sentence; only a tentative one may go without.
    ///
    /// # Errors
    /// `Forbidden`; `Invalid` (`sentence`); `NotFound`, `Conflict`.
    pub async fn cancel_appointment(&self, id: AppointmentId, version: i64, public_sentence: &str) -> Result<()> {
        let mut w = self.begin(Act::Schedule).await?;
        let (held, row) = take(&mut w, id, version).await?;
        let status = row.after(AppointmentMove::Cancel)?;
        let sentence = field::lines(public_sentence, usize::from(row.shared), TEXT_LIMIT).map_err(|p| Error::invalid("sentence", p))?;
        let sentence = Some(sentence.as_str()).filter(|text| !text.is_empty());
        change!(w, "UPDATE appointment SET status = $2, cancel_reason = $3 WHERE id = $1", id, status, sentence)?;
        w.record(self.by(), Event { appointment: Some(id), ..held.event(EventKind::AppointmentCancelled) });
        suggestion::desk::close(&mut w, id).await?;
        follow_plan(&mut w, held.id, self.by(), sentence).await?;
        w.commit().await
    }

    /// Closes an appointment that took place. One that was tentative stays hidden from the customer.
    ///
    /// # Errors
    /// `Forbidden`, `Invalid` fields, `NotFound`, `Conflict`; refused before its start.
    pub async fn finish_appointment(&self, id: AppointmentId, version: i64, input: &VisitInput) -> Result<VisitId> {
        self.close(id, version, input, AppointmentMove::Finish, EventKind::AppointmentDone).await
    }

    /// Closes an appointment at which nobody could get in: it no longer keeps its request planned.
    ///
    /// # Errors
    /// As [`Desk::finish_appointment`].
    pub async fn no_access(&self, id: AppointmentId, version: i64, input: &VisitInput) -> Result<()> {
        self.close(id, version, input, AppointmentMove::NoAccess, EventKind::AppointmentNoAccess).await.map(drop)
    }

    async fn close(&self, id: AppointmentId, version: i64, input: &VisitInput, step: AppointmentMove, kind: EventKind) -> Result<VisitId> {
        let mut w = self.begin(Act::Schedule).await?;
        let (held, row) = take(&mut w, id, version).await?;
        let status = row.after(step)?;
        if row.starts_at > w.now {
            return Err(Error::refused(Refusal::NotYetStarted));
        }
        let date = parse_date(&row.on_date).map_err(|_| Error::Broken(format!("appointment {id} has no day")))?;
        let happened = Visit::parse(input, date, &held.zone())?;
        change!(w, "UPDATE appointment SET status = $2 WHERE id = $1", id, status)?;
        let visit = VisitId::new();
        change!(
            w,
            "INSERT INTO visit (id, appointment_id, target_id, arrived_at, left_at, technician, internal_note, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            visit,
            id,
            held.id,
            happened.arrived_at,
            happened.left_at,
            &happened.technician,
            &happened.internal_note,
            w.now,
        )?;
        w.record(self.by(), Event { appointment: Some(id), ..held.event(kind) });
        suggestion::desk::close(&mut w, id).await?;
        follow_plan(&mut w, held.id, self.by(), None).await?;
        w.commit().await?;
        Ok(visit)
    }
}

async fn hold_open(w: &mut Write<'_>, target: TargetId, version: i64) -> Result<Held> {
    let held = hold(w, target, Some(version)).await?;
    if held.status == TargetStatus::Open { Ok(held) } else { Err(Error::Conflict) }
}

async fn insert(w: &mut Write<'_>, held: &Held, slot: &Slot, series: Option<SeriesId>, shared: bool, by: By) -> Result<AppointmentId> {
    let id = AppointmentId::new();
    change!(
        w,
        "INSERT INTO appointment (id, target_id, customer_id, location_id, series_id, on_date, from_time, until_time, starts_at, ends_at,
            status, shared, shared_at, created_at, updated_at, team, internal_note)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $14, $15, $16)",
        id,
        held.id,
        held.customer_id,
        held.location_id,
        series,
        slot.date.to_string(),
        stored_time(slot.from),
        stored_time(slot.until),
        slot.starts_at,
        slot.ends_at,
        AppointmentStatus::Scheduled,
        shared,
        shared.then_some(w.now),
        w.now,
        &slot.team,
        &slot.internal_note,
    )?;
    let kind = if shared { EventKind::AppointmentShared } else { EventKind::AppointmentScheduled };
    w.record(by, Event { appointment: Some(id), details: slot.details(), ..held.event(kind) });
    Ok(id)
}

/// What an act needs to know of the appointment it changes.
#[derive(sqlx::FromRow)]
struct Taken {
    status: AppointmentStatus,
    shared: bool,
    on_date: String,
    starts_at: Instant,
    ends_at: Instant,
}

impl Taken {
    fn after(&self, step: AppointmentMove) -> Result<AppointmentStatus> {
        self.status.after(step, self.shared).ok_or(Error::Conflict)
    }
}

/// Takes an appointment for a change, after its target.
async fn take(w: &mut Write<'_>, id: AppointmentId, version: i64) -> Result<(Held, Taken)> {
    let (target,) = within!(w, Option<(TargetId,)>, "SELECT target_id FROM appointment WHERE id = $1", id)?.ok_or(Error::NotFound)?;
    let held = hold(w, target, None).await?;
    let sql = "UPDATE appointment SET version = version + 1, updated_at = $3 WHERE id = $1 AND version = $2";
    Error::unless_swapped(change!(w, sql, id, version, w.now)?)?;
    let row = within!(w, One<Taken>, "SELECT status, shared, on_date, starts_at, ends_at FROM appointment WHERE id = $1", id)?;
    Ok((held, row))
}
