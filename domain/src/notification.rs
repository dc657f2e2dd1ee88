//! What a contact is mailed about: when, and about whose work. Mails about the account itself (an invitation, a new password, new access)
//! are of no topic and always sent.

use std::collections::BTreeMap;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::field::{Problem, Problems};
use crate::text::Text;

#[cfg(feature = "ssr")]
pub mod anonymous;
#[cfg(feature = "ssr")]
pub mod portal;

closed_set! {
    /// What mails can be about.
    pub enum Topic { Request = "request", Appointment = "appointment", Report = "report", FollowUp = "follow_up" }
}

closed_set! {
    /// When a mail leaves: at once, gathered with others each morning, or never.
    pub enum Timing { Now = "now", Daily = "daily", Off = "off" }
}

closed_set! {
    /// Whose work it is about: what belongs to the contact's own requests or to no request at all, or everything it can see.
    pub enum Scope { Mine = "mine", All = "all" }
}

impl Topic {
    pub const fn label(self) -> Text {
        match self {
            Self::Request => Text::new("Requests", "Anfragen"),
            Self::Appointment => Text::new("Appointments", "Termine"),
            Self::Report => Text::new("Reports", "Berichte"),
            Self::FollowUp => Text::new("Follow-ups", "Folgearbeiten"),
        }
    }

    /// What is told.
    pub const fn meaning(self) -> Text {
        match self {
            Self::Request => Text::new(
                "Questions, messages, decisions. Questions come to the sender only.",
                "Fragen, Nachrichten, Entscheidungen. Fragen gehen nur an den Absender.",
            ),
            Self::Appointment => Text::new("Scheduled, moved or cancelled.", "Geplant, verschoben oder abgesagt."),
            Self::Report => Text::new("Shared with you.", "Mit Ihnen geteilt."),
            Self::FollowUp => Text::new("Required or planned.", "Nötig oder geplant."),
        }
    }

    /// The names of its two fields in the form: timing and scope.
    pub const fn fields(self) -> [&'static str; 2] {
        match self {
            Self::Request => ["request_timing", "request_scope"],
            Self::Appointment => ["appointment_timing", "appointment_scope"],
            Self::Report => ["report_timing", "report_scope"],
            Self::FollowUp => ["follow_up_timing", "follow_up_scope"],
        }
    }
}

impl Timing {
    pub const fn label(self) -> Text {
        match self {
            Self::Now => Text::new("At once", "Sofort"),
            Self::Daily => Text::new("Once a day", "Einmal am Tag"),
            Self::Off => Text::new("No emails", "Keine Mails"),
        }
    }
}

impl Scope {
    pub const fn label(self) -> Text {
        match self {
            Self::Mine => Text::new("Mine", "Meine"),
            Self::All => Text::new("All my locations", "Alle meine Standorte"),
        }
    }
}

/// What a contact chose for a topic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    pub timing: Timing,
    pub scope: Scope,
}

impl Choice {
    /// What holds until a contact chooses. Requests and their visits are their sender's; reports and follow-ups are everybody's who sees
    /// them, since releasing a report is what replaces sending it around.
    pub const fn default_for(topic: Topic) -> Self {
        let scope = match topic {
            Topic::Request | Topic::Appointment => Scope::Mine,
            Topic::Report | Topic::FollowUp => Scope::All,
        };
        Self { timing: Timing::Now, scope }
    }

    /// When an event is told that the contact can see; `mine` as in [`Scope::Mine`].
    pub const fn of_event(self, mine: bool) -> Timing {
        match self.scope {
            Scope::Mine if !mine => Timing::Off,
            _ => self.timing,
        }
    }
}

/// A contact's choice for one topic, the default included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TopicChoice {
    pub topic: Topic,
    pub choice: Choice,
}

/// What the link of a mail would stop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct UnsubscribeView {
    pub company: String,
    /// One topic, or none for all that come in the daily mail.
    pub topic: Option<Topic>,
}

/// Reads a form with the fields of all topics, see [`Topic::fields`].
///
/// # Errors
/// All fields that are missing or not a choice.
pub fn parse(typed: &BTreeMap<String, String>) -> Result<Vec<(Topic, Choice)>, Problems> {
    let mut problems = Problems::default();
    let mut choices = Vec::new();
    for topic in Topic::ALL.iter().copied() {
        let [timing, scope] = topic.fields();
        let timing = problems.take(timing, chosen(typed, timing));
        let scope = problems.take(scope, chosen(typed, scope));
        if let (Some(timing), Some(scope)) = (timing, scope) {
            choices.push((topic, Choice { timing, scope }));
        }
    }
    problems.check()?;
    Ok(choices)
}

fn chosen<T: FromStr<Err = Problem>>(typed: &BTreeMap<String, String>, field: &str) -> Result<T, Problem> {
    match typed.get(field).map_or("", String::as_str) {
        "" => Err(Problem::NothingChosen),
        word => word.parse(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn w3_the_truth_table_of_scope_and_timing() {
        for timing in Timing::ALL.iter().copied() {
            assert_eq!(Choice { timing, scope: Scope::Mine }.of_event(true), timing);
            assert_eq!(Choice { timing, scope: Scope::Mine }.of_event(false), Timing::Off);
            assert_eq!(Choice { timing, scope: Scope::All }.of_event(true), timing);
            assert_eq!(Choice { timing, scope: Scope::All }.of_event(false), timing);
        }
    }

    #[test]
    fn a_form_without_a_topic_is_refused_by_the_names_of_its_fields() {
        let mut typed: BTreeMap<String, String> = BTreeMap::new();
        for topic in Topic::ALL {
            let [timing, scope] = topic.fields();
            typed.insert(timing.into(), "daily".into());
            typed.insert(scope.into(), "all".into());
        }
        assert_eq!(parse(&typed).map(|choices| choices.len()), Ok(4));
        typed.insert("report_timing".into(), "weekly".into());
        typed.remove("request_scope");
        let problems = parse(&typed).err().unwrap_or_default();
        assert_eq!(problems.get("report_timing"), Some(&Problem::NotAChoice));
        assert_eq!(problems.get("request_scope"), Some(&Problem::NothingChosen));
    }
}
