//! The step from an accepted request to the work that is planned for it.

use domain::id::{RequestId, TargetId};
use domain::request::{DeskRequest, PublicStatus};
use domain::target::TargetInput;
use leptos::form::ActionForm;
use leptos::prelude::*;

use super::beside::here;
use super::decision::CustomerWillSee;
use crate::desk::targets::WorkFields;
use crate::desk::text;
use crate::error::AppError;
use crate::ui::form::{FormErrors, use_form};
use crate::ui::lang::t;

#[cfg(feature = "ssr")]
use crate::ctx::{StaffSession, redirect};

#[server(prefix = "/api/desk", endpoint = "convert_request")]
pub async fn convert_request(id: RequestId, version: i64, work: TargetInput) -> Result<(), AppError> {
    let target = StaffSession::current().await?.desk().convert(id, version, &work).await?;
    redirect(&format!("/desk/targets/{target}"));
    Ok(())
}

/// The work of a request, once there is one.
#[component]
pub fn WorkLink(work: Option<(TargetId, String)>) -> impl IntoView {
    work.map(|(id, number)| {
        view! { <p>{t(text::WORK_OF_REQUEST)} " " <a href=format!("/desk/targets/{id}")><span class="ref">{number}</span></a></p> }
    })
}

#[component]
pub fn Convert(request: DeskRequest, convert: ServerAction<ConvertRequest>) -> impl IntoView {
    let form = use_form(convert);
    let work = TargetInput { title: request.title.clone(), public_title: request.title, ..TargetInput::default() };
    view! {
        <section id="form" aria-labelledby="form-title">
            <h3 id="form-title">{t(text::CREATE_WORK)}</h3>
            <p class="hint">{t(text::CREATE_WORK_HINT)}</p>
            <CustomerWillSee status=PublicStatus::Accepted />
            <p class="hint">{t(text::CREATE_WORK_SEEN)}</p>
            <FormErrors form=form.clone() />
            <ActionForm action=convert>
                <input type="hidden" name="id" value=request.id.to_string() />
                <input type="hidden" name="version" value=request.version.to_string() />
                <WorkFields form work />
                <div class="actions">
                    <button class="primary">{t(text::CREATE_WORK)}</button>
                    <a class="button quiet" href=here(request.id)>{t(text::NOT_NOW)}</a>
                </div>
            </ActionForm>
        </section>
    }
}
