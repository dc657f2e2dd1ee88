//! Appointments in calendar programs: a file of one, and the feed of a contact, which follows what the contact may see.

use crate::support::{PASSWORD, World, chosen, everywhere, on_both};
use domain::Error;
use domain::actor::{PortalActor, StaffActor};
use domain::appointment::{SlotInput, VisitInput};
use domain::audit::AuditFilter;
use domain::calendar::portal::NewFeed;
use domain::customer::LocationInput;
use domain::grant::GrantInput;
use domain::id::{AppointmentId, LocationId, TargetId, Token};
use domain::role::Role;
use sqlx::Connection;

const DAY: i64 = 86_400;

async fn schedule(world: &World, by: &StaffActor, target: TargetId, date: &str, share: bool) -> AppointmentId {
    let desk = world.db.desk(by);
    let slot = SlotInput {
        date: date.into(),
        from: "08:00".into(),
        until: "10:00".into(),
        team: "canary-team".into(),
        internal_note: "canary-note".into(),
    };
    desk.schedule(target, desk.target(target).await.unwrap().version, &slot, share).await.unwrap()
}

async fn version(world: &World, by: &StaffActor, target: TargetId, id: AppointmentId) -> i64 {
    let target = world.db.desk(by).target(target).await.unwrap();
    target.appointments.iter().find(|appointment| appointment.id == id).unwrap().version
}

async fn made(world: &World, contact: &PortalActor) -> NewFeed {
    world.db.portal(contact).make_calendar_feed().await.unwrap()
}

/// What a calendar program gets, with its folded lines joined.
async fn fetched(world: &World, token: &Token) -> String {
    world.db.anonymous().calendar(token, &world.client()).await.unwrap().replace("\r\n ", "")
}

async fn is_dead(world: &World, token: &Token) -> bool {
    matches!(world.db.anonymous().calendar(token, &world.client()).await, Err(Error::NotFound))
}

fn has(calendar: &str, id: AppointmentId) -> bool {
    calendar.contains(&format!("UID:{id}@ordinavo\r\n"))
}

/// Feeds whose row holds the token itself.
async fn rows_with(world: &World, token: &str) -> i64 {
    let sql = sqlx::AssertSqlSafe(format!("SELECT COUNT(*) FROM calendar_feed WHERE token_hash LIKE '%{token}%'"));
    match world.engine {
        "sqlite" => sqlx::query_scalar(sql).fetch_one(&mut sqlx::SqliteConnection::connect(&world.url).await.unwrap()).await.unwrap(),
        _ => sqlx::query_scalar(sql).fetch_one(&mut sqlx::PgConnection::connect(&world.url).await.unwrap()).await.unwrap(),
    }
}

/// The lines of one event.
fn event(calendar: &str, id: AppointmentId) -> String {
    let start = calendar.find(&format!("UID:{id}@")).unwrap();
    calendar[start..].split("END:VEVENT").next().unwrap().to_owned()
}

#[tokio::test]
async fn a2_a_feed_has_the_shared_appointments_and_nothing_internal() {
    on_both(async |world| {
        let manager = world.manager().await;
        let customer = world.customer(&manager, "Acme").await;
        let location = world.location(&manager, customer, "Head office").await;
        let ana = world.contact(&manager, customer, "Ana", &everywhere()).await;
        let target = world.work(&manager, location).await;
        let shared = schedule(&world, &manager, target, "2026-03-10", true).await;
        let tentative = schedule(&world, &manager, target, "2026-03-11", false).await;
        let feed = made(&world, &ana).await;
        let calendar = fetched(&world, &feed.token).await;
        assert!(has(&calendar, shared) && !has(&calendar, tentative), "{}: {calendar}", world.engine);
        assert!(calendar.contains("NAME:Appointments\\, Ordinavo Test Service\r\n"), "{calendar}");
        assert!(!calendar.contains("canary") && !calendar.contains("Internal title"), "{calendar}");
        let one = event(&calendar, shared);
        for line in ["SEQUENCE:0", "DTSTAMP:20260302T090000Z", "DTSTART;TZID=Europe/Berlin:20260310T080000", "SUMMARY:Public title"] {
            assert!(one.contains(&format!("{line}\r\n")), "{line} in {one}");
        }

        // What the office changes for itself is no change of the calendar's.
        let desk = world.db.desk(&manager);
        world.pass(3600);
        let same = SlotInput { date: "2026-03-10".into(), from: "08:00".into(), until: "10:00".into(), ..SlotInput::default() };
        desk.move_appointment(shared, version(&world, &manager, target, shared).await, &same).await.unwrap();
        assert_eq!(event(&fetched(&world, &feed.token).await, shared), one, "{}", world.engine);
        let later = SlotInput { date: "2026-03-12".into(), ..same };
        desk.move_appointment(shared, version(&world, &manager, target, shared).await, &later).await.unwrap();
        let moved = event(&fetched(&world, &feed.token).await, shared);
        for line in ["SEQUENCE:1", "LAST-MODIFIED:20260302T100000Z", "DTSTART;TZID=Europe/Berlin:20260312T080000"] {
            assert!(moved.contains(&format!("{line}\r\n")), "{line} in {moved}");
        }

        desk.cancel_appointment(shared, version(&world, &manager, target, shared).await, "Our technician is ill.").await.unwrap();
        let cancelled = event(&fetched(&world, &feed.token).await, shared);
        assert!(cancelled.contains("STATUS:CANCELLED\r\n") && cancelled.contains("Our technician is ill."), "{cancelled}");
        let file = world.db.portal(&ana).calendar_file(shared).await.unwrap().replace("\r\n ", "");
        assert_eq!(event(&file, shared), cancelled, "{}", world.engine);
        assert!(!file.contains("REFRESH-INTERVAL"));
        assert!(matches!(world.db.portal(&ana).calendar_file(tentative).await, Err(Error::NotFound)));
        assert!(matches!(world.db.portal(&ana).calendar_file(AppointmentId::new()).await, Err(Error::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn g6_a_new_password_ends_sessions_and_leaves_calendars_alone() {
    on_both(async |world| {
        let manager = world.manager().await;
        let customer = world.customer(&manager, "Acme").await;
        world.contact(&manager, customer, "Ana", &everywhere()).await;
        let anonymous = world.db.anonymous();
        let session = anonymous.sign_in_contact("ana@customer.example", PASSWORD, &world.client()).await.unwrap();
        let ana = world.db.portal_actor(&session).await.unwrap();
        let feed = made(&world, &ana).await;
        world.db.portal(&ana).change_password(PASSWORD, "eleven-lanterns-at-dawn").await.unwrap();
        assert!(!is_dead(&world, &feed.token).await, "{}: changed", world.engine);

        // The mail about the change first, so that the link is in the newest one.
        world.system.send_due_mail(&world.mailer).await.unwrap();
        anonymous.ask_reset("ana@customer.example", &world.client()).await.unwrap();
        let reset = world.mailed_token("ana@customer.example", "/reset/").await;
        anonymous.reset_password(&reset, "nine-lanterns-at-midnight", &world.client()).await.unwrap();
        assert!(matches!(world.db.portal_actor(&session).await, Err(Error::NotSignedIn)), "{}", world.engine);
        assert!(!is_dead(&world, &feed.token).await, "{}: reset", world.engine);
    })
    .await;
}

#[tokio::test]
async fn a1_a_feed_reaches_ninety_days_back() {
    on_both(async |world| {
        let manager = world.manager().await;
        let customer = world.customer(&manager, "Acme").await;
        let location = world.location(&manager, customer, "Head office").await;
        let ana = world.contact(&manager, customer, "Ana", &everywhere()).await;
        let target = world.work(&manager, location).await;
        let id = schedule(&world, &manager, target, "2026-03-03", true).await;
        world.pass(2 * DAY);
        world.db.desk(&manager).finish_appointment(id, version(&world, &manager, target, id).await, &VisitInput::default()).await.unwrap();
        let feed = made(&world, &ana).await;
        world.pass(88 * DAY);
        assert!(has(&fetched(&world, &feed.token).await, id), "{}", world.engine);
        world.pass(3 * DAY);
        assert!(!has(&fetched(&world, &feed.token).await, id), "{}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn g10_a_feed_follows_the_grant_at_its_next_fetch() {
    on_both(async |world| {
        let manager = world.manager().await;
        let customer = world.customer(&manager, "Acme").await;
        let (here, there) = (world.location(&manager, customer, "Here").await, world.location(&manager, customer, "There").await);
        let ana = world.contact(&manager, customer, "Ana", &everywhere()).await;
        let feed = made(&world, &ana).await;
        let at = async |location: LocationId| {
            let target = world.work(&manager, location).await;
            schedule(&world, &manager, target, "2026-03-10", true).await
        };
        let (one, two) = (at(here).await, at(there).await);
        let sees = async || {
            let calendar = fetched(&world, &feed.token).await;
            (has(&calendar, one), has(&calendar, two))
        };
        let desk = world.db.desk(&manager);
        let change = async |grant: &GrantInput| {
            let now = desk.person(ana.contact_id()).await.unwrap().grants.remove(0);
            desk.edit_grant(now.id, now.version, grant).await.unwrap();
        };
        assert_eq!(sees().await, (true, true), "{}", world.engine);
        change(&chosen(&[there])).await;
        assert_eq!(sees().await, (false, true), "a location is gone, {}", world.engine);
        change(&GrantInput { appointments: String::new(), ..everywhere() }).await;
        assert_eq!(sees().await, (false, false), "the right is gone, {}", world.engine);
        // The grant's last day passes, and nobody signs in meanwhile.
        change(&GrantInput { last_day: "2026-03-04".into(), ..everywhere() }).await;
        assert_eq!(sees().await, (true, true));
        world.pass(4 * DAY);
        assert_eq!(sees().await, (false, false), "the grant ran out, {}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn promise_3_a_feed_ends_with_its_link_its_successor_and_its_contact() {
    on_both(async |world| {
        let manager = world.manager().await;
        let customer = world.customer(&manager, "Acme").await;
        let ana = world.contact(&manager, customer, "Ana", &everywhere()).await;
        let portal = world.db.portal(&ana);
        assert_eq!(portal.calendar_feed(None).await.unwrap(), None);
        portal.end_calendar_feed().await.unwrap();

        let first = made(&world, &ana).await;
        let second = made(&world, &ana).await;
        assert!(is_dead(&world, &first.token).await, "{}", world.engine);
        fetched(&world, &second.token).await;
        portal.end_calendar_feed().await.unwrap();
        assert!(is_dead(&world, &second.token).await, "{}", world.engine);
        assert_eq!(portal.calendar_feed(None).await.unwrap(), None);

        let third = made(&world, &ana).await;
        let desk = world.db.desk(&manager);
        desk.disable_contact(ana.contact_id(), desk.person(ana.contact_id()).await.unwrap().version).await.unwrap();
        assert!(is_dead(&world, &third.token).await, "{}", world.engine);
        desk.enable_contact(ana.contact_id(), desk.person(ana.contact_id()).await.unwrap().version).await.unwrap();
        assert!(is_dead(&world, &third.token).await, "an old link does not come back, {}", world.engine);

        let admin = world.staff("Ada", Role::Admin).await;
        let kinds: Vec<_> = world
            .db
            .desk(&admin)
            .journal(&AuditFilter::default())
            .await
            .unwrap()
            .entries
            .items
            .into_iter()
            .map(|entry| entry.log.kind)
            .collect();
        let count = |kind: &str| kinds.iter().filter(|own| *own == kind).count();
        assert_eq!((count("calendar_feed_made"), count("calendar_feed_ended")), (3, 2), "{}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn promise_14_the_link_is_told_once_and_kept_as_a_hash() {
    on_both(async |world| {
        let manager = world.manager().await;
        let customer = world.customer(&manager, "Acme").await;
        let ana = world.contact(&manager, customer, "Ana", &everywhere()).await;
        let ben = world.contact(&manager, customer, "Ben", &everywhere()).await;
        let portal = world.db.portal(&ana);
        let old = made(&world, &ana).await;
        let feed = made(&world, &ana).await;
        let token = feed.token.reveal().to_owned();
        let again = NewFeed { id: feed.id, token: Token::presented(&token) };
        let view = portal.calendar_feed(Some(feed)).await.unwrap().unwrap();
        assert_eq!(view.link.unwrap(), format!("http://127.0.0.1:3000/calendar/{token}.ics"));
        assert_eq!(view.fetched, None);
        assert_eq!(portal.calendar_feed(Some(old)).await.unwrap().unwrap().link, None, "{}", world.engine);
        // The link of somebody else who used the same browser is not shown.
        made(&world, &ben).await;
        assert_eq!(world.db.portal(&ben).calendar_feed(Some(again)).await.unwrap().unwrap().link, None, "{}", world.engine);
        fetched(&world, &Token::presented(&token)).await;
        let view = portal.calendar_feed(None).await.unwrap().unwrap();
        assert!(view.link.is_none() && view.fetched.is_some(), "{}", world.engine);
        assert_eq!(rows_with(&world, &token).await, 0, "{}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn promise_8_wrong_links_are_slowed_down_and_a_good_one_is_not() {
    on_both(async |world| {
        let manager = world.manager().await;
        let customer = world.customer(&manager, "Acme").await;
        let ana = world.contact(&manager, customer, "Ana", &everywhere()).await;
        let feed = made(&world, &ana).await;
        for n in 0..100 {
            assert!(is_dead(&world, &Token::presented(&format!("no token {n}"))).await, "{n}");
        }
        let refused = world.db.anonymous().calendar(&Token::presented(""), &world.client()).await;
        assert!(matches!(refused, Err(Error::TooMany { .. })), "{}", world.engine);
        fetched(&world, &feed.token).await;
        world.pass(901);
        assert!(is_dead(&world, &Token::presented("")).await, "{}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn promise_11_what_somebody_typed_stays_text() {
    on_both(async |world| {
        let manager = world.manager().await;
        let customer = world.customer(&manager, "Acme").await;
        let input =
            LocationInput { name: "Haus; A, B: \\ 😀 BEGIN:VEVENT".into(), zone: "Asia/Kolkata".into(), ..LocationInput::default() };
        let location = world.db.desk(&manager).add_location(customer, &input).await.unwrap();
        let ana = world.contact(&manager, customer, "Ana", &everywhere()).await;
        let target = world.work(&manager, location).await;
        let id = schedule(&world, &manager, target, "2026-03-10", true).await;
        let sentence = "Sorry.\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:other";
        world.db.desk(&manager).cancel_appointment(id, version(&world, &manager, target, id).await, sentence).await.unwrap();
        let calendar = fetched(&world, &made(&world, &ana).await.token).await;
        assert_eq!(calendar.matches("\r\nBEGIN:VEVENT\r\n").count(), 1, "{}: {calendar}", world.engine);
        assert!(calendar.contains("LOCATION:Haus\\; A\\, B: \\\\ 😀 BEGIN:VEVENT\r\n"), "{calendar}");
        assert!(calendar.contains("TZOFFSETTO:+0530\r\n"), "{calendar}");
    })
    .await;
}
