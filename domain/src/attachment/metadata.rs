//! What a photo tells beside its pixels: where it was taken, when, with which camera, sometimes by whom. It is taken out of the file, and
//! the pixels are not touched. Kept are the parts that are listed here, which show the picture, and which way is up; whatever this code
//! does not know goes.
//!
//! A crate that edits such files leaves what follows the first scan as it is, and there phones put a second picture or a short film, each
//! with a place of its own. Here a file ends where its picture ends.

use image::metadata::Orientation;

use crate::attachment::store::Media;

/// The picture without its metadata. None for what has no pixels that could be shown: that is no picture, whatever its first bytes say.
pub(super) fn removed(media: Media, file: &[u8]) -> Option<Vec<u8>> {
    match media {
        Media::Jpeg => jpeg(file),
        Media::Png => png(file),
        Media::Webp => webp(file),
        Media::Pdf => None,
    }
}

/// Exif that says which way is up, and nothing else: one entry, 0x0112, a short.
fn exif(orientation: Orientation) -> [u8; 26] {
    let value = orientation.to_exif();
    [b'M', b'M', 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, value, 0, 0, 0, 0, 0, 0]
}

/// Which way is up, by Exif that may hold anything; none when it is as it lies. Some programs write JPEG's mark in front everywhere.
fn orientation(exif: &[u8]) -> Option<Orientation> {
    let exif = exif.strip_prefix(EXIF).unwrap_or(exif);
    Orientation::from_exif_chunk(exif).filter(|orientation| *orientation != Orientation::NoTransforms)
}

/// How JPEG marks Exif.
const EXIF: &[u8] = b"Exif\0\0";

// ------------------------------------------------------------------------------------------------------------- JPEG

const START: u8 = 0xd8;
const END: u8 = 0xd9;
const SCAN: u8 = 0xda;

fn jpeg(file: &[u8]) -> Option<Vec<u8>> {
    let (mut header, mut rest, mut turned, mut scans) = (Vec::new(), Vec::new(), None, false);
    let mut at = 2;
    while let Some((marker, start)) = next_marker(file, at) {
        at = start;
        match marker {
            END => break,
            // These have no length; between segments they mean nothing.
            0x01 | 0xd0..=START => continue,
            _ => {}
        }
        // A file that was cut off, or lies about its length, ends here.
        let Some(content) = segment(file, start) else { break };
        at = start + 2 + content.len();
        match marker {
            // Only its fixed part: after that comes a small picture, which may show more than the large one.
            0xe0 if content.starts_with(b"JFIF\0") && content.len() >= 14 => {
                let fixed = [&content[..12], &[0, 0]].concat();
                push_segment(&mut header, marker, &fixed);
            }
            0xe1 if content.starts_with(EXIF) => turned = turned.or_else(|| orientation(content)),
            // Colour profiles, and what Adobe's programs say about the colours.
            0xe2 if content.starts_with(b"ICC_PROFILE\0") => push_segment(&mut rest, marker, content),
            0xee if content.starts_with(b"Adobe") => push_segment(&mut rest, marker, content),
            SCAN => {
                push_segment(&mut rest, marker, content);
                let end = end_of_scan(file, at);
                rest.extend_from_slice(&file[at..end]);
                (at, scans) = (end, true);
            }
            // Frames and tables.
            0xc0..=0xcf | 0xdb..=0xdf => push_segment(&mut rest, marker, content),
            _ => {}
        }
    }
    if let Some(orientation) = turned {
        push_segment(&mut header, 0xe1, &[EXIF, &exif(orientation)].concat());
    }
    scans.then(|| [&[0xff, START][..], &header, &rest, &[0xff, END]].concat())
}

/// The next marker at or after a place, and where what belongs to it starts. Any number of 0xff may stand before it.
fn next_marker(file: &[u8], mut at: usize) -> Option<(u8, usize)> {
    loop {
        at += file.get(at..)?.iter().position(|byte| *byte == 0xff)?;
        at += file[at..].iter().position(|byte| *byte != 0xff)?;
        match file[at] {
            0 => at += 1,
            marker => return Some((marker, at + 1)),
        }
    }
}

/// What a segment holds, by the length it starts with, which counts itself.
fn segment(file: &[u8], start: usize) -> Option<&[u8]> {
    let length = usize::from(u16::from_be_bytes([*file.get(start)?, *file.get(start + 1)?]));
    file.get(start + 2..start + length)
}

/// Where pixels end: at a marker that is neither a stuffed zero nor a restart.
fn end_of_scan(file: &[u8], start: usize) -> usize {
    let pixels = &file[start..];
    let ends = |pair: &[u8]| pair[0] == 0xff && !matches!(pair[1], 0 | 0xd0..=0xd7);
    // Of a file that was cut off, half a marker is no pixel.
    let cut_off = pixels.len() - usize::from(pixels.ends_with(&[0xff]));
    start + pixels.windows(2).position(ends).unwrap_or(cut_off)
}

fn push_segment(kept: &mut Vec<u8>, marker: u8, content: &[u8]) {
    // It was a segment, or is a short one of ours: the length fits.
    let length = u16::try_from(content.len() + 2).unwrap_or(u16::MAX);
    kept.extend([0xff, marker]);
    kept.extend(length.to_be_bytes());
    kept.extend_from_slice(content);
}

// -------------------------------------------------------------------------------------------------------------- PNG

/// The chunks of a PNG that are shown: the picture, its colours, its moving frames.
const SHOWN: [&[u8; 4]; 19] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP", b"mDCV", b"cLLI", b"bKGD", b"hIST",
    b"pHYs", b"acTL", b"fcTL", b"fdAT",
];

fn png(file: &[u8]) -> Option<Vec<u8>> {
    let mut kept = file.get(..8)?.to_vec();
    let (mut at, mut pixels) = (8, false);
    while let Some(head) = file.get(at..at + 8) {
        let (length, kind) = (u32::from_be_bytes([head[0], head[1], head[2], head[3]]), &head[4..]);
        // Length, kind and checksum stand around the data. The last chunk of a file that was cut off is shorter than it says.
        let end = (length as usize).saturating_add(at + 12).min(file.len());
        if kind == b"eXIf" {
            if let Some(orientation) = orientation(&file[at + 8..end]) {
                push_chunk(&mut kept, kind, &exif(orientation));
            }
        } else if SHOWN.iter().any(|shown| *shown == kind) {
            kept.extend_from_slice(&file[at..end]);
        }
        pixels |= kind == b"IDAT";
        at = end;
        if kind == b"IEND" {
            break;
        }
    }
    pixels.then_some(kept)
}

fn push_chunk(kept: &mut Vec<u8>, kind: &[u8], data: &[u8]) {
    kept.extend(u32::try_from(data.len()).unwrap_or(u32::MAX).to_be_bytes());
    let start = kept.len();
    kept.extend_from_slice(kind);
    kept.extend_from_slice(data);
    let checksum = crc32fast::hash(&kept[start..]);
    kept.extend(checksum.to_be_bytes());
}

// ------------------------------------------------------------------------------------------------------------- WebP

/// In the first byte of a WebP's header: whether there is Exif, and whether there is XMP.
const HAS_EXIF: u8 = 0x08;
const HAS_XMP: u8 = 0x04;

fn webp(file: &[u8]) -> Option<Vec<u8>> {
    let said = u32::from_le_bytes([*file.get(4)?, *file.get(5)?, *file.get(6)?, *file.get(7)?]);
    let mut rest = file.get(12..(said as usize).saturating_add(8).min(file.len()))?;
    let (mut kept, mut flags, mut turned, mut pixels) = (b"WEBP".to_vec(), None, None, false);
    while let Some((kind, data, after)) = next_riff(rest) {
        rest = after;
        match kind {
            b"VP8X" => {
                flags = (!data.is_empty()).then_some(kept.len() + 8);
                push_riff(&mut kept, kind, data);
            }
            b"VP8 " | b"VP8L" => {
                push_riff(&mut kept, kind, data);
                pixels = true;
            }
            b"ANMF" => {
                push_riff(&mut kept, kind, &frame(data)?);
                pixels = true;
            }
            b"ICCP" | b"ANIM" | b"ALPH" => push_riff(&mut kept, kind, data),
            b"EXIF" => turned = turned.or_else(|| orientation(data)),
            _ => {}
        }
    }
    if let Some(flags) = flags {
        kept[flags] &= !(HAS_EXIF | HAS_XMP);
        if let Some(orientation) = turned {
            kept[flags] |= HAS_EXIF;
            push_riff(&mut kept, b"EXIF", &exif(orientation));
        }
    }
    let length = u32::try_from(kept.len()).ok()?;
    pixels.then(|| [&b"RIFF"[..], &length.to_le_bytes(), &kept].concat())
}

/// A frame of a moving picture: its place and time, then chunks of its own.
fn frame(data: &[u8]) -> Option<Vec<u8>> {
    let (head, mut rest) = data.split_at_checked(16)?;
    let mut kept = head.to_vec();
    while let Some((kind, data, after)) = next_riff(rest) {
        rest = after;
        if matches!(kind, b"ALPH" | b"VP8 " | b"VP8L") {
            push_riff(&mut kept, kind, data);
        }
    }
    Some(kept)
}

/// The kind and data of the first chunk, and what follows it. Data of odd length has a byte of padding.
fn next_riff(rest: &[u8]) -> Option<(&[u8; 4], &[u8], &[u8])> {
    let (kind, after) = rest.split_first_chunk::<4>()?;
    let (length, after) = after.split_first_chunk::<4>()?;
    let length = u32::from_le_bytes(*length) as usize;
    let end = length.min(after.len());
    let padded = end.saturating_add(length % 2).min(after.len());
    Some((kind, &after[..end], &after[padded..]))
}

fn push_riff(kept: &mut Vec<u8>, kind: &[u8; 4], data: &[u8]) {
    kept.extend_from_slice(kind);
    kept.extend(u32::try_from(data.len()).unwrap_or(u32::MAX).to_le_bytes());
    kept.extend_from_slice(data);
    if data.len() % 2 == 1 {
        kept.push(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A segment of a JPEG.
    fn jpeg_segment(marker: u8, content: &[u8]) -> Vec<u8> {
        let mut segment = Vec::new();
        push_segment(&mut segment, marker, content);
        segment
    }

    /// A scan whose pixels hold a stuffed zero and a restart.
    fn scan() -> Vec<u8> {
        [jpeg_segment(SCAN, b"head"), b"ab\xff\x00cd\xff\xd0ef".to_vec()].concat()
    }

    #[test]
    fn v9_a_jpeg_keeps_its_scans_and_loses_what_stands_between_and_behind_them() {
        let frame = jpeg_segment(0xc2, b"frame");
        let profile = jpeg_segment(0xe2, b"ICC_PROFILE\0\x01\x01colours");
        let exif_of = |orientation: Orientation| jpeg_segment(0xe1, &[EXIF, &exif(orientation)].concat());
        let file = [
            &b"\xff\xd8"[..],
            &jpeg_segment(0xe0, b"JFIF\0\x01\x01\0\0\x01\0\x01\x01\x01small"),
            &exif_of(Orientation::Rotate90),
            &jpeg_segment(0xe1, b"http://ns.adobe.com/xap/1.0/\0<gps/>"),
            &jpeg_segment(0xed, b"Photoshop 3.0\0city"),
            &profile,
            &jpeg_segment(0xfe, b"a comment"),
            &frame,
            &scan(),
            &jpeg_segment(0xfe, b"between scans"),
            &scan(),
            b"\xff\xd9and then a film with its own place",
        ]
        .concat();
        let expected = [
            &b"\xff\xd8"[..],
            &jpeg_segment(0xe0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"),
            &exif_of(Orientation::Rotate90),
            &profile,
            &frame,
            &scan(),
            &scan(),
            b"\xff\xd9",
        ]
        .concat();
        assert_eq!(jpeg(&file).as_deref(), Some(&*expected));
        // Cut off in its pixels it is shown as far as it goes, and loses the same.
        let cut = &file[..file.len() - 60];
        assert!(!String::from_utf8_lossy(&jpeg(cut).unwrap()).contains("comment"));
        assert_eq!(jpeg(b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01 and then a picture"), None);
    }

    #[test]
    fn v9_a_png_keeps_what_is_shown() {
        let chunk = |kind: &[u8], data: &[u8]| {
            let mut chunk = Vec::new();
            push_chunk(&mut chunk, kind, data);
            chunk
        };
        let turned = chunk(b"eXIf", &exif(Orientation::Rotate180));
        let (head, pixels, end) = (chunk(b"IHDR", b"head"), chunk(b"IDAT", b"pixels"), chunk(b"IEND", b""));
        let text = chunk(b"tEXt", b"Raw profile type exif\0gps");
        let start = b"\x89PNG\r\n\x1a\n".to_vec();
        let file = [start.clone(), head.clone(), text, turned.clone(), pixels.clone(), end.clone(), b"behind".to_vec()].concat();
        assert_eq!(png(&file), Some([start, head, turned, pixels, end].concat()));
    }

    #[test]
    fn v9_a_webp_keeps_what_is_shown_and_its_flags_say_so() {
        let chunk = |kind: &[u8; 4], data: &[u8]| {
            let mut chunk = Vec::new();
            push_riff(&mut chunk, kind, data);
            chunk
        };
        let whole = |chunks: &[Vec<u8>]| {
            let body = [b"WEBP".to_vec(), chunks.concat()].concat();
            [b"RIFF".to_vec(), (body.len() as u32).to_le_bytes().to_vec(), body].concat()
        };
        let (pixels, turned) = (chunk(b"VP8 ", b"odd"), chunk(b"EXIF", &exif(Orientation::Rotate270)));
        let head = |flags: u8| chunk(b"VP8X", &[flags, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        let file = whole(&[head(0x2c), pixels.clone(), turned.clone(), chunk(b"XMP ", b"<gps/>"), chunk(b"what", b"ever")]);
        assert_eq!(webp(&file), Some(whole(&[head(0x28), pixels.clone(), turned])));
        let file = whole(&[head(0x0c), pixels.clone(), chunk(b"EXIF", b"nonsense")]);
        assert_eq!(webp(&file), Some(whole(&[head(0), pixels])));
    }

    proptest! {
        #[test]
        fn v9_any_bytes_are_read_without_a_panic_and_have_nothing_more_to_lose(
            media in prop::sample::select(vec![Media::Jpeg, Media::Png, Media::Webp]),
            bytes in prop::collection::vec(prop::sample::select(vec![0_u8, 1, 2, 4, 8, 0xc0, 0xd8, 0xd9, 0xda, 0xe1, 0xff]), 0..200),
        ) {
            let start: &[u8] = match media {
                Media::Png => b"\x89PNG\r\n\x1a\n",
                Media::Webp => b"RIFF\x80\0\0\0WEBPVP8 ",
                _ => b"\xff\xd8",
            };
            let file = [start, &bytes].concat();
            if let Some(kept) = removed(media, &file) {
                prop_assert_eq!(removed(media, &kept), Some(kept));
            }
        }
    }
}
