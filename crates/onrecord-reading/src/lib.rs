//! A document becomes its statements and the agents who made them.
//!
//! This crate exists to keep reading what it must be: a pure function of the document's text and the model. It knows
//! no files, no clock and no network, and it never fails: it returns what it found. The steps, in order:
//! [`token`] and [`quotation`] cut the text up, [`attribution`] finds who is said to say what, [`agents`] finds who
//! that is, [`time`] reads expressions of time, and a [`Reader`] runs them one after another.

pub mod agents;
pub mod attribution;
mod lessons;
pub mod quotation;
mod reader;
mod statement;
pub mod time;
pub mod token;

pub use lessons::Lessons;
pub use reader::{Reader, Reading, Step};
