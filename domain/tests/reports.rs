//! Visit reports, their release, follow-ups and the timeline they make.

use crate::support::{JPEG, chosen, everywhere, on_both, upload, words};
use domain::Error;
use domain::appointment::AppointmentFilter;
use domain::field::{Problem, Problems, Refusal};
use domain::follow_up::{FollowUpInput, FollowUpStatus};
use domain::id::{AttachmentId, ReportId};
use domain::report::{ReleaseFileInput, ReleaseInput, ReportFilter, Stage};
use domain::request::RequestFilter;
use domain::role::Role;
use domain::target::TargetInput;
use domain::timeline::{Milestone, TimelineFilter};

fn is_refused<T>(outcome: &Result<T, Error>, refusal: Refusal) -> bool {
    matches!(outcome, Err(Error::Invalid(problems)) if *problems == Problems::of("", Problem::Refused(refusal)))
}

fn ticked(attachment: AttachmentId, name: &str) -> ReleaseFileInput {
    ReleaseFileInput { attachment: attachment.to_string(), share: "on".into(), public_name: name.into(), caption: String::new() }
}

fn follow_up(public: &str) -> FollowUpInput {
    FollowUpInput { internal_text: "Order part 77, ask Kim".into(), public_text: public.into() }
}

#[tokio::test]
async fn v1_only_an_approved_report_can_be_released() {
    on_both(async |world| {
        let (manager, writer) = (world.manager().await, world.staff("Dario", Role::Dispatcher).await);
        let customer = world.customer(&manager, "Acme").await;
        let location = world.location(&manager, customer, "North").await;
        let target = world.work(&manager, location).await;
        let report = world.report(&writer, target, "Valve replaced").await;
        let desk = world.db.desk(&manager);

        let version = desk.report(report).await.unwrap().version;
        assert!(is_refused(&desk.release(report, version, &words("Valve")).await, Refusal::NotApproved), "{}", world.engine);
        // And the schema refuses it, whichever way it is said.
        for state in ["'approved'", "n.state"] {
            let sql = format!(
                "INSERT INTO report_release (id, report_id, target_id, customer_id, location_id, number, revision_id, revision_state, title,
                    summary, released_by, released_at)
                 SELECT n.id, r.id, r.target_id, r.customer_id, r.location_id, 1, n.id, {state}, 't', 's', n.edited_by, 0
                 FROM report_revision n JOIN report r ON r.id = n.report_id"
            );
            assert!(world.execute(&sql).await.is_err(), "{}: {state}", world.engine);
        }

        world.approve(&manager, report).await;
        assert!(world.db.desk(&writer).release(report, version + 1, &words("Valve")).await.is_err_and(|e| matches!(e, Error::Forbidden)));
        world.release(&manager, report, &words("Valve")).await;
        assert_eq!(desk.report(report).await.unwrap().stage, Stage::Released);
    })
    .await;
}

#[tokio::test]
async fn v1_the_last_editor_does_not_approve_unless_alone() {
    on_both(async |world| {
        let manager = world.manager().await;
        let customer = world.customer(&manager, "Acme").await;
        let location = world.location(&manager, customer, "North").await;
        let target = world.work(&manager, location).await;
        let report = world.report(&manager, target, "Valve replaced").await;
        let desk = world.db.desk(&manager);
        assert!(!desk.report(report).await.unwrap().own_edit, "{}: alone", world.engine);

        let second = world.staff("Milan", Role::Admin).await;
        let found = desk.report(report).await.unwrap();
        assert!(found.own_edit);
        assert!(is_refused(&desk.approve_report(report, found.version).await, Refusal::OwnRevision), "{}", world.engine);

        let other = world.db.desk(&second);
        other.send_back(report, found.version, "Which valve?").await.unwrap();
        let found = desk.report(report).await.unwrap();
        assert_eq!((found.sent_back_note.as_deref(), found.stage), (Some("Which valve?"), Stage::Draft));
        // Saving what is there already edits nothing, so it makes nobody the last editor.
        other.save_report(report, found.version, "Valve replaced").await.unwrap();
        world.approve(&second, report).await;
        let found = desk.report(report).await.unwrap();
        assert_eq!((found.approved, found.sent_back_note, found.approver_name.as_deref()), (true, None, Some("Milan")));
        assert!(desk.approve_report(report, found.version).await.is_err_and(|e| matches!(e, Error::Conflict)), "{}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn v2_approval_releases_nothing_and_v3_the_customer_reads_its_own_words() {
    on_both(async |world| {
        let (manager, writer) = (world.manager().await, world.staff("Dario", Role::Dispatcher).await);
        let customer = world.customer(&manager, "Acme").await;
        let location = world.location(&manager, customer, "North").await;
        let contact = world.contact(&manager, customer, "Ana", &everywhere()).await;
        let target = world.work(&manager, location).await;
        let report = world.report(&writer, target, "CANARY of the technician").await;
        world.approve(&manager, report).await;
        let portal = world.db.portal(&contact);
        assert!(portal.reports(&ReportFilter::default()).await.unwrap().items.is_empty(), "{}", world.engine);
        assert!(matches!(portal.report(report).await, Err(Error::NotFound)));

        // Title and summary have no fallback to what the technician wrote.
        let desk = world.db.desk(&manager);
        let version = desk.report(report).await.unwrap().version;
        let Err(Error::Invalid(problems)) = desk.release(report, version, &ReleaseInput::default()).await else { panic!("accepted") };
        assert_eq!((problems.get("title"), problems.get("summary")), (Some(&Problem::Missing), Some(&Problem::Missing)));

        world.release(&manager, report, &words("Valve")).await;
        let row = portal.reports(&ReportFilter::default()).await.unwrap().items.remove(0);
        assert!(row.unread && row.title == "Valve");
        let view = portal.report(report).await.unwrap();
        assert_eq!((view.summary.as_str(), view.row.version, view.work_title.as_str()), ("Valve: summary", 1, "Public title"));
        let seen = format!("{view:?}");
        assert!(!seen.contains("CANARY") && !seen.contains("Internal title"), "{seen}");
        assert!(!portal.report(report).await.unwrap().row.unread, "{}: opened once", world.engine);
    })
    .await;
}

#[tokio::test]
async fn v3_the_preview_is_what_the_customer_then_reads_and_changes_nothing() {
    on_both(async |world| {
        let (manager, writer) = (world.manager().await, world.staff("Dario", Role::Dispatcher).await);
        let customer = world.customer(&manager, "Acme").await;
        let (north, south) = (world.location(&manager, customer, "North").await, world.location(&manager, customer, "South").await);
        let contact = world.contact(&manager, customer, "Ana", &everywhere()).await;
        let no_download = domain::grant::GrantInput { download: String::new(), ..chosen(&[north]) };
        world.contact(&manager, customer, "Ben", &no_download).await;
        world.contact(&manager, customer, "Cleo", &chosen(&[south])).await;
        let target = world.work(&manager, north).await;
        let report = world.report(&writer, target, "Valve replaced").await;
        world.approve(&manager, report).await;
        let desk = world.db.desk(&manager);
        let file = desk.add_report_file(report, upload("raw.jpg", JPEG)).await.unwrap();

        let input = ReleaseInput { files: vec![ticked(file, "After")], ..words("Valve") };
        let before = desk.report(report).await.unwrap();
        let (view, reach) = desk.preview_release(report, &input).await.unwrap();
        assert_eq!((reach.people.join(" "), reach.downloaders), ("Ana Ben".into(), 1), "{}", world.engine);
        assert_eq!(desk.reach(report).await.unwrap(), reach);
        assert_eq!(desk.report(report).await.unwrap(), before);
        assert!(matches!(world.db.portal(&contact).report(report).await, Err(Error::NotFound)));

        world.release(&manager, report, &input).await;
        let seen = world.db.portal(&contact).report(report).await.unwrap();
        assert_eq!(view.unwrap(), seen);
        assert_eq!(seen.files[0].name, "After.jpg");
    })
    .await;
}

#[tokio::test]
async fn v4_a_withdrawn_report_is_gone_at_once_and_staff_see_who_had_opened_it() {
    on_both(async |world| {
        let (manager, writer) = (world.manager().await, world.staff("Dario", Role::Dispatcher).await);
        let customer = world.customer(&manager, "Acme").await;
        let location = world.location(&manager, customer, "North").await;
        let contact = world.contact(&manager, customer, "Ana", &everywhere()).await;
        let target = world.work(&manager, location).await;
        let report = world.report(&writer, target, "Valve replaced").await;
        world.approve(&manager, report).await;
        let desk = world.db.desk(&manager);
        let file = desk.add_report_file(report, upload("raw.jpg", JPEG)).await.unwrap();
        world.release(&manager, report, &ReleaseInput { files: vec![ticked(file, "After")], ..words("Valve") }).await;
        let follow_up = desk.require_follow_up(report, &follow_up("A new valve is needed")).await.unwrap();
        desk.share_follow_up(follow_up, 1).await.unwrap();

        let portal = world.db.portal(&contact);
        portal.report(report).await.unwrap();
        portal.file(file).await.unwrap();
        assert_eq!(portal.follow_ups().await.unwrap().len(), 1);
        let version = desk.report(report).await.unwrap().version;
        let Err(Error::Invalid(problems)) = desk.withdraw_release(report, version, " ", false).await else { panic!("no reason asked") };
        assert_eq!(problems.get("reason"), Some(&Problem::Missing));
        desk.withdraw_release(report, version, "Wrong house", true).await.unwrap();

        assert!(matches!(portal.report(report).await, Err(Error::NotFound)), "{}", world.engine);
        assert!(portal.reports(&ReportFilter::default()).await.unwrap().items.is_empty());
        assert!(matches!(portal.file(file).await, Err(Error::NotFound)));
        assert!(portal.follow_ups().await.unwrap().is_empty());
        let told = portal.timeline(&TimelineFilter::default()).await.unwrap().items;
        assert!(told.iter().all(|e| !matches!(e.milestone, Milestone::ReportShared | Milestone::FollowUpRequired)), "{told:?}");

        let found = desk.report(report).await.unwrap();
        assert_eq!((found.stage, found.release.is_none()), (Stage::Withdrawn, true));
        let past = &found.past_releases[0];
        assert_eq!((past.ended_as.as_deref(), past.withdraw_reason.as_deref()), (Some("withdrawn"), Some("Wrong house")));
        assert_eq!(past.opened_by[0].0, "Ana");
        let again = desk.withdraw_release(report, found.version, "Once more", false).await;
        assert!(matches!(again, Err(Error::Conflict)), "{}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn v4_release_and_withdrawal_at_the_same_moment_have_one_winner() {
    on_both(async |world| {
        let (manager, writer) = (world.manager().await, world.staff("Dario", Role::Dispatcher).await);
        let customer = world.customer(&manager, "Acme").await;
        let location = world.location(&manager, customer, "North").await;
        let target = world.work(&manager, location).await;
        let report = world.report(&writer, target, "Valve replaced").await;
        world.approve(&manager, report).await;
        world.release(&manager, report, &words("First")).await;
        let version = world.report_version(&manager, report).await;
        let desk = world.db.desk(&manager);
        let second = words("Second");
        let outcomes = futures::join!(desk.release(report, version, &second), desk.withdraw_release(report, version, "Wrong", false));
        assert!(matches!(outcomes, (Ok(_), Err(Error::Conflict)) | (Err(Error::Conflict), Ok(()))), "{}: {outcomes:?}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn v5_the_customer_keeps_the_frozen_version_until_the_next_release() {
    on_both(async |world| {
        let (manager, writer) = (world.manager().await, world.staff("Dario", Role::Dispatcher).await);
        let customer = world.customer(&manager, "Acme").await;
        let location = world.location(&manager, customer, "North").await;
        let contact = world.contact(&manager, customer, "Ana", &everywhere()).await;
        let target = world.work(&manager, location).await;
        let report = world.report(&writer, target, "Valve replaced").await;
        world.approve(&manager, report).await;
        world.release(&manager, report, &words("First")).await;
        let portal = world.db.portal(&contact);
        let frozen = portal.report(report).await.unwrap();
        let desk = world.db.desk(&manager);

        world.rewrite(&writer, report, "Valve and seal replaced").await;
        let found = desk.report(report).await.unwrap();
        assert_eq!((found.stage, found.revision, found.approved), (Stage::Changed, 2, false), "{}", world.engine);
        assert_eq!(portal.report(report).await.unwrap().summary, frozen.summary);
        // Releasing now gives the newest approved revision again, not the draft.
        world.release(&manager, report, &words("Second")).await;
        assert_eq!(desk.report(report).await.unwrap().release.unwrap().revision, 1);

        world.approve(&manager, report).await;
        assert_eq!(portal.report(report).await.unwrap().row.title, "Second");
        world.pass(60);
        world.release(&manager, report, &words("Third")).await;
        let found = desk.report(report).await.unwrap();
        assert_eq!((found.stage, found.release.unwrap().revision), (Stage::Released, 2));
        let ends: Vec<_> = found.past_releases.iter().map(|r| (r.number, r.ended_as.as_deref())).collect();
        assert_eq!(ends, [(2, Some("superseded")), (1, Some("superseded"))]);
        let row = portal.reports(&ReportFilter::default()).await.unwrap().items.remove(0);
        assert_eq!((row.title.as_str(), row.version, row.unread), ("Third", 3, true), "{}: a new version is unread", world.engine);
        let shared = portal.timeline(&TimelineFilter { noun: "report".into(), ..Default::default() }).await.unwrap().items;
        assert_eq!(shared.len(), 1, "{}: told once", world.engine);
    })
    .await;
}

#[tokio::test]
async fn v6_files_are_released_one_by_one_and_only_those_of_the_report() {
    on_both(async |world| {
        let (manager, writer) = (world.manager().await, world.staff("Dario", Role::Dispatcher).await);
        let customer = world.customer(&manager, "Acme").await;
        let location = world.location(&manager, customer, "North").await;
        let contact = world.contact(&manager, customer, "Ana", &everywhere()).await;
        let target = world.work(&manager, location).await;
        let report = world.report(&writer, target, "Valve replaced").await;
        let target = world.work(&manager, location).await;
        let other = world.report(&writer, target, "Roof").await;
        world.approve(&manager, report).await;
        let desk = world.db.desk(&manager);
        let public = desk.add_report_file(report, upload("a.jpg", JPEG)).await.unwrap();
        let private = desk.add_report_file(report, upload("b.jpg", JPEG)).await.unwrap();
        let foreign = desk.add_report_file(other, upload("c.jpg", JPEG)).await.unwrap();
        let work = desk.add_target_file(target, upload("d.jpg", JPEG)).await.unwrap();

        let version = desk.report(report).await.unwrap().version;
        for stranger in [foreign, work, AttachmentId::new()] {
            let input = ReleaseInput { files: vec![ticked(stranger, "x")], ..words("Valve") };
            assert!(is_refused(&desk.release(report, version, &input).await, Refusal::FileNotOfReport), "{}", world.engine);
        }
        let nameless = ReleaseInput { files: vec![ticked(public, "")], ..words("Valve") };
        let Err(Error::Invalid(problems)) = desk.release(report, version, &nameless).await else { panic!("no public name asked") };
        assert_eq!(problems.get("files[0][public_name]"), Some(&Problem::Missing));

        let unticked = ReleaseFileInput { share: String::new(), ..ticked(private, "b") };
        let input = ReleaseInput { files: vec![unticked, ticked(public, "../After.exe")], ..words("Valve") };
        desk.release(report, version, &input).await.unwrap();
        let files = world.db.portal(&contact).report(report).await.unwrap().files;
        assert_eq!(files.iter().map(|f| (f.id, f.name.as_str())).collect::<Vec<_>>(), [(public, "After.jpg")], "{}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn v7_whole_truth_table() {
    on_both(async |world| {
        let (manager, writer) = (world.manager().await, world.staff("Dario", Role::Dispatcher).await);
        let customer = world.customer(&manager, "Acme").await;
        let (here, elsewhere) = (world.location(&manager, customer, "North").await, world.location(&manager, customer, "South").await);
        let desk = world.db.desk(&manager);
        let mut files = Vec::new();
        for live in [true, false] {
            let target = world.work(&manager, here).await;
            let report = world.report(&writer, target, "Valve replaced").await;
            world.approve(&manager, report).await;
            let chosen = desk.add_report_file(report, upload("a.jpg", JPEG)).await.unwrap();
            let kept = desk.add_report_file(report, upload("b.jpg", JPEG)).await.unwrap();
            world.release(&manager, report, &ReleaseInput { files: vec![ticked(chosen, "a")], ..words("Valve") }).await;
            if !live {
                desk.withdraw_release(report, world.report_version(&manager, report).await, "Wrong", false).await.unwrap();
            }
            files.extend([(live, true, chosen), (live, false, kept)]);
        }
        let mark = |on: bool| if on { "on" } else { "" }.to_owned();
        for bits in 0..8 {
            let (granted, reports, download) = (bits & 1 != 0, bits & 2 != 0, bits & 4 != 0);
            let grant = domain::grant::GrantInput {
                reports: mark(reports),
                download: mark(download),
                ..chosen(&[if granted { here } else { elsewhere }])
            };
            let contact = world.contact(&manager, customer, &format!("Viewer{bits}"), &grant).await;
            for (live, chosen, file) in &files {
                let may = *live && *chosen && granted && reports && download;
                let fetched = world.db.portal(&contact).file(*file).await;
                let case = format!(
                    "{}: live {live}, file released {chosen}, granted {granted}, reports {reports}, download {download}",
                    world.engine
                );
                assert_eq!(fetched.is_ok(), may, "{case}");
                assert!(may || matches!(fetched, Err(Error::NotFound)), "{case}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn f1_a_follow_up_is_shared_by_an_act_of_its_own_and_f2_planned_by_its_own_visit() {
    on_both(async |world| {
        let (manager, writer) = (world.manager().await, world.staff("Dario", Role::Dispatcher).await);
        let customer = world.customer(&manager, "Acme").await;
        let location = world.location(&manager, customer, "North").await;
        let contact = world.contact(&manager, customer, "Ana", &everywhere()).await;
        let request = world.request(&contact, location, "Leak").await;
        let target = world.target(&manager, request).await;
        let report = world.report(&writer, target, "Valve replaced").await;
        let (desk, dispatch, portal) = (world.db.desk(&manager), world.db.desk(&writer), world.db.portal(&contact));
        let id = dispatch.require_follow_up(report, &follow_up("")).await.unwrap();

        assert!(is_refused(&desk.share_follow_up(id, 1).await, Refusal::ReportNotReleased), "{}", world.engine);
        world.approve(&manager, report).await;
        world.release(&manager, report, &words("Valve")).await;
        let Err(Error::Invalid(problems)) = desk.share_follow_up(id, 1).await else { panic!("shared without words") };
        assert_eq!(problems.get("public_text"), Some(&Problem::Missing));
        dispatch.edit_follow_up(id, 1, &follow_up("A new valve is needed")).await.unwrap();
        assert!(portal.follow_ups().await.unwrap().is_empty());
        assert!(matches!(dispatch.share_follow_up(id, 2).await, Err(Error::Forbidden)));
        desk.share_follow_up(id, 2).await.unwrap();

        let row = portal.follow_ups().await.unwrap().remove(0);
        assert_eq!((row.status, row.text.as_str(), row.next_visit.is_none()), (FollowUpStatus::Required, "A new valve is needed", true));
        assert_eq!(row.request.as_ref().map(|(id, _)| *id), Some(request));
        assert!(!format!("{row:?}").contains("Kim"));
        // What the customer reads is changed only by those who may release, and never to nothing.
        assert!(matches!(dispatch.edit_follow_up(id, 3, &follow_up("Other words")).await, Err(Error::Forbidden)));
        assert!(matches!(desk.edit_follow_up(id, 3, &follow_up("")).await, Err(Error::Invalid(_))));

        let input = TargetInput { title: "Valve".into(), public_title: "Replace the valve".into(), ..TargetInput::default() };
        let work = dispatch.plan_follow_up(id, 3, &input).await.unwrap();
        assert!(matches!(dispatch.plan_follow_up(id, 4, &input).await, Err(Error::Conflict)), "{}: one work only", world.engine);
        assert_eq!(portal.follow_ups().await.unwrap()[0].status, FollowUpStatus::Required);
        world.appointment(&writer, work).await;
        let row = portal.follow_ups().await.unwrap().remove(0);
        assert_eq!(row.status, FollowUpStatus::Planned);
        assert_eq!(row.next_visit.unwrap().from.as_deref(), Some("08:00"), "{}", world.engine);
        let listed = desk.follow_ups("planned", "").await.unwrap().items;
        assert_eq!(listed.iter().map(|f| f.id).collect::<Vec<_>>(), [id]);
    })
    .await;
}

#[tokio::test]
async fn t1_each_milestone_is_told_once_and_t2_with_its_time() {
    on_both(async |world| {
        let (manager, writer) = (world.manager().await, world.staff("Dario", Role::Dispatcher).await);
        let customer = world.customer(&manager, "Acme").await;
        let location = world.location(&manager, customer, "North").await;
        let contact = world.contact(&manager, customer, "Ana", &everywhere()).await;
        let (report, id) = eight_steps(&world, &manager, &writer, &contact, location).await;
        let (desk, portal) = (world.db.desk(&manager), world.db.portal(&contact));
        // Taken back and shared again, it is told once, as of the sharing in force.
        let version = desk.report(report).await.unwrap().follow_ups[0].version;
        desk.unshare_follow_up(id, version).await.unwrap();
        let version = desk.report(report).await.unwrap().follow_ups[0].version;
        world.pass(60);
        desk.share_follow_up(id, version).await.unwrap();

        let told = portal.timeline(&TimelineFilter::default()).await.unwrap().items;
        let milestones: Vec<_> = told.iter().rev().map(|entry| entry.milestone).collect();
        let expected = [
            Milestone::RequestSubmitted,
            Milestone::ReviewStarted,
            Milestone::RequestAccepted,
            Milestone::AppointmentScheduled,
            Milestone::VisitCompleted,
            Milestone::ReportShared,
            Milestone::FollowUpPlanned,
            Milestone::FollowUpRequired,
        ];
        let mut sorted = (milestones.clone(), expected.to_vec());
        sorted.0.retain(|m| *m != Milestone::AppointmentScheduled);
        sorted.1.retain(|m| *m != Milestone::AppointmentScheduled);
        assert_eq!(sorted.0, sorted.1, "{}", world.engine);
        assert_eq!(milestones.iter().filter(|m| **m == Milestone::AppointmentScheduled).count(), 2, "the visit, and the follow-up's");
        assert_eq!((told[0].month.as_str(), told[0].month_text.as_str()), ("2026-03", "March 2026"));
        assert!(told.iter().all(|e| e.at.machine.starts_with("2026-03-")));
        assert!(told.iter().any(|e| e.href == format!("/reports/{report}")));
    })
    .await;
}

/// Whether each list has something for a reader: requests, past and coming appointments, reports, the timeline.
async fn lists(world: &crate::support::World, by: &domain::actor::PortalActor, location: &str, place: &str) -> [bool; 5] {
    let portal = world.db.portal(by);
    let (location, place) = (location.to_owned(), place.to_owned());
    let requests = RequestFilter { location: location.clone(), place: place.clone(), ..Default::default() };
    let coming = AppointmentFilter { location: location.clone(), place: place.clone(), ..Default::default() };
    let past = AppointmentFilter { show: "past".into(), ..coming.clone() };
    let reports = ReportFilter { location: location.clone(), place: place.clone(), ..Default::default() };
    let timeline = TimelineFilter { location, place, ..Default::default() };
    [
        !portal.requests(&requests).await.unwrap().items.is_empty(),
        !portal.appointments(&past).await.unwrap().items.is_empty(),
        !portal.appointments(&coming).await.unwrap().items.is_empty(),
        !portal.reports(&reports).await.unwrap().items.is_empty(),
        !portal.timeline(&timeline).await.unwrap().items.is_empty(),
    ]
}

#[tokio::test]
async fn g8_words_of_a_location_narrow_each_list_and_never_widen_it() {
    on_both(async |world| {
        let (manager, writer) = (world.manager().await, world.staff("Dario", Role::Dispatcher).await);
        let customer = world.customer(&manager, "Acme").await;
        let (mill, shop) = (world.location(&manager, customer, "Mühle 12").await, world.location(&manager, customer, "Shop 12").await);
        let contact = world.contact(&manager, customer, "Ana", &everywhere()).await;
        let every = domain::grant::GrantInput { colleagues: "on".into(), ..chosen(&[shop]) };
        let sibling = world.contact(&manager, customer, "Ben", &every).await;
        eight_steps(&world, &manager, &writer, &contact, mill).await;

        // Beginnings of words of name, address and customer, in any order and any way to write them; what is no word asks for nothing.
        for (place, found) in [
            ("", true),
            ("%", true),
            ("MUEHL", true),
            ("12 müh acme", true),
            ("berlin 10969 lindenstr 4 mühle", true),
            ("shop", false),
            ("ühle", false),
            ("mühle shop", false),
            ("mühle 13", false),
        ] {
            assert_eq!(lists(&world, &contact, "", place).await, [found; 5], "{place:?}, {}", world.engine);
            assert_eq!(lists(&world, &sibling, "", place).await, [false; 5], "{place:?} for somebody else, {}", world.engine);
        }
        // A chosen location says it all; somebody else's says nothing, whatever the words.
        assert_eq!(lists(&world, &contact, &mill.to_string(), "shop").await, [true; 5], "{}", world.engine);
        assert_eq!(lists(&world, &contact, &shop.to_string(), "mühle").await, [false; 5], "{}", world.engine);
        assert_eq!(lists(&world, &sibling, &mill.to_string(), "mühle").await, [false; 5], "{}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn t4_the_timeline_respects_grants_and_withdrawals() {
    on_both(async |world| {
        let (manager, writer) = (world.manager().await, world.staff("Dario", Role::Dispatcher).await);
        let customer = world.customer(&manager, "Acme").await;
        let (north, south) = (world.location(&manager, customer, "North").await, world.location(&manager, customer, "South").await);
        let contact = world.contact(&manager, customer, "Ana", &everywhere()).await;
        let sibling = world.contact(&manager, customer, "Ben", &chosen(&[south])).await;
        let none = domain::grant::GrantInput { appointments: String::new(), reports: String::new(), ..chosen(&[north]) };
        let narrow = world.contact(&manager, customer, "Cleo", &none).await;
        let (report, _) = eight_steps(&world, &manager, &writer, &contact, north).await;

        let all = TimelineFilter::default();
        assert!(world.db.portal(&sibling).timeline(&all).await.unwrap().items.is_empty(), "{}", world.engine);
        assert!(world.db.portal(&narrow).timeline(&all).await.unwrap().items.is_empty(), "{}", world.engine);
        let portal = world.db.portal(&contact);
        let south_only = TimelineFilter { location: south.to_string(), ..Default::default() };
        assert!(portal.timeline(&south_only).await.unwrap().items.is_empty());
        let nonsense = TimelineFilter { location: "nonsense".into(), ..Default::default() };
        assert!(portal.timeline(&nonsense).await.unwrap().items.is_empty());

        let noun = |noun: &str| TimelineFilter { noun: noun.into(), ..Default::default() };
        assert_eq!(portal.timeline(&noun("report")).await.unwrap().items.len(), 1);
        let desk = world.db.desk(&manager);
        desk.withdraw_release(report, world.report_version(&manager, report).await, "Wrong", true).await.unwrap();
        assert!(portal.timeline(&noun("report")).await.unwrap().items.is_empty(), "{}", world.engine);
        assert!(portal.timeline(&noun("follow_up")).await.unwrap().items.is_empty(), "{}", world.engine);
        assert!(!portal.timeline(&noun("request")).await.unwrap().items.is_empty());
    })
    .await;
}

#[test]
fn t3_the_allow_list_and_the_milestones_are_the_same_words() {
    let schema = include_str!("../../migrations/0001_first.sql");
    let (_, list) = schema.split_once("INSERT INTO timeline_kind (event_kind, noun) VALUES").unwrap();
    let (list, _) = list.split_once(';').unwrap();
    let words: Vec<_> = list.lines().filter_map(|line| line.trim().strip_prefix("('")?.split_once('\'')).map(|(word, _)| word).collect();
    assert_eq!(words, Milestone::ALL.iter().map(|m| m.word()).collect::<Vec<_>>());
}

/// From the request to the planned follow-up; gives the report and the follow-up.
async fn eight_steps(
    world: &crate::support::World,
    manager: &domain::actor::StaffActor,
    writer: &domain::actor::StaffActor,
    contact: &domain::actor::PortalActor,
    location: domain::id::LocationId,
) -> (ReportId, domain::id::FollowUpId) {
    let request = world.request(contact, location, "Leak").await;
    let target = world.target(manager, request).await;
    let report = world.report(writer, target, "Valve replaced").await;
    world.approve(manager, report).await;
    world.release(manager, report, &words("Valve")).await;
    let desk = world.db.desk(manager);
    let id = desk.require_follow_up(report, &follow_up("A new valve is needed")).await.unwrap();
    desk.share_follow_up(id, 1).await.unwrap();
    let input = TargetInput { title: "Valve".into(), public_title: "Replace the valve".into(), ..TargetInput::default() };
    let work = desk.plan_follow_up(id, 2, &input).await.unwrap();
    world.appointment(writer, work).await;
    (report, id)
}
