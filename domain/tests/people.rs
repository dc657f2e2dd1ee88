//! Customers, people, grants, invitations and staff: who is let in, how far, and until when.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::support::{PASSWORD, World, chosen, everywhere, on_both, words};
use domain::Error;
use domain::actor::StaffActor;
use domain::appointment::SlotInput;
use domain::audit::AuditFilter;
use domain::company::CompanyInput;
use domain::customer::{CustomerInput, LocationInput};
use domain::db::Db;
use domain::field::{Problem, Problems, Refusal};
use domain::grant::{ContactState, GrantInput, GrantReach, PersonInput, Rights};
use domain::id::{ContactId, CustomerId, GrantId, LocationId, StaffId, Token};
use domain::invitation::InvitationState;
use domain::page::Page;
use domain::request::LogEntry;
use domain::role::{Act, Role};
use domain::staff::StaffInput;
use domain::target::TargetInput;
use proptest::prelude::{Just, Strategy, any};
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use proptest::{collection, prop_assert_eq, prop_oneof};

const DAY: i64 = 86_400;

fn person(name: &str) -> PersonInput {
    PersonInput { name: name.into(), email: format!("{}@customer.example", name.to_lowercase()), ..PersonInput::default() }
}

/// Invites a person, who accepts: its id, and the token of its session.
async fn accepted(world: &World, by: &StaffActor, customer: CustomerId, name: &str, grant: &GrantInput) -> (ContactId, Token) {
    let contact = world.db.desk(by).invite(customer, &person(name), grant).await.unwrap();
    let link = world.mailed_token(&person(name).email, "/invite/").await;
    let session = world.db.anonymous().accept_invitation(&link, PASSWORD, &world.client()).await.unwrap();
    (contact, session)
}

/// The contact's only live grant and its version.
async fn the_grant(db: &Db, by: &StaffActor, contact: ContactId) -> (GrantId, i64) {
    let grants = db.desk(by).person(contact).await.unwrap().grants;
    assert_eq!(grants.len(), 1);
    (grants[0].id, grants[0].version)
}

async fn version_of(db: &Db, by: &StaffActor, contact: ContactId) -> i64 {
    db.desk(by).person(contact).await.unwrap().version
}

/// What the holder of a session sees: the locations of its picker, which must be those of its page "what you can see".
async fn seen(db: &Db, session: &Token) -> BTreeSet<LocationId> {
    let actor = db.portal_actor(session).await.unwrap();
    let places: BTreeSet<_> = db.portal(&actor).places().await.unwrap().into_iter().map(|place| place.id).collect();
    let access = db.portal(&actor).access().await.unwrap();
    let told: BTreeSet<_> = access.into_iter().flat_map(|grant| grant.locations).map(|place| place.id).collect();
    assert_eq!(places, told);
    places
}

/// The whole journal, newest first.
async fn journal(db: &Db, admin: &StaffActor) -> Vec<LogEntry> {
    let (mut entries, mut after) = (Vec::new(), String::new());
    loop {
        let filter = AuditFilter { after: after.clone(), ..AuditFilter::default() };
        let Page { items, next } = db.desk(admin).journal(&filter).await.unwrap().entries;
        entries.extend(items.into_iter().map(|entry| entry.log));
        match next {
            Some(cursor) => after = cursor.0,
            None => return entries,
        }
    }
}

fn problems<T: std::fmt::Debug>(result: Result<T, Error>) -> Problems {
    match result {
        Err(Error::Invalid(problems)) => problems,
        other => panic!("no problems but {other:?}"),
    }
}

fn is_refused<T: std::fmt::Debug>(result: Result<T, Error>, refusal: Refusal) -> bool {
    problems(result) == Problems::of("", Problem::Refused(refusal))
}

#[tokio::test]
async fn g1_nobody_gets_in_but_by_an_invitation_that_a_manager_sent() {
    on_both(async |world| {
        let (manager, admin) = (world.manager().await, world.staff("Ada", Role::Admin).await);
        let dispatcher = world.staff("Dirk", Role::Dispatcher).await;
        let customer = world.customer(&manager, "Acme").await;
        let ana = person("Ana");

        let refused = world.db.desk(&dispatcher).invite(customer, &ana, &everywhere()).await;
        assert!(matches!(refused, Err(Error::Forbidden)), "{}", world.engine);
        let newest = &journal(&world.db, &admin).await[0];
        assert_eq!((newest.kind.as_str(), newest.actor_name.as_deref()), ("access_refused", Some("Dirk")));
        assert_eq!(newest.details, Act::ManageCustomers.label().en);

        world.db.desk(&manager).invite(customer, &ana, &everywhere()).await.unwrap();
        let early = world.db.anonymous().sign_in_contact(&ana.email, PASSWORD, &world.client()).await;
        assert_eq!(problems(early), Problems::of("password", Problem::WrongCredentials), "{}", world.engine);
        let link = world.mailed_token(&ana.email, "/invite/").await;
        world.db.anonymous().accept_invitation(&link, PASSWORD, &world.client()).await.unwrap();
        world.db.anonymous().sign_in_contact(&ana.email, PASSWORD, &world.client()).await.unwrap();
        let kinds: Vec<_> = journal(&world.db, &admin).await.into_iter().map(|entry| entry.kind).take(6).collect();
        let expected = ["signed_in", "signed_in", "invitation_accepted", "invitation_sent", "grant_given", "contact_added"];
        assert_eq!(kinds, expected, "{}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn g1_an_invitation_tells_all_its_problems_at_once_and_changes_nothing() {
    on_both(async |world| {
        let (manager, admin) = (world.manager().await, world.staff("Ada", Role::Admin).await);
        let (customer, other) = (world.customer(&manager, "Acme").await, world.customer(&manager, "Other").await);
        let (here, elsewhere) = (world.location(&manager, customer, "Here").await, world.location(&manager, other, "Elsewhere").await);
        let desk = world.db.desk(&manager);
        let before = journal(&world.db, &admin).await.len();

        let bad = PersonInput { name: " ".into(), email: "ana".into(), phone: "0".repeat(61), lang: "fr".into() };
        let terms = GrantInput { last_day: "2026-03-01".into(), ..chosen(&[]) };
        let found = problems(desk.invite(customer, &bad, &terms).await);
        let expected = [
            ("name", Problem::Missing),
            ("email", Problem::NotAnAddress),
            ("phone", Problem::TooLong { most: 60 }),
            ("lang", Problem::NotAChoice),
            ("locations", Problem::NothingChosen),
            ("last_day", Problem::InThePast),
        ];
        for (field, problem) in &expected {
            assert_eq!(found.get(field), Some(problem), "{field} on {}", world.engine);
        }
        assert_eq!(found.0.len(), expected.len());

        // A foreign location, one that does not exist and a malformed one are answered alike, also beside a good one.
        let malformed = GrantInput { locations: vec![here.to_string(), "x".into()], ..chosen(&[]) };
        for terms in [chosen(&[here, elsewhere]), chosen(&[LocationId::new()]), malformed] {
            let found = problems(desk.invite(customer, &person("Ana"), &terms).await);
            assert_eq!(found, Problems::of("locations", Problem::NotAChoice), "{}", world.engine);
        }
        for scope in [("", Problem::NothingChosen), ("some", Problem::NotAChoice)] {
            let terms = GrantInput { scope: scope.0.into(), ..everywhere() };
            assert_eq!(problems(desk.invite(customer, &person("Ana"), &terms).await), Problems::of("scope", scope.1));
        }
        let nowhere = desk.invite(CustomerId::new(), &person("Ana"), &everywhere()).await;
        assert!(matches!(nowhere, Err(Error::NotFound)), "{}", world.engine);

        assert!(desk.people("", "", "").await.unwrap().items.is_empty(), "{}", world.engine);
        assert_eq!(journal(&world.db, &admin).await.len(), before, "{}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn g1_a_known_person_is_never_made_twice() {
    on_both(async |world| {
        let manager = world.manager().await;
        let (first, second) = (world.customer(&manager, "First").await, world.customer(&manager, "Second").await);
        let third = world.customer(&manager, "Third").await;
        let desk = world.db.desk(&manager);
        let (ana, anonymous) = (person("Ana"), world.db.anonymous());

        // Invited: the grant is added, and one new link takes the place of the old one. The address is known in any spelling.
        let contact = desk.invite(first, &ana, &everywhere()).await.unwrap();
        let old = world.mailed_token(&ana.email, "/invite/").await;
        let shouted = PersonInput { email: " ANA@Customer.Example ".into(), name: "Somebody".into(), ..ana.clone() };
        assert_eq!(desk.invite(second, &shouted, &everywhere()).await.unwrap(), contact);
        assert!(matches!(anonymous.invitation(&old).await, Err(Error::NotFound)), "{}", world.engine);
        let new = world.mailed_token(&ana.email, "/invite/").await;
        assert_eq!(anonymous.invitation(&new).await.unwrap().0.name, "Ana");
        let session = anonymous.accept_invitation(&new, PASSWORD, &world.client()).await.unwrap();

        // Active: the grant is added, with a notice instead of an invitation. The same grant again is refused.
        let mails = world.mails_to(&ana.email).len();
        assert_eq!(desk.invite(third, &ana, &everywhere()).await.unwrap(), contact);
        assert_eq!(world.system.send_due_mail(&world.mailer).await.unwrap(), 1, "{}", world.engine);
        let notice = world.mails_to(&ana.email).split_off(mails).remove(0);
        assert!(notice.contains("New access") && !notice.contains("/invite/"), "{notice}");
        assert!(is_refused(desk.invite(third, &ana, &everywhere()).await, Refusal::AlreadyInvited), "{}", world.engine);
        let view = desk.person(contact).await.unwrap();
        assert_eq!(view.grants.iter().map(|g| g.customer_name.as_str()).collect::<Vec<_>>(), ["First", "Second", "Third"]);
        assert_eq!(view.invitations.len(), 2);
        let actor = world.db.portal_actor(&session).await.unwrap();
        assert_eq!(world.db.portal(&actor).access().await.unwrap().len(), 3);

        // Disabled: refused at the address.
        desk.disable_contact(contact, version_of(&world.db, &manager, contact).await).await.unwrap();
        assert_eq!(problems(desk.invite(first, &ana, &everywhere()).await), Problems::of("email", Problem::Taken), "{}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn g1_parallel_invitations_of_one_person_make_one_contact_and_one_open_link() {
    on_both(async |world| {
        let manager = world.manager().await;
        let mut tries = Vec::new();
        for n in 0..8 {
            let customer = world.customer(&manager, &format!("Customer {n}")).await;
            let (db, manager) = (world.db.clone(), manager.clone());
            tries.push(tokio::spawn(async move { db.desk(&manager).invite(customer, &person("Ana"), &everywhere()).await }));
        }
        let mut contacts = BTreeSet::new();
        for outcome in futures::future::join_all(tries).await {
            match outcome.unwrap() {
                Ok(contact) => drop(contacts.insert(contact)),
                Err(Error::Conflict) => {}
                Err(other) => panic!("{}: {other}", world.engine),
            }
        }
        assert_eq!(contacts.len(), 1, "{}", world.engine);
        let view = world.db.desk(&manager).person(*contacts.first().unwrap()).await.unwrap();
        let open = view.invitations.iter().filter(|i| i.state == InvitationState::Pending).count();
        assert_eq!(open, 1, "{}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn g3_the_states_of_people_and_invitations_are_listed() {
    on_both(async |world| {
        let manager = world.manager().await;
        let customer = world.customer(&manager, "Acme").await;
        let desk = world.db.desk(&manager);
        let names = async |state: &str| {
            let page = world.db.desk(&manager).people(state, "", "").await.unwrap();
            page.items.into_iter().map(|row| row.name).collect::<Vec<_>>()
        };

        let late = desk.invite(customer, &person("Late"), &everywhere()).await.unwrap();
        world.pass(10 * DAY);
        desk.invite(customer, &person("Open"), &everywhere()).await.unwrap();
        let taken_back = desk.invite(customer, &person("Revoked"), &everywhere()).await.unwrap();
        desk.revoke_invitation(taken_back).await.unwrap();
        assert!(matches!(desk.revoke_invitation(taken_back).await, Err(Error::Conflict)), "{}", world.engine);
        let (inside, _) = accepted(&world, &manager, customer, "Inside", &everywhere()).await;
        let (out, _) = accepted(&world, &manager, customer, "Out", &everywhere()).await;
        desk.disable_contact(out, version_of(&world.db, &manager, out).await).await.unwrap();
        world.pass(5 * DAY);

        assert_eq!(names("").await, ["Inside", "Late", "Open", "Out", "Revoked"], "{}", world.engine);
        assert_eq!(names("active").await, ["Inside"], "{}", world.engine);
        assert_eq!(names("disabled").await, ["Out"], "{}", world.engine);
        assert_eq!(names("invited").await, ["Late", "Open", "Revoked"], "{}", world.engine);
        assert_eq!(names("pending").await, ["Open"], "{}", world.engine);
        assert_eq!(names("expired").await, ["Late"], "{}", world.engine);
        assert_eq!(names("revoked").await, ["Revoked"], "{}", world.engine);
        assert_eq!(desk.customer(customer).await.unwrap().people.len(), 5);

        // The link of the expired one can be sent anew, and that of somebody who is in cannot.
        desk.resend_invitation(late).await.unwrap();
        assert_eq!(names("pending").await, ["Late", "Open"], "{}", world.engine);
        let view = desk.person(late).await.unwrap();
        assert_eq!(view.invitations.iter().map(|i| i.state).collect::<Vec<_>>(), [InvitationState::Pending, InvitationState::Revoked]);
        assert_eq!(view.invitations[0].invited_by, "Mara");
        assert!(matches!(desk.resend_invitation(inside).await, Err(Error::Conflict)), "{}", world.engine);
        assert!(matches!(desk.resend_invitation(ContactId::new()).await, Err(Error::NotFound)), "{}", world.engine);
        assert!(desk.person(inside).await.unwrap().last_sign_in.is_some() && view.last_sign_in.is_none());
    })
    .await;
}

#[tokio::test]
async fn g3_a_sign_in_is_told_by_the_companys_clock_and_says_whose_it_is() {
    on_both(async |world| {
        let (manager, admin) = (world.manager().await, world.staff("Ada", Role::Admin).await);
        let customer = world.customer(&manager, "Acme").await;
        let (contact, _) = accepted(&world, &manager, customer, "Ana", &everywhere()).await;
        let desk = world.db.desk(&manager);
        let told = async || {
            let view = desk.person(contact).await.unwrap();
            let rows = desk.people("", "", "").await.unwrap().items;
            let here = desk.customer(customer).await.unwrap().people;
            let all = [view.last_sign_in, rows[0].last_sign_in.clone(), here[0].last_sign_in.clone()].map(|stamp| stamp.unwrap().text);
            assert!(all.iter().all(|text| *text == all[0]), "{all:?}");
            (all[0].clone(), view.invitations[0].created.text.clone())
        };
        let (signed_in, invited) = told().await;
        assert!(signed_in.starts_with("Mon 2 Mar 2026, 9") && signed_in.ends_with("(UTC)"), "{signed_in}");
        assert!(invited.ends_with("(UTC)"), "{invited}");
        let company = world.db.desk(&admin).company().await.unwrap();
        let input = CompanyInput { name: company.name, emergency_phone: String::new(), zone: "Asia/Kolkata".into() };
        world.db.desk(&admin).edit_company(company.version, &input).await.unwrap();
        let (signed_in, invited) = told().await;
        assert!(signed_in.starts_with("Mon 2 Mar 2026, 2:30") && signed_in.ends_with("(Asia/Kolkata)"), "{signed_in}");
        assert!(invited.ends_with("(Asia/Kolkata)"), "{invited}");
    })
    .await;
}

#[tokio::test]
async fn g7_a_grant_over_all_locations_covers_later_ones() {
    on_both(async |world| {
        let manager = world.manager().await;
        let (customer, other) = (world.customer(&manager, "Acme").await, world.customer(&manager, "Other").await);
        let first = world.location(&manager, customer, "First").await;
        world.location(&manager, other, "Foreign").await;
        let (_, session) = accepted(&world, &manager, customer, "Ana", &everywhere()).await;
        assert_eq!(seen(&world.db, &session).await, BTreeSet::from([first]), "{}", world.engine);
        let later = world.location(&manager, customer, "Later").await;
        assert_eq!(seen(&world.db, &session).await, BTreeSet::from([first, later]), "{}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn g8_sibling_locations_are_absent_and_answer_like_none() {
    on_both(async |world| {
        let manager = world.manager().await;
        let customer = world.customer(&manager, "Acme").await;
        let (mine, sibling) = (world.location(&manager, customer, "Mine").await, world.location(&manager, customer, "Sibling").await);
        let (contact, session) = accepted(&world, &manager, customer, "Ana", &chosen(&[mine, mine])).await;
        world.location(&manager, customer, "Later").await;
        assert_eq!(seen(&world.db, &session).await, BTreeSet::from([mine]), "{}", world.engine);
        let actor = world.db.portal_actor(&session).await.unwrap();
        for hidden in [sibling, LocationId::new()] {
            assert!(matches!(world.db.portal(&actor).place(hidden).await, Err(Error::NotFound)), "{}", world.engine);
        }
        let view = world.db.desk(&manager).person(contact).await.unwrap();
        assert_eq!(view.grants[0].locations, [(mine, "Mine".to_owned())], "{}", world.engine);
        assert_eq!(view.reach, GrantReach { locations: 1, ..GrantReach::default() }, "{}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn g9_without_a_live_grant_the_portal_is_empty() {
    on_both(async |world| {
        let manager = world.manager().await;
        let customer = world.customer(&manager, "Acme").await;
        let location = world.location(&manager, customer, "Here").await;
        let (contact, session) = accepted(&world, &manager, customer, "Ana", &everywhere()).await;
        let actor = world.db.portal_actor(&session).await.unwrap();
        world.request(&actor, location, "Door stuck").await;
        let (grant, version) = the_grant(&world.db, &manager, contact).await;
        world.db.desk(&manager).end_grant(grant, version).await.unwrap();

        let actor = world.db.portal_actor(&session).await.unwrap();
        let portal = world.db.portal(&actor);
        assert!(portal.access().await.unwrap().is_empty(), "{}", world.engine);
        assert!(portal.places().await.unwrap().is_empty(), "{}", world.engine);
        assert!(portal.requests(&Default::default()).await.unwrap().items.is_empty(), "{}", world.engine);
        assert_eq!(world.db.desk(&manager).person(contact).await.unwrap().reach, GrantReach::default(), "{}", world.engine);
        assert!(world.db.desk(&manager).customer(customer).await.unwrap().people.is_empty(), "{}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn g10_narrowing_and_ending_a_grant_take_effect_at_the_next_request() {
    on_both(async |world| {
        let (manager, admin) = (world.manager().await, world.staff("Ada", Role::Admin).await);
        let customer = world.customer(&manager, "Acme").await;
        let (kept, lost) = (world.location(&manager, customer, "Kept").await, world.location(&manager, customer, "Lost").await);
        let (contact, session) = accepted(&world, &manager, customer, "Ana", &chosen(&[kept, lost])).await;
        // One who is resolved already and asks again, as an open page does.
        let actor = world.db.portal_actor(&session).await.unwrap();
        let desk = world.db.desk(&manager);
        let (grant, version) = the_grant(&world.db, &manager, contact).await;

        let narrow = GrantInput { download: String::new(), last_day: "2026-03-31".into(), ..chosen(&[kept]) };
        desk.edit_grant(grant, version, &narrow).await.unwrap();
        assert!(matches!(world.db.portal(&actor).place(lost).await, Err(Error::NotFound)), "{}", world.engine);
        assert_eq!(seen(&world.db, &session).await, BTreeSet::from([kept]), "{}", world.engine);
        let newest = &journal(&world.db, &admin).await[0];
        assert_eq!(newest.kind, "grant_changed");
        assert_eq!(newest.details, "2 locations → 1 location; removed: Download files; no end → until Tue 31 Mar 2026", "{}", world.engine);

        // A stale page of a colleague, and a refused edit, change nothing.
        assert!(matches!(desk.edit_grant(grant, version, &everywhere()).await, Err(Error::Conflict)), "{}", world.engine);
        let foreign = problems(desk.edit_grant(grant, version + 1, &chosen(&[LocationId::new()])).await);
        assert_eq!(foreign, Problems::of("locations", Problem::NotAChoice), "{}", world.engine);
        assert_eq!(seen(&world.db, &session).await, BTreeSet::from([kept]), "{}", world.engine);

        assert!(matches!(desk.end_grant(grant, version).await, Err(Error::Conflict)), "{}", world.engine);
        desk.end_grant(grant, version + 1).await.unwrap();
        assert!(world.db.portal(&actor).places().await.unwrap().is_empty(), "{}", world.engine);
        assert!(matches!(desk.end_grant(grant, version + 2).await, Err(Error::Conflict)), "{}", world.engine);
        assert!(matches!(desk.edit_grant(grant, version + 2, &everywhere()).await, Err(Error::Conflict)), "{}", world.engine);
        assert!(matches!(desk.end_grant(GrantId::new(), 1).await, Err(Error::NotFound)), "{}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn g10_disabling_a_person_shuts_every_door_at_once() {
    on_both(async |world| {
        let manager = world.manager().await;
        let customer = world.customer(&manager, "Acme").await;
        world.location(&manager, customer, "Here").await;
        let (contact, session) = accepted(&world, &manager, customer, "Ana", &everywhere()).await;
        let actor = world.db.portal_actor(&session).await.unwrap();
        let (desk, anonymous, address) = (world.db.desk(&manager), world.db.anonymous(), person("Ana").email);
        anonymous.ask_reset(&address, &world.client()).await.unwrap();
        let reset = world.mailed_token(&address, "/reset/").await;

        let version = version_of(&world.db, &manager, contact).await;
        desk.disable_contact(contact, version).await.unwrap();
        assert!(matches!(world.db.portal_actor(&session).await, Err(Error::NotSignedIn)), "{}", world.engine);
        assert!(world.db.portal(&actor).places().await.unwrap().is_empty(), "{}", world.engine);
        assert!(anonymous.sign_in_contact(&address, PASSWORD, &world.client()).await.is_err(), "{}", world.engine);
        assert!(anonymous.check_reset(&reset).await.is_err(), "{}", world.engine);
        assert!(matches!(desk.disable_contact(contact, version + 1).await, Err(Error::Conflict)), "{}", world.engine);

        // Enabled again: the password and the grant hold, the old session and the old link do not.
        desk.enable_contact(contact, version + 1).await.unwrap();
        assert_eq!(desk.person(contact).await.unwrap().state, ContactState::Active);
        assert!(matches!(world.db.portal_actor(&session).await, Err(Error::NotSignedIn)), "{}", world.engine);
        assert!(anonymous.check_reset(&reset).await.is_err(), "{}", world.engine);
        let again = anonymous.sign_in_contact(&address, PASSWORD, &world.client()).await.unwrap();
        assert_eq!(seen(&world.db, &again).await.len(), 1, "{}", world.engine);
        assert!(matches!(desk.enable_contact(contact, version + 2).await, Err(Error::Conflict)), "{}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn g10_disabling_an_invited_person_takes_its_link_back() {
    on_both(async |world| {
        let manager = world.manager().await;
        let customer = world.customer(&manager, "Acme").await;
        let desk = world.db.desk(&manager);
        let contact = desk.invite(customer, &person("Ana"), &everywhere()).await.unwrap();
        let link = world.mailed_token(&person("Ana").email, "/invite/").await;
        desk.disable_contact(contact, version_of(&world.db, &manager, contact).await).await.unwrap();
        assert!(world.db.anonymous().accept_invitation(&link, PASSWORD, &world.client()).await.is_err(), "{}", world.engine);

        desk.enable_contact(contact, version_of(&world.db, &manager, contact).await).await.unwrap();
        assert_eq!(desk.person(contact).await.unwrap().state, ContactState::Invited, "{}", world.engine);
        assert!(world.db.anonymous().invitation(&link).await.is_err(), "{}", world.engine);
        desk.resend_invitation(contact).await.unwrap();
        let link = world.mailed_token(&person("Ana").email, "/invite/").await;
        world.db.anonymous().accept_invitation(&link, PASSWORD, &world.client()).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn g14_only_the_roles_of_the_table_may_manage_people_and_staff() {
    on_both(async |world| {
        let actors = [world.staff("Dirk", Role::Dispatcher).await, world.manager().await, world.staff("Ada", Role::Admin).await];
        let may = [(&actors[0], false, false), (&actors[1], true, false), (&actors[2], true, true)];
        let (customer, location, contact, grant, staff) =
            (CustomerId::new(), LocationId::new(), ContactId::new(), GrantId::new(), StaffId::new());
        for (actor, customers, administer) in may {
            let desk = world.db.desk(actor);
            // Each with input that goes no further than the role: an empty form, or an id that does not exist.
            let managed = [
                desk.add_customer(&CustomerInput::default()).await.err(),
                desk.edit_customer(customer, 1, &CustomerInput::default()).await.err(),
                desk.add_location(customer, &LocationInput::default()).await.err(),
                desk.edit_location(location, 1, &LocationInput::default()).await.err(),
                desk.invite(customer, &PersonInput::default(), &GrantInput::default()).await.err(),
                desk.preview_grant(customer, None, &GrantInput::default()).await.err(),
                desk.resend_invitation(contact).await.err(),
                desk.revoke_invitation(contact).await.err(),
                desk.edit_grant(grant, 1, &everywhere()).await.err(),
                desk.end_grant(grant, 1).await.err(),
                desk.edit_person(contact, 1, &PersonInput::default()).await.err(),
                desk.disable_contact(contact, 1).await.err(),
                desk.enable_contact(contact, 1).await.err(),
            ];
            let administered = [
                desk.add_staff(&StaffInput::default()).await.err(),
                desk.edit_staff(staff, 1, "", "").await.err(),
                desk.disable_staff(staff, 1).await.err(),
                desk.enable_staff(staff, 1).await.err(),
            ];
            let is_forbidden = |error: &Option<Error>| matches!(error, Some(Error::Forbidden));
            for (n, error) in managed.iter().enumerate() {
                assert!(error.is_some() && is_forbidden(error) != customers, "customers {n} on {}: {error:?}", world.engine);
            }
            for (n, error) in administered.iter().enumerate() {
                assert!(error.is_some() && is_forbidden(error) != administer, "staff {n} on {}: {error:?}", world.engine);
            }
            assert_eq!(desk.staff().await.is_ok(), administer, "{}", world.engine);
            assert_eq!(desk.journal(&AuditFilter::default()).await.is_ok(), administer, "{}", world.engine);
            assert!(desk.customers("", "").await.is_ok() && desk.people("", "", "").await.is_ok(), "{}", world.engine);
        }
        let refused = journal(&world.db, &actors[2]).await.into_iter().filter(|entry| entry.kind == "access_refused").count();
        assert_eq!(refused, 13 + 2 * 6, "{}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn g14_the_last_administrator_stays() {
    on_both(async |world| {
        let ada = world.staff("Ada", Role::Admin).await;
        let desk = world.db.desk(&ada);
        let bob = StaffInput { name: "Bob".into(), email: "bob@service.example".into(), role: "admin".into(), password: PASSWORD.into() };
        let row = async |name: &str| desk.staff().await.unwrap().into_iter().find(|row| row.name == name).unwrap();

        let ada_row = row("Ada").await;
        assert!(is_refused(desk.disable_staff(ada_row.id, ada_row.version).await, Refusal::LastAdmin), "{}", world.engine);
        assert!(is_refused(desk.edit_staff(ada_row.id, ada_row.version, "Ada", "manager").await, Refusal::LastAdmin), "{}", world.engine);
        desk.edit_staff(ada_row.id, ada_row.version, "Ada Lovelace", "admin").await.unwrap();
        assert!(matches!(desk.disable_staff(ada_row.id, ada_row.version).await, Err(Error::Conflict)), "{}", world.engine);

        // A disabled administrator does not count; an enabled one does.
        let bob_id = desk.add_staff(&bob).await.unwrap();
        assert_eq!(problems(desk.add_staff(&bob).await), Problems::of("email", Problem::Taken), "{}", world.engine);
        desk.disable_staff(bob_id, 1).await.unwrap();
        let ada_row = row("Ada Lovelace").await;
        assert!(is_refused(desk.disable_staff(ada_row.id, ada_row.version).await, Refusal::LastAdmin), "{}", world.engine);
        desk.enable_staff(bob_id, 2).await.unwrap();
        desk.edit_staff(ada_row.id, ada_row.version, "Ada Lovelace", "dispatcher").await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn g14_two_administrators_cannot_disable_each_other_at_once() {
    on_both(async |world| {
        let boss = world.staff("Boss", Role::Admin).await;
        for round in 0..5 {
            let (one, two) = (format!("One{round}"), format!("Two{round}"));
            let actors = [world.staff(&one, Role::Admin).await, world.staff(&two, Role::Admin).await];
            let rows = world.db.desk(&boss).staff().await.unwrap();
            let find = |name: &str| rows.iter().find(|row| row.name == name).map(|row| (row.id, row.version)).unwrap();
            // These two are the only enabled administrators while they try.
            let (id, version) = find("Boss");
            world.db.desk(&actors[0]).disable_staff(id, version).await.unwrap();
            let pairs = [(actors[0].clone(), find(&two)), (actors[1].clone(), find(&one))];
            let tries = pairs.map(|(actor, (id, version))| {
                let db = world.db.clone();
                tokio::spawn(async move { db.desk(&actor).disable_staff(id, version).await })
            });
            let outcomes: Vec<_> = futures::future::join_all(tries).await.into_iter().map(|outcome| outcome.unwrap().is_ok()).collect();
            assert_eq!(outcomes.iter().filter(|done| **done).count(), 1, "{}", world.engine);
            // The one that is left lets the first one back, and goes itself.
            let (left, name) = if outcomes[0] { (&actors[0], &one) } else { (&actors[1], &two) };
            world.db.desk(left).enable_staff(id, version + 1).await.unwrap();
            let (itself, its_version) = find(name);
            world.db.desk(&boss).disable_staff(itself, its_version).await.unwrap();
        }
    })
    .await;
}

#[tokio::test]
async fn g15_a_grant_gives_exactly_its_rights_and_there_is_one_per_customer() {
    on_both(async |world| {
        let manager = world.manager().await;
        let customer = world.customer(&manager, "Acme").await;
        let terms = GrantInput { submit: String::new(), colleagues: "on".into(), ..everywhere() };
        let (contact, session) = accepted(&world, &manager, customer, "Ana", &terms).await;
        let rights = Rights { submit: false, appointments: true, reports: true, download: true, colleagues: true };
        let actor = world.db.portal_actor(&session).await.unwrap();
        assert_eq!(world.db.portal(&actor).access().await.unwrap()[0].rights, rights, "{}", world.engine);
        assert_eq!(world.db.desk(&manager).person(contact).await.unwrap().grants[0].rights, rights, "{}", world.engine);

        let (grant, version) = the_grant(&world.db, &manager, contact).await;
        let none = GrantInput { scope: "all".into(), ..GrantInput::default() };
        world.db.desk(&manager).edit_grant(grant, version, &none).await.unwrap();
        assert_eq!(world.db.portal(&actor).access().await.unwrap()[0].rights, Rights::default(), "{}", world.engine);
        let again = world.db.desk(&manager).invite(customer, &person("Ana"), &everywhere()).await;
        assert!(is_refused(again, Refusal::AlreadyInvited), "{}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn g15_a_grant_ends_after_its_last_day_and_makes_room_for_a_new_one() {
    on_both(async |world| {
        let (manager, admin) = (world.manager().await, world.staff("Ada", Role::Admin).await);
        let customer = world.customer(&manager, "Acme").await;
        world.location(&manager, customer, "Here").await;
        // Today is 2 March, 09:00 UTC: the last day is tomorrow, and access ends 39 hours from now.
        let terms = GrantInput { last_day: "2026-03-03".into(), ..everywhere() };
        let (contact, session) = accepted(&world, &manager, customer, "Ana", &terms).await;
        let actor = world.db.portal_actor(&session).await.unwrap();
        let told = world.db.portal(&actor).access().await.unwrap().remove(0).last_day.unwrap();
        assert_eq!((told.machine.as_str(), told.text.as_str()), ("2026-03-03", "Tue 3 Mar 2026"), "{}", world.engine);
        assert_eq!(world.db.desk(&manager).person(contact).await.unwrap().grants[0].last_day.as_ref().unwrap().text, "Tue 3 Mar 2026");

        world.pass(39 * 3_600 - 1);
        assert_eq!(seen(&world.db, &session).await.len(), 1, "{}", world.engine);
        world.pass(1);
        assert!(seen(&world.db, &session).await.is_empty(), "{}", world.engine);
        let newest = &journal(&world.db, &admin).await[0];
        assert_eq!((newest.kind.as_str(), newest.details.as_str()), ("grant_ended", "expired"), "{}", world.engine);

        // One whose end nobody has noticed yet does not stand in the way.
        world
            .db
            .desk(&manager)
            .invite(customer, &person("Ana"), &GrantInput { last_day: "2026-03-04".into(), ..everywhere() })
            .await
            .unwrap();
        world.pass(DAY);
        world.db.desk(&manager).invite(customer, &person("Ana"), &everywhere()).await.unwrap();
        assert_eq!(seen(&world.db, &session).await.len(), 1, "{}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn g15_a_preview_tells_exactly_what_the_grant_would_show_and_changes_nothing() {
    on_both(async |world| {
        let (manager, admin) = (world.manager().await, world.staff("Ada", Role::Admin).await);
        let customer = world.customer(&manager, "Acme").await;
        let (here, there) = (world.location(&manager, customer, "Here").await, world.location(&manager, customer, "There").await);
        let ana = world.contact(&manager, customer, "Ana", &everywhere()).await;
        for location in [here, here, there] {
            world.request(&ana, location, "Door stuck").await;
        }
        let desk = world.db.desk(&manager);
        let ana_id = desk.people("", "ana", "").await.unwrap().items[0].id;
        let before = (journal(&world.db, &admin).await, desk.person(ana_id).await.unwrap());
        let counts = |locations, requests| GrantReach { locations, requests, ..GrantReach::default() };
        let with_colleagues = |terms: GrantInput| GrantInput { colleagues: "on".into(), ..terms };

        // Somebody new sees no requests of others, unless the grant says so.
        assert_eq!(desk.preview_grant(customer, None, &everywhere()).await.unwrap().after, counts(2, 0), "{}", world.engine);
        assert_eq!(
            desk.preview_grant(customer, None, &with_colleagues(everywhere())).await.unwrap().after,
            counts(2, 3),
            "{}",
            world.engine
        );
        assert_eq!(
            desk.preview_grant(customer, None, &with_colleagues(chosen(&[there]))).await.unwrap().after,
            counts(1, 1),
            "{}",
            world.engine
        );
        // The sender sees its own, where the new terms reach.
        assert_eq!(desk.preview_grant(customer, Some(ana_id), &chosen(&[here])).await.unwrap().after, counts(1, 2), "{}", world.engine);
        let foreign = problems(desk.preview_grant(customer, None, &chosen(&[LocationId::new()])).await);
        assert_eq!(foreign, Problems::of("locations", Problem::NotAChoice), "{}", world.engine);
        assert_eq!((journal(&world.db, &admin).await, desk.person(ana_id).await.unwrap()), before, "{}", world.engine);
        assert_eq!(desk.people("", "", "").await.unwrap().items.len(), 1, "{}", world.engine);

        // An invited person is previewed as if it had accepted; until then it sees nothing.
        let ben = desk.invite(customer, &person("Ben"), &everywhere()).await.unwrap();
        assert_eq!(
            desk.preview_grant(customer, Some(ben), &with_colleagues(everywhere())).await.unwrap().after,
            counts(2, 3),
            "{}",
            world.engine
        );
        let view = desk.person(ben).await.unwrap();
        assert_eq!((view.state, view.reach), (ContactState::Invited, GrantReach::default()), "{}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn g15_a_change_of_a_grant_tells_before_what_is_gained_and_lost() {
    on_both(async |world| {
        let manager = world.manager().await;
        let customer = world.customer(&manager, "Acme").await;
        let (a, b) = (world.location(&manager, customer, "A").await, world.location(&manager, customer, "B").await);
        let c = world.location(&manager, customer, "C").await;
        let ana = world.contact(&manager, customer, "Ana", &chosen(&[a, b])).await;
        world.request(&ana, a, "Door stuck").await;
        world.request(&ana, b, "Lamp out").await;
        let target = world.work(&manager, b).await;
        let report = world.report(&manager, target, "All well").await;
        let approver = world.staff("Max", Role::Manager).await;
        world.approve(&approver, report).await;
        world.release(&manager, report, &words("Visit")).await;
        let desk = world.db.desk(&manager);
        let contact = desk.people("", "ana", "").await.unwrap().items[0].id;
        let (grant, version) = the_grant(&world.db, &manager, contact).await;

        // +1 location, −1; loses a request, an appointment, a report. The real change has exactly this effect.
        let effect = desk.preview_change(grant, &chosen(&[a, c])).await.unwrap();
        let before = desk.person(contact).await.unwrap().reach;
        assert_eq!(before, GrantReach { locations: 2, requests: 2, appointments: 1, reports: 1 }, "{}", world.engine);
        assert!(effect.replaces);
        assert_eq!(effect.gains, GrantReach { locations: 1, ..GrantReach::default() }, "{}", world.engine);
        assert_eq!(effect.losses, GrantReach { locations: 1, requests: 1, appointments: 1, reports: 1 }, "{}", world.engine);
        let unchanged = desk.preview_change(grant, &chosen(&[b, a])).await.unwrap();
        assert_eq!((unchanged.gains, unchanged.losses, unchanged.after), (GrantReach::default(), GrantReach::default(), before));
        let blind = desk.preview_change(grant, &GrantInput { reports: String::new(), ..chosen(&[a, b]) }).await.unwrap();
        assert_eq!(blind.losses, GrantReach { reports: 1, ..GrantReach::default() }, "{}", world.engine);
        desk.edit_grant(grant, version, &chosen(&[a, c])).await.unwrap();
        assert_eq!(desk.person(contact).await.unwrap().reach, effect.after, "{}", world.engine);

        // Invited to another customer by an address that is known, it is looked at as itself; at the same one, nothing is gained.
        let known = desk.preview_invitation(customer, " ANA@customer.example ", &chosen(&[a, c])).await.unwrap();
        assert_eq!((known.replaces, known.after, known.gains), (true, effect.after, GrantReach::default()), "{}", world.engine);
        let stranger = desk.preview_invitation(customer, "nobody@customer.example", &chosen(&[a])).await.unwrap();
        assert_eq!(
            (stranger.replaces, stranger.after, stranger.gains),
            (false, stranger.gains, GrantReach { locations: 1, ..GrantReach::default() })
        );
        assert!(matches!(desk.preview_change(GrantId::new(), &everywhere()).await, Err(Error::NotFound)), "{}", world.engine);
        let dispatcher = world.staff("Dirk", Role::Dispatcher).await;
        assert!(matches!(world.db.desk(&dispatcher).preview_change(grant, &everywhere()).await, Err(Error::Forbidden)), "{}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn customers_and_people_are_listed_by_name_in_pages() {
    on_both(async |world| {
        let manager = world.manager().await;
        let desk = world.db.desk(&manager);
        let mut customers = Vec::new();
        for n in 0..28 {
            // Equal names too: then the id decides, and no row is shown twice or left out.
            customers.push(world.customer(&manager, &format!("Customer {:02}", n / 4)).await);
        }
        let first = desk.customers("", "").await.unwrap();
        assert_eq!(first.items.len(), 25, "{}", world.engine);
        let second = desk.customers("", &first.next.unwrap().0).await.unwrap();
        assert!(second.next.is_none());
        let rows: Vec<_> = first.items.into_iter().chain(second.items).collect();
        assert!(rows.is_sorted_by_key(|row| (row.name.clone(), row.id)), "{}", world.engine);
        let listed: BTreeSet<_> = rows.into_iter().map(|row| row.id).collect();
        assert_eq!(listed, customers.iter().copied().collect(), "{}", world.engine);

        for n in 0..27 {
            desk.invite(customers[n % 2], &person(&format!("Person{n:02}")), &everywhere()).await.unwrap();
        }
        let first = desk.people("pending", "person", "").await.unwrap();
        let second = desk.people("pending", "person", &first.next.unwrap().0).await.unwrap();
        let names: Vec<_> = first.items.into_iter().chain(second.items).map(|row| row.name).collect();
        assert_eq!(names, (0..27).map(|n| format!("Person{n:02}")).collect::<Vec<_>>(), "{}", world.engine);
        assert_eq!(desk.people("", "PERSON07@customer", "").await.unwrap().items.len(), 1, "{}", world.engine);

        // What is typed is text, not a pattern.
        let odd = world.customer(&manager, r"100 % \ done_").await;
        for q in ["%", "_", r"\", r"% \ D"] {
            let found: Vec<_> = desk.customers(q, "").await.unwrap().items.into_iter().map(|row| row.id).collect();
            assert_eq!(found, [odd], "{q} on {}", world.engine);
        }
        let row = desk.customers("100", "").await.unwrap().items.remove(0);
        assert_eq!((row.locations, row.people, row.open_requests), (0, 0, 0));
    })
    .await;
}

#[tokio::test]
async fn edits_with_a_stale_version_change_nothing() {
    on_both(async |world| {
        let (manager, admin) = (world.manager().await, world.staff("Ada", Role::Admin).await);
        let customer = world.customer(&manager, "Acme").await;
        let location = world.location(&manager, customer, "Here").await;
        let contact = world.db.desk(&manager).invite(customer, &person("Ana"), &everywhere()).await.unwrap();
        let desk = world.db.desk(&manager);

        let input = CustomerInput { name: "Acme Ltd".into(), kind: "retail".into(), internal_note: "Pays late".into() };
        desk.edit_customer(customer, 1, &input).await.unwrap();
        assert!(matches!(desk.edit_customer(customer, 1, &input).await, Err(Error::Conflict)), "{}", world.engine);
        assert_eq!(journal(&world.db, &admin).await[0].details, "Changed: name, kind, internal note", "{}", world.engine);

        let version = version_of(&world.db, &manager, contact).await;
        let renamed =
            PersonInput { name: "Ana Berg".into(), email: "other@customer.example".into(), phone: "030 1".into(), lang: "de".into() };
        desk.edit_person(contact, version, &renamed).await.unwrap();
        assert!(matches!(desk.edit_person(contact, version, &person("Old")).await, Err(Error::Conflict)), "{}", world.engine);
        let view = desk.person(contact).await.unwrap();
        assert_eq!((view.name.as_str(), view.email.as_str()), ("Ana Berg", "ana@customer.example"), "{}", world.engine);

        let input = LocationInput { name: "There".into(), zone: "Moon/Base".into(), ..LocationInput::default() };
        assert_eq!(problems(desk.edit_location(location, 1, &input).await), Problems::of("zone", Problem::NotAChoice), "{}", world.engine);
        let input = LocationInput { zone: "europe/lisbon".into(), ..input };
        desk.edit_location(location, 1, &input).await.unwrap();
        assert!(matches!(desk.edit_location(location, 1, &input).await, Err(Error::Conflict)), "{}", world.engine);
        let view = desk.customer(customer).await.unwrap();
        assert_eq!((view.name.as_str(), view.locations[0].zone.as_str()), ("Acme Ltd", "Europe/Lisbon"), "{}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn a1_planned_visits_keep_their_hours_when_a_locations_zone_is_corrected() {
    on_both(async |world| {
        let manager = world.manager().await;
        let customer = world.customer(&manager, "Acme").await;
        let location = world.location(&manager, customer, "Here").await;
        let desk = world.db.desk(&manager);
        let work = TargetInput { title: "Internal".into(), public_title: "Inspection".into(), ..TargetInput::default() };
        let target = desk.create_target(location, &work).await.unwrap();
        let slot = SlotInput { date: "2026-03-29".into(), from: "01:30".into(), until: "04:00".into(), ..SlotInput::default() };
        let version = desk.target(target).await.unwrap().version;
        desk.schedule(target, version, &slot, true).await.unwrap();
        let next = async || desk.targets("open", "").await.unwrap().items.remove(0).next_visit.unwrap().machine;
        assert_eq!(next().await, "2026-03-29T00:30:00Z", "{}", world.engine);

        let input = |zone: &str| LocationInput { name: "Here".into(), zone: zone.into(), ..LocationInput::default() };
        desk.edit_location(location, 1, &input("America/New_York")).await.unwrap();
        assert_eq!(next().await, "2026-03-29T05:30:00Z", "{}", world.engine);
        // In Lisbon the clocks skip the hour from 01:00 that morning.
        let skipped = problems(desk.edit_location(location, 2, &input("Europe/Lisbon")).await);
        assert_eq!(skipped, Problems::of("zone", Problem::NoSuchTime), "{}", world.engine);
        assert_eq!(next().await, "2026-03-29T05:30:00Z", "{}", world.engine);
    })
    .await;
}

// ------------------------------------------------------------------------------------------------- any grants

/// Most locations of a customer in the plans below.
const PLACES: usize = 4;

#[derive(Clone, Debug)]
enum Reach {
    Nothing,
    All,
    /// Which of the customer's first locations.
    Chosen([bool; PLACES]),
}

/// One customer: its locations, what the contact is given there first and then, and locations that come after that.
#[derive(Clone, Debug)]
struct Plan {
    locations: usize,
    first: Reach,
    then: Reach,
    later: usize,
}

fn reach() -> impl Strategy<Value = Reach> {
    prop_oneof![Just(Reach::Nothing), Just(Reach::All), any::<[bool; PLACES]>().prop_map(Reach::Chosen)]
}

fn plans() -> impl Strategy<Value = Vec<Plan>> {
    let plan =
        (0..=PLACES, reach(), reach(), 0..=2_usize).prop_map(|(locations, first, then, later)| Plan { locations, first, then, later });
    collection::vec(plan, 1..4)
}

impl Reach {
    /// The grant that gives it over a customer's locations; none when it is over nothing.
    fn terms(&self, locations: &[LocationId]) -> Option<GrantInput> {
        match self {
            Self::Nothing => None,
            Self::All => Some(everywhere()),
            Self::Chosen(marks) => {
                let marked: Vec<_> = locations.iter().zip(marks).filter(|(_, marked)| **marked).map(|(id, _)| *id).collect();
                (!marked.is_empty()).then(|| chosen(&marked))
            }
        }
    }
}

static PEOPLE: AtomicUsize = AtomicUsize::new(0);

async fn follow(world: &World, by: &StaffActor, plans: Vec<Plan>) -> Result<(), TestCaseError> {
    let name = format!("Contact{}", PEOPLE.fetch_add(1, Ordering::Relaxed));
    let door = world.customer(by, "A customer without locations").await;
    let (contact, session) = accepted(world, by, door, &name, &everywhere()).await;
    let desk = world.db.desk(by);
    let (mut expected, mut all) = (BTreeSet::new(), BTreeSet::new());
    for (n, plan) in plans.iter().enumerate() {
        let customer = world.customer(by, &format!("Customer {n}")).await;
        let mut locations = Vec::new();
        for _ in 0..plan.locations {
            locations.push(world.location(by, customer, "Location").await);
        }
        if let Some(terms) = plan.first.terms(&locations) {
            desk.invite(customer, &person(&name), &terms).await.unwrap();
        }
        let live = desk.person(contact).await.unwrap().grants.into_iter().find(|grant| grant.customer_id == customer);
        match (live, plan.then.terms(&locations)) {
            (Some(grant), Some(terms)) => desk.edit_grant(grant.id, grant.version, &terms).await.unwrap(),
            (Some(grant), None) => desk.end_grant(grant.id, grant.version).await.unwrap(),
            (None, Some(terms)) => drop(desk.invite(customer, &person(&name), &terms).await.unwrap()),
            (None, None) => {}
        }
        let early = locations.clone();
        for _ in 0..plan.later {
            locations.push(world.location(by, customer, "Later").await);
        }
        match &plan.then {
            Reach::Nothing => {}
            Reach::All => expected.extend(locations.iter().copied()),
            Reach::Chosen(marks) => expected.extend(early.iter().zip(marks).filter(|(_, marked)| **marked).map(|(id, _)| *id)),
        }
        all.extend(locations);
    }
    prop_assert_eq!(&seen(&world.db, &session).await, &expected);
    let actor = world.db.portal_actor(&session).await.unwrap();
    for location in all {
        prop_assert_eq!(world.db.portal(&actor).place(location).await.is_ok(), expected.contains(&location));
    }
    prop_assert_eq!(desk.person(contact).await.unwrap().reach.locations as usize, expected.len());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn g8_whatever_is_granted_a_contact_sees_exactly_the_locations_of_its_live_grants() {
    on_both(async |world| {
        let manager = world.manager().await;
        let config = Config { cases: 24, failure_persistence: None, ..Config::default() };
        let now = |plans| tokio::task::block_in_place(|| tokio::runtime::Handle::current().block_on(follow(&world, &manager, plans)));
        if let Err(error) = TestRunner::new(config).run(&plans(), now) {
            panic!("{}: {error}", world.engine);
        }
    })
    .await;
}
