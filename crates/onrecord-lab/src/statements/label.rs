//! The labels as tables list and name them.

use onrecord_record::{Act, BasisKind, CertaintyLevel, FramingKind};

/// A label of a closed list.
pub trait Label: Copy + Ord + 'static {
    /// All of them, in the order of the tables.
    const ALL: &'static [Self];

    /// The name in files and tables.
    fn name(self) -> &'static str;
}

impl Label for Act {
    const ALL: &'static [Self] = &Act::ALL;

    fn name(self) -> &'static str {
        match self {
            Act::Asserts => "asserts",
            Act::Denies => "denies",
            Act::Doubts => "doubts",
            Act::Asks => "asks",
            Act::Intends => "intends",
            Act::Judges => "judges",
        }
    }
}

impl Label for Option<CertaintyLevel> {
    const ALL: &'static [Self] = &[
        None,
        Some(CertaintyLevel::Certain),
        Some(CertaintyLevel::Likely),
        Some(CertaintyLevel::Possible),
        Some(CertaintyLevel::Unlikely),
        Some(CertaintyLevel::Denied),
    ];

    fn name(self) -> &'static str {
        match self {
            None => "none",
            Some(CertaintyLevel::Certain) => "certain",
            Some(CertaintyLevel::Likely) => "likely",
            Some(CertaintyLevel::Possible) => "possible",
            Some(CertaintyLevel::Unlikely) => "unlikely",
            Some(CertaintyLevel::Denied) => "denied",
        }
    }
}

impl Label for FramingKind {
    const ALL: &'static [Self] = &FramingKind::ALL;

    fn name(self) -> &'static str {
        match self {
            FramingKind::Neutral => "neutral",
            FramingKind::Endorsing => "endorsing",
            FramingKind::Distancing => "distancing",
            FramingKind::Charged => "charged",
        }
    }
}

impl Label for BasisKind {
    const ALL: &'static [Self] = &BasisKind::ALL;

    fn name(self) -> &'static str {
        match self {
            BasisKind::Document => "document",
            BasisKind::Intelligence => "intelligence",
            BasisKind::Data => "data",
            BasisKind::Media => "media",
            BasisKind::NamedSource => "named source",
            BasisKind::UnnamedSource => "unnamed source",
            BasisKind::Observation => "observation",
            BasisKind::Inference => "inference",
            BasisKind::NoneOffered => "none offered",
        }
    }
}
