//! Rows by the thousand, past the doors of `domain`: a million requests through the forms would take days. Nothing but the bench does this.

use std::collections::BTreeMap;

use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};
use uuid::Uuid;

use crate::Result;

/// Rows in one statement.
const AT_ONCE: usize = 500;

pub struct Bulk {
    conn: Conn,
    /// Rows by the table and columns that they are for.
    waiting: BTreeMap<&'static str, Vec<String>>,
}

enum Conn {
    Sqlite(Box<SqliteConnection>),
    Postgres(Box<PgConnection>),
}

impl Bulk {
    /// Opens a connection that checks no foreign keys and does not wait for the disk: the rows are made to fit.
    pub async fn open(url: &str) -> Result<Self> {
        let (conn, settings) = if url.starts_with("sqlite:") {
            (Conn::Sqlite(Box::new(SqliteConnection::connect(url).await?)), "PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF")
        } else {
            let settings = "SET session_replication_role = replica; SET synchronous_commit = off";
            (Conn::Postgres(Box::new(PgConnection::connect(url).await?)), settings)
        };
        let mut bulk = Self { conn, waiting: BTreeMap::new() };
        bulk.run(settings.to_owned()).await?;
        bulk.run("BEGIN".to_owned()).await?;
        Ok(bulk)
    }

    /// An id as it stands in a statement.
    pub fn id(&self, id: Uuid) -> String {
        match self.conn {
            Conn::Sqlite(_) => format!("x'{}'", id.simple()),
            Conn::Postgres(_) => format!("'{id}'"),
        }
    }

    /// Adds a row to a table; `into` names it and its columns.
    pub async fn add(&mut self, into: &'static str, row: String) -> Result<()> {
        let rows = self.waiting.entry(into).or_default();
        rows.push(row);
        if rows.len() >= AT_ONCE {
            let rows = std::mem::take(rows);
            self.insert(into, &rows).await?;
        }
        Ok(())
    }

    /// Writes what waits and begins anew.
    pub async fn commit(&mut self) -> Result<()> {
        for (into, rows) in std::mem::take(&mut self.waiting) {
            if !rows.is_empty() {
                self.insert(into, &rows).await?;
            }
        }
        self.run("COMMIT; BEGIN".to_owned()).await
    }

    /// Ends: the journal goes on after its last row, and PostgreSQL counts its tables, as it would by itself after a while.
    pub async fn finish(mut self, last_seq: u64) -> Result<()> {
        self.commit().await?;
        self.run(format!("UPDATE journal_counter SET last_seq = {last_seq}; COMMIT")).await?;
        match self.conn {
            Conn::Sqlite(mut conn) => {
                sqlx::raw_sql("PRAGMA wal_checkpoint(TRUNCATE)").execute(&mut *conn).await?;
                conn.close().await?;
            }
            Conn::Postgres(mut conn) => {
                sqlx::raw_sql("VACUUM ANALYZE").execute(&mut *conn).await?;
                conn.close().await?;
            }
        }
        Ok(())
    }

    async fn insert(&mut self, into: &str, rows: &[String]) -> Result<()> {
        self.run(format!("INSERT INTO {into} VALUES {}", rows.join(","))).await
    }

    async fn run(&mut self, sql: String) -> Result<()> {
        let sql = AssertSqlSafe(sql);
        match &mut self.conn {
            Conn::Sqlite(conn) => sqlx::raw_sql(sql).execute(&mut **conn).await.map(drop)?,
            Conn::Postgres(conn) => sqlx::raw_sql(sql).execute(&mut **conn).await.map(drop)?,
        }
        Ok(())
    }
}

/// The same id for the same thing in every run, as random to look at as real ones.
pub fn id(kind: u64, number: u64) -> Uuid {
    let named = (kind << 40) | number;
    let (high, low) = (mixed(named), mixed(named ^ 0x5851_f42d_4c95_7f2d));
    uuid::Builder::from_random_bytes(((u128::from(high) << 64) | u128::from(low)).to_be_bytes()).into_uuid()
}

/// A number that looks random and is the same each time (the finish of SplitMix64, which gives different numbers for different ones).
fn mixed(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
