//! The values of attributes, as `annotation.conf` names them and the record writes them.

use onrecord_record::*;

pub(super) fn form(form: Form) -> &'static str {
    match form {
        Form::Direct => "direct",
        Form::Indirect => "indirect",
        Form::Mixed => "mixed",
    }
}

pub(super) fn act(act: Act) -> &'static str {
    match act {
        Act::Asserts => "asserts",
        Act::Denies => "denies",
        Act::Doubts => "doubts",
        Act::Asks => "asks",
        Act::Intends => "intends",
        Act::Judges => "judges",
    }
}

pub(super) fn certainty(level: CertaintyLevel) -> &'static str {
    match level {
        CertaintyLevel::Certain => "certain",
        CertaintyLevel::Likely => "likely",
        CertaintyLevel::Possible => "possible",
        CertaintyLevel::Unlikely => "unlikely",
        CertaintyLevel::Denied => "denied",
    }
}

pub(super) fn framing(kind: FramingKind) -> &'static str {
    match kind {
        FramingKind::Neutral => "neutral",
        FramingKind::Endorsing => "endorsing",
        FramingKind::Distancing => "distancing",
        FramingKind::Charged => "charged",
    }
}

pub(super) fn basis(kind: BasisKind) -> &'static str {
    match kind {
        BasisKind::Document => "document",
        BasisKind::Intelligence => "intelligence",
        BasisKind::Data => "data",
        BasisKind::Media => "media",
        BasisKind::NamedSource => "named_source",
        BasisKind::UnnamedSource => "unnamed_source",
        BasisKind::Observation => "observation",
        BasisKind::Inference => "inference",
        BasisKind::NoneOffered => "none_offered",
    }
}

pub(super) fn owner(owner: BasisOwner) -> &'static str {
    match owner {
        BasisOwner::Speaker => "speaker",
        BasisOwner::Reporter => "reporter",
    }
}

pub(super) fn timex(kind: TimexKind) -> &'static str {
    match kind {
        TimexKind::Date => "DATE",
        TimexKind::Time => "TIME",
        TimexKind::Duration => "DURATION",
        TimexKind::Set => "SET",
    }
}

/// What stands behind a role's name where an event has several of it: nothing for the first, then their number.
pub(super) fn ordinal(n: usize) -> String {
    if n > 1 { n.to_string() } else { String::new() }
}
