//! What changed for a contact, read from the one view that joins the journal's allow-list with what the viewer may know of.

use crate::actor::Portal;
use crate::change::{COMMITTED_LATER, Change, Changes};
use crate::clock::Instant;
use crate::error::Result;
use crate::journal::Position;

#[derive(sqlx::FromRow)]
struct Row {
    change: Change,
    seq: Position,
    at: Instant,
}

impl Portal<'_> {
    /// What changed after a position.
    pub async fn changes(&self, after: Position) -> Result<Changes> {
        let now = self.db.now();
        let rows = read!(
            self.reader(),
            Vec<Row>,
            "SELECT change, MAX(seq) AS seq, MAX(at) AS at FROM portal_change WHERE contact_id = $1 AND seq > $2 GROUP BY change",
            self.contact(),
            after,
        )?;
        Ok(gathered(rows, now, after))
    }

    /// What changed since a moment, for whoever knows no position. Something of the minute before may be among it.
    pub async fn changes_since(&self, moment: Instant) -> Result<Changes> {
        let now = self.db.now();
        let rows = read!(
            self.reader(),
            Vec<Row>,
            "SELECT change, MAX(seq) AS seq, MAX(at) AS at FROM portal_change WHERE contact_id = $1 AND at >= $2 GROUP BY change",
            self.contact(),
            moment.minus(COMMITTED_LATER),
        )?;
        Ok(gathered(rows, now, Position::default()))
    }
}

fn gathered(rows: Vec<Row>, now: Instant, after: Position) -> Changes {
    let mut changes = Changes::none(now, after);
    rows.into_iter().for_each(|row| changes.add(&[row.change], row.seq, row.at));
    changes
}
