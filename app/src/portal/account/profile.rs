//! The account's page: name, telephone, language; below it calendar, password and sessions.

use domain::calendar::FeedView;
use domain::session::SessionView;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::error::AppError;
use crate::portal::account::calendar::{CalendarFeed, EndCalendarFeed};
use crate::portal::account::security::{ChangePassword, EndSession, Password, Sessions};
use crate::portal::frame::{Page, reader};
use crate::portal::rows::Part;
use crate::portal::text;
use crate::ui::form::{FormErrors, Select, TextField, successes, use_form};
use crate::ui::icon::Icon;
use crate::ui::lang::{lang_options, t};
use crate::ui::load::{Loaded, in_query};
use crate::ui::record::PageHead;

#[cfg(feature = "ssr")]
use crate::ctx::{ContactSession, redirect, server_context};

/// Telephone number, sessions and calendar feed.
type Account = (String, Vec<SessionView>, Option<FeedView>);

/// The reader's telephone number, sessions and calendar feed; the rest of the account is in every page.
#[server(prefix = "/api/portal", endpoint = "account")]
pub async fn load_account() -> Result<(String, Vec<SessionView>, Option<FeedView>), AppError> {
    let session = ContactSession::current().await?;
    let portal = session.portal();
    let new_feed = server_context()?.take_new_feed();
    Ok((portal.phone().await?, portal.sessions().await?, portal.calendar_feed(new_feed).await?))
}

#[server(prefix = "/api/portal", endpoint = "set_profile")]
pub async fn set_profile(name: String, phone: String, lang: String) -> Result<(), AppError> {
    ContactSession::current().await?.portal().set_profile(&name, &phone, &lang).await?;
    server_context()?.set_lang(lang.parse().unwrap_or_default());
    redirect("/account?saved=profile");
    Ok(())
}

#[component]
pub fn AccountPage() -> impl IntoView {
    let saved = in_query("saved");
    let profile = ServerAction::<SetProfile>::new();
    let password = ServerAction::<ChangePassword>::new();
    let end = ServerAction::<EndSession>::new();
    let end_feed = ServerAction::<EndCalendarFeed>::new();
    let (changed, ended, feed_ended) = (successes(password), successes(end), successes(end_feed));
    let resource: Loaded<Account> = Resource::new(move || (saved.get(), changed.get(), ended.get(), feed_ended.get()), |_| load_account());
    let view = move |(phone, sessions, feed): Account| {
        let done = match saved.get_untracked().as_str() {
            "profile" => Some(text::PROFILE_SAVED),
            "password" => Some(text::PASSWORD_CHANGED),
            _ => None,
        };
        view! {
            <PageHead title=t(text::ACCOUNT) />
            {done.map(|done| view! { <div class="notice" data-tone="green" role="status"><Icon name="check" /><div><p>{t(done)}</p></div></div> })}
            <Profile phone action=profile />
            <CalendarFeed feed end=end_feed />
            // In a closure, so that a changed password leaves empty fields.
            {move || view! { <Password action=password /> }}
            <Sessions sessions end />
            <p><a class="button" href="/account/notifications"><Icon name="mail" />{t(text::NOTIFICATIONS)}</a></p>
            <p><a class="button" href="/account/access"><Icon name="eye" />{t(text::ACCESS)}</a></p>
        }
    };
    view! { <Page resource view /> }
}

/// A plain form: another name or language is another page, from its first line on.
#[component]
fn Profile(phone: String, action: ServerAction<SetProfile>) -> impl IntoView {
    let form = use_form(action);
    reader().map(|me| {
        view! {
            <Part id="profile" title=text::PROFILE>
                <FormErrors form=form.clone() />
                <form method="post" action=SetProfile::url()>
                    <TextField form=form.clone() name="name" label=text::NAME value=me.name autocomplete="name" />
                    <TextField form=form.clone() name="phone" label=text::PHONE kind="tel" value=phone autocomplete="tel" />
                    <Select form name="lang" label=text::LANGUAGE value=me.lang.word() options=lang_options() />
                    <dl class="facts"><div><dt>{t(text::EMAIL)}</dt><dd>{me.email}</dd></div></dl>
                    <div class="actions">
                        <button class="primary">{t(text::SAVE)}</button>
                    </div>
                </form>
            </Part>
        }
    })
}
