//! Tables to take along, as CSV (RFC 4180): written part by part, so that a long one is never in memory as a whole.

use app::desk::{audit, overview};
use axum::body::Body;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use domain::actor::StaffActor;
use domain::audit::{AuditEntry, AuditFilter};
use domain::db::Db;
use domain::overview::Figure;
use futures::stream::{self, Stream, StreamExt};
use http::request::Parts;
use http::{HeaderValue, Method, StatusCode, header};

use crate::face::Served;
use crate::pages;

/// Programs that open tables take the text for UTF-8 by this mark only.
const MARK: &str = "\u{feff}";

/// One table of the overview: the query's `figure`.
pub async fn overview(State(served): State<Served>, request: Parts) -> Response {
    match overview_of(&served, &request).await {
        Ok(response) => response,
        Err(error) => pages::failure(&served, request, error.into()).await,
    }
}

async fn overview_of(served: &Served, request: &Parts) -> domain::Result<Response> {
    let actor = served.staff(request).await?;
    let query: Vec<(String, String)> = serde_urlencoded::from_str(request.uri.query().unwrap_or_default()).unwrap_or_default();
    let word = query.iter().find(|(name, _)| name == "figure").map_or("", |(_, word)| word.as_str());
    // What is no figure is the figure of nothing.
    let figure: Figure = word.parse().map_err(|_| domain::Error::NotFound)?;
    let numbers = served.db.desk(&actor).overview().await?;
    let found = overview::table_of(figure, &numbers, actor.lang());
    let lines: Vec<_> =
        found.rows.iter().map(|row| row.iter().map(|cell| cell.plain.clone()).collect::<Vec<_>>()).map(|row| Ok(line(&row))).collect();
    Ok(table("overview.csv", format!("{MARK}{}", line(&found.heads)), stream::iter(lines)))
}

/// The audit log, filtered as its page is; written down when it is fetched.
pub async fn journal(State(served): State<Served>, request: Parts) -> Response {
    match journal_of(&served, &request).await {
        Ok(response) => response,
        Err(error) => pages::failure(&served, request, error.into()).await,
    }
}

async fn journal_of(served: &Served, request: &Parts) -> domain::Result<Response> {
    let actor = served.staff(request).await?;
    let query = request.uri.query().unwrap_or_default();
    let filter: AuditFilter = serde_urlencoded::from_str(query).unwrap_or_default();
    let desk = served.db.desk(&actor);
    if request.method == Method::GET {
        desk.record_journal_export(&filter).await?;
    }
    let first = desk.journal_part(&filter, None).await?;
    let head = audit::HEADS.map(|head| head.get(actor.lang()).to_owned());
    let rest = journal_lines(JournalExport { db: served.db.clone(), actor, filter }, first);
    Ok(table("audit.csv", format!("{MARK}{}", line(&head)), rest))
}

/// Whose export of what.
struct JournalExport {
    db: Db,
    actor: StaffActor,
    filter: AuditFilter,
}

/// A part of the lines, then the next part, until nothing is left.
fn journal_lines(export: JournalExport, first: Vec<AuditEntry>) -> impl Stream<Item = domain::Result<String>> + Send + 'static {
    stream::try_unfold((export, first), |(export, part)| async move {
        let Some(last) = part.last().map(|entry| entry.log.seq) else { return Ok(None) };
        let lang = export.actor.lang();
        let lines: String = part.iter().map(|entry| line(&audit::cells(entry, lang))).collect();
        let next = export.db.desk(&export.actor).journal_part(&export.filter, Some(last)).await?;
        Ok::<_, domain::Error>(Some((lines, (export, next))))
    })
}

/// A table as a download.
fn table(name: &'static str, head: String, lines: impl Stream<Item = domain::Result<String>> + Send + 'static) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8")),
        (header::CONTENT_DISPOSITION, crate::download::header_value(&crate::download::attachment_named(name))),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("sandbox")),
    ];
    let body = stream::once(async move { Ok(head) }).chain(lines);
    (StatusCode::OK, headers, Body::from_stream(body)).into_response()
}

/// One line, each cell in quotes.
fn line(cells: &[String]) -> String {
    let cells: Vec<_> = cells.iter().map(|text| cell(text)).collect();
    format!("{}\r\n", cells.join(","))
}

/// A cell. Programs take a text that begins like a formula for one and run it; an apostrophe in front makes it a text (CWE-1236).
fn cell(text: &str) -> String {
    let guard = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn promise_11_no_cell_is_a_formula_or_leaves_its_quotes() {
        for (text, written) in [
            ("plain, text", "\"plain, text\""),
            ("say \"hello\"\r\nand go", "\"say \"\"hello\"\"\r\nand go\""),
            ("=HYPERLINK(\"https://evil.example\")", "\"'=HYPERLINK(\"\"https://evil.example\"\")\""),
            ("+1", "\"'+1\""),
            ("-1", "\"'-1\""),
            ("@SUM(A1)", "\"'@SUM(A1)\""),
            ("\t=1", "\"'\t=1\""),
            ("\r=1", "\"'\r=1\""),
            ("", "\"\""),
        ] {
            assert_eq!(cell(text), written);
        }
        assert_eq!(line(&["a".to_owned(), "=b".to_owned()]), "\"a\",\"'=b\"\r\n");
    }
}
