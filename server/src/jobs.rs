//! What the server does without being asked: decisions whose time to take back is over take effect, mail leaves, what has expired goes, open
//! pages hear that something happened.

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use domain::mail::Mailer;
use domain::system::System;
use futures::FutureExt;
use tokio_util::sync::CancellationToken;

use crate::live::Live;

/// After a failure, most likely of the database, before trying again.
const PAUSE: Duration = Duration::from_secs(10);

/// Runs until stopped. They wait for nothing of each other: a slow mail server delays no decision.
pub async fn run(system: &System, mailer: &Mailer, live: &Live, stop: &CancellationToken) {
    tokio::join!(
        every(Duration::from_secs(1), stop, "decisions", || async { system.run_due_decisions().await.map(drop) }),
        every(Duration::from_secs(1), stop, "mail", || async { system.send_due_mail(mailer).await.map(drop) }),
        every(Duration::from_secs(1), stop, "live", || async { system.journal_position().await.map(|position| live.publish(position)) }),
        every(Duration::from_secs(3_600), stop, "sweep", || system.sweep()),
    );
}

/// Repeats a job. A failure or a panic is logged and never ends it; stopping waits for what has begun.
async fn every<F: Future<Output = domain::Result<()>>>(pause: Duration, stop: &CancellationToken, job: &str, work: impl Fn() -> F) {
    let mut next = Duration::ZERO;
    while stop.run_until_cancelled(tokio::time::sleep(next)).await.is_some() {
        next = match AssertUnwindSafe(work()).catch_unwind().await {
            Ok(Ok(())) => pause,
            Ok(Err(error)) => {
                tracing::error!(job, %error, "a job failed");
                pause.max(PAUSE)
            }
            Err(_) => pause.max(PAUSE),
        };
    }
}
