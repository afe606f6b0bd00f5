//! Who is mentioned where, in tokens.

use crate::agents::Page;
use onrecord_record::{Agent, TextIndex};
use std::ops::Range;

/// Mentions that end farther back than this many before a place are not looked for there: a phrase that names somebody
/// holds few others.
const NEAR: usize = 12;

/// The mentions of all agents by their place; where one holds another, the longer first.
#[derive(Debug, Default)]
pub(crate) struct Mentioned {
    all: Vec<(Range<usize>, usize)>,
}

impl Mentioned {
    /// The mentions of `agents` on `page`.
    pub(crate) fn new(page: &Page<'_>, index: &TextIndex<'_>, agents: &[Agent]) -> Self {
        let mut all = Vec::new();
        for (i, agent) in agents.iter().enumerate() {
            all.extend(agent.mentions.iter().map(|span| (page.within(index.bytes(*span)), i)));
        }
        all.sort_unstable_by_key(|(range, i)| (range.start, usize::MAX - range.end, *i));
        Mentioned { all }
    }

    /// The mentions that begin in `range`, in the order of the text.
    pub(crate) fn beginning(&self, range: Range<usize>) -> &[(Range<usize>, usize)] {
        let from = self.all.partition_point(|(mention, _)| mention.start < range.start);
        let to = self.all.partition_point(|(mention, _)| mention.start < range.end);
        self.all.get(from..to).unwrap_or_default()
    }

    /// The longest mention that ends before token `at` and reaches it, and whom it means.
    pub(crate) fn ending(&self, at: usize) -> Option<(Range<usize>, usize)> {
        self.before(at).filter(|(mention, _)| mention.end == at).min_by_key(|(mention, _)| mention.start)
    }

    /// The longest mention that holds token `at`.
    pub(crate) fn holding(&self, at: usize) -> Option<(Range<usize>, usize)> {
        let holds = |mention: &Range<usize>| mention.contains(&at);
        self.before(at + 1).filter(|(mention, _)| holds(mention)).max_by_key(|(mention, _)| mention.len())
    }

    /// The nearest mentions that begin before token `at`.
    fn before(&self, at: usize) -> impl Iterator<Item = (Range<usize>, usize)> {
        let to = self.all.partition_point(|(mention, _)| mention.start < at);
        self.all.get(to.saturating_sub(NEAR)..to).unwrap_or_default().iter().cloned()
    }
}
