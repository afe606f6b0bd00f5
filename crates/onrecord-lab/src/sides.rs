//! Which side statements of the news take of a claim, against marks of readers: what `onrecord ask` puts under "say it" and
//! "deny it" is the answer that people read, so it is measured as they get it, from a case on.
//!
//! The marks (`suite/sides/sides.jsonl`, guidelines beside it) are of what the program itself found to bear on each claim, so
//! they tell how right its sides are and how many of the sides at hand it sees, and not what it never found.

mod gold;
mod news_case;
mod score;

pub use gold::{Mark, SideGold, SideMark};
pub use news_case::NewsCase;
pub use score::{SideFigures, markdown, score};
