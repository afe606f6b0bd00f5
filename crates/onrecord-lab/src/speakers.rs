//! Who speaks, where the source is a pronoun, a description or absent.
//!
//! PolNeAR marks sources but not who they are, so `suite/speakers/gold.jsonl` says it for some of the attributions of
//! its dev part; places only, the texts stay where they are. The bundled case names the speaker of every statement.
//!
//! | figure | what it counts |
//! | --- | --- |
//! | given | statements whose speaker is right when the gold attributions are handed to the step that finds speakers |
//! | found | statements that the program finds by itself, as the attribution figure counts them, and of these the right ones |
//! | all | the right ones among those found, of all |
//! | bare pronoun, nobody | of all statements that the program makes of the dev articles: those whose speaker is called by a pronoun; those without a speaker |
//!
//! When a speaker is right, [`judge`] says. What the gold leaves unsettled counts nowhere.

mod bundled;
mod gold;
mod judge;
mod score;
mod table;

pub use bundled::{CaseSpeakers, score_case_speakers};
pub use gold::{AgentClass, Answer, GoldArticle, GoldSpeaker, SourceKind, SpeakerGold};
pub use judge::{Verdict, is_pronoun, judge};
pub use score::{Group, Reach, SpeakerScores, Tally, score_article};
pub use table::speakers_markdown;
