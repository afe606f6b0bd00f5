//! A document becomes its statements and the agents who made them.
//!
//! Reading is a pure function of the document's text, the options and the model: no files, no clock, no network, and
//! it never fails. The steps, in order: [`token`] and [`quotation`] cut the text up.

pub mod quotation;
pub mod token;
