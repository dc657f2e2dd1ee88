//! The one way in for files: `multipart/form-data`, each part handed on while it arrives. Server functions take no files, because a
//! malformed body would make their reader panic.

use app::error::AppError;
use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::actor::{Desk, PortalActor, StaffActor};
use domain::attachment::enclosures::Enclosures;
use domain::attachment::store::Upload;
use domain::attachment::{COUNT_LIMIT, SIZE_LIMIT};
use domain::brand::LOGO_LIMIT;
use domain::db::Db;
use domain::field::{Problem, Problems};
use domain::id::{CustomerId, DraftId, FormKey, ReportId, RequestId, TargetId};
use domain::sheet::{self, SheetKind};
use futures::{StreamExt, TryStreamExt};
use http::request::Parts;
use http::{StatusCode, header};
use multer::{Constraints, Field, Multipart, SizeLimit};

use crate::face::Served;
use crate::pages;
use crate::plain_forms::{Refusal, page_of};

/// The field that holds the files.
const FIELD: &str = "file";

/// Bytes of one request: as many of the largest files as may be sent, and what stands between them.
const REQUEST_LIMIT: u64 = COUNT_LIMIT as u64 * SIZE_LIMIT + 1024 * 1024;

/// Bytes of a field of text: the longest text, several times.
const TEXT_LIMIT: usize = 64 * 1024;

/// Bytes of a list and what stands around it. A longer one is refused by its own limit, with a sentence.
const SHEET_REQUEST_LIMIT: u64 = 2 * sheet::SIZE_LIMIT as u64;

/// The same for a logo.
const LOGO_REQUEST_LIMIT: u64 = 2 * LOGO_LIMIT as u64;

/// What files are added to, and by whom.
enum Owner {
    Draft(PortalActor, DraftId),
    Report(StaffActor, ReportId),
    Target(StaffActor, TargetId),
}

/// What staff write about a request and put files to.
#[derive(Clone, Copy)]
enum Writing {
    Message,
    Note,
}

/// The fields beside the files.
#[derive(Default)]
struct Typed {
    key: String,
    body: String,
    /// The page to go on at.
    back: String,
}

/// Why an upload stopped.
enum Stopped {
    Refused(AppError),
    /// The body is not what it says, or was cut off.
    Malformed,
    TooLarge,
}

pub async fn to_draft(State(served): State<Served>, Path(id): Path<String>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let owner = match served.contact(&parts).await {
        Ok(actor) => id.parse().map(|draft| Owner::Draft(actor, draft)).map_err(|_| domain::Error::NotFound),
        Err(error) => Err(error),
    };
    answer(&served, parts, body, owner).await
}

pub async fn to_report(State(served): State<Served>, Path(id): Path<String>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let owner = match served.staff(&parts).await {
        Ok(actor) => id.parse().map(|report| Owner::Report(actor, report)).map_err(|_| domain::Error::NotFound),
        Err(error) => Err(error),
    };
    answer(&served, parts, body, owner).await
}

pub async fn to_target(State(served): State<Served>, Path(id): Path<String>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let owner = match served.staff(&parts).await {
        Ok(actor) => id.parse().map(|target| Owner::Target(actor, target)).map_err(|_| domain::Error::NotFound),
        Err(error) => Err(error),
    };
    answer(&served, parts, body, owner).await
}

/// A message to the customer, with files that the customer then has too.
pub async fn message(State(served): State<Served>, Path(id): Path<String>, request: Request) -> Response {
    write(&served, &id, Writing::Message, request).await
}

/// An internal note, with files that stay with it.
pub async fn note(State(served): State<Served>, Path(id): Path<String>, request: Request) -> Response {
    write(&served, &id, Writing::Note, request).await
}

/// Writes a text with its files, all or nothing, and leads to where its form wants to go on.
async fn write(served: &Served, id: &str, writing: Writing, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let mut typed = Typed::default();
    match write_down(served, &parts, body, id, writing, &mut typed).await {
        Ok(()) if pages::wants_page(&parts.headers) => Redirect::to(app::ctx::local_path(&typed.back)).into_response(),
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(stopped) => {
            let page = page_of(&parts).unwrap_or_else(|| "/".to_owned());
            refuse(served, parts, &page, vec![("body".to_owned(), typed.body)], stopped).await
        }
    }
}

async fn write_down(served: &Served, request: &Parts, body: Body, id: &str, writing: Writing, typed: &mut Typed) -> Result<(), Stopped> {
    let actor = served.staff(request).await?;
    let desk = served.db.desk(&actor);
    let id: RequestId = id.parse().map_err(|_| domain::Error::NotFound)?;
    let mut enclosures = desk.begin_enclosures(id).await?;
    let read = read_form(&desk, request, body, &mut enclosures, typed).await;
    let key = read.and_then(|()| typed.key.parse::<FormKey>().map_err(|_| domain::Error::NotFound.into()));
    match (key, writing) {
        (Ok(key), Writing::Message) => Ok(desk.send_message_with(enclosures, key, &typed.body).await?),
        (Ok(key), Writing::Note) => Ok(desk.write_note_with(enclosures, key, &typed.body).await?),
        (Err(stopped), _) => {
            desk.discard_enclosures(enclosures).await;
            Err(stopped)
        }
    }
}

/// Takes all files and fields; the first problem of a file is the whole form's, once all of it was read.
async fn read_form(desk: &Desk<'_>, request: &Parts, body: Body, enclosures: &mut Enclosures, typed: &mut Typed) -> Result<(), Stopped> {
    let mut parts = parts_of(request, body, REQUEST_LIMIT)?;
    let mut problems = None;
    while let Some(part) = parts.next_field().await? {
        let (field, name) = (part.name().unwrap_or_default().to_owned(), part.file_name().unwrap_or_default().to_owned());
        match field.as_str() {
            "key" => typed.key = text_of(part).await?,
            "body" => typed.body = text_of(part).await?,
            "back" => typed.back = text_of(part).await?,
            // A browser sends a part without a name when nothing was chosen.
            FIELD if !name.is_empty() => {
                match desk.enclose(enclosures, Upload { name, body: part.map_err(std::io::Error::other).boxed() }).await {
                    Ok(()) => {}
                    Err(domain::Error::Invalid(problem)) => problems = problems.or(Some(problem)),
                    Err(error) => return Err(error.into()),
                }
            }
            _ => {}
        }
    }
    problems.map_or(Ok(()), |problems| Err(Stopped::Refused(AppError::Invalid(problems))))
}

/// A field of text, as far as it is not too long for any form.
async fn text_of(mut part: Field<'static>) -> Result<String, Stopped> {
    let mut text = Vec::new();
    while let Some(bytes) = part.chunk().await? {
        text.extend_from_slice(&bytes);
        if text.len() > TEXT_LIMIT {
            return Err(Stopped::TooLarge);
        }
    }
    Ok(String::from_utf8_lossy(&text).into_owned())
}

/// A list of locations.
pub async fn locations(State(served): State<Served>, Path(id): Path<String>, request: Request) -> Response {
    bring_sheet(&served, &id, SheetKind::Locations, request).await
}

/// A list of people to invite.
pub async fn people(State(served): State<Served>, Path(id): Path<String>, request: Request) -> Response {
    bring_sheet(&served, &id, SheetKind::People, request).await
}

/// Takes a list, as a file or as pasted text, and leads to the page where it is looked at.
async fn bring_sheet(served: &Served, customer: &str, kind: SheetKind, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    match keep_sheet(served, &parts, body, customer, kind).await {
        Ok(page) => Redirect::to(&page).into_response(),
        Err(stopped) => {
            let page = page_of(&parts).unwrap_or_else(|| "/".to_owned());
            refuse(served, parts, &page, Vec::new(), stopped).await
        }
    }
}

async fn keep_sheet(served: &Served, request: &Parts, body: Body, id: &str, kind: SheetKind) -> Result<String, Stopped> {
    let actor = served.staff(request).await?;
    let mut parts = parts_of(request, body, SHEET_REQUEST_LIMIT)?;
    let (mut file, mut text) = (Vec::new(), Vec::new());
    while let Some(part) = parts.next_field().await? {
        let name = part.name().unwrap_or_default().to_owned();
        match name.as_str() {
            FIELD => file = part.bytes().await?.to_vec(),
            "text" => text = part.bytes().await?.to_vec(),
            _ => {}
        }
    }
    // A malformed id is the id of nothing. A file that was chosen counts more than text.
    let customer = id.parse().unwrap_or_else(|_| CustomerId::new());
    let sheet = served.db.desk(&actor).keep_sheet(customer, kind, if file.is_empty() { &text } else { &file }).await?;
    let page = match kind {
        SheetKind::Locations => "import",
        SheetKind::People => "invite-list",
    };
    Ok(format!("/desk/customers/{customer}/{page}?sheet={sheet}"))
}

/// The company's logo.
pub async fn logo(State(served): State<Served>, request: Request) -> Response {
    const PAGE: &str = "/desk/settings?part=brand";
    let (parts, body) = request.into_parts();
    match set_logo(&served, &parts, body).await {
        Ok(()) => Redirect::to(&format!("{PAGE}&changed=brand")).into_response(),
        Err(stopped) => refuse(&served, parts, PAGE, Vec::new(), stopped).await,
    }
}

async fn set_logo(served: &Served, request: &Parts, body: Body) -> Result<(), Stopped> {
    let actor = served.staff(request).await?;
    let mut parts = parts_of(request, body, LOGO_REQUEST_LIMIT)?;
    let (mut file, mut version) = (Vec::new(), String::new());
    while let Some(part) = parts.next_field().await? {
        let name = part.name().unwrap_or_default().to_owned();
        match name.as_str() {
            FIELD => file = part.bytes().await?.to_vec(),
            "version" => version = part.text().await?,
            _ => {}
        }
    }
    // No version is one that has passed.
    Ok(served.db.desk(&actor).set_logo(version.parse().unwrap_or_default(), file).await?)
}

/// The parts of a body of `multipart/form-data`.
fn parts_of(request: &Parts, body: Body, limit: u64) -> Result<Multipart<'static>, Stopped> {
    let content_type = request.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let boundary = multer::parse_boundary(content_type)?;
    let limits = Constraints::new().size_limit(SizeLimit::new().whole_stream(limit));
    Ok(Multipart::with_constraints(body.into_data_stream(), boundary, limits))
}

/// Takes the files and leads back to the page with the form; our own script gets a bare status instead.
async fn answer(served: &Served, request: Parts, body: Body, owner: domain::Result<Owner>) -> Response {
    let page = page_of(&request).unwrap_or_else(|| owner.as_ref().map_or_else(|_| "/".to_owned(), Owner::page));
    let taken = match owner {
        Ok(owner) => take_files(&served.db, &request, body, &owner).await,
        Err(error) => Err(Stopped::Refused(error.into())),
    };
    match taken {
        Ok(()) if pages::wants_page(&request.headers) => Redirect::to(&page).into_response(),
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(stopped) => refuse(served, request, &page, Vec::new(), stopped).await,
    }
}

async fn refuse(served: &Served, request: Parts, page: &str, fields: Vec<(String, String)>, stopped: Stopped) -> Response {
    match stopped {
        Stopped::Malformed => pages::plain(StatusCode::BAD_REQUEST, "The files did not arrive whole. Please send them again."),
        Stopped::TooLarge => {
            pages::plain(StatusCode::PAYLOAD_TOO_LARGE, "These files are too large together. Please send them one by one.")
        }
        Stopped::Refused(AppError::NotFound) => pages::nothing_here(served, request).await,
        Stopped::Refused(error) if pages::wants_page(&request.headers) => {
            let action = request.uri.path().to_owned();
            Refusal { action: &action, page, fields, error }.answer(served, request).await
        }
        Stopped::Refused(error) => pages::failure(served, request, error).await,
    }
}

/// Takes each file that is good, and gives the first problem of those that are not.
async fn take_files(db: &Db, request: &Parts, body: Body, owner: &Owner) -> Result<(), Stopped> {
    let mut parts = parts_of(request, body, REQUEST_LIMIT)?;
    let (mut files, mut problems) = (0, None);
    while let Some(part) = parts.next_field().await? {
        let name = part.file_name().unwrap_or_default().to_owned();
        // A browser sends a part without a name when nothing was chosen.
        if part.name() != Some(FIELD) || name.is_empty() {
            continue;
        }
        files += 1;
        match owner.take(db, Upload { name, body: part.map_err(std::io::Error::other).boxed() }).await {
            Ok(()) => {}
            Err(domain::Error::Invalid(problem)) => problems = problems.or(Some(problem)),
            Err(error) => return Err(error.into()),
        }
    }
    if files == 0 {
        problems = Some(Problems::of(FIELD, Problem::Missing));
    }
    problems.map_or(Ok(()), |problems| Err(Stopped::Refused(AppError::Invalid(problems))))
}

impl Owner {
    /// The page with the form that adds files to it.
    fn page(&self) -> String {
        match self {
            Self::Draft(_, draft) => format!("/requests/new/{draft}?step=what"),
            Self::Report(_, report) => format!("/desk/reports/{report}"),
            Self::Target(_, target) => format!("/desk/targets/{target}"),
        }
    }

    async fn take(&self, db: &Db, upload: Upload) -> domain::Result<()> {
        match self {
            Self::Draft(actor, draft) => db.portal(actor).add_draft_file(*draft, upload).await,
            Self::Report(actor, report) => db.desk(actor).add_report_file(*report, upload).await,
            Self::Target(actor, target) => db.desk(actor).add_target_file(*target, upload).await,
        }
        .map(drop)
    }
}

impl From<multer::Error> for Stopped {
    fn from(error: multer::Error) -> Self {
        Self::of(&error)
    }
}

impl Stopped {
    fn of(error: &multer::Error) -> Self {
        if matches!(error, multer::Error::StreamSizeExceeded { .. }) { Self::TooLarge } else { Self::Malformed }
    }
}

impl From<domain::Error> for Stopped {
    /// A body that breaks off in the middle of a file comes back through the store.
    fn from(error: domain::Error) -> Self {
        if let domain::Error::Io(io) = &error
            && let Some(multipart) = io.get_ref().and_then(|inner| inner.downcast_ref::<multer::Error>())
        {
            return Self::of(multipart);
        }
        Self::Refused(error.into())
    }
}
