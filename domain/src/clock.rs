//! The one clock, and civil time at a location. Inside, an instant is microseconds of UTC; outside, people read the location's time.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{TimeZone, TimeZoneTransition};
use jiff::{Timestamp, ToSpan};

use crate::field::Problem;
use crate::text::Lang;
use crate::when::{Span, Stamp};

/// A moment: microseconds since 1970 UTC, as the database keeps it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, sqlx::Type)]
#[sqlx(transparent)]
pub struct Instant(i64);

impl Instant {
    pub const fn micros(self) -> i64 {
        self.0
    }

    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    pub const fn plus(self, seconds: i64) -> Self {
        Self(self.0 + seconds * 1_000_000)
    }

    pub const fn minus(self, seconds: i64) -> Self {
        Self(self.0 - seconds * 1_000_000)
    }

    fn timestamp(self) -> Timestamp {
        Timestamp::from_microsecond(self.0).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    /// The day it is at a location.
    pub fn date_in(self, zone: &Zone) -> Date {
        self.timestamp().to_zoned_datetime(zone.0.clone()).date()
    }

    /// The next moment after this one at which a zone's clocks show a time of day. A day on which they skip it is left out.
    pub(crate) fn next_at(self, time: Time, zone: &Zone) -> Self {
        let today = self.date_in(zone);
        let days = (0_i64..=2).filter_map(|days| today.checked_add(days.days()).ok());
        days.filter_map(|day| zone.instant(day, time).ok()).find(|moment| *moment > self).unwrap_or(self.plus(86_400))
    }

    /// As calendar files write it: "20260302T090000Z".
    pub(crate) fn compact(self) -> String {
        self.timestamp().strftime("%Y%m%dT%H%M%SZ").to_string()
    }

    /// The same with the zone's name behind it, for what happens at no location: "Tue 14 Oct 2025, 8:05 am (Europe/Berlin)".
    pub fn stamp_with_zone(self, zone: &Zone, lang: Lang) -> Stamp {
        let stamp = self.stamp(zone, lang);
        Stamp { text: format!("{} ({})", stamp.text, zone.name()), ..stamp }
    }

    /// Written out for a reader, in a location's zone.
    pub fn stamp(self, zone: &Zone, lang: Lang) -> Stamp {
        let local = self.timestamp().to_zoned_datetime(zone.0.clone());
        let text = format!("{}, {}", day_text(local.date(), lang), clock_text(local.time(), lang));
        Stamp { machine: self.timestamp().to_string(), text }
    }
}

/// Where "now" comes from: the machine, or a hand that tests and the demo turn.
#[derive(Clone, Debug)]
pub enum Clock {
    System,
    Set(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands still at an instant until it is set again.
    pub fn set_to(at: Instant) -> Self {
        Self::Set(Arc::new(AtomicI64::new(at.0)))
    }

    /// Turns a set clock; the machine's clock is left alone.
    pub fn turn(&self, to: Instant) {
        if let Self::Set(hand) = self {
            hand.store(to.0, Ordering::SeqCst);
        }
    }

    #[allow(clippy::disallowed_methods, reason = "this is the one place that reads the machine's clock")]
    pub fn now(&self) -> Instant {
        match self {
            Self::System => Instant(Timestamp::now().as_microsecond()),
            Self::Set(hand) => Instant(hand.load(Ordering::SeqCst)),
        }
    }
}

/// A location's IANA time zone.
#[derive(Clone, Debug)]
pub struct Zone(TimeZone);

impl Zone {
    /// Fails for a name that the zone data does not know.
    pub fn parse(name: &str) -> Result<Self, Problem> {
        TimeZone::get(name.trim()).map(Self).map_err(|_| Problem::NotAChoice)
    }

    /// A stored zone; one that later zone data forgot counts as UTC rather than making its location unreadable.
    pub fn stored(name: &str) -> Self {
        Self::parse(name).unwrap_or(Self(TimeZone::UTC))
    }

    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or("UTC")
    }

    /// The instant of a civil time here. A time that the clocks skip is refused; of one that comes twice, the first is meant.
    pub fn instant(&self, date: Date, time: Time) -> Result<Instant, Problem> {
        let civil = date.to_datetime(time);
        let ambiguous = self.0.to_ambiguous_timestamp(civil);
        if matches!(ambiguous.offset(), jiff::tz::AmbiguousOffset::Gap { .. }) {
            return Err(Problem::NoSuchTime);
        }
        ambiguous.compatible().map(|t| Instant(t.as_microsecond())).map_err(|_| Problem::NotADate)
    }

    /// When a day begins here. Where the clocks skip midnight, it begins once they have.
    pub(crate) fn start_of(&self, date: Date) -> Result<Instant, Problem> {
        let midnight = self.0.to_ambiguous_timestamp(date.at(0, 0, 0, 0));
        midnight.compatible().map(|t| Instant(t.as_microsecond())).map_err(|_| Problem::NotADate)
    }

    /// What the clocks here show between two instants: the observance that holds at the first, and each that begins until the last.
    pub(crate) fn observances(&self, from: Instant, until: Instant) -> Vec<Observance> {
        // Both directions leave out the instant itself.
        let before = self.0.preceding(Instant(from.0 + 1).timestamp()).next();
        let first = before.map_or_else(|| self.since_ever(from), |change| self.observance(&change));
        let later = self.0.following(from.timestamp()).take_while(|change| change.timestamp() <= until.timestamp());
        std::iter::once(first).chain(later.map(|change| self.observance(&change))).collect()
    }

    fn observance(&self, change: &TimeZoneTransition<'_>) -> Observance {
        let before = self.0.to_offset(Instant(change.timestamp().as_microsecond() - 1).timestamp());
        Observance {
            onset: before.to_datetime(change.timestamp()),
            offset_before: before.seconds(),
            offset: change.offset().seconds(),
            daylight: change.dst().is_dst(),
            name: change.abbreviation().to_owned(),
        }
    }

    /// Where no clock was ever changed.
    fn since_ever(&self, at: Instant) -> Observance {
        let offset = self.0.to_offset(at.timestamp()).seconds();
        let onset = jiff::civil::date(1970, 1, 1).at(0, 0, 0, 0);
        Observance { onset, offset_before: offset, offset, daylight: false, name: self.name().to_owned() }
    }
}

/// A stretch of time with one distance between a zone's clocks and UTC.
pub(crate) struct Observance {
    /// When it begins, by the clocks as they were before.
    pub onset: DateTime,
    /// Seconds east of UTC until then.
    pub offset_before: i32,
    /// Seconds east of UTC from then on.
    pub offset: i32,
    pub daylight: bool,
    /// As people abbreviate it: "CET".
    pub name: String,
}

/// `YYYY-MM-DD`, as browsers send it.
pub fn parse_date(text: &str) -> Result<Date, Problem> {
    match text.trim() {
        "" => Err(Problem::Missing),
        text => text.parse().map_err(|_| Problem::NotADate),
    }
}

/// `HH:MM`, as browsers send it.
pub fn parse_time(text: &str) -> Result<Time, Problem> {
    match text.trim() {
        "" => Err(Problem::Missing),
        text if text.len() == 5 => text.parse().map_err(|_| Problem::NotATime),
        _ => Err(Problem::NotATime),
    }
}

/// The stored form of a time of day.
pub fn stored_time(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// A stored day and hours, written out. `now` decides whether it is today or tomorrow at the location.
pub fn span(date: &str, from: Option<&str>, until: Option<&str>, zone: &Zone, now: Instant, lang: Lang) -> Span {
    let hours = match (from.and_then(|t| parse_time(t).ok()), until.and_then(|t| parse_time(t).ok())) {
        (Some(from), Some(until)) => Some(hours_text(from, until, lang)),
        _ => None,
    };
    let (today, day) = (now.date_in(zone), parse_date(date).ok());
    let day_text = day.map_or_else(|| date.to_owned(), |day| near_day_text(day, today, lang));
    Span {
        date: date.to_owned(),
        from: from.map(str::to_owned),
        until: until.map(str::to_owned),
        text: hours.as_ref().map_or_else(|| day_text.clone(), |hours| format!("{day_text}, {hours}")),
        hours,
        leaf: day.map_or_else(|| [String::new(), date.to_owned(), String::new()], |day| leaf(day, today, lang)),
        today: day == Some(today),
        zone: zone.name().to_owned(),
    }
}

fn leaf(day: Date, today: Date, lang: Lang) -> [String; 3] {
    let (weekday, month) = names(day, lang);
    let month = if day.year() == today.year() { month.to_owned() } else { format!("{month} {}", day.year()) };
    [weekday.to_owned(), day.day().to_string(), month]
}

/// A day written out: "Tue 14 Oct 2025", "Di., 14. Okt. 2025".
pub fn day_text(date: Date, lang: Lang) -> String {
    let (weekday, month) = names(date, lang);
    match lang {
        Lang::En => format!("{weekday} {} {month} {}", date.day(), date.year()),
        Lang::De => format!("{weekday}, {}. {month} {}", date.day(), date.year()),
    }
}

/// A day in few letters: "14 Oct", "14. Okt.".
pub(crate) fn short_day_text(date: Date, lang: Lang) -> String {
    let (_, month) = names(date, lang);
    match lang {
        Lang::En => format!("{} {month}", date.day()),
        Lang::De => format!("{}. {month}", date.day()),
    }
}

/// A day for people and for machines.
pub fn day_stamp(date: Date, lang: Lang) -> Stamp {
    Stamp { machine: date.to_string(), text: day_text(date, lang) }
}

/// The short names of a day's weekday and month.
fn names(date: Date, lang: Lang) -> (&'static str, &'static str) {
    let weekday = usize::from(date.weekday().to_monday_zero_offset().unsigned_abs());
    let month = usize::from(date.month().unsigned_abs()) - 1;
    match lang {
        Lang::En => (WEEKDAYS_EN[weekday], MONTHS_EN[month]),
        Lang::De => (WEEKDAYS_DE[weekday], MONTHS_DE[month]),
    }
}

/// A month written out: "October 2025", "Oktober 2025".
pub(crate) fn month_text(date: Date, lang: Lang) -> String {
    const EN: [&str; 12] =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
    const DE: [&str; 12] =
        ["Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"];
    let names = match lang {
        Lang::En => EN,
        Lang::De => DE,
    };
    format!("{} {}", names[usize::from(date.month().unsigned_abs()) - 1], date.year())
}

fn near_day_text(date: Date, today: Date, lang: Lang) -> String {
    let day = day_text(date, lang);
    let near = if date == today {
        Some(crate::text::Text::new("Today", "Heute"))
    } else if today.checked_add(1.day()).is_ok_and(|tomorrow| tomorrow == date) {
        Some(crate::text::Text::new("Tomorrow", "Morgen"))
    } else {
        None
    };
    near.map_or_else(|| day.clone(), |near| format!("{}, {day}", near.get(lang)))
}

/// Between an hour and its word, so that no line ends with a bare "8".
const NO_BREAK: char = '\u{a0}';

fn clock_text(time: Time, lang: Lang) -> String {
    match lang {
        Lang::En => format!("{}{NO_BREAK}{}", hour_en(time), half_en(time)),
        Lang::De => format!("{}{NO_BREAK}Uhr", hour_de(time)),
    }
}

pub(crate) fn hours_text(from: Time, until: Time, lang: Lang) -> String {
    match lang {
        Lang::En if half_en(from) == half_en(until) => format!("{}–{}{NO_BREAK}{}", hour_en(from), hour_en(until), half_en(until)),
        Lang::En => format!("{}{NO_BREAK}{}–{}{NO_BREAK}{}", hour_en(from), half_en(from), hour_en(until), half_en(until)),
        Lang::De => format!("{}–{}{NO_BREAK}Uhr", hour_de(from), hour_de(until)),
    }
}

fn hour_en(time: Time) -> String {
    let hour = match time.hour() % 12 {
        0 => 12,
        hour => hour,
    };
    if time.minute() == 0 { hour.to_string() } else { format!("{hour}:{:02}", time.minute()) }
}

fn half_en(time: Time) -> &'static str {
    if time.hour() < 12 { "am" } else { "pm" }
}

fn hour_de(time: Time) -> String {
    if time.minute() == 0 { time.hour().to_string() } else { format!("{}:{:02}", time.hour(), time.minute()) }
}

const WEEKDAYS_EN: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const WEEKDAYS_DE: [&str; 7] = ["Mo.", "Di.", "Mi.", "Do.", "Fr.", "Sa.", "So."];
const MONTHS_EN: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const MONTHS_DE: [&str; 12] = ["Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."];

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    #[test]
    fn r3_a_time_in_the_dst_gap_is_refused_and_one_in_the_fold_is_the_first() {
        let berlin = Zone::parse("Europe/Berlin").unwrap();
        let gap = berlin.instant(parse_date("2026-03-29").unwrap(), parse_time("02:30").unwrap());
        assert_eq!(gap, Err(Problem::NoSuchTime));
        let fold = berlin.instant(parse_date("2026-10-25").unwrap(), parse_time("02:30").unwrap()).unwrap();
        assert_eq!(fold.timestamp().to_string(), "2026-10-25T00:30:00Z");
    }

    #[test]
    fn the_next_morning_follows_the_clocks_of_the_zone() {
        let berlin = Zone::parse("Europe/Berlin").unwrap();
        let seven = parse_time("07:00").unwrap();
        let at = |date: &str, time: &str| berlin.instant(parse_date(date).unwrap(), parse_time(time).unwrap()).unwrap();
        let next = |date: &str, time: &str| at(date, time).next_at(seven, &berlin).timestamp().to_string();
        assert_eq!(next("2026-03-02", "06:59"), "2026-03-02T06:00:00Z");
        assert_eq!(next("2026-03-02", "07:00"), "2026-03-03T06:00:00Z");
        // The clocks change in the night between.
        assert_eq!(next("2026-03-28", "12:00"), "2026-03-29T05:00:00Z");
        assert_eq!(next("2026-10-24", "12:00"), "2026-10-25T06:00:00Z");
    }

    #[test]
    fn a1_a_span_is_written_in_the_readers_language() {
        let zone = Zone::parse("Asia/Kolkata").unwrap();
        let now = zone.instant(parse_date("2025-10-13").unwrap(), parse_time("09:00").unwrap()).unwrap();
        let text = |lang| span("2025-10-14", Some("08:00"), Some("10:00"), &zone, now, lang).text;
        assert_eq!(text(Lang::En), "Tomorrow, Tue 14 Oct 2025, 8–10\u{a0}am");
        assert_eq!(text(Lang::De), "Morgen, Di., 14. Okt. 2025, 8–10\u{a0}Uhr");
    }

    #[test]
    fn a1_an_hour_and_its_word_stay_on_one_line() {
        let at = |text: &str| parse_time(text).unwrap();
        let written = |from: &str, until: &str| Lang::ALL.iter().map(|lang| hours_text(at(from), at(until), *lang)).collect::<Vec<_>>();
        assert_eq!(written("10:00", "13:00"), ["10\u{a0}am–1\u{a0}pm", "10–13\u{a0}Uhr"]);
        assert_eq!(written("00:00", "00:30"), ["12–12:30\u{a0}am", "0–0:30\u{a0}Uhr"]);
        let clock = Lang::ALL.iter().map(|lang| clock_text(at("12:05"), *lang)).collect::<Vec<_>>();
        assert_eq!(clock, ["12:05\u{a0}pm", "12:05\u{a0}Uhr"]);
    }

    #[test]
    fn promise_16_the_day_at_a_location_is_right_beside_the_date_line() {
        // One moment, on three days.
        let moment = Zone::parse("UTC").unwrap().instant(parse_date("2026-03-10").unwrap(), parse_time("10:30").unwrap()).unwrap();
        let written = |zone: &str| moment.stamp(&Zone::parse(zone).unwrap(), Lang::En).text;
        assert_eq!(written("Pacific/Kiritimati"), "Wed 11 Mar 2026, 12:30\u{a0}am");
        assert_eq!(written("Pacific/Pago_Pago"), "Mon 9 Mar 2026, 11:30\u{a0}pm");
        assert_eq!(written("Asia/Kolkata"), "Tue 10 Mar 2026, 4\u{a0}pm");
        assert_eq!(written("Asia/Kathmandu"), "Tue 10 Mar 2026, 4:15\u{a0}pm");
        // What is today at one of them is tomorrow, or over, at another.
        let near = |zone: &str, date: &str| span(date, None, None, &Zone::parse(zone).unwrap(), moment, Lang::En).text;
        assert_eq!(near("Pacific/Kiritimati", "2026-03-11"), "Today, Wed 11 Mar 2026");
        assert_eq!(near("Pacific/Kiritimati", "2026-03-10"), "Tue 10 Mar 2026");
        assert_eq!(near("Pacific/Pago_Pago", "2026-03-10"), "Tomorrow, Tue 10 Mar 2026");
        assert_eq!(near("Pacific/Pago_Pago", "2026-03-11"), "Wed 11 Mar 2026");
    }

    #[test]
    fn promise_16_civil_times_are_right_beside_the_date_line_and_between_whole_hours() {
        let instant = |zone: &str, date: &str, time: &str| {
            Zone::parse(zone).unwrap().instant(parse_date(date).unwrap(), parse_time(time).unwrap()).map(|at| at.timestamp().to_string())
        };
        let right = [
            ("Pacific/Kiritimati", "2026-03-10", "08:00", "2026-03-09T18:00:00Z"),
            ("Pacific/Pago_Pago", "2026-03-10", "08:00", "2026-03-10T19:00:00Z"),
            ("Asia/Kolkata", "2026-03-10", "08:00", "2026-03-10T02:30:00Z"),
            ("Asia/Kathmandu", "2026-03-10", "08:00", "2026-03-10T02:15:00Z"),
            // Half an hour comes twice on Lord Howe Island: the first is meant.
            ("Australia/Lord_Howe", "2026-04-05", "01:45", "2026-04-04T14:45:00Z"),
            // The first hour of the day comes twice in Havana.
            ("America/Havana", "2026-11-01", "00:30", "2026-11-01T04:30:00Z"),
        ];
        for (zone, date, time, utc) in right {
            assert_eq!(instant(zone, date, time).as_deref(), Ok(utc), "{zone} {date} {time}");
        }
        // Samoa had no 30 December 2011; Lord Howe skips half an hour, Havana an hour from midnight.
        let skipped = [
            ("Pacific/Apia", "2011-12-30", "12:00"),
            ("Australia/Lord_Howe", "2026-10-04", "02:15"),
            ("America/Havana", "2026-03-08", "00:30"),
        ];
        for (zone, date, time) in skipped {
            assert_eq!(instant(zone, date, time), Err(Problem::NoSuchTime), "{zone} {date} {time}");
        }
        assert_eq!(instant("Australia/Lord_Howe", "2026-10-04", "02:30").as_deref(), Ok("2026-10-03T15:30:00Z"));
    }
}
