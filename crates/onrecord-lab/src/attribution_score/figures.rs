//! The figures of a scoring, as they are written in JSON.

use super::scored_attribution::Kind;
use super::spans::Role;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Precision and recall, each 0 to 1, and the counts behind them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PrecisionRecall {
    /// The share of the predicted that is right; 0 when nothing was predicted.
    #[serde(rename = "P")]
    pub precision: f64,
    /// The share of the gold that was found; 0 when there was nothing to find.
    #[serde(rename = "R")]
    pub recall: f64,
    /// Their harmonic mean.
    #[serde(rename = "F1")]
    pub f1: f64,
    /// How many are right.
    #[serde(rename = "tp")]
    pub right: u64,
    /// How many were predicted.
    #[serde(rename = "pred")]
    pub predicted: u64,
    /// How many there are.
    pub gold: u64,
}

impl PrecisionRecall {
    /// The figures of these counts.
    pub fn new(right: u64, predicted: u64, gold: u64) -> Self {
        let (precision, recall) = (share(right, predicted), share(right, gold));
        PrecisionRecall { precision, recall, f1: harmonic_mean(precision, recall), right, predicted, gold }
    }
}

/// Right, predicted and gold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// How many are right.
    pub right: u64,
    /// How many were predicted.
    pub predicted: u64,
    /// How many there are.
    pub gold: u64,
}

impl Count {
    /// Counts so many more.
    pub fn add(&mut self, right: usize, predicted: usize, gold: usize) {
        self.merge(&Count { right: right as u64, predicted: predicted as u64, gold: gold as u64 });
    }

    /// Adds what another one counted.
    pub fn merge(&mut self, other: &Count) {
        self.right += other.right;
        self.predicted += other.predicted;
        self.gold += other.gold;
    }

    /// Precision and recall.
    pub fn figures(&self) -> PrecisionRecall {
        PrecisionRecall::new(self.right, self.predicted, self.gold)
    }
}

/// `part` of `whole`; 0 of nothing.
pub(super) fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// 2 P R / (P + R); 0 when both are.
pub(super) fn harmonic_mean(precision: f64, recall: f64) -> f64 {
    let sum = precision + recall;
    if sum == 0.0 { 0.0 } else { 2.0 * precision * recall / sum }
}

/// One figure for each role.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PerRole {
    /// Of sources.
    pub source: PrecisionRecall,
    /// Of cues.
    pub cue: PrecisionRecall,
    /// Of contents.
    pub content: PrecisionRecall,
}

impl PerRole {
    /// The figure of one role.
    pub fn role(&self, role: Role) -> &PrecisionRecall {
        match role {
            Role::Source => &self.source,
            Role::Cue => &self.cue,
            Role::Content => &self.content,
        }
    }
}

/// The attribution figures of one kind of content.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct KindFigures {
    /// How many gold attributions are of the kind.
    pub gold: u64,
    /// How many predicted ones.
    #[serde(rename = "pred")]
    pub predicted: u64,
    /// The share of the gold ones that a match was found for.
    #[serde(rename = "R")]
    pub recall: f64,
    /// The share of the predicted ones that a match was found for.
    #[serde(rename = "P")]
    pub precision: f64,
    /// Their harmonic mean.
    #[serde(rename = "F1")]
    pub f1: f64,
    /// The share of the gold ones that a match was found for when sources may differ.
    #[serde(rename = "content_R")]
    pub content_recall: f64,
}

/// All figures of one scoring, named as the Python scorer names them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scores {
    /// How many documents were scored.
    pub docs: u64,
    /// How many tokens they have.
    pub tokens: u64,
    /// Tokens of a role in any attribution.
    pub token: PerRole,
    /// Distinct spans of a role, without punctuation at their edges.
    pub exact: PerRole,
    /// Lenient matches with the right source.
    pub attribution: PrecisionRecall,
    /// Lenient matches whatever the source.
    pub content_only: PrecisionRecall,
    /// The share of the latter that have the right source.
    pub source_acc_given_content: f64,
    /// Content tokens with the right source.
    pub attributed_content: PrecisionRecall,
    /// Attributions with all three spans exact.
    pub strict: PrecisionRecall,
    /// Krippendorff's alpha over all tokens.
    pub alpha: f64,
    /// The figures of the kinds that occur, by their names.
    pub kinds: BTreeMap<String, KindFigures>,
}

impl Scores {
    /// The figures of one kind, if it occurs.
    pub fn kind(&self, kind: Kind) -> Option<&KindFigures> {
        self.kinds.get(kind.name())
    }
}
