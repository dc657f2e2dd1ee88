//! The canary run (security promise 4): every field that somebody can fill holds a text that names it; everybody reads everything on the

//! portal that it can reach; and nobody meets a text that is not for it. The public texts beside them are all found, so the run sees.

use std::collections::{BTreeSet, HashMap};

use crate::domain_support::{World, on_both};
use crate::faces::actors::{Actor, CONTACTS, Carries, STRANGERS};
use crate::faces::asking::{Answer, Faces};
use crate::faces::endpoints;
use crate::faces::marks::Mark;
use crate::faces::schema::{Column, schema};
use crate::faces::world::{Furnished, Set, Thing};
use crate::faces::{Visit, walk};
use app::ctx::Face;
use axum::body::Body;
use http::{Request, header};
use sqlx::Connection;

/// Findings that are listed when there are many.
const LISTED: usize = 60;

#[tokio::test(flavor = "multi_thread")]
async fn promise_4_nothing_internal_and_nothing_of_others_leaves_the_portal() {
    on_both(async |world| {
        let engine = world.engine;
        let mut world = Furnished::new(world).await;
        let faces = Faces::of(&world.world);
        let (mut leaks, mut found) = (BTreeSet::new(), BTreeSet::new());
        let watch = Watch::of(&world);
        for actors in [STRANGERS, CONTACTS] {
            walk(&mut world, &faces, Face::Portal, actors, |visit| {
                let seen = watch.look(&visit);
                leaks.extend(
                    seen.leaks.into_iter().map(|leak| format!("{leak} at {} as {}", visit.endpoint.label(Face::Portal), visit.actor.name)),
                );
                found.extend(seen.found);
            })
            .await;
        }
        let leaks: Vec<_> = leaks.into_iter().collect();
        assert!(leaks.is_empty(), "{engine}: {} leaks\n{}", leaks.len(), leaks[..leaks.len().min(LISTED)].join("\n"));
        let lost: Vec<_> =
            watch.marks.values().filter(|mark| !mark.shown_with.is_empty() && !found.contains(&mark.text)).map(|mark| &mark.text).collect();
        assert!(lost.is_empty(), "{engine}: public texts that nobody found, so the run may be blind: {lost:#?}");
    })
    .await;
}

/// A feed is fetched without a session: it must hold what its contact sees, and no more.
#[tokio::test(flavor = "multi_thread")]
async fn promise_4_a_calendar_feed_has_what_its_contact_sees() {
    on_both(async |world| {
        let engine = world.engine;
        let mut world = Furnished::new(world).await;
        let faces = Faces::of(&world.world);
        let (watch, row) = (Watch::of(&world), &endpoints::PORTAL[0]);
        let (mut leaks, mut found) = (BTreeSet::new(), BTreeSet::new());
        for actor in CONTACTS.iter().filter(|actor| actor.contact().is_some()) {
            let cookie = world.enter(actor).await;
            let path = feed_of(&faces, &cookie).await;
            let answer = faces.ask(Face::Portal, "", get(&path)).await;
            assert_eq!(answer.status.as_u16(), 200, "{engine}: {answer}");
            // A calendar's lines are folded.
            let answer = Answer { body: answer.body.replace("\r\n ", ""), ..answer };
            let seen = watch.look(&Visit { actor, endpoint: row, id: None, text: String::new(), answer });
            leaks.extend(seen.leaks.into_iter().map(|leak| format!("{leak} in the feed of {}", actor.name)));
            found.extend(seen.found);
        }
        assert!(leaks.is_empty(), "{engine}: {leaks:#?}");
        assert!(found.iter().any(|mark| mark.starts_with("public-here-work")), "{engine}: the feeds are empty, {found:#?}");
    })
    .await;
}

/// Makes a feed, and reads its link where it is shown.
async fn feed_of(faces: &Faces, cookie: &str) -> String {
    let make = Request::post("/api/portal/make_calendar_feed")
        .header(header::ACCEPT, "text/html")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::empty())
        .unwrap();
    let made = faces.ask(Face::Portal, cookie, make).await;
    let kept = made.headers.get_all(header::SET_COOKIE).iter().filter_map(|cookie| cookie.to_str().ok()?.split(';').next());
    let kept = kept.filter(|cookie| cookie.starts_with("ordinavo_calendar=")).collect::<String>();
    let page = faces.ask(Face::Portal, &format!("{cookie}; {kept}"), get("/account")).await;
    // Somebody without the right is shown the feed that is there, to end it.
    let at = page.body.find("/calendar/").unwrap_or_else(|| panic!("no link: {page}"));
    page.body[at..].chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '_' | '.')).collect()
}

fn get(path: &str) -> Request<Body> {
    Request::get(path).header(header::ACCEPT, "text/html").body(Body::empty()).unwrap()
}

/// What may not be met, and by whom.
struct Watch {
    marks: HashMap<String, Mark>,
    /// Values that do not name themselves.
    secrets: BTreeSet<String>,
    rows: Vec<(Thing, Set, String)>,
}

#[derive(Default)]
struct Seen {
    leaks: Vec<String>,
    found: Vec<String>,
}

impl Watch {
    fn of(world: &Furnished) -> Self {
        let (mut marks, mut secrets) = (HashMap::new(), BTreeSet::new());
        for mark in &world.marks.0 {
            if is_mark(&mark.text) {
                marks.insert(mark.text.clone(), Mark { text: mark.text.clone(), shown_with: mark.shown_with.clone() });
            } else {
                secrets.insert(mark.text.clone());
            }
        }
        Self { marks, secrets, rows: world.rows().map(|(thing, set, id)| (thing, set, id.to_string())).collect() }
    }

    fn look(&self, visit: &Visit<'_>) -> Seen {
        let text = everything(&visit.answer);
        let mut seen = Seen::default();
        for found in marks_in(&text) {
            match self.marks.get(found) {
                Some(mark) if mark.shown_with.iter().any(|(thing, set)| sees(visit.actor, *thing, *set)) => {
                    seen.found.push(found.to_owned())
                }
                // A part of an internal text is a leak as well.
                Some(_) => seen.leaks.push(found.to_owned()),
                None if found.starts_with("internal-") => seen.leaks.push(found.to_owned()),
                None => {}
            }
        }
        seen.leaks.extend(self.secrets.iter().filter(|secret| text.contains(*secret)).cloned());
        let unseen = self.rows.iter().filter(|(thing, set, id)| *id != visit.text && !sees(visit.actor, *thing, *set));
        seen.leaks.extend(unseen.filter(|(.., id)| text.contains(id)).map(|(thing, set, _)| format!("the id of {thing:?} of {set:?}")));
        seen
    }
}

/// An invited person reads to which customer it is invited; otherwise only contacts read anything.
fn sees(actor: &Actor, thing: Thing, set: Set) -> bool {
    match actor.contact() {
        Some(contact) => contact.sees(thing, set),
        None => matches!(actor.carries, Carries::InvitationLink) && thing == Thing::Customer && set == Set::Here,
    }
}

/// Headers and body, as received.
fn everything(answer: &Answer) -> String {
    let headers: String =
        answer.headers.iter().map(|(name, value)| format!("{name}: {}\n", String::from_utf8_lossy(value.as_bytes()))).collect();
    format!("{headers}\n{}", answer.body)
}

fn is_mark(text: &str) -> bool {
    text.starts_with("internal-") || text.starts_with("public-")
}

/// All planted texts, whole or cut off, wherever they stand.
fn marks_in(text: &str) -> impl Iterator<Item = &str> {
    ["internal-", "public-"].into_iter().flat_map(move |start| text.match_indices(start)).map(move |(at, _)| {
        let rest = &text[at..];
        let word = rest.find(|c: char| !c.is_ascii_lowercase() && c != '-').map_or(rest, |end| &rest[..end]);
        word.find(crate::faces::marks::END).map_or(word, |end| &word[..end + crate::faces::marks::END.len()])
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn promise_4_mails_carry_no_content() {
    on_both(async |world| {
        let world = Furnished::new(world).await;
        world.world.system.send_due_mail(&world.world.mailer).await.unwrap();
        let mails: Vec<String> = std::fs::read_dir(&world.world.mail_folder)
            .unwrap()
            .map(|mail| std::fs::read_to_string(mail.unwrap().path()).unwrap().replace("=\r\n", "").replace("=3D", "="))
            .collect();
        assert!(mails.iter().any(|mail| mail.contains("/reports/")), "notices were sent");
        for mail in &mails {
            let to = mail.lines().find(|line| line.starts_with("To: ")).unwrap();
            // Its recipient's name and address, by the word of the recipient's set.
            let own = |found: &str| {
                ["-name", "-email"].iter().any(|end| {
                    found
                        .strip_suffix(crate::faces::marks::END)
                        .is_some_and(|found| found.strip_suffix(end).is_some_and(|whose| to.contains(&format!("{whose}-email"))))
                })
            };
            let foreign: Vec<_> = marks_in(mail).filter(|found| !own(found)).collect();
            assert!(foreign.is_empty(), "{}: {foreign:?} in a mail\n{mail}", world.world.engine);
        }
    })
    .await;
}

// ------------------------------------------------------------------------------------------------- is the run complete?

#[test]
fn the_schema_is_understood() {
    let columns = schema();
    let internal: BTreeSet<String> = columns.iter().filter(|c| c.internal).map(|c| format!("{}.{}", c.table, c.name)).collect();
    for known in [
        "request.assignee_id",
        "target.routing_score",
        "appointment.team",
        "report_release.withdraw_reason",
        "visit.technician",
        "location.internal_note",
    ] {
        assert!(internal.contains(known), "{known} of {internal:?}");
    }
    for public in ["request.title", "target.public_title", "report_release.summary", "customer.created_at"] {
        assert!(!internal.contains(public), "{public}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn promise_4_every_internal_column_and_every_typed_text_is_filled() {
    on_both(async |world| {
        let engine = world.engine;
        let world = Furnished::new(world).await;
        let mut empty = Vec::new();
        for column in schema() {
            let typed = column.is_typed();
            let Column { table, name, kind, internal } = column;
            let condition = match (typed, internal, kind.split(' ').next()) {
                (true, true, _) => format!("{name} LIKE '%internal-%'"),
                (true, false, _) => format!("{name} LIKE '%internal-%' OR {name} LIKE '%public-%'"),
                (false, true, Some("BIGINT")) => format!("{name} <> 0"),
                (false, true, _) => format!("{name} IS NOT NULL"),
                (false, false, _) => continue,
            };
            if count(&world.world, &format!("SELECT COUNT(*) FROM {table} WHERE {condition}")).await == 0 {
                empty.push(format!("{table}.{name}"));
            }
        }
        assert!(empty.is_empty(), "{engine}: nothing in faces/scene.rs fills {empty:?}, so the run cannot tell whether they leak");
    })
    .await;
}

async fn count(world: &World, sql: &str) -> i64 {
    let sql = sqlx::AssertSqlSafe(sql.to_owned());
    match world.engine {
        "sqlite" => sqlx::query_scalar(sql).fetch_one(&mut sqlx::SqliteConnection::connect(&world.url).await.unwrap()).await.unwrap(),
        _ => sqlx::query_scalar(sql).fetch_one(&mut sqlx::PgConnection::connect(&world.url).await.unwrap()).await.unwrap(),
    }
}
