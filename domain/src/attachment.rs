//! Stored files: private by default, fetched through one controlled endpoint.

use serde::{Deserialize, Serialize};

use crate::id::AttachmentId;

#[cfg(feature = "ssr")]
pub mod desk;
#[cfg(feature = "ssr")]
pub mod enclosures;
#[cfg(feature = "ssr")]
mod metadata;
#[cfg(feature = "ssr")]
mod picture;
#[cfg(feature = "ssr")]
pub mod portal;
#[cfg(feature = "ssr")]
pub mod store;

/// The largest file that is taken, in bytes.
pub const SIZE_LIMIT: u64 = 15 * 1024 * 1024;
/// Files per draft, message or report upload.
pub const COUNT_LIMIT: usize = 10;

/// A file that the viewer may fetch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::FromRow))]
#[non_exhaustive]
pub struct FileView {
    pub id: AttachmentId,
    pub name: String,
    pub media_type: String,
    /// Bytes.
    pub size: i64,
    pub caption: String,
    /// Uploaded by the viewer.
    pub own: bool,
    /// Of the preview, in pixels; none when the file has none.
    pub preview_width: Option<i64>,
    pub preview_height: Option<i64>,
}

impl FileView {
    /// "2.4 MB", "812 KB".
    pub fn size_text(&self) -> String {
        match self.size {
            size if size >= 1024 * 1024 => format!("{:.1} MB", size as f64 / (1024.0 * 1024.0)),
            size => format!("{} KB", (size + 1023) / 1024),
        }
    }

    pub fn is_image(&self) -> bool {
        self.media_type.starts_with("image/")
    }

    /// Width and height of the preview, in pixels, of a file that has one.
    pub fn preview(&self) -> Option<(i64, i64)> {
        self.preview_width.zip(self.preview_height)
    }
}
