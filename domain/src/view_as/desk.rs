//! Staff look at the portal as a contact. What they get is read by the portal's own code as that contact; each time is written down.

use uuid::Uuid;

use crate::actor::{Desk, Portal, PortalActor};
use crate::appointment::{AppointmentFilter, AppointmentRow, OpenWorkRow};
use crate::db::Db;
use crate::error::{Error, Result};
use crate::follow_up::FollowUpRow;
use crate::grant::desk::reach_of;
use crate::home::HomeView;
use crate::id::{ContactId, ReportId, SessionId, TargetId};
use crate::journal::{Event, EventKind};
use crate::page::Page;
use crate::report::{ReportFilter, ReportRow, ReportView};
use crate::request::{RequestFilter, RequestRow};
use crate::role::Act;
use crate::session::contact::end_grants_past;
use crate::view_as::{SeenAppointment, SeenPortal};

/// The reads of a contact's [`Portal`] and none of its acts. The portal itself stays inside: whoever holds this can change nothing.
pub struct ReadOnlyPortal<'d> {
    db: &'d Db,
    /// Without a session: no act of the portal would find one.
    actor: PortalActor,
}

impl ReadOnlyPortal<'_> {
    fn portal(&self) -> Portal<'_> {
        Portal::new(self.db, &self.actor)
    }

    /// The first page without the drafts: what somebody has not sent is nobody else's.
    pub async fn home(&self) -> Result<HomeView> {
        Ok(HomeView { drafts: Vec::new(), ..self.portal().home().await? })
    }

    pub async fn requests(&self, filter: &RequestFilter) -> Result<Page<RequestRow>> {
        self.portal().requests(filter).await
    }

    pub async fn appointments(&self, filter: &AppointmentFilter) -> Result<Page<AppointmentRow>> {
        self.portal().appointments(filter).await
    }

    pub async fn open_work(&self) -> Result<Vec<OpenWorkRow>> {
        self.portal().open_work().await
    }

    pub async fn reports(&self, filter: &ReportFilter) -> Result<Page<ReportRow>> {
        self.portal().reports(filter).await
    }

    /// One released report. It does not count as opened.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the contact does not see it.
    pub async fn report(&self, id: ReportId) -> Result<ReportView> {
        self.portal().report_unopened(id).await
    }

    pub async fn follow_ups(&self) -> Result<Vec<FollowUpRow>> {
        self.portal().follow_ups().await
    }
}

impl<'d> Desk<'d> {
    /// Opens the portal as a contact sees it now, with a journal entry.
    ///
    /// # Errors
    /// [`Error::Forbidden`]; [`Error::NotFound`] without the contact.
    pub async fn view_as(&self, contact: ContactId) -> Result<ReadOnlyPortal<'d>> {
        let mut w = self.begin(Act::ManageCustomers).await?;
        let known = within!(w, Option<(String, String)>, "SELECT name, email FROM contact WHERE id = $1", contact)?;
        let (name, email) = known.ok_or(Error::NotFound)?;
        w.record(self.by(), Event { contact: Some(contact), ..Event::new(EventKind::PortalViewed) });
        w.commit().await?;
        // As when the contact itself comes.
        end_grants_past(self.db, self.db.now()).await?;
        let session = SessionId::from(Uuid::nil());
        Ok(ReadOnlyPortal { db: self.db, actor: PortalActor { contact, session, name, email, lang: self.actor.lang, customer: None } })
    }

    /// The same gathered on one page.
    ///
    /// # Errors
    /// As [`Self::view_as`].
    pub async fn seen_portal(&self, contact: ContactId) -> Result<SeenPortal> {
        let portal = self.view_as(contact).await?;
        let active = read!(self.reader(), Option<(ContactId,)>, "SELECT contact_id FROM portal_contact WHERE contact_id = $1", contact)?;
        let home = portal.home().await?;
        let mut reports = Vec::new();
        for row in portal.reports(&ReportFilter::default()).await?.items {
            reports.push(portal.report(row.id).await?);
        }
        Ok(SeenPortal {
            id: contact,
            active: active.is_some(),
            reach: reach_of(self, contact).await?,
            questions: home.questions.len(),
            requests: portal.requests(&RequestFilter::default()).await?.items,
            appointments: self.seen_appointments(&portal).await?,
            open_work: portal.open_work().await?,
            reports,
            follow_ups: portal.follow_ups().await?,
            name: portal.actor.name,
        })
    }

    async fn seen_appointments(&self, portal: &ReadOnlyPortal<'_>) -> Result<Vec<SeenAppointment>> {
        let past = AppointmentFilter { show: "past".into(), ..AppointmentFilter::default() };
        let mut rows = portal.appointments(&AppointmentFilter::default()).await?.items;
        rows.extend(portal.appointments(&past).await?.items);
        let mut seen = Vec::new();
        for row in rows {
            let (target_id,) = read!(self.reader(), One<(TargetId,)>, "SELECT target_id FROM appointment WHERE id = $1", row.id)?;
            seen.push(SeenAppointment { row, target_id });
        }
        Ok(seen)
    }
}
