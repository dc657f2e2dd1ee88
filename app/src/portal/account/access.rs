//! What the reader may see and do, in its own words: one part per customer.

use domain::grant::AccessView;
use leptos::prelude::*;

use crate::error::AppError;
use crate::portal::frame::Page;
use crate::portal::home::NoAccess;
use crate::portal::text;
use crate::ui::icon::Icon;
use crate::ui::lang::{t, use_lang};
use crate::ui::load::Loaded;
use crate::ui::news::use_news;
use crate::ui::record::PageHead;

#[cfg(feature = "ssr")]
use crate::ctx::ContactSession;

#[server(prefix = "/api/portal", endpoint = "access")]
pub async fn load_access() -> Result<Vec<AccessView>, AppError> {
    Ok(ContactSession::current().await?.portal().access().await?)
}

#[component]
pub fn AccessPage() -> impl IntoView {
    let news = use_news().follow(&[]);
    let resource: Loaded<Vec<AccessView>> = Resource::new(move || news.get(), |_| load_access());
    let view = |grants: Vec<AccessView>| {
        let nothing = grants.is_empty();
        view! {
            <p><a class="back" href="/account"><Icon name="arrow-left" />{t(text::ACCOUNT)}</a></p>
            <PageHead title=t(text::ACCESS) />
            {nothing.then(|| view! { <NoAccess /> })}
            {grants.into_iter().map(|grant| view! { <Grant grant /> }).collect_view()}
        }
    };
    view! { <Page resource view /> }
}

#[component]
fn Grant(grant: AccessView) -> impl IntoView {
    let lang = use_lang();
    let rights = grant.rights.listed().into_iter().map(|(right, given)| {
        let word = if given { text::YES } else { text::NO };
        view! { <li data-ok=given.to_string()>{t(right)} <span class="visually-hidden">": " {t(word)}</span></li> }
    });
    let until = match grant.last_day {
        Some(day) => text::UNTIL_DAY.fill(lang, &[("day", &day.text)]),
        None => t(text::NO_END).to_owned(),
    };
    let scope = if grant.all_locations { text::INVITATION_ALL } else { text::CHOSEN_LOCATIONS };
    let places = grant.locations.into_iter().map(|place| {
        view! {
            <li>
                <a class="row" href=format!("/locations/{}", place.id)>
                    <span class="row-title">{place.name}</span>
                    <span class="row-meta">{place.address}</span>
                </a>
            </li>
        }
    });
    view! {
        <section class="card">
            <h2>{grant.customer_name}</h2>
            <ul class="gate">{rights.collect_view()}</ul>
            <p>{until}</p>
            <h3>{t(scope)}</h3>
            <ul class="rows">{places.collect_view()}</ul>
        </section>
    }
}
