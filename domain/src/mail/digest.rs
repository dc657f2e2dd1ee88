//! The daily mail: events gather in one job per contact, which is due the next morning.

use jiff::civil::Time;

use crate::clock::Zone;
use crate::db::Db;
use crate::error::Result;
use crate::id::{ContactId, JobId, LocationId};
use crate::journal::Write;
use crate::mail::{Letter, Link, Stops, link_to, notice};
use crate::text::{Lang, Text};

/// When the digest leaves, at the location of its oldest event.
const MORNING: Time = Time::constant(7, 0, 0, 0);

/// Lets an event wait for a contact's digest. The first one decides the hour; a digest that a node works on already takes no more, so that
/// none is lost between its reading and its sending.
pub(super) async fn add(w: &mut Write<'_>, contact: ContactId, seq: i64, location: Option<LocationId>) -> Result<()> {
    let zone = within!(w, Option<(String,)>, "SELECT zone FROM location WHERE id = $1", location)?;
    let due = w.now.next_at(MORNING, &Zone::stored(zone.as_ref().map_or("UTC", |(zone,)| zone.as_str())));
    let now = w.now;
    // The update changes nothing: it takes the waiting job's row, so that no node begins to work on it before this is committed.
    let (job,): (JobId,) = within!(
        w,
        One<(JobId,)>,
        "INSERT INTO job (id, kind, contact_id, run_at, created_at) VALUES ($1, 'digest_mail', $2, $3, $4)
         ON CONFLICT (contact_id) WHERE kind = 'digest_mail' AND attempts = 0 DO UPDATE SET run_at = job.run_at
         RETURNING id",
        JobId::new(),
        contact,
        due,
        now,
    )?;
    change!(w, "INSERT INTO digest_line (job_id, event_seq) VALUES ($1, $2)", job, seq)?;
    Ok(())
}

/// One node at a time begins to work on the digests of a contact. The update changes nothing: it takes the row.
pub(super) async fn hold(w: &mut Write<'_>, contact: ContactId) -> Result<()> {
    change!(w, "UPDATE contact SET version = version WHERE id = $1", contact)?;
    Ok(())
}

/// Takes along what else waits for the contact, so that a digest that could not be sent in time does not arrive beside the next one.
pub(super) async fn gather(w: &mut Write<'_>, job: JobId, contact: ContactId) -> Result<()> {
    let now = w.now;
    // First the jobs, which waits for events that are just being added; then their lines. A job that was tried takes no more events.
    let others = within!(
        w,
        Vec<(JobId,)>,
        "UPDATE job SET attempts = attempts + 1, done_at = $3
         WHERE contact_id = $2 AND kind = 'digest_mail' AND id <> $1 AND done_at IS NULL AND gave_up_at IS NULL
            AND (leased_until IS NULL OR leased_until <= $3)
         RETURNING id",
        job,
        contact,
        now,
    )?;
    for (other,) in others {
        change!(w, "UPDATE digest_line SET job_id = $1 WHERE job_id = $2", job, other)?;
    }
    Ok(())
}

/// The mail of a digest, or none when its recipient may see none of its subjects any more, or wants no mail about them.
pub(super) async fn letter(db: &Db, job: JobId, contact: ContactId, lang: Lang, public_url: &str) -> Result<Option<Letter>> {
    let events = read!(db.main_reader(), Vec<(i64,)>, "SELECT event_seq FROM digest_line WHERE job_id = $1 ORDER BY event_seq", job)?;
    let mut lines: Vec<Link> = Vec::new();
    for (seq,) in events {
        let Some(told) = notice::told(db, seq, contact, lang).await? else { continue };
        let line = Link { label: told.sentence, url: link_to(public_url, &told.path) };
        // Three messages on one request are one line.
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    Ok((!lines.is_empty()).then(|| Letter {
        subject: Text::new("Your daily summary", "Ihre tägliche Übersicht").get(lang).to_owned(),
        sentence: Text::new("This is new in the customer portal:", "Das ist neu im Kundenportal:").get(lang).to_owned(),
        lines,
        action: Text::new("Open the portal", "Portal öffnen"),
        path: "/".to_owned(),
        note: Text::new("", ""),
        stops: Some(Stops::Digest),
    }))
}
