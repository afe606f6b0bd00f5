//! The nouns of OnRecord and the format of its record.
//!
//! This crate exists so that every other part agrees, in types, on what a document, an agent and a statement are and
//! on how they are written down: one JSON object a line, each text tied to exact characters of its source. It does no
//! input or output, reads no clock and knows no model.
//!
//! Offsets in the record count Unicode code points of the document's text, half-open `[start, end)`
//! ([`Span<CodePoint>`]); inside the program bytes are handier ([`Span<Byte>`]), and [`TextIndex`] turns one into the
//! other. The two never mix: they are different types.

mod agent;
mod document;
mod hash;
mod id;
mod line;
mod list_match;
mod offset;
mod silence;
mod stance;
mod statement;
mod time;

pub use agent::{Agent, AgentKind, Alias, Role};
pub use document::{Document, PublishedFrom};
pub use hash::Sha256;
pub use id::{AgentId, DocumentId, SilenceId, StatementId};
pub use line::{Header, Line, SCHEMA};
pub use list_match::{ListBand, ListFacts, ListFinding, ListKind, ListMatch, NameStanding};
pub use offset::{Byte, CodePoint, Span, TextIndex};
pub use silence::Silence;
pub use stance::Stance;
pub use statement::{
    Act, Addressee, Basis, BasisKind, BasisOwner, Certainty, CertaintyLevel, Form, Framing, FramingKind,
    Piece, RoleSpans, Said, Statement, TimeReference,
};
pub use time::{Time, TimexKind};
