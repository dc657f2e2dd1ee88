//! What happens in one set of rows: every field that somebody can fill is filled, with a text that names it.

use domain::actor::{Desk, Portal, PortalActor, StaffActor};
use domain::appointment::{SlotInput, VisitInput};
use domain::clock::Zone;
use domain::follow_up::FollowUpInput;
use domain::id::{AppointmentId, AttachmentId, CustomerId, FollowUpId, FormKey, LocationId, ReportId, RequestId, TargetId};
use domain::report::{ReleaseFileInput, ReleaseInput};
use domain::request::{Decision, RecordInput, WhatInput, WindowInput};
use domain::target::TargetInput;
use uuid::Uuid;

use super::marks::Marks;
use super::world::{Office, Set, Thing, Things, any_id};
use crate::domain_support::{PICTURE, World, upload};

const REQUEST: &[Thing] = &[Thing::Request];

pub struct Scene<'w> {
    pub world: &'w World,
    pub office: &'w Office,
    pub sender: &'w PortalActor,
    pub set: Set,
    pub customer: CustomerId,
    pub location: LocationId,
    pub marks: &'w mut Marks,
    pub things: &'w mut Things,
}

impl<'w> Scene<'w> {
    /// Everything that may grow old.
    pub async fn play(&mut self) {
        self.draft().await;
        let request = self.request().await;
        let target = self.convert(request).await;
        let report = self.visit(target).await;
        self.publish(report).await;
        self.follow_up(report).await;
        self.write_on(report).await;
        self.withdrawn_report().await;
        self.rejected().await;
        self.cancelled().await;
        self.recorded().await;
    }

    /// What must lie ahead, or is about to happen.
    pub async fn last_touches(&mut self) {
        self.tentative().await;
        self.snoozed().await;
        self.about_to_be_rejected().await;
    }

    // ------------------------------------------------------------------------------------------------ the customer

    async fn draft(&mut self) {
        let with = &[Thing::Draft];
        let what = WhatInput {
            kind: "service".into(),
            title: self.public("draft-title", with),
            description: self.public("draft-description", with),
            on_site_contact: self.public("draft-on-site", with),
            urgency: "normal".into(),
        };
        let file = self.public("draft-file", &[Thing::Draft, Thing::DraftFile]);
        let portal = self.portal();
        let draft = portal.start_draft(&self.location.to_string()).await.unwrap();
        portal.save_what(draft, &what).await.unwrap();
        let file = portal.add_draft_file(draft, upload(&format!("{file}.png"), PICTURE)).await.unwrap();
        self.put(Thing::Draft, draft.uuid());
        self.put(Thing::DraftFile, file.uuid());
    }

    /// Sends a request with a file.
    async fn send(&mut self, name: &str) -> (RequestId, AttachmentId) {
        let what = self.what(name);
        let file = self.public(&format!("{name}-file"), &[Thing::RequestFile]);
        let portal = self.portal();
        let draft = portal.start_draft(&self.location.to_string()).await.unwrap();
        portal.save_what(draft, &what).await.unwrap();
        let file = portal.add_draft_file(draft, upload(&format!("{file}.png"), PICTURE)).await.unwrap();
        (portal.submit(draft).await.unwrap(), file)
    }

    fn what(&mut self, name: &str) -> WhatInput {
        WhatInput {
            kind: "service".into(),
            title: self.public(&format!("{name}-title"), REQUEST),
            description: self.public(&format!("{name}-description"), REQUEST),
            on_site_contact: self.public(&format!("{name}-on-site"), REQUEST),
            urgency: "normal".into(),
        }
    }

    // -------------------------------------------------------------------------------------------------- the review

    /// A request with a whole conversation, accepted.
    async fn request(&mut self) -> RequestId {
        let (request, file) = self.send("request").await;
        self.put(Thing::Request, request.uuid());
        self.put(Thing::RequestFile, file.uuid());
        let (message, answer) = (self.public("message", REQUEST), self.public("answer", REQUEST));
        let (question, reply) = (self.public("question", REQUEST), self.public("reply", REQUEST));
        let note = self.internal("request-note");
        let (sent_file, kept_file) = (self.public("message-file", &[Thing::MessageFile]), self.internal("note-file"));
        let (portal, dispatcher) = (self.portal(), self.dispatcher());
        portal.write_message(request, FormKey::new(), &message).await.unwrap();
        dispatcher.start_review(request, self.version(request).await).await.unwrap();
        dispatcher.ask(request, self.version(request).await, FormKey::new(), &question).await.unwrap();
        portal.write_message(request, FormKey::new(), &answer).await.unwrap();
        let mut files = dispatcher.begin_enclosures(request).await.unwrap();
        dispatcher.enclose(&mut files, upload(&format!("{sent_file}.png"), PICTURE)).await.unwrap();
        dispatcher.send_message_with(files, FormKey::new(), &reply).await.unwrap();
        let mut files = dispatcher.begin_enclosures(request).await.unwrap();
        dispatcher.enclose(&mut files, upload(&format!("{kept_file}.png"), PICTURE)).await.unwrap();
        dispatcher.write_note_with(files, FormKey::new(), &note).await.unwrap();
        let written = dispatcher.request(request).await.unwrap();
        self.put(Thing::MessageFile, written.messages.iter().find_map(|message| message.files.first()).unwrap().id.uuid());
        self.put(Thing::NoteFile, written.notes[0].files[0].id.uuid());
        let me = dispatcher.me().await.unwrap().id;
        dispatcher.assign(request, self.version(request).await, Some(me)).await.unwrap();
        self.decide(request, Decision::Accept).await;
        request
    }

    /// Decides, and lets the time to take it back pass.
    async fn decide(&mut self, request: RequestId, decision: Decision<'_>) {
        self.manager().decide(request, self.version(request).await, decision).await.unwrap();
        self.world.pass(11);
        assert_eq!(self.world.system.run_due_decisions().await.unwrap(), 1);
    }

    async fn rejected(&mut self) {
        let (request, _) = self.send("rejected").await;
        self.put(Thing::RejectedRequest, request.uuid());
        let (public, internal) = (self.public("reject-reason", REQUEST), self.internal("reject-reason"));
        self.dispatcher().start_review(request, self.version(request).await).await.unwrap();
        self.decide(request, Decision::Reject { public: &public, internal: &internal, duplicate_of: "" }).await;
    }

    /// The reason is the customer's only once the decision takes effect.
    async fn about_to_be_rejected(&mut self) {
        let (request, _) = self.send("deciding").await;
        self.put(Thing::DecidingRequest, request.uuid());
        let (public, internal) = (self.internal("pending-public-reason"), self.internal("pending-internal-reason"));
        self.dispatcher().start_review(request, self.version(request).await).await.unwrap();
        let repeated = self.manager().request(self.things[&(Thing::Request, self.set)].into()).await.unwrap().number;
        let decision = Decision::Reject { public: &public, internal: &internal, duplicate_of: &repeated };
        self.manager().decide(request, self.version(request).await, decision).await.unwrap();
    }

    async fn cancelled(&mut self) {
        let (request, _) = self.send("cancelled").await;
        self.put(Thing::CancelledRequest, request.uuid());
        let sentence = self.public("cancel-sentence", REQUEST);
        self.manager().cancel_request(request, self.version(request).await, &sentence).await.unwrap();
    }

    async fn snoozed(&mut self) {
        let (request, _) = self.send("snoozed").await;
        self.put(Thing::SnoozedRequest, request.uuid());
        self.dispatcher().snooze(request, self.version(request).await, &self.tomorrow()).await.unwrap();
        // When it wakes.
        self.marks.secret("06:00".into());
    }

    /// A request that staff wrote down for the contact.
    async fn recorded(&mut self) {
        let what = self.what("recorded");
        let input = RecordInput {
            key: any_id(),
            contact: self.sender.contact_id().to_string(),
            location: self.location.to_string(),
            what,
            timing: "any".into(),
            windows: Vec::new(),
        };
        let request = self.dispatcher().record_request(&input).await.unwrap();
        self.put(Thing::RecordedRequest, request.uuid());
    }

    // ---------------------------------------------------------------------------------------------------- the work

    fn work(&mut self, name: &str, public_title: String) -> TargetInput {
        let routing_score = format!("91827364{}{}", self.set as u8, name.len());
        self.marks.secret(routing_score.clone());
        TargetInput {
            title: self.internal(&format!("{name}-title")),
            public_title,
            dispatch_note: self.internal(&format!("{name}-dispatch-note")),
            billing_code: self.internal(&format!("{name}-billing-code")),
            routing_score,
        }
    }

    async fn convert(&mut self, request: RequestId) -> TargetId {
        let public_title = self.public("work", &[Thing::Appointment, Thing::Report]);
        let work = self.work("target", public_title);
        let file = self.internal("target-file");
        let dispatcher = self.dispatcher();
        let target = dispatcher.convert(request, self.version(request).await, &work).await.unwrap();
        let file = dispatcher.add_target_file(target, upload(&format!("{file}.png"), PICTURE)).await.unwrap();
        self.put(Thing::Target, target.uuid());
        self.put(Thing::TargetFile, file.uuid());
        target
    }

    /// Work that the customer knows nothing of: nothing of it is shared.
    async fn tentative(&mut self) {
        let public_title = self.internal("tentative-public-title");
        let work = self.work("tentative", public_title);
        let reason = self.internal("tentative-cancel-reason");
        let dispatcher = self.dispatcher();
        let target = dispatcher.create_target(self.location, &work).await.unwrap();
        self.schedule(target, "tentative", false).await;
        let cancelled = self.schedule(target, "tentative-cancelled", false).await;
        dispatcher.cancel_appointment(cancelled, self.appointment_version(target, cancelled).await, &reason).await.unwrap();
    }

    /// An appointment tomorrow.
    async fn schedule(&mut self, target: TargetId, name: &str, share: bool) -> AppointmentId {
        let slot = SlotInput {
            date: self.tomorrow(),
            from: "08:00".into(),
            until: "10:00".into(),
            team: self.internal(&format!("{name}-team")),
            internal_note: self.internal(&format!("{name}-appointment-note")),
        };
        let dispatcher = self.dispatcher();
        dispatcher.schedule(target, dispatcher.target(target).await.unwrap().version, &slot, share).await.unwrap()
    }

    /// A visit with a report, and an appointment before it that was called off.
    async fn visit(&mut self, target: TargetId) -> ReportId {
        let appointment = self.schedule(target, "visit", true).await;
        self.put(Thing::Appointment, appointment.uuid());
        self.suggestion(target, appointment).await;
        let called_off = self.schedule(target, "called-off", true).await;
        let reason = self.public("called-off-reason", &[Thing::Appointment]);
        let dispatcher = self.dispatcher();
        dispatcher.cancel_appointment(called_off, self.appointment_version(target, called_off).await, &reason).await.unwrap();
        let report = self.report_of(target, appointment, "report").await;
        self.put(Thing::Report, report.uuid());
        report
    }

    /// Another time that the customer wished, and the answer.
    async fn suggestion(&mut self, target: TargetId, appointment: AppointmentId) {
        let with = &[Thing::Suggestion];
        let (message, answer) = (self.public("suggestion-message", with), self.public("suggestion-answer", with));
        let window = WindowInput { date: self.tomorrow(), from: "14:00".into(), until: "16:00".into() };
        self.portal().suggest_time(appointment, FormKey::new(), &[window], &message).await.unwrap();
        let open = self.dispatcher().target(target).await.unwrap().suggestions;
        let id = open.first().unwrap().id;
        self.dispatcher().answer_suggestion(id, &answer).await.unwrap();
        self.put(Thing::Suggestion, id.uuid());
    }

    /// Closes an appointment and writes its report.
    async fn report_of(&mut self, target: TargetId, appointment: AppointmentId, name: &str) -> ReportId {
        let visit = VisitInput {
            technician: self.internal(&format!("{name}-technician")),
            arrived: "08:17".into(),
            left: "09:43".into(),
            internal_note: self.internal(&format!("{name}-visit-note")),
        };
        // Visit durations are nobody's business but the office's: at the location, and in UTC.
        ["08:17", "09:43", "T07:17", "T08:43"].into_iter().for_each(|time| self.marks.secret(time.into()));
        let body = self.internal(&format!("{name}-body"));
        self.world.pass(2 * 86_400);
        let dispatcher = self.dispatcher();
        dispatcher.finish_appointment(appointment, self.appointment_version(target, appointment).await, &visit).await.unwrap();
        let report = dispatcher.write_report(appointment).await.unwrap();
        self.rewrite(report, &body).await;
        report
    }

    // -------------------------------------------------------------------------------------------------- the report

    /// Two releases, of which the customer has the second; one file is in it, one is not.
    async fn publish(&mut self, report: ReportId) {
        let (original, hidden) = (self.internal("report-file-original-name"), self.internal("hidden-file-name"));
        let dispatcher = self.dispatcher();
        let shown = dispatcher.add_report_file(report, upload(&format!("{original}.png"), PICTURE)).await.unwrap();
        let hidden = dispatcher.add_report_file(report, upload(&format!("{hidden}.png"), PICTURE)).await.unwrap();
        self.put(Thing::ReportFile, shown.uuid());
        self.put(Thing::HiddenFile, hidden.uuid());
        self.approve(report).await;
        let replaced = ReleaseInput {
            title: self.internal("replaced-title"),
            summary: self.internal("replaced-summary"),
            message: self.internal("replaced-message"),
            files: vec![ReleaseFileInput {
                attachment: shown.to_string(),
                share: "on".into(),
                public_name: format!("{}.png", self.internal("replaced-file-name")),
                caption: self.internal("replaced-caption"),
            }],
        };
        self.release(report, &replaced).await;
        let with = &[Thing::Report];
        let live = ReleaseInput {
            title: self.public("report-title", with),
            summary: self.public("report-summary", with),
            message: self.public("report-message", with),
            files: vec![ReleaseFileInput {
                attachment: shown.to_string(),
                share: "on".into(),
                public_name: format!("{}.png", self.public("report-file-name", &[Thing::ReportFile])),
                caption: self.public("report-caption", &[Thing::ReportFile]),
            }],
        };
        self.release(report, &live).await;
    }

    /// One that is shared, one that is not.
    async fn follow_up(&mut self, report: ReportId) {
        let shared = FollowUpInput { internal_text: self.internal("follow-up"), public_text: self.public("follow-up", &[Thing::FollowUp]) };
        let hidden =
            FollowUpInput { internal_text: self.internal("hidden-follow-up"), public_text: self.internal("hidden-follow-up-public") };
        let shared = self.dispatcher().require_follow_up(report, &shared).await.unwrap();
        self.dispatcher().require_follow_up(report, &hidden).await.unwrap();
        self.share(report, shared).await;
        self.put(Thing::FollowUp, shared.uuid());
    }

    async fn share(&mut self, report: ReportId, follow_up: FollowUpId) {
        let all = self.manager().report(report).await.unwrap().follow_ups;
        let version = all.iter().find(|one| one.id == follow_up).unwrap().version;
        self.manager().share_follow_up(follow_up, version).await.unwrap();
    }

    /// After the release the technician writes on, and is asked to write it again: the customer keeps what was released (V5).
    async fn write_on(&mut self, report: ReportId) {
        let (body, note) = (self.internal("report-body-after-release"), self.internal("sent-back-note"));
        self.rewrite(report, &body).await;
        self.manager().send_back(report, self.world.report_version(&self.office.manager, report).await, &note).await.unwrap();
    }

    /// A report that the customer had and lost, and what stood in it.
    async fn withdrawn_report(&mut self) {
        let public_title = self.public("withdrawn-work", &[Thing::Appointment]);
        let work = self.work("withdrawn", public_title);
        let target = self.dispatcher().create_target(self.location, &work).await.unwrap();
        let appointment = self.schedule(target, "withdrawn", true).await;
        let report = self.report_of(target, appointment, "withdrawn").await;
        self.approve(report).await;
        let words = ReleaseInput {
            title: self.internal("withdrawn-report-title"),
            summary: self.internal("withdrawn-report-summary"),
            message: self.internal("withdrawn-report-message"),
            files: Vec::new(),
        };
        self.release(report, &words).await;
        let lost = FollowUpInput { internal_text: self.internal("lost-follow-up"), public_text: self.internal("lost-follow-up-public") };
        let lost = self.dispatcher().require_follow_up(report, &lost).await.unwrap();
        self.share(report, lost).await;
        let reason = self.internal("withdraw-reason");
        let version = self.world.report_version(&self.office.manager, report).await;
        self.manager().withdraw_release(report, version, &reason, true).await.unwrap();
    }

    async fn rewrite(&self, report: ReportId, body: &str) {
        self.world.rewrite(&self.office.dispatcher, report, body).await;
    }

    async fn approve(&self, report: ReportId) {
        self.world.approve(&self.office.manager, report).await;
    }

    async fn release(&self, report: ReportId, words: &ReleaseInput) {
        self.world.release(&self.office.manager, report, words).await;
    }

    // ------------------------------------------------------------------------------------------------------- small

    fn portal(&self) -> Portal<'w> {
        self.world.db.portal(self.sender)
    }

    fn dispatcher(&self) -> Desk<'w> {
        self.desk(&self.office.dispatcher)
    }

    fn manager(&self) -> Desk<'w> {
        self.desk(&self.office.manager)
    }

    fn desk(&self, staff: &'w StaffActor) -> Desk<'w> {
        self.world.db.desk(staff)
    }

    async fn version(&self, request: RequestId) -> i64 {
        self.world.version(&self.office.manager, request).await
    }

    async fn appointment_version(&self, target: TargetId, appointment: AppointmentId) -> i64 {
        let target = self.manager().target(target).await.unwrap();
        target.appointments.iter().find(|one| one.id == appointment).unwrap().version
    }

    fn tomorrow(&self) -> String {
        self.world.clock.now().plus(86_400).date_in(&Zone::stored("Europe/Berlin")).to_string()
    }

    fn public(&mut self, field: &str, with: &[Thing]) -> String {
        self.marks.public(self.set, field, with)
    }

    fn internal(&mut self, field: &str) -> String {
        self.marks.internal(self.set, field)
    }

    fn put(&mut self, thing: Thing, id: Uuid) {
        self.things.insert((thing, self.set), id);
    }
}
