//! Which side each statement takes.

use super::Asker;
use super::answer::{Answer, Said};
use super::gathering::{Gathered, Looked, Told, facts, rounded};
use crate::entered::Entered;
use crate::spreading::spread;
use onrecord_linking::claims::{Bearing, Claim, Judge, Judged, Reason, Telling};
use onrecord_models::{StanceChances, StanceRoom};
use onrecord_record::{Act, Stance, Statement};
use serde_json::json;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Statements whose words the network reads, the most relevant; of the others only what they do is known. It takes some
/// thousandths of a second for each.
const MOST_READ: usize = 40;

/// Sentences in publications' own voice that it reads.
const MOST_OWN_READ: usize = 12;

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
        answer.own_voice.clone_from(&gathered.own_voice);
    }

    /// What the statements and then the sentences make of the claim. The same words are read once, on all threads.
    fn judged(&self, claim: &Claim, told: &[Told], own_voice: &[Said]) -> Vec<Judged> {
        let outer: BTreeSet<&str> =
            told.iter().filter_map(|told| Some(told.statement.within.as_ref()?.as_str())).collect();
        let statements = told.iter().map(|told| {
            let (act, certainty) = facts(&told.statement);
            let relays = outer.contains(told.statement.id.as_str());
            (Telling { content: &told.said.key.content, act, certainty, relays }, told.bearing)
        });
        let own = |said: &Said| Bearing { relevance: said.key.relevance, ..Bearing::default() };
        let sentences = own_voice
            .iter()
            .map(|said| (Telling { content: &said.key.content, ..Telling::default() }, own(said)));
        let tellings: Vec<(Telling<'_>, Bearing)> = statements.chain(sentences).collect();
        let settled: Vec<Option<Judged>> = tellings
            .iter()
            .map(|(telling, bearing)| Judge::settled(claim.text(), telling, bearing))
            .collect();
        let is_read = |at: usize| {
            at < MOST_READ.min(told.len()) || (at >= told.len() && at < told.len() + MOST_OWN_READ)
        };
        let unsettled =
            || (0..).zip(tellings.iter().zip(&settled)).filter(|(at, (_, it))| it.is_none() && is_read(*at));
        let words: BTreeSet<&str> = unsettled().map(|(_, ((telling, _), _))| telling.content).collect();
        let chances = self.chances(claim, words);
        let decide =
            |(at, ((telling, bearing), settled)): (usize, (&(Telling<'_>, Bearing), Option<Judged>))| {
                settled.unwrap_or_else(|| match chances.get(telling.content).filter(|_| is_read(at)) {
                    Some(chances) => Judge::read(claim.text(), telling, bearing, *chances),
                    None => Judge::unread(),
                })
            };
        (0..).zip(tellings.iter().zip(settled.iter().copied())).map(decide).collect()
    }

    /// What the network reads in different words. The longest come first, so that no thread is left with one at the end.
    fn chances<'w>(&self, claim: &Claim, words: BTreeSet<&'w str>) -> BTreeMap<&'w str, StanceChances> {
        let mut words: Vec<&str> = words.into_iter().collect();
        words.sort_by_key(|words| Reverse(words.len()));
        let mut rooms: Vec<StanceRoom> = (0..self.threads.max(1)).map(|_| StanceRoom::default()).collect();
        let read = |room: &mut StanceRoom, words: &&str| self.network.judge(claim.text(), words, room);
        let chances = spread(&words, &mut rooms, read);
        words.into_iter().zip(chances).filter_map(|(words, chances)| Some((words, chances?))).collect()
    }
}

fn mark(said: &mut Said, judged: Judged) {
    said.key.stance = Some(judged.stance);
    said.line["stance"] = json!(judged.stance);
    said.line["stance_confidence"] = json!(rounded(judged.confidence));
    said.line["stance_reason"] = json!(match judged.reason {
        Reason::Act => "act",
        Reason::Certainty => "certainty",
        Reason::Words => "words",
        Reason::Answer => "answer",
        Reason::Relays => "relays",
        Reason::Near => "near",
    });
}

/// Lets a person's word on the side of a statement count before the program's own, which stays beside it.
fn hear(entered: &Entered, claim: &Claim, told: &mut Told) {
    let Some((stance, by)) = entered.stance(told.statement.id.as_str(), claim.text()) else { return };
    let said = &mut told.said;
    said.line["stance_by_program"] = said.line["stance"].take();
    said.key.stance = Some(stance);
    said.key.by_person = true;
    said.line["stance"] = json!(stance);
    said.line["stance_confidence"] = serde_json::Value::Null;
    said.line["stance_reason"] = json!("person");
    said.line["stance_entered"] = json!(by);
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
            // To deny what denies the claim is no plain yes to it.
            let stance = match answered.said.key.stance {
                Some(Stance::Supports | Stance::Mentions) => stance,
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
