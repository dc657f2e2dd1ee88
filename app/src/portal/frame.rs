//! What is around every page of the portal: name, switcher, navigation; and the page's data inside.

use domain::brand::Mark;
use domain::session::Me;
use domain::text::Text;
use leptos::either::Either;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_location;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::AppError;
use crate::portal::sign_in::company as load_company;
use crate::portal::text;
use crate::ui::form::KeptForm;
use crate::ui::icon::Icon;
use crate::ui::lang::t;
use crate::ui::load::{Failure, Loaded};
use crate::ui::news::{NewsBar, provide_news, use_news};
use crate::ui::record::PageHead;
use crate::ui::words::provide_own_words;

#[cfg(feature = "ssr")]
use crate::ctx::{ContactSession, redirect, server_context};

/// The signed-in contact, told about itself.
#[server(prefix = "/api/portal", endpoint = "me")]
pub async fn load_me() -> Result<Me, AppError> {
    let session = ContactSession::current().await?;
    let me = session.portal().me().await?;
    let ctx = server_context()?;
    if ctx.lang() != me.lang {
        ctx.set_lang(me.lang);
    }
    Ok(me)
}

#[server(prefix = "/api/portal", endpoint = "sign_out")]
pub async fn sign_out() -> Result<(), AppError> {
    ContactSession::current().await?.portal().sign_out().await?;
    server_context()?.clear_session();
    redirect("/sign-in");
    Ok(())
}

/// Shows one customer (its id), or all (empty).
#[server(prefix = "/api/portal", endpoint = "choose_customer")]
pub async fn choose_customer(#[server(default)] customer: String) -> Result<(), AppError> {
    let customer = if customer.is_empty() { None } else { Some(customer.parse().map_err(|_| AppError::NotFound)?) };
    ContactSession::current().await?.portal().choose_customer(customer).await?;
    redirect("/");
    Ok(())
}

/// Loads the reader once for all pages, and anew when its access changes; listens to its news. Call it in the app's root.
pub fn provide_me() {
    let news = provide_news();
    let access = news.follow(&[]);
    let me: Loaded<Me> = Resource::new(move || access.get(), |_| load_me());
    provide_context(me);
    provide_own_words(|| reader().map(|me| me.words).unwrap_or_default());
    news.listen_for("/live", me);
}

/// The reader.
pub fn use_me() -> Loaded<Me> {
    expect_context()
}

/// The reader, inside the loaded part of a page, which has waited for it.
pub fn reader() -> Option<Me> {
    use_me().get_untracked().and_then(Result::ok)
}

/// The main action of most pages, for readers who may send requests.
#[component]
pub fn NewRequest() -> impl IntoView {
    let may_submit = reader().is_some_and(|me| me.may_submit);
    may_submit.then(|| view! { <a class="button primary" href="/requests/new"><Icon name="plus" />{t(text::NEW_REQUEST)}</a> })
}

/// A page for signed-in contacts: the frame with `view` of the loaded data in it, or with the failure.
#[component]
pub fn Page<T, V, R>(resource: Loaded<T>, view: V) -> impl IntoView
where
    T: Clone + Send + Sync + Serialize + DeserializeOwned + 'static,
    V: Fn(T) -> R + Clone + Send + Sync + 'static,
    R: IntoView + 'static,
{
    let (me, news) = (use_me(), use_news());
    let kept = use_context::<Resource<KeptForm>>();
    view! {
        <Transition fallback=|| ()>
            {move || {
                let view = view.clone();
                Suspend::new(async move {
                    if let Some(kept) = kept {
                        kept.await;
                    }
                    let me = me.await;
                    let content = match resource.await {
                        Ok(data) => Either::Left(view(data)),
                        Err(error) => Either::Right(view! { <Failure error /> }),
                    };
                    news.caught_up();
                    match me {
                        Ok(me) => Either::Left(view! { <Frame me>{content}</Frame> }),
                        Err(error) => Either::Right(view! { <Bare><Failure error />{content}</Bare> }),
                    }
                })
            }}
        </Transition>
    }
}

/// A page before the sign-in: the company's name and a narrow column.
#[component]
pub fn Bare(children: Children) -> impl IntoView {
    view! {
        <a class="skip-link" href="#main">{t(text::SKIP)}</a>
        <main id="main" class="narrow">{children()}</main>
    }
}

/// What a mailed link leads to, or none when it has ended: used, replaced, too old, or never a link.
pub fn unless_ended<T>(found: Result<T, AppError>) -> Result<Option<T>, AppError> {
    match found {
        Err(AppError::NotFound) => Ok(None),
        found => found.map(Some),
    }
}

/// Stands in place of a page whose link has ended, and says how to get another.
#[component]
pub fn LinkEnded(ask: Text, #[prop(optional)] children: Option<Children>) -> impl IntoView {
    #[cfg(feature = "ssr")]
    crate::ctx::set_status(AppError::NotFound.status());
    view! {
        <PageHead title=t(text::LINK_ENDED) />
        <p class="lede">{t(ask)}</p>
        {children.map(|children| children())}
    }
}

#[component]
fn Frame(me: Me, children: Children) -> impl IntoView {
    view! {
        <a class="skip-link" href="#main">{t(text::SKIP)}</a>
        {me.company.demo.then(|| view! { <div class="demo-banner"><p>{t(text::DEMO)}</p></div> })}
        <header class="top-bar">
            <a class="brand" href="/"><CompanyMark mark=me.company.clone().mark() /></a>
            {(me.customers.len() > 1).then(|| view! { <Switcher me=me.clone() /> })}
            <Navigation me />
        </header>
        <NewsBar />
        <main id="main">{children()}</main>
    }
}

/// The company's logo, or its name while it has none.
#[component]
pub fn CompanyMark(mark: Mark) -> impl IntoView {
    match mark.logo {
        Some(logo) => {
            let (width, height) = (logo.width.to_string(), logo.height.to_string());
            view! { <img src=logo.address() alt=mark.name width=width height=height /> }.into_any()
        }
        None => mark.name.into_any(),
    }
}

/// Chooses which customer's data is shown (G11).
#[component]
fn Switcher(me: Me) -> impl IntoView {
    let current = me.customers.iter().find(|(id, _)| Some(*id) == me.customer);
    let name = current.map_or_else(|| t(text::ALL_CUSTOMERS).to_owned(), |(_, name)| name.clone());
    let all = me.customer.is_none();
    let choices = me.customers.into_iter().map(|(id, customer)| {
        let chosen = Some(id) == me.customer;
        view! { <button name="customer" value=id.to_string() aria-current=chosen.then_some("true")>{customer}</button> }
    });
    view! {
        <details class="menu">
            <summary>{name}<Icon name="chevron-down" /></summary>
            <div class="menu-panel">
                // Another customer is another set of pages: a full load leaves nothing of the old one behind.
                <form method="post" action=ChooseCustomer::url()>
                    <button name="customer" value="" aria-current=all.then_some("true")>{t(text::ALL_CUSTOMERS)}</button>
                    {choices.collect_view()}
                </form>
            </div>
        </details>
    }
}

#[component]
fn Navigation(me: Me) -> impl IntoView {
    let path = use_location().pathname;
    let item = move |href: &'static str, icon: &'static str, label: Text| {
        let here = move || path.with(|path| path == href || (href != "/" && path.starts_with(href)));
        view! { <li><a href=href aria-current=move || here().then_some("page")><Icon name=icon />{t(label)}</a></li> }
    };
    let more = move |href: &'static str, icon: &'static str, label: Text| view! { <a href=href><Icon name=icon />{t(label)}</a> };
    view! {
        <nav class="main-nav" aria-label=t(text::MAIN_NAVIGATION)>
            <ul>
                {item("/", "home", text::HOME)}
                {item("/requests", "clipboard-list", text::REQUESTS)}
                {me.may_see_appointments.then(|| item("/appointments", "calendar", text::APPOINTMENTS))}
                {me.may_see_reports.then(|| item("/reports", "file-text", text::REPORTS))}
                <li>
                    <details class="menu">
                        <summary><Icon name="more" />{t(text::MORE)}</summary>
                        <div class="menu-panel">
                            {more("/timeline", "history", text::TIMELINE)}
                            {me.may_see_appointments.then(|| more("/open-work", "wrench", text::OPEN_WORK))}
                            {me.may_see_reports.then(|| more("/follow-ups", "repeat", text::FOLLOW_UPS))}
                            {more("/account/access", "eye", text::ACCESS)}
                            {more("/account", "user", text::ACCOUNT)}
                            <hr />
                            // A full load, so that nothing of the session stays in the page.
                            <form method="post" action=SignOut::url()>
                                <button><Icon name="log-out" />{t(text::SIGN_OUT)}</button>
                            </form>
                        </div>
                    </details>
                </li>
            </ul>
        </nav>
    }
}

/// The page for addresses that lead nowhere: the same words as for what the reader may not see. Who is not signed in is offered to do so.
#[component]
pub fn NotFound() -> impl IntoView {
    let me = use_me();
    let company: Loaded<Mark> = Resource::new(|| (), |()| load_company());
    view! {
        <Transition fallback=|| ()>
            {move || {
                Suspend::new(async move {
                    let (me, mark) = (me.await, company.await.unwrap_or_default());
                    match me {
                        Ok(me) => view! { <Frame me><Failure error=AppError::NotFound /></Frame> }.into_any(),
                        Err(AppError::SignIn) => {
                            view! {
                                <Bare>
                                    <p class="brand"><CompanyMark mark /></p>
                                    <Failure error=AppError::NotFound way_on=("/sign-in", text::SIGN_IN) />
                                </Bare>
                            }
                                .into_any()
                        }
                        Err(error) => view! { <Bare><Failure error /></Bare> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
}

/// A thin bar while the next page is on its way; it shows itself after a quarter of a second (style sheet).
#[component]
pub fn LoadingBar(routing: ReadSignal<bool>) -> impl IntoView {
    view! { <div class="loading-bar" role="progressbar" aria-label=t(text::LOADING) hidden=move || !routing.get()></div> }
}
