//! What happened to a record, as staff read it.

use domain::request::LogEntry;
use domain::text::Text;
use leptos::prelude::*;

use crate::desk::text;
use crate::ui::lang::t;
use crate::ui::record::Time;

/// Entries of the journal, newest first: when, who, what.
#[component]
pub fn Log(entries: Vec<LogEntry>) -> impl IntoView {
    let rows = entries.into_iter().map(|entry| {
        let what = event_label(&entry.kind).map_or(entry.kind, |label| t(label).to_owned());
        view! {
            <tr role="row">
                <td role="cell" data-label=t(text::WHEN)><Time stamp=entry.at /></td>
                <td role="cell" data-label=t(text::WHO)>{entry.actor_name.unwrap_or_else(|| t(text::THE_SYSTEM).to_owned())}</td>
                <td role="cell" data-label=t(text::WHAT)>{what}</td>
                <td role="cell" data-label=t(text::DETAILS)>{entry.details}</td>
            </tr>
        }
    });
    view! {
        <div class="table-wrap" role="region" aria-label=t(text::LOG_ENTRIES) tabindex="0">
            <table class="stack" role="table">
                <thead role="rowgroup">
                    <tr role="row">
                        <th role="columnheader" scope="col">{t(text::WHEN)}</th>
                        <th role="columnheader" scope="col">{t(text::WHO)}</th>
                        <th role="columnheader" scope="col">{t(text::WHAT)}</th>
                        <th role="columnheader" scope="col">{t(text::DETAILS)}</th>
                    </tr>
                </thead>
                <tbody role="rowgroup">{rows.collect_view()}</tbody>
            </table>
        </div>
    }
}

/// An event kind's name. The kinds themselves are the journal's and not in the browser; one without a name shows its word.
pub fn event_label(kind: &str) -> Option<Text> {
    Some(match kind {
        "company_changed" => text::EVENT_COMPANY_CHANGED,
        "company_brand_changed" => text::EVENT_COMPANY_BRAND_CHANGED,
        "company_words_changed" => text::EVENT_COMPANY_WORDS_CHANGED,
        "staff_added" => text::EVENT_STAFF_ADDED,
        "staff_changed" => text::EVENT_STAFF_CHANGED,
        "reply_template_added" => text::EVENT_REPLY_TEMPLATE_ADDED,
        "reply_template_changed" => text::EVENT_REPLY_TEMPLATE_CHANGED,
        "reply_template_removed" => text::EVENT_REPLY_TEMPLATE_REMOVED,
        "customer_added" => text::EVENT_CUSTOMER_ADDED,
        "customer_changed" => text::EVENT_CUSTOMER_CHANGED,
        "location_added" => text::EVENT_LOCATION_ADDED,
        "locations_imported" => text::EVENT_LOCATIONS_IMPORTED,
        "location_changed" => text::EVENT_LOCATION_CHANGED,
        "contact_added" => text::EVENT_CONTACT_ADDED,
        "contact_changed" => text::EVENT_CONTACT_CHANGED,
        "contact_disabled" => text::EVENT_CONTACT_DISABLED,
        "contact_enabled" => text::EVENT_CONTACT_ENABLED,
        "grant_given" => text::EVENT_GRANT_GIVEN,
        "grant_changed" => text::EVENT_GRANT_CHANGED,
        "grant_ended" => text::EVENT_GRANT_ENDED,
        "invitation_sent" => text::EVENT_INVITATION_SENT,
        "invitation_resent" => text::EVENT_INVITATION_RESENT,
        "invitation_revoked" => text::EVENT_INVITATION_REVOKED,
        "invitation_accepted" => text::EVENT_INVITATION_ACCEPTED,
        "signed_in" => text::EVENT_SIGNED_IN,
        "signed_out" => text::EVENT_SIGNED_OUT,
        "sessions_ended" => text::EVENT_SESSIONS_ENDED,
        "password_reset_asked" => text::EVENT_PASSWORD_RESET_ASKED,
        "password_changed" => text::EVENT_PASSWORD_CHANGED,
        "notifications_changed" => text::EVENT_NOTIFICATIONS_CHANGED,
        "calendar_feed_made" => text::EVENT_CALENDAR_FEED_MADE,
        "calendar_feed_ended" => text::EVENT_CALENDAR_FEED_ENDED,
        "portal_viewed" => text::EVENT_PORTAL_VIEWED,
        "access_refused" => text::EVENT_ACCESS_REFUSED,
        "journal_exported" => text::EVENT_JOURNAL_EXPORTED,
        "request_submitted" => text::EVENT_REQUEST_SUBMITTED,
        "request_review_started" => text::EVENT_REQUEST_REVIEW_STARTED,
        "request_assigned" => text::EVENT_REQUEST_ASSIGNED,
        "request_snoozed" => text::EVENT_REQUEST_SNOOZED,
        "request_message_sent" => text::EVENT_REQUEST_MESSAGE_SENT,
        "request_answered" => text::EVENT_REQUEST_ANSWERED,
        "request_question_asked" => text::EVENT_REQUEST_QUESTION_ASKED,
        "request_note_written" => text::EVENT_REQUEST_NOTE_WRITTEN,
        "decision_made" => text::EVENT_DECISION_MADE,
        "decision_undone" => text::EVENT_DECISION_UNDONE,
        "request_accepted" => text::EVENT_REQUEST_ACCEPTED,
        "request_rejected" => text::EVENT_REQUEST_REJECTED,
        "request_reopened" => text::EVENT_REQUEST_REOPENED,
        "request_withdrawn" => text::EVENT_REQUEST_WITHDRAWN,
        "request_cancelled" => text::EVENT_REQUEST_CANCELLED,
        "request_planned" => text::EVENT_REQUEST_PLANNED,
        "request_unplanned" => text::EVENT_REQUEST_UNPLANNED,
        "target_created" => text::EVENT_TARGET_CREATED,
        "target_changed" => text::EVENT_TARGET_CHANGED,
        "target_renamed" => text::EVENT_TARGET_RENAMED,
        "target_done" => text::EVENT_TARGET_DONE,
        "target_reopened" => text::EVENT_TARGET_REOPENED,
        "target_cancelled" => text::EVENT_TARGET_CANCELLED,
        "series_created" => text::EVENT_SERIES_CREATED,
        "appointment_scheduled" => text::EVENT_APPOINTMENT_SCHEDULED,
        "appointment_changed" => text::EVENT_APPOINTMENT_CHANGED,
        "appointment_shared" => text::EVENT_APPOINTMENT_SHARED,
        "appointment_moved" => text::EVENT_APPOINTMENT_MOVED,
        "appointment_cancelled" => text::EVENT_APPOINTMENT_CANCELLED,
        "appointment_done" => text::EVENT_APPOINTMENT_DONE,
        "appointment_no_access" => text::EVENT_APPOINTMENT_NO_ACCESS,
        "appointment_suggested" => text::EVENT_APPOINTMENT_SUGGESTED,
        "suggestion_answered" => text::EVENT_SUGGESTION_ANSWERED,
        "report_written" => text::EVENT_REPORT_WRITTEN,
        "report_approved" => text::EVENT_REPORT_APPROVED,
        "report_sent_back" => text::EVENT_REPORT_SENT_BACK,
        "report_released" => text::EVENT_REPORT_RELEASED,
        "report_withdrawn" => text::EVENT_REPORT_WITHDRAWN,
        "follow_up_required" => text::EVENT_FOLLOW_UP_REQUIRED,
        "follow_up_changed" => text::EVENT_FOLLOW_UP_CHANGED,
        "follow_up_reworded" => text::EVENT_FOLLOW_UP_REWORDED,
        "follow_up_reopened" => text::EVENT_FOLLOW_UP_REOPENED,
        "follow_up_shared" => text::EVENT_FOLLOW_UP_SHARED,
        "follow_up_unshared" => text::EVENT_FOLLOW_UP_UNSHARED,
        "follow_up_planned" => text::EVENT_FOLLOW_UP_PLANNED,
        "follow_up_unplanned" => text::EVENT_FOLLOW_UP_UNPLANNED,
        "follow_up_done" => text::EVENT_FOLLOW_UP_DONE,
        "follow_up_cancelled" => text::EVENT_FOLLOW_UP_CANCELLED,
        "file_added" => text::EVENT_FILE_ADDED,
        "file_removed" => text::EVENT_FILE_REMOVED,
        _ => return None,
    })
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn every_event_kind_has_a_name() {
        for kind in domain::journal::EventKind::ALL {
            assert!(event_label(kind.word()).is_some(), "{kind}");
        }
    }
}
