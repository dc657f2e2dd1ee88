//! The demo builds itself through the product's own doors, and takes nothing that is not its own.

use std::collections::BTreeSet;

use domain::appointment::AppointmentFilter;
use domain::clock::Clock;
use domain::db::Db;
use domain::request::{PublicStatus, RequestFilter};
use domain::suggestion::SuggestionStatus;
use domain::throttle::Client;
use server::demo;

/// A folder that goes when the test is over.
fn folder() -> tempfile::TempDir {
    tempfile::Builder::new().prefix("ordinavo-demo-test-").tempdir().unwrap()
}

#[tokio::test]
async fn w4_five_customers_see_requests_in_all_states() {
    let folder = folder();
    let config = crate::support::settings(folder.path(), &[]);
    demo::prepare(&config).await.unwrap();
    let (db, _system) = Db::open(&config.base.storage(), config.base.settings(), Clock::System).await.unwrap();
    let client = Client { address: [127, 0, 0, 1].into(), user_agent: "test".into() };
    let mut seen = BTreeSet::new();
    for name in ["facility", "site", "retail", "elevator", "partner"] {
        let token = db.anonymous().sign_in_contact(&format!("{name}@demo.example"), demo::PASSWORD, &client).await.unwrap();
        let actor = db.portal_actor(&token).await.unwrap();
        let requests = db.portal(&actor).requests(&RequestFilter::default()).await.unwrap().items;
        assert!(!requests.is_empty(), "{name}");
        seen.extend(requests.into_iter().map(|request| request.status));
    }
    let token = db.anonymous().sign_in_contact("facility@demo.example", demo::PASSWORD, &client).await.unwrap();
    let actor = db.portal_actor(&token).await.unwrap();
    let portal = db.portal(&actor);
    assert!(portal.calendar_feed(None).await.unwrap().is_some_and(|feed| feed.fetched.is_some()));
    let mut open = 0;
    for row in portal.appointments(&AppointmentFilter::default()).await.unwrap().items {
        let latest = portal.own_suggestion(row.id).await.unwrap().latest;
        open += usize::from(latest.is_some_and(|latest| latest.status == SuggestionStatus::Open));
    }
    assert_eq!(open, 1, "a suggestion waits for an answer");
    for status in [
        PublicStatus::Submitted,
        PublicStatus::InReview,
        PublicStatus::AnswerNeeded,
        PublicStatus::Accepted,
        PublicStatus::Planned,
        PublicStatus::Completed,
        PublicStatus::Rejected,
        PublicStatus::Cancelled,
    ] {
        assert!(seen.contains(&status), "{status}");
    }
}

#[tokio::test]
async fn the_demo_leaves_another_database_and_other_machines_alone() {
    let server = crate::support::Server::start().await;
    server.staff("mara", domain::role::Role::Manager).await;
    let refused = demo::prepare(&crate::support::settings(server.folder.path(), &[])).await.expect_err("refused").to_string();
    assert!(refused.contains("something else than the demo"), "{refused}");

    let folder = folder();
    let mut config = crate::support::settings(folder.path(), &[]);
    config.portal_address = ([0, 0, 0, 0], 0).into();
    let refused = demo::prepare(&config).await.expect_err("refused").to_string();
    assert!(refused.contains("this machine only"), "{refused}");

    let smtp = ["--smtp-url", "smtp://127.0.0.1:25", "--mail-from", "portal@demo.example"];
    let refused = demo::prepare(&crate::support::settings(folder.path(), &smtp)).await.expect_err("refused").to_string();
    assert!(refused.contains("sends no email"), "{refused}");
}
