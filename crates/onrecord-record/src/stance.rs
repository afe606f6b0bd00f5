//! What a statement makes of a claim.

use serde::{Deserialize, Serialize};

/// What a speaker makes of a claim. It says nothing of whether the claim is so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stance {
    /// Says it, or gives a reason for it.
    Supports,
    /// Says that it is not so, or gives a reason against it.
    Denies,
    /// Is unconvinced of it.
    Doubts,
    /// Speaks of it and takes no side.
    Mentions,
}

impl Stance {
    /// Every stance, in the order in which they are shown.
    pub const ALL: [Stance; 4] = [Stance::Supports, Stance::Denies, Stance::Doubts, Stance::Mentions];

    /// The word of the record's format.
    pub fn as_str(self) -> &'static str {
        match self {
            Stance::Supports => "supports",
            Stance::Denies => "denies",
            Stance::Doubts => "doubts",
            Stance::Mentions => "mentions",
        }
    }
}
