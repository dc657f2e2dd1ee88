//! The PDF of a report: the released version, in the reader's language, for whoever may see the report.

use crate::domain_support::{PASSWORD, PDF, PICTURE, World, everywhere, on_both, upload, words};
use crate::faces::asking::{Answer, Faces, Outcome};
use app::ctx::Face;
use axum::body::Body;
use domain::actor::StaffActor;
use domain::grant::{GrantInput, PersonInput};
use domain::id::{CustomerId, ReportId};
use domain::report::{ReleaseFileInput, ReleaseInput};
use domain::role::Role;
use http::{Method, Request, header};

/// Invites a person, who accepts: the cookie of its browser.
async fn sign_in(world: &World, by: &StaffActor, customer: CustomerId, name: &str, lang: &str) -> String {
    let email = format!("{}@customer.example", name.to_lowercase());
    let person = PersonInput { name: name.into(), email: email.clone(), phone: String::new(), lang: lang.into() };
    world.db.desk(by).invite(customer, &person, &everywhere()).await.unwrap();
    let token = world.mailed_token(&email, "/invite/").await;
    let session = world.db.anonymous().accept_invitation(&token, PASSWORD, &world.client()).await.unwrap();
    format!("{}={}", Face::Portal.session_cookie(true), session.reveal())
}

async fn fetch(faces: &Faces, cookie: &str, report: ReportId) -> Answer {
    let request = Request::get(format!("/reports/{report}/report.pdf")).header(header::ACCEPT, "text/html").body(Body::empty());
    faces.ask(Face::Portal, cookie, request.unwrap()).await
}

/// Its text on one line: where lines break is no matter.
fn text_of(answer: &Answer) -> String {
    answer.body.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[tokio::test(flavor = "multi_thread")]
async fn v5_the_pdf_is_the_released_version_in_the_readers_language() {
    on_both(async |world| {
        let (manager, writer) = (world.manager().await, world.staff("Dario", Role::Dispatcher).await);
        let customer = world.customer(&manager, "Acme").await;
        let location = world.location(&manager, customer, "North").await;
        let english = sign_in(&world, &manager, customer, "Ana", "en").await;
        let german = sign_in(&world, &manager, customer, "Doro", "de").await;
        let desk = world.db.desk(&manager);
        let target = world.work(&manager, location).await;
        let report = world.report(&writer, target, "secret body").await;
        let file = desk.add_report_file(report, upload("secret name.pdf", PDF)).await.unwrap();
        desk.add_report_file(report, upload("secret kept.pdf", PDF)).await.unwrap();
        world.approve(&manager, report).await;
        let faces = Faces::of(&world);
        assert_eq!(fetch(&faces, &english, report).await.outcome(), Outcome::NotFound, "{}: not released", world.engine);

        let released = ReleaseFileInput {
            attachment: file.to_string(),
            share: "on".into(),
            public_name: "After.pdf".into(),
            caption: "The new hinge".into(),
        };
        let words = ReleaseInput {
            title: "Door <b>mended</b>".into(),
            summary: "A long sentence about the cellar door. ".repeat(100),
            message: "Grüße vom Team".into(),
            files: vec![released],
        };
        world.release(&manager, report, &words).await;
        // Written and approved later, and not released.
        world.rewrite(&writer, report, "secret later").await;
        world.approve(&manager, report).await;

        let answer = fetch(&faces, &english, report).await;
        assert_eq!(answer.headers[header::CONTENT_TYPE], "application/pdf", "{}", world.engine);
        assert!(answer.headers[header::CONTENT_DISPOSITION].to_str().unwrap().starts_with("attachment; filename=\"Door"));
        assert_eq!(answer.headers[header::CACHE_CONTROL], "private, no-store");
        let text = text_of(&answer);
        let both = ["Ordinavo Test Service", "Door <b>mended</b>", "Public title", "Lindenstr. 4", "Acme", "Grüße vom Team", "After.pdf"];
        let in_english =
            ["Report: customer copy. Version 1, shared", "Visit", "Summary", "Message from our team", "The new hinge", "[page 2]"];
        for part in both.iter().chain(&in_english) {
            assert!(text.contains(part), "{}: {part} is not in {text:.3000}", world.engine);
        }
        assert_eq!(text.matches("cellar").count(), 100, "{}", world.engine);
        let text = text_of(&fetch(&faces, &german, report).await);
        let in_german = ["Bericht: Kundenexemplar. Fassung 1, geteilt:", "Besuch", "Zusammenfassung", "Nachricht unseres Teams"];
        for part in both.iter().chain(&in_german) {
            assert!(text.contains(part), "{}: {part} is not in {text:.3000}", world.engine);
        }
        for hidden in ["secret", "Internal title"] {
            assert!(!text.contains(hidden), "{}: {hidden}", world.engine);
        }

        // To fetch it is to open it.
        let opened = desk.report(report).await.unwrap().release.unwrap().opened_by;
        let mut readers: Vec<_> = opened.iter().map(|(name, _)| name.as_str()).collect();
        readers.sort_unstable();
        assert_eq!(readers, ["Ana", "Doro"], "{}", world.engine);
        desk.withdraw_release(report, world.report_version(&manager, report).await, "by mistake", false).await.unwrap();
        assert_eq!(fetch(&faces, &english, report).await.outcome(), Outcome::NotFound, "{}: withdrawn", world.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn v4_a_report_counts_as_opened_when_it_was_fetched_and_not_when_its_head_was() {
    on_both(async |world| {
        let (manager, writer) = (world.manager().await, world.staff("Dario", Role::Dispatcher).await);
        let customer = world.customer(&manager, "Acme").await;
        let location = world.location(&manager, customer, "North").await;
        let cookie = sign_in(&world, &manager, customer, "Ana", "en").await;
        let target = world.work(&manager, location).await;
        let report = world.report(&writer, target, "The valve was broken.").await;
        world.approve(&manager, report).await;
        world.release(&manager, report, &words("Valve mended")).await;
        let faces = Faces::of(&world);
        let opened = async || world.db.desk(&manager).report(report).await.unwrap().release.unwrap().opened_by.len();
        let ask = async |method: Method, path: String| {
            let request = Request::builder().method(method).uri(path).header(header::ACCEPT, "text/html").body(Body::empty());
            faces.ask(Face::Portal, &cookie, request.unwrap()).await.outcome()
        };
        for path in [format!("/reports/{report}"), format!("/reports/{report}/report.pdf")] {
            assert_eq!(ask(Method::HEAD, path.clone()).await, Outcome::Done, "{path}");
            assert_eq!(opened().await, 0, "{}: HEAD {path}", world.engine);
        }
        assert_eq!(ask(Method::GET, format!("/reports/{report}")).await, Outcome::Done);
        assert_eq!(opened().await, 1, "{}", world.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn v7_the_pdf_shows_the_released_pictures_to_those_who_may_download_them() {
    on_both(async |world| {
        let (manager, writer) = (world.manager().await, world.staff("Dario", Role::Dispatcher).await);
        let customer = world.customer(&manager, "Acme").await;
        let location = world.location(&manager, customer, "North").await;
        let cookie = sign_in(&world, &manager, customer, "Ana", "en").await;
        let desk = world.db.desk(&manager);
        let target = world.work(&manager, location).await;
        let report = world.report(&writer, target, "The valve was broken.").await;
        let shown = desk.add_report_file(report, upload("after.png", PICTURE)).await.unwrap();
        desk.add_report_file(report, upload("secret before.png", PICTURE)).await.unwrap();
        world.approve(&manager, report).await;
        let file = ReleaseFileInput {
            attachment: shown.to_string(),
            share: "on".into(),
            public_name: "Valve.png".into(),
            caption: "The new valve".into(),
        };
        let faces = Faces::of(&world);
        // How many pictures are in the file, and the names that are to be read.
        let seen = async || {
            let answer = fetch(&faces, &cookie, report).await;
            let text = text_of(&answer);
            let pictures = answer.body.replace("/Subtype /Image", "/Subtype/Image").matches("/Subtype/Image").count();
            (pictures, text.contains("Valve.png"), text.contains("The new valve"), text.contains("secret"))
        };
        world.release(&manager, report, &words("Valve mended")).await;
        assert_eq!(seen().await, (0, false, false, false), "{}: no file was chosen", world.engine);
        world.release(&manager, report, &ReleaseInput { files: vec![file], ..words("Valve mended") }).await;
        assert_eq!(seen().await, (1, true, true, false), "{}", world.engine);

        let person = world.db.desk(&manager).people("", "", "").await.unwrap().items.remove(0).id;
        let grant = desk.person(person).await.unwrap().grants.remove(0);
        desk.edit_grant(grant.id, grant.version, &GrantInput { download: String::new(), ..everywhere() }).await.unwrap();
        assert_eq!(seen().await, (0, false, false, false), "{}: without the right to download", world.engine);
    })
    .await;
}
