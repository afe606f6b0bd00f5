//! Words as they are compared: their stems, their weights, and how near two are in meaning.

use onrecord_models::{Meaning, MeaningRoom, WordVectors};
use onrecord_reading::token::{Shape, tokens};
use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Words that are kept; a text of ten thousand different ones is rare, and a hostile one is not to fill the memory.
const MOST_WORDS: usize = 100_000;

/// Letters that two spellings of a name must have for one letter to be let pass.
const LONG_NAME: usize = 5;

/// What is known of a word.
#[derive(Debug)]
pub(crate) struct Word {
    /// As it was met.
    pub(crate) written: Box<str>,
    /// Small letters.
    pub(crate) plain: Box<str>,
    /// Without its ending (Porter 1980).
    pub(crate) stem: Box<str>,
    /// The rarer the heavier; of a usual word about 1.
    pub(crate) weight: f32,
    meaning: Option<Meaning>,
}

/// A word in a text.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub(crate) word: Arc<Word>,
    /// Written large, or with digits, where that tells something.
    pub(crate) name: bool,
}

/// Looks words up, each once.
pub struct Lexicon<'v> {
    vectors: &'v WordVectors,
    stemmer: Stemmer,
    words: FxHashMap<Box<str>, Arc<Word>>,
    room: MeaningRoom,
}

impl<'v> Lexicon<'v> {
    /// An empty one over these vectors.
    pub fn new(vectors: &'v WordVectors) -> Self {
        Lexicon {
            vectors,
            stemmer: Stemmer::create(Algorithm::English),
            words: FxHashMap::default(),
            room: MeaningRoom::default(),
        }
    }

    /// What `text` is about.
    pub fn meaning(&mut self, text: &str) -> Option<Meaning> {
        self.vectors.meaning(text, &mut self.room)
    }

    pub(crate) fn word(&mut self, word: &str) -> Arc<Word> {
        if let Some(known) = self.words.get(word) {
            return Arc::clone(known);
        }
        let plain = word.to_lowercase();
        let made = Arc::new(Word {
            written: word.into(),
            stem: self.stemmer.stem(&plain).into_owned().into(),
            weight: self.vectors.weight(&plain, &mut self.room),
            meaning: self.vectors.meaning(&plain, &mut self.room),
            plain: plain.into(),
        });
        if self.words.len() >= MOST_WORDS {
            self.words.clear();
        }
        self.words.insert(word.into(), Arc::clone(&made));
        made
    }

    /// The words of `text`, in order.
    pub(crate) fn words(&mut self, text: &str) -> Vec<Place> {
        let mut first = true;
        let mut found = Vec::new();
        for token in tokens(text) {
            let written = token.of(text);
            if !token.is_word() {
                first |= matches!(written, "." | "!" | "?" | "“" | "\"");
                continue;
            }
            let large = matches!(token.shape, Shape::Capitalised | Shape::Mixed) && !first;
            let name = large
                || matches!(token.shape, Shape::Number)
                || (token.shape == Shape::Upper && written.chars().count() > 1);
            found.push(Place { word: self.word(written), name });
            first = false;
        }
        found
    }
}

impl Word {
    /// How far this word says what `other` says, 0 to 1: the same stem, a spelling or an adjective of the same name, or a
    /// word near in meaning.
    pub(crate) fn likeness(&self, other: &Word, name: bool) -> f32 {
        if self.stem == other.stem {
            return 1.0;
        }
        let (short, long) = if self.plain.len() <= other.plain.len() { (self, other) } else { (other, self) };
        // "Iran" and "Iranian", "Germany" and "German".
        if short.plain.chars().count() >= 4
            && long.plain.starts_with(&*short.plain)
            && long.plain.len() - short.plain.len() <= 4
        {
            return 0.95;
        }
        if name && short.plain.chars().count() >= LONG_NAME && one_letter_apart(&short.plain, &long.plain) {
            return 0.9;
        }
        if name {
            return 0.0;
        }
        match (&self.meaning, &other.meaning) {
            (Some(one), Some(two)) => {
                let likeness = one.likeness(two);
                if likeness > 0.5 { likeness } else { 0.0 }
            }
            _ => 0.0,
        }
    }
}

/// Whether one letter differs, is lacking or is too many.
fn one_letter_apart(short: &str, long: &str) -> bool {
    let (short, long): (Vec<char>, Vec<char>) = (short.chars().collect(), long.chars().collect());
    if long.len() < short.len() || long.len() - short.len() > 1 {
        return false;
    }
    let same = short.iter().zip(&long).take_while(|(a, b)| a == b).count();
    let behind = if long.len() == short.len() { same + 1 } else { same };
    short.get(behind.min(short.len())..) == long.get((same + 1).min(long.len())..)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_and_adjectives_of_a_name_are_the_name() {
        let vectors = WordVectors::embedded().unwrap();
        let mut lexicon = Lexicon::new(&vectors);
        let mut like = |a: &str, b: &str, name| {
            let (a, b) = (lexicon.word(a), lexicon.word(b));
            a.likeness(&b, name)
        };
        assert!(like("Qaeda", "Qaida", true) > 0.8);
        assert!(like("Iran", "Iranian", true) > 0.9);
        assert_eq!(like("supports", "supporting", false), 1.0);
        assert_eq!(like("Iran", "Iraq", true), 0.0);
        assert!(like("closed", "shut", false) > like("closed", "sang", false));
    }

    #[test]
    fn one_letter() {
        assert!(one_letter_apart("qaeda", "qaida"));
        assert!(one_letter_apart("orin", "orrin"));
        assert!(one_letter_apart("orrin", "orrins"));
        assert!(!one_letter_apart("orrin", "oring"));
        assert!(!one_letter_apart("or", "orrin"));
    }
}
