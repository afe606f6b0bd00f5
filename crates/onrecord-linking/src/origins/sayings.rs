//! The same speakers saying the same things in the same order: how a copy is told that was put in other words throughout.
//!
//! A rewriter can change every word of the report, but hardly who is asked, what they are made to say and when their turn
//! comes. One speaker in common is one occasion that two reporters were at; three in one order, with the same things
//! chosen of what each said, are one text.

use super::tie::{Kind, Passage};
use super::words::words;
use onrecord_record::{Agent, AgentKind, CodePoint, Span, Statement};
use std::collections::{BTreeMap, BTreeSet};

/// The most sayings of a text that are held against others: pairs of them are gone through one by one.
const MOST_SAYINGS: usize = 150;

/// The fewest stems that two sayings must share.
const LEAST_STEMS: usize = 2;

/// The least share of the shorter one's stems.
const LEAST_ALIKE: f32 = 0.5;

/// The fewest sayings in one order that show a rewritten copy.
const LEAST_IN_ORDER: usize = 4;

/// The fewest speakers they must be of.
const LEAST_SPEAKERS: usize = 3;

/// The share of the sayings of the text with fewer from which it is a rewritten copy.
const LEAST_SHARE: f32 = 0.4;

/// What somebody named is said to have said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saying {
    /// Who, by the last word of the name of a person and by all words of others.
    speaker: u64,
    /// Where its content stands.
    span: Span<CodePoint>,
    /// What it is about, in order.
    stems: Vec<u32>,
}

/// The sayings of a document that have a named speaker, in the order of the text.
pub fn sayings(agents: &[Agent], statements: &[Statement]) -> Vec<Saying> {
    let speakers: BTreeMap<&str, u64> = agents
        .iter()
        .filter(|agent| matches!(agent.kind, Some(AgentKind::Person | AgentKind::Organisation)))
        .filter_map(|agent| Some((agent.id.as_str(), key(agent)?)))
        .collect();
    let mut found: Vec<Saying> = statements
        .iter()
        .filter_map(|statement| {
            let speaker = *speakers.get(statement.speaker.as_ref()?.as_str())?;
            let span = statement.content.extent()?;
            let mut stems: Vec<u32> = words(statement.content.text.as_deref()?)
                .iter()
                .map(|word| word.stem)
                .filter(|stem| *stem != 0)
                .collect();
            stems.sort_unstable();
            stems.dedup();
            (stems.len() >= LEAST_STEMS).then_some(Saying { speaker, span, stems })
        })
        .collect();
    found.sort_by_key(|saying| (saying.span, saying.speaker));
    found.truncate(MOST_SAYINGS);
    found
}

fn key(agent: &Agent) -> Option<u64> {
    let name = words(&agent.name);
    match agent.kind {
        Some(AgentKind::Person) => name.last().map(|word| word.hash),
        _ => name.iter().map(|word| word.hash).reduce(super::words::mixed),
    }
}

/// What two documents have their speakers say in the same order.
#[derive(Clone, Debug, PartialEq)]
pub struct Retelling {
    /// The share of the sayings of the document with fewer, 0 to 1.
    pub share: f32,
    /// The sayings, in the order of the first document.
    pub passages: Vec<Passage>,
}

/// Whether enough speakers say the same in the same order to show that one text retells the other.
pub fn retelling(a: &[Saying], b: &[Saying]) -> Option<Retelling> {
    let fewer = a.len().min(b.len());
    if fewer < LEAST_IN_ORDER {
        return None;
    }
    let pairs = in_order(a, b);
    let speakers: BTreeSet<u64> = pairs.iter().map(|(saying, _)| saying.speaker).collect();
    let share = pairs.len() as f32 / fewer as f32;
    let shown = pairs.len() >= LEAST_IN_ORDER && speakers.len() >= LEAST_SPEAKERS && share >= LEAST_SHARE;
    let passage = |(a, b): &(&Saying, &Saying)| {
        let spans = [a.span, b.span];
        Passage { kind: Kind::Rewrite, spans, words: a.stems.len() as u32 }
    };
    shown.then(|| Retelling { share, passages: pairs.iter().map(passage).collect() })
}

/// The longest row of pairs that say the same and stand in one order in both.
fn in_order<'s>(a: &'s [Saying], b: &'s [Saying]) -> Vec<(&'s Saying, &'s Saying)> {
    // lengths[i][j]: the longest row of what lies behind the first i and the first j.
    let mut lengths = vec![vec![0_u16; b.len() + 1]; a.len() + 1];
    let at = |lengths: &[Vec<u16>], i: usize, j: usize| {
        lengths.get(i).and_then(|row| row.get(j)).copied().unwrap_or_default()
    };
    for (i, one) in a.iter().enumerate().rev() {
        for (j, other) in b.iter().enumerate().rev() {
            let skipped = at(&lengths, i + 1, j).max(at(&lengths, i, j + 1));
            let with = if same(one, other) { at(&lengths, i + 1, j + 1) + 1 } else { 0 };
            if let Some(slot) = lengths.get_mut(i).and_then(|row| row.get_mut(j)) {
                *slot = skipped.max(with);
            }
        }
    }
    let (mut i, mut j, mut row) = (0, 0, Vec::new());
    while let (Some(one), Some(other)) = (a.get(i), b.get(j)) {
        if same(one, other) && at(&lengths, i, j) == at(&lengths, i + 1, j + 1) + 1 {
            row.push((one, other));
            (i, j) = (i + 1, j + 1);
        } else if at(&lengths, i + 1, j) >= at(&lengths, i, j + 1) {
            i += 1;
        } else {
            j += 1;
        }
    }
    row
}

fn same(a: &Saying, b: &Saying) -> bool {
    if a.speaker != b.speaker {
        return false;
    }
    let shared = a.stems.iter().filter(|stem| b.stems.binary_search(stem).is_ok()).count();
    let fewer = a.stems.len().min(b.stems.len()).max(1);
    shared >= LEAST_STEMS && shared as f32 >= fewer as f32 * LEAST_ALIKE
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::origins::words::place;

    fn said(speaker: u64, at: u32, text: &str) -> Saying {
        let mut stems: Vec<u32> =
            words(text).iter().map(|word| word.stem).filter(|stem| *stem != 0).collect();
        stems.sort_unstable();
        let span = place(words(text).first(), words(text).last());
        let span = Span::new(CodePoint(span.start.0 + at), CodePoint(span.end.0 + at));
        Saying { speaker, span, stems }
    }

    fn story() -> Vec<Saying> {
        vec![
            said(1, 0, "the quay will be closed until spring"),
            said(2, 100, "fishermen were never asked"),
            said(1, 200, "four million crowns are set aside"),
            said(3, 300, "the storm tore the lights away"),
            said(4, 400, "children must walk to school"),
        ]
    }

    #[test]
    fn three_speakers_in_one_order_are_one_text_and_in_another_order_are_not() {
        let retold = vec![
            said(1, 0, "the quay is closed"),
            said(9, 50, "nobody sees the harbour"),
            said(2, 100, "never were fishermen asked anything"),
            said(1, 200, "crowns by the million, four, set aside"),
            said(3, 300, "lights were torn away in a storm, tore it said"),
        ];
        let found = retelling(&story(), &retold).unwrap();
        assert_eq!((found.passages.len(), found.share), (4, 0.8));
        let turned: Vec<Saying> = retold.into_iter().rev().collect();
        assert_eq!(retelling(&story(), &turned), None);
        // One speaker at one occasion is no copy, however much of it both have.
        let one: Vec<Saying> = story().into_iter().map(|saying| Saying { speaker: 1, ..saying }).collect();
        assert_eq!(retelling(&one, &one), None);
        assert_eq!(retelling(&[], &story()), None);
    }
}
