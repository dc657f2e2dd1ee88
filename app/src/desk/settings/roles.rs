//! Who of the staff may do what: read off the one table that the server decides by.

use domain::role::{Act, Role};
use leptos::prelude::*;

use crate::desk::text;
use crate::ui::lang::t;

#[component]
pub fn RoleTable() -> impl IntoView {
    let heads = Role::ALL.iter().map(|role| view! { <th scope="col">{t(role.label())}</th> });
    let rows = Act::ALL.iter().map(|act| {
        let cells = Role::ALL.iter().map(|role| {
            let (sign, word) = if role.may(*act) { ("✓", text::YES) } else { ("–", text::NO) };
            view! { <td><span aria-hidden="true">{sign}</span><span class="visually-hidden">{t(word)}</span></td> }
        });
        view! {
            <tr>
                <th scope="row">{t(act.label())}</th>
                {cells.collect_view()}
            </tr>
        }
    });
    view! {
        <p class="lede">{t(text::ROLES_LEDE)}</p>
        <div class="table-wrap" role="region" aria-label=t(text::ROLES) tabindex="0">
            <table class="matrix">
                <thead>
                    <tr>
                        <th scope="col">{t(text::ACT)}</th>
                        {heads.collect_view()}
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
}
