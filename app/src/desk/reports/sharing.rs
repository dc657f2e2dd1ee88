//! What of a report the customer has: the live release, its readers, its withdrawal, and the releases before it.

use domain::id::ReportId;
use domain::report::{DeskReport, ReleaseView, SUMMARY_LIMIT};
use domain::role::Act;
use domain::session::StaffMe;
use domain::when::Stamp;
use leptos::form::ActionForm;
use leptos::prelude::*;

use crate::desk::text;
use crate::error::AppError;
use crate::ui::form::{Check, FormErrors, TextArea, use_form};
use crate::ui::icon::Icon;
use crate::ui::lang::{t, use_lang};
use crate::ui::record::{Prose, Time};

#[cfg(feature = "ssr")]
use crate::ctx::{StaffSession, redirect};

#[server(prefix = "/api/desk", endpoint = "withdraw_release")]
pub async fn withdraw_release(
    id: ReportId,
    version: i64,
    #[server(default)] reason: String,
    #[server(default)] unshare: String,
) -> Result<(), AppError> {
    StaffSession::current().await?.desk().withdraw_release(id, version, &reason, unshare == "on").await?;
    redirect(&format!("/desk/reports/{id}"));
    Ok(())
}

#[component]
pub fn Sharing(me: StaffMe, report: DeskReport, withdraw: ServerAction<WithdrawRelease>, open: Memo<String>) -> impl IntoView {
    let (id, version) = (report.id, report.version);
    let may_withdraw = me.role.may(Act::Release);
    let content = match report.release {
        None => view! { <p>{t(text::NOTHING_SHARED)}</p> }.into_any(),
        Some(release) => {
            let readers = release.opened_by.clone();
            view! {
                <ReleaseFacts release />
                <h3>{t(text::OPENED_BY)}</h3>
                <Readers readers=readers.clone() />
                {may_withdraw
                    .then(|| {
                        view! {
                            <div class="actions">
                                <a class="button danger" href=format!("/desk/reports/{id}?form=withdraw#form")>{t(text::WITHDRAW)}</a>
                            </div>
                        }
                    })}
                {move || {
                    let readers = readers.clone();
                    (may_withdraw && open.get() == "withdraw").then(|| view! { <Withdrawal id version readers withdraw /> })
                }}
            }
            .into_any()
        }
    };
    view! {
        <section class="card" aria-labelledby="shared">
            <h2 id="shared"><Icon name="eye" />" " {t(text::SHARED_WITH_CUSTOMER)}</h2>
            {content}
        </section>
    }
}

/// A release's words and files, as frozen.
#[component]
fn ReleaseFacts(release: ReleaseView) -> impl IntoView {
    let lang = use_lang();
    let version = text::VERSION_OF_REVISION.fill(lang, &[("n", &release.number.to_string()), ("revision", &release.revision.to_string())]);
    let by = text::SHARED_BY.fill(lang, &[("name", &release.released_by), ("date", &release.released.text)]);
    let files = release.files.into_iter().map(|file| {
        let caption = (!file.caption.is_empty()).then(|| format!(" · {}", file.caption));
        view! { <li>{file.public_name}{caption}</li> }
    });
    let files: Vec<_> = files.collect();
    view! {
        <p><strong>{release.title}</strong></p>
        <p>{version} " " {by}</p>
        <Prose text=release.summary />
        {(!release.message.is_empty()).then(|| view! { <Prose text=release.message /> })}
        {if files.is_empty() {
            view! { <p>{t(text::NO_FILES_SHARED)}</p> }.into_any()
        } else {
            view! { <ul>{files}</ul> }.into_any()
        }}
    }
}

#[component]
fn Readers(readers: Vec<(String, Stamp)>) -> impl IntoView {
    if readers.is_empty() {
        return view! { <p>{t(text::OPENED_BY_NOBODY)}</p> }.into_any();
    }
    let rows = readers.into_iter().map(|(name, at)| view! { <li>{name} ", " <Time stamp=at /></li> });
    view! { <ul>{rows.collect_view()}</ul> }.into_any()
}

/// Who had opened it comes first: that is what a withdrawal can no longer undo.
#[component]
fn Withdrawal(id: ReportId, version: i64, readers: Vec<(String, Stamp)>, withdraw: ServerAction<WithdrawRelease>) -> impl IntoView {
    let form = use_form(withdraw);
    let opened = text::ALREADY_OPENED.count(use_lang(), readers.len());
    view! {
        <section class="internal" id="form">
            <h3>{t(text::WITHDRAW)}</h3>
            <p>{opened}</p>
            {(!readers.is_empty()).then(|| view! { <Readers readers /> })}
            <FormErrors form=form.clone() />
            <ActionForm action=withdraw>
                <input type="hidden" name="id" value=id.to_string() />
                <input type="hidden" name="version" value=version.to_string() />
                <TextArea
                    form=form.clone()
                    name="reason"
                    label=text::WITHDRAW_REASON
                    hint=text::NEVER_IN_PORTAL
                    rows=3
                    maxlength=SUMMARY_LIMIT
                />
                <Check form name="unshare" label=text::UNSHARE_FOLLOW_UPS checked=true />
                <div class="actions">
                    <button class="danger">{t(text::WITHDRAW_NOW)}</button>
                    <a class="button quiet" href=format!("/desk/reports/{id}")>{t(text::NOT_NOW)}</a>
                </div>
            </ActionForm>
        </section>
    }
}

#[component]
pub fn PastReleases(releases: Vec<ReleaseView>) -> impl IntoView {
    let rows = releases.into_iter().map(|release| {
        let ended = if release.ended_as.as_deref() == Some("withdrawn") { text::RELEASE_WITHDRAWN } else { text::RELEASE_SUPERSEDED };
        let (reason, readers) = (release.withdraw_reason.clone(), release.opened_by.clone());
        let version = text::VERSION.fill(use_lang(), &[("n", &release.number.to_string())]);
        view! {
            <details>
                <summary>{version} ", " {t(ended)}</summary>
                <ReleaseFacts release />
                {reason
                    .map(|reason| {
                        view! {
                            <section class="internal">
                                <h3><Icon name="lock" />" " {t(text::WITHDRAW_REASON)}</h3>
                                <Prose text=reason />
                            </section>
                        }
                    })}
                <h3>{t(text::OPENED_BY)}</h3>
                <Readers readers />
            </details>
        }
    });
    let rows: Vec<_> = rows.collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section aria-labelledby="past">
                <h2 id="past">{t(text::PAST_RELEASES)}</h2>
                {rows}
            </section>
        }
    })
}
