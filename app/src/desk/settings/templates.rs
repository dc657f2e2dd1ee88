//! Reply templates: the texts that staff begin a message, a question or a reason for declining with.

use domain::customer::NAME_LIMIT;
use domain::id::ReplyTemplateId;
use domain::reply_template::{Purpose, ReplyTemplate, ReplyTemplateInput, TEXT_LIMIT};
use leptos::form::ActionForm;
use leptos::prelude::*;

use crate::desk::text;
use crate::error::AppError;
use crate::ui::form::{FormErrors, FormState, Select, TextArea, TextField, use_form};
use crate::ui::lang::{t, use_lang};
use crate::ui::record::Empty;

#[cfg(feature = "ssr")]
use crate::ctx::{StaffSession, redirect};

#[server(prefix = "/api/desk", endpoint = "reply_templates")]
pub async fn load_reply_templates() -> Result<Vec<ReplyTemplate>, AppError> {
    Ok(StaffSession::current().await?.desk().reply_templates().await?)
}

#[server(prefix = "/api/desk", endpoint = "add_reply_template")]
pub async fn add_reply_template(what: ReplyTemplateInput) -> Result<(), AppError> {
    StaffSession::current().await?.desk().add_reply_template(&what).await?;
    redirect(HERE);
    Ok(())
}

#[server(prefix = "/api/desk", endpoint = "edit_reply_template")]
pub async fn edit_reply_template(id: ReplyTemplateId, version: i64, what: ReplyTemplateInput) -> Result<(), AppError> {
    StaffSession::current().await?.desk().edit_reply_template(id, version, &what).await?;
    redirect(HERE);
    Ok(())
}

#[server(prefix = "/api/desk", endpoint = "remove_reply_template")]
pub async fn remove_reply_template(id: ReplyTemplateId, version: i64) -> Result<(), AppError> {
    StaffSession::current().await?.desk().remove_reply_template(id, version).await?;
    redirect(HERE);
    Ok(())
}

/// The templates' tab.
pub const HERE: &str = "/desk/settings?part=templates";

acts!(pub TemplateActs { add: AddReplyTemplate, edit: EditReplyTemplate, remove: RemoveReplyTemplate });

#[component]
pub fn Templates(templates: Vec<ReplyTemplate>, acts: TemplateActs, open: Memo<String>) -> impl IntoView {
    let none = templates.is_empty();
    let rows = templates.into_iter().map(|template| view! { <li><Row template acts open /></li> });
    view! {
        <div class="section-head">
            <h2>{t(text::TEMPLATES)}</h2>
            <a href=format!("{HERE}&form=new#form")>{t(text::ADD_TEMPLATE)}</a>
        </div>
        <p>{t(text::TEMPLATES_LEDE)}</p>
        {move || (open.get() == "new").then(|| view! { <Add add=acts.add /> })}
        <FormErrors form=use_form(acts.remove) />
        {none.then(|| view! { <Empty icon="message" text=text::NO_TEMPLATES /> })}
        <ul class="rows">{rows.collect_view()}</ul>
    }
}

#[component]
fn Row(template: ReplyTemplate, acts: TemplateActs, open: Memo<String>) -> impl IntoView {
    let (id, edited) = (template.id, template.clone());
    let shown = template.offered(use_lang());
    view! {
        <div class="row">
            <span class="row-title">{shown.name.clone()}</span>
            <span class="row-meta">{t(shown.purpose.label())} " · " {shown.body}</span>
            <span class="row-end">
                <a class="button small" href=format!("{HERE}&form=edit-{id}#form")>
                    {t(text::EDIT)}
                    <span class="visually-hidden">" " {shown.name}</span>
                </a>
            </span>
        </div>
        {move || {
            let template = edited.clone();
            (open.get() == format!("edit-{id}")).then(|| view! { <Edit template acts /> })
        }}
    }
}

#[component]
fn Add(add: ServerAction<AddReplyTemplate>) -> impl IntoView {
    let form = use_form(add);
    let what = ReplyTemplateInput { purpose: Purpose::Message.word().to_owned(), ..ReplyTemplateInput::default() };
    view! {
        <section class="card column" id="form">
            <h3>{t(text::ADD_TEMPLATE)}</h3>
            <FormErrors form=form.clone() />
            <ActionForm action=add>
                <Fields form what />
                <div class="actions">
                    <button class="primary">{t(text::ADD_TEMPLATE)}</button>
                    <a class="button quiet" href=HERE>{t(text::NOT_NOW)}</a>
                </div>
            </ActionForm>
        </section>
    }
}

#[component]
fn Edit(template: ReplyTemplate, acts: TemplateActs) -> impl IntoView {
    let (id, version, form) = (template.id, template.version, use_form(acts.edit));
    let what = ReplyTemplateInput {
        name: template.name,
        purpose: template.purpose.word().to_owned(),
        text_en: template.text_en,
        text_de: template.text_de,
    };
    view! {
        <section class="card column" id="form">
            <h3>{t(text::EDIT_TEMPLATE)}</h3>
            <FormErrors form=form.clone() />
            <ActionForm action=acts.edit>
                <Named id version />
                <Fields form what />
                <div class="actions">
                    <button class="primary">{t(text::SAVE)}</button>
                    <a class="button quiet" href=HERE>{t(text::NOT_NOW)}</a>
                </div>
            </ActionForm>
            <ActionForm action=acts.remove>
                <Named id version />
                <p class="hint">{t(text::REMOVE_TEMPLATE_HINT)}</p>
                <div class="actions">
                    <button class="danger">{t(text::REMOVE)}</button>
                </div>
            </ActionForm>
        </section>
    }
}

#[component]
fn Fields(form: FormState, what: ReplyTemplateInput) -> impl IntoView {
    let purposes = Purpose::ALL.iter().map(|purpose| (purpose.word().to_owned(), t(purpose.label()).to_owned())).collect();
    view! {
        <TextField form=form.clone() name="name" within="what" label=text::NAME value=what.name maxlength=NAME_LIMIT autocomplete="off" />
        <Select form=form.clone() name="purpose" within="what" label=text::TEMPLATE_PURPOSE value=what.purpose options=purposes />
        <TextArea form=form.clone() name="text_en" within="what" label=text::TEMPLATE_TEXT_EN value=what.text_en maxlength=TEXT_LIMIT />
        <TextArea
            form
            name="text_de"
            within="what"
            label=text::TEMPLATE_TEXT_DE
            hint=text::TEMPLATE_TEXT_DE_HINT
            value=what.text_de
            maxlength=TEXT_LIMIT
        />
    }
}

/// Which template a form is about, in hidden fields.
#[component]
fn Named(id: ReplyTemplateId, version: i64) -> impl IntoView {
    view! {
        <input type="hidden" name="id" value=id.to_string() />
        <input type="hidden" name="version" value=version.to_string() />
    }
}
