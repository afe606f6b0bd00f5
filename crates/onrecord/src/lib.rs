//! OnRecord as a library.
//!
//! This crate exists so that a program which wants the record of who said what need not know how it is made: it hands
//! in bytes and gets the record, a report to look at, or a file for another tool. The command line is one such
//! program and holds nothing that is not here, apart from files, threads and the terminal.
//!
//! # The steps
//!
//! 1. **Bytes → document.** `onrecord-intake` decodes the bytes, finds the main text, the headline, the byline and
//!    the day of publication. One evidence file may hold many documents. ([`Pipeline::documents`])
//! 2. **Document → text.** The document's text is fixed here; every offset from now on counts its code points.
//! 3. **Text → attributions.** `onrecord-reading` finds source, cue and content. ([`Pipeline::read`])
//! 4. **Attributions → people.** It joins the sources that name one agent, and gives each attribution its speaker:
//!    the attribution is now a statement.
//! 5. **Statements → record.** Document, agents and statements together are a [`Record`].
//! 6. **Record → lists**, where a user has some: agents are held against them by name. ([`watch`])
//! 7. **Record → what is wanted.** [`export::jsonl`] writes the record's lines, [`export::brat`] the standoff files of
//!    the annotation tool brat; [`report::text`] draws it for a terminal and [`report::html`] as a page.
//! 8. **Record → case**, where it is to be kept: [`case`] makes records ready for `onrecord-ledger` and takes evidence of
//!    any length line by line.
//!
//! A document in a language other than English goes through steps 1 and 2, and then straight to 5 with a warning.
//!
//! ```
//! use onrecord::{Pipeline, ModelName, report::text};
//!
//! let pipeline = Pipeline::new(ModelName::Fast, Default::default())?;
//! for outcome in pipeline.read_bytes(Some("note.txt"), "“It is done,” said Ann Vey.".as_bytes()) {
//!     println!("{}", text::draw(&outcome?, &text::Look::default()));
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod badge;
mod calendar;
pub mod case;
mod cast;
pub mod copies;
pub mod entered;
pub mod export;
mod harmless;
mod made_by;
mod paragraph;
mod pipeline;
pub mod question;
pub mod report;
#[cfg(test)]
mod sample;
mod spreading;
mod ties;
mod timeline;
mod unsure;
mod view;
pub mod watch;

pub use harmless::{harmless, harmless_line};
pub use made_by::{MadeBy, ReadBy};
pub use onrecord_intake::{Limits, Options as IntakeOptions, Problem};
pub use onrecord_ledger as ledger;
pub use onrecord_linking as linking;
pub use onrecord_models::{ModelError, ModelName};
pub use onrecord_reading::Reading;
pub use onrecord_record as record;
pub use pipeline::{Outcome, Pipeline, Record};

/// The version of the program that a record is signed with.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
