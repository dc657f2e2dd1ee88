//! What runs: two listeners and the jobs, from settings until a signal.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use app::ctx::Face;
use axum::Router;
use domain::clock::Clock;
use domain::company::DEFAULT_NAME;
use domain::db::Db;
use domain::mail::Mailer;
use domain::system::System;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::config::{Config, PublicUrl};
use crate::face::{Inner, Served};
use crate::live::Live;
use crate::site::Site;
use crate::{Error, Result, accept, jobs, routes};

/// Until everything must have stopped: a little longer than requests may take.
const STOP: Duration = Duration::from_secs(12);

/// A running server.
pub struct Running {
    /// Where the listeners really are, whatever port was asked for.
    pub portal: SocketAddr,
    pub desk: SocketAddr,
    pub db: Db,
    /// The process's own door; see [`System`].
    pub system: Arc<System>,
    stop: CancellationToken,
    tasks: JoinSet<()>,
}

/// Serves until SIGINT or SIGTERM.
pub async fn until_stopped(config: &Config) -> Result<()> {
    take_all_descriptors();
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    let running = Running::start(config, Clock::System).await?;
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
    tracing::info!("stopping");
    running.stop().await;
    Ok(())
}

/// A connection takes a descriptor, and many systems give a program few until it asks for more.
fn take_all_descriptors() {
    let most = getrlimit(Resource::Nofile).maximum;
    if let Err(error) = setrlimit(Resource::Nofile, Rlimit { current: most, maximum: most }) {
        tracing::warn!(%error, "the number of connections stays limited");
    }
}

impl Running {
    /// Opens the database, brings it to this version, and starts both listeners and the jobs.
    ///
    /// # Errors
    /// When settings contradict each other, an address is taken, or the database cannot be opened.
    pub async fn start(config: &Config, clock: Clock) -> Result<Self> {
        config.check()?;
        let (portal, desk) = (listen(config, Face::Portal).await?, listen(config, Face::Desk).await?);
        let (portal_address, desk_address) = (portal.local_addr()?, desk.local_addr()?);
        let portal_url = config.public_url(Face::Portal, portal_address)?;
        let desk_url = config.public_url(Face::Desk, desk_address)?;
        let mailer = mailer(config)?;
        let (db, system) = Db::open(&config.base.storage(), config.settings(&portal_url), clock.clone()).await?;
        system.migrate().await?;
        if system.demo_day().await?.is_some() && [&portal_url, &desk_url].iter().any(|url| !url.is_loopback()) {
            return Err(Error::Settings("This database is the demo, whose passwords are known: it is served to this machine only.".into()));
        }
        name_company(config, &db, &system).await?;
        if system.is_empty().await? {
            tracing::warn!("nobody can sign in at the desk yet; add somebody with: ordinavo staff add");
        }

        let (system, stop, mut tasks) = (Arc::new(system), CancellationToken::new(), JoinSet::new());
        let live = Live::new(clock, stop.clone());
        // Before anybody connects: what happened until now is in the pages.
        live.publish(system.journal_position().await?);
        for (face, listener, url) in [(Face::Portal, portal, portal_url), (Face::Desk, desk, desk_url)] {
            tracing::info!(?face, address = %listener.local_addr()?, %url, "listening");
            tasks.spawn(accept::serve(listener, router(config, face, &db, url, &live)?, stop.clone()));
        }
        tasks.spawn({
            let (system, stop) = (system.clone(), stop.clone());
            async move { jobs::run(&system, &mailer, &live, &stop).await }
        });
        Ok(Self { portal: portal_address, desk: desk_address, db, system, stop, tasks })
    }

    /// Stops: requests and jobs under way may finish, up to a limit; then the database is closed.
    pub async fn stop(self) {
        self.stop.cancel();
        if tokio::time::timeout(STOP, self.tasks.join_all()).await.is_err() {
            tracing::warn!("a job did not finish in time; it is done again after the next start");
        }
        if let Some(system) = Arc::into_inner(self.system) {
            system.close().await;
        }
    }
}

async fn listen(config: &Config, face: Face) -> Result<TcpListener> {
    let (address, setting) = match face {
        Face::Portal => (config.portal_address, "--portal-address"),
        Face::Desk => (config.desk_address, "--desk-address"),
    };
    TcpListener::bind(address).await.map_err(|cause| Error::Listen { address, setting, cause })
}

/// What a listener serves. Tests ask it without a network.
///
/// # Errors
/// When the environment that cargo-leptos sets is not understood.
pub fn router(config: &Config, face: Face, db: &Db, public_url: PublicUrl, live: &Live) -> Result<Router> {
    let (site, trusted_proxies) = (Site::of(face, &config.site())?, config.trusted_proxies.clone());
    Ok(routes::router(Served::new(Inner { face, db: db.clone(), public_url, trusted_proxies, site, live: live.clone() })))
}

fn mailer(config: &Config) -> Result<Mailer> {
    let Some(url) = &config.smtp_url else { return Ok(Mailer::folder(config.mail_folder(), config.sender())?) };
    let credentials = match (&config.smtp_user, &config.smtp_password) {
        (Some(user), Some(password)) => Some((user.0.clone(), password.reveal().to_owned())),
        _ => None,
    };
    Ok(Mailer::smtp(url.reveal(), credentials, config.sender())?)
}

/// A new installation gets the configured name, or the product's. From then on the settings of the desk have it.
async fn name_company(config: &Config, db: &Db, system: &System) -> Result<()> {
    if db.anonymous().company().await?.name.is_empty() {
        let name = config.company.as_ref().map_or(DEFAULT_NAME, |name| name.0.as_str());
        let phone = config.emergency_phone.as_ref().map_or("", |phone| phone.0.as_str());
        system.set_company(name, phone).await?;
    }
    Ok(())
}
