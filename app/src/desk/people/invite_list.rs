//! Inviting many people at once: a list of names and addresses, and one grant for all of them.

use domain::customer::DeskCustomer;
use domain::grant::GrantInput;
use domain::id::{CustomerId, SheetId};
use domain::role::Act;
use domain::session::StaffMe;
use domain::sheet::{SheetKind, SheetView};
use leptos::form::ActionForm;
use leptos::html::Form;
use leptos::prelude::*;

use crate::desk::frame::Page;
use crate::desk::people::grant::{CheckFirst, GrantFields, GrantPreview, PreviewGrant, look};
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
#[cfg(feature = "ssr")]
use crate::desk::people::grant::not_yet;

/// The customer, and what a list would do that was brought.
pub type InviteList = (DeskCustomer, Option<SheetView>);

#[server(prefix = "/api/desk", endpoint = "invite_list")]
pub async fn load_invite_list(id: CustomerId, #[server(default)] sheet: Option<SheetId>) -> Result<InviteList, AppError> {
    let session = StaffSession::current().await?;
    let customer = session.desk().customer(id).await?;
    let sheet = match sheet {
        Some(sheet) => Some(session.desk().sheet(id, SheetKind::People, sheet).await?),
        None => None,
    };
    Ok((customer, sheet))
}

#[server(prefix = "/api/desk", endpoint = "invite_people")]
pub async fn invite_people(
    customer: CustomerId,
    sheet: SheetId,
    grant: GrantInput,
    #[server(default)] step: String,
) -> Result<(), AppError> {
    let session = StaffSession::current().await?;
    if step == "check" {
        let effect = session.desk().preview_grant(customer, None, &grant).await?;
        return Err(not_yet(&effect, session.lang()));
    }
    let customer = session.desk().invite_people(sheet, &grant).await?;
    redirect(&format!("/desk/customers/{customer}"));
    Ok(())
}

#[component]
pub fn InviteListPage() -> impl IntoView {
    let (id, sheet) = (id_in_path::<CustomerId>(), in_query("sheet"));
    let (invite, preview) = (ServerAction::<InvitePeople>::new(), ServerAction::<PreviewGrant>::new());
    let invited = successes(invite);
    let resource: Loaded<InviteList> = Resource::new(
        move || (id.get(), sheet.with(|sheet| sheet.parse().ok()), invited.get()),
        |(id, sheet, _)| async move { load_invite_list(id.ok_or(AppError::NotFound)?, sheet).await },
    );
    let view = move |me: StaffMe, (customer, sheet): InviteList| {
        let id = customer.id.to_string();
        view! {
            <p><a class="back" href=format!("/desk/customers/{id}")><Icon name="arrow-left" />{customer.name.clone()}</a></p>
            <PageHead title=t(text::INVITE_MANY) />
            <p class="lede">{text::INVITE_TO.fill(use_lang(), &[("customer", &customer.name)])}</p>
            {if me.role.may(Act::ManageCustomers) {
                view! {
                    {sheet.map(|sheet| view! { <Invite customer sheet invite preview /> })}
                    <BringSheet customer=id kind=SheetKind::People />
                    <SheetColumns kind=SheetKind::People />
                }
                .into_any()
            } else {
                view! { <Notice tone="blue" icon="info" text=t(text::MANAGER_INVITES) /> }.into_any()
            }}
        }
    };
    view! { <Page resource view /> }
}

/// What the list would do, and the grant that everybody on it gets.
#[component]
fn Invite(
    customer: DeskCustomer,
    sheet: SheetView,
    invite: ServerAction<InvitePeople>,
    preview: ServerAction<PreviewGrant>,
) -> impl IntoView {
    if sheet.done {
        return view! { <Notice tone="green" icon="check" text=t(text::INVITATIONS_SENT) /> }.into_any();
    }
    let (form, form_ref) = (use_form(invite), NodeRef::<Form>::new());
    let (id, new) = (sheet.id, sheet.new);
    let ready = sheet.wrong == 0 && new > 0;
    let customer_id = customer.id;
    let locations: Vec<_> = customer.locations.into_iter().map(|location| (location.id, location.name)).collect();
    let errors = form.clone();
    view! {
        <section aria-labelledby="list">
            <h2 id="list">{t(text::LIST_PREVIEW)}</h2>
            <FormErrors form=errors />
            <SheetFindings sheet kind=SheetKind::People />
        </section>
        {ready
            .then(|| {
                view! {
                    <section class="column" aria-labelledby="grant" on:change=move |_| look(form_ref, preview)>
                        <h2 id="grant">{t(text::ACCESS_FOR_ALL)}</h2>
                        <ActionForm action=invite node_ref=form_ref>
                            <input type="hidden" name="customer" value=customer_id.to_string() />
                            <input type="hidden" name="sheet" value=id.to_string() />
                            <GrantFields form locations />
                            <GrantPreview form=form_ref preview />
                            <div class="actions">
                                <button class="primary"><Icon name="send" />{text::SEND_INVITATIONS_N.count(use_lang(), new)}</button>
                                <CheckFirst />
                            </div>
                        </ActionForm>
                    </section>
                }
            })}
    }
    .into_any()
}
