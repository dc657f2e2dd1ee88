//! Mails about what happens: to whom, when, about whose work, and how they are stopped.

use std::collections::BTreeMap;

use crate::support::{World, everywhere, on_both, words};
use domain::Error;
use domain::actor::{PortalActor, StaffActor};
use domain::field::Problem;
use domain::grant::{GrantInput, PersonInput};
use domain::id::{FormKey, LocationId, RequestId, Token};
use domain::mail::Mailer;
use domain::notification::{Scope, Timing, Topic};

const HOUR: i64 = 3600;
const DIGEST: &str = "Your daily summary";

/// Ana sends requests; Bea, who sees her colleagues' requests, sends none.
struct Cast {
    manager: StaffActor,
    location: LocationId,
    ana: PortalActor,
    bea: PortalActor,
}

async fn cast(world: &World) -> Cast {
    let manager = world.manager().await;
    let customer = world.customer(&manager, "Acme").await;
    let location = world.location(&manager, customer, "North").await;
    let ana = world.contact(&manager, customer, "Ana", &everywhere()).await;
    let bea = world.contact(&manager, customer, "Bea", &with_colleagues()).await;
    Cast { manager, location, ana, bea }
}

fn with_colleagues() -> GrantInput {
    GrantInput { colleagues: "on".into(), ..everywhere() }
}

async fn choose(world: &World, who: &PortalActor, timing: Timing, scope: Scope) {
    let mut typed = BTreeMap::new();
    for topic in Topic::ALL {
        let [timing_field, scope_field] = topic.fields();
        typed.insert(timing_field.to_owned(), timing.word().to_owned());
        typed.insert(scope_field.to_owned(), scope.word().to_owned());
    }
    world.db.portal(who).set_notifications(&typed).await.unwrap();
}

/// Chooses for one topic; the others stay as they are.
async fn choose_one(world: &World, who: &PortalActor, topic: Topic, timing: Timing, scope: Scope) {
    let portal = world.db.portal(who);
    let mut typed = BTreeMap::new();
    for mut one in portal.notifications().await.unwrap() {
        if one.topic == topic {
            (one.choice.timing, one.choice.scope) = (timing, scope);
        }
        let [timing_field, scope_field] = one.topic.fields();
        typed.insert(timing_field.to_owned(), one.choice.timing.word().to_owned());
        typed.insert(scope_field.to_owned(), one.choice.scope.word().to_owned());
    }
    portal.set_notifications(&typed).await.unwrap();
}

/// The mails of a subject to somebody, after all that is due has left.
async fn mails(world: &World, name: &str, subject: &str) -> Vec<String> {
    world.system.send_due_mail(&world.mailer).await.unwrap();
    let mails = world.mails_to(&format!("{name}@customer.example")).into_iter();
    mails.map(|mail| mail.replace("\r\n ", " ")).filter(|mail| mail.contains(&format!("Service: {subject}"))).collect()
}

/// A request of Ana's is accepted, visited and reported on; another of hers is asked about; and there is work that nobody asked for.
async fn much_happens(world: &World, cast: &Cast) {
    let desk = world.db.desk(&cast.manager);
    let asked = world.request(&cast.ana, cast.location, "Door").await;
    desk.start_review(asked, world.version(&cast.manager, asked).await).await.unwrap();
    desk.ask(asked, world.version(&cast.manager, asked).await, FormKey::new(), "Which door?").await.unwrap();
    let request = world.request(&cast.ana, cast.location, "Heating").await;
    let target = world.target(&cast.manager, request).await;
    let report = world.report(&cast.manager, target, "The valve was broken.").await;
    world.approve(&cast.manager, report).await;
    world.release(&cast.manager, report, &words("Heating repaired")).await;
    let work = world.work(&cast.manager, cast.location).await;
    world.appointment(&cast.manager, work).await;
}

/// How many mails somebody has: questions, acceptances, appointments, reports.
async fn told(world: &World, name: &str) -> [usize; 4] {
    let count = async |subject: &str| mails(world, name, subject).await.len();
    [count("We have a question").await, count("Request accepted").await, count("Appointment scheduled").await, count("Report shared").await]
}

#[tokio::test]
async fn w3_by_default_requests_are_told_to_their_sender_and_reports_to_everybody() {
    on_both(async |world| {
        let cast = cast(&world).await;
        much_happens(&world, &cast).await;
        assert_eq!(told(&world, "ana").await, [1, 1, 2, 1], "{}", world.engine);
        assert_eq!(told(&world, "bea").await, [0, 0, 1, 1], "{}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn w3_whose_work_and_off_are_chosen() {
    on_both(async |world| {
        let cast = cast(&world).await;
        choose(&world, &cast.bea, Timing::Now, Scope::All).await;
        much_happens(&world, &cast).await;
        assert_eq!(told(&world, "bea").await, [0, 1, 2, 1], "all, but questions wait for their sender, {}", world.engine);
        choose(&world, &cast.bea, Timing::Now, Scope::Mine).await;
        much_happens(&world, &cast).await;
        assert_eq!(told(&world, "bea").await, [0, 1, 3, 1], "of the second round only the visit that nobody asked for, {}", world.engine);
        choose(&world, &cast.bea, Timing::Off, Scope::All).await;
        much_happens(&world, &cast).await;
        assert_eq!(told(&world, "bea").await, [0, 1, 3, 1], "nothing more, {}", world.engine);
        assert_eq!(told(&world, "ana").await, [3, 3, 6, 3], "others' choices are theirs, {}", world.engine);

        // What happens to the account is told whatever was chosen, and cannot be stopped.
        let second = world.customer(&cast.manager, "Second").await;
        let bea = PersonInput { name: "Bea".into(), email: "bea@customer.example".into(), phone: String::new(), lang: "en".into() };
        world.db.desk(&cast.manager).invite(second, &bea, &everywhere()).await.unwrap();
        let account = mails(&world, "bea", "New access").await;
        assert_eq!(account.len(), 1, "{}", world.engine);
        assert!(!account[0].contains("List-Unsubscribe") && !account[0].contains("/unsubscribe/"), "{}", account[0]);
    })
    .await;
}

#[tokio::test]
async fn w3_who_is_not_told_of_a_requests_end_is_told_of_its_visits() {
    on_both(async |world| {
        let cast = cast(&world).await;
        let request = world.request(&cast.ana, cast.location, "Heating").await;
        let target = world.target(&cast.manager, request).await;
        world.appointment(&cast.manager, target).await;
        choose_one(&world, &cast.ana, Topic::Request, Timing::Off, Scope::Mine).await;
        choose_one(&world, &cast.bea, Topic::Appointment, Timing::Now, Scope::All).await;
        let desk = world.db.desk(&cast.manager);
        desk.cancel_request(request, world.version(&cast.manager, request).await, "The building was sold.").await.unwrap();
        for name in ["ana", "bea"] {
            assert_eq!(mails(&world, name, "Request cancelled").await.len(), 0, "{name} on {}", world.engine);
            assert_eq!(mails(&world, name, "Appointment cancelled").await.len(), 1, "{name} on {}", world.engine);
        }
    })
    .await;
}

#[tokio::test]
async fn w3_choices_are_kept_and_wrong_ones_refused() {
    on_both(async |world| {
        let cast = cast(&world).await;
        let portal = world.db.portal(&cast.bea);
        let chosen =
            async || portal.notifications().await.unwrap().into_iter().map(|one| (one.choice.timing, one.choice.scope)).collect::<Vec<_>>();
        assert_eq!(
            chosen().await,
            [(Timing::Now, Scope::Mine), (Timing::Now, Scope::Mine), (Timing::Now, Scope::All), (Timing::Now, Scope::All)]
        );
        portal.set_all_timings("daily").await.unwrap();
        assert_eq!(
            chosen().await,
            [(Timing::Daily, Scope::Mine), (Timing::Daily, Scope::Mine), (Timing::Daily, Scope::All), (Timing::Daily, Scope::All)],
            "one timing for all leaves whose work, {}",
            world.engine
        );
        let refused = portal.set_all_timings("weekly").await;
        assert!(matches!(refused, Err(Error::Invalid(problems)) if problems.get("timing") == Some(&Problem::NotAChoice)));
        let refused = portal.set_notifications(&BTreeMap::new()).await;
        assert!(matches!(refused, Err(Error::Invalid(problems)) if problems.0.len() == 8));
        choose(&world, &cast.bea, Timing::Off, Scope::Mine).await;
        assert_eq!(chosen().await, [(Timing::Off, Scope::Mine); 4], "{}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn w3_a_digest_gathers_a_day_and_leaves_once_in_the_morning() {
    on_both(async |world| {
        let cast = cast(&world).await;
        choose(&world, &cast.bea, Timing::Daily, Scope::All).await;
        let request = world.request(&cast.ana, cast.location, "Heating").await;
        let desk = world.db.desk(&cast.manager);
        for _ in 0..3 {
            desk.send_message(request, FormKey::new(), "We are looking into it.").await.unwrap();
        }
        let work = world.work(&cast.manager, cast.location).await;
        let visit = world.appointment(&cast.manager, work).await;

        // Monday 10:00 in Berlin. Tuesday 6:59, then 7:00.
        world.pass(21 * HOUR - 60);
        assert!(mails(&world, "bea", DIGEST).await.is_empty(), "too early, {}", world.engine);
        assert!(mails(&world, "bea", "A new message").await.is_empty(), "nothing at once, {}", world.engine);
        world.pass(60);
        let both = tokio::join!(world.system.send_due_mail(&world.mailer), world.system.send_due_mail(&world.mailer));
        assert_eq!(both.0.unwrap() + both.1.unwrap(), 1, "two nodes send it once, {}", world.engine);
        let digests = mails(&world, "bea", DIGEST).await;
        assert_eq!(digests.len(), 1, "{}", world.engine);
        let digest = &digests[0];
        // Each line stands in the text part and in the other.
        assert_eq!(digest.matches("There is a new message on request").count(), 2, "three messages are one line: {digest}");
        assert_eq!(digest.matches("An appointment has been scheduled.").count(), 2, "{digest}");
        assert!(digest.contains(&format!("/requests/{request}")) && digest.contains(&format!("/appointments/{visit}")), "{digest}");
        for content in ["Heating", "looking into", "North", "Acme", "Public title", "Lindenstr"] {
            assert!(!digest.contains(content), "{content} in {digest}");
        }
        assert!(mails(&world, "bea", "Appointment scheduled").await.is_empty(), "nothing twice, {}", world.engine);

        // What happens after it waits for the next morning.
        desk.send_message(request, FormKey::new(), "We found it.").await.unwrap();
        world.pass(23 * HOUR);
        assert_eq!(mails(&world, "bea", DIGEST).await.len(), 1, "{}", world.engine);
        world.pass(HOUR);
        let digests = mails(&world, "bea", DIGEST).await;
        assert_eq!(digests.len(), 2, "{}", world.engine);
        assert!(digests.iter().any(|digest| !digest.contains("An appointment has been scheduled.")), "{}", world.engine);
        world.pass(48 * HOUR);
        assert_eq!(mails(&world, "bea", DIGEST).await.len(), 2, "a day without events has none, {}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn w3_a_digest_that_could_not_be_sent_arrives_with_the_next_one() {
    on_both(async |world| {
        let cast = cast(&world).await;
        choose(&world, &cast.bea, Timing::Daily, Scope::All).await;
        let request = world.request(&cast.ana, cast.location, "Heating").await;
        message(&world, &cast, request).await;
        assert!(mails(&world, "bea", DIGEST).await.is_empty(), "{}", world.engine);
        // Nobody listens there.
        let down = Mailer::smtp("smtp://127.0.0.1:1", None, "portal@service.example").unwrap();
        world.pass(21 * HOUR);
        assert_eq!(world.system.send_due_mail(&down).await.unwrap(), 0, "{}", world.engine);
        let work = world.work(&cast.manager, cast.location).await;
        world.appointment(&cast.manager, work).await;

        world.pass(24 * HOUR);
        let both = tokio::join!(world.system.send_due_mail(&world.mailer), world.system.send_due_mail(&world.mailer));
        both.0.unwrap();
        both.1.unwrap();
        let digests = mails(&world, "bea", DIGEST).await;
        assert_eq!(digests.len(), 1, "{}", world.engine);
        for told in ["There is a new message on request", "An appointment has been scheduled."] {
            assert_eq!(digests[0].matches(told).count(), 2, "once in each part: {told} in {}", digests[0]);
        }
        // What happens then is told in the next one, and nothing twice.
        message(&world, &cast, request).await;
        world.pass(24 * HOUR);
        assert_eq!(mails(&world, "bea", DIGEST).await.len(), 2, "{}", world.engine);
        world.pass(48 * HOUR);
        assert_eq!(mails(&world, "bea", DIGEST).await.len(), 2, "{}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn promise_3_a_digest_leaves_out_what_its_reader_lost_sight_of_or_wants_no_more() {
    on_both(async |world| {
        let cast = cast(&world).await;
        choose(&world, &cast.ana, Timing::Daily, Scope::Mine).await;
        choose(&world, &cast.bea, Timing::Daily, Scope::All).await;
        let request = world.request(&cast.ana, cast.location, "Heating").await;
        let desk = world.db.desk(&cast.manager);
        desk.send_message(request, FormKey::new(), "We are looking into it.").await.unwrap();
        let work = world.work(&cast.manager, cast.location).await;
        world.appointment(&cast.manager, work).await;

        let grant = desk.person(cast.bea.contact_id()).await.unwrap().grants.remove(0);
        let narrow = GrantInput { appointments: String::new(), ..with_colleagues() };
        desk.edit_grant(grant.id, grant.version, &narrow).await.unwrap();
        choose(&world, &cast.ana, Timing::Off, Scope::Mine).await;
        world.pass(21 * HOUR);
        let digests = mails(&world, "bea", DIGEST).await;
        assert_eq!(digests.len(), 1, "{}", world.engine);
        assert!(digests[0].contains("There is a new message") && !digests[0].contains("An appointment"), "{}", digests[0]);
        assert!(mails(&world, "ana", DIGEST).await.is_empty(), "{}", world.engine);

        // With nothing left to tell there is no mail.
        desk.send_message(request, FormKey::new(), "We found it.").await.unwrap();
        let grant = desk.person(cast.bea.contact_id()).await.unwrap().grants.remove(0);
        desk.end_grant(grant.id, grant.version).await.unwrap();
        world.pass(24 * HOUR);
        assert_eq!(mails(&world, "bea", DIGEST).await.len(), 1, "{}", world.engine);
    })
    .await;
}

/// The token of the newest mail's link that stops such mails.
fn stop_link(mails: &[String]) -> Token {
    let mail = mails.last().expect("a mail");
    let (_, after) = mail.split_once("List-Unsubscribe: <").unwrap_or_else(|| panic!("no header in {mail}"));
    let link = after.split_once('>').expect("a link").0;
    let token = link.rsplit('/').next().unwrap_or_default();
    assert_eq!(mail.matches(&format!("/unsubscribe/{token}")).count(), 3, "in the header and in both parts: {mail}");
    Token::presented(token)
}

async fn message(world: &World, cast: &Cast, request: RequestId) {
    world.db.desk(&cast.manager).send_message(request, FormKey::new(), "Hello").await.unwrap();
}

#[tokio::test]
async fn w3_a_mails_link_stops_its_topic_without_a_sign_in() {
    on_both(async |world| {
        let cast = cast(&world).await;
        let (anonymous, portal) = (world.db.anonymous(), world.db.portal(&cast.ana));
        let request = world.request(&cast.ana, cast.location, "Heating").await;
        message(&world, &cast, request).await;
        let sent = mails(&world, "ana", "A new message").await;
        assert!(sent[0].contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"), "{}", sent[0]);
        let token = stop_link(&sent);

        let before = portal.notifications().await.unwrap();
        for _ in 0..3 {
            assert_eq!(anonymous.unsubscription(&token).await.unwrap().topic, Some(Topic::Request));
        }
        assert_eq!(portal.notifications().await.unwrap(), before, "looking changes nothing, {}", world.engine);
        anonymous.unsubscribe(&token).await.unwrap();
        let timings: Vec<_> = portal.notifications().await.unwrap().into_iter().map(|one| one.choice.timing).collect();
        assert_eq!(timings, [Timing::Off, Timing::Now, Timing::Now, Timing::Now], "{}", world.engine);
        message(&world, &cast, request).await;
        assert_eq!(mails(&world, "ana", "A new message").await.len(), 1, "{}", world.engine);

        // Used, unknown, and of another kind: all the same.
        let reset = Token::presented("nothing-that-was-ever-mailed");
        for token in [&token, &reset] {
            assert!(matches!(anonymous.unsubscription(token).await, Err(Error::NotFound)), "{}", world.engine);
            assert!(matches!(anonymous.unsubscribe(token).await, Err(Error::NotFound)), "{}", world.engine);
        }
        // A link that was used does not undo a later choice.
        portal.set_all_timings("now").await.unwrap();
        assert!(anonymous.unsubscribe(&token).await.is_err());
        message(&world, &cast, request).await;
        assert_eq!(mails(&world, "ana", "A new message").await.len(), 2, "{}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn w3_a_digests_link_stops_what_comes_daily_and_a_german_reader_gets_german() {
    on_both(async |world| {
        let cast = cast(&world).await;
        let portal = world.db.portal(&cast.bea);
        portal.set_profile("Bea", "", "de").await.unwrap();
        choose(&world, &cast.bea, Timing::Daily, Scope::All).await;
        let work = world.work(&cast.manager, cast.location).await;
        world.appointment(&cast.manager, work).await;
        world.pass(21 * HOUR);
        world.system.send_due_mail(&world.mailer).await.unwrap();
        let sent: Vec<String> = world.mails_to("bea@customer.example").into_iter().map(|mail| mail.replace("\r\n ", " ")).collect();
        let digest = sent.last().unwrap();
        for german in ["Guten Tag Bea,", "Das ist neu im Kundenportal:", "Ein Termin wurde geplant.", "Diese Mails abbestellen"] {
            assert!(digest.contains(german), "{german} in {digest}");
        }
        let token = stop_link(&sent);
        assert_eq!(world.db.anonymous().unsubscription(&token).await.unwrap().topic, None);
        world.db.anonymous().unsubscribe(&token).await.unwrap();
        assert!(portal.notifications().await.unwrap().iter().all(|one| one.choice.timing == Timing::Off), "{}", world.engine);
    })
    .await;
}
