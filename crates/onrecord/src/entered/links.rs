//! Who is one and the same, and which documents share an origin, as people have it.

use super::{By, Entered};
use onrecord_ledger::log::AgentName;
use onrecord_linking::agents::Decisions;
use onrecord_linking::origins::Relation;
use onrecord_record::AgentId;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A person's word on agents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LinkSaid {
    /// Whether they are one and the same, or not.
    pub same: bool,
    /// Which.
    pub agents: Vec<AgentName>,
    /// Who said so, and why.
    #[serde(flatten)]
    pub by: By,
}

/// A person's word on the origins of documents, of each two of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OriginSaid {
    /// Which, by their ids.
    pub documents: Vec<String>,
    /// How they relate.
    pub relation: Relation,
    /// Who said so, and why.
    #[serde(flatten)]
    pub by: By,
}

impl Entered {
    /// What people said of agents of which `name` gives the names that they have now; of two words on one pair the later counts.
    /// An agent that is not there any more, or is called otherwise, is nobody they spoke of.
    pub(crate) fn decisions<'n>(&self, name: impl Fn(&str) -> Option<&'n str>) -> Decided {
        let mut pairs: BTreeMap<(String, String), bool> = BTreeMap::new();
        let mut used = Vec::new();
        for link in &self.links {
            let mut here: Vec<&str> = link
                .agents
                .iter()
                .filter(|agent| name(&agent.agent) == Some(agent.name.as_str()))
                .map(|agent| agent.agent.as_str())
                .collect();
            here.sort_unstable();
            here.dedup();
            if here.len() > 1 {
                used.push(link.clone());
            }
            for (at, a) in here.iter().enumerate() {
                for b in here.iter().skip(at + 1) {
                    pairs.insert(((*a).to_owned(), (*b).to_owned()), link.same);
                }
            }
        }
        let mut decisions = Decisions::default();
        for ((a, b), same) in &pairs {
            let agent = |id: &str| serde_json::from_value::<AgentId>(id.into()).ok();
            if let (Some(a), Some(b)) = (agent(a), agent(b)) {
                if *same { &mut decisions.same } else { &mut decisions.apart }.push((a, b));
            }
        }
        Decided { decisions, used }
    }

    /// Every name that people say the bearer of this agent has.
    pub(crate) fn names_of(&self, agent: &str) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        let mut ids = BTreeSet::from([agent]);
        // A later word that they are not one takes the earlier back.
        let apart = |a: &str, b: &str, since: u64| {
            self.links.iter().any(|link| {
                let has = |id: &str| link.agents.iter().any(|agent| agent.agent == id);
                !link.same && link.by.entry > since && has(a) && has(b)
            })
        };
        loop {
            let before = ids.len();
            for link in self.links.iter().filter(|link| link.same) {
                let known: Vec<&str> = ids.iter().copied().collect();
                for other in &link.agents {
                    let joined = link.agents.iter().any(|it| {
                        known.contains(&it.agent.as_str()) && !apart(&it.agent, &other.agent, link.by.entry)
                    });
                    if joined {
                        ids.insert(&other.agent);
                        names.insert(other.name.clone());
                    }
                }
            }
            if ids.len() == before {
                return names;
            }
        }
    }
}

/// People's word on agents that are here.
#[derive(Clone, Debug, Default)]
pub(crate) struct Decided {
    pub(crate) decisions: Decisions,
    /// The entries that two or more of them are in.
    pub(crate) used: Vec<LinkSaid>,
}
