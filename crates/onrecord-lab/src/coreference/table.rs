//! The figures as Markdown tables.

use super::measures::Measure;
use super::pronoun::Pronoun;
use super::score::CoreferenceScore;
use crate::gum::Share;
use std::fmt::Write;

/// The figures by groups of documents, then the pronouns of all.
pub fn coreference_markdown(heading: &str, score: &CoreferenceScore) -> String {
    let documents = score.rows.first().map_or(0, |(_, figures)| figures.documents);
    let mut out = format!("{heading}: {documents} documents.");
    let dropped = score.dropped;
    if dropped.of > 0 {
        out += &format!(
            " Of {} mentions of the program, {} are in labels, {} are not at the bounds of words and {} were claimed twice.",
            dropped.of, dropped.in_labels, dropped.off_words, dropped.claimed_again
        );
    }
    out += " Three figures in a cell are precision, recall and F1.\n\n\
            | documents | | gold chains | mentions | chains | mentions % | MUC % | B³ % | CEAFe % | CoNLL F1 % |\n\
            | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n";
    for (name, figures) in &score.rows {
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "| {name} | {} | {} | {} | {} | {} | {} | {} | {} | {:.1} |",
            figures.documents,
            figures.chains.0,
            figures.mentions.of_gold.1,
            figures.chains.1,
            cell(figures.mentions),
            cell(figures.muc),
            cell(figures.b_cubed),
            cell(figures.ceaf),
            figures.conll(),
        );
    }
    out += "\n| pronoun | in a chain with a name | with that name % |\n| --- | ---: | ---: |\n";
    let mut row = |name: &str, share: Share| {
        let percent = share.percent().map_or("–".to_owned(), |percent| format!("{percent:.1}"));
        let _ = writeln!(out, "| {name} | {} | {percent} |", share.whole);
    };
    row("all", score.pronouns.all());
    for (pronoun, share) in Pronoun::ALL.into_iter().zip(score.pronouns.0) {
        let name = pronoun.forms().first().copied().unwrap_or_default();
        row(if name == "i" { "I" } else { name }, share);
    }
    out
}

fn cell(measure: Measure) -> String {
    format!("{:.1} / {:.1} / {:.1}", measure.precision(), measure.recall(), measure.f1())
}
