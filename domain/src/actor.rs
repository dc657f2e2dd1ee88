//! Who is asking. The fields are private and there is one way to get each actor: a live session's token. A contact's session can never
//! become a [`Desk`], nor a staff session a [`Portal`].

use crate::db::{Db, Reader};
use crate::error::{Error, Result};
use crate::id::{ContactId, CustomerId, SessionId, StaffId};
use crate::journal::{By, Event, EventKind, Write};
use crate::role::{Act, Role};
use crate::text::Lang;

/// A signed-in contact. Rights are not in here: the views look them up at every read.
#[derive(Clone, Debug)]
pub struct PortalActor {
    pub(crate) contact: ContactId,
    pub(crate) session: SessionId,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) lang: Lang,
    /// The customer chosen in the switcher.
    pub(crate) customer: Option<CustomerId>,
}

/// A signed-in staff member.
#[derive(Clone, Debug)]
pub struct StaffActor {
    pub(crate) staff: StaffId,
    pub(crate) session: SessionId,
    pub(crate) name: String,
    pub(crate) role: Role,
    pub(crate) lang: Lang,
}

impl PortalActor {
    pub fn contact_id(&self) -> ContactId {
        self.contact
    }

    pub fn lang(&self) -> Lang {
        self.lang
    }
}

impl StaffActor {
    pub fn staff_id(&self) -> StaffId {
        self.staff
    }

    pub fn lang(&self) -> Lang {
        self.lang
    }
}

/// The door for those who are not signed in.
pub struct Anonymous<'d> {
    pub(crate) db: &'d Db,
}

impl<'d> Anonymous<'d> {
    pub(crate) fn new(db: &'d Db) -> Self {
        Self { db }
    }
}

/// The portal's door: reads only `portal_*` views, as this contact.
pub struct Portal<'d> {
    pub(crate) db: &'d Db,
    pub(crate) actor: &'d PortalActor,
}

impl<'d> Portal<'d> {
    pub(crate) fn new(db: &'d Db, actor: &'d PortalActor) -> Self {
        Self { db, actor }
    }

    pub(crate) fn reader(&self) -> Reader<'d> {
        self.db.portal_reader()
    }

    pub(crate) fn contact(&self) -> ContactId {
        self.actor.contact
    }

    pub(crate) fn by(&self) -> By {
        By::Contact(self.actor.contact)
    }
}

/// The desk's door.
pub struct Desk<'d> {
    pub(crate) db: &'d Db,
    pub(crate) actor: &'d StaffActor,
}

impl<'d> Desk<'d> {
    pub(crate) fn new(db: &'d Db, actor: &'d StaffActor) -> Self {
        Self { db, actor }
    }

    pub(crate) fn reader(&self) -> Reader<'d> {
        self.db.main_reader()
    }

    pub(crate) fn by(&self) -> By {
        By::Staff(self.actor.staff)
    }

    /// Begins an act, if the role allows it. A refusal is written to the journal.
    pub(crate) async fn begin(&self, act: Act) -> Result<Write<'d>> {
        self.allow(act).await?;
        self.db.write().await
    }

    /// Refuses, with a journal entry, what the role does not allow.
    pub(crate) async fn allow(&self, act: Act) -> Result<()> {
        if self.actor.role.may(act) {
            return Ok(());
        }
        let mut w = self.db.write().await?;
        w.record(self.by(), Event { details: act.word().to_owned(), ..Event::new(EventKind::AccessRefused) });
        w.commit().await?;
        Err(Error::Forbidden)
    }
}
