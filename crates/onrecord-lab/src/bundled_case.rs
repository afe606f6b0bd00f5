//! The bundled case: documents and their record made by hand, both written for this project.
//!
//! It exists so that every build can be held to texts that anybody may read, where the gold data of other people
//! cannot be shipped. A golden file names its pieces of text by their words; [`PieceFinder`] turns them into spans of
//! the text that the program itself makes of the document, so that intake is held to them too. A piece that cannot be
//! found is an error: then the golden file or the document is mended, never bent to what the program happens to find.
//!
//! | figure | what it counts |
//! | --- | --- |
//! | attribution figures | those of [`crate::attribution_score`], over the golden statements that stand in no other one |
//! | nested | golden statements within another one that were found; a prediction that finds one counts neither for nor against the figures above |
//! | nested given | predictions that stand within another one, those that find an outer statement apart: how many are golden; the others do not count against the figures above |
//! | by form | the share of the golden statements of a form, as the golden file names it, that were found |
//! | form | of the statements found, those whose form is the golden one |
//! | speaker, name and kind | of the statements found, those whose agent answers to the golden name ([`same_name`]); whose agent has the golden kind |
//! | metadata | documents whose field is right, an absent one rightly absent included |

mod case_score;
mod case_table;
mod floor;
mod golden;
mod metadata_score;
mod piece;
mod references;
mod speaker_name;

pub use case_score::{CaseScores, Share, score_case};
pub use case_table::case_markdown;
pub use floor::{Floors, raised};
pub use golden::{
    BundledCase, BundledDocument, GoldenBasis, GoldenCertainty, GoldenDocument, GoldenSilence,
    GoldenStatement,
};
pub use metadata_score::{FieldFigures, MetadataFigures};
pub use piece::{PieceError, PieceFinder};
pub use references::unresolved_references;
pub use speaker_name::same_name;
