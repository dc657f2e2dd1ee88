//! What is around every page of the desk: side bar, and the page's data beside it.

use domain::role::Act;
use domain::session::StaffMe;
use domain::text::Text;
use leptos::either::Either;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_location;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::desk::search::SearchBox;
use crate::desk::text;
use crate::error::AppError;
use crate::ui::form::KeptForm;
use crate::ui::icon::Icon;
use crate::ui::lang::t;
use crate::ui::load::{Failure, Loaded, in_query};
use crate::ui::news::{NewsBar, provide_news, use_news};
use crate::ui::shell::focus_first;
use crate::ui::words::provide_own_words;

#[cfg(feature = "ssr")]
use crate::ctx::{StaffSession, redirect, server_context};

/// The signed-in staff member, told about itself.
#[server(prefix = "/api/desk", endpoint = "me")]
pub async fn load_staff_me() -> Result<StaffMe, AppError> {
    let session = StaffSession::current().await?;
    let me = session.desk().me().await?;
    let ctx = server_context()?;
    if ctx.lang() != me.lang {
        ctx.set_lang(me.lang);
    }
    Ok(me)
}

#[server(prefix = "/api/desk", endpoint = "sign_out")]
pub async fn staff_sign_out() -> Result<(), AppError> {
    StaffSession::current().await?.desk().sign_out().await?;
    server_context()?.clear_session();
    redirect("/desk/sign-in");
    Ok(())
}

/// Loads the reader once for all pages, and anew when its account changes; listens to its news. Call it in the app's root.
pub fn provide_me() {
    let news = provide_news();
    let access = news.follow(&[]);
    let me: Loaded<StaffMe> = Resource::new(move || access.get(), |_| load_staff_me());
    provide_context(me);
    provide_own_words(|| use_me().get_untracked().and_then(Result::ok).map(|me| me.words).unwrap_or_default());
    news.listen_for("/desk/live", me);
}

/// The reader.
pub fn use_me() -> Loaded<StaffMe> {
    expect_context()
}

/// Which of the page's forms is open, from the query's `form`. A page with many forms opens one at a time, by a link: ids stay unique, a
/// refused form is shown again in its own place, and it works without WASM.
pub fn open_form() -> Memo<String> {
    in_query("form")
}

/// In the browser, a form that is opened on the page that one is on takes the focus. Call it at the top of the page.
pub fn focus_opened_form(open: Memo<String>) {
    Effect::new(move |before: Option<String>| {
        let now = open.get();
        if !now.is_empty() && before.is_some_and(|before| before != now) {
            request_animation_frame(|| {
                focus_first("#form textarea, #form select, #form input:not([type=hidden])");
            });
        }
        now
    });
}

/// A page for signed-in staff: the frame with `view` of the reader and the loaded data in it, or with the failure.
#[component]
pub fn Page<T, V, R>(resource: Loaded<T>, view: V) -> impl IntoView
where
    T: Clone + Send + Sync + Serialize + DeserializeOwned + 'static,
    V: Fn(StaffMe, T) -> R + Clone + Send + Sync + 'static,
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
                    let data = resource.await;
                    news.caught_up();
                    match (me, data) {
                        (Ok(me), Ok(data)) => {
                            let content = view(me.clone(), data).into_any();
                            Either::Left(view! { <Frame me>{content}</Frame> })
                        }
                        (Ok(me), Err(error)) => {
                            let content = view! { <Failure error /> }.into_any();
                            Either::Left(view! { <Frame me>{content}</Frame> })
                        }
                        (Err(error), _) => Either::Right(view! { <Bare><Failure error /></Bare> }),
                    }
                })
            }}
        </Transition>
    }
}

/// A page before the sign-in.
#[component]
pub fn Bare(children: Children) -> impl IntoView {
    view! {
        <a class="skip-link" href="#main">{t(text::SKIP)}</a>
        <main id="main" class="narrow">{children()}</main>
    }
}

#[component]
fn Frame(me: StaffMe, children: Children) -> impl IntoView {
    view! {
        <a class="skip-link" href="#main">{t(text::SKIP)}</a>
        {me.company.demo.then(|| view! { <div class="demo-banner"><p>{t(text::DEMO)}</p></div> })}
        <NewsBar />
        <div class="desk-frame">
            <header class="side-bar">
                <a class="brand" href="/desk/inbox">{me.company.name.clone()}</a>
                <details class="side-toggle">
                    <summary><Icon name="menu" />{t(text::MENU)}</summary>
                </details>
                <div class="side-nav">
                    <SearchBox />
                    <Navigation me />
                </div>
            </header>
            <main id="main">{children()}</main>
        </div>
    }
}

#[component]
fn Navigation(me: StaffMe) -> impl IntoView {
    let path = use_location().pathname;
    let item = move |href: &'static str, icon: &'static str, label: Text| {
        let here = move || path.with(|path| section_of(path).starts_with(href));
        view! { <li><a href=href aria-current=move || here().then_some("page")><Icon name=icon />{t(label)}</a></li> }
    };
    view! {
        <nav aria-label=t(text::MAIN_NAVIGATION)>
            <ul>
                {me.first_steps.then(|| item("/desk/first-steps", "star", text::FIRST_STEPS))}
                {item("/desk/inbox", "inbox", text::INBOX)}
                {item("/desk/planning", "calendar", text::PLANNING)}
                {item("/desk/reports", "file-text", text::REPORTS)}
                {item("/desk/follow-ups", "repeat", text::FOLLOW_UPS)}
                {item("/desk/overview", "chart", text::OVERVIEW)}
            </ul>
            <h2>{t(text::CUSTOMERS)}</h2>
            <ul>
                {item("/desk/customers", "building", text::CUSTOMERS)}
                {item("/desk/people", "users", text::PEOPLE)}
            </ul>
            <h2>{t(text::OFFICE)}</h2>
            <ul>
                {item("/desk/settings", "settings", text::SETTINGS)}
                {me.role.may(Act::Administer).then(|| item("/desk/audit", "history", text::AUDIT))}
            </ul>
            <div class="side-foot">
                <p>{me.name} ", " {t(me.role.label())}</p>
                <p><a href="/desk/keys">{t(text::KEYS)}</a></p>
                // A full load, so that nothing of the session stays in the page.
                <form method="post" action=StaffSignOut::url()>
                    <button class="link-button">{t(text::SIGN_OUT)}</button>
                </form>
            </div>
        </nav>
    }
}

/// The place in the side bar that an address belongs to. Requests and work have no list of their own name.
fn section_of(path: &str) -> &str {
    if path.starts_with("/desk/requests") {
        "/desk/inbox"
    } else if path.starts_with("/desk/targets") {
        "/desk/planning"
    } else {
        path
    }
}

/// The page for addresses that lead nowhere. Who is not signed in is offered to do so.
#[component]
pub fn NotFound() -> impl IntoView {
    let me = use_me();
    view! {
        <Transition fallback=|| ()>
            {move || {
                Suspend::new(async move {
                    match me.await {
                        Ok(me) => view! { <Frame me><Failure error=AppError::NotFound /></Frame> }.into_any(),
                        Err(AppError::SignIn) => {
                            view! {
                                <Bare>
                                    <p class="brand">{t(text::DESK)}</p>
                                    <Failure error=AppError::NotFound way_on=("/desk/sign-in", text::SIGN_IN) />
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
