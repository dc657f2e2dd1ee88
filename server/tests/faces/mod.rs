//! Both faces as the boundary tests see them: a world with one of everything (`world`), everybody who may ask (`actors`), everything that
//! can be asked (`endpoints`), and how it is asked (`asking`).
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, reason = "each test file uses a part of it, and a test may panic")]

pub mod actors;
pub mod asking;
pub mod endpoints;
pub mod marks;
mod scene;
pub mod schema;
pub mod world;

use app::ctx::Face;

use actors::Actor;
use asking::{Answer, Faces};
use endpoints::Endpoint;
use world::{Furnished, Id};

/// One question and its answer.
pub struct Visit<'a> {
    pub actor: &'a Actor,
    pub endpoint: &'a Endpoint,
    /// Whose row was asked for, at endpoints that take an id.
    pub id: Option<Id>,
    /// The id as it was sent.
    pub text: String,
    pub answer: Answer,
}

/// Lets every actor ask a face for everything, and shows each visit.
pub async fn walk(world: &mut Furnished, faces: &Faces, face: Face, actors: &'static [Actor], mut seen: impl FnMut(Visit<'_>)) {
    for actor in actors {
        let mut cookie = world.enter(actor).await;
        for endpoint in endpoints::of(face) {
            let ids: &[Option<Id>] = if endpoint.thing().is_some() { &Id::EACH } else { &[None] };
            for id in ids {
                let text = match (endpoint.thing(), id) {
                    (Some(thing), Some(id)) => world.id(thing, *id).await,
                    _ => String::new(),
                };
                let answer = faces.ask(face, &cookie, endpoint.request(face, &text, world)).await;
                seen(Visit { actor, endpoint, id: *id, text, answer });
                if endpoint.ends_session {
                    cookie = world.cookie(actor).await;
                }
            }
        }
    }
}
