//! One person outside: what it is called, what it may see, how it was invited, and shutting it out.

use domain::change::Change;
use domain::customer::{DeskCustomer, NAME_LIMIT};
use domain::grant::{ContactState, DeskPerson, GrantInput, PHONE_LIMIT, PersonInput};
use domain::id::{ContactId, CustomerId, GrantId};
use domain::role::Act;
use domain::session::StaffMe;
use leptos::form::ActionForm;
use leptos::prelude::*;

use crate::desk::frame::{Page, open_form};
use crate::desk::people::grant::PreviewGrant;
use crate::desk::people::{PersonStatus, reach_sentence};
use crate::desk::text;
use crate::error::AppError;
use crate::ui::form::{FormErrors, Select, TextField, use_form};
use crate::ui::icon::Icon;
use crate::ui::lang::{lang_options, t, use_lang};
use crate::ui::load::{Loaded, id_in_path, in_query};
use crate::ui::news::use_news;
use crate::ui::record::{PageHead, Time};

#[cfg(feature = "ssr")]
use crate::ctx::{StaffSession, redirect};
#[cfg(feature = "ssr")]
use crate::desk::people::grant::not_yet;

mod grants;
mod invitations;

use grants::Grants;
use invitations::Invitations;

/// A person, and the customer whose locations a grant's form offers.
#[server(prefix = "/api/desk", endpoint = "person")]
pub async fn load_person(
    id: ContactId,
    #[server(default)] customer: Option<CustomerId>,
) -> Result<(DeskPerson, Option<DeskCustomer>), AppError> {
    let session = StaffSession::current().await?;
    let customer = match customer {
        Some(customer) => Some(session.desk().customer(customer).await?),
        None => None,
    };
    Ok((session.desk().person(id).await?, customer))
}

#[server(prefix = "/api/desk", endpoint = "edit_person")]
pub async fn edit_person(id: ContactId, version: i64, person: PersonInput) -> Result<(), AppError> {
    StaffSession::current().await?.desk().edit_person(id, version, &person).await?;
    redirect(&format!("/desk/people/{id}"));
    Ok(())
}

#[server(prefix = "/api/desk", endpoint = "disable_person")]
pub async fn disable_person(id: ContactId, version: i64) -> Result<(), AppError> {
    StaffSession::current().await?.desk().disable_contact(id, version).await?;
    redirect(&format!("/desk/people/{id}"));
    Ok(())
}

#[server(prefix = "/api/desk", endpoint = "enable_person")]
pub async fn enable_person(id: ContactId, version: i64) -> Result<(), AppError> {
    Ok(StaffSession::current().await?.desk().enable_contact(id, version).await?)
}

#[server(prefix = "/api/desk", endpoint = "edit_grant")]
pub async fn edit_grant(
    contact: ContactId,
    id: GrantId,
    version: i64,
    grant: GrantInput,
    #[server(default)] step: String,
) -> Result<(), AppError> {
    let session = StaffSession::current().await?;
    if step == "check" {
        return Err(not_yet(&session.desk().preview_change(id, &grant).await?, session.lang()));
    }
    session.desk().edit_grant(id, version, &grant).await?;
    redirect(&format!("/desk/people/{contact}"));
    Ok(())
}

#[server(prefix = "/api/desk", endpoint = "end_grant")]
pub async fn end_grant(contact: ContactId, id: GrantId, version: i64) -> Result<(), AppError> {
    StaffSession::current().await?.desk().end_grant(id, version).await?;
    redirect(&format!("/desk/people/{contact}"));
    Ok(())
}

#[server(prefix = "/api/desk", endpoint = "resend_invitation")]
pub async fn resend_invitation(id: ContactId) -> Result<(), AppError> {
    Ok(StaffSession::current().await?.desk().resend_invitation(id).await?)
}

#[server(prefix = "/api/desk", endpoint = "revoke_invitation")]
pub async fn revoke_invitation(id: ContactId) -> Result<(), AppError> {
    Ok(StaffSession::current().await?.desk().revoke_invitation(id).await?)
}

acts!(Acts {
    edit: EditPerson,
    disable: DisablePerson,
    enable: EnablePerson,
    edit_grant: EditGrant,
    end_grant: EndGrant,
    resend: ResendInvitation,
    revoke: RevokeInvitation,
});

#[component]
pub fn PersonPage() -> impl IntoView {
    let (id, offered, open) = (id_in_path::<ContactId>(), in_query("customer"), open_form());
    let (acts, preview) = (Acts::new(), ServerAction::<PreviewGrant>::new());
    let news = use_news().follow(&[Change::Person]);
    let resource: Loaded<(DeskPerson, Option<DeskCustomer>)> = Resource::new(
        move || (id.get(), offered.with(|customer| customer.parse().ok()), acts.done(), news.get()),
        |(id, customer, ..)| async move { load_person(id.ok_or(AppError::NotFound)?, customer).await },
    );
    Effect::new(move |_| {
        open.track();
        acts.forget();
    });
    let view = move |me: StaffMe, (person, customer): (DeskPerson, Option<DeskCustomer>)| {
        let may_manage = me.role.may(Act::ManageCustomers);
        view! { <Person person customer may_manage acts preview open /> }
    };
    view! { <Page resource view /> }
}

#[component]
fn Person(
    person: DeskPerson,
    customer: Option<DeskCustomer>,
    may_manage: bool,
    acts: Acts,
    preview: ServerAction<PreviewGrant>,
    open: Memo<String>,
) -> impl IntoView {
    let lang = use_lang();
    let edited = person.clone();
    let newest = person.invitations.first().map(|invitation| invitation.state);
    view! {
        <p><a class="back" href="/desk/people"><Icon name="arrow-left" />{t(text::ALL_PEOPLE)}</a></p>
        <PageHead title=person.name.clone()><PersonStatus state=person.state invitation=newest /></PageHead>
        <p class="sees"><Icon name="eye" />{reach_sentence(text::SEES_NOW, &person.reach, lang)}</p>
        <PersonFacts person=person.clone() />
        {may_manage.then(|| view! { <PersonActs person=person.clone() acts /> })}
        {move || {
            let person = edited.clone();
            match open.get().as_str() {
                "person" if may_manage => Some(view! { <Edit person acts /> }.into_any()),
                "disable" if may_manage => Some(view! { <Disable person acts /> }.into_any()),
                _ => None,
            }
        }}
        <Grants person=person.clone() customer may_manage acts preview open />
        <Invitations person may_manage acts />
    }
}

#[component]
fn PersonFacts(person: DeskPerson) -> impl IntoView {
    let last = person.last_sign_in.map_or_else(|| t(text::NEVER_SIGNED_IN).into_any(), |at| view! { <Time stamp=at /> }.into_any());
    let lang = lang_options().into_iter().find(|(word, _)| word == person.lang.word()).map(|(_, name)| name);
    view! {
        <dl class="facts">
            <div><dt>{t(text::EMAIL)}</dt><dd>{person.email}</dd></div>
            {(!person.phone.is_empty()).then(|| view! { <div><dt>{t(text::PHONE)}</dt><dd>{person.phone}</dd></div> })}
            <div><dt>{t(text::LANGUAGE)}</dt><dd>{lang}</dd></div>
            <div><dt>{t(text::LAST_SIGN_IN)}</dt><dd>{last}</dd></div>
        </dl>
    }
}

#[component]
fn PersonActs(person: DeskPerson, acts: Acts) -> impl IntoView {
    let (id, version, form) = (person.id, person.version, use_form(acts.enable));
    let disabled = person.state == ContactState::Disabled;
    let see = text::SEE_PORTAL_AS.fill(use_lang(), &[("name", &person.name)]);
    view! {
        <FormErrors form />
        <div class="actions">
            <a class="button" href=format!("/desk/people/{id}?form=person#form")>{t(text::EDIT)}</a>
            <a class="button" href=format!("/desk/customers?person={id}")>{t(text::ADD_ACCESS)}</a>
            <a class="button" href=format!("/desk/people/{id}/portal")>{see}</a>
            {if disabled {
                view! {
                    <ActionForm action=acts.enable>
                        <input type="hidden" name="id" value=id.to_string() />
                        <input type="hidden" name="version" value=version.to_string() />
                        <button>{t(text::ENABLE)}</button>
                    </ActionForm>
                }
                .into_any()
            } else {
                view! { <a class="button danger" href=format!("/desk/people/{id}?form=disable#form")>{t(text::DISABLE)}</a> }.into_any()
            }}
        </div>
    }
}

#[component]
fn Edit(person: DeskPerson, acts: Acts) -> impl IntoView {
    let (id, version, form) = (person.id, person.version, use_form(acts.edit));
    view! {
        <section class="card column" id="form">
            <h2>{t(text::EDIT_PERSON)}</h2>
            <FormErrors form=form.clone() />
            <ActionForm action=acts.edit>
                <input type="hidden" name="id" value=id.to_string() />
                <input type="hidden" name="version" value=version.to_string() />
                <TextField
                    form=form.clone()
                    name="name"
                    within="person"
                    label=text::PERSON_NAME
                    value=person.name
                    maxlength=NAME_LIMIT
                    autocomplete="off"
                />
                <TextField
                    form=form.clone()
                    name="phone"
                    within="person"
                    label=text::PHONE
                    hint=text::PHONE_HINT
                    kind="tel"
                    value=person.phone
                    maxlength=PHONE_LIMIT
                    autocomplete="off"
                />
                <Select form name="lang" within="person" label=text::LANGUAGE value=person.lang.word() options=lang_options() />
                <div class="actions">
                    <button class="primary">{t(text::SAVE)}</button>
                    <a class="button quiet" href=format!("/desk/people/{id}")>{t(text::NOT_NOW)}</a>
                </div>
            </ActionForm>
        </section>
    }
}

#[component]
fn Disable(person: DeskPerson, acts: Acts) -> impl IntoView {
    let (id, version, form) = (person.id, person.version, use_form(acts.disable));
    view! {
        <section class="card column" id="form">
            <h2>{t(text::DISABLE)}</h2>
            <p>{text::DISABLE_HINT.fill(use_lang(), &[("name", &person.name)])}</p>
            <FormErrors form />
            <ActionForm action=acts.disable>
                <input type="hidden" name="id" value=id.to_string() />
                <input type="hidden" name="version" value=version.to_string() />
                <div class="actions">
                    <button class="danger">{t(text::DISABLE)}</button>
                    <a class="button quiet" href=format!("/desk/people/{id}")>{t(text::NOT_NOW)}</a>
                </div>
            </ActionForm>
        </section>
    }
}
