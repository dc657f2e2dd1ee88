//! What open pages are told of: kinds of thing that changed, each contact by its own rights.

use crate::support::{JPEG, PASSWORD, World, chosen, everywhere, on_both, upload, words};
use domain::Error;
use domain::actor::{PortalActor, StaffActor};
use domain::appointment::{SlotInput, VisitInput};
use domain::change::{Changes, Record};
use domain::clock::{Instant, Zone};
use domain::follow_up::FollowUpInput;
use domain::grant::{GrantInput, PersonInput};
use domain::id::{AppointmentId, FollowUpId, FormKey, ReportId, TargetId};
use domain::journal::Position;
use domain::request::Decision;
use domain::role::Role;
use domain::target::TargetInput;
use domain::timeline::Milestone;

const DAY: i64 = 86_400;

fn said(changes: &Changes) -> String {
    changes.kinds.iter().map(|kind| kind.word()).collect::<Vec<_>>().join(" ")
}

/// Contacts whose pages are open, and how far they have been told.
struct Readers<const N: usize> {
    actors: [PortalActor; N],
    told: Position,
}

impl<const N: usize> Readers<N> {
    async fn of(world: &World, actors: [PortalActor; N]) -> Self {
        Self { actors, told: world.system.journal_position().await.unwrap() }
    }

    /// What each is told of since the last time; then all of it has been told.
    async fn hear(&mut self, world: &World) -> Vec<String> {
        let mut heard = Vec::new();
        let now = world.system.journal_position().await.unwrap();
        assert!(now > self.told, "{}: something is in the journal", world.engine);
        for actor in &self.actors {
            let changes = world.db.portal(actor).changes(self.told).await.unwrap();
            assert!(changes.position <= now, "{}", world.engine);
            assert!(world.db.portal(actor).changes(now).await.unwrap().kinds.is_empty(), "{}: told once", world.engine);
            heard.push(said(&changes));
        }
        self.told = now;
        heard
    }
}

fn tomorrow(world: &World) -> SlotInput {
    let date = world.clock.now().plus(DAY).date_in(&Zone::stored("Europe/Berlin")).to_string();
    SlotInput { date, from: "08:00".into(), until: "10:00".into(), ..SlotInput::default() }
}

async fn version_of(world: &World, by: &StaffActor, target: TargetId, appointment: AppointmentId) -> i64 {
    let appointments = world.db.desk(by).target(target).await.unwrap().appointments;
    appointments.iter().find(|found| found.id == appointment).unwrap().version
}

async fn follow_up_version(world: &World, by: &StaffActor, report: ReportId, id: FollowUpId) -> i64 {
    world.db.desk(by).report(report).await.unwrap().follow_ups.iter().find(|found| found.id == id).unwrap().version
}

const NOBODY: [&str; 6] = [""; 6];

#[tokio::test]
async fn g10_open_pages_are_told_by_right() {
    on_both(async |world| {
        let (manager, writer) = (world.manager().await, world.staff("Dario", Role::Dispatcher).await);
        let (customer, other) = (world.customer(&manager, "Acme").await, world.customer(&manager, "Other").await);
        let (north, south) = (world.location(&manager, customer, "North").await, world.location(&manager, customer, "South").await);
        world.location(&manager, other, "North").await;
        let all_requests = GrantInput { colleagues: "on".into(), ..everywhere() };
        let only_requests = GrantInput { appointments: String::new(), reports: String::new(), ..everywhere() };
        let ana = world.contact(&manager, customer, "Ana", &everywhere()).await;
        let ben = world.contact(&manager, customer, "Ben", &all_requests).await;
        let cleo = world.contact(&manager, customer, "Cleo", &only_requests).await;
        let dora = world.contact(&manager, customer, "Dora", &chosen(&[south])).await;
        let eve = world.contact(&manager, other, "Eve", &all_requests).await;
        let finn = world.contact(&manager, customer, "Finn", &everywhere()).await;
        let mut readers = Readers::of(&world, [ana.clone(), ben, cleo, dora, eve, finn]).await;
        let (desk, engine) = (world.db.desk(&manager), world.engine);

        // Of a request: its sender, and colleagues with the right.
        let request = world.request(&ana, north, "Leak").await;
        let of_request = ["request", "request", "", "", "", ""];
        assert_eq!(readers.hear(&world).await, of_request, "{engine}: submitted");
        desk.start_review(request, world.version(&manager, request).await).await.unwrap();
        assert_eq!(readers.hear(&world).await, of_request, "{engine}: review started");
        desk.send_message(request, FormKey::new(), "We look at it.").await.unwrap();
        assert_eq!(readers.hear(&world).await, of_request, "{engine}: a message");
        desk.ask(request, world.version(&manager, request).await, FormKey::new(), "Which floor?").await.unwrap();
        assert_eq!(readers.hear(&world).await, of_request, "{engine}: a question");
        world.db.portal(&ana).write_message(request, FormKey::new(), "The third.").await.unwrap();
        assert_eq!(readers.hear(&world).await, of_request, "{engine}: its answer");
        desk.decide(request, world.version(&manager, request).await, Decision::Accept).await.unwrap();
        assert_eq!(readers.hear(&world).await, NOBODY, "{engine}: decided, and not yet in effect");
        world.pass(11);
        world.system.run_due_decisions().await.unwrap();
        assert_eq!(readers.hear(&world).await, of_request, "{engine}: accepted");

        // Of work: who sees appointments, and knows of it by its request or by a shared appointment.
        let input = TargetInput { title: "Internal".into(), public_title: "Public".into(), ..TargetInput::default() };
        let target = desk.convert(request, world.version(&manager, request).await, &input).await.unwrap();
        assert_eq!(readers.hear(&world).await, ["appointment", "appointment", "", "", "", ""], "{engine}: converted");
        let version = desk.target(target).await.unwrap().version;
        let appointment = desk.schedule(target, version, &tomorrow(&world), false).await.unwrap();
        assert_eq!(readers.hear(&world).await, NOBODY, "{engine}: tentative");
        let of_appointment = ["request appointment", "request appointment", "", "", "", "appointment"];
        desk.share_appointment(appointment, version_of(&world, &manager, target, appointment).await).await.unwrap();
        assert_eq!(readers.hear(&world).await, of_appointment, "{engine}: shared");
        let internal = TargetInput { title: "Boiler 3".into(), ..input };
        desk.edit_target(target, desk.target(target).await.unwrap().version, &internal).await.unwrap();
        assert_eq!(readers.hear(&world).await, NOBODY, "{engine}: the work's internal title");
        let renamed = TargetInput { public_title: "Repair of the heating".into(), ..internal };
        desk.edit_target(target, desk.target(target).await.unwrap().version, &renamed).await.unwrap();
        let of_work = ["appointment", "appointment", "", "", "", "appointment"];
        assert_eq!(readers.hear(&world).await, of_work, "{engine}: its public title");
        world.pass(2 * DAY);
        let version = version_of(&world, &manager, target, appointment).await;
        desk.finish_appointment(appointment, version, &VisitInput::default()).await.unwrap();
        assert_eq!(readers.hear(&world).await, of_appointment, "{engine}: visited");

        // Of a report and what follows: who sees reports there.
        let report = world.db.desk(&writer).write_report(appointment).await.unwrap();
        world.rewrite(&writer, report, "Valve replaced").await;
        world.approve(&manager, report).await;
        assert_eq!(readers.hear(&world).await, NOBODY, "{engine}: written and approved");
        let of_report = ["report", "report", "", "", "", "report"];
        world.release(&manager, report, &words("Valve")).await;
        assert_eq!(readers.hear(&world).await, of_report, "{engine}: released");
        let text = FollowUpInput { internal_text: "Order part 77".into(), public_text: "A new valve".into() };
        let follow_up = desk.require_follow_up(report, &text).await.unwrap();
        assert_eq!(readers.hear(&world).await, NOBODY, "{engine}: a follow-up of the office's");
        let of_follow_up = ["follow_up", "follow_up", "", "", "", "follow_up"];
        desk.share_follow_up(follow_up, follow_up_version(&world, &manager, report, follow_up).await).await.unwrap();
        assert_eq!(readers.hear(&world).await, of_follow_up, "{engine}: follow-up shared");
        let internal = FollowUpInput { internal_text: "Order part 78".into(), ..text };
        desk.edit_follow_up(follow_up, follow_up_version(&world, &manager, report, follow_up).await, &internal).await.unwrap();
        assert_eq!(readers.hear(&world).await, NOBODY, "{engine}: its internal text");
        let reworded = FollowUpInput { public_text: "Two new valves".into(), ..internal };
        desk.edit_follow_up(follow_up, follow_up_version(&world, &manager, report, follow_up).await, &reworded).await.unwrap();
        assert_eq!(readers.hear(&world).await, of_follow_up, "{engine}: its public text");
        desk.unshare_follow_up(follow_up, follow_up_version(&world, &manager, report, follow_up).await).await.unwrap();
        assert_eq!(readers.hear(&world).await, of_follow_up, "{engine}: and taken back");
        desk.cancel_follow_up(follow_up, follow_up_version(&world, &manager, report, follow_up).await).await.unwrap();
        assert_eq!(readers.hear(&world).await, NOBODY, "{engine}: given up when nobody saw it");
        desk.withdraw_release(report, world.report_version(&manager, report).await, "Wrong", true).await.unwrap();
        assert_eq!(readers.hear(&world).await, of_report, "{engine}: withdrawn");
        desk.finish_target(target, desk.target(target).await.unwrap().version).await.unwrap();
        assert_eq!(readers.hear(&world).await, of_appointment, "{engine}: the work is done");
    })
    .await;
}

#[tokio::test]
async fn t3_internal_kinds_wake_nobody() {
    on_both(async |world| {
        let (manager, writer) = (world.manager().await, world.staff("Dario", Role::Dispatcher).await);
        let customer = world.customer(&manager, "Acme").await;
        let north = world.location(&manager, customer, "North").await;
        let ana = world.contact(&manager, customer, "Ana", &GrantInput { colleagues: "on".into(), ..everywhere() }).await;
        let request = world.request(&ana, north, "Leak").await;
        let (desk, engine) = (world.db.desk(&manager), world.engine);
        desk.start_review(request, world.version(&manager, request).await).await.unwrap();
        let mut readers = Readers::of(&world, [ana.clone()]).await;

        desk.write_note(request, FormKey::new(), "Same valve as last year").await.unwrap();
        assert_eq!(readers.hear(&world).await, [""], "{engine}: a note");
        desk.snooze(request, world.version(&manager, request).await, "2026-03-09").await.unwrap();
        assert_eq!(readers.hear(&world).await, [""], "{engine}: snoozed");
        desk.decide(request, world.version(&manager, request).await, Decision::Accept).await.unwrap();
        desk.undo_decision(request).await.unwrap();
        assert_eq!(readers.hear(&world).await, [""], "{engine}: decided and taken back");

        // Work that the customer knows nothing of: no request of it, no shared appointment.
        let target = world.work(&manager, north).await;
        desk.add_target_file(target, upload("plan.jpg", JPEG)).await.unwrap();
        let input = TargetInput { title: "Other".into(), public_title: "Public title".into(), ..TargetInput::default() };
        desk.edit_target(target, desk.target(target).await.unwrap().version, &input).await.unwrap();
        let appointment = desk.schedule(target, desk.target(target).await.unwrap().version, &tomorrow(&world), false).await.unwrap();
        let later = SlotInput { until: "11:00".into(), ..tomorrow(&world) };
        desk.move_appointment(appointment, version_of(&world, &manager, target, appointment).await, &later).await.unwrap();
        world.finish(&manager, target, appointment).await;
        let report = world.db.desk(&writer).write_report(appointment).await.unwrap();
        world.rewrite(&writer, report, "Valve replaced").await;
        world.approve(&manager, report).await;
        assert_eq!(readers.hear(&world).await, [""], "{engine}: work, visit and report of the office's");

        // Others' sign-ins, accounts and grants.
        world.contact(&manager, customer, "Ben", &everywhere()).await;
        world.staff("Ada", Role::Admin).await;
        world.db.anonymous().sign_in_contact("ana@customer.example", PASSWORD, &world.client()).await.unwrap();
        assert_eq!(readers.hear(&world).await, [""], "{engine}: people");
    })
    .await;
}

#[tokio::test]
async fn g10_what_was_done_to_ones_access_is_told_and_an_ended_grant_tells_nothing_more() {
    on_both(async |world| {
        let manager = world.manager().await;
        let customer = world.customer(&manager, "Acme").await;
        let north = world.location(&manager, customer, "North").await;
        let ana = world.contact(&manager, customer, "Ana", &everywhere()).await;
        let ben = world.contact(&manager, customer, "Ben", &everywhere()).await;
        let request = world.request(&ana, north, "Leak").await;
        let mut readers = Readers::of(&world, [ana.clone(), ben]).await;
        let (desk, engine) = (world.db.desk(&manager), world.engine);
        let only_access = ["access", ""];

        let found = desk.person(ana.contact_id()).await.unwrap();
        let renamed =
            PersonInput { name: "Ana Lima".into(), email: "ana@customer.example".into(), phone: String::new(), lang: "en".into() };
        desk.edit_person(ana.contact_id(), found.version, &renamed).await.unwrap();
        assert_eq!(readers.hear(&world).await, only_access, "{engine}: renamed");
        let grant = &found.grants[0];
        desk.edit_grant(grant.id, grant.version, &GrantInput { download: String::new(), ..everywhere() }).await.unwrap();
        assert_eq!(readers.hear(&world).await, only_access, "{engine}: narrowed");
        desk.send_message(request, FormKey::new(), "Hello").await.unwrap();
        desk.end_grant(grant.id, grant.version + 1).await.unwrap();
        assert_eq!(readers.hear(&world).await, only_access, "{engine}: ended, and what came just before is hidden with it");
        desk.send_message(request, FormKey::new(), "Hello again").await.unwrap();
        assert_eq!(readers.hear(&world).await, ["", ""], "{engine}: after it nothing");
    })
    .await;
}

#[tokio::test]
async fn g10_a_lost_stream_goes_on_a_minute_before_its_last_event() {
    on_both(async |world| {
        let manager = world.manager().await;
        let customer = world.customer(&manager, "Acme").await;
        let north = world.location(&manager, customer, "North").await;
        let ana = world.contact(&manager, customer, "Ana", &everywhere()).await;
        world.pass(DAY);
        let request = world.request(&ana, north, "Leak").await;
        let (sent, portal) = (world.clock.now(), world.db.portal(&ana));
        let since = async |moment: Instant| portal.changes_since(moment).await.unwrap();
        assert_eq!((said(&since(sent).await), since(sent).await.at), ("request".into(), sent), "{}", world.engine);
        assert_eq!(said(&since(sent.plus(60)).await), "request", "{}: it may have been committed late", world.engine);
        world.pass(61);
        let nothing = since(sent.plus(61)).await;
        assert_eq!((said(&nothing), nothing.at), (String::new(), world.clock.now()), "{}", world.engine);

        world.db.desk(&manager).send_message(request, FormKey::new(), "Hello").await.unwrap();
        let newest = since(sent).await;
        assert_eq!((said(&newest), newest.at), ("request".into(), sent.plus(61)), "{}", world.engine);
        assert!(portal.changes(newest.position).await.unwrap().kinds.is_empty(), "{}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn promise_6_waiting_for_news_does_not_keep_a_session_alive() {
    on_both(async |world| {
        let manager = world.manager().await;
        let customer = world.customer(&manager, "Acme").await;
        let ana = world.contact(&manager, customer, "Ana", &everywhere()).await;
        let sign_in = async || world.db.anonymous().sign_in_contact("ana@customer.example", PASSWORD, &world.client()).await.unwrap();
        let idle = sign_in().await;
        for _ in 0..7 {
            world.pass(DAY - 1);
            assert!(world.db.waiting_portal_actor(&idle).await.is_ok(), "{}", world.engine);
        }
        world.pass(8);
        assert!(matches!(world.db.waiting_portal_actor(&idle).await, Err(Error::NotSignedIn)), "{}: idle for seven days", world.engine);

        let ended = sign_in().await;
        let actor = world.db.waiting_portal_actor(&ended).await.unwrap();
        world.db.portal(&actor).sign_out_everywhere().await.unwrap();
        assert!(matches!(world.db.waiting_portal_actor(&ended).await, Err(Error::NotSignedIn)), "{}", world.engine);

        let disabled = sign_in().await;
        let desk = world.db.desk(&manager);
        desk.disable_contact(ana.contact_id(), desk.person(ana.contact_id()).await.unwrap().version).await.unwrap();
        assert!(matches!(world.db.waiting_portal_actor(&disabled).await, Err(Error::NotSignedIn)), "{}", world.engine);
    })
    .await;
}

/// What a staff member is told of since a position; then the position moves on.
async fn heard_by(world: &World, by: &StaffActor, told: &mut Position) -> String {
    let now = world.system.journal_position().await.unwrap();
    let changes = world.db.desk(by).changes(*told).await.unwrap();
    assert_eq!(changes.position, now, "{}: all of the journal was looked at", world.engine);
    *told = now;
    said(&changes)
}

#[tokio::test]
async fn r6_open_pages_of_the_desk_are_told_by_kind() {
    on_both(async |world| {
        let (manager, dispatcher) = (world.manager().await, world.staff("Dario", Role::Dispatcher).await);
        let mut told = world.system.journal_position().await.unwrap();
        let (desk, engine) = (world.db.desk(&manager), world.engine);
        macro_rules! heard {
            ($kinds:literal, $act:literal) => {
                assert_eq!(heard_by(&world, &dispatcher, &mut told).await, $kinds, "{engine}: {}", $act)
            };
        }

        let customer = world.customer(&manager, "Acme").await;
        heard!("customer", "a customer");
        let north = world.location(&manager, customer, "North").await;
        heard!("customer", "a location");
        let ana = world.contact(&manager, customer, "Ana", &everywhere()).await;
        heard!("person", "a contact, invited and in");
        world.db.anonymous().sign_in_contact("ana@customer.example", PASSWORD, &world.client()).await.unwrap();
        heard!("", "a sign-in");

        let request = world.request(&ana, north, "Leak").await;
        heard!("request", "submitted");
        desk.start_review(request, world.version(&manager, request).await).await.unwrap();
        heard!("request", "review started");
        desk.write_note(request, FormKey::new(), "Same valve as last year").await.unwrap();
        heard!("request", "a note, which customers are not told of");
        desk.decide(request, world.version(&manager, request).await, Decision::Accept).await.unwrap();
        heard!("request", "decided, and not yet in effect");
        world.pass(11);
        world.system.run_due_decisions().await.unwrap();
        heard!("request", "accepted");
        let input = TargetInput { title: "Internal".into(), public_title: "Public".into(), ..TargetInput::default() };
        let target = desk.convert(request, world.version(&manager, request).await, &input).await.unwrap();
        heard!("request appointment", "converted");
        let version = desk.target(target).await.unwrap().version;
        let appointment = desk.schedule(target, version, &tomorrow(&world), false).await.unwrap();
        heard!("appointment", "a tentative visit");
        desk.share_appointment(appointment, version_of(&world, &manager, target, appointment).await).await.unwrap();
        heard!("request appointment", "shared");
        world.finish(&manager, target, appointment).await;
        heard!("request appointment", "visited");
        let report = desk.write_report(appointment).await.unwrap();
        heard!("report", "a report begun");
        world.rewrite(&manager, report, "Valve replaced").await;
        heard!("report", "and written");
        desk.require_follow_up(report, &FollowUpInput { internal_text: "Order part 77".into(), public_text: "A new valve".into() })
            .await
            .unwrap();
        heard!("follow_up", "a follow-up");
        desk.add_target_file(target, upload("plan.jpg", JPEG)).await.unwrap();
        heard!("appointment report", "a file");
    })
    .await;
}

#[tokio::test]
async fn g14_staff_are_told_when_they_themselves_are_changed_and_nobody_else_is() {
    on_both(async |world| {
        let (admin, dispatcher) = (world.staff("Ada", Role::Admin).await, world.staff("Dario", Role::Dispatcher).await);
        let mut told = world.system.journal_position().await.unwrap();
        let mut told_admin = told;
        let desk = world.db.desk(&admin);
        let version = desk.staff().await.unwrap().iter().find(|member| member.id == dispatcher.staff_id()).unwrap().version;
        desk.edit_staff(dispatcher.staff_id(), version, "Dario", "manager").await.unwrap();
        assert_eq!(heard_by(&world, &dispatcher, &mut told).await, "access", "{}", world.engine);
        assert_eq!(heard_by(&world, &admin, &mut told_admin).await, "", "{}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn r6_a_lost_stream_of_the_desk_goes_on_a_minute_before_its_last_event() {
    on_both(async |world| {
        let manager = world.manager().await;
        world.pass(DAY);
        world.customer(&manager, "Acme").await;
        let (added, desk) = (world.clock.now(), world.db.desk(&manager));
        let since = async |moment: Instant| desk.changes_since(moment).await.unwrap();
        assert_eq!((said(&since(added).await), since(added).await.at), ("customer".into(), added), "{}", world.engine);
        assert_eq!(said(&since(added.plus(60)).await), "customer", "{}: it may have been committed late", world.engine);
        world.pass(61);
        let nothing = since(added.plus(61)).await;
        assert_eq!((said(&nothing), nothing.at), (String::new(), world.clock.now()), "{}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn r6_a_record_has_news_when_its_own_log_goes_on() {
    on_both(async |world| {
        let manager = world.manager().await;
        let customer = world.customer(&manager, "Acme").await;
        let north = world.location(&manager, customer, "North").await;
        let ana = world.contact(&manager, customer, "Ana", &everywhere()).await;
        let (request, other) = (world.request(&ana, north, "Leak").await, world.request(&ana, north, "Door").await);
        let (desk, engine) = (world.db.desk(&manager), world.engine);
        let id = request.uuid();

        let seen = desk.request(request).await.unwrap().log[0].seq;
        desk.write_note(other, FormKey::new(), "Ask the caretaker").await.unwrap();
        assert!(!desk.has_news(Record::Request, id, seen).await.unwrap(), "{engine}: another request's");
        desk.write_note(request, FormKey::new(), "Same valve as last year").await.unwrap();
        assert!(desk.has_news(Record::Request, id, seen).await.unwrap(), "{engine}: its own");
        let seen = desk.request(request).await.unwrap().log[0].seq;
        assert!(!desk.has_news(Record::Request, id, seen).await.unwrap(), "{engine}: looked at");

        let target = world.target(&manager, request).await;
        let seen = desk.target(target).await.unwrap().log[0].seq;
        assert!(!desk.has_news(Record::Target, target.uuid(), seen).await.unwrap(), "{engine}: work");
        desk.send_message(request, FormKey::new(), "We come soon").await.unwrap();
        assert!(desk.has_news(Record::Target, target.uuid(), seen).await.unwrap(), "{engine}: work, by its request");

        let report = world.report(&manager, target, "Valve replaced").await;
        let seen = desk.report(report).await.unwrap().log[0].seq;
        assert!(!desk.has_news(Record::Report, report.uuid(), seen).await.unwrap(), "{engine}: report");
        world.rewrite(&manager, report, "Valve and pump replaced").await;
        assert!(desk.has_news(Record::Report, report.uuid(), seen).await.unwrap(), "{engine}: report, written");
        assert!(!desk.has_news(Record::Request, FormKey::new().uuid(), 0).await.unwrap(), "{engine}: nothing there");
    })
    .await;
}

#[tokio::test]
async fn promise_6_waiting_for_news_does_not_keep_a_staff_session_alive() {
    on_both(async |world| {
        let admin = world.staff("Ada", Role::Admin).await;
        world.staff("Dario", Role::Dispatcher).await;
        let sign_in = async || world.db.anonymous().sign_in_staff("dario@service.example", PASSWORD, &world.client()).await.unwrap();
        let idle = sign_in().await;
        for _ in 0..10 {
            world.pass(3_599);
            assert!(world.db.waiting_staff_actor(&idle).await.is_ok(), "{}", world.engine);
        }
        world.pass(11);
        assert!(matches!(world.db.waiting_staff_actor(&idle).await, Err(Error::NotSignedIn)), "{}: idle for ten hours", world.engine);

        let disabled = sign_in().await;
        let dario = world.db.waiting_staff_actor(&disabled).await.unwrap();
        let desk = world.db.desk(&admin);
        let version = desk.staff().await.unwrap().iter().find(|member| member.id == dario.staff_id()).unwrap().version;
        desk.disable_staff(dario.staff_id(), version).await.unwrap();
        assert!(matches!(world.db.waiting_staff_actor(&disabled).await, Err(Error::NotSignedIn)), "{}", world.engine);
    })
    .await;
}

#[test]
fn t3_what_the_timeline_shows_open_pages_are_told_of() {
    let schema = include_str!("../../migrations/0001_first.sql");
    let (_, list) = schema.split_once("INSERT INTO change_kind (event_kind, change) VALUES").unwrap();
    let (list, _) = list.split_once(';').unwrap();
    for milestone in Milestone::ALL {
        assert!(list.contains(&format!("('{}', '", milestone.word())), "{milestone}");
    }
}
