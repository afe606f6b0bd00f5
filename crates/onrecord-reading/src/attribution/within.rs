//! Attributions within the content of others: "Lee said that the union claims …".
//!
//! The networks learnt from annotations in which content holds no other attribution, so they are silent inside it. What
//! somebody is said to say is therefore read once more as a text of its own, without the quotation marks around it,
//! where it holds a word that may attribute ([`super::cue_word`]).

use super::Attribution;
use super::choice::{Candidate, chosen};
use super::cue_word::{CueWord, cue_word, is_first_person, may_attribute};
use super::features;
use crate::quotation::{Quoted, quoted};
use crate::statement::form;
use crate::token::{Gap, Shape, Token};
use onrecord_models::{AttributionNetwork, Evidence};
use onrecord_record::{Byte, Span};
use std::ops::Range;

/// How deep attributions are followed: one within one within one.
const LEVELS: usize = 3;
/// Below this confidence nothing is added to what was found already. Chosen on the choosing half of `suite/nesting`.
const LEAST_CONFIDENCE: f32 = 0.6;

/// What is likelier wrong than right is not looked into.
const LEAST_AROUND: f32 = 0.5;

/// Content of an attribution, or the sentences of it that matter, as a text of its own.
struct Passage {
    /// Whose content it is, as a place in the list of attributions.
    outer: usize,
    /// The places of its tokens among those of the text, rising; what interrupts the content is not among them.
    places: Vec<usize>,
    tokens: Vec<Token>,
}

/// Finds attributions within the content of those `found`, and within theirs in turn. `within` of each tells which one
/// holds it: a place in the list that `found` and the result make together, before its own.
///
/// `tokens` and `quotation` are those of `text`, and so are the spans of `found`.
pub fn attributions_within(
    text: &str,
    tokens: &[Token],
    quotation: &[Quoted],
    network: &AttributionNetwork,
    found: &[Attribution],
) -> Vec<Attribution> {
    let mut inner: Vec<Attribution> = Vec::new();
    let mut level = 0..found.len();
    for _ in 1..LEVELS {
        let at = |i: usize| found.get(i).or_else(|| inner.get(i.checked_sub(found.len())?));
        let passages: Vec<Passage> = level
            .filter_map(|outer| Passage::new(text, tokens, quotation, at(outer)?, outer))
            .flat_map(|passage| passage.worth_reading(text))
            .collect();
        let from = found.len() + inner.len();
        for passage in passages {
            let outer =
                found.get(passage.outer).or_else(|| inner.get(passage.outer.checked_sub(found.len())?));
            let sure = outer.map_or(0.0, |outer| outer.confidence);
            inner.extend(passage.read(text, tokens, network).into_iter().map(|mut attribution| {
                attribution.confidence *= sure;
                attribution
            }));
        }
        level = from..found.len() + inner.len();
    }
    inner
}

/// Whether a source that begins so is nobody.
fn is_nobody(word: &str) -> bool {
    matches!(word, "nobody" | "Nobody" | "none" | "None" | "no" | "No")
}

impl Passage {
    fn new(
        text: &str,
        tokens: &[Token],
        quotation: &[Quoted],
        attribution: &Attribution,
        outer: usize,
    ) -> Option<Passage> {
        if attribution.turn || attribution.confidence < LEAST_AROUND {
            return None;
        }
        let mut places: Vec<usize> = Vec::new();
        for piece in &attribution.content {
            let from = tokens.partition_point(|token| token.span.start < piece.start);
            let to = tokens.partition_point(|token| token.span.start < piece.end);
            places.extend(from.max(places.last().map_or(0, |last| last + 1))..to);
        }
        let quoted_at = |i: &usize| quotation.get(*i).copied().unwrap_or_default();
        // Words that are quoted whole lose their marks; marks around some of the words stay.
        if places.iter().all(|i| quoted_at(i).is_quoted()) {
            places.retain(|i| quoted_at(i) == Quoted::Inside);
        }
        if places.first().and_then(|i| tokens.get(*i)).is_some_and(|token| token.of(text) == "that") {
            places.remove(0);
        }
        let mut own: Vec<Token> = places.iter().filter_map(|i| tokens.get(*i).copied()).collect();
        for i in 1..places.len() {
            // A mark was left out between the two, or the words that interrupt.
            if places[i] != places[i - 1] + 1 && own[i].gap == Gap::None {
                own[i].gap = Gap::Space;
            }
        }
        own.first_mut()?.gap = Gap::Paragraph;
        Some(Passage { outer, places, tokens: own })
    }

    /// The runs of sentences that hold a word which may attribute, each as a passage.
    fn worth_reading(&self, text: &str) -> Vec<Passage> {
        if !may_attribute(text, &self.tokens) {
            return Vec::new();
        }
        let mut runs: Vec<Range<usize>> = Vec::new();
        for sentence in self.sentences(text) {
            if !may_attribute(text, &self.tokens[sentence.clone()]) {
                continue;
            }
            match runs.last_mut() {
                Some(run) if run.end == sentence.start => run.end = sentence.end,
                _ => runs.push(sentence),
            }
        }
        let passage = |run: Range<usize>| {
            let mut tokens = self.tokens[run.clone()].to_vec();
            tokens.first_mut()?.gap = Gap::Paragraph;
            Some(Passage { outer: self.outer, places: self.places[run].to_vec(), tokens })
        };
        runs.into_iter().filter_map(passage).collect()
    }

    /// The sentences of the passage; a quotation inside it is not parted.
    fn sentences(&self, text: &str) -> Vec<Range<usize>> {
        let quotation = quoted(text, &self.tokens);
        let mut sentences = Vec::new();
        let mut start = 0;
        for i in 1..self.tokens.len() {
            let ended = matches!(self.tokens[i - 1].of(text), "." | "?" | "!" | "”" | "’");
            let begins = !matches!(self.tokens[i].shape, Shape::Lower) && self.tokens[i].gap > Gap::None;
            let within = quotation[i - 1].is_quoted() && quotation[i] == Quoted::Inside;
            if ended && begins && !within {
                sentences.push(start..i);
                start = i;
            }
        }
        sentences.push(start..self.tokens.len());
        sentences
    }

    /// What is attributed in the passage, as sure as the network is of each.
    fn read(&self, text: &str, tokens: &[Token], network: &AttributionNetwork) -> Vec<Attribution> {
        let quotation = quoted(text, &self.tokens);
        let features = features(text, &self.tokens, &quotation, &network.pieces);
        let seen = network.propose(&features);
        let confidence = |evidence: &Evidence| network.weighing.confidence(evidence);
        let mut candidates = chosen(self.tokens.len(), &seen, confidence, LEAST_CONFIDENCE);
        candidates.retain(|candidate| {
            !candidate.source.is_empty()
                && !self.words(text, &candidate.source).next().is_some_and(is_nobody)
                && self.words(text, &candidate.cue).any(|word| cue_word(word).is_some())
                && !self.tells_own_mind(text, candidate)
        });
        candidates.sort_by_key(|candidate| candidate.cue.first().map(|cue| cue.start));
        let attribution = |candidate: &Candidate| {
            // The comma before "Lee said" is the outer sentence's.
            let mut content = candidate.content.clone();
            if let Some(last) = content.last_mut()
                && last.len() > 1
                && self.tokens.get(last.end - 1).is_some_and(|token| token.of(text) == ",")
            {
                last.end -= 1;
            }
            let content = self.spans(tokens, &content);
            Attribution {
                source: self.spans(tokens, &candidate.source),
                cue: self.spans(tokens, &candidate.cue),
                form: form(&self.tokens, &quotation, &content),
                content,
                confidence: candidate.confidence,
                evidence: Some(candidate.evidence),
                turn: false,
                within: Some(self.outer),
            }
        };
        candidates.iter().map(attribution).collect()
    }

    fn words<'t>(&self, text: &'t str, runs: &[Range<usize>]) -> impl Iterator<Item = &'t str> {
        runs.iter().flat_map(|run| &self.tokens[run.clone()]).map(move |token| token.of(text))
    }

    /// Whether "I" or "we" believe, wish or intend: that is how the speaker says it, not what somebody else says.
    fn tells_own_mind(&self, text: &str, candidate: &Candidate) -> bool {
        self.words(text, &candidate.source).any(is_first_person)
            && self.words(text, &candidate.cue).any(|word| cue_word(word) == Some(CueWord::Mind))
    }

    /// Runs of the passage's tokens as spans of the text, parted where the passage leaves something out.
    fn spans(&self, tokens: &[Token], runs: &[Range<usize>]) -> Vec<Span<Byte>> {
        let mut out: Vec<Range<usize>> = Vec::new();
        for place in runs.iter().flat_map(|run| &self.places[run.clone()]) {
            match out.last_mut() {
                Some(run) if run.end == *place => run.end += 1,
                _ => out.push(*place..*place + 1),
            }
        }
        out.iter().map(|run| Span::new(tokens[run.start].span.start, tokens[run.end - 1].span.end)).collect()
    }
}
