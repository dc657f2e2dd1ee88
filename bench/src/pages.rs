//! The pages that are measured, and what each asks of the database.

use domain::actor::PortalActor;
use domain::db::Db;
use domain::id::RequestId;
use domain::request::RequestFilter;

use crate::Result;

#[derive(Clone, Copy, Debug)]
pub enum Page {
    Home,
    Requests,
    Request(RequestId),
}

impl Page {
    /// The page of a path, if it is one that is measured.
    pub fn at(path: &str) -> Option<Self> {
        match path {
            "/" => Some(Self::Home),
            "/requests" => Some(Self::Requests),
            _ => path.strip_prefix("/requests/")?.parse().ok().map(Self::Request),
        }
    }

    pub fn path(self) -> String {
        match self {
            Self::Home => "/".to_owned(),
            Self::Requests => "/requests".to_owned(),
            Self::Request(id) => format!("/requests/{id}"),
        }
    }

    /// The reads of the page's server functions, and of the frame around every page.
    pub async fn read(self, db: &Db, actor: &PortalActor) -> Result<()> {
        let portal = db.portal(actor);
        portal.me().await?;
        match self {
            Self::Home => drop(portal.home().await?),
            Self::Requests => drop((portal.requests(&RequestFilter::default()).await?, portal.places().await?)),
            Self::Request(id) => drop(portal.request(id).await?),
        }
        Ok(())
    }
}
