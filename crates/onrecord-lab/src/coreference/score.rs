//! Documents scored, and the figures of groups of them.

use super::clusters::{Clusters, Mention};
use super::measures::{CoreferenceFigures, compare};
use super::pronoun::{PronounFigures, pronoun_figures};
use super::system::DroppedMentions;
use crate::gum::{CoreferenceDocument, GENRES, GENRES_NOT_COMMERCIAL, genre_of};
use anyhow::bail;

/// The figures of one document.
#[derive(Clone, Debug, PartialEq)]
pub struct ScoredDocument {
    /// Its name.
    pub name: String,
    /// How its chains of persons lie to the gold ones.
    pub figures: CoreferenceFigures,
    /// Its pronouns.
    pub pronouns: PronounFigures,
    /// What was not compared.
    pub dropped: DroppedMentions,
}

/// Scores the chains of one document, which `dropped` is told of.
///
/// # Errors
/// When a chain has a mention outside of the document or without words.
pub fn score_document(
    document: &CoreferenceDocument,
    chains: Vec<Vec<Mention>>,
    dropped: DroppedMentions,
) -> anyhow::Result<(ScoredDocument, Clusters, Clusters)> {
    let count = document.words.len();
    if let Some((start, end)) = chains.iter().flatten().find(|(start, end)| start >= end || *end > count) {
        bail!("{}: there are no words {start} to {end}, it has {count}", document.name);
    }
    let spans = |chain: &crate::gum::Chain| chain.mentions.iter().map(|it| (it.start, it.end)).collect();
    let gold = Clusters::new(document.persons().map(spans));
    let system = Clusters::new(chains);
    let scored = ScoredDocument {
        name: document.name.clone(),
        figures: compare(&gold, &system),
        pronouns: pronoun_figures(document, &gold, &system, |_, _| {}),
        dropped: DroppedMentions { claimed_again: system.claimed_again, ..dropped },
    };
    Ok((scored, gold, system))
}

/// The figures of several documents: all, by genre, and by what may be learnt from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CoreferenceScore {
    /// Rows of the table: what documents, and their figures. Groups without documents are left out.
    pub rows: Vec<(String, CoreferenceFigures)>,
    /// The pronouns of all.
    pub pronouns: PronounFigures,
    /// What was not compared, of all.
    pub dropped: DroppedMentions,
}

impl CoreferenceScore {
    /// Sums up.
    pub fn new(documents: &[ScoredDocument]) -> Self {
        let mut score = CoreferenceScore::default();
        for document in documents {
            score.pronouns += document.pronouns;
            score.dropped += document.dropped;
        }
        let mut row = |name: &str, holds: &dyn Fn(&str) -> bool| {
            let mut sum = CoreferenceFigures::default();
            for document in documents.iter().filter(|document| holds(genre_of(&document.name))) {
                sum += document.figures;
            }
            if sum.documents > 0 {
                score.rows.push((name.to_owned(), sum));
            }
        };
        row("all", &|_| true);
        for genre in GENRES {
            row(genre, &|of| of == genre);
        }
        row("those four", &|of| GENRES.contains(&of));
        row("free for commercial use", &|of| !GENRES_NOT_COMMERCIAL.contains(&of));
        row("not free for it", &|of| GENRES_NOT_COMMERCIAL.contains(&of));
        score
    }
}
