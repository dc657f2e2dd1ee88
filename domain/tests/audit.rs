//! The audit log: complete, read only, filtered, for administrators alone.

use std::collections::BTreeSet;

use crate::support::{World, everywhere, on_both};
use domain::Error;
use domain::actor::StaffActor;
use domain::audit::{About, AuditEntry, AuditFilter};
use domain::company::CompanyInput;
use domain::customer::CustomerInput;
use domain::role::Role;

const DAY: i64 = 86_400;

/// All entries that a filter leaves, newest first.
async fn log(world: &World, admin: &StaffActor, filter: AuditFilter) -> Vec<AuditEntry> {
    let (mut entries, mut filter) = (Vec::new(), filter);
    loop {
        let page = world.db.desk(admin).journal(&filter).await.unwrap().entries;
        entries.extend(page.items);
        match page.next {
            Some(cursor) => filter.after = cursor.0,
            None => return entries,
        }
    }
}

fn kinds(entries: &[AuditEntry]) -> BTreeSet<&str> {
    entries.iter().map(|entry| entry.log.kind.as_str()).collect()
}

#[tokio::test]
async fn promise_20_the_log_is_filtered_by_subject_kind_person_and_day() {
    on_both(async |world| {
        let (manager, admin) = (world.manager().await, world.staff("Ada", Role::Admin).await);
        let company = world.db.desk(&admin).company().await.unwrap();
        let berlin = CompanyInput { name: company.name, emergency_phone: String::new(), zone: "Europe/Berlin".into() };
        world.db.desk(&admin).edit_company(company.version, &berlin).await.unwrap();
        let customer = world.customer(&manager, "Acme").await;
        let location = world.location(&manager, customer, "North").await;
        let ana = world.contact(&manager, customer, "Ana", &everywhere()).await;
        // 22:30 UTC is half past eleven at night in Berlin, and half an hour later the next day there.
        world.pass(13 * 3600 + 1800);
        world.request(&ana, location, "Before midnight").await;
        world.pass(3600);
        let after = world.request(&ana, location, "After midnight").await;

        let by = async |filter: AuditFilter| log(&world, &admin, filter).await;
        let all = by(AuditFilter::default()).await;
        let numbers: Vec<_> = all.iter().map(|entry| entry.log.seq).collect();
        assert!(numbers.windows(2).all(|pair| pair[0] == pair[1] + 1), "complete, newest first, {}", world.engine);

        let requests = by(AuditFilter { subject: "request".into(), ..AuditFilter::default() }).await;
        assert_eq!(kinds(&requests), BTreeSet::from(["request_submitted"]), "{}", world.engine);
        assert!(matches!(&requests[0].about, Some(About::Request(id, _)) if *id == after), "{}", world.engine);
        let people = by(AuditFilter { subject: "person".into(), ..AuditFilter::default() }).await;
        let expected = BTreeSet::from(["contact_added", "grant_given", "invitation_sent", "invitation_accepted"]);
        assert_eq!(kinds(&people), expected, "{}", world.engine);
        assert!(people.iter().all(|entry| matches!(&entry.about, Some(About::Person(_, name)) if name == "Ana")), "{}", world.engine);

        let kind = by(AuditFilter { kind: "customer_added".into(), ..AuditFilter::default() }).await;
        assert_eq!(kind.len(), 1, "{}", world.engine);
        let neither = AuditFilter { kind: "customer_added".into(), subject: "request".into(), ..AuditFilter::default() };
        for nothing in [neither, AuditFilter { subject: "weather".into(), ..AuditFilter::default() }] {
            assert!(by(nothing).await.is_empty(), "{}", world.engine);
        }

        // Of what she did and what was done to her, by name and by address, whatever the case.
        for who in ["ana", "ANA@customer"] {
            let hers = by(AuditFilter { who: who.into(), ..AuditFilter::default() }).await;
            assert!(kinds(&hers).is_superset(&BTreeSet::from(["request_submitted", "grant_given"])), "{who} on {}", world.engine);
            assert!(!kinds(&hers).contains("customer_added"), "{who} on {}", world.engine);
        }
        assert!(by(AuditFilter { who: "%".into(), ..AuditFilter::default() }).await.is_empty(), "{}", world.engine);

        let day = |from: &str, until: &str| AuditFilter {
            subject: "request".into(),
            from: from.into(),
            until: until.into(),
            ..AuditFilter::default()
        };
        assert_eq!(by(day("2026-03-03", "")).await.len(), 1, "{}", world.engine);
        assert_eq!(by(day("", "2026-03-02")).await.len(), 1, "{}", world.engine);
        assert_eq!(by(day("2026-03-02", "2026-03-03")).await.len(), 2, "{}", world.engine);
        assert_eq!(by(day("not a day", "")).await.len(), 2, "{}", world.engine);
        let shown = &by(day("2026-03-03", "")).await[0].log.at.text;
        assert_eq!(shown, "Tue 3 Mar 2026, 12:30\u{a0}am", "{}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn promise_20_an_export_is_whole_for_administrators_only_and_written_down() {
    on_both(async |world| {
        let (manager, admin) = (world.manager().await, world.staff("Ada", Role::Admin).await);
        // More than one part.
        let input = |n: usize| CustomerInput { name: format!("Acme {n}"), kind: "retail".into(), internal_note: String::new() };
        for n in 0..210 {
            world.db.desk(&manager).add_customer(&input(n)).await.unwrap();
        }
        world.pass(DAY);
        let filter = AuditFilter { kind: "customer_added".into(), who: "Mara".into(), ..AuditFilter::default() };
        let refused = world.db.desk(&manager).journal_part(&filter, None).await;
        assert!(matches!(refused, Err(Error::Forbidden)), "{}", world.engine);
        assert!(matches!(world.db.desk(&manager).record_journal_export(&filter).await, Err(Error::Forbidden)), "{}", world.engine);

        let desk = world.db.desk(&admin);
        desk.record_journal_export(&filter).await.unwrap();
        let (mut names, mut before) = (BTreeSet::new(), None);
        loop {
            let part = desk.journal_part(&filter, before).await.unwrap();
            let Some(last) = part.last() else { break };
            before = Some(last.log.seq);
            names.extend(part.into_iter().filter_map(|entry| entry.about).map(|about| about.name().to_owned()));
        }
        assert_eq!(names.len(), 210, "{}", world.engine);
        let newest = &log(&world, &admin, AuditFilter::default()).await[0];
        let told = (newest.log.kind.as_str(), newest.log.actor_name.as_deref(), newest.log.details.as_str());
        assert_eq!(told, ("journal_exported", Some("Ada"), "Filtered by: kind, person"), "{}", world.engine);
    })
    .await;
}
