//! The figures as a Markdown table.

use super::measure::{GenreFigures, GumScore, Share};
use std::fmt::Write;

/// The figures by genre, each held against those of the first.
pub fn gum_markdown(heading: &str, scores: &[GumScore]) -> String {
    let documents: usize = scores.iter().map(|score| score.figures.documents).sum();
    let tokens: usize = scores.iter().map(|score| score.figures.tokens).sum();
    let news = scores.first().and_then(|score| score.figures.satellites.percent());
    let mut out = format!(
        "{heading}: {documents} documents, {tokens} tokens.\n\n\
         | genre | documents | tokens | statements | turns | satellites with a cue % | to {} | cues as expected % | `<q>` % | `<quote>` % |\n\
         | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n",
        scores.first().map_or("news", |score| &score.genre),
    );
    let mut row = |name: &str, figures: &GenreFigures| {
        let difference = match (figures.satellites.percent(), news) {
            (Some(here), Some(news)) => format!("{:+.1}", here - news),
            _ => "–".to_owned(),
        };
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "| {name} | {} | {} | {} | {} | {} | {difference} | {} | {} | {} |",
            figures.documents,
            figures.tokens,
            figures.statements,
            figures.turns,
            cell(figures.satellites),
            cell(figures.expected),
            cell(figures.q),
            cell(figures.quote),
        );
    };
    for score in scores {
        row(&score.genre, &score.figures);
        if let Some(figures) = &score.unlabelled {
            row(&format!("{}, without labels", score.genre), figures);
        }
    }
    out
}

fn cell(share: Share) -> String {
    match share.percent() {
        Some(percent) => format!("{percent:.1} ({} / {})", share.part, share.whole),
        None => "–".to_owned(),
    }
}
