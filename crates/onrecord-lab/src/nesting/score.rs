//! Counting statements within statements.

use super::gold::{GoldSentence, Half, extent};
use crate::attribution_score::{
    AttributionSpans, Kind, PrecisionRecall, Role, ScoredAttribution, ScoredText, matched_with_sources,
};
use crate::our_reader::attribution_spans;
use onrecord_record::Statement;
use std::collections::BTreeMap;

/// What was counted of some sentences.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// How many attributions of PolNeAR.
    pub sentences: u64,
    /// Of how many of them the program found the attribution itself.
    pub outer_found: u64,
    /// Inner attributions found: content Jaccard of at least one half, and sources that share a token.
    pub right: u64,
    /// How many the program gave.
    pub predicted: u64,
    /// How many there are.
    pub gold: u64,
    /// Of those found, how many stand in the right one.
    pub within_right: u64,
    /// Sentences without any inner attribution.
    pub plain: u64,
    /// Of those, how many the program gave none for.
    pub left_alone: u64,
}

impl Row {
    /// Precision and recall of inner attributions.
    pub fn figures(&self) -> PrecisionRecall {
        PrecisionRecall::new(self.right, self.predicted, self.gold)
    }

    /// Adds what another row counted.
    pub fn add(&mut self, other: &Row) {
        self.sentences += other.sentences;
        self.outer_found += other.outer_found;
        self.right += other.right;
        self.predicted += other.predicted;
        self.gold += other.gold;
        self.within_right += other.within_right;
        self.plain += other.plain;
        self.left_alone += other.left_alone;
    }
}

/// Rows by half and by how the outer content stands to quotation marks.
pub type NestingScores = BTreeMap<(Half, Kind), Row>;

/// Counts one sentence. `statements` are those of the article, `nested` the places of those among them that were found
/// by reading content again.
///
/// # Errors
/// When a span is none of the text.
pub fn score_sentence(
    text: &ScoredText,
    gold: &GoldSentence,
    statements: &[Statement],
    nested: &[usize],
) -> anyhow::Result<(Kind, Row)> {
    let outer = ScoredAttribution::new(text, &gold.outer)?;
    let mut row = Row { sentences: 1, ..Row::default() };
    let (from, to) = extent(&gold.outer.content);
    let inside = |spans: &AttributionSpans| {
        let (start, end) = extent(&spans.cue);
        from <= start && end <= to && start < end
    };
    let here: Vec<(&Statement, AttributionSpans)> = nested
        .iter()
        .filter_map(|place| statements.get(*place))
        .map(|statement| (statement, attribution_spans(statement)))
        .filter(|(_, spans)| inside(spans))
        .collect();
    let others: Vec<AttributionSpans> = (0..statements.len())
        .filter(|place| !nested.contains(place))
        .filter_map(|place| statements.get(place))
        .map(attribution_spans)
        .collect();
    row.outer_found = matched_with_sources(text, std::slice::from_ref(&gold.outer), &others)?.len() as u64;

    let wanted: Vec<AttributionSpans> = gold.inner.iter().map(|inner| inner.spans.clone()).collect();
    let given: Vec<AttributionSpans> = here.iter().map(|(_, spans)| spans.clone()).collect();
    let pairs = matched_with_sources(text, &wanted, &given)?;
    for (place, found) in &pairs {
        let around = gold.inner.get(*place).and_then(|inner| gold.inner.get(inner.within?));
        let around = ScoredAttribution::new(text, around.map_or(&gold.outer, |inner| &inner.spans))?;
        let holder = here.get(*found).and_then(|(statement, _)| statement.within.as_ref());
        let holder = statements.iter().find(|statement| Some(&statement.id) == holder);
        let holder = holder
            .map(|statement| ScoredAttribution::new(text, &attribution_spans(statement)))
            .transpose()?;
        row.within_right += u64::from(holder.is_some_and(|holder| same_content(&holder, &around)));
    }
    row.right = pairs.len() as u64;
    row.predicted = given.len() as u64;
    row.gold = wanted.len() as u64;
    row.plain = u64::from(wanted.is_empty());
    row.left_alone = u64::from(wanted.is_empty() && given.is_empty());
    Ok((outer.kind, row))
}

/// Whether two attributions share at least half of the tokens that either has as content.
fn same_content(a: &ScoredAttribution, b: &ScoredAttribution) -> bool {
    let (a, b) = (a.tokens(Role::Content), b.tokens(Role::Content));
    let shared = a.shared(b);
    shared > 0 && 2 * shared >= a.len() + b.len() - shared
}
