//! Appointments in the form of calendar programs: RFC 5545, with NAME and REFRESH-INTERVAL of RFC 7986.
//!
//! A writer of our own: the crates for it stamp each component, those of a time zone too, with the machine's clock and ids of their own.
//! There is no METHOD: one of RFC 5546 would need an ORGANIZER with a mail address, and nobody is to answer.

use std::collections::BTreeMap;

use crate::appointment::AppointmentStatus;
use crate::calendar::portal::Entry;
use crate::clock::{Instant, Observance, Zone};
use crate::customer::{address_line, place_line};
use crate::status_word::{OwnWords, StatusWord};
use crate::text::Lang;

/// A calendar to write.
pub(super) struct Calendar<'a> {
    pub entries: &'a [Entry],
    pub lang: Lang,
    pub words: &'a OwnWords,
    pub public_url: &'a str,
    /// What a feed is called; none for a file that is not fetched again.
    pub name: Option<String>,
}

/// Zones are told for a year more in both directions, so that daylight and standard time are both in them. In seconds.
const MARGIN: i64 = 366 * 86_400;
/// Octets of a line, without its end.
const LINE_LIMIT: usize = 75;

impl Calendar<'_> {
    pub fn text(&self) -> String {
        let mut out = Lines::default();
        out.line("BEGIN:VCALENDAR");
        out.line("VERSION:2.0");
        out.line(&format!("PRODID:-//Ordinavo//Customer Portal//{}", self.lang.word().to_ascii_uppercase()));
        out.line("CALSCALE:GREGORIAN");
        if let Some(name) = &self.name {
            out.text("NAME", name);
            out.text("X-WR-CALNAME", name);
            out.line("REFRESH-INTERVAL;VALUE=DURATION:PT1H");
            out.line("X-PUBLISHED-TTL:PT1H");
        }
        for (zone, (first, last)) in self.zones() {
            write_zone(&mut out, &Zone::stored(&zone), first, last);
        }
        for entry in self.entries {
            self.write_event(&mut out, entry);
        }
        out.line("END:VCALENDAR");
        out.0
    }

    /// The zones of the entries, each from its first start to its last end.
    fn zones(&self) -> BTreeMap<String, (Instant, Instant)> {
        let mut zones: BTreeMap<String, (Instant, Instant)> = BTreeMap::new();
        for entry in self.entries {
            let span = zones.entry(Zone::stored(&entry.zone).name().to_owned()).or_insert((entry.starts_at, entry.ends_at));
            *span = (span.0.min(entry.starts_at), span.1.max(entry.ends_at));
        }
        if zones.is_empty() {
            // A calendar must have a component.
            let epoch = Instant::from_micros(0);
            zones.insert("UTC".to_owned(), (epoch, epoch));
        }
        zones
    }

    fn write_event(&self, out: &mut Lines, entry: &Entry) {
        let page = format!("{}/appointments/{}", self.public_url.trim_end_matches('/'), entry.id);
        let zone = Zone::stored(&entry.zone);
        let changed = entry.changed_at.compact();
        let status = if entry.status == AppointmentStatus::Cancelled { "CANCELLED" } else { "CONFIRMED" };
        let address = address_line(&entry.street, &entry.postal_code, &entry.city);
        let said = self.words.say(StatusWord::of_appointment(entry.status, entry.sequence > 0), self.lang);
        let description: Vec<&str> =
            [Some(said.as_str()), entry.cancel_reason.as_deref(), Some(page.as_str())].into_iter().flatten().collect();
        out.line("BEGIN:VEVENT");
        out.line(&format!("UID:{}@ordinavo", entry.id));
        // Without a METHOD the stamp is the time of the last change.
        out.line(&format!("DTSTAMP:{changed}"));
        out.line(&format!("LAST-MODIFIED:{changed}"));
        out.line(&format!("SEQUENCE:{}", entry.sequence));
        out.line(&format!("DTSTART;TZID={}:{}", zone.name(), civil(&entry.on_date, &entry.from_time)));
        out.line(&format!("DTEND;TZID={}:{}", zone.name(), civil(&entry.on_date, &entry.until_time)));
        out.line(&format!("STATUS:{status}"));
        out.text("SUMMARY", &entry.title);
        out.text("LOCATION", &place_line(&entry.location_name, &address));
        out.text("DESCRIPTION", &description.join("\n"));
        out.line(&format!("URL:{page}"));
        out.line("END:VEVENT");
    }
}

/// A stored day and time of day: "20260310T080000".
fn civil(date: &str, time: &str) -> String {
    format!("{}T{}00", date.replace('-', ""), time.replace(':', ""))
}

fn write_zone(out: &mut Lines, zone: &Zone, first: Instant, last: Instant) {
    out.line("BEGIN:VTIMEZONE");
    out.line(&format!("TZID:{}", zone.name()));
    for observance in zone.observances(first.minus(MARGIN), last.plus(MARGIN)) {
        write_observance(out, &observance);
    }
    out.line("END:VTIMEZONE");
}

fn write_observance(out: &mut Lines, observance: &Observance) {
    let kind = if observance.daylight { "DAYLIGHT" } else { "STANDARD" };
    out.line(&format!("BEGIN:{kind}"));
    out.line(&format!("DTSTART:{}", observance.onset.strftime("%Y%m%dT%H%M%S")));
    out.line(&format!("TZOFFSETFROM:{}", utc_offset(observance.offset_before)));
    out.line(&format!("TZOFFSETTO:{}", utc_offset(observance.offset)));
    out.text("TZNAME", &observance.name);
    out.line(&format!("END:{kind}"));
}

/// "+0530"; with seconds where history has some.
fn utc_offset(seconds: i32) -> String {
    let (sign, n) = (if seconds < 0 { '-' } else { '+' }, seconds.unsigned_abs());
    let minutes = format!("{sign}{:02}{:02}", n / 3_600, n / 60 % 60);
    if n % 60 == 0 { minutes } else { format!("{minutes}{:02}", n % 60) }
}

/// Content lines, each ended by CR LF.
#[derive(Default)]
struct Lines(String);

impl Lines {
    /// A property whose value is of our own making.
    fn line(&mut self, line: &str) {
        let mut room = LINE_LIMIT;
        for c in line.chars() {
            if c.len_utf8() > room {
                self.0.push_str("\r\n ");
                room = LINE_LIMIT - 1;
            }
            self.0.push(c);
            room -= c.len_utf8();
        }
        self.0.push_str("\r\n");
    }

    /// A property whose value is text that somebody typed.
    fn text(&mut self, name: &str, value: &str) {
        self.line(&format!("{name}:{}", escaped(value)));
    }
}

/// Text that cannot end its line, nor its value.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' | '\r' | '\u{2028}' | '\u{2029}' => out.push_str("\\n"),
            c if c.is_control() && c != '\t' => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;
    use crate::clock::{parse_date, parse_time};
    use crate::id::AppointmentId;

    fn entry(zone: &str, date: &str) -> Entry {
        let at = |time: &str| Zone::stored(zone).instant(parse_date(date).unwrap(), parse_time(time).unwrap()).unwrap();
        Entry {
            id: AppointmentId::new(),
            title: "Boiler".into(),
            location_name: "Head office".into(),
            street: "Lindenstr. 4".into(),
            postal_code: "10969".into(),
            city: "Berlin".into(),
            zone: zone.into(),
            on_date: date.into(),
            from_time: "08:00".into(),
            until_time: "10:00".into(),
            starts_at: at("08:00"),
            ends_at: at("10:00"),
            status: AppointmentStatus::Scheduled,
            sequence: 0,
            cancel_reason: None,
            changed_at: Instant::from_micros(1_772_442_000_000_000),
        }
    }

    fn text(entries: &[Entry]) -> String {
        Calendar { entries, lang: Lang::En, words: &OwnWords::default(), public_url: "https://portal.example/", name: None }.text()
    }

    /// The lines as a calendar program reads them.
    fn unfolded(text: &str) -> Vec<String> {
        text.replace("\r\n ", "").split_terminator("\r\n").map(str::to_owned).collect()
    }

    fn observances(zone: &str, date: &str) -> Vec<String> {
        let lines = unfolded(&text(&[entry(zone, date)]));
        lines
            .windows(4)
            .filter(|four| matches!(four[0].as_str(), "BEGIN:STANDARD" | "BEGIN:DAYLIGHT"))
            .map(|four| {
                let value = |n: usize| four[n].split_once(':').unwrap().1.to_owned();
                format!("{} {} {} {}", value(0), value(1), value(2), value(3))
            })
            .collect()
    }

    #[test]
    fn promise_11_typed_text_cannot_leave_its_property() {
        let hostile = "Haus; 4, \\ 😀\r\nEND:VEVENT\nBEGIN:VEVENT\rX:\u{85}\u{2028}BEGIN:VALARM\0";
        let one = Entry {
            title: hostile.into(),
            location_name: hostile.into(),
            cancel_reason: Some(hostile.into()),
            ..entry("UTC", "2026-03-10")
        };
        let text = text(&[one]);
        let lines = unfolded(&text);
        for begin in ["BEGIN:VEVENT", "END:VEVENT"] {
            assert_eq!(lines.iter().filter(|line| *line == begin).count(), 1, "{text}");
        }
        assert!(!lines.iter().any(|line| line == "BEGIN:VALARM"), "{text}");
        let summary = "SUMMARY:Haus\\; 4\\, \\\\ 😀\\nEND:VEVENT\\nBEGIN:VEVENT\\nX:\\nBEGIN:VALARM";
        assert!(lines.iter().any(|line| line == summary), "{text}");
        assert!(text.chars().all(|c| !c.is_control() || matches!(c, '\r' | '\n')), "{text}");
    }

    #[test]
    fn promise_11_lines_are_folded_between_characters() {
        for title in ["ä".repeat(200), "😀".repeat(100), format!("a{}", "€".repeat(100)), "x".repeat(300)] {
            let text = text(&[Entry { title: title.clone(), ..entry("UTC", "2026-03-10") }]);
            assert!(text.split("\r\n").all(|line| line.len() <= LINE_LIMIT), "{text}");
            assert!(!text.replace("\r\n", "").contains(['\r', '\n']));
            assert!(unfolded(&text).contains(&format!("SUMMARY:{title}")), "{text}");
        }
    }

    #[test]
    fn a1_an_event_has_its_hours_in_the_zone_of_its_location() {
        let one = Entry { sequence: 2, ..entry("Europe/Berlin", "2026-07-01") };
        let page = format!("https://portal.example/appointments/{}", one.id);
        let lines = unfolded(&text(std::slice::from_ref(&one)));
        for line in [
            format!("UID:{}@ordinavo", one.id),
            "DTSTAMP:20260302T090000Z".into(),
            "SEQUENCE:2".into(),
            "DTSTART;TZID=Europe/Berlin:20260701T080000".into(),
            "DTEND;TZID=Europe/Berlin:20260701T100000".into(),
            "STATUS:CONFIRMED".into(),
            "LOCATION:Head office\\, Lindenstr. 4\\, 10969 Berlin".into(),
            format!("DESCRIPTION:Appointment moved\\n{page}"),
            format!("URL:{page}"),
        ] {
            assert!(lines.contains(&line), "{line} in {lines:#?}");
        }
        assert!(!lines.iter().any(|line| line.starts_with("METHOD")));
    }

    #[test]
    fn promise_16_a_zone_is_told_with_its_changes() {
        let berlin = observances("Europe/Berlin", "2026-07-01");
        for line in ["DAYLIGHT 20260329T020000 +0100 +0200", "STANDARD 20261025T030000 +0200 +0100"] {
            assert!(berlin.contains(&line.to_owned()), "{berlin:?}");
        }
        let adelaide = observances("Australia/Adelaide", "2026-07-01");
        for line in ["STANDARD 20260405T030000 +1030 +0930", "DAYLIGHT 20261004T020000 +0930 +1030"] {
            assert!(adelaide.contains(&line.to_owned()), "{adelaide:?}");
        }
        // Half an hour, and no change since 1945.
        let kolkata = observances("Asia/Kolkata", "2026-07-01");
        assert!(kolkata.len() == 1 && kolkata[0].ends_with(" +0630 +0530"), "{kolkata:?}");
        assert_eq!(observances("UTC", "2026-07-01"), ["STANDARD 19700101T000000 +0000 +0000"]);
    }

    #[test]
    fn promise_16_each_zone_is_told_once_and_an_empty_calendar_has_one() {
        let two = [entry("Europe/Berlin", "2026-03-10"), entry("Asia/Kolkata", "2026-03-10"), entry("Europe/Berlin", "2027-03-10")];
        let zones = |text: &str| unfolded(text).into_iter().filter(|line| line.starts_with("TZID:")).collect::<Vec<_>>();
        assert_eq!(zones(&text(&two)), ["TZID:Asia/Kolkata", "TZID:Europe/Berlin"]);
        assert_eq!(zones(&text(&[])), ["TZID:UTC"]);
    }
}
