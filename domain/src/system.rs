//! The door of the process itself: start-up, commands and jobs. [`Db::open`] gives it out once; request handlers never hold one.

use crate::clock::Instant;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::id::StaffId;
use crate::journal::{By, Position};
use crate::session;
use crate::staff::StaffInput;

pub struct System {
    pub(crate) db: Db,
}

impl System {
    pub(crate) fn new(db: Db) -> Self {
        Self { db }
    }

    /// Brings the schema to this build's. Safe to call from several nodes at once.
    ///
    /// # Errors
    /// When the database has a newer schema than this build.
    pub async fn migrate(&self) -> Result<()> {
        self.db.migrate().await
    }

    /// Whether nobody has worked with this database yet.
    pub async fn is_empty(&self) -> Result<bool> {
        let (count,): (i64,) = read!(self.db.main_reader(), One<(i64,)>, "SELECT COUNT(*) FROM staff")?;
        Ok(count == 0)
    }

    /// Names the service company; the first call makes the installation.
    pub async fn set_company(&self, company: &str, emergency_phone: &str) -> Result<()> {
        let mut w = self.db.write().await?;
        change!(
            w,
            "INSERT INTO installation (id, company, emergency_phone) VALUES (1, $1, $2)
             ON CONFLICT (id) DO UPDATE SET company = $1, emergency_phone = $2",
            company,
            emergency_phone,
        )?;
        w.commit_unrecorded().await
    }

    /// Marks the database as the demo of a day (`YYYY-MM-DD`).
    pub async fn mark_demo(&self, day: &str) -> Result<()> {
        let mut w = self.db.write().await?;
        change!(w, "UPDATE installation SET demo_day = $1 WHERE id = 1", day)?;
        w.commit_unrecorded().await
    }

    /// The day the demo was built for, if this is one.
    pub async fn demo_day(&self) -> Result<Option<String>> {
        let row = read!(self.db.main_reader(), Option<(Option<String>,)>, "SELECT demo_day FROM installation WHERE id = 1")?;
        Ok(row.and_then(|(day,)| day))
    }

    /// Takes everything out of a demo's database, so that it can be built anew. Does nothing to any other.
    pub async fn erase_demo(&self) -> Result<()> {
        if self.demo_day().await?.is_none() {
            return Err(Error::Broken("only a demo can be erased".into()));
        }
        self.db.files().clear()?;
        self.db.drop_everything().await
    }

    /// Adds a staff member from the command line: the way in to an empty installation.
    pub async fn add_staff(&self, input: &StaffInput) -> Result<StaffId> {
        crate::staff::desk::insert_staff(&self.db, By::System, input).await
    }

    /// Tidies up: ends grants that ran out, and removes what has expired and files that belong to nothing.
    pub async fn sweep(&self) -> Result<()> {
        let now = self.db.now();
        session::contact::end_grants_past(&self.db, now).await?;
        crate::attachment::store::remove_orphans(&self.db).await?;
        self.forget_before(now).await
    }

    async fn forget_before(&self, now: Instant) -> Result<()> {
        const DAY: i64 = 86_400;
        let mut w = self.db.write().await?;
        change!(w, "DELETE FROM form_state WHERE expires_at <= $1", now)?;
        change!(w, "DELETE FROM throttle WHERE window_start <= $1", now.minus(DAY))?;
        // A year after a mail hardly anybody stops mails by its link.
        change!(w, "DELETE FROM unsubscribe_token WHERE created_at <= $1", now.minus(365 * DAY))?;
        w.commit_unrecorded().await
    }

    /// How far the journal goes: it moves with every event, whoever it is for.
    pub async fn journal_position(&self) -> Result<Position> {
        let (position,) = read!(self.db.main_reader(), One<(Position,)>, "SELECT last_seq FROM journal_counter WHERE id = 1")?;
        Ok(position)
    }

    /// Closes the connections: what SQLite has in its log is moved into the file.
    pub async fn close(self) {
        self.db.close().await;
    }
}
