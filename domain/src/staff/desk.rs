//! Staff, for administrators.

use std::collections::HashMap;

use crate::actor::Desk;
use crate::clock::Instant;
use crate::customer::NAME_LIMIT;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::field::{self, Problem, Problems, Refusal};
use crate::id::StaffId;
use crate::journal::{By, Event, EventKind, Write};
use crate::password;
use crate::role::{Act, Role};
use crate::session::SessionView;
use crate::staff::{StaffInput, StaffRow};

#[derive(sqlx::FromRow)]
struct ListRow {
    id: StaffId,
    name: String,
    email: String,
    role: Role,
    disabled_at: Option<Instant>,
    last_sign_in_at: Option<Instant>,
    version: i64,
}

#[derive(sqlx::FromRow)]
struct Standing {
    name: String,
    role: Role,
    disabled_at: Option<Instant>,
    version: i64,
}

/// Adds a staff member who can sign in with the password. The first one is added from the command line, by the system.
///
/// # Errors
/// Problems of the fields `name`, `email`, `role` and `password`; `Taken` on `email`.
pub(crate) async fn insert_staff(db: &Db, by: By, input: &StaffInput) -> Result<StaffId> {
    let mut problems = Problems::default();
    let name = problems.take("name", field::line(&input.name, 1, NAME_LIMIT));
    let email = problems.take("email", field::email(&input.email));
    let role = problems.take("role", parse_role(&input.role));
    let password = problems.take("password", password::check_new(&input.password));
    let (Some(name), Some(email), Some(role), Some(())) = (name, email, role, password) else { return Err(problems.into()) };
    let hash = password::hash(db, &input.password).await?;
    let mut w = db.write().await?;
    let (id, now) = (StaffId::new(), w.now);
    change!(
        w,
        "INSERT INTO staff (id, email, name, role, password_hash, created_at) VALUES ($1, $2, $3, $4, $5, $6)",
        id,
        email.as_str(),
        name.as_str(),
        role,
        hash.as_str(),
        now,
    )
    .map_err(|e| if e.is_unique_violation() { Error::invalid("email", Problem::Taken) } else { e })?;
    w.record(by, Event { staff: Some(id), details: role.word().to_owned(), ..Event::new(EventKind::StaffAdded) });
    w.commit().await?;
    Ok(id)
}

fn parse_role(word: &str) -> Result<Role, Problem> {
    if word.is_empty() { Err(Problem::NothingChosen) } else { word.parse() }
}

impl Desk<'_> {
    /// All staff by name, the disabled ones too.
    pub async fn staff(&self) -> Result<Vec<StaffRow>> {
        self.allow(Act::Administer).await?;
        let rows = read!(
            self.reader(),
            Vec<ListRow>,
            "SELECT id, name, email, role, disabled_at, last_sign_in_at, version FROM staff ORDER BY name, id",
        )?;
        let zone = self.company_zone().await?;
        let mut sessions: HashMap<StaffId, Vec<SessionView>> = HashMap::new();
        for (staff, session) in self.live_sessions(None).await? {
            sessions.entry(staff).or_default().push(session);
        }
        let view = |row: ListRow| StaffRow {
            sessions: sessions.remove(&row.id).unwrap_or_default(),
            id: row.id,
            name: row.name,
            email: row.email,
            role: row.role,
            disabled: row.disabled_at.is_some(),
            last_sign_in: row.last_sign_in_at.map(|at| at.stamp(&zone, self.actor.lang)),
            version: row.version,
        };
        Ok(rows.into_iter().map(view).collect())
    }

    /// # Errors
    /// Problems of the fields `name`, `email`, `role` and `password`; `Taken` on `email`.
    pub async fn add_staff(&self, input: &StaffInput) -> Result<StaffId> {
        self.allow(Act::Administer).await?;
        insert_staff(self.db, self.by(), input).await
    }

    /// # Errors
    /// Problems of the fields `name` and `role`; `LastAdmin`; [`Error::Conflict`] for a stale version.
    pub async fn edit_staff(&self, staff: StaffId, version: i64, name: &str, role: &str) -> Result<()> {
        let mut w = self.begin(Act::Administer).await?;
        let mut problems = Problems::default();
        let name = problems.take("name", field::line(name, 1, NAME_LIMIT));
        let role = problems.take("role", parse_role(role));
        let (Some(name), Some(role)) = (name, role) else { return Err(problems.into()) };
        hold_admins(&mut w).await?;
        let old = standing(&mut w, staff, version).await?;
        let rows = change!(
            w,
            "UPDATE staff SET name = $3, role = $4, version = version + 1 WHERE id = $1 AND version = $2
             AND ($4 = 'admin' OR role <> 'admin' OR disabled_at IS NOT NULL OR EXISTS
                (SELECT 1 FROM staff other WHERE other.id <> $1 AND other.role = 'admin' AND other.disabled_at IS NULL))",
            staff,
            version,
            name.as_str(),
            role,
        )?;
        if rows == 0 {
            return Err(Error::refused(Refusal::LastAdmin));
        }
        let mut details = Vec::new();
        if old.name != name {
            details.push("name".to_owned());
        }
        if old.role != role {
            details.push(format!("role {}→{role}", old.role));
        }
        self.record_change(&mut w, staff, details.join("; "));
        w.commit().await
    }

    /// Shuts a staff member out at once. What it did stays.
    ///
    /// # Errors
    /// `LastAdmin`; [`Error::Conflict`] for a stale version or one who is disabled already.
    pub async fn disable_staff(&self, staff: StaffId, version: i64) -> Result<()> {
        let mut w = self.begin(Act::Administer).await?;
        hold_admins(&mut w).await?;
        if standing(&mut w, staff, version).await?.disabled_at.is_some() {
            return Err(Error::Conflict);
        }
        let now = w.now;
        let rows = change!(
            w,
            "UPDATE staff SET disabled_at = $3, version = version + 1 WHERE id = $1 AND version = $2 AND disabled_at IS NULL
             AND (role <> 'admin' OR EXISTS
                (SELECT 1 FROM staff other WHERE other.id <> $1 AND other.role = 'admin' AND other.disabled_at IS NULL))",
            staff,
            version,
            now,
        )?;
        if rows == 0 {
            return Err(Error::refused(Refusal::LastAdmin));
        }
        change!(w, "UPDATE staff_session SET ended_at = $2 WHERE staff_id = $1 AND ended_at IS NULL", staff, now)?;
        self.record_change(&mut w, staff, "disabled".to_owned());
        w.commit().await
    }

    /// # Errors
    /// [`Error::Conflict`] for a stale version or one who is not disabled.
    pub async fn enable_staff(&self, staff: StaffId, version: i64) -> Result<()> {
        let mut w = self.begin(Act::Administer).await?;
        standing(&mut w, staff, version).await?;
        let rows = change!(
            w,
            "UPDATE staff SET disabled_at = NULL, version = version + 1 WHERE id = $1 AND version = $2 AND disabled_at IS NOT NULL",
            staff,
            version,
        )?;
        Error::unless_swapped(rows)?;
        self.record_change(&mut w, staff, "enabled".to_owned());
        w.commit().await
    }

    fn record_change(&self, w: &mut Write<'_>, staff: StaffId, details: String) {
        w.record(self.by(), Event { staff: Some(staff), details, ..Event::new(EventKind::StaffChanged) });
    }
}

/// Makes acts on administrators wait for each other: on PostgreSQL two of them could otherwise disable one another at once, each still
/// seeing the other enabled.
async fn hold_admins(w: &mut Write<'_>) -> Result<()> {
    change!(w, "UPDATE staff SET role = role WHERE role = 'admin' AND disabled_at IS NULL")?;
    Ok(())
}

/// A staff member as it stands, if that is how the asking page saw it.
async fn standing(w: &mut Write<'_>, staff: StaffId, version: i64) -> Result<Standing> {
    let row =
        within!(w, Option<Standing>, "SELECT name, role, disabled_at, version FROM staff WHERE id = $1", staff)?.ok_or(Error::NotFound)?;
    if row.version == version { Ok(row) } else { Err(Error::Conflict) }
}
