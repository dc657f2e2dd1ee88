//! The stream that tells open pages of changes, byte by byte: what it says, to whom, and when it ends.

use std::time::Duration;

use crate::support::{Browser, Server};
use app::ctx::Face;
use domain::actor::{PortalActor, StaffActor};
use domain::grant::PersonInput;
use domain::id::{FormKey, LocationId, RequestId, Token};
use domain::request::WhatInput;
use domain::role::Role;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// Long for slow machines: nothing here waits that long when all is well.
const PATIENCE: Duration = Duration::from_secs(15);

/// An open stream, and what has come of it since it was last looked at.
struct Stream {
    stream: TcpStream,
    came: String,
}

impl Stream {
    /// Opens the portal's as a browser does, and reads its head and its first words.
    async fn open(browser: &Browser, headers: &str) -> Self {
        Self::open_at("/live", browser, headers).await
    }

    async fn open_at(path: &str, browser: &Browser, headers: &str) -> Self {
        let cookies: Vec<String> = browser.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = format!(
            "GET {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\naccept: text/event-stream\r\naccept-encoding: gzip, br\r\n\
             cookie: {}\r\n{headers}\r\n",
            browser.address,
            cookies.join("; ")
        );
        let mut stream = TcpStream::connect(browser.address).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut opened = Self { stream, came: String::new() };
        opened.until("\n\n").await;
        opened
    }

    /// Reads until these words have come, and gives all that came since the last look.
    async fn until(&mut self, words: &str) -> String {
        let mut part = [0; 1024];
        while !self.came.contains(words) {
            let read = timeout(PATIENCE, self.stream.read(&mut part)).await;
            let count = read.unwrap_or_else(|_| panic!("{words:?} did not come: {:?}", self.came)).unwrap();
            assert!(count > 0, "the stream ended before {words:?}: {:?}", self.came);
            self.came += &String::from_utf8_lossy(&part[..count]);
        }
        self.came.clone()
    }

    fn forget(&mut self) {
        self.came.clear();
    }

    /// Reads until the server closes it.
    async fn end(mut self) -> String {
        let mut rest = Vec::new();
        timeout(PATIENCE, self.stream.read_to_end(&mut rest)).await.expect("it ends").unwrap();
        self.came + &String::from_utf8_lossy(&rest)
    }
}

/// The moment of the newest event that came.
fn last_id(came: &str) -> i64 {
    let id = came.rsplit("id: ").next().unwrap().split('\n').next().unwrap();
    id.parse().unwrap_or_else(|_| panic!("an id of digits: {came:?}"))
}

async fn actor(server: &Server, browser: &Browser) -> PortalActor {
    server.running.db.portal_actor(&Token::presented(&browser.cookies["ordinavo_portal"])).await.unwrap()
}

/// A request, sent through a draft.
async fn send_request(server: &Server, by: &PortalActor, location: LocationId) -> RequestId {
    let portal = server.running.db.portal(by);
    let draft = portal.start_draft(&location.to_string()).await.unwrap();
    let what = WhatInput {
        kind: "service".into(),
        title: "Leak".into(),
        description: "Please help".into(),
        on_site_contact: String::new(),
        urgency: "normal".into(),
    };
    portal.save_what(draft, &what).await.unwrap();
    portal.submit(draft).await.unwrap()
}

async fn start_review(server: &Server, by: &StaffActor, request: RequestId) {
    let desk = server.running.db.desk(by);
    desk.start_review(request, desk.request(request).await.unwrap().version).await.unwrap();
}

/// A staff act that changes who the contact is.
async fn rename(server: &Server, by: &StaffActor, contact: &PortalActor, name: &str) {
    let desk = server.running.db.desk(by);
    let found = desk.person(contact.contact_id()).await.unwrap();
    let person = PersonInput { name: name.into(), email: "ines@customer.example".into(), phone: String::new(), lang: "en".into() };
    desk.edit_person(contact.contact_id(), found.version, &person).await.unwrap();
}

#[tokio::test]
async fn g10_an_open_stream_tells_of_a_staff_act_by_its_kind_and_nothing_else() {
    let server = Server::start().await;
    let mara = server.staff("mara", Role::Manager).await;
    let (browser, location) = server.contact(&mara, "ines").await;
    let (other, _) = server.contact(&mara, "otto").await;
    let ines = actor(&server, &browser).await;
    let request = send_request(&server, &ines, location).await;
    let (mut stream, mut foreign) = (Stream::open(&browser, "").await, Stream::open(&other, "").await);
    let head = stream.came.to_lowercase();
    assert!(head.starts_with("http/1.1 200 ok\r\n"), "{head}");
    for header in ["content-type: text/event-stream\r\n", "cache-control: private, no-store\r\n", "x-content-type-options: nosniff\r\n"] {
        assert!(head.contains(header), "{header} in {head}");
    }
    assert!(!head.contains("content-encoding"), "{head}");

    stream.forget();
    foreign.forget();
    start_review(&server, &mara, request).await;
    let came = stream.until("\n\n").await;
    let event = format!("event: changed\ndata: request\nid: {}\n\n", last_id(&came));
    assert!(came.contains(&event), "{came:?}");
    // The journal's number would tell how much happens at all customers: an id is a moment.
    assert!(last_id(&came) > 1_700_000_000_000_000, "{came:?}");
    assert_eq!(came.matches(": ").count(), 3, "three fields and no more: {came:?}");

    let otto = actor(&server, &other).await;
    server.running.db.portal(&otto).set_profile("Otto", "", "en").await.unwrap();
    assert!(!foreign.until("data: access\n").await.contains("request"), "others are told nothing of it");
}

/// Where the stream begins for a page as the server makes it now.
async fn stream_of_page(browser: &mut Browser) -> String {
    let page = browser.get("/requests").await.text();
    let (_, made) = page.split_once("data-made=\"").unwrap_or_else(|| panic!("the page says when it was made: {page}"));
    format!("/live?since={}", made.split('"').next().unwrap())
}

#[tokio::test]
async fn g10_a_page_that_listens_late_is_told_of_what_happened_after_it_was_made() {
    let server = Server::start().await;
    let mara = server.staff("mara", Role::Manager).await;
    let (mut browser, location) = server.contact(&mara, "ines").await;
    let ines = actor(&server, &browser).await;
    let request = send_request(&server, &ines, location).await;
    let before = stream_of_page(&mut browser).await;
    let mut other = Stream::open(&browser, "").await;
    other.forget();
    start_review(&server, &mara, request).await;
    other.until("data: request\n").await;
    let late = Stream::open_at(&before, &browser, "").await;
    assert!(late.came.contains("event: changed\ndata: request\n"), "{}", late.came);
    let after = stream_of_page(&mut browser).await;
    let fresh = Stream::open_at(&after, &browser, "").await;
    assert!(!fresh.came.contains("event:"), "what the page has is not news: {}", fresh.came);
    let odd = Stream::open_at("/live?since=-1", &browser, "").await;
    assert!(!odd.came.contains("event:"), "{}", odd.came);
}

#[tokio::test]
async fn g10_a_stream_needs_a_session() {
    let server = Server::start().await;
    server.staff("mara", Role::Manager).await;
    let mut nobody = server.browser(Face::Portal);
    let answer = nobody.send("GET", "/live", &[], b"").await;
    assert_eq!((answer.status, answer.location(), answer.header("cache-control")), (401, "", "no-store"));
    nobody.cookies.insert("ordinavo_portal".into(), "no-such-session".into());
    assert_eq!(nobody.send("GET", "/live", &[], b"").await.status, 401);
    assert_eq!(server.browser(Face::Desk).send("GET", "/live", &[], b"").await.status, 404);
}

#[tokio::test]
async fn promise_3_an_open_stream_ends_with_its_session() {
    let server = Server::start().await;
    let mara = server.staff("mara", Role::Manager).await;
    let (mut browser, _) = server.contact(&mara, "ines").await;
    let ines = actor(&server, &browser).await;
    let mut stream = Stream::open(&browser, "").await;
    stream.forget();
    server.running.db.portal(&ines).sign_out_everywhere().await.unwrap();
    assert!(!stream.end().await.contains("event:"), "it says nothing more");
    assert_eq!(browser.send("GET", "/live", &[], b"").await.status, 401);

    let form = [("email", "ines@customer.example"), ("password", crate::support::PASSWORD)];
    assert_eq!(browser.post("/api/portal/sign_in", &form).await.location(), "/");
    let stream = Stream::open(&browser, "").await;
    let desk = server.running.db.desk(&mara);
    let version = desk.person(ines.contact_id()).await.unwrap().version;
    desk.disable_contact(ines.contact_id(), version).await.unwrap();
    stream.end().await;
}

#[tokio::test]
async fn promise_3_an_ended_grant_tells_of_itself_and_nothing_more() {
    let server = Server::start().await;
    let mara = server.staff("mara", Role::Manager).await;
    let (browser, location) = server.contact(&mara, "ines").await;
    let ines = actor(&server, &browser).await;
    let request = send_request(&server, &ines, location).await;
    let mut stream = Stream::open(&browser, "").await;
    stream.forget();
    let desk = server.running.db.desk(&mara);
    let grants = desk.person(ines.contact_id()).await.unwrap().grants;
    desk.end_grant(grants[0].id, grants[0].version).await.unwrap();
    assert!(!stream.until("data: access\n").await.contains("request"));
    stream.forget();
    desk.send_message(request, FormKey::new(), "Hello").await.unwrap();
    rename(&server, &mara, &ines, "Ines Lima").await;
    assert!(!stream.until("data: access\n").await.contains("request"));
}

#[tokio::test]
async fn g10_a_lost_stream_goes_on_where_it_was() {
    let server = Server::start().await;
    let mara = server.staff("mara", Role::Manager).await;
    let (browser, location) = server.contact(&mara, "ines").await;
    let ines = actor(&server, &browser).await;
    let request = send_request(&server, &ines, location).await;
    let mut stream = Stream::open(&browser, "").await;
    stream.forget();
    start_review(&server, &mara, request).await;
    let id = last_id(&stream.until("\n\n").await);
    drop(stream);

    let again = Stream::open(&browser, &format!("last-event-id: {id}\r\n")).await;
    assert!(again.came.contains("event: changed\ndata: request"), "what may have been missed is told: {:?}", again.came);
    let in_an_hour = id + 3_600_000_000;
    for other in [in_an_hour.to_string(), "nonsense".into(), format!("{id}.5")] {
        let opened = Stream::open(&browser, &format!("last-event-id: {other}\r\n")).await;
        assert!(!opened.came.contains("event:"), "{other}: {:?}", opened.came);
    }
}

#[tokio::test]
async fn r6_an_open_stream_of_the_desk_tells_of_what_others_do_by_its_kind_and_nothing_else() {
    let server = Server::start().await;
    let mara = server.staff("mara", Role::Manager).await;
    let dario = server.signed_in("dario", Role::Dispatcher).await;
    let (browser, location) = server.contact(&mara, "ines").await;
    let ines = actor(&server, &browser).await;
    let mut stream = Stream::open_at("/desk/live", &dario, "").await;
    let head = stream.came.to_lowercase();
    assert!(head.starts_with("http/1.1 200 ok\r\n"), "{head}");
    for header in ["content-type: text/event-stream\r\n", "cache-control: private, no-store\r\n"] {
        assert!(head.contains(header), "{header} in {head}");
    }

    stream.forget();
    let request = send_request(&server, &ines, location).await;
    let came = stream.until("\n\n").await;
    let event = format!("event: changed\ndata: request\nid: {}\n\n", last_id(&came));
    assert!(came.contains(&event), "{came:?}");
    assert_eq!(came.matches(": ").count(), 3, "three fields and no more: {came:?}");

    stream.forget();
    server.running.db.desk(&mara).write_note(request, FormKey::new(), "Same valve as last year").await.unwrap();
    let came = stream.until("\n\n").await;
    assert!(came.contains("data: request\n"), "what customers are not told of, too: {came:?}");
    let id = last_id(&came);
    drop(stream);
    let again = Stream::open_at("/desk/live", &dario, &format!("last-event-id: {id}\r\n")).await;
    assert!(again.came.contains("event: changed\ndata: "), "what may have been missed is told: {:?}", again.came);
}

#[tokio::test]
async fn g5_the_desks_stream_is_for_staff_and_on_its_own_listener() {
    let server = Server::start().await;
    let mara = server.staff("mara", Role::Manager).await;
    let (ines, _) = server.contact(&mara, "ines").await;
    let mut nobody = server.browser(Face::Desk);
    let answer = nobody.send("GET", "/desk/live", &[], b"").await;
    assert_eq!((answer.status, answer.location(), answer.header("cache-control")), (401, "", "no-store"));
    for cookie in ["ordinavo_desk", "ordinavo_portal"] {
        nobody.cookies.insert(cookie.into(), ines.cookies["ordinavo_portal"].clone());
        assert_eq!(nobody.send("GET", "/desk/live", &[], b"").await.status, 401, "a contact's session in {cookie}");
    }
    assert_eq!(server.browser(Face::Portal).send("GET", "/desk/live", &[], b"").await.status, 404);
    let mut dario = server.signed_in("dario", Role::Dispatcher).await;
    assert_eq!(dario.send("GET", "/live", &[], b"").await.status, 404);
}

#[tokio::test]
async fn promise_3_an_open_stream_of_the_desk_ends_with_its_session() {
    let server = Server::start().await;
    let ada = server.staff("ada", Role::Admin).await;
    let mut browser = server.signed_in("dario", Role::Dispatcher).await;
    let token = Token::presented(&browser.cookies["ordinavo_desk"]);
    let dario = server.running.db.staff_actor(&token).await.unwrap();
    let mut stream = Stream::open_at("/desk/live", &browser, "").await;
    stream.forget();
    server.running.db.desk(&dario).sign_out_everywhere().await.unwrap();
    assert!(!stream.end().await.contains("event:"), "it says nothing more");
    assert_eq!(browser.send("GET", "/desk/live", &[], b"").await.status, 401);

    let form = [("email", "dario@service.example"), ("password", crate::support::PASSWORD), ("next", "/desk/inbox")];
    assert_eq!(browser.post("/api/desk/sign_in", &form).await.location(), "/desk/inbox");
    let stream = Stream::open_at("/desk/live", &browser, "").await;
    let desk = server.running.db.desk(&ada);
    let version = desk.staff().await.unwrap().iter().find(|member| member.id == dario.staff_id()).unwrap().version;
    desk.disable_staff(dario.staff_id(), version).await.unwrap();
    stream.end().await;
    assert_eq!(browser.send("GET", "/desk/live", &[], b"").await.status, 401);
}

#[tokio::test]
async fn promise_13_a_contact_opens_six_streams_and_no_more() {
    let server = Server::start().await;
    let mara = server.staff("mara", Role::Manager).await;
    let (mut ines, _) = server.contact(&mara, "ines").await;
    let (otto, _) = server.contact(&mara, "otto").await;
    let mut open = Vec::new();
    for _ in 0..6 {
        open.push(Stream::open(&ines, "").await);
    }
    assert_eq!(ines.send("GET", "/live", &[], b"").await.status, 429);
    assert!(Stream::open(&otto, "").await.came.starts_with("HTTP/1.1 200"));
    assert_eq!(ines.get("/").await.status, 200, "pages are not held up");
}

#[tokio::test]
async fn promise_13_open_streams_do_not_hold_up_a_stop() {
    let server = Server::start().await;
    let mara = server.staff("mara", Role::Manager).await;
    let (ines, _) = server.contact(&mara, "ines").await;
    let stream = Stream::open(&ines, "").await;
    timeout(Duration::from_secs(5), server.running.stop()).await.expect("it stops at once, not when requests have to");
    stream.end().await;
}
