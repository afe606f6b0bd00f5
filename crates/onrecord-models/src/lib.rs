//! Weights and CPU inference: from the numbers that describe a text's tokens to a network's proposals.
//!
//! This crate exists so that weights, their format and the arithmetic that runs them change apart from everything
//! else. It knows no documents and no files: callers hand it [`Features`] and make sense of its [`Proposal`]s.

mod arithmetic;
mod attention;
mod attribution;
mod byte_kernel;
mod byte_matrix;
mod code_path;
mod confidence;
mod coreference;
mod encoder;
mod features;
mod lanes;
mod layer;
mod meaning;
mod name;
mod stacked;
mod stance;
mod statement;
mod tagging;
mod tie;
mod weights;
mod window;
mod word_piece;

pub use attribution::{AttributionNetwork, Proposal, Proposals, Readers, RoleChances, Seen};
pub use code_path::CodePath;
pub use confidence::{Evidence, Weighing};
pub use coreference::{Anaphor, CoreferenceNetwork, FoundMention, shares};
pub use encoder::LowerStates;
pub use features::{Features, GAPS, QUOTED, SHAPES, SUFFIXES, suffix_bucket};
pub use meaning::{MEANING_WIDTH, Meaning, MeaningRoom, WordVectors};
pub use name::ModelName;
pub use stance::{SideChances, SideNetwork, StanceChances, StanceNetwork, StanceRoom};
pub use statement::{
    ACTS, ALONG, BESIDE, FRAMINGS, KINDS, LEVELS, SETTINGS, Sight, StatementChances, StatementNetwork,
    StatementRoom, TokenChances,
};
pub use tagging::{Role, TAGS};
pub use tie::{Answer, TOLD_OF_TIES, Tie, Whole};
pub use weights::ModelError;
pub use word_piece::{MOST_PIECES, WordPiece};
