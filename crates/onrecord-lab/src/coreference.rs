//! Who is meant by what: the program's agents held against coreference of persons in GUM.
//!
//! **Gold.** OntoGUM's chains ([`crate::gum::Chain`]); a chain is one of persons if more than half of those of its
//! mentions whose span is also one of GUM's entities are of the type `person`. Spans that are no entity's have no say,
//! but stay mentions of the chain. The text has speakers' labels, as a reader of a plain file would see it. Labels are
//! no words of GUM, so nothing in them is a mention.
//!
//! **Program.** The agents of the record that are a person, a group or unnamed, or of whose kind nothing is said
//! ([`SystemChains`]). A mention must begin where a word of GUM begins and end where one ends; others are dropped and
//! counted. A span that two agents claim is the first one's.
//!
//! On both sides a chain of one mention is dropped. Mentions are the same only if all their words are. The figures
//! ([`CoreferenceFigures`]) are those of the reference scorer (Pradhan et al. 2014, version 8): for precision and recall
//! each, numerators and denominators are summed over documents. With K and R for a chain of the gold and of the program:
//!
//! - **mentions**: spans in both, of all in R and of all in K.
//! - **MUC** (Vilain et al. 1995): recall is the sum of |K| less the parts into which R cuts K, a mention that R lacks
//!   being a part, of the sum of |K| − 1; precision the same the other way round.
//! - **B³** (Bagga and Baldwin 1998): recall is the sum of |K ∩ R|² / |K| over all pairs, of all mentions in K;
//!   precision of |K ∩ R|² / |R|, of all in R.
//! - **CEAFe** (Luo 2005): chains are paired one to one so that the sum of 2|K ∩ R| / (|K| + |R|) is greatest; recall is
//!   that sum of the number of K, precision of R.
//! - **CoNLL**: the mean of the last three F1.
//!
//! Beside these, **pronouns** ([`PronounFigures`]): of the gold mentions that are one personal, possessive or reflexive
//! pronoun and in whose chain is a name (a mention whose head is a proper noun), those that the program puts into a
//! chain with such a name of the same gold chain.

mod alignment;
mod clusters;
mod measures;
mod mistakes;
mod pronoun;
mod score;
mod system;
mod table;

pub use clusters::{Clusters, Mention};
pub use measures::{CoreferenceFigures, Measure, compare};
pub use mistakes::mistakes;
pub use pronoun::{Pronoun, PronounFigures, pronoun_figures};
pub use score::{CoreferenceScore, ScoredDocument, score_document};
pub use system::{DroppedMentions, SystemChains};
pub use table::coreference_markdown;
