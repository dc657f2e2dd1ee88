//! Dragging work from the tray, or an appointment, onto a day. It opens the form that a link would have opened, filled in; nothing is
//! booked by dropping. Needs script; the links are there for all others.

use domain::appointment::{AppointmentStatus, DeskAppointment};
use domain::id::{AppointmentId, TargetId};
use domain::target::TargetRow;
use domain::when::Span;
use leptos::prelude::*;
use leptos::web_sys::DragEvent;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::schedule_form;
use crate::desk::targets::slot_query;
use crate::ui::form::escaped;

/// What is being dragged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Held {
    Work { id: TargetId, wishes: Vec<Span> },
    Visit { id: AppointmentId, target: TargetId, from: String, until: String },
}

impl Held {
    pub fn work(target: &TargetRow) -> Self {
        Self::Work { id: target.id, wishes: target.wishes.clone() }
    }

    /// An appointment that can still be moved.
    pub fn visit(appointment: &DeskAppointment) -> Option<Self> {
        let (from, until) = appointment.span.from.clone().zip(appointment.span.until.clone())?;
        let visit = Self::Visit { id: appointment.id, target: appointment.target_id, from, until };
        (appointment.status == AppointmentStatus::Scheduled).then_some(visit)
    }

    /// The address of the form for a day: new work takes the hours that are wished on it, if any; an appointment keeps its own.
    fn form_on(&self, date: &str, team: &str) -> String {
        match self {
            Self::Work { id, wishes } => match wishes.iter().find(|wish| wish.date == date) {
                Some(wish) => schedule_form(*id, &slot_query(wish), team),
                None => schedule_form(*id, &format!("date={}", escaped(date)), team),
            },
            Self::Visit { id, target, from, until } => {
                let (date, from, until) = (escaped(date), escaped(from), escaped(until));
                format!("/desk/targets/{target}?form=move-{id}&date={date}&from={from}&until={until}#form")
            }
        }
    }

    /// The same for a slot.
    fn form_at(&self, slot: &Span, team: &str) -> String {
        match self {
            Self::Work { id, .. } => schedule_form(*id, &slot_query(slot), team),
            Self::Visit { id, target, .. } => format!("/desk/targets/{target}?form=move-{id}&{}#form", slot_query(slot)),
        }
    }
}

/// The plan's dragging: what is held, and where a drop leads.
#[derive(Clone, Copy)]
pub struct Dragging {
    held: RwSignal<Option<Held>>,
    open: Callback<String>,
}

impl Dragging {
    /// Call it in a component under the router.
    pub fn new() -> Self {
        let navigate = use_navigate();
        let open = Callback::new(move |address: String| navigate(&address, NavigateOptions::default()));
        Self { held: RwSignal::new(None), open }
    }

    pub fn is_on(self) -> bool {
        self.held.with(Option::is_some)
    }

    pub fn begin(self, event: &DragEvent, held: Held) {
        // Some browsers drag only what brings data.
        if let Some(data) = event.data_transfer() {
            let _ = data.set_data("text/plain", "-");
        }
        self.held.set(Some(held));
    }

    pub fn end(self) {
        self.held.set(None);
    }

    /// Says that something may be dropped here.
    pub fn over(self, event: &DragEvent) {
        if self.held.with_untracked(Option::is_some) {
            event.prevent_default();
        }
    }

    pub fn drop_on_day(self, event: &DragEvent, date: &str, team: &str) {
        self.let_go(event, |held| held.form_on(date, team));
    }

    pub fn drop_at(self, event: &DragEvent, slot: &Span, team: &str) {
        self.let_go(event, |held| held.form_at(slot, team));
    }

    fn let_go(self, event: &DragEvent, form: impl FnOnce(&Held) -> String) {
        let Some(held) = self.held.get_untracked() else { return };
        event.prevent_default();
        // A slot lies within its day.
        event.stop_propagation();
        self.held.set(None);
        self.open.run(form(&held));
    }
}
