//! Pictures as they are kept: without what they tell beside their pixels, and with a small one to look at.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::metadata::Orientation;
use image::{
    DynamicImage, ExtendedColorType, ImageDecoder, ImageEncoder, ImageError, ImageFormat, ImageReader, ImageResult, Limits, Rgb, RgbImage,
};

use crate::attachment::metadata;
use crate::attachment::store::Media;

/// The longest side of a preview.
const SIDE: u32 = 640;

/// Of 100.
const QUALITY: u8 = 80;

/// A picture of more pixels has no preview: what a few kilobytes unpack to must not fill the memory.
const MOST_PIXELS: u64 = 40_000_000;

/// Bytes that the unpacked picture may take, as far as a decoder counts them.
const MOST_MEMORY: u64 = 256 * 1024 * 1024;

/// A longer colour profile is left out of a preview: those that cameras write have a few kilobytes.
const LONGEST_PROFILE: usize = 64 * 1024;

/// The largest logo, in pixels: enough for the head of a page on a fine screen.
const LOGO: (u32, u32) = (480, 128);

/// What becomes of a picture that came in.
pub(super) struct Picture {
    /// None when there is nothing to remove.
    pub without_metadata: Option<Vec<u8>>,
    /// None when it cannot be unpacked, or is too large for that.
    pub preview: Option<SmallJpeg>,
}

/// A preview.
pub(super) struct SmallJpeg {
    pub bytes: Vec<u8>,
    pub width: u32,
    pub height: u32,
}

impl Picture {
    /// Works on a picture; takes time and memory.
    pub fn of(media: Media, file: &[u8]) -> Self {
        // A decoder that stumbles over a file costs its preview, not the file.
        let preview = std::panic::catch_unwind(|| small(media, file)).unwrap_or_else(|_| Ok(None));
        let preview = preview.unwrap_or_else(|error| {
            tracing::debug!(%error, "a picture without a preview");
            None
        });
        Self { without_metadata: metadata::removed(media, file).filter(|kept| kept != file), preview }
    }
}

/// A company's logo: a PNG.
pub(crate) struct LogoPicture {
    pub bytes: Vec<u8>,
    pub width: u32,
    pub height: u32,
}

impl LogoPicture {
    /// Made of the pixels alone. None of what cannot be unpacked, or is too large for that. Takes time and memory.
    pub fn of(media: Media, file: &[u8]) -> Option<Self> {
        let made = std::panic::catch_unwind(|| logo(media, file)).unwrap_or_else(|_| Ok(None));
        made.unwrap_or_else(|error| {
            tracing::debug!(%error, "a logo that cannot be read");
            None
        })
    }
}

/// On white, which reads on light and dark pages alike.
fn logo(media: Media, file: &[u8]) -> ImageResult<Option<LogoPicture>> {
    let Some(Unpacked { mut image, orientation, .. }) = unpacked(media, file)? else { return Ok(None) };
    image.apply_orientation(orientation);
    if image.width() > LOGO.0 || image.height() > LOGO.1 {
        image = image.thumbnail(LOGO.0, LOGO.1);
    }
    let image = on_white(&image);
    let (mut bytes, (width, height)) = (Vec::new(), image.dimensions());
    PngEncoder::new(&mut bytes).write_image(image.as_raw(), width, height, ExtendedColorType::Rgb8)?;
    Ok(Some(LogoPicture { bytes, width, height }))
}

/// A picture's pixels, and what is needed to show them right.
struct Unpacked {
    image: DynamicImage,
    orientation: Orientation,
    profile: Option<Vec<u8>>,
}

/// The picture as it is looked at: upright, at most [`SIDE`] long.
fn small(media: Media, file: &[u8]) -> ImageResult<Option<SmallJpeg>> {
    let Some(Unpacked { mut image, orientation, profile }) = unpacked(media, file)? else { return Ok(None) };
    if image.width().max(image.height()) > SIDE {
        image = image.thumbnail(SIDE, SIDE);
    }
    image.apply_orientation(orientation);
    jpeg(&on_white(&image), profile.filter(|profile| fits(profile))).map(Some)
}

/// None of what has no pixels, or too many.
fn unpacked(media: Media, file: &[u8]) -> ImageResult<Option<Unpacked>> {
    let format = match media {
        Media::Jpeg => ImageFormat::Jpeg,
        Media::Png => ImageFormat::Png,
        Media::Webp => ImageFormat::WebP,
        Media::Pdf => return Ok(None),
    };
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MOST_MEMORY);
    let mut reader = ImageReader::with_format(Cursor::new(file), format);
    reader.limits(limits.clone());
    let mut decoder = reader.into_decoder()?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Ok(None);
    }
    limits.reserve(decoder.total_bytes())?;
    // Without a profile that can be read the colours are a little off; that is no reason to show none.
    let (orientation, profile) = (decoder.orientation()?, decoder.icc_profile().ok().flatten());
    Ok(Some(Unpacked { image: DynamicImage::from_decoder(decoder)?, orientation, profile }))
}

fn jpeg(image: &RgbImage, profile: Option<Vec<u8>>) -> ImageResult<SmallJpeg> {
    let (mut bytes, (width, height)) = (Vec::new(), image.dimensions());
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, QUALITY);
    if let Some(profile) = profile {
        encoder.set_icc_profile(profile).map_err(ImageError::Unsupported)?;
    }
    encoder.write_image(image.as_raw(), width, height, ExtendedColorType::Rgb8)?;
    Ok(SmallJpeg { bytes, width, height })
}

/// A JPEG has no transparency.
fn on_white(image: &DynamicImage) -> RgbImage {
    let image = image.to_rgba8();
    RgbImage::from_fn(image.width(), image.height(), |x, y| {
        let [red, green, blue, alpha] = image.get_pixel(x, y).0;
        Rgb([red, green, blue].map(|colour| blend(colour, alpha)))
    })
}

/// A colour over white.
fn blend(colour: u8, alpha: u8) -> u8 {
    let (colour, alpha) = (u16::from(colour), u16::from(alpha));
    u8::try_from((colour * alpha + 255 * (255 - alpha)) / 255).unwrap_or(u8::MAX)
}

/// Whether a colour profile is one for pixels of red, green and blue, as those of a preview are.
fn fits(profile: &[u8]) -> bool {
    profile.len() <= LONGEST_PROFILE && profile.get(16..20) == Some(&b"RGB "[..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn v9_a_preview_has_no_transparency() {
        assert_eq!([blend(0, 0), blend(0, 255), blend(255, 128), blend(10, 255)], [255, 0, 255, 10]);
        assert_eq!(blend(0, 128), 127);
    }

    /// The start of a PNG that says it has 100,000 by 100,000 pixels, which no decoder may believe.
    #[test]
    fn promise_12_a_picture_of_too_many_pixels_has_no_preview() {
        let mut header = b"IHDR\0\x01\x86\xa0\0\x01\x86\xa0\x08\x02\0\0\0".to_vec();
        header.extend(crc32fast::hash(&header).to_be_bytes());
        let file = [&b"\x89PNG\r\n\x1a\n\0\0\0\x0d"[..], &header, b"\0\0\0\0IDAT\x35\xaf\x06\x1e\0\0\0\0IEND\xae\x42\x60\x82"].concat();
        assert!(!matches!(small(Media::Png, &file), Ok(Some(_))));
    }
}
