//! What the statements come to: reports, utterances, speakers, origins, bases.

use super::answer::{Answer, Said};
use super::gathering::{Gathered, Looked};
use super::lines::Lines;
use onrecord_linking::agents::{Decisions, DocumentAgents, link};
use onrecord_record::{Agent, Stance};
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
            .and_then(|id| people.get(id.as_str()).cloned())
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
    origins(gathered, lines, &reports, answer);
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

/// For each agent of the documents looked into, who that is across them.
pub(super) type People = BTreeMap<String, String>;

/// Links the agents of documents.
pub(super) fn people(documents: &BTreeMap<u32, Looked>) -> People {
    let agents: Vec<(&Looked, Vec<Agent>)> =
        documents.values().map(|looked| (looked, agents_of(looked))).collect();
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
    for (number, linked) in link(&readings, &Decisions::default()).into_iter().enumerate() {
        for member in linked.members {
            people.insert(member.agent.as_str().to_owned(), format!("linked {number}"));
        }
    }
    people
}

fn agents_of(looked: &Looked) -> Vec<Agent> {
    let agents = looked.record.of_sort("agent");
    agents
        // The sort is known: the line is read as what it is.
        .filter_map(|(_, line)| serde_json::from_slice(line).ok())
        .collect()
}

fn origins(gathered: &Gathered, lines: &Lines, reports: &BTreeSet<u32>, answer: &mut Answer) {
    let counted = lines.counts(reports);
    answer.counts.origins_at_least = u64::from(counted.origins_at_least);
    answer.counts.origins_at_most = u64::from(counted.origins_at_most);
    answer.counts.unknown_origin = u64::from(counted.unknown_origin);
    for stance in Stance::ALL {
        let of_stance = gathered.told.iter().filter(|told| told.said.key.stance == Some(stance));
        let counted = lines.counts(&of_stance.map(|told| told.document).collect());
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
