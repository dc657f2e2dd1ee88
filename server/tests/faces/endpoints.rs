//! Everything that can be asked of each face, one row per endpoint: a new one without a row fails the test "every endpoint has a row" by
//! its name. A row says who may (a right of the contact, an act of the staff) and how one asks; what each actor is to be answered follows.
//!
//! Bodies are such that nothing changes for the actors after: versions are stale (an allowed actor is answered "conflict"), fields are
//! missing ("invalid"), or what is made is in nobody's way.

use app::ctx::Face;
use axum::body::Body;
use domain::role::Act;
use http::header;

use super::actors::{Actor, Carries, Is};
use super::asking::Outcome::{self, Conflict, Invalid};
use super::world::{Furnished, Id, Set, Thing, any_id};
use Needs::{InvitationLink, Nothing, ResetLink, Session, UnsubscribeLink};
use Thing::*;

/// What an actor must have to be answered as the row says.
#[derive(Clone, Copy)]
pub enum Needs {
    Nothing,
    /// The cookie of an opened link of that kind.
    InvitationLink,
    ResetLink,
    UnsubscribeLink,
    /// A contact's session.
    Session,
    /// A contact's session, and the right to the thing; without the right it is not found.
    Sight(Thing),
    /// The same in a field of a form: without the right it is no choice.
    Choice(Thing),
    /// The same as a list's filter: without the right the list is empty.
    Filter(Thing),
    /// A staff session whose role may do the act.
    Role(Act),
    /// The same, for a thing that must be there.
    RoleFor(Act, Thing),
}

#[derive(Clone, Copy)]
enum How {
    /// A page as a browser fetches it.
    Page,
    /// A server function, as our script calls it, with these arguments.
    Call(&'static str),
    /// Another address that is read.
    Get,
    Upload,
    /// As a mail program posts it, for whom there is no cross-site check.
    OneClick,
}

/// A row. `{id}` in path and arguments is the id that is asked for; `{key}` is another at each time.
#[derive(Clone, Copy)]
pub struct Endpoint {
    name: &'static str,
    how: How,
    pub needs: Needs,
    /// How an actor is answered who has what it needs.
    then: Outcome,
    /// The actor must sign in again afterwards.
    pub ends_session: bool,
}

pub const PORTAL: &[Endpoint] = &[
    get("/healthz", Nothing),
    get("/readyz", Nothing),
    // The world's company has no brand.
    get("/brand.css", Nothing).then(Outcome::NotFound),
    get("/logo.png", Nothing).then(Outcome::NotFound),
    get("/live", Session),
    // Links from mails: opening one looks nothing up.
    get("/invite/any-token", Nothing),
    get("/reset/any-token", Nothing),
    get("/unsubscribe/any-token", Nothing),
    row("/unsubscribe/any-token", How::OneClick, Nothing),
    // Calendars. A feed's link is not for those who ask, but for those who have it.
    get("/appointments/{id}/calendar.ics", Needs::Sight(Appointment)),
    get("/calendar/any-token", Nothing).then(Outcome::NotFound),
    // Files, whatever they belong to.
    get("/files/{id}", Needs::Sight(DraftFile)),
    get("/files/{id}", Needs::Sight(RequestFile)),
    get("/files/{id}", Needs::Sight(MessageFile)),
    get("/files/{id}", Needs::Sight(NoteFile)),
    get("/files/{id}", Needs::Sight(ReportFile)),
    get("/files/{id}", Needs::Sight(HiddenFile)),
    get("/files/{id}", Needs::Sight(TargetFile)),
    get("/files/{id}/preview", Needs::Sight(DraftFile)),
    get("/files/{id}/preview", Needs::Sight(RequestFile)),
    get("/files/{id}/preview", Needs::Sight(MessageFile)),
    get("/files/{id}/preview", Needs::Sight(NoteFile)),
    get("/files/{id}/preview", Needs::Sight(ReportFile)),
    get("/files/{id}/preview", Needs::Sight(HiddenFile)),
    get("/files/{id}/preview", Needs::Sight(TargetFile)),
    get("/reports/{id}/report.pdf", Needs::Sight(Report)),
    upload("/requests/drafts/{id}/files", Needs::Sight(SpareDraft)),
    // Pages before the sign-in.
    page("/sign-in", Nothing),
    page("/forgotten", Nothing),
    page("/invite", InvitationLink),
    page("/reset", ResetLink),
    page("/unsubscribe", UnsubscribeLink),
    // Pages.
    page("/", Session),
    page("/requests", Session),
    page("/requests?status=rejected", Session),
    page("/requests?location={id}", Needs::Filter(Location)),
    page("/requests/new", Session),
    page("/requests/new/{id}", Needs::Sight(Draft)),
    page("/requests/new/{id}?step=what", Needs::Sight(Draft)),
    page("/requests/new/{id}?step=files", Needs::Sight(Draft)),
    page("/requests/new/{id}?step=when", Needs::Sight(Draft)),
    page("/requests/new/{id}?step=check", Needs::Sight(Draft)),
    page("/requests/{id}", Needs::Sight(Request)),
    page("/requests/{id}", Needs::Sight(RejectedRequest)),
    page("/requests/{id}", Needs::Sight(CancelledRequest)),
    page("/requests/{id}", Needs::Sight(SnoozedRequest)),
    page("/requests/{id}", Needs::Sight(DecidingRequest)),
    page("/requests/{id}", Needs::Sight(RecordedRequest)),
    page("/appointments", Session),
    page("/appointments?show=past", Session),
    page("/appointments?location={id}", Needs::Filter(Location)),
    page("/appointments/{id}", Needs::Sight(Appointment)),
    page("/open-work", Session),
    page("/reports", Session),
    page("/reports?location={id}", Needs::Filter(Location)),
    page("/reports/{id}", Needs::Sight(Report)),
    page("/follow-ups", Session),
    page("/timeline", Session),
    page("/timeline?location={id}", Needs::Filter(Location)),
    page("/locations/{id}", Needs::Sight(Location)),
    page("/account", Session),
    page("/account/access", Session),
    page("/account/notifications", Session),
    page("/welcome", Session),
    // Sign-in, invitation, reset.
    call("company", Nothing, ""),
    call("sign_in", Nothing, "email={key}@nowhere.example&password=not-the-password").then(Invalid),
    call("ask_reset", Nothing, "email={key}@nowhere.example"),
    call("check_reset", ResetLink, ""),
    call("reset_password", ResetLink, "password=short").then(Invalid),
    call("invitation", InvitationLink, ""),
    call("accept_invitation", InvitationLink, "password=short").then(Invalid),
    // Stopping mails: the second takes the link.
    call("unsubscription", UnsubscribeLink, ""),
    call("unsubscribe", UnsubscribeLink, ""),
    // The account.
    call("me", Session, ""),
    call("account", Session, ""),
    call("access", Session, ""),
    call("notifications", Session, ""),
    call("set_notifications", Session, "choices[request_timing]=weekly").then(Invalid),
    call("choose_mails", Session, "timing=weekly").then(Invalid),
    call("set_profile", Session, "name=&phone=&lang=en").then(Invalid),
    call("change_password", Session, "old=not-the-password&password=nine-herons-by-the-pond").then(Invalid),
    call("make_calendar_feed", Session, ""),
    call("end_calendar_feed", Session, ""),
    call("end_session", Needs::Sight(SpareSession), "session={id}"),
    call("choose_customer", Needs::Sight(Customer), "customer={id}").ends_session(),
    call("sign_out", Session, "").ends_session(),
    call("sign_out_everywhere", Session, "").ends_session(),
    // A new request.
    call("start", Session, ""),
    call("find_places", Session, "words=x"),
    call("draft", Needs::Sight(Draft), "id={id}"),
    call("start_draft", Needs::Choice(PlaceToSubmit), "location={id}"),
    call("save_where", Needs::Sight(SpareDraft), "draft={id}&location=").then(Invalid),
    call("save_what", Needs::Sight(SpareDraft), "draft={id}&what[title]=").then(Invalid),
    call("keep_what", Needs::Sight(SpareDraft), "draft={id}&what[title]=Title"),
    call("save_when", Needs::Sight(SpareDraft), "draft={id}&timing=").then(Invalid),
    call("remove_file", Needs::Sight(SpareDraftFile), "file={id}"),
    call("submit", Needs::Sight(SpareDraft), "draft={id}").then(Invalid),
    call("discard", Needs::Sight(SpareDraft), "draft={id}"),
    // What became of it.
    call("home", Session, ""),
    call("requests", Session, "filter[status]="),
    call("requests", Needs::Filter(Location), "filter[location]={id}"),
    call("request", Needs::Sight(Request), "id={id}"),
    call("write_message", Needs::Sight(OwnRequest), "request={id}&key={key}&body=Hello"),
    call("withdraw", Needs::Sight(OwnRequest), "request={id}&as_of=0").then(Conflict),
    call("appointments", Session, "filter[show]="),
    call("appointments", Session, "filter[show]=past"),
    call("appointments", Needs::Filter(Location), "filter[location]={id}"),
    call("appointment", Needs::Sight(Appointment), "id={id}"),
    call("suggest_time", Needs::Sight(AppointmentToMove), "appointment={id}&key={key}&windows[0][date]=2030-01-01").then(Conflict),
    call("open_work", Session, ""),
    call("reports", Session, ""),
    call("reports", Needs::Filter(Location), "location={id}"),
    call("report", Needs::Sight(Report), "id={id}"),
    call("follow_ups", Session, ""),
    call("timeline", Session, "filter[noun]="),
    call("timeline", Needs::Filter(Location), "filter[location]={id}"),
    call("location", Needs::Sight(Location), "id={id}"),
];

pub const DESK: &[Endpoint] = &[
    get("/healthz", Nothing),
    get("/readyz", Nothing),
    get("/", Nothing),
    get("/desk/live", Needs::Role(Act::Read)),
    get("/desk/files/{id}", Needs::RoleFor(Act::Read, RequestFile)),
    get("/desk/files/{id}", Needs::RoleFor(Act::Read, MessageFile)),
    get("/desk/files/{id}", Needs::RoleFor(Act::Read, NoteFile)),
    get("/desk/files/{id}", Needs::RoleFor(Act::Read, ReportFile)),
    get("/desk/files/{id}", Needs::RoleFor(Act::Read, HiddenFile)),
    get("/desk/files/{id}", Needs::RoleFor(Act::Read, TargetFile)),
    get("/desk/files/{id}/preview", Needs::RoleFor(Act::Read, RequestFile)),
    get("/desk/files/{id}/preview", Needs::RoleFor(Act::Read, MessageFile)),
    get("/desk/files/{id}/preview", Needs::RoleFor(Act::Read, NoteFile)),
    get("/desk/files/{id}/preview", Needs::RoleFor(Act::Read, ReportFile)),
    get("/desk/files/{id}/preview", Needs::RoleFor(Act::Read, HiddenFile)),
    get("/desk/files/{id}/preview", Needs::RoleFor(Act::Read, TargetFile)),
    get("/desk/overview.csv?figure=requests", Needs::Role(Act::Read)),
    get("/desk/audit.csv", Needs::Role(Act::Administer)),
    upload("/desk/reports/{id}/files", Needs::RoleFor(Act::WriteReport, Report)),
    upload("/desk/targets/{id}/files", Needs::RoleFor(Act::Schedule, Target)),
    get("/logo.png", Nothing).then(Outcome::NotFound),
    upload("/desk/settings/logo", Needs::Role(Act::Administer)),
    upload("/desk/requests/{id}/messages", Needs::RoleFor(Act::Triage, Request)),
    upload("/desk/requests/{id}/notes", Needs::RoleFor(Act::Triage, Request)),
    upload("/desk/customers/{id}/location-lists", Needs::RoleFor(Act::ManageCustomers, Customer)).then(Outcome::Done),
    upload("/desk/customers/{id}/people-lists", Needs::RoleFor(Act::ManageCustomers, Customer)).then(Outcome::Done),
    get("/desk/examples/locations.csv", Nothing),
    get("/desk/examples/people.csv", Nothing),
    // Pages.
    page("/desk/sign-in", Nothing),
    page("/desk/inbox", Needs::Role(Act::Read)),
    page("/desk/search?q=heating", Needs::Role(Act::Read)),
    page("/desk/keys", Needs::Role(Act::Read)),
    page("/desk/requests/new", Needs::Role(Act::Read)),
    page("/desk/requests/{id}", Needs::RoleFor(Act::Read, Request)),
    page("/desk/planning", Needs::Role(Act::Read)),
    page("/desk/targets/{id}", Needs::RoleFor(Act::Read, Target)),
    page("/desk/reports", Needs::Role(Act::Read)),
    page("/desk/reports/{id}", Needs::RoleFor(Act::Read, Report)),
    page("/desk/reports/{id}/release", Needs::RoleFor(Act::Read, Report)),
    page("/desk/follow-ups", Needs::Role(Act::Read)),
    page("/desk/first-steps", Needs::Role(Act::ManageCustomers)),
    page("/desk/overview", Needs::Role(Act::Read)),
    page("/desk/overview/requests?outcome=open", Needs::Role(Act::Read)),
    page("/desk/overview/appointments?outcome=kept", Needs::Role(Act::Read)),
    page("/desk/customers", Needs::Role(Act::Read)),
    page("/desk/customers/{id}", Needs::RoleFor(Act::Read, Customer)),
    page("/desk/customers/{id}/access", Needs::RoleFor(Act::Read, Customer)),
    page("/desk/customers/{id}/import", Needs::RoleFor(Act::Read, Customer)),
    page("/desk/customers/{id}/invite", Needs::RoleFor(Act::Read, Customer)),
    page("/desk/customers/{id}/invite-list", Needs::RoleFor(Act::Read, Customer)),
    page("/desk/people", Needs::Role(Act::Read)),
    page("/desk/people/{id}", Needs::RoleFor(Act::Read, Contact)),
    page("/desk/people/{id}/portal", Needs::RoleFor(Act::ManageCustomers, Contact)),
    page("/desk/settings", Needs::Role(Act::Read)),
    page("/desk/settings?part=roles", Needs::Role(Act::Read)),
    page("/desk/settings?part=templates", Needs::Role(Act::KeepTemplates)),
    page("/desk/settings?part=company", Needs::Role(Act::Administer)),
    page("/desk/settings?part=brand", Needs::Role(Act::Administer)),
    page("/desk/settings?part=words", Needs::Role(Act::Administer)),
    page("/desk/settings?part=staff", Needs::Role(Act::Administer)),
    page("/desk/audit", Needs::Role(Act::Administer)),
    page("/desk/audit?subject=person&who=a&from=2026-03-01", Needs::Role(Act::Administer)),
    // The staff member.
    call("sign_in", Nothing, "email={key}@nowhere.example&password=not-the-password").then(Invalid),
    call("me", Needs::Role(Act::Read), ""),
    call("set_lang", Needs::Role(Act::Read), "lang=en"),
    call("set_single_keys", Needs::Role(Act::Read), "single_keys=on"),
    call("change_password", Needs::Role(Act::Read), "old=not-the-password&password=nine-herons-by-the-pond").then(Invalid),
    call("sessions", Needs::Role(Act::Read), ""),
    // Not one's own: an administrator's act.
    call("end_session", Needs::Role(Act::Administer), "session={key}").then(Outcome::NotFound),
    call("sign_out", Needs::Role(Act::Read), "").ends_session(),
    call("sign_out_everywhere", Needs::Role(Act::Read), "").ends_session(),
    // Requests.
    call("inbox", Needs::Role(Act::Read), "queue=new"),
    call("search", Needs::Role(Act::Read), "q=heating"),
    call("own_decisions", Needs::Role(Act::Read), ""),
    call("has_news", Needs::Role(Act::Read), "record=request&id={key}&seen=0"),
    call("request", Needs::RoleFor(Act::Read, Request), "id={id}"),
    call("record_form", Needs::Role(Act::Read), ""),
    call("record_request", Needs::Role(Act::Triage), "key={key}&contact=&location=&what[title]=").then(Invalid),
    call("start_review", Needs::RoleFor(Act::Triage, Request), "id={id}&version=0").then(Conflict),
    call("assign_request", Needs::RoleFor(Act::Triage, Request), "id={id}&version=0").then(Conflict),
    call("snooze_request", Needs::RoleFor(Act::Triage, Request), "id={id}&version=0&until_date=2030-01-01").then(Conflict),
    call("ask_customer", Needs::RoleFor(Act::Triage, Request), "id={id}&version=0&key={key}&body=Hello").then(Conflict),
    call("write_to_customer", Needs::RoleFor(Act::Triage, Request), "id={id}&key={key}&body=Hello"),
    call("write_note", Needs::RoleFor(Act::Triage, Request), "id={id}&key={key}&body=Hello"),
    call("accept_request", Needs::RoleFor(Act::Decide, Request), "id={id}&version=0").then(Conflict),
    call("decline_request", Needs::RoleFor(Act::Decide, Request), "id={id}&version=0&reject_reason=No&internal_reason=No").then(Conflict),
    call("undo_decision", Needs::RoleFor(Act::Decide, Request), "id={id}").then(Invalid),
    call("reopen_request", Needs::RoleFor(Act::Decide, Request), "id={id}&version=0&sentence=Hello").then(Conflict),
    call("cancel_request", Needs::RoleFor(Act::Decide, Request), "id={id}&version=0&sentence=Hello").then(Conflict),
    call("convert_request", Needs::RoleFor(Act::Convert, Request), "id={id}&version=0&work[title]=Work").then(Conflict),
    // Work and appointments.
    call("plan", Needs::Role(Act::Read), "view=week"),
    call("target", Needs::RoleFor(Act::Read, Target), "id={id}"),
    call("new_work_form", Needs::Role(Act::Read), ""),
    call("create_target", Needs::RoleFor(Act::Convert, Location), "location={id}&work[title]=Work&work[public_title]=Work"),
    call("edit_target", Needs::RoleFor(Act::Convert, Target), "id={id}&version=0&work[title]=Work&work[public_title]=Work").then(Conflict),
    call("finish_target", Needs::RoleFor(Act::Convert, Target), "id={id}&version=0").then(Conflict),
    call("reopen_target", Needs::RoleFor(Act::EndTarget, Target), "id={id}&version=0").then(Conflict),
    call("cancel_target", Needs::RoleFor(Act::EndTarget, Target), "id={id}&version=0").then(Conflict),
    call("schedule_visit", Needs::RoleFor(Act::Schedule, Target), "id={id}&version=0&slot[date]=").then(Conflict),
    call("schedule_series", Needs::RoleFor(Act::Schedule, Target), "id={id}&version=0&slot[date]=").then(Conflict),
    call("share_appointment", Needs::RoleFor(Act::Schedule, Appointment), "id={id}&version=0").then(Conflict),
    call("move_appointment", Needs::RoleFor(Act::Schedule, Appointment), "target={target}&id={id}&version=0&slot[date]=").then(Conflict),
    call("cancel_appointment", Needs::RoleFor(Act::Schedule, Appointment), "target={target}&id={id}&version=0").then(Conflict),
    call("finish_appointment", Needs::RoleFor(Act::Schedule, Appointment), "target={target}&id={id}&version=0&visit[left]=").then(Conflict),
    call("no_access", Needs::RoleFor(Act::Schedule, Appointment), "target={target}&id={id}&version=0&visit[left]=").then(Conflict),
    call("answer_suggestion", Needs::RoleFor(Act::Schedule, Suggestion), "target={target}&id={id}").then(Conflict),
    // Reports and follow-ups.
    call("reports", Needs::Role(Act::Read), "stage=&after="),
    call("report", Needs::RoleFor(Act::Read, Report), "id={id}"),
    call("write_report", Needs::RoleFor(Act::WriteReport, Appointment), "appointment={id}"),
    call("save_report", Needs::RoleFor(Act::WriteReport, Report), "id={id}&version=0&body=Hello").then(Conflict),
    call("remove_report_file", Needs::RoleFor(Act::WriteReport, ReportFile), "file={id}").then(Conflict),
    call("approve_report", Needs::RoleFor(Act::ApproveReport, Report), "id={id}&version=0").then(Conflict),
    call("send_back_report", Needs::RoleFor(Act::ApproveReport, Report), "id={id}&version=0&note=Hello").then(Conflict),
    call("release_form", Needs::RoleFor(Act::Read, Report), "id={id}"),
    call("preview_release", Needs::RoleFor(Act::Release, Report), "id={id}&input[title]=Title&input[summary]=Summary"),
    call("release", Needs::RoleFor(Act::Release, Report), "id={id}&version=0&input[title]=Title&input[summary]=Summary").then(Conflict),
    call("withdraw_release", Needs::RoleFor(Act::Release, Report), "id={id}&version=0&reason=Hello").then(Conflict),
    call("follow_ups", Needs::Role(Act::Read), "status=&after="),
    call("require_follow_up", Needs::RoleFor(Act::WriteReport, Report), "report={id}&what[internal_text]=Hello"),
    call("edit_follow_up", Needs::RoleFor(Act::WriteReport, FollowUp), "report={report}&id={id}&version=0&what[internal_text]=Hello")
        .then(Conflict),
    call("share_follow_up", Needs::RoleFor(Act::Release, FollowUp), "id={id}&version=0").then(Conflict),
    call("unshare_follow_up", Needs::RoleFor(Act::Release, FollowUp), "id={id}&version=0").then(Conflict),
    call("plan_follow_up", Needs::RoleFor(Act::PlanFollowUp, FollowUp), "id={id}&version=0&work[title]=Work&work[public_title]=Work")
        .then(Conflict),
    call("cancel_follow_up", Needs::RoleFor(Act::PlanFollowUp, FollowUp), "report={report}&id={id}&version=0").then(Conflict),
    // First steps and overview.
    call("first_steps", Needs::Role(Act::ManageCustomers), ""),
    call("overview", Needs::Role(Act::Read), ""),
    call("requests_behind", Needs::Role(Act::Read), "filter[outcome]=open"),
    call("appointments_behind", Needs::Role(Act::Read), "filter[outcome]="),
    // Customers and people.
    call("customers", Needs::Role(Act::Read), "q=&after="),
    call("customer", Needs::RoleFor(Act::Read, Customer), "id={id}"),
    call("access_table", Needs::RoleFor(Act::Read, Customer), "id={id}&q=&after=&people="),
    call("add_customer", Needs::Role(Act::ManageCustomers), "what[name]=").then(Invalid),
    call("edit_customer", Needs::RoleFor(Act::ManageCustomers, Customer), "id={id}&version=0&what[name]=Name&what[kind]=retail")
        .then(Conflict),
    call("add_location", Needs::RoleFor(Act::ManageCustomers, Customer), "customer={id}&what[name]=Name&what[zone]=Europe/Berlin"),
    call(
        "edit_location",
        Needs::RoleFor(Act::ManageCustomers, Location),
        "customer={customer}&id={id}&version=0&what[name]=Name&what[zone]=Europe/Berlin",
    )
    .then(Conflict),
    call("location_import", Needs::RoleFor(Act::Read, Customer), "id={id}"),
    call("import_locations", Needs::Role(Act::ManageCustomers), "sheet={key}").then(Outcome::NotFound),
    call("people", Needs::Role(Act::Read), "state=&q=&after="),
    call("person", Needs::RoleFor(Act::Read, Contact), "id={id}"),
    call("view_as", Needs::RoleFor(Act::ManageCustomers, Contact), "id={id}"),
    call("edit_person", Needs::RoleFor(Act::ManageCustomers, Contact), "id={id}&version=0&person[name]=Name").then(Conflict),
    call("invite_form", Needs::RoleFor(Act::Read, Customer), "customer={id}"),
    call(
        "invite",
        Needs::RoleFor(Act::ManageCustomers, Customer),
        "customer={id}&person[name]=New&person[email]={key}@customer.example&grant[scope]=all",
    ),
    call("invite_list", Needs::RoleFor(Act::Read, Customer), "id={id}"),
    call("invite_people", Needs::Role(Act::ManageCustomers), "customer={customer}&sheet={key}&grant[scope]=all").then(Outcome::NotFound),
    call("resend_invitation", Needs::RoleFor(Act::ManageCustomers, Contact), "id={id}").then(Conflict),
    call("revoke_invitation", Needs::RoleFor(Act::ManageCustomers, Contact), "id={id}").then(Conflict),
    call("preview_grant", Needs::RoleFor(Act::ManageCustomers, Customer), "customer={id}&grant[scope]=all"),
    call("edit_grant", Needs::RoleFor(Act::ManageCustomers, Grant), "contact={contact}&id={id}&version=0&grant[scope]=all").then(Conflict),
    call("end_grant", Needs::RoleFor(Act::ManageCustomers, Grant), "contact={contact}&id={id}&version=0").then(Conflict),
    call("disable_person", Needs::RoleFor(Act::ManageCustomers, Contact), "id={id}&version=0").then(Conflict),
    call("enable_person", Needs::RoleFor(Act::ManageCustomers, Contact), "id={id}&version=0").then(Conflict),
    // Reply templates.
    call("reply_templates", Needs::Role(Act::KeepTemplates), ""),
    call("add_reply_template", Needs::Role(Act::KeepTemplates), "what[name]=").then(Invalid),
    call(
        "edit_reply_template",
        Needs::RoleFor(Act::KeepTemplates, ReplyTemplate),
        "id={id}&version=0&what[name]=Name&what[purpose]=message&what[text_en]=Hello",
    )
    .then(Conflict),
    call("remove_reply_template", Needs::RoleFor(Act::KeepTemplates, ReplyTemplate), "id={id}&version=0").then(Conflict),
    // Administration.
    call("company", Needs::Role(Act::Administer), ""),
    call("edit_company", Needs::Role(Act::Administer), "version=0&what[name]=").then(Conflict),
    call("brand", Needs::Role(Act::Administer), ""),
    call("edit_brand", Needs::Role(Act::Administer), "version=0&accent=%23003366").then(Conflict),
    call("remove_logo", Needs::Role(Act::Administer), "version=0").then(Conflict),
    call("status_words", Needs::Role(Act::Administer), ""),
    call("edit_status_words", Needs::Role(Act::Administer), "version=0&words[submitted-en]=Received").then(Conflict),
    call("staff", Needs::Role(Act::Administer), ""),
    call("add_staff", Needs::Role(Act::Administer), "who[name]=").then(Invalid),
    call("edit_staff", Needs::RoleFor(Act::Administer, Staff), "id={id}&version=0&name=Name&role=dispatcher").then(Conflict),
    call("disable_staff", Needs::RoleFor(Act::Administer, Staff), "id={id}&version=0").then(Conflict),
    call("enable_staff", Needs::RoleFor(Act::Administer, Staff), "id={id}&version=0").then(Conflict),
    call("journal", Needs::Role(Act::Administer), "filter[subject]="),
];

pub const fn of(face: Face) -> &'static [Endpoint] {
    match face {
        Face::Portal => PORTAL,
        Face::Desk => DESK,
    }
}

const fn row(name: &'static str, how: How, needs: Needs) -> Endpoint {
    Endpoint { name, how, needs, then: Outcome::Done, ends_session: false }
}

const fn page(path: &'static str, needs: Needs) -> Endpoint {
    row(path, How::Page, needs)
}

const fn call(function: &'static str, needs: Needs, arguments: &'static str) -> Endpoint {
    row(function, How::Call(arguments), needs)
}

const fn get(path: &'static str, needs: Needs) -> Endpoint {
    row(path, How::Get, needs)
}

/// A file of a kind that is not taken.
const fn upload(path: &'static str, needs: Needs) -> Endpoint {
    row(path, How::Upload, needs).then(Invalid)
}

const BOUNDARY: &str = "a-boundary";
const NO_PICTURE: &str =
    "--a-boundary\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nno picture\r\n--a-boundary--\r\n";

impl Endpoint {
    const fn then(self, then: Outcome) -> Self {
        Self { then, ..self }
    }

    const fn ends_session(self) -> Self {
        Self { ends_session: true, ..self }
    }

    /// What its id names, if it takes one.
    pub const fn thing(&self) -> Option<Thing> {
        match self.needs {
            Needs::Sight(thing) | Needs::Choice(thing) | Needs::Filter(thing) | Needs::RoleFor(_, thing) => Some(thing),
            _ => None,
        }
    }

    pub const fn is_call(&self) -> bool {
        matches!(self.how, How::Call(_))
    }

    /// Whether it changes something, so that a browser posts it.
    pub const fn is_posted(&self) -> bool {
        matches!(self.how, How::Call(_) | How::Upload)
    }

    pub const fn is_page(&self) -> bool {
        matches!(self.how, How::Page)
    }

    /// Its address with `{id}` in it.
    pub fn address(&self, face: Face) -> String {
        let prefix = match face {
            Face::Portal => "/api/portal/",
            Face::Desk => "/api/desk/",
        };
        if self.is_call() { format!("{prefix}{}", self.name) } else { self.name.to_owned() }
    }

    /// Its address as it is registered.
    pub fn path(&self, face: Face) -> String {
        self.address(face).split('?').next().unwrap_or_default().to_owned()
    }

    /// How the table of results calls it: rows of one address are told apart by their things.
    pub fn label(&self, face: Face) -> String {
        let thing = self.thing().map(|thing| format!(" {thing:?}")).unwrap_or_default();
        format!("{}{thing}", self.address(face).trim_start_matches("/api/"))
    }

    /// Asks it for an id. Other rows that its arguments name are those of the set `Here`.
    pub fn request(&self, face: Face, id: &str, world: &Furnished) -> http::Request<Body> {
        let filled = |text: &str| {
            let other = |thing| world.row(thing, Set::Here).to_string();
            let text = text.replace("{id}", id).replace("{key}", &any_id()).replace("{customer}", &other(Customer));
            text.replace("{contact}", &other(Contact)).replace("{target}", &other(Target)).replace("{report}", &other(Report))
        };
        let address = filled(&self.address(face));
        match self.how {
            How::Page | How::Get => http::Request::get(address).header(header::ACCEPT, "text/html").body(Body::empty()),
            How::Call(arguments) => http::Request::post(address)
                .header(header::ACCEPT, "application/json")
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(filled(arguments).into()),
            How::Upload => http::Request::post(address)
                .header(header::ACCEPT, "application/json")
                .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={BOUNDARY}"))
                .body(NO_PICTURE.into()),
            How::OneClick => http::Request::post(address)
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body("List-Unsubscribe=One-Click".into()),
        }
        .unwrap()
    }

    /// How the rules want an actor to be answered.
    pub fn expected(&self, actor: &Actor, id: Option<Id>) -> Outcome {
        // Arguments that cannot be read are nothing, before anybody looks at who asks.
        if self.is_call() && id == Some(Id::Malformed) && !matches!(self.needs, Needs::Choice(_) | Needs::Filter(_)) {
            return Outcome::NotFound;
        }
        let seen = |thing| match (actor.contact(), id) {
            (Some(contact), Some(Id::Of(set))) => contact.sees(thing, set),
            _ => false,
        };
        match self.needs {
            Nothing => self.then,
            InvitationLink => self.for_link(matches!(actor.carries, Carries::InvitationLink)),
            ResetLink => self.for_link(matches!(actor.carries, Carries::ResetLink)),
            UnsubscribeLink => self.for_link(matches!(actor.carries, Carries::UnsubscribeLink)),
            Session | Needs::Filter(_) => self.for_contact(actor, true, self.then),
            Needs::Sight(thing) => self.for_contact(actor, seen(thing), Outcome::NotFound),
            Needs::Choice(thing) => self.for_contact(actor, seen(thing), Invalid),
            Needs::Role(act) => self.for_staff(actor, act, true),
            Needs::RoleFor(act, _) => self.for_staff(actor, act, matches!(id, Some(Id::Of(_)))),
        }
    }

    fn for_link(&self, fits: bool) -> Outcome {
        if fits { self.then } else { Outcome::NotFound }
    }

    fn for_contact(&self, actor: &Actor, may: bool, otherwise: Outcome) -> Outcome {
        match actor.is {
            Is::Contact(_) if may => self.then,
            Is::Contact(_) => otherwise,
            _ => Outcome::SignIn,
        }
    }

    fn for_staff(&self, actor: &Actor, act: Act, is_there: bool) -> Outcome {
        match actor.is {
            Is::Staff(role) if !role.may(act) => Outcome::Forbidden,
            Is::Staff(_) if is_there => self.then,
            Is::Staff(_) => Outcome::NotFound,
            _ => Outcome::SignIn,
        }
    }
}
