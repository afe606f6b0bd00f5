//! What statements do, how surely they are made, what they rest on, how the reporter puts them, to whom, where and when
//! they were made, what they answer, and what was left unsaid: against gold of our own.
//!
//! No corpus marks all of this in news, so `suite/statements/gold.jsonl` does for whole articles of PolNeAR, places and
//! labels only; the texts stay where they are. Two annotators marked each article alone (`annotations.jsonl`).
//!
//! Every figure is printed for each half and in two ways. *Given*: the attributions of the gold are handed to the steps of
//! reading behind the search for attributions. *Found*: the program reads the bare text; a statement of its own stands
//! for one of the gold when the attribution figure counts the two as a match, a gold statement without one counts as missed
//! (wrong in accuracies, lacking in recall), and what the program says of statements that the gold does not have counts
//! nowhere, since nobody judged it.
//!
//! Words **agree** when they share at least half of the tokens of the shorter; they are **exact** when they are the same,
//! punctuation at the edges apart.
//!
//! | figure | what it counts |
//! | --- | --- |
//! | accuracy | statements with the right label, of all; without a label of the program's: wrong |
//! | macro-F1 | the mean of the F1 of those labels that the gold or the program has |
//! | concession, retracts | statements so marked; pairs of a statement and one that it takes back |
//! | certainty | the level, *none* being one; whether there is any; the level and words that agree |
//! | framing | a statement without a cue that the program leaves without framing counts as neutral |
//! | basis | pairs of a statement and a kind; of the right ones, those with words of that kind that agree, and those whose owner is right |
//! | addressee, venue, said | words that agree, and exact ones |
//! | silence | notes whose words agree, one to one, the greatest overlap first; of these, whether a mention of the silent agent agrees with the gold's words for it (or neither has one); pairs of a note and a statement it is about |
//! | responses | pairs of a statement and one that it answers; statements that answer any |
//!
//! Between the annotators the same is counted, one of them in the place of the gold, with Krippendorff's alpha beside it: of
//! labels as they are, of the rest as marked or not marked, a statement (for silences a token) at a time.

mod agreement;
mod count;
mod gold;
mod label;
mod marks;
mod mistakes;
mod score;
mod table;
mod tally;

pub use agreement::{Agreement, agreement_markdown};
pub use count::count;
pub use gold::{
    Drawn, MarkedArticle, MarkedBasis, MarkedCertainty, MarkedSilence, MarkedStatement, StatementGold,
};
pub use label::Label;
pub use marks::{ArticleMarks, BasisMark, SilenceMark, StatementMarks, Words};
pub use mistakes::{Mistake, mistakes};
pub use score::{StatementScores, Way, score_article};
pub use table::{Topic, topic_markdown};
pub use tally::{Labels, Tally, WordsTally};
