//! The elevator customer: real service requests of New York City (assets/demo/README.md), moved by whole weeks into the recent past.

use domain::clock::{Instant, Zone};
use domain::customer::LocationInput;
use domain::request::Decision;
use jiff::ToSpan;
use jiff::civil::{Date, DateTime};

use super::script::Who;
use super::stage::{Stage, Submission, broken, slot_on};
use crate::Result;

const ROWS: &[u8] = include_bytes!("../../assets/demo/nyc-elevator-requests.csv");
pub const ZONE: &str = "America/New_York";

/// One row of the file, with the columns that the demo uses.
#[derive(Clone, serde::Deserialize)]
pub struct Row {
    unique_key: String,
    /// Local New York time.
    created: DateTime,
    /// None where the request is still open.
    closed: Option<DateTime>,
    complaint_type: String,
    descriptor: String,
    zip: String,
    address: String,
    city: String,
    resolution: String,
    borough: String,
}

/// A step in a row's life, to be played at its time.
pub enum Step {
    Open,
    Close,
}

/// All rows, moved so that the newest date is at most a week ago.
pub fn rows(today: Date) -> Result<Vec<Row>> {
    let mut rows =
        csv::Reader::from_reader(ROWS).into_deserialize().collect::<Result<Vec<Row>, _>>().map_err(|e| broken(&e.to_string()))?;
    let newest = rows.iter().map(|row| row.closed.unwrap_or(row.created).date()).max().unwrap_or(today);
    let days = newest.until(today).map(|span| i64::from(span.get_days())).unwrap_or(0);
    // One day is left free, so that nothing is later than now anywhere.
    let weeks = (days - 1).div_euclid(7);
    let moved = |at: DateTime| at.checked_add(weeks.weeks()).unwrap_or(at);
    for row in &mut rows {
        (row.created, row.closed) = (moved(row.created), row.closed.map(moved));
    }
    Ok(rows)
}

impl Row {
    /// The address as the file has it, white space folded: the location's key and name.
    pub fn place(&self) -> String {
        self.address.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    pub fn location(&self) -> LocationInput {
        LocationInput {
            name: self.place(),
            street: self.place(),
            postal_code: self.zip.clone(),
            city: self.city.clone(),
            zone: ZONE.into(),
            internal_note: format!("Region: {}", self.borough),
        }
    }

    /// What happens when.
    pub fn steps(&self) -> Result<Vec<(Instant, Step)>> {
        let at = |local: DateTime| Zone::stored(ZONE).instant(local.date(), local.time()).map_err(|_| broken(&self.unique_key));
        let mut steps = vec![(at(self.created)?, Step::Open)];
        if let Some(closed) = self.closed {
            steps.push((at(closed)?, Step::Close));
        }
        Ok(steps)
    }

    pub async fn play(&self, stage: &mut Stage, at: Instant, step: &Step) -> Result<()> {
        stage.clock.turn(at);
        match step {
            Step::Open => self.open(stage).await,
            Step::Close => self.close(stage).await,
        }
    }

    /// Sent, and in review at once.
    async fn open(&self, stage: &mut Stage) -> Result<()> {
        let maintenance = self.descriptor.eq_ignore_ascii_case("maintenance");
        let text = format!("{}: {}\nCity request {}", self.complaint_type, self.descriptor, self.unique_key);
        let place = self.place();
        let submission = Submission {
            key: &self.unique_key,
            by: Who::Elevator,
            place: &place,
            kind: if maintenance { "maintenance" } else { "service" },
            title: &self.descriptor,
            text: &text,
            windows: Vec::new(),
            file: None,
        };
        stage.submit(submission).await?;
        stage.review(&self.unique_key).await
    }

    /// Accepted, visited, finished; the city's resolution is the report.
    async fn close(&self, stage: &mut Stage) -> Result<()> {
        let key = self.unique_key.as_str();
        let closed = stage.clock.now();
        stage.decide(key, Decision::Accept).await?;
        stage.convert(key, "Elevator inspection", &self.borough).await?;
        let date = closed.date_in(&Zone::stored(ZONE));
        stage.schedule(key, key, &slot_on(date, "06:00", "23:00", &self.borough), true).await?;
        stage.done(key, "Inspector", "").await?;
        stage.report(key, &self.resolution, &[]).await?;
        stage.approve(key).await?;
        stage.release(key, &self.descriptor, &self.resolution, 0).await?;
        stage.finish(key).await
    }
}
