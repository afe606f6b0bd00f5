//! Names across scripts and spellings, measured: pairs of names against labels, aliases against the list they are of,
//! and how fast a list is searched as it grows.
//!
//! The pairs come with labels that were partly made by a language model and are partly wrong, so `suite/names/` has our
//! own for each row, by number and hash. Half of the list's entries, those with an even number, were there for choosing;
//! the other half is reported apart.

mod aliases;
mod baselines;
mod growth;
mod pairs;
mod table;

pub use aliases::{AliasList, Finder, Found, Hits, Ours, hits};
pub use baselines::Baseline;
pub use growth::{Growth, growth};
pub use pairs::{Label, PairScores, ScoredPair, read_pairs};
pub use table::names_markdown;
