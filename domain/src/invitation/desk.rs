//! Inviting people, the only way in, and taking invitations back.

use crate::actor::Desk;
use crate::customer::desk::must_exist;
use crate::error::{Error, Result};
use crate::field::{self, Problem, Problems};
use crate::grant::desk::{Terms, contact_exists};
use crate::grant::{ContactState, GrantInput, PersonInput, Profile};
use crate::id::{ContactId, CustomerId, InvitationId};
use crate::journal::{Event, EventKind, Write};
use crate::mail::{self, JobKind};
use crate::role::Act;
use crate::session::contact::end_grants_past;

impl Desk<'_> {
    /// Gives somebody access to a customer. A new person is invited; one whose invitation is open gets a new one; one who is in already
    /// gets a notice. What an existing person is called stays as it is.
    ///
    /// # Errors
    /// [`Error::NotFound`] without the customer; problems of the person's and the grant's fields, all at once; `Taken` on `email` when
    /// the person is disabled; `AlreadyInvited` when it has a live grant there.
    pub async fn invite(&self, customer: CustomerId, person: &PersonInput, grant: &GrantInput) -> Result<ContactId> {
        self.allow(Act::ManageCustomers).await?;
        // A grant that has run out must not stand in the way of a new one.
        end_grants_past(self.db, self.db.now()).await?;
        let mut w = self.begin(Act::ManageCustomers).await?;
        let mut problems = Problems::default();
        let email = problems.take("email", field::email(&person.email));
        let profile = problems.take_all(Profile::parse(&person.name, &person.phone, &person.lang));
        let terms = problems.take_all(Terms::parse(grant, w.now));
        let (Some(email), Some(profile), Some(terms)) = (email, profile, terms) else { return Err(problems.into()) };
        must_exist(&mut w, customer).await?;
        let contact = self.let_in(&mut w, customer, &email, &profile, &terms).await?;
        w.commit().await?;
        Ok(contact)
    }

    /// One invitation within a change, with what it tells the journal.
    pub(crate) async fn let_in(
        &self,
        w: &mut Write<'_>,
        customer: CustomerId,
        email: &str,
        profile: &Profile,
        terms: &Terms,
    ) -> Result<ContactId> {
        let known = within!(w, Option<(ContactId, ContactState)>, "SELECT id, state FROM contact WHERE email = $1", email)?;
        let (contact, state) = match known {
            Some((_, ContactState::Disabled)) => return Err(Error::invalid("email", Problem::Taken)),
            Some(known) => known,
            None => (self.add_contact(w, customer, email, profile).await?, ContactState::Invited),
        };
        terms.give(w, contact, customer).await?;
        let given = Event { customer: Some(customer), contact: Some(contact), ..Event::new(EventKind::GrantGiven) };
        w.record(self.by(), Event { details: terms.details(), ..given });
        if state == ContactState::Invited {
            self.send_invitation(w, contact, customer, EventKind::InvitationSent).await?;
        }
        Ok(contact)
    }

    /// Sends a new link, in the name of the newest grant, to somebody who has not accepted. The old link stops working.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::Conflict`] when the person is not waiting for an invitation any more; `NothingToSend` when it has
    /// no grant that the invitation could be for.
    pub async fn resend_invitation(&self, contact: ContactId) -> Result<()> {
        let mut w = self.begin(Act::ManageCustomers).await?;
        contact_exists(&mut w, contact).await?;
        let newest = within!(
            w,
            Option<(CustomerId,)>,
            "SELECT customer_id FROM access_grant WHERE contact_id = $1 AND ended_at IS NULL ORDER BY created_at DESC, id LIMIT 1",
            contact,
        )?;
        let (customer,) = newest.ok_or(Error::refused(field::Refusal::NothingToSend))?;
        self.send_invitation(&mut w, contact, customer, EventKind::InvitationResent).await?;
        w.commit().await
    }

    /// Takes the open invitation back. The person stays listed, and its grants show it nothing.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::Conflict`] when there is no open invitation any more.
    pub async fn revoke_invitation(&self, contact: ContactId) -> Result<()> {
        let mut w = self.begin(Act::ManageCustomers).await?;
        contact_exists(&mut w, contact).await?;
        let customer = revoke_pending(&mut w, contact).await?.ok_or(Error::Conflict)?;
        w.record(self.by(), Event { customer: Some(customer), contact: Some(contact), ..Event::new(EventKind::InvitationRevoked) });
        w.commit().await
    }

    async fn add_contact(&self, w: &mut Write<'_>, customer: CustomerId, email: &str, profile: &Profile) -> Result<ContactId> {
        let (id, now) = (ContactId::new(), w.now);
        change!(
            w,
            "INSERT INTO contact (id, email, name, phone, lang, state, created_at) VALUES ($1, $2, $3, $4, $5, 'invited', $6)",
            id,
            email,
            profile.name.as_str(),
            profile.phone.as_str(),
            profile.lang,
            now,
        )
        // Somebody else has just invited the same person.
        .map_err(|e| if e.is_unique_violation() { Error::Conflict } else { e })?;
        w.record(self.by(), Event { customer: Some(customer), contact: Some(id), ..Event::new(EventKind::ContactAdded) });
        Ok(id)
    }

    /// Makes the contact's only open invitation, and the mail that carries its link.
    ///
    /// The open one is revoked before the contact is looked at: one that is accepted meanwhile either waits for this and fails, or has
    /// made the contact active, which fails this.
    async fn send_invitation(&self, w: &mut Write<'_>, contact: ContactId, customer: CustomerId, kind: EventKind) -> Result<()> {
        revoke_pending(w, contact).await?;
        let waiting = change!(w, "UPDATE contact SET version = version + 1 WHERE id = $1 AND state = 'invited'", contact)?;
        Error::unless_swapped(waiting)?;
        let (invitation, now) = (InvitationId::new(), w.now);
        change!(
            w,
            "INSERT INTO invitation (id, contact_id, customer_id, invited_by, expires_at, created_at) VALUES ($1, $2, $3, $4, $5, $6)",
            invitation,
            contact,
            customer,
            self.actor.staff,
            now.plus(self.db.settings().invitation_life),
            now,
        )
        // A colleague has just sent one.
        .map_err(|e| if e.is_unique_violation() { Error::Conflict } else { e })?;
        mail::queue(w, JobKind::Invitation, contact, Some(invitation.uuid())).await?;
        w.record(self.by(), Event { customer: Some(customer), contact: Some(contact), ..Event::new(kind) });
        Ok(())
    }
}

/// Revokes the contact's invitation that is neither accepted nor revoked, expired or not, and gives its customer. There is one at most.
pub(crate) async fn revoke_pending(w: &mut Write<'_>, contact: ContactId) -> Result<Option<CustomerId>> {
    let now = w.now;
    let revoked = within!(
        w,
        Option<(CustomerId,)>,
        "UPDATE invitation SET revoked_at = $2 WHERE contact_id = $1 AND accepted_at IS NULL AND revoked_at IS NULL RETURNING customer_id",
        contact,
        now,
    )?;
    Ok(revoked.map(|(customer,)| customer))
}
