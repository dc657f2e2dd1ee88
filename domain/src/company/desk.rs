//! The company's settings, for administrators.

use crate::actor::Desk;
use crate::clock::Zone;
use crate::company::{CompanyInput, CompanySettings, PHONE_LIMIT};
use crate::customer::NAME_LIMIT;
use crate::error::{Error, Result};
use crate::field::{self, Problem, Problems};
use crate::journal::{Event, EventKind, changed_fields};
use crate::role::Act;

impl CompanyInput {
    /// The name, the number and the zone, checked.
    fn parse(&self) -> Result<(String, String, Zone), Problems> {
        let mut problems = Problems::default();
        let name = problems.take("name", field::line(&self.name, 1, NAME_LIMIT));
        let phone = problems.take("emergency_phone", field::line(&self.emergency_phone, 0, PHONE_LIMIT));
        let zone = if self.zone.trim().is_empty() { Err(Problem::Missing) } else { Zone::parse(&self.zone) };
        let zone = problems.take("zone", zone);
        match (name, phone, zone) {
            (Some(name), Some(phone), Some(zone)) => Ok((name, phone, zone)),
            _ => Err(problems),
        }
    }
}

impl Desk<'_> {
    /// What administrators may change about the company.
    ///
    /// # Errors
    /// [`Error::NotFound`] while the installation has no name.
    pub async fn company(&self) -> Result<CompanySettings> {
        self.allow(Act::Administer).await?;
        let sql = "SELECT company AS name, emergency_phone, zone, version FROM installation WHERE id = 1";
        read!(self.reader(), Option<CompanySettings>, sql)?.ok_or(Error::NotFound)
    }

    /// # Errors
    /// Problems of the fields `name`, `emergency_phone` and `zone`; [`Error::Conflict`] for a stale version.
    pub async fn edit_company(&self, version: i64, input: &CompanyInput) -> Result<()> {
        let mut w = self.begin(Act::Administer).await?;
        let sql = "SELECT company AS name, emergency_phone, zone, version FROM installation WHERE id = 1";
        let old = within!(w, Option<CompanySettings>, sql)?.ok_or(Error::NotFound)?;
        if old.version != version {
            return Err(Error::Conflict);
        }
        let (name, phone, zone) = input.parse()?;
        let rows = change!(
            w,
            "UPDATE installation SET company = $2, emergency_phone = $3, zone = $4, version = version + 1 WHERE id = 1 AND version = $1",
            version,
            name.as_str(),
            phone.as_str(),
            zone.name(),
        )?;
        Error::unless_swapped(rows)?;
        let details =
            changed_fields(&[("name", old.name != name), ("phone", old.emergency_phone != phone), ("zone", old.zone != zone.name())]);
        w.record(self.by(), Event { details, ..Event::new(EventKind::CompanyChanged) });
        w.commit().await
    }

    /// Where the office is: its weeks begin and its log's times are read by the clock there.
    pub(crate) async fn company_zone(&self) -> Result<Zone> {
        let row = read!(self.reader(), Option<(String,)>, "SELECT zone FROM installation WHERE id = 1")?;
        Ok(Zone::stored(row.as_ref().map_or("UTC", |(zone,)| zone.as_str())))
    }
}
