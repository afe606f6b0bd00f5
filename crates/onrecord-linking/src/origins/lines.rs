//! Reporting lines: the documents that go back to one origin, and how many origins a set of documents has.

use super::tie::{Relation, Tie};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// The documents of a collection, by reporting line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lines {
    /// For each document the lowest number in its line.
    first: Vec<u32>,
    /// Whether the document has a sign that it reports at first hand.
    first_hand: Vec<bool>,
    /// Lines that a person holds to be independent, the lower first.
    apart: BTreeSet<(u32, u32)>,
    /// How many documents each line has, under its first.
    sizes: BTreeMap<u32, u32>,
}

/// How many origins a set of documents has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Documents, each counted once.
    pub reports: u32,
    /// Origins that there must be: lines shown to be independent of each other, or one where there is any document.
    pub origins_at_least: u32,
    /// Origins that there can be: every line that is not shown to be another's.
    pub origins_at_most: u32,
    /// Documents that no tie joins to another of the collection and that show no first-hand sign.
    pub unknown_origin: u32,
}

impl Lines {
    /// Joins the documents `0..documents` by their ties of the same origin.
    ///
    /// `first_hand` says for each document whether it shows that its publisher was told or saw itself; what it does not
    /// reach is not. Ties to documents that do not exist join nothing.
    pub fn of(documents: usize, ties: &[Tie], first_hand: &[bool]) -> Lines {
        let mut first: Vec<u32> = (0..documents as u32).collect();
        for tie in ties.iter().filter(|tie| tie.relation == Relation::SameOrigin) {
            let [a, b] = tie.documents.map(|document| root(&mut first, document));
            if let (Some(a), Some(b)) = (a, b)
                && let Some(slot) = first.get_mut(a.max(b) as usize)
            {
                *slot = a.min(b);
            }
        }
        for document in 0..documents as u32 {
            let found = root(&mut first, document);
            if let (Some(found), Some(slot)) = (found, first.get_mut(document as usize)) {
                *slot = found;
            }
        }
        let mut sizes = BTreeMap::new();
        first.iter().for_each(|line| *sizes.entry(*line).or_default() += 1);
        let mut lines = Lines { first, first_hand: Vec::new(), apart: BTreeSet::new(), sizes };
        lines.first_hand = (0..documents).map(|i| first_hand.get(i).copied().unwrap_or_default()).collect();
        for tie in ties.iter().filter(|tie| tie.relation == Relation::Independent) {
            if let [Some(a), Some(b)] = tie.documents.map(|document| lines.line(document))
                && a != b
            {
                lines.apart.insert((a.min(b), a.max(b)));
            }
        }
        lines
    }

    /// The line of a document, named by the number of its first one; none for a document that does not exist.
    pub fn line(&self, document: u32) -> Option<u32> {
        self.first.get(document as usize).copied()
    }

    /// The lines with two documents or more, in the order of their first ones; each in the order of its documents.
    pub fn groups(&self) -> Vec<Vec<u32>> {
        let mut groups: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for (document, line) in self.first.iter().enumerate() {
            if self.sizes.get(line).is_some_and(|size| *size > 1) {
                groups.entry(*line).or_default().push(document as u32);
            }
        }
        groups.into_values().collect()
    }

    /// How many origins these documents have; a document that is named twice counts once.
    pub fn counts(&self, documents: &[u32]) -> Counts {
        self.counts_with(documents, &BTreeSet::new())
    }

    /// The same where the documents `first_hand` are shown to report at first hand what is counted, each from eyes of its
    /// own.
    pub fn counts_with(&self, documents: &[u32], first_hand: &BTreeSet<u32>) -> Counts {
        let asked: BTreeSet<u32> =
            documents.iter().copied().filter(|document| self.line(*document).is_some()).collect();
        let mut lines: BTreeMap<u32, bool> = BTreeMap::new();
        let mut unknown = 0;
        for document in &asked {
            let Some(line) = self.line(*document) else { continue };
            let own = self.first_hand.get(*document as usize).copied().unwrap_or_default()
                || first_hand.contains(document);
            *lines.entry(line).or_default() |= own;
            let alone = self.sizes.get(&line) == Some(&1);
            unknown += u32::from(alone && !own);
        }
        // A line joins those counted if it is shown to be independent of each of them; first-hand lines come first.
        let mut counted: Vec<u32> = lines.iter().filter(|(_, own)| **own).map(|(line, _)| *line).collect();
        for line in lines.iter().filter(|(_, own)| !**own).map(|(line, _)| *line) {
            if !counted.is_empty() && counted.iter().all(|other| self.apart(*other, line)) {
                counted.push(line);
            }
        }
        if counted.is_empty() {
            counted = self.greedy(lines.keys().copied());
        }
        Counts {
            reports: asked.len() as u32,
            origins_at_least: counted.len() as u32,
            origins_at_most: lines.len() as u32,
            unknown_origin: unknown,
        }
    }

    fn apart(&self, a: u32, b: u32) -> bool {
        self.apart.contains(&(a.min(b), a.max(b)))
    }

    /// Lines that people hold to be independent of each other, taken as they come; the first where there are none.
    fn greedy(&self, lines: impl Iterator<Item = u32> + Clone) -> Vec<u32> {
        let told: BTreeSet<u32> = self.apart.iter().flat_map(|(a, b)| [*a, *b]).collect();
        let mut counted: Vec<u32> = Vec::new();
        for line in lines.clone().filter(|line| told.contains(line)) {
            if counted.iter().all(|other| self.apart(*other, line)) {
                counted.push(line);
            }
        }
        if counted.is_empty() {
            counted.extend(lines.clone().next());
        }
        counted
    }
}

/// The first document of a line, with the way there made short.
fn root(first: &mut [u32], document: u32) -> Option<u32> {
    let mut at = document;
    loop {
        let next = *first.get(at as usize)?;
        if next == at {
            return Some(at);
        }
        let after = *first.get(next as usize)?;
        *first.get_mut(at as usize)? = after;
        at = after;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::origins::Kind;

    fn tie(a: u32, b: u32, relation: Relation) -> Tie {
        let (passages, credits) = (Vec::new(), Vec::new());
        Tie { documents: [a, b], relation, kind: Kind::Copy, score: 1.0, passages, credits }
    }

    #[test]
    fn copies_share_a_line_and_quotations_do_not() {
        let ties = [
            tie(0, 2, Relation::SameOrigin),
            tie(2, 5, Relation::SameOrigin),
            tie(1, 3, Relation::NotEstablished),
            tie(9, 1, Relation::SameOrigin),
        ];
        let lines = Lines::of(6, &ties, &[]);
        assert_eq!(
            (0..7).map(|i| lines.line(i)).collect::<Vec<_>>(),
            [Some(0), Some(1), Some(0), Some(3), Some(4), Some(0), None]
        );
        assert_eq!(lines.groups(), [vec![0, 2, 5]]);
        let counts = lines.counts(&[0, 1, 2, 2, 3, 4, 5, 9]);
        let expected = Counts { reports: 6, origins_at_least: 1, origins_at_most: 4, unknown_origin: 3 };
        assert_eq!(counts, expected);
        assert_eq!(lines.counts(&[]), Counts::default());
    }

    #[test]
    fn what_is_unknown_widens_the_count_and_never_raises_it() {
        let first_hand = [true, false, true, false];
        let lines = Lines::of(4, &[tie(0, 1, Relation::SameOrigin)], &first_hand);
        let counts = lines.counts(&[0, 1, 2, 3]);
        assert_eq!((counts.origins_at_least, counts.origins_at_most, counts.unknown_origin), (2, 3, 1));
        let seen = lines.counts_with(&[1, 3], &BTreeSet::from([1, 3]));
        assert_eq!((seen.origins_at_least, seen.unknown_origin), (2, 0));
        // A person's word counts where there is no first-hand sign.
        let told = Lines::of(3, &[tie(0, 1, Relation::Independent)], &[]);
        assert_eq!(told.counts(&[0, 1, 2]).origins_at_least, 2);
        assert_eq!(told.counts(&[0, 2]).origins_at_least, 1);
    }
}
