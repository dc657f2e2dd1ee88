//! What one listener serves, shared by its handlers: which face, its database door, its public address, its bundle.

use std::ops::Deref;
use std::sync::Arc;

use app::ctx::{Face, ServerContext};
use domain::actor::{PortalActor, StaffActor};
use domain::db::Db;
use domain::id::Token;
use http::header;
use http::request::Parts;
use tower_cookies::Cookies;

use crate::caller::Caller;
use crate::config::{Network, PublicUrl};
use crate::live::Live;
use crate::site::Site;

/// Cheap to clone: the state of a listener's router.
#[derive(Clone)]
pub struct Served(Arc<Inner>);

pub struct Inner {
    pub face: Face,
    pub db: Db,
    pub public_url: PublicUrl,
    pub trusted_proxies: Vec<Network>,
    pub site: Site,
    pub live: Live,
}

impl Served {
    pub fn new(inner: Inner) -> Self {
        Self(Arc::new(inner))
    }

    /// What pages and server functions of this request find in their context.
    pub fn context(&self, request: &Parts) -> ServerContext {
        let caller = Caller::of(&request.extensions);
        let accept_language = request.headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        ServerContext::new(
            self.db.clone(),
            self.face,
            self.public_url.is_https(),
            caller.client,
            cookies(request),
            caller.reference,
            accept_language.into(),
        )
    }

    /// The contact whose session the request carries.
    pub async fn contact(&self, request: &Parts) -> domain::Result<PortalActor> {
        self.db.portal_actor(&self.token(request)?).await
    }

    /// The staff member whose session the request carries.
    pub async fn staff(&self, request: &Parts) -> domain::Result<StaffActor> {
        self.db.staff_actor(&self.token(request)?).await
    }

    /// The session's token that the request carries, whether it is one or not.
    pub fn token(&self, request: &Parts) -> domain::Result<Token> {
        let name = self.face.session_cookie(self.public_url.is_https());
        let cookies = cookies(request);
        let cookie = cookies.get(name).ok_or(domain::Error::NotSignedIn)?;
        Ok(Token::presented(cookie.value()))
    }
}

/// The request's cookies; changes to them go out with the answer.
pub fn cookies(request: &Parts) -> Cookies {
    request.extensions.get::<Cookies>().cloned().unwrap_or_default()
}

impl Deref for Served {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}
