//! Lists at the desk: kept, looked at, and then taken over whole.

use std::collections::{HashMap, HashSet};

use crate::actor::Desk;
use crate::clock::Instant;
use crate::customer::desk::{LocationData, must_exist};
use crate::customer::{LocationInput, address_line};
use crate::error::{Error, Result};
use crate::field::{self, Problem, Problems, Refusal};
use crate::grant::desk::Terms;
use crate::grant::{ContactState, GrantInput, Profile};
use crate::id::{CustomerId, SheetId};
use crate::journal::{Event, EventKind, Write};
use crate::role::Act;
use crate::session::contact::end_grants_past;
use crate::sheet::reading::{Line, text_of};
use crate::sheet::table::{Findings, Table};
use crate::sheet::{CellProblem, LISTED, NewLine, SIZE_LIMIT, SheetColumn, SheetKind, SheetView};

/// How long a list is kept that nobody takes over, in seconds.
const LIFE: i64 = 86_400;

/// People who must not be invited to the customer `$1`, being disabled, or need not, having access at the time `$2`.
const KNOWN_PEOPLE: &str = "SELECT c.email, c.state FROM contact c
    WHERE c.state = 'disabled' OR EXISTS (SELECT 1 FROM access_grant g WHERE g.contact_id = c.id AND g.customer_id = $1
        AND g.ended_at IS NULL AND (g.expires_at IS NULL OR g.expires_at > $2))";

/// A list, looked at: lines that would be taken over, and how many need not.
struct Checked<T> {
    new: Vec<(usize, T)>,
    known: usize,
    findings: Findings,
}

/// Somebody to invite.
struct Invitee {
    email: String,
    profile: Profile,
}

impl Desk<'_> {
    /// Keeps a list for a customer, to be looked at and then taken over. Whatever its lines say is told by [`Desk::sheet`].
    ///
    /// # Errors
    /// [`Error::NotFound`] without the customer; a problem of the field `file`: `Missing`, `SheetTooLarge`, `SheetNotText`.
    pub async fn keep_sheet(&self, customer: CustomerId, kind: SheetKind, file: &[u8]) -> Result<SheetId> {
        let mut w = self.begin(Act::ManageCustomers).await?;
        must_exist(&mut w, customer).await?;
        let refused = |refusal| Error::invalid("file", Problem::Refused(refusal));
        if file.len() > SIZE_LIMIT {
            return Err(refused(Refusal::SheetTooLarge));
        }
        let text = text_of(file).map_err(refused)?;
        if text.trim().is_empty() {
            return Err(Error::invalid("file", Problem::Missing));
        }
        let (id, now) = (SheetId::new(), w.now);
        change!(w, "DELETE FROM sheet WHERE created_at <= $1", now.minus(LIFE))?;
        change!(
            w,
            "INSERT INTO sheet (id, customer_id, kind, created_at, body) VALUES ($1, $2, $3, $4, $5)",
            id,
            customer,
            kind,
            now,
            text,
        )?;
        w.commit_unrecorded().await?;
        Ok(id)
    }

    /// What a kept list would do.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a list that is not this customer's or not of this kind, or is not kept any more.
    pub async fn sheet(&self, customer: CustomerId, kind: SheetKind, sheet: SheetId) -> Result<SheetView> {
        self.allow(Act::ManageCustomers).await?;
        let sql = "SELECT body, done_at FROM sheet WHERE id = $1 AND customer_id = $2 AND kind = $3";
        let (body, done_at) =
            read!(self.reader(), Option<(String, Option<Instant>)>, sql, sheet, customer, kind)?.ok_or(Error::NotFound)?;
        if done_at.is_some() {
            return Ok(SheetView { id: sheet, done: true, new: 0, known: 0, wrong: 0, lines: Vec::new(), problems: Vec::new() });
        }
        Ok(match kind {
            SheetKind::Locations => {
                let names = read!(self.reader(), Vec<(String,)>, "SELECT name FROM location WHERE customer_id = $1", customer)?;
                let cells = |location: LocationData| {
                    let address = address_line(&location.street, &location.postal_code, &location.city);
                    vec![location.name, address, location.zone.name().to_owned()]
                };
                locations_in(&body, &folded(names)).view(sheet, cells)
            }
            SheetKind::People => {
                let known = read!(self.reader(), Vec<(String, ContactState)>, KNOWN_PEOPLE, customer, self.db.now())?;
                let cells = |person: Invitee| vec![person.profile.name, person.email, person.profile.phone];
                people_in(&body, &known.into_iter().collect()).view(sheet, cells)
            }
        })
    }

    /// Adds all new locations of a kept list, or none. Sent again it adds nothing more. Gives the customer.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::Conflict`] for a list with problems, of which its preview tells.
    pub async fn import_locations(&self, sheet: SheetId) -> Result<CustomerId> {
        let mut w = self.begin(Act::ManageCustomers).await?;
        let (customer, body) = take(&mut w, sheet, SheetKind::Locations).await?;
        let Some(body) = body else { return Ok(customer) };
        let names = within!(w, Vec<(String,)>, "SELECT name FROM location WHERE customer_id = $1", customer)?;
        let checked = locations_in(&body, &folded(names)).flawless()?;
        for (_, location) in &checked.new {
            location.add_to(&mut w, customer).await?;
        }
        let details = format!("{} new, {} known", checked.new.len(), checked.known);
        w.record(self.by(), Event { customer: Some(customer), details, ..Event::new(EventKind::LocationsImported) });
        w.commit().await?;
        Ok(customer)
    }

    /// Invites everybody of a kept list on the same terms, or nobody. Sent again it invites nobody more. Gives the customer.
    ///
    /// # Errors
    /// Problems of the grant's fields; otherwise as [`Desk::import_locations`].
    pub async fn invite_people(&self, sheet: SheetId, grant: &GrantInput) -> Result<CustomerId> {
        self.allow(Act::ManageCustomers).await?;
        // A grant that has run out must not stand in the way of a new one.
        end_grants_past(self.db, self.db.now()).await?;
        let mut w = self.begin(Act::ManageCustomers).await?;
        let now = w.now;
        let terms = Terms::parse(grant, now)?;
        let (customer, body) = take(&mut w, sheet, SheetKind::People).await?;
        let Some(body) = body else { return Ok(customer) };
        let known = within!(w, Vec<(String, ContactState)>, KNOWN_PEOPLE, customer, now)?;
        let checked = people_in(&body, &known.into_iter().collect()).flawless()?;
        for (_, person) in &checked.new {
            self.let_in(&mut w, customer, &person.email, &person.profile, &terms).await?;
        }
        w.commit().await?;
        Ok(customer)
    }
}

/// Takes a kept list out, with its customer: the text, or none when it was taken before. Two lists for one customer come one after the
/// other, so that the second sees what the first one did.
async fn take(w: &mut Write<'_>, sheet: SheetId, kind: SheetKind) -> Result<(CustomerId, Option<String>)> {
    let sql = "SELECT customer_id, body FROM sheet WHERE id = $1 AND kind = $2";
    let (customer, body) = within!(w, Option<(CustomerId, String)>, sql, sheet, kind)?.ok_or(Error::NotFound)?;
    let now = w.now;
    // Of two who send it at once, the second waits here.
    let first = change!(w, "UPDATE sheet SET done_at = $2, body = '' WHERE id = $1 AND done_at IS NULL", sheet, now)?;
    change!(w, "UPDATE customer SET version = version WHERE id = $1", customer)?;
    Ok((customer, (first > 0).then_some(body)))
}

impl<T> Checked<T> {
    const fn new(findings: Findings) -> Self {
        Self { new: Vec::new(), known: 0, findings }
    }

    /// Refuses a list with problems.
    fn flawless(self) -> Result<Self> {
        if self.findings.0.is_empty() { Ok(self) } else { Err(Error::Conflict) }
    }

    fn view(self, id: SheetId, cells: impl Fn(T) -> Vec<String>) -> SheetView {
        let (new, problems) = (self.new.len(), self.findings.0);
        SheetView {
            id,
            done: false,
            new,
            known: self.known,
            wrong: problems.len(),
            lines: self.new.into_iter().take(LISTED).map(|(line, row)| NewLine { line, cells: cells(row) }).collect(),
            problems: problems.into_iter().take(LISTED).collect(),
        }
    }
}

/// `known` are the names that the customer's locations have, in lower case.
fn locations_in(text: &str, known: &HashSet<String>) -> Checked<LocationData> {
    let mut findings = Findings::default();
    let Some(table) = Table::of(text, SheetKind::Locations, &mut findings) else { return Checked::new(findings) };
    let (mut checked, mut names) = (Checked::new(findings), HashSet::new());
    for row in &table.rows {
        let Some(location) = location_in(&table, row, &mut checked.findings) else { continue };
        let name = location.name.to_lowercase();
        if names.contains(&name) {
            checked.findings.add(row.number, "", CellProblem::NameTwice);
        } else if known.contains(&name) {
            checked.known += 1;
        } else {
            checked.new.push((row.number, location));
        }
        names.insert(name);
    }
    checked
}

fn location_in(table: &Table, row: &Line, findings: &mut Findings) -> Option<LocationData> {
    let mut input = LocationInput::default();
    for (column, cell) in table.cells(row, findings)? {
        let field = match column {
            SheetColumn::Name => &mut input.name,
            SheetColumn::Street => &mut input.street,
            SheetColumn::PostalCode => &mut input.postal_code,
            SheetColumn::City => &mut input.city,
            SheetColumn::Zone => &mut input.zone,
            _ => &mut input.internal_note,
        };
        cell.clone_into(field);
    }
    LocationData::parse(&input).map_err(|problems| table.add_all(row, problems, findings)).ok()
}

/// `known` as [`KNOWN_PEOPLE`] gives them.
fn people_in(text: &str, known: &HashMap<String, ContactState>) -> Checked<Invitee> {
    let mut findings = Findings::default();
    let Some(table) = Table::of(text, SheetKind::People, &mut findings) else { return Checked::new(findings) };
    let (mut checked, mut addresses) = (Checked::new(findings), HashSet::new());
    for row in &table.rows {
        let Some(person) = invitee_in(&table, row, &mut checked.findings) else { continue };
        let twice = !addresses.insert(person.email.clone());
        match known.get(&person.email) {
            _ if twice => checked.findings.add(row.number, "", CellProblem::AddressTwice),
            Some(ContactState::Disabled) => checked.findings.add(row.number, "", CellProblem::Disabled),
            Some(_) => checked.known += 1,
            None => checked.new.push((row.number, person)),
        }
    }
    checked
}

fn invitee_in(table: &Table, row: &Line, findings: &mut Findings) -> Option<Invitee> {
    let (mut name, mut email, mut phone, mut lang) = ("", "", "", "");
    for (column, cell) in table.cells(row, findings)? {
        match column {
            SheetColumn::Email => email = cell,
            SheetColumn::Phone => phone = cell,
            SheetColumn::Language => lang = cell,
            _ => name = cell,
        }
    }
    let mut problems = Problems::default();
    let profile = problems.take_all(Profile::parse(name, phone, &lang.to_lowercase()));
    let email = problems.take("email", field::email(email));
    match (profile, email) {
        (Some(profile), Some(email)) => Some(Invitee { email, profile }),
        _ => {
            table.add_all(row, problems, findings);
            None
        }
    }
}

fn folded(names: Vec<(String,)>) -> HashSet<String> {
    names.into_iter().map(|(name,)| name.to_lowercase()).collect()
}
