//! The service company: what administrators say about it.

use crate::support::on_both;
use domain::Error;
use domain::company::CompanyInput;
use domain::field::{Problem, Problems};
use domain::role::Role;

fn company(name: &str, zone: &str) -> CompanyInput {
    CompanyInput { name: name.into(), emergency_phone: "+49 30 110".into(), zone: zone.into() }
}

#[tokio::test]
async fn g14_an_administrator_names_the_company_and_nobody_else_does() {
    on_both(async |world| {
        let (manager, admin) = (world.manager().await, world.staff("Ada", Role::Admin).await);
        let desk = world.db.desk(&admin);
        let before = desk.company().await.unwrap();
        assert_eq!((before.name.as_str(), before.zone.as_str()), ("Ordinavo Test Service", "UTC"), "{}", world.engine);

        let refused = world.db.desk(&manager).edit_company(before.version, &company("Mine", "UTC")).await;
        assert!(matches!(refused, Err(Error::Forbidden)), "{}", world.engine);
        assert!(matches!(world.db.desk(&manager).company().await, Err(Error::Forbidden)), "{}", world.engine);

        desk.edit_company(before.version, &company("  Northlight   Services ", "Europe/Berlin")).await.unwrap();
        let after = desk.company().await.unwrap();
        let fields = (after.name.as_str(), after.emergency_phone.as_str(), after.zone.as_str());
        assert_eq!(fields, ("Northlight Services", "+49 30 110", "Europe/Berlin"), "{}", world.engine);
        // Whoever is not signed in reads it at once.
        assert_eq!(world.db.anonymous().company().await.unwrap().name, "Northlight Services", "{}", world.engine);

        let stale = desk.edit_company(before.version, &company("Other", "UTC")).await;
        assert!(matches!(stale, Err(Error::Conflict)), "{}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn a_company_needs_a_name_and_a_zone_that_exists() {
    on_both(async |world| {
        let admin = world.staff("Ada", Role::Admin).await;
        let desk = world.db.desk(&admin);
        let before = desk.company().await.unwrap();
        for (input, expected) in [
            (company(" ", "Europe/Berlin"), Problems::of("name", Problem::Missing)),
            (company("Acme", ""), Problems::of("zone", Problem::Missing)),
            (company("Acme", "Europe/Atlantis"), Problems::of("zone", Problem::NotAChoice)),
        ] {
            match desk.edit_company(before.version, &input).await {
                Err(Error::Invalid(problems)) => assert_eq!(problems, expected, "{}", world.engine),
                other => panic!("no problems but {other:?}"),
            }
        }
        assert_eq!(desk.company().await.unwrap(), before, "{}", world.engine);
    })
    .await;
}
