//! A document becomes its statements and the agents who made them.
//!
//! This crate exists to keep reading what it must be: a pure function of the document's text and the model. It knows
//! no files, no clock and no network, and it never fails: it returns what it found. The steps, in order:
//! [`token`] and [`quotation`] cut the text up, [`attribution`] finds who is said to say what, [`agents`] finds who
//! that is, [`time`] reads expressions of time, and a [`Reader`] runs them one after another.

mod act;
pub mod agents;
pub mod attribution;
mod basis;
mod certainty;
mod concession;
mod factuality;
mod framing;
mod lessons;
mod mentioned;
mod noun;
mod passage;
mod pattern;
pub mod quotation;
mod reader;
mod response;
mod sentence;
mod setting;
mod silence;
mod statement;
mod telling;
pub mod time;
pub mod token;

pub use factuality::factuality;
pub use lessons::Lessons;
pub use reader::{Reader, Reading, Step};
pub use sentence::sentences;
