//! What somebody with an invitation link can do: look, and accept.

use crate::actor::Anonymous;
use crate::clock::{Instant, Zone};
use crate::error::{Error, Result};
use crate::id::{ContactId, CustomerId, InvitationId, Token};
use crate::invitation::InvitationView;
use crate::journal::{By, Event, EventKind};
use crate::password;
use crate::session;
use crate::text::Lang;
use crate::throttle::Client;

#[derive(sqlx::FromRow)]
struct OpenInvitation {
    id: InvitationId,
    contact_id: ContactId,
    customer_id: CustomerId,
    customer_name: String,
    name: String,
    email: String,
    lang: Lang,
    invited_by: String,
    expires_at: Instant,
}

impl Anonymous<'_> {
    /// What the link leads to. Changes nothing, however often it is opened.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a link that is unknown, used, revoked, replaced or too old: the same for all.
    pub async fn invitation(&self, token: &Token) -> Result<(InvitationView, Lang)> {
        let open = self.open_invitation(token).await?;
        let locations = read!(
            self.db.main_reader(),
            Vec<(String,)>,
            "SELECT l.name FROM access_grant g
             JOIN grant_location gl ON gl.grant_id = g.id
             JOIN location l ON l.id = gl.location_id
             WHERE g.contact_id = $1 AND g.customer_id = $2 AND g.ended_at IS NULL AND NOT g.all_locations
             ORDER BY l.name, l.id LIMIT 50",
            open.contact_id,
            open.customer_id,
        )?;
        let company = self.company().await?;
        let view = InvitationView {
            company: company.name,
            name: open.name,
            email: open.email,
            invited_by: open.invited_by,
            customer_name: open.customer_name,
            locations: locations.into_iter().map(|(name,)| name).collect(),
            expires: open.expires_at.stamp(&Zone::stored("UTC"), open.lang),
        };
        Ok((view, open.lang))
    }

    /// Accepts: the contact gets its password, becomes active and is signed in. Works once, whoever comes first.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a bad link, problems of the field `password`, [`Error::Conflict`] when another was faster.
    pub async fn accept_invitation(&self, token: &Token, new_password: &str, client: &Client) -> Result<Token> {
        let open = self.open_invitation(token).await?;
        password::check_new(new_password).map_err(|p| Error::invalid("password", p))?;
        let hash = password::hash(self.db, new_password).await?;
        let mut w = self.db.write().await?;
        let now = w.now;
        let accepted = change!(
            w,
            "UPDATE invitation SET accepted_at = $2 WHERE id = $1 AND accepted_at IS NULL AND revoked_at IS NULL AND expires_at > $2",
            open.id,
            now,
        )?;
        let activated = change!(
            w,
            "UPDATE contact SET state = 'active', password_hash = $2, version = version + 1 WHERE id = $1 AND state = 'invited'",
            open.contact_id,
            hash,
        )?;
        if accepted == 0 || activated == 0 {
            return Err(Error::Conflict);
        }
        let event = Event { contact: Some(open.contact_id), customer: Some(open.customer_id), ..Event::new(EventKind::InvitationAccepted) };
        w.record(By::Contact(open.contact_id), event);
        let session = session::contact::start(&mut w, open.contact_id, client).await?;
        w.commit().await?;
        Ok(session)
    }

    async fn open_invitation(&self, token: &Token) -> Result<OpenInvitation> {
        read!(
            self.db.main_reader(),
            Option<OpenInvitation>,
            "SELECT i.id, i.contact_id, i.customer_id, cu.name AS customer_name, c.name, c.email, c.lang, m.name AS invited_by, i.expires_at
             FROM invitation i
             JOIN contact c ON c.id = i.contact_id
             JOIN customer cu ON cu.id = i.customer_id
             JOIN staff m ON m.id = i.invited_by
             WHERE i.token_hash = $1 AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > $2 AND c.state = 'invited'",
            token.hash(),
            self.db.now(),
        )?
        .ok_or(Error::NotFound)
    }
}
