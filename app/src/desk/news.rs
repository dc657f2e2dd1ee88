//! What others do while a page of the desk is open: records follow their own log, and a queue says what is new in it, so that its rows stay
//! where they are.

use domain::change::{Change, Record};
use domain::page::Page;
use domain::request::{LogEntry, Queue, QueueCounts, QueueRow};
use leptos::prelude::*;
use uuid::Uuid;

use crate::desk::inbox::{load_inbox, waiting_in, wanted};
use crate::desk::text;
use crate::error::AppError;
use crate::ui::lang::use_lang;
use crate::ui::news::use_news;

#[cfg(feature = "ssr")]
use crate::ctx::StaffSession;

/// Whether a record's log goes on after an entry.
#[server(prefix = "/api/desk", endpoint = "has_news")]
pub async fn has_news(record: Record, id: Uuid, seen: i64) -> Result<bool, AppError> {
    Ok(StaffSession::current().await?.desk().has_news(record, id, seen).await?)
}

/// Kinds that the log of a record may have something of.
pub const IN_LOGS: &[Change] = &[Change::Request, Change::Appointment, Change::Report, Change::FollowUp];

/// The record that a page shows, and the newest entry of its log. Others' records are of the same kinds, and must not disturb.
#[derive(Clone, Copy)]
pub struct Seen(StoredValue<Option<(Record, Uuid, i64)>>);

impl Seen {
    /// Call it at the top of the page.
    pub fn new() -> Self {
        Self(StoredValue::new(None))
    }

    /// The page shows this.
    pub fn set(self, record: Record, id: Uuid, log: &[LogEntry]) {
        self.0.set_value(Some((record, id, log.first().map_or(0, |newest| newest.seq))));
    }

    /// Whether something happened since. What the page has shown meanwhile is nothing new, and a page that is gone wants to know nothing.
    pub async fn fell_behind(self) -> bool {
        while let Some((record, id, seen)) = self.0.try_get_value().flatten() {
            if !has_news(record, id, seen).await.unwrap_or_default() {
                return false;
            }
            if self.0.try_get_value().flatten() == Some((record, id, seen)) {
                return true;
            }
        }
        false
    }

    /// Grows when something happened to the record: a key for the page's data.
    pub fn follow(self) -> Memo<usize> {
        use_news().follow_if(IN_LOGS, move || self.fell_behind())
    }
}

/// A queue as the server has it now, beside the one that a page shows.
#[derive(Clone, Copy)]
pub struct QueueNews {
    /// What the page shows.
    shown: StoredValue<Option<(QueueCounts, Vec<QueueRow>)>>,
    /// The counts of now, and how many requests of now the page does not show; none while both are the same.
    newer: RwSignal<Option<(QueueCounts, usize)>>,
    wanted: RwSignal<usize>,
}

impl QueueNews {
    /// Call it at the top of the page.
    pub fn new() -> Self {
        Self { shown: StoredValue::new(None), newer: RwSignal::new(None), wanted: RwSignal::new(0) }
    }

    /// The page shows this.
    pub fn set(self, counts: &QueueCounts, rows: &Page<QueueRow>) {
        self.shown.set_value(Some((counts.clone(), rows.items.clone())));
        if self.newer.with_untracked(Option::is_some) {
            self.newer.set(None);
        }
    }

    /// Asks for the queue of an address again, and says so if it is another one than the page shows.
    pub async fn look_again(self, queue: String, after: String) {
        let Ok(queue) = wanted(&queue) else { return };
        if let Ok((counts, rows)) = load_inbox(queue, after).await {
            self.compare(queue, counts, &rows);
        }
    }

    fn compare(self, queue: Queue, counts: QueueCounts, rows: &Page<QueueRow>) {
        let Some((shown_counts, shown)) = self.shown.try_get_value().flatten() else { return };
        let new_rows = rows.items.iter().filter(|row| shown.iter().all(|shown| shown.id != row.id)).count();
        // What does not fit on the page comes on a later one.
        let waiting = |counts: &QueueCounts| waiting_in(queue, counts).unwrap_or_default();
        let more = usize::try_from(waiting(&counts) - waiting(&shown_counts)).unwrap_or_default();
        let same = counts == shown_counts && rows.items.len() == shown.len() && rows.items.iter().zip(&shown).all(looks_alike);
        self.newer.set((!same).then_some((counts, new_rows.max(more))));
    }

    /// The counts to show: always those of now. Counted, as what shows them may look once more while its page is being made anew.
    pub fn counts(self, shown: QueueCounts) -> ArcSignal<QueueCounts> {
        ArcSignal::derive(move || self.newer.get().map_or_else(|| shown.clone(), |(counts, _)| counts))
    }

    /// Grows when the reader wants to see the queue of now: a key for the page's data.
    pub fn wanted(self) -> usize {
        self.wanted.get()
    }
}

/// Whether a row would be shown as it is, its age aside.
fn looks_alike((new, shown): (&QueueRow, &QueueRow)) -> bool {
    new.id == shown.id
        && new.title == shown.title
        && new.status == shown.status
        && new.assignee_name == shown.assignee_name
        && new.pending.is_some() == shown.pending.is_some()
}

/// Says over a queue what is new in it, and shows it when asked. Nothing stands there while nothing is new.
#[component]
pub fn ShowNew(news: QueueNews) -> impl IntoView {
    let (lang, all_news) = (use_lang(), use_news());
    let show = move |_| {
        all_news.wanted();
        news.wanted.update(|times| *times += 1);
    };
    let words = move || news.newer.get().map(|(_, new)| text::SHOW_NEW_N.count(lang, new));
    view! {
        <div role="status">
            {move || words().map(|words| view! { <button type="button" class="fresh" on:click=show>{words}</button> })}
        </div>
    }
}
