//! Every address of ours that is no page, in one table: the routers are built from it, and the boundary test walks it. Pages are listed by
//! `app`, server functions by `server_fn`; neither is listed here.
//!
//! Leptos would mount the server functions of both faces on each router it builds. Here pages are mounted one by one, and each listener
//! has the one prefix of its face.

use std::time::Duration;

use app::ctx::Face;
use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{Redirect, Response};
use axum::routing::{MethodRouter, get, post};
use domain::brand::{LOGO_PATH, STYLE_PATH};
use domain::sheet::SheetKind;
use http::{Extensions, HeaderMap, Method, StatusCode, Version, header};
use tower::ServiceBuilder;
use tower_cookies::CookieManagerLayer;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::RequestBodyTimeoutLayer;

use crate::face::Served;
use crate::{
    brand, calendar, caller, catch_panic, cross_site, download, export, headers, health, live, pages, report_pdf, server_functions,
    time_limit, token_link, upload,
};

/// What an address of ours does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    Alive,
    Ready,
    /// The style sheet of the company's accent.
    BrandStyle,
    Logo,
    LogoUpload,
    ReadFunction,
    CallFunction,
    /// Moves a link's token into a cookie; changes nothing.
    InvitationLink,
    ResetLink,
    UnsubscribeLink,
    /// Mail programs post to the same link when their reader presses their button (RFC 8058).
    StopMails,
    /// What changed for a contact, while its page is open.
    ContactLive,
    /// The same for a staff member.
    StaffLive,
    /// One appointment as a file.
    AppointmentCalendar,
    /// All of a contact's appointments, for whoever has the link.
    CalendarFeed,
    ContactFile,
    ContactPreview,
    ContactReport,
    StaffFile,
    StaffPreview,
    DraftUpload,
    ReportUpload,
    TargetUpload,
    /// A message or a note about a request, with files.
    MessageUpload,
    NoteUpload,
    /// One of the overview's tables.
    OverviewExport,
    /// The audit log as a table.
    JournalExport,
    /// A list of locations to take over.
    LocationsUpload,
    /// A list of people to invite.
    PeopleUpload,
    /// A list to begin with.
    LocationsExample,
    PeopleExample,
    DeskStart,
}

/// One address of ours. `GET` answers `HEAD` too.
#[derive(Clone, Debug)]
pub struct Route {
    pub method: Method,
    pub path: &'static str,
    /// The listeners that have it.
    pub faces: &'static [Face],
    pub what: What,
}

const BOTH: &[Face] = &[Face::Portal, Face::Desk];
const PORTAL: &[Face] = &[Face::Portal];
const DESK: &[Face] = &[Face::Desk];

pub const ROUTES: &[Route] = &[
    Route { method: Method::GET, path: "/healthz", faces: BOTH, what: What::Alive },
    Route { method: Method::GET, path: "/readyz", faces: BOTH, what: What::Ready },
    Route { method: Method::GET, path: STYLE_PATH, faces: PORTAL, what: What::BrandStyle },
    Route { method: Method::GET, path: LOGO_PATH, faces: BOTH, what: What::Logo },
    Route { method: Method::GET, path: "/api/portal/{*function}", faces: PORTAL, what: What::ReadFunction },
    Route { method: Method::POST, path: "/api/portal/{*function}", faces: PORTAL, what: What::CallFunction },
    Route { method: Method::GET, path: "/invite/{token}", faces: PORTAL, what: What::InvitationLink },
    Route { method: Method::GET, path: "/reset/{token}", faces: PORTAL, what: What::ResetLink },
    Route { method: Method::GET, path: "/unsubscribe/{token}", faces: PORTAL, what: What::UnsubscribeLink },
    Route { method: Method::POST, path: "/unsubscribe/{token}", faces: PORTAL, what: What::StopMails },
    Route { method: Method::GET, path: "/live", faces: PORTAL, what: What::ContactLive },
    Route { method: Method::GET, path: "/appointments/{id}/calendar.ics", faces: PORTAL, what: What::AppointmentCalendar },
    Route { method: Method::GET, path: "/calendar/{token}", faces: PORTAL, what: What::CalendarFeed },
    Route { method: Method::GET, path: "/files/{id}", faces: PORTAL, what: What::ContactFile },
    Route { method: Method::GET, path: "/files/{id}/preview", faces: PORTAL, what: What::ContactPreview },
    Route { method: Method::GET, path: "/reports/{id}/report.pdf", faces: PORTAL, what: What::ContactReport },
    Route { method: Method::POST, path: "/requests/drafts/{id}/files", faces: PORTAL, what: What::DraftUpload },
    Route { method: Method::GET, path: "/", faces: DESK, what: What::DeskStart },
    Route { method: Method::GET, path: "/api/desk/{*function}", faces: DESK, what: What::ReadFunction },
    Route { method: Method::POST, path: "/api/desk/{*function}", faces: DESK, what: What::CallFunction },
    Route { method: Method::GET, path: "/desk/live", faces: DESK, what: What::StaffLive },
    Route { method: Method::GET, path: "/desk/files/{id}", faces: DESK, what: What::StaffFile },
    Route { method: Method::GET, path: "/desk/files/{id}/preview", faces: DESK, what: What::StaffPreview },
    Route { method: Method::GET, path: "/desk/overview.csv", faces: DESK, what: What::OverviewExport },
    Route { method: Method::GET, path: "/desk/audit.csv", faces: DESK, what: What::JournalExport },
    Route { method: Method::POST, path: "/desk/reports/{id}/files", faces: DESK, what: What::ReportUpload },
    Route { method: Method::POST, path: "/desk/targets/{id}/files", faces: DESK, what: What::TargetUpload },
    Route { method: Method::POST, path: "/desk/settings/logo", faces: DESK, what: What::LogoUpload },
    Route { method: Method::POST, path: "/desk/requests/{id}/messages", faces: DESK, what: What::MessageUpload },
    Route { method: Method::POST, path: "/desk/requests/{id}/notes", faces: DESK, what: What::NoteUpload },
    Route { method: Method::POST, path: "/desk/customers/{id}/location-lists", faces: DESK, what: What::LocationsUpload },
    Route { method: Method::POST, path: "/desk/customers/{id}/people-lists", faces: DESK, what: What::PeopleUpload },
    Route { method: Method::GET, path: "/desk/examples/people.csv", faces: DESK, what: What::PeopleExample },
    Route { method: Method::GET, path: "/desk/examples/locations.csv", faces: DESK, what: What::LocationsExample },
];

/// A path for the log: of a link with a token only what stands before it.
pub fn without_token(path: &str) -> &str {
    ["/invite/", "/reset/", "/unsubscribe/", "/calendar/"].into_iter().find(|start| path.starts_with(start)).unwrap_or(path)
}

/// Until a handler must have answered. A slow line may take long to send ten files, as long as it keeps sending.
const LIMIT: Duration = Duration::from_secs(30);
const UPLOAD_LIMIT: Duration = Duration::from_secs(30 * 60);
/// Until the next bytes of a body must have come.
const BODY_LIMIT: Duration = Duration::from_secs(30);

impl What {
    fn handler(self) -> MethodRouter<Served> {
        match self {
            Self::Alive => get(health::alive),
            Self::Ready => get(health::ready),
            Self::BrandStyle => get(brand::style),
            Self::Logo => get(brand::logo),
            Self::LogoUpload => post(upload::logo),
            Self::ReadFunction => get(server_functions::answer),
            Self::CallFunction => post(server_functions::answer),
            Self::InvitationLink => get(token_link::invitation),
            Self::ResetLink => get(token_link::reset),
            Self::UnsubscribeLink => get(token_link::unsubscribe),
            Self::StopMails => post(token_link::stop_mails),
            Self::ContactLive | Self::StaffLive => get(live::tell),
            Self::AppointmentCalendar => get(calendar::of_appointment),
            Self::CalendarFeed => get(calendar::feed),
            Self::ContactFile => get(download::for_contact),
            Self::ContactPreview => get(download::preview_for_contact),
            Self::ContactReport => get(report_pdf::for_contact),
            Self::StaffFile => get(download::for_staff),
            Self::StaffPreview => get(download::preview_for_staff),
            Self::DraftUpload => post(upload::to_draft),
            Self::ReportUpload => post(upload::to_report),
            Self::TargetUpload => post(upload::to_target),
            Self::MessageUpload => post(upload::message),
            Self::NoteUpload => post(upload::note),
            Self::OverviewExport => get(export::overview),
            Self::JournalExport => get(export::journal),
            Self::LocationsUpload => post(upload::locations),
            Self::PeopleUpload => post(upload::people),
            Self::LocationsExample => get(|| async { download::example(SheetKind::Locations) }),
            Self::PeopleExample => get(|| async { download::example(SheetKind::People) }),
            Self::DeskStart => get(|| async { Redirect::to("/desk/inbox") }),
        }
    }

    const fn limit(self) -> Duration {
        match self {
            Self::DraftUpload | Self::ReportUpload | Self::TargetUpload | Self::MessageUpload | Self::NoteUpload => UPLOAD_LIMIT,
            _ => LIMIT,
        }
    }
}

/// A listener's router. Must be called inside the runtime: Leptos runs the app once to find its pages.
#[allow(clippy::disallowed_methods, reason = "this is the one place that mounts addresses")]
pub fn router(served: Served) -> Router {
    let ours = ROUTES
        .iter()
        .filter(|route| route.faces.contains(&served.face))
        .map(|route| (route.path.to_owned(), route.what.handler(), route.what.limit()));
    let pages = pages::page_paths(served.face).into_iter().map(|path| (path, get(pages::page), LIMIT));
    let mut router = Router::new();
    for (path, handler, limit) in ours.chain(pages) {
        router = router.route(&path, handler.layer(from_fn_with_state(limit, time_limit::keep)));
    }
    // From the outside in.
    let layers = ServiceBuilder::new()
        .layer(from_fn_with_state(served.clone(), caller::introduce))
        .layer(from_fn_with_state(served.clone(), headers::add))
        .layer(from_fn(catch_panic::answer))
        .layer(from_fn_with_state(served.clone(), cross_site::refuse))
        .layer(CookieManagerLayer::new())
        .layer(CompressionLayer::new().compress_when(is_page_or_data))
        .layer(RequestBodyTimeoutLayer::new(BODY_LIMIT));
    router.fallback(everything_else).layer(layers).with_state(served)
}

/// A file of the bundle, or nothing.
async fn everything_else(State(served): State<Served>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    match served.site.file(&parts).await {
        Some(file) => file,
        None => pages::nothing_here(&served, parts).await,
    }
}

/// Files of the bundle are compressed when it is built, uploads by whoever made them.
fn is_page_or_data(_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions) -> bool {
    let content = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    (content.starts_with("text/html") || content.starts_with("application/json")) && !headers.contains_key(header::CONTENT_DISPOSITION)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn promise_14_a_links_token_is_not_logged() {
        assert_eq!(without_token("/invite/secret"), "/invite/");
        assert_eq!(without_token("/reset/secret/more"), "/reset/");
        assert_eq!(without_token("/unsubscribe/secret"), "/unsubscribe/");
        assert_eq!(without_token("/calendar/secret.ics"), "/calendar/");
        assert_eq!(without_token("/requests"), "/requests");
    }
}
