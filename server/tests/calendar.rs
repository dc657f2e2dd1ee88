//! Calendars over HTTP, without script: the link is made by a form, shown once, and needs no session.

use crate::support::{Answer, Browser, Server};
use app::ctx::Face;
use domain::id::AppointmentId;
use domain::role::Role;

/// The path of the link that a page shows.
fn link_in(page: &str) -> Option<String> {
    let at = page.find("/calendar/")?;
    Some(page[at..].chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '_' | '.')).collect())
}

async fn make(browser: &mut Browser) -> String {
    browser.get("/account").await;
    let made = browser.post("/api/portal/make_calendar_feed", &[]).await;
    assert_eq!((made.status, made.location()), (303, "/account#calendar"));
    link_in(&browser.get("/account").await.text()).expect("the link is shown")
}

/// All of an answer but the date, the page's nonce and the moment of its making.
fn told(answer: &Answer) -> (u16, Vec<(String, String)>, String) {
    let headers = answer.headers.iter().filter(|(name, _)| name != "date").map(|(name, value)| (name.clone(), answer.masked(value)));
    (answer.status, headers.collect(), answer.masked(&answer.text()))
}

#[tokio::test]
async fn a1_a_feed_is_made_shown_once_and_fetched_without_a_session() {
    let server = Server::start().await;
    let mara = server.staff("mara", Role::Manager).await;
    let (mut ines, _) = server.contact(&mara, "ines").await;
    let link = make(&mut ines).await;
    assert!(link.ends_with(".ics"), "{link}");
    assert_eq!(link_in(&ines.get("/account").await.text()), None, "it is shown once");

    let mut program = server.browser(Face::Portal);
    for path in [link.as_str(), link.trim_end_matches(".ics")] {
        let calendar = program.get(path).await;
        assert_eq!((calendar.status, calendar.header("content-type")), (200, "text/calendar; charset=utf-8"), "{path}");
        assert_eq!((calendar.header("referrer-policy"), calendar.header("cache-control")), ("no-referrer", "private, no-store"));
        let text = calendar.text();
        assert!(text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") && text.ends_with("END:VCALENDAR\r\n"), "{text}");
    }
    assert_eq!(program.send("HEAD", &link, &[], b"").await.status, 200);
    assert!(ines.get("/account").await.text().contains("Last fetched:"));
    let mut desk = server.browser(Face::Desk);
    assert_eq!(desk.get(&link).await.status, 404);
}

#[tokio::test]
async fn promise_2_ended_and_unknown_feeds_answer_alike() {
    let server = Server::start().await;
    let mara = server.staff("mara", Role::Manager).await;
    let (mut ines, _) = server.contact(&mara, "ines").await;
    let ended = make(&mut ines).await;
    assert_eq!(ines.post("/api/portal/end_calendar_feed", &[]).await.status, 303);
    let mut program = server.browser(Face::Portal);
    let unknown = told(&program.get("/calendar/unknown.ics").await);
    assert_eq!(unknown.0, 404);
    let (without_end, long) = (ended.trim_end_matches(".ics").to_owned(), format!("/calendar/{}", "a".repeat(2_000)));
    for path in [ended.as_str(), &without_end, "/calendar/.ics", "/calendar/%20", &long] {
        assert_eq!(told(&program.get(path).await), unknown, "{path}");
    }
}

#[tokio::test]
async fn promise_2_an_appointments_file_needs_a_session_and_sight() {
    let server = Server::start().await;
    let mara = server.staff("mara", Role::Manager).await;
    let (mut ines, _) = server.contact(&mara, "ines").await;
    let path = format!("/appointments/{}/calendar.ics", AppointmentId::new());
    assert_eq!(ines.get(&path).await.status, 404);
    assert_eq!(ines.get("/appointments/nonsense/calendar.ics").await.status, 404);
    let mut nobody = server.browser(Face::Portal);
    assert_eq!(nobody.get(&path).await.location(), format!("/sign-in?next={path}"));
}
