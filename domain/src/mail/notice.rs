//! Notices: which events are worth a mail, to whom, and in which words. Who may see the subject is asked of the portal's own views, once
//! when the event is written and again when the mail is sent.

use crate::db::Db;
use crate::error::Result;
use crate::id::{AppointmentId, ContactId, FollowUpId, ReleaseId, RequestId};
use crate::journal::{By, Event, EventKind, Write};
use crate::mail::{JobKind, Letter, Stops, digest, queue_for_event};
use crate::notification::{Choice, Scope, Timing, Topic};
use crate::status_word::{OwnWords, StatusWord};
use crate::text::{Lang, Text};

/// What a notice is about: the noun whose visibility decides who gets it.
enum About {
    Request(RequestId),
    Appointment(AppointmentId),
    /// The one who suggested another time for the appointment.
    Suggestion(AppointmentId, ContactId),
    /// A report that was released (W3).
    Release(ReleaseId),
    FollowUp(FollowUpId),
    /// The contact it was done to.
    Contact(ContactId),
}

impl About {
    /// The topic that a contact chooses about; none for its account, of which it is always told.
    const fn topic(&self) -> Option<Topic> {
        match self {
            Self::Request(_) => Some(Topic::Request),
            Self::Appointment(_) | Self::Suggestion(..) => Some(Topic::Appointment),
            Self::Release(_) => Some(Topic::Report),
            Self::FollowUp(_) => Some(Topic::FollowUp),
            Self::Contact(_) => None,
        }
    }
}

/// Somebody who sees what an event is about, with what it chose for the topic.
#[derive(sqlx::FromRow)]
struct Viewer {
    contact_id: ContactId,
    /// It belongs to a request of this contact's own, or to none whose sender could be told.
    mine: bool,
    timing: Option<Timing>,
    scope: Option<Scope>,
}

impl Viewer {
    fn timing(&self, topic: Topic) -> Timing {
        let default = Choice::default_for(topic);
        Choice { timing: self.timing.unwrap_or(default.timing), scope: self.scope.unwrap_or(default.scope) }.of_event(self.mine)
    }
}

/// Subject and sentence of each event that is mailed; none for all others.
const fn words(kind: EventKind) -> Option<(Text, Text)> {
    Some(match kind {
        EventKind::RequestQuestionAsked => (
            Text::new("We have a question", "Wir haben eine Frage"),
            Text::new("We have a question about request {number}.", "Wir haben eine Frage zu Anfrage {number}."),
        ),
        EventKind::RequestMessageSent => (
            Text::new("A new message", "Eine neue Nachricht"),
            Text::new("There is a new message on request {number}.", "Es gibt eine neue Nachricht zu Anfrage {number}."),
        ),
        EventKind::RequestAccepted => (
            Text::new("Request accepted", "Anfrage angenommen"),
            Text::new("We have accepted request {number}.", "Wir haben Anfrage {number} angenommen."),
        ),
        EventKind::RequestRejected => (
            Text::new("Request rejected", "Anfrage abgelehnt"),
            Text::new("We have rejected request {number}.", "Wir haben Anfrage {number} abgelehnt."),
        ),
        EventKind::RequestReopened => (
            Text::new("Request in review again", "Anfrage wieder in Prüfung"),
            Text::new("Request {number} is in review again.", "Anfrage {number} ist wieder in Prüfung."),
        ),
        EventKind::RequestCancelled => (
            Text::new("Request cancelled", "Anfrage storniert"),
            Text::new("Request {number} has been cancelled.", "Anfrage {number} wurde storniert."),
        ),
        EventKind::AppointmentShared => (
            Text::new("Appointment scheduled", "Termin geplant"),
            Text::new("An appointment has been scheduled.", "Ein Termin wurde geplant."),
        ),
        EventKind::AppointmentMoved => (
            Text::new("Appointment moved", "Termin verschoben"),
            Text::new("An appointment has been moved.", "Ein Termin wurde verschoben."),
        ),
        EventKind::AppointmentCancelled => (
            Text::new("Appointment cancelled", "Termin abgesagt"),
            Text::new("An appointment has been cancelled.", "Ein Termin wurde abgesagt."),
        ),
        EventKind::SuggestionAnswered => (
            Text::new("Your suggested time", "Ihr Terminvorschlag"),
            Text::new(
                "We have answered your suggestion of another time.",
                "Wir haben Ihren Vorschlag für einen anderen Termin beantwortet.",
            ),
        ),
        EventKind::ReportReleased => (
            Text::new("Report shared", "Bericht geteilt"),
            Text::new("A report has been shared with you.", "Ein Bericht wurde mit Ihnen geteilt."),
        ),
        EventKind::FollowUpShared => (
            Text::new("Follow-up required", "Folgearbeit nötig"),
            Text::new("A visit showed that more work is needed.", "Ein Besuch hat gezeigt, dass weitere Arbeit nötig ist."),
        ),
        EventKind::FollowUpPlanned => (
            Text::new("Follow-up planned", "Folgearbeit geplant"),
            Text::new("Follow-up work has been planned.", "Folgearbeit wurde geplant."),
        ),
        EventKind::GrantGiven => (
            Text::new("New access", "Neuer Zugang"),
            Text::new("You have been given access to more locations.", "Sie haben Zugang zu weiteren Standorten erhalten."),
        ),
        EventKind::PasswordChanged => (
            Text::new("Your password was changed", "Ihr Passwort wurde geändert"),
            Text::new("The password of your account was changed.", "Das Passwort Ihres Zugangs wurde geändert."),
        ),
        _ => return None,
    })
}

/// The public status that an event leads to, when the mail's subject says just that.
const fn status(kind: EventKind) -> Option<StatusWord> {
    Some(match kind {
        EventKind::RequestAccepted => StatusWord::Accepted,
        EventKind::RequestRejected => StatusWord::Rejected,
        EventKind::RequestReopened => StatusWord::InReview,
        EventKind::RequestCancelled => StatusWord::Cancelled,
        EventKind::AppointmentShared => StatusWord::AppointmentScheduled,
        EventKind::AppointmentMoved => StatusWord::AppointmentMoved,
        EventKind::AppointmentCancelled => StatusWord::AppointmentCancelled,
        EventKind::FollowUpShared => StatusWord::FollowUpRequired,
        EventKind::FollowUpPlanned => StatusWord::FollowUpPlanned,
        _ => return None,
    })
}

const REQUEST_IS: (Text, Text) =
    (Text::new("Request: {word}", "Anfrage: {word}"), Text::new("Request {number}: {word}.", "Anfrage {number}: {word}."));

/// Subject and sentence of a mail, with the company's own word for the status where it has one. `number` is the request's.
fn said(kind: EventKind, own: &OwnWords, number: &str, lang: Lang) -> Option<(String, String)> {
    let (subject, sentence) = words(kind)?;
    let own = status(kind).and_then(|status| own.own(status));
    Some(match own {
        // Our sentences for requests say the status, those for appointments and follow-ups what has happened.
        Some(word) if !number.is_empty() => {
            let (subject, sentence) = REQUEST_IS;
            (subject.fill(lang, &[("word", word)]), sentence.fill(lang, &[("number", number), ("word", word)]))
        }
        Some(word) => (word.to_owned(), sentence.get(lang).to_owned()),
        None => (subject.get(lang).to_owned(), sentence.fill(lang, &[("number", number)])),
    })
}

fn about(event: &Event) -> Option<About> {
    match event.kind {
        EventKind::GrantGiven | EventKind::PasswordChanged => event.contact.map(About::Contact),
        EventKind::AppointmentShared | EventKind::AppointmentMoved | EventKind::AppointmentCancelled => {
            event.appointment.map(About::Appointment)
        }
        EventKind::SuggestionAnswered => {
            event.appointment.zip(event.contact).map(|(appointment, contact)| About::Suggestion(appointment, contact))
        }
        EventKind::ReportReleased => event.release.map(About::Release),
        EventKind::FollowUpShared | EventKind::FollowUpPlanned => event.follow_up.map(About::FollowUp),
        _ => event.request.map(About::Request),
    }
}

/// Whether an earlier event of the same change tells enough: the first visit of a series tells its recipients of the others.
fn is_told_before(event: &Event, earlier: &[(By, Event)]) -> bool {
    let of_this_work = |other: &Event| other.target == event.target && other.request == event.request;
    event.kind == EventKind::AppointmentShared && earlier.iter().any(|(_, other)| other.kind == event.kind && of_this_work(other))
}

/// Who is told by the same change that the request is cancelled, and so needs no mail about its visits.
async fn told_of_the_end(w: &mut Write<'_>, event: &Event, change: &[(By, Event)]) -> Result<Vec<ContactId>> {
    let (EventKind::AppointmentCancelled, Some(request)) = (event.kind, event.request) else { return Ok(Vec::new()) };
    if !change.iter().any(|(_, other)| other.kind == EventKind::RequestCancelled && other.request == event.request) {
        return Ok(Vec::new());
    }
    let viewers = viewers(w, &About::Request(request), Topic::Request).await?;
    Ok(viewers.iter().filter(|viewer| viewer.timing(Topic::Request) != Timing::Off).map(|viewer| viewer.contact_id).collect())
}

/// Queues a mail to each recipient of the `i`th event of a change, or lets it wait for the recipient's digest. Called for every event at its
/// commit.
pub(crate) async fn queue(w: &mut Write<'_>, seq: i64, change: &[(By, Event)], i: usize) -> Result<()> {
    let (by, event) = &change[i];
    if words(event.kind).is_none() || is_told_before(event, &change[..i]) {
        return Ok(());
    }
    let Some(about) = about(event) else { return Ok(()) };
    let Some(topic) = about.topic() else { return queue_about_account(w, seq, &about).await };
    let told_otherwise = told_of_the_end(w, event, change).await?;
    for viewer in viewers(w, &about, topic).await? {
        // A question waits for its request's sender, and nobody needs a mail about a message of its own.
        let for_another = event.kind == EventKind::RequestQuestionAsked && !viewer.mine;
        let by_itself = topic == Topic::Request && *by == By::Contact(viewer.contact_id);
        if for_another || by_itself || told_otherwise.contains(&viewer.contact_id) {
            continue;
        }
        match viewer.timing(topic) {
            Timing::Now => queue_for_event(w, JobKind::Notice, viewer.contact_id, None, Some(seq)).await?,
            Timing::Daily => digest::add(w, viewer.contact_id, seq, event.location).await?,
            Timing::Off => {}
        }
    }
    Ok(())
}

async fn queue_about_account(w: &mut Write<'_>, seq: i64, about: &About) -> Result<()> {
    let About::Contact(id) = *about else { return Ok(()) };
    let active = within!(w, Option<(ContactId,)>, "SELECT contact_id FROM portal_contact WHERE contact_id = $1", id)?;
    match active {
        Some((contact,)) => queue_for_event(w, JobKind::Notice, contact, None, Some(seq)).await,
        None => Ok(()),
    }
}

/// The query for the viewers of a subject that came out of work: its portal view, which of its columns is `$1`, and the request of the
/// work. `$2` is the topic.
macro_rules! viewers_of {
    ($view:literal, $id:literal, $request:literal) => {
        concat!(
            "SELECT s.contact_id, n.timing, n.scope,
                CASE WHEN s.contact_id IN (SELECT r.contact_id FROM portal_request r WHERE r.id = s.request_id AND r.own)
                    OR NOT EXISTS (SELECT 1 FROM portal_request r WHERE r.own AND r.id = (",
            $request,
            ")) THEN TRUE ELSE FALSE END AS mine
             FROM ",
            $view,
            " s
             LEFT JOIN portal_notification_choice n ON n.contact_id = s.contact_id AND n.topic = $2
             WHERE s.",
            $id,
            " = $1"
        )
    };
}

/// Everybody who sees the subject now. Work of a request is its sender's, and everybody's when the sender cannot see it or there is none.
async fn viewers(w: &mut Write<'_>, about: &About, topic: Topic) -> Result<Vec<Viewer>> {
    match *about {
        About::Contact(_) => Ok(Vec::new()),
        About::Request(id) => within!(
            w,
            Vec<Viewer>,
            "SELECT r.contact_id, r.own AS mine, n.timing, n.scope
             FROM portal_request r
             LEFT JOIN portal_notification_choice n ON n.contact_id = r.contact_id AND n.topic = $2
             WHERE r.id = $1",
            id,
            topic,
        ),
        About::Appointment(id) => within!(
            w,
            Vec<Viewer>,
            viewers_of!(
                "portal_appointment",
                "id",
                "SELECT t.request_id FROM target t JOIN appointment x ON x.target_id = t.id WHERE x.id = $1"
            ),
            id,
            topic,
        ),
        // Whoever is told by the same change that the appointment was moved needs no second mail.
        About::Suggestion(appointment, contact) => within!(
            w,
            Vec<Viewer>,
            "SELECT a.contact_id, TRUE AS mine, n.timing, n.scope
             FROM portal_appointment a
             LEFT JOIN portal_notification_choice n ON n.contact_id = a.contact_id AND n.topic = $3
             WHERE a.id = $1 AND a.contact_id = $2
                AND NOT EXISTS (SELECT 1 FROM job j JOIN event e ON e.seq = j.event_seq
                    WHERE j.contact_id = a.contact_id AND e.appointment_id = a.id AND e.kind = 'appointment_moved' AND e.at = $4)",
            appointment,
            contact,
            topic,
            w.now,
        ),
        About::Release(id) => within!(
            w,
            Vec<Viewer>,
            viewers_of!(
                "portal_report",
                "release_id",
                "SELECT t.request_id FROM target t JOIN report x ON x.target_id = t.id
                 JOIN report_release v ON v.report_id = x.id WHERE v.id = $1"
            ),
            id,
            topic,
        ),
        About::FollowUp(id) => within!(
            w,
            Vec<Viewer>,
            viewers_of!(
                "portal_follow_up",
                "id",
                "SELECT t.request_id FROM target t JOIN report x ON x.target_id = t.id
                 JOIN follow_up y ON y.report_id = x.id WHERE y.id = $1"
            ),
            id,
            topic,
        ),
    }
}

#[derive(sqlx::FromRow)]
struct EventRow {
    kind: EventKind,
    request_id: Option<RequestId>,
    appointment_id: Option<AppointmentId>,
    release_id: Option<ReleaseId>,
    follow_up_id: Option<FollowUpId>,
}

/// An event as its recipient is told of it.
pub(super) struct Told {
    topic: Option<Topic>,
    subject: String,
    pub sentence: String,
    /// Path at the portal.
    pub path: String,
}

/// The mail about an event, or none as for [`told`].
pub(super) async fn letter(db: &Db, seq: i64, contact: ContactId, lang: Lang) -> Result<Option<Letter>> {
    let told = told(db, seq, contact, lang).await?;
    Ok(told.map(|told| Letter {
        subject: told.subject,
        sentence: told.sentence,
        lines: Vec::new(),
        action: Text::new("Open the portal", "Portal öffnen"),
        path: told.path,
        note: Text::new("", ""),
        stops: told.topic.map(Stops::Topic),
    }))
}

/// What a contact is told of an event, or nothing when it may not see the subject any more, or wants no mail of its topic by now.
pub(super) async fn told(db: &Db, seq: i64, contact: ContactId, lang: Lang) -> Result<Option<Told>> {
    let row = read!(
        db.main_reader(),
        Option<EventRow>,
        "SELECT kind, request_id, appointment_id, release_id, follow_up_id FROM event WHERE seq = $1",
        seq,
    )?;
    let Some(row) = row else { return Ok(None) };
    let event = Event {
        request: row.request_id,
        appointment: row.appointment_id,
        release: row.release_id,
        follow_up: row.follow_up_id,
        contact: Some(contact),
        ..Event::new(row.kind)
    };
    let Some(about) = about(&event) else { return Ok(None) };
    let topic = about.topic();
    if let Some(topic) = topic
        && is_off(db, contact, topic).await?
    {
        return Ok(None);
    }
    let Some((path, number)) = visible_subject(db, &about, contact).await? else { return Ok(None) };
    let own = db.anonymous().own_words(lang).await?;
    Ok(said(row.kind, &own, &number, lang).map(|(subject, sentence)| Told { topic, subject, sentence, path }))
}

async fn is_off(db: &Db, contact: ContactId, topic: Topic) -> Result<bool> {
    let chosen = read!(
        db.portal_reader(),
        Option<(Timing,)>,
        "SELECT timing FROM portal_notification_choice WHERE contact_id = $1 AND topic = $2",
        contact,
        topic,
    )?;
    Ok(chosen.is_some_and(|(timing,)| timing == Timing::Off))
}

/// Path and request number of what the mail is about, if the contact can see it now.
async fn visible_subject(db: &Db, about: &About, contact: ContactId) -> Result<Option<(String, String)>> {
    let reader = db.portal_reader();
    Ok(match *about {
        About::Request(id) => {
            read!(reader, Option<(String,)>, "SELECT number FROM portal_request WHERE contact_id = $1 AND id = $2", contact, id)?
                .map(|(number,)| (format!("/requests/{id}"), number))
        }
        About::Appointment(id) | About::Suggestion(id, _) => {
            read!(reader, Option<(AppointmentId,)>, "SELECT id FROM portal_appointment WHERE contact_id = $1 AND id = $2", contact, id)?
                .map(|_| (format!("/appointments/{id}"), String::new()))
        }
        About::Release(id) => read!(
            reader,
            Option<(crate::id::ReportId,)>,
            "SELECT id FROM portal_report WHERE contact_id = $1 AND release_id = $2",
            contact,
            id
        )?
        .map(|(report,)| (format!("/reports/{report}"), String::new())),
        About::FollowUp(id) => {
            read!(reader, Option<(FollowUpId,)>, "SELECT id FROM portal_follow_up WHERE contact_id = $1 AND id = $2", contact, id)?
                .map(|_| ("/follow-ups".to_owned(), String::new()))
        }
        About::Contact(id) => read!(reader, Option<(ContactId,)>, "SELECT contact_id FROM portal_contact WHERE contact_id = $1", id)?
            .map(|_| ("/".to_owned(), String::new())),
    })
}
