//! What a contact may see, told to itself.

use std::collections::HashMap;

use crate::actor::Portal;
use crate::clock::{Instant, day_stamp};
use crate::customer::portal::PlaceSql;
use crate::error::Result;
use crate::grant::desk::last_day;
use crate::grant::{AccessView, Rights};
use crate::id::CustomerId;
use crate::request::PlaceView;

#[derive(sqlx::FromRow)]
struct GrantRow {
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

impl Portal<'_> {
    /// The viewer's grants with the locations and rights they give, whichever customer is chosen in the switcher.
    pub async fn access(&self) -> Result<Vec<AccessView>> {
        let grants = read!(
            self.reader(),
            Vec<GrantRow>,
            "SELECT customer_id, customer_name, all_locations, may_submit, may_see_appointments, may_see_reports, may_download,
                may_see_colleagues, expires_at
             FROM portal_grant WHERE contact_id = $1 ORDER BY customer_name, customer_id",
            self.contact(),
        )?;
        let locations = read!(
            self.reader(),
            Vec<PlaceSql>,
            "SELECT id, customer_id, customer_name, name, street, postal_code, city, zone, may_submit
             FROM portal_location WHERE contact_id = $1 ORDER BY name, id",
            self.contact(),
        )?;
        let mut places: HashMap<CustomerId, Vec<PlaceView>> = HashMap::new();
        for place in locations.into_iter().map(PlaceSql::view) {
            places.entry(place.customer_id).or_default().push(place);
        }
        let view = |grant: GrantRow| AccessView {
            customer_id: grant.customer_id,
            customer_name: grant.customer_name,
            all_locations: grant.all_locations,
            locations: places.remove(&grant.customer_id).unwrap_or_default(),
            rights: Rights {
                submit: grant.may_submit,
                appointments: grant.may_see_appointments,
                reports: grant.may_see_reports,
                download: grant.may_download,
                colleagues: grant.may_see_colleagues,
            },
            last_day: grant.expires_at.map(|at| day_stamp(last_day(at), self.actor.lang)),
        };
        Ok(grants.into_iter().map(view).collect())
    }
}
