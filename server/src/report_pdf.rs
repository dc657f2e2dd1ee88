//! A released report as a PDF: the same view that its page shows, set on paper. Nothing else of a report can get in.

use std::collections::HashMap;

use app::ui::report::words;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use domain::actor::Portal;
use domain::attachment::FileView;
use domain::attachment::store::pdf_name;
use domain::clock::{day_text, parse_date};
use domain::id::{AttachmentId, ReportId};
use domain::report::ReportView;
use domain::status_word::OwnWords;
use domain::text::Lang;
use domain::when::Span;
use futures::TryStreamExt;
use http::request::Parts;
use http::{HeaderValue, Method, header};

use crate::download::{attachment_named, header_value};
use crate::face::Served;
use crate::pages;
use crate::pdf::{self, Block, Document, Figure, Item};

/// A report that the contact may see now. To fetch it is to open it, as its page is.
pub async fn for_contact(State(served): State<Served>, Path(id): Path<String>, request: Parts) -> Response {
    match answer(&served, &id, &request).await {
        Ok(response) => response,
        Err(error) => pages::failure(&served, request, error.into()).await,
    }
}

async fn answer(served: &Served, id: &str, request: &Parts) -> domain::Result<Response> {
    let actor = served.contact(request).await?;
    let id: ReportId = id.parse().map_err(|_| domain::Error::NotFound)?;
    let portal = served.db.portal(&actor);
    let report = if request.method == Method::HEAD { portal.report_unopened(id).await? } else { portal.report(id).await? };
    let company = served.db.anonymous().company().await?.name;
    let previews = previews(&portal, &report.files).await;
    let (name, lang) = (pdf_name(&report.row.title), actor.lang());
    let own = served.db.anonymous().own_words(lang).await?;
    let work = tokio::task::spawn_blocking(move || pdf::write(&document(report, previews, company, &own, lang)));
    let pdf = work.await.map_err(|error| domain::Error::Broken(format!("a PDF was not finished: {error}")))??;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/pdf")),
        (header::CONTENT_DISPOSITION, header_value(&attachment_named(&name))),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("sandbox")),
    ];
    Ok((headers, Body::from(pdf)).into_response())
}

/// Pictures that are shown, at most; the others are named like every other file.
const MOST_PICTURES: usize = 20;
/// Bytes of a preview, at most. Those that were made here have about a tenth of it.
const LARGEST_PREVIEW: u64 = 1024 * 1024;

/// The previews of a report's pictures. One that cannot be fetched is left out.
async fn previews(portal: &Portal<'_>, files: &[FileView]) -> HashMap<AttachmentId, Vec<u8>> {
    let mut previews = HashMap::new();
    for file in files.iter().filter(|file| file.preview().is_some()).take(MOST_PICTURES) {
        match preview(portal, file.id).await {
            Ok(bytes) => drop(previews.insert(file.id, bytes)),
            Err(error) => tracing::warn!(%error, file = %file.id, "a picture is not in a PDF"),
        }
    }
    previews
}

async fn preview(portal: &Portal<'_>, id: AttachmentId) -> domain::Result<Vec<u8>> {
    let mut preview = portal.preview(id).await?;
    if preview.size > LARGEST_PREVIEW {
        return Err(domain::Error::Broken("the preview is too large".into()));
    }
    let mut bytes = Vec::new();
    while let Some(part) = preview.body.try_next().await? {
        bytes.extend_from_slice(&part);
    }
    Ok(bytes)
}

/// What stands on the paper, in the order of the page.
fn document(report: ReportView, previews: HashMap<AttachmentId, Vec<u8>>, company: String, own: &OwnWords, lang: Lang) -> Document {
    let heading = |text: domain::text::Text| Block::Heading(text.get(lang).into());
    let version = report.row.version.to_string();
    let copy = words::COPY.fill(lang, &[("n", &version), ("when", &report.row.released.text)]);
    let mut blocks = vec![Block::Letterhead(company.clone()), Block::Title(report.row.title.clone()), Block::Note(copy)];
    blocks.push(facts(&report, lang));
    blocks.push(heading(words::SUMMARY));
    blocks.extend(paragraphs(&report.summary));
    if !report.message.is_empty() {
        blocks.push(heading(words::MESSAGE));
        blocks.extend(paragraphs(&report.message));
    }
    if !report.files.is_empty() {
        blocks.push(heading(words::FILES));
        let (figures, others) = figures(&report.files, previews);
        blocks.push(Block::Figures(figures));
        blocks.push(list(others.into_iter().map(|file| (file.name.clone(), file.caption.clone()))));
    } else if !report.may_download {
        blocks.push(heading(words::FILES));
        blocks.push(Block::Note(words::NO_DOWNLOADS.get(lang).into()));
    }
    if !report.follow_ups.is_empty() {
        blocks.push(heading(words::STILL_TO_DO));
        blocks.push(list(report.follow_ups.iter().map(|row| {
            let status = own.of_follow_up(row.status, lang);
            let next = row.next_visit.as_ref().map(|visit| words::VISIT_PLANNED.fill(lang, &[("when", &on_paper(visit, lang))]));
            (row.text.clone(), next.map_or_else(|| status.clone(), |next| format!("{status}. {next}")))
        })));
    }
    Document { lang, title: report.row.title, author: company, blocks }
}

/// The files that can be shown, and those that are only named.
fn figures(files: &[FileView], mut previews: HashMap<AttachmentId, Vec<u8>>) -> (Vec<Figure>, Vec<&FileView>) {
    let (mut figures, mut others) = (Vec::new(), Vec::new());
    for file in files {
        match previews.remove(&file.id).and_then(|jpeg| Figure::of(jpeg, &file.caption, &file.name)) {
            Some(figure) => figures.push(figure),
            None => others.push(file),
        }
    }
    (figures, others)
}

fn facts(report: &ReportView, lang: Lang) -> Block {
    let row = &report.row;
    let mut facts = vec![
        (words::VISIT, on_paper(&row.visit_day, lang)),
        (words::WORK, report.work_title.clone()),
        (words::LOCATION, report.place()),
        (words::CUSTOMER, row.customer_name.clone()),
    ];
    facts.extend(report.request.as_ref().map(|(_, number)| (words::REQUEST, number.clone())));
    let items = facts.into_iter().map(|(label, text)| Item { label: label.get(lang).into(), text, note: String::new() });
    Block::List { labels: 90.0, items: items.collect() }
}

/// Texts with their small print.
fn list(items: impl Iterator<Item = (String, String)>) -> Block {
    Block::List { labels: 20.0, items: items.map(|(text, note)| Item { label: "•".into(), text, note }).collect() }
}

fn paragraphs(text: &str) -> impl Iterator<Item = Block> {
    text.split("\n\n").map(str::trim).filter(|text| !text.is_empty()).map(|text| Block::Paragraph(text.into()))
}

/// A day, and its hours, without "today" or "tomorrow": paper is read later.
fn on_paper(span: &Span, lang: Lang) -> String {
    let day = parse_date(&span.date).map_or_else(|_| span.date.clone(), |day| day_text(day, lang));
    span.hours.as_ref().map_or_else(|| day.clone(), |hours| format!("{day}, {hours}"))
}
