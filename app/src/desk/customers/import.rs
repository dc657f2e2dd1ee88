//! Taking over a list of locations: brought as a file or pasted, looked at line by line, then added whole.

use domain::id::{CustomerId, SheetId};
use domain::role::Act;
use domain::session::StaffMe;
use domain::sheet::{SheetKind, SheetView};
use leptos::form::ActionForm;
use leptos::prelude::*;

use crate::desk::frame::Page;
use crate::desk::sheet::{BringSheet, SheetColumns, SheetFindings};
use crate::desk::text;
use crate::error::AppError;
use crate::ui::form::{FormErrors, successes, use_form};
use crate::ui::icon::Icon;
use crate::ui::lang::{t, use_lang};
use crate::ui::load::{Loaded, id_in_path, in_query};
use crate::ui::record::{Notice, PageHead};

#[cfg(feature = "ssr")]
use crate::ctx::{StaffSession, redirect};

/// The customer's name, and what a list would do that was brought.
pub type Import = (String, Option<SheetView>);

#[server(prefix = "/api/desk", endpoint = "location_import")]
pub async fn load_import(id: CustomerId, #[server(default)] sheet: Option<SheetId>) -> Result<Import, AppError> {
    let session = StaffSession::current().await?;
    let name = session.desk().customer_name(id).await?;
    let sheet = match sheet {
        Some(sheet) => Some(session.desk().sheet(id, SheetKind::Locations, sheet).await?),
        None => None,
    };
    Ok((name, sheet))
}

#[server(prefix = "/api/desk", endpoint = "import_locations")]
pub async fn import_locations(sheet: SheetId) -> Result<(), AppError> {
    let customer = StaffSession::current().await?.desk().import_locations(sheet).await?;
    redirect(&format!("/desk/customers/{customer}"));
    Ok(())
}

#[component]
pub fn ImportPage() -> impl IntoView {
    let (id, sheet) = (id_in_path::<CustomerId>(), in_query("sheet"));
    let import = ServerAction::<ImportLocations>::new();
    let imported = successes(import);
    let resource: Loaded<Import> = Resource::new(
        move || (id.get(), sheet.with(|sheet| sheet.parse().ok()), imported.get()),
        |(id, sheet, _)| async move { load_import(id.ok_or(AppError::NotFound)?, sheet).await },
    );
    let view = move |me: StaffMe, (name, sheet): Import| {
        let id = id.get_untracked().map(|id| id.to_string()).unwrap_or_default();
        view! {
            <p><a class="back" href=format!("/desk/customers/{id}")><Icon name="arrow-left" />{name}</a></p>
            <PageHead title=t(text::IMPORT_LOCATIONS) />
            {if me.role.may(Act::ManageCustomers) {
                view! {
                    {sheet.map(|sheet| view! { <Preview sheet import /> })}
                    <BringSheet customer=id kind=SheetKind::Locations />
                    <SheetColumns kind=SheetKind::Locations />
                }
                .into_any()
            } else {
                view! { <Notice tone="blue" icon="info" text=t(text::MANAGER_IMPORTS) /> }.into_any()
            }}
        }
    };
    view! { <Page resource view /> }
}

/// What the list would do, and the button that does it.
#[component]
fn Preview(sheet: SheetView, import: ServerAction<ImportLocations>) -> impl IntoView {
    if sheet.done {
        return view! { <Notice tone="green" icon="check" text=t(text::LIST_DONE) /> }.into_any();
    }
    let (form, id, new) = (use_form(import), sheet.id, sheet.new);
    let ready = sheet.wrong == 0 && new > 0;
    view! {
        <section aria-labelledby="list">
            <h2 id="list">{t(text::LIST_PREVIEW)}</h2>
            <FormErrors form />
            <SheetFindings sheet kind=SheetKind::Locations />
            {ready
                .then(|| {
                    view! {
                        <ActionForm action=import>
                            <input type="hidden" name="sheet" value=id.to_string() />
                            <div class="actions">
                                <button class="primary">{text::IMPORT_N.count(use_lang(), new)}</button>
                            </div>
                        </ActionForm>
                    }
                })}
        </section>
    }
    .into_any()
}
