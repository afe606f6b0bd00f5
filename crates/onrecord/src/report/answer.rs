//! An answer to a question, for people: drawn for a terminal or as a page.
//!
//! Each line is one speaker with their own words, the day, what the statement rests on, and where it stands. What the program
//! takes for a side and why is told beside it; nothing is told of what is so.

pub mod html;
mod shown;
pub mod text;
