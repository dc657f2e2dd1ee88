//! The company's own words for public statuses: who sets them, and where they are read.

use std::collections::BTreeMap;

use crate::support::{World, everywhere, on_both};
use domain::Error;
use domain::actor::StaffActor;
use domain::audit::AuditFilter;
use domain::field::{Problem, Problems};
use domain::role::Role;
use domain::status_word::{StatusWord, WORD_LIMIT};
use domain::text::Lang;

/// The form with these words in it; the other fields are empty.
fn typed(words: &[(StatusWord, Lang, &str)]) -> BTreeMap<String, String> {
    let mut fields = BTreeMap::new();
    for status in StatusWord::ALL {
        for lang in Lang::ALL {
            fields.insert(status.field(*lang), String::new());
        }
    }
    fields.extend(words.iter().map(|(status, lang, word)| (status.field(*lang), (*word).to_owned())));
    fields
}

async fn say(world: &World, admin: &StaffActor, words: &[(StatusWord, Lang, &str)]) {
    let desk = world.db.desk(admin);
    desk.edit_status_words(desk.status_words().await.unwrap().version, &typed(words)).await.unwrap();
}

#[tokio::test]
async fn g14_an_administrator_says_the_status_words_and_nobody_else_does() {
    on_both(async |world| {
        let admin = world.staff("Ada", Role::Admin).await;
        let desk = world.db.desk(&admin);
        let before = desk.status_words().await.unwrap();
        assert!(before.words.is_empty(), "{}", world.engine);
        let words = typed(&[(StatusWord::Accepted, Lang::En, "Confirmed")]);
        for role in [Role::Dispatcher, Role::Manager] {
            let other = world.staff(role.word(), role).await;
            assert!(matches!(world.db.desk(&other).status_words().await, Err(Error::Forbidden)), "{role} on {}", world.engine);
            let refused = world.db.desk(&other).edit_status_words(before.version, &words).await;
            assert!(matches!(refused, Err(Error::Forbidden)), "{role} on {}", world.engine);
        }
        desk.edit_status_words(before.version, &words).await.unwrap();
        let stale = desk.edit_status_words(before.version, &typed(&[])).await;
        assert!(matches!(stale, Err(Error::Conflict)), "{}", world.engine);
        assert_eq!(desk.status_words().await.unwrap().own(StatusWord::Accepted, Lang::En), "Confirmed", "{}", world.engine);

        let log = desk.journal(&AuditFilter { kind: "company_words_changed".into(), ..AuditFilter::default() }).await.unwrap();
        let details: Vec<_> = log.entries.items.iter().map(|entry| entry.log.details.as_str()).collect();
        assert_eq!(details, ["Changed: Accepted"], "{}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn w2_readers_are_told_the_own_words_of_their_language() {
    on_both(async |world| {
        let (manager, admin) = (world.manager().await, world.staff("Ada", Role::Admin).await);
        let customer = world.customer(&manager, "Acme").await;
        let ana = world.contact(&manager, customer, "Ana", &everywhere()).await;
        // The product's own word is no word of the company's.
        let words = [
            (StatusWord::Accepted, Lang::En, "  Confirmed   by us "),
            (StatusWord::Planned, Lang::De, "Terminiert"),
            (StatusWord::Submitted, Lang::En, "Submitted"),
        ];
        say(&world, &admin, &words).await;
        for told in [world.db.portal(&ana).me().await.unwrap().words, world.db.desk(&manager).me().await.unwrap().words] {
            assert_eq!(told.say(StatusWord::Accepted, Lang::En), "Confirmed by us", "{}", world.engine);
            assert_eq!(told.own(StatusWord::Planned), None, "that is German, {}", world.engine);
            assert_eq!(told.own(StatusWord::Submitted), None, "{}", world.engine);
        }
        let german = world.db.anonymous().own_words(Lang::De).await.unwrap();
        assert_eq!((german.own(StatusWord::Planned), german.own(StatusWord::Accepted)), (Some("Terminiert"), None), "{}", world.engine);

        // An empty form takes them all away.
        say(&world, &admin, &[]).await;
        let told = world.db.portal(&ana).me().await.unwrap().words;
        assert_eq!(told.say(StatusWord::Accepted, Lang::En), "Accepted", "{}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn a_status_word_that_is_too_long_is_refused_with_all_others() {
    on_both(async |world| {
        let admin = world.staff("Ada", Role::Admin).await;
        let desk = world.db.desk(&admin);
        let before = desk.status_words().await.unwrap();
        let long = "x".repeat(WORD_LIMIT + 1);
        let words = typed(&[(StatusWord::Accepted, Lang::En, "Confirmed"), (StatusWord::FollowUpDone, Lang::De, &long)]);
        match desk.edit_status_words(before.version, &words).await {
            Err(Error::Invalid(problems)) => {
                assert_eq!(problems, Problems::of("follow_up_done-de", Problem::TooLong { most: WORD_LIMIT }), "{}", world.engine);
            }
            other => panic!("no problems but {other:?}"),
        }
        assert_eq!(desk.status_words().await.unwrap(), before, "{}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn w2_mails_and_calendars_say_the_own_words_and_promise_11_they_are_inert() {
    on_both(async |world| {
        let (manager, admin) = (world.manager().await, world.staff("Ada", Role::Admin).await);
        let customer = world.customer(&manager, "Acme").await;
        let location = world.location(&manager, customer, "North").await;
        let ana = world.contact(&manager, customer, "Ana", &everywhere()).await;
        let words = [
            (StatusWord::Accepted, Lang::En, "<b>Confirmed\r\nBcc: eve@evil.example"),
            (StatusWord::AppointmentScheduled, Lang::En, "Fixed; \r\nBEGIN:VALARM"),
        ];
        say(&world, &admin, &words).await;
        let request = world.request(&ana, location, "Heating").await;
        let target = world.target(&manager, request).await;
        let appointment = world.appointment(&manager, target).await;

        world.system.send_due_mail(&world.mailer).await.unwrap();
        let mails = world.mails_to("ana@customer.example");
        let accepted = mails.iter().find(|mail| mail.contains("Request: <b>Confirmed")).unwrap_or_else(|| panic!("{mails:#?}"));
        let headers = accepted.split_once("\r\n\r\n").unwrap().0;
        assert!(!headers.lines().any(|line| line.starts_with("Bcc")), "{}: {headers}", world.engine);
        let html = accepted.split_once("text/html").unwrap().1;
        assert!(!html.contains("<b>Confirmed") && html.contains("Confirmed Bcc"), "{}: {html}", world.engine);
        assert!(mails.iter().any(|mail| mail.contains("Service: Fixed; BEGIN:VALARM")), "{}: {mails:#?}", world.engine);

        let calendar = world.db.portal(&ana).calendar_file(appointment).await.unwrap().replace("\r\n ", "");
        assert!(calendar.contains("DESCRIPTION:Fixed\\; BEGIN:VALARM\\n"), "{}: {calendar}", world.engine);
        assert!(!calendar.lines().any(|line| line == "BEGIN:VALARM"), "{}: {calendar}", world.engine);
    })
    .await;
}
