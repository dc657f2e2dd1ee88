//! Appointments: when somebody comes. Tentative until shared; only shared ones exist for the customer.

use serde::{Deserialize, Serialize};

use crate::id::{AppointmentId, LocationId, RequestId, TargetId};
use crate::request::DayView;
use crate::status_word::StatusWord;
use crate::text::Text;
use crate::when::{Span, Stamp};

#[cfg(feature = "ssr")]
pub mod desk;
#[cfg(feature = "ssr")]
pub mod portal;

closed_set! {
    pub enum AppointmentStatus { Scheduled = "scheduled", Done = "done", NoAccess = "no_access", Cancelled = "cancelled" }
}

closed_set! {
    /// How the plan is laid out: one day, a week from its Monday on, or the days of four weeks that have something.
    #[derive(Default)]
    pub enum PlanView { Day = "day", #[default] Week = "week", List = "list" }
}

closed_set! {
    /// What can happen to an appointment.
    pub enum AppointmentMove { Share = "share", Move = "move", Cancel = "cancel", Finish = "finish", NoAccess = "no_access" }
}

/// The public word of one whose time has passed and of which the team has not said yet how it went.
pub const TIME_HAS_PASSED: Text = Text::new("Time has passed", "Zeit ist vorbei");

impl AppointmentStatus {
    /// The state machine: the state after a step, or none when the step is not legal here. Sharing is one way. Used by the buttons and by
    /// the server.
    pub const fn after(self, step: AppointmentMove, shared: bool) -> Option<Self> {
        match (self, step) {
            (Self::Scheduled, AppointmentMove::Share) if shared => None,
            (Self::Scheduled, AppointmentMove::Share | AppointmentMove::Move) => Some(Self::Scheduled),
            (Self::Scheduled, AppointmentMove::Cancel) => Some(Self::Cancelled),
            (Self::Scheduled, AppointmentMove::Finish) => Some(Self::Done),
            (Self::Scheduled, AppointmentMove::NoAccess) => Some(Self::NoAccess),
            _ => None,
        }
    }

    /// Scheduled, or done: it keeps its request planned (when shared).
    pub const fn is_live(self) -> bool {
        matches!(self, Self::Scheduled | Self::Done)
    }

    /// The public word (A5). `moved` tells whether it was moved since it was shared.
    pub const fn label(self, moved: bool) -> Text {
        match self {
            Self::Scheduled if moved => Text::new("Appointment moved", "Termin verschoben"),
            Self::Scheduled => Text::new("Appointment scheduled", "Termin geplant"),
            Self::Done => Text::new("Visit completed", "Besuch abgeschlossen"),
            Self::NoAccess => Text::new("We could not get in", "Wir kamen nicht hinein"),
            Self::Cancelled => Text::new("Appointment cancelled", "Termin abgesagt"),
        }
    }

    pub const fn tone(self, moved: bool) -> &'static str {
        match self {
            Self::Scheduled if moved => "amber",
            Self::Scheduled => "petrol",
            Self::Done => "green",
            Self::NoAccess => "amber",
            Self::Cancelled => "grey",
        }
    }

    pub const fn shape(self, moved: bool) -> &'static str {
        match self {
            Self::Scheduled if moved => "↻",
            Self::Scheduled => "◆",
            Self::Done => "✓",
            Self::NoAccess => "!",
            Self::Cancelled => "–",
        }
    }
}

/// An appointment as a contact sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AppointmentRow {
    pub id: AppointmentId,
    pub title: String,
    pub span: Span,
    pub status: AppointmentStatus,
    pub moved: bool,
    pub customer_name: String,
    pub location_id: LocationId,
    pub location_name: String,
    pub address: String,
    /// Over, at the time of asking.
    pub past: bool,
    pub cancel_reason: Option<String>,
    pub request: Option<(RequestId, String)>,
}

impl AppointmentRow {
    /// Its time has passed, and the team has not said yet how it went.
    pub fn is_unreported(&self) -> bool {
        self.past && self.status == AppointmentStatus::Scheduled
    }

    /// The public word of its status. One that nobody closed is not told as if it were to come.
    pub fn public_word(&self) -> StatusWord {
        if self.is_unreported() { StatusWord::AppointmentUnreported } else { StatusWord::of_appointment(self.status, self.moved) }
    }

    pub fn tone(&self) -> &'static str {
        if self.is_unreported() { "grey" } else { self.status.tone(self.moved) }
    }

    pub fn shape(&self) -> &'static str {
        if self.is_unreported() { "◇" } else { self.status.shape(self.moved) }
    }
}

/// Open work in reduced form (A3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct OpenWorkRow {
    pub id: TargetId,
    pub title: String,
    pub customer_name: String,
    pub location_name: String,
    pub since: Stamp,
    /// The next visit whose time has not passed.
    pub next_visit: Option<Span>,
    /// Without one, the visit whose time has passed and of which the team has not said yet how it went.
    pub unreported_visit: Option<Span>,
    pub request: Option<(RequestId, String)>,
}

/// Which of a contact's appointments to list. Empty means all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppointmentFilter {
    #[serde(default)]
    pub location: String,
    /// Words of the location's name or address; beside a chosen location they count for nothing.
    #[serde(default)]
    pub place: String,
    /// `past`, or empty for the coming ones.
    #[serde(default)]
    pub show: String,
    #[serde(default)]
    pub after: String,
}

/// A day and hours at a location, as typed on the desk.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlotInput {
    #[serde(default)]
    pub date: String,
    #[serde(default)]
    pub from: String,
    #[serde(default)]
    pub until: String,
    #[serde(default)]
    pub team: String,
    #[serde(default)]
    pub internal_note: String,
}

/// A row of visits, as typed (A8): `every_weeks` 1–52, `visits` 2–104.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeriesInput {
    pub slot: SlotInput,
    pub every_weeks: String,
    pub visits: String,
}

/// An appointment on the desk, internal parts included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DeskAppointment {
    pub id: AppointmentId,
    pub version: i64,
    pub target_id: TargetId,
    pub target_number: String,
    pub title: String,
    pub customer_name: String,
    pub location_name: String,
    pub span: Span,
    pub status: AppointmentStatus,
    pub shared: bool,
    pub moved: bool,
    pub started: bool,
    pub cancel_reason: Option<String>,
    pub team: String,
    pub internal_note: String,
    pub in_series: bool,
    /// While it is scheduled: how it stands to the customer's wishes, those of the request and of suggestions that were not declined.
    pub fit: Option<Fit>,
    /// While it is scheduled: where else its team is at the same time.
    pub overlaps: Vec<Overlap>,
    pub visit: Option<VisitView>,
    pub report: Option<crate::id::ReportId>,
}

/// How a time stands to what the customer wished.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fit {
    /// It lies within a wish: this one, in short, "Tue 8–10 am".
    Wish(String),
    /// There are wishes, and it lies within none of them.
    Outside,
}

/// How a day with hours (`YYYY-MM-DD`, `HH:MM`) stands to wishes at the same location: nothing without wishes, or while a part is missing.
pub fn fit(date: &str, from: &str, until: &str, wishes: &[Span]) -> Option<Fit> {
    if wishes.is_empty() || date.is_empty() || from.is_empty() || until <= from {
        return None;
    }
    // Times of two digits each sort as text.
    let around = |wish: &&Span| {
        let hours = wish.from.as_deref().zip(wish.until.as_deref());
        wish.date == date && hours.is_none_or(|(start, end)| start <= from && until <= end)
    };
    let short = |wish: &Span| [wish.leaf[0].as_str(), wish.hours.as_deref().unwrap_or_default()].join(" ").trim_end().to_owned();
    Some(wishes.iter().find(around).map_or(Fit::Outside, |wish| Fit::Wish(short(wish))))
}

/// Another appointment of the same team at the same time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Overlap {
    pub target_id: TargetId,
    pub title: String,
    pub location_name: String,
    pub span: Span,
}

/// Which part of the plan to show. What is empty or makes no sense is the default: this week, every team, no work in hand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanFilter {
    /// A [`PlanView`] word.
    pub view: String,
    /// A day of the stretch to show, `YYYY-MM-DD`.
    pub date: String,
    pub team: String,
    /// The open work that a time is looked for.
    pub work: String,
}

/// A stretch of the plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Plan {
    pub view: PlanView,
    /// The stretch, written out.
    pub title: String,
    pub days: Vec<PlanDay>,
    /// The day that was asked for, `YYYY-MM-DD`; then today, and the days to ask for the stretches before and after.
    pub date: String,
    pub today: String,
    pub earlier: String,
    pub later: String,
    /// The zone of the company, in which its days begin; a time in another one is shown with its zone.
    pub zone: String,
    /// The team whose appointments are shown; empty for all.
    pub team: String,
    /// Teams to choose from.
    pub teams: Vec<String>,
    /// The work that a time is looked for.
    pub in_hand: Option<InHand>,
}

/// One day of the plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PlanDay {
    pub day: DayView,
    pub today: bool,
    /// Those that were not cancelled, in their order.
    pub appointments: Vec<DeskAppointment>,
    /// Where the work in hand could go: the wished hours of the day and the usual windows, without those in which the chosen team is
    /// busy.
    pub free: Vec<FreeSlot>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FreeSlot {
    pub span: Span,
    pub fit: Option<Fit>,
}

/// Work that was taken out of the tray to find a time for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct InHand {
    pub id: TargetId,
    pub title: String,
    pub location_name: String,
    pub wishes: Vec<Span>,
}

/// What happened at an appointment: the office's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct VisitView {
    pub technician: String,
    pub arrived: Option<Stamp>,
    pub left: Option<Stamp>,
    pub internal_note: String,
}

/// What staff type when a visit is over. Times are `HH:MM` at the location on the appointment's day; empty is allowed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitInput {
    #[serde(default)]
    pub technician: String,
    #[serde(default)]
    pub arrived: String,
    #[serde(default)]
    pub left: String,
    #[serde(default)]
    pub internal_note: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a7_only_a_scheduled_appointment_changes_and_it_is_shared_once() {
        for status in AppointmentStatus::ALL {
            for step in AppointmentMove::ALL {
                for shared in [false, true] {
                    let legal = *status == AppointmentStatus::Scheduled && !(shared && *step == AppointmentMove::Share);
                    assert_eq!(status.after(*step, shared).is_some(), legal, "{status} by {step}, shared {shared}");
                }
            }
        }
    }

    #[test]
    fn r4_a_time_fits_a_wish_only_when_all_of_it_lies_within() {
        let wish = |date: &str, hours: Option<(&str, &str)>| Span {
            date: date.into(),
            from: hours.map(|(from, _)| from.into()),
            until: hours.map(|(_, until)| until.into()),
            text: String::new(),
            hours: hours.map(|_| "8–10 am".into()),
            leaf: ["Tue".into(), "10".into(), "Mar".into()],
            today: false,
            zone: "Europe/Berlin".into(),
        };
        let wishes = [wish("2026-03-10", Some(("08:00", "10:00"))), wish("2026-03-12", None)];
        let fits = |date: &str, from: &str, until: &str| fit(date, from, until, &wishes);
        assert_eq!(fits("2026-03-10", "08:00", "10:00"), Some(Fit::Wish("Tue 8–10 am".into())));
        assert_eq!(fits("2026-03-10", "09:30", "09:45"), Some(Fit::Wish("Tue 8–10 am".into())));
        assert_eq!(fits("2026-03-12", "00:00", "23:59"), Some(Fit::Wish("Tue".into())));
        for (date, from, until) in [("2026-03-10", "07:59", "10:00"), ("2026-03-10", "08:00", "10:01"), ("2026-03-11", "08:00", "10:00")] {
            assert_eq!(fits(date, from, until), Some(Fit::Outside), "{date} {from} {until}");
        }
        for (date, from, until) in [("", "08:00", "10:00"), ("2026-03-10", "", "10:00"), ("2026-03-10", "10:00", "08:00")] {
            assert_eq!(fits(date, from, until), None, "{date} {from} {until}");
        }
        assert_eq!(fit("2026-03-10", "08:00", "10:00", &[]), None, "nothing is wished");
    }

    #[test]
    fn a5_every_status_has_a_public_word_in_both_languages() {
        for status in AppointmentStatus::ALL {
            for moved in [false, true] {
                let label = status.label(moved);
                assert!(!label.en.is_empty() && !label.de.is_empty() && !status.tone(moved).is_empty() && !status.shape(moved).is_empty());
            }
        }
    }
}
