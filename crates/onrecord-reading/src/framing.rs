//! How the reporter puts a statement: the colour of the verb or phrase around it, told by `rules/framing.toml`.

use crate::agents::Page;
use crate::passage::Passage;
use crate::pattern::PatternFile;
use onrecord_record::{Framing, FramingKind, Statement};
use std::sync::LazyLock;

const SOURCE: &str = include_str!("../../../rules/framing.toml");

static RULES: LazyLock<PatternFile> = LazyLock::new(|| PatternFile::embedded(SOURCE));

/// The framing of a statement; `None` where there is no cue to frame it. Of several colours the strongest counts: "bragged,
/// and noted" is charged.
pub(crate) fn framing(page: &Page<'_>, passage: &Passage, statement: &Statement) -> Option<Framing> {
    let text = statement.cue.text.clone()?;
    let found = passage.cue.iter().flat_map(|cue| RULES.find(page, cue.clone()));
    let kind = found.filter_map(|found| kind(RULES.kind(found.rule))).max();
    Some(Framing { kind: kind.unwrap_or(FramingKind::Neutral), text })
}

fn kind(kind: &str) -> Option<FramingKind> {
    Some(match kind {
        "endorsing" => FramingKind::Endorsing,
        "distancing" => FramingKind::Distancing,
        "charged" => FramingKind::Charged,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_examples_of_the_rules_hold() {
        crate::pattern::examples_hold(super::SOURCE);
    }
}
