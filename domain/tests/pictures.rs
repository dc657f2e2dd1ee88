//! Pictures: what they tell beside their pixels is removed, and a preview of them is shown to whoever may fetch them.

use std::io::Cursor;
use std::time::{Duration, SystemTime};

use crate::support::{JPEG, PDF, World, all_of, content, everywhere, on_both, upload};
use domain::Error;
use domain::attachment::FileView;
use domain::id::AttachmentId;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::codecs::webp::WebPEncoder;
use image::metadata::Orientation;
use image::{ImageDecoder, ImageFormat, ImageReader, Rgb, RgbImage, Rgba, RgbaImage};

const RED: Rgb<u8> = Rgb([200, 0, 0]);
const BLUE: Rgb<u8> = Rgb([0, 0, 200]);

/// Red on the left, blue on the right.
fn halves(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, _| if x < width / 2 { RED } else { BLUE })
}

/// Exif as a phone writes it: to be turned to the right, and taken at a place.
fn exif() -> Vec<u8> {
    let mut exif = b"MM\0\x2a\0\0\0\x08".to_vec();
    // Two entries: the orientation, and where the place stands.
    exif.extend(b"\0\x02\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\x88\x25\0\x04\0\0\0\x01\0\0\0\x26\0\0\0\0");
    // Its one entry: north.
    exif.extend(b"\0\x01\0\x01\0\x02\0\0\0\x02N\0\0\0\0\0\0\0place: 52.5 north");
    exif
}

/// The same, with nothing but the orientation.
const ORIENTATION_ONLY: &[u8] = b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";

/// A photo, with its place in Exif and XMP, a comment, and a second picture behind it.
fn photo(width: u32, height: u32) -> Vec<u8> {
    let mut jpeg = Vec::new();
    halves(width, height).write_with_encoder(JpegEncoder::new_with_quality(&mut jpeg, 90)).unwrap();
    let segment = |marker: u8, content: &[u8]| {
        let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
        [&[0xff, marker][..], &length, content].concat()
    };
    [
        &jpeg[..2],
        &segment(0xe1, &[&b"Exif\0\0"[..], &exif()].concat()),
        &segment(0xe1, b"http://ns.adobe.com/xap/1.0/\0place: 13.4 east"),
        &segment(0xfe, b"a comment of the camera"),
        &jpeg[2..],
        &segment(0xe1, b"Exif\0\0place of the second picture"),
    ]
    .concat()
}

fn pixels(file: &[u8], format: ImageFormat) -> RgbImage {
    ImageReader::with_format(Cursor::new(file), format).decode().unwrap().to_rgb8()
}

fn tells(file: &[u8], what: &[u8]) -> bool {
    file.windows(what.len()).any(|window| window == what)
}

fn stored(world: &World) -> usize {
    std::fs::read_dir(world.files()).unwrap().count()
}

fn is_near(one: &Rgb<u8>, other: &Rgb<u8>) -> bool {
    one.0.iter().zip(other.0).all(|(one, other)| one.abs_diff(other) < 40)
}

fn of(files: &[FileView], id: AttachmentId) -> &FileView {
    files.iter().find(|file| file.id == id).unwrap()
}

#[tokio::test]
async fn v9_a_photo_loses_its_place_and_stays_upright() {
    on_both(async |world| {
        let manager = world.manager().await;
        let customer = world.customer(&manager, "Acme").await;
        world.location(&manager, customer, "North").await;
        let contact = world.contact(&manager, customer, "Ana", &everywhere()).await;
        let portal = world.db.portal(&contact);
        let draft = portal.start_draft("").await.unwrap();
        let sent = photo(1_200, 800);
        let id = portal.add_draft_file(draft, upload("Keller.jpg", &sent)).await.unwrap();
        let file = portal.file(id).await.unwrap();
        let (size, sha256, kept) = (file.size, file.sha256.clone(), content(file).await);

        assert_eq!(size, kept.len() as u64, "{}", world.engine);
        for told in [&b"place"[..], b"comment", b"xap", b"\x88\x25\0\x04"] {
            assert!(tells(&sent, told) && !tells(&kept, told), "{}: {}", world.engine, String::from_utf8_lossy(told));
        }
        let mut decoder = ImageReader::with_format(Cursor::new(&kept), ImageFormat::Jpeg).into_decoder().unwrap();
        assert_eq!(decoder.exif_metadata().unwrap().as_deref(), Some(ORIENTATION_ONLY), "{}", world.engine);
        assert_eq!(decoder.orientation().unwrap(), Orientation::Rotate90);
        assert_eq!(pixels(&kept, ImageFormat::Jpeg), pixels(&sent, ImageFormat::Jpeg), "{}: the pixels are as they came", world.engine);
        // The checksum is that of what is given out: sent once more, nothing is left to remove.
        let again = portal.add_draft_file(draft, upload("again.jpg", &kept)).await.unwrap();
        assert_eq!(portal.file_info(again).await.unwrap().sha256, sha256);
        // Two pictures, each with a preview; what came in is gone.
        assert_eq!(stored(&world), 4, "{}", world.engine);

        let preview = portal.preview(id).await.unwrap();
        let (size, small) = (preview.size, all_of(preview.body).await);
        assert_eq!(size, small.len() as u64);
        let shown = pixels(&small, ImageFormat::Jpeg);
        assert_eq!(shown.dimensions(), (427, 640), "{}: turned, and the longest side", world.engine);
        assert!(is_near(shown.get_pixel(213, 50), &RED) && is_near(shown.get_pixel(213, 590), &BLUE), "{}: upright", world.engine);
        assert!(!tells(&small, b"Exif"), "{}", world.engine);
        assert_eq!(of(&portal.draft(draft).await.unwrap().files, id).preview(), Some((427, 640)), "{}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn v9_other_pictures_have_previews_and_what_is_none_is_kept_without() {
    on_both(async |world| {
        let manager = world.manager().await;
        let customer = world.customer(&manager, "Acme").await;
        let location = world.location(&manager, customer, "North").await;
        let target = world.work(&manager, location).await;
        let desk = world.db.desk(&manager);

        let (mut png, mut webp) = (Vec::new(), Vec::new());
        let clear = RgbaImage::from_pixel(30, 20, Rgba([0, 0, 0, 0]));
        clear.write_with_encoder(PngEncoder::new(&mut png)).unwrap();
        halves(700, 10).write_with_encoder(WebPEncoder::new_lossless(&mut webp)).unwrap();
        for (name, bytes, size) in [("a.png", &png, Some((30, 20))), ("b.webp", &webp, Some((640, 9)))] {
            let id = desk.add_target_file(target, upload(name, bytes)).await.unwrap();
            let file = desk.target(target).await.unwrap().files.into_iter().find(|file| file.id == id).unwrap();
            assert_eq!(file.preview(), size, "{}: {name}", world.engine);
            assert_eq!(&content(desk.file(id).await.unwrap()).await, bytes, "{}: {name}", world.engine);
            let shown = pixels(&all_of(desk.preview(id).await.unwrap().body).await, ImageFormat::Jpeg);
            assert_eq!((i64::from(shown.width()), i64::from(shown.height())), size.unwrap());
            if name == "a.png" {
                assert!(is_near(shown.get_pixel(5, 5), &Rgb([255, 255, 255])), "{}: clear is white", world.engine);
            }
        }
        for (name, bytes) in [("broken.jpg", JPEG), ("plan.pdf", PDF)] {
            let id = desk.add_target_file(target, upload(name, bytes)).await.unwrap();
            assert_eq!(content(desk.file(id).await.unwrap()).await, bytes, "{}: {name}", world.engine);
            assert!(matches!(desk.preview(id).await, Err(Error::NotFound)), "{}: {name}", world.engine);
        }
    })
    .await;
}

#[tokio::test]
async fn v7_a_preview_is_for_whoever_may_fetch_its_file_and_is_no_download() {
    on_both(async |world| {
        let manager = world.manager().await;
        let customer = world.customer(&manager, "Acme").await;
        let location = world.location(&manager, customer, "North").await;
        let contact = world.contact(&manager, customer, "Ana", &everywhere()).await;
        let other = world.contact(&manager, customer, "Ben", &everywhere()).await;
        let (own, foreign, desk) = (world.db.portal(&contact), world.db.portal(&other), world.db.desk(&manager));
        let draft = own.start_draft(&location.to_string()).await.unwrap();
        let id = own.add_draft_file(draft, upload("a.jpg", &photo(60, 40))).await.unwrap();
        own.preview(id).await.unwrap();
        for id in [id, AttachmentId::new()] {
            assert!(matches!(foreign.preview(id).await, Err(Error::NotFound)), "{}", world.engine);
        }
        assert!(matches!(desk.preview(id).await, Err(Error::NotFound)), "{}: not sent yet", world.engine);

        own.save_what(draft, &crate::support::what("Leak")).await.unwrap();
        let request = own.submit(draft).await.unwrap();
        own.preview(id).await.unwrap();
        desk.preview(id).await.unwrap();
        assert!(matches!(foreign.preview(id).await, Err(Error::NotFound)), "{}: a colleague's request", world.engine);
        assert!(desk.downloads_of(id).await.unwrap().is_empty(), "{}", world.engine);
        assert_eq!(of(&own.request(request).await.unwrap().files, id).preview(), Some((40, 60)), "{}", world.engine);
        assert_eq!(of(&desk.request(request).await.unwrap().files, id).preview(), Some((40, 60)), "{}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn v9_a_preview_goes_with_its_file_and_not_before() {
    on_both(async |world| {
        let manager = world.manager().await;
        let customer = world.customer(&manager, "Acme").await;
        let location = world.location(&manager, customer, "North").await;
        let contact = world.contact(&manager, customer, "Ana", &everywhere()).await;
        let (portal, desk) = (world.db.portal(&contact), world.db.desk(&manager));
        let draft = portal.start_draft(&location.to_string()).await.unwrap();
        let [kept, removed] = [
            portal.add_draft_file(draft, upload("a.jpg", &photo(60, 40))).await.unwrap(),
            portal.add_draft_file(draft, upload("b.jpg", &photo(60, 40))).await.unwrap(),
        ];
        assert_eq!(stored(&world), 4, "{}", world.engine);
        portal.remove_draft_file(removed).await.unwrap();
        assert_eq!(stored(&world), 2, "{}", world.engine);

        #[allow(clippy::disallowed_methods, reason = "files are dated by the machine's clock")]
        let long_ago = SystemTime::now() - Duration::from_secs(3 * 86_400);
        for entry in std::fs::read_dir(world.files()).unwrap() {
            std::fs::File::options().write(true).open(entry.unwrap().path()).unwrap().set_modified(long_ago).unwrap();
        }
        world.system.sweep().await.unwrap();
        portal.preview(kept).await.unwrap();
        assert_eq!(stored(&world), 2, "{}: the sweep knows previews", world.engine);
        portal.discard_draft(draft).await.unwrap();
        assert_eq!(stored(&world), 0, "{}", world.engine);

        let target = world.work(&manager, location).await;
        let report = world.report(&manager, target, "Valve replaced").await;
        let file = desk.add_report_file(report, upload("c.jpg", &photo(60, 40))).await.unwrap();
        assert_eq!(stored(&world), 2, "{}", world.engine);
        desk.remove_report_file(file).await.unwrap();
        assert_eq!(stored(&world), 0, "{}", world.engine);
        assert!(matches!(desk.preview(file).await, Err(Error::NotFound)), "{}", world.engine);
    })
    .await;
}
