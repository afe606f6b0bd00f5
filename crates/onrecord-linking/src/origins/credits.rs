//! Places where a text names the publisher that it has its news from, and publishers that were told something themselves.
//!
//! A credit is an edge from a document to a publisher. Alone it says nothing about which document is meant; together with
//! contents in common it shows derivation. Where credits run in a circle nobody is the origin.

use super::tie::Credit;
use super::wording::Wording;
use super::words::{Word, place, words};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// The most credits that are kept of one document: a chronicle of the press would have thousands.
const MOST_CREDITS: usize = 50;

#[derive(Deserialize)]
struct Pattern {
    words: String,
    /// Whether a publisher that says this of itself was there at first hand.
    #[serde(default)]
    own: bool,
    /// Texts with a credit, run by the tests.
    #[cfg_attr(not(test), expect(dead_code, reason = "examples are run by the tests"))]
    holds: Vec<String>,
    /// Texts without one.
    #[cfg_attr(not(test), expect(dead_code, reason = "examples are run by the tests"))]
    fails: Vec<String>,
}

#[derive(Deserialize)]
struct File {
    pattern: Vec<Pattern>,
}

#[derive(Deserialize)]
struct Agencies {
    agency: Vec<Agency>,
}

#[derive(Deserialize)]
struct Agency {
    names: Vec<String>,
}

/// A file that cannot be parsed has no patterns; a test sees to it that it can.
fn patterns() -> Vec<Pattern> {
    let file = toml::from_str::<File>(include_str!("../../../../rules/credits.toml"));
    file.map(|file| file.pattern).unwrap_or_default()
}

/// A pattern as hashes of the words before and behind the name.
struct Rule {
    before: Vec<u64>,
    behind: Vec<u64>,
    own: bool,
}

static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    let hashes = |text: &str| words(text).iter().map(|word| word.hash).collect();
    let rule = |pattern: Pattern| {
        let (before, behind) = pattern.words.split_once("NAME")?;
        Some(Rule { before: hashes(before), behind: hashes(behind), own: pattern.own })
    };
    patterns().into_iter().filter_map(rule).collect()
});

/// The names under which publishers are credited.
#[derive(Clone, Debug, Default)]
pub struct Publishers {
    /// By the first word: the other words of a name, and whose it is.
    names: FxHashMap<u64, Vec<(Vec<u64>, usize)>>,
    /// The name that stands for each publisher.
    printed: Vec<String>,
    /// The number of each name, folded.
    numbers: BTreeMap<Vec<u64>, usize>,
}

/// What a document says of where it is from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credits {
    /// Publishers it has something from, as the texts of the collection name them; each at its first place.
    pub from: Vec<Credit>,
    /// Whether it says that somebody spoke to its own publisher.
    pub first_hand: bool,
}

impl Publishers {
    /// The agencies that are known everywhere, and the publishers of a collection.
    pub fn of<'n>(collection: impl IntoIterator<Item = &'n str>) -> Publishers {
        let mut publishers = Publishers::default();
        let agencies = toml::from_str::<Agencies>(include_str!("../../../../rules/wire-credits.toml"));
        for agency in agencies.map(|file| file.agency).unwrap_or_default() {
            publishers.add(&agency.names);
        }
        let others: BTreeSet<&str> = collection.into_iter().collect();
        for name in others {
            publishers.add(&[name.to_owned()]);
            publishers.add_initials(name);
        }
        publishers
    }

    /// Names of one publisher; a name that is known already brings the others to its publisher.
    fn add(&mut self, names: &[String]) {
        let folded: Vec<Vec<u64>> = names.iter().map(|name| folded(name)).collect();
        let known = folded.iter().find_map(|name| self.numbers.get(name)).copied();
        let number = known.unwrap_or(self.printed.len());
        if known.is_none() {
            self.printed.push(names.first().cloned().unwrap_or_default());
        }
        for name in folded {
            let Some((first, rest)) = name.split_first() else { continue };
            if self.numbers.insert(name.clone(), number).is_none() {
                self.names.entry(*first).or_default().push((rest.to_vec(), number));
            }
        }
    }

    /// Lets a field "HT" mean the Harbour Times. In a text initials stand for too much else.
    fn add_initials(&mut self, name: &str) {
        let initials: String = name
            .split_whitespace()
            .filter_map(|word| word.chars().next())
            .filter(|c| c.is_uppercase())
            .collect();
        let number = self.number(name);
        if initials.chars().count() >= 2
            && let Some(number) = number
        {
            self.numbers.entry(folded(&initials)).or_insert(number);
        }
    }

    /// The number of the publisher with this name.
    pub fn number(&self, name: &str) -> Option<usize> {
        self.numbers.get(&folded(name)).copied()
    }

    /// What a document says: in its text, and in the field that names its agency. `own` is its publisher.
    pub fn credits(&self, document: u32, text: &Wording, field: Option<&str>, own: Option<&str>) -> Credits {
        let own = own.and_then(|name| self.number(name));
        let mut found = Credits::default();
        let mut seen: BTreeSet<usize> = own.into_iter().collect();
        let mut at = 0;
        while let Some(word) = text.words.get(at) {
            let Some((length, number)) = self.name_at(&text.words, at, word) else {
                at += 1;
                continue;
            };
            let rule = RULES.iter().find_map(|rule| Some((rule, rule.holds(&text.words, at, at + length)?)));
            if let Some((rule, (from, to))) = rule {
                found.first_hand |= rule.own && own == Some(number);
                if seen.insert(number) && found.from.len() < MOST_CREDITS {
                    let span = place(text.words.get(from), text.words.get(to.saturating_sub(1)));
                    let publisher = self.printed.get(number).cloned().unwrap_or_default();
                    found.from.push(Credit { document, publisher, span: Some(span) });
                }
            }
            at += length;
        }
        if let Some(field) = field
            && self.number(field).is_none_or(|number| seen.insert(number))
        {
            let known = self.number(field).and_then(|number| self.printed.get(number));
            let publisher = known.cloned().unwrap_or_else(|| field.to_owned());
            found.from.push(Credit { document, publisher, span: None });
        }
        found
    }

    /// The longest name that begins at a word: how many words, and whose.
    fn name_at(&self, words: &[Word], at: usize, first: &Word) -> Option<(usize, usize)> {
        let names = self.names.get(&first.hash)?;
        let fits = names.iter().filter(|(rest, _)| {
            let behind = words.get(at + 1..at + 1 + rest.len()).unwrap_or_default();
            behind.len() == rest.len() && behind.iter().zip(rest).all(|(word, hash)| word.hash == *hash)
        });
        fits.map(|(rest, number)| (rest.len() + 1, *number)).max()
    }
}

/// A name by its words, without "the" before it.
fn folded(name: &str) -> Vec<u64> {
    let all: Vec<u64> = words(name).iter().map(|word| word.hash).collect();
    match all.split_first() {
        Some((first, rest)) if *first == the() && !rest.is_empty() => rest.to_vec(),
        _ => all,
    }
}

fn the() -> u64 {
    static THE: LazyLock<u64> = LazyLock::new(|| words("the").first().map_or(0, |word| word.hash));
    *THE
}

impl Rule {
    /// The first word and the word behind the credit, if it stands around the name of these words.
    fn holds(&self, words: &[Word], from: usize, to: usize) -> Option<(usize, usize)> {
        let article = from.checked_sub(1).filter(|at| words.get(*at).is_some_and(|word| word.hash == the()));
        let name = article.unwrap_or(from);
        let start = name.checked_sub(self.before.len())?;
        let end = to + self.behind.len();
        let same = |run: Option<&[Word]>, hashes: &[u64]| {
            run.is_some_and(|run| run.iter().map(|word| word.hash).eq(hashes.iter().copied()))
        };
        let fits = same(words.get(start..name), &self.before) && same(words.get(to..end), &self.behind);
        let first = if self.before.is_empty() { name } else { start };
        fits.then_some((first, end))
    }
}

/// Circles of credits among documents: each a list of documents of which every one names the next, and the last the first.
/// `edges` lead from a document to one that it has something from. Each document is in one circle at most, and they come in
/// the order of their lowest documents.
pub fn loops(edges: &[(u32, u32)]) -> Vec<Vec<u32>> {
    let mut next: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
    for (from, to) in edges.iter().filter(|(from, to)| from != to) {
        next.entry(*from).or_default().insert(*to);
    }
    let mut done: BTreeSet<u32> = BTreeSet::new();
    let mut found = Vec::new();
    for start in next.keys() {
        // Walks on from `start`, and back where there is no way on; every document is entered once.
        let mut path: Vec<u32> = Vec::new();
        let mut ways: Vec<std::collections::btree_set::Iter<'_, u32>> = Vec::new();
        let mut enter = Some(*start);
        loop {
            if let Some(document) = enter.take() {
                if let Some(at) = path.iter().position(|it| *it == document) {
                    found.push(path.split_off(at));
                    break;
                }
                if done.insert(document)
                    && let Some(on) = next.get(&document)
                {
                    path.push(document);
                    ways.push(on.iter());
                }
            }
            let Some(way) = ways.last_mut() else { break };
            match way.next() {
                Some(document) => enter = Some(*document),
                None => _ = (ways.pop(), path.pop()),
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_hold_their_examples_and_fail_the_others() {
        let publishers = Publishers::of(["Harbour Times"]);
        let found = |text: &str| publishers.credits(0, &Wording::of(text), None, None).from;
        assert!(!patterns().is_empty());
        for pattern in patterns() {
            for text in pattern.holds {
                assert_eq!(found(&text).len(), 1, "{text}");
            }
            for text in pattern.fails {
                assert_eq!(found(&text), [], "{text}");
            }
        }
    }

    #[test]
    fn a_credit_names_the_publisher_and_its_words() {
        let text = "KORR (AP) — The quay, so the Associated Press reported, is shut. “Yes,” he told the Harbour Times.";
        let publishers = Publishers::of(["The Harbour Times", "Other Post"]);
        let wording = Wording::of(text);
        let found = publishers.credits(3, &wording, Some("AP"), Some("Harbour Times"));
        assert!(found.first_hand);
        assert_eq!(found.from.len(), 1);
        assert_eq!((found.from[0].document, found.from[0].publisher.as_str()), (3, "AP"));
        let span = found.from[0].span.unwrap();
        assert_eq!(onrecord_record::TextIndex::new(text).slice(span), "the Associated Press reported");
        let other = publishers.credits(0, &wording, Some("MP"), Some("Other Post"));
        let names: Vec<&str> = other.from.iter().map(|credit| credit.publisher.as_str()).collect();
        assert_eq!((names, other.first_hand), (vec!["AP", "The Harbour Times", "MP"], false));
    }

    #[test]
    fn circles_are_found_and_ways_without_return_are_not() {
        assert_eq!(loops(&[(0, 1), (1, 2), (2, 0), (3, 0)]), [vec![0, 1, 2]]);
        assert_eq!(loops(&[(0, 1), (0, 2), (1, 2), (2, 2)]), Vec::<Vec<u32>>::new());
        assert_eq!(loops(&[(5, 6), (6, 5), (1, 2), (2, 1)]), [vec![1, 2], vec![5, 6]]);
    }
}
