//! What browsers load beside the pages: WASM, style sheet, fonts and icons, from the face's site root.
//!
//! A release has one folder with a site root per face (`portal/pkg/portal.js`, `desk/pkg/desk.js`, …). Its build is part of the addresses
//! (`/pkg/‹build›/portal.js`): a browser keeps the files for good, and an open page never gets a part of another build than its own, which
//! would be a part of another program. Under cargo-leptos both faces use its one development bundle, which it names in the environment.

use std::path::Path;

use app::ctx::Face;
use axum::body::Body;
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use data_encoding::HEXLOWER;
use http::request::Parts;
use http::{HeaderValue, StatusCode, header};
use leptos::config::{Env, LeptosOptions, get_configuration};
use sha2::{Digest, Sha256};
use tower::ServiceExt;
use tower_http::services::ServeDir;

use crate::{Error, Result};

pub struct Site {
    /// Where the bundle is and what it is called.
    pub options: LeptosOptions,
    files: ServeDir,
    /// A release's build, as its addresses have it.
    build: Option<String>,
    /// Under `cargo leptos watch` the page listens for new builds at this port.
    reload_port: Option<u32>,
}

impl Site {
    /// # Errors
    /// When cargo-leptos' environment is not understood.
    pub fn of(face: Face, folder: &Path) -> Result<Self> {
        let watched = std::env::var_os("LEPTOS_WATCH").is_some();
        let (options, build) =
            if std::env::var_os("LEPTOS_OUTPUT_NAME").is_some() { (development()?, None) } else { release(face, folder) };
        let files = ServeDir::new(&*options.site_root).append_index_html_on_directories(false).precompressed_br().precompressed_gzip();
        let reload_port = watched.then(|| options.reload_external_port.unwrap_or(options.reload_port));
        Ok(Self { options, files, build, reload_port })
    }

    /// The file of the request's path, if there is one.
    pub async fn file(&self, request: &Parts) -> Option<Response> {
        let path = request.uri.path();
        // Every file has an extension; asking the disk for each mistyped address would be for nothing.
        path.rsplit('/').next().filter(|name| name.contains('.'))?;
        let mut request = request.clone();
        if let Some(build) = &self.build
            && let Some(name) = path.strip_prefix("/pkg/")
        {
            request.uri = format!("/pkg/{}", name.strip_prefix(build.as_str())?.strip_prefix('/')?).parse().ok()?;
        }
        let Ok(response) = self.files.clone().oneshot(Request::from_parts(request, Body::empty())).await;
        let mut response = response.into_response();
        if !matches!(response.status(), StatusCode::OK | StatusCode::PARTIAL_CONTENT | StatusCode::NOT_MODIFIED) {
            return None;
        }
        response.headers_mut().insert(header::CACHE_CONTROL, self.caching(path));
        Some(response)
    }

    /// Addresses with a build in them never mean another content; a development bundle must always fit the server that is running.
    fn caching(&self, path: &str) -> HeaderValue {
        HeaderValue::from_static(match (path.starts_with("/pkg/"), &self.build) {
            (true, Some(_)) => "public, max-age=31536000, immutable",
            (true, None) => "no-cache",
            (false, _) => "public, max-age=86400",
        })
    }

    /// What a page may load and run: our own files, and the inline scripts that carry the page's nonce.
    pub fn content_security_policy(&self, nonce: &str) -> HeaderValue {
        let reload = self.reload_port.map(|port| format!(" ws://127.0.0.1:{port} ws://localhost:{port}")).unwrap_or_default();
        let policy = format!(
            "default-src 'self'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; \
             connect-src 'self'{reload}; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'"
        );
        // A nonce is base64: this cannot fail; if it did, nothing would be allowed.
        HeaderValue::try_from(policy).unwrap_or(HeaderValue::from_static("default-src 'none'"))
    }
}

/// The bundle that cargo-leptos has built and describes in the environment.
fn development() -> Result<LeptosOptions> {
    let configuration =
        get_configuration(None).map_err(|error| Error::Settings(format!("the LEPTOS_ variables are not understood: {error}.")))?;
    Ok(configuration.leptos_options)
}

/// The face's bundle in the folder of a release, and its build.
fn release(face: Face, folder: &Path) -> (LeptosOptions, Option<String>) {
    let name = match face {
        Face::Portal => "portal",
        Face::Desk => "desk",
    };
    let root = folder.join(name);
    let build = build_of(&root.join("pkg"));
    if build.is_none() {
        tracing::warn!(folder = %root.display(), "no bundle: pages work as plain forms, without style");
    }
    let pkg = build.as_ref().map_or_else(|| "pkg".to_owned(), |build| format!("pkg/{build}"));
    let options = LeptosOptions::builder().output_name(name).site_root(root.to_string_lossy()).site_pkg_dir(pkg).env(Env::PROD).build();
    (options, build)
}

/// A name for the content of all of a bundle's files; none if there are none.
fn build_of(pkg: &Path) -> Option<String> {
    let files: std::io::Result<Vec<_>> = std::fs::read_dir(pkg).ok()?.map(|entry| entry.map(|entry| entry.path())).collect();
    let mut files = files.ok()?;
    files.sort();
    let mut hash = Sha256::new();
    for file in &files {
        hash.update(std::fs::read(file).ok()?);
    }
    (!files.is_empty()).then(|| HEXLOWER.encode(&hash.finalize()[..8]))
}
