//! An event's details in words. The journal keeps them in short words of the program; people read what is written here.

use crate::clock::{day_text, hours_text, parse_date, parse_time};
use crate::grant::Rights;
use crate::reply_template::Purpose;
use crate::role::{Act, Role};
use crate::status_word::StatusWord;
use crate::text::{Lang, Plural, Text};

const CHANGED: Text = Text::new("Changed: {what}", "Geändert: {what}");
const FILTERED: Text = Text::new("Filtered by: {what}", "Gefiltert nach: {what}");
const ROLE: Text = Text::new("Role: {old} → {new}", "Rolle: {old} → {new}");
const REVISION: Text = Text::new("revision {n}", "Stand {n}");
const UNTIL: Text = Text::new("until {day}", "bis {day}");
const NO_END: Text = Text::new("no end", "ohne Ende");
const ALL_LOCATIONS: Text = Text::new("all locations", "alle Standorte");
const NO_RIGHTS: Text = Text::new("no rights", "keine Rechte");
const RIGHT_ADDED: Text = Text::new("added: {right}", "neu: {right}");
const RIGHT_REMOVED: Text = Text::new("removed: {right}", "entfällt: {right}");
const LOCATIONS: Plural = Plural {
    zero: Text::new("no locations", "keine Standorte"),
    one: Text::new("1 location", "1 Standort"),
    other: Text::new("{n} locations", "{n} Standorte"),
};

/// The details of an event of a kind. What is not known here is shown as it is stored.
pub(super) fn written(kind: &str, details: &str, lang: Lang) -> String {
    let said = match kind {
        _ if details.is_empty() => None,
        "access_refused" => details.parse().ok().map(|act: Act| act.label().get(lang).to_owned()),
        "company_words_changed" => statuses(details, lang).map(|what| CHANGED.fill(lang, &[("what", &what)])),
        "staff_added" => details.parse().ok().map(|role: Role| role.label().get(lang).to_owned()),
        "reply_template_added" | "reply_template_removed" => {
            details.parse().ok().map(|purpose: Purpose| purpose.label().get(lang).to_owned())
        }
        "staff_changed" => each(details, "; ", |part| staff_change(part, lang)),
        "grant_given" | "grant_changed" => each(details, "; ", |part| term(part, lang)),
        "request_snoozed" => end(details, lang),
        "appointment_scheduled" | "appointment_shared" | "appointment_changed" | "appointment_moved" | "appointment_suggested" => {
            slots(details, lang)
        }
        "report_written" | "report_approved" | "report_sent_back" => {
            details.strip_prefix("revision ").map(|n| REVISION.fill(lang, &[("n", n)]))
        }
        "journal_exported" => fields(details, lang).map(|what| FILTERED.fill(lang, &[("what", &what)])),
        _ => word(details)
            .map(|word| word.get(lang).to_owned())
            .or_else(|| fields(details, lang).map(|what| CHANGED.fill(lang, &[("what", &what)]))),
    };
    said.unwrap_or_else(|| details.to_owned())
}

/// Each part in words, or nothing if one of them is unknown.
fn each(details: &str, between: &str, say: impl Fn(&str) -> Option<String>) -> Option<String> {
    details.split(between).map(say).collect::<Option<Vec<_>>>().map(|parts| parts.join(between))
}

/// Names of fields: "name, kind".
fn fields(details: &str, lang: Lang) -> Option<String> {
    each(details, ", ", |name| field(name).map(|text| text.get(lang).to_owned()))
}

/// Public statuses by their stored words: "accepted, in_review".
fn statuses(details: &str, lang: Lang) -> Option<String> {
    each(details, ", ", |word| word.parse().ok().map(|status: StatusWord| status.standard().get(lang).to_owned()))
}

fn field(name: &str) -> Option<Text> {
    Some(match name {
        "name" => Text::new("name", "Name"),
        "logo" => Text::new("logo", "Logo"),
        "accent" => Text::new("accent colour", "Akzentfarbe"),
        "kind" => Text::new("kind", "Art"),
        "note" => Text::new("internal note", "interne Notiz"),
        "address" => Text::new("address", "Adresse"),
        "zone" => Text::new("time zone", "Zeitzone"),
        "phone" => Text::new("phone number", "Telefonnummer"),
        "language" => Text::new("language", "Sprache"),
        "internal text" => Text::new("internal text", "interner Text"),
        "public text" => Text::new("text for the customer", "Text für den Kunden"),
        "work" => Text::new("work", "Auftrag"),
        "purpose" => Text::new("purpose", "Zweck"),
        "english text" => Text::new("English text", "englischer Text"),
        "german text" => Text::new("German text", "deutscher Text"),
        "subject" => Text::new("subject", "Thema"),
        "person" => Text::new("person", "Person"),
        "dates" => Text::new("dates", "Zeitraum"),
        _ => return None,
    })
}

/// Details of a single word.
fn word(details: &str) -> Option<Text> {
    Some(match details {
        "accept" | "accepted" => Text::new("accepted", "angenommen"),
        "reject" => Text::new("declined", "abgelehnt"),
        "answered" => Text::new("appointment kept", "Termin beibehalten"),
        "expired" => Text::new("expired", "abgelaufen"),
        "by the link of a mail" => Text::new("by the link of a mail", "über den Link einer Mail"),
        _ => return None,
    })
}

/// "name", "role dispatcher→manager", "disabled", "enabled".
fn staff_change(part: &str, lang: Lang) -> Option<String> {
    if let Some((old, new)) = part.strip_prefix("role ").and_then(|roles| roles.split_once('→')) {
        let (old, new): (Role, Role) = (old.parse().ok()?, new.parse().ok()?);
        return Some(ROLE.fill(lang, &[("old", old.label().get(lang)), ("new", new.label().get(lang))]));
    }
    match part {
        "disabled" => Some(Text::new("disabled", "gesperrt").get(lang).to_owned()),
        "enabled" => Some(Text::new("enabled", "entsperrt").get(lang).to_owned()),
        part => fields(part, lang).map(|what| CHANGED.fill(lang, &[("what", &what)])),
    }
}

/// A part of a grant's terms, "2 locations", "rights submit reports", "until 2026-03-31", or of their change, "locations 2→all",
/// "rights -download", "until none→2026-03-31".
fn term(part: &str, lang: Lang) -> Option<String> {
    if let Some(number) = part.strip_suffix(" locations") {
        places(number, lang)
    } else if let Some(change) = part.strip_prefix("locations ") {
        changed(change, |number| places(number, lang))
    } else if let Some(words) = part.strip_prefix("rights") {
        rights(words, lang)
    } else {
        let until = part.strip_prefix("until ")?;
        if until.contains('→') { changed(until, |day| end(day, lang)) } else { end(until, lang) }
    }
}

/// "old→new", each in words.
fn changed(change: &str, say: impl Fn(&str) -> Option<String>) -> Option<String> {
    let (old, new) = change.split_once('→')?;
    Some(format!("{} → {}", say(old)?, say(new)?))
}

fn places(number: &str, lang: Lang) -> Option<String> {
    match number {
        "all" => Some(ALL_LOCATIONS.get(lang).to_owned()),
        number => number.parse().ok().map(|n| LOCATIONS.count(lang, n)),
    }
}

/// " submit reports", " +submit -download".
fn rights(words: &str, lang: Lang) -> Option<String> {
    let named = |word: &str| {
        let mut labelled = Rights::PROPOSED.by_word().into_iter().zip(Rights::PROPOSED.listed());
        labelled.find(|((known, _), _)| *known == word).map(|(_, (label, _))| label.get(lang))
    };
    let said = |word: &str| {
        if let Some(word) = word.strip_prefix('+') {
            Some(RIGHT_ADDED.fill(lang, &[("right", named(word)?)]))
        } else if let Some(word) = word.strip_prefix('-') {
            Some(RIGHT_REMOVED.fill(lang, &[("right", named(word)?)]))
        } else {
            named(word).map(str::to_owned)
        }
    };
    let said = words.split_whitespace().map(said).collect::<Option<Vec<_>>>()?;
    Some(if said.is_empty() { NO_RIGHTS.get(lang).to_owned() } else { said.join(", ") })
}

/// A last day, or `none`.
fn end(day: &str, lang: Lang) -> Option<String> {
    match day {
        "none" => Some(NO_END.get(lang).to_owned()),
        day => parse_date(day).ok().map(|day| UNTIL.fill(lang, &[("day", &day_text(day, lang))])),
    }
}

/// "2026-03-05 14:00–16:00, 2026-03-06".
fn slots(details: &str, lang: Lang) -> Option<String> {
    let slots = details.split(", ").map(|slot| {
        let (day, hours) = slot.split_once(' ').map_or((slot, None), |(day, hours)| (day, Some(hours)));
        let day = day_text(parse_date(day).ok()?, lang);
        let Some(hours) = hours else { return Some(day) };
        let (from, until) = hours.split_once('–')?;
        Some(format!("{day}, {}", hours_text(parse_time(from).ok()?, parse_time(until).ok()?, lang)))
    });
    slots.collect::<Option<Vec<_>>>().map(|slots| slots.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn details_are_read_in_ones_own_language() {
        for (kind, details, en, de) in [
            ("signed_in", "", "", ""),
            ("staff_added", "admin", "Administrator", "Administration"),
            (
                "staff_changed",
                "name; role dispatcher→manager",
                "Changed: name; Role: Dispatcher → Manager",
                "Geändert: Name; Rolle: Disposition → Leitung",
            ),
            ("staff_changed", "disabled", "disabled", "gesperrt"),
            ("reply_template_added", "question", "Question to the customer", "Frage an den Kunden"),
            ("reply_template_changed", "name, german text", "Changed: name, German text", "Geändert: Name, deutscher Text"),
            ("company_words_changed", "accepted, in_review", "Changed: Accepted, In review", "Geändert: Angenommen, In Prüfung"),
            ("access_refused", "decide", Act::Decide.label().en, Act::Decide.label().de),
            ("customer_changed", "name, note", "Changed: name, internal note", "Geändert: Name, interne Notiz"),
            ("decision_made", "reject", "declined", "abgelehnt"),
            (
                "grant_given",
                "all locations; rights; until 2026-03-31",
                "all locations; no rights; until Tue 31 Mar 2026",
                "alle Standorte; keine Rechte; bis Di., 31. März 2026",
            ),
            (
                "grant_given",
                "1 locations; rights submit reports",
                "1 location; Send requests, See reports",
                "1 Standort; Anfragen senden, Berichte sehen",
            ),
            (
                "grant_changed",
                "locations 2→all; rights +submit -download; until 2026-03-31→none",
                "2 locations → all locations; added: Send requests, removed: Download files; until Tue 31 Mar 2026 → no end",
                "2 Standorte → alle Standorte; neu: Anfragen senden, entfällt: Dateien herunterladen; bis Di., 31. März 2026 → ohne Ende",
            ),
            ("request_snoozed", "2026-03-05", "until Thu 5 Mar 2026", "bis Do., 5. März 2026"),
            ("appointment_moved", "2026-03-05 14:00–16:30", "Thu 5 Mar 2026, 2–4:30\u{a0}pm", "Do., 5. März 2026, 14–16:30\u{a0}Uhr"),
            (
                "appointment_suggested",
                "2026-03-05 14:00–16:00, 2026-03-06",
                "Thu 5 Mar 2026, 2–4\u{a0}pm; Fri 6 Mar 2026",
                "Do., 5. März 2026, 14–16\u{a0}Uhr; Fr., 6. März 2026",
            ),
            ("report_written", "revision 2", "revision 2", "Stand 2"),
            ("journal_exported", "subject, dates", "Filtered by: subject, dates", "Gefiltert nach: Thema, Zeitraum"),
            // Of a later version, or mistaken: shown as it is.
            ("customer_changed", "name, colour", "name, colour", "name, colour"),
            ("appointment_moved", "soon", "soon", "soon"),
        ] {
            assert_eq!(
                (written(kind, details, Lang::En).as_str(), written(kind, details, Lang::De).as_str()),
                (en, de),
                "{kind} {details}"
            );
        }
    }
}
