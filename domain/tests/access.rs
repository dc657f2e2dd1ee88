//! People and locations as one table: each cell is what the person's portal covers.

use std::collections::{BTreeMap, BTreeSet};

use crate::support::{World, chosen, everywhere, on_both};
use domain::Error;
use domain::access::{COLUMNS, Scope};
use domain::actor::{PortalActor, StaffActor};
use domain::grant::{GrantInput, PersonInput};
use domain::id::{CustomerId, LocationId};
use domain::role::Role;

type Cells = BTreeMap<String, BTreeSet<(LocationId, Scope)>>;

/// All of the table, part by part: what each person's grant covers.
async fn whole(world: &World, by: &StaffActor, customer: CustomerId) -> Cells {
    let (mut cells, mut people) = (Cells::new(), String::new());
    loop {
        let (mut after, mut next) = (String::new(), None);
        loop {
            let table = world.db.desk(by).access_table(customer, "", &after, &people).await.unwrap();
            assert!(table.people.len() <= COLUMNS);
            for (i, person) in table.people.iter().enumerate() {
                let row = cells.entry(person.name.clone()).or_default();
                row.extend(table.locations.items.iter().filter_map(|place| Some((place.id, place.covered[i]?))));
            }
            next = table.more_people.or(next);
            match table.locations.next {
                Some(cursor) => after = cursor.0,
                None => break,
            }
        }
        match next {
            Some(cursor) => people = cursor.0,
            None => return cells,
        }
    }
}

fn locations(cells: &Cells, name: &str) -> BTreeSet<LocationId> {
    cells[name].iter().map(|(id, _)| *id).collect()
}

/// What the portal lets somebody choose from.
async fn places(world: &World, who: &PortalActor) -> BTreeSet<LocationId> {
    world.db.portal(who).places().await.unwrap().into_iter().map(|place| place.id).collect()
}

#[tokio::test]
async fn g8_the_table_of_people_and_locations_is_what_each_of_them_sees() {
    on_both(async |world| {
        let (engine, manager) = (world.engine, world.manager().await);
        let customer = world.customer(&manager, "Acme").await;
        let mut all = Vec::new();
        for n in 0..30 {
            all.push(world.location(&manager, customer, &format!("Place {n:02}")).await);
        }
        // Two of one name, on both sides of a page's end.
        all.push(world.location(&manager, customer, "Place 24").await);
        let other = world.customer(&manager, "Other").await;
        let elsewhere = world.location(&manager, other, "Place 00").await;
        let tonight = GrantInput { last_day: "2026-03-02".into(), ..everywhere() };
        let ana = world.contact(&manager, customer, "Ana", &everywhere()).await;
        let ben = world.contact(&manager, customer, "Ben", &chosen(&[all[0], all[24], all[29]])).await;
        world.contact(&manager, customer, "Cleo", &tonight).await;
        let dan = world.contact(&manager, customer, "Dan", &everywhere()).await;
        world.contact(&manager, other, "Eve", &chosen(&[elsewhere])).await;
        let desk = world.db.desk(&manager);
        for n in 0..COLUMNS {
            let person =
                PersonInput { name: format!("Guest {n:02}"), email: format!("guest{n}@customer.example"), ..PersonInput::default() };
            desk.invite(customer, &person, &chosen(&[all[30]])).await.unwrap();
        }

        let cells = whole(&world, &manager, customer).await;
        assert_eq!(cells.len(), 4 + COLUMNS, "{engine}: {:?}", cells.keys());
        assert_eq!(locations(&cells, "Ana"), places(&world, &ana).await, "{engine}");
        assert_eq!(locations(&cells, "Ana").len(), all.len(), "{engine}");
        assert_eq!(locations(&cells, "Ben"), places(&world, &ben).await, "{engine}");
        assert!(cells["Ana"].iter().all(|(_, scope)| *scope == Scope::All), "{engine}");
        assert!(cells["Ben"].iter().all(|(_, scope)| *scope == Scope::Chosen), "{engine}");
        assert_eq!(cells["Guest 00"], BTreeSet::from([(all[30], Scope::Chosen)]), "{engine}");

        // Ended, and past its end: neither has a column.
        let grant = desk.person(dan.contact_id()).await.unwrap().grants.remove(0);
        desk.end_grant(grant.id, grant.version).await.unwrap();
        world.pass(86_400);
        let cells = whole(&world, &manager, customer).await;
        assert!(!cells.contains_key("Dan") && !cells.contains_key("Cleo"), "{engine}: {:?}", cells.keys());
        assert_eq!(cells.len(), 2 + COLUMNS, "{engine}");
    })
    .await;
}

#[tokio::test]
async fn g8_the_table_is_searched_by_location_and_for_all_staff() {
    on_both(async |world| {
        let (engine, manager) = (world.engine, world.manager().await);
        let dispatcher = world.staff("Dirk", Role::Dispatcher).await;
        let customer = world.customer(&manager, "Acme").await;
        let north = world.location(&manager, customer, "North 100%").await;
        world.location(&manager, customer, "South").await;
        let desk = world.db.desk(&dispatcher);
        let found = async |q: &str| {
            let table = world.db.desk(&dispatcher).access_table(customer, q, "", "").await.unwrap();
            table.locations.items.into_iter().map(|place| place.id).collect::<Vec<_>>()
        };

        assert_eq!(found("north").await, [north], "{engine}");
        assert_eq!(found("100%").await, [north], "{engine}");
        assert_eq!(found("lindenstr").await.len(), 2, "{engine}: by street");
        assert!(found("west").await.is_empty(), "{engine}");
        assert!(desk.access_table(customer, "", "", "").await.unwrap().people.is_empty(), "{engine}");
        assert!(matches!(desk.access_table(CustomerId::new(), "", "", "").await, Err(Error::NotFound)), "{engine}");
    })
    .await;
}
