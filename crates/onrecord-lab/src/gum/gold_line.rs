//! A document's coreference as a JSON line, for training.

use super::coreference::CoreferenceDocument;
use super::corpus::{GENRES_NOT_COMMERCIAL, genre_of};
use serde::Serialize;

/// A document. Offsets of characters count code points, those of words count GUM's words from 0; both are half-open.
#[derive(Debug, Serialize)]
pub struct GoldLine<'d> {
    doc: &'d str,
    genre: &'d str,
    /// Whether the text is free for commercial use, so that what is shipped may learn from it.
    commercial: bool,
    text: &'d str,
    words: &'d [(u32, u32)],
    /// The labels of turns with their colons, in code points.
    labels: &'d [(u32, u32)],
    /// The number of each word's turn, a label each; null outside of labelled turns.
    speakers: Vec<Option<usize>>,
    /// The speaker of each turn, as its label has it.
    turns: Vec<&'d str>,
    sentences: Vec<(usize, usize)>,
    /// The universal part of speech of each word.
    upos: Vec<&'d str>,
    /// OntoGUM's chains of all types.
    chains: Vec<ChainLine<'d>>,
    /// GUM's entities of all types with singletons: first word, word behind, type, number of the entity, head.
    dep: Vec<(usize, usize, &'d str, &'d str, usize)>,
}

#[derive(Debug, Serialize)]
struct ChainLine<'d> {
    #[serde(rename = "type")]
    etype: Option<&'d str>,
    /// That the chain is OntoGUM's.
    onto: bool,
    mentions: Vec<(usize, usize)>,
    /// The head of each mention.
    heads: Vec<usize>,
}

impl<'d> GoldLine<'d> {
    /// The line of a document.
    pub fn new(document: &'d CoreferenceDocument) -> Self {
        let layout = &document.layout;
        let mut speakers = vec![None; layout.words.len()];
        for (turn, at) in layout.turns.iter().zip(0..) {
            speakers.iter_mut().take(turn.words.end).skip(turn.words.start).for_each(|it| *it = Some(at));
        }
        let genre = genre_of(&document.name);
        GoldLine {
            doc: &document.name,
            genre,
            commercial: !GENRES_NOT_COMMERCIAL.contains(&genre),
            text: &layout.text,
            words: &layout.words,
            labels: &layout.labels,
            speakers,
            turns: layout.turns.iter().map(|turn| turn.speaker.as_str()).collect(),
            sentences: layout.sentences.iter().map(|it| (it.start, it.end)).collect(),
            upos: document.words.iter().map(|word| word.upos.as_str()).collect(),
            chains: document
                .chains
                .iter()
                .map(|chain| ChainLine {
                    etype: chain.etype.as_deref(),
                    onto: true,
                    mentions: chain.mentions.iter().map(|it| (it.start, it.end)).collect(),
                    heads: chain.mentions.iter().map(|it| document.head(it)).collect(),
                })
                .collect(),
            dep: document
                .entities
                .iter()
                .map(|it| (it.words.start, it.words.end, it.etype.as_str(), it.id.as_str(), it.head))
                .collect(),
        }
    }
}
