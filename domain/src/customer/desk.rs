//! Customers and their locations at the desk.

use crate::actor::Desk;
use crate::clock::{Zone, parse_date, parse_time};
use crate::customer::{
    CustomerData, CustomerInput, CustomerKind, CustomerRow, DeskCustomer, DeskLocation, LocationInput, NAME_LIMIT, NOTE_LIMIT,
};
use crate::db::containing;
use crate::error::{Error, Result};
use crate::field::{self, Problem, Problems};
use crate::grant::desk::people_of;
use crate::id::{AppointmentId, CustomerId, LocationId};
use crate::journal::{Event, EventKind, Write, changed_fields};
use crate::page::{Cursor, PAGE_SIZE, Page};
use crate::role::Act;
use crate::search::words;

#[derive(sqlx::FromRow)]
struct ListRow {
    id: CustomerId,
    name: String,
    kind: CustomerKind,
    locations: i64,
    people: i64,
    open_requests: i64,
}

#[derive(sqlx::FromRow)]
struct CustomerRecord {
    name: String,
    kind: CustomerKind,
    internal_note: String,
    version: i64,
}

#[derive(sqlx::FromRow)]
struct LocationRecord {
    id: LocationId,
    customer_id: CustomerId,
    name: String,
    street: String,
    postal_code: String,
    city: String,
    zone: String,
    internal_note: String,
    version: i64,
}

#[derive(sqlx::FromRow)]
struct SlotRecord {
    id: AppointmentId,
    on_date: String,
    from_time: String,
    until_time: String,
}

/// A location, checked.
pub(crate) struct LocationData {
    pub name: String,
    pub street: String,
    pub postal_code: String,
    pub city: String,
    pub zone: Zone,
    pub internal_note: String,
}

impl LocationData {
    /// # Errors
    /// All fields that are missing, too long or not a choice.
    pub fn parse(input: &LocationInput) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let name = problems.take("name", field::line(&input.name, 1, NAME_LIMIT));
        let street = problems.take("street", field::line(&input.street, 0, NAME_LIMIT));
        let postal_code = problems.take("postal_code", field::line(&input.postal_code, 0, NAME_LIMIT));
        let city = problems.take("city", field::line(&input.city, 0, NAME_LIMIT));
        let zone = problems.take("zone", if input.zone.trim().is_empty() { Err(Problem::Missing) } else { Zone::parse(&input.zone) });
        let internal_note = problems.take("internal_note", field::lines(&input.internal_note, 0, NOTE_LIMIT));
        match (name, street, postal_code, city, zone, internal_note) {
            (Some(name), Some(street), Some(postal_code), Some(city), Some(zone), Some(internal_note)) => {
                Ok(Self { name, street, postal_code, city, zone, internal_note })
            }
            _ => Err(problems),
        }
    }

    /// Makes it one of the customer's.
    pub async fn add_to(&self, w: &mut Write<'_>, customer: CustomerId) -> Result<LocationId> {
        let (id, now) = (LocationId::new(), w.now);
        change!(
            w,
            "INSERT INTO location (id, customer_id, name, street, postal_code, city, zone, internal_note, created_at, words)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            id,
            customer,
            self.name.as_str(),
            self.street.as_str(),
            self.postal_code.as_str(),
            self.city.as_str(),
            self.zone.name(),
            self.internal_note.as_str(),
            now,
            self.words(),
        )?;
        Ok(id)
    }

    /// What customers find it by.
    fn words(&self) -> String {
        words::line([self.name.as_str(), self.street.as_str(), self.postal_code.as_str(), self.city.as_str()])
    }
}

/// Refuses a customer that does not exist.
pub(crate) async fn must_exist(w: &mut Write<'_>, customer: CustomerId) -> Result<()> {
    let found = within!(w, Option<(CustomerId,)>, "SELECT id FROM customer WHERE id = $1", customer)?;
    found.map(drop).ok_or(Error::NotFound)
}

impl Desk<'_> {
    /// Customers by name, those whose name contains `q`.
    pub async fn customers(&self, q: &str, after: &str) -> Result<Page<CustomerRow>> {
        let (_, last) = Cursor::parts(Some(&Cursor(after.to_owned())));
        let rows = read!(
            self.reader(),
            Vec<ListRow>,
            "SELECT c.id, c.name, c.kind,
                (SELECT COUNT(*) FROM location l WHERE l.customer_id = c.id) AS locations,
                (SELECT COUNT(*) FROM access_grant g JOIN contact p ON p.id = g.contact_id
                    WHERE g.customer_id = c.id AND g.ended_at IS NULL AND p.state <> 'disabled') AS people,
                (SELECT COUNT(*) FROM request r
                    WHERE r.location_id IN (SELECT l.id FROM location l WHERE l.customer_id = c.id)
                    AND r.status NOT IN ('rejected', 'cancelled')
                    AND NOT EXISTS (SELECT 1 FROM target t WHERE t.request_id = r.id AND t.status = 'done')) AS open_requests
             FROM customer c
             WHERE lower(c.name) LIKE lower($1) ESCAPE '\\'
                AND ($2 IS NULL OR EXISTS (SELECT 1 FROM customer p
                    WHERE p.id = $2 AND (c.name > p.name OR (c.name = p.name AND c.id > p.id))))
             ORDER BY c.name, c.id LIMIT $3",
            containing(q),
            last,
            PAGE_SIZE + 1,
        )?;
        let view = |r: ListRow| CustomerRow {
            id: r.id,
            name: r.name,
            kind: r.kind,
            locations: r.locations,
            people: r.people,
            open_requests: r.open_requests,
        };
        Ok(Page::of(rows, |r| (0, r.id.uuid()), view))
    }

    /// What a customer is called.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn customer_name(&self, customer: CustomerId) -> Result<String> {
        let row = read!(self.reader(), Option<(String,)>, "SELECT name FROM customer WHERE id = $1", customer)?;
        row.map(|(name,)| name).ok_or(Error::NotFound)
    }

    /// # Errors
    /// [`Error::NotFound`].
    pub async fn customer(&self, customer: CustomerId) -> Result<DeskCustomer> {
        let row = read!(
            self.reader(),
            Option<CustomerRecord>,
            "SELECT name, kind, internal_note, version FROM customer WHERE id = $1",
            customer,
        )?
        .ok_or(Error::NotFound)?;
        let locations = read!(
            self.reader(),
            Vec<LocationRecord>,
            "SELECT id, customer_id, name, street, postal_code, city, zone, internal_note, version FROM location
             WHERE customer_id = $1 ORDER BY name, id",
            customer,
        )?;
        Ok(DeskCustomer {
            id: customer,
            version: row.version,
            name: row.name,
            kind: row.kind,
            internal_note: row.internal_note,
            locations: locations.into_iter().map(LocationRecord::view).collect(),
            people: people_of(self, customer).await?,
        })
    }

    /// # Errors
    /// Problems of the fields `name`, `kind` and `internal_note`.
    pub async fn add_customer(&self, input: &CustomerInput) -> Result<CustomerId> {
        let mut w = self.begin(Act::ManageCustomers).await?;
        let data = CustomerData::parse(input)?;
        let (id, now) = (CustomerId::new(), w.now);
        change!(
            w,
            "INSERT INTO customer (id, name, kind, internal_note, created_at, words) VALUES ($1, $2, $3, $4, $5, $6)",
            id,
            data.name.as_str(),
            data.kind,
            data.internal_note.as_str(),
            now,
            words::line([data.name.as_str()]),
        )?;
        w.record(self.by(), Event { customer: Some(id), ..Event::new(EventKind::CustomerAdded) });
        w.commit().await?;
        Ok(id)
    }

    /// # Errors
    /// As [`Self::add_customer`]; [`Error::Conflict`] for a stale version.
    pub async fn edit_customer(&self, customer: CustomerId, version: i64, input: &CustomerInput) -> Result<()> {
        let mut w = self.begin(Act::ManageCustomers).await?;
        let data = CustomerData::parse(input)?;
        let old = within!(w, Option<CustomerRecord>, "SELECT name, kind, internal_note, version FROM customer WHERE id = $1", customer,)?
            .ok_or(Error::NotFound)?;
        let rows = change!(
            w,
            "UPDATE customer SET name = $3, kind = $4, internal_note = $5, words = $6, version = version + 1
             WHERE id = $1 AND version = $2",
            customer,
            version,
            data.name.as_str(),
            data.kind,
            data.internal_note.as_str(),
            words::line([data.name.as_str()]),
        )?;
        Error::unless_swapped(rows)?;
        let details = changed_fields(&[
            ("name", old.name != data.name),
            ("kind", old.kind != data.kind),
            ("note", old.internal_note != data.internal_note),
        ]);
        w.record(self.by(), Event { customer: Some(customer), details, ..Event::new(EventKind::CustomerChanged) });
        w.commit().await
    }

    /// # Errors
    /// [`Error::NotFound`] without the customer; problems of the fields, `zone` among them.
    pub async fn add_location(&self, customer: CustomerId, input: &LocationInput) -> Result<LocationId> {
        let mut w = self.begin(Act::ManageCustomers).await?;
        let data = LocationData::parse(input)?;
        must_exist(&mut w, customer).await?;
        let id = data.add_to(&mut w, customer).await?;
        w.record(self.by(), Event::at(EventKind::LocationAdded, customer, id));
        w.commit().await?;
        Ok(id)
    }

    /// # Errors
    /// As [`Self::add_location`]; [`Error::Conflict`] for a stale version. A new zone that skips a planned visit's hour is refused.
    pub async fn edit_location(&self, location: LocationId, version: i64, input: &LocationInput) -> Result<()> {
        let mut w = self.begin(Act::ManageCustomers).await?;
        let data = LocationData::parse(input)?;
        let old = within!(
            w,
            Option<LocationRecord>,
            "SELECT id, customer_id, name, street, postal_code, city, zone, internal_note, version FROM location WHERE id = $1",
            location,
        )?
        .ok_or(Error::NotFound)?;
        let rows = change!(
            w,
            "UPDATE location SET name = $3, street = $4, postal_code = $5, city = $6, zone = $7, internal_note = $8, words = $9,
                version = version + 1
             WHERE id = $1 AND version = $2",
            location,
            version,
            data.name.as_str(),
            data.street.as_str(),
            data.postal_code.as_str(),
            data.city.as_str(),
            data.zone.name(),
            data.internal_note.as_str(),
            data.words(),
        )?;
        Error::unless_swapped(rows)?;
        if old.zone != data.zone.name() {
            keep_hours(&mut w, location, &data.zone).await?;
        }
        let event = Event { details: old.difference(&data), ..Event::at(EventKind::LocationChanged, old.customer_id, location) };
        w.record(self.by(), event);
        w.commit().await
    }
}

/// The hours of a planned visit are agreed by the clock at the location: in another zone they stay, and their instants follow.
async fn keep_hours(w: &mut Write<'_>, location: LocationId, zone: &Zone) -> Result<()> {
    let planned = within!(
        w,
        Vec<SlotRecord>,
        "SELECT id, on_date, from_time, until_time FROM appointment WHERE location_id = $1 AND status = 'scheduled'",
        location,
    )?;
    for slot in planned {
        let at = |time: &str| zone.instant(parse_date(&slot.on_date)?, parse_time(time)?);
        let (starts, ends) = at(&slot.from_time)
            .and_then(|starts| Ok((starts, at(&slot.until_time)?)))
            .map_err(|problem| Error::invalid("zone", problem))?;
        change!(w, "UPDATE appointment SET starts_at = $2, ends_at = $3 WHERE id = $1", slot.id, starts, ends)?;
    }
    Ok(())
}

impl LocationRecord {
    fn view(self) -> DeskLocation {
        DeskLocation {
            id: self.id,
            name: self.name,
            street: self.street,
            postal_code: self.postal_code,
            city: self.city,
            zone: self.zone,
            internal_note: self.internal_note,
            version: self.version,
        }
    }

    /// The fields that differ, by name.
    fn difference(&self, new: &LocationData) -> String {
        let address = (&self.street, &self.postal_code, &self.city) != (&new.street, &new.postal_code, &new.city);
        changed_fields(&[
            ("name", self.name != new.name),
            ("address", address),
            ("zone", self.zone != new.zone.name()),
            ("note", self.internal_note != new.internal_note),
        ])
    }
}
