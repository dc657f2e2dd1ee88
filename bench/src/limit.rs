//! The limit: what would be left of a page's cost if it cost nothing to make. One bare handler without pages, layers or checks of its own
//! asks the database what the server asks for the same address, and sends the bytes that the server sent.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use bytes::Bytes;
use domain::actor::PortalActor;
use domain::clock::Clock;
use domain::db::Db;
use domain::id::{DraftId, Token};
use domain::request::WhatInput;
use http::{Method, StatusCode, header};
use server::config::Base;
use tokio::sync::RwLock;

use crate::client::Client;
use crate::pages::Page;
use crate::{Result, location};

struct Limit {
    db: Db,
    like: SocketAddr,
    /// What the server sent, by session and path.
    sent: RwLock<HashMap<(String, String), Bytes>>,
}

/// Serves until the process is ended.
pub async fn serve(base: &Base, address: SocketAddr, like: SocketAddr) -> Result<()> {
    let (db, _system) = Db::open(&base.storage(), base.settings(), Clock::System).await?;
    let limit = Arc::new(Limit { db, like, sent: RwLock::default() });
    let router = Router::new().fallback(answer).with_state(limit);
    axum::serve(tokio::net::TcpListener::bind(address).await?, router).await?;
    Ok(())
}

async fn answer(State(limit): State<Arc<Limit>>, request: Request) -> Response {
    match limit.answer(request).await {
        Ok(response) => response,
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}

impl Limit {
    async fn answer(&self, request: Request) -> Result<Response> {
        let (parts, body) = request.into_parts();
        let cookie = parts.headers.get(header::COOKIE).ok_or("no cookie")?.to_str()?;
        let session = cookie.strip_prefix("ordinavo_portal=").ok_or("no session")?;
        let actor = self.db.portal_actor(&Token::presented(session)).await?;
        let path = parts.uri.path();
        if parts.method == Method::POST {
            return Ok(Redirect::to(&self.form(&actor, path, body).await?).into_response());
        }
        let page = Page::at(path).ok_or("no such page")?;
        page.read(&self.db, &actor).await?;
        Ok(Html(self.bytes(session, path).await?).into_response())
    }

    async fn bytes(&self, session: &str, path: &str) -> Result<Bytes> {
        let key = (session.to_owned(), path.to_owned());
        if let Some(bytes) = self.sent.read().await.get(&key) {
            return Ok(bytes.clone());
        }
        let bytes = Bytes::from(Client::connect(self.like, session).await?.get(path).await?);
        self.sent.write().await.insert(key, bytes.clone());
        Ok(bytes)
    }

    /// The forms of a new request, as the server's functions take them. Gives where it leads.
    async fn form(&self, actor: &PortalActor, path: &str, body: Body) -> Result<String> {
        let fields: HashMap<String, String> = serde_urlencoded::from_bytes(&to_bytes(body, 65_536).await?)?;
        let field = |name: &str| fields.get(name).cloned().unwrap_or_default();
        let portal = self.db.portal(actor);
        if path == "/api/portal/start_draft" {
            let draft = portal.start_draft(&location(&field("location"))?.to_string()).await?;
            return Ok(format!("/requests/new/{draft}?step=what"));
        }
        let draft: DraftId = field("draft").parse().map_err(|_| "no draft")?;
        match path {
            "/api/portal/save_what" => {
                let what = WhatInput {
                    kind: field("what[kind]"),
                    title: field("what[title]"),
                    description: field("what[description]"),
                    on_site_contact: String::new(),
                    urgency: field("what[urgency]"),
                };
                portal.save_what(draft, &what).await?;
                Ok(format!("/requests/new/{draft}?step=when"))
            }
            "/api/portal/save_when" => {
                portal.save_when(draft, &field("timing"), &[]).await?;
                Ok(format!("/requests/new/{draft}?step=check"))
            }
            "/api/portal/submit" => Ok(format!("/requests/{}?sent=yes", portal.submit(draft).await?)),
            _ => Err("no such form".into()),
        }
    }
}
