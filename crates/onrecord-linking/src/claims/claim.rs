//! A claim taken apart, and how far a passage bears on it.

use super::lexicon::{Lexicon, Place, Word};
use onrecord_models::Meaning;
use std::sync::Arc;

/// Words of a claim that are looked for; nobody types more, and each costs.
const MOST_TERMS: usize = 40;

/// A word lighter than this share of the heaviest says nothing by itself ("the", "of").
const LIGHT: f32 = 0.3;

/// What a word of the claim is worth that stands around a passage and not in it.
const AROUND: f32 = 0.6;

/// Names weigh more than other words: a passage about somebody else is about something else.
const NAME: f32 = 1.6;

/// A claim: a sentence that can be supported, denied and doubted.
#[derive(Debug)]
pub struct Claim {
    text: String,
    meaning: Option<Meaning>,
    terms: Vec<Term>,
}

#[derive(Debug)]
struct Term {
    written: String,
    word: Arc<Word>,
    name: bool,
    weight: f32,
}

/// How far a passage bears on a claim.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Bearing {
    /// From 0 (another matter) to 1 (the very words).
    pub relevance: f32,
    /// The weight of the claim's words that the passage itself has, 0 to 1.
    pub covered: f32,
    /// The same of its words that are no names, which say what is claimed of those.
    pub told: f32,
    /// How near the two are in meaning, −1 to 1.
    pub likeness: f32,
    /// The weight of the claim's names that stand in the passage or around it, 0 to 1; 1 where it has none.
    pub names: f32,
}

impl Claim {
    /// Takes a claim apart.
    pub fn new(text: &str, lexicon: &mut Lexicon<'_>) -> Self {
        let text = text.trim().trim_matches(['"', '“', '”']).trim();
        let places = lexicon.words(text);
        let heaviest = places.iter().map(|place| place.word.weight).fold(0.0, f32::max);
        let mut terms: Vec<Term> = Vec::new();
        for (at, Place { word, name }) in places.iter().enumerate() {
            // The first word of a claim is written large whatever it is.
            let name = *name || (at == 0 && text.starts_with(char::is_uppercase) && is_rare(word, heaviest));
            let known = terms.iter().any(|term| term.word.stem == word.stem);
            if known || word.weight < LIGHT * heaviest || terms.len() >= MOST_TERMS {
                continue;
            }
            let weight = word.weight * if name { NAME } else { 1.0 };
            terms.push(Term { written: word.written.to_string(), word: Arc::clone(word), name, weight });
        }
        Claim { meaning: lexicon.meaning(text), text: text.to_owned(), terms }
    }

    /// The claim's words.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What it is about; nothing where no word of it is known.
    pub fn meaning(&self) -> Option<&Meaning> {
        self.meaning.as_ref()
    }

    /// The words that are looked for, heaviest first.
    pub fn terms(&self) -> Vec<&str> {
        let mut terms: Vec<&Term> = self.terms.iter().collect();
        terms.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        terms.into_iter().map(|term| &*term.written).collect()
    }

    /// The names in it, in the order of the claim.
    pub fn names(&self) -> Vec<&str> {
        let named = self.terms.iter().filter(|term| term.name).map(|term| &*term.written);
        named.filter(|name| name.chars().all(|c| !c.is_numeric())).collect()
    }

    /// The words that name its subject: names, or its heaviest words where it has none.
    pub fn subject(&self) -> Vec<&str> {
        let names = self.names();
        if names.is_empty() { self.terms().into_iter().take(2).collect() } else { names }
    }

    /// How far `passage` bears on the claim; `around` is what stands near it: the paragraph, the speaker, the title.
    pub fn bearing(&self, passage: &str, around: &str, lexicon: &mut Lexicon<'_>) -> Bearing {
        let inside = lexicon.words(passage);
        let outside = lexicon.words(around);
        let (mut all, mut covered, mut near, mut names, mut named) = (0.0, 0.0, 0.0, 0.0, 0.0);
        let (mut telling, mut told) = (0.0, 0.0);
        for term in &self.terms {
            let best = |places: &[Place]| {
                let like = |place: &Place| term.word.likeness(&place.word, term.name);
                places.iter().map(like).fold(0.0, f32::max)
            };
            let own = best(&inside);
            let found = if own >= 0.9 { own } else { own.max(AROUND * best(&outside)) };
            all += term.weight;
            covered += term.weight * own;
            near += term.weight * found;
            if term.name {
                named += term.weight;
                names += term.weight * f32::from(u8::from(found > 0.5));
            } else {
                telling += term.weight;
                told += term.weight * own;
            }
        }
        let share = |part: f32, whole: f32| if whole > 0.0 { part / whole } else { 0.0 };
        let likeness = match (self.meaning.as_ref(), lexicon.meaning(passage)) {
            (Some(one), Some(two)) => one.likeness(&two),
            _ => 0.0,
        };
        let names = if named > 0.0 { names / named } else { 1.0 };
        let relevance = (0.55 * share(near, all) + 0.45 * likeness.max(0.0)) * (0.5 + 0.5 * names);
        Bearing { relevance, covered: share(covered, all), told: share(told, telling), likeness, names }
    }
}

/// Whether the first word of a claim, which is written large whatever it is, may be a name: a rare one that is no plural.
fn is_rare(word: &Word, heaviest: f32) -> bool {
    let plural = word.plain.ends_with('s')
        && !["as", "is", "os", "us", "ss"].iter().any(|end| word.plain.ends_with(end));
    word.weight > 0.6 * heaviest && word.plain.chars().count() > 2 && !plural
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_models::WordVectors;

    #[test]
    fn the_matter_itself_bears_more_than_its_neighbours() {
        let vectors = WordVectors::embedded().unwrap();
        let mut lexicon = Lexicon::new(&vectors);
        let claim = Claim::new("Veldra dumps waste in the harbour", &mut lexicon);
        let mut relevance =
            |passage: &str, around: &str| claim.bearing(passage, around, &mut lexicon).relevance;
        let same = relevance("that Veldra had been dumping waste in the harbour for years", "");
        let they = relevance("that they dump waste in the harbour", "A spokeswoman for Veldra said that.");
        let other = relevance("Veldra opened a new office in the old town", "");
        let none = relevance("the singer married in spring", "");
        assert!(same > they && they > other && other > none, "{same} {they} {other} {none}");
    }

    #[test]
    fn a_claim_without_words_bears_on_nothing() {
        let vectors = WordVectors::embedded().unwrap();
        let mut lexicon = Lexicon::new(&vectors);
        let claim = Claim::new(" ?! ", &mut lexicon);
        assert_eq!(claim.bearing("anything", "", &mut lexicon).covered, 0.0);
    }
}
