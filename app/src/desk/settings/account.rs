//! A staff member's own account: language, password, sessions.

use domain::session::{SessionView, StaffMe};
use leptos::form::ActionForm;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::desk::keys::SetSingleKeys;
use crate::desk::settings::sessions::{EndStaffSession, Sessions};
use crate::desk::text;
use crate::error::AppError;
use crate::ui::form::{Check, FormErrors, Select, TextField, use_form};
use crate::ui::lang::{lang_options, t};
use crate::ui::load::in_query;
use crate::ui::record::Notice;

#[cfg(feature = "ssr")]
use crate::ctx::{StaffSession, redirect, server_context};

#[server(prefix = "/api/desk", endpoint = "set_lang")]
pub async fn set_staff_lang(lang: String) -> Result<(), AppError> {
    StaffSession::current().await?.desk().set_lang(&lang).await?;
    server_context()?.set_lang(lang.parse().map_err(|_| AppError::NotFound)?);
    redirect("/desk/settings");
    Ok(())
}

#[server(prefix = "/api/desk", endpoint = "change_password")]
pub async fn change_staff_password(old: String, password: String) -> Result<(), AppError> {
    StaffSession::current().await?.desk().change_password(&old, &password).await?;
    redirect("/desk/settings?changed=password");
    Ok(())
}

#[server(prefix = "/api/desk", endpoint = "sign_out_everywhere")]
pub async fn staff_sign_out_everywhere() -> Result<(), AppError> {
    StaffSession::current().await?.desk().sign_out_everywhere().await?;
    server_context()?.clear_session();
    redirect("/desk/sign-in");
    Ok(())
}

#[component]
pub fn Account(
    me: StaffMe,
    sessions: Vec<SessionView>,
    password: ServerAction<ChangeStaffPassword>,
    end: ServerAction<EndStaffSession>,
) -> impl IntoView {
    let changed = in_query("changed").with_untracked(|changed| changed == "password");
    view! {
        <div class="column">
            {changed
                .then(|| {
                    view! { <div role="status"><Notice tone="green" icon="check" text=t(text::PASSWORD_CHANGED) /></div> }
                })}
            <dl class="facts">
                <div><dt>{t(text::NAME)}</dt><dd>{me.name.clone()}</dd></div>
                <div><dt>{t(text::ROLE)}</dt><dd>{t(me.role.label())}</dd></div>
            </dl>
            <Language me=me.clone() />
            <SingleKeys me />
            <Password password />
            <section>
                <h2>{t(text::SESSIONS)}</h2>
                <Sessions sessions end />
                // A full load, so that nothing of the session stays in the page.
                <form method="post" action=StaffSignOutEverywhere::url()>
                    <button>{t(text::SIGN_OUT_EVERYWHERE)}</button>
                </form>
            </section>
        </div>
    }
}

/// A page keeps its language while it lives: a plain form, so that changing it loads the page anew.
#[component]
fn Language(me: StaffMe) -> impl IntoView {
    let form = use_form(ServerAction::<SetStaffLang>::new());
    view! {
        <section>
            <h2>{t(text::LANGUAGE)}</h2>
            <FormErrors form=form.clone() />
            <form method="post" action=SetStaffLang::url()>
                <Select form name="lang" label=text::LANGUAGE value=me.lang.word() options=lang_options() />
                <div class="actions">
                    <button>{t(text::SAVE)}</button>
                </div>
            </form>
        </section>
    }
}

/// As with the language, the page loads anew.
#[component]
fn SingleKeys(me: StaffMe) -> impl IntoView {
    let form = use_form(ServerAction::<SetSingleKeys>::new());
    view! {
        <section>
            <h2>{t(text::KEYS)}</h2>
            <p><a href="/desk/keys">{t(text::KEYS)}</a></p>
            <FormErrors form=form.clone() />
            <form method="post" action=SetSingleKeys::url()>
                <Check form name="single_keys" label=text::SINGLE_KEYS checked=me.single_keys />
                <div class="actions">
                    <button>{t(text::SAVE)}</button>
                </div>
            </form>
        </section>
    }
}

#[component]
fn Password(password: ServerAction<ChangeStaffPassword>) -> impl IntoView {
    let form = use_form(password);
    view! {
        <section>
            <h2>{t(text::PASSWORD)}</h2>
            <FormErrors form=form.clone() />
            <ActionForm action=password>
                <TextField form=form.clone() name="old" label=text::OLD_PASSWORD kind="password" autocomplete="current-password" />
                <TextField
                    form
                    name="password"
                    label=text::NEW_PASSWORD
                    hint=text::PASSWORD_HINT
                    kind="password"
                    autocomplete="new-password"
                />
                <div class="actions">
                    <button>{t(text::CHANGE_PASSWORD)}</button>
                </div>
            </ActionForm>
        </section>
    }
}
