//! What visits showed to be still needed, by where it stands.

use domain::change::Change;
use domain::follow_up::{FollowUpRow, FollowUpStatus};
use domain::text::Text;
use leptos::prelude::*;

use crate::error::AppError;
use crate::portal::frame::Page;
use crate::portal::rows::{FollowUpRows, Part};
use crate::portal::text;
use crate::ui::lang::t;
use crate::ui::load::Loaded;
use crate::ui::news::use_news;
use crate::ui::record::{Empty, PageHead};

#[cfg(feature = "ssr")]
use crate::ctx::ContactSession;

#[server(prefix = "/api/portal", endpoint = "follow_ups")]
pub async fn load_follow_ups() -> Result<Vec<FollowUpRow>, AppError> {
    Ok(ContactSession::current().await?.portal().follow_ups().await?)
}

#[component]
pub fn FollowUpsPage() -> impl IntoView {
    let news = use_news().follow(&[Change::FollowUp, Change::Report, Change::Appointment]);
    let resource: Loaded<Vec<FollowUpRow>> = Resource::new(move || news.get(), |_| load_follow_ups());
    let view = |all: Vec<FollowUpRow>| {
        let group = |id: &'static str, title: Text, status: FollowUpStatus| {
            let follow_ups: Vec<_> = all.iter().filter(|row| row.status == status).cloned().collect();
            (!follow_ups.is_empty()).then(|| view! { <Part id title><FollowUpRows follow_ups /></Part> })
        };
        view! {
            <PageHead title=t(text::FOLLOW_UPS) />
            {all.is_empty().then(|| view! { <Empty icon="repeat" text=text::NO_FOLLOW_UPS /> })}
            {group("required", text::REQUIRED, FollowUpStatus::Required)}
            {group("planned", text::PLANNED, FollowUpStatus::Planned)}
            {group("done", text::DONE, FollowUpStatus::Done)}
        }
    };
    view! { <Page resource view /> }
}
