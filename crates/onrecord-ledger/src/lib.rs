//! The case on disk: evidence files, the append-only log, the record, and the index of its words.
//!
//! This crate exists so that a case loses nothing and cannot be altered unseen. It is the first layer that knows files
//! and the clock, and it never knows a network. What is read and how is not its business: it is handed lines of the
//! record and gives the same lines back, byte for byte, whatever version wrote them.
//!
//! A case is a folder. `ledger.sqlite` holds the log, the texts, the readings, and columns to find things by, which can
//! be made again from the readings; `evidence/` holds the bytes as they came. `docs/CASE.md` describes both so that they
//! can be read without this program.
//!
//! One [`Writer`] at a time adds to a case, in batches: what a batch holds is there after [`Writer::commit`] and not
//! before. Any number of [`Case`]s read meanwhile. [`verify`](Case::verify) holds everything to the log, and the log to
//! the root of its Merkle tree.

mod backup;
mod beside;
mod case;
mod clock;
mod evidence;
mod fault;
mod index;
pub mod links;
pub mod log;
pub mod meanings;
mod packing;
pub mod people;
mod prepared;
mod rows;
mod schema;
pub mod search;
mod stored;
mod verify;
mod writing;

pub use case::Case;
pub use evidence::EvidenceFolder;
pub use fault::{Fault, FaultKind, Result};
pub use prepared::Prepared;
pub use schema::VERSION as CASE_VERSION;
pub use search::Bearers;
pub use stored::{Counts, PackedRecord, StoredRecord};
pub use verify::{Finding, Verdict};
pub use writing::{Known, Maker, Writer, WriterOptions};
