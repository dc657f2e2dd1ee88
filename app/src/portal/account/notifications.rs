//! Which mails the reader gets: for each topic when, and about whose work.

use std::collections::BTreeMap;

use domain::notification::{Scope, Timing, TopicChoice};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::error::AppError;
use crate::portal::frame::Page;
use crate::portal::text;
use crate::ui::form::{FormErrors, FormState, Radios, use_plain_form};
use crate::ui::icon::Icon;
use crate::ui::lang::t;
use crate::ui::load::{Loaded, in_query};
use crate::ui::record::PageHead;

#[cfg(feature = "ssr")]
use crate::ctx::{ContactSession, redirect};

#[server(prefix = "/api/portal", endpoint = "notifications")]
pub async fn load_notifications() -> Result<Vec<TopicChoice>, AppError> {
    Ok(ContactSession::current().await?.portal().notifications().await?)
}

/// Chooses for all topics: the fields that each topic names.
#[server(prefix = "/api/portal", endpoint = "set_notifications")]
pub async fn set_notifications(#[server(default)] choices: BTreeMap<String, String>) -> Result<(), AppError> {
    ContactSession::current().await?.portal().set_notifications(&choices).await?;
    redirect("/account/notifications?saved=yes");
    Ok(())
}

#[component]
pub fn NotificationsPage() -> impl IntoView {
    let saved = in_query("saved");
    let resource: Loaded<Vec<TopicChoice>> = Resource::new(move || saved.get(), |_| load_notifications());
    let view = move |choices: Vec<TopicChoice>| {
        let form = use_plain_form(SetNotifications::url());
        let is_saved = !saved.get_untracked().is_empty();
        let topics = choices.into_iter().map(|one| view! { <TopicFields form=form.clone() one /> }).collect_view();
        view! {
            <p><a class="back" href="/account"><Icon name="arrow-left" />{t(text::ACCOUNT)}</a></p>
            <PageHead title=t(text::NOTIFICATIONS) />
            {is_saved
                .then(|| {
                    view! { <div class="notice" data-tone="green" role="status"><Icon name="check" /><div><p>{t(text::NOTIFICATIONS_SAVED)}</p></div></div> }
                })}
            <p class="lede">{t(text::NOTIFICATIONS_LEDE)}</p>
            <FormErrors form />
            <form method="post" action=SetNotifications::url()>
                {topics}
                <p class="hint">{t(text::ACCOUNT_MAILS)}</p>
                <div class="actions">
                    <button class="primary">{t(text::SAVE)}</button>
                </div>
            </form>
        }
    };
    view! { <Page resource view /> }
}

#[component]
fn TopicFields(form: FormState, one: TopicChoice) -> impl IntoView {
    let [timing, scope] = one.topic.fields();
    let scopes: Vec<_> = Scope::ALL.iter().map(|scope| (scope.word().to_owned(), t(scope.label()).to_owned(), String::new())).collect();
    view! {
        <fieldset>
            <legend>{t(one.topic.label())}</legend>
            <p class="hint">{t(one.topic.meaning())}</p>
            <Radios
                form=form.clone()
                name=timing
                label=text::WHEN_MAILED
                within="choices"
                value=one.choice.timing.word()
                inline=true
                options=timings()
            />
            <Radios form name=scope label=text::WHOSE_WORK within="choices" value=one.choice.scope.word() inline=true options=scopes />
        </fieldset>
    }
}

/// The choices of when, for radios.
pub fn timings() -> Vec<(String, String, String)> {
    Timing::ALL.iter().map(|timing| (timing.word().to_owned(), t(timing.label()).to_owned(), String::new())).collect()
}
