//! The numbers of the overview, and the lists behind them. Weeks and days are worked out here; the database is asked about instants.

use jiff::ToSpan;
use jiff::civil::Date;
use uuid::Uuid;

use crate::actor::Desk;
use crate::clock::{self, Instant, Zone, day_stamp, parse_date, short_day_text};
use crate::error::{Error, Result};
use crate::id::{AppointmentId, RequestId, TargetId};
use crate::overview::{Age, AppointmentBehind, BehindFilter, Kept, Outcome, Overview, RequestBehind, WEEKS, Wait, Week};
use crate::page::{Cursor, PAGE_SIZE, Page};
use crate::report::Stage;
use crate::role::Act;
use crate::text::Lang;

/// The classes of age: the days since the request was sent, at least.
const AGES: [i64; 5] = [0, 2, 7, 14, 28];

/// An [`Outcome`] of a request `r`.
macro_rules! outcome {
    () => {
        "CASE WHEN r.status IN ('rejected', 'cancelled') THEN r.status
            WHEN EXISTS (SELECT 1 FROM target t WHERE t.request_id = r.id AND t.status = 'done') THEN 'completed'
            WHEN r.status IN ('submitted', 'in_review') THEN 'open'
            ELSE 'accepted' END AS outcome"
    };
}

/// When a request `r` had its first answer from the team, and its first decision.
macro_rules! waits {
    () => {
        "(SELECT MIN(e.at) FROM event e WHERE e.request_id = r.id AND (e.kind IN ('request_question_asked', 'request_accepted',
                'request_rejected') OR (e.kind = 'request_message_sent' AND e.actor_staff_id IS NOT NULL))) AS answered_at,
            (SELECT MIN(e.at) FROM event e WHERE e.request_id = r.id AND e.kind IN ('request_accepted', 'request_rejected')) AS decided_at"
    };
}

/// A [`Kept`] of an appointment `a`.
macro_rules! kept {
    () => {
        "CASE WHEN a.status = 'no_access' THEN 'no_access' WHEN a.status = 'cancelled' THEN 'cancelled'
            WHEN a.status = 'scheduled' THEN 'not_closed' WHEN a.sequence > 0 THEN 'moved' ELSE 'kept' END AS kept"
    };
}

#[derive(sqlx::FromRow)]
struct RequestSql {
    submitted_at: Instant,
    outcome: Outcome,
    answered_at: Option<Instant>,
    decided_at: Option<Instant>,
}

#[derive(sqlx::FromRow)]
struct RequestBehindSql {
    id: RequestId,
    number: String,
    title: String,
    customer_name: String,
    location_name: String,
    #[sqlx(flatten)]
    request: RequestSql,
}

#[derive(sqlx::FromRow)]
struct AppointmentBehindSql {
    id: AppointmentId,
    target_id: TargetId,
    title: String,
    customer_name: String,
    location_name: String,
    zone: String,
    on_date: String,
    from_time: String,
    until_time: String,
    starts_at: Instant,
    kept: Kept,
}

/// Days of the company's zone as a stretch of time.
struct Stretch {
    from: Option<Instant>,
    before: Option<Instant>,
}

impl Stretch {
    fn of(filter: &BehindFilter, zone: &Zone) -> Self {
        let start = |day: Date| zone.start_of(day).ok();
        let day = |text: &str| parse_date(text).ok();
        Self { from: day(&filter.from).and_then(start), before: day(&filter.until).and_then(|day| start(day.saturating_add(1.day()))) }
    }
}

/// A week as the numbers are gathered in it.
struct Bounds {
    monday: Date,
    from: Instant,
    before: Instant,
}

impl Bounds {
    /// The overview's weeks, the oldest first.
    fn weeks(now: Instant, zone: &Zone) -> Result<Vec<Self>> {
        let today = now.date_in(zone);
        let this_monday = today.saturating_sub(i64::from(today.weekday().to_monday_zero_offset()).days());
        let start = |day: Date| zone.start_of(day).map_err(|problem| Error::invalid("from", problem));
        let week = |back: i64| -> Result<Self> {
            let monday = this_monday.saturating_sub((7 * back).days());
            Ok(Self { monday, from: start(monday)?, before: start(monday.saturating_add(7.days()))? })
        };
        (0..WEEKS).rev().map(week).collect()
    }

    fn holds(&self, at: Instant) -> bool {
        self.from <= at && at < self.before
    }

    fn view(&self, requests: &[RequestSql], visits: &[(Instant, Kept)], lang: Lang) -> Week {
        let requests: Vec<_> = requests.iter().filter(|request| self.holds(request.submitted_at)).collect();
        let visits: Vec<_> = visits.iter().filter(|(at, _)| self.holds(*at)).collect();
        let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        let of_outcome = |outcome: &Outcome| number(requests.iter().filter(|request| request.outcome == *outcome).count());
        let of_kept = |kept: &Kept| number(visits.iter().filter(|(_, visit)| visit == kept).count());
        Week {
            short: short_day_text(self.monday, lang),
            first: day_stamp(self.monday, lang),
            last: day_stamp(self.monday.saturating_add(6.days()), lang),
            outcomes: Outcome::ALL.iter().map(of_outcome).collect(),
            answer: wait(requests.iter().filter_map(|request| minutes(request.submitted_at, request.answered_at)).collect()),
            decision: wait(requests.iter().filter_map(|request| minutes(request.submitted_at, request.decided_at)).collect()),
            visits: Kept::ALL.iter().map(of_kept).collect(),
        }
    }
}

fn minutes(from: Instant, until: Option<Instant>) -> Option<i64> {
    until.map(|until| (until.micros() - from.micros()) / 60_000_000)
}

/// The lower of the two in the middle counts as the median: it is one that was measured.
fn wait(mut minutes: Vec<i64>) -> Wait {
    minutes.sort_unstable();
    let median = minutes.get(minutes.len().saturating_sub(1) / 2).copied();
    Wait { done: i64::try_from(minutes.len()).unwrap_or(i64::MAX), median_minutes: median }
}

impl Desk<'_> {
    /// All numbers of the overview.
    pub async fn overview(&self) -> Result<Overview> {
        self.allow(Act::Read).await?;
        let (now, zone, lang) = (self.db.now(), self.company_zone().await?, self.actor.lang);
        let weeks = Bounds::weeks(now, &zone)?;
        let since = weeks.first().map_or(now, |week| week.from);
        let requests = read!(
            self.reader(),
            Vec<RequestSql>,
            concat!("SELECT r.submitted_at, ", outcome!(), ", ", waits!(), " FROM request r WHERE r.submitted_at >= $1"),
            since,
        )?;
        let visits = read!(
            self.reader(),
            Vec<(Instant, Kept)>,
            concat!("SELECT a.starts_at, ", kept!(), " FROM appointment a WHERE a.shared AND a.starts_at >= $1 AND a.starts_at <= $2"),
            since,
            now,
        )?;
        Ok(Overview {
            weeks: weeks.iter().map(|week| week.view(&requests, &visits, lang)).collect(),
            ages: self.ages(now, &zone).await?,
            reports: self.reports_by_stage().await?,
            zone: zone.name().to_owned(),
        })
    }

    /// Requests without a decision, in classes of age.
    async fn ages(&self, now: Instant, zone: &Zone) -> Result<Vec<Age>> {
        let waiting = read!(
            self.reader(),
            Vec<(Instant,)>,
            concat!("SELECT x.submitted_at FROM (SELECT r.submitted_at, ", outcome!(), " FROM request r) x WHERE x.outcome = 'open'"),
        )?;
        let today = now.date_in(zone);
        let days: Vec<Date> = waiting.iter().map(|(at,)| at.date_in(zone)).collect();
        let class = |(i, least): (usize, &i64)| {
            let most = AGES.get(i + 1).map(|next| next - 1);
            let until = today.saturating_sub((*least).days());
            let from = most.map(|most| today.saturating_sub(most.days()));
            let requests = days.iter().filter(|day| **day <= until && from.is_none_or(|from| from <= **day)).count();
            Age {
                least_days: *least,
                most_days: most,
                from: from.map(|from| from.to_string()).unwrap_or_default(),
                until: until.to_string(),
                requests: i64::try_from(requests).unwrap_or(i64::MAX),
            }
        };
        Ok(AGES.iter().enumerate().map(class).collect())
    }

    /// Reports that are not shared as they stand, by what they wait for; the stages are those of the list of reports.
    async fn reports_by_stage(&self) -> Result<Vec<(Stage, i64)>> {
        let found = read!(
            self.reader(),
            Vec<(Stage, i64)>,
            "SELECT x.stage, COUNT(*) FROM (
                SELECT CASE WHEN live.revision_id = n.id THEN 'released'
                    WHEN live.id IS NOT NULL THEN 'changed'
                    WHEN EXISTS (SELECT 1 FROM report_release e WHERE e.report_id = r.id) THEN 'withdrawn'
                    WHEN EXISTS (SELECT 1 FROM report_revision v WHERE v.report_id = r.id AND v.state = 'approved') THEN 'approved'
                    ELSE 'draft' END AS stage
                FROM report r
                JOIN report_revision n ON n.report_id = r.id
                    AND n.number = (SELECT MAX(v.number) FROM report_revision v WHERE v.report_id = r.id)
                LEFT JOIN report_release live ON live.report_id = r.id AND live.ended_at IS NULL
             ) x GROUP BY x.stage",
        )?;
        let count = |stage: Stage| found.iter().find(|(known, _)| *known == stage).map_or(0, |(_, count)| *count);
        Ok([Stage::Draft, Stage::Approved, Stage::Changed].map(|stage| (stage, count(stage))).into())
    }

    /// The requests behind a number, the newest first.
    pub async fn requests_behind(&self, filter: &BehindFilter) -> Result<Page<RequestBehind>> {
        self.allow(Act::Read).await?;
        let (zone, lang) = (self.company_zone().await?, self.actor.lang);
        let stretch = Stretch::of(filter, &zone);
        let (before, than) = Cursor::parts(Some(&Cursor(filter.after.clone())));
        let rows = read!(
            self.reader(),
            Vec<RequestBehindSql>,
            concat!(
                "SELECT x.* FROM (
                    SELECT r.id, r.number, r.title, c.name AS customer_name, l.name AS location_name, r.submitted_at, ",
                outcome!(),
                ", ",
                waits!(),
                " FROM request r
                    JOIN customer c ON c.id = r.customer_id
                    JOIN location l ON l.id = r.location_id
                 ) x
                 WHERE ($1 = '' OR x.outcome = $1) AND ($2 IS NULL OR x.submitted_at >= $2) AND ($3 IS NULL OR x.submitted_at < $3)
                    AND ($4 IS NULL OR x.submitted_at < $4 OR (x.submitted_at = $4 AND x.id > $5))
                 ORDER BY x.submitted_at DESC, x.id LIMIT $6"
            ),
            filter.outcome.as_str(),
            stretch.from,
            stretch.before,
            before,
            than,
            PAGE_SIZE + 1,
        )?;
        let key = |row: &RequestBehindSql| (row.request.submitted_at.micros(), row.id.uuid());
        Ok(Page::of(rows, key, |row| row.view(&zone, lang)))
    }

    /// The shared appointments behind a number whose time has come, the newest first.
    pub async fn appointments_behind(&self, filter: &BehindFilter) -> Result<Page<AppointmentBehind>> {
        self.allow(Act::Read).await?;
        let (zone, now, lang) = (self.company_zone().await?, self.db.now(), self.actor.lang);
        let stretch = Stretch::of(filter, &zone);
        let (before, than): (Option<i64>, Option<Uuid>) = Cursor::parts(Some(&Cursor(filter.after.clone())));
        let rows = read!(
            self.reader(),
            Vec<AppointmentBehindSql>,
            concat!(
                "SELECT x.* FROM (
                    SELECT a.id, a.target_id, t.title, c.name AS customer_name, l.name AS location_name, l.zone, a.on_date, a.from_time,
                        a.until_time, a.starts_at, ",
                kept!(),
                " FROM appointment a
                    JOIN target t ON t.id = a.target_id
                    JOIN customer c ON c.id = a.customer_id
                    JOIN location l ON l.id = a.location_id
                    WHERE a.shared AND a.starts_at <= $7
                 ) x
                 WHERE ($1 = '' OR x.kept = $1) AND ($2 IS NULL OR x.starts_at >= $2) AND ($3 IS NULL OR x.starts_at < $3)
                    AND ($4 IS NULL OR x.starts_at < $4 OR (x.starts_at = $4 AND x.id > $5))
                 ORDER BY x.starts_at DESC, x.id LIMIT $6"
            ),
            filter.outcome.as_str(),
            stretch.from,
            stretch.before,
            before,
            than,
            PAGE_SIZE + 1,
            now,
        )?;
        let key = |row: &AppointmentBehindSql| (row.starts_at.micros(), row.id.uuid());
        Ok(Page::of(rows, key, |row| row.view(now, lang)))
    }
}

impl RequestBehindSql {
    fn view(self, zone: &Zone, lang: Lang) -> RequestBehind {
        let request = self.request;
        RequestBehind {
            id: self.id,
            number: self.number,
            title: self.title,
            customer_name: self.customer_name,
            location_name: self.location_name,
            outcome: request.outcome,
            submitted: request.submitted_at.stamp(zone, lang),
            answer_minutes: minutes(request.submitted_at, request.answered_at),
            decision_minutes: minutes(request.submitted_at, request.decided_at),
        }
    }
}

impl AppointmentBehindSql {
    fn view(self, now: Instant, lang: Lang) -> AppointmentBehind {
        let zone = Zone::stored(&self.zone);
        AppointmentBehind {
            id: self.id,
            target_id: self.target_id,
            title: self.title,
            customer_name: self.customer_name,
            location_name: self.location_name,
            kept: self.kept,
            span: clock::span(&self.on_date, Some(&self.from_time), Some(&self.until_time), &zone, now, lang),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    #[test]
    fn weeks_begin_on_monday_by_the_offices_clock_also_when_the_clocks_change() {
        let berlin = Zone::parse("Europe/Berlin").unwrap();
        // Half past midnight on Monday, 30 March 2026 in Berlin; still Sunday in UTC. The clocks went forward the day before.
        let now = Zone::parse("UTC").unwrap().instant(parse_date("2026-03-29").unwrap(), jiff::civil::time(22, 30, 0, 0)).unwrap();
        let weeks = Bounds::weeks(now, &berlin).unwrap();
        assert_eq!(weeks.len(), usize::try_from(WEEKS).unwrap());
        let last: Vec<_> =
            weeks.iter().rev().take(2).map(|week| (week.monday.to_string(), week.before.micros() - week.from.micros())).collect();
        let hours = |n: i64| n * 3_600_000_000;
        assert_eq!(last, [("2026-03-30".to_owned(), hours(168)), ("2026-03-23".to_owned(), hours(167))]);
        assert!(weeks.windows(2).all(|pair| pair[0].before == pair[1].from));
    }

    #[test]
    fn half_of_the_requests_waited_at_most_the_median() {
        assert_eq!(wait(vec![]), Wait { done: 0, median_minutes: None });
        assert_eq!(wait(vec![9]), Wait { done: 1, median_minutes: Some(9) });
        assert_eq!(wait(vec![30, 10]), Wait { done: 2, median_minutes: Some(10) });
        assert_eq!(wait(vec![50, 10, 30]), Wait { done: 3, median_minutes: Some(30) });
    }
}
