//! The customer-safe timeline: milestones from real events, for kinds on the allow-list, while their noun is visible.

use serde::{Deserialize, Serialize};

use crate::text::Text;
use crate::when::Stamp;

#[cfg(feature = "ssr")]
pub mod portal;

closed_set! {
    /// The public kinds of event; the same words as the table `timeline_kind`.
    pub enum Milestone {
        RequestSubmitted = "request_submitted",
        ReviewStarted = "request_review_started",
        QuestionAsked = "request_question_asked",
        Answered = "request_answered",
        RequestAccepted = "request_accepted",
        RequestRejected = "request_rejected",
        RequestReopened = "request_reopened",
        RequestWithdrawn = "request_withdrawn",
        RequestCancelled = "request_cancelled",
        RequestUnplanned = "request_unplanned",
        AppointmentScheduled = "appointment_shared",
        AppointmentMoved = "appointment_moved",
        AppointmentCancelled = "appointment_cancelled",
        VisitCompleted = "appointment_done",
        NoAccess = "appointment_no_access",
        ReportShared = "report_released",
        FollowUpRequired = "follow_up_shared",
        FollowUpPlanned = "follow_up_planned",
        FollowUpDone = "follow_up_done",
    }
}

closed_set! {
    /// What an entry is about, to filter by; the same words as the table `timeline_kind`.
    pub enum Noun { Request = "request", Appointment = "appointment", Report = "report", FollowUp = "follow_up" }
}

impl Noun {
    /// Where one of its rows is in the portal. Follow-ups have no page each: they stand on one.
    pub fn href(self, id: uuid::Uuid) -> String {
        match self {
            Self::Request => format!("/requests/{id}"),
            Self::Appointment => format!("/appointments/{id}"),
            Self::Report => format!("/reports/{id}"),
            Self::FollowUp => format!("/follow-ups#{id}"),
        }
    }

    pub const fn label(self) -> Text {
        match self {
            Self::Request => Text::new("Requests", "Anfragen"),
            Self::Appointment => Text::new("Appointments", "Termine"),
            Self::Report => Text::new("Reports", "Berichte"),
            Self::FollowUp => Text::new("Follow-ups", "Folgearbeiten"),
        }
    }
}

impl Milestone {
    pub const fn label(self) -> Text {
        match self {
            Self::RequestSubmitted => Text::new("Request submitted", "Anfrage eingereicht"),
            Self::ReviewStarted => Text::new("Review started", "Prüfung begonnen"),
            Self::QuestionAsked => Text::new("We asked a question", "Wir haben eine Frage gestellt"),
            Self::Answered => Text::new("Question answered", "Frage beantwortet"),
            Self::RequestAccepted => Text::new("Request accepted", "Anfrage angenommen"),
            Self::RequestRejected => Text::new("Request rejected", "Anfrage abgelehnt"),
            Self::RequestReopened => Text::new("Request in review again", "Anfrage wieder in Prüfung"),
            Self::RequestWithdrawn => Text::new("Request withdrawn", "Anfrage zurückgezogen"),
            Self::RequestCancelled => Text::new("Request cancelled", "Anfrage storniert"),
            Self::RequestUnplanned => Text::new("Waiting for a new date", "Wartet auf einen neuen Termin"),
            Self::AppointmentScheduled => Text::new("Appointment scheduled", "Termin geplant"),
            Self::AppointmentMoved => Text::new("Appointment moved", "Termin verschoben"),
            Self::AppointmentCancelled => Text::new("Appointment cancelled", "Termin abgesagt"),
            Self::VisitCompleted => Text::new("Visit completed", "Besuch abgeschlossen"),
            Self::NoAccess => Text::new("We could not get in", "Wir kamen nicht hinein"),
            Self::ReportShared => Text::new("Report shared", "Bericht geteilt"),
            Self::FollowUpRequired => Text::new("Follow-up required", "Folgearbeit nötig"),
            Self::FollowUpPlanned => Text::new("Follow-up planned", "Folgearbeit geplant"),
            Self::FollowUpDone => Text::new("Follow-up done", "Folgearbeit erledigt"),
        }
    }

    pub const fn tone(self) -> &'static str {
        match self {
            Self::RequestSubmitted
            | Self::RequestRejected
            | Self::RequestWithdrawn
            | Self::RequestCancelled
            | Self::AppointmentCancelled => "grey",
            Self::ReviewStarted | Self::RequestReopened | Self::Answered => "blue",
            Self::QuestionAsked | Self::RequestUnplanned | Self::AppointmentMoved | Self::NoAccess | Self::FollowUpRequired => "amber",
            Self::RequestAccepted | Self::AppointmentScheduled | Self::FollowUpPlanned => "petrol",
            Self::VisitCompleted | Self::ReportShared | Self::FollowUpDone => "green",
        }
    }
}

/// One entry of the timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TimelineEntry {
    pub milestone: Milestone,
    pub at: Stamp,
    /// `YYYY-MM` at the location, to group by, and its heading ("October 2025").
    pub month: String,
    pub month_text: String,
    pub title: String,
    pub location_name: String,
    /// Where it leads, within the portal.
    pub href: String,
}

/// Which part of the timeline to list. Empty means all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimelineFilter {
    #[serde(default)]
    pub location: String,
    /// Words of the location's name or address; beside a chosen location they count for nothing.
    #[serde(default)]
    pub place: String,
    /// A [`Noun`]'s word.
    #[serde(default)]
    pub noun: String,
    #[serde(default)]
    pub after: String,
}
