//! Another time, suggested by a customer (R4, A7): who may, what it leaves alone, and how it is answered.

use crate::support::{World, chosen, everywhere, on_both};
use domain::Error;
use domain::actor::{PortalActor, StaffActor};
use domain::appointment::{DeskAppointment, SlotInput, VisitInput};
use domain::field::{Problem, Problems};
use domain::grant::GrantInput;
use domain::id::{AppointmentId, FormKey, LocationId, TargetId};
use domain::request::WindowInput;
use domain::role::Role;
use domain::suggestion::{DeskSuggestion, SuggestionStatus, SuggestionView};
use domain::target::TargetInput;
use domain::timeline::TimelineFilter;

const DAY: i64 = 86_400;
const SUBJECT: &str = "Your suggested time";

/// A manager, a customer's place in Berlin, Ana who may do all there, and work with an appointment tomorrow from eight to ten.
struct Cast {
    manager: StaffActor,
    ana: PortalActor,
    location: LocationId,
    target: TargetId,
    appointment: AppointmentId,
}

async fn cast(world: &World) -> Cast {
    let manager = world.manager().await;
    let customer = world.customer(&manager, "Acme").await;
    let location = world.location(&manager, customer, "Head office").await;
    let ana = world.contact(&manager, customer, "Ana", &everywhere()).await;
    let target = world.work(&manager, location).await;
    let appointment = world.appointment(&manager, target).await;
    Cast { manager, ana, location, target, appointment }
}

fn window(date: &str, from: &str, until: &str) -> WindowInput {
    WindowInput { date: date.into(), from: from.into(), until: until.into() }
}

/// Thursday afternoon, and all of Friday.
fn wishes() -> Vec<WindowInput> {
    vec![window("2026-03-05", "14:00", "16:00"), window("", "", ""), window("2026-03-06", "", "")]
}

async fn suggest(world: &World, by: &PortalActor, appointment: AppointmentId) -> Result<(), Error> {
    world.db.portal(by).suggest_time(appointment, FormKey::new(), &wishes(), "We are closed in the morning.").await
}

async fn latest(world: &World, by: &PortalActor, appointment: AppointmentId) -> Option<SuggestionView> {
    world.db.portal(by).own_suggestion(appointment).await.unwrap().latest
}

async fn status(world: &World, by: &PortalActor, appointment: AppointmentId) -> SuggestionStatus {
    latest(world, by, appointment).await.unwrap().status
}

async fn open(world: &World, by: &StaffActor) -> Vec<DeskSuggestion> {
    world.db.desk(by).open_suggestions().await.unwrap()
}

/// While a suggestion waits it is a wish, which the appointment may not fit.
fn without_fit(mut appointment: DeskAppointment) -> DeskAppointment {
    appointment.fit = None;
    appointment
}

async fn found(world: &World, cast: &Cast, id: AppointmentId) -> DeskAppointment {
    let target = world.db.desk(&cast.manager).target(cast.target).await.unwrap();
    target.appointments.into_iter().find(|appointment| appointment.id == id).unwrap()
}

async fn mails(world: &World, email: &str, subject: &str) -> usize {
    world.system.send_due_mail(&world.mailer).await.unwrap();
    world.mails_to(email).iter().filter(|mail| mail.contains(subject)).count()
}

fn is_missing<T>(outcome: &Result<T, Error>) -> bool {
    matches!(outcome, Err(Error::NotFound))
}

fn is_conflict<T>(outcome: &Result<T, Error>) -> bool {
    matches!(outcome, Err(Error::Conflict))
}

#[track_caller]
fn assert_problem(outcome: Result<(), Error>, field: &str, problem: Problem) {
    match outcome {
        Err(Error::Invalid(problems)) => assert_eq!(problems, Problems::of(field, problem)),
        other => panic!("{field}: {problem:?} was expected, not {other:?}"),
    }
}

#[tokio::test]
async fn r4_a_suggested_time_is_told_and_changes_nothing() {
    on_both(async |world| {
        let cast = cast(&world).await;
        let request = world.request(&cast.ana, cast.location, "The heating is cold").await;
        world.accept(&cast.manager, request).await;
        let (desk, portal) = (world.db.desk(&cast.manager), world.db.portal(&cast.ana));
        let work = TargetInput { title: "Heating".into(), public_title: "Heating".into(), ..TargetInput::default() };
        let target = desk.convert(request, world.version(&cast.manager, request).await, &work).await.unwrap();
        let appointment = world.appointment(&cast.manager, target).await;
        let planned = async || {
            let target = desk.target(target).await.unwrap();
            let appointments: Vec<_> = target.appointments.into_iter().map(without_fit).collect();
            (target.version, appointments, portal.request(request).await.unwrap(), world.version(&cast.manager, request).await)
        };
        let before = planned().await;
        let told = portal.timeline(&TimelineFilter::default()).await.unwrap().items.len();
        world.pass(60);

        assert!(portal.own_suggestion(appointment).await.unwrap().may_suggest);
        suggest(&world, &cast.ana, appointment).await.unwrap();
        assert_eq!(planned().await, before, "{}", world.engine);
        assert_eq!(portal.timeline(&TimelineFilter::default()).await.unwrap().items.len(), told);

        let view = latest(&world, &cast.ana, appointment).await.unwrap();
        let texts: Vec<_> = view.windows.iter().map(|span| span.text.as_str()).collect();
        assert_eq!(texts, ["Thu 5 Mar 2026, 2–4\u{a0}pm", "Fri 6 Mar 2026"], "{}", world.engine);
        assert_eq!((view.status, view.message.as_str()), (SuggestionStatus::Open, "We are closed in the morning."));

        let waiting = open(&world, &cast.manager).await;
        assert_eq!(waiting.len(), 1, "{}", world.engine);
        assert_eq!((waiting[0].contact_name.as_str(), waiting[0].windows.len(), waiting[0].target_id), ("Ana", 2, target));
        let read = desk.target(target).await.unwrap();
        assert_eq!(read.suggestions, waiting);
        assert_eq!(read.log[0].kind, "appointment_suggested", "{}", world.engine);
        assert_eq!(read.log[0].details, "Thu 5 Mar 2026, 2–4\u{a0}pm; Fri 6 Mar 2026");
    })
    .await;
}

#[tokio::test]
async fn r4_a_suggestion_needs_both_rights_and_sight() {
    on_both(async |world| {
        let cast = cast(&world).await;
        let desk = world.db.desk(&cast.manager);
        let customer = desk.target(cast.target).await.unwrap().customer_id;
        let there = world.location(&cast.manager, customer, "There").await;
        let without_submit = GrantInput { submit: String::new(), ..everywhere() };
        let without_appointments = GrantInput { appointments: String::new(), ..everywhere() };
        let reader = world.contact(&cast.manager, customer, "Rita", &without_submit).await;
        let blind = world.contact(&cast.manager, customer, "Bob", &without_appointments).await;
        let sibling = world.contact(&cast.manager, customer, "Sina", &chosen(&[there])).await;
        let other = world.customer(&cast.manager, "Other").await;
        let foreign = world.contact(&cast.manager, other, "Fred", &everywhere()).await;
        for contact in [&reader, &blind, &sibling, &foreign] {
            assert!(is_missing(&suggest(&world, contact, cast.appointment).await), "{}", world.engine);
        }
        assert!(is_missing(&suggest(&world, &cast.ana, AppointmentId::new()).await));
        assert!(!world.db.portal(&reader).own_suggestion(cast.appointment).await.unwrap().may_suggest);
        assert!(is_missing(&world.db.portal(&blind).own_suggestion(cast.appointment).await));

        let slot = SlotInput { date: "2026-03-10".into(), from: "08:00".into(), until: "10:00".into(), ..SlotInput::default() };
        let version = desk.target(cast.target).await.unwrap().version;
        let tentative = desk.schedule(cast.target, version, &slot, false).await.unwrap();
        assert!(is_missing(&suggest(&world, &cast.ana, tentative).await), "{}", world.engine);
        assert!(open(&world, &cast.manager).await.is_empty());

        // Others at the location do not see it.
        suggest(&world, &cast.ana, cast.appointment).await.unwrap();
        assert_eq!(latest(&world, &reader, cast.appointment).await, None, "{}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn r4_only_what_is_to_come_can_be_suggested_for() {
    on_both(async |world| {
        let cast = cast(&world).await;
        let desk = world.db.desk(&cast.manager);
        let cancelled = world.appointment(&cast.manager, cast.target).await;
        desk.cancel_appointment(cancelled, found(&world, &cast, cancelled).await.version, "Sorry.").await.unwrap();
        assert!(is_conflict(&suggest(&world, &cast.ana, cancelled).await), "{}", world.engine);
        assert!(!world.db.portal(&cast.ana).own_suggestion(cancelled).await.unwrap().may_suggest);
        // Tomorrow at ten it is over.
        world.pass(2 * DAY);
        assert!(is_conflict(&suggest(&world, &cast.ana, cast.appointment).await), "{}", world.engine);
        assert!(!world.db.portal(&cast.ana).own_suggestion(cast.appointment).await.unwrap().may_suggest);
        assert!(open(&world, &cast.manager).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn r3_suggested_windows_are_checked_on_the_clock_of_the_location() {
    on_both(async |world| {
        let cast = cast(&world).await;
        let portal = world.db.portal(&cast.ana);
        let attempt =
            async |windows: &[WindowInput], message: &str| portal.suggest_time(cast.appointment, FormKey::new(), windows, message).await;
        let day = || window("2026-03-05", "", "");
        assert_problem(attempt(&[window("", "", "")], "").await, "windows", Problem::NoDay);
        assert_problem(attempt(&[day(), day(), day(), day()], "").await, "windows", Problem::TooMany { most: 3 });
        assert_problem(attempt(&[window("2026-03-01", "", "")], "").await, "windows", Problem::InThePast);
        assert_problem(attempt(&[window("2026-03-05", "16:00", "14:00")], "").await, "windows", Problem::EndBeforeStart);
        assert_problem(attempt(&[window("2026-03-29", "02:30", "04:00")], "").await, "windows", Problem::NoSuchTime);
        assert_problem(attempt(&[day()], &"x".repeat(1_001)).await, "message", Problem::TooLong { most: 1_000 });
        assert_eq!(latest(&world, &cast.ana, cast.appointment).await, None, "{}", world.engine);
        attempt(&[day()], "").await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn r15_one_suggestion_is_open_and_sending_it_twice_makes_one() {
    on_both(async |world| {
        let cast = cast(&world).await;
        let portal = world.db.portal(&cast.ana);
        let customer = world.db.desk(&cast.manager).target(cast.target).await.unwrap().customer_id;
        let ben = world.contact(&cast.manager, customer, "Ben", &everywhere()).await;
        let key = FormKey::new();
        for _ in 0..2 {
            portal.suggest_time(cast.appointment, key, &wishes(), "first").await.unwrap();
        }
        world.pass(60);
        portal.suggest_time(cast.appointment, FormKey::new(), &[window("2026-03-09", "", "")], "second").await.unwrap();
        // A late retry of the first does not bring it back.
        portal.suggest_time(cast.appointment, key, &wishes(), "first").await.unwrap();
        suggest(&world, &ben, cast.appointment).await.unwrap();
        let waiting = open(&world, &cast.manager).await;
        let messages: Vec<_> = waiting.iter().map(|one| (one.contact_name.as_str(), one.windows.len())).collect();
        assert_eq!(messages.len(), 2, "{}", world.engine);
        assert!(messages.contains(&("Ana", 1)) && messages.contains(&("Ben", 2)), "{}: {messages:?}", world.engine);
        assert_eq!(latest(&world, &cast.ana, cast.appointment).await.unwrap().message, "second");
    })
    .await;
}

#[tokio::test]
async fn a7_a_move_accepts_what_was_suggested() {
    on_both(async |world| {
        let cast = cast(&world).await;
        let desk = world.db.desk(&cast.manager);
        suggest(&world, &cast.ana, cast.appointment).await.unwrap();
        let row = found(&world, &cast, cast.appointment).await;
        let same = SlotInput {
            date: row.span.date.clone(),
            from: "08:00".into(),
            until: "10:00".into(),
            team: "Two of us".into(),
            internal_note: String::new(),
        };
        desk.move_appointment(cast.appointment, row.version, &same).await.unwrap();
        assert_eq!(status(&world, &cast.ana, cast.appointment).await, SuggestionStatus::Open, "another team, {}", world.engine);

        let moved = SlotInput { date: "2026-03-05".into(), from: "14:00".into(), until: "16:00".into(), ..same };
        desk.move_appointment(cast.appointment, found(&world, &cast, cast.appointment).await.version, &moved).await.unwrap();
        assert_eq!(status(&world, &cast.ana, cast.appointment).await, SuggestionStatus::Accepted, "{}", world.engine);
        assert!(open(&world, &cast.manager).await.is_empty());
        let log = desk.target(cast.target).await.unwrap().log;
        assert!(log.iter().any(|entry| entry.kind == "suggestion_answered" && entry.details == "accepted"), "{}", world.engine);
        // One mail tells it.
        assert_eq!(mails(&world, "ana@customer.example", "Appointment moved").await, 1, "{}", world.engine);
        assert_eq!(mails(&world, "ana@customer.example", SUBJECT).await, 0, "{}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn a7_whoever_is_not_told_of_the_move_is_told_of_the_answer() {
    on_both(async |world| {
        let cast = cast(&world).await;
        let desk = world.db.desk(&cast.manager);
        let customer = desk.target(cast.target).await.unwrap().customer_id;
        let ben = world.contact(&cast.manager, customer, "Ben", &everywhere()).await;
        // The appointment belongs to Ana's request, so notices of moves go to her alone.
        let request = world.request(&cast.ana, cast.location, "The heating is cold").await;
        let target = world.target(&cast.manager, request).await;
        let appointment = world.appointment(&cast.manager, target).await;
        suggest(&world, &ben, appointment).await.unwrap();
        let version = desk.target(target).await.unwrap().appointments[0].version;
        let slot = SlotInput { date: "2026-03-05".into(), from: "14:00".into(), until: "16:00".into(), ..SlotInput::default() };
        desk.move_appointment(appointment, version, &slot).await.unwrap();
        assert_eq!(mails(&world, "ben@customer.example", SUBJECT).await, 1, "{}", world.engine);
        assert_eq!(mails(&world, "ben@customer.example", "Appointment moved").await, 0, "{}", world.engine);
        assert_eq!(mails(&world, "ana@customer.example", SUBJECT).await, 0, "{}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn a7_an_answer_keeps_the_appointment_and_reaches_its_contact() {
    on_both(async |world| {
        let cast = cast(&world).await;
        let dan = world.staff("Dan", Role::Dispatcher).await;
        suggest(&world, &cast.ana, cast.appointment).await.unwrap();
        let before = without_fit(found(&world, &cast, cast.appointment).await);
        let id = open(&world, &dan).await[0].id;
        let desk = world.db.desk(&dan);
        desk.answer_suggestion(id, "We have no other day this week.").await.unwrap();
        assert_eq!(found(&world, &cast, cast.appointment).await, before, "{}", world.engine);
        let view = latest(&world, &cast.ana, cast.appointment).await.unwrap();
        assert_eq!((view.status, view.answer.as_str()), (SuggestionStatus::Answered, "We have no other day this week."));
        assert!(open(&world, &dan).await.is_empty());
        assert!(is_conflict(&desk.answer_suggestion(id, "").await), "{}", world.engine);
        assert!(is_missing(&desk.answer_suggestion(domain::id::SuggestionId::new(), "").await));
        assert_eq!(mails(&world, "ana@customer.example", SUBJECT).await, 1, "{}", world.engine);
        // A new one may follow, and is the one that is shown.
        suggest(&world, &cast.ana, cast.appointment).await.unwrap();
        assert_eq!(status(&world, &cast.ana, cast.appointment).await, SuggestionStatus::Open);
        desk.answer_suggestion(open(&world, &dan).await[0].id, "").await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a7_the_end_of_an_appointment_closes_what_was_suggested() {
    on_both(async |world| {
        let cast = cast(&world).await;
        let desk = world.db.desk(&cast.manager);
        let second = world.appointment(&cast.manager, cast.target).await;
        suggest(&world, &cast.ana, cast.appointment).await.unwrap();
        suggest(&world, &cast.ana, second).await.unwrap();
        desk.cancel_appointment(second, found(&world, &cast, second).await.version, "Sorry.").await.unwrap();
        assert_eq!(status(&world, &cast.ana, second).await, SuggestionStatus::Closed, "{}", world.engine);
        assert_eq!(open(&world, &cast.manager).await.len(), 1);
        world.pass(2 * DAY);
        let version = found(&world, &cast, cast.appointment).await.version;
        desk.finish_appointment(cast.appointment, version, &VisitInput::default()).await.unwrap();
        assert_eq!(status(&world, &cast.ana, cast.appointment).await, SuggestionStatus::Closed, "{}", world.engine);

        // A cancelled request takes its work along.
        let request = world.request(&cast.ana, cast.location, "The heating is cold").await;
        let target = world.target(&cast.manager, request).await;
        let appointment = world.appointment(&cast.manager, target).await;
        let portal = world.db.portal(&cast.ana);
        let window = [window("2026-03-20", "", "")];
        portal.suggest_time(appointment, FormKey::new(), &window, "").await.unwrap();
        desk.cancel_request(request, world.version(&cast.manager, request).await, "Sorry.").await.unwrap();
        assert_eq!(status(&world, &cast.ana, appointment).await, SuggestionStatus::Closed, "{}", world.engine);
        assert!(open(&world, &cast.manager).await.is_empty());
        assert_eq!(mails(&world, "ana@customer.example", SUBJECT).await, 0, "{}", world.engine);
    })
    .await;
}
