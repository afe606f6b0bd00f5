//! How well predicted attributions agree with gold ones.
//!
//! Every figure is counted in tokens: runs of word characters, and single other characters that are no white space
//! ([`ScoredText`]). An attribution is three sets of tokens, its source, cue and content ([`ScoredAttribution`]).
//!
//! | figure | what it counts |
//! | --- | --- |
//! | token, per role | tokens that carry the role in any attribution of the document |
//! | exact, per role | the distinct spans of the document, punctuation at the edges of each run dropped |
//! | attribution | one-to-one matches: content Jaccard of at least one half, and sources that share a token or are both absent |
//! | content only | the same without the condition on sources; *source accuracy* is the share of these pairs that meets it |
//! | attributed content | content tokens whose attribution has the right source, however the content is split up |
//! | strict | attributions whose three spans are all exact |
//! | alpha | Krippendorff's nominal alpha of the tokens' labels |
//! | kinds | the attribution figure apart for direct, mixed and indirect content |
//!
//! The definitions are those of the Python scorer that the project's trial figures were measured with; the numbers of
//! the two are held equal by a test.

mod agreement;
mod annotator_pairs;
mod figures;
mod matching;
mod quotation;
mod score_table;
mod scored_attribution;
mod scored_text;
mod scoring;
mod spans;
mod token_set;

pub use agreement::{LabelCounts, TokenLabel};
pub use annotator_pairs::{Annotation, score_annotator_pairs};
pub use figures::{Count, KindFigures, PerRole, PrecisionRecall, Scores};
pub use score_table::markdown;
pub use scored_attribution::{Kind, ScoredAttribution};
pub use scored_text::{ScoredText, SpanOutsideText, count_tokens};
pub use scoring::{Scoring, matched_with_sources, score};
pub use spans::{AttributionSpans, Role};
pub use token_set::TokenSet;
