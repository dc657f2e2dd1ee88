//! The words that customers read for public statuses: the company's own, where it has some, as the page's reader carries them.

use std::sync::Arc;

use domain::appointment::AppointmentRow;
use domain::follow_up::FollowUpStatus;
use domain::request::PublicStatus;
use domain::status_word::{OwnWords, StatusWord};
use leptos::prelude::*;

use crate::ui::lang::use_lang;

/// Where a face has them.
#[derive(Clone)]
struct Source(Arc<dyn Fn() -> OwnWords + Send + Sync>);

/// Says where the face's reader carries them. Call it in the app's root.
pub fn provide_own_words(words: impl Fn() -> OwnWords + Send + Sync + 'static) {
    provide_context(Source(Arc::new(words)));
}

/// The company's own words, inside the loaded part of a page, which has waited for the reader.
fn own_words() -> OwnWords {
    use_context::<Source>().map(|source| (source.0)()).unwrap_or_default()
}

/// A request's status.
pub fn request_word(status: PublicStatus) -> String {
    own_words().say(StatusWord::of_request(status), use_lang())
}

/// An appointment's status.
pub fn appointment_word(row: &AppointmentRow) -> String {
    own_words().say(row.public_word(), use_lang())
}

/// A follow-up's status.
pub fn follow_up_word(status: FollowUpStatus) -> String {
    own_words().of_follow_up(status, use_lang())
}
