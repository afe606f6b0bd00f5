//! Identifiers, each derived from content: the same bytes read by the same program get the same ids on any machine.

use crate::{CodePoint, RoleSpans, Sha256, Span};
use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            fn of<'a>(fields: impl IntoIterator<Item = &'a [u8]>) -> Self {
                let hash = Sha256::of_fields(fields).to_string();
                $name(format!(concat!($prefix, "_{}"), &hash[..16]))
            }

            /// The id as it is written.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id!(
    /// Names a document: from its evidence file, its place inside it and its text.
    DocumentId,
    "doc"
);
id!(
    /// Names an agent within one document: from the document and the agent's first mention.
    AgentId,
    "ag"
);
id!(
    /// Names a statement: from its document and the spans of its three roles.
    StatementId,
    "st"
);

id!(
    /// Names a silence: from its document and its span.
    SilenceId,
    "si"
);

impl DocumentId {
    /// `place` tells apart several documents from one evidence file (the line of a JSON-lines file, the path inside
    /// an archive); it is empty when the file is the document.
    pub fn new(evidence: &Sha256, place: &str, text: &Sha256) -> Self {
        Self::of([&evidence.0[..], place.as_bytes(), &text.0])
    }
}

impl AgentId {
    /// The id of the agent whose first mention in `document` is `first`.
    pub fn new(document: &DocumentId, first: Span<CodePoint>) -> Self {
        Self::of([document.as_str().as_bytes(), &span_bytes(&[first])])
    }
}

impl StatementId {
    /// The id of the statement with these role spans in `document`.
    pub fn new(document: &DocumentId, source: &RoleSpans, cue: &RoleSpans, content: &RoleSpans) -> Self {
        let [source, cue, content] = [source, cue, content].map(|role| span_bytes(&role.spans));
        Self::of([document.as_str().as_bytes(), &source, &cue, &content])
    }
}

impl SilenceId {
    /// The id of the silence noted at `span` in `document`.
    pub fn new(document: &DocumentId, span: Span<CodePoint>) -> Self {
        Self::of([document.as_str().as_bytes(), &span_bytes(&[span])])
    }
}

fn span_bytes(spans: &[Span<CodePoint>]) -> Vec<u8> {
    spans.iter().flat_map(|span| [span.start.0, span.end.0]).flat_map(u32::to_le_bytes).collect()
}
