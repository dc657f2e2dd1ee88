//! The calendar feed: a link for the reader's calendar program, made and ended here. It is shown once.

use domain::calendar::FeedView;
use leptos::form::ActionForm;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::error::AppError;
use crate::portal::frame::reader;
use crate::portal::rows::Part;
use crate::portal::text;
use crate::ui::form::{FormErrors, use_form, use_plain_form};
use crate::ui::lang::t;
use crate::ui::record::Time;

#[cfg(feature = "ssr")]
use crate::ctx::{ContactSession, redirect, server_context};

/// Makes a link; the one before it ends.
#[server(prefix = "/api/portal", endpoint = "make_calendar_feed")]
pub async fn make_calendar_feed() -> Result<(), AppError> {
    let made = ContactSession::current().await?.portal().make_calendar_feed().await?;
    server_context()?.keep_new_feed(&made);
    redirect("/account#calendar");
    Ok(())
}

#[server(prefix = "/api/portal", endpoint = "end_calendar_feed")]
pub async fn end_calendar_feed() -> Result<(), AppError> {
    Ok(ContactSession::current().await?.portal().end_calendar_feed().await?)
}

/// For readers who may see appointments, and for those who have a feed to end.
#[component]
pub fn CalendarFeed(feed: Option<FeedView>, end: ServerAction<EndCalendarFeed>) -> impl IntoView {
    let may_see = reader().is_some_and(|me| me.may_see_appointments);
    (may_see || feed.is_some()).then(|| {
        let (live, making) = (feed.is_some(), use_plain_form(MakeCalendarFeed::url()));
        view! {
            <Part id="calendar" title=text::CALENDAR_FEED>
                <p>{t(text::CALENDAR_MEANS)}</p>
                <p><strong>{t(text::CALENDAR_WARNING)}</strong></p>
                {feed.map(|feed| view! { <Feed feed /> })}
                <FormErrors form=making />
                <FormErrors form=use_form(end) />
                {live.then(|| view! { <p class="hint">{t(text::NEW_LINK_MEANS)} " " {t(text::LINK_OUTLIVES_PASSWORD)}</p> })}
                <div class="actions">
                    // A full load, so that the link is in the page that comes next and in no other.
                    <form method="post" action=MakeCalendarFeed::url()>
                        <button>{t(if live { text::NEW_LINK } else { text::MAKE_LINK })}</button>
                    </form>
                    {live.then(|| view! { <ActionForm action=end><button class="quiet">{t(text::END_LINK)}</button></ActionForm> })}
                </div>
            </Part>
        }
    })
}

#[component]
fn Feed(feed: FeedView) -> impl IntoView {
    let fetched = match feed.fetched {
        Some(stamp) => view! { {t(text::LINK_FETCHED)} " " <Time stamp /> }.into_any(),
        None => t(text::LINK_NOT_FETCHED).into_any(),
    };
    view! {
        {feed.link.map(|link| view! { <FeedLink link /> })}
        <p>{t(text::LINK_MADE)} " " <Time stamp=feed.made /> " · " {fetched}</p>
    }
}

/// The link itself, in a field that is easy to copy from.
#[component]
fn FeedLink(link: String) -> impl IntoView {
    view! {
        <div class="field">
            <label for="calendar-link">{t(text::CALENDAR_LINK)}</label>
            <p class="hint" id="calendar-link-hint">{t(text::CALENDAR_ONCE)}</p>
            <input id="calendar-link" type="text" readonly value=link aria-describedby="calendar-link-hint" />
        </div>
    }
}
