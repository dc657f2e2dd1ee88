//! Suggested times as staff answer them: by moving the appointment, or by keeping it, with or without a sentence.

use crate::actor::Desk;
use crate::clock::{self, Instant, Zone};
use crate::error::{Error, Result};
use crate::field;
use crate::id::{AppointmentId, ContactId, CustomerId, LocationId, RequestId, SuggestionId, TargetId};
use crate::journal::{By, Event, EventKind, Write};
use crate::role::Act;
use crate::suggestion::{DeskSuggestion, MESSAGE_LIMIT, SuggestionStatus};
use crate::target::desk::Held;
use crate::text::Lang;

// ------------------------------------------------------------------------------------------------------- reading

/// One line of a list: a suggestion, once for each of its windows.
#[derive(sqlx::FromRow)]
struct Line {
    id: SuggestionId,
    appointment_id: AppointmentId,
    target_id: TargetId,
    contact_name: String,
    message: String,
    suggested_at: Instant,
    title: String,
    customer_name: String,
    location_name: String,
    zone: String,
    on_date: String,
    from_time: String,
    until_time: String,
    wish_date: String,
    wish_from: Option<String>,
    wish_until: Option<String>,
}

/// The query of both lists here, the ones that wait longest first, and a condition of its own. At most 600 lines are at least 200
/// suggestions.
macro_rules! open {
    ($rest:literal) => {
        concat!(
            "SELECT s.id, s.appointment_id, a.target_id, p.name AS contact_name, s.message, s.suggested_at, t.title,
                c.name AS customer_name, l.name AS location_name, l.zone, a.on_date, a.from_time, a.until_time, w.on_date AS wish_date,
                w.from_time AS wish_from, w.until_time AS wish_until
             FROM appointment_suggestion s
             JOIN appointment a ON a.id = s.appointment_id AND a.status = 'scheduled'
             JOIN target t ON t.id = a.target_id
             JOIN customer c ON c.id = a.customer_id
             JOIN location l ON l.id = a.location_id
             JOIN contact p ON p.id = s.contact_id
             JOIN suggestion_window w ON w.suggestion_id = s.id
             WHERE s.status = 'open'",
            $rest,
            " ORDER BY s.suggested_at, s.id, w.position LIMIT 600"
        )
    };
}

/// Gathers the lines of each suggestion, which stand together.
fn rows(lines: Vec<Line>, now: Instant, lang: Lang) -> Vec<DeskSuggestion> {
    let mut rows: Vec<DeskSuggestion> = Vec::new();
    for line in lines {
        let zone = Zone::stored(&line.zone);
        let wish = clock::span(&line.wish_date, line.wish_from.as_deref(), line.wish_until.as_deref(), &zone, now, lang);
        match rows.last_mut() {
            Some(row) if row.id == line.id => row.windows.push(wish),
            _ => rows.push(DeskSuggestion {
                id: line.id,
                appointment_id: line.appointment_id,
                target_id: line.target_id,
                contact_name: line.contact_name,
                message: line.message,
                windows: vec![wish],
                suggested: line.suggested_at.stamp(&zone, lang),
                title: line.title,
                customer_name: line.customer_name,
                location_name: line.location_name,
                appointment: clock::span(&line.on_date, Some(&line.from_time), Some(&line.until_time), &zone, now, lang),
            }),
        }
    }
    rows
}

/// The open suggestions for a target's appointments.
pub(crate) async fn of_target(desk: &Desk<'_>, target: TargetId) -> Result<Vec<DeskSuggestion>> {
    let lines = read!(desk.reader(), Vec<Line>, open!(" AND a.target_id = $1"), target)?;
    Ok(rows(lines, desk.db.now(), desk.actor.lang))
}

/// Which suggestion an answer is for, and what it belongs to.
#[derive(sqlx::FromRow)]
struct Asked {
    appointment_id: AppointmentId,
    contact_id: ContactId,
    target_id: TargetId,
    customer_id: CustomerId,
    location_id: LocationId,
    request_id: Option<RequestId>,
}

impl Desk<'_> {
    /// The suggestions that wait for an answer, oldest first: at most 200 of them, or somewhat more.
    pub async fn open_suggestions(&self) -> Result<Vec<DeskSuggestion>> {
        let lines = read!(self.reader(), Vec<Line>, open!(""))?;
        Ok(rows(lines, self.db.now(), self.actor.lang))
    }

    /// Keeps the appointment as it is, and says so to the contact who suggested another time; the sentence may be empty.
    ///
    /// # Errors
    /// `Forbidden`, `NotFound`; `Conflict` when the suggestion is not open any more; `Invalid` (`sentence`).
    pub async fn answer_suggestion(&self, id: SuggestionId, sentence: &str) -> Result<()> {
        let mut w = self.begin(Act::Schedule).await?;
        let asked = within!(
            w,
            Option<Asked>,
            "SELECT s.appointment_id, s.contact_id, a.target_id, a.customer_id, a.location_id, t.request_id
             FROM appointment_suggestion s
             JOIN appointment a ON a.id = s.appointment_id
             JOIN target t ON t.id = a.target_id
             WHERE s.id = $1",
            id,
        )?
        .ok_or(Error::NotFound)?;
        let sentence = field::lines(sentence, 0, MESSAGE_LIMIT).map_err(|problem| Error::invalid("sentence", problem))?;
        let swapped = change!(
            w,
            "UPDATE appointment_suggestion SET status = $2, answer = $3, closed_at = $4 WHERE id = $1 AND status = 'open'",
            id,
            SuggestionStatus::Answered,
            sentence.as_str(),
            w.now,
        )?;
        Error::unless_swapped(swapped)?;
        let answered = Event::at(EventKind::SuggestionAnswered, asked.customer_id, asked.location_id);
        let event = Event {
            contact: Some(asked.contact_id),
            appointment: Some(asked.appointment_id),
            target: Some(asked.target_id),
            request: asked.request_id,
            details: SuggestionStatus::Answered.word().to_owned(),
            ..answered
        };
        w.record(self.by(), event);
        w.commit().await
    }
}

// ------------------------------------------------------------------------------------------- what follows from a plan

/// The appointment was moved: whoever suggested another time is answered by that.
pub(crate) async fn accept(w: &mut Write<'_>, held: &Held, appointment: AppointmentId, by: By) -> Result<()> {
    let askers = within!(
        w,
        Vec<(ContactId,)>,
        "UPDATE appointment_suggestion SET status = $2, closed_at = $3 WHERE appointment_id = $1 AND status = 'open'
         RETURNING contact_id",
        appointment,
        SuggestionStatus::Accepted,
        w.now,
    )?;
    for (contact,) in askers {
        let details = SuggestionStatus::Accepted.word().to_owned();
        let answered = held.event(EventKind::SuggestionAnswered);
        w.record(by, Event { appointment: Some(appointment), contact: Some(contact), details, ..answered });
    }
    Ok(())
}

/// The appointment came to its end, which says enough.
pub(crate) async fn close(w: &mut Write<'_>, appointment: AppointmentId) -> Result<()> {
    change!(
        w,
        "UPDATE appointment_suggestion SET status = $2, closed_at = $3 WHERE appointment_id = $1 AND status = 'open'",
        appointment,
        SuggestionStatus::Closed,
        w.now,
    )?;
    Ok(())
}
