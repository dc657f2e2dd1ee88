//! What a page's time goes to. Each part is measured by itself, one question after the other on an idle server: the session's lookup, the
//! page's reads, the whole answer without a network, and the whole answer over a connection of this machine. Rendering is what the whole
//! takes longer than its parts, sending is what the connection adds.

use std::time::{Duration, Instant};

use app::ctx::Face;
use axum::Router;
use axum::body::Body;
use domain::clock::Clock;
use domain::db::Db;
use domain::id::{RequestId, Token};
use http::{Request, header};
use http_body_util::BodyExt;
use server::config::Config;
use server::live::Live;
use server::serve::{self, Running};
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

use crate::Result;
use crate::client::Client;
use crate::pages::Page;

pub async fn run(config: &Config, session: &str, request: RequestId, rounds: usize) -> Result<()> {
    let running = Running::start(config, Clock::System).await?;
    let url = config.public_url(Face::Portal, running.portal)?;
    let router = serve::router(config, Face::Portal, &running.db, url, &Live::new(Clock::System, CancellationToken::new()))?;
    let mut client = Client::connect(running.portal, session).await?;
    println!("{:<10} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9}", "page", "session", "SQL", "rendering", "sending", "all", "bytes");
    for (name, page) in [("home", Page::Home), ("requests", Page::Requests), ("request", Page::Request(request))] {
        let mut bytes = 0;
        let mut times: [Vec<Duration>; 4] = Default::default();
        // The first rounds fill caches.
        for round in 0..rounds + 20 {
            let (taken, size) = once(&running.db, &router, &mut client, session, page).await?;
            bytes = size;
            if round >= 20 {
                times.iter_mut().zip(taken).for_each(|(all, one)| all.push(one));
            }
        }
        let [session, reads, whole, sent] = times.map(|mut all| median(&mut all) * 1_000.0);
        let (rendering, sending) = ((whole - session - reads).max(0.0), (sent - whole).max(0.0));
        println!("{name:<10} {session:>9.2} {reads:>9.2} {rendering:>9.2} {sending:>9.2} {sent:>9.2} {bytes:>9}");
    }
    running.stop().await;
    Ok(())
}

/// One round: session, reads, whole answer, answer over a connection; and the answer's size.
async fn once(db: &Db, router: &Router, client: &mut Client, session: &str, page: Page) -> Result<([Duration; 4], usize)> {
    let started = Instant::now();
    let actor = db.portal_actor(&Token::presented(session)).await?;
    let looked_up = started.elapsed();

    let started = Instant::now();
    page.read(db, &actor).await?;
    let read = started.elapsed();

    let question = Request::get(page.path())
        .header(header::ACCEPT, "text/html")
        .header(header::COOKIE, format!("ordinavo_portal={session}"))
        .body(Body::empty())?;
    let started = Instant::now();
    let answer = router.clone().oneshot(question).await?;
    if !answer.status().is_success() {
        return Err(format!("{} answered {}", page.path(), answer.status()).into());
    }
    let size = answer.into_body().collect().await?.to_bytes().len();
    let whole = started.elapsed();

    let started = Instant::now();
    client.get(&page.path()).await?;
    Ok(([looked_up, read, whole, started.elapsed()], size))
}

/// Seconds.
fn median(times: &mut [Duration]) -> f64 {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default().as_secs_f64()
}
