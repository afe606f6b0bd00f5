//! Which documents of a collection go back to one another: copies, rewritten copies and shared quotations.
//!
//! This module exists so that a wire story printed forty times counts as one reporting line. Two documents are tied only
//! by what stands in both of them or by a credit, and a tie carries its evidence: the passages of each, in code points.
//! One subject, one event or one quotation in common is not derivation. What is unknown stays unknown: [`Lines`] counts
//! origins as a range that it widens.
//!
//! An [`Index`] proposes pairs without reading all texts again, and [`compare()`] holds two texts against each other in full.

mod alignment;
mod boilerplate;
mod compare;
mod credits;
mod index;
mod lines;
mod sayings;
mod stretches;
mod tie;
mod wording;
mod words;

pub use boilerplate::Boilerplate;
pub use compare::{
    COPIED, Likeness, REWRITTEN, REWRITTEN_SURELY, Signs, compare, compare_credited, passages, signs,
};
pub use credits::{Credits, Publishers, loops};
pub use index::{CHANNELS, FOOTPRINT, Index, Proposed};
pub use lines::{Counts, Lines};
pub use sayings::{Retelling, Saying, retelling, sayings};
pub use stretches::SHINGLE;
pub use tie::{Credit, Kind, Passage, Relation, Tie};
pub use wording::Wording;

/// A number that changes with the rules and lists that origins are found by: what was kept under another is no use.
pub fn rules_digest() -> u64 {
    let mut hasher = rustc_hash::FxHasher::default();
    let files = [
        include_str!("../../../../rules/plain-words.toml"),
        include_str!("../../../../rules/credits.toml"),
        include_str!("../../../../rules/wire-credits.toml"),
    ];
    std::hash::Hash::hash(&files, &mut hasher);
    std::hash::Hasher::finish(&hasher)
}
