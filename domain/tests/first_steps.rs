//! Day one: from an empty installation to the first invitation.

use crate::support::{everywhere, on_both};
use domain::Error;
use domain::company::{CompanyInput, DEFAULT_NAME};
use domain::grant::PersonInput;
use domain::role::Role;

#[tokio::test]
async fn an_empty_installation_leads_to_the_first_invitation_and_then_no_more() {
    on_both(async |world| {
        world.system.set_company(DEFAULT_NAME, "").await.unwrap();
        let admin = world.staff("Ada", Role::Admin).await;
        let desk = world.db.desk(&admin);
        let done = async || {
            let steps = desk.first_steps().await.unwrap();
            assert_eq!(desk.me().await.unwrap().first_steps, !steps.are_done(), "{}", world.engine);
            [steps.company, steps.customer, steps.location, steps.invitation]
        };
        assert_eq!(done().await, [false; 4], "{}", world.engine);

        // Who keeps the name has confirmed it.
        let same = CompanyInput { name: DEFAULT_NAME.into(), emergency_phone: String::new(), zone: "Europe/Berlin".into() };
        desk.edit_company(desk.company().await.unwrap().version, &same).await.unwrap();
        assert_eq!(done().await, [true, false, false, false], "{}", world.engine);
        let customer = world.customer(&admin, "Acme").await;
        assert_eq!(done().await, [true, true, false, false], "{}", world.engine);
        assert_eq!(desk.first_steps().await.unwrap().first_customer, Some(customer), "{}", world.engine);
        world.location(&admin, customer, "North").await;
        assert_eq!(done().await, [true, true, true, false], "{}", world.engine);
        let ana = PersonInput { name: "Ana".into(), email: "ana@customer.example".into(), ..PersonInput::default() };
        desk.invite(customer, &ana, &everywhere()).await.unwrap();
        assert_eq!(done().await, [true; 4], "{}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn g14_a_dispatcher_is_not_led_to_what_a_manager_does() {
    on_both(async |world| {
        let dirk = world.staff("Dirk", Role::Dispatcher).await;
        let desk = world.db.desk(&dirk);
        assert!(!desk.me().await.unwrap().first_steps, "{}", world.engine);
        assert!(matches!(desk.first_steps().await, Err(Error::Forbidden)), "{}", world.engine);
    })
    .await;
}
