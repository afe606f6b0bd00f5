//! Attributions: which words are attributed to whom by which cue.
//!
//! A network proposes attributions seen from their cues ([`onrecord_models::AttributionNetwork`]); [`attributions`]
//! chooses among the proposals, turns tags into spans, and adds the turns of transcripts, which are told by layout.
//! [`attributions_within`] reads what was attributed once more, for what is attributed inside it.

mod choice;
mod cue_word;
mod features;
mod turns;
mod within;

pub use choice::attributions;
pub(crate) use cue_word::{CueWord, cue_word};
pub use features::features;
pub(crate) use turns::{Label, labels};
pub use within::attributions_within;

use onrecord_record::{Byte, Form, Span};

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
    /// Within whose content it was found by reading that again, as a place in the list; that of a turn is not told here.
    pub within: Option<usize>,
    /// How it was said, where the quotation marks of the text cannot tell: those around what holds it are not its own.
    pub form: Option<Form>,
}

impl Attribution {
    /// Where it begins.
    pub(crate) fn first(&self) -> Option<Byte> {
        [&self.source, &self.cue, &self.content].into_iter().flatten().map(|span| span.start).min()
    }

    /// Whether its cue lies in the label of a turn.
    fn is_cued_by(&self, turn: &Attribution) -> bool {
        self.cue.iter().any(|cue| turn.source.iter().chain(&turn.cue).any(|label| label.overlaps(cue)))
    }
}
