//! The program's agents as chains of words.

use super::clusters::Mention;
use onrecord_record::{Agent, AgentKind};
use std::collections::BTreeMap;
use std::ops::AddAssign;

/// Mentions that are not compared, and how many there are in all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DroppedMentions {
    /// All mentions of the agents that count as persons.
    pub of: usize,
    /// Those that share a character with a speaker's label.
    pub in_labels: usize,
    /// Those beside labels that do not begin and end as words do.
    pub off_words: usize,
    /// Those that an agent before had claimed.
    pub claimed_again: usize,
}

impl AddAssign for DroppedMentions {
    fn add_assign(&mut self, other: Self) {
        self.of += other.of;
        self.in_labels += other.in_labels;
        self.off_words += other.off_words;
        self.claimed_again += other.claimed_again;
    }
}

/// The agents that count as persons, each as its mentions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SystemChains {
    /// The agents' mentions in words.
    pub chains: Vec<Vec<Mention>>,
    /// What was left out.
    pub dropped: DroppedMentions,
}

impl SystemChains {
    /// The chains of `agents`, where `words` and the speakers' `labels` stand in code points, in their order.
    pub fn new(agents: &[Agent], words: &[(u32, u32)], labels: &[(u32, u32)]) -> Self {
        let starts: BTreeMap<u32, usize> = words.iter().enumerate().map(|(i, word)| (word.0, i)).collect();
        let ends: BTreeMap<u32, usize> = words.iter().enumerate().map(|(i, word)| (word.1, i + 1)).collect();
        let mut out = SystemChains::default();
        for agent in agents.iter().filter(|agent| is_person(agent.kind)) {
            let mut chain = Vec::new();
            for span in &agent.mentions {
                let (start, end) = (span.start.0, span.end.0);
                out.dropped.of += 1;
                let label = labels.get(labels.partition_point(|label| label.1 <= start));
                let words = starts.get(&start).copied().zip(ends.get(&end).copied());
                match words {
                    _ if label.is_some_and(|label| label.0 < end) => out.dropped.in_labels += 1,
                    Some((first, behind)) if first < behind => chain.push((first, behind)),
                    _ => out.dropped.off_words += 1,
                }
            }
            out.chains.push(chain);
        }
        out
    }
}

/// Whether an agent counts. Bodies and texts do not; what could be anything does, as most names in doubt are people's.
fn is_person(kind: Option<AgentKind>) -> bool {
    match kind {
        None | Some(AgentKind::Person | AgentKind::Group | AgentKind::Unnamed) => true,
        Some(AgentKind::Organisation | AgentKind::Document) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_record::{AgentId, CodePoint, DocumentId, Sha256, Span};

    fn agent(kind: Option<AgentKind>, mentions: &[(u32, u32)]) -> Agent {
        let hash = Sha256::of(b"quay");
        let document = DocumentId::new(&hash, "", &hash);
        let span = |(start, end): &(u32, u32)| Span { start: CodePoint(*start), end: CodePoint(*end) };
        Agent {
            id: AgentId::new(&document, span(&mentions[0])),
            document,
            name: "Vey".into(),
            kind,
            names: Vec::new(),
            roles: Vec::new(),
            mentions: mentions.iter().map(span).collect(),
            mention_confidence: Vec::new(),
            also_known_as: Vec::new(),
        }
    }

    /// "VEY: Ida's ill. She left."
    #[test]
    fn mentions_are_words_or_dropped() {
        let words = [(5, 8), (8, 10), (11, 14), (14, 15), (16, 19), (20, 24), (24, 25)];
        let agents = [
            agent(Some(AgentKind::Person), &[(0, 3), (5, 8), (5, 9), (16, 19), (5, 10), (3, 8)]),
            agent(Some(AgentKind::Organisation), &[(11, 14)]),
            agent(None, &[(20, 24), (40, 50)]),
        ];
        let found = SystemChains::new(&agents, &words, &[(0, 4)]);
        assert_eq!(found.chains, [vec![(0, 1), (4, 5), (0, 2)], vec![(5, 6)]]);
        assert_eq!(found.dropped, DroppedMentions { of: 8, in_labels: 2, off_words: 2, claimed_again: 0 });
    }
}
