//! Lists of locations and of people: looked at line by line, taken over whole or not at all, once.

use crate::support::{World, chosen, everywhere, on_both};
use domain::Error;
use domain::actor::StaffActor;
use domain::field::{Problem, Problems, Refusal};
use domain::grant::PersonInput;
use domain::id::{CustomerId, SheetId};
use domain::invitation::InvitationState;
use domain::role::Role;
use domain::sheet::SheetKind::{Locations, People};
use domain::sheet::{CellProblem, LISTED, SIZE_LIMIT, SheetView};

const LOCATIONS_EXAMPLE: &str = Locations.example();

async fn looked_at(world: &World, by: &StaffActor, customer: CustomerId, list: &str) -> SheetView {
    let desk = world.db.desk(by);
    let sheet = desk.keep_sheet(customer, Locations, list.as_bytes()).await.unwrap();
    desk.sheet(customer, Locations, sheet).await.unwrap()
}

async fn names(world: &World, by: &StaffActor, customer: CustomerId) -> Vec<String> {
    world.db.desk(by).customer(customer).await.unwrap().locations.into_iter().map(|location| location.name).collect()
}

fn wrong(view: &SheetView) -> Vec<(usize, &str, &CellProblem)> {
    view.problems.iter().map(|problem| (problem.line, problem.column.as_str(), &problem.problem)).collect()
}

#[tokio::test]
async fn the_example_is_taken_over_as_it_is() {
    on_both(async |world| {
        let manager = world.manager().await;
        let customer = world.customer(&manager, "Acme").await;
        let desk = world.db.desk(&manager);
        let view = looked_at(&world, &manager, customer, LOCATIONS_EXAMPLE).await;
        assert_eq!((view.new, view.known, view.wrong, view.done), (2, 0, 0, false), "{}", world.engine);
        assert_eq!((view.lines[1].line, view.lines[1].cells[1].as_str()), (3, "Am Sandtorkai 30, yard, 20457 Hamburg"));
        assert!(names(&world, &manager, customer).await.is_empty(), "looking adds nothing");

        assert_eq!(desk.import_locations(view.id).await.unwrap(), customer);
        let locations = desk.customer(customer).await.unwrap().locations;
        let harbour = &locations[0];
        assert_eq!((harbour.name.as_str(), harbour.street.as_str()), ("Branch Harbour", "Am Sandtorkai 30, yard"), "{}", world.engine);
        assert_eq!((harbour.zone.as_str(), locations[1].internal_note.as_str()), ("Europe/Berlin", "Key at the bakery next door"));

        // Sent again it adds nothing more, and says so; brought again its lines are known.
        assert_eq!(desk.import_locations(view.id).await.unwrap(), customer);
        assert_eq!(names(&world, &manager, customer).await.len(), 2, "{}", world.engine);
        assert!(desk.sheet(customer, Locations, view.id).await.unwrap().done);
        let german = "\u{feff}Name;Straße;PLZ;Ort;Zeitzone\r\nBRANCH MITTE;;;;Europe/Berlin\r\nNeu;Hof 1;1010;Wien;Europe/Vienna\r\n";
        let view = looked_at(&world, &manager, customer, german).await;
        assert_eq!((view.new, view.known, view.wrong), (1, 1, 0), "{}", world.engine);
        desk.import_locations(view.id).await.unwrap();
        assert_eq!(names(&world, &manager, customer).await, ["Branch Harbour", "Branch Mitte", "Neu"], "{}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn problems_are_told_by_line_and_nothing_is_half_done() {
    on_both(async |world| {
        let manager = world.manager().await;
        let customer = world.customer(&manager, "Acme").await;
        let desk = world.db.desk(&manager);
        let long = "x".repeat(121);
        let list = format!(
            "name,time_zone,city\n\
             Good,Europe/Berlin,Berlin\n\
             \n\
             ,Europe/Berlin,\n\
             Nowhere,Europe/Atlantis,\n\
             Twice,Europe/Berlin,{long}\n\
             good ,Europe/Berlin,\n\
             More,Europe/Berlin,Berlin,and more\n\
             \"Open,Europe/Berlin,Berlin\nNext\",Europe/Berlin,Berlin\n"
        );
        let view = looked_at(&world, &manager, customer, &list).await;
        let expected = [
            (4, "name", &CellProblem::Field(Problem::Missing)),
            (5, "time_zone", &CellProblem::UnknownZone),
            (6, "city", &CellProblem::Field(Problem::TooLong { most: 120 })),
            (7, "", &CellProblem::NameTwice),
            (8, "", &CellProblem::TooManyCells),
            (9, "name", &CellProblem::SeveralLines),
        ];
        assert_eq!(wrong(&view), expected, "{}", world.engine);
        assert_eq!((view.new, view.wrong), (1, 6), "{}", world.engine);
        assert!(matches!(desk.import_locations(view.id).await, Err(Error::Conflict)), "{}", world.engine);
        assert!(names(&world, &manager, customer).await.is_empty(), "{}", world.engine);
        assert!(!desk.sheet(customer, Locations, view.id).await.unwrap().done, "{}", world.engine);

        for (list, expected) in [
            ("street,colour,Street\nA,B,C", vec![(1, "colour"), (1, "Street"), (1, "name"), (1, "time_zone")]),
            ("Branch A,Lindenstr. 4", vec![(1, "Branch A"), (1, "Lindenstr. 4"), (1, "name"), (1, "time_zone")]),
        ] {
            let view = looked_at(&world, &manager, customer, list).await;
            let found: Vec<_> = view.problems.iter().map(|problem| (problem.line, problem.column.as_str())).collect();
            assert_eq!(found, expected, "{list} on {}", world.engine);
        }
    })
    .await;
}

#[tokio::test]
async fn promise_11_a_hostile_list_is_text_or_is_refused() {
    on_both(async |world| {
        let manager = world.manager().await;
        let customer = world.customer(&manager, "Acme").await;
        let desk = world.db.desk(&manager);
        let hostile = ["=cmd|' /C calc'!A0", "</textarea><script>alert(1)</script>", "'); DROP TABLE location; --", "\u{202e}gpj"];
        let list = hostile.iter().map(|name| format!("\"{name}\",UTC\n")).collect::<String>();
        let view = looked_at(&world, &manager, customer, &format!("name,time_zone\n{list}")).await;
        desk.import_locations(view.id).await.unwrap();
        let mut stored = names(&world, &manager, customer).await;
        stored.sort();
        let mut expected = hostile.map(str::to_owned);
        expected.sort();
        assert_eq!(stored, expected, "{}", world.engine);

        let refused = async |file: &[u8]| match desk.keep_sheet(customer, Locations, file).await {
            Err(Error::Invalid(problems)) => problems,
            other => panic!("no problems but {other:?}"),
        };
        let of = |refusal| Problems::of("file", Problem::Refused(refusal));
        assert_eq!(refused(b"name,time_zone\nK\xf6ln,UTC".as_slice()).await, of(Refusal::SheetNotText), "{}", world.engine);
        assert_eq!(refused(b"PK\x03\x04\0\0".as_slice()).await, of(Refusal::SheetNotText), "{}", world.engine);
        assert_eq!(refused(vec![b'a'; SIZE_LIMIT + 1].as_slice()).await, of(Refusal::SheetTooLarge), "{}", world.engine);
        assert_eq!(refused(b" \n".as_slice()).await, Problems::of("file", Problem::Missing), "{}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn a_list_of_the_largest_kind_is_taken_over_and_a_longer_one_is_not() {
    on_both(async |world| {
        let manager = world.manager().await;
        let customer = world.customer(&manager, "Acme").await;
        let list = |rows: usize| format!("name,time_zone\n{}", (0..rows).map(|n| format!("Branch {n},UTC\n")).collect::<String>());
        let view = looked_at(&world, &manager, customer, &list(5_001)).await;
        assert_eq!(wrong(&view), [(1, "", &CellProblem::TooManyRows { most: 5_000 })], "{}", world.engine);
        let view = looked_at(&world, &manager, customer, &list(2_000)).await;
        assert_eq!((view.new, view.lines.len(), view.wrong), (2_000, LISTED, 0), "{}", world.engine);
        world.db.desk(&manager).import_locations(view.id).await.unwrap();
        assert_eq!(names(&world, &manager, customer).await.len(), 2_000, "{}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn promise_5_lists_that_are_sent_at_once_add_each_location_once() {
    on_both(async |world| {
        let manager = world.manager().await;
        let customer = world.customer(&manager, "Acme").await;
        let mut tries = Vec::new();
        for _ in 0..2 {
            let sheet = looked_at(&world, &manager, customer, LOCATIONS_EXAMPLE).await.id;
            for _ in 0..4 {
                let (db, manager) = (world.db.clone(), manager.clone());
                tries.push(tokio::spawn(async move { db.desk(&manager).import_locations(sheet).await }));
            }
        }
        for outcome in futures::future::join_all(tries).await {
            assert_eq!(outcome.unwrap().unwrap(), customer, "{}", world.engine);
        }
        assert_eq!(names(&world, &manager, customer).await, ["Branch Harbour", "Branch Mitte"], "{}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn g14_lists_are_the_managers_and_each_belongs_to_its_customer() {
    on_both(async |world| {
        let (manager, dispatcher) = (world.manager().await, world.staff("Dirk", Role::Dispatcher).await);
        let (customer, other) = (world.customer(&manager, "Acme").await, world.customer(&manager, "Other").await);
        let sheet = looked_at(&world, &manager, customer, LOCATIONS_EXAMPLE).await.id;
        let desk = world.db.desk(&dispatcher);
        let refusals = [
            desk.keep_sheet(customer, Locations, b"name").await.err(),
            desk.sheet(customer, Locations, sheet).await.err(),
            desk.import_locations(sheet).await.err(),
        ];
        assert!(refusals.iter().all(|refusal| matches!(refusal, Some(Error::Forbidden))), "{refusals:?} on {}", world.engine);
        let desk = world.db.desk(&manager);
        let missing = [
            desk.keep_sheet(CustomerId::new(), Locations, b"name").await.err(),
            desk.sheet(other, Locations, sheet).await.err(),
            desk.sheet(customer, Locations, SheetId::new()).await.err(),
            desk.import_locations(SheetId::new()).await.err(),
        ];
        assert!(missing.iter().all(|missing| matches!(missing, Some(Error::NotFound))), "{missing:?} on {}", world.engine);
        // A list that nobody takes over is forgotten.
        world.pass(2 * 86_400);
        looked_at(&world, &manager, other, LOCATIONS_EXAMPLE).await;
        assert!(matches!(desk.sheet(customer, Locations, sheet).await, Err(Error::NotFound)), "{}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn g1_a_list_of_people_is_invited_on_one_grant_with_one_mail_each() {
    on_both(async |world| {
        let manager = world.manager().await;
        let (customer, other) = (world.customer(&manager, "Acme").await, world.customer(&manager, "Other").await);
        let (here, there) = (world.location(&manager, customer, "Here").await, world.location(&manager, other, "There").await);
        let desk = world.db.desk(&manager);
        world.contact(&manager, customer, "Inside", &everywhere()).await;
        world.contact(&manager, other, "Elsewhere", &everywhere()).await;
        let list = "Name;E-Mail;Sprache\nAnna Berger;ANNA@customer.example;DE\nInside;inside@customer.example;\n\
                    Elsewhere;elsewhere@customer.example;en\n";
        let sheet = desk.keep_sheet(customer, People, list.as_bytes()).await.unwrap();
        let view = desk.sheet(customer, People, sheet).await.unwrap();
        assert_eq!((view.new, view.known, view.wrong), (2, 1, 0), "{} {:?}", world.engine, view.problems);
        assert_eq!(view.lines[0].cells, ["Anna Berger", "anna@customer.example", ""], "{}", world.engine);
        assert!(matches!(desk.import_locations(sheet).await, Err(Error::NotFound)), "a list of people is no list of locations");

        // A grant that is refused invites nobody, and the list waits.
        assert!(matches!(desk.invite_people(sheet, &chosen(&[there])).await, Err(Error::Invalid(_))), "{}", world.engine);
        assert!(matches!(desk.invite_people(sheet, &chosen(&[])).await, Err(Error::Invalid(_))), "{}", world.engine);
        assert_eq!(desk.customer(customer).await.unwrap().people.len(), 1, "{}", world.engine);
        for _ in 0..2 {
            assert_eq!(desk.invite_people(sheet, &chosen(&[here])).await.unwrap(), customer, "{}", world.engine);
        }
        let people = desk.customer(customer).await.unwrap().people;
        assert_eq!(
            people.iter().map(|row| row.name.as_str()).collect::<Vec<_>>(),
            ["Anna Berger", "Elsewhere", "Inside"],
            "{}",
            world.engine
        );
        assert_eq!(people[0].invitation, Some(InvitationState::Pending), "{}", world.engine);
        assert_eq!(people[0].grant.as_ref().unwrap().locations, [(here, "Here".to_owned())], "{}", world.engine);
        assert!(people[2].grant.as_ref().unwrap().all_locations, "who has access keeps it as it is");
        world.system.send_due_mail(&world.mailer).await.unwrap();
        let invitations = world.mails_to("anna@customer.example");
        assert_eq!(invitations.len(), 1, "{}", world.engine);
        assert!(invitations[0].contains("/invite/"), "{}", invitations[0]);
        // Who is in already gets a notice: the second mail, after the invitation to the other customer.
        assert_eq!(world.mails_to("elsewhere@customer.example").len(), 2, "{}", world.engine);
        assert_eq!(world.mails_to("inside@customer.example").len(), 1, "{}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn g1_a_list_of_people_with_problems_invites_nobody() {
    on_both(async |world| {
        let manager = world.manager().await;
        let customer = world.customer(&manager, "Acme").await;
        let desk = world.db.desk(&manager);
        let out = PersonInput { name: "Out".into(), email: "out@customer.example".into(), ..PersonInput::default() };
        let contact = desk.invite(customer, &out, &everywhere()).await.unwrap();
        desk.disable_contact(contact, desk.person(contact).await.unwrap().version).await.unwrap();
        let list = "name,email,phone,language\n\
                    Good,good@customer.example,,\n\
                    ,nobody,,fr\n\
                    Again,GOOD@customer.example,,\n\
                    Out,out@customer.example,,\n";
        let sheet = desk.keep_sheet(customer, People, list.as_bytes()).await.unwrap();
        let view = desk.sheet(customer, People, sheet).await.unwrap();
        let expected = [
            (3, "name", &CellProblem::Field(Problem::Missing)),
            (3, "language", &CellProblem::Field(Problem::NotAChoice)),
            (3, "email", &CellProblem::Field(Problem::NotAnAddress)),
            (4, "", &CellProblem::AddressTwice),
            (5, "", &CellProblem::Disabled),
        ];
        assert_eq!(wrong(&view), expected, "{}", world.engine);
        assert!(matches!(desk.invite_people(sheet, &everywhere()).await, Err(Error::Conflict)), "{}", world.engine);
        assert_eq!(desk.people("", "good", "").await.unwrap().items.len(), 0, "{}", world.engine);

        let dispatcher = world.staff("Dirk", Role::Dispatcher).await;
        let refused = world.db.desk(&dispatcher).invite_people(sheet, &everywhere()).await;
        assert!(matches!(refused, Err(Error::Forbidden)), "{}", world.engine);
    })
    .await;
}
