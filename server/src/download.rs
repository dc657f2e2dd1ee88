//! The one way out for files, whole or in parts. Always as a download: nothing that somebody uploaded is shown inside our pages, or runs
//! there. What pages show of a picture is its preview, which we made.

use std::ops::Range;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use domain::actor::{PortalActor, StaffActor};
use domain::attachment::store::{Download, Preview};
use domain::db::Db;
use domain::id::AttachmentId;
use domain::sheet::SheetKind;
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};

use crate::face::Served;
use crate::pages;

/// Who fetches.
enum Reader {
    Contact(PortalActor),
    Staff(StaffActor),
}

/// A file that the contact may fetch now.
pub async fn for_contact(State(served): State<Served>, Path(id): Path<String>, request: Parts) -> Response {
    let reader = served.contact(&request).await.map(Reader::Contact);
    let answer = file(&served.db, reader, &id, &request).await;
    or_failure(&served, request, answer).await
}

/// Any file, for staff.
pub async fn for_staff(State(served): State<Served>, Path(id): Path<String>, request: Parts) -> Response {
    let reader = served.staff(&request).await.map(Reader::Staff);
    let answer = file(&served.db, reader, &id, &request).await;
    or_failure(&served, request, answer).await
}

/// The preview of a file that the contact may fetch now.
pub async fn preview_for_contact(State(served): State<Served>, Path(id): Path<String>, request: Parts) -> Response {
    let reader = served.contact(&request).await.map(Reader::Contact);
    let answer = preview(&served.db, reader, &id).await;
    or_failure(&served, request, answer).await
}

/// The preview of any file, for staff.
pub async fn preview_for_staff(State(served): State<Served>, Path(id): Path<String>, request: Parts) -> Response {
    let reader = served.staff(&request).await.map(Reader::Staff);
    let answer = preview(&served.db, reader, &id).await;
    or_failure(&served, request, answer).await
}

/// A list to begin with; its mark tells spreadsheet programs that it is UTF-8.
pub fn example(kind: SheetKind) -> Response {
    let disposition = match kind {
        SheetKind::Locations => "attachment; filename=\"locations.csv\"",
        SheetKind::People => "attachment; filename=\"people.csv\"",
    };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static(disposition)),
    ];
    (headers, format!("\u{feff}{}", kind.example())).into_response()
}

async fn or_failure(served: &Served, request: Parts, answer: domain::Result<Response>) -> Response {
    match answer {
        Ok(response) => response,
        Err(error) => pages::failure(served, request, error.into()).await,
    }
}

/// Looks at the right to the file first: whatever else is asked for, without it the answer is the same.
async fn file(db: &Db, reader: domain::Result<Reader>, id: &str, request: &Parts) -> domain::Result<Response> {
    let (reader, id) = (reader?, attachment(id)?);
    let info = reader.info(db, id).await?;
    let (tag, size) = (format!("\"{}\"", info.sha256), info.size);
    let mut response = match Wanted::of(&request.method, &request.headers, &tag, size) {
        Wanted::Nothing => StatusCode::NOT_MODIFIED.into_response(),
        Wanted::Impossible => (StatusCode::RANGE_NOT_SATISFIABLE, [(header::CONTENT_RANGE, format!("bytes */{size}"))]).into_response(),
        // Nothing is opened, and nothing written down.
        Wanted::Whole if request.method == Method::HEAD => content(info, size),
        Wanted::Whole => content(reader.open(db, id, None).await?, size),
        Wanted::Part(part) => {
            let range = format!("bytes {}-{}/{size}", part.start, part.end - 1);
            let length = part.end - part.start;
            let part = content(reader.open(db, id, Some(part)).await?, length);
            (StatusCode::PARTIAL_CONTENT, [(header::CONTENT_RANGE, range)], part).into_response()
        }
    };
    let headers = response.headers_mut();
    headers.insert(header::ETAG, header_value(&tag));
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(PRIVATE));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("sandbox"));
    Ok(response)
}

/// No cache keeps it: the right to it may end at any time.
const PRIVATE: &str = "private, no-store";

/// A file or a part of it, as a download.
fn content(download: Download, length: u64) -> Response {
    let headers = [
        (header::CONTENT_TYPE, header_value(&download.media_type)),
        (header::CONTENT_LENGTH, HeaderValue::from(length)),
        (header::CONTENT_DISPOSITION, header_value(&attachment_named(&download.name))),
    ];
    (headers, Body::from_stream(download.body)).into_response()
}

async fn preview(db: &Db, reader: domain::Result<Reader>, id: &str) -> domain::Result<Response> {
    let (reader, id) = (reader?, attachment(id)?);
    let preview = reader.preview(db, id).await?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("image/jpeg")),
        (header::CONTENT_LENGTH, HeaderValue::from(preview.size)),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("inline")),
        (header::CACHE_CONTROL, HeaderValue::from_static(PRIVATE)),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("sandbox")),
    ];
    Ok((headers, Body::from_stream(preview.body)).into_response())
}

impl Reader {
    async fn info(&self, db: &Db, id: AttachmentId) -> domain::Result<Download> {
        match self {
            Self::Contact(actor) => db.portal(actor).file_info(id).await,
            Self::Staff(actor) => db.desk(actor).file_info(id).await,
        }
    }

    async fn open(&self, db: &Db, id: AttachmentId, part: Option<Range<u64>>) -> domain::Result<Download> {
        match (self, part) {
            (Self::Contact(actor), None) => db.portal(actor).file(id).await,
            (Self::Contact(actor), Some(part)) => db.portal(actor).file_part(id, part).await,
            (Self::Staff(actor), None) => db.desk(actor).file(id).await,
            (Self::Staff(actor), Some(part)) => db.desk(actor).file_part(id, part).await,
        }
    }

    async fn preview(&self, db: &Db, id: AttachmentId) -> domain::Result<Preview> {
        match self {
            Self::Contact(actor) => db.portal(actor).preview(id).await,
            Self::Staff(actor) => db.desk(actor).preview(id).await,
        }
    }
}

/// What of a file a request wants (RFC 9110, 13 and 14).
#[derive(Debug, PartialEq, Eq)]
enum Wanted {
    /// The browser has it, and it has not changed.
    Nothing,
    Whole,
    Part(Range<u64>),
    /// A part that the file does not have.
    Impossible,
}

impl Wanted {
    fn of(method: &Method, headers: &HeaderMap, tag: &str, size: u64) -> Self {
        let known = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
        if known.flat_map(|tags| tags.split(',')).map(str::trim).any(|known| known == "*" || known.trim_start_matches("W/") == tag) {
            return Self::Nothing;
        }
        let same = headers.get(header::IF_RANGE).is_none_or(|known| known.as_bytes() == tag.as_bytes());
        let range = headers.get(header::RANGE).and_then(|range| range.to_str().ok());
        range.filter(|_| same && method == Method::GET).and_then(|range| Self::part(range, size)).unwrap_or(Self::Whole)
    }

    /// One range of bytes. None for whatever else the header may say, several ranges included: the whole file is an answer to that.
    fn part(range: &str, size: u64) -> Option<Self> {
        let (unit, range) = range.split_once('=')?;
        let (first, last) = range.trim().split_once('-')?;
        let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        if !unit.trim().eq_ignore_ascii_case("bytes") || !digits(first) || !digits(last) {
            return None;
        }
        let number = |text: &str| (!text.is_empty()).then(|| text.parse().unwrap_or(u64::MAX));
        let part = match (number(first), number(last)) {
            (None, None) => return None,
            (Some(first), Some(last)) if last < first => return None,
            // The last so many bytes.
            (None, Some(count)) => size.saturating_sub(count)..size,
            (Some(first), last) => first..last.map_or(size, |last| last.saturating_add(1).min(size)),
        };
        Some(if part.start < part.end { Self::Part(part) } else { Self::Impossible })
    }
}

/// A malformed id is the id of nothing.
fn attachment(id: &str) -> domain::Result<AttachmentId> {
    id.parse().map_err(|_| domain::Error::NotFound)
}

pub fn header_value(text: &str) -> HeaderValue {
    HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static("application/octet-stream"))
}

/// `Content-Disposition` as RFC 6266 wants it: the name in ASCII for old programs, and whole for the others.
pub fn attachment_named(name: &str) -> String {
    let ascii: String =
        name.chars().map(|c| if c.is_ascii_graphic() && !matches!(c, '"' | '\\' | '%') || c == ' ' { c } else { '_' }).collect();
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'~');
    let whole: String = name.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect();
    format!("attachment; filename=\"{ascii}\"; filename*=UTF-8''{whole}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn v8_one_range_of_bytes_is_understood() {
        let part = |range| Wanted::part(range, 100);
        assert_eq!(part("bytes=0-9"), Some(Wanted::Part(0..10)));
        assert_eq!(part("bytes=90-"), Some(Wanted::Part(90..100)));
        assert_eq!(part("bytes=90-1000"), Some(Wanted::Part(90..100)));
        assert_eq!(part("bytes=-10"), Some(Wanted::Part(90..100)));
        assert_eq!(part("bytes=-1000"), Some(Wanted::Part(0..100)));
        assert_eq!(part("Bytes=0-99999999999999999999999"), Some(Wanted::Part(0..100)));
        for impossible in ["bytes=100-", "bytes=100-200", "bytes=-0", "bytes=99999999999999999999999-"] {
            assert_eq!(part(impossible), Some(Wanted::Impossible), "{impossible}");
        }
        for other in ["", "bytes", "bytes=", "bytes=-", "bytes=5-4", "bytes=0-1,5-6", "lines=0-9", "bytes=a-b", "bytes=+1-2", "bytes=0--1"]
        {
            assert_eq!(part(other), None, "{other}");
        }
        assert_eq!(Wanted::part("bytes=0-", 0), Some(Wanted::Impossible));
    }

    #[test]
    fn v8_conditions_are_kept() {
        let wanted = |method: Method, pairs: &[(header::HeaderName, &'static str)]| {
            let headers = pairs.iter().map(|(name, value)| (name.clone(), HeaderValue::from_static(value))).collect();
            Wanted::of(&method, &headers, "\"own\"", 100)
        };
        let range = || (header::RANGE, "bytes=0-9");
        assert_eq!(wanted(Method::GET, &[]), Wanted::Whole);
        assert_eq!(wanted(Method::GET, &[range()]), Wanted::Part(0..10));
        assert_eq!(wanted(Method::HEAD, &[range()]), Wanted::Whole);
        assert_eq!(wanted(Method::GET, &[range(), (header::IF_RANGE, "\"own\"")]), Wanted::Part(0..10));
        for other in ["\"other\"", "W/\"own\"", "Mon, 02 Mar 2026 09:00:00 GMT"] {
            assert_eq!(wanted(Method::GET, &[range(), (header::IF_RANGE, other)]), Wanted::Whole, "{other}");
        }
        for known in ["*", "\"own\"", "W/\"own\"", "\"a\", \"own\""] {
            assert_eq!(wanted(Method::GET, &[range(), (header::IF_NONE_MATCH, known)]), Wanted::Nothing, "{known}");
        }
        assert_eq!(wanted(Method::GET, &[(header::IF_NONE_MATCH, "\"other\"")]), Wanted::Whole);
    }

    #[test]
    fn promise_12_names_of_files_are_quoted_in_both_ways() {
        assert_eq!(attachment_named("Plan 2.pdf"), "attachment; filename=\"Plan 2.pdf\"; filename*=UTF-8''Plan%202.pdf");
        assert_eq!(attachment_named("Tür\"\r\n.jpg"), "attachment; filename=\"T_r___.jpg\"; filename*=UTF-8''T%C3%BCr%22%0D%0A.jpg");
    }
}
