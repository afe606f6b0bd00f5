//! Attributions: which words are attributed to whom by which cue.
//!
//! A network proposes attributions seen from their cues ([`onrecord_models::AttributionNetwork`]); [`attributions`]
//! chooses among the proposals, turns tags into spans, and adds the turns of transcripts, which are told by layout.

mod choice;
mod features;
mod turns;

pub use choice::attributions;
pub use features::features;
pub use turns::speech;
pub(crate) use turns::{Label, labels};

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
    /// How sure one may be that it stands in the text, 0 to 1.
    pub confidence: f32,
    /// Whether this is a labelled turn of a transcript, which holds all that its speaker said.
    pub turn: bool,
}

impl Attribution {
    /// Where it begins.
    fn first(&self) -> Option<Byte> {
        [&self.source, &self.cue, &self.content].into_iter().flatten().map(|span| span.start).min()
    }
}
