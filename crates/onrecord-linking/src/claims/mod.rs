//! Claims: which statements speak of one, and what they make of it.
//!
//! A claim is a sentence somebody types, or one that several statements share. A statement [bears on](Claim::bearing) it
//! when its words, or words near to them in meaning, cover what the claim is about; which side of it the speaker takes, a
//! network [reads](Judged) in how it is told. Truth is not looked for: a stance is what the speaker takes, not what is so.

mod claim;
mod grouping;
mod hearsay;
mod judge;
mod lexicon;
mod text_judge;
mod wording;

pub use claim::{Bearing, Claim};
pub use grouping::gather;
pub use hearsay::{Distance, distance};
pub use judge::{Judged, Reason, Telling};
pub use lexicon::Lexicon;
pub use text_judge::{Passage, TextJudge};
pub use wording::{Change, Wording, numbers};
