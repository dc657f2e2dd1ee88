//! Forms that a browser posts by itself, without our script: the answer is always a redirect to a page. A refused form is kept, so that
//! the page can show it again with what was typed and what was wrong; see `app::ui::form`.

use std::collections::BTreeMap;

use app::ctx::FORM_COOKIE;
use app::error::AppError;
use app::ui::form::ACTION_FIELD;
use axum::response::{IntoResponse, Redirect, Response};
use domain::id::FormStateId;
use http::request::Parts;
use http::{Method, Uri, header};

use crate::face::{Served, cookies};
use crate::pages;

/// Bytes of a refused form that are kept; of a longer one only the reason is.
const KEPT_LIMIT: usize = 64 * 1024;

/// A form on its way to a server function.
pub struct PlainForm {
    action: String,
    /// Path and query of the page that the form is on.
    page: String,
    fields: Vec<(String, String)>,
}

/// A form that was refused.
pub struct Refusal<'a> {
    /// Where it was sent.
    pub action: &'a str,
    /// Path and query of the page that the form is on.
    pub page: &'a str,
    pub fields: Vec<(String, String)>,
    pub error: AppError,
}

impl PlainForm {
    /// The form that the request is, unless our script sent it.
    pub fn of(request: &Parts, body: &[u8]) -> Option<Self> {
        if request.method != Method::POST || !pages::wants_page(&request.headers) {
            return None;
        }
        let fields = serde_urlencoded::from_bytes(body).unwrap_or_default();
        Some(Self { action: request.uri.path().to_owned(), page: page_of(request).unwrap_or_else(|| "/".to_owned()), fields })
    }

    /// Where the browser goes once the server function has answered: where that says, else back to the page.
    pub async fn answer(self, served: &Served, request: Parts, location: Option<String>, error: Option<AppError>) -> Response {
        match error {
            Some(error) => Refusal { action: &self.action, page: &self.page, fields: self.fields, error }.answer(served, request).await,
            None => Redirect::to(location.as_deref().map_or(self.page.as_str(), app::ctx::local_path)).into_response(),
        }
    }
}

impl Refusal<'_> {
    /// Keeps the form and leads back to its page; to the sign-in first when the session has ended.
    pub async fn answer(self, served: &Served, request: Parts) -> Response {
        let error = match self.error.clone() {
            AppError::Internal { .. } => pages::internal(&request.extensions),
            error => error,
        };
        if let Err(cause) = self.keep(served, &request, &error).await {
            tracing::error!(%cause, "a refused form is lost");
            return pages::failure(served, request, error).await;
        }
        match error {
            AppError::SignIn => Redirect::to(&pages::sign_in(served.face, self.page)).into_response(),
            _ => Redirect::to(self.page).into_response(),
        }
    }

    async fn keep(&self, served: &Served, request: &Parts, error: &AppError) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        let jar = cookies(request);
        let known = jar.get(FORM_COOKIE).map(|cookie| cookie.value().to_owned());
        let owner = known.unwrap_or_else(|| {
            let owner = FormStateId::new().to_string();
            jar.add(served.context(request).cookie(FORM_COOKIE, owner.clone()));
            owner
        });
        let path = self.page.split('?').next().unwrap_or("/");
        let (fields, error) = (serde_json::to_string(&kept_fields(self.action, &self.fields))?, serde_json::to_string(error)?);
        Ok(served.db.anonymous().keep_form(&owner, path, &fields, &error).await?)
    }
}

/// Path and query of the page that a form was sent from, if the browser says so. The cross-site check has passed, so it is one of ours;
/// of its address only the local part is used all the same.
pub fn page_of(request: &Parts) -> Option<String> {
    let referer: Uri = request.headers.get(header::REFERER)?.to_str().ok()?.parse().ok()?;
    Some(pages::local_address(&referer).to_owned())
}

/// What was typed, without passwords, and where it was sent.
fn kept_fields<'a>(action: &'a str, fields: &'a [(String, String)]) -> BTreeMap<&'a str, &'a str> {
    let size: usize = fields.iter().map(|(name, value)| name.len() + value.len()).sum();
    let typed: &[(String, String)] = if size > KEPT_LIMIT { &[] } else { fields };
    let plain = typed.iter().filter(|(name, _)| !is_secret(name)).map(|(name, value)| (name.as_str(), value.as_str()));
    plain.chain([(ACTION_FIELD, action)]).collect()
}

/// Fields of passwords, also inside of others: `password`, `old`, `new`, `input[password]`, `new_password`.
fn is_secret(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.contains("password") || name.contains("token") || name.split(['[', ']']).any(|part| matches!(part, "old" | "new"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn promise_14_no_password_is_kept() {
        let fields =
            ["email", "password", "old", "new", "input[password]", "repeat_password", "news"].map(|name| (name.to_owned(), "x".to_owned()));
        let kept: Vec<&str> = kept_fields("/api/portal/sign_in", &fields).into_keys().collect();
        assert_eq!(kept, ["_action", "email", "news"]);
    }

    #[test]
    fn a_form_leads_back_to_a_page_of_ours_whatever_the_referer_says() {
        let page = |referer: &str| {
            let request =
                http::Request::post("/api/portal/x").header(header::ACCEPT, "text/html").header(header::REFERER, referer).body(());
            PlainForm::of(&request.unwrap().into_parts().0, b"").unwrap().page
        };
        assert_eq!(page("http://127.0.0.1:3000/requests?status=open"), "/requests?status=open");
        assert_eq!(page("http://127.0.0.1:3000//evil.example"), "/");
        assert_eq!(page("nonsense"), "/");
    }
}
