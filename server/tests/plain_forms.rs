//! The portal without script: sign-in, refused forms, files; each an ordinary form, a POST and a redirect.

use crate::support::{PASSWORD, Server};
use app::ctx::Face;
use domain::role::Role;

const JPEG: &[u8] = b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01 and then a picture that is long enough to be sniffed as what it is.";

#[tokio::test]
async fn g5_staff_sign_in_without_script() {
    let server = Server::start().await;
    server.staff("mara", Role::Manager).await;
    let mut desk = server.browser(Face::Desk);
    assert_eq!(desk.get("/desk/inbox").await.location(), "/desk/sign-in?next=/desk/inbox");
    desk.get("/desk/sign-in").await;
    let wrong = desk.post("/api/desk/sign_in", &[("email", "mara@service.example"), ("password", "wrong-wrong-wrong")]).await;
    assert_eq!((wrong.status, wrong.location()), (303, "/desk/sign-in"));
    let again = desk.get("/desk/sign-in").await.text();
    assert!(again.contains("Email address or password is not right.") && again.contains("mara@service.example"), "{again}");
    assert!(!again.contains("wrong-wrong-wrong"));
    let right = desk.post("/api/desk/sign_in", &[("email", "mara@service.example"), ("password", PASSWORD), ("next", "/desk/inbox")]).await;
    assert_eq!((right.status, right.location()), (303, "/desk/inbox"));
    assert!(right.headers.iter().any(|(name, value)| name == "set-cookie" && value.contains("HttpOnly") && value.contains("SameSite=Lax")));
    assert_eq!(desk.get("/desk/inbox").await.status, 200);
}

#[tokio::test]
async fn an_empty_installation_leads_to_its_first_steps_after_the_sign_in() {
    let server = Server::start().await;
    let mara = server.staff("mara", Role::Manager).await;
    let mut desk = server.browser(Face::Desk);
    let fields = [("email", "mara@service.example"), ("password", PASSWORD), ("next", "")];
    assert_eq!(desk.post("/api/desk/sign_in", &fields).await.location(), "/desk/first-steps");
    let page = desk.get("/desk/first-steps").await.text();
    assert!(page.contains("/desk/customers?form=new#form") && !page.contains("part=company"), "a manager adds customers: {page}");

    let (customer, _) = server.customer(&mara, "acme").await;
    assert!(desk.get("/desk/first-steps").await.text().contains(&format!("/desk/customers/{customer}/invite")));
    server.invite(&mara, customer, "ines").await;
    assert!(!desk.get("/desk/inbox").await.text().contains("First steps"));
    assert_eq!(desk.post("/api/desk/sign_in", &fields).await.location(), "/desk/inbox");
}

#[tokio::test]
async fn promise_10_a_redirect_stays_here() {
    let server = Server::start().await;
    server.staff("mara", Role::Manager).await;
    for next in ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"] {
        let mut desk = server.browser(Face::Desk);
        let answer = desk.post("/api/desk/sign_in", &[("email", "mara@service.example"), ("password", PASSWORD), ("next", next)]).await;
        assert_eq!((answer.status, answer.location()), (303, "/"), "{next}");
    }
}

#[tokio::test]
async fn g2_opening_a_link_with_a_token_changes_nothing() {
    let server = Server::start().await;
    let mara = server.staff("mara", Role::Manager).await;
    let (customer, _) = server.customer(&mara, "Quartier").await;
    let link = server.invite(&mara, customer, "ines").await;
    let mut scanner = server.browser(Face::Portal);
    for method in ["HEAD", "GET", "GET"] {
        let answer = scanner.send(method, &link, &[], b"").await;
        assert_eq!((answer.status, answer.location(), answer.header("referrer-policy")), (303, "/invite", "no-referrer"));
    }
    let mut ines = server.browser(Face::Portal);
    ines.get(&link).await;
    assert!(ines.get("/invite").await.text().contains("ines"));
    assert_eq!(ines.post("/api/portal/accept_invitation", &[("password", PASSWORD)]).await.location(), "/welcome");
    let welcome = ines.get("/welcome").await.text();
    assert!(welcome.contains("Welcome, ines") && welcome.contains("Quartier house"), "{welcome}");
    assert_eq!(ines.post("/api/portal/choose_mails", &[("timing", "daily")]).await.location(), "/");
    let chosen = ines.get("/account/notifications").await.text();
    let daily = chosen.split("<input").filter_map(|input| input.split('>').next()).filter(|input| input.contains("value=\"daily\""));
    assert_eq!(daily.filter(|input| input.contains("checked")).count(), 4, "{chosen}");
    assert_eq!(ines.get("/").await.status, 200);
}

#[tokio::test]
async fn v9_files_go_in_and_come_out_again() {
    let server = Server::start().await;
    let mara = server.staff("mara", Role::Manager).await;
    let (mut ines, location) = server.contact(&mara, "ines").await;
    let (mut other, _) = server.contact(&mara, "otto").await;
    ines.get("/requests/new").await;
    let started = ines.post("/api/portal/start_draft", &[("location", &location.to_string())]).await;
    let draft = started.location().strip_prefix("/requests/new/").expect("a draft").split('?').next().unwrap().to_owned();
    let upload = format!("/requests/drafts/{draft}/files");
    let form = format!("/requests/new/{draft}?step=files");
    assert_eq!(ines.get(&form).await.status, 200);

    let taken = ines.upload(&upload, &[("K\u{fc}che.jpg", JPEG)]).await;
    assert_eq!((taken.status, taken.location()), (303, form.as_str()));
    let refused =
        ines.upload(&upload, &[("page.html", b"<!doctype html><script>alert(1)</script>, long enough to be looked at by its head")]).await;
    assert_eq!((refused.status, refused.location()), (303, form.as_str()));
    let page = ines.get(&form).await.text();
    assert!(page.contains("Please send JPEG, PNG, WebP or PDF files."), "{page}");
    assert_eq!(other.upload(&upload, &[("a.jpg", JPEG)]).await.status, 404);
    assert_eq!(ines.post_as(&upload, "multipart/form-data", b"no boundary").await.status, 400);
    assert_eq!(ines.post_as(&upload, "multipart/form-data; boundary=edge", b"--edge\r\nbroken").await.status, 400);
}

#[tokio::test]
async fn promise_2_files_of_others_and_of_nobody_answer_alike() {
    let server = Server::start().await;
    let mara = server.staff("mara", Role::Manager).await;
    let (mut ines, _) = server.contact(&mara, "ines").await;
    let random = domain::id::AttachmentId::new();
    for method in ["GET", "HEAD"] {
        let answer = ines.send(method, &format!("/files/{random}"), &[("accept", "text/html")], b"").await;
        assert_eq!(answer.status, 404);
        assert_eq!(ines.send(method, "/files/nonsense", &[("accept", "text/html")], b"").await.status, 404);
    }
    let mut nobody = server.browser(Face::Portal);
    assert_eq!(nobody.get(&format!("/files/{random}")).await.location(), format!("/sign-in?next=/files/{random}"));
}
