//! A world to test in: a fresh database of each engine, a clock that the test turns, real sign-ins, mail as files.
//!
//! PostgreSQL comes from `ORDINAVO_TEST_POSTGRES` (scripts/test.sh starts a throwaway cluster). Without it a test fails; it never skips.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, reason = "each test file uses a part of it, and a test may panic")]

use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};

use domain::actor::{PortalActor, StaffActor};
use domain::appointment::{SlotInput, VisitInput};
use domain::attachment::store::{Download, Upload};
use domain::clock::{Clock, Instant, Zone};
use domain::customer::{CustomerInput, LocationInput};
use domain::db::{Db, Settings, Storage};
use domain::grant::{GrantInput, PersonInput};
use domain::id::{AppointmentId, CustomerId, LocationId, ReportId, RequestId, TargetId, Token};
use domain::mail::Mailer;
use domain::password::Cost;
use domain::report::ReleaseInput;
use domain::request::{Decision, WhatInput};
use domain::role::Role;
use domain::search::desk::Effort;
use domain::staff::StaffInput;
use domain::system::System;
use domain::target::TargetInput;
use domain::throttle::Client;
use futures::{Stream, StreamExt};
use sqlx::Connection;
use tempfile::TempDir;

pub const PASSWORD: &str = "seven-lanterns-at-dusk";
/// Monday, 2 March 2026, 09:00 UTC.
pub const MONDAY: i64 = 1_772_442_000_000_000;

pub struct World {
    pub db: Db,
    pub system: System,
    pub clock: Clock,
    pub mailer: Mailer,
    pub mail_folder: PathBuf,
    /// `sqlite` or `postgres`, for messages.
    pub engine: &'static str,
    /// For tests that look below the doors.
    pub url: String,
}

/// Runs a test in a fresh world of each engine, one after the other.
pub async fn on_both(test: impl AsyncFn(World)) {
    let folder = scratch_folder();
    let url = format!("sqlite://{}/test.sqlite", folder.path().display());
    test(World::open(url, "sqlite", folder.path()).await).await;
    let folder = scratch_folder();
    test(World::open(fresh_postgres().await, "postgres", folder.path()).await).await;
}

impl World {
    async fn open(url: String, engine: &'static str, folder: &Path) -> Self {
        let clock = Clock::set_to(Instant::from_micros(MONDAY));
        let storage = Storage { url: url.clone(), portal_role: Some("ordinavo_portal".into()), files: folder.join("files") };
        let settings = Settings { hashing: Cost::LEAST, search: Effort::LEAST, ..Settings::default() };
        let (db, system) = Db::open(&storage, settings, clock.clone()).await.unwrap();
        system.migrate().await.unwrap();
        system.set_company("Ordinavo Test Service", "+49 30 112").await.unwrap();
        let mail_folder = folder.join("mail");
        let mailer = Mailer::folder(mail_folder.clone(), "portal@service.example").unwrap();
        Self { db, system, clock, mailer, mail_folder, engine, url }
    }

    pub fn client(&self) -> Client {
        Client { address: IpAddr::V4(Ipv4Addr::LOCALHOST), user_agent: "test".into() }
    }

    /// Lets time pass.
    pub fn pass(&self, seconds: i64) {
        self.clock.turn(self.clock.now().plus(seconds));
    }

    /// A staff member, added and signed in.
    pub async fn staff(&self, name: &str, role: Role) -> StaffActor {
        let email = format!("{}@service.example", name.to_lowercase());
        let input = StaffInput { name: name.into(), email: email.clone(), role: role.word().into(), password: PASSWORD.into() };
        self.system.add_staff(&input).await.unwrap();
        let token = self.db.anonymous().sign_in_staff(&email, PASSWORD, &self.client()).await.unwrap();
        self.db.staff_actor(&token).await.unwrap()
    }

    pub async fn manager(&self) -> StaffActor {
        self.staff("Mara", Role::Manager).await
    }

    pub async fn customer(&self, by: &StaffActor, name: &str) -> CustomerId {
        let input = CustomerInput { name: name.into(), kind: "facility".into(), internal_note: String::new() };
        self.db.desk(by).add_customer(&input).await.unwrap()
    }

    /// A location in Berlin.
    pub async fn location(&self, by: &StaffActor, customer: CustomerId, name: &str) -> LocationId {
        self.location_in(by, customer, name, "Europe/Berlin").await
    }

    pub async fn location_in(&self, by: &StaffActor, customer: CustomerId, name: &str, zone: &str) -> LocationId {
        let input = LocationInput {
            name: name.into(),
            street: "Lindenstr. 4".into(),
            postal_code: "10969".into(),
            city: "Berlin".into(),
            zone: zone.into(),
            internal_note: String::new(),
        };
        self.db.desk(by).add_location(customer, &input).await.unwrap()
    }

    /// Invites a person, follows the mailed link, accepts: a signed-in contact.
    pub async fn contact(&self, by: &StaffActor, customer: CustomerId, name: &str, grant: &GrantInput) -> PortalActor {
        let email = format!("{}@customer.example", name.to_lowercase());
        let person = PersonInput { name: name.into(), email: email.clone(), phone: String::new(), lang: "en".into() };
        self.db.desk(by).invite(customer, &person, grant).await.unwrap();
        let token = self.mailed_token(&email, "/invite/").await;
        let session = self.db.anonymous().accept_invitation(&token, PASSWORD, &self.client()).await.unwrap();
        self.db.portal_actor(&session).await.unwrap()
    }

    /// Sends what is due and takes the token of the newest mailed link to an address.
    pub async fn mailed_token(&self, email: &str, path: &str) -> Token {
        self.system.send_due_mail(&self.mailer).await.unwrap();
        let mails = self.mails_to(email);
        let text = mails.last().unwrap_or_else(|| panic!("no mail to {email}"));
        let start = text.find(path).unwrap_or_else(|| panic!("no {path} in {text}")) + path.len();
        let token: String = text[start..].chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect();
        Token::presented(&token)
    }

    /// The mails to an address, oldest first, with their line ends undone.
    pub fn mails_to(&self, email: &str) -> Vec<String> {
        let mut mails: Vec<_> = std::fs::read_dir(&self.mail_folder)
            .unwrap()
            .map(|entry| entry.unwrap())
            .map(|entry| (entry.metadata().unwrap().modified().unwrap(), std::fs::read_to_string(entry.path()).unwrap()))
            .filter(|(_, text)| text.contains(&format!("To: {email}")))
            .collect();
        mails.sort();
        mails.into_iter().map(|(_, text)| text.replace("=\r\n", "").replace("=3D", "=")).collect()
    }

    /// A request, sent through a draft.
    pub async fn request(&self, by: &PortalActor, location: LocationId, title: &str) -> RequestId {
        let portal = self.db.portal(by);
        let draft = portal.start_draft(&location.to_string()).await.unwrap();
        portal.save_what(draft, &what(title)).await.unwrap();
        portal.submit(draft).await.unwrap()
    }

    /// Starts the review, accepts, and lets the time to take it back pass.
    pub async fn accept(&self, by: &StaffActor, request: RequestId) {
        let desk = self.db.desk(by);
        desk.start_review(request, self.version(by, request).await).await.unwrap();
        desk.decide(request, self.version(by, request).await, Decision::Accept).await.unwrap();
        self.pass(11);
        assert_eq!(self.system.run_due_decisions().await.unwrap(), 1);
    }

    /// Accepts and converts.
    pub async fn target(&self, by: &StaffActor, request: RequestId) -> TargetId {
        self.accept(by, request).await;
        let input = TargetInput { title: "Internal title".into(), public_title: "Public title".into(), ..TargetInput::default() };
        self.db.desk(by).convert(request, self.version(by, request).await, &input).await.unwrap()
    }

    pub async fn version(&self, by: &StaffActor, request: RequestId) -> i64 {
        self.db.desk(by).request(request).await.unwrap().version
    }

    /// Work without a request.
    pub async fn work(&self, by: &StaffActor, location: LocationId) -> TargetId {
        let input = TargetInput { title: "Internal title".into(), public_title: "Public title".into(), ..TargetInput::default() };
        self.db.desk(by).create_target(location, &input).await.unwrap()
    }

    /// A shared appointment, tomorrow from eight to ten in Berlin.
    pub async fn appointment(&self, by: &StaffActor, target: TargetId) -> AppointmentId {
        let desk = self.db.desk(by);
        let date = self.clock.now().plus(86_400).date_in(&Zone::stored("Europe/Berlin")).to_string();
        let slot = SlotInput { date, from: "08:00".into(), until: "10:00".into(), ..SlotInput::default() };
        desk.schedule(target, desk.target(target).await.unwrap().version, &slot, true).await.unwrap()
    }

    /// Lets an appointment's time come, and closes it as done.
    pub async fn finish(&self, by: &StaffActor, target: TargetId, appointment: AppointmentId) {
        self.pass(2 * 86_400);
        let desk = self.db.desk(by);
        let appointments = desk.target(target).await.unwrap().appointments;
        let version = appointments.iter().find(|a| a.id == appointment).unwrap().version;
        desk.finish_appointment(appointment, version, &VisitInput::default()).await.unwrap();
    }

    /// The report of a visit to a target, written and not approved.
    pub async fn report(&self, writer: &StaffActor, target: TargetId, body: &str) -> ReportId {
        let appointment = self.appointment(writer, target).await;
        self.finish(writer, target, appointment).await;
        let report = self.db.desk(writer).write_report(appointment).await.unwrap();
        self.rewrite(writer, report, body).await;
        report
    }

    pub async fn rewrite(&self, writer: &StaffActor, report: ReportId, body: &str) {
        self.db.desk(writer).save_report(report, self.report_version(writer, report).await, body).await.unwrap();
    }

    pub async fn approve(&self, approver: &StaffActor, report: ReportId) {
        self.db.desk(approver).approve_report(report, self.report_version(approver, report).await).await.unwrap();
    }

    pub async fn release(&self, by: &StaffActor, report: ReportId, input: &ReleaseInput) {
        self.db.desk(by).release(report, self.report_version(by, report).await, input).await.unwrap();
    }

    pub async fn report_version(&self, by: &StaffActor, report: ReportId) -> i64 {
        self.db.desk(by).report(report).await.unwrap().version
    }

    /// Where stored files lie.
    pub fn files(&self) -> PathBuf {
        self.mail_folder.with_file_name("files")
    }

    /// SQL below the doors, for what the schema itself must refuse.
    pub async fn execute(&self, sql: &str) -> Result<(), sqlx::Error> {
        let sql = sqlx::AssertSqlSafe(sql.to_owned());
        match self.engine {
            "sqlite" => sqlx::raw_sql(sql).execute(&mut sqlx::SqliteConnection::connect(&self.url).await?).await.map(drop),
            _ => sqlx::raw_sql(sql).execute(&mut sqlx::PgConnection::connect(&self.url).await?).await.map(drop),
        }
    }
}

pub const JPEG: &[u8] = b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01 and then a picture";
/// A real one, of two by two pixels.
pub const PICTURE: &[u8] =
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x02\0\0\0\x02\x08\x02\0\0\0\xfd\xd4\x9as\0\0\0\x13IDATx\xdac\xe0\x8e\x8a\x03\"\x86\xff\x9f\x8f\0\x11\0\"\xd7\x06\xf3\xf4\x06\x82)\0\0\0\0IEND\xaeB`\x82";
pub const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n";

/// A file on its way in, in parts of seven bytes.
pub fn upload(name: &str, content: &[u8]) -> Upload {
    let parts: Vec<_> = content.chunks(7).map(|part| Ok(part.to_vec().into())).collect();
    Upload { name: name.into(), body: futures::stream::iter(parts).boxed() }
}

pub async fn content(download: Download) -> Vec<u8> {
    all_of(download.body).await
}

/// A body to its end.
pub async fn all_of<B: AsRef<[u8]>, E: std::fmt::Debug>(mut body: impl Stream<Item = Result<B, E>> + Unpin) -> Vec<u8> {
    let mut all = Vec::new();
    while let Some(part) = body.next().await {
        all.extend_from_slice(part.unwrap().as_ref());
    }
    all
}

/// A release of these words and no files.
pub fn words(title: &str) -> ReleaseInput {
    ReleaseInput { title: title.into(), summary: format!("{title}: summary"), message: String::new(), files: Vec::new() }
}

/// What a request's second step takes.
pub fn what(title: &str) -> WhatInput {
    WhatInput {
        kind: "service".into(),
        title: title.into(),
        description: format!("{title}: please help"),
        on_site_contact: String::new(),
        urgency: "normal".into(),
    }
}

/// A grant over everything, with all rights but "colleagues".
pub fn everywhere() -> GrantInput {
    GrantInput { scope: "all".into(), locations: Vec::new(), ..chosen(&[]) }
}

/// A grant over chosen locations, with all rights but "colleagues".
pub fn chosen(locations: &[LocationId]) -> GrantInput {
    GrantInput {
        scope: "chosen".into(),
        locations: locations.iter().map(LocationId::to_string).collect(),
        submit: "on".into(),
        appointments: "on".into(),
        reports: "on".into(),
        download: "on".into(),
        colleagues: String::new(),
        last_day: String::new(),
    }
}

/// A folder that goes when the test is over.
fn scratch_folder() -> TempDir {
    tempfile::Builder::new().prefix("ordinavo-test-").tempdir().unwrap()
}

/// A new database in the test cluster.
async fn fresh_postgres() -> String {
    let cluster =
        std::env::var("ORDINAVO_TEST_POSTGRES").expect("ORDINAVO_TEST_POSTGRES is set: run scripts/test.sh, which starts a cluster");
    let name = format!("t{}", domain::id::JobId::new().uuid().simple());
    let mut admin = sqlx::PgConnection::connect(&cluster).await.unwrap();
    sqlx::raw_sql(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&mut admin).await.unwrap();
    cluster.replacen("/postgres?", &format!("/{name}?"), 1)
}
