//! Forms that were refused without script: what was typed and what was wrong wait here until the form is shown again.

use crate::actor::Anonymous;
use crate::error::Result;
use crate::id::{self, FormStateId};

/// How long a refused form is kept, in seconds.
const LIFE: i64 = 900;

impl Anonymous<'_> {
    /// Keeps a refused form for its owner (the value of a random cookie) and page. Passwords must not be among the fields.
    pub async fn keep_form(&self, owner: &str, path: &str, fields: &str, error: &str) -> Result<()> {
        let mut w = self.db.write().await?;
        let (owner, now) = (id::hash(owner.as_bytes()), w.now);
        change!(w, "DELETE FROM form_state WHERE expires_at <= $1 OR (owner = $2 AND path = $3)", now, owner.as_str(), path)?;
        change!(
            w,
            "INSERT INTO form_state (id, owner, path, fields, error, expires_at) VALUES ($1, $2, $3, $4, $5, $6)",
            FormStateId::new(),
            owner.as_str(),
            path,
            fields,
            error,
            now.plus(LIFE),
        )?;
        w.commit_unrecorded().await
    }

    /// Takes a refused form out again: its fields and its error.
    pub async fn take_form(&self, owner: &str, path: &str) -> Result<Option<(String, String)>> {
        let owner = id::hash(owner.as_bytes());
        let mut w = self.db.write().await?;
        let found = within!(
            w,
            Option<(String, String)>,
            "DELETE FROM form_state WHERE owner = $1 AND path = $2 AND expires_at > $3 RETURNING fields, error",
            owner,
            path,
            self.db.now(),
        )?;
        w.commit_unrecorded().await?;
        Ok(found)
    }
}
