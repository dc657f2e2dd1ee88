//! Password and sessions.

use domain::id::SessionId;
use domain::session::SessionView;
use leptos::form::ActionForm;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::error::AppError;
use crate::portal::rows::Part;
use crate::portal::text;
use crate::ui::form::{FormErrors, TextField, use_form};
use crate::ui::lang::{t, use_lang};
use crate::ui::record::Time;

#[cfg(feature = "ssr")]
use crate::ctx::{ContactSession, redirect, server_context};

/// Sets another password; all other sessions end.
#[server(prefix = "/api/portal", endpoint = "change_password")]
pub async fn change_password(old: String, password: String) -> Result<(), AppError> {
    ContactSession::current().await?.portal().change_password(&old, &password).await?;
    redirect("/account?saved=password");
    Ok(())
}

#[server(prefix = "/api/portal", endpoint = "end_session")]
pub async fn end_session(session: SessionId) -> Result<(), AppError> {
    Ok(ContactSession::current().await?.portal().end_session(session).await?)
}

#[server(prefix = "/api/portal", endpoint = "sign_out_everywhere")]
pub async fn sign_out_everywhere() -> Result<(), AppError> {
    ContactSession::current().await?.portal().sign_out_everywhere().await?;
    server_context()?.clear_session();
    redirect("/sign-in");
    Ok(())
}

#[component]
pub fn Password(action: ServerAction<ChangePassword>) -> impl IntoView {
    let form = use_form(action);
    view! {
        <Part id="change-password" title=text::CHANGE_PASSWORD>
            <FormErrors form=form.clone() />
            <ActionForm action=action>
                <TextField form=form.clone() name="old" label=text::OLD_PASSWORD kind="password" autocomplete="current-password" />
                <TextField form=form name="password" label=text::NEW_PASSWORD hint=text::PASSWORD_HINT kind="password" autocomplete="new-password" />
                <p class="hint">{t(text::OTHERS_END)}</p>
                <div class="actions">
                    <button>{t(text::SAVE_PASSWORD)}</button>
                </div>
            </ActionForm>
        </Part>
    }
}

#[component]
pub fn Sessions(sessions: Vec<SessionView>, end: ServerAction<EndSession>) -> impl IntoView {
    let rows = sessions.into_iter().map(|session| view! { <li><Session session end /></li> }).collect_view();
    view! {
        <Part id="sessions" title=text::SESSIONS>
            <FormErrors form=use_form(end) />
            <ul class="rows">{rows}</ul>
            // A full load, so that nothing of the session stays in the page.
            <form method="post" action=SignOutEverywhere::url()>
                <button>{t(text::SIGN_OUT_EVERYWHERE)}</button>
            </form>
        </Part>
    }
}

#[component]
fn Session(session: SessionView, end: ServerAction<EndSession>) -> impl IntoView {
    let state = if session.this_one {
        view! { <span class="chip" data-tone="petrol">{t(text::THIS_SESSION)}</span> }.into_any()
    } else {
        view! {
            <ActionForm action=end>
                <input type="hidden" name="session" value=session.id.to_string() />
                <button class="small">{t(text::END_SESSION)}</button>
            </ActionForm>
        }
        .into_any()
    };
    view! {
        <div class="row">
            <span class="row-title">{session.device(use_lang())}</span>
            <span class="row-meta">{t(text::STARTED)} " " <Time stamp=session.started /> " · " {t(text::LAST_SEEN)} " " <Time stamp=session.last_seen /></span>
            <span class="row-end">{state}</span>
        </div>
    }
}
