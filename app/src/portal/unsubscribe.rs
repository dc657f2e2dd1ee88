//! The page behind a mail's link to stop such mails, without a sign-in. Opening it stops nothing; its button does.

use domain::notification::{Topic, UnsubscribeView};
use domain::text::Text;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::error::AppError;
use crate::portal::frame::{Bare, LinkEnded, unless_ended};
use crate::portal::text;
use crate::ui::form::{FormErrors, use_plain_form};
use crate::ui::lang::t;
use crate::ui::load::{Load, Loaded, in_query};
use crate::ui::record::PageHead;

#[cfg(feature = "ssr")]
use crate::ctx::{redirect, server_context};

/// What the link that was opened would stop. Changes nothing.
#[server(prefix = "/api/portal", endpoint = "unsubscription")]
pub async fn unsubscription() -> Result<UnsubscribeView, AppError> {
    let ctx = server_context()?;
    Ok(ctx.db.anonymous().unsubscription(&ctx.flow_token()?).await?)
}

#[server(prefix = "/api/portal", endpoint = "unsubscribe")]
pub async fn unsubscribe() -> Result<(), AppError> {
    let ctx = server_context()?;
    ctx.db.anonymous().unsubscribe(&ctx.flow_token()?).await?;
    ctx.clear_flow();
    redirect("/unsubscribe?done=yes");
    Ok(())
}

#[component]
pub fn UnsubscribePage() -> impl IntoView {
    let done = in_query("done");
    let resource: Loaded<Option<UnsubscribeView>> = Resource::new(|| (), |()| async { unless_ended(unsubscription().await) });
    let view = move |link: Option<UnsubscribeView>| match link {
        Some(link) => view! { <Question link /> }.into_any(),
        None if !done.get_untracked().is_empty() => view! {
            <PageHead title=t(text::MAILS_STOPPED) />
            <p class="lede">{t(text::MAILS_STOPPED_MEANS)}</p>
            <ChooseMails />
        }
        .into_any(),
        None => view! { <LinkEnded ask=text::STOP_LINK_ENDED><ChooseMails /></LinkEnded> }.into_any(),
    };
    view! { <Bare><Load resource view /></Bare> }
}

/// The way to all choices, behind the sign-in.
#[component]
fn ChooseMails() -> impl IntoView {
    view! { <p><a class="button" href="/account/notifications">{t(text::NOTIFICATIONS)}</a></p> }
}

#[component]
fn Question(link: UnsubscribeView) -> impl IntoView {
    let form = use_plain_form(Unsubscribe::url());
    view! {
        <p class="brand">{link.company}</p>
        <PageHead title=t(text::STOP_MAILS) />
        <p class="lede">{t(what_stops(link.topic))}</p>
        <FormErrors form />
        <form method="post" action=Unsubscribe::url()>
            <div class="actions">
                <button class="primary">{t(text::STOP_MAILS)}</button>
            </div>
        </form>
    }
}

fn what_stops(topic: Option<Topic>) -> Text {
    match topic {
        Some(Topic::Request) => text::STOP_REQUESTS,
        Some(Topic::Appointment) => text::STOP_APPOINTMENTS,
        Some(Topic::Report) => text::STOP_REPORTS,
        Some(Topic::FollowUp) => text::STOP_FOLLOW_UPS,
        None => text::STOP_DIGEST,
    }
}
