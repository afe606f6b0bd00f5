//! What a whole text makes of a claim: for who has texts and no case.

use crate::Pipeline;
use onrecord_linking::claims::{Bearing, Claim, Distance, Lexicon, Passage, TextJudge, distance};
use onrecord_models::{ModelError, StanceNetwork, StanceRoom, WordVectors};
use onrecord_reading::sentences;
use onrecord_record::{Act, Document, Stance};

/// A text of so many words is judged as one statement.
const SHORT: usize = 60;

/// A short text is on another matter where the network is this sure of it and no word is shared.
const ELSEWHERE: f32 = 0.95;

/// A long text whose best passage bears less on the claim is on another matter.
const UNRELATED: f32 = 0.42;

/// Passages that decide, the most relevant.
const DECIDING: usize = 5;

/// A passage this much less relevant than the best one does not decide.
const SPREAD: f32 = 0.75;

/// What whole texts are judged with; made once for any number of them.
#[derive(Debug)]
pub struct TextAsker {
    vectors: WordVectors,
    network: StanceNetwork,
}

impl TextAsker {
    /// Unpacks the weights.
    ///
    /// # Errors
    /// When a weight file is damaged or does not fit this program.
    pub fn new() -> Result<Self, ModelError> {
        Ok(TextAsker { vectors: WordVectors::embedded()?, network: StanceNetwork::embedded()? })
    }

    /// What `text` makes of `claim`, and how sure that is, 0 to 1; no stance where it is on another matter.
    pub fn stance_of_text(&self, pipeline: &Pipeline, claim: &str, text: &str) -> (Option<Stance>, f32) {
        let mut lexicon = Lexicon::new(&self.vectors);
        let asked = Claim::new(claim, &mut lexicon);
        if text.split_whitespace().count() <= SHORT {
            return self.stance_of_sentence(&asked, text, &mut lexicon);
        }
        let record = pipeline.read(Document { language: Some("en".into()), ..Document::bare(text) });
        let mut passages: Vec<(Bearing, Stance, f32)> = Vec::new();
        let mut judge = TextJudge::new(&self.network);
        for statement in &record.reading.statements {
            let Some(content) = statement.content.text.as_deref() else { continue };
            let bearing = asked.bearing(content, &text[..first_sentence(text)], &mut lexicon);
            if bearing.relevance < UNRELATED {
                continue;
            }
            let passage =
                Passage { words: content, act: statement.act, certainty: statement.certainty.level };
            let (stance, confidence) = judge.judge(claim, &passage, &bearing);
            // What somebody says is the text's news, not the text's word.
            let stance = match stance {
                Stance::Supports if statement.act == Some(Act::Asserts) => Stance::Mentions,
                stance => stance,
            };
            passages.push((bearing, stance, confidence));
        }
        for span in sentences(text) {
            let sentence = text.get(span.range()).unwrap_or_default();
            let bearing = asked.bearing(sentence, "", &mut lexicon);
            if bearing.relevance < UNRELATED {
                continue;
            }
            let passage = Passage { words: sentence, ..Passage::default() };
            let (stance, confidence) = judge.judge(claim, &passage, &bearing);
            let stance = match (distance(sentence), stance) {
                (Distance::Refuting, _) => Stance::Denies,
                (Distance::Hearsay, Stance::Supports) => Stance::Mentions,
                (_, stance) => stance,
            };
            passages.push((bearing, stance, confidence));
        }
        decided(passages)
    }

    fn stance_of_sentence(
        &self,
        claim: &Claim,
        text: &str,
        lexicon: &mut Lexicon<'_>,
    ) -> (Option<Stance>, f32) {
        let mut room = StanceRoom::default();
        let chances = self.network.judge(claim.text(), text, &mut room);
        let bearing = claim.bearing(text, "", lexicon);
        if chances.neither > ELSEWHERE && bearing.relevance < UNRELATED {
            return (None, chances.neither);
        }
        if chances.supports >= chances.undermines {
            (Some(Stance::Supports), chances.supports)
        } else {
            (Some(Stance::Denies), chances.undermines)
        }
    }
}

/// Where the first sentence ends, in bytes.
fn first_sentence(text: &str) -> usize {
    sentences(text).first().map_or(0, |span| span.range().end)
}

/// The stance that the most relevant passages add up to. A text that denies once, near the matter, denies.
fn decided(mut passages: Vec<(Bearing, Stance, f32)>) -> (Option<Stance>, f32) {
    passages.sort_by(|a, b| b.0.relevance.total_cmp(&a.0.relevance));
    let Some(best) = passages.first().map(|(bearing, ..)| bearing.relevance) else { return (None, 1.0) };
    passages.truncate(DECIDING);
    passages.retain(|(bearing, ..)| bearing.relevance >= SPREAD * best);
    let weight = |stance: Stance| {
        let of = passages.iter().filter(|(_, it, _)| *it == stance);
        let weight = if stance == Stance::Denies { 1.5 } else { 1.0 };
        of.map(|(bearing, ..)| bearing.relevance).sum::<f32>() * weight
    };
    let mut weighed: Vec<(f32, Stance)> =
        Stance::ALL.into_iter().map(|stance| (weight(stance), stance)).collect();
    weighed.sort_by(|a, b| b.0.total_cmp(&a.0));
    let all: f32 = weighed.iter().map(|(weight, _)| weight).sum();
    match weighed.first() {
        Some((weight, stance)) if all > 0.0 => (Some(*stance), weight / all),
        _ => (None, 0.0),
    }
}
