//! What a customer may do about the time of an appointment: suggest another, and read what became of that.

use crate::actor::Portal;
use crate::appointment::AppointmentStatus;
use crate::clock::{self, Instant, Zone};
use crate::error::{Error, Result};
use crate::field::{self, Problem, Problems};
use crate::id::{AppointmentId, CustomerId, FormKey, LocationId, SuggestionId};
use crate::journal::{Event, EventKind, Write};
use crate::request::submission::{Window, Wishes};
use crate::request::{Timing, WindowInput};
use crate::suggestion::{MESSAGE_LIMIT, OwnSuggestion, SUGGESTED_WINDOWS, SuggestionStatus, SuggestionView};
use crate::when::Span;

/// The appointment that a time is suggested for.
#[derive(sqlx::FromRow)]
struct Shared {
    customer_id: CustomerId,
    location_id: LocationId,
    zone: String,
    status: AppointmentStatus,
    ends_at: Instant,
    may_submit: bool,
}

impl Shared {
    /// Whether it is still to come.
    fn is_ahead(&self, now: Instant) -> bool {
        self.status == AppointmentStatus::Scheduled && self.ends_at >= now
    }
}

const SHARED: &str = "SELECT customer_id, location_id, zone, status, ends_at, may_submit FROM portal_appointment
    WHERE contact_id = $1 AND id = $2";

#[derive(sqlx::FromRow)]
struct Latest {
    id: SuggestionId,
    zone: String,
    appointment_status: AppointmentStatus,
    message: String,
    status: SuggestionStatus,
    answer: String,
}

/// The input of a suggestion, checked.
struct Suggestion {
    windows: Vec<Window>,
    message: String,
}

impl Suggestion {
    fn parse(windows: &[WindowInput], message: &str, zone: &Zone, now: Instant) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let wishes = problems.take_all(Wishes::parse(Timing::Days.word(), windows, zone, now));
        let message = problems.take("message", field::lines(message, 0, MESSAGE_LIMIT));
        if wishes.as_ref().is_some_and(|wishes| wishes.windows.len() > SUGGESTED_WINDOWS) {
            problems.add("windows", Problem::TooMany { most: SUGGESTED_WINDOWS });
        }
        match (wishes, message) {
            (Some(wishes), Some(message)) if problems.0.is_empty() => Ok(Self { windows: wishes.windows, message }),
            _ => Err(problems),
        }
    }

    /// For the journal: "2026-03-09 08:00–10:00, 2026-03-10".
    fn details(&self) -> String {
        let written = |window: &Window| match &window.hours {
            Some((from, until)) => format!("{} {from}–{until}", window.date),
            None => window.date.clone(),
        };
        self.windows.iter().map(written).collect::<Vec<_>>().join(", ")
    }
}

impl Portal<'_> {
    /// Suggests up to three other times for a shared appointment that is still to come. Nothing is booked. An open suggestion of the
    /// contact for it is replaced. `key` is minted where the form is made: sending it twice makes one suggestion.
    ///
    /// # Errors
    /// [`Error::NotFound`] unless the contact sees the appointment and may submit there; [`Error::Conflict`] when it is not to come any
    /// more; problems of the fields `windows` and `message`.
    pub async fn suggest_time(&self, appointment: AppointmentId, key: FormKey, windows: &[WindowInput], message: &str) -> Result<()> {
        let mut w = self.db.write().await?;
        let row = within!(w, Option<Shared>, SHARED, self.contact(), appointment)?.filter(|row| row.may_submit).ok_or(Error::NotFound)?;
        if self.suggested_before(&mut w, appointment, key).await? {
            return Ok(());
        }
        if !row.is_ahead(w.now) {
            return Err(Error::Conflict);
        }
        let suggestion = Suggestion::parse(windows, message, &Zone::stored(&row.zone), w.now)?;
        self.replace_open(&mut w, appointment).await?;
        self.insert_suggestion(&mut w, appointment, key, &suggestion).await?;
        let event = Event::at(EventKind::AppointmentSuggested, row.customer_id, row.location_id);
        let contact = Some(self.contact());
        w.record(self.by(), Event { appointment: Some(appointment), contact, details: suggestion.details(), ..event });
        w.commit().await
    }

    /// What the contact has suggested for an appointment, and whether it may suggest a time now.
    ///
    /// # Errors
    /// [`Error::NotFound`] for an appointment that the contact does not see.
    pub async fn own_suggestion(&self, appointment: AppointmentId) -> Result<OwnSuggestion> {
        let shared = read!(self.reader(), Option<Shared>, SHARED, self.contact(), appointment)?.ok_or(Error::NotFound)?;
        let latest = read!(
            self.reader(),
            Option<Latest>,
            "SELECT id, zone, appointment_status, message, status, answer FROM portal_appointment_suggestion
             WHERE contact_id = $1 AND appointment_id = $2 AND status <> 'replaced'
             ORDER BY CASE WHEN status = 'open' THEN 0 ELSE 1 END, suggested_at DESC, id LIMIT 1",
            self.contact(),
            appointment,
        )?;
        let latest = match latest {
            Some(row) => Some(self.suggestion_view(row).await?),
            None => None,
        };
        Ok(OwnSuggestion { may_suggest: shared.may_submit && shared.is_ahead(self.db.now()), latest })
    }

    async fn suggestion_view(&self, row: Latest) -> Result<SuggestionView> {
        // Sent at the moment at which the appointment ended: nobody will answer.
        let over = row.status == SuggestionStatus::Open && row.appointment_status != AppointmentStatus::Scheduled;
        let status = if over { SuggestionStatus::Closed } else { row.status };
        let windows = self.suggested_windows(row.id, &Zone::stored(&row.zone)).await?;
        Ok(SuggestionView { windows, message: row.message, status, answer: row.answer })
    }

    async fn suggested_windows(&self, suggestion: SuggestionId, zone: &Zone) -> Result<Vec<Span>> {
        let rows = read!(
            self.reader(),
            Vec<(String, Option<String>, Option<String>)>,
            "SELECT on_date, from_time, until_time FROM portal_suggestion_window
             WHERE contact_id = $1 AND suggestion_id = $2 ORDER BY position",
            self.contact(),
            suggestion,
        )?;
        let (now, lang) = (self.db.now(), self.actor.lang);
        Ok(rows.iter().map(|(date, from, until)| clock::span(date, from.as_deref(), until.as_deref(), zone, now, lang)).collect())
    }

    /// A double click, or a retry after a lost answer.
    async fn suggested_before(&self, w: &mut Write<'_>, appointment: AppointmentId, key: FormKey) -> Result<bool> {
        let row = within!(
            w,
            Option<(SuggestionId,)>,
            "SELECT id FROM portal_appointment_suggestion WHERE contact_id = $1 AND appointment_id = $2 AND form_key = $3",
            self.contact(),
            appointment,
            key,
        )?;
        Ok(row.is_some())
    }

    async fn replace_open(&self, w: &mut Write<'_>, appointment: AppointmentId) -> Result<()> {
        change!(
            w,
            "UPDATE appointment_suggestion SET status = 'replaced', closed_at = $3
             WHERE status = 'open'
                AND id IN (SELECT id FROM portal_appointment_suggestion WHERE contact_id = $1 AND appointment_id = $2)",
            self.contact(),
            appointment,
            w.now,
        )?;
        Ok(())
    }

    async fn insert_suggestion(&self, w: &mut Write<'_>, appointment: AppointmentId, key: FormKey, what: &Suggestion) -> Result<()> {
        let id = SuggestionId::new();
        let made = change!(
            w,
            "INSERT INTO appointment_suggestion (id, appointment_id, contact_id, form_key, message, status, suggested_at)
             SELECT $3, id, contact_id, $4, $5, 'open', $6 FROM portal_appointment
             WHERE contact_id = $1 AND id = $2 AND may_submit AND status = 'scheduled' AND ends_at >= $6
             ON CONFLICT DO NOTHING",
            self.contact(),
            appointment,
            id,
            key,
            what.message.as_str(),
            w.now,
        )?;
        // Another one was sent at the same moment, or the appointment has just ended.
        Error::unless_swapped(made)?;
        for (position, window) in (1_i64..).zip(&what.windows) {
            let (from, until) = window.hours.as_ref().map(|(from, until)| (from.as_str(), until.as_str())).unzip();
            change!(
                w,
                "INSERT INTO suggestion_window (suggestion_id, position, on_date, from_time, until_time)
                 SELECT id, $3, $4, $5, $6 FROM portal_appointment_suggestion WHERE contact_id = $1 AND id = $2",
                self.contact(),
                id,
                position,
                window.date.as_str(),
                from,
                until,
            )?;
        }
        Ok(())
    }
}
