//! The staff: who works at the desk, in which role.

use domain::customer::NAME_LIMIT;
use domain::id::StaffId;
use domain::role::Role;
use domain::staff::{StaffInput, StaffRow};
use leptos::form::ActionForm;
use leptos::prelude::*;

use crate::desk::settings::sessions::{EndStaffSession, Sessions};
use crate::desk::text;
use crate::error::AppError;
use crate::ui::form::{FormErrors, Select, TextField, use_form};
use crate::ui::lang::t;
use crate::ui::record::{Status, Time};

#[cfg(feature = "ssr")]
use crate::ctx::{StaffSession, redirect};

#[server(prefix = "/api/desk", endpoint = "staff")]
pub async fn load_staff() -> Result<Vec<StaffRow>, AppError> {
    Ok(StaffSession::current().await?.desk().staff().await?)
}

#[server(prefix = "/api/desk", endpoint = "add_staff")]
pub async fn add_staff(who: StaffInput) -> Result<(), AppError> {
    StaffSession::current().await?.desk().add_staff(&who).await?;
    redirect(HERE);
    Ok(())
}

#[server(prefix = "/api/desk", endpoint = "edit_staff")]
pub async fn edit_staff(id: StaffId, version: i64, name: String, role: String) -> Result<(), AppError> {
    StaffSession::current().await?.desk().edit_staff(id, version, &name, &role).await?;
    redirect(HERE);
    Ok(())
}

#[server(prefix = "/api/desk", endpoint = "disable_staff")]
pub async fn disable_staff(id: StaffId, version: i64) -> Result<(), AppError> {
    StaffSession::current().await?.desk().disable_staff(id, version).await?;
    redirect(HERE);
    Ok(())
}

#[server(prefix = "/api/desk", endpoint = "enable_staff")]
pub async fn enable_staff(id: StaffId, version: i64) -> Result<(), AppError> {
    StaffSession::current().await?.desk().enable_staff(id, version).await?;
    redirect(HERE);
    Ok(())
}

/// The staff's tab.
const HERE: &str = "/desk/settings?part=staff";

acts!(pub StaffActs { add: AddStaff, edit: EditStaff, disable: DisableStaff, enable: EnableStaff });

#[component]
pub fn Staff(staff: Vec<StaffRow>, acts: StaffActs, end: ServerAction<EndStaffSession>, open: Memo<String>) -> impl IntoView {
    let (disable, enable) = (use_form(acts.disable), use_form(acts.enable));
    let rows = staff.into_iter().map(|member| view! { <li><Member member acts end open /></li> });
    view! {
        <div class="section-head">
            <h2>{t(text::STAFF)}</h2>
            <a href=format!("{HERE}&form=new#form")>{t(text::ADD_STAFF)}</a>
        </div>
        {move || (open.get() == "new").then(|| view! { <Add add=acts.add /> })}
        <FormErrors form=disable />
        <FormErrors form=enable />
        <ul class="rows">{rows.collect_view()}</ul>
    }
}

#[component]
fn Member(member: StaffRow, acts: StaffActs, end: ServerAction<EndStaffSession>, open: Memo<String>) -> impl IntoView {
    let id = member.id;
    let last = member
        .last_sign_in
        .clone()
        .map_or_else(|| t(text::NEVER_SIGNED_IN).into_any(), |at| view! { {t(text::LAST_SIGN_IN)} ": " <Time stamp=at /> }.into_any());
    let edited = member.clone();
    view! {
        <div class="row">
            <span class="row-title">{member.name.clone()}</span>
            <span class="row-meta">{member.email} " · " {t(member.role.label())} " · " {last}</span>
            <span class="row-end">
                {member.disabled.then(|| view! { <Status label=text::PERSON_DISABLED tone="grey" shape="✕" /> " " })}
                <a class="button small" href=format!("{HERE}&form=edit-{id}#form")>
                    {t(text::EDIT)}
                    <span class="visually-hidden">" " {member.name}</span>
                </a>
            </span>
        </div>
        {move || {
            let member = edited.clone();
            (open.get() == format!("edit-{id}")).then(|| view! { <Edit member acts end /> })
        }}
    }
}

fn role_options() -> Vec<(String, String)> {
    Role::ALL.iter().map(|role| (role.word().to_owned(), t(role.label()).to_owned())).collect()
}

#[component]
fn Add(add: ServerAction<AddStaff>) -> impl IntoView {
    let form = use_form(add);
    view! {
        <section class="card column" id="form">
            <h3>{t(text::ADD_STAFF)}</h3>
            <FormErrors form=form.clone() />
            <ActionForm action=add>
                <TextField form=form.clone() name="name" within="who" label=text::PERSON_NAME maxlength=NAME_LIMIT autocomplete="off" />
                <TextField form=form.clone() name="email" within="who" label=text::EMAIL kind="email" autocomplete="off" />
                <Select form=form.clone() name="role" within="who" label=text::ROLE value=Role::Dispatcher.word() options=role_options() />
                <TextField
                    form
                    name="password"
                    within="who"
                    label=text::FIRST_PASSWORD
                    hint=text::PASSWORD_HINT
                    kind="password"
                    autocomplete="new-password"
                />
                <div class="actions">
                    <button class="primary">{t(text::ADD_STAFF)}</button>
                    <a class="button quiet" href=HERE>{t(text::NOT_NOW)}</a>
                </div>
            </ActionForm>
        </section>
    }
}

#[component]
fn Edit(member: StaffRow, acts: StaffActs, end: ServerAction<EndStaffSession>) -> impl IntoView {
    let (id, version, form) = (member.id, member.version, use_form(acts.edit));
    let button = if member.disabled {
        view! { <ActionForm action=acts.enable><Named id version /><button>{t(text::ENABLE)}</button></ActionForm> }.into_any()
    } else {
        view! { <ActionForm action=acts.disable><Named id version /><button class="danger">{t(text::DISABLE)}</button></ActionForm> }
            .into_any()
    };
    view! {
        <section class="card column" id="form">
            <h3>{t(text::EDIT_STAFF)}</h3>
            <FormErrors form=form.clone() />
            <ActionForm action=acts.edit>
                <Named id version />
                <TextField
                    form=form.clone()
                    name="name"
                    label=text::PERSON_NAME
                    value=member.name
                    maxlength=NAME_LIMIT
                    autocomplete="off"
                />
                <Select form name="role" label=text::ROLE value=member.role.word() options=role_options() />
                <div class="actions">
                    <button class="primary">{t(text::SAVE)}</button>
                    <a class="button quiet" href=HERE>{t(text::NOT_NOW)}</a>
                </div>
            </ActionForm>
            {button}
            <h4>{t(text::SESSIONS)}</h4>
            <Sessions sessions=member.sessions end />
        </section>
    }
}

/// Which staff member a form is about, in hidden fields.
#[component]
fn Named(id: StaffId, version: i64) -> impl IntoView {
    view! {
        <input type="hidden" name="id" value=id.to_string() />
        <input type="hidden" name="version" value=version.to_string() />
    }
}
