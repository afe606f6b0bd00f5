//! Which side each statement takes.

use super::Asker;
use super::answer::{Answer, Said};
use super::gathering::{Gathered, Looked, Told, rounded};
use crate::entered::Entered;
use crate::spreading::spread;
use onrecord_linking::claims::{Bearing, Claim, Judged, Reason, Telling};
use onrecord_models::{SideChances, StanceRoom};
use onrecord_record::{Act, Stance, Statement};
use serde_json::json;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Statements whose words the network reads, the most relevant; the others are taken to be near the matter. It takes some
/// thousandths of a second for each.
const MOST_READ: usize = 40;

/// Sentences in publications' own voice that it reads.
const MOST_OWN_READ: usize = 12;

/// What bears on the claim less than this takes no side: who is only near it can sound like being for it.
const NEAR: f32 = 0.55;

/// An answer to a statement bears on the claim a little less than the statement.
const ANSWER: f32 = 0.9;

impl Asker {
    /// Gives every statement gathered, and every sentence in a publication's own voice, its stance, and puts the most relevant
    /// first.
    pub(super) fn take_sides(
        &self,
        claim: &Claim,
        gathered: &mut Gathered,
        documents: &BTreeMap<u32, Looked>,
    ) {
        let Gathered { told, far, own_voice, entered, .. } = gathered;
        told.sort_by(|a, b| {
            b.bearing
                .relevance
                .total_cmp(&a.bearing.relevance)
                .then((a.document, a.line).cmp(&(b.document, b.line)))
        });
        own_voice.sort_by(|a, b| b.key.relevance.total_cmp(&a.key.relevance));
        let judged = self.judged(claim, told, own_voice);
        let said = told.iter_mut().map(|told| &mut told.said).chain(own_voice);
        said.zip(judged).for_each(|(said, judged)| mark(said, judged));
        answer_sides(told);
        told.iter_mut().for_each(|told| hear(entered, claim, told));
        let mut answers = answers(told, documents);
        answers.iter_mut().for_each(|told| hear(entered, claim, told));
        told.extend(answers);
        // What the program does not find at all has no side of its.
        for mut one in std::mem::take(far) {
            if !told.iter().any(|known| known.statement.id == one.statement.id) {
                hear(entered, claim, &mut one);
                told.push(one);
            }
        }
        told.sort_by(|a, b| {
            let (a_key, b_key) = (&a.said.key, &b.said.key);
            b_key.relevance.total_cmp(&a_key.relevance).then((a.document, a.line).cmp(&(b.document, b.line)))
        });
    }

    /// Puts what has its stance into an answer.
    pub(super) fn put_in_order(gathered: &Gathered, answer: &mut Answer) {
        for told in &gathered.told {
            if let Some(stance) = told.said.key.stance {
                answer.of_mut(stance).push(told.said.clone());
            }
        }
        for stance in [Stance::Supports, Stance::Denies, Stance::Doubts] {
            answer.of_mut(stance).sort_by(|a, b| b.key.sure.total_cmp(&a.key.sure));
        }
        answer.own_voice.clone_from(&gathered.own_voice);
    }

    /// What the statements and then the sentences make of the claim. The same words are read once, on all threads.
    fn judged(&self, claim: &Claim, told: &[Told], own_voice: &[Said]) -> Vec<Judged> {
        let statements = told.iter().enumerate().map(|(at, told)| {
            let telling = Telling {
                content: &told.said.key.content,
                speaker: told.said.key.speaker.as_deref(),
                cue: told.statement.cue.text.as_deref(),
            };
            (telling, (told.statement.act, told.statement.certainty.level), told.bearing, at < MOST_READ)
        });
        let sentences = own_voice.iter().enumerate().map(|(at, said)| {
            let telling = Telling { content: &said.key.content, ..Telling::default() };
            let bearing = Bearing { relevance: said.key.relevance, ..Bearing::default() };
            (telling, (None, None), bearing, at < MOST_OWN_READ)
        });
        let all: Vec<_> = statements.chain(sentences).collect();
        let read: Vec<Option<String>> = all
            .iter()
            .map(|(telling, _, bearing, first)| {
                (*first && bearing.relevance >= NEAR).then(|| telling.words())
            })
            .collect();
        let chances = self.chances(claim, read.iter().flatten().map(String::as_str).collect());
        all.iter()
            .zip(&read)
            .map(|((telling, facts, bearing, _), words)| {
                let chances = words.as_deref().and_then(|words| chances.get(words));
                chances.map_or(Judged::UNREAD, |chances| {
                    Judged::of(claim.text(), telling, *facts, bearing, *chances, self.network.floors)
                })
            })
            .collect()
    }

    /// What the network reads in different words. The longest come first, so that no thread is left with one at the end.
    fn chances<'w>(&self, claim: &Claim, words: BTreeSet<&'w str>) -> BTreeMap<&'w str, SideChances> {
        let mut words: Vec<&str> = words.into_iter().collect();
        words.sort_by_key(|words| Reverse(words.len()));
        let mut rooms: Vec<StanceRoom> = (0..self.threads.max(1)).map(|_| StanceRoom::default()).collect();
        let read = |room: &mut StanceRoom, words: &&str| self.network.judge(claim.text(), words, room);
        let chances = spread(&words, &mut rooms, read);
        words.into_iter().zip(chances).filter_map(|(words, chances)| Some((words, chances?))).collect()
    }
}

fn mark(said: &mut Said, judged: Judged) {
    (said.key.stance, said.key.sure) = (Some(judged.stance), judged.confidence);
    said.line["stance"] = json!(judged.stance);
    said.line["stance_confidence"] = json!(rounded(judged.confidence));
    said.line["stance_reason"] = json!(match judged.reason {
        Reason::Act => "act",
        Reason::Words => "words",
        Reason::Answer => "answer",
        Reason::Near => "near",
    });
}

/// Lets a person's word on the side of a statement count before the program's own, which stays beside it.
fn hear(entered: &Entered, claim: &Claim, told: &mut Told) {
    let Some((stance, by)) = entered.stance(told.statement.id.as_str(), claim.text()) else { return };
    let said = &mut told.said;
    said.line["stance_by_program"] = said.line["stance"].take();
    (said.key.stance, said.key.sure, said.key.by_person) = (Some(stance), 1.0, true);
    said.line["stance"] = json!(stance);
    said.line["stance_confidence"] = serde_json::Value::Null;
    said.line["stance_reason"] = json!("person");
    said.line["stance_entered"] = json!(by);
}

/// Gives denials and doubts on the matter that take no side by their own words ("the accusations") that of an answer, where they
/// answer who says the claim.
fn answer_sides(told: &mut [Told]) {
    let is_said = |told: &&Told| told.said.key.stance == Some(Stance::Supports);
    let said: BTreeSet<String> =
        told.iter().filter(is_said).map(|told| told.statement.id.as_str().to_owned()).collect();
    for told in told.iter_mut().filter(|told| told.said.key.stance == Some(Stance::Mentions)) {
        let answered = told.statement.responds_to.iter().find(|id| said.contains(id.as_str()));
        if let (Some(stance), Some(answered)) = (answering(&told.statement), answered) {
            mark(&mut told.said, Judged { stance, confidence: 0.6, reason: Reason::Answer });
            told.said.line["answers"] = json!(answered);
        }
    }
}

/// Denials and doubts that answer a statement on the claim, where their own words do not show it ("warmongering lies").
fn answers(told: &[Told], documents: &BTreeMap<u32, Looked>) -> Vec<Told> {
    let known: BTreeMap<&str, &Told> = told.iter().map(|told| (told.statement.id.as_str(), told)).collect();
    let mut found = Vec::new();
    for (row, looked) in documents {
        for (line, statement, value) in &looked.answering {
            let Some(stance) = answering(statement) else { continue };
            if known.contains_key(statement.id.as_str()) {
                continue;
            }
            let answered = statement.responds_to.iter().filter_map(|id| known.get(id.as_str()));
            let answered = answered.max_by(|a, b| a.said.key.relevance.total_cmp(&b.said.key.relevance));
            let Some(answered) = answered else { continue };
            // To deny what denies the claim is no plain yes to it, and what takes no side can be denied for much else.
            let stance = match answered.said.key.stance {
                Some(Stance::Supports) => stance,
                _ => Stance::Mentions,
            };
            let mut bearing = answered.bearing;
            bearing.relevance *= ANSWER;
            let mut said = looked.said(statement, value.clone(), looked.speaker(statement), &bearing);
            mark(&mut said, Judged { stance, confidence: 0.6, reason: Reason::Answer });
            said.line["answers"] = json!(answered.statement.id);
            found.push(Told { statement: statement.clone(), said, bearing, document: *row, line: *line });
        }
    }
    found
}

fn answering(statement: &Statement) -> Option<Stance> {
    match statement.act? {
        Act::Denies => Some(Stance::Denies),
        Act::Doubts => Some(Stance::Doubts),
        _ => None,
    }
}
