//! The page behind an invitation's link: who invites, to what, and the password to set.

use domain::invitation::InvitationView;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::error::AppError;
use crate::portal::frame::{Bare, LinkEnded, unless_ended};
use crate::portal::text;
use crate::ui::form::{FormErrors, TextField, use_plain_form};
use crate::ui::lang::{t, use_lang};
use crate::ui::load::{Load, Loaded};
use crate::ui::record::PageHead;

#[cfg(feature = "ssr")]
use crate::ctx::{redirect, server_context};

/// The invitation whose link was opened. Changes nothing.
#[server(prefix = "/api/portal", endpoint = "invitation")]
pub async fn invitation() -> Result<InvitationView, AppError> {
    let ctx = server_context()?;
    let (invitation, _) = ctx.db.anonymous().invitation(&ctx.flow_token()?).await?;
    Ok(invitation)
}

#[server(prefix = "/api/portal", endpoint = "accept_invitation")]
pub async fn accept_invitation(password: String) -> Result<(), AppError> {
    let ctx = server_context()?;
    let token = ctx.db.anonymous().accept_invitation(&ctx.flow_token()?, &password, &ctx.client).await?;
    ctx.clear_flow();
    ctx.set_session(&token);
    redirect("/welcome");
    Ok(())
}

#[component]
pub fn InvitationPage() -> impl IntoView {
    let resource: Loaded<Option<InvitationView>> = Resource::new(|| (), |()| async { unless_ended(invitation().await) });
    let view = move |invitation: Option<InvitationView>| match invitation {
        Some(invitation) => view! { <Invitation invitation /> }.into_any(),
        None => view! { <LinkEnded ask=text::ASK_FOR_INVITATION /> }.into_any(),
    };
    view! { <Bare><Load resource view /></Bare> }
}

#[component]
fn Invitation(invitation: InvitationView) -> impl IntoView {
    let (form, lang) = (use_plain_form(AcceptInvitation::url()), use_lang());
    let places = if invitation.locations.is_empty() { vec![t(text::INVITATION_ALL).to_owned()] } else { invitation.locations };
    view! {
        <p class="brand">{invitation.company.clone()}</p>
        <PageHead title=t(text::INVITATION_TITLE) />
        <p class="lede">
            {text::INVITED_BY.fill(lang, &[("name", &invitation.invited_by), ("company", &invitation.company)])} " "
            {text::INVITATION_FOR.fill(lang, &[("customer", &invitation.customer_name)])}
        </p>
        <section class="card">
            <h2>{t(text::INVITATION_PLACES)}</h2>
            <ul>{places.into_iter().map(|place| view! { <li>{place}</li> }).collect_view()}</ul>
            <p class="hint">{text::INVITATION_UNTIL.fill(lang, &[("date", &invitation.expires.text)])}</p>
        </section>
        <FormErrors form=form.clone() />
        <form method="post" action=AcceptInvitation::url()>
            // For password managers: whose password this is.
            <TextField form=form.clone() name="email" label=text::EMAIL kind="email" value=invitation.email autocomplete="username" />
            <TextField form=form name="password" label=text::NEW_PASSWORD hint=text::PASSWORD_HINT kind="password" autocomplete="new-password" />
            <div class="actions">
                <button class="primary">{t(text::ACCEPT)}</button>
            </div>
        </form>
    }
}
