//! Pieces of pages that both faces use.

pub mod form;
pub mod icon;
pub mod lang;
pub mod load;
pub mod news;
pub mod record;
pub mod report;
pub mod shell;
pub mod upload;
pub mod window;
pub mod words;
