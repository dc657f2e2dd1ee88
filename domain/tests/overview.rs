//! The overview's numbers: each against a story that is told here, and against the list behind it.

use crate::support::{World, everywhere, on_both};
use domain::actor::{PortalActor, StaffActor};
use domain::appointment::SlotInput;
use domain::company::CompanyInput;
use domain::id::{AppointmentId, FormKey, LocationId, RequestId};
use domain::overview::{BehindFilter, Kept, Outcome, Overview, WEEKS, Week};
use domain::report::Stage;
use domain::request::Decision;
use domain::role::Role;

const HOUR: i64 = 3600;
const DAY: i64 = 86_400;

struct Cast {
    manager: StaffActor,
    ana: PortalActor,
    location: LocationId,
}

/// An office in Berlin, and Ana, who sends requests.
async fn cast(world: &World) -> Cast {
    let (manager, admin) = (world.manager().await, world.staff("Ada", Role::Admin).await);
    let desk = world.db.desk(&admin);
    let berlin = CompanyInput { name: "Acme".into(), emergency_phone: String::new(), zone: "Europe/Berlin".into() };
    desk.edit_company(desk.company().await.unwrap().version, &berlin).await.unwrap();
    let customer = world.customer(&manager, "Acme").await;
    let location = world.location(&manager, customer, "North").await;
    let ana = world.contact(&manager, customer, "Ana", &everywhere()).await;
    Cast { manager, ana, location }
}

async fn overview(world: &World, cast: &Cast) -> Overview {
    world.db.desk(&cast.manager).overview().await.unwrap()
}

fn last(overview: &Overview) -> &Week {
    overview.weeks.last().unwrap()
}

/// How many of an outcome a week has.
fn of(week: &Week, outcome: Outcome) -> i64 {
    week.outcomes[Outcome::ALL.iter().position(|one| *one == outcome).unwrap()]
}

fn visits(week: &Week, kept: Kept) -> i64 {
    week.visits[Kept::ALL.iter().position(|one| *one == kept).unwrap()]
}

async fn reject(world: &World, by: &StaffActor, request: RequestId) {
    let desk = world.db.desk(by);
    desk.start_review(request, world.version(by, request).await).await.unwrap();
    let no = Decision::Reject { public: "We do not do this.", internal: "Not ours.", duplicate_of: "" };
    desk.decide(request, world.version(by, request).await, no).await.unwrap();
    world.pass(11);
    world.system.run_due_decisions().await.unwrap();
}

#[tokio::test]
async fn an_empty_installation_has_weeks_without_numbers() {
    on_both(async |world| {
        let manager = world.manager().await;
        let overview = world.db.desk(&manager).overview().await.unwrap();
        assert_eq!(i64::try_from(overview.weeks.len()).unwrap(), WEEKS, "{}", world.engine);
        assert!(overview.weeks.iter().all(|week| week.outcomes.iter().chain(&week.visits).all(|n| *n == 0)), "{}", world.engine);
        assert!(overview.weeks.iter().all(|week| week.answer.median_minutes.is_none()), "{}", world.engine);
        assert_eq!(overview.reports, [(Stage::Draft, 0), (Stage::Approved, 0), (Stage::Changed, 0)], "{}", world.engine);
        assert_eq!((last(&overview).first.machine.as_str(), last(&overview).last.machine.as_str()), ("2026-03-02", "2026-03-08"));
    })
    .await;
}

#[tokio::test]
async fn requests_are_counted_once_in_the_week_and_with_the_outcome_they_have() {
    on_both(async |world| {
        let cast = cast(&world).await;
        let (manager, ana) = (&cast.manager, &cast.ana);
        // Until Sunday, 23:30 in Berlin, which is this week there; half an hour later it is the next.
        world.pass(6 * DAY + 13 * HOUR + HOUR / 2);
        let open = world.request(ana, cast.location, "Open").await;
        world.pass(HOUR / 2);
        let rejected = world.request(ana, cast.location, "Rejected").await;
        let accepted = world.request(ana, cast.location, "Accepted").await;
        let cancelled = world.request(ana, cast.location, "Cancelled").await;
        let completed = world.request(ana, cast.location, "Completed").await;
        reject(&world, manager, rejected).await;
        world.accept(manager, accepted).await;
        let desk = world.db.desk(manager);
        desk.cancel_request(cancelled, world.version(manager, cancelled).await, "Not needed.").await.unwrap();
        let target = world.target(manager, completed).await;
        desk.finish_target(target, desk.target(target).await.unwrap().version).await.unwrap();

        let overview = overview(&world, &cast).await;
        let (before, now) = (&overview.weeks[overview.weeks.len() - 2], last(&overview));
        assert_eq!((before.first.machine.as_str(), now.first.machine.as_str()), ("2026-03-02", "2026-03-09"), "{}", world.engine);
        assert_eq!((of(before, Outcome::Open), before.outcomes.iter().sum::<i64>()), (1, 1), "{}", world.engine);
        for outcome in [Outcome::Rejected, Outcome::Accepted, Outcome::Cancelled, Outcome::Completed] {
            assert_eq!(of(now, outcome), 1, "{outcome} on {}", world.engine);
        }
        assert_eq!(of(now, Outcome::Open), 0, "{}", world.engine);

        // The list behind each number has as many rows.
        for week in &overview.weeks {
            for (outcome, count) in Outcome::ALL.iter().zip(&week.outcomes) {
                let filter = BehindFilter {
                    outcome: outcome.word().into(),
                    from: week.first.machine.clone(),
                    until: week.last.machine.clone(),
                    after: String::new(),
                };
                let behind = desk.requests_behind(&filter).await.unwrap().items;
                assert_eq!(behind.len(), usize::try_from(*count).unwrap(), "{outcome} of {} on {}", week.short, world.engine);
            }
        }
        let all = desk.requests_behind(&BehindFilter::default()).await.unwrap().items;
        assert_eq!((all.len(), all.last().unwrap().id), (5, open), "{}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn open_requests_are_counted_by_their_age_in_days() {
    on_both(async |world| {
        let cast = cast(&world).await;
        for days in [20, 5, 2, 1, 0] {
            world.request(&cast.ana, cast.location, "Waits").await;
            world.pass(days * DAY);
        }
        // Sent 28, 8, 3, 1 and 0 days ago.
        let overview = overview(&world, &cast).await;
        let ages: Vec<_> = overview.ages.iter().map(|age| (age.least_days, age.most_days, age.requests)).collect();
        let expected = [(0, Some(1), 2), (2, Some(6), 1), (7, Some(13), 1), (14, Some(27), 0), (28, None, 1)];
        assert_eq!(ages, expected, "{}", world.engine);
        for age in &overview.ages {
            let filter = BehindFilter { outcome: "open".into(), from: age.from.clone(), until: age.until.clone(), after: String::new() };
            let behind = world.db.desk(&cast.manager).requests_behind(&filter).await.unwrap().items;
            assert_eq!(behind.len(), usize::try_from(age.requests).unwrap(), "{} days on {}", age.least_days, world.engine);
        }
    })
    .await;
}

#[tokio::test]
async fn a_wait_ends_with_the_teams_first_word_and_with_the_decision() {
    on_both(async |world| {
        let cast = cast(&world).await;
        let desk = world.db.desk(&cast.manager);
        let answered = world.request(&cast.ana, cast.location, "Answered").await;
        let _silent = world.request(&cast.ana, cast.location, "Silent").await;
        // The customer's own message and the office's note are no answer.
        world.db.portal(&cast.ana).write_message(answered, FormKey::new(), "Are you there?").await.unwrap();
        desk.write_note(answered, FormKey::new(), "Call them").await.unwrap();
        assert_eq!(last(&overview(&world, &cast).await).answer.done, 0, "{}", world.engine);

        world.pass(2 * HOUR);
        desk.send_message(answered, FormKey::new(), "We are.").await.unwrap();
        world.pass(HOUR);
        desk.send_message(answered, FormKey::new(), "Still.").await.unwrap();
        world.accept(&cast.manager, answered).await;
        let overview = overview(&world, &cast).await;
        let week = last(&overview);
        assert_eq!((week.answer.done, week.answer.median_minutes), (1, Some(120)), "{}", world.engine);
        assert_eq!((week.decision.done, week.decision.median_minutes), (1, Some(180)), "{}", world.engine);
        let behind = desk.requests_behind(&BehindFilter { outcome: "accepted".into(), ..BehindFilter::default() }).await.unwrap().items;
        assert_eq!((behind[0].answer_minutes, behind[0].decision_minutes), (Some(120), Some(180)), "{}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn appointments_count_once_their_time_has_come_and_only_shared_ones() {
    on_both(async |world| {
        let cast = cast(&world).await;
        let (manager, desk) = (&cast.manager, world.db.desk(&cast.manager));
        let target = world.work(manager, cast.location).await;
        let slot = |date: &str, from: &str, until: &str| SlotInput {
            date: date.into(),
            from: from.into(),
            until: until.into(),
            ..SlotInput::default()
        };
        let version = async || desk.target(target).await.unwrap().version;
        // One is kept, one is moved and nobody has closed it, one is tentative, one is next week.
        let kept = desk.schedule(target, version().await, &slot("2026-03-03", "08:00", "10:00"), true).await.unwrap();
        let moved = desk.schedule(target, version().await, &slot("2026-03-03", "12:00", "13:00"), true).await.unwrap();
        desk.schedule(target, version().await, &slot("2026-03-03", "14:00", "15:00"), false).await.unwrap();
        desk.schedule(target, version().await, &slot("2026-03-10", "08:00", "10:00"), true).await.unwrap();
        let found =
            async |id: AppointmentId| desk.target(target).await.unwrap().appointments.into_iter().find(|one| one.id == id).unwrap().version;
        desk.move_appointment(moved, found(moved).await, &slot("2026-03-04", "12:00", "13:00")).await.unwrap();
        assert_eq!(last(&overview(&world, &cast).await).visits.iter().sum::<i64>(), 0, "none has begun, {}", world.engine);

        world.finish(manager, target, kept).await;
        world.pass(DAY);
        let before = overview(&world, &cast).await;
        assert_eq!((visits(last(&before), Kept::Kept), visits(last(&before), Kept::NotClosed)), (1, 1), "{}", world.engine);
        desk.finish_appointment(moved, found(moved).await, &Default::default()).await.unwrap();
        let after = overview(&world, &cast).await;
        assert_eq!((visits(last(&after), Kept::Kept), visits(last(&after), Kept::Moved)), (1, 1), "{}", world.engine);
        assert_eq!(last(&after).visits.iter().sum::<i64>(), 2, "{}", world.engine);
        let filter = BehindFilter { outcome: "moved".into(), from: "2026-03-02".into(), until: "2026-03-08".into(), after: String::new() };
        let behind = desk.appointments_behind(&filter).await.unwrap().items;
        assert_eq!(behind.iter().map(|one| one.id).collect::<Vec<_>>(), [moved], "{}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn reports_wait_until_they_are_shared_as_they_stand() {
    on_both(async |world| {
        let cast = cast(&world).await;
        let chef = world.staff("Chef", Role::Manager).await;
        let target = world.work(&cast.manager, cast.location).await;
        let report = world.report(&cast.manager, target, "All well").await;
        let waiting = async || overview(&world, &cast).await.reports.iter().map(|(_, count)| *count).collect::<Vec<_>>();
        assert_eq!(waiting().await, [1, 0, 0], "{}", world.engine);
        world.approve(&chef, report).await;
        assert_eq!(waiting().await, [0, 1, 0], "{}", world.engine);
        world.release(&cast.manager, report, &crate::support::words("Done")).await;
        assert_eq!(waiting().await, [0, 0, 0], "{}", world.engine);
        world.rewrite(&cast.manager, report, "Not so well").await;
        assert_eq!(waiting().await, [0, 0, 1], "{}", world.engine);
    })
    .await;
}
