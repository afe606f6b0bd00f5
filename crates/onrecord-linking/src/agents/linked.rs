//! What linking gives: agents across documents, and every link with its reasons.

use super::DocumentAgents;
use super::gathering::{Gathering, Joined};
use super::told::reasons;
use super::unit::{Unit, role_words};
use onrecord_record::{Agent, AgentId, AgentKind, DocumentId};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

/// Agents of several documents taken to be one, or one agent that nothing was found to be the same as.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LinkedAgent {
    /// The full name that most documents have.
    pub name: String,
    /// What most documents that tell take it for.
    pub kind: Option<AgentKind>,
    /// All full names, by how many documents have them, the most first.
    pub names: Vec<String>,
    /// Its agents, by day of publication and document.
    pub members: Vec<Member>,
    /// Its offices and descriptions as each document has them.
    pub roles: Vec<HeldRole>,
    /// The links that hold it together, one less than there are members where no person entered any.
    pub links: Vec<Link>,
}

/// One document's agent.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Member {
    /// The day of the document, as far as known.
    pub published: Option<String>,
    /// The document.
    pub document: DocumentId,
    /// Its agent line.
    pub agent: AgentId,
}

/// An office or description, and who says so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldRole {
    /// The words, as the first document has them.
    pub text: String,
    /// The documents that say it, with their days, in the order of the members.
    pub said_by: Vec<(DocumentId, Option<String>)>,
}

/// Two agents taken to be one, and why.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Link {
    /// The agent of the one document.
    pub a: AgentId,
    /// That of the other.
    pub b: AgentId,
    /// The sum of the reasons' weights, in logarithms of odds: from 2.4 on two are taken to be one. What a person entered
    /// has no score.
    pub score: Option<f32>,
    /// Whether a person said so.
    pub entered: bool,
    /// What speaks for it and against it.
    pub reasons: Vec<Reason>,
}

/// One thing that speaks for or against a link.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reason {
    /// Of which sort.
    pub kind: ReasonKind,
    /// For or against.
    pub speaks: Speaks,
    /// How much, in logarithms of odds; negative where it speaks against.
    pub weight: f32,
    /// In words.
    pub words: String,
}

/// The sorts of reasons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReasonKind {
    /// How the names agree, and how rare they are.
    Name,
    /// How often the name is met.
    Known,
    /// Who and what stands close by.
    Company,
    /// Who and what else the documents name.
    Document,
    /// Offices and descriptions.
    Role,
    /// Walks of life.
    Calling,
    /// Days of publication.
    Time,
    /// A person said so.
    Entered,
}

/// Which way a reason speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Speaks {
    /// The two are one.
    For,
    /// They are two.
    Against,
}

/// What the list is made from.
pub(super) struct Listing<'a> {
    pub(super) readings: &'a [&'a DocumentAgents<'a>],
    /// Every agent with its document.
    pub(super) all: &'a [(usize, &'a Agent)],
    pub(super) units: &'a [Unit],
}

impl<'a> Listing<'a> {
    /// The agent that a unit is mostly known by.
    pub(super) fn agent(&self, unit: usize) -> Option<&'a Agent> {
        let first = self.units.get(unit)?.agents.first()?;
        self.all.get(*first).map(|(_, agent)| *agent)
    }

    /// The day of a unit's first document.
    pub(super) fn published(&self, unit: usize) -> Option<&'a str> {
        let document = self.units.get(unit)?.documents.first()?;
        self.readings.get(*document)?.published
    }

    /// Writes the gatherings down.
    pub(super) fn list(
        &self,
        gatherings: &[Gathering],
        joined: &[Joined],
        entered: &[(usize, usize)],
    ) -> Vec<LinkedAgent> {
        let mut of_unit = vec![usize::MAX; self.units.len()];
        let mut of_agent = vec![usize::MAX; self.all.len()];
        for (at, gathering) in gatherings.iter().enumerate() {
            for unit in &gathering.units {
                of_unit.get_mut(*unit).into_iter().for_each(|of| *of = at);
                let agents = self.units.get(*unit).map_or(&[][..], |unit| &unit.agents);
                for agent in agents {
                    of_agent.get_mut(*agent).into_iter().for_each(|of| *of = at);
                }
            }
        }
        let mut links: Vec<Vec<Link>> = gatherings.iter().map(|_| Vec::new()).collect();
        let names = self.names_by_key();
        for one in joined {
            if let (Some(a), Some(b)) = (self.agent(one.unit), self.agent(one.to))
                && let Some(links) = of_unit.get(one.unit).and_then(|of| links.get_mut(*of))
            {
                let reasons = reasons(self, one, &names);
                let score = Some(one.evidence.sum());
                links.push(Link { a: a.id.clone(), b: b.id.clone(), score, entered: false, reasons });
            }
        }
        for (a, b) in entered {
            if let (Some((_, one)), Some((_, other))) = (self.all.get(*a), self.all.get(*b))
                && let Some(links) = of_agent.get(*a).and_then(|of| links.get_mut(*of))
            {
                let words = "a person said so".to_owned();
                let reason = Reason { kind: ReasonKind::Entered, speaks: Speaks::For, weight: 0.0, words };
                let (a, b) = (one.id.clone(), other.id.clone());
                links.push(Link { a, b, score: None, entered: true, reasons: vec![reason] });
            }
        }
        let mut out: Vec<LinkedAgent> =
            gatherings.iter().zip(links).map(|(gathering, links)| self.linked(gathering, links)).collect();
        out.sort_by(|a, b| a.members.cmp(&b.members));
        out
    }

    /// For each key of a name the name.
    fn names_by_key(&self) -> FxHashMap<super::collection::Key, &'a str> {
        let mut names = FxHashMap::default();
        for (_, agent) in self.all {
            names.entry(super::collection::name_key(&agent.name)).or_insert(agent.name.as_str());
        }
        names
    }

    fn linked(&self, gathering: &Gathering, mut links: Vec<Link>) -> LinkedAgent {
        let mut places: Vec<usize> = gathering
            .units
            .iter()
            .filter_map(|unit| self.units.get(*unit))
            .flat_map(|unit| unit.agents.iter().copied())
            .collect();
        places.sort_unstable();
        let agents: Vec<(&DocumentAgents<'_>, &Agent)> = places
            .iter()
            .filter_map(|at| self.all.get(*at))
            .filter_map(|(document, agent)| Some((*self.readings.get(*document)?, *agent)))
            .collect();
        let names = by_count(agents.iter().map(|(_, agent)| agent.name.as_str()));
        let kinds = by_count(agents.iter().filter_map(|(_, agent)| agent.kind));
        let member = |(reading, agent): &(&DocumentAgents<'_>, &Agent)| Member {
            published: reading.published.map(str::to_owned),
            document: reading.document.clone(),
            agent: agent.id.clone(),
        };
        let mut members: Vec<Member> = agents.iter().map(member).collect();
        members.sort();
        links.sort_by(|a, b| (&a.a, &a.b).cmp(&(&b.a, &b.b)));
        LinkedAgent {
            name: names.first().map(|name| (*name).to_owned()).unwrap_or_default(),
            kind: kinds.first().copied(),
            names: names.into_iter().map(str::to_owned).collect(),
            members,
            roles: held_roles(&agents),
            links,
        }
    }
}

/// Each office once, however it is written large or small, with those who say so.
fn held_roles(agents: &[(&DocumentAgents<'_>, &Agent)]) -> Vec<HeldRole> {
    let mut held: Vec<HeldRole> = Vec::new();
    let mut place: FxHashMap<String, usize> = FxHashMap::default();
    for (reading, agent) in agents {
        for role in &agent.roles {
            // "former" tells two offices apart.
            let former = role.text.split_whitespace().any(|word| word.eq_ignore_ascii_case("former"));
            let key = format!("{former} {}", role_words(&role.text).join(" "));
            let at = *place.entry(key).or_insert_with(|| {
                held.push(HeldRole { text: role.text.clone(), said_by: Vec::new() });
                held.len() - 1
            });
            if let Some(held) = held.get_mut(at)
                && held.said_by.last().is_none_or(|(document, _)| document != reading.document)
            {
                held.said_by.push((reading.document.clone(), reading.published.map(str::to_owned)));
            }
        }
    }
    held
}

/// Different values by how often they come, the most first, and then in their own order.
fn by_count<T: Copy + Ord + std::hash::Hash>(values: impl Iterator<Item = T>) -> Vec<T> {
    let mut counts: FxHashMap<T, u32> = FxHashMap::default();
    for value in values {
        *counts.entry(value).or_default() += 1;
    }
    let mut all: Vec<(std::cmp::Reverse<u32>, T)> =
        counts.into_iter().map(|(value, count)| (std::cmp::Reverse(count), value)).collect();
    all.sort_unstable();
    all.into_iter().map(|(_, value)| value).collect()
}
