//! Streams that tell an open page that something changed for its reader, as server-sent events. They carry the kinds of thing and no
//! content: the page asks again, by the way that looks at rights. Whether its reader may know is asked for each event anew.

use std::collections::{HashMap, VecDeque};
use std::convert::Infallible;
use std::mem::discriminant;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use app::ctx::Face;
use axum::body::Body;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use domain::actor::{PortalActor, StaffActor};
use domain::change::{Change, Changes};
use domain::clock::{Clock, Instant};
use domain::db::Db;
use domain::id::{ContactId, StaffId, Token};
use domain::journal::Position;
use futures::stream;
use http::header::{self, HeaderName};
use http::request::Parts;
use http::{HeaderMap, StatusCode, Uri};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::face::Served;
use crate::pages;

/// Streams of one reader: as many as a browser opens to one host.
const OF_ONE: usize = 6;
/// Streams of all contacts, and of all staff. Each is a connection, and a question to the database per event.
const OF_ALL: usize = 1_000;
/// Between two signs of life on a silent stream, each after a look whether its session is.
const BEAT: Duration = Duration::from_secs(20);
/// How many positions of the journal are remembered with their moments: at one a second, those of the last ten minutes.
const REMEMBERED: usize = 600;
/// What is no event: browsers skip it.
const SIGN_OF_LIFE: &str = ":\n\n";

/// The open streams of a process, and what wakes them. Cheap to clone.
#[derive(Clone)]
pub struct Live(Arc<Inner>);

struct Inner {
    clock: Clock,
    journal: watch::Sender<Position>,
    /// When which position was published, the newest last.
    published: Mutex<VecDeque<(Instant, Position)>>,
    stop: CancellationToken,
    open: Mutex<HashMap<Who, usize>>,
}

/// Whose stream it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Who {
    Contact(ContactId),
    Staff(StaffId),
}

impl Live {
    /// Its streams end when `stop` says so.
    pub fn new(clock: Clock, stop: CancellationToken) -> Self {
        let journal = watch::Sender::new(Position::default());
        Self(Arc::new(Inner { clock, journal, published: Mutex::default(), stop, open: Mutex::default() }))
    }

    /// Wakes all streams if the journal has moved.
    pub fn publish(&self, position: Position) {
        if *self.0.journal.borrow() == position {
            return;
        }
        let mut published = self.published();
        published.push_back((self.0.clock.now(), position));
        if published.len() > REMEMBERED {
            published.pop_front();
        }
        drop(published);
        self.0.journal.send_replace(position);
    }

    /// The last position that was published by a moment, as far as that is remembered.
    fn published_by(&self, moment: Instant) -> Option<Position> {
        self.published().iter().rev().find(|(at, _)| *at <= moment).map(|(_, position)| *position)
    }

    fn published(&self) -> MutexGuard<'_, VecDeque<(Instant, Position)>> {
        self.0.published.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A place for one more stream of a reader. Contacts take no place from staff.
    fn place(&self, who: Who) -> Result<Place, StatusCode> {
        let mut open = self.open();
        let alike = open.iter().filter(|(other, _)| discriminant(*other) == discriminant(&who));
        if alike.map(|(_, count)| count).sum::<usize>() >= OF_ALL {
            return Err(StatusCode::SERVICE_UNAVAILABLE);
        }
        let own = open.entry(who).or_default();
        if *own >= OF_ONE {
            return Err(StatusCode::TOO_MANY_REQUESTS);
        }
        *own += 1;
        drop(open);
        Ok(Place { live: self.clone(), who })
    }

    fn open(&self) -> MutexGuard<'_, HashMap<Who, usize>> {
        self.0.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A stream's place, given back when the stream is dropped.
struct Place {
    live: Live,
    who: Who,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut open = self.live.open();
        if let Some(own) = open.get_mut(&self.who) {
            *own -= 1;
            if *own == 0 {
                open.remove(&self.who);
            }
        }
    }
}

/// Who is told: the reader of a listener's pages, by the rights of this moment.
enum Reader {
    Contact(PortalActor),
    Staff(StaffActor),
}

impl Reader {
    /// The one whose session it is. A browser that opens a stream again by itself is no activity of anybody's.
    async fn of(served: &Served, token: &Token) -> domain::Result<Self> {
        match served.face {
            Face::Portal => served.db.waiting_portal_actor(token).await.map(Self::Contact),
            Face::Desk => served.db.waiting_staff_actor(token).await.map(Self::Staff),
        }
    }

    fn who(&self) -> Who {
        match self {
            Self::Contact(actor) => Who::Contact(actor.contact_id()),
            Self::Staff(actor) => Who::Staff(actor.staff_id()),
        }
    }

    async fn changes(&self, db: &Db, after: Position) -> domain::Result<Changes> {
        match self {
            Self::Contact(actor) => db.portal(actor).changes(after).await,
            Self::Staff(actor) => db.desk(actor).changes(after).await,
        }
    }

    async fn changes_since(&self, db: &Db, moment: Instant) -> domain::Result<Changes> {
        match self {
            Self::Contact(actor) => db.portal(actor).changes_since(moment).await,
            Self::Staff(actor) => db.desk(actor).changes_since(moment).await,
        }
    }
}

/// Tells a contact, or at the desk a staff member, of changes until the session ends or the server stops.
pub async fn tell(State(served): State<Served>, request: Parts) -> Response {
    match Stream::open(&served, &request).await {
        Ok(opened) => answer(opened),
        Err(status) => pages::plain(status, "There is no live view now. The pages work without it."),
    }
}

fn answer(opened: Stream) -> Response {
    let parts = stream::unfold(opened, |mut stream| async move {
        let stop = stream.place.live.0.stop.clone();
        let text = stop.run_until_cancelled(stream.next()).await.flatten()?;
        Some((Ok::<_, Infallible>(text), stream))
    });
    let headers = [
        (header::CONTENT_TYPE, "text/event-stream"),
        (header::CACHE_CONTROL, "private, no-store"),
        // A proxy that gathers answers before it hands them on would hold everything back.
        (HeaderName::from_static("x-accel-buffering"), "no"),
    ];
    (headers, Body::from_stream(parts)).into_response()
}

struct Stream {
    served: Served,
    token: Token,
    journal: watch::Receiver<Position>,
    /// What was told, or was not for this reader.
    seen: Position,
    /// What the answer begins with.
    first: Option<String>,
    beat: tokio::time::Instant,
    place: Place,
}

impl Stream {
    /// # Errors
    /// The status that says why there is none.
    async fn open(served: &Served, request: &Parts) -> Result<Self, StatusCode> {
        let refused = |error: domain::Error| match error {
            domain::Error::NotSignedIn => StatusCode::UNAUTHORIZED,
            error => {
                tracing::error!(%error, "a live stream did not open");
                StatusCode::SERVICE_UNAVAILABLE
            }
        };
        let token = served.token(request).map_err(refused)?;
        let reader = Reader::of(served, &token).await.map_err(refused)?;
        let place = served.live.place(reader.who())?;
        let mut journal = served.live.0.journal.subscribe();
        let published = *journal.borrow_and_update();
        let missed = match Missed::of(&served.live, request) {
            Missed::Since(moment) => reader.changes_since(&served.db, moment).await,
            Missed::After(position) => reader.changes(&served.db, position.unwrap_or(published)).await,
        };
        let missed = missed.map_err(refused)?;
        let (seen, first) = (published.max(missed.position), Some(written(&missed)));
        Ok(Self { served: served.clone(), token, journal, seen, first, beat: tokio::time::Instant::now() + BEAT, place })
    }

    /// Waits for the next thing to say; none ends the stream.
    async fn next(&mut self) -> Option<String> {
        if let Some(first) = self.first.take() {
            return Some(first);
        }
        loop {
            let beats = tokio::select! {
                moved = self.journal.changed() => {
                    moved.ok()?;
                    false
                }
                () = tokio::time::sleep_until(self.beat) => true,
            };
            let reader = unless_over(Reader::of(&self.served, &self.token).await)?;
            if beats {
                self.beat = tokio::time::Instant::now() + BEAT;
                return Some(SIGN_OF_LIFE.into());
            }
            let published = *self.journal.borrow_and_update();
            let changes = unless_over(reader.changes(&self.served.db, self.seen).await)?;
            self.seen = published.max(changes.position);
            if !changes.kinds.is_empty() {
                return Some(written(&changes));
            }
        }
    }
}

/// Without a session, or without a database, a stream ends; the browser asks for another.
fn unless_over<T>(outcome: domain::Result<T>) -> Option<T> {
    outcome.inspect_err(|error| tracing::debug!(%error, "a live stream ends")).ok()
}

/// One event. Without changes only its id, which browsers keep for when they lose the stream.
fn written(changes: &Changes) -> String {
    let id = changes.at.micros();
    if changes.kinds.is_empty() {
        return format!("id: {id}\n\n");
    }
    let kinds: Vec<&str> = changes.kinds.iter().map(|kind: &Change| kind.word()).collect();
    format!("event: changed\ndata: {}\nid: {id}\n\n", kinds.join(" "))
}

/// What a reader was not told of when it opens a stream.
enum Missed {
    Since(Instant),
    /// Without a position, nothing.
    After(Option<Position>),
}

impl Missed {
    /// It lost a stream after an event; or its page was made a while ago, before it could listen.
    fn of(live: &Live, request: &Parts) -> Self {
        if let Some(lost) = last_event_id(&request.headers) {
            return Self::Since(lost);
        }
        let Some(made) = page_made(&request.uri) else { return Self::After(None) };
        live.published_by(made).map_or(Self::Since(made), |position| Self::After(Some(position)))
    }
}

/// The moment of the last event that the browser got before it lost its stream.
fn last_event_id(headers: &HeaderMap) -> Option<Instant> {
    moment(headers.get("last-event-id")?.to_str().ok()?)
}

/// The moment at which the server made the page, as the page says (`shell.rs`).
fn page_made(uri: &Uri) -> Option<Instant> {
    moment(uri.query()?.strip_prefix("since=")?)
}

/// What is no moment is as if it were not there.
fn moment(text: &str) -> Option<Instant> {
    let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten().map(Instant::from_micros)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn promise_11_the_id_of_a_lost_stream_is_read_strictly() {
        let asked = |id: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert("last-event-id", http::HeaderValue::from_static(id));
            last_event_id(&headers).map(Instant::micros)
        };
        assert_eq!(asked("1772442000000000"), Some(1_772_442_000_000_000));
        for malformed in ["", "-1", "+1", " 1", "1 ", "1.5", "0x1", "99999999999999999999", "1 OR 1=1"] {
            assert_eq!(asked(malformed), None, "{malformed:?}");
        }
        assert_eq!(last_event_id(&HeaderMap::new()), None);
    }

    #[test]
    fn promise_13_a_reader_has_six_streams_and_gets_their_places_back() {
        let live = Live::new(Clock::System, CancellationToken::new());
        let (contact, other) = (Who::Contact(ContactId::new()), Who::Contact(ContactId::new()));
        let places: Vec<_> = (0..OF_ONE).map(|_| live.place(contact).unwrap()).collect();
        assert_eq!(live.place(contact).err(), Some(StatusCode::TOO_MANY_REQUESTS));
        assert!(live.place(other).is_ok(), "another contact is not held up");
        drop(places);
        assert!(live.place(contact).is_ok());
        assert!(live.open().is_empty(), "nothing is kept of streams that are gone");
        let all: Vec<_> = (0..OF_ALL).map(|_| live.place(Who::Contact(ContactId::new())).unwrap()).collect();
        assert_eq!(live.place(contact).err(), Some(StatusCode::SERVICE_UNAVAILABLE));
        assert!(live.place(Who::Staff(StaffId::new())).is_ok(), "contacts do not hold up staff");
        drop(all);
    }
}
