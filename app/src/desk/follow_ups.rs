//! Follow-ups: the list, what staff do with them, and their part of a report's page.

use domain::change::Change;
use domain::follow_up::{DeskFollowUp, FollowUpInput, FollowUpStatus};
use domain::id::{FollowUpId, ReportId};
use domain::page;
use domain::session::StaffMe;
use domain::target::TargetInput;
use domain::text::Text;
use leptos::prelude::*;

use crate::desk::frame::Page;
use crate::desk::text;
use crate::error::AppError;
use crate::ui::icon::Icon;
use crate::ui::lang::t;
use crate::ui::load::{Loaded, in_query};
use crate::ui::news::use_news;
use crate::ui::record::{Empty, PageHead, ShowMore, Status, Tabs};

#[cfg(feature = "ssr")]
use crate::ctx::{StaffSession, redirect};

mod of_report;

pub use of_report::ReportFollowUps;

#[server(prefix = "/api/desk", endpoint = "follow_ups")]
pub async fn load_follow_ups(status: String, after: String) -> Result<page::Page<DeskFollowUp>, AppError> {
    Ok(StaffSession::current().await?.desk().follow_ups(&status, &after).await?)
}

#[server(prefix = "/api/desk", endpoint = "require_follow_up")]
pub async fn require_follow_up(report: ReportId, what: FollowUpInput) -> Result<(), AppError> {
    StaffSession::current().await?.desk().require_follow_up(report, &what).await?;
    redirect(&format!("/desk/reports/{report}"));
    Ok(())
}

#[server(prefix = "/api/desk", endpoint = "edit_follow_up")]
pub async fn edit_follow_up(report: ReportId, id: FollowUpId, version: i64, what: FollowUpInput) -> Result<(), AppError> {
    StaffSession::current().await?.desk().edit_follow_up(id, version, &what).await?;
    redirect(&format!("/desk/reports/{report}"));
    Ok(())
}

#[server(prefix = "/api/desk", endpoint = "share_follow_up")]
pub async fn share_follow_up(id: FollowUpId, version: i64) -> Result<(), AppError> {
    Ok(StaffSession::current().await?.desk().share_follow_up(id, version).await?)
}

#[server(prefix = "/api/desk", endpoint = "unshare_follow_up")]
pub async fn unshare_follow_up(id: FollowUpId, version: i64) -> Result<(), AppError> {
    Ok(StaffSession::current().await?.desk().unshare_follow_up(id, version).await?)
}

/// Makes the work for a follow-up and goes there, to find a date.
#[server(prefix = "/api/desk", endpoint = "plan_follow_up")]
pub async fn plan_follow_up(id: FollowUpId, version: i64, work: TargetInput) -> Result<(), AppError> {
    let target = StaffSession::current().await?.desk().plan_follow_up(id, version, &work).await?;
    redirect(&format!("/desk/targets/{target}"));
    Ok(())
}

#[server(prefix = "/api/desk", endpoint = "cancel_follow_up")]
pub async fn cancel_follow_up(report: ReportId, id: FollowUpId, version: i64) -> Result<(), AppError> {
    StaffSession::current().await?.desk().cancel_follow_up(id, version).await?;
    redirect(&format!("/desk/reports/{report}"));
    Ok(())
}

acts!(pub FollowUpActs {
    require: RequireFollowUp,
    edit: EditFollowUp,
    share: ShareFollowUp,
    unshare: UnshareFollowUp,
    plan: PlanFollowUp,
    cancel: CancelFollowUp,
});

/// The tab that shows follow-ups of every status.
const ALL: &str = "all";

#[component]
pub fn FollowUpsPage() -> impl IntoView {
    let (status, after) = (in_query("status"), in_query("after"));
    let first = FollowUpStatus::Required.word();
    let status = Memo::new(move |_| status.with(|status| if status.is_empty() { first.to_owned() } else { status.clone() }));
    let news = use_news().follow(&[Change::FollowUp]);
    let resource: Loaded<page::Page<DeskFollowUp>> = Resource::new(
        move || (status.get(), after.get(), news.get()),
        |(status, after, _)| async move { load_follow_ups(if status == ALL { String::new() } else { status }, after).await },
    );
    let view = move |_: StaffMe, follow_ups: page::Page<DeskFollowUp>| {
        let status = status.get_untracked();
        let words = FollowUpStatus::ALL.iter().map(|status| (status.word(), tab_label(*status))).chain([(ALL, text::ALL_OF_THEM)]);
        let tabs = words.map(|(word, label)| (format!("/desk/follow-ups?status={word}"), t(label).to_owned())).collect();
        view! {
            <PageHead title=t(text::FOLLOW_UPS) />
            <Tabs label=text::FOLLOW_UPS tabs here=format!("/desk/follow-ups?status={status}") />
            {if follow_ups.items.is_empty() {
                view! { <Empty icon="repeat" text=text::NO_FOLLOW_UPS /> }.into_any()
            } else {
                let rows = follow_ups.items.into_iter().map(|follow_up| view! { <li><FollowUpLine follow_up /></li> });
                view! { <ul class="rows">{rows.collect_view()}</ul> }.into_any()
            }}
            <ShowMore next=follow_ups.next path="/desk/follow-ups" query=vec![("status", status)] />
        }
    };
    view! { <Page resource view /> }
}

/// The short word of a tab: its list's heading says already that these are follow-ups.
const fn tab_label(status: FollowUpStatus) -> Text {
    match status {
        FollowUpStatus::Required => text::TAB_REQUIRED,
        FollowUpStatus::Planned => text::TAB_PLANNED,
        FollowUpStatus::Done => text::TAB_DONE,
        FollowUpStatus::Cancelled => text::TAB_CANCELLED,
    }
}

/// A follow-up in the list; its acts are on its report's page.
#[component]
fn FollowUpLine(follow_up: DeskFollowUp) -> impl IntoView {
    let (id, report, open) = (follow_up.id, follow_up.report_id, follow_up.status.is_open());
    let unplanned = open && follow_up.target.is_none();
    let public_text = if follow_up.public_text.is_empty() { t(text::NO_PUBLIC_TEXT).to_owned() } else { follow_up.public_text.clone() };
    view! {
        <div class="row">
            <a class="row-title" href=format!("/desk/reports/{report}#follow-up-{id}")>{follow_up.internal_text.clone()}</a>
            <span class="row-meta">
                {follow_up.customer_name.clone()} " · " {follow_up.location_name.clone()} " · " {follow_up.created.text.clone()}
            </span>
            <span class="row-meta"><Shared shared=follow_up.shared />" · " {public_text}</span>
            <span class="row-end">
                <Status label=follow_up.status.label() tone=follow_up.status.tone() shape=follow_up.status.shape() />
                " "
                {follow_up.target.map(|(target, number)| view! { <a class="ref" href=format!("/desk/targets/{target}")>{number}</a> })}
                {unplanned
                    .then(|| {
                        let href = format!("/desk/reports/{report}?form=plan-{id}#form");
                        view! { <a class="button small" href=href>{t(text::PLAN)}</a> }
                    })}
            </span>
        </div>
    }
}

/// Whether the customer knows of it.
#[component]
fn Shared(shared: bool) -> impl IntoView {
    let (icon, label) = if shared { ("eye", text::SHARED_WITH_CUSTOMER) } else { ("eye-off", text::NOT_SHARED) };
    view! { <Icon name=icon />" " {t(label)} }
}
