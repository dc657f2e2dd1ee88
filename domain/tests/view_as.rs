//! Staff look at the portal as a contact: exactly what that contact sees, nothing more, without a trace for the contact and with one for
//! the administrators.

use crate::support::{World, chosen, everywhere, on_both, what, words};
use domain::Error;
use domain::actor::StaffActor;
use domain::appointment::AppointmentFilter;
use domain::audit::{About, AuditEntry, AuditFilter};
use domain::follow_up::FollowUpInput;
use domain::grant::GrantInput;
use domain::id::ContactId;
use domain::report::ReportFilter;
use domain::request::RequestFilter;
use domain::role::Role;

/// The looks that the journal tells of, newest first.
async fn looks(world: &World, admin: &StaffActor) -> Vec<AuditEntry> {
    let filter = AuditFilter { kind: "portal_viewed".into(), ..AuditFilter::default() };
    world.db.desk(admin).journal(&filter).await.unwrap().entries.items
}

#[tokio::test]
async fn promise_19_a_look_as_a_contact_shows_its_portal_and_leaves_no_trace_in_it() {
    on_both(async |world| {
        let (engine, manager) = (world.engine, world.manager().await);
        let customer = world.customer(&manager, "Acme").await;
        let (north, south) = (world.location(&manager, customer, "North").await, world.location(&manager, customer, "South").await);
        let ana = world.contact(&manager, customer, "Ana", &everywhere()).await;
        let ben = world.contact(&manager, customer, "Ben", &chosen(&[south])).await;
        let request = world.request(&ana, north, "Boiler").await;
        let target = world.target(&manager, request).await;
        let report = world.report(&manager, target, "CANARY of the technician").await;
        world.approve(&manager, report).await;
        world.release(&manager, report, &words("Valve")).await;
        world.appointment(&manager, target).await;
        let desk = world.db.desk(&manager);
        let follow_up = FollowUpInput { internal_text: "CANARY to do".into(), public_text: "We come back".into() };
        let left = desk.require_follow_up(report, &follow_up).await.unwrap();
        let version = desk.report(report).await.unwrap().follow_ups[0].version;
        desk.share_follow_up(left, version).await.unwrap();
        let draft = world.db.portal(&ana).start_draft(&north.to_string()).await.unwrap();
        world.db.portal(&ana).save_what(draft, &what("DRAFT")).await.unwrap();

        for who in [&ana, &ben] {
            let (portal, seen) = (world.db.portal(who), desk.view_as(who.contact_id()).await.unwrap());
            let (all, past) = (RequestFilter::default(), AppointmentFilter { show: "past".into(), ..AppointmentFilter::default() });
            let coming = AppointmentFilter::default();
            assert_eq!(seen.requests(&all).await.unwrap(), portal.requests(&all).await.unwrap(), "{engine}");
            assert_eq!(seen.appointments(&coming).await.unwrap(), portal.appointments(&coming).await.unwrap(), "{engine}");
            assert_eq!(seen.appointments(&past).await.unwrap(), portal.appointments(&past).await.unwrap(), "{engine}");
            assert_eq!(seen.open_work().await.unwrap(), portal.open_work().await.unwrap(), "{engine}");
            let reports = ReportFilter::default();
            assert_eq!(seen.reports(&reports).await.unwrap(), portal.reports(&reports).await.unwrap(), "{engine}");
            assert_eq!(seen.follow_ups().await.unwrap(), portal.follow_ups().await.unwrap(), "{engine}");
            assert_eq!(seen.report(report).await.is_ok(), portal.report_unopened(report).await.is_ok(), "{engine}");
        }

        let page = desk.seen_portal(ana.contact_id()).await.unwrap();
        assert!(page.active && page.name == "Ana", "{engine}");
        assert_eq!((page.requests.len(), page.appointments.len(), page.reports.len(), page.follow_ups.len()), (1, 2, 1, 1), "{engine}");
        assert!(page.appointments.iter().all(|seen| seen.target_id == target), "{engine}");
        assert_eq!(page.reports[0].summary, "Valve: summary", "{engine}");
        let all = format!("{page:?}");
        assert!(!all.contains("CANARY") && !all.contains("DRAFT") && !all.contains("Internal title"), "{engine}: {all}");
        let empty = desk.seen_portal(ben.contact_id()).await.unwrap();
        assert!(empty.requests.is_empty() && empty.appointments.is_empty() && empty.reports.is_empty(), "{engine}");

        // What somebody has not sent stays its own, and a report that staff looked at is still new.
        assert_eq!(world.db.portal(&ana).home().await.unwrap().drafts.len(), 1, "{engine}");
        assert!(desk.view_as(ana.contact_id()).await.unwrap().home().await.unwrap().drafts.is_empty(), "{engine}");
        assert!(world.db.portal(&ana).reports(&ReportFilter::default()).await.unwrap().items[0].unread, "{engine}");
        assert!(desk.report(report).await.unwrap().release.unwrap().opened_by.is_empty(), "{engine}");
        let sessions = world.db.portal(&ana).sessions().await.unwrap();
        assert_eq!(sessions.len(), 1, "{engine}: a look is no session");
    })
    .await;
}

#[tokio::test]
async fn promise_19_each_look_is_written_down_and_only_managers_look() {
    on_both(async |world| {
        let (engine, manager, admin) = (world.engine, world.manager().await, world.staff("Ada", Role::Admin).await);
        let dispatcher = world.staff("Dirk", Role::Dispatcher).await;
        let customer = world.customer(&manager, "Acme").await;
        let ana = world.contact(&manager, customer, "Ana", &everywhere()).await.contact_id();

        assert!(matches!(world.db.desk(&dispatcher).view_as(ana).await.map(drop), Err(Error::Forbidden)), "{engine}");
        assert!(matches!(world.db.desk(&dispatcher).seen_portal(ContactId::nobody()).await, Err(Error::Forbidden)), "{engine}");
        assert!(matches!(world.db.desk(&manager).view_as(ContactId::new()).await.map(drop), Err(Error::NotFound)), "{engine}");
        assert!(looks(&world, &admin).await.is_empty(), "{engine}");

        world.db.desk(&manager).seen_portal(ana).await.unwrap();
        world.db.desk(&manager).seen_portal(ana).await.unwrap();
        world.db.desk(&admin).view_as(ana).await.map(drop).unwrap();
        let looks = looks(&world, &admin).await;
        let by: Vec<_> = looks.iter().map(|entry| entry.log.actor_name.as_deref().unwrap_or_default()).collect();
        assert_eq!(by, ["Ada", "Mara", "Mara"], "{engine}");
        assert!(looks.iter().all(|entry| matches!(&entry.about, Some(About::Person(id, _)) if *id == ana)), "{engine}");
    })
    .await;
}

#[tokio::test]
async fn promise_3_a_look_follows_the_access_as_it_is() {
    on_both(async |world| {
        let (engine, manager) = (world.engine, world.manager().await);
        let customer = world.customer(&manager, "Acme").await;
        let north = world.location(&manager, customer, "North").await;
        let tonight = GrantInput { last_day: "2026-03-02".into(), ..everywhere() };
        let ana = world.contact(&manager, customer, "Ana", &tonight).await;
        let ben = world.contact(&manager, customer, "Ben", &everywhere()).await;
        world.request(&ana, north, "Boiler").await;
        world.request(&ben, north, "Lift").await;
        let desk = world.db.desk(&manager);

        assert_eq!(desk.seen_portal(ana.contact_id()).await.unwrap().requests.len(), 1, "{engine}");
        // Past its end, although nobody came by since.
        world.pass(86_400);
        let seen = desk.seen_portal(ana.contact_id()).await.unwrap();
        assert_eq!((seen.active, seen.requests.len(), seen.reach.locations), (true, 0, 0), "{engine}");

        assert_eq!(desk.seen_portal(ben.contact_id()).await.unwrap().requests.len(), 1, "{engine}");
        let version = desk.person(ben.contact_id()).await.unwrap().version;
        desk.disable_contact(ben.contact_id(), version).await.unwrap();
        let seen = desk.seen_portal(ben.contact_id()).await.unwrap();
        assert_eq!((seen.active, seen.requests.len(), seen.reach.locations), (false, 0, 0), "{engine}");
    })
    .await;
}
