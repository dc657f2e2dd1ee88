//! The database: one schema on two engines, and the doors to it.
//!
//! There is no public pool. Whoever wants data asks for a door: [`Db::anonymous`] (passwords and tokens), [`Db::portal`] (a signed-in
//! contact), [`Db::desk`] (a signed-in staff member), or holds the [`System`] that [`Db::open`] gave to the process's start.

use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use sqlx::migrate::Migrator;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};
use tokio::sync::Semaphore;

use crate::actor::{Anonymous, Desk, Portal, PortalActor, StaffActor};
use crate::attachment::store::Files;
use crate::clock::{Clock, Instant};
use crate::error::{Error, Result};
use crate::journal::Write;
use crate::system::System;

static MIGRATIONS: Migrator = sqlx::migrate!("../migrations");
const VIEWS: &str = include_str!("../../migrations/views.sql");

/// Everything below the pages: storage, files, clock and the settings that the rules need. Cheap to clone.
#[derive(Clone)]
pub struct Db(Arc<Inner>);

pub(crate) struct Inner {
    pub engine: Engine,
    pub files: Files,
    pub clock: Clock,
    pub settings: Settings,
    /// Hashing a password takes a core and many megabytes: only so many at once.
    pub hashing: Semaphore,
}

pub(crate) enum Engine {
    Sqlite { reader: SqlitePool, writer: SqlitePool },
    Postgres { portal: PgPool, main: PgPool, portal_role: Option<String> },
}

/// A pool to read from, of either engine.
pub(crate) enum Reader<'p> {
    Sqlite(&'p SqlitePool),
    Postgres(&'p PgPool),
}

/// Runs one body against whichever engine a [`Reader`] has; it is type-checked for both.
macro_rules! on_engine {
    ($reader:expr, |$pool:ident| $body:expr) => {
        match $reader {
            $crate::db::Reader::Sqlite($pool) => $body,
            $crate::db::Reader::Postgres($pool) => $body,
        }
    };
}

/// Runs one body inside a [`Write`]'s transaction, on either engine.
macro_rules! on_write {
    ($write:expr, |$conn:ident| $body:expr) => {
        match &mut $write.tx {
            $crate::journal::Tx::Sqlite(tx) => {
                let $conn = &mut **tx;
                $body
            }
            $crate::journal::Tx::Postgres(tx) => {
                let $conn = &mut **tx;
                $body
            }
        }
    };
}

/// Rows of `$row` read with static SQL: `read!(self.reader(), Vec<Row>, "SELECT …", bind, …)`; `Option<Row>` for at most one; `One<Row>` for exactly one.
macro_rules! read {
    ($reader:expr, Vec<$row:ty>, $sql:expr $(, $bind:expr)* $(,)?) => {
        on_engine!($reader, |pool| sqlx::query_as::<_, $row>($sql)$(.bind($bind))*.fetch_all(pool).await).map_err($crate::Error::from)
    };
    ($reader:expr, Option<$row:ty>, $sql:expr $(, $bind:expr)* $(,)?) => {
        on_engine!($reader, |pool| sqlx::query_as::<_, $row>($sql)$(.bind($bind))*.fetch_optional(pool).await).map_err($crate::Error::from)
    };
    ($reader:expr, One<$row:ty>, $sql:expr $(, $bind:expr)* $(,)?) => {
        on_engine!($reader, |pool| sqlx::query_as::<_, $row>($sql)$(.bind($bind))*.fetch_one(pool).await).map_err($crate::Error::from)
    };
}

/// The same inside a transaction: `within!(w, Option<Row>, "SELECT …", bind, …)`.
macro_rules! within {
    ($write:expr, Vec<$row:ty>, $sql:expr $(, $bind:expr)* $(,)?) => {
        on_write!($write, |conn| sqlx::query_as::<_, $row>($sql)$(.bind($bind))*.fetch_all(conn).await).map_err($crate::Error::from)
    };
    ($write:expr, Option<$row:ty>, $sql:expr $(, $bind:expr)* $(,)?) => {
        on_write!($write, |conn| sqlx::query_as::<_, $row>($sql)$(.bind($bind))*.fetch_optional(conn).await).map_err($crate::Error::from)
    };
    ($write:expr, One<$row:ty>, $sql:expr $(, $bind:expr)* $(,)?) => {
        on_write!($write, |conn| sqlx::query_as::<_, $row>($sql)$(.bind($bind))*.fetch_one(conn).await).map_err($crate::Error::from)
    };
}

/// Changes rows inside a transaction and gives how many: `change!(w, "UPDATE …", bind, …)`.
macro_rules! change {
    ($write:expr, $sql:expr $(, $bind:expr)* $(,)?) => {
        on_write!($write, |conn| sqlx::query($sql)$(.bind($bind))*.execute(conn).await.map(|done| done.rows_affected()))
            .map_err($crate::Error::from)
    };
}

/// Where the data is.
#[derive(Clone, Debug)]
pub struct Storage {
    /// `sqlite://path` or `postgres://…`.
    pub url: String,
    /// PostgreSQL: the role that portal reads run under; it may select `portal_*` and nothing else.
    pub portal_role: Option<String>,
    /// Folder of stored files.
    pub files: PathBuf,
}

/// Rules that an operator may set.
#[derive(Clone, Debug)]
pub struct Settings {
    pub public_url: String,
    pub contact_idle: i64,
    pub contact_absolute: i64,
    pub staff_idle: i64,
    pub staff_absolute: i64,
    pub invitation_life: i64,
    pub reset_life: i64,
    /// Seconds in which a decision can be taken back.
    pub undo: i64,
    pub hashing: crate::password::Cost,
    /// Passwords hashed at the same time.
    pub hashing_at_once: usize,
    pub search: crate::search::desk::Effort,
}

const DAY: i64 = 86_400;

impl Default for Settings {
    fn default() -> Self {
        Self {
            public_url: "http://127.0.0.1:3000".into(),
            contact_idle: 7 * DAY,
            contact_absolute: 30 * DAY,
            staff_idle: 10 * 3600,
            staff_absolute: 7 * DAY,
            invitation_life: 14 * DAY,
            reset_life: 3600,
            undo: 10,
            hashing: crate::password::Cost::default(),
            hashing_at_once: 2,
            search: crate::search::desk::Effort::default(),
        }
    }
}

impl Db {
    /// Connects. The [`System`] door is given out here and nowhere else, so that no request handler can hold it.
    ///
    /// # Errors
    /// When the address is not understood, the database cannot be reached, or the folder cannot be made.
    pub async fn open(storage: &Storage, settings: Settings, clock: Clock) -> Result<(Self, System)> {
        let engine = Engine::open(storage).await?;
        let files = Files::open(&storage.files)?;
        let hashing = Semaphore::new(settings.hashing_at_once);
        let db = Self(Arc::new(Inner { engine, files, clock, settings, hashing }));
        Ok((db.clone(), System::new(db)))
    }

    /// Passwords and tokens: all that somebody can do who is not signed in.
    pub fn anonymous(&self) -> Anonymous<'_> {
        Anonymous::new(self)
    }

    /// What a contact may see and do.
    pub fn portal<'d>(&'d self, actor: &'d PortalActor) -> Portal<'d> {
        Portal::new(self, actor)
    }

    /// What a staff member may see and do.
    pub fn desk<'d>(&'d self, actor: &'d StaffActor) -> Desk<'d> {
        Desk::new(self, actor)
    }

    /// Whether the database answers and has this build's schema.
    pub async fn is_ready(&self) -> bool {
        let newest = MIGRATIONS.iter().map(|m| m.version).max().unwrap_or(0);
        let applied: Result<(i64,)> = read!(self.main_reader(), One<(i64,)>, "SELECT MAX(version) FROM _sqlx_migrations WHERE success");
        applied.is_ok_and(|(version,)| version == newest)
    }

    /// The moment by the product's clock.
    pub fn now(&self) -> Instant {
        self.0.clock.now()
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.0.settings
    }

    pub(crate) fn files(&self) -> &Files {
        &self.0.files
    }

    pub(crate) fn hashing(&self) -> &Semaphore {
        &self.0.hashing
    }

    /// Reads for the portal: on PostgreSQL under the role that sees only `portal_*`.
    pub(crate) fn portal_reader(&self) -> Reader<'_> {
        match &self.0.engine {
            Engine::Sqlite { reader, .. } => Reader::Sqlite(reader),
            Engine::Postgres { portal, .. } => Reader::Postgres(portal),
        }
    }

    /// Reads for the desk, for sign-in and for jobs.
    pub(crate) fn main_reader(&self) -> Reader<'_> {
        match &self.0.engine {
            Engine::Sqlite { reader, .. } => Reader::Sqlite(reader),
            Engine::Postgres { main, .. } => Reader::Postgres(main),
        }
    }

    /// Begins a change. See [`Write`].
    pub(crate) async fn write(&self) -> Result<Write<'_>> {
        Write::begin(self, &self.0.engine).await
    }

    /// Brings the schema to this build's and makes the views anew.
    pub(crate) async fn migrate(&self) -> Result<()> {
        match &self.0.engine {
            Engine::Sqlite { writer, .. } => {
                MIGRATIONS.run(writer).await?;
                let mut tx = writer.begin_with("BEGIN IMMEDIATE").await?;
                for name in view_names().rev() {
                    sqlx::raw_sql(sqlx::AssertSqlSafe(format!("DROP VIEW IF EXISTS {name}"))).execute(&mut *tx).await?;
                }
                sqlx::raw_sql(VIEWS).execute(&mut *tx).await?;
                tx.commit().await?;
            }
            Engine::Postgres { main, portal_role, .. } => {
                MIGRATIONS.run(main).await?;
                let mut tx = main.begin().await?;
                // Two nodes may start at once: one makes the views, the other waits and makes them again.
                sqlx::raw_sql("SELECT pg_advisory_xact_lock(7204318)").execute(&mut *tx).await?;
                for name in view_names().rev() {
                    sqlx::raw_sql(sqlx::AssertSqlSafe(format!("DROP VIEW IF EXISTS {name}"))).execute(&mut *tx).await?;
                }
                sqlx::raw_sql(VIEWS).execute(&mut *tx).await?;
                if let Some(role) = portal_role {
                    for name in view_names() {
                        sqlx::raw_sql(sqlx::AssertSqlSafe(format!("GRANT SELECT ON {name} TO {role}"))).execute(&mut *tx).await?;
                    }
                }
                tx.commit().await?;
            }
        }
        Ok(())
    }

    /// Drops every table and view, the record of migrations included.
    pub(crate) async fn drop_everything(&self) -> Result<()> {
        match &self.0.engine {
            Engine::Sqlite { writer, .. } => {
                let mut conn = writer.acquire().await?;
                // Rows are dropped with their tables, in no order that foreign keys would like.
                sqlx::raw_sql("PRAGMA foreign_keys = OFF").execute(&mut *conn).await?;
                let names: Vec<(String, String)> = sqlx::query_as(
                    "SELECT type, name FROM sqlite_master WHERE type IN ('view', 'table') AND name NOT LIKE 'sqlite_%' ORDER BY type DESC",
                )
                .fetch_all(&mut *conn)
                .await?;
                for (kind, name) in names {
                    sqlx::raw_sql(sqlx::AssertSqlSafe(format!("DROP {kind} \"{name}\""))).execute(&mut *conn).await?;
                }
            }
            Engine::Postgres { main, .. } => {
                sqlx::raw_sql("DROP SCHEMA public CASCADE; CREATE SCHEMA public; GRANT USAGE ON SCHEMA public TO PUBLIC")
                    .execute(main)
                    .await?;
            }
        }
        Ok(())
    }

    pub(crate) async fn close(&self) {
        match &self.0.engine {
            Engine::Sqlite { reader, writer } => {
                reader.close().await;
                writer.close().await;
            }
            Engine::Postgres { portal, main, .. } => {
                portal.close().await;
                main.close().await;
            }
        }
    }
}

impl Engine {
    async fn open(storage: &Storage) -> Result<Self> {
        let url = storage.url.as_str();
        if url.starts_with("sqlite:") {
            Self::open_sqlite(url).await
        } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            Self::open_postgres(url, storage.portal_role.as_deref()).await
        } else {
            Err(Error::Broken("the database address must start with sqlite:// or postgres://".into()))
        }
    }

    /// One writer, so that writers queue instead of failing; readers beside it never wait (WAL). FULL: a commit survives a power cut.
    /// No statistics (ANALYZE, `PRAGMA optimize`): with them this build of SQLite plans each statement anew for the values of each call,
    /// which takes longer than running it.
    async fn open_sqlite(url: &str) -> Result<Self> {
        let options = SqliteConnectOptions::from_str(url)?
            .create_if_missing(true)
            .foreign_keys(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(Duration::from_secs(10));
        if let Some(folder) = options.get_filename().parent() {
            std::fs::create_dir_all(folder)?;
        }
        let writer = SqlitePoolOptions::new().max_connections(1).connect_with(options.clone()).await?;
        let reader = SqlitePoolOptions::new().max_connections(8).connect_with(options.read_only(true).create_if_missing(false)).await?;
        Ok(Self::Sqlite { reader, writer })
    }

    async fn open_postgres(url: &str, portal_role: Option<&str>) -> Result<Self> {
        // Its notices tell of each view that is dropped before it is made anew, at every start. Compiling a statement takes seconds where
        // many views meet, and running it a millisecond.
        let options = PgConnectOptions::from_str(url)?.options([("client_min_messages", "warning"), ("jit", "off")]);
        let pool = || PgPoolOptions::new().max_connections(10).acquire_timeout(Duration::from_secs(5));
        let main = pool().connect_with(options.clone()).await?;
        let portal_role = portal_role.map(quoted).transpose()?;
        let portal = match portal_role.clone() {
            None => main.clone(),
            Some(role) => pool()
                .after_connect(move |conn, _| {
                    let set_role = sqlx::AssertSqlSafe(format!("SET ROLE {role}"));
                    Box::pin(async move { sqlx::raw_sql(set_role).execute(conn).await.map(drop) })
                })
                .connect_lazy_with(options),
        };
        Ok(Self::Postgres { portal, main, portal_role })
    }
}

/// An operator's role name as an SQL identifier.
fn quoted(role: &str) -> Result<String> {
    let plain = !role.is_empty() && role.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if plain { Ok(format!("\"{role}\"")) } else { Err(Error::Broken("the portal role's name may have letters, digits and _ only".into())) }
}

/// A LIKE pattern, with `ESCAPE '\'`, for texts that contain what somebody typed into a search field.
pub(crate) fn containing(typed: &str) -> String {
    let literal = typed.trim().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    format!("%{literal}%")
}

/// The views' names in the order of views.sql.
fn view_names() -> impl DoubleEndedIterator<Item = &'static str> {
    VIEWS.lines().filter_map(|line| line.strip_prefix("CREATE VIEW ")?.strip_suffix(" AS"))
}
