//! What a floor for the confidence costs and gives: the figures of the statements above it, floor by floor.

use crate::attribution_score::{AttributionSpans, ScoredText, Scores, Scoring, SpanOutsideText};
use rayon::prelude::*;
use std::fmt::Write;

/// One article with what was read in it.
#[derive(Clone, Debug)]
pub struct ReadArticle<'g> {
    /// Its text, cut up.
    pub text: ScoredText,
    /// The gold attributions.
    pub gold: &'g [AttributionSpans],
    /// The statements' spans, each with its confidence.
    pub read: Vec<(AttributionSpans, f32)>,
}

/// The figures above one floor.
#[derive(Clone, Debug)]
pub struct FloorPoint {
    /// In tenths, so that it is exact.
    pub tenths: u8,
    /// The figures of the statements with at least this confidence.
    pub scores: Scores,
}

/// The figures above 0, 0.1 and so on to 0.9.
///
/// # Errors
/// When a span is none of its text.
pub fn floor_curve(articles: &[ReadArticle<'_>]) -> Result<Vec<FloorPoint>, SpanOutsideText> {
    (0..10u8)
        .into_par_iter()
        .map(|tenths| {
            let floor = f32::from(tenths) / 10.0;
            let mut scoring = Scoring::default();
            for article in articles {
                let kept = article.read.iter().filter(|(_, confidence)| *confidence >= floor);
                let kept: Vec<AttributionSpans> = kept.map(|(spans, _)| spans.clone()).collect();
                scoring.add(&article.text, article.gold, &kept)?;
            }
            Ok(FloorPoint { tenths, scores: scoring.figures() })
        })
        .collect()
}

/// The curve as a Markdown table; `heading` says what was read.
pub fn floor_markdown(heading: &str, curve: &[FloorPoint]) -> String {
    let all = curve.first().map_or(0, |point| point.scores.attribution.predicted);
    let mut out = format!(
        "{heading}: {all} statements.\n\n\
         | `--min-confidence` | statements kept % | attribution P % | R % | F1 % | strict F1 % |\n\
         | ---: | ---: | ---: | ---: | ---: | ---: |\n"
    );
    for FloorPoint { tenths, scores } in curve {
        let found = &scores.attribution;
        let kept = found.predicted as f64 / all.max(1) as f64;
        let figures = [kept, found.precision, found.recall, found.f1, scores.strict.f1];
        let figures = figures.map(|figure| format!("{:.1}", 100.0 * figure)).join(" | ");
        // Writing to a string cannot fail.
        let _ = writeln!(out, "| {:.1} | {figures} |", f64::from(*tenths) / 10.0);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_higher_floor_keeps_less_and_what_equals_it() {
        let spans = |content: (u32, u32)| AttributionSpans {
            source: vec![(0, 3)],
            cue: vec![(4, 8)],
            content: vec![content],
        };
        let gold = [spans((9, 14))];
        let article = ReadArticle {
            text: ScoredText::new("Ann said we go. It rains."),
            gold: &gold,
            read: vec![(spans((9, 14)), 0.7), (spans((16, 24)), 0.3)],
        };
        let curve = floor_curve(&[article]).unwrap();
        let figures: Vec<(u64, u64)> =
            curve.iter().map(|it| (it.scores.attribution.predicted, it.scores.attribution.right)).collect();
        assert_eq!(figures[..4], [(2, 1); 4]);
        assert_eq!(figures[4..8], [(1, 1); 4]);
        assert_eq!(figures[8..], [(0, 0); 2]);
        let table = floor_markdown("Model x", &curve);
        assert!(table.contains("Model x: 2 statements."), "{table}");
        assert!(table.contains("| 0.4 | 50.0 | 100.0 | 100.0 | 100.0 | 100.0 |"), "{table}");
    }
}
