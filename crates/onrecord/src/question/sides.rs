//! Which side each statement takes.

use super::Asker;
use super::answer::{Answer, Said};
use super::gathering::{Gathered, Told, facts, rounded};
use crate::entered::Entered;
use onrecord_linking::claims::{Claim, Judge, Judged, Reason, Telling};
use onrecord_record::{Act, Stance, Statement};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// Statements whose words the network reads, the most relevant; of the others only what they do is known. It takes some
/// thousandths of a second for each.
const MOST_READ: usize = 40;

/// Sentences in publications' own voice that it reads.
const MOST_OWN_READ: usize = 12;

/// An answer to a statement bears on the claim a little less than the statement.
const ANSWER: f32 = 0.9;

impl Asker {
    /// Gives every statement gathered its stance, and puts the most relevant first.
    pub(super) fn take_sides(&self, claim: &Claim, gathered: &mut Gathered) {
        gathered.told.sort_by(|a, b| {
            b.bearing
                .relevance
                .total_cmp(&a.bearing.relevance)
                .then((a.document, a.line).cmp(&(b.document, b.line)))
        });
        let outer: BTreeSet<&str> =
            gathered.told.iter().filter_map(|told| Some(told.statement.within.as_ref()?.as_str())).collect();
        let judged = self.judged(claim, &gathered.told, &outer);
        for (told, judged) in gathered.told.iter_mut().zip(judged) {
            mark(&mut told.said, judged);
            hear(&gathered.entered, claim, told);
        }
        let mut answers = answers(gathered);
        answers.iter_mut().for_each(|told| hear(&gathered.entered, claim, told));
        gathered.told.extend(answers);
        // What the program does not find at all has no side of its.
        for mut told in std::mem::take(&mut gathered.far) {
            if !gathered.told.iter().any(|known| known.statement.id == told.statement.id) {
                hear(&gathered.entered, claim, &mut told);
                gathered.told.push(told);
            }
        }
        gathered.told.sort_by(|a, b| {
            let (a_key, b_key) = (&a.said.key, &b.said.key);
            b_key.relevance.total_cmp(&a_key.relevance).then((a.document, a.line).cmp(&(b.document, b.line)))
        });
    }

    /// The same of what publications say themselves.
    pub(super) fn take_own_sides(&self, claim: &Claim, gathered: &mut Gathered) {
        gathered.own_voice.sort_by(|a, b| b.key.relevance.total_cmp(&a.key.relevance));
        let (mut reading, mut passing) = (Judge::new(Some(&self.network)), Judge::new(None));
        for (at, said) in gathered.own_voice.iter_mut().enumerate() {
            let judge = if at < MOST_OWN_READ { &mut reading } else { &mut passing };
            let telling = Telling { content: &said.key.content, ..Telling::default() };
            let bearing =
                onrecord_linking::claims::Bearing { relevance: said.key.relevance, ..Default::default() };
            let judged = judge.judge(claim.text(), &telling, &bearing);
            mark(said, judged);
        }
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

    /// On all threads.
    fn judged(&self, claim: &Claim, told: &[Told], outer: &BTreeSet<&str>) -> Vec<Judged> {
        let (read, others) = told.split_at(told.len().min(MOST_READ));
        let share = read.len().div_ceil(self.threads).max(1);
        let judge = |part: &[Told], mut judge: Judge<'_>| {
            let one = |told: &Told| {
                let (act, certainty) = facts(&told.statement);
                let telling = Telling {
                    content: &told.said.key.content,
                    act,
                    certainty,
                    relays: outer.contains(told.statement.id.as_str()),
                };
                judge.judge(claim.text(), &telling, &told.bearing)
            };
            part.iter().map(one).collect::<Vec<_>>()
        };
        let reads = |part: &[Told]| judge(part, Judge::new(Some(&self.network)));
        let mut judged: Vec<Judged> = std::thread::scope(|scope| {
            let running: Vec<_> =
                read.chunks(share).map(|part| (part, scope.spawn(move || reads(part)))).collect();
            // What a thread could not judge is judged here: a panic costs no answer.
            running
                .into_iter()
                .flat_map(|(part, thread)| thread.join().unwrap_or_else(|_| judge(part, Judge::new(None))))
                .collect()
        });
        judged.extend(judge(others, Judge::new(None)));
        judged
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
fn answers(gathered: &Gathered) -> Vec<Told> {
    let known: BTreeMap<&str, &Told> =
        gathered.told.iter().map(|told| (told.statement.id.as_str(), told)).collect();
    let mut found = Vec::new();
    for (row, looked) in &gathered.documents {
        for (line, statement, value) in looked.statements() {
            let Some(stance) = answering(&statement) else { continue };
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
            let mut said = looked.said(&statement, value, looked.speaker(&statement), &bearing);
            mark(&mut said, Judged { stance, confidence: 0.6, reason: Reason::Answer });
            said.line["answers"] = json!(answered.statement.id);
            found.push(Told { statement, said, bearing, document: *row, line });
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
