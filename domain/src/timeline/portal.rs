//! The customer's timeline, read from the one view that joins the journal's allow-list with what the viewer sees.

use crate::actor::Portal;
use crate::clock::{self, Instant, Zone};
use crate::customer::portal::{Narrowed, with_words};
use crate::error::Result;
use crate::id::{RequestId, TargetId};
use crate::page::{Cursor, PAGE_SIZE, Page};
use crate::text::Lang;
use crate::timeline::{Milestone, Noun, TimelineEntry, TimelineFilter};

#[derive(sqlx::FromRow)]
struct Entry {
    seq: i64,
    at: Instant,
    kind: Milestone,
    noun: Noun,
    subject_id: uuid::Uuid,
    location_name: String,
    zone: String,
    title: String,
}

/// The query of all lists here: what happened, as far as the viewer sees it, and a rest of its own.
macro_rules! entries {
    ($($rest:tt)+) => {
        concat!(
            "SELECT seq, at, kind, noun, subject_id, location_name, zone, title
             FROM portal_timeline WHERE contact_id = $1 AND ",
            $($rest)+
        )
    };
}

impl Entry {
    fn view(self, lang: Lang) -> TimelineEntry {
        let zone = Zone::stored(&self.zone);
        let day = self.at.date_in(&zone);
        TimelineEntry {
            milestone: self.kind,
            at: self.at.stamp(&zone, lang),
            month: format!("{:04}-{:02}", day.year(), day.month()),
            month_text: clock::month_text(day, lang),
            title: self.title,
            location_name: self.location_name,
            href: self.noun.href(self.subject_id),
        }
    }
}

impl Portal<'_> {
    /// What happened, newest first.
    pub async fn timeline(&self, filter: &TimelineFilter) -> Result<Page<TimelineEntry>> {
        // A page continues after a moment and a subject: the journal's own number would tell how much happens at all customers.
        let (at, last) = match Cursor::parts(Some(&Cursor(filter.after.clone()))) {
            (Some(at), Some(subject)) => (Some(at), self.first_of(at, subject).await?),
            _ => (None, None),
        };
        let Narrowed { location, words: [a, b, c, d, e] } = Narrowed::to(&filter.location, &filter.place);
        let noun = Some(filter.noun.as_str()).filter(|noun| !noun.is_empty());
        let rows = read!(
            self.reader(),
            Vec<Entry>,
            entries!(
                "($2 IS NULL OR customer_id = $2) AND ($3 IS NULL OR location_id = $3) AND ($4 IS NULL OR noun = $4)
                    AND ($5 IS NULL OR at < $5 OR (at = $5 AND seq < $6))",
                with_words!("location_id", "$8", "$9", "$10", "$11", "$12"),
                " ORDER BY at DESC, seq DESC LIMIT $7"
            ),
            self.contact(),
            self.actor.customer,
            location,
            noun,
            at,
            last,
            PAGE_SIZE + 1,
            a.as_deref(),
            b.as_deref(),
            c.as_deref(),
            d.as_deref(),
            e.as_deref(),
        )?;
        Ok(Page::of(rows, |row| (row.at.micros(), row.subject_id), |row| row.view(self.actor.lang)))
    }

    /// The journal's first number of what happened with a subject at a moment; none once the viewer sees it no more. It is a statement of
    /// its own, because within the list's it would be planned anew for each part of the view.
    async fn first_of(&self, at: i64, subject: uuid::Uuid) -> Result<Option<i64>> {
        let (seq,) = read!(
            self.reader(),
            One<(Option<i64>,)>,
            "SELECT MIN(seq) FROM portal_timeline WHERE contact_id = $1 AND at = $2 AND subject_id = $3",
            self.contact(),
            at,
            subject,
        )?;
        Ok(seq)
    }
}

/// What happened with one request and with the work for it, oldest first (T2).
pub(crate) async fn of_request(portal: &Portal<'_>, request: RequestId, targets: &[TargetId]) -> Result<Vec<TimelineEntry>> {
    let mut rows = read!(
        portal.reader(),
        Vec<Entry>,
        entries!("noun = 'request' AND subject_id = $2 ORDER BY at, seq LIMIT 500"),
        portal.contact(),
        request,
    )?;
    for target in targets {
        rows.extend(read!(portal.reader(), Vec<Entry>, entries!("target_id = $2 ORDER BY at, seq LIMIT 500"), portal.contact(), *target,)?);
    }
    rows.sort_by_key(|row| (row.at, row.seq));
    Ok(rows.into_iter().map(|row| row.view(portal.actor.lang)).collect())
}
