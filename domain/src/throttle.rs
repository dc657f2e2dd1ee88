//! Brakes on guessing, kept in the database so that all nodes share them: by account and by address (security promise 8).

use std::net::IpAddr;

use crate::db::Db;
use crate::error::{Error, Result};
use crate::id;

/// Who is at the other end, as far as the network tells.
#[derive(Clone, Debug)]
pub struct Client {
    pub address: IpAddr,
    pub user_agent: String,
}

impl Client {
    /// The browser's name for itself, short enough to keep.
    pub(crate) fn short_user_agent(&self) -> String {
        self.user_agent.chars().filter(|c| !c.is_control()).take(200).collect()
    }
}

/// So many in so many seconds.
#[derive(Clone, Copy)]
pub(crate) struct Limit {
    pub name: &'static str,
    pub count: i64,
    pub seconds: i64,
}

pub(crate) const SIGN_IN_ACCOUNT: Limit = Limit { name: "sign-in-account", count: 10, seconds: 900 };
pub(crate) const SIGN_IN_ADDRESS: Limit = Limit { name: "sign-in-address", count: 100, seconds: 900 };
pub(crate) const RESET_ACCOUNT: Limit = Limit { name: "reset-account", count: 3, seconds: 3_600 };
pub(crate) const RESET_ADDRESS: Limit = Limit { name: "reset-address", count: 30, seconds: 3_600 };
/// Wrong links of calendar feeds.
pub(crate) const FEED_ADDRESS: Limit = Limit { name: "feed-address", count: 100, seconds: 900 };

/// Counts one try in each bucket.
///
/// # Errors
/// [`Error::TooMany`] when one of them is full; the try is then not counted, so that waiting helps.
pub(crate) async fn count(db: &Db, buckets: &[(Limit, &str)]) -> Result<()> {
    let mut w = db.write().await?;
    for (limit, of) in buckets {
        let bucket = bucket(*limit, of);
        let open_since = w.now.minus(limit.seconds);
        change!(
            w,
            "INSERT INTO throttle (bucket, window_start, count) VALUES ($1, $2, 0)
             ON CONFLICT (bucket) DO UPDATE SET
                count = CASE WHEN throttle.window_start <= $3 THEN 0 ELSE throttle.count END,
                window_start = CASE WHEN throttle.window_start <= $3 THEN $2 ELSE throttle.window_start END",
            bucket.as_str(),
            w.now,
            open_since,
        )?;
        let counted = change!(w, "UPDATE throttle SET count = count + 1 WHERE bucket = $1 AND count < $2", bucket.as_str(), limit.count)?;
        if counted == 0 {
            return Err(Error::TooMany { seconds: limit.seconds });
        }
    }
    w.commit_unrecorded().await
}

/// After a success in both buckets: the account's owner starts afresh, and the address has this one try back. So any number of people may
/// sign in from one address, and yet nobody who guesses there can clear the count with an account of his own.
pub(crate) async fn succeeded(db: &Db, (account_limit, account): (Limit, &str), (address_limit, address): (Limit, &str)) -> Result<()> {
    let mut w = db.write().await?;
    change!(w, "DELETE FROM throttle WHERE bucket = $1", bucket(account_limit, account).as_str())?;
    change!(w, "UPDATE throttle SET count = count - 1 WHERE bucket = $1 AND count > 0", bucket(address_limit, address).as_str())?;
    w.commit_unrecorded().await
}

/// Hashed, so that the table holds no addresses of people.
fn bucket(limit: Limit, of: &str) -> String {
    format!("{}:{}", limit.name, id::hash(of.as_bytes()))
}
