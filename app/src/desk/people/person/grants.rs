//! What a person may see, customer by customer.

use domain::customer::DeskCustomer;
use domain::grant::{DeskPerson, GrantView};
use leptos::form::ActionForm;
use leptos::html::Form;
use leptos::prelude::*;

use crate::desk::people::GrantSummary;
use crate::desk::people::grant::{CheckFirst, GrantFields, GrantPreview, PreviewGrant, look};
use crate::desk::people::person::Acts;
use crate::desk::text;
use crate::ui::form::{FormErrors, use_form};
use crate::ui::lang::t;

#[component]
pub fn Grants(
    person: DeskPerson,
    customer: Option<DeskCustomer>,
    may_manage: bool,
    acts: Acts,
    preview: ServerAction<PreviewGrant>,
    open: Memo<String>,
) -> impl IntoView {
    let cards = person.grants.into_iter().map(|grant| {
        let customer = customer.clone().filter(|customer| customer.id == grant.customer_id);
        view! { <Card grant customer may_manage acts preview open /> }
    });
    let cards: Vec<_> = cards.collect();
    let none = cards.is_empty();
    view! {
        <section aria-labelledby="access">
            <h2 id="access">{t(text::ACCESS)}</h2>
            {none.then(|| view! { <p>{t(text::NO_ACCESS)}</p> })}
            {cards}
        </section>
    }
}

#[component]
fn Card(
    grant: GrantView,
    customer: Option<DeskCustomer>,
    may_manage: bool,
    acts: Acts,
    preview: ServerAction<PreviewGrant>,
    open: Memo<String>,
) -> impl IntoView {
    let (id, person, customer_id) = (grant.id, grant.contact_id, grant.customer_id);
    let held = grant.clone();
    view! {
        <article class="card">
            <h3><a href=format!("/desk/customers/{customer_id}")>{grant.customer_name.clone()}</a></h3>
            <p><GrantSummary grant /></p>
            {may_manage
                .then(|| {
                    view! {
                        <div class="actions">
                            <a class="button small" href=format!("/desk/people/{person}?form=grant-{id}&customer={customer_id}#form")>
                                {t(text::CHANGE_ACCESS)}
                            </a>
                            <a class="button quiet small" href=format!("/desk/people/{person}?form=end-{id}#form")>{t(text::END_ACCESS)}</a>
                        </div>
                    }
                })}
            {move || {
                let (form, grant) = (open.get(), held.clone());
                if !may_manage {
                    None
                } else if form == format!("grant-{id}") {
                    customer.clone().map(|customer| view! { <Edit grant customer acts preview /> }.into_any())
                } else if form == format!("end-{id}") {
                    Some(view! { <End grant acts /> }.into_any())
                } else {
                    None
                }
            }}
        </article>
    }
}

#[component]
fn Edit(grant: GrantView, customer: DeskCustomer, acts: Acts, preview: ServerAction<PreviewGrant>) -> impl IntoView {
    let (form, form_ref) = (use_form(acts.edit_grant), NodeRef::<Form>::new());
    let person = grant.contact_id;
    let locations = customer.locations.into_iter().map(|location| (location.id, location.name)).collect();
    view! {
        <section class="column" id="form" on:change=move |_| look(form_ref, preview)>
            <h4>{t(text::CHANGE_ACCESS)}</h4>
            <FormErrors form=form.clone() />
            <ActionForm action=acts.edit_grant node_ref=form_ref>
                <input type="hidden" name="id" value=grant.id.to_string() />
                <input type="hidden" name="version" value=grant.version.to_string() />
                <input type="hidden" name="contact" value=person.to_string() />
                // For the preview, which looks at this customer only.
                <input type="hidden" name="customer" value=customer.id.to_string() />
                <GrantFields form locations grant />
                <GrantPreview form=form_ref preview />
                <div class="actions">
                    <button class="primary">{t(text::SAVE)}</button>
                    <CheckFirst />
                    <a class="button quiet" href=format!("/desk/people/{person}")>{t(text::NOT_NOW)}</a>
                </div>
            </ActionForm>
        </section>
    }
}

#[component]
fn End(grant: GrantView, acts: Acts) -> impl IntoView {
    let (form, person) = (use_form(acts.end_grant), grant.contact_id);
    view! {
        <section class="column" id="form">
            <h4>{t(text::END_ACCESS)}</h4>
            <p>{t(text::END_ACCESS_HINT)}</p>
            <FormErrors form />
            <ActionForm action=acts.end_grant>
                <input type="hidden" name="id" value=grant.id.to_string() />
                <input type="hidden" name="version" value=grant.version.to_string() />
                <input type="hidden" name="contact" value=person.to_string() />
                <div class="actions">
                    <button class="danger">{t(text::END_ACCESS)}</button>
                    <a class="button quiet" href=format!("/desk/people/{person}")>{t(text::NOT_NOW)}</a>
                </div>
            </ActionForm>
        </section>
    }
}
