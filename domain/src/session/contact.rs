//! Contacts: signing in, staying signed in, signing out, resetting a password.

use crate::actor::{Anonymous, Portal, PortalActor};
use crate::brand::Logo;
use crate::clock::{Instant, Zone};
use crate::db::Db;
use crate::error::{Error, Result};
use crate::field::{self, Problem};
use crate::grant::Profile;
use crate::id::{ContactId, CustomerId, ResetId, SessionId, Token};
use crate::journal::{By, Event, EventKind, Write};
use crate::mail::{self, JobKind};
use crate::password;
use crate::session::{Company, Me, SessionView};
use crate::text::Lang;
use crate::throttle::{self, Client};

/// How stale `last_seen_at` may get before it is written again, in seconds.
pub(crate) const LAST_SEEN_STEP: i64 = 300;

#[derive(sqlx::FromRow)]
struct CompanyRow {
    company: String,
    emergency_phone: String,
    demo_day: Option<String>,
    logo_version: Option<i64>,
    logo_width: Option<i64>,
    logo_height: Option<i64>,
}

impl CompanyRow {
    fn view(self) -> Company {
        let logo = self.logo_version.zip(self.logo_width).zip(self.logo_height);
        Company {
            name: self.company,
            emergency_phone: self.emergency_phone,
            demo: self.demo_day.is_some(),
            logo: logo.map(|((version, width), height)| Logo { version, width, height }),
        }
    }
}

#[derive(sqlx::FromRow)]
struct LiveSession {
    id: SessionId,
    contact_id: ContactId,
    customer_id: Option<CustomerId>,
    last_seen_at: Instant,
    name: String,
    email: String,
    lang: Lang,
    grant_ran_out: bool,
}

impl Db {
    /// The contact of a live session. Grants that have run out are ended here, before anything is read for it.
    ///
    /// # Errors
    /// [`Error::NotSignedIn`] when the token belongs to no live session of an active contact.
    pub async fn portal_actor(&self, token: &Token) -> Result<PortalActor> {
        let now = self.now();
        let session = self.live_contact_session(token, now).await?;
        if session.last_seen_at <= now.minus(LAST_SEEN_STEP) {
            let mut w = self.write().await?;
            change!(w, "UPDATE contact_session SET last_seen_at = $2 WHERE id = $1 AND last_seen_at < $2", session.id, now)?;
            w.commit_unrecorded().await?;
        }
        Ok(session.actor())
    }

    /// The same for a page that only waits for news: nobody did anything, so a session that is not used still ends.
    ///
    /// # Errors
    /// As [`Db::portal_actor`].
    pub async fn waiting_portal_actor(&self, token: &Token) -> Result<PortalActor> {
        self.live_contact_session(token, self.now()).await.map(LiveSession::actor)
    }

    async fn live_contact_session(&self, token: &Token, now: Instant) -> Result<LiveSession> {
        let session = read!(
            self.main_reader(),
            Option<LiveSession>,
            "SELECT s.id, s.contact_id, s.last_seen_at, c.name, c.email, c.lang,
                (SELECT g.customer_id FROM access_grant g
                    WHERE g.contact_id = c.id AND g.customer_id = s.customer_id AND g.ended_at IS NULL) AS customer_id,
                CASE WHEN EXISTS (SELECT 1 FROM access_grant g WHERE g.contact_id = c.id AND g.ended_at IS NULL AND g.expires_at <= $2)
                    THEN TRUE ELSE FALSE END AS grant_ran_out
             FROM contact_session s JOIN contact c ON c.id = s.contact_id
             WHERE s.token_hash = $1 AND s.ended_at IS NULL AND s.expires_at > $2 AND s.last_seen_at > $3 AND c.state = 'active'",
            token.hash(),
            now,
            now.minus(self.settings().contact_idle),
        )?
        .ok_or(Error::NotSignedIn)?;
        if session.grant_ran_out {
            end_grants_past(self, now).await?;
        }
        Ok(session)
    }
}

impl LiveSession {
    fn actor(self) -> PortalActor {
        PortalActor {
            contact: self.contact_id,
            session: self.id,
            name: self.name,
            email: self.email,
            lang: self.lang,
            customer: self.customer_id,
        }
    }
}

/// Ends every grant whose time is over, each with its journal entry.
pub(crate) async fn end_grants_past(db: &Db, now: Instant) -> Result<()> {
    let mut w = db.write().await?;
    let ended = within!(
        w,
        Vec<(ContactId, CustomerId)>,
        "UPDATE access_grant SET ended_at = $1, version = version + 1 WHERE ended_at IS NULL AND expires_at <= $1
         RETURNING contact_id, customer_id",
        now,
    )?;
    for (contact, customer) in ended {
        let event =
            Event { contact: Some(contact), customer: Some(customer), details: "expired".into(), ..Event::new(EventKind::GrantEnded) };
        w.record(By::System, event);
    }
    w.commit().await
}

impl Anonymous<'_> {
    /// What whoever comes to the portal is told of the company.
    pub async fn company(&self) -> Result<Company> {
        let row = read!(
            self.db.portal_reader(),
            Option<CompanyRow>,
            "SELECT company, emergency_phone, demo_day, logo_version, logo_width, logo_height FROM portal_company",
        )?;
        Ok(row.map_or_else(Company::default, CompanyRow::view))
    }

    /// Signs a contact in. Unknown, invited and disabled accounts answer like a wrong password, after the same work.
    ///
    /// # Errors
    /// `WrongCredentials` on the field `password`; [`Error::TooMany`].
    pub async fn sign_in_contact(&self, email: &str, password: &str, client: &Client) -> Result<Token> {
        let email = email.trim().to_ascii_lowercase();
        let account = format!("contact:{email}");
        let address = client.address.to_string();
        let (by_account, by_address) = ((throttle::SIGN_IN_ACCOUNT, account.as_str()), (throttle::SIGN_IN_ADDRESS, address.as_str()));
        throttle::count(self.db, &[by_account, by_address]).await?;
        let known = read!(
            self.db.main_reader(),
            Option<(ContactId, String)>,
            "SELECT id, password_hash FROM contact WHERE email = $1 AND state = 'active'",
            email,
        )?;
        let (contact, stored) = known.map_or((None, None), |(id, hash)| (Some(id), Some(hash)));
        let fits = password::verify(self.db, password, stored).await?;
        let Some(contact) = contact.filter(|_| fits) else {
            return Err(Error::invalid("password", Problem::WrongCredentials));
        };
        throttle::succeeded(self.db, by_account, by_address).await?;
        let mut w = self.db.write().await?;
        let token = start(&mut w, contact, client).await?;
        w.commit().await?;
        Ok(token)
    }

    /// Sends a reset link, if there is an active account of that address. The answer is always the same.
    ///
    /// # Errors
    /// [`Error::TooMany`], counted alike for known and unknown addresses.
    pub async fn ask_reset(&self, email: &str, client: &Client) -> Result<()> {
        let email = field::email(email).map_err(|p| Error::invalid("email", p))?;
        throttle::count(self.db, &[(throttle::RESET_ACCOUNT, &email), (throttle::RESET_ADDRESS, &client.address.to_string())]).await?;
        let mut w = self.db.write().await?;
        let known = within!(w, Option<(ContactId,)>, "SELECT id FROM contact WHERE email = $1 AND state = 'active'", email)?;
        let Some((contact,)) = known else {
            return w.commit_unrecorded().await;
        };
        let reset = ResetId::new();
        change!(w, "UPDATE password_reset SET used_at = $2 WHERE contact_id = $1 AND used_at IS NULL", contact, w.now)?;
        change!(
            w,
            "INSERT INTO password_reset (id, contact_id, expires_at, created_at) VALUES ($1, $2, $3, $4)",
            reset,
            contact,
            w.now.plus(self.db.settings().reset_life),
            w.now,
        )?;
        mail::queue(&mut w, JobKind::Reset, contact, Some(reset.uuid())).await?;
        w.record(By::System, Event { contact: Some(contact), ..Event::new(EventKind::PasswordResetAsked) });
        w.commit().await
    }

    /// Whether a reset link can still be used. Changes nothing.
    pub async fn check_reset(&self, token: &Token) -> Result<()> {
        let found = read!(
            self.db.main_reader(),
            Option<(ContactId,)>,
            "SELECT r.contact_id FROM password_reset r JOIN contact c ON c.id = r.contact_id
             WHERE r.token_hash = $1 AND r.used_at IS NULL AND r.expires_at > $2 AND c.state = 'active'",
            token.hash(),
            self.db.now(),
        )?;
        found.map(drop).ok_or(Error::NotFound)
    }

    /// Sets a new password with a reset link, ends all sessions of the contact and signs it in.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a link that is unknown, used or too old; problems of the field `password`.
    pub async fn reset_password(&self, token: &Token, new: &str, client: &Client) -> Result<Token> {
        self.check_reset(token).await?;
        password::check_new(new).map_err(|p| Error::invalid("password", p))?;
        let hash = password::hash(self.db, new).await?;
        let mut w = self.db.write().await?;
        let used = within!(
            w,
            Option<(ContactId,)>,
            "UPDATE password_reset SET used_at = $2 WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2 RETURNING contact_id",
            token.hash(),
            w.now,
        )?;
        let (contact,) = used.ok_or(Error::Conflict)?;
        set_password(&mut w, contact, &hash, None).await?;
        let token = start(&mut w, contact, client).await?;
        w.commit().await?;
        Ok(token)
    }
}

/// Begins a session with a new token. Also called when an invitation is accepted.
pub(crate) async fn start(w: &mut Write<'_>, contact: ContactId, client: &Client) -> Result<Token> {
    let token = Token::new();
    let expires = w.now.plus(w.db.settings().contact_absolute);
    change!(
        w,
        "INSERT INTO contact_session (id, contact_id, token_hash, created_at, last_seen_at, expires_at, user_agent)
         VALUES ($1, $2, $3, $4, $4, $5, $6)",
        SessionId::new(),
        contact,
        token.hash(),
        w.now,
        expires,
        client.short_user_agent(),
    )?;
    let now = w.now;
    // Disabled since the password was checked: no session, not even one that would wake when the contact is enabled again.
    let active = change!(w, "UPDATE contact SET last_sign_in_at = $2 WHERE id = $1 AND state = 'active'", contact, now)?;
    if active == 0 {
        return Err(Error::Conflict);
    }
    w.record(By::Contact(contact), Event { contact: Some(contact), ..Event::new(EventKind::SignedIn) });
    Ok(token)
}

/// Stores a new password and ends all sessions but the one that is kept.
async fn set_password(w: &mut Write<'_>, contact: ContactId, hash: &str, keep: Option<SessionId>) -> Result<()> {
    let changed =
        change!(w, "UPDATE contact SET password_hash = $2, version = version + 1 WHERE id = $1 AND state = 'active'", contact, hash)?;
    if changed == 0 {
        return Err(Error::NotFound);
    }
    end_others(w, contact, keep).await?;
    w.record(By::Contact(contact), Event { contact: Some(contact), ..Event::new(EventKind::PasswordChanged) });
    Ok(())
}

async fn end_others(w: &mut Write<'_>, contact: ContactId, keep: Option<SessionId>) -> Result<u64> {
    let now = w.now;
    change!(
        w,
        "UPDATE contact_session SET ended_at = $2 WHERE contact_id = $1 AND ended_at IS NULL AND ($3 IS NULL OR id <> $3)",
        contact,
        now,
        keep,
    )
}

#[derive(sqlx::FromRow)]
struct GrantRow {
    customer_id: CustomerId,
    customer_name: String,
    may_submit: bool,
    may_see_appointments: bool,
    may_see_reports: bool,
}

#[derive(sqlx::FromRow)]
struct SessionRow {
    id: SessionId,
    created_at: Instant,
    last_seen_at: Instant,
    user_agent: String,
}

impl Portal<'_> {
    /// What every page of the portal shows of its reader.
    pub async fn me(&self) -> Result<Me> {
        let company = self.db.anonymous().company().await?;
        let words = self.db.anonymous().own_words(self.actor.lang).await?;
        let grants = read!(
            self.reader(),
            Vec<GrantRow>,
            "SELECT customer_id, customer_name, may_submit, may_see_appointments, may_see_reports FROM portal_grant
             WHERE contact_id = $1 ORDER BY customer_name, customer_id",
            self.contact(),
        )?;
        let chosen = |g: &&GrantRow| self.actor.customer.is_none_or(|customer| customer == g.customer_id);
        Ok(Me {
            company,
            words,
            name: self.actor.name.clone(),
            email: self.actor.email.clone(),
            lang: self.actor.lang,
            customer: self.actor.customer,
            may_submit: grants.iter().filter(chosen).any(|g| g.may_submit),
            may_see_appointments: grants.iter().filter(chosen).any(|g| g.may_see_appointments),
            may_see_reports: grants.iter().filter(chosen).any(|g| g.may_see_reports),
            customers: grants.into_iter().map(|g| (g.customer_id, g.customer_name)).collect(),
        })
    }

    pub async fn sessions(&self) -> Result<Vec<SessionView>> {
        let rows = read!(
            self.reader(),
            Vec<SessionRow>,
            "SELECT id, created_at, last_seen_at, user_agent FROM portal_session
             WHERE contact_id = $1 AND expires_at > $2 AND last_seen_at > $3 ORDER BY last_seen_at DESC, id LIMIT 100",
            self.contact(),
            self.db.now(),
            self.db.now().minus(self.db.settings().contact_idle),
        )?;
        let zone = self.own_zone().await?;
        let view = |row: SessionRow| SessionView {
            id: row.id,
            this_one: row.id == self.actor.session,
            started: row.created_at.stamp(&zone, self.actor.lang),
            last_seen: row.last_seen_at.stamp(&zone, self.actor.lang),
            user_agent: row.user_agent,
        };
        Ok(rows.into_iter().map(view).collect())
    }

    /// The zone for what happens at no location: that of the reader's first location by name.
    pub(crate) async fn own_zone(&self) -> Result<Zone> {
        let sql = "SELECT zone FROM portal_location WHERE contact_id = $1 ORDER BY name, id LIMIT 1";
        let first = read!(self.reader(), Option<(String,)>, sql, self.contact())?;
        Ok(Zone::stored(first.as_ref().map_or("UTC", |(zone,)| zone.as_str())))
    }

    pub async fn sign_out(&self) -> Result<()> {
        let mut w = self.db.write().await?;
        let now = w.now;
        change!(w, "UPDATE contact_session SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL", self.actor.session, now)?;
        w.record(self.by(), Event { contact: Some(self.contact()), ..Event::new(EventKind::SignedOut) });
        w.commit().await
    }

    /// Ends every session of this contact, this one included.
    pub async fn sign_out_everywhere(&self) -> Result<()> {
        let mut w = self.db.write().await?;
        end_others(&mut w, self.contact(), None).await?;
        w.record(self.by(), Event { contact: Some(self.contact()), ..Event::new(EventKind::SessionsEnded) });
        w.commit().await
    }

    /// Ends one of the contact's own sessions.
    pub async fn end_session(&self, session: SessionId) -> Result<()> {
        let mut w = self.db.write().await?;
        let ended = change!(
            w,
            "UPDATE contact_session SET ended_at = $3 WHERE id = $2
             AND id IN (SELECT s.id FROM portal_session s WHERE s.contact_id = $1)",
            self.contact(),
            session,
            self.db.now(),
        )?;
        if ended == 0 {
            return Err(Error::NotFound);
        }
        w.record(self.by(), Event { contact: Some(self.contact()), ..Event::new(EventKind::SessionsEnded) });
        w.commit().await
    }

    /// Shows one of the contact's customers, or all of them.
    pub async fn choose_customer(&self, customer: Option<CustomerId>) -> Result<()> {
        let mut w = self.db.write().await?;
        let chosen = change!(
            w,
            "UPDATE contact_session SET customer_id = $3 WHERE id = $2
             AND ($3 IS NULL OR $3 IN (SELECT g.customer_id FROM portal_grant g WHERE g.contact_id = $1))",
            self.contact(),
            self.actor.session,
            customer,
        )?;
        if chosen == 0 {
            return Err(Error::NotFound);
        }
        w.commit_unrecorded().await
    }

    /// # Errors
    /// Problems of the fields `name`, `phone` and `lang`.
    pub async fn set_profile(&self, name: &str, phone: &str, lang: &str) -> Result<()> {
        let Profile { name, phone, lang } = Profile::parse(name, phone, lang)?;
        let mut w = self.db.write().await?;
        change!(
            w,
            "UPDATE contact SET name = $2, phone = $3, lang = $4, version = version + 1 WHERE id = $1",
            self.contact(),
            name,
            phone,
            lang,
        )?;
        w.record(self.by(), Event { contact: Some(self.contact()), ..Event::new(EventKind::ContactChanged) });
        w.commit().await
    }

    /// The contact's telephone number, for its profile page.
    pub async fn phone(&self) -> Result<String> {
        let row = read!(self.reader(), Option<(String,)>, "SELECT phone FROM portal_contact WHERE contact_id = $1", self.contact())?;
        row.map(|(phone,)| phone).ok_or(Error::NotSignedIn)
    }

    /// # Errors
    /// `WrongCredentials` on `old`; problems of the field `password`.
    pub async fn change_password(&self, old: &str, new: &str) -> Result<()> {
        password::check_new(new).map_err(|p| Error::invalid("password", p))?;
        throttle::count(self.db, &[(throttle::SIGN_IN_ACCOUNT, &format!("contact:{}", self.actor.email))]).await?;
        let stored = read!(self.db.main_reader(), Option<(String,)>, "SELECT password_hash FROM contact WHERE id = $1", self.contact())?;
        if !password::verify(self.db, old, stored.map(|(hash,)| hash)).await? {
            return Err(Error::invalid("old", Problem::WrongCredentials));
        }
        let hash = password::hash(self.db, new).await?;
        let mut w = self.db.write().await?;
        set_password(&mut w, self.contact(), &hash, Some(self.actor.session)).await?;
        w.commit().await
    }
}
