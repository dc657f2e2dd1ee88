//! The boundary, complete (security promises 1 and 2): every endpoint of both listeners, asked by everybody who may come, for rows of
//! one's own, of others and of nobody. What is expected follows from the rows in `faces/endpoints.rs` and the actors in `faces/actors.rs`;

//! the results are also kept as two tables, to be read when they change.

use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::sync::Mutex;

use crate::domain_support::on_both;
use crate::faces::actors::{Actor, CONTACTS, STAFF, STRANGERS};
use crate::faces::asking::{Faces, Outcome};
use crate::faces::endpoints::{self, Endpoint};
use crate::faces::walk;
use crate::faces::world::{Furnished, Id, Set, Thing, any_id};
use app::ctx::Face;
use axum::body::Body;
use http::{HeaderValue, Method, Request, Uri};
use leptos_axum::{AxumRouteListing, generate_route_list};
use server::routes::{ROUTES, What};

/// Wrong answers that are listed when there are many.
const LISTED: usize = 60;

#[tokio::test(flavor = "multi_thread")]
async fn promise_1_the_portal_answers_everybody_as_the_rules_say() {
    let actors: [&'static [Actor]; 3] = [STRANGERS, STAFF, CONTACTS];
    insta::assert_snapshot!("portal", table_of(Face::Portal, &actors).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn promise_1_the_desk_answers_everybody_as_the_rules_say() {
    let actors: [&'static [Actor]; 3] = [STRANGERS, STAFF, CONTACTS];
    insta::assert_snapshot!("desk", table_of(Face::Desk, &actors).await);
}

/// Walks a face on both engines, fails on every answer that is not as expected, and gives the table of answers.
async fn table_of(face: Face, groups: &[&'static [Actor]]) -> String {
    let tables = Mutex::new(Vec::new());
    on_both(async |world| {
        let engine = world.engine;
        let mut world = Furnished::new(world).await;
        let faces = Faces::of(&world.world);
        let (mut table, mut wrong) = (Table::default(), Vec::new());
        for group in groups {
            walk(&mut world, &faces, face, group, |visit| {
                let (expected, got) = (visit.endpoint.expected(visit.actor, visit.id), visit.answer.outcome());
                if expected != got {
                    let (actor, label) = (visit.actor.name, visit.endpoint.label(face));
                    wrong.push(format!("{label} {:?} as {actor}: expected {expected:?}, got {got:?}: {}", visit.id, visit.answer));
                }
                table.add(visit.actor.name, visit.endpoint.label(face), got);
            })
            .await;
        }
        assert!(wrong.is_empty(), "{engine}: {} wrong answers\n{}", wrong.len(), wrong[..wrong.len().min(LISTED)].join("\n"));
        tables.lock().unwrap().push(table.to_string());
    })
    .await;
    let tables = tables.into_inner().unwrap();
    assert_eq!(tables[0], tables[1], "both engines answer alike");
    tables.into_iter().next().unwrap()
}

/// Endpoints down, actors across; a cell has the letters of the answers in the order of the ids. Actors who are always answered alike
/// share a column.
#[derive(Default)]
struct Table {
    endpoints: Vec<String>,
    actors: Vec<(&'static str, HashMap<String, String>)>,
}

impl Table {
    fn add(&mut self, actor: &'static str, endpoint: String, outcome: Outcome) {
        if self.actors.last().is_none_or(|(last, _)| *last != actor) {
            self.actors.push((actor, HashMap::new()));
        }
        if !self.endpoints.contains(&endpoint) {
            self.endpoints.push(endpoint.clone());
        }
        let (_, answers) = self.actors.last_mut().unwrap();
        answers.entry(endpoint).or_default().push(outcome.letter());
    }

    fn columns(&self) -> Vec<(Vec<&'static str>, &HashMap<String, String>)> {
        let mut columns: Vec<(Vec<&'static str>, &HashMap<String, String>)> = Vec::new();
        for (actor, answers) in &self.actors {
            match columns.iter_mut().find(|(_, same)| *same == answers) {
                Some((actors, _)) => actors.push(*actor),
                None => columns.push((vec![*actor], answers)),
            }
        }
        columns
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let columns = self.columns();
        writeln!(f, "{}", Outcome::LEGEND)?;
        writeln!(f, "ids: here, sibling, colleague, foreign, random, malformed (faces/world.rs)")?;
        columns.iter().zip(1..).try_for_each(|((actors, _), n)| writeln!(f, "{n:>3}  {}", actors.join(" | ")))?;
        let heads: String = (1..=columns.len()).map(|n| format!("{n:<7}")).collect();
        writeln!(f, "\n{:44} {}", "", heads.trim_end())?;
        for endpoint in &self.endpoints {
            let cells: String = columns.iter().map(|(_, answers)| format!("{:<7}", answers[endpoint])).collect();
            writeln!(f, "{endpoint:44} {}", cells.trim_end())?;
        }
        Ok(())
    }
}

/// What is registered, by what registers it: our own table of routes, the pages of the app, its server functions.
fn registered(face: Face) -> BTreeSet<String> {
    let prefix = match face {
        Face::Portal => "/api/portal/",
        Face::Desk => "/api/desk/",
    };
    let pages = match face {
        Face::Portal => generate_route_list(app::portal::App),
        Face::Desk => generate_route_list(app::desk::App),
    };
    let functions = server_fn::axum::server_fn_paths().map(|(path, _)| path.to_owned()).filter(|path| path.starts_with(prefix));
    let ours = ROUTES.iter().filter(|route| route.faces.contains(&face) && !matches!(route.what, What::ReadFunction | What::CallFunction));
    let pages: Vec<String> = pages.iter().map(AxumRouteListing::path).map(str::to_owned).collect();
    functions.chain(pages).chain(ours.map(|route| route.path.to_owned())).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn promise_1_every_endpoint_has_a_row() {
    for face in [Face::Portal, Face::Desk] {
        // Any token stands for the token of a link.
        let rows: BTreeSet<String> =
            endpoints::of(face).iter().map(|endpoint| endpoint.path(face).replace("any-token", "{token}")).collect();
        let registered = registered(face);
        let missing: Vec<_> = registered.difference(&rows).collect();
        let gone: Vec<_> = rows.difference(&registered).collect();
        assert!(missing.is_empty(), "{face:?}: add a row to faces/endpoints.rs for {missing:?}");
        assert!(gone.is_empty(), "{face:?}: nothing is registered for the rows {gone:?}");
    }
    let elsewhere: Vec<_> = server_fn::axum::server_fn_paths()
        .map(|(path, _)| path)
        .filter(|path| !path.starts_with("/api/portal/") && !path.starts_with("/api/desk/"))
        .collect();
    assert!(elsewhere.is_empty(), "server functions under no face's prefix: {elsewhere:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn g5_a_listener_has_nothing_of_the_other_face() {
    on_both(async |world| {
        let mut world = Furnished::new(world).await;
        let faces = Faces::of(&world.world);
        for (face, other) in [(Face::Portal, Face::Desk), (Face::Desk, Face::Portal)] {
            let own: BTreeSet<String> = endpoints::of(face).iter().map(|endpoint| endpoint.path(face)).collect();
            for actor in [&STRANGERS[0], &STAFF[2], &CONTACTS[2]] {
                let cookie = world.enter(actor).await;
                for endpoint in endpoints::of(other).iter().filter(|endpoint| !own.contains(&endpoint.path(other))) {
                    let id = match endpoint.thing() {
                        Some(thing) => world.id(thing, Id::Of(Set::Here)).await,
                        None => String::new(),
                    };
                    let theirs = endpoint.request(other, &id, &world);
                    let mut nowhere = endpoint.request(other, &id, &world);
                    *nowhere.uri_mut() = Uri::from_static("/no/such/address");
                    let answer = faces.ask(face, &cookie, theirs).await;
                    let same = answer.masked("", false) == faces.ask(face, &cookie, nowhere).await.masked("", false);
                    let nothing = matches!(answer.outcome(), Outcome::NotFound | Outcome::SignIn);
                    assert!(same && nothing, "{} at {face:?} as {}: {answer}", endpoint.label(other), actor.name);
                }
            }
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn promise_9_nothing_is_changed_by_get_nor_from_another_site() {
    on_both(async |world| {
        let mut world = Furnished::new(world).await;
        let faces = Faces::of(&world.world);
        for (face, actor) in [(Face::Portal, &CONTACTS[2]), (Face::Desk, &STAFF[2])] {
            let cookie = world.enter(actor).await;
            for endpoint in endpoints::of(face).iter().filter(|endpoint| endpoint.is_posted()) {
                let posted = || endpoint.request(face, &any_id(), &world);
                let mut by_get = posted();
                *by_get.method_mut() = Method::GET;
                let answer = faces.ask(face, &cookie, by_get).await;
                assert!(matches!(answer.status.as_u16(), 404 | 405), "GET {}: {answer}", endpoint.label(face));
                for site in ["cross-site", "same-site", "none"] {
                    let mut from_elsewhere = posted();
                    from_elsewhere.headers_mut().insert("sec-fetch-site", HeaderValue::from_static(site));
                    let answer = faces.ask(face, &cookie, from_elsewhere).await;
                    assert_eq!(answer.outcome(), Outcome::Forbidden, "{} from {site}: {answer}", endpoint.label(face));
                }
            }
        }
    })
    .await;
}

/// A way to ask, and the endpoints that it makes sense for.
struct Way {
    name: &'static str,
    fits: fn(&Endpoint) -> bool,
    ask: fn(Request<Body>) -> Request<Body>,
}

const WAYS: [Way; 6] = [
    Way { name: "as it is", fits: |_| true, ask: |request| request },
    Way { name: "HEAD", fits: |endpoint| !endpoint.is_posted(), ask: by_head },
    Way { name: "a part of it", fits: |endpoint| !endpoint.is_posted(), ask: |request| with(request, &[("range", "bytes=0-10")]) },
    Way {
        name: "the rest of it",
        fits: |endpoint| !endpoint.is_posted(),
        ask: |request| with(request, &[("range", "bytes=99999999-"), ("if-range", "\"0\"")]),
    },
    Way { name: "if it changed", fits: |endpoint| !endpoint.is_posted(), ask: |request| with(request, &[("if-none-match", "*")]) },
    Way {
        name: "by a plain form",
        fits: Endpoint::is_posted,
        ask: |request| with(request, &[("accept", "text/html"), ("referer", "https://portal.example/requests")]),
    },
];

fn by_head(mut request: Request<Body>) -> Request<Body> {
    *request.method_mut() = Method::HEAD;
    request
}

fn with(mut request: Request<Body>, headers: &[(&'static str, &'static str)]) -> Request<Body> {
    headers.iter().for_each(|(name, value)| {
        request.headers_mut().insert(*name, HeaderValue::from_static(value));
    });
    request
}

/// Those from whom something is hidden in each way: another customer's, a colleague's, another location's, all of it.
const HIDES: [&str; 4] = ["contact of another customer", "contact who sent nothing", "sender, one location", "sender, grant ended"];

#[tokio::test(flavor = "multi_thread")]
async fn g12_what_is_not_ones_own_is_like_what_is_not_there() {
    on_both(async |world| {
        let engine = world.engine;
        let mut world = Furnished::new(world).await;
        let faces = Faces::of(&world.world);
        let mut differ = Vec::new();
        for actor in HIDES.map(|name| CONTACTS.iter().find(|actor| actor.name == name).expect(name)) {
            let cookie = world.enter(actor).await;
            for endpoint in endpoints::PORTAL.iter().filter_map(|endpoint| Some((endpoint, endpoint.thing()?))) {
                for way in WAYS.iter().filter(|way| (way.fits)(endpoint.0)) {
                    differ.extend(compare(&world, &faces, actor, &cookie, endpoint, way).await);
                }
            }
        }
        assert!(
            differ.is_empty(),
            "{engine}: {} answers tell that something is there\n{}",
            differ.len(),
            differ[..differ.len().min(LISTED)].join("\n")
        );
    })
    .await;
}

/// Asks for every id that the actor may not see, and tells which answers differ from that for an id of nothing.
async fn compare(
    world: &Furnished,
    faces: &Faces,
    actor: &Actor,
    cookie: &str,
    (endpoint, thing): (&Endpoint, Thing),
    way: &Way,
) -> Vec<String> {
    let answer = async |id: Id| {
        let text = world.id(thing, id).await;
        let answer = faces.ask(Face::Portal, cookie, (way.ask)(endpoint.request(Face::Portal, &text, world))).await;
        // Only the malformed id has another length.
        [answer.masked(&text, false), answer.masked(&text, true)]
    };
    let hidden = Set::ALL.into_iter().filter(|set| !actor.contact().is_some_and(|contact| contact.sees(thing, *set))).map(Id::Of);
    // Without a session a malformed argument is refused first: it is no row of anybody's.
    let malformed = actor.contact().map(|_| Id::Malformed);
    let [same_length, any_length] = answer(Id::Random).await;
    let mut differ = Vec::new();
    for id in hidden.chain(malformed) {
        let [exactly, nearly] = answer(id).await;
        let (got, random) = if id == Id::Malformed { (nearly, &any_length) } else { (exactly, &same_length) };
        if got != *random {
            differ.push(format!("{} {}, {id:?} as {}: {}", endpoint.label(Face::Portal), way.name, actor.name, difference(&got, random)));
        }
    }
    differ
}

/// The first line in which two answers differ, in both.
fn difference(one: &str, other: &str) -> String {
    let lines = one.lines().zip(other.lines()).find(|(one, other)| one != other);
    let (one, other) = lines.unwrap_or(("the length", "the length"));
    let at = one.chars().zip(other.chars()).take_while(|(one, other)| one == other).count().saturating_sub(40);
    let part = |line: &str| line.chars().skip(at).take(160).collect::<String>();
    format!("{:?} instead of {:?}", part(one), part(other))
}
