//! The words for public statuses: the product's, and those that the company says in their place.

use serde::{Deserialize, Serialize};

use crate::appointment::{self, AppointmentStatus};
use crate::follow_up::FollowUpStatus;
use crate::request::PublicStatus;
use crate::text::{Lang, Text};

#[cfg(feature = "ssr")]
pub mod anonymous;
#[cfg(feature = "ssr")]
pub mod desk;

/// The longest word of the company's own, in characters.
pub const WORD_LIMIT: usize = 40;

closed_set! {
    /// What customers read as the status of a request, an appointment or a follow-up; the same words as the table `public_status`.
    pub enum StatusWord {
        Submitted = "submitted",
        InReview = "in_review",
        AnswerNeeded = "answer_needed",
        Accepted = "accepted",
        Planned = "planned",
        Completed = "completed",
        Rejected = "rejected",
        Cancelled = "cancelled",
        Withdrawn = "withdrawn",
        AppointmentScheduled = "appointment_scheduled",
        AppointmentMoved = "appointment_moved",
        AppointmentUnreported = "appointment_unreported",
        AppointmentDone = "appointment_done",
        AppointmentNoAccess = "appointment_no_access",
        AppointmentCancelled = "appointment_cancelled",
        FollowUpRequired = "follow_up_required",
        FollowUpPlanned = "follow_up_planned",
        FollowUpDone = "follow_up_done",
    }
}

impl StatusWord {
    pub const fn of_request(status: PublicStatus) -> Self {
        match status {
            PublicStatus::Submitted => Self::Submitted,
            PublicStatus::InReview => Self::InReview,
            PublicStatus::AnswerNeeded => Self::AnswerNeeded,
            PublicStatus::Accepted => Self::Accepted,
            PublicStatus::Planned | PublicStatus::Visited => Self::Planned,
            PublicStatus::Completed => Self::Completed,
            PublicStatus::Rejected => Self::Rejected,
            PublicStatus::Cancelled => Self::Cancelled,
            PublicStatus::Withdrawn => Self::Withdrawn,
        }
    }

    /// `moved` tells whether it was moved since it was shared.
    pub const fn of_appointment(status: AppointmentStatus, moved: bool) -> Self {
        match status {
            AppointmentStatus::Scheduled if moved => Self::AppointmentMoved,
            AppointmentStatus::Scheduled => Self::AppointmentScheduled,
            AppointmentStatus::Done => Self::AppointmentDone,
            AppointmentStatus::NoAccess => Self::AppointmentNoAccess,
            AppointmentStatus::Cancelled => Self::AppointmentCancelled,
        }
    }

    /// None for a cancelled one, which no customer sees.
    pub const fn of_follow_up(status: FollowUpStatus) -> Option<Self> {
        match status {
            FollowUpStatus::Required => Some(Self::FollowUpRequired),
            FollowUpStatus::Planned => Some(Self::FollowUpPlanned),
            FollowUpStatus::Done => Some(Self::FollowUpDone),
            FollowUpStatus::Cancelled => None,
        }
    }

    /// The product's word.
    pub const fn standard(self) -> Text {
        match self {
            Self::Submitted => PublicStatus::Submitted.label(),
            Self::InReview => PublicStatus::InReview.label(),
            Self::AnswerNeeded => PublicStatus::AnswerNeeded.label(),
            Self::Accepted => PublicStatus::Accepted.label(),
            Self::Planned => PublicStatus::Planned.label(),
            Self::Completed => PublicStatus::Completed.label(),
            Self::Rejected => PublicStatus::Rejected.label(),
            Self::Cancelled => PublicStatus::Cancelled.label(),
            Self::Withdrawn => PublicStatus::Withdrawn.label(),
            Self::AppointmentScheduled => AppointmentStatus::Scheduled.label(false),
            Self::AppointmentMoved => AppointmentStatus::Scheduled.label(true),
            Self::AppointmentUnreported => appointment::TIME_HAS_PASSED,
            Self::AppointmentDone => AppointmentStatus::Done.label(false),
            Self::AppointmentNoAccess => AppointmentStatus::NoAccess.label(false),
            Self::AppointmentCancelled => AppointmentStatus::Cancelled.label(false),
            Self::FollowUpRequired => FollowUpStatus::Required.label(),
            Self::FollowUpPlanned => FollowUpStatus::Planned.label(),
            Self::FollowUpDone => FollowUpStatus::Done.label(),
        }
    }

    /// What a form calls its word in a language: "in_review-de".
    pub fn field(self, lang: Lang) -> String {
        format!("{}-{}", self.word(), lang.word())
    }
}

/// The company's own words in one language. Where it has none, the product's are said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnWords(Vec<(StatusWord, String)>);

impl OwnWords {
    /// The company's own word, if it has one.
    pub fn own(&self, status: StatusWord) -> Option<&str> {
        self.0.iter().find(|(own, _)| *own == status).map(|(_, word)| word.as_str())
    }

    /// What customers read: the company's own word, else the product's in `lang`.
    pub fn say(&self, status: StatusWord, lang: Lang) -> String {
        self.own(status).unwrap_or_else(|| status.standard().get(lang)).to_owned()
    }

    /// The same for a follow-up, also for one that is cancelled.
    pub fn of_follow_up(&self, status: FollowUpStatus, lang: Lang) -> String {
        StatusWord::of_follow_up(status).map_or_else(|| status.label().get(lang).to_owned(), |word| self.say(word, lang))
    }
}

/// All own words as the settings show them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct StatusWords {
    /// That of the company's settings.
    pub version: i64,
    pub words: Vec<(StatusWord, Lang, String)>,
}

impl StatusWords {
    /// The own word in a language; empty without one.
    pub fn own(&self, status: StatusWord, lang: Lang) -> &str {
        let found = self.words.iter().find(|(own, said, _)| (*own, *said) == (status, lang));
        found.map_or("", |(_, _, word)| word.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a5_the_standard_words_are_those_of_the_statuses() {
        for status in PublicStatus::ALL {
            assert_eq!(StatusWord::of_request(*status).standard(), status.label(), "{status}");
        }
        for status in AppointmentStatus::ALL {
            for moved in [false, true] {
                assert_eq!(StatusWord::of_appointment(*status, moved).standard(), status.label(moved), "{status}, moved {moved}");
            }
        }
        for status in FollowUpStatus::ALL {
            if let Some(word) = StatusWord::of_follow_up(*status) {
                assert_eq!(word.standard(), status.label(), "{status}");
            }
        }
    }

    #[test]
    fn w2_without_an_own_word_the_standard_one_is_said() {
        let own = OwnWords(vec![(StatusWord::Accepted, "Confirmed".to_owned())]);
        assert_eq!(own.say(StatusWord::Accepted, Lang::En), "Confirmed");
        assert_eq!(own.say(StatusWord::Planned, Lang::De), "Geplant");
        assert_eq!(own.of_follow_up(FollowUpStatus::Cancelled, Lang::En), "Follow-up cancelled");
    }
}
