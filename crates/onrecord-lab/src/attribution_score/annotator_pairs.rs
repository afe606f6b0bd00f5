//! How well people agree with each other: the ceiling of every other figure.

use super::scored_text::{ScoredText, SpanOutsideText};
use super::scoring::Scoring;
use super::spans::AttributionSpans;
use serde::Deserialize;

/// What one annotator marked in one document.
#[derive(Clone, Debug, Deserialize)]
pub struct Annotation {
    /// The document's name.
    pub doc: String,
    /// The annotator's.
    pub annotator: String,
    /// What was marked.
    pub attributions: Vec<AttributionSpans>,
}

/// Scores every two annotators of one document against each other, in both directions, so that precision equals
/// recall. Each ordered pair counts as a document in the figures.
pub fn score_annotator_pairs(
    text: &str,
    annotations: &[&Annotation],
    scoring: &mut Scoring,
) -> Result<(), SpanOutsideText> {
    let text = ScoredText::new(text);
    for (place, gold) in annotations.iter().enumerate() {
        for (other, predicted) in annotations.iter().enumerate() {
            if place != other {
                scoring.add(&text, &gold.attributions, &predicted.attributions)?;
            }
        }
    }
    Ok(())
}
