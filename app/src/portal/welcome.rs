//! The first visit, once: what there is to see and to do here, and one question.

use domain::grant::AccessView;
use domain::session::Me;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::error::AppError;
use crate::portal::account::{load_access, timings};
use crate::portal::frame::{Page, reader};
use crate::portal::rows::Part;
use crate::portal::text;
use crate::ui::form::{FormErrors, Radios, use_plain_form};
use crate::ui::lang::{t, use_lang};
use crate::ui::load::Loaded;
use crate::ui::record::{Notice, PageHead};

#[cfg(feature = "ssr")]
use crate::ctx::{ContactSession, redirect};

/// Locations of a customer that are named; the page about the reader's access has all.
const PLACES: usize = 10;

/// Sets when mails of every topic leave.
#[server(prefix = "/api/portal", endpoint = "choose_mails")]
pub async fn choose_mails(#[server(default)] timing: String) -> Result<(), AppError> {
    ContactSession::current().await?.portal().set_all_timings(&timing).await?;
    redirect("/");
    Ok(())
}

#[component]
pub fn WelcomePage() -> impl IntoView {
    let resource: Loaded<Vec<AccessView>> = Resource::new(|| (), |()| load_access());
    let view = |grants: Vec<AccessView>| reader().map(|me| view! { <Welcome me grants /> });
    view! { <Page resource view /> }
}

#[component]
fn Welcome(me: Me, grants: Vec<AccessView>) -> impl IntoView {
    let (form, lang) = (use_plain_form(ChooseMails::url()), use_lang());
    let first_name = me.name.split_whitespace().next().unwrap_or_default().to_owned();
    let possible = [
        (me.may_submit, text::CAN_SEND),
        (me.may_see_appointments, text::CAN_SEE_APPOINTMENTS),
        (me.may_see_reports, text::CAN_READ_REPORTS),
    ];
    let possible = possible.into_iter().filter(|(may, _)| *may).map(|(_, what)| view! { <li>{t(what)}</li> }).collect_view();
    view! {
        <PageHead title=text::WELCOME.fill(lang, &[("name", &first_name)]) />
        <p class="lede">{text::WELCOME_LEDE.fill(lang, &[("company", &me.company.name)])}</p>
        {grants.into_iter().map(|grant| view! { <Places grant /> }).collect_view()}
        <Part id="possible" title=text::POSSIBLE_HERE>
            <ul>{possible}</ul>
            <Notice tone="amber" icon="info" text=t(text::A_WISH_ONLY) />
        </Part>
        <FormErrors form=form.clone() />
        <form method="post" action=ChooseMails::url()>
            <Radios form name="timing" label=text::MAILS_QUESTION hint=text::MAILS_LATER value="now" options=timings() />
            <div class="actions">
                <button class="primary">{t(text::TO_THE_PORTAL)}</button>
            </div>
        </form>
    }
}

#[component]
fn Places(grant: AccessView) -> impl IntoView {
    let all = grant.all_locations.then(|| view! { <p class="hint">{t(text::INVITATION_ALL)}</p> });
    let more = (grant.locations.len() > PLACES).then(|| view! { <p><a href="/account/access">{t(text::ACCESS)}</a></p> });
    let places = grant.locations.into_iter().take(PLACES).map(|place| view! { <li>{place.name}</li> }).collect_view();
    view! {
        <section class="card">
            <h2>{grant.customer_name}</h2>
            <ul>{places}</ul>
            {all}
            {more}
        </section>
    }
}
