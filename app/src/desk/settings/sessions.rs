//! Live sessions at the desk: one's own, and for administrators everybody's.

use domain::id::SessionId;
use domain::session::SessionView;
use leptos::form::ActionForm;
use leptos::prelude::*;

use crate::desk::text;
use crate::error::AppError;
use crate::ui::form::{FormErrors, use_form};
use crate::ui::lang::{t, use_lang};
use crate::ui::record::Time;

#[cfg(feature = "ssr")]
use crate::ctx::StaffSession;

/// The reader's own.
#[server(prefix = "/api/desk", endpoint = "sessions")]
pub async fn load_staff_sessions() -> Result<Vec<SessionView>, AppError> {
    Ok(StaffSession::current().await?.desk().sessions().await?)
}

#[server(prefix = "/api/desk", endpoint = "end_session")]
pub async fn end_staff_session(session: SessionId) -> Result<(), AppError> {
    Ok(StaffSession::current().await?.desk().end_session(session).await?)
}

#[component]
pub fn Sessions(sessions: Vec<SessionView>, end: ServerAction<EndStaffSession>) -> impl IntoView {
    if sessions.is_empty() {
        return view! { <p class="hint">{t(text::NO_SESSIONS)}</p> }.into_any();
    }
    let rows = sessions.into_iter().map(|session| view! { <li><Session session end /></li> });
    view! {
        <FormErrors form=use_form(end) />
        <ul class="rows">{rows.collect_view()}</ul>
    }
    .into_any()
}

#[component]
fn Session(session: SessionView, end: ServerAction<EndStaffSession>) -> impl IntoView {
    let device = session.device(use_lang());
    let state = if session.this_one {
        view! { <span class="chip" data-tone="petrol">{t(text::THIS_SESSION)}</span> }.into_any()
    } else {
        let named = device.clone();
        view! {
            <ActionForm action=end>
                <input type="hidden" name="session" value=session.id.to_string() />
                <button class="small">{t(text::END_SESSION)}<span class="visually-hidden">" " {named}</span></button>
            </ActionForm>
        }
        .into_any()
    };
    view! {
        <div class="row">
            <span class="row-title">{device}</span>
            <span class="row-meta">
                {t(text::SESSION_STARTED)} " " <Time stamp=session.started /> " · " {t(text::SESSION_LAST_SEEN)} " "
                <Time stamp=session.last_seen />
            </span>
            <span class="row-end">{state}</span>
        </div>
    }
}
