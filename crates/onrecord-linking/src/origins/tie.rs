//! What ties two documents, and the evidence for it.

use onrecord_record::{CodePoint, Span};
use serde::{Deserialize, Serialize};

/// How the origins of two documents relate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// One goes back to the other, or both to a third: shared text or a credit shows it.
    SameOrigin,
    /// No sign either way.
    Unknown,
    /// Different reporting lines that may share a source: both quote the same words.
    NotEstablished,
    /// A person says so, or each has first-hand evidence of its own.
    Independent,
}

/// What two documents share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The same words in the same order.
    Copy,
    /// The same contents, sentence by sentence, in other words.
    Rewrite,
    /// The same quoted words and little else: one utterance, not for that one origin.
    Quote,
}

/// A stretch of one document and the stretch of the other that answers to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Passage {
    /// What the stretches share.
    pub kind: Kind,
    /// Where they stand, in the order of the tie's documents.
    pub spans: [Span<CodePoint>; 2],
    /// How many words the stretch of the first document has.
    pub words: u32,
}

/// A place where a document names the publisher it has its text or news from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Credit {
    /// The document that names a publisher, by its number.
    pub document: u32,
    /// The publisher as printed: "AP", "the Harbour Times".
    pub publisher: String,
    /// The words of the credit; none where only the document's field has it.
    pub span: Option<Span<CodePoint>>,
}

/// Two documents that have something in common.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tie {
    /// Their numbers, in the order in which the documents were added.
    pub documents: [u32; 2],
    /// How their origins relate.
    pub relation: Relation,
    /// What they share.
    pub kind: Kind,
    /// How sure it is, 0 to 1: for a copy the share of the shorter text that also stands in the other.
    pub score: f32,
    /// The passages that show it, in the order of the first document.
    pub passages: Vec<Passage>,
    /// The credits that show it.
    pub credits: Vec<Credit>,
}
