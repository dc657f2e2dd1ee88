//! What a request brings along on the server: the database, the cookies, and through them the actor.

use std::sync::Arc;

use domain::actor::{Desk, Portal, PortalActor, StaffActor};
use domain::calendar::portal::NewFeed;
use domain::db::Db;
use domain::id::Token;
use domain::text::Lang;
use domain::throttle::Client;
use leptos::prelude::*;
use tokio::sync::OnceCell;
use tower_cookies::cookie::SameSite;
use tower_cookies::{Cookie, Cookies};

use crate::error::AppError;

/// Which of the two faces answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    Portal,
    Desk,
}

impl Face {
    /// The session cookie. Ports share cookies, so the names differ; over https they are bound to the host.
    pub const fn session_cookie(self, secure: bool) -> &'static str {
        match (self, secure) {
            (Self::Portal, true) => "__Host-ordinavo_portal",
            (Self::Portal, false) => "ordinavo_portal",
            (Self::Desk, true) => "__Host-ordinavo_desk",
            (Self::Desk, false) => "ordinavo_desk",
        }
    }

    pub const fn sign_in_path(self) -> &'static str {
        match self {
            Self::Portal => "/sign-in",
            Self::Desk => "/desk/sign-in",
        }
    }
}

/// Holds an invitation's or a reset's token for ten minutes, so that it leaves the address bar.
pub const FLOW_COOKIE: &str = "ordinavo_flow";
/// Names the owner of a refused form.
pub const FORM_COOKIE: &str = "ordinavo_form";
/// Holds the link of a calendar feed that was just made, until the account's page has shown it.
pub const FEED_COOKIE: &str = "ordinavo_calendar";
/// The reader's language, for the shell that is rendered before anything is asked of the database.
pub const LANG_COOKIE: &str = "ordinavo_lang";

/// Provided by the server to pages and server functions.
#[derive(Clone)]
pub struct ServerContext {
    pub db: Db,
    pub face: Face,
    pub secure_cookies: bool,
    pub client: Client,
    pub cookies: Cookies,
    /// The request's reference: in its log lines and in an error that a person may report.
    pub reference: Arc<str>,
    /// `Accept-Language` of the request.
    pub accept_language: Arc<str>,
    contact: Arc<OnceCell<PortalActor>>,
    staff: Arc<OnceCell<StaffActor>>,
}

impl ServerContext {
    #[allow(clippy::too_many_arguments, reason = "one argument per thing that the request brings")]
    pub fn new(
        db: Db,
        face: Face,
        secure_cookies: bool,
        client: Client,
        cookies: Cookies,
        reference: Arc<str>,
        accept_language: Arc<str>,
    ) -> Self {
        Self { db, face, secure_cookies, client, cookies, reference, accept_language, contact: Arc::default(), staff: Arc::default() }
    }

    /// The language of the person, else of the browser, else English.
    pub fn lang(&self) -> Lang {
        let chosen = self.cookies.get(LANG_COOKIE).and_then(|cookie| cookie.value().parse().ok());
        chosen.unwrap_or_else(|| preferred(&self.accept_language))
    }

    pub fn set_session(&self, token: &Token) {
        let name = self.face.session_cookie(self.secure_cookies);
        let mut cookie = self.cookie(name, token.reveal().to_owned());
        // As long as browsers allow: when a session ends is decided here, by the settings.
        cookie.set_max_age(tower_cookies::cookie::time::Duration::days(400));
        self.cookies.add(cookie);
    }

    /// Keeps a new feed's link for the page that comes next.
    pub fn keep_new_feed(&self, made: &NewFeed) {
        let mut cookie = self.cookie(FEED_COOKIE, format!("{}.{}", made.id, made.token.reveal()));
        cookie.set_max_age(tower_cookies::cookie::time::Duration::minutes(10));
        self.cookies.add(cookie);
    }

    /// The feed whose link was kept; the link is forgotten.
    pub fn take_new_feed(&self) -> Option<NewFeed> {
        let cookie = self.cookies.get(FEED_COOKIE)?;
        self.cookies.remove(self.cookie(FEED_COOKIE, String::new()));
        let (id, token) = cookie.value().split_once('.')?;
        Some(NewFeed { id: id.parse().ok()?, token: Token::presented(token) })
    }

    /// Forgets the session, and a refused form and a link that the next person at this browser must not find.
    pub fn clear_session(&self) {
        let name = self.face.session_cookie(self.secure_cookies);
        self.cookies.remove(self.cookie(name, String::new()));
        self.cookies.remove(self.cookie(FORM_COOKIE, String::new()));
        self.cookies.remove(self.cookie(FEED_COOKIE, String::new()));
    }

    pub fn set_lang(&self, lang: Lang) {
        let mut cookie = self.cookie(LANG_COOKIE, lang.word().to_owned());
        cookie.set_max_age(tower_cookies::cookie::time::Duration::days(365));
        self.cookies.add(cookie);
    }

    /// The token of an invitation or reset whose link was opened.
    pub fn flow_token(&self) -> Result<Token, AppError> {
        self.cookies.get(FLOW_COOKIE).map(|cookie| Token::presented(cookie.value())).ok_or(AppError::NotFound)
    }

    pub fn clear_flow(&self) {
        self.cookies.remove(self.cookie(FLOW_COOKIE, String::new()));
    }

    /// A cookie that script cannot read and other sites cannot send along with a form.
    pub fn cookie(&self, name: &'static str, value: String) -> Cookie<'static> {
        Cookie::build((name, value)).path("/").http_only(true).same_site(SameSite::Lax).secure(self.secure_cookies).build()
    }

    fn token(&self, face: Face) -> Result<Token, AppError> {
        if self.face != face {
            return Err(AppError::NotFound);
        }
        let cookie = self.cookies.get(face.session_cookie(self.secure_cookies)).ok_or(AppError::SignIn)?;
        Ok(Token::presented(cookie.value()))
    }
}

/// A signed-in contact's request.
pub struct ContactSession {
    db: Db,
    actor: PortalActor,
}

impl ContactSession {
    /// The contact of the request's cookie.
    ///
    /// # Errors
    /// [`AppError::SignIn`] without a live session; [`AppError::NotFound`] on the desk's listener.
    pub async fn current() -> Result<Self, AppError> {
        let ctx = server_context()?;
        let token = ctx.token(Face::Portal)?;
        let actor = ctx.contact.get_or_try_init(|| ctx.db.portal_actor(&token)).await?.clone();
        Ok(Self { db: ctx.db.clone(), actor })
    }

    pub fn portal(&self) -> Portal<'_> {
        self.db.portal(&self.actor)
    }

    pub fn lang(&self) -> Lang {
        self.actor.lang()
    }
}

/// A signed-in staff member's request.
pub struct StaffSession {
    db: Db,
    actor: StaffActor,
}

impl StaffSession {
    /// The staff member of the request's cookie; errors as for [`ContactSession::current`].
    pub async fn current() -> Result<Self, AppError> {
        let ctx = server_context()?;
        let token = ctx.token(Face::Desk)?;
        let actor = ctx.staff.get_or_try_init(|| ctx.db.staff_actor(&token)).await?.clone();
        Ok(Self { db: ctx.db.clone(), actor })
    }

    pub fn desk(&self) -> Desk<'_> {
        self.db.desk(&self.actor)
    }

    pub fn lang(&self) -> Lang {
        self.actor.lang()
    }
}

/// The request's context.
///
/// # Errors
/// [`AppError::Internal`] outside of a request.
pub fn server_context() -> Result<ServerContext, AppError> {
    use_context().ok_or_else(|| AppError::Internal { reference: String::new() })
}

/// The request's reference, for log lines.
pub(crate) fn reference() -> String {
    use_context::<ServerContext>().map_or_else(String::new, |ctx| ctx.reference.to_string())
}

/// Sends the browser to a page of the same face. Anything that is not a plain local path leads to `/`.
pub fn redirect(path: &str) {
    leptos_axum::redirect(local_path(path));
}

/// A path that stays here: one slash, no second one, no backslash, printable ASCII only.
pub fn local_path(path: &str) -> &str {
    let local = path.starts_with('/') && !path.starts_with("//") && path.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
    if local { path } else { "/" }
}

/// Whether only the head of the answer was asked for: then nobody reads what it is about.
pub fn is_head() -> bool {
    use_context::<http::request::Parts>().is_some_and(|parts| parts.method == http::Method::HEAD)
}

/// The status of the page that is being rendered.
pub fn set_status(status: u16) {
    if let (Some(response), Ok(status)) = (use_context::<leptos_axum::ResponseOptions>(), http::StatusCode::from_u16(status)) {
        response.set_status(status);
    }
}

/// The first language of `Accept-Language` that we speak.
fn preferred(accept_language: &str) -> Lang {
    let languages = accept_language.split(',').filter_map(|part| part.trim().get(..2));
    languages.filter_map(|language| language.to_ascii_lowercase().parse().ok()).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn promise_10_a_redirect_stays_here() {
        for foreign in ["//evil.example", "https://evil.example", "/\\evil.example", "evil", "", "/a\nb", "/ä"] {
            assert_eq!(local_path(foreign), "/", "{foreign:?}");
        }
        assert_eq!(local_path("/requests?status=open"), "/requests?status=open");
    }

    #[test]
    fn the_browsers_first_known_language_is_taken() {
        assert_eq!(preferred("fr-FR,de;q=0.8,en;q=0.5"), Lang::De);
        assert_eq!(preferred(""), Lang::En);
    }
}
