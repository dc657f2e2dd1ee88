//! Small pieces that records of both faces are made of: status, times, files, rows, paging.

use domain::attachment::FileView;
use domain::page::Cursor;
use domain::request::PublicStatus;
use domain::text::Text;
use domain::when::Stamp;
use leptos::prelude::*;
use leptos_meta::Title;

use crate::ui::form::escaped;
use crate::ui::icon::Icon;
use crate::ui::lang::t;
use crate::ui::words::request_word;

/// The page's heading, the same as its title, with room for the page's one main action beside it. The line under the heading, if there is
/// one, stays with it where the action has no room beside them.
#[component]
pub fn PageHead(
    #[prop(into)] title: String,
    #[prop(optional, into)] lede: String,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let heading = view! { <h1 tabindex="-1">{title.clone()}</h1> };
    let heading = if lede.is_empty() { heading.into_any() } else { view! { <div>{heading}<p class="lede">{lede}</p></div> }.into_any() };
    view! {
        <Title text=title />
        <div class="page-head">
            {heading}
            {children.map(|children| children())}
        </div>
    }
}

/// A status of the office: shape, words and colour together.
#[component]
pub fn Status(label: Text, tone: &'static str, shape: &'static str) -> impl IntoView {
    view! { <SaidStatus word=t(label) tone shape /> }
}

/// The same for a public status, whose word may be the company's own (`ui/words.rs`).
#[component]
pub fn SaidStatus(#[prop(into)] word: String, tone: &'static str, shape: &'static str) -> impl IntoView {
    view! {
        <span class="status" data-tone=tone>
            <span aria-hidden="true">{shape}</span>
            {word}
        </span>
    }
}

/// A request's public status.
#[component]
pub fn RequestStatus(status: PublicStatus) -> impl IntoView {
    view! { <SaidStatus word=request_word(status) tone=status.tone() shape=status.shape() /> }
}

/// A moment, as text with its machine-readable value.
#[component]
pub fn Time(stamp: Stamp) -> impl IntoView {
    view! { <time datetime=stamp.machine>{stamp.text}</time> }
}

/// The small picture of a file, or a sign of its kind. Its name stands beside it. `base` as in [`Files`].
#[component]
pub fn Thumb(file: FileView, base: &'static str) -> impl IntoView {
    match file.preview() {
        Some((width, height)) => {
            let src = format!("{base}/{}/preview", file.id);
            view! { <img class="thumb" src=src alt="" width=width.to_string() height=height.to_string() loading="lazy" /> }.into_any()
        }
        None => {
            let icon = if file.is_image() { "image" } else { "file-text" };
            view! { <span class="thumb"><Icon name=icon /></span> }.into_any()
        }
    }
}

/// Pictures to look at, each with its caption and the way to the whole file. Others are left out. `base` as in [`Files`].
#[component]
pub fn Gallery(files: Vec<FileView>, base: &'static str) -> impl IntoView {
    let figures = files.into_iter().filter_map(|file| {
        let (width, height) = file.preview()?;
        let size = file.size_text();
        let alt = if file.caption.is_empty() { file.name.clone() } else { file.caption.clone() };
        let href = format!("{base}/{}", file.id);
        // Its size is known before it comes: nothing on the page moves then.
        let src = format!("{href}/preview");
        Some(view! {
            <li>
                <figure>
                    <img src=src alt=alt width=width.to_string() height=height.to_string() loading="lazy" />
                    <figcaption>
                        {(!file.caption.is_empty()).then(|| view! { <p>{file.caption}</p> })}
                        <p class="hint"><a href=href rel="external" download="">{file.name}</a> " · " {size}</p>
                    </figcaption>
                </figure>
            </li>
        })
    });
    view! { <ul class="gallery">{figures.collect_view()}</ul> }
}

/// Files to download; `base` is the face's download path (`/files` or `/desk/files`).
#[component]
pub fn Files(files: Vec<FileView>, base: &'static str) -> impl IntoView {
    let rows = files.into_iter().map(|file| {
        let size = file.size_text();
        view! {
            <li class="file">
                <Thumb file=file.clone() base />
                <div>
                    // Not a page of the app: the browser must fetch it itself.
                    <p class="file-name"><a href=format!("{base}/{}", file.id) rel="external" download="">{file.name}</a></p>
                    <p class="hint">{size}{(!file.caption.is_empty()).then(|| format!(" · {}", file.caption))}</p>
                </div>
            </li>
        }
    });
    view! { <ul class="files">{rows.collect_view()}</ul> }
}

/// What stands where a list has nothing.
#[component]
pub fn Empty(icon: &'static str, text: Text, #[prop(optional)] children: Option<Children>) -> impl IntoView {
    view! {
        <div class="empty">
            <Icon name=icon />
            <p>{t(text)}</p>
            {children.map(|children| children())}
        </div>
    }
}

/// The link to a list's next page: the same address with the key to go on after.
#[component]
pub fn ShowMore(next: Option<Cursor>, #[prop(into)] path: String, query: Vec<(&'static str, String)>) -> impl IntoView {
    next.map(|Cursor(after)| {
        let kept = query.into_iter().filter(|(_, value)| !value.is_empty()).map(|(key, value)| format!("{key}={}&", escaped(&value)));
        let href = format!("{path}?{}after={}", kept.collect::<String>(), escaped(&after));
        view! { <p class="more"><a class="button" href=href>{t(Text::new("Show more", "Mehr anzeigen"))}</a></p> }
    })
}

/// Typed text of several lines.
#[component]
pub fn Prose(#[prop(into)] text: String) -> impl IntoView {
    view! { <p class="prose">{text}</p> }
}

/// Views of one list beside each other, as pairs of address and name; the one whose address is `here` is marked.
#[component]
pub fn Tabs(label: Text, tabs: Vec<(String, String)>, #[prop(into)] here: String) -> impl IntoView {
    let tabs = tabs.into_iter().map(|(href, name)| {
        let current = (href == here).then_some("page");
        view! { <a href=href aria-current=current>{name}</a> }
    });
    view! { <nav class="tabs" aria-label=t(label)>{tabs.collect_view()}</nav> }
}

/// A sentence that stands out. Tone and icon say of what kind it is.
#[component]
pub fn Notice(tone: &'static str, icon: &'static str, #[prop(into)] text: String) -> impl IntoView {
    view! { <div class="notice" data-tone=tone><Icon name=icon /><div><p>{text}</p></div></div> }
}
