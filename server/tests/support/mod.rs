//! A whole server on free ports with an embedded database, and browsers that speak plain HTTP to it, byte by byte.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, reason = "each test file uses a part of it, and a test may panic")]

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::Duration;

use app::ctx::Face;
use clap::Parser;
use domain::actor::StaffActor;
use domain::clock::Clock;
use domain::customer::{CustomerInput, LocationInput};
use domain::grant::{GrantInput, PersonInput};
use domain::id::{CustomerId, LocationId};
use domain::role::Role;
use domain::staff::StaffInput;
use domain::throttle::Client;
use server::config::Config;
use server::serve::Running;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

pub const PASSWORD: &str = "seven-lanterns-at-dusk";

#[derive(Parser)]
struct Settings {
    #[command(flatten)]
    config: Config,
}

/// Settings for a test: free ports, a folder of its own, the least work for passwords; and what the test adds.
pub fn settings(folder: &std::path::Path, more: &[&str]) -> Config {
    let data = folder.display().to_string();
    let always = ["test", "--data", &data, "--site", &data, "--portal-address", "127.0.0.1:0", "--desk-address", "127.0.0.1:0"];
    let cheap = ["--hashing-memory-kib", "8", "--hashing-passes", "1"];
    Settings::parse_from(always.iter().chain(&cheap).chain(more)).config
}

pub struct Server {
    pub running: Running,
    /// Goes when the test is over.
    pub folder: TempDir,
}

impl Server {
    pub async fn start() -> Self {
        Self::start_with(&[]).await
    }

    pub async fn start_with(more: &[&str]) -> Self {
        let folder = tempfile::Builder::new().prefix("ordinavo-server-test-").tempdir().unwrap();
        let running = Running::start(&settings(folder.path(), more), Clock::System).await.unwrap();
        Self { running, folder }
    }

    pub fn address(&self, face: Face) -> SocketAddr {
        match face {
            Face::Portal => self.running.portal,
            Face::Desk => self.running.desk,
        }
    }

    pub fn browser(&self, face: Face) -> Browser {
        Browser { address: self.address(face), cookies: BTreeMap::new(), page: "/".into() }
    }

    /// A staff member, added, and with the door its session opens.
    pub async fn staff(&self, name: &str, role: Role) -> StaffActor {
        let email = format!("{name}@service.example");
        let input = StaffInput { name: name.into(), email: email.clone(), role: role.word().into(), password: PASSWORD.into() };
        self.running.system.add_staff(&input).await.unwrap();
        let client = Client { address: [127, 0, 0, 1].into(), user_agent: "test".into() };
        let token = self.running.db.anonymous().sign_in_staff(&email, PASSWORD, &client).await.unwrap();
        self.running.db.staff_actor(&token).await.unwrap()
    }

    /// A staff member, added, and signed in with a browser.
    pub async fn signed_in(&self, name: &str, role: Role) -> Browser {
        self.staff(name, role).await;
        let mut desk = self.browser(Face::Desk);
        desk.get("/desk/sign-in").await;
        let email = format!("{name}@service.example");
        let signed_in = desk.post("/api/desk/sign_in", &[("email", &email), ("password", PASSWORD), ("next", "/desk/inbox")]).await;
        assert_eq!(signed_in.location(), "/desk/inbox");
        desk
    }

    /// A customer with one location.
    pub async fn customer(&self, by: &StaffActor, name: &str) -> (CustomerId, LocationId) {
        let desk = self.running.db.desk(by);
        let customer = CustomerInput { name: name.into(), kind: "facility".into(), internal_note: String::new() };
        let customer = desk.add_customer(&customer).await.unwrap();
        let location = LocationInput {
            name: format!("{name} house"),
            street: "Lindenstr. 4".into(),
            postal_code: "10969".into(),
            city: "Berlin".into(),
            zone: "Europe/Berlin".into(),
            internal_note: String::new(),
        };
        (customer, desk.add_location(customer, &location).await.unwrap())
    }

    /// Invites a person with all rights and waits for the mailed link: its path at the portal.
    pub async fn invite(&self, by: &StaffActor, customer: CustomerId, name: &str) -> String {
        let email = format!("{name}@customer.example");
        let person = PersonInput { name: name.into(), email: email.clone(), phone: String::new(), lang: "en".into() };
        let on = || String::from("on");
        let grant = GrantInput {
            scope: "all".into(),
            locations: Vec::new(),
            submit: on(),
            appointments: on(),
            reports: on(),
            download: on(),
            colleagues: String::new(),
            last_day: String::new(),
        };
        self.running.db.desk(by).invite(customer, &person, &grant).await.unwrap();
        self.link(&email, "/invite/").await
    }

    /// Waits for a mail to an address that has a link of a kind: its path at the portal.
    pub async fn link(&self, email: &str, path: &str) -> String {
        for _ in 0..100 {
            if let Some(path) = self.mailed_link(email, path) {
                return path;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("no mail with {path} to {email}");
    }

    fn mailed_link(&self, email: &str, path: &str) -> Option<String> {
        let mails = std::fs::read_dir(self.folder.path().join("mail")).ok()?;
        let texts = mails.filter_map(|entry| std::fs::read_to_string(entry.ok()?.path()).ok());
        let to = format!("To: {email}");
        let mail =
            texts.map(|text| text.replace("=\r\n", "").replace("=3D", "=")).find(|text| text.contains(&to) && text.contains(path))?;
        let start = mail.find(path)?;
        let is_link = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '/');
        Some(mail[start..].chars().take_while(is_link).collect())
    }

    /// A contact of a new customer, signed in by its invitation.
    pub async fn contact(&self, by: &StaffActor, name: &str) -> (Browser, LocationId) {
        let (customer, location) = self.customer(by, &format!("Customer of {name}")).await;
        let link = self.invite(by, customer, name).await;
        let mut browser = self.browser(Face::Portal);
        assert_eq!(browser.get(&link).await.location(), "/invite");
        browser.get("/invite").await;
        assert_eq!(browser.post("/api/portal/accept_invitation", &[("password", PASSWORD)]).await.location(), "/welcome");
        (browser, location)
    }
}

/// A browser without script: cookies, and the page it is on.
pub struct Browser {
    pub address: SocketAddr,
    pub cookies: BTreeMap<String, String>,
    pub page: String,
}

#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    /// Names in lower case, as sent, in order.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(own, _)| own == name).map_or("", |(_, value)| value)
    }

    pub fn location(&self) -> &str {
        self.header("location")
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// A part of it without what differs between two answers that say the same: the page's nonce, and the moment of its making.
    pub fn masked(&self, part: &str) -> String {
        let text = self.text();
        let after = |text: &str, mark: &str, end: char| Some(text.split_once(mark)?.1.split(end).next()?.to_owned());
        let nonce = after(self.header("content-security-policy"), "'nonce-", '\'').expect("a nonce");
        let made = after(&text, "data-made=\"", '"').expect("a moment");
        part.replace(&nonce, "NONCE").replace(&made, "MADE")
    }
}

impl Browser {
    /// Opens a page: it becomes the one that forms are sent from.
    pub async fn get(&mut self, path: &str) -> Answer {
        let answer = self.send("GET", path, &[("accept", "text/html")], b"").await;
        if answer.status == 200 {
            self.page = path.to_owned();
        }
        answer
    }

    /// Sends a form as the browser itself does.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = serde_urlencoded::to_string(fields).unwrap();
        self.post_as(path, "application/x-www-form-urlencoded", body.as_bytes()).await
    }

    /// Sends files as the browser itself does.
    pub async fn upload(&mut self, path: &str, files: &[(&str, &[u8])]) -> Answer {
        let mut body = Vec::new();
        for (name, content) in files {
            body.extend(format!("--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n").bytes());
            body.extend_from_slice(content);
            body.extend(b"\r\n");
        }
        body.extend(b"--edge--\r\n");
        self.post_as(path, "multipart/form-data; boundary=edge", &body).await
    }

    pub async fn post_as(&mut self, path: &str, content_type: &str, body: &[u8]) -> Answer {
        let referer = format!("http://{}{}", self.address, self.page);
        let headers = [("accept", "text/html"), ("sec-fetch-site", "same-origin"), ("content-type", content_type), ("referer", &referer)];
        self.send("POST", path, &headers, body).await
    }

    pub async fn send(&mut self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut request =
            format!("{method} {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\ncookie: {}\r\n", self.address, cookies.join("; "));
        headers.iter().for_each(|(name, value)| request += &format!("{name}: {value}\r\n"));
        request += &format!("content-length: {}\r\n\r\n", body.len());
        let answer = raw(self.address, &[request.as_bytes(), body].concat(), method == "HEAD").await;
        for (_, cookie) in answer.headers.iter().filter(|(name, _)| name == "set-cookie") {
            let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
            if value.is_empty() {
                self.cookies.remove(name)
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned())
            };
        }
        answer
    }
}

/// Sends bytes and reads the answer to its end.
pub async fn raw(address: SocketAddr, request: &[u8], head_only: bool) -> Answer {
    let mut stream = TcpStream::connect(address).await.unwrap();
    // A server that refuses early may close before it has read all.
    let _ = stream.write_all(request).await;
    let mut all = Vec::new();
    let _ = stream.read_to_end(&mut all).await;
    let end =
        all.windows(4).position(|four| four == b"\r\n\r\n").unwrap_or_else(|| panic!("no answer: {:?}", String::from_utf8_lossy(&all)));
    let head = String::from_utf8_lossy(&all[..end]).into_owned();
    let mut lines = head.split("\r\n");
    let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    let headers: Vec<(String, String)> =
        lines.map(|line| line.split_once(':').unwrap()).map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned())).collect();
    let chunked = headers.iter().any(|(name, value)| name == "transfer-encoding" && value == "chunked");
    let rest = &all[end + 4..];
    let body = if chunked && !head_only { unchunked(rest) } else { rest.to_vec() };
    Answer { status, headers, body }
}

fn unchunked(mut rest: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    loop {
        let line = rest.windows(2).position(|two| two == b"\r\n").unwrap();
        let size = usize::from_str_radix(std::str::from_utf8(&rest[..line]).unwrap(), 16).unwrap();
        if size == 0 {
            return body;
        }
        body.extend_from_slice(&rest[line + 2..line + 2 + size]);
        rest = &rest[line + 4 + size..];
    }
}
