//! Inviting somebody to a customer, or giving somebody who is known access to one more.

use domain::customer::{DeskCustomer, NAME_LIMIT};
use domain::grant::{DeskPerson, GrantInput, PHONE_LIMIT, PersonInput};
use domain::id::{ContactId, CustomerId};
use domain::role::Act;
use domain::session::StaffMe;
use leptos::form::ActionForm;
use leptos::html::Form;
use leptos::prelude::*;

use crate::desk::frame::Page;
use crate::desk::people::grant::{CheckFirst, GrantFields, GrantPreview, PreviewGrant, look};
use crate::desk::text;
use crate::error::AppError;
use crate::ui::form::{FormErrors, FormState, Select, TextField, use_form};
use crate::ui::icon::Icon;
use crate::ui::lang::{lang_options, t, use_lang};
use crate::ui::load::{Loaded, id_in_path, in_query};
use crate::ui::record::{Notice, PageHead};

#[cfg(feature = "ssr")]
use crate::ctx::{StaffSession, redirect};
#[cfg(feature = "ssr")]
use crate::desk::people::grant::not_yet;

/// The customer, and the person if it is one who is known.
#[server(prefix = "/api/desk", endpoint = "invite_form")]
pub async fn load_invite(
    customer: CustomerId,
    #[server(default)] person: Option<ContactId>,
) -> Result<(DeskCustomer, Option<DeskPerson>), AppError> {
    let session = StaffSession::current().await?;
    let person = match person {
        Some(person) => Some(session.desk().person(person).await?),
        None => None,
    };
    Ok((session.desk().customer(customer).await?, person))
}

#[server(prefix = "/api/desk", endpoint = "invite")]
pub async fn invite_person(
    customer: CustomerId,
    person: PersonInput,
    grant: GrantInput,
    #[server(default)] step: String,
) -> Result<(), AppError> {
    let session = StaffSession::current().await?;
    if step == "check" {
        let effect = session.desk().preview_invitation(customer, &person.email, &grant).await?;
        return Err(not_yet(&effect, session.lang()));
    }
    let id = session.desk().invite(customer, &person, &grant).await?;
    redirect(&format!("/desk/people/{id}"));
    Ok(())
}

#[component]
pub fn InvitePage() -> impl IntoView {
    let (id, person) = (id_in_path::<CustomerId>(), in_query("person"));
    let (invite, preview) = (ServerAction::<InvitePerson>::new(), ServerAction::<PreviewGrant>::new());
    let resource: Loaded<(DeskCustomer, Option<DeskPerson>)> = Resource::new(
        move || (id.get(), person.with(|person| person.parse().ok())),
        |(id, person)| async move { load_invite(id.ok_or(AppError::NotFound)?, person).await },
    );
    let view = move |me: StaffMe, (customer, person): (DeskCustomer, Option<DeskPerson>)| {
        let id = customer.id;
        view! {
            <p><a class="back" href=format!("/desk/customers/{id}")><Icon name="arrow-left" />{customer.name.clone()}</a></p>
            <PageHead title=t(text::INVITE_PERSON) />
            <p class="lede">{text::INVITE_TO.fill(use_lang(), &[("customer", &customer.name)])}</p>
            {if me.role.may(Act::ManageCustomers) {
                view! { <Invite customer person invite preview /> }.into_any()
            } else {
                view! { <Notice tone="blue" icon="info" text=t(text::MANAGER_INVITES) /> }.into_any()
            }}
        }
    };
    view! { <Page resource view /> }
}

#[component]
fn Invite(
    customer: DeskCustomer,
    person: Option<DeskPerson>,
    invite: ServerAction<InvitePerson>,
    preview: ServerAction<PreviewGrant>,
) -> impl IntoView {
    let (form, form_ref) = (use_form(invite), NodeRef::<Form>::new());
    let locations = customer.locations.into_iter().map(|location| (location.id, location.name)).collect();
    view! {
        <section class="column" on:change=move |_| look(form_ref, preview)>
            <FormErrors form=form.clone() />
            <ActionForm action=invite node_ref=form_ref>
                <input type="hidden" name="customer" value=customer.id.to_string() />
                <section>
                    <h2>{t(text::PERSON)}</h2>
                    {person.is_some().then(|| view! { <p class="hint">{t(text::KNOWN_PERSON)}</p> })}
                    <PersonFields form=form.clone() person=person.clone() />
                </section>
                <section>
                    <h2>{t(text::ACCESS)}</h2>
                    <GrantFields form locations />
                </section>
                <GrantPreview form=form_ref preview />
                <div class="actions">
                    <button class="primary"><Icon name="send" />{t(text::SEND_INVITATION)}</button>
                    <CheckFirst />
                </div>
            </ActionForm>
        </section>
    }
}

#[component]
fn PersonFields(form: FormState, person: Option<DeskPerson>) -> impl IntoView {
    let lang = person.as_ref().map_or_else(use_lang, |person| person.lang);
    let (name, email, phone) = person.map_or_else(Default::default, |person| (person.name, person.email, person.phone));
    view! {
        <TextField
            form=form.clone()
            name="name"
            within="person"
            label=text::PERSON_NAME
            value=name
            maxlength=NAME_LIMIT
            autocomplete="off"
        />
        <TextField form=form.clone() name="email" within="person" label=text::EMAIL kind="email" value=email autocomplete="off" />
        <TextField
            form=form.clone()
            name="phone"
            within="person"
            label=text::PHONE
            hint=text::PHONE_HINT
            kind="tel"
            value=phone
            maxlength=PHONE_LIMIT
            autocomplete="off"
        />
        <Select form name="lang" within="person" label=text::LANGUAGE value=lang.word() options=lang_options() />
    }
}
