//! A query as the index takes it.

use super::days;
use super::query::{Query as Asked, Words};
use crate::index::folding::folded_words;
use crate::index::{Fields, IS_DOCUMENT, IS_STATEMENT, WordIndex};
use std::collections::BTreeMap;
use std::ops::Bound;
use tantivy::Term;
use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, Occur, PhrasePrefixQuery, PhraseQuery, Query,
    RangeQuery, TermQuery, TermSetQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

/// Words with a beginning that are weighed each by itself, those in most entries; others are found and count as one.
const WEIGHED_ENDINGS: usize = 64;

/// Words that the last one of a phrase may go on to.
const MOST_ENDINGS: u32 = 2_000;

/// What stands in a document's title says what the whole is about.
const IN_TITLE: f32 = 1.0;

type Part = Box<dyn Query>;

/// Queries of one index.
pub(super) struct Asking<'i> {
    words: &'i WordIndex,
    fields: &'i Fields,
}

impl<'i> Asking<'i> {
    pub(super) fn new(words: &'i WordIndex) -> Self {
        Asking { words, fields: &words.fields }
    }

    /// Statements that were said in all of the words; where `called` also those whose speaker is called so. With
    /// `speakers` in the place of what was typed after `speaker:`.
    pub(super) fn statements(
        &self,
        query: &Asked,
        called: bool,
        speakers: Option<&[Vec<String>]>,
    ) -> tantivy::Result<Part> {
        let fields = self.fields;
        let mut parts = Vec::new();
        for words in &query.words {
            let said = self.ranked(fields.content, words)?;
            parts.push(if called {
                any(vec![said, unranked(self.ranked(fields.speaker, words)?, 0.0)])
            } else {
                said
            });
        }
        match speakers {
            None => {
                for words in &query.speaker {
                    parts.push(unranked(self.ranked(fields.speaker, words)?, 0.0));
                }
            }
            Some(speakers) => {
                for names in speakers {
                    let names = names.iter().map(|name| Words { text: name.clone(), beginning: false });
                    let names: tantivy::Result<Vec<Part>> =
                        names.map(|name| self.ranked(fields.speaker, &name)).collect();
                    parts.push(unranked(any(names?), 0.0));
                }
            }
        }
        for mark in &query.marks {
            parts.push(self.mark(mark));
        }
        if query.words.is_empty() && query.speaker.is_empty() {
            parts.push(self.mark(IS_STATEMENT));
        }
        self.filters(query, &mut parts)?;
        Ok(all(parts))
    }

    /// Documents that hold all of the words.
    pub(super) fn documents(&self, query: &Asked) -> tantivy::Result<Part> {
        let fields = self.fields;
        let mut parts = Vec::new();
        for words in &query.words {
            let titled = unranked(self.ranked(fields.title, words)?, IN_TITLE);
            parts.push(any(vec![self.ranked(fields.text, words)?, titled]));
        }
        if query.words.is_empty() {
            parts.push(self.mark(IS_DOCUMENT));
        }
        self.filters(query, &mut parts)?;
        Ok(all(parts))
    }

    /// Names that have one word of each of `parts`.
    pub(super) fn names(&self, parts: &[Vec<String>]) -> Part {
        let word = |word: &String| -> Part {
            Box::new(TermQuery::new(
                Term::from_field_text(self.fields.name, word),
                IndexRecordOption::WithFreqs,
            ))
        };
        all(parts.iter().map(|words| any(words.iter().map(word).collect())).collect())
    }

    fn filters(&self, query: &Asked, parts: &mut Vec<Part>) -> tantivy::Result<()> {
        for words in &query.publisher {
            parts.push(unranked(self.ranked(self.fields.publisher, words)?, 0.0));
        }
        if query.silence {
            parts.push(self.mark("hassilence"));
        }
        let day = |field: Field, day: u64| Bound::Included(Term::from_field_u64(field, day));
        // An entry's day may be as wide as a year: it is within where it may be.
        if let Some((first, _)) = query.from.as_deref().and_then(days) {
            let range = RangeQuery::new(day(self.fields.last, first), Bound::Unbounded);
            parts.push(unranked(Box::new(range), 0.0));
        }
        if let Some((_, last)) = query.to.as_deref().and_then(days) {
            let range = RangeQuery::new(Bound::Unbounded, day(self.fields.first, last));
            parts.push(unranked(Box::new(range), 0.0));
        }
        Ok(())
    }

    fn mark(&self, mark: &str) -> Part {
        let term = Term::from_field_text(self.fields.marks, mark);
        unranked(Box::new(TermQuery::new(term, IndexRecordOption::Basic)), 0.0)
    }

    /// A word, phrase or beginning in a field.
    fn ranked(&self, field: Field, words: &Words) -> tantivy::Result<Part> {
        let mut terms: Vec<Term> =
            folded_words(&words.text).iter().map(|word| Term::from_field_text(field, word)).collect();
        Ok(match (terms.len(), words.beginning) {
            (0, _) => Box::new(EmptyQuery),
            (1, false) => Box::new(TermQuery::new(terms.remove(0), IndexRecordOption::WithFreqs)),
            (1, true) => self.going_on(field, &folded_words(&words.text).concat())?,
            (n, false) => Box::new(BoostQuery::new(Box::new(PhraseQuery::new(terms)), 1.0 / n as f32)),
            (n, true) => {
                let mut phrase = PhrasePrefixQuery::new(terms);
                phrase.set_max_expansions(MOST_ENDINGS);
                Box::new(BoostQuery::new(Box::new(phrase), 1.0 / n as f32))
            }
        })
    }

    /// Any word that begins so.
    fn going_on(&self, field: Field, beginning: &str) -> tantivy::Result<Part> {
        let mut found: BTreeMap<Vec<u8>, u64> = BTreeMap::new();
        for reader in self.words.searcher.segment_readers() {
            let inverted = reader.inverted_index(field)?;
            let mut terms = inverted.terms().range().ge(beginning).into_stream()?;
            while let Some((term, info)) = terms.next() {
                if !term.starts_with(beginning.as_bytes()) {
                    break;
                }
                *found.entry(term.to_vec()).or_default() += u64::from(info.doc_freq);
            }
        }
        let mut found: Vec<(u64, Vec<u8>)> = found.into_iter().map(|(term, n)| (n, term)).collect();
        found.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        let mut terms =
            found.into_iter().map(|(_, term)| Term::from_field_text(field, &String::from_utf8_lossy(&term)));
        let mut parts: Vec<Part> = terms
            .by_ref()
            .take(WEIGHED_ENDINGS)
            .map(|term| Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)) as Part)
            .collect();
        let others: Vec<Term> = terms.collect();
        if !others.is_empty() {
            parts.push(unranked(Box::new(TermSetQuery::new(others)), 1.0));
        }
        Ok(any(parts))
    }
}

/// Finds the same and counts as `score`.
fn unranked(part: Part, score: f32) -> Part {
    Box::new(ConstScoreQuery::new(part, score))
}

fn any(parts: Vec<Part>) -> Part {
    joined(parts, Occur::Should)
}

fn all(parts: Vec<Part>) -> Part {
    joined(parts, Occur::Must)
}

fn joined(mut parts: Vec<Part>, how: Occur) -> Part {
    match parts.len() {
        0 => Box::new(EmptyQuery),
        1 => parts.remove(0),
        _ => Box::new(BooleanQuery::new(parts.into_iter().map(|part| (how, part)).collect())),
    }
}
