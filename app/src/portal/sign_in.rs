//! Signing in, and getting back in with a forgotten password. Plain forms: who signs in starts with a page that knows nothing of before.

use domain::brand::Mark;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_query_map;

use crate::error::AppError;
use crate::portal::frame::{Bare, CompanyMark, LinkEnded, unless_ended};
use crate::portal::text;
use crate::ui::form::{FormErrors, TextField, use_plain_form};
use crate::ui::lang::t;
use crate::ui::load::{Load, Loaded};
use crate::ui::record::PageHead;

#[cfg(feature = "ssr")]
use crate::ctx::{redirect, server_context};

#[server(prefix = "/api/portal", endpoint = "sign_in")]
pub async fn sign_in(email: String, password: String, #[server(default)] next: String) -> Result<(), AppError> {
    let ctx = server_context()?;
    let token = ctx.db.anonymous().sign_in_contact(&email, &password, &ctx.client).await?;
    ctx.set_session(&token);
    redirect(&next);
    Ok(())
}

#[server(prefix = "/api/portal", endpoint = "ask_reset")]
pub async fn ask_reset(email: String) -> Result<(), AppError> {
    let ctx = server_context()?;
    ctx.db.anonymous().ask_reset(&email, &ctx.client).await?;
    redirect("/forgotten?sent=yes");
    Ok(())
}

/// Whether the reset link that was opened can be used.
#[server(prefix = "/api/portal", endpoint = "check_reset")]
pub async fn check_reset() -> Result<(), AppError> {
    let ctx = server_context()?;
    Ok(ctx.db.anonymous().check_reset(&ctx.flow_token()?).await?)
}

#[server(prefix = "/api/portal", endpoint = "reset_password")]
pub async fn reset_password(password: String) -> Result<(), AppError> {
    let ctx = server_context()?;
    let token = ctx.db.anonymous().reset_password(&ctx.flow_token()?, &password, &ctx.client).await?;
    ctx.clear_flow();
    ctx.set_session(&token);
    redirect("/");
    Ok(())
}

/// The company's name and logo, for pages before the sign-in.
#[server(prefix = "/api/portal", endpoint = "company")]
pub async fn company() -> Result<Mark, AppError> {
    Ok(server_context()?.db.anonymous().company().await?.mark())
}

#[component]
pub fn SignInPage() -> impl IntoView {
    let resource: Loaded<Mark> = Resource::new(|| (), |()| company());
    let next = use_query_map().with_untracked(|query| query.get("next").unwrap_or_default());
    let view = move |mark: Mark| {
        let (form, next) = (use_plain_form(SignIn::url()), next.clone());
        view! {
            <p class="brand"><CompanyMark mark /></p>
            <PageHead title=t(text::SIGN_IN) />
            <FormErrors form=form.clone() />
            <form method="post" action=SignIn::url()>
                <input type="hidden" name="next" value=next />
                <TextField form=form.clone() name="email" label=text::EMAIL kind="email" autocomplete="username" />
                <TextField form=form name="password" label=text::PASSWORD kind="password" autocomplete="current-password" />
                <div class="actions">
                    <button class="primary">{t(text::SIGN_IN)}</button>
                </div>
            </form>
            <p><a href="/forgotten">{t(text::FORGOTTEN)}</a></p>
        }
    };
    view! { <Bare><Load resource view /></Bare> }
}

#[component]
pub fn ForgottenPage() -> impl IntoView {
    let resource: Loaded<()> = Resource::new(|| (), |()| async { Ok(()) });
    let sent = use_query_map().with(|query| query.get("sent").is_some());
    let view = move |()| {
        let form = use_plain_form(AskReset::url());
        view! {
            <PageHead title=t(text::FORGOTTEN_TITLE) />
            <p class="lede">{t(if sent { text::LINK_SENT } else { text::FORGOTTEN_LEDE })}</p>
            <FormErrors form=form.clone() />
            <form method="post" action=AskReset::url()>
                <TextField form=form name="email" label=text::EMAIL kind="email" autocomplete="username" />
                <div class="actions">
                    <button class="primary">{t(text::SEND_LINK)}</button>
                </div>
            </form>
            <p><a href="/sign-in">{t(text::SIGN_IN)}</a></p>
        }
    };
    view! { <Bare><Load resource view /></Bare> }
}

#[component]
pub fn ResetPage() -> impl IntoView {
    let resource: Loaded<bool> = Resource::new(|| (), |()| async { Ok(unless_ended(check_reset().await)?.is_some()) });
    let view = move |good: bool| match good {
        true => view! { <NewPassword /> }.into_any(),
        false => view! {
            <LinkEnded ask=text::ASK_FOR_LINK>
                <p><a class="button primary" href="/forgotten">{t(text::SEND_LINK)}</a></p>
            </LinkEnded>
        }
        .into_any(),
    };
    view! { <Bare><Load resource view /></Bare> }
}

#[component]
fn NewPassword() -> impl IntoView {
    let form = use_plain_form(ResetPassword::url());
    view! {
        <PageHead title=t(text::RESET_TITLE) />
        <FormErrors form=form.clone() />
        <form method="post" action=ResetPassword::url()>
            <TextField form=form name="password" label=text::NEW_PASSWORD hint=text::PASSWORD_HINT kind="password" autocomplete="new-password" />
            <div class="actions">
                <button class="primary">{t(text::SAVE_PASSWORD)}</button>
            </div>
        </form>
    }
}
