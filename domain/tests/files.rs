//! Files: what is taken in, who may fetch it, and what is written down about it.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use crate::support::{JPEG, PDF, World, chosen, content, everywhere, on_both, upload, words};
use domain::Error;
use domain::actor::Desk;
use domain::attachment::enclosures::Enclosures;
use domain::attachment::store::Upload;
use domain::attachment::{COUNT_LIMIT, SIZE_LIMIT};
use domain::field::{Problem, Problems, Refusal};
use domain::grant::GrantInput;
use domain::id::{AttachmentId, DraftId, FormKey, RequestId};
use domain::report::{ReleaseFileInput, ReleaseInput};
use domain::role::Role;
use futures::StreamExt;

fn is_refused<T>(outcome: &Result<T, Error>, refusal: Refusal) -> bool {
    matches!(outcome, Err(Error::Invalid(problems)) if *problems == Problems::of("", Problem::Refused(refusal)))
}

fn stored(world: &World) -> usize {
    std::fs::read_dir(world.files()).unwrap().count()
}

#[tokio::test]
async fn v9_four_kinds_are_taken_by_their_content_and_nothing_else_is_left_behind() {
    on_both(async |world| {
        let manager = world.manager().await;
        let customer = world.customer(&manager, "Acme").await;
        world.location(&manager, customer, "North").await;
        let contact = world.contact(&manager, customer, "Ana", &everywhere()).await;
        let portal = world.db.portal(&contact);
        let draft = portal.start_draft("").await.unwrap();
        for (name, bytes, refusal) in [
            ("photo.png", &b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"[..], Refusal::FileTypeNotAllowed),
            ("page.pdf", b"<!doctype html><script>alert(1)</script>%PDF-1.7", Refusal::FileTypeNotAllowed),
            ("photo.jpg", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", Refusal::FileIsHeic),
            ("photo.jpg", b"", Refusal::FileEmpty),
            ("photo.jpg", b"x", Refusal::FileTypeNotAllowed),
        ] {
            assert!(is_refused(&portal.add_draft_file(draft, upload(name, bytes)).await, refusal), "{}: {name}", world.engine);
        }
        assert_eq!(stored(&world), 0, "{}", world.engine);

        let id = portal.add_draft_file(draft, upload("..\\Keller\u{202e}.pdf.exe", JPEG)).await.unwrap();
        let file = portal.file(id).await.unwrap();
        assert_eq!((file.name.as_str(), file.media_type.as_str(), file.size), ("Keller.pdf.jpg", "image/jpeg", JPEG.len() as u64));
        assert_eq!(file.sha256.len(), 64);
        assert_eq!(content(file).await, JPEG);
        let names: Vec<_> =
            std::fs::read_dir(world.files()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        assert!(names.len() == 1 && names[0].len() == 32 && !names[0].contains("Keller"), "{names:?}");
    })
    .await;
}

#[tokio::test]
async fn v9_reading_stops_at_the_limit() {
    on_both(async |world| {
        let manager = world.manager().await;
        let customer = world.customer(&manager, "Acme").await;
        world.location(&manager, customer, "North").await;
        let contact = world.contact(&manager, customer, "Ana", &everywhere()).await;
        let portal = world.db.portal(&contact);
        let draft = portal.start_draft("").await.unwrap();
        let read = Arc::new(AtomicUsize::new(0));
        let counter = read.clone();
        let mebibyte = 1024 * 1024;
        let endless = futures::stream::iter(0_u64..).map(move |i| {
            counter.fetch_add(1, Ordering::Relaxed);
            let mut part = vec![0_u8; mebibyte];
            if i == 0 {
                part[..JPEG.len()].copy_from_slice(JPEG);
            }
            Ok(part.into())
        });
        let outcome = portal.add_draft_file(draft, Upload { name: "big.jpg".into(), body: endless.boxed() }).await;
        assert!(is_refused(&outcome, Refusal::FileTooLarge), "{}", world.engine);
        assert_eq!(read.load(Ordering::Relaxed) as u64, SIZE_LIMIT / mebibyte as u64 + 1);
        assert_eq!(stored(&world), 0);

        // A line that breaks leaves nothing either.
        let broken = futures::stream::iter([Ok(JPEG.to_vec().into()), Err(std::io::Error::other("gone"))]).boxed();
        let outcome = portal.add_draft_file(draft, Upload { name: "cut.jpg".into(), body: broken }).await;
        assert!(matches!(outcome, Err(Error::Io(_))), "{}", world.engine);
        assert_eq!(stored(&world), 0);
    })
    .await;
}

#[tokio::test]
async fn v9_a_draft_takes_ten_files_also_when_they_come_at_once() {
    on_both(async |world| {
        let manager = world.manager().await;
        let customer = world.customer(&manager, "Acme").await;
        world.location(&manager, customer, "North").await;
        let contact = world.contact(&manager, customer, "Ana", &everywhere()).await;
        let draft = world.db.portal(&contact).start_draft("").await.unwrap();
        let tries = (0..COUNT_LIMIT + 5).map(|_| {
            let (db, contact) = (world.db.clone(), contact.clone());
            tokio::spawn(async move { db.portal(&contact).add_draft_file(draft, upload("a.pdf", PDF)).await })
        });
        let outcomes: Vec<_> = futures::future::join_all(tries).await.into_iter().map(Result::unwrap).collect();
        assert_eq!(outcomes.iter().filter(|o| o.is_ok()).count(), COUNT_LIMIT, "{}", world.engine);
        assert_eq!(outcomes.iter().filter(|o| is_refused(o, Refusal::TooManyFiles)).count(), 5, "{}", world.engine);
        assert_eq!(stored(&world), COUNT_LIMIT);
    })
    .await;
}

#[tokio::test]
async fn v8_a_file_of_others_answers_like_none_and_a_removed_one_is_gone() {
    on_both(async |world| {
        let manager = world.manager().await;
        let customer = world.customer(&manager, "Acme").await;
        let location = world.location(&manager, customer, "North").await;
        let contact = world.contact(&manager, customer, "Ana", &everywhere()).await;
        let other = world.contact(&manager, customer, "Ben", &everywhere()).await;
        let (own, foreign) = (world.db.portal(&contact), world.db.portal(&other));
        let draft = own.start_draft(&location.to_string()).await.unwrap();
        let id = own.add_draft_file(draft, upload("a.jpg", JPEG)).await.unwrap();

        for outcome in
            [foreign.file(id).await.map(drop), foreign.file(AttachmentId::new()).await.map(drop), foreign.remove_draft_file(id).await]
        {
            assert!(matches!(outcome, Err(Error::NotFound)), "{}", world.engine);
        }
        for draft in [draft, DraftId::new()] {
            assert!(matches!(foreign.add_draft_file(draft, upload("a.jpg", JPEG)).await, Err(Error::NotFound)), "{}", world.engine);
        }
        // Not sent yet: not the desk's either.
        assert!(matches!(world.db.desk(&manager).file(id).await, Err(Error::NotFound)), "{}", world.engine);

        own.file(id).await.unwrap();
        own.remove_draft_file(id).await.unwrap();
        assert!(matches!(own.file(id).await, Err(Error::NotFound)), "{}", world.engine);
        assert_eq!(stored(&world), 0);

        // Sent, it belongs to the request and stays.
        let id = own.add_draft_file(draft, upload("a.jpg", JPEG)).await.unwrap();
        own.save_what(draft, &crate::support::what("Leak")).await.unwrap();
        own.submit(draft).await.unwrap();
        assert!(matches!(own.remove_draft_file(id).await, Err(Error::NotFound)), "{}", world.engine);
        assert_eq!(content(own.file(id).await.unwrap()).await, JPEG);
        assert!(matches!(foreign.file(id).await, Err(Error::NotFound)), "{}: a colleague's request", world.engine);
        world.db.desk(&manager).file(id).await.unwrap();
    })
    .await;
}

/// Takes files in for a message or a note.
async fn enclosed(desk: &Desk<'_>, request: RequestId, names: &[&str]) -> Enclosures {
    let mut enclosures = desk.begin_enclosures(request).await.unwrap();
    for name in names {
        desk.enclose(&mut enclosures, upload(name, PDF)).await.unwrap();
    }
    enclosures
}

#[tokio::test]
async fn v7_files_of_a_message_are_its_readers_and_those_of_a_note_never_leave() {
    on_both(async |world| {
        let manager = world.manager().await;
        let customer = world.customer(&manager, "Acme").await;
        let (north, south) = (world.location(&manager, customer, "North").await, world.location(&manager, customer, "South").await);
        let ana = world.contact(&manager, customer, "Ana", &everywhere()).await;
        // Reads colleagues' requests; the second without downloads, the third elsewhere only.
        let ben = world.contact(&manager, customer, "Ben", &GrantInput { colleagues: "on".into(), ..everywhere() }).await;
        let without = GrantInput { colleagues: "on".into(), download: String::new(), ..everywhere() };
        let cem = world.contact(&manager, customer, "Cem", &without).await;
        let dora = world.contact(&manager, customer, "Dora", &GrantInput { colleagues: "on".into(), ..chosen(&[south]) }).await;
        let request = world.request(&ana, north, "Leak").await;

        let desk = world.db.desk(&manager);
        let (message_key, note_key) = (FormKey::new(), FormKey::new());
        desk.send_message_with(enclosed(&desk, request, &["plan.pdf"]).await, message_key, "Please see the plan.").await.unwrap();
        desk.write_note_with(enclosed(&desk, request, &["offer.pdf"]).await, note_key, "Too expensive").await.unwrap();
        // Sent again, neither is written again, and what came along is gone.
        assert_eq!(stored(&world), 2, "{}", world.engine);
        desk.send_message_with(enclosed(&desk, request, &["plan.pdf"]).await, message_key, "Please see the plan.").await.unwrap();
        desk.write_note_with(enclosed(&desk, request, &["offer.pdf"]).await, note_key, "Too expensive").await.unwrap();
        let empty = desk.send_message_with(enclosed(&desk, request, &["plan.pdf", "b.pdf"]).await, FormKey::new(), " ").await;
        assert!(matches!(empty, Err(Error::Invalid(_))), "{}", world.engine);
        assert_eq!(stored(&world), 2, "{}", world.engine);

        let seen = desk.request(request).await.unwrap();
        let (plan, offer) = (seen.messages[0].files[0].clone(), seen.notes[0].files[0].clone());
        assert_eq!((plan.name.as_str(), offer.name.as_str(), seen.files.len()), ("plan.pdf", "offer.pdf", 0), "{}", world.engine);
        assert_eq!((seen.messages.len(), seen.notes.len()), (1, 1), "{}", world.engine);
        for id in [plan.id, offer.id] {
            assert_eq!(content(desk.file(id).await.unwrap()).await, PDF, "{}", world.engine);
        }

        for (who, reads, downloads) in [(&ana, true, true), (&ben, true, true), (&cem, true, false), (&dora, false, false)] {
            let portal = world.db.portal(who);
            assert_eq!(portal.file(plan.id).await.is_ok(), downloads, "{}", world.engine);
            assert!(matches!(portal.file(offer.id).await, Err(Error::NotFound)), "{}", world.engine);
            assert!(matches!(portal.file_info(offer.id).await, Err(Error::NotFound)), "{}", world.engine);
            let Ok(view) = portal.request(request).await else {
                assert!(!reads, "{}", world.engine);
                continue;
            };
            assert!(reads && view.files.is_empty(), "{}", world.engine);
            let names: Vec<_> = view.messages.iter().flat_map(|message| &message.files).map(|file| file.name.as_str()).collect();
            assert_eq!(names, if downloads { vec!["plan.pdf"] } else { Vec::new() }, "{}", world.engine);
            assert!(!format!("{view:?}").contains("offer"), "{}", world.engine);
        }
        let log: Vec<_> = desk.downloads_of(plan.id).await.unwrap().into_iter().map(|(name, _)| name).collect();
        assert_eq!(log.len(), 3, "{}: {log:?}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn v9_a_message_takes_ten_files_of_the_four_kinds_for_a_request_that_there_is() {
    on_both(async |world| {
        let manager = world.manager().await;
        let customer = world.customer(&manager, "Acme").await;
        let location = world.location(&manager, customer, "North").await;
        let ana = world.contact(&manager, customer, "Ana", &everywhere()).await;
        let request = world.request(&ana, location, "Leak").await;
        let desk = world.db.desk(&manager);
        assert!(matches!(desk.begin_enclosures(RequestId::new()).await, Err(Error::NotFound)), "{}", world.engine);
        let mut enclosures = enclosed(&desk, request, &["a.pdf"; COUNT_LIMIT]).await;
        let one_more = desk.enclose(&mut enclosures, upload("a.pdf", PDF)).await;
        assert!(is_refused(&one_more, Refusal::TooManyFiles), "{}", world.engine);
        desk.discard_enclosures(enclosures).await;
        let mut enclosures = desk.begin_enclosures(request).await.unwrap();
        let page = desk.enclose(&mut enclosures, upload("a.pdf", b"<!doctype html>")).await;
        assert!(is_refused(&page, Refusal::FileTypeNotAllowed), "{}", world.engine);
        assert_eq!(stored(&world), 0, "{}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn v10_downloads_are_written_down_and_looks_are_not() {
    on_both(async |world| {
        let (manager, writer) = (world.manager().await, world.staff("Dario", Role::Dispatcher).await);
        let customer = world.customer(&manager, "Acme").await;
        let location = world.location(&manager, customer, "North").await;
        let contact = world.contact(&manager, customer, "Ana", &everywhere()).await;
        let target = world.work(&manager, location).await;
        let report = world.report(&writer, target, "Valve replaced").await;
        world.approve(&manager, report).await;
        let desk = world.db.desk(&manager);
        let [public, kept] = [
            desk.add_report_file(report, upload("a.jpg", JPEG)).await.unwrap(),
            desk.add_report_file(report, upload("b.jpg", JPEG)).await.unwrap(),
        ];
        let ticked =
            ReleaseFileInput { attachment: public.to_string(), share: "on".into(), public_name: "After".into(), caption: String::new() };
        world.release(&manager, report, &ReleaseInput { files: vec![ticked], ..words("Valve") }).await;

        let portal = world.db.portal(&contact);
        assert_eq!(portal.file_info(public).await.unwrap().size, JPEG.len() as u64);
        assert!(desk.downloads_of(public).await.unwrap().is_empty(), "{}", world.engine);
        portal.file(public).await.unwrap();
        world.pass(60);
        desk.file(public).await.unwrap();
        let log = desk.downloads_of(public).await.unwrap();
        assert_eq!(log.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["Mara", "Ana"], "{}", world.engine);

        // What a customer was ever given stays; the rest can go.
        assert!(matches!(desk.remove_report_file(public).await, Err(Error::Conflict)), "{}", world.engine);
        desk.remove_report_file(kept).await.unwrap();
        assert!(matches!(desk.file(kept).await, Err(Error::NotFound)));
        assert_eq!(desk.report(report).await.unwrap().files.iter().map(|f| f.id).collect::<Vec<_>>(), [public], "{}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn v10_a_file_that_is_fetched_in_parts_is_one_download() {
    on_both(async |world| {
        let manager = world.manager().await;
        let customer = world.customer(&manager, "Acme").await;
        let location = world.location(&manager, customer, "North").await;
        let contact = world.contact(&manager, customer, "Ana", &everywhere()).await;
        let (portal, desk) = (world.db.portal(&contact), world.db.desk(&manager));
        let draft = portal.start_draft(&location.to_string()).await.unwrap();
        let id = portal.add_draft_file(draft, upload("a.pdf", PDF)).await.unwrap();
        portal.save_what(draft, &crate::support::what("Leak")).await.unwrap();
        portal.submit(draft).await.unwrap();

        let size = PDF.len() as u64;
        let end = portal.file_part(id, 8..size).await.unwrap();
        assert_eq!((end.size, content(end).await.as_slice()), (size, &PDF[8..]), "{}", world.engine);
        assert_eq!(content(desk.file_part(id, 3..5).await.unwrap()).await, &PDF[3..5]);
        assert!(desk.downloads_of(id).await.unwrap().is_empty(), "{}: without its beginning", world.engine);
        assert_eq!(content(portal.file_part(id, 0..8).await.unwrap()).await, &PDF[..8]);
        assert_eq!(desk.downloads_of(id).await.unwrap().len(), 1, "{}", world.engine);
        assert!(matches!(portal.file_part(AttachmentId::new(), 0..8).await, Err(Error::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn v9_the_sweep_removes_what_no_row_names_and_nothing_else() {
    on_both(async |world| {
        let manager = world.manager().await;
        let customer = world.customer(&manager, "Acme").await;
        world.location(&manager, customer, "North").await;
        let contact = world.contact(&manager, customer, "Ana", &everywhere()).await;
        let portal = world.db.portal(&contact);
        let draft = portal.start_draft("").await.unwrap();
        let id = portal.add_draft_file(draft, upload("a.jpg", JPEG)).await.unwrap();
        let (orphan, cut_off, fresh) = ("0".repeat(32), format!("{}#1", "1".repeat(32)), "2".repeat(32));
        for name in [orphan.as_str(), &cut_off, &fresh, "readme.txt"] {
            std::fs::write(world.files().join(name), b"x").unwrap();
        }
        #[allow(clippy::disallowed_methods, reason = "files are dated by the machine's clock")]
        let long_ago = SystemTime::now() - Duration::from_secs(3 * 86_400);
        for entry in std::fs::read_dir(world.files()).unwrap().map(Result::unwrap).filter(|entry| *entry.file_name() != *fresh) {
            std::fs::File::options().write(true).open(entry.path()).unwrap().set_modified(long_ago).unwrap();
        }
        world.system.sweep().await.unwrap();
        assert_eq!(content(portal.file(id).await.unwrap()).await, JPEG, "{}", world.engine);
        let left = |name: &str| world.files().join(name).exists();
        assert_eq!((left(&orphan), left(&cut_off), left(&fresh), left("readme.txt")), (false, false, true, true), "{}", world.engine);
    })
    .await;
}
