//! What one document cannot tell: who is the same in many documents, and whose name stands on a list.
//!
//! This crate exists because a reading knows only its own document. It takes finished readings and lists, compares names
//! across scripts and spellings, and says which agents are one and the same, with what speaks for it and against it. A link
//! is a proposal with its evidence beside it: nothing here changes a reading, and every link can be taken back.

pub mod agents;
pub mod claims;
pub mod names;
pub mod origins;
pub mod watchlist;
