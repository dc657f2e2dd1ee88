//! Where the bytes of files lie, and what is taken in: four kinds of file, told by their content, up to a size, under a random key.
//! Pictures are kept without their metadata, and with a preview beside them.

use std::collections::HashSet;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::UNIX_EPOCH;

use bytes::Bytes;
use data_encoding::HEXLOWER;
use futures::stream::BoxStream;
use futures::{StreamExt, TryStreamExt};
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{GetOptions, MultipartUpload, ObjectStore, ObjectStoreExt};
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization;

use crate::attachment::SIZE_LIMIT;
use crate::attachment::picture::{LogoPicture, Picture};
use crate::brand::LOGO_LIMIT;
use crate::clock::{Clock, Instant};
use crate::db::Db;
use crate::error::{Error, Result};
use crate::field::{Problem, Refusal};

/// The longest name of a file, in characters, its extension included.
pub const NAME_LIMIT: usize = 120;

/// First bytes that are looked at to tell what a file is.
const HEAD: usize = 64;

/// Pictures that are worked on at the same time. The largest that is unpacked takes some 400 MB.
const PICTURES_AT_ONCE: usize = 1;

/// After this many seconds a file without a row is no upload under way any more.
const ORPHAN_AGE: i64 = 86_400;

/// A file on its way in.
pub struct Upload {
    /// As its sender calls it; never used as a path.
    pub name: String,
    pub body: BoxStream<'static, std::io::Result<Bytes>>,
}

/// A file on its way out.
pub struct Download {
    /// Safe to stand in a header once quoted: no control characters, no path, the extension of its content.
    pub name: String,
    pub media_type: String,
    /// Bytes of the whole file, also when the body is a part of it.
    pub size: u64,
    /// Of the whole content, in hexadecimal digits: an entity tag.
    pub sha256: String,
    pub body: BoxStream<'static, std::io::Result<Bytes>>,
}

/// The small picture of a file, on its way out: a JPEG.
pub struct Preview {
    /// Bytes.
    pub size: u64,
    pub body: BoxStream<'static, std::io::Result<Bytes>>,
}

closed_set! {
    /// The kinds of file that are taken, by media type.
    pub(crate) enum Media { Jpeg = "image/jpeg", Png = "image/png", Webp = "image/webp", Pdf = "application/pdf" }
}

impl Media {
    const fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Webp => "webp",
            Self::Pdf => "pdf",
        }
    }

    /// What a file is by its first bytes.
    fn sniff(head: &[u8]) -> Result<Self, Refusal> {
        // Brands of the HEIF family: what phones send, and no browser shows.
        const HEIF: [&[u8]; 10] = [b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"hevm", b"hevs", b"mif1", b"msf1"];
        if head.is_empty() {
            return Err(Refusal::FileEmpty);
        }
        if head.get(4..8) == Some(b"ftyp") && head.get(8..12).is_some_and(|brand| HEIF.contains(&brand)) {
            return Err(Refusal::FileIsHeic);
        }
        let media = infer::get(head).and_then(|kind| kind.mime_type().parse().ok()).ok_or(Refusal::FileTypeNotAllowed)?;
        // `infer` also takes a PDF that starts later (a page of HTML in front) and a WebP without its container's mark.
        let starts_right = match media {
            Self::Pdf => head.starts_with(b"%PDF-"),
            Self::Webp => head.starts_with(b"RIFF"),
            Self::Jpeg | Self::Png => true,
        };
        if starts_right { Ok(media) } else { Err(Refusal::FileTypeNotAllowed) }
    }
}

/// The keys of a file and of its preview, which come and go together.
#[derive(sqlx::FromRow)]
pub(crate) struct Keys {
    pub storage_key: String,
    pub preview_key: Option<String>,
}

impl Keys {
    fn each(&self) -> impl Iterator<Item = &String> {
        std::iter::once(&self.storage_key).chain(&self.preview_key)
    }
}

/// What was stored: the columns of its row.
pub(crate) struct Stored {
    pub keys: Keys,
    pub name: String,
    pub media: Media,
    pub size: i64,
    pub sha256: String,
    /// Pixels of the preview.
    pub preview_width: Option<i64>,
    pub preview_height: Option<i64>,
}

/// The columns that a download is made of, as tables and views call them.
#[derive(sqlx::FromRow)]
pub(crate) struct FileRow {
    name: String,
    media_type: String,
    size: i64,
    sha256: String,
    storage_key: String,
}

impl FileRow {
    pub fn without_body(self) -> Download {
        Download {
            name: self.name,
            media_type: self.media_type,
            size: u64::try_from(self.size).unwrap_or(0),
            sha256: self.sha256,
            body: futures::stream::empty().boxed(),
        }
    }
}

/// The folder of stored files: flat, each under a random key.
#[derive(Clone)]
pub(crate) struct Files {
    store: LocalFileSystem,
    folder: PathBuf,
    pictures: Arc<Semaphore>,
}

impl Files {
    pub fn open(folder: &std::path::Path) -> Result<Self> {
        std::fs::create_dir_all(folder)?;
        // An upload is written beside its place, synced, renamed, and the folder synced: what was acknowledged survives a power cut.
        let store = LocalFileSystem::new_with_prefix(folder)?.with_fsync(true);
        Ok(Self { store, folder: folder.to_owned(), pictures: Arc::new(Semaphore::new(PICTURES_AT_ONCE)) })
    }

    /// Takes a file in. It has no row yet: whoever calls adds one, or removes the file again.
    ///
    /// # Errors
    /// Refused when it is empty, too large or not one of the four kinds; reading stops there, and nothing is left behind.
    pub async fn store(&self, upload: Upload) -> Result<Stored> {
        let key = new_key();
        let mut parts = self.store.put_multipart(&Path::from(key.as_str())).await?;
        let (media, size, sha256) = match take(&mut *parts, upload.body).await {
            Ok(taken) => taken,
            Err(error) => {
                if let Err(left) = parts.abort().await {
                    tracing::warn!(%left, "an upload's temporary file stays until the sweep");
                }
                return Err(error);
            }
        };
        parts.complete().await?;
        let (keys, name) = (Keys { storage_key: key, preview_key: None }, safe_name(&upload.name, media));
        let mut stored = Stored { keys, name, media, size, sha256, preview_width: None, preview_height: None };
        let finished = if media == Media::Pdf { Ok(()) } else { self.finish_picture(&mut stored).await };
        match finished {
            Ok(()) => Ok(stored),
            Err(error) => {
                self.remove(&stored.keys).await;
                Err(error)
            }
        }
    }

    /// Puts what is kept of a picture in the place of what came in, and its preview beside it.
    async fn finish_picture(&self, stored: &mut Stored) -> Result<()> {
        let picture = self.picture(stored).await?;
        if let Some(kept) = picture.without_metadata {
            stored.size = i64::try_from(kept.len()).unwrap_or(i64::MAX);
            stored.sha256 = HEXLOWER.encode(&Sha256::digest(&kept));
            let came = Keys { storage_key: stored.keys.storage_key.clone(), preview_key: None };
            stored.keys.storage_key = self.put(kept).await?;
            self.remove(&came).await;
        }
        if let Some(preview) = picture.preview {
            stored.keys.preview_key = Some(self.put(preview.bytes).await?);
            stored.preview_width = Some(preview.width.into());
            stored.preview_height = Some(preview.height.into());
        }
        Ok(())
    }

    /// Works on a stored picture, on a blocking thread and in its turn.
    async fn picture(&self, stored: &Stored) -> Result<Picture> {
        let turn = self.pictures.clone().acquire_owned().await.map_err(|_| Error::Broken("shutting down".into()))?;
        let (path, media) = (self.folder.join(&stored.keys.storage_key), stored.media);
        let work = move || -> Result<Picture> {
            let picture = Picture::of(media, &std::fs::read(path)?);
            // Not before: whoever waits for the picture may be gone, and the work goes on.
            drop(turn);
            Ok(picture)
        };
        tokio::task::spawn_blocking(work).await.map_err(|e| Error::Broken(format!("a picture was not finished: {e}")))?
    }

    /// Makes a logo of a picture, on a blocking thread and in its turn. Nothing is stored.
    ///
    /// # Errors
    /// Problems of the field `file`: nothing, too large, or by its content no PNG or JPEG that can be read.
    pub async fn logo(&self, file: Vec<u8>) -> Result<LogoPicture> {
        let refused = |refusal| Error::invalid("file", Problem::Refused(refusal));
        if file.is_empty() {
            return Err(Error::invalid("file", Problem::Missing));
        }
        if file.len() > LOGO_LIMIT {
            return Err(refused(Refusal::LogoTooLarge));
        }
        let media = Media::sniff(&file[..file.len().min(HEAD)]).ok().filter(|media| matches!(media, Media::Jpeg | Media::Png));
        let Some(media) = media else { return Err(refused(Refusal::LogoNotAPicture)) };
        let turn = self.pictures.clone().acquire_owned().await.map_err(|_| Error::Broken("shutting down".into()))?;
        let work = move || {
            let logo = LogoPicture::of(media, &file);
            drop(turn);
            logo
        };
        let logo = tokio::task::spawn_blocking(work).await.map_err(|e| Error::Broken(format!("a logo was not finished: {e}")))?;
        logo.ok_or_else(|| refused(Refusal::LogoNotAPicture))
    }

    async fn put(&self, bytes: Vec<u8>) -> Result<String> {
        let key = new_key();
        self.store.put(&Path::from(key.as_str()), bytes.into()).await?;
        Ok(key)
    }

    /// Opens a file for reading, or a part of it: a range of bytes that it has.
    pub async fn download(&self, row: FileRow, part: Option<Range<u64>>) -> Result<Download> {
        let options = GetOptions::new().with_range(part);
        let found = self.store.get_opts(&Path::from(row.storage_key.as_str()), options).await?;
        let body = found.into_stream().map_err(std::io::Error::other).boxed();
        Ok(Download { body, ..row.without_body() })
    }

    /// Opens a preview for reading.
    pub async fn preview(&self, key: &str) -> Result<Preview> {
        let found = self.store.get(&Path::from(key)).await?;
        let size = found.meta.size;
        Ok(Preview { size, body: found.into_stream().map_err(std::io::Error::other).boxed() })
    }

    /// Removes a file, and its preview, whose row is gone or never came. One that stays is found by [`remove_orphans`].
    pub async fn remove(&self, keys: &Keys) {
        for key in keys.each() {
            match self.store.delete(&Path::from(key.as_str())).await {
                Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
                Err(error) => tracing::warn!(%error, "a stored file stays until the sweep"),
            }
        }
    }

    /// Removes every stored file.
    pub fn clear(&self) -> Result<()> {
        for entry in std::fs::read_dir(&self.folder)? {
            let entry = entry?;
            if entry.file_name().to_str().is_some_and(is_ours) {
                std::fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    }

    /// Names in the folder that are older than an upload can take: keys, and temporary files (`key#1`) that a crash left.
    async fn old_names(&self, before: Instant) -> Result<Vec<String>> {
        let mut names = Vec::new();
        let mut entries = tokio::fs::read_dir(&self.folder).await?;
        while let Some(entry) = entries.next_entry().await? {
            // Gone meanwhile: an upload was renamed or refused.
            let Ok(modified) = entry.metadata().await.and_then(|data| data.modified()) else { continue };
            let micros = modified.duration_since(UNIX_EPOCH).map_or(0, |age| i64::try_from(age.as_micros()).unwrap_or(i64::MAX));
            names.extend(entry.file_name().into_string().ok().filter(|name| micros < before.micros() && is_ours(name)));
        }
        Ok(names)
    }
}

/// Removes files that have no row: an upload was cut off between file and row, or a row went and its file could not. Gives how many.
pub(crate) async fn remove_orphans(db: &Db) -> Result<usize> {
    // Files are dated by the machine's clock, whichever clock the rules follow.
    let names = db.files().old_names(Clock::System.now().minus(ORPHAN_AGE)).await?;
    if names.is_empty() {
        return Ok(0);
    }
    let rows = read!(db.main_reader(), Vec<Keys>, "SELECT storage_key, preview_key FROM attachment WHERE removed_at IS NULL")?;
    let kept: HashSet<&String> = rows.iter().flat_map(Keys::each).collect();
    let mut removed = 0;
    for name in names.iter().filter(|name| !kept.contains(*name)) {
        match tokio::fs::remove_file(db.files().folder.join(name)).await {
            Ok(()) => removed += 1,
            // Another node sweeps the same folder.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(removed)
}

fn new_key() -> String {
    crate::id::random().simple().to_string()
}

/// Whether a name in the folder is a key or a temporary file of one, so that nothing else is ever removed.
fn is_ours(name: &str) -> bool {
    let key = name.split_once('#').map_or(name, |(key, _)| key);
    key.len() == 32 && key.bytes().all(|b| b.is_ascii_hexdigit())
}

/// Writes a body part by part, never more than the limit, and tells what it was: kind, bytes and SHA-256.
async fn take(parts: &mut dyn MultipartUpload, mut body: BoxStream<'static, std::io::Result<Bytes>>) -> Result<(Media, i64, String)> {
    let (mut head, mut size, mut hash) = (Vec::with_capacity(HEAD), 0_u64, Sha256::new());
    while let Some(chunk) = body.next().await {
        let chunk = chunk?;
        size += chunk.len() as u64;
        if size > SIZE_LIMIT {
            return Err(Error::refused(Refusal::FileTooLarge));
        }
        if head.len() < HEAD {
            head.extend(chunk.iter().take(HEAD - head.len()));
            if head.len() == HEAD {
                // Known by now: no need to read the rest of what will be refused.
                Media::sniff(&head).map_err(Error::refused)?;
            }
        }
        hash.update(&chunk);
        parts.put_part(chunk.into()).await?;
    }
    let media = Media::sniff(&head).map_err(Error::refused)?;
    Ok((media, i64::try_from(size).unwrap_or(i64::MAX), HEXLOWER.encode(&hash.finalize())))
}

/// The name of a PDF that is made for its reader.
pub fn pdf_name(title: &str) -> String {
    safe_name(&format!("{}.pdf", title.replace(['/', '\\'], "-")), Media::Pdf)
}

/// A name that is safe in a header, on a page and on anybody's disk: no folders, nothing invisible, no leading dots, in normal form C,
/// at most [`NAME_LIMIT`] characters, and with the extension of what the file really is.
pub(crate) fn safe_name(raw: &str, media: Media) -> String {
    let last = raw.rsplit(['/', '\\']).next().unwrap_or_default();
    let shown: String = last.chars().filter(|c| !is_invisible(*c)).map(|c| if r#"<>:"|?*"#.contains(c) { '_' } else { c }).nfc().collect();
    let shown = trimmed(&shown);
    let stem = match shown.rsplit_once('.') {
        Some((stem, old)) if is_extension(old) => stem,
        _ => shown,
    };
    let extension = media.extension();
    let short: String = trimmed(stem).chars().take(NAME_LIMIT - extension.len() - 1).collect();
    match trimmed(&short) {
        "" => format!("file.{extension}"),
        stem => format!("{stem}.{extension}"),
    }
}

fn trimmed(name: &str) -> &str {
    name.trim_matches(|c: char| c == '.' || c.is_whitespace())
}

/// Whether the end of a name is meant as its extension, rather than as a part of it ("Nr. 7", "plan.2024").
fn is_extension(end: &str) -> bool {
    end.len() <= 5 && end.chars().all(|c| c.is_ascii_alphanumeric()) && end.chars().any(|c| c.is_ascii_alphabetic())
}

/// Characters that are not seen but change what is: controls, line separators, direction marks, zero-width and tag characters.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn v9_a_name_is_made_safe() {
        let safe = |raw| safe_name(raw, Media::Jpeg);
        assert_eq!(safe("../../etc/passwd"), "passwd.jpg");
        assert_eq!(safe(r"C:\photos\Keller 1.JPEG"), "Keller 1.jpg");
        assert_eq!(safe("boiler.exe"), "boiler.jpg");
        assert_eq!(safe("\u{200b}.htaccess"), "htaccess.jpg");
        assert_eq!(safe("annual\u{202e}gpj.exe"), "annualgpj.jpg");
        assert_eq!(safe("plan.2024"), "plan.2024.jpg");
        assert_eq!(safe("a\r\nSet-Cookie: x"), "aSet-Cookie_ x.jpg");
        assert_eq!(safe("..."), "file.jpg");
        assert_eq!(safe("Ku\u{308}che.jpg"), "K\u{fc}che.jpg");
    }

    #[test]
    fn v9_the_kind_is_told_by_the_content() {
        let sniff = |head: &[u8]| Media::sniff(head);
        assert_eq!(sniff(b"\xff\xd8\xff\xe0\0\x10JFIF"), Ok(Media::Jpeg));
        assert_eq!(sniff(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), Ok(Media::Png));
        assert_eq!(sniff(b"RIFF\x1a\0\0\0WEBPVP8L"), Ok(Media::Webp));
        assert_eq!(sniff(b"%PDF-1.7\n"), Ok(Media::Pdf));
        assert_eq!(sniff(b""), Err(Refusal::FileEmpty));
        assert_eq!(sniff(b"\0\0\0\x18ftypheic\0\0\0\0"), Err(Refusal::FileIsHeic));
        assert_eq!(sniff(b"\0\0\0\x18ftypmif1\0\0\0\0"), Err(Refusal::FileIsHeic));
        for other in [
            &b"<svg xmlns='http://www.w3.org/2000/svg'>"[..],
            b"<?xml version='1.0'?><svg>",
            b"<!doctype html><html>%PDF-1.7",
            b"AAAA\0\0\0\0WEBPVP8L",
            b"GIF89a\x01\0\x01\0",
            b"PK\x03\x04",
            b"MZ\x90",
            b"hello",
        ] {
            assert_eq!(sniff(other), Err(Refusal::FileTypeNotAllowed), "{other:?}");
        }
    }

    proptest! {
        #[test]
        fn v9_any_name_stays_safe_when_made_safe_again(raw in any::<String>()) {
            let name = safe_name(&raw, Media::Pdf);
            prop_assert!(name.ends_with(".pdf") && !name.starts_with('.') && !name.contains(['/', '\\', '"', '\r', '\n']));
            prop_assert!(name.chars().count() <= NAME_LIMIT);
            prop_assert_eq!(safe_name(&name, Media::Pdf), name);
        }
    }
}
