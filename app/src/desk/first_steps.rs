//! Day one: the way from an empty installation to the first invitation.

use domain::first_steps::FirstSteps;
use domain::role::Act;
use domain::session::StaffMe;
use domain::text::Text;
use leptos::prelude::*;

use crate::desk::frame::Page;
use crate::desk::text;
use crate::error::AppError;
use crate::ui::lang::t;
use crate::ui::load::Loaded;
use crate::ui::record::{Notice, PageHead};

#[cfg(feature = "ssr")]
use crate::ctx::StaffSession;

#[server(prefix = "/api/desk", endpoint = "first_steps")]
pub async fn load_first_steps() -> Result<FirstSteps, AppError> {
    Ok(StaffSession::current().await?.desk().first_steps().await?)
}

#[component]
pub fn FirstStepsPage() -> impl IntoView {
    let resource: Loaded<FirstSteps> = Resource::new(|| (), |()| load_first_steps());
    let view = |me: StaffMe, steps: FirstSteps| {
        // Where the steps about the first customer are taken; before there is one, where it is added.
        let customer =
            |rest: &str| steps.first_customer.map_or_else(|| NEW_CUSTOMER.to_owned(), |id| format!("/desk/customers/{id}{rest}"));
        let company = me.role.may(Act::Administer).then(|| "/desk/settings?part=company".to_owned());
        view! {
            <PageHead title=t(text::FIRST_STEPS) />
            <p class="lede">{t(text::FIRST_STEPS_LEDE)}</p>
            {steps.are_done().then(|| view! { <Notice tone="green" icon="check" text=t(text::FIRST_STEPS_DONE) /> })}
            <ol class="gate">
                <Step done=steps.company label=text::STEP_COMPANY href=company />
                <Step done=steps.customer label=text::STEP_CUSTOMER href=Some(NEW_CUSTOMER.to_owned()) />
                <Step done=steps.location label=text::STEP_LOCATION href=Some(customer("")) />
                <Step done=steps.invitation label=text::STEP_INVITATION href=Some(customer("/invite")) />
            </ol>
        }
    };
    view! { <Page resource view /> }
}

const NEW_CUSTOMER: &str = "/desk/customers?form=new#form";

/// A step with its mark; a link as long as it is to be taken, by those who may.
#[component]
fn Step(done: bool, label: Text, href: Option<String>) -> impl IntoView {
    let mark = if done { text::STEP_DONE } else { text::STEP_OPEN };
    let words = match href {
        Some(href) if !done => view! { <a href=href>{t(label)}</a> }.into_any(),
        _ => view! { <span>{t(label)}</span> }.into_any(),
    };
    view! {
        <li data-ok=done.then_some("true")>
            <span><span class="visually-hidden">{t(mark)} " "</span>{words}</span>
        </li>
    }
}
