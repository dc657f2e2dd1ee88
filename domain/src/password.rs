//! Passwords: argon2id, a floor of 15 characters, no composition rules (security promise 7).

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use unicode_normalization::UnicodeNormalization;

use crate::db::Db;
use crate::error::{Error, Result};
use crate::field::Problem;

pub const LEAST_CHARACTERS: usize = 15;
/// Longer input is refused before it is hashed.
pub const MOST_BYTES: usize = 1_024;

/// Widely known passwords of fifteen characters and more, folded to lower case.
const COMMON: &str = include_str!("common_passwords.txt");

/// What one hash costs. The default is OWASP's first recommendation for argon2id; tests use the least that is allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    pub memory_kib: u32,
    pub passes: u32,
}

impl Default for Cost {
    fn default() -> Self {
        Self { memory_kib: 19_456, passes: 2 }
    }
}

impl Cost {
    /// The least that argon2 takes, for tests.
    pub const LEAST: Self = Self { memory_kib: 8, passes: 1 };

    fn argon2(self) -> Result<Argon2<'static>> {
        let params = Params::new(self.memory_kib, self.passes, 1, None).map_err(|e| Error::Broken(format!("argon2: {e}")))?;
        Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
    }
}

/// Whether a new password is good enough.
pub fn check_new(password: &str) -> Result<(), Problem> {
    let normal: String = password.nfc().collect();
    if password.is_empty() {
        Err(Problem::Missing)
    } else if password.len() > MOST_BYTES {
        Err(Problem::TooLong { most: MOST_BYTES })
    } else if normal.chars().count() < LEAST_CHARACTERS {
        Err(Problem::TooShort { least: LEAST_CHARACTERS })
    } else if is_common(&normal.to_lowercase()) {
        Err(Problem::PasswordTooCommon)
    } else {
        Ok(())
    }
}

fn is_common(folded: &str) -> bool {
    let first = folded.chars().next();
    COMMON.lines().any(|line| line == folded) || folded.chars().all(|c| Some(c) == first)
}

/// Hashes a password on a blocking thread, a limited number at a time.
pub(crate) async fn hash(db: &Db, password: &str) -> Result<String> {
    let cost = db.settings().hashing;
    let password: String = password.nfc().collect();
    on_a_blocking_thread(db, move || {
        let hash: PasswordHash = cost.argon2()?.hash_password(password.as_bytes()).map_err(|e| Error::Broken(format!("argon2: {e}")))?;
        Ok(hash.to_string())
    })
    .await
}

/// Whether a password fits a stored hash. Without one (unknown account, not yet accepted) a hash of the same cost is computed, so that
/// every sign-in takes the same work.
pub(crate) async fn verify(db: &Db, password: &str, stored: Option<String>) -> Result<bool> {
    if password.len() > MOST_BYTES {
        return Ok(false);
    }
    let Some(stored) = stored else {
        hash(db, password).await?;
        return Ok(false);
    };
    let cost = db.settings().hashing;
    let password: String = password.nfc().collect();
    on_a_blocking_thread(db, move || {
        let parsed = PasswordHash::new(&stored).map_err(|e| Error::Broken(format!("a stored hash is not one: {e}")))?;
        Ok(cost.argon2()?.verify_password(password.as_bytes(), &parsed).is_ok())
    })
    .await
}

async fn on_a_blocking_thread<T: Send + 'static>(db: &Db, work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    let _turn = db.hashing().acquire().await.map_err(|_| Error::Broken("shutting down".into()))?;
    tokio::task::spawn_blocking(work).await.map_err(|e| Error::Broken(format!("hashing stopped: {e}")))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn g4_the_shipped_cost_is_owasps_for_argon2id() {
        assert_eq!(Cost::default(), Cost { memory_kib: 19_456, passes: 2 });
    }

    #[test]
    fn g4_new_passwords_are_long_and_not_widely_known() {
        assert_eq!(check_new("seven-lanterns-at-dusk"), Ok(()));
        assert_eq!(check_new("short"), Err(Problem::TooShort { least: 15 }));
        assert_eq!(check_new("Passwordpassword"), Err(Problem::PasswordTooCommon));
        assert_eq!(check_new("aaaaaaaaaaaaaaaaaaaa"), Err(Problem::PasswordTooCommon));
        assert_eq!(check_new(&"ab ".repeat(400)), Err(Problem::TooLong { most: 1_024 }));
    }
}
