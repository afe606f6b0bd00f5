//! What "it" and "they" go back to where nobody has spoken: what the sentence before is about.

use super::antecedent::Speech;
use super::page::Page;
use super::phrase::{Article, kind_of};
use super::resolve::Stage;
use super::rules::Class;
use onrecord_record::AgentKind;
use std::ops::Range;

/// How far back a sentence begins at most, in tokens.
const SENTENCE: usize = 60;
/// How many words a noun may have before it.
const PHRASE: usize = 5;
/// How far back those are looked for whom "they" means, in tokens.
const SEVERAL: usize = 80;

impl Stage<'_, '_> {
    /// What the sentence before a pronoun at `at` begins with, if nobody has spoken since: "The books cover one year. They".
    pub(super) fn subject_before(&mut self, at: usize, speeches: &[Speech]) -> Option<usize> {
        let page = self.page;
        let many = page.is(at, Class::THEY);
        if !many && !page.is(at, Class::IT) || page.in_quotation(at) {
            return None;
        }
        let this = (at.saturating_sub(SENTENCE)..=at).rev().find(|&i| page.begins_sentence(i))?;
        let before = (this.saturating_sub(SENTENCE)..this).rev().find(|&i| page.begins_sentence(i))?;
        // Only a pronoun at the head of its sentence goes on with the subject of the one before.
        let heads = (this..at).all(|i| !page.is_word(i) || matches!(page.word(i), "But" | "And" | "Yet"));
        if !heads || page.paragraph(before) != page.paragraph(at) || page.in_quotation(before) {
            return None;
        }
        let start = before + usize::from(matches!(page.word(before), "But" | "And" | "Yet" | "Still"));
        let noun = self.noun_of_subject(start, many)?;
        if let Some(speech) = speeches.last().filter(|speech| speech.at >= before) {
            // "The logs may show a theft. They may": nobody but the subject has spoken.
            return Some(speech.entity).filter(|_| speech.at <= noun);
        }
        let (range, kind) = (start..noun + 1, kind_of(page, noun));
        self.known(noun, &range, kind, Article::Definite, speeches)
            .or_else(|| Some(self.describe(range, kind, noun, Article::Definite)))
    }

    /// The noun of the phrase that begins at `start`, if "it", or "they", can go back to it.
    fn noun_of_subject(&self, start: usize, many: bool) -> Option<usize> {
        let page = self.page;
        if !matches!(page.word(start), "The" | "the" | "These" | "these" | "Those" | "This" | "this") {
            return None;
        }
        let small = |i: usize| page.is_lower(i) && !page.is(i, Class::FUNCTION);
        let noun = (start + 1..start + 1 + PHRASE).take_while(|&i| small(i)).find(|&i| {
            let kind = kind_of(page, i);
            let ends = !small(i + 1) || kind_of(page, i + 1).is_none();
            let several = page.word(i).ends_with('s') && !page.word(i).ends_with("ss");
            match kind {
                Some(AgentKind::Document) => ends && several == many,
                Some(AgentKind::Group) => ends && many,
                Some(AgentKind::Organisation) => ends && !many,
                None => many && several && is_auxiliary(page, i + 1),
                _ => false,
            }
        })?;
        (page.possessive(noun + 1) == 0).then_some(noun)
    }

    /// What "it" or "they" at `at` means when nothing else tells.
    pub(super) fn spoken_of_before(&mut self, at: usize) -> Option<usize> {
        self.several_before(at).or_else(|| self.text_read_before(at))
    }

    /// The last text that the two sentences before "it" speak of: "He cited a memorandum. It says".
    fn text_read_before(&mut self, at: usize) -> Option<usize> {
        let page = self.page;
        if !page.is(at, Class::IT) || page.in_quotation(at) {
            return None;
        }
        let noun = (at.saturating_sub(SENTENCE)..at).rev().find(|&i| {
            page.sentence(at).saturating_sub(page.sentence(i)) <= 2
                && !page.in_quotation(i)
                && page.is_lower(i)
                && kind_of(page, i) == Some(AgentKind::Document)
                && (!page.word(i).ends_with('s') || page.word(i).ends_with("ss"))
                && page.possessive(i + 1) == 0
                && kind_of(page, i + 1).is_none()
                && !is_auxiliary(page, i)
                && is_determined(page, i)
        })?;
        let range = phrase_before(page, noun);
        let kind = Some(AgentKind::Document);
        Some(self.describe(range, kind, noun, Article::Definite))
    }

    /// Those whom "they" at `at` means: the last several that the paragraph speaks of.
    fn several_before(&mut self, at: usize) -> Option<usize> {
        let page = self.page;
        if !page.is(at, Class::THEY) {
            return None;
        }
        let quoted = page.in_quotation(at);
        let noun = (at.saturating_sub(SEVERAL)..at).rev().find(|&i| {
            page.paragraph(i) == page.paragraph(at)
                && page.in_quotation(i) == quoted
                && page.is_lower(i)
                && page.word(i).ends_with('s')
                && kind_of(page, i) == Some(AgentKind::Group)
                && !page.is(i, Class::FUNCTION)
                && page.possessive(i + 1) == 0
        })?;
        let range = phrase_before(page, noun);
        Some(self.describe(range, Some(AgentKind::Group), noun, Article::Definite))
    }
}

/// A noun with the words that describe it.
fn phrase_before(page: &Page<'_>, noun: usize) -> Range<usize> {
    let mut start = noun;
    while start > 0 && noun - start < PHRASE {
        let i = start - 1;
        let part = [Class::MODIFIER, Class::PEOPLE, Class::ROLE, Class::ORGANISATION]
            .iter()
            .any(|&class| page.is(i, class))
            || matches!(
                page.word(i),
                "the" | "The" | "some" | "Some" | "many" | "Many" | "a" | "A" | "an" | "An"
            );
        if !part || !page.is_word(i) {
            break;
        }
        start = i;
    }
    start..noun + 1
}

/// Whether an article, or what stands for one, belongs to the noun at `noun`: "will" in "he will" is no paper.
fn is_determined(page: &Page<'_>, noun: usize) -> bool {
    (noun.saturating_sub(4)..noun)
        .rev()
        .take_while(|&i| {
            !is_auxiliary(page, i) && !matches!(page.word(i), "to" | "of" | "in" | "being" | "," | ".")
        })
        .any(|i| {
            page.possessive(i) > 0
                || matches!(
                    page.word(i).to_ascii_lowercase().as_str(),
                    "a" | "an" | "the" | "this" | "that" | "another" | "his" | "her" | "its" | "their"
                )
        })
}

/// Whether a verb stands at `i` that shows where a subject ends.
fn is_auxiliary(page: &Page<'_>, i: usize) -> bool {
    matches!(
        page.word(i),
        "may"
            | "might"
            | "will"
            | "would"
            | "can"
            | "could"
            | "should"
            | "must"
            | "are"
            | "were"
            | "have"
            | "had"
            | "do"
            | "did"
    )
}
