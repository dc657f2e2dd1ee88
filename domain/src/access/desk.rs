//! The table of people and locations, read part by part: a customer may have thousands of locations.

use std::collections::HashSet;

use uuid::Uuid;

use crate::access::{AccessRow, AccessTable, COLUMNS, Holder, Scope};
use crate::actor::Desk;
use crate::customer::address_line;
use crate::db::containing;
use crate::error::Result;
use crate::grant::ContactState;
use crate::id::{ContactId, CustomerId, GrantId, LocationId};
use crate::page::{Cursor, PAGE_SIZE, Page};
use crate::role::Act;

#[derive(sqlx::FromRow)]
struct HolderSql {
    id: ContactId,
    name: String,
    state: ContactState,
    grant_id: GrantId,
    all_locations: bool,
}

#[derive(sqlx::FromRow)]
struct PlaceSql {
    id: LocationId,
    name: String,
    street: String,
    postal_code: String,
    city: String,
}

/// What one of the people has.
enum Reach {
    All,
    Chosen(HashSet<LocationId>),
}

impl Reach {
    fn covers(&self, location: LocationId) -> Option<Scope> {
        match self {
            Self::All => Some(Scope::All),
            Self::Chosen(locations) => locations.contains(&location).then_some(Scope::Chosen),
        }
    }
}

impl Desk<'_> {
    /// Who may look where: locations whose name or address contains `q`, after the key `after`; people after the key `people`.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`] without the customer.
    pub async fn access_table(&self, customer: CustomerId, q: &str, after: &str, people: &str) -> Result<AccessTable> {
        self.allow(Act::Read).await?;
        let customer_name = self.customer_name(customer).await?;
        let places = self.access_places(customer, q, last(after)).await?;
        let mut holders = self.access_holders(customer, last(people)).await?;
        let more = holders.len() > COLUMNS;
        holders.truncate(COLUMNS);
        let more_people = holders.last().filter(|_| more).map(|holder| Cursor::new(0, holder.id.uuid()));
        let mut reaches = Vec::new();
        for holder in &holders {
            reaches.push(self.reach_among(holder, &places).await?);
        }
        let row = |place: PlaceSql| AccessRow {
            id: place.id,
            address: address_line(&place.street, &place.postal_code, &place.city),
            covered: reaches.iter().map(|reach| reach.covers(place.id)).collect(),
            name: place.name,
        };
        Ok(AccessTable {
            customer_name,
            people: holders.into_iter().map(|holder| Holder { id: holder.id, name: holder.name, state: holder.state }).collect(),
            more_people,
            locations: Page::of(places, |place| (0, place.id.uuid()), row),
        })
    }

    /// One more than a page of them.
    async fn access_places(&self, customer: CustomerId, q: &str, last: Option<Uuid>) -> Result<Vec<PlaceSql>> {
        read!(
            self.reader(),
            Vec<PlaceSql>,
            "SELECT l.id, l.name, l.street, l.postal_code, l.city FROM location l
             WHERE l.customer_id = $1
                AND (lower(l.name) LIKE lower($2) ESCAPE '\\' OR lower(l.street) LIKE lower($2) ESCAPE '\\'
                    OR lower(l.postal_code) LIKE lower($2) ESCAPE '\\' OR lower(l.city) LIKE lower($2) ESCAPE '\\')
                AND ($3 IS NULL OR EXISTS (SELECT 1 FROM location p
                    WHERE p.id = $3 AND (l.name > p.name OR (l.name = p.name AND l.id > p.id))))
             ORDER BY l.name, l.id LIMIT $4",
            customer,
            containing(q),
            last,
            PAGE_SIZE + 1,
        )
    }

    /// One more than the table's columns of those whose grant has not run out.
    async fn access_holders(&self, customer: CustomerId, last: Option<Uuid>) -> Result<Vec<HolderSql>> {
        read!(
            self.reader(),
            Vec<HolderSql>,
            "SELECT c.id, c.name, c.state, g.id AS grant_id, g.all_locations
             FROM access_grant g JOIN contact c ON c.id = g.contact_id
             WHERE g.customer_id = $1 AND g.ended_at IS NULL AND (g.expires_at IS NULL OR g.expires_at > $2)
                AND ($3 IS NULL OR EXISTS (SELECT 1 FROM contact p
                    WHERE p.id = $3 AND (c.name > p.name OR (c.name = p.name AND c.id > p.id))))
             ORDER BY c.name, c.id LIMIT $4",
            customer,
            self.db.now(),
            last,
            COLUMNS as i64 + 1,
        )
    }

    /// What somebody has among these places, which are in the order of their names.
    async fn reach_among(&self, holder: &HolderSql, places: &[PlaceSql]) -> Result<Reach> {
        if holder.all_locations {
            return Ok(Reach::All);
        }
        let (Some(first), Some(last)) = (places.first(), places.last()) else { return Ok(Reach::Chosen(HashSet::new())) };
        let chosen = read!(
            self.reader(),
            Vec<(LocationId,)>,
            "SELECT l.id FROM grant_location gl JOIN location l ON l.id = gl.location_id
             WHERE gl.grant_id = $1 AND l.name >= $2 AND l.name <= $3",
            holder.grant_id,
            first.name.as_str(),
            last.name.as_str(),
        )?;
        Ok(Reach::Chosen(chosen.into_iter().map(|(id,)| id).collect()))
    }
}

/// The row that a key names.
fn last(after: &str) -> Option<Uuid> {
    Cursor::parts(Some(&Cursor(after.to_owned()))).1
}
