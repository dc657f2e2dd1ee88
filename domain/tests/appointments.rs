//! Targets and appointments: what staff plan, what the customer sees of it, and what follows for requests and follow-ups.

use crate::support::{World, chosen, everywhere, on_both, what};
use domain::Error;
use domain::actor::{PortalActor, StaffActor};
use domain::appointment::{
    AppointmentFilter, AppointmentRow, AppointmentStatus, DeskAppointment, Fit, FreeSlot, Plan, PlanFilter, SeriesInput, SlotInput,
    VisitInput,
};
use domain::field::{Problem, Problems, Refusal};
use domain::follow_up::{FollowUpInput, FollowUpStatus};
use domain::grant::GrantInput;
use domain::id::{AppointmentId, FormKey, LocationId, RequestId, TargetId};
use domain::request::{NextStep, PublicStatus, Status, WindowInput};
use domain::role::Role;
use domain::target::{TargetInput, TargetStatus};
use domain::timeline::{Milestone, TimelineFilter};

const HOUR: i64 = 3600;
const DAY: i64 = 86_400;
const SORRY: &str = "Our technician is ill.";

/// A manager, a customer's place in Berlin, and Ana, who may do all there.
struct Cast {
    manager: StaffActor,
    ana: PortalActor,
    location: LocationId,
}

async fn cast(world: &World) -> Cast {
    let manager = world.manager().await;
    let customer = world.customer(&manager, "Acme").await;
    let location = world.location(&manager, customer, "Head office").await;
    let ana = world.contact(&manager, customer, "Ana", &everywhere()).await;
    Cast { manager, ana, location }
}

/// A request by Ana that has become a target.
async fn converted(world: &World, cast: &Cast) -> (RequestId, TargetId) {
    let request = world.request(&cast.ana, cast.location, "The heating is cold").await;
    (request, world.target(&cast.manager, request).await)
}

/// Work that nobody asked for.
async fn work(world: &World, cast: &Cast) -> TargetId {
    let input = TargetInput { title: "Yearly check".into(), public_title: "Maintenance".into(), ..TargetInput::default() };
    world.db.desk(&cast.manager).create_target(cast.location, &input).await.unwrap()
}

fn slot(date: &str, from: &str, until: &str) -> SlotInput {
    SlotInput { date: date.into(), from: from.into(), until: until.into(), ..SlotInput::default() }
}

/// Tuesday of the next week, 8 to 10 in Berlin: 07:00 to 09:00 UTC.
fn tuesday() -> SlotInput {
    slot("2026-03-10", "08:00", "10:00")
}

fn series(first: SlotInput, every_weeks: &str, visits: &str) -> SeriesInput {
    SeriesInput { slot: first, every_weeks: every_weeks.into(), visits: visits.into() }
}

async fn schedule(world: &World, by: &StaffActor, target: TargetId, slot: &SlotInput, share: bool) -> AppointmentId {
    let desk = world.db.desk(by);
    let version = desk.target(target).await.unwrap().version;
    desk.schedule(target, version, slot, share).await.unwrap()
}

/// Work of a request with wished days; no hours mean the whole day.
async fn wished(world: &World, cast: &Cast, windows: &[(&str, &str, &str)]) -> TargetId {
    let portal = world.db.portal(&cast.ana);
    let draft = portal.start_draft(&cast.location.to_string()).await.unwrap();
    portal.save_what(draft, &what("The heating is cold")).await.unwrap();
    let window =
        |(date, from, until): &(&str, &str, &str)| WindowInput { date: (*date).into(), from: (*from).into(), until: (*until).into() };
    let windows: Vec<_> = windows.iter().map(window).collect();
    portal.save_when(draft, "days", &windows).await.unwrap();
    let request = portal.submit(draft).await.unwrap();
    world.target(&cast.manager, request).await
}

async fn plan(world: &World, by: &StaffActor, view: &str, date: &str) -> Plan {
    let filter = PlanFilter { view: view.into(), date: date.into(), ..PlanFilter::default() };
    world.db.desk(by).plan(&filter).await.unwrap()
}

/// What a stretch of the plan has, in its order.
fn planned(plan: &Plan) -> Vec<AppointmentId> {
    plan.days.iter().flat_map(|day| &day.appointments).map(|appointment| appointment.id).collect()
}

/// The appointment as the desk reads it.
async fn found(world: &World, by: &StaffActor, target: TargetId, id: AppointmentId) -> DeskAppointment {
    let target = world.db.desk(by).target(target).await.unwrap();
    target.appointments.into_iter().find(|appointment| appointment.id == id).unwrap()
}

async fn cancel(world: &World, by: &StaffActor, target: TargetId, id: AppointmentId) {
    let version = found(world, by, target, id).await.version;
    world.db.desk(by).cancel_appointment(id, version, SORRY).await.unwrap();
}

/// The journal of a target and its request, oldest first.
async fn log(world: &World, by: &StaffActor, target: TargetId) -> Vec<String> {
    let mut log = world.db.desk(by).target(target).await.unwrap().log;
    log.reverse();
    log.into_iter().map(|entry| entry.kind).collect()
}

async fn coming(world: &World, contact: &PortalActor) -> Vec<AppointmentRow> {
    world.db.portal(contact).appointments(&AppointmentFilter::default()).await.unwrap().items
}

async fn status(world: &World, contact: &PortalActor, request: RequestId) -> PublicStatus {
    world.db.portal(contact).request(request).await.unwrap().row.status
}

async fn milestones(world: &World, contact: &PortalActor) -> Vec<Milestone> {
    let page = world.db.portal(contact).timeline(&TimelineFilter::default()).await.unwrap();
    page.items.into_iter().map(|entry| entry.milestone).collect()
}

async fn follow_up_status(world: &World, by: &StaffActor) -> FollowUpStatus {
    world.db.desk(by).follow_ups("", "").await.unwrap().items[0].status
}

#[track_caller]
fn assert_problem<T: std::fmt::Debug>(outcome: Result<T, Error>, field: &str, problem: Problem) {
    match outcome {
        Err(Error::Invalid(problems)) => assert_eq!(problems, Problems::of(field, problem)),
        other => panic!("{field}: {problem:?} was expected, not {other:?}"),
    }
}

#[track_caller]
fn assert_refused<T: std::fmt::Debug>(outcome: Result<T, Error>, refusal: Refusal) {
    assert_problem(outcome, "", Problem::Refused(refusal));
}

#[track_caller]
fn assert_conflict<T: std::fmt::Debug>(outcome: Result<T, Error>) {
    assert!(matches!(outcome, Err(Error::Conflict)), "{outcome:?}");
}

// -------------------------------------------------------------------------------------------- what the customer sees

/// How many mails with a subject Ana has.
async fn mails(world: &World, subject: &str) -> usize {
    world.system.send_due_mail(&world.mailer).await.unwrap();
    world.mails_to("ana@customer.example").iter().filter(|mail| mail.contains(subject)).count()
}

#[tokio::test]
async fn a2_a_tentative_appointment_is_hidden_until_it_is_shared() {
    on_both(async |world| {
        let cast = cast(&world).await;
        let (request, target) = converted(&world, &cast).await;
        let id = schedule(&world, &cast.manager, target, &tuesday(), false).await;
        let (desk, portal) = (world.db.desk(&cast.manager), world.db.portal(&cast.ana));

        assert!(coming(&world, &cast.ana).await.is_empty(), "{}", world.engine);
        assert!(matches!(portal.appointment(id).await, Err(Error::NotFound)));
        assert!(portal.home().await.unwrap().appointments.is_empty());
        assert_eq!(portal.open_work().await.unwrap()[0].next_visit, None);
        assert_eq!(status(&world, &cast.ana, request).await, PublicStatus::Accepted);
        assert!(!milestones(&world, &cast.ana).await.contains(&Milestone::AppointmentScheduled));

        desk.share_appointment(id, found(&world, &cast.manager, target, id).await.version).await.unwrap();
        let row = portal.appointment(id).await.unwrap();
        assert_eq!(coming(&world, &cast.ana).await, std::slice::from_ref(&row));
        assert_eq!(portal.home().await.unwrap().appointments, std::slice::from_ref(&row));
        assert_eq!(portal.request(request).await.unwrap().appointments, std::slice::from_ref(&row));
        assert_eq!(row.span.text, "Tue 10 Mar 2026, 8–10\u{a0}am");
        assert_eq!((row.title.as_str(), row.address.as_str()), ("Public title", "Lindenstr. 4, 10969 Berlin"));
        assert!(!row.moved && !row.past);
        assert_eq!(row.request.as_ref().map(|(id, _)| *id), Some(request));
        assert_eq!(portal.open_work().await.unwrap()[0].next_visit.as_ref(), Some(&row.span), "the same words everywhere");
        assert_eq!(status(&world, &cast.ana, request).await, PublicStatus::Planned);
        assert_eq!(milestones(&world, &cast.ana).await.iter().filter(|m| **m == Milestone::AppointmentScheduled).count(), 1);
        assert_conflict(desk.share_appointment(id, found(&world, &cast.manager, target, id).await.version).await);
    })
    .await;
}

#[tokio::test]
async fn a2_finishing_a_tentative_appointment_does_not_share_it() {
    on_both(async |world| {
        let cast = cast(&world).await;
        let (request, target) = converted(&world, &cast).await;
        let id = schedule(&world, &cast.manager, target, &tuesday(), false).await;
        world.pass(9 * DAY);
        let version = found(&world, &cast.manager, target, id).await.version;
        world.db.desk(&cast.manager).finish_appointment(id, version, &VisitInput::default()).await.unwrap();
        assert!(matches!(world.db.portal(&cast.ana).appointment(id).await, Err(Error::NotFound)), "{}", world.engine);
        assert!(!milestones(&world, &cast.ana).await.contains(&Milestone::VisitCompleted));
        assert_eq!(status(&world, &cast.ana, request).await, PublicStatus::Accepted);
    })
    .await;
}

#[tokio::test]
async fn a4_appointments_follow_location_and_right() {
    on_both(async |world| {
        let manager = world.manager().await;
        let customer = world.customer(&manager, "Acme").await;
        let (here, there) = (world.location(&manager, customer, "Here").await, world.location(&manager, customer, "There").await);
        let ana = world.contact(&manager, customer, "Ana", &everywhere()).await;
        let ben = world.contact(&manager, customer, "Ben", &chosen(&[there])).await;
        let without = GrantInput { appointments: String::new(), ..everywhere() };
        let cleo = world.contact(&manager, customer, "Cleo", &without).await;
        let cast = Cast { manager, ana, location: here };
        let target = work(&world, &cast).await;
        let id = schedule(&world, &cast.manager, target, &tuesday(), true).await;

        assert_eq!(coming(&world, &cast.ana).await.len(), 1);
        for other in [&ben, &cleo] {
            let portal = world.db.portal(other);
            assert!(coming(&world, other).await.is_empty(), "{}", world.engine);
            assert!(portal.open_work().await.unwrap().is_empty());
            assert!(matches!(portal.appointment(id).await, Err(Error::NotFound)));
        }
        let at = async |location: String| {
            let filter = AppointmentFilter { location, ..AppointmentFilter::default() };
            world.db.portal(&cast.ana).appointments(&filter).await.unwrap().items.len()
        };
        assert_eq!(at(here.to_string()).await, 1);
        for location in [there.to_string(), LocationId::new().to_string(), "no id".into()] {
            assert_eq!(at(location).await, 0, "{}", world.engine);
        }
    })
    .await;
}

#[tokio::test]
async fn a6_nothing_internal_is_in_what_the_portal_gives() {
    on_both(async |world| {
        let cast = cast(&world).await;
        let request = world.request(&cast.ana, cast.location, "The heating is cold").await;
        world.accept(&cast.manager, request).await;
        let input = TargetInput {
            title: "canary-title".into(),
            public_title: "Heating".into(),
            dispatch_note: "canary-dispatch".into(),
            billing_code: "canary-billing".into(),
            routing_score: "918273645".into(),
        };
        let desk = world.db.desk(&cast.manager);
        let target = desk.convert(request, world.version(&cast.manager, request).await, &input).await.unwrap();
        let internal = SlotInput { team: "canary-team".into(), internal_note: "canary-note".into(), ..tuesday() };
        let id = schedule(&world, &cast.manager, target, &internal, true).await;
        world.pass(9 * DAY);
        let visit = VisitInput {
            technician: "canary-technician".into(),
            arrived: "08:11".into(),
            left: "09:41".into(),
            internal_note: "canary-visit".into(),
        };
        desk.finish_appointment(id, found(&world, &cast.manager, target, id).await.version, &visit).await.unwrap();
        let seen = found(&world, &cast.manager, target, id).await;
        assert_eq!(seen.visit.unwrap().arrived.unwrap().machine, "2026-03-10T07:11:00Z");

        let portal = world.db.portal(&cast.ana);
        let past = AppointmentFilter { show: "past".into(), ..AppointmentFilter::default() };
        let given = [
            serde_json::to_string(&portal.appointments(&past).await.unwrap()).unwrap(),
            serde_json::to_string(&portal.appointment(id).await.unwrap()).unwrap(),
            serde_json::to_string(&portal.open_work().await.unwrap()).unwrap(),
            serde_json::to_string(&portal.request(request).await.unwrap()).unwrap(),
            serde_json::to_string(&portal.timeline(&TimelineFilter::default()).await.unwrap()).unwrap(),
        ];
        for json in given {
            assert!(json.contains("Heating") || json.contains("heating"), "{json}");
            for secret in ["canary", "918273645", "08:11", "T07:11", "09:41", "T08:41"] {
                assert!(!json.contains(secret), "{secret} in {json}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a1_the_lists_come_in_pages_and_past_ones_stand_apart() {
    on_both(async |world| {
        let cast = cast(&world).await;
        let target = work(&world, &cast).await;
        let desk = world.db.desk(&cast.manager);
        desk.schedule_series(target, 1, &series(tuesday(), "1", "30"), true).await.unwrap();
        let portal = world.db.portal(&cast.ana);
        let first = portal.appointments(&AppointmentFilter::default()).await.unwrap();
        assert_eq!(first.items.len(), 25, "{}", world.engine);
        let after = AppointmentFilter { after: first.next.unwrap().0, ..AppointmentFilter::default() };
        let second = portal.appointments(&after).await.unwrap();
        assert_eq!((second.items.len(), &second.next), (5, &None));
        let dates: Vec<_> = first.items.iter().chain(&second.items).map(|row| row.span.date.clone()).collect();
        assert!(dates.is_sorted() && dates[0] == "2026-03-10", "{dates:?}");

        // Two are over: the one that was closed is past, the one that nobody closed yet still waits among the coming ones.
        world.pass(16 * DAY);
        let closed = first.items[0].id;
        desk.finish_appointment(closed, found(&world, &cast.manager, target, closed).await.version, &VisitInput::default()).await.unwrap();
        let past = AppointmentFilter { show: "past".into(), ..AppointmentFilter::default() };
        let ids = async |filter: &AppointmentFilter| -> Vec<_> {
            portal.appointments(filter).await.unwrap().items.into_iter().map(|row| (row.id, row.past)).collect()
        };
        assert_eq!(ids(&past).await, [(closed, true)]);
        assert_eq!(ids(&AppointmentFilter::default()).await[0], (first.items[1].id, true));
        let unreported: Vec<_> = coming(&world, &cast.ana).await.iter().map(AppointmentRow::is_unreported).collect();
        assert!(unreported[0] && !unreported[1..].contains(&true), "{unreported:?}");
        // Work with another visit to come is told with that one.
        let work = portal.open_work().await.unwrap().remove(0);
        assert_eq!((work.next_visit.unwrap().date.as_str(), work.unreported_visit), ("2026-03-24", None), "{}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn a1_a_visit_that_nobody_closed_is_not_told_as_one_to_come() {
    on_both(async |world| {
        let cast = cast(&world).await;
        let (request, target) = converted(&world, &cast).await;
        let id = schedule(&world, &cast.manager, target, &tuesday(), true).await;
        let (desk, portal) = (world.db.desk(&cast.manager), world.db.portal(&cast.ana));
        let told = async || {
            let (row, work) = (portal.appointment(id).await.unwrap(), portal.open_work().await.unwrap().remove(0));
            (row.public_word().standard().en, work.next_visit.is_some(), work.unreported_visit.is_some())
        };
        assert_eq!(told().await, ("Appointment scheduled", true, false), "{}", world.engine);

        world.pass(9 * DAY);
        assert_eq!(told().await, ("Time has passed", false, true), "{}", world.engine);
        assert!(portal.home().await.unwrap().appointments.is_empty(), "{}", world.engine);
        let seen = portal.request(request).await.unwrap();
        assert_eq!((seen.row.status, seen.next), (PublicStatus::Planned, Some(NextStep::WeReport)), "{}", world.engine);

        desk.finish_appointment(id, found(&world, &cast.manager, target, id).await.version, &VisitInput::default()).await.unwrap();
        assert_eq!(told().await, ("Visit completed", false, false), "{}", world.engine);
        // The status says that we will tell what comes next: not twice.
        let seen = portal.request(request).await.unwrap();
        assert_eq!((seen.row.status, seen.next), (PublicStatus::Visited, None), "{}", world.engine);
    })
    .await;
}

// ------------------------------------------------------------------------------------ planned follows the appointments

#[tokio::test]
async fn r11_a_request_is_planned_exactly_while_a_shared_appointment_stands() {
    on_both(async |world| {
        let cast = cast(&world).await;
        let (request, target) = converted(&world, &cast).await;
        let (desk, portal) = (world.db.desk(&cast.manager), world.db.portal(&cast.ana));
        let one = schedule(&world, &cast.manager, target, &tuesday(), true).await;
        let two = schedule(&world, &cast.manager, target, &slot("2026-03-12", "13:00", "15:00"), true).await;
        assert_eq!(status(&world, &cast.ana, request).await, PublicStatus::Planned);

        let version = found(&world, &cast.manager, target, one).await.version;
        for empty in ["", " \n "] {
            assert_problem(desk.cancel_appointment(one, version, empty).await, "sentence", Problem::Missing);
        }
        cancel(&world, &cast.manager, target, one).await;
        assert_eq!(portal.appointment(one).await.unwrap().cancel_reason.as_deref(), Some(SORRY));
        assert_eq!(status(&world, &cast.ana, request).await, PublicStatus::Planned, "one of two is left, {}", world.engine);

        cancel(&world, &cast.manager, target, two).await;
        let view = portal.request(request).await.unwrap();
        assert_eq!((view.row.status, view.public_note.as_deref()), (PublicStatus::Accepted, Some(SORRY)));

        let three = schedule(&world, &cast.manager, target, &tuesday(), true).await;
        let view = portal.request(request).await.unwrap();
        assert_eq!((view.row.status, view.public_note), (PublicStatus::Planned, None), "{}", world.engine);
        world.pass(9 * DAY);
        let version = found(&world, &cast.manager, target, three).await.version;
        desk.no_access(three, version, &VisitInput::default()).await.unwrap();
        let view = portal.request(request).await.unwrap();
        assert_eq!(view.row.status, PublicStatus::Accepted);
        assert_eq!(view.public_note.as_deref(), Some("The appointment fell away. We will propose a new date."));

        let kinds = log(&world, &cast.manager, target).await;
        let planned: Vec<_> = kinds.iter().filter(|kind| kind.contains("planned")).map(String::as_str).collect();
        assert_eq!(planned, ["request_planned", "request_unplanned", "request_planned", "request_unplanned"]);
    })
    .await;
}

#[tokio::test]
async fn r11_visits_keep_the_request_planned_until_the_target_is_done() {
    on_both(async |world| {
        let cast = cast(&world).await;
        let (request, target) = converted(&world, &cast).await;
        let dan = world.staff("Dan", Role::Dispatcher).await;
        let desk = world.db.desk(&dan);
        let id = schedule(&world, &dan, target, &tuesday(), true).await;
        let version = found(&world, &dan, target, id).await.version;
        assert_refused(desk.finish_appointment(id, version, &VisitInput::default()).await, Refusal::NotYetStarted);
        assert_refused(desk.no_access(id, version, &VisitInput::default()).await, Refusal::NotYetStarted);
        let now = desk.target(target).await.unwrap().version;
        assert_refused(desk.finish_target(target, now).await, Refusal::StillScheduled);

        world.pass(9 * DAY);
        let wrong = VisitInput { arrived: "10:00".into(), left: "09:00".into(), ..VisitInput::default() };
        assert_problem(desk.finish_appointment(id, version, &wrong).await, "left", Problem::EndBeforeStart);
        desk.finish_appointment(id, version, &VisitInput::default()).await.unwrap();
        assert_eq!(status(&world, &cast.ana, request).await, PublicStatus::Visited, "{}", world.engine);
        assert_conflict(desk.finish_appointment(id, version, &VisitInput::default()).await);
        assert_conflict(desk.no_access(id, version + 1, &VisitInput::default()).await);

        let now = desk.target(target).await.unwrap().version;
        desk.finish_target(target, now).await.unwrap();
        assert_eq!(status(&world, &cast.ana, request).await, PublicStatus::Completed);
        assert_conflict(desk.finish_target(target, now + 1).await);
        assert_conflict(desk.schedule(target, now + 1, &slot("2026-04-10", "08:00", "10:00"), true).await);
        assert!(matches!(desk.reopen_target(target, now + 1).await, Err(Error::Forbidden)), "{}", world.engine);
        world.db.desk(&cast.manager).reopen_target(target, now + 1).await.unwrap();
        assert_eq!(status(&world, &cast.ana, request).await, PublicStatus::Visited);
    })
    .await;
}

#[tokio::test]
async fn f2_a_follow_up_is_planned_by_an_appointment_of_its_own_work() {
    on_both(async |world| {
        let cast = cast(&world).await;
        let (_, target) = converted(&world, &cast).await;
        let desk = world.db.desk(&cast.manager);
        let visit = schedule(&world, &cast.manager, target, &tuesday(), true).await;
        world.pass(9 * DAY);
        desk.finish_appointment(visit, found(&world, &cast.manager, target, visit).await.version, &VisitInput::default()).await.unwrap();
        let report = desk.write_report(visit).await.unwrap();
        assert_eq!(found(&world, &cast.manager, target, visit).await.report, Some(report));
        let text = FollowUpInput { internal_text: "Order a pump".into(), public_text: "We replace the pump.".into() };
        let follow_up = desk.require_follow_up(report, &text).await.unwrap();
        let plan = async || {
            let version = desk.follow_ups("", "").await.unwrap().items[0].version;
            let input = TargetInput { title: "Pump".into(), public_title: "New pump".into(), ..TargetInput::default() };
            desk.plan_follow_up(follow_up, version, &input).await.unwrap()
        };
        let abandoned = plan().await;
        assert_eq!(desk.target(abandoned).await.unwrap().follow_up, Some(follow_up));
        assert_eq!(follow_up_status(&world, &cast.manager).await, FollowUpStatus::Required);
        desk.cancel_target(abandoned, 1).await.unwrap();
        assert_eq!(desk.follow_ups("", "").await.unwrap().items[0].target, None, "free to be planned anew, {}", world.engine);

        let work = plan().await;
        let later = slot("2026-03-24", "08:00", "10:00");
        schedule(&world, &cast.manager, work, &later, false).await;
        assert_eq!(follow_up_status(&world, &cast.manager).await, FollowUpStatus::Required);
        let shared = schedule(&world, &cast.manager, work, &later, true).await;
        assert_eq!(follow_up_status(&world, &cast.manager).await, FollowUpStatus::Planned);
        cancel(&world, &cast.manager, work, shared).await;
        assert_eq!(follow_up_status(&world, &cast.manager).await, FollowUpStatus::Required, "{}", world.engine);

        let last = schedule(&world, &cast.manager, work, &later, true).await;
        world.pass(20 * DAY);
        for appointment in desk.target(work).await.unwrap().appointments {
            if appointment.status == AppointmentStatus::Scheduled && appointment.id != last {
                desk.cancel_appointment(appointment.id, appointment.version, "").await.unwrap();
            }
        }
        desk.finish_appointment(last, found(&world, &cast.manager, work, last).await.version, &VisitInput::default()).await.unwrap();
        desk.finish_target(work, desk.target(work).await.unwrap().version).await.unwrap();
        assert_eq!(follow_up_status(&world, &cast.manager).await, FollowUpStatus::Done);
        desk.reopen_target(work, desk.target(work).await.unwrap().version).await.unwrap();
        assert_eq!(follow_up_status(&world, &cast.manager).await, FollowUpStatus::Planned, "{}", world.engine);
    })
    .await;
}

// -------------------------------------------------------------------------------------------- moves, series, clocks

#[tokio::test]
async fn a7_a_move_is_counted_and_told_but_an_internal_change_is_not() {
    on_both(async |world| {
        let cast = cast(&world).await;
        let (_, target) = converted(&world, &cast).await;
        let desk = world.db.desk(&cast.manager);
        let id = schedule(&world, &cast.manager, target, &tuesday(), true).await;
        let version = found(&world, &cast.manager, target, id).await.version;
        desk.move_appointment(id, version, &SlotInput { team: "Team 2".into(), ..tuesday() }).await.unwrap();
        assert!(!coming(&world, &cast.ana).await[0].moved, "{}", world.engine);
        assert_conflict(desk.move_appointment(id, version, &slot("2026-03-11", "08:00", "10:00")).await);
        assert_problem(desk.move_appointment(id, version + 1, &slot("2026-03-01", "08:00", "10:00")).await, "date", Problem::InThePast);
        desk.move_appointment(id, version + 1, &slot("2026-03-11", "14:00", "15:30")).await.unwrap();
        let row = &coming(&world, &cast.ana).await[0];
        assert_eq!((row.moved, row.span.text.as_str()), (true, "Wed 11 Mar 2026, 2–3:30\u{a0}pm"));
        assert_eq!(milestones(&world, &cast.ana).await.iter().filter(|m| **m == Milestone::AppointmentMoved).count(), 1);
        let kinds = log(&world, &cast.manager, target).await;
        assert!(kinds.ends_with(&["appointment_changed".into(), "appointment_moved".into()]), "{kinds:?}");

        cancel(&world, &cast.manager, target, id).await;
        let version = found(&world, &cast.manager, target, id).await.version;
        assert_conflict(desk.move_appointment(id, version, &tuesday()).await);
        assert_conflict(desk.cancel_appointment(id, version, SORRY).await);
        let row = &coming(&world, &cast.ana).await[0];
        assert_eq!((row.status, row.cancel_reason.as_deref()), (AppointmentStatus::Cancelled, Some(SORRY)));
        assert!(milestones(&world, &cast.ana).await.contains(&Milestone::AppointmentCancelled), "{}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn a8_a_series_keeps_its_hours_when_the_clocks_change_and_each_visit_lives_by_itself() {
    on_both(async |world| {
        let cast = cast(&world).await;
        let target = work(&world, &cast).await;
        let desk = world.db.desk(&cast.manager);
        desk.schedule_series(target, 1, &series(slot("2026-03-17", "08:00", "10:00"), "1", "4"), true).await.unwrap();
        let all = desk.target(target).await.unwrap().appointments;
        let dates: Vec<_> = all.iter().map(|a| (a.span.date.as_str(), a.span.from.as_deref(), a.in_series, a.shared)).collect();
        let expected = ["2026-03-17", "2026-03-24", "2026-03-31", "2026-04-07"].map(|date| (date, Some("08:00"), true, true));
        assert_eq!(dates, expected, "{}", world.engine);
        assert_eq!(mails(&world, "Appointment scheduled").await, 1, "one mail tells of the series on {}", world.engine);

        desk.move_appointment(all[1].id, all[1].version, &slot("2026-03-25", "08:00", "10:00")).await.unwrap();
        desk.cancel_appointment(all[3].id, all[3].version, SORRY).await.unwrap();
        let rows = coming(&world, &cast.ana).await;
        let seen: Vec<_> = rows.iter().map(|row| (row.span.date.as_str(), row.moved, row.status == AppointmentStatus::Scheduled)).collect();
        let (stays, moved, cancelled) = ((false, true), (true, true), (false, false));
        let expected = [("2026-03-17", stays), ("2026-03-25", moved), ("2026-03-31", stays), ("2026-04-07", cancelled)];
        assert_eq!(seen, expected.map(|(date, (moved, stands))| (date, moved, stands)));

        // Summer time began on 29 March: 8 o'clock of the 31st is 06:00 UTC, an hour earlier than a week before.
        world.pass(29 * DAY - 3 * HOUR - 1);
        assert!(!found(&world, &cast.manager, target, all[2].id).await.started);
        world.pass(1);
        assert!(found(&world, &cast.manager, target, all[2].id).await.started, "{}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn a8_a_series_over_a_skipped_hour_makes_nothing_at_all() {
    on_both(async |world| {
        let cast = cast(&world).await;
        let target = work(&world, &cast).await;
        let desk = world.db.desk(&cast.manager);
        let night = slot("2026-03-15", "02:30", "03:30");
        let outcome = desk.schedule_series(target, 1, &series(night.clone(), "1", "3"), true).await;
        assert_problem(outcome, "from", Problem::NoSuchTime);
        for (every_weeks, visits, field, problem) in [
            ("", "3", "every_weeks", Problem::Missing),
            ("0", "3", "every_weeks", Problem::NotANumber),
            ("53", "3", "every_weeks", Problem::TooMany { most: 52 }),
            ("1", "1", "visits", Problem::NotANumber),
            ("1", "105", "visits", Problem::TooMany { most: 104 }),
            ("1", "many", "visits", Problem::NotANumber),
        ] {
            assert_problem(desk.schedule_series(target, 1, &series(night.clone(), every_weeks, visits), true).await, field, problem);
        }
        let target = desk.target(target).await.unwrap();
        assert!(target.appointments.is_empty() && target.version == 1, "{}", world.engine);
        assert!(coming(&world, &cast.ana).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a1_hours_are_checked_in_the_locations_zone() {
    on_both(async |world| {
        let cast = cast(&world).await;
        let target = work(&world, &cast).await;
        let desk = world.db.desk(&cast.manager);
        let problem = async |date: &str, from: &str, until: &str, field: &str, problem: Problem| {
            assert_problem(desk.schedule(target, 1, &slot(date, from, until), true).await, field, problem);
        };
        problem("", "08:00", "10:00", "date", Problem::Missing).await;
        problem("next week", "08:00", "10:00", "date", Problem::NotADate).await;
        problem("2026-03-10", "8", "10:00", "from", Problem::NotATime).await;
        problem("2026-03-10", "08:00", "", "until", Problem::Missing).await;
        problem("2026-03-10", "10:00", "10:00", "until", Problem::EndBeforeStart).await;
        problem("2026-03-29", "02:30", "04:00", "from", Problem::NoSuchTime).await;
        problem("2026-03-29", "01:30", "02:30", "until", Problem::NoSuchTime).await;
        // It is 10 o'clock in Berlin.
        problem("2026-03-02", "08:00", "09:59", "date", Problem::InThePast).await;

        let running = schedule(&world, &cast.manager, target, &slot("2026-03-02", "09:00", "11:00"), true).await;
        assert!(found(&world, &cast.manager, target, running).await.started);
        // Half past two comes twice on 25 October: the first is meant, 00:30 UTC.
        let fold = schedule(&world, &cast.manager, target, &slot("2026-10-25", "02:30", "03:30"), true).await;
        world.pass(236 * DAY + 15 * HOUR + 1800 - 1);
        assert!(!found(&world, &cast.manager, target, fold).await.started);
        world.pass(1);
        assert!(found(&world, &cast.manager, target, fold).await.started, "{}", world.engine);
    })
    .await;
}

// ---------------------------------------------------------------------------------------------------- the desk's lists

#[tokio::test]
async fn r4_the_tray_shows_unplanned_work_with_its_wishes_and_the_agenda_what_is_planned() {
    on_both(async |world| {
        let cast = cast(&world).await;
        let wished = wished(&world, &cast, &[("2026-03-10", "08:00", "10:00"), ("2026-03-11", "08:00", "10:00")]).await;
        world.pass(1);
        let plain = work(&world, &cast).await;
        let desk = world.db.desk(&cast.manager);

        let tray = desk.targets("", "").await.unwrap().items;
        assert_eq!(tray.iter().map(|row| (row.id, row.wishes.len())).collect::<Vec<_>>(), [(wished, 2), (plain, 0)], "{}", world.engine);
        assert_eq!(desk.target(wished).await.unwrap().wishes, tray[0].wishes);
        assert!(coming(&world, &cast.ana).await.is_empty(), "a wish makes no appointment");

        let id = schedule(&world, &cast.manager, wished, &tuesday(), false).await;
        let tray = desk.targets("", "").await.unwrap().items;
        assert_eq!(tray.iter().map(|row| row.id).collect::<Vec<_>>(), [plain]);
        let open = desk.targets("open", "").await.unwrap().items;
        assert_eq!(open.iter().map(|row| (row.id, row.next_visit.is_some())).collect::<Vec<_>>(), [(plain, false), (wished, true)]);
        assert!(desk.targets("done", "").await.unwrap().items.is_empty());
        assert!(matches!(desk.targets("unknown", "").await, Err(Error::NotFound)));

        let on = async |view: &str, date: &str| planned(&plan(&world, &cast.manager, view, date).await);
        assert_eq!(on("day", "2026-03-10").await, [id]);
        assert!(on("day", "2026-03-11").await.is_empty() && on("day", "2026-03-09").await.is_empty(), "{}", world.engine);
        assert_eq!((on("week", "2026-03-09").await, on("week", "2026-03-15").await), (vec![id], vec![id]));
        assert!(on("week", "2026-03-16").await.is_empty() && on("week", "2026-03-08").await.is_empty(), "{}", world.engine);
        assert_eq!((on("list", "2026-02-11").await, on("list", "2026-03-10").await), (vec![id], vec![id]));
        assert!(on("list", "2026-02-10").await.is_empty() && on("list", "2026-03-11").await.is_empty(), "{}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn a1_the_plan_has_days_weeks_and_lists_with_ways_to_and_fro() {
    on_both(async |world| {
        let cast = cast(&world).await;
        let stretch = async |view: &str, date: &str| {
            let plan = plan(&world, &cast.manager, view, date).await;
            let days: Vec<_> = plan.days.into_iter().map(|day| day.day.date).collect();
            (days.first().cloned(), days.len(), plan.earlier, plan.later)
        };
        let some = |day: &str| Some(day.to_owned());
        // 2 March 2026 is a Monday, and today.
        assert_eq!(stretch("", "").await, (some("2026-03-02"), 7, "2026-02-23".into(), "2026-03-09".into()), "{}", world.engine);
        assert_eq!(stretch("week", "2026-03-08").await, (some("2026-03-02"), 7, "2026-03-01".into(), "2026-03-15".into()));
        assert_eq!(stretch("day", "2026-03-08").await, (some("2026-03-08"), 1, "2026-03-07".into(), "2026-03-09".into()));
        assert_eq!(stretch("month", "soon").await.0, some("2026-03-02"));
        assert_eq!(stretch("list", "2026-03-08").await, (None, 0, "2026-02-08".into(), "2026-04-05".into()));
        let week = plan(&world, &cast.manager, "week", "2026-03-08").await;
        assert_eq!((week.title.as_str(), week.today.as_str()), ("Mon 2 Mar 2026 – Sun 8 Mar 2026", "2026-03-02"));
        assert_eq!(week.days.iter().filter(|day| day.today).count(), 1);

        let id = schedule(&world, &cast.manager, work(&world, &cast).await, &tuesday(), false).await;
        let list = plan(&world, &cast.manager, "list", "2026-03-08").await;
        assert_eq!(list.days.iter().map(|day| day.day.date.as_str()).collect::<Vec<_>>(), ["2026-03-10"]);
        assert_eq!((list.zone.as_str(), list.title.as_str()), ("UTC", "Sun 8 Mar 2026 – Sat 4 Apr 2026"));
        let target = list.days[0].appointments[0].target_id;
        cancel(&world, &cast.manager, target, id).await;
        assert!(planned(&plan(&world, &cast.manager, "list", "2026-03-08").await).is_empty(), "{}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn r4_the_plan_says_whether_a_visit_fits_a_wish() {
    on_both(async |world| {
        let cast = cast(&world).await;
        let wished = wished(&world, &cast, &[("2026-03-10", "08:00", "10:00"), ("2026-03-12", "", "")]).await;
        let plain = work(&world, &cast).await;
        let fit = async |target: TargetId, slot: &SlotInput| {
            let id = schedule(&world, &cast.manager, target, slot, true).await;
            let fit = found(&world, &cast.manager, target, id).await.fit;
            let shown = plan(&world, &cast.manager, "day", &slot.date).await;
            let shown = shown.days[0].appointments.iter().find(|appointment| appointment.id == id).unwrap().fit.clone();
            assert_eq!(shown, fit, "{}", world.engine);
            (id, fit)
        };
        assert_eq!(fit(wished, &slot("2026-03-10", "08:30", "10:00")).await.1, Some(Fit::Wish("Tue 8–10\u{a0}am".into())));
        assert_eq!(fit(wished, &slot("2026-03-12", "18:00", "20:00")).await.1, Some(Fit::Wish("Thu".into())));
        assert_eq!(fit(plain, &tuesday()).await.1, None);
        let (outside, said) = fit(wished, &slot("2026-03-10", "09:00", "11:00")).await;
        assert_eq!(said, Some(Fit::Outside));

        // Another time that the customer suggests is a wish as well.
        let windows = [WindowInput { date: "2026-03-13".into(), from: "09:00".into(), until: "11:00".into() }];
        world.db.portal(&cast.ana).suggest_time(outside, FormKey::new(), &windows, "").await.unwrap();
        let version = found(&world, &cast.manager, wished, outside).await.version;
        world.db.desk(&cast.manager).move_appointment(outside, version, &slot("2026-03-13", "09:00", "10:00")).await.unwrap();
        assert_eq!(found(&world, &cast.manager, wished, outside).await.fit, Some(Fit::Wish("Fri 9–11\u{a0}am".into())), "{}", world.engine);

        // Once it is over, the wish is of no use.
        world.pass(12 * DAY);
        let version = found(&world, &cast.manager, wished, outside).await.version;
        world.db.desk(&cast.manager).finish_appointment(outside, version, &VisitInput::default()).await.unwrap();
        assert_eq!(found(&world, &cast.manager, wished, outside).await.fit, None);
    })
    .await;
}

#[tokio::test]
async fn a1_visits_of_one_team_at_the_same_time_overlap_wherever_they_are() {
    on_both(async |world| {
        let cast = cast(&world).await;
        let customer = world.customer(&cast.manager, "Bolt").await;
        let auckland = world.location_in(&cast.manager, customer, "Auckland", "Pacific/Auckland").await;
        let far = world.work(&cast.manager, auckland).await;
        let (one, two) = (work(&world, &cast).await, work(&world, &cast).await);
        let at = |date: &str, from: &str, until: &str, team: &str| SlotInput { team: team.into(), ..slot(date, from, until) };
        let add = async |target: TargetId, slot: SlotInput| schedule(&world, &cast.manager, target, &slot, false).await;
        let overlaps = async |target: TargetId, id: AppointmentId| {
            let overlaps = found(&world, &cast.manager, target, id).await.overlaps;
            overlaps.into_iter().map(|overlap| overlap.target_id).collect::<Vec<_>>()
        };
        let first = add(one, at("2026-03-10", "08:00", "10:00", "North")).await;
        let next = add(two, at("2026-03-10", "10:00", "12:00", "North")).await;
        add(two, at("2026-03-10", "08:00", "10:00", "South")).await;
        add(two, at("2026-03-10", "08:00", "10:00", "")).await;
        add(one, at("2026-03-10", "08:00", "10:00", "")).await;
        assert!(overlaps(one, first).await.is_empty() && overlaps(two, next).await.is_empty(), "{}", world.engine);

        // Half past nine to half past ten in Berlin.
        let there = add(far, at("2026-03-10", "21:30", "22:30", "north")).await;
        assert_eq!(overlaps(far, there).await, [one, two], "{}", world.engine);
        assert_eq!((overlaps(one, first).await, overlaps(two, next).await), (vec![far], vec![far]));
        let shown = plan(&world, &cast.manager, "day", "2026-03-10").await;
        let shown = shown.days[0].appointments.iter().find(|appointment| appointment.id == first).unwrap();
        assert_eq!(shown.overlaps[0].location_name, "Auckland");
        cancel(&world, &cast.manager, far, there).await;
        assert!(overlaps(one, first).await.is_empty(), "a cancelled visit is in nobody's way, {}", world.engine);

        let desk = world.db.desk(&cast.manager);
        let filter = PlanFilter { date: "2026-03-10".into(), team: " north ".into(), ..PlanFilter::default() };
        let north = desk.plan(&filter).await.unwrap();
        assert_eq!(planned(&north), [first, next], "{}", world.engine);
        let mut teams = north.teams;
        teams.sort();
        assert_eq!(teams, ["North", "South", "north"]);
    })
    .await;
}

#[tokio::test]
async fn r4_work_in_hand_is_offered_the_wished_hours_and_those_in_which_the_team_is_free() {
    on_both(async |world| {
        let cast = cast(&world).await;
        let target = wished(&world, &cast, &[("2026-03-10", "09:00", "11:00")]).await;
        let other = work(&world, &cast).await;
        let busy = SlotInput { team: "North".into(), ..slot("2026-03-10", "11:00", "12:00") };
        schedule(&world, &cast.manager, other, &busy, false).await;
        let desk = world.db.desk(&cast.manager);
        let free = async |team: &str, date: &str| {
            let filter = PlanFilter { view: "day".into(), date: date.into(), team: team.into(), work: target.to_string() };
            let plan = desk.plan(&filter).await.unwrap();
            assert_eq!(plan.in_hand.map(|work| (work.id, work.wishes.len())), Some((target, 1)));
            let hours = |free: FreeSlot| (free.span.from.unwrap(), matches!(free.fit, Some(Fit::Wish(_))));
            plan.days.into_iter().flat_map(|day| day.free).map(hours).collect::<Vec<_>>()
        };
        let slots = |slots: &[(&str, bool)]| slots.iter().map(|(from, fits)| ((*from).to_owned(), *fits)).collect::<Vec<_>>();
        assert_eq!(
            free("", "2026-03-10").await,
            slots(&[("08:00", false), ("09:00", true), ("10:00", false), ("13:00", false)]),
            "{}",
            world.engine
        );
        assert_eq!(free("north", "2026-03-10").await, slots(&[("08:00", false), ("09:00", true), ("13:00", false)]), "{}", world.engine);
        // It is ten o'clock in Berlin.
        assert_eq!(free("", "2026-03-02").await, slots(&[("10:00", false), ("13:00", false)]), "{}", world.engine);
        assert!(free("", "2026-03-01").await.is_empty());

        // The list shows a wished day, although nothing is there yet; and only open work can be in hand.
        let filter = PlanFilter { view: "list".into(), date: "2026-03-09".into(), work: target.to_string(), ..PlanFilter::default() };
        desk.cancel_target(other, desk.target(other).await.unwrap().version).await.unwrap();
        let list = desk.plan(&filter).await.unwrap();
        assert_eq!(list.days.iter().map(|day| day.day.date.as_str()).collect::<Vec<_>>(), ["2026-03-10"], "{}", world.engine);
        for work in [other.to_string(), TargetId::new().to_string(), "anything".into()] {
            let plan = desk.plan(&PlanFilter { work, ..PlanFilter::default() }).await.unwrap();
            assert!(plan.in_hand.is_none() && plan.days.iter().all(|day| day.free.is_empty()), "{}", world.engine);
        }
    })
    .await;
}

#[tokio::test]
async fn r4_work_leaves_the_tray_with_its_visit_and_comes_back_after_no_access_or_when_reopened() {
    on_both(async |world| {
        let cast = cast(&world).await;
        let visited = work(&world, &cast).await;
        world.pass(1);
        let locked = work(&world, &cast).await;
        let desk = world.db.desk(&cast.manager);
        let tray = async || desk.targets("", "").await.unwrap().items.into_iter().map(|row| row.id).collect::<Vec<_>>();
        let first = schedule(&world, &cast.manager, visited, &tuesday(), true).await;
        let second = schedule(&world, &cast.manager, locked, &tuesday(), true).await;
        assert!(tray().await.is_empty(), "{}", world.engine);

        world.pass(9 * DAY);
        let version = found(&world, &cast.manager, visited, first).await.version;
        desk.finish_appointment(first, version, &VisitInput::default()).await.unwrap();
        let version = found(&world, &cast.manager, locked, second).await.version;
        desk.no_access(second, version, &VisitInput::default()).await.unwrap();
        assert_eq!(tray().await, [locked], "{}", world.engine);

        world.pass(1);
        let version = async || desk.target(visited).await.unwrap().version;
        desk.finish_target(visited, version().await).await.unwrap();
        desk.reopen_target(visited, version().await).await.unwrap();
        assert_eq!(tray().await, [visited, locked], "{}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn a1_the_agenda_goes_by_the_locations_day() {
    on_both(async |world| {
        let manager = world.manager().await;
        let customer = world.customer(&manager, "Acme").await;
        let location = world.location_in(&manager, customer, "Auckland", "Pacific/Auckland").await;
        let ana = world.contact(&manager, customer, "Ana", &everywhere()).await;
        let cast = Cast { manager, ana, location };
        let target = work(&world, &cast).await;
        // 19:00 UTC of the day before.
        let id = schedule(&world, &cast.manager, target, &tuesday(), true).await;
        assert_eq!(planned(&plan(&world, &cast.manager, "day", "2026-03-10").await), [id]);
        assert!(planned(&plan(&world, &cast.manager, "day", "2026-03-09").await).is_empty(), "{}", world.engine);
        assert_eq!(coming(&world, &cast.ana).await[0].span.zone, "Pacific/Auckland");
    })
    .await;
}

#[tokio::test]
async fn r10_targets_come_in_pages_with_all_their_wishes() {
    on_both(async |world| {
        let cast = cast(&world).await;
        for _ in 0..27 {
            work(&world, &cast).await;
        }
        let desk = world.db.desk(&cast.manager);
        for status in ["", "open"] {
            let first = desk.targets(status, "").await.unwrap();
            let second = desk.targets(status, &first.next.unwrap().0).await.unwrap();
            let mut ids: Vec<_> = first.items.iter().chain(&second.items).map(|row| row.id).collect();
            ids.sort();
            ids.dedup();
            assert_eq!((ids.len(), second.next), (27, None), "{status} {}", world.engine);
        }
    })
    .await;
}

// ------------------------------------------------------------------------------------------- ends, roles and races

#[tokio::test]
async fn r10_a_cancelled_target_lets_the_request_be_converted_again() {
    on_both(async |world| {
        let cast = cast(&world).await;
        let (request, target) = converted(&world, &cast).await;
        let dan = world.staff("Dan", Role::Dispatcher).await;
        let desk = world.db.desk(&cast.manager);
        let shared = schedule(&world, &dan, target, &tuesday(), true).await;
        let tentative = schedule(&world, &dan, target, &slot("2026-03-12", "08:00", "10:00"), false).await;
        let version = async || desk.target(target).await.unwrap().version;
        assert!(matches!(world.db.desk(&dan).cancel_target(target, version().await).await, Err(Error::Forbidden)));
        assert_refused(desk.cancel_target(target, version().await).await, Refusal::StillScheduled);
        cancel(&world, &dan, target, shared).await;
        assert_conflict(desk.cancel_target(target, version().await - 1).await);
        desk.cancel_target(target, version().await).await.unwrap();

        assert_eq!(desk.target(target).await.unwrap().status, TargetStatus::Cancelled);
        assert_eq!(found(&world, &dan, target, tentative).await.status, AppointmentStatus::Cancelled);
        assert_eq!(desk.request(request).await.unwrap().stored, Status::Accepted);
        let input = TargetInput { title: "Again".into(), public_title: "Again".into(), ..TargetInput::default() };
        assert_conflict(desk.edit_target(target, version().await, &input).await);
        let again = world.db.desk(&dan).convert(request, world.version(&dan, request).await, &input).await.unwrap();
        assert_ne!(again, target, "{}", world.engine);

        // The customer reads both pieces of work as one story, in the order of what happened.
        let sooner = schedule(&world, &dan, again, &slot("2026-03-09", "08:00", "10:00"), true).await;
        let seen = world.db.portal(&cast.ana).request(request).await.unwrap();
        assert_eq!(seen.appointments.iter().map(|row| row.id).collect::<Vec<_>>(), [sooner, shared], "{}", world.engine);
        let happened: Vec<_> = seen.history.iter().map(|entry| entry.milestone).collect();
        assert_eq!(happened.first(), Some(&Milestone::RequestSubmitted), "{}: {happened:?}", world.engine);
        assert_eq!(happened.last(), Some(&Milestone::AppointmentScheduled), "{}: {happened:?}", world.engine);
        assert!(happened.contains(&Milestone::AppointmentCancelled), "{}: {happened:?}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn r10_a_target_that_was_visited_is_not_cancelled() {
    on_both(async |world| {
        let cast = cast(&world).await;
        let (_, target) = converted(&world, &cast).await;
        let id = schedule(&world, &cast.manager, target, &tuesday(), true).await;
        world.pass(9 * DAY);
        let desk = world.db.desk(&cast.manager);
        desk.finish_appointment(id, found(&world, &cast.manager, target, id).await.version, &VisitInput::default()).await.unwrap();
        assert_refused(desk.cancel_target(target, desk.target(target).await.unwrap().version).await, Refusal::WorkDone);
    })
    .await;
}

#[tokio::test]
async fn r9_ending_a_request_ends_its_work_unless_that_is_done() {
    on_both(async |world| {
        let cast = cast(&world).await;
        let (desk, portal) = (world.db.desk(&cast.manager), world.db.portal(&cast.ana));
        let (request, target) = converted(&world, &cast).await;
        let tentative = schedule(&world, &cast.manager, target, &tuesday(), false).await;
        portal.withdraw(request, portal.request(request).await.unwrap().as_of).await.unwrap();
        assert_eq!(status(&world, &cast.ana, request).await, PublicStatus::Withdrawn);
        assert_eq!(desk.target(target).await.unwrap().status, TargetStatus::Cancelled);
        assert_eq!(found(&world, &cast.manager, target, tentative).await.status, AppointmentStatus::Cancelled);
        assert!(matches!(portal.appointment(tentative).await, Err(Error::NotFound)));

        let (request, target) = converted(&world, &cast).await;
        let shared = schedule(&world, &cast.manager, target, &tuesday(), true).await;
        assert_conflict(portal.withdraw(request, portal.request(request).await.unwrap().as_of).await);
        desk.cancel_request(request, world.version(&cast.manager, request).await, SORRY).await.unwrap();
        assert_eq!(mails(&world, "Request cancelled").await, 1);
        assert_eq!(mails(&world, "Appointment cancelled").await, 0, "the request's end tells of its visits");
        let row = portal.appointment(shared).await.unwrap();
        assert_eq!((row.status, row.cancel_reason.as_deref()), (AppointmentStatus::Cancelled, Some(SORRY)), "{}", world.engine);
        let kinds = log(&world, &cast.manager, target).await;
        assert!(kinds.contains(&"target_cancelled".into()) && !kinds.contains(&"request_unplanned".into()), "{kinds:?}");

        let (request, target) = converted(&world, &cast).await;
        desk.finish_target(target, desk.target(target).await.unwrap().version).await.unwrap();
        let outcome = desk.cancel_request(request, world.version(&cast.manager, request).await, SORRY).await;
        assert_refused(outcome, Refusal::WorkDone);
        assert_eq!(status(&world, &cast.ana, request).await, PublicStatus::Completed, "{}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn r5_an_act_on_an_appointment_makes_the_pages_of_its_target_and_its_request_stale() {
    on_both(async |world| {
        let cast = cast(&world).await;
        let (request, target) = converted(&world, &cast).await;
        let desk = world.db.desk(&cast.manager);
        let (of_request, of_target) = (world.version(&cast.manager, request).await, desk.target(target).await.unwrap().version);
        let id = schedule(&world, &cast.manager, target, &tuesday(), false).await;
        assert_conflict(desk.schedule(target, of_target, &tuesday(), false).await);
        assert_conflict(desk.finish_target(target, of_target).await);
        assert_conflict(desk.cancel_request(request, of_request, SORRY).await);
        let before = desk.target(target).await.unwrap().version;
        desk.share_appointment(id, found(&world, &cast.manager, target, id).await.version).await.unwrap();
        assert!(desk.target(target).await.unwrap().version > before, "{}", world.engine);
        assert!(matches!(desk.schedule(TargetId::new(), 1, &tuesday(), true).await, Err(Error::NotFound)));
        assert!(matches!(desk.share_appointment(AppointmentId::new(), 1).await, Err(Error::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn a7_twenty_parallel_acts_have_one_winner() {
    on_both(async |world| {
        let cast = cast(&world).await;
        let (request, target) = converted(&world, &cast).await;
        let version = world.db.desk(&cast.manager).target(target).await.unwrap().version;
        let tries = (0..20).map(|_| {
            let (db, by) = (world.db.clone(), cast.manager.clone());
            tokio::spawn(async move { db.desk(&by).schedule(target, version, &tuesday(), false).await.map(drop) })
        });
        assert_eq!(winners(tries).await, 1, "{}", world.engine);

        // Half share, half cancel what is still tentative: never both.
        let id = world.db.desk(&cast.manager).target(target).await.unwrap().appointments[0].id;
        let version = found(&world, &cast.manager, target, id).await.version;
        let tries = (0..20).map(|n| {
            let (db, by) = (world.db.clone(), cast.manager.clone());
            tokio::spawn(async move {
                let desk = db.desk(&by);
                if n % 2 == 0 { desk.share_appointment(id, version).await } else { desk.cancel_appointment(id, version, SORRY).await }
            })
        });
        assert_eq!(winners(tries).await, 1, "{}", world.engine);
        let appointment = found(&world, &cast.manager, target, id).await;
        assert_eq!(appointment.shared, appointment.status == AppointmentStatus::Scheduled);
        let planned = status(&world, &cast.ana, request).await == PublicStatus::Planned;
        assert_eq!(planned, appointment.shared, "{}", world.engine);
    })
    .await;
}

/// How many of them succeeded; the others lost to them and nothing else.
async fn winners(tries: impl Iterator<Item = tokio::task::JoinHandle<Result<(), Error>>>) -> usize {
    let mut won = 0;
    for outcome in futures::future::join_all(tries).await {
        match outcome.unwrap() {
            Ok(()) => won += 1,
            Err(Error::Conflict) => {}
            Err(other) => panic!("{other}"),
        }
    }
    won
}
