//! The record as JSON lines.

use crate::{Agent, Document, ListMatch, Silence, Statement, Time};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The version of the record's format that this crate writes.
pub const SCHEMA: u32 = 1;

/// One line of the record; `"type"` comes first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
#[allow(clippy::large_enum_variant, reason = "a line is made, written and dropped; none are kept in bulk")]
pub enum Line {
    /// The first line: which program and model made the rest.
    OnRecord(Header),
    /// A document.
    Document(Document),
    /// An agent of the document before it.
    Agent(Agent),
    /// A list match of an agent before it.
    #[serde(rename = "list_match")]
    ListMatch(ListMatch),
    /// A statement of the document before it.
    Statement(Statement),
    /// A note of silence in the document before it.
    Silence(Silence),
    /// An expression of time in the document before it.
    Time(Time),
}

/// Which program, model and options made a record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Header {
    /// The format's version, [`SCHEMA`].
    pub schema: u32,
    /// The program's version.
    pub program: String,
    /// The model's name, with the first digits of its weights' hash.
    pub model: String,
    /// The options that shaped the record; those that do not (threads, colour) are left out.
    pub options: Map<String, Value>,
}
