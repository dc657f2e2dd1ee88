//! The brand, for administrators.

use crate::actor::Desk;
use crate::brand::{Accent, BrandSettings};
use crate::error::{Error, Result};
use crate::journal::{Event, EventKind};
use crate::role::Act;

impl Desk<'_> {
    /// The brand as its settings show it.
    ///
    /// # Errors
    /// [`Error::NotFound`] while the installation has no name.
    pub async fn brand(&self) -> Result<BrandSettings> {
        self.allow(Act::Administer).await?;
        let sql = "SELECT version, accent FROM installation WHERE id = 1";
        let (version, accent) = read!(self.reader(), Option<(i64, String)>, sql)?.ok_or(Error::NotFound)?;
        let shades = Accent::parse(&accent).map(|accent| accent.shown().to_vec()).unwrap_or_default();
        let logo = self.db.anonymous().company().await?.logo;
        Ok(BrandSettings { version, accent, shades, logo })
    }

    /// Gives the portal an accent colour, or with an empty text the product's again.
    ///
    /// # Errors
    /// Problems of the field `accent`; [`Error::Conflict`] for a stale version.
    pub async fn edit_brand(&self, version: i64, accent: &str) -> Result<()> {
        let mut w = self.begin(Act::Administer).await?;
        let parsed = if accent.trim().is_empty() { Ok(String::new()) } else { Accent::parse(accent).map(Accent::hex) };
        let accent = parsed.map_err(|problem| Error::invalid("accent", problem))?;
        let rows = change!(
            w,
            "UPDATE installation SET accent = $2, version = version + 1 WHERE id = 1 AND version = $1",
            version,
            accent.as_str(),
        )?;
        Error::unless_swapped(rows)?;
        w.record(self.by(), Event { details: "accent".into(), ..Event::new(EventKind::CompanyBrandChanged) });
        w.commit().await
    }

    /// Gives the portal a logo: a small PNG that is made of the picture's pixels, and nothing else of the file.
    ///
    /// # Errors
    /// Problems of the field `file`, told by its content; [`Error::Conflict`] for a stale version.
    pub async fn set_logo(&self, version: i64, file: Vec<u8>) -> Result<()> {
        self.allow(Act::Administer).await?;
        let picture = self.db.files().logo(file).await?;
        let mut w = self.begin(Act::Administer).await?;
        let sql = "UPDATE installation SET version = version + 1 WHERE id = 1 AND version = $1 RETURNING version";
        let (version,) = within!(w, Option<(i64,)>, sql, version)?.ok_or(Error::Conflict)?;
        change!(w, "DELETE FROM logo")?;
        change!(
            w,
            "INSERT INTO logo (id, content, width, height, version) VALUES (1, $1, $2, $3, $4)",
            picture.bytes.as_slice(),
            i64::from(picture.width),
            i64::from(picture.height),
            version,
        )?;
        w.record(self.by(), Event { details: "logo".into(), ..Event::new(EventKind::CompanyBrandChanged) });
        w.commit().await
    }

    /// Takes the logo away: the portal says the company's name again.
    ///
    /// # Errors
    /// [`Error::Conflict`] for a stale version.
    pub async fn remove_logo(&self, version: i64) -> Result<()> {
        let mut w = self.begin(Act::Administer).await?;
        let rows = change!(w, "UPDATE installation SET version = version + 1 WHERE id = 1 AND version = $1", version)?;
        Error::unless_swapped(rows)?;
        change!(w, "DELETE FROM logo")?;
        w.record(self.by(), Event { details: "logo".into(), ..Event::new(EventKind::CompanyBrandChanged) });
        w.commit().await
    }
}
