//! Requests from the first word to the outcome, through both doors and on both engines.

use crate::support::{World, chosen, everywhere, on_both, what};
use domain::Error;
use domain::actor::{PortalActor, StaffActor};
use domain::appointment::SlotInput;
use domain::customer::{CustomerInput, LocationInput};
use domain::field::{Problem, Refusal};
use domain::grant::GrantInput;
use domain::id::{FormKey, JobId, LocationId, RequestId};
use domain::page::Page;
use domain::request::{
    Decision, NextStep, PLACES_LISTED, PlaceChoice, PublicStatus, Queue, RecordInput, RequestFilter, RequestRow, Status, Timing, WhatInput,
    WindowInput,
};
use domain::role::Role;
use domain::sheet::SheetKind;
use domain::target::TargetInput;
use futures::future::join_all;

/// A manager, a customer with one location, and a contact there.
async fn one_place(world: &World) -> (StaffActor, LocationId, PortalActor) {
    let manager = world.manager().await;
    let customer = world.customer(&manager, "Acme").await;
    let place = world.location(&manager, customer, "Head office").await;
    let ana = world.contact(&manager, customer, "Ana", &everywhere()).await;
    (manager, place, ana)
}

fn is_conflict<T>(outcome: Result<T, Error>) -> bool {
    matches!(outcome, Err(Error::Conflict))
}

fn is_not_found<T>(outcome: Result<T, Error>) -> bool {
    matches!(outcome, Err(Error::NotFound))
}

/// What a refused act says about a field.
#[track_caller]
fn problem<T>(outcome: Result<T, Error>, field: &str) -> Problem {
    match outcome.err() {
        Some(Error::Invalid(problems)) => problems.get(field).cloned().unwrap_or_else(|| panic!("nothing about {field}: {problems:?}")),
        other => panic!("not refused for {field}: {other:?}"),
    }
}

fn refused(refusal: Refusal) -> Problem {
    Problem::Refused(refusal)
}

fn reject<'a>(duplicate_of: &'a str) -> Decision<'a> {
    Decision::Reject { public: "We do not service lifts.", internal: "Not profitable", duplicate_of }
}

fn window(date: &str, from: &str, until: &str) -> WindowInput {
    WindowInput { date: date.into(), from: from.into(), until: until.into() }
}

fn only(status: &str) -> RequestFilter {
    RequestFilter { status: status.into(), ..RequestFilter::default() }
}

async fn count(world: &World, by: &PortalActor, filter: &RequestFilter) -> usize {
    world.db.portal(by).requests(filter).await.unwrap().items.len()
}

async fn status(world: &World, by: &PortalActor, request: RequestId) -> PublicStatus {
    world.db.portal(by).request(request).await.unwrap().row.status
}

async fn events(world: &World, by: &StaffActor, request: RequestId, kind: &str) -> usize {
    world.db.desk(by).request(request).await.unwrap().log.iter().filter(|entry| entry.kind == kind).count()
}

async fn as_of(world: &World, contact: &PortalActor, request: RequestId) -> i64 {
    world.db.portal(contact).request(request).await.unwrap().as_of
}

async fn review(world: &World, by: &StaffActor, request: RequestId) {
    world.db.desk(by).start_review(request, world.version(by, request).await).await.unwrap();
}

// ------------------------------------------------------------------------------------------------------ writing one

#[tokio::test]
async fn r1_what_was_typed_is_kept_although_it_is_incomplete() {
    on_both(async |world| {
        let (_, place, ana) = one_place(&world).await;
        let portal = world.db.portal(&ana);
        let draft = portal.start_draft("").await.unwrap();
        let half = WhatInput { title: "Heating".into(), description: "It is cold\0 in here".into(), ..WhatInput::default() };
        assert_eq!(problem(portal.save_what(draft, &half).await, "kind"), Problem::NothingChosen);
        let kept = portal.draft(draft).await.unwrap();
        assert_eq!((kept.what.title.as_str(), kept.what.description.as_str()), ("Heating", "It is cold in here"));
        assert_eq!(kept.days.len(), 10);

        let long = WhatInput { title: "x".repeat(121), ..what("x") };
        assert_eq!(problem(portal.save_what(draft, &long).await, "title"), Problem::TooLong { most: 120 });
        assert_eq!(portal.draft(draft).await.unwrap().what.title.len(), 120);

        assert_eq!(problem(portal.submit(draft).await, "location"), Problem::NothingChosen);
        portal.save_where(draft, &place.to_string()).await.unwrap();
        let request = portal.submit(draft).await.unwrap();
        assert_eq!(portal.request(request).await.unwrap().description, "x: please help");
        assert!(portal.drafts().await.unwrap().is_empty(), "{}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn r3_wishes_are_checked_in_the_locations_time() {
    on_both(async |world| {
        let (_, place, ana) = one_place(&world).await;
        let portal = world.db.portal(&ana);
        let draft = portal.start_draft(&place.to_string()).await.unwrap();
        let wrong = [
            (vec![], Problem::NoDay),
            (vec![window("2026-03-01", "", "")], Problem::InThePast),
            // Ten in Berlin has just begun.
            (vec![window("2026-03-02", "08:00", "10:00")], Problem::InThePast),
            (vec![window("2026-03-29", "02:30", "04:00")], Problem::NoSuchTime),
            (vec![window("2026-03-10", "10:00", "09:00")], Problem::EndBeforeStart),
            (vec![window("2026-03-10", "10:00", "")], Problem::DayIncomplete),
            (vec![window("", "08:00", "10:00")], Problem::DayIncomplete),
            (vec![window("10 March", "", "")], Problem::NotADate),
            (vec![window("2026-03-10", "", ""); 6], Problem::TooMany { most: 5 }),
        ];
        for (windows, expected) in wrong {
            assert_eq!(problem(portal.save_when(draft, "days", &windows).await, "windows"), expected, "{windows:?}");
        }
        assert_eq!(portal.draft(draft).await.unwrap().timing, Timing::Any);

        let good = [window("2026-03-02", "10:00", "13:00"), window("", "", ""), window("2026-03-10", "", "")];
        portal.save_when(draft, "days", &good).await.unwrap();
        portal.save_what(draft, &what("Door")).await.unwrap();
        assert_eq!(portal.draft(draft).await.unwrap().spans.len(), 2);
        // The first wish is over before the request is sent.
        world.pass(5 * 3600);
        assert_eq!(problem(portal.submit(draft).await, "windows"), Problem::InThePast);
        portal.save_when(draft, "days", &good[2..]).await.unwrap();
        let request = portal.submit(draft).await.unwrap();
        let spans = portal.request(request).await.unwrap().windows;
        assert_eq!((spans.len(), spans[0].text.as_str()), (1, "Tue 10 Mar 2026"), "{}", world.engine);
        assert!(portal.home().await.unwrap().appointments.is_empty(), "R4: a wish is no appointment");
    })
    .await;
}

#[tokio::test]
async fn r15_sending_a_draft_twenty_times_at_once_makes_one_request() {
    on_both(async |world| {
        let (manager, place, ana) = one_place(&world).await;
        let portal = world.db.portal(&ana);
        let draft = portal.start_draft(&place.to_string()).await.unwrap();
        portal.save_what(draft, &what("Heating")).await.unwrap();
        let tries = (0..20).map(|_| {
            let (db, ana) = (world.db.clone(), ana.clone());
            tokio::spawn(async move { db.portal(&ana).submit(draft).await })
        });
        let made: Vec<_> = join_all(tries).await.into_iter().map(|made| made.unwrap().unwrap()).collect();
        assert!(made.iter().all(|request| *request == made[0]));
        assert_eq!(portal.submit(draft).await.unwrap(), made[0]);
        assert_eq!(count(&world, &ana, &only("")).await, 1, "{}", world.engine);
        assert_eq!(events(&world, &manager, made[0], "request_submitted").await, 1);
    })
    .await;
}

#[tokio::test]
async fn r16_a_recorded_request_is_the_contacts_own() {
    on_both(async |world| {
        let (manager, place, ana) = one_place(&world).await;
        let customer = world.customer(&manager, "Other").await;
        let elsewhere = world.location(&manager, customer, "Elsewhere").await;
        let desk = world.db.desk(&manager);
        let contact = desk.people("", "Ana", "").await.unwrap().items[0].id;
        let input = RecordInput {
            key: JobId::new().to_string(),
            contact: contact.to_string(),
            location: place.to_string(),
            what: what("Called: no light"),
            timing: "soon".into(),
            windows: Vec::new(),
        };
        let wrong = RecordInput { location: elsewhere.to_string(), ..input.clone() };
        assert_eq!(problem(desk.record_request(&wrong).await, "location"), Problem::NotAChoice);
        let request = desk.record_request(&input).await.unwrap();
        assert_eq!(desk.record_request(&input).await.unwrap(), request);
        let seen = world.db.portal(&ana).request(request).await.unwrap();
        assert!(seen.row.own && seen.recorded_by_team && seen.may_write, "{}", world.engine);
        assert_eq!(count(&world, &ana, &only("")).await, 1);
        assert_eq!(desk.request(request).await.unwrap().recorded_by_name.as_deref(), Some("Mara"));
        assert_eq!(events(&world, &manager, request, "request_submitted").await, 1);
    })
    .await;
}

// ------------------------------------------------------------------------------------------------------- who sees it

#[tokio::test]
async fn r12_others_requests_need_the_right_and_stay_read_only() {
    on_both(async |world| {
        let manager = world.manager().await;
        let customer = world.customer(&manager, "Acme").await;
        let place = world.location(&manager, customer, "Head office").await;
        let ana = world.contact(&manager, customer, "Ana", &everywhere()).await;
        let ben = world.contact(&manager, customer, "Ben", &everywhere()).await;
        let cem = world.contact(&manager, customer, "Cem", &GrantInput { colleagues: "on".into(), ..everywhere() }).await;
        let request = world.request(&ana, place, "Heating").await;

        assert_eq!(count(&world, &ben, &only("")).await, 0);
        assert!(is_not_found(world.db.portal(&ben).request(request).await));
        let seen = world.db.portal(&cem).request(request).await.unwrap();
        assert_eq!((seen.row.own, seen.row.sender_name.as_str(), seen.may_write, seen.may_withdraw), (false, "Ana", false, false));
        assert_eq!(count(&world, &cem, &RequestFilter { whose: "own".into(), ..only("") }).await, 0);
        for colleague in [&ben, &cem] {
            let portal = world.db.portal(colleague);
            assert!(is_not_found(portal.write_message(request, FormKey::new(), "Hello").await), "{}", world.engine);
            assert!(is_not_found(portal.withdraw(request, seen.as_of).await), "{}", world.engine);
        }
        assert_eq!(world.db.desk(&manager).request(request).await.unwrap().readers, ["Ana", "Cem"]);
    })
    .await;
}

#[tokio::test]
async fn g8_a_sibling_location_is_absent_everywhere() {
    on_both(async |world| {
        let manager = world.manager().await;
        let customer = world.customer(&manager, "Acme").await;
        let north = world.location(&manager, customer, "North").await;
        let south = world.location(&manager, customer, "South").await;
        let ana = world.contact(&manager, customer, "Ana", &GrantInput { colleagues: "on".into(), ..chosen(&[north]) }).await;
        let ben = world.contact(&manager, customer, "Ben", &everywhere()).await;
        let hidden = world.request(&ben, south, "Secret boiler").await;
        let portal = world.db.portal(&ana);

        assert!(is_not_found(portal.request(hidden).await));
        assert!(is_not_found(portal.place(south).await));
        assert_eq!(portal.places().await.unwrap().iter().map(|place| place.id).collect::<Vec<_>>(), [north]);
        let boiler = RequestFilter { q: "boiler".into(), ..only("") };
        let searches = [only(""), boiler, RequestFilter { location: south.to_string(), ..only("") }];
        for filter in &searches {
            assert_eq!(count(&world, &ana, filter).await, 0, "{filter:?}");
        }
        let home = portal.home().await.unwrap();
        assert_eq!((home.places, home.open_requests.len()), (1, 0), "{}", world.engine);
        // A foreign, a random and a malformed location say the same.
        let draft = portal.start_draft("").await.unwrap();
        for location in [south.to_string(), LocationId::new().to_string(), "x".into()] {
            assert_eq!(problem(portal.start_draft(&location).await, "location"), Problem::NotAChoice);
            assert_eq!(problem(portal.save_where(draft, &location).await, "location"), Problem::NotAChoice);
        }
        assert!(is_not_found(world.db.portal(&ben).draft(draft).await));
        assert!(is_not_found(world.db.portal(&ben).submit(draft).await));
        assert!(is_not_found(world.db.portal(&ben).discard_draft(draft).await));
    })
    .await;
}

#[tokio::test]
async fn r2_a_location_is_found_by_words_of_name_address_and_customer() {
    on_both(async |world| {
        let manager = world.manager().await;
        let (customer, other) = (world.customer(&manager, "Retail Ltd").await, world.customer(&manager, "Other").await);
        let mitte = world.location(&manager, customer, "Branch Mitte").await;
        let nord = world.location(&manager, customer, "Branch Nord").await;
        world.location(&manager, other, "Branch Mitte").await;
        let ana = world.contact(&manager, customer, "Ana", &everywhere()).await;
        let (desk, portal) = (world.db.desk(&manager), world.db.portal(&ana));
        let found = async |typed: &str, to_submit: bool, limit: i64| -> Vec<LocationId> {
            portal.find_places(typed, to_submit, limit).await.unwrap().into_iter().map(|place| place.id).collect()
        };
        for typed in ["mitte", "  berlin MITT ", "retail 10969 mitte", "Mitte, Lindenstr. 4"] {
            assert_eq!(found(typed, true, 50).await, [mitte], "{typed:?}, {}", world.engine);
        }
        for typed in ["mitte hamburg", "other", "itte"] {
            assert!(found(typed, true, 50).await.is_empty(), "{typed:?}, {}", world.engine);
        }
        assert_eq!((found("", true, 50).await, found("branch", true, 1).await), (vec![mitte, nord], vec![mitte]), "{}", world.engine);

        // Renamed, they are found by their new names.
        let edited = CustomerInput { name: "Handel AG".into(), kind: "retail".into(), internal_note: String::new() };
        desk.edit_customer(customer, desk.customer(customer).await.unwrap().version, &edited).await.unwrap();
        let held = desk.customer(customer).await.unwrap().locations.into_iter().find(|location| location.id == nord).unwrap();
        let edited = LocationInput { name: "Hafen".into(), zone: held.zone, ..LocationInput::default() };
        desk.edit_location(nord, held.version, &edited).await.unwrap();
        assert_eq!((found("handel hafen", true, 50).await, found("handel", true, 50).await.len()), (vec![nord], 2), "{}", world.engine);
        assert!(found("retail", true, 50).await.is_empty() && found("nord", true, 50).await.is_empty(), "{}", world.engine);

        // To send a request one needs the right.
        let reader = world.contact(&manager, customer, "Ben", &GrantInput { submit: String::new(), ..everywhere() }).await;
        let portal = world.db.portal(&reader);
        assert!(portal.find_places("hafen", true, 50).await.unwrap().is_empty(), "{}", world.engine);
        assert_eq!(portal.find_places("hafen", false, 50).await.unwrap().len(), 1, "{}", world.engine);
        assert_eq!((portal.place_count(true).await.unwrap(), portal.place_count(false).await.unwrap()), (0, 2), "{}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn g8_many_locations_are_searched_among_ones_own() {
    on_both(async |world| {
        let manager = world.manager().await;
        let (customer, other) = (world.customer(&manager, "Acme").await, world.customer(&manager, "Other").await);
        let desk = world.db.desk(&manager);
        let lines: String = (1..=PLACES_LISTED + 1).map(|n| format!("Store {n},Lindenstr. {n},10969,Berlin,Europe/Berlin\n")).collect();
        let list = format!("name,street,postal_code,city,time_zone\n{lines}");
        for customer in [customer, other] {
            let sheet = desk.keep_sheet(customer, SheetKind::Locations, list.as_bytes()).await.unwrap();
            desk.import_locations(sheet).await.unwrap();
        }
        let (own, foreign) = (desk.customer(customer).await.unwrap().locations[0].id, desk.customer(other).await.unwrap().locations[0].id);
        let ana = world.contact(&manager, customer, "Ana", &everywhere()).await;
        let portal = world.db.portal(&ana);
        let names = |choice: &PlaceChoice| choice.places.iter().map(|place| place.name.clone()).collect::<Vec<_>>();

        let nothing = portal.place_choice("", "").await.unwrap();
        assert!(nothing.many && nothing.has_several() && !nothing.is_empty(), "{}", world.engine);
        assert_eq!((names(&nothing).len(), nothing.chosen.is_none()), (0, true), "{}", world.engine);
        assert_eq!(portal.place_choice("store", "").await.unwrap(), nothing, "too many to list, {}", world.engine);
        assert_eq!(names(&portal.place_choice("store 5", "").await.unwrap()), ["Store 5", "Store 50", "Store 51"], "{}", world.engine);
        let chosen_one = portal.place_choice("store 5", &own.to_string()).await.unwrap();
        assert_eq!((names(&chosen_one).len(), chosen_one.chosen.unwrap().id), (0, own), "{}", world.engine);
        for stranger in [foreign.to_string(), LocationId::new().to_string(), "x".into()] {
            assert_eq!(portal.place_choice("", &stranger).await.unwrap(), nothing, "{}", world.engine);
        }

        let ben = world.contact(&manager, customer, "Ben", &chosen(&[own])).await;
        let few = world.db.portal(&ben).place_choice("", "").await.unwrap();
        assert_eq!((few.many, few.places.len(), few.has_several()), (false, 1, false), "{}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn g8_narrowing_a_grant_takes_the_place_out_of_a_draft() {
    on_both(async |world| {
        let manager = world.manager().await;
        let customer = world.customer(&manager, "Acme").await;
        let place = world.location(&manager, customer, "Head office").await;
        let other = world.location(&manager, customer, "Depot").await;
        let ana = world.contact(&manager, customer, "Ana", &everywhere()).await;
        let (desk, portal) = (world.db.desk(&manager), world.db.portal(&ana));
        let draft = portal.start_draft(&place.to_string()).await.unwrap();
        portal.save_what(draft, &what("Heating")).await.unwrap();
        let own = world.request(&ana, place, "Before").await;
        let contact = desk.people("", "Ana", "").await.unwrap().items[0].id;
        let grant = async || desk.person(contact).await.unwrap().grants[0].clone();

        let held = grant().await;
        desk.edit_grant(held.id, held.version, &chosen(&[other])).await.unwrap();
        let kept = portal.draft(draft).await.unwrap();
        assert_eq!((kept.location, kept.what.title.as_str()), (None, "Heating"));
        assert_eq!(problem(portal.submit(draft).await, "location"), Problem::NothingChosen);
        assert!(is_not_found(portal.request(own).await), "{}", world.engine);

        // Without the right to send requests there is no draft to see; it waits until the right comes back.
        let held = grant().await;
        desk.edit_grant(held.id, held.version, &GrantInput { submit: String::new(), ..everywhere() }).await.unwrap();
        assert!(is_not_found(portal.draft(draft).await) && is_not_found(portal.save_what(draft, &what("Door")).await), "{}", world.engine);
        assert!(portal.drafts().await.unwrap().is_empty());
        assert_eq!(problem(portal.start_draft("").await, "location"), Problem::NotAChoice);
        let held = grant().await;
        desk.edit_grant(held.id, held.version, &everywhere()).await.unwrap();
        assert_eq!(portal.draft(draft).await.unwrap().what.title, "Heating", "{}", world.engine);

        let held = grant().await;
        desk.end_grant(held.id, held.version).await.unwrap();
        assert!(is_not_found(portal.draft(draft).await));
        assert_eq!(portal.home().await.unwrap().places, 0, "G9: an empty portal");
    })
    .await;
}

#[tokio::test]
async fn w2_lists_filter_by_the_shown_status_and_page_by_key() {
    on_both(async |world| {
        let (manager, place, ana) = one_place(&world).await;
        let mut made = Vec::new();
        for n in 0..30 {
            world.pass(60);
            made.push(world.request(&ana, place, &format!("Request {n}")).await);
        }
        review(&world, &manager, made[0]).await;
        world.accept(&manager, made[1]).await;
        for (word, expected) in [("in_review", 1), ("accepted", 1), ("completed", 0), ("nonsense", 0)] {
            assert_eq!(count(&world, &ana, &only(word)).await, expected, "{word}");
        }
        assert_eq!(count(&world, &ana, &RequestFilter { q: "request 7".into(), ..only("open") }).await, 1);
        assert_eq!(count(&world, &ana, &RequestFilter { q: "%".into(), ..only("") }).await, 0);
        assert_eq!(count(&world, &ana, &RequestFilter { kind: "support".into(), ..only("") }).await, 0);

        let portal = world.db.portal(&ana);
        let first: Page<RequestRow> = portal.requests(&only("open")).await.unwrap();
        let second = portal.requests(&RequestFilter { after: first.next.clone().unwrap().0, ..only("open") }).await.unwrap();
        let mut ids: Vec<_> = first.items.iter().chain(&second.items).map(|row| row.id).collect();
        assert_eq!((first.items.len(), second.items.len(), second.next.is_none()), (25, 5, true), "{}", world.engine);
        assert_eq!(ids[0], made[1], "the one that changed last comes first");
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), 30);
    })
    .await;
}

// -------------------------------------------------------------------------------------------------- review and decision

#[tokio::test]
async fn r5_only_legal_moves_and_only_on_what_was_read() {
    on_both(async |world| {
        let (manager, place, ana) = one_place(&world).await;
        let desk = world.db.desk(&manager);
        let request = world.request(&ana, place, "Heating").await;
        let version = world.version(&manager, request).await;
        assert!(is_conflict(desk.decide(request, version, Decision::Accept).await));
        assert!(is_conflict(desk.ask(request, version, FormKey::new(), "Which floor?").await));
        assert!(is_conflict(desk.reopen(request, version, "Again").await));
        assert!(is_conflict(desk.convert(request, version, &TargetInput::default()).await));
        assert!(is_conflict(desk.start_review(request, version + 1).await));
        desk.start_review(request, version).await.unwrap();
        assert!(is_conflict(desk.start_review(request, version).await));
        assert!(is_conflict(desk.start_review(request, version + 1).await));
        let reviewed = desk.request(request).await.unwrap();
        assert_eq!(reviewed.assignee.map(|(_, name)| name).as_deref(), Some("Mara"));
        assert!(is_not_found(desk.start_review(RequestId::new(), 1).await));

        desk.decide(request, world.version(&manager, request).await, reject("")).await.unwrap();
        world.pass(11);
        world.system.run_due_decisions().await.unwrap();
        let version = world.version(&manager, request).await;
        assert!(is_conflict(desk.cancel_request(request, version, "Sorry").await), "a rejected request has ended");
        assert!(is_conflict(world.db.portal(&ana).withdraw(request, as_of(&world, &ana, request).await).await));
        assert!(is_conflict(world.db.portal(&ana).write_message(request, FormKey::new(), "Why?").await));
        assert_eq!(problem(desk.reopen(request, version, " ").await, "sentence"), Problem::Missing);
        desk.reopen(request, version, "We look at it again.").await.unwrap();
        let seen = world.db.portal(&ana).request(request).await.unwrap();
        assert_eq!((seen.row.status, seen.reject_reason), (PublicStatus::InReview, None), "{}", world.engine);
        assert_eq!(seen.public_note.as_deref(), Some("We look at it again."));
    })
    .await;
}

#[tokio::test]
async fn r5_accept_and_reject_at_once_have_one_winner() {
    on_both(async |world| {
        let (manager, place, ana) = one_place(&world).await;
        let second = world.staff("Max", Role::Manager).await;
        for _ in 0..5 {
            let request = world.request(&ana, place, "Heating").await;
            review(&world, &manager, request).await;
            let version = world.version(&manager, request).await;
            let accept = {
                let (db, by) = (world.db.clone(), manager.clone());
                tokio::spawn(async move { db.desk(&by).decide(request, version, Decision::Accept).await })
            };
            let reject = {
                let (db, by) = (world.db.clone(), second.clone());
                tokio::spawn(async move { db.desk(&by).decide(request, version, reject("")).await })
            };
            let (accepted, rejected) = (accept.await.unwrap(), reject.await.unwrap());
            assert!(accepted.is_ok() != rejected.is_ok(), "{}: {accepted:?} {rejected:?}", world.engine);
            assert!(is_conflict(accepted) != is_conflict(rejected));
            assert_eq!(events(&world, &manager, request, "decision_made").await, 1);
        }
    })
    .await;
}

#[tokio::test]
async fn r5_a_withdrawal_and_a_due_decision_have_one_winner() {
    on_both(async |world| {
        let (manager, place, ana) = one_place(&world).await;
        for _ in 0..5 {
            let request = world.request(&ana, place, "Heating").await;
            review(&world, &manager, request).await;
            world.db.desk(&manager).decide(request, world.version(&manager, request).await, Decision::Accept).await.unwrap();
            let as_of = as_of(&world, &ana, request).await;
            world.pass(11);
            let withdraw = {
                let (db, ana) = (world.db.clone(), ana.clone());
                tokio::spawn(async move { db.portal(&ana).withdraw(request, as_of).await })
            };
            let applied = world.system.run_due_decisions().await.unwrap();
            let withdrawn = withdraw.await.unwrap();
            let shown = status(&world, &ana, request).await;
            match withdrawn {
                Ok(()) => assert_eq!((applied, shown), (0, PublicStatus::Withdrawn), "{}", world.engine),
                Err(Error::Conflict) => assert_eq!((applied, shown), (1, PublicStatus::Accepted), "{}", world.engine),
                Err(other) => panic!("{}: {other}", world.engine),
            }
            assert_eq!(events(&world, &manager, request, "request_accepted").await, applied);
            assert_eq!(world.system.run_due_decisions().await.unwrap(), 0);
        }
    })
    .await;
}

#[tokio::test]
async fn r6_queues_and_their_counts_agree() {
    on_both(async |world| {
        let (manager, place, ana) = one_place(&world).await;
        let desk = world.db.desk(&manager);
        let mut made = Vec::new();
        for n in 0..6 {
            world.pass(60);
            made.push(world.request(&ana, place, &format!("Request {n}")).await);
        }
        for request in &made[1..5] {
            review(&world, &manager, *request).await;
        }
        desk.ask(made[2], world.version(&manager, made[2]).await, FormKey::new(), "Which floor?").await.unwrap();
        desk.snooze(made[3], world.version(&manager, made[3]).await, "2026-03-09").await.unwrap();
        desk.decide(made[4], world.version(&manager, made[4]).await, Decision::Accept).await.unwrap();
        let queued = desk.queue(Queue::Review, "").await.unwrap();
        assert!(queued.items.iter().any(|row| row.id == made[4] && row.pending.as_ref().is_some_and(|p| p.own && p.seconds_left == 10)));
        world.pass(11);
        world.system.run_due_decisions().await.unwrap();

        let counts = desk.queue_counts().await.unwrap();
        let listed = [
            (Queue::New, counts.new, vec![made[0], made[5]]),
            (Queue::Review, counts.review, vec![made[1]]),
            (Queue::Mine, counts.mine, vec![made[1], made[2], made[3]]),
            (Queue::Waiting, counts.waiting, vec![made[2]]),
            (Queue::Snoozed, counts.snoozed, vec![made[3]]),
            (Queue::Accepted, counts.accepted, vec![made[4]]),
        ];
        for (queue, count, expected) in listed {
            let ids: Vec<_> = desk.queue(queue, "").await.unwrap().items.iter().map(|row| row.id).collect();
            assert_eq!((ids.as_slice(), count), (expected.as_slice(), expected.len() as i64), "{} {queue}", world.engine);
        }
        let all = desk.queue(Queue::All, "").await.unwrap();
        assert_eq!((all.items.len(), all.items[0].id), (6, made[5]), "the newest first");
        assert_eq!(all.items[5].age_minutes, 5);
        let beside: Vec<_> = desk.request(made[0]).await.unwrap().others_here.iter().map(|row| row.id).collect();
        assert_eq!(beside, made[1..].iter().rev().copied().collect::<Vec<_>>());

        // Its day comes, at six in Berlin.
        world.pass(7 * 86_400);
        assert_eq!(desk.queue_counts().await.unwrap().snoozed, 0);
        let late = desk.snooze(made[3], world.version(&manager, made[3]).await, "2026-03-01").await;
        assert_eq!(problem(late, "until_date"), Problem::InThePast);
    })
    .await;
}

#[tokio::test]
async fn r7_a_decision_waits_and_only_its_author_takes_it_back() {
    on_both(async |world| {
        let (manager, place, ana) = one_place(&world).await;
        let other = world.staff("Max", Role::Manager).await;
        let desk = world.db.desk(&manager);
        let request = world.request(&ana, place, "Heating").await;
        review(&world, &manager, request).await;
        desk.decide(request, world.version(&manager, request).await, Decision::Accept).await.unwrap();
        assert!(is_conflict(desk.decide(request, world.version(&manager, request).await, reject("")).await));
        assert_eq!(world.system.run_due_decisions().await.unwrap(), 0);
        assert_eq!(status(&world, &ana, request).await, PublicStatus::InReview);
        assert_eq!(problem(world.db.desk(&other).undo_decision(request).await, ""), refused(Refusal::NotUndone));
        desk.undo_decision(request).await.unwrap();
        world.pass(11);
        assert_eq!(world.system.run_due_decisions().await.unwrap(), 0);

        desk.decide(request, world.version(&manager, request).await, Decision::Accept).await.unwrap();
        world.pass(11);
        assert_eq!(problem(desk.undo_decision(request).await, ""), refused(Refusal::NotUndone));
        assert_eq!(world.system.run_due_decisions().await.unwrap(), 1);
        assert_eq!(world.system.run_due_decisions().await.unwrap(), 0);
        assert_eq!(status(&world, &ana, request).await, PublicStatus::Accepted, "{}", world.engine);
        assert_eq!(events(&world, &manager, request, "request_accepted").await, 1);
        assert_eq!(events(&world, &manager, request, "decision_undone").await, 1);
    })
    .await;
}

#[tokio::test]
async fn r8_a_rejection_needs_both_reasons_and_shows_one() {
    on_both(async |world| {
        let (manager, place, ana) = one_place(&world).await;
        let customer = world.customer(&manager, "Other").await;
        let elsewhere = world.location(&manager, customer, "Elsewhere").await;
        let bea = world.contact(&manager, customer, "Bea", &everywhere()).await;
        let desk = world.db.desk(&manager);
        let original = world.request(&ana, place, "Heating").await;
        let foreign = world.request(&bea, elsewhere, "Heating").await;
        let request = world.request(&ana, place, "Heating again").await;
        review(&world, &manager, request).await;
        let version = world.version(&manager, request).await;
        let number = async |id| desk.request(id).await.unwrap().number;

        let empty = Decision::Reject { public: " ", internal: "", duplicate_of: "" };
        assert_eq!(problem(desk.decide(request, version, empty).await, "reject_reason"), Problem::Missing);
        assert_eq!(problem(desk.decide(request, version, empty).await, "internal_reason"), Problem::Missing);
        for wrong in [number(foreign).await, number(request).await, "nothing".into()] {
            assert_eq!(problem(desk.decide(request, version, reject(&wrong)).await, "duplicate_of"), Problem::NotAChoice);
        }
        desk.decide(request, version, reject(&number(original).await.to_lowercase())).await.unwrap();
        world.pass(11);
        world.system.run_due_decisions().await.unwrap();
        let seen = world.db.portal(&ana).request(request).await.unwrap();
        assert_eq!((seen.row.status, seen.next.clone()), (PublicStatus::Rejected, None));
        assert_eq!(seen.reject_reason.as_deref(), Some("We do not service lifts."));
        assert_eq!(seen.duplicate_of.as_ref().map(|(id, _)| *id), Some(original));
        assert!(!format!("{seen:?}").contains("Not profitable"), "{}", world.engine);
        assert_eq!(desk.request(request).await.unwrap().internal_reason.as_deref(), Some("Not profitable"));
    })
    .await;
}

#[tokio::test]
async fn r13_a_dispatcher_reviews_but_does_not_decide() {
    on_both(async |world| {
        let (manager, place, ana) = one_place(&world).await;
        let dispatcher = world.staff("Dora", Role::Dispatcher).await;
        let desk = world.db.desk(&dispatcher);
        let request = world.request(&ana, place, "Heating").await;
        review(&world, &dispatcher, request).await;
        let version = world.version(&dispatcher, request).await;
        let is_forbidden = |outcome| matches!(outcome, Err(Error::Forbidden));
        assert!(is_forbidden(desk.decide(request, version, Decision::Accept).await));
        assert!(is_forbidden(desk.undo_decision(request).await));
        assert!(is_forbidden(desk.cancel_request(request, version, "Sorry").await));
        assert!(is_forbidden(desk.reopen(request, version, "Again").await));
        assert_eq!(world.version(&manager, request).await, version, "{}", world.engine);
        desk.assign(request, version, None).await.unwrap();
        let key = FormKey::new();
        for _ in 0..2 {
            desk.write_note(request, key, "Called twice").await.unwrap();
        }
        assert_eq!(desk.request(request).await.unwrap().notes.len(), 1, "{}", world.engine);
        let seen = format!("{:?}", world.db.portal(&ana).request(request).await.unwrap());
        assert!(!seen.contains("Called twice") && !seen.contains("Dora"), "{}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn r14_a_question_and_its_answer() {
    on_both(async |world| {
        let (manager, place, ana) = one_place(&world).await;
        let (desk, portal) = (world.db.desk(&manager), world.db.portal(&ana));
        let request = world.request(&ana, place, "Heating").await;
        let other = world.request(&ana, place, "Door").await;
        review(&world, &manager, request).await;
        let (version, question) = (world.version(&manager, request).await, FormKey::new());
        desk.ask(request, version, question, "Which floor?").await.unwrap();
        desk.ask(request, version, question, "Which floor?").await.unwrap();
        let seen = portal.request(request).await.unwrap();
        assert_eq!((seen.row.status, seen.next, seen.messages.len()), (PublicStatus::AnswerNeeded, Some(NextStep::YouAnswer), 1));
        assert_eq!(seen.messages[0].sender_name, None, "it comes from the team");
        assert_eq!(portal.home().await.unwrap().questions.len(), 1);

        let answer = FormKey::new();
        portal.write_message(request, answer, "The third").await.unwrap();
        portal.write_message(request, answer, "The third").await.unwrap();
        portal.write_message(other, answer, "The third").await.unwrap();
        assert!(is_conflict(portal.write_message(request, question, "Mine now").await));
        assert_eq!(problem(portal.write_message(request, FormKey::new(), "\n").await, "body"), Problem::Missing);
        let seen = portal.request(request).await.unwrap();
        assert_eq!((seen.row.status, seen.messages.len()), (PublicStatus::InReview, 2), "{}", world.engine);
        assert_eq!(events(&world, &manager, request, "request_answered").await, 1);
        portal.write_message(request, FormKey::new(), "And the fourth").await.unwrap();
        assert_eq!(events(&world, &manager, request, "request_message_sent").await, 1);
        world.system.send_due_mail(&world.mailer).await.unwrap();
        let mails = world.mails_to("ana@customer.example");
        assert!(mails.iter().any(|mail| mail.contains("We have a question")));
        assert!(!mails.iter().any(|mail| mail.contains("new message")), "nobody is told of its own message");
    })
    .await;
}

// ------------------------------------------------------------------------------------------------------- work and end

#[tokio::test]
async fn r10_twenty_parallel_converts_make_one_target() {
    on_both(async |world| {
        let (manager, place, ana) = one_place(&world).await;
        let second = world.staff("Max", Role::Manager).await;
        let request = world.request(&ana, place, "Heating").await;
        world.accept(&manager, request).await;
        let version = world.version(&manager, request).await;
        let tries = (0..20).map(|n| {
            let (db, by) = (world.db.clone(), if n % 2 == 0 { manager.clone() } else { second.clone() });
            tokio::spawn(async move { db.desk(&by).convert(request, version, &TargetInput::default()).await })
        });
        let outcomes: Vec<_> = join_all(tries).await.into_iter().map(|outcome| outcome.unwrap()).collect();
        let made: Vec<_> = outcomes.iter().filter_map(|outcome| outcome.as_ref().ok()).collect();
        assert_eq!(made.len(), 1, "{}", world.engine);
        assert_eq!(outcomes.iter().filter(|outcome| matches!(outcome, Err(Error::Conflict))).count(), 19, "{}", world.engine);
        let desk = world.db.desk(&manager);
        assert_eq!(desk.request(request).await.unwrap().target.map(|(id, _)| id), Some(*made[0]));
        assert_eq!(events(&world, &manager, request, "target_created").await, 1);
        let target = desk.target(*made[0]).await.unwrap();
        assert_eq!((target.title.as_str(), target.public_title.as_str()), ("Heating", "Heating"));

        // Also somebody who looked again gets no second one, and a request with work is not reopened.
        let version = world.version(&manager, request).await;
        assert!(is_conflict(desk.convert(request, version, &TargetInput::default()).await));
        assert_eq!(problem(desk.reopen(request, version, "Again").await, ""), refused(Refusal::HasTarget));
        assert_eq!(desk.request(request).await.unwrap().stored, Status::Accepted);
    })
    .await;
}

#[tokio::test]
async fn r9_a_customer_withdraws_until_planned_and_a_manager_cancels_with_a_sentence() {
    on_both(async |world| {
        let (manager, place, ana) = one_place(&world).await;
        let (desk, portal) = (world.db.desk(&manager), world.db.portal(&ana));
        let request = world.request(&ana, place, "Heating").await;
        let target = world.target(&manager, request).await;
        let seen = portal.request(request).await.unwrap();
        desk.write_note(request, FormKey::new(), "Called back").await.unwrap();
        assert_eq!(as_of(&world, &ana, request).await, seen.as_of, "an internal act is no change");
        assert!(is_conflict(portal.withdraw(request, seen.as_of - 1).await));
        assert!(seen.may_withdraw);
        portal.withdraw(request, seen.as_of).await.unwrap();
        assert_eq!(status(&world, &ana, request).await, PublicStatus::Withdrawn);
        assert_eq!(desk.target(target).await.unwrap().status.word(), "cancelled", "{}", world.engine);
        assert_eq!(count(&world, &ana, &only("withdrawn")).await, 1);

        let request = world.request(&ana, place, "Door").await;
        let target = world.target(&manager, request).await;
        let slot = SlotInput { date: "2026-03-10".into(), from: "08:00".into(), until: "10:00".into(), ..SlotInput::default() };
        desk.schedule(target, desk.target(target).await.unwrap().version, &slot, true).await.unwrap();
        let seen = portal.request(request).await.unwrap();
        assert_eq!((seen.row.status, seen.may_withdraw), (PublicStatus::Planned, false));
        assert!(matches!(&seen.next, Some(NextStep::Visit(span)) if span.date == "2026-03-10"), "{:?}", seen.next);
        assert!(is_conflict(portal.withdraw(request, seen.as_of).await));
        let version = world.version(&manager, request).await;
        assert_eq!(problem(desk.cancel_request(request, version, "").await, "sentence"), Problem::Missing);
        desk.cancel_request(request, version, "The building was sold.").await.unwrap();
        let seen = portal.request(request).await.unwrap();
        assert_eq!((seen.row.status, seen.public_note.as_deref()), (PublicStatus::Cancelled, Some("The building was sold.")));
        assert_eq!(seen.appointments[0].status.word(), "cancelled", "{}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn r9_done_work_is_neither_withdrawn_nor_cancelled() {
    on_both(async |world| {
        let (manager, place, ana) = one_place(&world).await;
        let (desk, portal) = (world.db.desk(&manager), world.db.portal(&ana));
        let request = world.request(&ana, place, "Heating").await;
        let target = world.target(&manager, request).await;
        desk.finish_target(target, desk.target(target).await.unwrap().version).await.unwrap();
        let version = world.version(&manager, request).await;
        assert_eq!(status(&world, &ana, request).await, PublicStatus::Completed);
        assert_eq!(problem(portal.withdraw(request, as_of(&world, &ana, request).await).await, ""), refused(Refusal::WorkDone));
        assert_eq!(problem(desk.cancel_request(request, version, "Sorry").await, ""), refused(Refusal::WorkDone));
        assert_eq!(world.version(&manager, request).await, version, "{}", world.engine);
        assert_eq!(count(&world, &ana, &only("open")).await, 0);
        assert_eq!(count(&world, &ana, &only("completed")).await, 1);
    })
    .await;
}

#[tokio::test]
async fn r7_ones_own_decisions_are_listed_until_they_take_effect() {
    on_both(async |world| {
        let (manager, place, ana) = one_place(&world).await;
        let other = world.staff("Olga", Role::Manager).await;
        let request = world.request(&ana, place, "Heating").await;
        let desk = world.db.desk(&manager);
        desk.start_review(request, world.version(&manager, request).await).await.unwrap();
        desk.decide(request, world.version(&manager, request).await, Decision::Accept).await.unwrap();
        let own = desk.own_decisions().await.unwrap();
        let own: Vec<_> = own.iter().map(|decision| (decision.id, decision.title.as_str(), decision.pending.own)).collect();
        assert_eq!(own, [(request, "Heating", true)], "{}", world.engine);
        assert!(world.db.desk(&other).own_decisions().await.unwrap().is_empty(), "somebody else's");
        world.pass(11);
        assert!(desk.own_decisions().await.unwrap().is_empty(), "it is due");
    })
    .await;
}
