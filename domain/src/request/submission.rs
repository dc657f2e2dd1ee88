//! What the two ways of sending a request share: a contact's draft (`draft.rs`) and a request that staff record for a contact
//! (`desk.rs`). The input is checked against the clock of its location, and one statement takes the right to send from the view.

use uuid::Uuid;

use crate::clock::{Instant, Zone, parse_date, parse_time, stored_time};
use crate::error::Result;
use crate::field::{Problem, Problems};
use crate::id::{ContactId, CustomerId, LocationId, RequestId, StaffId, number};
use crate::journal::{By, Event, EventKind, Write};
use crate::request::{Timing, WINDOW_LIMIT, What, WhatInput, WindowInput};

/// The input of a request, checked.
pub(crate) struct Submission {
    pub what: What,
    pub wishes: Wishes,
}

/// When it should happen, checked: windows only where days are wished.
pub(crate) struct Wishes {
    pub timing: Timing,
    pub windows: Vec<Window>,
}

/// A wished day, or hours of it, in stored form.
pub(crate) struct Window {
    pub date: String,
    pub hours: Option<(String, String)>,
}

/// Whose request it becomes, and where.
pub(crate) struct Envelope {
    pub id: RequestId,
    pub idempotency_key: Uuid,
    pub contact: ContactId,
    pub customer: CustomerId,
    pub location: LocationId,
    pub recorded_by: Option<StaffId>,
}

impl Submission {
    /// # Errors
    /// The problems of all fields at once.
    pub fn parse(what: &WhatInput, timing: &str, windows: &[WindowInput], zone: &Zone, now: Instant) -> Result<Self, Problems> {
        match (What::parse(what), Wishes::parse(timing, windows, zone, now)) {
            (Ok(what), Ok(wishes)) => Ok(Self { what, wishes }),
            (what, wishes) => Err(Problems([what.err(), wishes.err()].into_iter().flatten().flat_map(|problems| problems.0).collect())),
        }
    }

    /// Makes the request, unless the contact may not send requests for the location or the key has made one before: then `false`.
    pub async fn insert(&self, w: &mut Write<'_>, to: &Envelope) -> Result<bool> {
        let inserted = change!(
            w,
            "INSERT INTO request (id, number, idempotency_key, customer_id, location_id, contact_id, recorded_by, kind, title, description,
                on_site_contact, urgency, timing, status, submitted_at, updated_at)
             SELECT $1, $2, $3, l.customer_id, l.id, l.contact_id, $4, $5, $6, $7, $8, $9, $10, 'submitted', $11, $11
             FROM portal_location l
             WHERE l.contact_id = $12 AND l.id = $13 AND l.may_submit
             ON CONFLICT DO NOTHING",
            to.id,
            number(),
            to.idempotency_key,
            to.recorded_by,
            self.what.kind,
            self.what.title.as_str(),
            self.what.description.as_str(),
            self.what.on_site_contact.as_str(),
            self.what.urgency,
            self.wishes.timing,
            w.now,
            to.contact,
            to.location,
        )?;
        if inserted == 0 {
            return Ok(false);
        }
        for (position, window) in (1_i64..).zip(&self.wishes.windows) {
            let (from, until) = window.hours.as_ref().map(|(from, until)| (from.as_str(), until.as_str())).unzip();
            change!(
                w,
                "INSERT INTO request_window (request_id, position, on_date, from_time, until_time) VALUES ($1, $2, $3, $4, $5)",
                to.id,
                position,
                window.date.as_str(),
                from,
                until,
            )?;
        }
        let by = to.recorded_by.map_or(By::Contact(to.contact), By::Staff);
        let submitted = Event::at(EventKind::RequestSubmitted, to.customer, to.location);
        w.record(by, Event { request: Some(to.id), contact: Some(to.contact), ..submitted });
        Ok(true)
    }
}

impl Wishes {
    /// Rows that were left empty are no wishes, and wishes count only where days are asked for.
    ///
    /// # Errors
    /// Problems of the fields `timing` and `windows`.
    pub fn parse(timing: &str, windows: &[WindowInput], zone: &Zone, now: Instant) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let Some(timing) = problems.take("timing", if timing.is_empty() { Err(Problem::NothingChosen) } else { timing.parse::<Timing>() })
        else {
            return Err(problems);
        };
        if timing != Timing::Days {
            return Ok(Self { timing, windows: Vec::new() });
        }
        let filled: Vec<_> = windows.iter().filter(|window| !window.is_empty()).collect();
        match filled.len() {
            0 => problems.add("windows", Problem::NoDay),
            n if n > WINDOW_LIMIT => problems.add("windows", Problem::TooMany { most: WINDOW_LIMIT }),
            _ => {}
        }
        let windows = filled.into_iter().filter_map(|window| problems.take("windows", Window::parse(window, zone, now))).collect();
        problems.check()?;
        Ok(Self { timing, windows })
    }

    /// The same as input again: how a draft keeps it.
    pub fn inputs(&self) -> Vec<WindowInput> {
        let input = |window: &Window| {
            let (from, until) = window.hours.clone().unwrap_or_default();
            WindowInput { date: window.date.clone(), from, until }
        };
        self.windows.iter().map(input).collect()
    }
}

impl Window {
    fn parse(input: &WindowInput, zone: &Zone, now: Instant) -> Result<Self, Problem> {
        let incomplete = |problem| if problem == Problem::Missing { Problem::DayIncomplete } else { problem };
        let date = parse_date(&input.date).map_err(incomplete)?;
        if date < now.date_in(zone) {
            return Err(Problem::InThePast);
        }
        if input.from.trim().is_empty() && input.until.trim().is_empty() {
            return Ok(Self { date: date.to_string(), hours: None });
        }
        let (from, until) = (parse_time(&input.from).map_err(incomplete)?, parse_time(&input.until).map_err(incomplete)?);
        if until <= from {
            return Err(Problem::EndBeforeStart);
        }
        zone.instant(date, from)?;
        if zone.instant(date, until)? <= now {
            return Err(Problem::InThePast);
        }
        Ok(Self { date: date.to_string(), hours: Some((stored_time(from), stored_time(until))) })
    }
}

impl WindowInput {
    fn is_empty(&self) -> bool {
        [&self.date, &self.from, &self.until].into_iter().all(|text| text.trim().is_empty())
    }
}
