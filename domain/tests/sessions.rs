//! Signing in and out, invitations and resets.

use crate::support::{PASSWORD, everywhere, on_both};
use domain::Error;
use domain::field::{Problem, Problems};
use domain::id::{SessionId, Token};
use domain::role::Role;

fn is_wrong(error: &Error) -> bool {
    matches!(error, Error::Invalid(problems) if *problems == Problems::of("password", Problem::WrongCredentials))
}

#[tokio::test]
async fn g2_opening_the_link_changes_nothing_and_accepting_works_once() {
    on_both(async |world| {
        let manager = world.manager().await;
        let customer = world.customer(&manager, "Acme").await;
        let person = domain::grant::PersonInput { name: "Ana".into(), email: "ana@customer.example".into(), ..Default::default() };
        world.db.desk(&manager).invite(customer, &person, &everywhere()).await.unwrap();
        let token = world.mailed_token("ana@customer.example", "/invite/").await;
        let anonymous = world.db.anonymous();
        for _ in 0..3 {
            assert_eq!(anonymous.invitation(&token).await.unwrap().0.name, "Ana");
        }
        anonymous.accept_invitation(&token, PASSWORD, &world.client()).await.unwrap();
        let again = anonymous.accept_invitation(&token, PASSWORD, &world.client()).await;
        assert!(matches!(again, Err(Error::NotFound)), "{}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn g2_fifty_parallel_acceptances_have_one_winner() {
    on_both(async |world| {
        let manager = world.manager().await;
        let customer = world.customer(&manager, "Acme").await;
        let person = domain::grant::PersonInput { name: "Ana".into(), email: "ana@customer.example".into(), ..Default::default() };
        world.db.desk(&manager).invite(customer, &person, &everywhere()).await.unwrap();
        let token = world.mailed_token("ana@customer.example", "/invite/").await;
        let tries = (0..50).map(|_| {
            let (db, client, token) = (world.db.clone(), world.client(), Token::presented(token.reveal()));
            tokio::spawn(async move { db.anonymous().accept_invitation(&token, PASSWORD, &client).await.map(drop) })
        });
        let mut won = 0;
        for outcome in futures::future::join_all(tries).await {
            match outcome.unwrap() {
                Ok(()) => won += 1,
                Err(Error::Conflict | Error::NotFound) => {}
                Err(other) => panic!("{}: {other}", world.engine),
            }
        }
        assert_eq!(won, 1, "{}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn g2_an_invitation_expires_and_a_resend_kills_the_old_link() {
    on_both(async |world| {
        let manager = world.manager().await;
        let customer = world.customer(&manager, "Acme").await;
        let person = domain::grant::PersonInput { name: "Ana".into(), email: "ana@customer.example".into(), ..Default::default() };
        let contact = world.db.desk(&manager).invite(customer, &person, &everywhere()).await.unwrap();
        let first = world.mailed_token("ana@customer.example", "/invite/").await;
        world.db.desk(&manager).resend_invitation(contact).await.unwrap();
        let second = world.mailed_token("ana@customer.example", "/invite/").await;
        assert!(matches!(world.db.anonymous().invitation(&first).await, Err(Error::NotFound)));
        assert!(world.db.anonymous().invitation(&second).await.is_ok());
        world.pass(15 * 86_400);
        assert!(matches!(world.db.anonymous().invitation(&second).await, Err(Error::NotFound)), "{}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn g4_unknown_and_known_addresses_are_refused_alike_and_the_account_is_throttled() {
    on_both(async |world| {
        let manager = world.manager().await;
        let customer = world.customer(&manager, "Acme").await;
        world.contact(&manager, customer, "Ana", &everywhere()).await;
        let anonymous = world.db.anonymous();
        for email in ["ana@customer.example", "nobody@customer.example", "mara@service.example"] {
            let refused = anonymous.sign_in_contact(email, "not the right password", &world.client()).await.unwrap_err();
            assert!(is_wrong(&refused), "{email}");
        }
        for email in ["ana@customer.example", "nobody@customer.example"] {
            for _ in 1..10 {
                assert!(is_wrong(&anonymous.sign_in_contact(email, "wrong again and again", &world.client()).await.unwrap_err()));
            }
            let throttled = anonymous.sign_in_contact(email, PASSWORD, &world.client()).await.unwrap_err();
            assert!(matches!(throttled, Error::TooMany { .. }), "{email} {}", world.engine);
        }
        world.pass(901);
        assert!(anonymous.sign_in_contact("Ana@Customer.example ", PASSWORD, &world.client()).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn g4_an_address_is_slowed_down_by_wrong_tries_and_not_by_many_people_who_sign_in() {
    on_both(async |world| {
        let manager = world.manager().await;
        let customer = world.customer(&manager, "Acme").await;
        world.contact(&manager, customer, "Ana", &everywhere()).await;
        let anonymous = world.db.anonymous();
        for number in 0..99 {
            let stranger = format!("nobody{number}@customer.example");
            assert!(is_wrong(&anonymous.sign_in_contact(&stranger, "wrong from the same place", &world.client()).await.unwrap_err()));
        }
        for _ in 0..3 {
            anonymous.sign_in_contact("ana@customer.example", PASSWORD, &world.client()).await.unwrap();
            anonymous.sign_in_staff("mara@service.example", PASSWORD, &world.client()).await.unwrap();
        }
        assert!(is_wrong(&anonymous.sign_in_contact("nobody99@customer.example", "the hundredth", &world.client()).await.unwrap_err()));
        for email in ["nobody100@customer.example", "ana@customer.example"] {
            let throttled = anonymous.sign_in_contact(email, PASSWORD, &world.client()).await.unwrap_err();
            assert!(matches!(throttled, Error::TooMany { .. }), "{email} {}", world.engine);
        }
        world.pass(901);
        assert!(anonymous.sign_in_contact("ana@customer.example", PASSWORD, &world.client()).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn g4_a_reset_link_works_once_and_ends_the_sessions() {
    on_both(async |world| {
        let manager = world.manager().await;
        let customer = world.customer(&manager, "Acme").await;
        world.contact(&manager, customer, "Ana", &everywhere()).await;
        let anonymous = world.db.anonymous();
        let old = anonymous.sign_in_contact("ana@customer.example", PASSWORD, &world.client()).await.unwrap();
        anonymous.ask_reset("nobody@customer.example", &world.client()).await.unwrap();
        anonymous.ask_reset("ana@customer.example", &world.client()).await.unwrap();
        let link = world.mailed_token("ana@customer.example", "/reset/").await;
        let new = anonymous.reset_password(&link, "nine-herons-by-the-pond", &world.client()).await.unwrap();
        assert!(matches!(world.db.portal_actor(&old).await, Err(Error::NotSignedIn)));
        assert!(world.db.portal_actor(&new).await.is_ok());
        assert!(matches!(anonymous.reset_password(&link, PASSWORD, &world.client()).await, Err(Error::NotFound)), "{}", world.engine);
        assert!(world.mails_to("nobody@customer.example").is_empty());
    })
    .await;
}

#[tokio::test]
async fn g5_a_token_of_one_face_is_nobody_at_the_other() {
    on_both(async |world| {
        let manager = world.manager().await;
        let customer = world.customer(&manager, "Acme").await;
        world.contact(&manager, customer, "Ana", &everywhere()).await;
        let anonymous = world.db.anonymous();
        let contact = anonymous.sign_in_contact("ana@customer.example", PASSWORD, &world.client()).await.unwrap();
        let staff = anonymous.sign_in_staff("mara@service.example", PASSWORD, &world.client()).await.unwrap();
        assert!(matches!(world.db.staff_actor(&contact).await, Err(Error::NotSignedIn)));
        assert!(matches!(world.db.portal_actor(&staff).await, Err(Error::NotSignedIn)), "{}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn g6_sessions_end_by_sign_out_idleness_and_age() {
    on_both(async |world| {
        let manager = world.manager().await;
        let customer = world.customer(&manager, "Acme").await;
        world.contact(&manager, customer, "Ana", &everywhere()).await;
        let sign_in = async || world.db.anonymous().sign_in_contact("ana@customer.example", PASSWORD, &world.client()).await.unwrap();
        let (one, two) = (sign_in().await, sign_in().await);
        let actor = world.db.portal_actor(&one).await.unwrap();
        world.db.portal(&actor).sign_out().await.unwrap();
        assert!(world.db.portal_actor(&one).await.is_err());
        let actor = world.db.portal_actor(&two).await.unwrap();
        world.db.portal(&actor).sign_out_everywhere().await.unwrap();
        assert!(world.db.portal_actor(&two).await.is_err());

        let idle = sign_in().await;
        world.pass(7 * 86_400 + 1);
        assert!(world.db.portal_actor(&idle).await.is_err(), "idle for seven days");
        let busy = sign_in().await;
        for _ in 0..6 {
            world.pass(5 * 86_400 - 10);
            assert!(world.db.portal_actor(&busy).await.is_ok());
        }
        world.pass(120);
        assert!(world.db.portal_actor(&busy).await.is_err(), "thirty days old, {}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn g14_a_disabled_staff_member_is_out_at_once() {
    on_both(async |world| {
        let admin = world.staff("Ada", Role::Admin).await;
        world.staff("Dan", Role::Dispatcher).await;
        let token = world.db.anonymous().sign_in_staff("dan@service.example", PASSWORD, &world.client()).await.unwrap();
        let desk = world.db.desk(&admin);
        let dan = desk.staff().await.unwrap().into_iter().find(|row| row.name == "Dan").unwrap();
        desk.disable_staff(dan.id, dan.version).await.unwrap();
        assert!(world.db.staff_actor(&token).await.is_err(), "{}", world.engine);
        assert!(world.db.anonymous().sign_in_staff("dan@service.example", PASSWORD, &world.client()).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn g14_single_keys_are_each_staff_members_own_choice() {
    on_both(async |world| {
        let (manager, other) = (world.manager().await, world.staff("Dirk", Role::Dispatcher).await);
        let desk = world.db.desk(&manager);
        assert!(desk.me().await.unwrap().single_keys);
        desk.set_single_keys(false).await.unwrap();
        assert!(!desk.me().await.unwrap().single_keys, "{}", world.engine);
        assert!(world.db.desk(&other).me().await.unwrap().single_keys);
        desk.set_single_keys(true).await.unwrap();
        assert!(desk.me().await.unwrap().single_keys);
    })
    .await;
}

#[tokio::test]
async fn g6_staff_see_and_end_their_sessions_and_administrators_everybodys() {
    on_both(async |world| {
        let (mara, ada) = (world.manager().await, world.staff("Ada", Role::Admin).await);
        let again = world.db.anonymous().sign_in_staff("mara@service.example", PASSWORD, &world.client()).await.unwrap();
        let desk = world.db.desk(&mara);
        let own = desk.sessions().await.unwrap();
        assert_eq!((own.len(), own.iter().filter(|session| session.this_one).count()), (2, 1), "{}", world.engine);

        let other = own.iter().find(|session| !session.this_one).unwrap().id;
        desk.end_session(other).await.unwrap();
        assert!(matches!(world.db.staff_actor(&again).await, Err(Error::NotSignedIn)), "{}", world.engine);
        assert_eq!(desk.sessions().await.unwrap().len(), 1, "{}", world.engine);

        // Others' sessions are the administrator's, whether they exist or not.
        let adas = world.db.desk(&ada).sessions().await.unwrap()[0].id;
        for session in [adas, other, SessionId::new()] {
            assert!(matches!(desk.end_session(session).await, Err(Error::Forbidden)), "{}", world.engine);
        }
        let token = world.db.anonymous().sign_in_staff("mara@service.example", PASSWORD, &world.client()).await.unwrap();
        let rows = world.db.desk(&ada).staff().await.unwrap();
        let maras = rows.iter().find(|row| row.name == "Mara").unwrap();
        assert_eq!(maras.sessions.len(), 2, "{}", world.engine);
        for session in &maras.sessions {
            assert!(!session.this_one, "{}", world.engine);
            world.db.desk(&ada).end_session(session.id).await.unwrap();
        }
        assert!(matches!(world.db.staff_actor(&token).await, Err(Error::NotSignedIn)), "{}", world.engine);
        assert!(matches!(world.db.desk(&ada).end_session(SessionId::new()).await, Err(Error::NotFound)), "{}", world.engine);
        // What ran out by itself is not listed.
        world.pass(11 * 3600);
        assert!(desk.sessions().await.unwrap().is_empty(), "{}", world.engine);
    })
    .await;
}
