//! Work that no request asked for: choose a customer, then say where and what.

use domain::customer::{CustomerRow, DeskCustomer};
use domain::id::LocationId;
use domain::page;
use domain::session::StaffMe;
use domain::target::TargetInput;
use leptos::form::ActionForm;
use leptos::prelude::*;

use crate::desk::choose_customer::{Choice, ChooseCustomer};
use crate::desk::frame::Page;
use crate::desk::targets::WorkFields;
use crate::desk::text;
use crate::error::AppError;
use crate::ui::form::{FormErrors, Select, use_form};
use crate::ui::icon::Icon;
use crate::ui::lang::t;
use crate::ui::load::{Loaded, in_query};
use crate::ui::record::{Empty, PageHead};

#[cfg(feature = "ssr")]
use crate::ctx::{StaffSession, redirect};
#[cfg(feature = "ssr")]
use crate::desk::choose_customer::choice;

#[server(prefix = "/api/desk", endpoint = "new_work_form")]
pub async fn load_new_work_form(
    #[server(default)] customer: String,
    #[server(default)] q: String,
    #[server(default)] after: String,
) -> Result<(page::Page<CustomerRow>, Option<DeskCustomer>), AppError> {
    choice(&customer, &q, &after).await
}

#[server(prefix = "/api/desk", endpoint = "create_target")]
pub async fn create_target(location: LocationId, work: TargetInput) -> Result<(), AppError> {
    let target = StaffSession::current().await?.desk().create_target(location, &work).await?;
    redirect(&format!("/desk/targets/{target}"));
    Ok(())
}

#[component]
pub fn NewWork() -> impl IntoView {
    let (customer, q, after) = (in_query("customer"), in_query("q"), in_query("after"));
    let create = ServerAction::<CreateTarget>::new();
    let resource: Loaded<Choice> = Resource::new(
        move || (customer.get(), q.get(), after.get()),
        |(customer, q, after)| async move { load_new_work_form(customer, q, after).await },
    );
    let view = move |_: StaffMe, (customers, customer): Choice| {
        let step = match customer {
            None => view! { <ChooseCustomer path="/desk/planning" kept=("new", "1") q=q.get_untracked() customers /> }.into_any(),
            Some(customer) if customer.locations.is_empty() => view! { <Empty icon="map-pin" text=text::NO_LOCATIONS /> }.into_any(),
            Some(customer) => view! { <Create customer create /> }.into_any(),
        };
        view! {
            <p><a class="back" href="/desk/planning"><Icon name="arrow-left" />{t(text::PLANNING)}</a></p>
            <PageHead title=t(text::NEW_WORK) />
            <div class="column">{step}</div>
        }
    };
    view! { <Page resource view /> }
}

#[component]
fn Create(customer: DeskCustomer, create: ServerAction<CreateTarget>) -> impl IntoView {
    let form = use_form(create);
    let locations = customer.locations.into_iter().map(|location| (location.id.to_string(), location.name)).collect();
    view! {
        <p class="lede">{customer.name}</p>
        <FormErrors form=form.clone() />
        <ActionForm action=create>
            <Select form=form.clone() name="location" label=text::LOCATION options=locations />
            <WorkFields form work=TargetInput::default() />
            <div class="actions">
                <button class="primary">{t(text::CREATE_WORK)}</button>
            </div>
        </ActionForm>
    }
}
