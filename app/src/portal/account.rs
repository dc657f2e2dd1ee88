//! The reader's account: who it is, its password, its sessions, what it may see, and which mails it gets.

mod access;
mod calendar;
mod notifications;
mod profile;
mod security;

pub use access::{AccessPage, load_access};
pub use notifications::{NotificationsPage, timings};
pub use profile::AccountPage;
