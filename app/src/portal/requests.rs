//! Requests: the list, and one as its docket.

mod docket;
mod list;

pub use docket::RequestPage;
pub use list::RequestsPage;
