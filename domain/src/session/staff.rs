//! Staff: signing in to the desk, staying signed in, signing out.

use crate::actor::{Anonymous, Desk, StaffActor};
use crate::clock::Instant;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::field::Problem;
use crate::id::{SessionId, StaffId, Token};
use crate::journal::{By, Event, EventKind, Write};
use crate::password;
use crate::role::{Act, Role};
use crate::session::contact::LAST_SEEN_STEP;
use crate::session::{SessionView, StaffMe};
use crate::text::Lang;
use crate::throttle::{self, Client};

#[derive(sqlx::FromRow)]
struct LiveSession {
    id: SessionId,
    staff_id: StaffId,
    last_seen_at: Instant,
    name: String,
    role: Role,
    lang: Lang,
}

#[derive(sqlx::FromRow)]
struct SessionSql {
    id: SessionId,
    staff_id: StaffId,
    created_at: Instant,
    last_seen_at: Instant,
    user_agent: String,
}

impl Db {
    /// The staff member of a live session.
    ///
    /// # Errors
    /// [`Error::NotSignedIn`] when the token belongs to no live session of an enabled staff member.
    pub async fn staff_actor(&self, token: &Token) -> Result<StaffActor> {
        let now = self.now();
        let session = self.live_staff_session(token, now).await?;
        if session.last_seen_at <= now.minus(LAST_SEEN_STEP) {
            let mut w = self.write().await?;
            change!(w, "UPDATE staff_session SET last_seen_at = $2 WHERE id = $1 AND last_seen_at < $2", session.id, now)?;
            w.commit_unrecorded().await?;
        }
        Ok(session.actor())
    }

    /// The same for a page that only waits for news: nobody did anything, so a session that is not used still ends.
    ///
    /// # Errors
    /// As [`Db::staff_actor`].
    pub async fn waiting_staff_actor(&self, token: &Token) -> Result<StaffActor> {
        self.live_staff_session(token, self.now()).await.map(LiveSession::actor)
    }

    async fn live_staff_session(&self, token: &Token, now: Instant) -> Result<LiveSession> {
        read!(
            self.main_reader(),
            Option<LiveSession>,
            "SELECT s.id, s.staff_id, s.last_seen_at, m.name, m.role, m.lang
             FROM staff_session s JOIN staff m ON m.id = s.staff_id
             WHERE s.token_hash = $1 AND s.ended_at IS NULL AND s.expires_at > $2 AND s.last_seen_at > $3 AND m.disabled_at IS NULL",
            token.hash(),
            now,
            now.minus(self.settings().staff_idle),
        )?
        .ok_or(Error::NotSignedIn)
    }
}

impl LiveSession {
    fn actor(self) -> StaffActor {
        StaffActor { staff: self.staff_id, session: self.id, name: self.name, role: self.role, lang: self.lang }
    }
}

impl Anonymous<'_> {
    /// Signs a staff member in; see [`Anonymous::sign_in_contact`].
    pub async fn sign_in_staff(&self, email: &str, password: &str, client: &Client) -> Result<Token> {
        let email = email.trim().to_ascii_lowercase();
        let account = format!("staff:{email}");
        let address = client.address.to_string();
        let (by_account, by_address) = ((throttle::SIGN_IN_ACCOUNT, account.as_str()), (throttle::SIGN_IN_ADDRESS, address.as_str()));
        throttle::count(self.db, &[by_account, by_address]).await?;
        let known = read!(
            self.db.main_reader(),
            Option<(StaffId, String)>,
            "SELECT id, password_hash FROM staff WHERE email = $1 AND disabled_at IS NULL",
            email,
        )?;
        let (staff, stored) = known.map_or((None, None), |(id, hash)| (Some(id), Some(hash)));
        let fits = password::verify(self.db, password, stored).await?;
        let Some(staff) = staff.filter(|_| fits) else {
            return Err(Error::invalid("password", Problem::WrongCredentials));
        };
        throttle::succeeded(self.db, by_account, by_address).await?;
        let mut w = self.db.write().await?;
        let token = start(&mut w, staff, client).await?;
        w.commit().await?;
        Ok(token)
    }
}

async fn start(w: &mut Write<'_>, staff: StaffId, client: &Client) -> Result<Token> {
    let token = Token::new();
    let expires = w.now.plus(w.db.settings().staff_absolute);
    change!(
        w,
        "INSERT INTO staff_session (id, staff_id, token_hash, created_at, last_seen_at, expires_at, user_agent)
         VALUES ($1, $2, $3, $4, $4, $5, $6)",
        SessionId::new(),
        staff,
        token.hash(),
        w.now,
        expires,
        client.short_user_agent(),
    )?;
    let now = w.now;
    // Disabled since the password was checked: no session, not even one that would wake later.
    let enabled = change!(w, "UPDATE staff SET last_sign_in_at = $2 WHERE id = $1 AND disabled_at IS NULL", staff, now)?;
    if enabled == 0 {
        return Err(Error::Conflict);
    }
    w.record(By::Staff(staff), Event { staff: Some(staff), ..Event::new(EventKind::SignedIn) });
    Ok(token)
}

impl Desk<'_> {
    /// What every page of the desk shows of its reader.
    pub async fn me(&self) -> Result<StaffMe> {
        let company = self.db.anonymous().company().await?;
        let words = self.db.anonymous().own_words(self.actor.lang).await?;
        let (single_keys,) = read!(self.reader(), One<(bool,)>, "SELECT single_keys FROM staff WHERE id = $1", self.actor.staff)?;
        let first_steps = self.has_first_steps().await?;
        let actor = self.actor;
        Ok(StaffMe {
            id: actor.staff,
            company,
            words,
            name: actor.name.clone(),
            role: actor.role,
            lang: actor.lang,
            single_keys,
            first_steps,
        })
    }

    /// Turns keys without a modifier on or off, for this staff member.
    pub async fn set_single_keys(&self, on: bool) -> Result<()> {
        let mut w = self.db.write().await?;
        change!(w, "UPDATE staff SET single_keys = $2, version = version + 1 WHERE id = $1", self.actor.staff, on)?;
        w.record(self.by(), Event { staff: Some(self.actor.staff), details: "keys".into(), ..Event::new(EventKind::StaffChanged) });
        w.commit().await
    }

    /// The reader's own live sessions, the one seen last first.
    pub async fn sessions(&self) -> Result<Vec<SessionView>> {
        let own = self.live_sessions(Some(self.actor.staff)).await?;
        Ok(own.into_iter().map(|(_, session)| session).collect())
    }

    /// Live sessions with whose they are: of one staff member, or of all.
    pub(crate) async fn live_sessions(&self, staff: Option<StaffId>) -> Result<Vec<(StaffId, SessionView)>> {
        let rows = read!(
            self.reader(),
            Vec<SessionSql>,
            "SELECT s.id, s.staff_id, s.created_at, s.last_seen_at, s.user_agent
             FROM staff_session s JOIN staff m ON m.id = s.staff_id
             WHERE ($1 IS NULL OR s.staff_id = $1) AND s.ended_at IS NULL AND s.expires_at > $2 AND s.last_seen_at > $3
                AND m.disabled_at IS NULL
             ORDER BY s.last_seen_at DESC, s.id LIMIT 1000",
            staff,
            self.db.now(),
            self.db.now().minus(self.db.settings().staff_idle),
        )?;
        let zone = self.company_zone().await?;
        let view = |row: SessionSql| SessionView {
            id: row.id,
            this_one: row.id == self.actor.session,
            started: row.created_at.stamp(&zone, self.actor.lang),
            last_seen: row.last_seen_at.stamp(&zone, self.actor.lang),
            user_agent: row.user_agent,
        };
        Ok(rows.into_iter().map(|row| (row.staff_id, view(row))).collect())
    }

    /// Ends a session: one of the reader's own, or, for administrators, anybody's.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for others' sessions; [`Error::NotFound`] without a session that could end; [`Error::Conflict`] when it has
    /// ended meanwhile.
    pub async fn end_session(&self, session: SessionId) -> Result<()> {
        let sql = "SELECT staff_id FROM staff_session WHERE id = $1 AND ended_at IS NULL";
        let owner = read!(self.reader(), Option<(StaffId,)>, sql, session)?.map(|(owner,)| owner);
        if owner != Some(self.actor.staff) {
            self.allow(Act::Administer).await?;
        }
        let owner = owner.ok_or(Error::NotFound)?;
        let mut w = self.db.write().await?;
        let now = w.now;
        let ended = change!(w, "UPDATE staff_session SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL", session, now)?;
        Error::unless_swapped(ended)?;
        w.record(self.by(), Event { staff: Some(owner), ..Event::new(EventKind::SessionsEnded) });
        w.commit().await
    }

    pub async fn sign_out(&self) -> Result<()> {
        let mut w = self.db.write().await?;
        let now = w.now;
        change!(w, "UPDATE staff_session SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL", self.actor.session, now)?;
        w.record(self.by(), Event { staff: Some(self.actor.staff), ..Event::new(EventKind::SignedOut) });
        w.commit().await
    }

    /// Ends every session of this staff member, this one included.
    pub async fn sign_out_everywhere(&self) -> Result<()> {
        let mut w = self.db.write().await?;
        end_others(&mut w, self.actor.staff, None).await?;
        w.record(self.by(), Event { staff: Some(self.actor.staff), ..Event::new(EventKind::SessionsEnded) });
        w.commit().await
    }

    /// # Errors
    /// A problem of the field `lang`.
    pub async fn set_lang(&self, lang: &str) -> Result<()> {
        let lang: Lang = lang.parse().map_err(|p| Error::invalid("lang", p))?;
        let mut w = self.db.write().await?;
        change!(w, "UPDATE staff SET lang = $2, version = version + 1 WHERE id = $1", self.actor.staff, lang)?;
        w.record(self.by(), Event { staff: Some(self.actor.staff), ..Event::new(EventKind::StaffChanged) });
        w.commit().await
    }

    /// Ends the other sessions too.
    ///
    /// # Errors
    /// `WrongCredentials` on `old`; problems of the field `password`.
    pub async fn change_password(&self, old: &str, new: &str) -> Result<()> {
        password::check_new(new).map_err(|p| Error::invalid("password", p))?;
        let (email, stored): (String, String) =
            read!(self.reader(), One<(String, String)>, "SELECT email, password_hash FROM staff WHERE id = $1", self.actor.staff)?;
        throttle::count(self.db, &[(throttle::SIGN_IN_ACCOUNT, &format!("staff:{email}"))]).await?;
        if !password::verify(self.db, old, Some(stored)).await? {
            return Err(Error::invalid("old", Problem::WrongCredentials));
        }
        let hash = password::hash(self.db, new).await?;
        let mut w = self.db.write().await?;
        change!(w, "UPDATE staff SET password_hash = $2, version = version + 1 WHERE id = $1", self.actor.staff, hash)?;
        end_others(&mut w, self.actor.staff, Some(self.actor.session)).await?;
        w.record(self.by(), Event { staff: Some(self.actor.staff), ..Event::new(EventKind::PasswordChanged) });
        w.commit().await
    }
}

/// Ends a staff member's sessions, but the one that is kept.
pub(crate) async fn end_others(w: &mut Write<'_>, staff: StaffId, keep: Option<SessionId>) -> Result<u64> {
    let now = w.now;
    change!(
        w,
        "UPDATE staff_session SET ended_at = $2 WHERE staff_id = $1 AND ended_at IS NULL AND ($3 IS NULL OR id <> $3)",
        staff,
        now,
        keep,
    )
}
