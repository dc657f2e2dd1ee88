//! Stopping mails by the link in one of them: from its page, and by a mail program's own button (RFC 8058).

use crate::support::{Browser, Server};
use app::ctx::Face;
use domain::appointment::SlotInput;
use domain::clock::{Clock, Zone};
use domain::id::LocationId;
use domain::role::Role;
use domain::target::TargetInput;

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");
const ONE_CLICK: &[u8] = b"List-Unsubscribe=One-Click";

/// A contact who was mailed about a visit, and the mail's link.
async fn mailed(server: &Server) -> (Browser, String) {
    let mara = server.staff("mara", Role::Manager).await;
    let (ines, location) = server.contact(&mara, "ines").await;
    visit(server, &mara, location).await;
    (ines, server.link("ines@customer.example", "/unsubscribe/").await)
}

async fn visit(server: &Server, mara: &domain::actor::StaffActor, location: LocationId) {
    let desk = server.running.db.desk(mara);
    let work = TargetInput { title: "Work".into(), public_title: "Maintenance".into(), ..TargetInput::default() };
    let target = desk.create_target(location, &work).await.unwrap();
    let date = Clock::System.now().plus(2 * 86_400).date_in(&Zone::stored("Europe/Berlin")).to_string();
    let slot = SlotInput { date, from: "08:00".into(), until: "10:00".into(), ..SlotInput::default() };
    desk.schedule(target, desk.target(target).await.unwrap().version, &slot, true).await.unwrap();
}

/// How many topics the contact gets no mails about.
async fn stopped(ines: &mut Browser) -> usize {
    let page = ines.get("/account/notifications").await.text();
    let inputs = page.split("<input").filter_map(|input| input.split('>').next());
    inputs.filter(|input| input.contains("value=\"off\"") && input.contains("checked")).count()
}

#[tokio::test]
async fn w3_opening_the_link_stops_nothing_and_its_button_does() {
    let server = Server::start().await;
    let (mut ines, link) = mailed(&server).await;
    let mut reader = server.browser(Face::Portal);
    for method in ["HEAD", "GET", "GET"] {
        let answer = reader.send(method, &link, &[], b"").await;
        assert_eq!((answer.status, answer.location(), answer.header("referrer-policy")), (303, "/unsubscribe", "no-referrer"));
    }
    let page = reader.get("/unsubscribe").await.text();
    assert!(page.contains("You will get no more emails about appointments.") && !page.contains("ines@"), "{page}");
    assert_eq!(stopped(&mut ines).await, 0);

    assert_eq!(reader.post("/api/portal/unsubscribe", &[]).await.location(), "/unsubscribe?done=yes");
    assert!(reader.get("/unsubscribe?done=yes").await.text().contains("Emails stopped"));
    assert_eq!(stopped(&mut ines).await, 1);

    // The link is used up, and answers like one that never was.
    for link in [link.as_str(), "/unsubscribe/any-token"] {
        reader.get(link).await;
        let ended = reader.get("/unsubscribe").await;
        assert!(ended.status == 404 && ended.text().contains("This link has ended"), "{link}");
    }
}

#[tokio::test]
async fn promise_9_a_mail_program_may_stop_mails_and_do_nothing_else() {
    let server = Server::start().await;
    let (mut ines, link) = mailed(&server).await;
    let mut program = server.browser(Face::Portal);
    for headers in [&[FORM][..], &[FORM, ("sec-fetch-site", "cross-site"), ("origin", "https://mail.example")]] {
        for body in [&b""[..], b"List-Unsubscribe=", b"List-Unsubscribe=One-Click&more=yes"] {
            assert_eq!(program.send("POST", &link, headers, body).await.status, 403, "{headers:?}");
        }
        for path in
            ["/api/portal/unsubscribe", "/api/portal/sign_in", "/api/portal/sign_out", "/unsubscribe", "/unsubscribe/a/b", "/invite/a"]
        {
            assert_eq!(ines.send("POST", path, headers, ONE_CLICK).await.status, 403, "{path}");
        }
        assert_eq!(server.browser(Face::Desk).send("POST", &link, headers, ONE_CLICK).await.status, 403);
    }
    assert_eq!(stopped(&mut ines).await, 0);

    let done = program.send("POST", &link, &[FORM], ONE_CLICK).await;
    assert_eq!(done.status, 200);
    assert_eq!(stopped(&mut ines).await, 1);
    for path in [link.as_str(), "/unsubscribe/any-token"] {
        let again = program.send("POST", path, &[FORM], ONE_CLICK).await;
        assert_eq!((again.status, again.text()), (200, done.text()), "{path}");
    }
    assert!(program.cookies.is_empty());
}
