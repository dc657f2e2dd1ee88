//! People and their grants at the desk.

use std::collections::{HashMap, HashSet};

use jiff::civil::{Date, Time};
use uuid::Uuid;

use crate::actor::Desk;
use crate::clock::{Instant, Zone, day_stamp, parse_date};
use crate::customer::desk::must_exist;
use crate::db::containing;
use crate::error::{Error, Result};
use crate::field::{Problem, Problems, Refusal};
use crate::grant::{
    ContactState, DeskPerson, GrantEffect, GrantInput, GrantReach, GrantView, InvitationRow, PersonInput, PersonRow, Profile, Rights,
};
use crate::id::{ContactId, CustomerId, GrantId, InvitationId, LocationId};
use crate::invitation::desk::revoke_pending;
use crate::invitation::{InvitationState, invitation_state, join_newest_invitation};
use crate::journal::{Event, EventKind, Write, changed_fields};
use crate::page::{Cursor, PAGE_SIZE, Page};
use crate::role::Act;
use crate::text::Lang;

/// What a contact sees at one customer, or at all of them when `$2` is NULL: counted in the portal's own views.
const REACH: &str = "SELECT
    (SELECT COUNT(DISTINCT v.id) FROM portal_location v WHERE v.contact_id = $1 AND ($2 IS NULL OR v.customer_id = $2)) AS locations,
    (SELECT COUNT(DISTINCT v.id) FROM portal_request v WHERE v.contact_id = $1 AND ($2 IS NULL OR v.customer_id = $2)) AS requests,
    (SELECT COUNT(DISTINCT v.id) FROM portal_appointment v WHERE v.contact_id = $1 AND ($2 IS NULL OR v.customer_id = $2)) AS appointments,
    (SELECT COUNT(DISTINCT v.id) FROM portal_report v WHERE v.contact_id = $1 AND ($2 IS NULL OR v.customer_id = $2)) AS reports";

/// Each thing that a contact sees of a customer, with the word of its noun: in the portal's own views, so that the effect of a grant
/// cannot be another than what the portal shows.
const SEEN: &str = "SELECT 'location' AS noun, v.id FROM portal_location v WHERE v.contact_id = $1 AND v.customer_id = $2
    UNION ALL SELECT 'request', v.id FROM portal_request v WHERE v.contact_id = $1 AND v.customer_id = $2
    UNION ALL SELECT 'appointment', v.id FROM portal_appointment v WHERE v.contact_id = $1 AND v.customer_id = $2
    UNION ALL SELECT 'report', v.id FROM portal_report v WHERE v.contact_id = $1 AND v.customer_id = $2";

/// The terms of a grant, checked. Chosen locations are sorted, each once; there are none when all are meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Terms {
    all_locations: bool,
    locations: Vec<LocationId>,
    rights: Rights,
    expires_at: Option<Instant>,
}

#[derive(sqlx::FromRow)]
struct GrantRecord {
    id: GrantId,
    version: i64,
    contact_id: ContactId,
    customer_id: CustomerId,
    customer_name: String,
    all_locations: bool,
    may_submit: bool,
    may_see_appointments: bool,
    may_see_reports: bool,
    may_download: bool,
    may_see_colleagues: bool,
    expires_at: Option<Instant>,
}

#[derive(sqlx::FromRow)]
struct ListRow {
    id: ContactId,
    name: String,
    email: String,
    state: ContactState,
    last_sign_in_at: Option<Instant>,
    invitation: Option<InvitationState>,
}

#[derive(sqlx::FromRow)]
struct ContactRecord {
    name: String,
    email: String,
    phone: String,
    lang: Lang,
    state: ContactState,
    last_sign_in_at: Option<Instant>,
    version: i64,
}

#[derive(sqlx::FromRow)]
struct InvitationRecord {
    id: InvitationId,
    state: InvitationState,
    created_at: Instant,
    sent_at: Option<Instant>,
    expires_at: Instant,
    invited_by: String,
}

impl Desk<'_> {
    /// Everyone by name, those whose name or address contains `q`. `state` is a word of [`ContactState`], a word of
    /// [`InvitationState`] for the newest invitation, or anything else for all.
    pub async fn people(&self, state: &str, q: &str, after: &str) -> Result<Page<PersonRow>> {
        let (_, last) = Cursor::parts(Some(&Cursor(after.to_owned())));
        let rows = read!(
            self.reader(),
            Vec<ListRow>,
            concat!(
                "SELECT c.id, c.name, c.email, c.state, c.last_sign_in_at, ",
                invitation_state!(),
                " AS invitation FROM contact c ",
                join_newest_invitation!(),
                " WHERE ($2 IS NULL OR c.state = $2) AND ($3 IS NULL OR ",
                invitation_state!(),
                " = $3)
                    AND (lower(c.name) LIKE lower($4) ESCAPE '\\' OR c.email LIKE lower($4) ESCAPE '\\')
                    AND ($5 IS NULL OR EXISTS (SELECT 1 FROM contact p
                        WHERE p.id = $5 AND (c.name > p.name OR (c.name = p.name AND c.id > p.id))))
                  ORDER BY c.name, c.id LIMIT $6"
            ),
            self.db.now(),
            state.parse::<ContactState>().ok(),
            state.parse::<InvitationState>().ok(),
            containing(q),
            last,
            PAGE_SIZE + 1,
        )?;
        let zone = self.company_zone().await?;
        Ok(Page::of(rows, |r| (0, r.id.uuid()), |r| r.view(&zone, self.actor.lang, None)))
    }

    /// # Errors
    /// [`Error::NotFound`].
    pub async fn person(&self, contact: ContactId) -> Result<DeskPerson> {
        let row = read!(
            self.reader(),
            Option<ContactRecord>,
            "SELECT name, email, phone, lang, state, last_sign_in_at, version FROM contact WHERE id = $1",
            contact,
        )?
        .ok_or(Error::NotFound)?;
        let reach = reach_of(self, contact).await?;
        let zone = self.company_zone().await?;
        Ok(DeskPerson {
            id: contact,
            version: row.version,
            name: row.name,
            email: row.email,
            phone: row.phone,
            lang: row.lang,
            state: row.state,
            last_sign_in: row.last_sign_in_at.map(|at| at.stamp_with_zone(&zone, self.actor.lang)),
            grants: grants_of(self, Some(contact), None).await?,
            invitations: invitations_of(self, contact, &zone).await?,
            reach,
        })
    }

    /// What a grant would show of the customer, and what it would change: for this contact, in place of the grant it has there, or for
    /// somebody new. The grant is given in a transaction that is then undone, so the answer is exact.
    ///
    /// # Errors
    /// Problems of the grant's fields; [`Error::NotFound`] without the customer or the contact.
    pub async fn preview_grant(&self, customer: CustomerId, contact: Option<ContactId>, grant: &GrantInput) -> Result<GrantEffect> {
        let mut w = self.begin(Act::ManageCustomers).await?;
        let terms = Terms::parse(grant, w.now)?;
        must_exist(&mut w, customer).await?;
        let viewer = match contact {
            Some(contact) => stand_in_for(&mut w, contact).await?,
            None => stand_in(&mut w).await?,
        };
        let before = seen(&mut w, viewer, customer).await?;
        let now = w.now;
        let ended = change!(
            w,
            "UPDATE access_grant SET ended_at = $3 WHERE contact_id = $1 AND customer_id = $2 AND ended_at IS NULL",
            viewer,
            customer,
            now,
        )?;
        terms.give(&mut w, viewer, customer).await?;
        let after = seen(&mut w, viewer, customer).await?;
        drop(w);
        Ok(GrantEffect {
            replaces: ended > 0,
            after: count(&after),
            gains: count(after.difference(&before)),
            losses: count(before.difference(&after)),
        })
    }

    /// The same for an invitation, which may go to somebody who is known already.
    ///
    /// # Errors
    /// As [`Self::preview_grant`]. Whether the address is one shows when the invitation is sent.
    pub async fn preview_invitation(&self, customer: CustomerId, email: &str, grant: &GrantInput) -> Result<GrantEffect> {
        self.allow(Act::ManageCustomers).await?;
        let email = email.trim().to_ascii_lowercase();
        let known = read!(self.reader(), Option<(ContactId,)>, "SELECT id FROM contact WHERE email = $1", email)?;
        self.preview_grant(customer, known.map(|(id,)| id), grant).await
    }

    /// The same for a change of a grant that is there.
    ///
    /// # Errors
    /// As [`Self::preview_grant`]; [`Error::NotFound`] without the grant.
    pub async fn preview_change(&self, grant: GrantId, input: &GrantInput) -> Result<GrantEffect> {
        self.allow(Act::ManageCustomers).await?;
        let sql = "SELECT contact_id, customer_id FROM access_grant WHERE id = $1";
        let (contact, customer) = read!(self.reader(), Option<(ContactId, CustomerId)>, sql, grant)?.ok_or(Error::NotFound)?;
        self.preview_grant(customer, Some(contact), input).await
    }

    /// Changes the terms of a live grant. The contact's next request follows them.
    ///
    /// # Errors
    /// [`Error::Conflict`] for a stale version or an ended grant; problems of the fields `scope`, `locations` and `last_day`.
    pub async fn edit_grant(&self, grant: GrantId, version: i64, input: &GrantInput) -> Result<()> {
        let mut w = self.begin(Act::ManageCustomers).await?;
        let terms = Terms::parse(input, w.now)?;
        let (old, contact, customer) = Terms::stored(&mut w, grant).await?;
        let rows = change!(
            w,
            "UPDATE access_grant SET all_locations = $3, may_submit = $4, may_see_appointments = $5, may_see_reports = $6,
                may_download = $7, may_see_colleagues = $8, expires_at = $9, version = version + 1
             WHERE id = $1 AND version = $2 AND ended_at IS NULL",
            grant,
            version,
            terms.all_locations,
            terms.rights.submit,
            terms.rights.appointments,
            terms.rights.reports,
            terms.rights.download,
            terms.rights.colleagues,
            terms.expires_at,
        )?;
        Error::unless_swapped(rows)?;
        change!(w, "DELETE FROM grant_location WHERE grant_id = $1", grant)?;
        terms.choose_locations(&mut w, grant, customer).await?;
        let event = Event { customer: Some(customer), contact: Some(contact), ..Event::new(EventKind::GrantChanged) };
        w.record(self.by(), Event { details: old.difference(&terms), ..event });
        w.commit().await
    }

    /// Takes a grant away, at once.
    ///
    /// # Errors
    /// [`Error::Conflict`] for a stale version or a grant that has ended already.
    pub async fn end_grant(&self, grant: GrantId, version: i64) -> Result<()> {
        let mut w = self.begin(Act::ManageCustomers).await?;
        let (_, contact, customer) = Terms::stored(&mut w, grant).await?;
        let now = w.now;
        let rows = change!(
            w,
            "UPDATE access_grant SET ended_at = $3, version = version + 1 WHERE id = $1 AND version = $2 AND ended_at IS NULL",
            grant,
            version,
            now,
        )?;
        Error::unless_swapped(rows)?;
        w.record(self.by(), Event { customer: Some(customer), contact: Some(contact), ..Event::new(EventKind::GrantEnded) });
        w.commit().await
    }

    /// Changes what a person is called and how to reach it. The address stays: it is what the account is known by.
    ///
    /// # Errors
    /// Problems of the fields `name`, `phone` and `lang`; [`Error::Conflict`] for a stale version.
    pub async fn edit_person(&self, contact: ContactId, version: i64, person: &PersonInput) -> Result<()> {
        let mut w = self.begin(Act::ManageCustomers).await?;
        let new = Profile::parse(&person.name, &person.phone, &person.lang)?;
        let (name, phone, lang) =
            within!(w, Option<(String, String, Lang)>, "SELECT name, phone, lang FROM contact WHERE id = $1", contact)?
                .ok_or(Error::NotFound)?;
        let rows = change!(
            w,
            "UPDATE contact SET name = $3, phone = $4, lang = $5, version = version + 1 WHERE id = $1 AND version = $2",
            contact,
            version,
            new.name.as_str(),
            new.phone.as_str(),
            new.lang,
        )?;
        Error::unless_swapped(rows)?;
        let details = changed_fields(&[("name", name != new.name), ("phone", phone != new.phone), ("language", lang != new.lang)]);
        w.record(self.by(), Event { contact: Some(contact), details, ..Event::new(EventKind::ContactChanged) });
        w.commit().await
    }

    /// Shuts a person out: its sessions end, and its open links lead nowhere. Its grants wait for the day it is enabled again.
    ///
    /// # Errors
    /// [`Error::Conflict`] for a stale version or a person that is disabled already.
    pub async fn disable_contact(&self, contact: ContactId, version: i64) -> Result<()> {
        let mut w = self.begin(Act::ManageCustomers).await?;
        contact_exists(&mut w, contact).await?;
        let now = w.now;
        // Links before their contact, as those who follow a link lock them.
        revoke_pending(&mut w, contact).await?;
        change!(w, "UPDATE password_reset SET used_at = $2 WHERE contact_id = $1 AND used_at IS NULL", contact, now)?;
        let rows = change!(
            w,
            "UPDATE contact SET state = 'disabled', version = version + 1 WHERE id = $1 AND version = $2 AND state <> 'disabled'",
            contact,
            version,
        )?;
        Error::unless_swapped(rows)?;
        change!(w, "UPDATE contact_session SET ended_at = $2 WHERE contact_id = $1 AND ended_at IS NULL", contact, now)?;
        change!(w, "UPDATE calendar_feed SET ended_at = $2 WHERE contact_id = $1 AND ended_at IS NULL", contact, now)?;
        w.record(self.by(), Event { contact: Some(contact), ..Event::new(EventKind::ContactDisabled) });
        w.commit().await
    }

    /// Lets a disabled person back: active with the password it had, or still to be invited.
    ///
    /// # Errors
    /// [`Error::Conflict`] for a stale version or a person that is not disabled.
    pub async fn enable_contact(&self, contact: ContactId, version: i64) -> Result<()> {
        let mut w = self.begin(Act::ManageCustomers).await?;
        contact_exists(&mut w, contact).await?;
        let rows = change!(
            w,
            "UPDATE contact SET state = CASE WHEN password_hash IS NULL THEN 'invited' ELSE 'active' END, version = version + 1
             WHERE id = $1 AND version = $2 AND state = 'disabled'",
            contact,
            version,
        )?;
        Error::unless_swapped(rows)?;
        w.record(self.by(), Event { contact: Some(contact), ..Event::new(EventKind::ContactEnabled) });
        w.commit().await
    }
}

/// Refuses a contact that does not exist.
pub(crate) async fn contact_exists(w: &mut Write<'_>, contact: ContactId) -> Result<()> {
    let found = within!(w, Option<(ContactId,)>, "SELECT id FROM contact WHERE id = $1", contact)?;
    found.map(drop).ok_or(Error::NotFound)
}

// ------------------------------------------------------------------------------------------------------ terms

impl Terms {
    /// # Errors
    /// Problems of the fields `scope`, `locations` and `last_day`. Whether the locations are the customer's shows when they are stored.
    pub(crate) fn parse(input: &GrantInput, now: Instant) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let all_locations = match input.scope.as_str() {
            "all" => true,
            "chosen" => false,
            "" => {
                problems.add("scope", Problem::NothingChosen);
                true
            }
            _ => {
                problems.add("scope", Problem::NotAChoice);
                true
            }
        };
        let locations = if all_locations { Some(Vec::new()) } else { problems.take("locations", chosen(&input.locations)) };
        let expires_at = problems.take("last_day", end_of(&input.last_day, now));
        let is_on = |checkbox: &str| !checkbox.is_empty();
        let rights = Rights {
            submit: is_on(&input.submit),
            appointments: is_on(&input.appointments),
            reports: is_on(&input.reports),
            download: is_on(&input.download),
            colleagues: is_on(&input.colleagues),
        };
        match (locations, expires_at) {
            (Some(locations), Some(expires_at)) if problems.0.is_empty() => Ok(Self { all_locations, locations, rights, expires_at }),
            _ => Err(problems),
        }
    }

    /// The terms of a grant as they stand, with its contact and its customer.
    async fn stored(w: &mut Write<'_>, grant: GrantId) -> Result<(Self, ContactId, CustomerId)> {
        let row = within!(
            w,
            Option<GrantRecord>,
            "SELECT g.id, g.version, g.contact_id, g.customer_id, cu.name AS customer_name, g.all_locations, g.may_submit,
                g.may_see_appointments, g.may_see_reports, g.may_download, g.may_see_colleagues, g.expires_at
             FROM access_grant g JOIN customer cu ON cu.id = g.customer_id WHERE g.id = $1",
            grant,
        )?
        .ok_or(Error::NotFound)?;
        let chosen =
            within!(w, Vec<(LocationId,)>, "SELECT location_id FROM grant_location WHERE grant_id = $1 ORDER BY location_id", grant)?;
        let terms = Self {
            all_locations: row.all_locations,
            locations: chosen.into_iter().map(|(id,)| id).collect(),
            rights: row.rights(),
            expires_at: row.expires_at,
        };
        Ok((terms, row.contact_id, row.customer_id))
    }

    /// Gives a contact a grant on these terms.
    ///
    /// # Errors
    /// `AlreadyInvited` when the contact has a live grant there; `NotAChoice` for a location that is not the customer's.
    pub(crate) async fn give(&self, w: &mut Write<'_>, contact: ContactId, customer: CustomerId) -> Result<()> {
        let (grant, now) = (GrantId::new(), w.now);
        change!(
            w,
            "INSERT INTO access_grant (id, contact_id, customer_id, all_locations, may_submit, may_see_appointments, may_see_reports,
                may_download, may_see_colleagues, expires_at, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
            grant,
            contact,
            customer,
            self.all_locations,
            self.rights.submit,
            self.rights.appointments,
            self.rights.reports,
            self.rights.download,
            self.rights.colleagues,
            self.expires_at,
            now,
        )
        .map_err(|e| if e.is_unique_violation() { Error::refused(Refusal::AlreadyInvited) } else { e })?;
        self.choose_locations(w, grant, customer).await
    }

    async fn choose_locations(&self, w: &mut Write<'_>, grant: GrantId, customer: CustomerId) -> Result<()> {
        for location in &self.locations {
            let rows = change!(
                w,
                "INSERT INTO grant_location (grant_id, location_id, customer_id)
                 SELECT $1, l.id, l.customer_id FROM location l WHERE l.id = $2 AND l.customer_id = $3",
                grant,
                *location,
                customer,
            )?;
            if rows == 0 {
                return Err(Error::invalid("locations", Problem::NotAChoice));
            }
        }
        Ok(())
    }

    /// The terms for the journal: "all locations; rights submit reports; until 2026-03-31".
    pub(crate) fn details(&self) -> String {
        let rights = self.rights.by_word().into_iter().filter(|(_, given)| *given).map(|(word, _)| format!(" {word}"));
        let until = self.expires_at.map_or_else(String::new, |at| format!("; until {}", last_day(at)));
        format!("{} locations; rights{}{until}", self.scope(), rights.collect::<String>())
    }

    /// What differs, for the journal: "locations 3→2; rights -download; until none→2026-03-31".
    fn difference(&self, new: &Self) -> String {
        let mut parts = Vec::new();
        if (self.all_locations, &self.locations) != (new.all_locations, &new.locations) {
            parts.push(format!("locations {}→{}", self.scope(), new.scope()));
        }
        if self.rights != new.rights {
            let pairs = self.rights.by_word().into_iter().zip(new.rights.by_word());
            let changed =
                pairs.filter(|(old, new)| old != new).map(|(_, (word, given))| format!(" {}{word}", if given { '+' } else { '-' }));
            parts.push(format!("rights{}", changed.collect::<String>()));
        }
        if self.expires_at != new.expires_at {
            let day = |at: Option<Instant>| at.map_or_else(|| "none".to_owned(), |at| last_day(at).to_string());
            parts.push(format!("until {}→{}", day(self.expires_at), day(new.expires_at)));
        }
        parts.join("; ")
    }

    fn scope(&self) -> String {
        if self.all_locations { "all".to_owned() } else { self.locations.len().to_string() }
    }
}

/// Chosen locations, sorted, each once. A malformed id is answered like a foreign or a random one.
fn chosen(ids: &[String]) -> Result<Vec<LocationId>, Problem> {
    if ids.is_empty() {
        return Err(Problem::NothingChosen);
    }
    let mut locations = ids.iter().map(|id| id.parse()).collect::<Result<Vec<LocationId>, _>>().map_err(|_| Problem::NotAChoice)?;
    locations.sort_unstable();
    locations.dedup();
    Ok(locations)
}

/// The instant after a last day: midnight UTC. None when no day is given.
fn end_of(typed: &str, now: Instant) -> Result<Option<Instant>, Problem> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    let next_day = parse_date(typed)?.tomorrow().map_err(|_| Problem::NotADate)?;
    let end = utc().instant(next_day, Time::midnight())?;
    if end <= now { Err(Problem::InThePast) } else { Ok(Some(end)) }
}

/// The last day of access under a grant that ends at `expires_at`.
pub(crate) fn last_day(expires_at: Instant) -> Date {
    expires_at.minus(1).date_in(&utc())
}

fn utc() -> Zone {
    Zone::stored("UTC")
}

// ---------------------------------------------------------------------------------------------------- previews

/// Somebody new, for the time of a preview.
async fn stand_in(w: &mut Write<'_>) -> Result<ContactId> {
    let (id, now) = (ContactId::new(), w.now);
    change!(
        w,
        "INSERT INTO contact (id, email, name, state, password_hash, created_at) VALUES ($1, $2, 'preview', 'active', 'none', $3)",
        id,
        format!("{id}@preview.invalid"),
        now,
    )?;
    Ok(id)
}

/// An existing contact, as if it had accepted if it was invited, for the time of a preview.
async fn stand_in_for(w: &mut Write<'_>, contact: ContactId) -> Result<ContactId> {
    contact_exists(w, contact).await?;
    change!(w, "UPDATE contact SET state = 'active', password_hash = 'none' WHERE id = $1 AND state = 'invited'", contact)?;
    Ok(contact)
}

async fn seen(w: &mut Write<'_>, contact: ContactId, customer: CustomerId) -> Result<HashSet<(String, Uuid)>> {
    Ok(within!(w, Vec<(String, Uuid)>, SEEN, contact, customer)?.into_iter().collect())
}

fn count<'s>(things: impl IntoIterator<Item = &'s (String, Uuid)>) -> GrantReach {
    let mut reach = GrantReach::default();
    for (noun, _) in things {
        match noun.as_str() {
            "location" => reach.locations += 1,
            "request" => reach.requests += 1,
            "appointment" => reach.appointments += 1,
            _ => reach.reports += 1,
        }
    }
    reach
}

// -------------------------------------------------------------------------------------------------------- rows

impl GrantRecord {
    fn rights(&self) -> Rights {
        Rights {
            submit: self.may_submit,
            appointments: self.may_see_appointments,
            reports: self.may_see_reports,
            download: self.may_download,
            colleagues: self.may_see_colleagues,
        }
    }

    fn view(self, locations: Vec<(LocationId, String)>, lang: Lang) -> GrantView {
        GrantView {
            rights: self.rights(),
            id: self.id,
            version: self.version,
            contact_id: self.contact_id,
            customer_id: self.customer_id,
            customer_name: self.customer_name,
            all_locations: self.all_locations,
            locations,
            last_day: self.expires_at.map(|at| day_stamp(last_day(at), lang)),
        }
    }
}

impl ListRow {
    fn view(self, zone: &Zone, lang: Lang, grant: Option<GrantView>) -> PersonRow {
        PersonRow {
            id: self.id,
            name: self.name,
            email: self.email,
            state: self.state,
            invitation: self.invitation,
            last_sign_in: self.last_sign_in_at.map(|at| at.stamp_with_zone(zone, lang)),
            grant,
        }
    }
}

/// What a contact sees now, at all its customers.
pub(crate) async fn reach_of(desk: &Desk<'_>, contact: ContactId) -> Result<GrantReach> {
    read!(desk.reader(), One<GrantReach>, REACH, contact, None::<CustomerId>)
}

/// Everyone with a live grant at a customer, with that grant.
pub(crate) async fn people_of(desk: &Desk<'_>, customer: CustomerId) -> Result<Vec<PersonRow>> {
    let rows = read!(
        desk.reader(),
        Vec<ListRow>,
        concat!(
            "SELECT c.id, c.name, c.email, c.state, c.last_sign_in_at, ",
            invitation_state!(),
            " AS invitation FROM contact c JOIN access_grant g ON g.contact_id = c.id AND g.customer_id = $2 AND g.ended_at IS NULL ",
            join_newest_invitation!(),
            " ORDER BY c.name, c.id"
        ),
        desk.db.now(),
        customer,
    )?;
    let grants = grants_of(desk, None, Some(customer)).await?;
    let mut grants: HashMap<_, _> = grants.into_iter().map(|grant| (grant.contact_id, grant)).collect();
    let zone = desk.company_zone().await?;
    Ok(rows.into_iter().map(|row| (grants.remove(&row.id), row)).map(|(grant, row)| row.view(&zone, desk.actor.lang, grant)).collect())
}

/// Live grants, of one contact or at one customer, by the customer's name.
async fn grants_of(desk: &Desk<'_>, contact: Option<ContactId>, customer: Option<CustomerId>) -> Result<Vec<GrantView>> {
    let rows = read!(
        desk.reader(),
        Vec<GrantRecord>,
        "SELECT g.id, g.version, g.contact_id, g.customer_id, cu.name AS customer_name, g.all_locations, g.may_submit,
            g.may_see_appointments, g.may_see_reports, g.may_download, g.may_see_colleagues, g.expires_at
         FROM access_grant g JOIN customer cu ON cu.id = g.customer_id
         WHERE g.ended_at IS NULL AND ($1 IS NULL OR g.contact_id = $1) AND ($2 IS NULL OR g.customer_id = $2)
         ORDER BY cu.name, g.id",
        contact,
        customer,
    )?;
    let chosen = read!(
        desk.reader(),
        Vec<(GrantId, LocationId, String)>,
        "SELECT gl.grant_id, l.id, l.name FROM grant_location gl JOIN access_grant g ON g.id = gl.grant_id
         JOIN location l ON l.id = gl.location_id
         WHERE g.ended_at IS NULL AND ($1 IS NULL OR g.contact_id = $1) AND ($2 IS NULL OR g.customer_id = $2)
         ORDER BY l.name, l.id",
        contact,
        customer,
    )?;
    let mut locations: HashMap<GrantId, Vec<(LocationId, String)>> = HashMap::new();
    for (grant, id, name) in chosen {
        locations.entry(grant).or_default().push((id, name));
    }
    Ok(rows
        .into_iter()
        .map(|row| (locations.remove(&row.id).unwrap_or_default(), row))
        .map(|(chosen, row)| row.view(chosen, desk.actor.lang))
        .collect())
}

/// A contact's invitations, newest first.
async fn invitations_of(desk: &Desk<'_>, contact: ContactId, zone: &Zone) -> Result<Vec<InvitationRow>> {
    let rows = read!(
        desk.reader(),
        Vec<InvitationRecord>,
        concat!(
            "SELECT i.id, ",
            invitation_state!(),
            " AS state, i.created_at, i.sent_at, i.expires_at, s.name AS invited_by
             FROM invitation i JOIN staff s ON s.id = i.invited_by WHERE i.contact_id = $2
             ORDER BY i.created_at DESC, CASE WHEN i.revoked_at IS NULL THEN 0 ELSE 1 END, i.id"
        ),
        desk.db.now(),
        contact,
    )?;
    let stamp = |at: Instant| at.stamp_with_zone(zone, desk.actor.lang);
    let view = |row: InvitationRecord| InvitationRow {
        id: row.id,
        state: row.state,
        created: stamp(row.created_at),
        sent: row.sent_at.map(stamp),
        expires: stamp(row.expires_at),
        invited_by: row.invited_by,
    };
    Ok(rows.into_iter().map(view).collect())
}
