//! The brand as whoever comes to the portal loads it.

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use crate::actor::Anonymous;
use crate::brand::Accent;
use crate::error::{Error, Result};

/// The style sheet of the company's accent.
pub struct BrandStyle {
    pub text: String,
    /// Another one for each other text: the end of its address.
    pub version: String,
}

impl Anonymous<'_> {
    /// The logo's PNG, and its version.
    ///
    /// # Errors
    /// [`Error::NotFound`] without one.
    pub async fn logo(&self) -> Result<(Vec<u8>, i64)> {
        read!(self.db.portal_reader(), Option<(Vec<u8>, i64)>, "SELECT content, version FROM portal_logo")?.ok_or(Error::NotFound)
    }

    /// None while the company has no accent of its own.
    pub async fn brand_style(&self) -> Result<Option<BrandStyle>> {
        let row = read!(self.db.portal_reader(), Option<(String,)>, "SELECT accent FROM portal_company")?;
        // Without an accent there is nothing to parse.
        let accent = row.and_then(|(accent,)| Accent::parse(&accent).ok());
        Ok(accent.map(|accent| {
            let text = accent.style();
            let version = HEXLOWER.encode(&Sha256::digest(&text)[..8]);
            BrandStyle { text, version }
        }))
    }
}
