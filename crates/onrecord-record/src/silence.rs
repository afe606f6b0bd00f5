//! The silence line: a text's note that somebody did not say something.

use crate::{AgentId, CodePoint, DocumentId, Piece, SilenceId, Span, StatementId};
use serde::{Deserialize, Serialize};

/// A text's note that somebody did **not** say, cite, explain, mention or answer something.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Silence {
    /// From the document and the span.
    pub id: SilenceId,
    /// The document it stands in.
    pub document: DocumentId,
    /// Who kept silent.
    pub agent: Option<AgentId>,
    /// The words right before the note that name whoever kept silent, an agent or not (“a spokesman for the Treasury”); null where
    /// they stand elsewhere, and in records of programs that did not note them.
    #[serde(default)]
    pub who: Option<Piece>,
    /// The words of the note, from the negation or the verb to the end of its phrase.
    pub text: String,
    /// Where they stand.
    pub span: Span<CodePoint>,
    /// About what: the words behind the verb; null when the text does not say.
    pub about: Option<String>,
    /// The statements it concerns, in the order of the text.
    pub statements: Vec<StatementId>,
}
