//! Where a contact may look: the locations of its live grants.

use crate::actor::Portal;
use crate::customer::address_line;
use crate::error::{Error, Result};
use crate::id::{CustomerId, LocationId};
use crate::request::{PLACES_LISTED, PlaceChoice, PlaceView};
use crate::search::QUERY_LIMIT;
use crate::search::words::{MOST_WANTED, patterns};

/// Patterns that the words of a location must all fit: a bind each for [`with_words!`].
pub(crate) type Words = [Option<String>; MOST_WANTED];

/// The words of what somebody typed. Text beyond [`QUERY_LIMIT`] is not looked at.
fn words(typed: &str) -> Words {
    patterns(&typed.chars().take(QUERY_LIMIT).collect::<String>())
}

/// One more condition of a statement: only rows whose location, in this column, is one of the viewer's with the words of these binds. All
/// of them are NULL when nothing was typed. It does not depend on the row, so that the locations are looked up once.
macro_rules! with_words {
    ($column:literal, $first:literal $(, $more:literal)+) => {
        concat!(
            " AND (", $first, " IS NULL OR ", $column,
            " IN (SELECT w.id FROM portal_location w WHERE w.contact_id = $1 AND w.words LIKE ", $first,
            $(" AND w.words LIKE ", $more,)+
            "))"
        )
    };
}
pub(crate) use with_words;

/// What a list is narrowed to: one location, or those that have all the typed words.
#[derive(Default)]
pub(crate) struct Narrowed {
    pub location: Option<LocationId>,
    pub words: Words,
}

impl Narrowed {
    /// By a filter's two fields. A chosen location says it all.
    pub(crate) fn to(location: &str, place: &str) -> Self {
        match LocationId::wanted(location) {
            Some(location) => Self { location: Some(location), words: Words::default() },
            None => Self { location: None, words: words(place) },
        }
    }
}

/// A row of `portal_location`, as far as a contact is shown it.
#[derive(sqlx::FromRow)]
pub(crate) struct PlaceSql {
    id: LocationId,
    customer_id: CustomerId,
    customer_name: String,
    name: String,
    street: String,
    postal_code: String,
    city: String,
    zone: String,
    may_submit: bool,
}

impl PlaceSql {
    pub(crate) fn view(self) -> PlaceView {
        PlaceView {
            id: self.id,
            customer_id: self.customer_id,
            customer_name: self.customer_name,
            name: self.name,
            address: address_line(&self.street, &self.postal_code, &self.city),
            zone: self.zone,
            may_submit: self.may_submit,
        }
    }
}

impl Portal<'_> {
    /// All locations that the contact's grants cover, of the customer chosen in the switcher.
    pub async fn places(&self) -> Result<Vec<PlaceView>> {
        let rows = read!(
            self.reader(),
            Vec<PlaceSql>,
            "SELECT id, customer_id, customer_name, name, street, postal_code, city, zone, may_submit
             FROM portal_location
             WHERE contact_id = $1 AND ($2 IS NULL OR customer_id = $2)
             ORDER BY customer_name, name, id",
            self.contact(),
            self.actor.customer,
        )?;
        Ok(rows.into_iter().map(PlaceSql::view).collect())
    }

    /// How many they are, or, `to_submit`, those that the contact may send requests for.
    pub async fn place_count(&self, to_submit: bool) -> Result<usize> {
        let (count,) = read!(
            self.reader(),
            One<(i64,)>,
            "SELECT COUNT(*) FROM portal_location
             WHERE contact_id = $1 AND ($2 IS NULL OR customer_id = $2) AND (may_submit OR NOT $3)",
            self.contact(),
            self.actor.customer,
            to_submit,
        )?;
        Ok(usize::try_from(count).unwrap_or_default())
    }

    /// The first of them that have all the typed words, which may be beginnings of words; without a word simply the first.
    pub async fn find_places(&self, typed: &str, to_submit: bool, limit: i64) -> Result<Vec<PlaceView>> {
        let [a, b, c, d, e] = words(typed);
        let rows = read!(
            self.reader(),
            Vec<PlaceSql>,
            concat!(
                "SELECT id, customer_id, customer_name, name, street, postal_code, city, zone, may_submit
                 FROM portal_location
                 WHERE contact_id = $1 AND ($2 IS NULL OR customer_id = $2) AND (may_submit OR NOT $3)",
                with_words!("id", "$4", "$5", "$6", "$7", "$8"),
                " ORDER BY customer_name, name, id LIMIT $9"
            ),
            self.contact(),
            self.actor.customer,
            to_submit,
            a.as_deref(),
            b.as_deref(),
            c.as_deref(),
            d.as_deref(),
            e.as_deref(),
            limit,
        )?;
        Ok(rows.into_iter().map(PlaceSql::view).collect())
    }

    /// What a list offers to filter it by location, when these words were typed or this location was chosen. What it gives does not grow
    /// with the number of locations.
    pub async fn place_choice(&self, typed: &str, chosen: &str) -> Result<PlaceChoice> {
        if self.place_count(false).await? <= PLACES_LISTED {
            return Ok(PlaceChoice { many: false, places: self.places().await?, chosen: None });
        }
        let chosen = match chosen.parse::<LocationId>() {
            Ok(location) => self.place_if_any(location).await?,
            Err(_) => None,
        };
        let searched = chosen.is_none() && !typed.trim().is_empty();
        let mut places = if searched { self.find_places(typed, false, PLACES_LISTED as i64 + 1).await? } else { Vec::new() };
        if places.len() > PLACES_LISTED {
            places.clear();
        }
        Ok(PlaceChoice { many: true, places, chosen })
    }

    /// One of them, whatever the switcher says.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a location that is not the contact's, as for one that does not exist.
    pub async fn place(&self, location: LocationId) -> Result<PlaceView> {
        self.place_if_any(location).await?.ok_or(Error::NotFound)
    }

    async fn place_if_any(&self, location: LocationId) -> Result<Option<PlaceView>> {
        let row = read!(
            self.reader(),
            Option<PlaceSql>,
            "SELECT id, customer_id, customer_name, name, street, postal_code, city, zone, may_submit
             FROM portal_location
             WHERE contact_id = $1 AND id = $2",
            self.contact(),
            location,
        )?;
        Ok(row.map(PlaceSql::view))
    }
}
