//! Statements within statements, against gold of our own.
//!
//! PolNeAR marks nothing inside content, so `suite/nesting/gold.jsonl` does for some two hundred of its attributions. It
//! holds places only; the texts stay where they are, and a text that is not the one annotated is refused.

mod gold;
mod score;
mod table;

pub use gold::{GoldSentence, Half, Inner, NestingGold};
pub use score::{NestingScores, Row, score_sentence};
pub use table::nesting_markdown;
