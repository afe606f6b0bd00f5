//! Attributions: which words are attributed to whom by which cue.
//!
//! A network proposes attributions seen from their cues ([`onrecord_models::AttributionNetwork`]); [`attributions`]
//! chooses among the proposals and turns tags into spans.

mod choice;
mod features;

pub use choice::attributions;
pub use features::features;

use onrecord_record::{Byte, Span};

/// One place where content is attributed to a source, in bytes of the text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attribution {
    /// Who is said to say it; empty when the text names nobody here.
    pub source: Vec<Span<Byte>>,
    /// The words that attribute.
    pub cue: Vec<Span<Byte>>,
    /// What is attributed; several pieces when it is interrupted.
    pub content: Vec<Span<Byte>>,
    /// How sure the network is, 0 to 1.
    pub confidence: f32,
}
