//! The record for people: drawn for a terminal, or as a page to be opened in a browser.
//!
//! Both show the same things: what the document is, who speaks in it, and each statement with its place, its cue and
//! its words. Neither says whether anything is true.

pub mod answer;
pub mod checked;
pub mod claims;
pub mod entered;
mod flow;
pub mod html;
pub mod matrix;
mod segment;
pub mod text;
mod watch;

pub use watch::draw_findings;
