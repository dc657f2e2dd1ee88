//! Lists come in pages that continue after a key, never after a count: a row that appears meanwhile moves nothing.

use serde::{Deserialize, Serialize};

/// Rows of a list, and the key to ask for the next ones with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page<T> {
    pub items: Vec<T>,
    pub next: Option<Cursor>,
}

/// Where a page ended: the sort value and the id of its last row, as text for a link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Cursor(pub String);

/// Rows on one page.
pub const PAGE_SIZE: i64 = 25;

#[cfg(feature = "ssr")]
impl Cursor {
    pub(crate) fn new(sort: i64, id: uuid::Uuid) -> Self {
        Self(format!("{sort}.{id}"))
    }

    /// The sort value and the id; anything that is not a cursor starts at the beginning.
    pub(crate) fn parts(cursor: Option<&Self>) -> (Option<i64>, Option<uuid::Uuid>) {
        let parse = || {
            let (sort, id) = cursor?.0.split_once('.')?;
            Some((sort.parse().ok()?, id.parse().ok()?))
        };
        parse().map_or((None, None), |(sort, id): (i64, uuid::Uuid)| (Some(sort), Some(id)))
    }
}

#[cfg(feature = "ssr")]
impl<T> Page<T> {
    /// Makes a page of up to [`PAGE_SIZE`] rows out of one more than that, so that the extra row tells whether there is a next page.
    pub(crate) fn of<R>(mut rows: Vec<R>, key: impl Fn(&R) -> (i64, uuid::Uuid), view: impl FnMut(R) -> T) -> Self {
        let more = rows.len() as i64 > PAGE_SIZE;
        rows.truncate(PAGE_SIZE as usize);
        let next = if more { rows.last().map(&key).map(|(sort, id)| Cursor::new(sort, id)) } else { None };
        Self { items: rows.into_iter().map(view).collect(), next }
    }
}
