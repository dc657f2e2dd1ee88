//! Pages: the app rendered whole on the server, and the few plain pages for when it cannot be.

use app::ctx::Face;
use app::error::AppError;
use app::ui::form::escaped;
use app::ui::shell::BrandStyle;
use axum::Json;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use domain::text::Lang;
use http::request::Parts;
use http::{Extensions, HeaderMap, Method, StatusCode, Uri, header};
use leptos::IntoView;
use leptos::config::LeptosOptions;
use leptos::context::{provide_context, use_context};
use leptos::nonce::use_nonce;
use leptos_axum::{AxumRouteListing, ResponseOptions, generate_route_list, render_app_async_with_context};

use crate::brand;
use crate::caller::Caller;
use crate::face::Served;

/// The paths of a face's pages.
pub fn page_paths(face: Face) -> Vec<String> {
    let listings = match face {
        Face::Portal => generate_route_list(app::portal::App),
        Face::Desk => generate_route_list(app::desk::App),
    };
    listings.iter().map(AxumRouteListing::path).map(str::to_owned).collect()
}

/// Renders the page of the request's path.
pub async fn page(State(served): State<Served>, request: Request) -> Response {
    let response = match served.face {
        Face::Portal => render(&served, request, app::portal::shell).await,
        Face::Desk => render(&served, request, app::desk::shell).await,
    };
    // A page that leads elsewhere shows nothing itself.
    match response.headers().get(header::LOCATION).and_then(|to| to.to_str().ok()) {
        Some(to) => Redirect::to(app::ctx::local_path(to)).into_response(),
        None => response,
    }
}

/// All of a page is there before its first byte leaves: status and headers are final, and no script is needed to put it together.
async fn render<V, S>(served: &Served, request: Request, shell: S) -> Response
where
    V: IntoView + 'static,
    S: Fn(LeptosOptions) -> V + Clone + Send + Sync + 'static,
{
    let (parts, body) = request.into_parts();
    let brand = match served.face {
        Face::Portal => brand::style_address(served).await.map(BrandStyle),
        Face::Desk => None,
    };
    let (context, options, served) = (served.context(&parts), served.site.options.clone(), served.clone());
    let provide = move || {
        provide_context(context.clone());
        if let Some(brand) = &brand {
            provide_context(brand.clone());
        }
        if let (Some(response), Some(nonce)) = (use_context::<ResponseOptions>(), use_nonce()) {
            response.insert_header(header::CONTENT_SECURITY_POLICY, served.site.content_security_policy(&nonce));
        }
    };
    render_app_async_with_context(provide, move || shell(options.clone()))(Request::from_parts(parts, body)).await
}

/// What every address leads to that leads nowhere. It is rendered from a path of its own, so that it is the same for all of them; to who
/// is not signed in it offers the sign-in.
pub async fn not_found(served: &Served, mut request: Parts) -> Response {
    request.uri = Uri::from_static("/not-found");
    request.method = Method::GET;
    let mut response = page(State(served.clone()), Request::from_parts(request, Body::empty())).await;
    if response.status().is_success() {
        *response.status_mut() = StatusCode::NOT_FOUND;
    }
    response
}

const NOTHING_HERE: &str = "There is nothing here.";

/// The answer where nothing is: a page for who looks, a sentence for who sends.
pub async fn nothing_here(served: &Served, request: Parts) -> Response {
    if matches!(request.method, Method::GET | Method::HEAD) {
        not_found(served, request).await
    } else {
        plain(StatusCode::NOT_FOUND, NOTHING_HERE)
    }
}

/// The answer of a handler of ours that could not do what was asked.
pub async fn failure(served: &Served, request: Parts, error: AppError) -> Response {
    let (lang, for_person) = (served.context(&request).lang(), wants_page(&request.headers));
    match error {
        AppError::NotFound => nothing_here(served, request).await,
        AppError::SignIn if for_person => Redirect::to(&sign_in(served.face, local_address(&request.uri))).into_response(),
        AppError::Internal { .. } => apology(for_person, lang, &internal(&request.extensions)),
        error => apology(for_person, lang, &error),
    }
}

/// Says what did not work: to a person as a plain page, to our own script as the error it knows.
pub fn apology(for_person: bool, lang: Lang, error: &AppError) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if for_person { document(status, lang, &error.sentence(lang)) } else { (status, Json(error)).into_response() }
}

/// Our fault: the request's reference stands in the log beside the cause.
pub fn internal(request: &Extensions) -> AppError {
    AppError::Internal { reference: Caller::of(request).reference.to_string() }
}

/// The sign-in page that leads back to a page.
pub fn sign_in(face: Face, back_to: &str) -> String {
    format!("{}?next={}", face.sign_in_path(), escaped(back_to))
}

/// Path and query of an address, as long as they lead nowhere else.
pub fn local_address(uri: &Uri) -> &str {
    uri.path_and_query().map_or("/", |path| app::ctx::local_path(path.as_str()))
}

/// A page without the app: a status, and what happened in one English sentence.
pub fn plain(status: StatusCode, sentence: &str) -> Response {
    document(status, Lang::En, sentence)
}

fn document(status: StatusCode, lang: Lang, sentence: &str) -> Response {
    let title = status.canonical_reason().unwrap_or("Error");
    // All of it is our own words: nothing to escape.
    let html = format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, \
         initial-scale=1\"><title>{title}</title></head>\n<body><h1 lang=\"en\">{title}</h1><p>{sentence}</p></body>\n</html>\n"
    );
    (status, Html(html)).into_response()
}

/// Whether a person's browser waits for a page, rather than our own script for data.
pub fn wants_page(headers: &HeaderMap) -> bool {
    headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok()).is_some_and(|accept| accept.contains("text/html"))
}
