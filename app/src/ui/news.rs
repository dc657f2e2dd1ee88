//! News for an open page. The server tells which kinds of thing changed, never which thing; pages that show such things then ask again, by
//! their own way. Nothing that somebody types is touched: the page only says that there is something new. Without script nothing is told.

use std::collections::{BTreeMap, BTreeSet};
#[cfg(not(feature = "ssr"))]
use std::pin::Pin;
#[cfg(not(feature = "ssr"))]
use std::sync::Arc;

use domain::change::Change;
use domain::text::Text;
use leptos::prelude::*;
#[cfg(not(feature = "ssr"))]
use leptos::task::spawn_local;

use crate::ui::lang::t;
use crate::ui::load::Loaded;
use crate::ui::shell::Interactive;

#[cfg(not(feature = "ssr"))]
mod attention;
#[cfg(not(feature = "ssr"))]
mod stream;

/// What changed while the page is open. There is one for all pages.
#[derive(Clone, Copy)]
pub struct News {
    /// How often each kind was let through to the pages.
    shown: RwSignal<BTreeMap<Change, usize>>,
    /// What was told and not let through yet.
    waiting: RwSignal<BTreeSet<Change>>,
    /// Whether the reader is asked to look.
    offered: RwSignal<bool>,
    /// Whether it is being said that the page has changed.
    updated: RwSignal<bool>,
    /// What the pages that are open show, by a number each.
    #[cfg(not(feature = "ssr"))]
    followed: StoredValue<BTreeMap<usize, Followed>>,
}

/// Whether what changed concerns what a page shows, which may have to be asked for.
#[cfg(not(feature = "ssr"))]
type Concerns = Pin<Box<dyn Future<Output = bool>>>;

/// What a page shows. Without `ask` every change of its kinds concerns it.
#[cfg(not(feature = "ssr"))]
#[derive(Clone)]
struct Followed {
    kinds: &'static [Change],
    ask: Option<Arc<dyn Fn() -> Concerns + Send + Sync>>,
}

/// Makes the news known to all pages. Call it once, in the app's root.
pub fn provide_news() -> News {
    let news = News {
        shown: RwSignal::new(BTreeMap::new()),
        waiting: RwSignal::new(BTreeSet::new()),
        offered: RwSignal::new(false),
        updated: RwSignal::new(false),
        #[cfg(not(feature = "ssr"))]
        followed: StoredValue::new(BTreeMap::new()),
    };
    provide_context(news);
    news
}

pub fn use_news() -> News {
    expect_context()
}

/// The form with this address was refused: what is in it counts as not sent.
pub fn refused(action: &str) {
    #[cfg(not(feature = "ssr"))]
    attention::refused(action);
    #[cfg(feature = "ssr")]
    let _ = action;
}

impl News {
    /// Grows with every change of these kinds, and of what the reader may see: a key for a page's data. Call it at the top of the page.
    pub fn follow(self, kinds: &'static [Change]) -> Memo<usize> {
        #[cfg(not(feature = "ssr"))]
        self.register(Followed { kinds, ask: None });
        self.key(kinds)
    }

    /// The same for a page that shows only some things of these kinds. Of each change `ask` finds out whether it concerns the page; if not,
    /// or if the page shows it in a way of its own, it says no and nothing happens.
    pub fn follow_if<A, F>(self, kinds: &'static [Change], ask: A) -> Memo<usize>
    where
        A: Fn() -> F + Send + Sync + 'static,
        F: Future<Output = bool> + 'static,
    {
        #[cfg(not(feature = "ssr"))]
        self.register(Followed { kinds, ask: Some(Arc::new(move || -> Concerns { Box::pin(ask()) })) });
        #[cfg(feature = "ssr")]
        drop(ask);
        self.key(kinds)
    }

    fn key(self, kinds: &'static [Change]) -> Memo<usize> {
        Memo::new(move |_| {
            self.shown.with(|shown| {
                let times = |kind: &Change| shown.get(kind).copied().unwrap_or_default();
                times(&Change::Access) + kinds.iter().map(times).sum::<usize>()
            })
        })
    }

    /// Listens once the page is interactive and its reader is known to be signed in. Call it once, in the app's root.
    pub fn listen_for<T>(self, path: &'static str, reader: Loaded<T>)
    where
        T: Clone + Send + Sync + 'static,
    {
        let interactive = use_context::<Interactive>().unwrap_or_default().0;
        // Effects run in the browser only.
        Effect::new(move |listens: Option<bool>| {
            let (listens, ready) = (listens == Some(true), interactive.get() & matches!(reader.get(), Some(Ok(_))));
            if ready && !listens {
                self.listen(path);
            }
            listens || ready
        });
    }

    /// The page's data is there: nothing waits any more. Call it before the new view stands in the place of the old one.
    pub fn caught_up(self) {
        if !self.waiting.with_untracked(BTreeSet::is_empty) {
            self.waiting.update(BTreeSet::clear);
        }
        if self.offered.get_untracked() {
            self.offered.set(false);
        }
        #[cfg(not(feature = "ssr"))]
        attention::outlast();
    }

    /// The page is going to be made anew because its reader wants it: the focus then goes to what is being typed, or to the heading.
    pub fn wanted(self) {
        #[cfg(not(feature = "ssr"))]
        attention::asked();
    }

    /// The reader wants to see it now.
    fn show(self) {
        self.wanted();
        self.let_through();
    }

    /// Lets the pages ask again for what waits.
    fn let_through(self) {
        let waiting = self.waiting.try_update(std::mem::take).unwrap_or_default();
        self.offered.set(false);
        self.shown.update(|shown| waiting.into_iter().for_each(|kind| *shown.entry(kind).or_default() += 1));
    }
}

#[cfg(feature = "ssr")]
impl News {
    /// Only a browser listens.
    fn listen(self, _: &'static str) {}
}

#[cfg(not(feature = "ssr"))]
impl News {
    fn register(self, page: Followed) {
        let number = self.followed.with_value(|followed| followed.last_key_value().map_or(0, |(newest, _)| newest + 1));
        self.followed.update_value(|followed| {
            followed.insert(number, page);
        });
        on_cleanup(move || {
            let _ = self.followed.try_update_value(|followed| followed.remove(&number));
        });
    }

    /// Listens to the stream at a path as long as the page lives.
    fn listen(self, path: &'static str) {
        attention::watch();
        stream::listen(self, path);
    }

    /// Something of these kinds changed.
    fn told(self, kinds: impl Iterator<Item = Change>) {
        let kinds: BTreeSet<Change> = kinds.collect();
        let pages = self.followed.with_value(BTreeMap::clone);
        let surely = |kind: &Change| *kind == Change::Access || pages.values().any(|page| page.ask.is_none() && page.kinds.contains(kind));
        self.take(kinds.iter().copied().filter(surely).collect());
        for (number, page) in pages {
            let of_page: Vec<Change> = kinds.iter().copied().filter(|kind| page.kinds.contains(kind)).collect();
            let Some(ask) = page.ask.filter(|_| !of_page.is_empty()) else { continue };
            let concerns = ask();
            spawn_local(async move {
                // The page may have been left meanwhile.
                if concerns.await && self.followed.try_with_value(|followed| followed.contains_key(&number)) == Some(true) {
                    self.take(of_page);
                }
            });
        }
    }

    /// Something changed that the page shows: it asks again now, or once its reader wants it to.
    fn take(self, kinds: Vec<Change>) {
        if kinds.is_empty() {
            return;
        }
        self.waiting.update(|waiting| waiting.extend(kinds));
        if attention::must_wait() {
            self.offer();
        } else {
            self.let_through();
            self.say_updated();
        }
    }

    /// Says that there is something new, as soon as nobody types.
    fn offer(self) {
        if self.waiting.with_untracked(BTreeSet::is_empty) {
            return;
        }
        if attention::is_typing() {
            set_timeout(move || self.offer(), attention::PAUSE);
        } else {
            self.offered.set(true);
        }
    }

    fn say_updated(self) {
        if attention::may_speak() {
            self.updated.set(true);
            set_timeout(move || self.updated.set(false), attention::SPOKEN);
        }
    }
}

/// Says politely, over the page and without moving anything of it, that it has changed, or that it would.
#[component]
pub fn NewsBar() -> impl IntoView {
    let news = use_news();
    let something = t(Text::new("There is something new.", "Es gibt etwas Neues."));
    let show = t(Text::new("Show", "Anzeigen"));
    let updated = t(Text::new("Updated.", "Aktualisiert."));
    view! {
        <div class="toasts" role="status">
            {move || {
                news.offered
                    .get()
                    .then(|| {
                        view! {
                            <div class="toast">
                                <span>{something}</span>
                                <button type="button" on:click=move |_| news.show()>{show}</button>
                            </div>
                        }
                    })
            }}
            {move || news.updated.get().then(|| view! { <span class="visually-hidden">{updated}</span> })}
        </div>
    }
}
