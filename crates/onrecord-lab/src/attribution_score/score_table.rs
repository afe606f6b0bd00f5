//! The figures as a Markdown table.

use super::figures::{PrecisionRecall, Scores};
use super::scored_attribution::Kind;
use super::spans::Role;
use std::fmt::Write;

/// The figures as Markdown: one table of precision, recall and F1 in percent with the counts behind them, and a line
/// with the rest. `heading` says what was scored against what.
pub fn markdown(heading: &str, scores: &Scores) -> String {
    let mut rows: Vec<(String, f64, f64, f64, String)> = Vec::new();
    let mut row = |name: String, figure: &PrecisionRecall| {
        let counts = format!("{} / {} / {}", figure.right, figure.predicted, figure.gold);
        rows.push((name, figure.precision, figure.recall, figure.f1, counts));
    };
    for role in Role::ALL {
        row(format!("token, {}", role.name()), scores.token.role(role));
    }
    for role in Role::ALL {
        row(format!("exact, {}", role.name()), scores.exact.role(role));
    }
    row("attribution".into(), &scores.attribution);
    row("content only".into(), &scores.content_only);
    row("attributed content".into(), &scores.attributed_content);
    row("strict".into(), &scores.strict);
    for kind in Kind::ALL {
        if let Some(figures) = scores.kind(kind) {
            let counts = format!("– / {} / {}", figures.predicted, figures.gold);
            let name = format!("attribution, {}", kind.name());
            rows.push((name, figures.precision, figures.recall, figures.f1, counts));
        }
    }
    let mut out = format!("{heading}: {} documents, {} tokens.\n\n", scores.docs, scores.tokens);
    out.push_str("| figure | P % | R % | F1 % | right / predicted / gold |\n");
    out.push_str("| --- | ---: | ---: | ---: | ---: |\n");
    for (name, precision, recall, f1, counts) in rows {
        let percent = [precision, recall, f1].map(|figure| format!("{:.1}", 100.0 * figure));
        // Writing to a string cannot fail.
        let _ = writeln!(out, "| {name} | {} | {counts} |", percent.join(" | "));
    }
    let kinds: Vec<String> = Kind::ALL
        .iter()
        .filter_map(|kind| Some((kind, scores.kind(*kind)?)))
        .map(|(kind, figures)| format!("{} {:.1} %", kind.name(), 100.0 * figures.content_recall))
        .collect();
    let _ = write!(
        out,
        "\nSource accuracy where the content matches: {:.1} %. Krippendorff’s alpha: {:.3}.",
        100.0 * scores.source_acc_given_content,
        scores.alpha
    );
    if !kinds.is_empty() {
        let _ = write!(out, " Content-only recall: {}.", kinds.join(", "));
    }
    out.push('\n');
    out
}
