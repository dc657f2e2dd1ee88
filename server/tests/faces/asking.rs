//! Asking a face: through its real router, without a network.

use std::fmt;
use std::sync::atomic::{AtomicU32, Ordering};

use app::ctx::Face;
use axum::Router;
use axum::body::{Body, to_bytes};
use clap::Parser;
use domain::clock::Clock;
use futures::StreamExt;
use http::{HeaderMap, HeaderValue, Request, StatusCode, header};
use server::config::Config;
use server::live::Live;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

use crate::domain_support::World;

/// Both listeners' routers over one world.
pub struct Faces {
    portal: Router,
    desk: Router,
    asked: AtomicU32,
}

#[derive(Parser)]
struct Flags {
    #[command(flatten)]
    config: Config,
}

/// As behind a proxy, so that cookies are the secure ones and each question can come from an address of its own.
const FLAGS: [&str; 4] =
    ["ordinavo", "--portal-url=https://portal.example", "--desk-url=https://desk.example", "--trusted-proxies=0.0.0.0/32"];

impl Faces {
    pub fn of(world: &World) -> Self {
        let config = Flags::parse_from(FLAGS).config;
        let live = Live::new(Clock::System, CancellationToken::new());
        let router = |face| {
            let url = config.public_url(face, config.address(face)).unwrap();
            server::serve::router(&config, face, &world.db, url, &live).unwrap()
        };
        Self { portal: router(Face::Portal), desk: router(Face::Desk), asked: AtomicU32::new(0) }
    }

    /// Asks with an actor's cookies, from a page of ours.
    pub async fn ask(&self, face: Face, cookies: &str, mut request: Request<Body>) -> Answer {
        let [_, b, c, d] = self.asked.fetch_add(1, Ordering::Relaxed).to_be_bytes();
        let headers = request.headers_mut();
        headers.insert("x-forwarded-for", format!("10.{b}.{c}.{d}").parse().unwrap());
        headers.entry("sec-fetch-site").or_insert(HeaderValue::from_static("same-origin"));
        if !cookies.is_empty() {
            headers.insert(header::COOKIE, cookies.parse().unwrap());
        }
        let router = match face {
            Face::Portal => self.portal.clone(),
            Face::Desk => self.desk.clone(),
        };
        let (parts, body) = router.oneshot(request).await.unwrap().into_parts();
        let is = |kind: &str| parts.headers.get(header::CONTENT_TYPE).is_some_and(|value| value == kind);
        let (is_live, is_pdf) = (is("text/event-stream"), is("application/pdf"));
        // A live stream has no end: its first words stand for it.
        let body = match is_live {
            true => body.into_data_stream().next().await.map(Result::unwrap).unwrap_or_default(),
            false => to_bytes(body, usize::MAX).await.unwrap(),
        };
        let body = if is_pdf && !body.is_empty() { text_of_pdf(&body) } else { String::from_utf8_lossy(&body).into_owned() };
        Answer { status: parts.status, headers: parts.headers, body }
    }
}

/// What can be read in a PDF, page by page, and then the file itself, whose title and outline are not packed.
fn text_of_pdf(pdf: &[u8]) -> String {
    assert!(pdf.starts_with(b"%PDF-"), "no PDF");
    let read = lopdf::Document::load_mem(pdf).unwrap();
    let page = |number: u32| format!("[page {number}]\n{}\n", read.extract_text(&[number]).unwrap());
    let pages: String = read.get_pages().into_keys().map(page).collect();
    format!("{pages}{}", String::from_utf8_lossy(pdf))
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

/// An answer by what it means to the one who asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Done,
    SignIn,
    Forbidden,
    NotFound,
    Conflict,
    Invalid,
    /// A status that no endpoint should answer with.
    Other(u16),
}

impl Outcome {
    pub const LEGEND: &str = "+ done   s sign in first   f forbidden   - not found   c conflict   i invalid";

    pub const fn letter(self) -> char {
        match self {
            Self::Done => '+',
            Self::SignIn => 's',
            Self::Forbidden => 'f',
            Self::NotFound => '-',
            Self::Conflict => 'c',
            Self::Invalid => 'i',
            Self::Other(_) => '?',
        }
    }
}

impl Answer {
    pub fn outcome(&self) -> Outcome {
        match self.status.as_u16() {
            300..=399 if self.leads_to_sign_in() => Outcome::SignIn,
            200..=399 => Outcome::Done,
            401 => Outcome::SignIn,
            403 => Outcome::Forbidden,
            404 => Outcome::NotFound,
            409 => Outcome::Conflict,
            422 => Outcome::Invalid,
            other => Outcome::Other(other),
        }
    }

    fn leads_to_sign_in(&self) -> bool {
        let to = self.headers.get(header::LOCATION).and_then(|to| to.to_str().ok()).unwrap_or_default();
        to.starts_with("/sign-in?next=") || to.starts_with("/desk/sign-in?next=")
    }

    /// All of it as text, without what may differ between two answers that say the same: the page's nonce, values of new cookies, and the
    /// id that was asked for. `whatever_length` when two ids of different lengths are compared.
    pub fn masked(&self, id: &str, whatever_length: bool) -> String {
        let nonce = self.nonce();
        let mut headers: Vec<String> = self
            .headers
            .iter()
            .map(|(name, value)| {
                let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
                match name.as_str() {
                    "set-cookie" => format!("set-cookie: {}=…", value.split('=').next().unwrap_or_default()),
                    "content-length" if whatever_length => "content-length: …".to_owned(),
                    name => format!("{name}: {value}"),
                }
            })
            .collect();
        headers.sort();
        let text = format!("{}\n{}\n\n{}", self.status, headers.join("\n"), self.body);
        let text = if nonce.is_empty() { text } else { text.replace(&nonce, "NONCE") };
        if id.is_empty() { text } else { text.replace(id, "ID") }
    }

    fn nonce(&self) -> String {
        let policy = self.headers.get(header::CONTENT_SECURITY_POLICY).and_then(|policy| policy.to_str().ok()).unwrap_or_default();
        policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).unwrap_or_default().to_owned()
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let start: String = self.body.chars().take(300).collect();
        write!(f, "{} {start}", self.status)
    }
}
