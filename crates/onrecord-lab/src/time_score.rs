//! How well expressions of time are found and valued, on two golds.
//!
//! **MEANTIME** (60 Wikinews articles) has TIMEX3 with types and values in the headline and the first five sentences of
//! each article; what is found behind them is not judged. Creation times, and TIMEX3 without words, are not counted, and
//! what is found in the place of a creation time is neither right nor wrong. An article is read with its creation time as its
//! day, which two articles do not tell; for these it is the first day told in full, the line below the headline. Found and
//! gold expressions are paired in the order of the text where they share a character, each once; *strict* ones have the
//! same first and last character. A *value* counts as right where a pair has the same one; its F1 is over all that is
//! found and all gold, as in TempEval-3 (UzZaman et al. 2013).
//!
//! **GUM** marks dates in its own way: prepositional phrases and whole descriptions ("the day of my final"), dates of events by
//! name ("the American Revolution"), years in citations; it dates what the text alone does not tell, and gives decades
//! and seasons as ranges. Compared are its dates with one day, month or year (`when`, no `--03`), and of ours those
//! dates whose value is such a one and that meet no date of GUM of another form; times of day, which GUM does not mark, only
//! where they meet a date, by their day. A document is read with the day GUM says it was made.

mod figures;
mod gum;
mod meantime;
mod table;

pub use figures::{TimeFigures, paired};
pub use gum::score_gum_dates;
pub use meantime::score_meantime;
pub use table::{gum_dates_markdown, meantime_markdown};
