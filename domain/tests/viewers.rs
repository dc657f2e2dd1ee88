//! Who sees a record, and why: what the desk says must be what the portal does, for everybody.

use crate::support::{PASSWORD, World, chosen, everywhere, on_both, words};
use domain::actor::{PortalActor, StaffActor};
use domain::appointment::SlotInput;
use domain::grant::{GrantInput, PersonInput};
use domain::id::{ContactId, CustomerId, LocationId, Token};
use domain::viewer::{Ground, Hindrance, Viewers};

/// Somebody with an account.
struct Person {
    name: &'static str,
    id: ContactId,
    session: Token,
}

async fn join(world: &World, by: &StaffActor, customer: CustomerId, name: &'static str, grant: &GrantInput) -> Person {
    let person = PersonInput { name: name.into(), email: format!("{name}@customer.example").to_lowercase(), ..PersonInput::default() };
    let id = world.db.desk(by).invite(customer, &person, grant).await.unwrap();
    let link = world.mailed_token(&person.email, "/invite/").await;
    let session = world.db.anonymous().accept_invitation(&link, PASSWORD, &world.client()).await.unwrap();
    Person { name, id, session }
}

async fn actor(world: &World, person: &Person) -> PortalActor {
    world.db.portal_actor(&person.session).await.unwrap()
}

/// Those to whom the portal shows something, each asking with its own session.
async fn shown(world: &World, people: &[Person], sees: impl AsyncFn(PortalActor) -> bool) -> Vec<&'static str> {
    let mut shown = Vec::new();
    for person in people {
        if sees(actor(world, person).await).await {
            shown.push(person.name);
        }
    }
    shown
}

fn names(viewers: &Viewers) -> Vec<&str> {
    assert_eq!(viewers.count, viewers.people.len());
    assert_eq!(viewers.hindrance.is_some(), viewers.people.is_empty());
    viewers.people.iter().map(|viewer| viewer.name.as_str()).collect()
}

fn ground(viewers: &Viewers, name: &str) -> (Ground, bool, Option<String>) {
    let viewer = viewers.people.iter().find(|viewer| viewer.name == name).unwrap();
    (viewer.ground, viewer.all_locations, viewer.last_day.as_ref().map(|day| day.machine.clone()))
}

fn colleagues(grant: GrantInput) -> GrantInput {
    GrantInput { colleagues: "on".into(), ..grant }
}

/// By name: the sender; one with a location and no downloads; one elsewhere; one without rights; one of another customer; one whose
/// access ends tonight; one whose access was ended; one of the customer who sees no colleagues' requests.
async fn scene(world: &World, by: &StaffActor) -> (LocationId, Vec<Person>) {
    let (acme, other) = (world.customer(by, "Acme").await, world.customer(by, "Other").await);
    let (north, south) = (world.location(by, acme, "North").await, world.location(by, acme, "South").await);
    world.location(by, other, "Elsewhere").await;
    let bare = GrantInput { appointments: String::new(), reports: String::new(), ..everywhere() };
    let tonight = GrantInput { last_day: "2026-03-02".into(), ..colleagues(everywhere()) };
    let no_files = GrantInput { download: String::new(), ..colleagues(chosen(&[north])) };
    let people = vec![
        join(world, by, acme, "Ana", &everywhere()).await,
        join(world, by, acme, "Ben", &no_files).await,
        join(world, by, acme, "Cleo", &colleagues(chosen(&[south]))).await,
        join(world, by, acme, "Dan", &bare).await,
        join(world, by, other, "Eve", &colleagues(everywhere())).await,
        join(world, by, acme, "Fay", &tonight).await,
        join(world, by, acme, "Gus", &colleagues(everywhere())).await,
        join(world, by, acme, "Ida", &everywhere()).await,
    ];
    let desk = world.db.desk(by);
    let ended = desk.person(people[6].id).await.unwrap().grants.remove(0);
    desk.end_grant(ended.id, ended.version).await.unwrap();
    // Invited, and not there yet.
    let hal = PersonInput { name: "Hal".into(), email: "hal@customer.example".into(), ..PersonInput::default() };
    desk.invite(acme, &hal, &colleagues(everywhere())).await.unwrap();
    (north, people)
}

#[tokio::test]
async fn g8_the_desk_says_exactly_who_sees_a_record_and_why() {
    on_both(async |world| {
        let (engine, manager) = (world.engine, world.manager().await);
        let (north, people) = scene(&world, &manager).await;
        let desk = world.db.desk(&manager);

        let request = world.request(&actor(&world, &people[0]).await, north, "Boiler").await;
        let viewers = desk.request(request).await.unwrap().viewers;
        assert_eq!(names(&viewers), ["Ana", "Ben", "Fay"], "{engine}");
        assert_eq!(names(&viewers), shown(&world, &people, async |who| world.db.portal(&who).request(request).await.is_ok()).await);
        assert_eq!(ground(&viewers, "Ana"), (Ground::Own, true, None), "{engine}");
        assert_eq!(ground(&viewers, "Ben"), (Ground::Colleagues, false, None), "{engine}");
        assert_eq!(ground(&viewers, "Fay"), (Ground::Colleagues, true, Some("2026-03-02".into())), "{engine}");

        // Work without a date is known to those who see its request; a shared appointment shows it to more.
        let target = world.target(&manager, request).await;
        let open = async |who: PortalActor| world.db.portal(&who).open_work().await.unwrap().iter().any(|work| work.id == target);
        let viewers = desk.target(target).await.unwrap().viewers;
        assert_eq!(names(&viewers), ["Ana", "Ben", "Fay"], "{engine}");
        assert_eq!(names(&viewers), shown(&world, &people, open).await);
        assert_eq!(ground(&viewers, "Ana").0, Ground::Appointments(0), "{engine}");
        let appointment = world.appointment(&manager, target).await;
        let tentative = SlotInput { date: "2026-03-20".into(), from: "08:00".into(), until: "10:00".into(), ..SlotInput::default() };
        let version = desk.target(target).await.unwrap().version;
        desk.schedule(target, version, &tentative, false).await.unwrap();
        let viewers = desk.target(target).await.unwrap().viewers;
        assert_eq!(names(&viewers), ["Ana", "Ben", "Fay", "Ida"], "{engine}");
        let visits = async |who: PortalActor| world.db.portal(&who).appointment(appointment).await.is_ok();
        assert_eq!(names(&viewers), shown(&world, &people, &visits).await);
        assert_eq!(ground(&viewers, "Ida"), (Ground::Appointments(1), true, None), "{engine}");

        // Two days later one access has run out, although nobody has ended it yet.
        world.finish(&manager, target, appointment).await;
        assert_eq!(names(&desk.request(request).await.unwrap().viewers), ["Ana", "Ben"], "{engine}");
        let viewers = desk.target(target).await.unwrap().viewers;
        assert_eq!(names(&viewers), ["Ana", "Ben", "Ida"], "{engine}");
        assert_eq!(names(&viewers), shown(&world, &people, &visits).await);

        let report = desk.write_report(appointment).await.unwrap();
        world.rewrite(&manager, report, "Valve replaced").await;
        world.approve(&manager, report).await;
        let viewers = async || world.db.desk(&manager).report(report).await.unwrap().viewers;
        assert_eq!(viewers().await.hindrance, Some(Hindrance::NotReleased), "{engine}");
        world.release(&manager, report, &words("Valve")).await;
        let seen = viewers().await;
        assert_eq!(names(&seen), ["Ana", "Ben", "Ida"], "{engine}");
        assert_eq!(names(&seen), shown(&world, &people, async |who| world.db.portal(&who).report_unopened(report).await.is_ok()).await);
        assert_eq!(ground(&seen, "Ana").0, Ground::Report { version: 1, may_download: true }, "{engine}");
        assert_eq!(ground(&seen, "Ben").0, Ground::Report { version: 1, may_download: false }, "{engine}");
        desk.withdraw_release(report, world.report_version(&manager, report).await, "Wrong valve", false).await.unwrap();
        let gone = viewers().await;
        assert_eq!((names(&gone).len(), gone.hindrance), (0, Some(Hindrance::NotReleased)), "{engine}");
    })
    .await;
}

#[tokio::test]
async fn g8_the_desk_says_why_nobody_sees_a_record() {
    on_both(async |world| {
        let (engine, manager) = (world.engine, world.manager().await);
        let customer = world.customer(&manager, "Acme").await;
        let north = world.location(&manager, customer, "North").await;
        let desk = world.db.desk(&manager);
        let target = world.work(&manager, north).await;
        let why = async || world.db.desk(&manager).target(target).await.unwrap().viewers.hindrance;

        assert_eq!(why().await, Some(Hindrance::NotShared), "{engine}");
        world.appointment(&manager, target).await;
        assert_eq!(why().await, Some(Hindrance::NoAccess), "{engine}");
        let no_appointments = GrantInput { appointments: String::new(), ..everywhere() };
        let jo = join(&world, &manager, customer, "Jo", &no_appointments).await;
        assert_eq!(why().await, Some(Hindrance::NoRight), "{engine}");
        let request = world.request(&actor(&world, &jo).await, north, "Boiler").await;
        assert_eq!(desk.request(request).await.unwrap().viewers.hindrance, None, "{engine}");

        let grant = desk.person(jo.id).await.unwrap().grants.remove(0);
        desk.end_grant(grant.id, grant.version).await.unwrap();
        assert_eq!(desk.request(request).await.unwrap().viewers.hindrance, Some(Hindrance::NoAccess), "{engine}");
        world.contact(&manager, customer, "Kim", &everywhere()).await;
        assert_eq!(desk.request(request).await.unwrap().viewers.hindrance, Some(Hindrance::NoRight), "{engine}");
        assert_eq!(why().await, None, "{engine}");
    })
    .await;
}
