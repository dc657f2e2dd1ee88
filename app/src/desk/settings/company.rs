//! The service company itself: its name, its emergency number, where its office is.

use domain::company::{CompanyInput, CompanySettings, PHONE_LIMIT};
use domain::customer::NAME_LIMIT;
use leptos::form::ActionForm;
use leptos::prelude::*;

use crate::desk::text;
use crate::error::AppError;
use crate::ui::form::{FormErrors, TextField, use_form};
use crate::ui::lang::t;
use crate::ui::load::in_query;
use crate::ui::record::Notice;

#[cfg(feature = "ssr")]
use crate::ctx::{StaffSession, redirect};

#[server(prefix = "/api/desk", endpoint = "company")]
pub async fn load_company() -> Result<CompanySettings, AppError> {
    Ok(StaffSession::current().await?.desk().company().await?)
}

#[server(prefix = "/api/desk", endpoint = "edit_company")]
pub async fn edit_company(version: i64, what: CompanyInput) -> Result<(), AppError> {
    StaffSession::current().await?.desk().edit_company(version, &what).await?;
    redirect("/desk/settings?part=company&changed=company");
    Ok(())
}

#[component]
pub fn CompanyForm(company: CompanySettings, edit: ServerAction<EditCompany>) -> impl IntoView {
    let form = use_form(edit);
    let saved = in_query("changed").with_untracked(|changed| changed == "company");
    view! {
        <section class="column" id="form">
            <h2>{t(text::COMPANY)}</h2>
            {saved.then(|| view! { <div role="status"><Notice tone="green" icon="check" text=t(text::COMPANY_SAVED) /></div> })}
            <FormErrors form=form.clone() />
            <ActionForm action=edit>
                <input type="hidden" name="version" value=company.version.to_string() />
                <TextField
                    form=form.clone()
                    name="name"
                    within="what"
                    label=text::COMPANY_NAME
                    hint=text::COMPANY_NAME_HINT
                    value=company.name
                    maxlength=NAME_LIMIT
                    autocomplete="organization"
                />
                <TextField
                    form=form.clone()
                    name="emergency_phone"
                    within="what"
                    label=text::EMERGENCY_PHONE
                    hint=text::EMERGENCY_PHONE_HINT
                    kind="tel"
                    value=company.emergency_phone
                    maxlength=PHONE_LIMIT
                    autocomplete="off"
                />
                <TextField form name="zone" within="what" label=text::ZONE hint=text::COMPANY_ZONE_HINT value=company.zone autocomplete="off" />
                <div class="actions">
                    <button class="primary">{t(text::SAVE)}</button>
                </div>
            </ActionForm>
        </section>
    }
}
