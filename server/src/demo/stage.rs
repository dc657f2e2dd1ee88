//! Plays the script through the same doors that people use: invitations, sign-ins, requests, reviews, releases. No SQL here.

use std::collections::BTreeMap;
use std::path::PathBuf;

use domain::actor::{PortalActor, StaffActor};
use domain::appointment::{AppointmentStatus, SeriesInput, SlotInput, VisitInput};
use domain::attachment::store::Upload;
use domain::clock::{self, Clock, Instant, Zone};
use domain::db::Db;
use domain::follow_up::FollowUpInput;
use domain::id::{AppointmentId, AttachmentId, FollowUpId, FormKey, LocationId, ReportId, RequestId, TargetId};
use domain::report::{ReleaseFileInput, ReleaseInput};
use domain::request::{Decision, RecordInput, WhatInput, WindowInput};
use domain::system::System;
use domain::target::TargetInput;
use futures::StreamExt;
use jiff::ToSpan;
use jiff::civil::Date;

use super::script::{Act, File, What, Who, Wish};
use crate::{Error, Result};

/// Everybody and everything that the script has named so far.
pub struct Stage {
    pub db: Db,
    pub system: System,
    pub clock: Clock,
    pub today: Date,
    pub mail: PathBuf,
    pub dispatcher: StaffActor,
    pub manager: StaffActor,
    pub contacts: BTreeMap<Who, PortalActor>,
    pub places: BTreeMap<String, LocationId>,
    requests: BTreeMap<String, RequestId>,
    targets: BTreeMap<String, TargetId>,
    visits: BTreeMap<String, AppointmentId>,
    reports: BTreeMap<String, (ReportId, Vec<AttachmentId>)>,
    follow_ups: BTreeMap<String, FollowUpId>,
}

/// An act of the script as words: what the elevator data is turned into as well.
pub struct Submission<'a> {
    pub key: &'a str,
    pub by: Who,
    pub place: &'a str,
    pub kind: &'a str,
    pub title: &'a str,
    pub text: &'a str,
    pub windows: Vec<WindowInput>,
    pub file: Option<File>,
}

impl Stage {
    pub fn new(db: Db, system: System, clock: Clock, today: Date, mail: PathBuf, dispatcher: StaffActor, manager: StaffActor) -> Self {
        Self {
            db,
            system,
            clock,
            today,
            mail,
            dispatcher,
            manager,
            contacts: BTreeMap::new(),
            places: BTreeMap::new(),
            requests: BTreeMap::new(),
            targets: BTreeMap::new(),
            visits: BTreeMap::new(),
            reports: BTreeMap::new(),
            follow_ups: BTreeMap::new(),
        }
    }

    /// When an act takes place.
    pub fn moment(&self, act: &Act) -> Result<Instant> {
        let time = clock::parse_time(act.at).map_err(|_| broken(act.at))?;
        Zone::stored("UTC").instant(self.day(act.day), time).map_err(|_| broken(act.at))
    }

    /// Plays one act at its time.
    pub async fn play(&mut self, act: &Act) -> Result<()> {
        self.clock.turn(self.moment(act)?);
        match &act.what {
            What::Submit { key, by, place, kind, title, text, wishes, file } => {
                let windows = self.windows(act.day, wishes);
                self.submit(Submission { key, by: *by, place, kind, title, text, windows, file: *file }).await
            }
            What::Record { key, by, place, title, text } => self.record(key, *by, place, title, text).await,
            What::Review { key } => self.review(key).await,
            What::Ask { key, text } => {
                let (id, version) = self.request(key).await?;
                Ok(self.db.desk(&self.dispatcher).ask(id, version, FormKey::new(), text).await?)
            }
            What::Answer { key, by, text } => {
                let id = found(&self.requests, key)?;
                Ok(self.db.portal(self.contact(*by)?).write_message(id, FormKey::new(), text).await?)
            }
            What::Note { key, text } => {
                Ok(self.db.desk(&self.dispatcher).write_note(found(&self.requests, key)?, FormKey::new(), text).await?)
            }
            What::Accept { key } => self.decide(key, Decision::Accept).await,
            What::Reject { key, public, internal } => self.decide(key, Decision::Reject { public, internal, duplicate_of: "" }).await,
            What::Cancel { key, sentence } => {
                let (id, version) = self.request(key).await?;
                Ok(self.db.desk(&self.manager).cancel_request(id, version, sentence).await?)
            }
            What::Convert { key, public_title, note } => self.convert(key, public_title, note).await,
            What::Work { key, place, public_title, note } => {
                let place = found(&self.places, place)?;
                let target = self.db.desk(&self.dispatcher).create_target(place, &work(public_title, note)).await?;
                self.targets.insert((*key).to_owned(), target);
                Ok(())
            }
            What::Schedule { key, visit, day, from, until, team, share } => {
                let slot = self.slot(*day, from, until, team);
                self.schedule(key, visit, &slot, *share).await
            }
            What::Weekly { key, day, from, until, visits } => self.weekly(key, *day, from, until, *visits).await,
            What::Move { visit, day, from, until } => {
                let (id, version) = self.visit(visit).await?;
                let slot = self.slot(*day, from, until, "");
                Ok(self.db.desk(&self.dispatcher).move_appointment(id, version, &slot).await?)
            }
            What::CancelVisit { visit, sentence } => {
                let (id, version) = self.visit(visit).await?;
                Ok(self.db.desk(&self.dispatcher).cancel_appointment(id, version, sentence).await?)
            }
            What::Suggest { visit, by, message, wishes } => {
                let (id, windows) = (found(&self.visits, visit)?, self.windows(act.day, wishes));
                Ok(self.db.portal(self.contact(*by)?).suggest_time(id, FormKey::new(), &windows, message).await?)
            }
            What::RoundsDone { key, technician } => self.rounds_done(key, technician).await,
            What::CalendarFeed { by } => {
                let feed = self.db.portal(self.contact(*by)?).make_calendar_feed().await?;
                self.db.anonymous().calendar(&feed.token, &super::here()).await.map(drop)?;
                Ok(())
            }
            What::Done { visit, technician, note } => self.done(visit, technician, note).await,
            What::NoAccess { visit, technician, note } => {
                let (id, version) = self.visit(visit).await?;
                Ok(self.db.desk(&self.dispatcher).no_access(id, version, &visit_of(technician, note)).await.map(drop)?)
            }
            What::Finish { key } => self.finish(key).await,
            What::Report { visit, body, files } => self.report(visit, body, files).await,
            What::Approve { visit } => {
                let (id, version) = self.report_of(visit).await?;
                Ok(self.db.desk(&self.manager).approve_report(id, version).await?)
            }
            What::Release { visit, title, summary, files } => self.release(visit, title, summary, *files).await,
            What::WithdrawReport { visit, reason } => {
                let (id, version) = self.report_of(visit).await?;
                Ok(self.db.desk(&self.manager).withdraw_release(id, version, reason, false).await?)
            }
            What::FollowUp { follow_up, visit, internal, public, share } => self.require(follow_up, visit, internal, public, *share).await,
            What::Plan { follow_up, key, public_title } => self.plan(follow_up, key, public_title).await,
            What::CancelFollowUp { follow_up } => {
                let (id, version) = self.follow_up(follow_up).await?;
                Ok(self.db.desk(&self.dispatcher).cancel_follow_up(id, version).await?)
            }
        }
    }

    pub async fn submit(&mut self, what: Submission<'_>) -> Result<()> {
        let portal = self.db.portal(self.contact(what.by)?);
        let draft = portal.start_draft(&found(&self.places, what.place)?.to_string()).await?;
        portal.save_what(draft, &words(what.kind, what.title, what.text)).await?;
        let timing = if what.windows.is_empty() { "any" } else { "days" };
        portal.save_when(draft, timing, &what.windows).await?;
        if let Some(file) = what.file {
            portal.add_draft_file(draft, upload(file)).await?;
        }
        let request = portal.submit(draft).await?;
        self.requests.insert(what.key.to_owned(), request);
        Ok(())
    }

    async fn record(&mut self, key: &str, by: Who, place: &str, title: &str, text: &str) -> Result<()> {
        let contact = self.contact(by)?.contact_id();
        let input = RecordInput {
            key: FormKey::new().to_string(),
            contact: contact.to_string(),
            location: found(&self.places, place)?.to_string(),
            what: words("service", title, text),
            timing: "any".into(),
            windows: Vec::new(),
        };
        let request = self.db.desk(&self.dispatcher).record_request(&input).await?;
        self.requests.insert(key.to_owned(), request);
        Ok(())
    }

    pub async fn review(&self, key: &str) -> Result<()> {
        let (id, version) = self.request(key).await?;
        Ok(self.db.desk(&self.dispatcher).start_review(id, version).await?)
    }

    /// Decides, and lets the time to take it back pass.
    pub async fn decide(&self, key: &str, decision: Decision<'_>) -> Result<()> {
        let (id, version) = self.request(key).await?;
        self.db.desk(&self.manager).decide(id, version, decision).await?;
        self.clock.turn(self.clock.now().plus(60));
        self.system.run_due_decisions().await?;
        Ok(())
    }

    pub async fn convert(&mut self, key: &str, public_title: &str, note: &str) -> Result<()> {
        let (id, version) = self.request(key).await?;
        let target = self.db.desk(&self.dispatcher).convert(id, version, &work(public_title, note)).await?;
        self.targets.insert(key.to_owned(), target);
        Ok(())
    }

    pub async fn schedule(&mut self, key: &str, visit: &str, slot: &SlotInput, share: bool) -> Result<()> {
        let target = found(&self.targets, key)?;
        let desk = self.db.desk(&self.dispatcher);
        let version = desk.target(target).await?.version;
        let appointment = desk.schedule(target, version, slot, share).await?;
        self.visits.insert(visit.to_owned(), appointment);
        Ok(())
    }

    /// A weekly visit.
    async fn weekly(&self, key: &str, day: i64, from: &str, until: &str, visits: u32) -> Result<()> {
        let target = found(&self.targets, key)?;
        let desk = self.db.desk(&self.dispatcher);
        let version = desk.target(target).await?.version;
        let slot = self.slot(day, from, until, "Round 1");
        let input = SeriesInput { slot, every_weeks: "1".into(), visits: visits.to_string() };
        desk.schedule_series(target, version, &input, true).await.map(drop)?;
        Ok(())
    }

    async fn rounds_done(&self, key: &str, technician: &str) -> Result<()> {
        let desk = self.db.desk(&self.dispatcher);
        let target = desk.target(found(&self.targets, key)?).await?;
        for round in target.appointments.iter().filter(|round| round.started && round.status == AppointmentStatus::Scheduled) {
            desk.finish_appointment(round.id, round.version, &visit_of(technician, "")).await.map(drop)?;
        }
        Ok(())
    }

    pub async fn done(&self, visit: &str, technician: &str, note: &str) -> Result<()> {
        let (id, version) = self.visit(visit).await?;
        self.db.desk(&self.dispatcher).finish_appointment(id, version, &visit_of(technician, note)).await.map(drop)?;
        Ok(())
    }

    pub async fn finish(&self, key: &str) -> Result<()> {
        let target = found(&self.targets, key)?;
        let desk = self.db.desk(&self.dispatcher);
        let version = desk.target(target).await?.version;
        Ok(desk.finish_target(target, version).await?)
    }

    pub async fn report(&mut self, visit: &str, body: &str, files: &[File]) -> Result<()> {
        let desk = self.db.desk(&self.dispatcher);
        let report = desk.write_report(found(&self.visits, visit)?).await?;
        let version = desk.report(report).await?.version;
        desk.save_report(report, version, body).await?;
        let mut stored = Vec::new();
        for file in files {
            stored.push(desk.add_report_file(report, upload(*file)).await?);
        }
        self.reports.insert(visit.to_owned(), (report, stored));
        Ok(())
    }

    pub async fn approve(&self, visit: &str) -> Result<()> {
        let (id, version) = self.report_of(visit).await?;
        Ok(self.db.desk(&self.manager).approve_report(id, version).await?)
    }

    pub async fn release(&self, visit: &str, title: &str, summary: &str, files: usize) -> Result<()> {
        let (id, version) = self.report_of(visit).await?;
        let stored = self.reports.get(visit).map(|(_, files)| files.clone()).unwrap_or_default();
        let names = self.db.desk(&self.manager).report(id).await?.files;
        let files = names.into_iter().filter(|file| stored.iter().take(files).any(|id| *id == file.id)).map(|file| ReleaseFileInput {
            attachment: file.id.to_string(),
            share: "on".into(),
            public_name: file.name,
            caption: String::new(),
        });
        let input = ReleaseInput { title: title.into(), summary: summary.into(), message: String::new(), files: files.collect() };
        self.db.desk(&self.manager).release(id, version, &input).await.map(drop)?;
        Ok(())
    }

    async fn require(&mut self, key: &str, visit: &str, internal: &str, public: &str, share: bool) -> Result<()> {
        let (report, _) = self.report_of(visit).await?;
        let input = FollowUpInput { internal_text: internal.into(), public_text: public.into() };
        let id = self.db.desk(&self.dispatcher).require_follow_up(report, &input).await?;
        self.follow_ups.insert(key.to_owned(), id);
        if share {
            let (id, version) = self.follow_up(key).await?;
            self.db.desk(&self.manager).share_follow_up(id, version).await?;
        }
        Ok(())
    }

    async fn plan(&mut self, follow_up: &str, key: &str, public_title: &str) -> Result<()> {
        let (id, version) = self.follow_up(follow_up).await?;
        let target = self.db.desk(&self.dispatcher).plan_follow_up(id, version, &work(public_title, "")).await?;
        self.targets.insert(key.to_owned(), target);
        Ok(())
    }

    fn contact(&self, who: Who) -> Result<&PortalActor> {
        self.contacts.get(&who).ok_or_else(|| broken("contact"))
    }

    async fn request(&self, key: &str) -> Result<(RequestId, i64)> {
        let id = found(&self.requests, key)?;
        Ok((id, self.db.desk(&self.dispatcher).request(id).await?.version))
    }

    async fn visit(&self, visit: &str) -> Result<(AppointmentId, i64)> {
        let id = found(&self.visits, visit)?;
        for target in self.targets.values() {
            let target = self.db.desk(&self.dispatcher).target(*target).await?;
            if let Some(found) = target.appointments.iter().find(|appointment| appointment.id == id) {
                return Ok((id, found.version));
            }
        }
        Err(broken(visit))
    }

    async fn report_of(&self, visit: &str) -> Result<(ReportId, i64)> {
        let id = self.reports.get(visit).map(|(id, _)| *id).ok_or_else(|| broken(visit))?;
        Ok((id, self.db.desk(&self.dispatcher).report(id).await?.version))
    }

    async fn follow_up(&self, key: &str) -> Result<(FollowUpId, i64)> {
        let id = found(&self.follow_ups, key)?;
        for (report, _) in self.reports.values() {
            let report = self.db.desk(&self.dispatcher).report(*report).await?;
            if let Some(found) = report.follow_ups.iter().find(|follow_up| follow_up.id == id) {
                return Ok((id, found.version));
            }
        }
        Err(broken(key))
    }

    /// A day counted from today.
    fn day(&self, offset: i64) -> Date {
        self.today.checked_add(offset.days()).unwrap_or(self.today)
    }

    fn windows(&self, act_day: i64, wishes: &[Wish]) -> Vec<WindowInput> {
        let window = |(day, from, until): &Wish| WindowInput {
            date: self.day(act_day + day).to_string(),
            from: (*from).to_owned(),
            until: (*until).to_owned(),
        };
        wishes.iter().map(window).collect()
    }

    fn slot(&self, day: i64, from: &str, until: &str, team: &str) -> SlotInput {
        slot_on(self.day(day), from, until, team)
    }
}

pub fn slot_on(date: Date, from: &str, until: &str, team: &str) -> SlotInput {
    SlotInput { date: date.to_string(), from: from.into(), until: until.into(), team: team.into(), internal_note: String::new() }
}

fn words(kind: &str, title: &str, text: &str) -> WhatInput {
    WhatInput { kind: kind.into(), title: title.into(), description: text.into(), on_site_contact: String::new(), urgency: "normal".into() }
}

fn work(public_title: &str, note: &str) -> TargetInput {
    TargetInput {
        title: public_title.into(),
        public_title: public_title.into(),
        dispatch_note: note.into(),
        billing_code: "T&M-2".into(),
        routing_score: "40".into(),
    }
}

fn visit_of(technician: &str, note: &str) -> VisitInput {
    VisitInput { technician: technician.into(), arrived: String::new(), left: String::new(), internal_note: note.into() }
}

fn upload(file: File) -> Upload {
    let (name, bytes): (&str, &'static [u8]) = match file {
        File::Boiler => ("boiler.jpg", include_bytes!("../../assets/demo/boiler.jpg")),
        File::Door => ("garage gate.jpg", include_bytes!("../../assets/demo/door.jpg")),
        File::Leak => ("ceiling.jpg", include_bytes!("../../assets/demo/leak.jpg")),
        File::Inspection => ("inspection.pdf", include_bytes!("../../assets/demo/inspection.pdf")),
        File::PartsList => ("parts list.pdf", include_bytes!("../../assets/demo/parts-list.pdf")),
    };
    let body = futures::stream::once(async move { Ok(bytes::Bytes::from_static(bytes)) }).boxed();
    Upload { name: name.to_owned(), body }
}

fn found<T: Copy>(named: &BTreeMap<String, T>, key: &str) -> Result<T> {
    named.get(key).copied().ok_or_else(|| broken(key))
}

/// The script names something that does not exist: a mistake in the script, which its test finds.
pub fn broken(what: &str) -> Error {
    Error::Settings(format!("the demo's script is wrong at {what:?}"))
}
