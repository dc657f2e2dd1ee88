//! Load: so many connections, each of which asks again as soon as it was answered, or at a fixed rate.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use clap::Args;
use domain::id::LocationId;
use tokio::task::JoinSet;

use crate::Result;
use crate::client::Client;

#[derive(Args, Clone)]
pub struct Load {
    #[arg(long)]
    address: SocketAddr,
    #[arg(long)]
    session: String,
    /// Page to ask for; with --submit, none
    #[arg(long, default_value = "/")]
    path: String,
    /// Send requests for this location instead, each from its first form to its last
    #[arg(long)]
    submit: Option<LocationId>,
    #[arg(long, default_value_t = 16)]
    connections: u32,
    #[arg(long, default_value_t = 10)]
    seconds: u64,
    /// So many a second in all, instead of as many as it goes
    #[arg(long)]
    rate: Option<u32>,
}

/// Before it is measured: pools fill, statements are prepared.
const WARM_UP: Duration = Duration::from_secs(1);

impl Load {
    pub async fn run(self) -> Result<()> {
        let begin = Instant::now() + WARM_UP;
        let mut connections = JoinSet::new();
        for number in 0..self.connections {
            connections.spawn(self.clone().connection(number, begin));
        }
        let mut times = Vec::new();
        while let Some(one) = connections.join_next().await {
            times.extend(one??);
        }
        times.sort_unstable();
        let ms = |share: f64| percentile(&times, share).as_secs_f64() * 1_000.0;
        println!("{:.0} {:.2} {:.2} {:.2}", times.len() as f64 / self.seconds as f64, ms(0.50), ms(0.95), ms(0.99));
        Ok(())
    }

    /// The times of one connection's questions. At a rate, a question's time begins when it should have been asked, not when a slow answer
    /// let it be.
    async fn connection(self, number: u32, begin: Instant) -> Result<Vec<Duration>> {
        let mut client = Client::connect(self.address, &self.session).await?;
        let end = begin + Duration::from_secs(self.seconds);
        let pause = self.rate.map(|rate| Duration::from_secs(1) * self.connections / rate.max(1));
        let mut next = Instant::now() + pause.unwrap_or_default() * number / self.connections;
        let mut times = Vec::new();
        loop {
            if let Some(pause) = pause {
                tokio::time::sleep_until(next.into()).await;
                next += pause;
            }
            let started = pause.map_or_else(Instant::now, |pause| next - pause);
            if started >= end {
                return Ok(times);
            }
            self.once(&mut client).await?;
            if started >= begin {
                times.push(started.elapsed());
            }
        }
    }

    async fn once(&self, client: &mut Client) -> Result<()> {
        match self.submit {
            None => client.get(&self.path).await.map(drop),
            Some(location) => submit(client, location).await,
        }
    }
}

/// Sends a request as somebody without script does: the forms of all four steps.
async fn submit(client: &mut Client, location: LocationId) -> Result<()> {
    let to = client.post("/api/portal/start_draft", &[("location", &location.to_string())]).await?;
    let draft = to.strip_prefix("/requests/new/").and_then(|rest| rest.split('?').next()).ok_or("no draft was begun")?;
    let what = [
        ("draft", draft),
        ("what[kind]", "service"),
        ("what[title]", "The door does not close"),
        ("what[description]", "Since this morning the door at the side does not close any more."),
        ("what[on_site_contact]", ""),
        ("what[urgency]", "normal"),
    ];
    client.post("/api/portal/save_what", &what).await?;
    client.post("/api/portal/save_when", &[("draft", draft), ("timing", "any")]).await?;
    let sent = client.post("/api/portal/submit", &[("draft", draft)]).await?;
    if sent.ends_with("sent=yes") { Ok(()) } else { Err(format!("not sent: {sent}").into()) }
}

/// The time that this share of all was not longer than.
fn percentile(sorted: &[Duration], share: f64) -> Duration {
    let last = sorted.len().saturating_sub(1);
    sorted.get((last as f64 * share).round() as usize).copied().unwrap_or_default()
}
