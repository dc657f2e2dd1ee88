//! Signing in to the desk.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_query_map;

use crate::desk::frame::Bare;
use crate::desk::text;
use crate::error::AppError;
use crate::ui::form::{FormErrors, TextField, use_plain_form};
use crate::ui::lang::t;
use crate::ui::load::{Load, Loaded};
use crate::ui::record::PageHead;

#[cfg(feature = "ssr")]
use crate::ctx::{redirect, server_context};

#[server(prefix = "/api/desk", endpoint = "sign_in")]
pub async fn staff_sign_in(email: String, password: String, #[server(default)] next: String) -> Result<(), AppError> {
    let ctx = server_context()?;
    let token = ctx.db.anonymous().sign_in_staff(&email, &password, &ctx.client).await?;
    ctx.set_session(&token);
    let actor = ctx.db.staff_actor(&token).await?;
    let first_steps = ctx.db.desk(&actor).me().await?.first_steps;
    redirect(match next.as_str() {
        "" if first_steps => "/desk/first-steps",
        "" => "/desk/inbox",
        next => next,
    });
    Ok(())
}

#[component]
pub fn SignInPage() -> impl IntoView {
    let resource: Loaded<()> = Resource::new(|| (), |()| async { Ok(()) });
    let next = use_query_map().with_untracked(|query| query.get("next").unwrap_or_default());
    let view = move |()| {
        let (form, next) = (use_plain_form(StaffSignIn::url()), next.clone());
        view! {
            <p class="brand">{t(text::DESK)}</p>
            <PageHead title=t(text::SIGN_IN) />
            <FormErrors form=form.clone() />
            <form method="post" action=StaffSignIn::url()>
                <input type="hidden" name="next" value=next />
                <TextField form=form.clone() name="email" label=text::EMAIL kind="email" autocomplete="username" />
                <TextField form=form name="password" label=text::PASSWORD kind="password" autocomplete="current-password" />
                <div class="actions">
                    <button class="primary">{t(text::SIGN_IN)}</button>
                </div>
            </form>
        }
    };
    view! { <Bare><Load resource view /></Bare> }
}
