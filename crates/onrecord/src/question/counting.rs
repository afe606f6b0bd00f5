//! What the statements come to: reports, utterances, speakers, origins, bases.

use super::answer::{Answer, Said};
use super::gathering::{Gathered, Looked, Told};
use super::lines::Lines;
use crate::entered::LinkSaid;
use onrecord_linking::agents::{Decisions, DocumentAgents, link};
use onrecord_record::{Agent, BasisKind, BasisOwner, Stance};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// Two wordings that share this much of their words may be one utterance.
const ALIKE: f64 = 0.5;

/// Fills in the counts, and the origin of each statement.
pub(super) fn count(gathered: &Gathered, people: &People, lines: &Lines, answer: &mut Answer) {
    let mut reports = BTreeSet::new();
    let mut speakers = BTreeSet::new();
    let mut utterances: Vec<Utterance<'_>> = Vec::new();
    for told in &gathered.told {
        let Some(stance) = told.said.key.stance.filter(|stance| *stance != Stance::Mentions) else {
            continue;
        };
        reports.insert(told.document);
        let speaker = told
            .statement
            .speaker
            .as_ref()
            .and_then(|id| people.who.get(id.as_str()).cloned())
            .or_else(|| elsewhere(told, gathered))
            .or_else(|| told.said.key.speaker.as_ref().map(|name| format!("{} {name}", told.document)));
        speakers.extend(speaker.clone());
        let new = Utterance { speaker, stance, told: &told.said, words: words(&told.said.key.content) };
        if !utterances.iter().any(|known| known.is(&new)) {
            utterances.push(new);
        }
        let bases: BTreeSet<String> = told
            .statement
            .basis
            .iter()
            .filter_map(|basis| Some(serde_json::to_value(basis.kind).ok()?.as_str()?.to_owned()))
            .collect();
        if bases.is_empty() {
            *answer.bases.entry("none_found".into()).or_default() += 1;
        }
        bases.into_iter().for_each(|kind| *answer.bases.entry(kind).or_default() += 1);
    }
    answer.counts.reports = reports.len() as u64;
    answer.counts.speakers = speakers.len() as u64;
    answer.counts.utterances = utterances.len() as u64;
    answer.counts.more = gathered.near > gathered.weighed && gathered.reaching;
    answer.coverage.weighed = gathered.weighed;
    answer.coverage.near = gathered.near;
    links(gathered, people, answer);
    origins(gathered, lines, &reports, people, answer);
}

/// One act of saying, as far as it shows.
struct Utterance<'t> {
    speaker: Option<String>,
    stance: Stance,
    told: &'t Said,
    words: BTreeSet<String>,
}

impl Utterance<'_> {
    /// Whether `other` tells of the same: the same speaker, the same side, a day that could be the same, words in common.
    fn is(&self, other: &Self) -> bool {
        let same_day = |a: &Option<String>, b: &Option<String>| match (a, b) {
            (Some(a), Some(b)) => {
                let shared = a.len().min(b.len());
                // Papers of the next day tell of it too.
                a.get(..shared) == b.get(..shared) || near_days(a, b)
            }
            _ => true,
        };
        let shared = self.words.intersection(&other.words).count();
        let least = self.words.len().min(other.words.len()).max(1);
        self.speaker.is_some()
            && self.speaker == other.speaker
            && self.stance == other.stance
            && same_day(&self.told.key.day, &other.told.key.day)
            && (shared as f64) / (least as f64) >= ALIKE
    }
}

/// Whether two days of one month are at most two apart.
fn near_days(a: &str, b: &str) -> bool {
    let parts = |day: &str| Some((day.get(..7)?.to_owned(), day.get(8..10)?.parse::<i32>().ok()?));
    match (parts(a), parts(b)) {
        (Some((month, a)), Some((other, b))) => month == other && (a - b).abs() <= 2,
        _ => false,
    }
}

fn words(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 3);
    words.map(str::to_lowercase).collect()
}

/// Whether a statement says more of the claim than that it speaks of it.
fn takes_side(told: &Told) -> bool {
    told.said.key.stance.is_some_and(|stance| stance != Stance::Mentions)
}

/// The speaker that a person gave a statement from another document than those looked into.
fn elsewhere(told: &Told, gathered: &Gathered) -> Option<String> {
    gathered.entered.speaker_name(&told.statement)?;
    told.statement.speaker.as_ref().map(|id| id.as_str().to_owned())
}

/// Who the agents of documents are across them.
#[derive(Debug, Default)]
pub(super) struct People {
    /// For each agent, who that is.
    who: BTreeMap<String, String>,
    /// What people said of two of them or more.
    said: Vec<LinkSaid>,
}

/// Links the agents of the documents in which somebody takes a side, by the program's links and by what people say of them.
pub(super) fn people(gathered: &Gathered, documents: &BTreeMap<u32, Looked>) -> People {
    let sided: BTreeSet<u32> =
        gathered.told.iter().filter(|told| takes_side(told)).map(|told| told.document).collect();
    let agents: Vec<(&Looked, Vec<Agent>)> =
        sided.iter().filter_map(|row| documents.get(row)).map(|looked| (looked, agents_of(looked))).collect();
    let readings: Vec<DocumentAgents<'_>> = agents
        .iter()
        .map(|(looked, agents)| DocumentAgents {
            document: &looked.document.id,
            published: looked.document.published.as_deref(),
            publisher: looked.document.publisher.as_deref(),
            agents,
        })
        .collect();
    let mut people = BTreeMap::new();
    let names: BTreeMap<&str, &str> = agents
        .iter()
        .flat_map(|(_, agents)| agents)
        .map(|agent| (agent.id.as_str(), agent.name.as_str()))
        .collect();
    let decided = gathered.entered.decisions(|id| names.get(id).copied());
    let Decisions { same, apart } = decided.decisions;
    let apart = Decisions { same: Vec::new(), apart };
    for (number, linked) in link(&readings, &apart).into_iter().enumerate() {
        for member in linked.members {
            people.insert(member.agent.as_str().to_owned(), format!("linked {number}"));
        }
    }
    // Who is one by a person's word joins all that the program links to either, and sources without a name, which it never
    // links; but not over another word that keeps them apart.
    for (a, b) in &same {
        let (a, b) = (a.as_str(), b.as_str());
        let label = |id: &str| people.get(id).cloned().unwrap_or_else(|| id.to_owned());
        let (one, other) = (label(a), label(b));
        let kept_apart = apart.apart.iter().any(|(x, y)| {
            let between = (label(x.as_str()), label(y.as_str()));
            between == (one.clone(), other.clone()) || between == (other.clone(), one.clone())
        });
        if !kept_apart {
            people.values_mut().filter(|it| **it == other).for_each(|it| it.clone_from(&one));
            people.insert(a.to_owned(), one.clone());
            people.insert(b.to_owned(), one);
        }
    }
    People { who: people, said: decided.used }
}

/// Tells of people's word on who speaks.
fn links(gathered: &Gathered, people: &People, answer: &mut Answer) {
    let speaking: BTreeSet<&str> = gathered
        .told
        .iter()
        .filter(|told| takes_side(told))
        .filter_map(|told| told.statement.speaker.as_ref().map(|id| id.as_str()))
        .collect();
    let speaks = |link: &&LinkSaid| link.agents.iter().any(|agent| speaking.contains(agent.agent.as_str()));
    answer.links = people.said.iter().filter(speaks).cloned().collect();
}

fn agents_of(looked: &Looked) -> Vec<Agent> {
    let agents = looked.record.of_sort("agent");
    agents
        // The sort is known: the line is read as what it is.
        .filter_map(|(_, line)| serde_json::from_slice(line).ok())
        .collect()
}

/// Of the statements that `of` picks, documents with first-hand evidence of their own: their reporter saw it, or a speaker
/// did who is not counted for another of them.
fn first_hand<'g>(gathered: &'g Gathered, people: &People, of: impl Fn(&Told) -> bool) -> BTreeSet<u32> {
    let (mut documents, mut seen_by) = (BTreeSet::new(), BTreeSet::new());
    let mut told: Vec<&'g Told> = gathered.told.iter().filter(|told| of(told)).collect();
    told.sort_by_key(|told| (told.document, told.line));
    for told in told {
        for basis in told.statement.basis.iter().filter(|basis| basis.kind == BasisKind::Observation) {
            let own = match (basis.whose, &told.statement.speaker) {
                (BasisOwner::Reporter, _) => true,
                (BasisOwner::Speaker, Some(speaker)) if !documents.contains(&told.document) => {
                    let id = speaker.as_str();
                    seen_by.insert(people.who.get(id).cloned().unwrap_or_else(|| id.to_owned()))
                }
                (BasisOwner::Speaker, _) => false,
            };
            if own {
                documents.insert(told.document);
            }
        }
    }
    documents
}

fn origins(
    gathered: &Gathered,
    lines: &Lines,
    reports: &BTreeSet<u32>,
    people: &People,
    answer: &mut Answer,
) {
    let own = first_hand(gathered, people, takes_side);
    let counted = lines.counts(reports, &own);
    answer.first_hand = own
        .iter()
        .filter_map(|row| Some(gathered.documents.get(row)?.document.id.as_str().to_owned()))
        .collect();
    answer.origins_said = lines.said(reports);
    answer.counts.origins_at_least = u64::from(counted.origins_at_least);
    answer.counts.origins_at_most = u64::from(counted.origins_at_most);
    answer.counts.unknown_origin = u64::from(counted.unknown_origin);
    for stance in Stance::ALL {
        let of_stance = |told: &Told| told.said.key.stance == Some(stance);
        let documents = gathered.told.iter().filter(|told| of_stance(told)).map(|told| told.document);
        let counted = lines.counts(&documents.collect(), &first_hand(gathered, people, of_stance));
        let range = (u64::from(counted.origins_at_least), u64::from(counted.origins_at_most));
        if range.1 > 0 {
            answer.counts.origins.insert(stance, range);
        }
        for said in answer.of_mut(stance) {
            said.line["origin"] = json!(lines.origin(&said.key.document));
        }
    }
    for said in &mut answer.own_voice {
        said.line["origin"] = json!(lines.origin(&said.key.document));
    }
}
