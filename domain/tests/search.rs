//! Search at the desk, on both engines: what is found by what, and that it keeps in step with what happens.

use crate::support::{World, everywhere, on_both, what, words};
use domain::actor::StaffActor;
use domain::customer::{CustomerInput, LocationInput};
use domain::grant::PersonInput;
use domain::id::FormKey;
use domain::request::WhatInput;
use domain::role::Role;
use domain::search::Noun;
use domain::sheet::SheetKind;
use domain::target::TargetInput;

/// The titles that are found of one kind.
async fn found(world: &World, by: &StaffActor, typed: &str, noun: Noun) -> Vec<String> {
    let groups = world.db.desk(by).search(typed, Some(noun), "").await.unwrap();
    assert!(groups.iter().all(|group| group.noun == noun), "{typed}");
    groups.into_iter().flat_map(|group| group.page.items).map(|found| found.title).collect()
}

fn described(title: &str, description: &str, on_site_contact: &str) -> WhatInput {
    WhatInput { description: description.into(), on_site_contact: on_site_contact.into(), ..what(title) }
}

#[tokio::test]
async fn search_finds_a_request_by_all_that_staff_know_of_it() {
    on_both(async |world| {
        let manager = world.manager().await;
        let customer = world.customer(&manager, "Bäckerei Größl").await;
        let place = world.location(&manager, customer, "Filiale Süd").await;
        let ana = world.contact(&manager, customer, "Ana", &everywhere()).await;
        let portal = world.db.portal(&ana);
        let draft = portal.start_draft(&place.to_string()).await.unwrap();
        let input = described("Ofen kühlt nicht ab", "Die Klappe schließt nur zu 100%.", "José, 0170 555 01 01");
        portal.save_what(draft, &input).await.unwrap();
        let request = portal.submit(draft).await.unwrap();
        world.pass(1);
        world.request(&ana, place, "Something else").await;
        let desk = world.db.desk(&manager);
        desk.write_note(request, FormKey::new(), "Serial number XK-4711").await.unwrap();
        desk.send_message(request, FormKey::new(), "We bring a gasket.").await.unwrap();
        let number = desk.request(request).await.unwrap().number;

        let unparted = number.replace('-', "").to_lowercase();
        let own = [
            "ofen kuhlt",
            "OFEN KÜHLT",
            "kuehlt",
            "klappe schliesst 100%",
            "jose",
            "José",
            "+49 170 5550101",
            "0170/5550101",
            "5550101",
            "xk-4711",
            "gask",
            number.as_str(),
            &number[..4],
            unparted.as_str(),
            "ofen größl süd",
        ];
        for typed in own {
            assert_eq!(found(&world, &manager, typed, Noun::Request).await, ["Ofen kühlt nicht ab"], "{typed}, {}", world.engine);
        }
        for both in ["grossl", "Größl Filiale", "lindenstr 10969", "ana@customer", "berlin"] {
            assert_eq!(
                found(&world, &manager, both, Noun::Request).await,
                ["Something else", "Ofen kühlt nicht ab"],
                "{both}, newest first"
            );
        }
        for nothing in ["", " ", "%", "_", "%fen", "k_hlt", "' OR 1=1 --x", "fen", "ofen pump"] {
            let ours = found(&world, &manager, nothing, Noun::Request).await;
            assert!(ours.is_empty(), "{nothing:?} found {ours:?}, {}", world.engine);
        }
    })
    .await;
}

#[tokio::test]
async fn search_finds_every_kind_for_every_role() {
    on_both(async |world| {
        let manager = world.manager().await;
        let customer = world.customer(&manager, "Quercus Ltd").await;
        let place = world.location(&manager, customer, "Quercus Tower").await;
        let ana = world.contact(&manager, customer, "Quercia", &everywhere()).await;
        let request = world.request(&ana, place, "Heating").await;
        let target = world.target(&manager, request).await;
        let report = world.report(&manager, target, "The quartz valve was stuck.").await;
        world.approve(&manager, report).await;
        world.release(&manager, report, &words("Heating is warm")).await;

        for role in [Role::Dispatcher, Role::Admin] {
            let staff = world.staff(role.word(), role).await;
            let groups = world.db.desk(&staff).search("quer", None, "").await.unwrap();
            let kinds: Vec<_> = groups.iter().map(|group| (group.noun, group.page.items.len())).collect();
            let all = [Noun::Request, Noun::Target, Noun::Report, Noun::Customer, Noun::Location, Noun::Contact];
            assert_eq!(kinds, all.map(|noun| (noun, 1)), "{role}, {}", world.engine);
        }
        assert_eq!(found(&world, &manager, "quartz", Noun::Report).await, ["Internal title"]);
        assert_eq!(found(&world, &manager, "heating warm quercus", Noun::Report).await, ["Internal title"]);
        assert_eq!(found(&world, &manager, "quartz", Noun::Request).await, [""; 0]);
        let number = world.db.desk(&manager).target(target).await.unwrap().number;
        assert_eq!(found(&world, &manager, &number, Noun::Target).await, ["Internal title"]);
    })
    .await;
}

#[tokio::test]
async fn search_follows_what_is_changed() {
    on_both(async |world| {
        let manager = world.manager().await;
        let desk = world.db.desk(&manager);
        let customer = world.customer(&manager, "Oldname").await;
        let place = world.location(&manager, customer, "Firsthouse").await;
        let ana = world.contact(&manager, customer, "Ana", &everywhere()).await;
        let request = world.request(&ana, place, "Heating").await;
        let target = world.target(&manager, request).await;

        let version = desk.customer(customer).await.unwrap().version;
        let input = CustomerInput { name: "Newname".into(), kind: "facility".into(), internal_note: String::new() };
        desk.edit_customer(customer, version, &input).await.unwrap();
        let location = desk.customer(customer).await.unwrap().locations.remove(0);
        let input = LocationInput {
            name: "Secondhouse".into(),
            street: location.street,
            postal_code: location.postal_code,
            city: "Potsdam".into(),
            zone: location.zone,
            internal_note: String::new(),
        };
        desk.edit_location(place, location.version, &input).await.unwrap();
        let person = desk.person(ana.contact_id()).await.unwrap();
        let input = PersonInput { name: "Beatrix".into(), email: String::new(), phone: "030 778899".into(), lang: "en".into() };
        desk.edit_person(ana.contact_id(), person.version, &input).await.unwrap();
        let work = TargetInput { title: "Boiler".into(), public_title: "Boiler".into(), ..TargetInput::default() };
        desk.edit_target(target, desk.target(target).await.unwrap().version, &work).await.unwrap();

        for gone in ["oldname", "firsthouse", "heating berlin", "internal title"] {
            let groups = desk.search(gone, None, "").await.unwrap();
            assert!(groups.is_empty(), "{gone} finds {groups:?}, {}", world.engine);
        }
        for there in ["newname", "secondhouse potsdam", "newname lindenstr", "heating beatrix", "heating 030778899"] {
            assert_eq!(found(&world, &manager, there, Noun::Request).await, ["Heating"], "{there}, {}", world.engine);
        }
        assert_eq!(found(&world, &manager, "boiler newname potsdam beatrix", Noun::Target).await, ["Boiler"]);

        world.db.portal(&ana).set_profile("Clara", "", "en").await.unwrap();
        assert_eq!(found(&world, &manager, "heating clara", Noun::Request).await, ["Heating"]);
        assert!(found(&world, &manager, "heating beatrix", Noun::Request).await.is_empty());
        let later = world.request(&ana, place, "Window").await;
        assert_eq!(found(&world, &manager, "window clara newname", Noun::Request).await, ["Window"], "{later}");
    })
    .await;
}

#[tokio::test]
async fn search_pages_by_key_and_forgets_nothing() {
    on_both(async |world| {
        let manager = world.manager().await;
        let customer = world.customer(&manager, "Acme").await;
        let place = world.location(&manager, customer, "Head office").await;
        let ana = world.contact(&manager, customer, "Ana", &everywhere()).await;
        for n in 0..30 {
            world.pass(1);
            world.request(&ana, place, &format!("Lamp {n}")).await;
        }
        let desk = world.db.desk(&manager);
        let few = desk.search("lamp acme", None, "").await.unwrap();
        let shown: Vec<_> = few[0].page.items.iter().map(|found| found.title.as_str()).collect();
        assert_eq!(shown, ["Lamp 29", "Lamp 28", "Lamp 27", "Lamp 26", "Lamp 25"]);
        assert!(few[0].page.next.is_some());
        let first = desk.search("lamp", Some(Noun::Request), "").await.unwrap().remove(0).page;
        world.pass(1);
        world.request(&ana, place, "Lamp 30").await;
        let rest = desk.search("lamp", Some(Noun::Request), &first.next.unwrap().0).await.unwrap().remove(0).page;
        let mut titles: Vec<_> = first.items.into_iter().chain(rest.items).map(|found| found.title).collect();
        titles.reverse();
        assert_eq!(titles, (0..30).map(|n| format!("Lamp {n}")).collect::<Vec<_>>(), "each once, {}", world.engine);
        assert!(rest.next.is_none());
    })
    .await;
}

#[tokio::test]
async fn search_finds_locations_of_a_list() {
    on_both(async |world| {
        let manager = world.manager().await;
        let customer = world.customer(&manager, "Acme").await;
        let desk = world.db.desk(&manager);
        let list = "name,street,postal_code,city,time_zone\nFiliale Süd,Lindenstr. 4,10969,Berlin,Europe/Berlin\n";
        let sheet = desk.keep_sheet(customer, SheetKind::Locations, list.as_bytes()).await.unwrap();
        desk.import_locations(sheet).await.unwrap();
        for typed in ["sued", "lindenstr acme"] {
            assert_eq!(found(&world, &manager, typed, Noun::Location).await, ["Filiale Süd"], "{typed}, {}", world.engine);
        }
        // What is new there is found by it too.
        let place = desk.customer(customer).await.unwrap().locations[0].id;
        let ana = world.contact(&manager, customer, "Ana", &everywhere()).await;
        world.request(&ana, place, "Lamp").await;
        assert_eq!(found(&world, &manager, "filiale lamp", Noun::Request).await, ["Lamp"], "{}", world.engine);
    })
    .await;
}
