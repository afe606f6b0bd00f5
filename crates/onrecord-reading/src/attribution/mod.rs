//! Attributions: which words are attributed to whom by which cue.
//!
//! A network proposes attributions seen from their cues ([`onrecord_models::AttributionNetwork`]) in what is [`spoken`];
//! [`chosen`] are the surest of them, and [`attributions`] turns these into spans and adds the turns of transcripts and signed
//! quotations, which are told by layout. [`attributions_within`] reads what was attributed once more, for what is
//! attributed inside it.

mod choice;
mod cue_word;
mod dateline;
mod features;
mod signed;
mod turns;
mod within;

pub use choice::{Candidate, attributions, chosen};
pub(crate) use cue_word::{CueWord, cue_word};
pub(crate) use dateline::datelines;
pub use features::features;
pub(crate) use turns::{Label, labels};
pub use turns::{Spoken, spoken};
pub use within::attributions_within;

use onrecord_models::Evidence;
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
    /// What the network says of it; `None` where layout tells it.
    pub evidence: Option<Evidence>,
    /// Whether this is a labelled turn of a transcript, which holds all that its speaker said.
    pub turn: bool,
    /// Within whose content it was found by reading that again, as a place in the list; that of a turn is not told here.
    pub within: Option<usize>,
    /// Its form, where that is known already: marks around the whole passage do not make what stands within it direct.
    pub form: Option<Form>,
}

impl Attribution {
    /// Where it begins.
    pub(crate) fn first(&self) -> Option<Byte> {
        [&self.source, &self.cue, &self.content].into_iter().flatten().map(|span| span.start).min()
    }

    /// Whether its cue, or part of its content, stands in another one's roles.
    fn meets(&self, other: &Attribution) -> bool {
        let cue =
            self.cue.iter().any(|own| other.source.iter().chain(&other.cue).any(|its| its.overlaps(own)));
        cue || self
            .content
            .iter()
            .any(|own| other.content.iter().chain(&other.source).any(|its| its.overlaps(own)))
    }
}
