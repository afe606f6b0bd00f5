//! Rules over tokens, as data: which words, in which order, carry which mark.
//!
//! The files under `rules/` that use this form hold rules of a `kind`, each with patterns (one a line) and examples that
//! hold and that do not. A pattern is a row of items, in the manner of TokensRegex (Chang and Manning 2014), without its
//! programming:
//!
//! | item | stands for |
//! | --- | --- |
//! | `word` | that token, in small or large letters; `didn't` is three tokens, as in a text, and any apostrophe will do |
//! | `word*` | that verb in any of its forms |
//! | `a\|b` | one of these tokens |
//! | `@list` | a token of that list of the same file |
//! | `(a b\|c d)` | one of these rows; `%list` a row of that list |
//! | `#` | a noun phrase; `#list` one whose head is a word of that list, `#^list` one whose head is written large besides |
//! | `…?` | this item or nothing |
//! | `~3` | up to three tokens of any kind, as few as will do |
//! | `^` and `$` | nothing, where the stretch that is searched begins and ends |
//! | `<` and `>` | nothing; what stands between them are the words that carry the mark, else the whole match |
//!
//! A match stays within one sentence. Quotation marks between tokens are passed over, so that a word is found within
//! them as without.

mod file;
mod inflection;
mod parse;
#[cfg(test)]
mod tests;

pub(crate) use file::PatternFile;
#[cfg(test)]
pub(crate) use tests::examples_hold;

use crate::agents::Page;
use crate::noun::noun_phrase;
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::Range;

/// One item of a pattern.
#[derive(Clone, Debug, PartialEq)]
enum Item {
    /// A token with one of these keys.
    Word(Vec<u64>),
    /// A token with one of these many keys.
    Listed(usize),
    /// Up to so many tokens.
    Gap(usize),
    /// A noun phrase, and of which list its head is.
    Phrase(Option<Head>),
    /// Where the stretch begins.
    Start,
    /// Where it ends.
    End,
    /// Where the words that carry the mark begin.
    Open,
    /// Where they end.
    Close,
}

/// What the head of a noun phrase has to be.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Head {
    list: usize,
    large: bool,
}

/// Where a pattern was met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// The rule's place in the file.
    pub(crate) rule: usize,
    /// The tokens of the whole match.
    pub(crate) tokens: Range<usize>,
    /// Those that carry the mark.
    pub(crate) words: Range<usize>,
}

/// The patterns of a file, ready to be searched for.
#[derive(Debug, Default)]
pub(crate) struct Patterns {
    lists: Vec<FxHashSet<u64>>,
    patterns: Vec<(usize, Vec<Item>)>,
    /// The patterns by the keys of the tokens they may begin with, where nothing can be said of the second token.
    first: FxHashMap<u64, Vec<u32>>,
    /// The others by the keys of their first two tokens: "did" begins many patterns, "did not" few.
    second: FxHashMap<(u64, u64), Vec<u32>>,
    /// Those that begin with a noun phrase, which may only stand at the beginning of a stretch, and those of which the first
    /// tokens may be any.
    opening: Vec<u32>,
    /// Those of which the first tokens may be any and that may stand anywhere.
    anywhere: Vec<u32>,
}

/// A pattern is not entered under more pairs of first tokens than this.
const MOST_PAIRS: usize = 300;

impl Patterns {
    /// Every match in `range`, by where it begins; at one place the longest of each rule.
    pub(crate) fn find(&self, page: &Page<'_>, range: Range<usize>) -> Vec<Found> {
        range.clone().flat_map(|at| self.at(page, at, &range)).collect()
    }

    /// The matches that begin with token `at`, the longest of each rule.
    pub(crate) fn at(&self, page: &Page<'_>, at: usize, range: &Range<usize>) -> Vec<Found> {
        let mut found: Vec<Found> = Vec::new();
        for candidate in self.candidates(page, at, range) {
            let Some((rule, items)) = self.patterns.get(candidate as usize) else { continue };
            let sentence = page.sentence(at);
            let mut walk = Walk { patterns: self, page, range, sentence, open: None, close: None };
            let Some(end) = walk.step(items, at) else { continue };
            let words = walk.open.unwrap_or(at)..walk.close.unwrap_or(end);
            let new = Found { rule: *rule, tokens: at..end, words };
            match found.iter_mut().find(|found| found.rule == *rule) {
                Some(old) if old.tokens.len() < new.tokens.len() => *old = new,
                Some(_) => {}
                None => found.push(new),
            }
        }
        found
    }

    /// The patterns that may be met at token `at`, in the order of the file.
    fn candidates(&self, page: &Page<'_>, at: usize, range: &Range<usize>) -> Vec<u32> {
        let first = page.pattern_key(at);
        let mut candidates = self.first.get(&first).cloned().unwrap_or_default();
        if at == range.start {
            candidates.extend(&self.opening);
        }
        candidates.extend(&self.anywhere);
        // The second token may stand behind quotation marks, or be one.
        let next = at + 1;
        let behind = (next..range.end).find(|i| !page.is_quotation_mark(*i)).unwrap_or(next);
        for second in [Some(next), (behind != next).then_some(behind)].into_iter().flatten() {
            if let Some(more) = self.second.get(&(first, page.pattern_key(second))) {
                candidates.extend(more);
            }
        }
        candidates.sort_unstable();
        candidates.dedup();
        candidates
    }

    fn add(&mut self, rule: usize, items: Vec<Item>) {
        let place = u32::try_from(self.patterns.len()).unwrap_or(u32::MAX);
        let mut tokens = items.iter().filter(|item| !matches!(item, Item::Open | Item::Close | Item::Start));
        let (begins, then) = (tokens.next(), tokens.next());
        let (first, second) = (self.keys(begins), self.keys(then));
        let any = matches!(begins, Some(Item::Gap(_)));
        if matches!(begins, Some(Item::Phrase(_))) || any && items.contains(&Item::Start) {
            self.opening.push(place);
        } else if any {
            self.anywhere.push(place);
        } else if second.is_empty() || first.len() * second.len() > MOST_PAIRS {
            for key in first {
                self.first.entry(key).or_default().push(place);
            }
        } else {
            for pair in first.iter().flat_map(|first| second.iter().map(move |second| (*first, *second))) {
                self.second.entry(pair).or_default().push(place);
            }
        }
        self.patterns.push((rule, items));
    }

    /// The keys of the tokens that meet an item; none where any token may.
    fn keys(&self, item: Option<&Item>) -> Vec<u64> {
        match item {
            Some(Item::Word(keys)) => keys.clone(),
            Some(Item::Listed(list)) => self.lists.get(*list).into_iter().flatten().copied().collect(),
            _ => Vec::new(),
        }
    }
}

/// A pattern being held against a place.
struct Walk<'p, 'a> {
    patterns: &'p Patterns,
    page: &'p Page<'a>,
    range: &'p Range<usize>,
    sentence: u32,
    open: Option<usize>,
    close: Option<usize>,
}

impl Walk<'_, '_> {
    /// The token behind the match of `items` that begins at `at`, if there is one.
    fn step(&mut self, items: &[Item], at: usize) -> Option<usize> {
        let Some((item, rest)) = items.split_first() else { return Some(at) };
        match item {
            Item::Word(keys) => self.token(at, rest, |key| keys.contains(&key)),
            Item::Listed(list) => {
                let list = self.patterns.lists.get(*list)?;
                self.token(at, rest, |key| list.contains(&key))
            }
            Item::Gap(most) => {
                let mut at = at;
                for _ in 0..*most {
                    if let Some(end) = self.step(rest, at) {
                        return Some(end);
                    }
                    at = self.past_marks(at);
                    self.in_reach(at).then_some(())?;
                    at += 1;
                }
                self.step(rest, at)
            }
            Item::Phrase(head) => {
                let phrase = noun_phrase(self.page, at, self.range.end)?;
                self.in_reach(phrase.core.start).then_some(())?;
                if let Some(head) = head {
                    let list = self.patterns.lists.get(head.list)?;
                    let large = !head.large || self.page.is_capitalised(phrase.head);
                    (large && list.contains(&self.page.key(phrase.head))).then_some(())?;
                }
                let whole = self.step(rest, phrase.end);
                whole.or_else(|| self.step(rest, phrase.core.end))
            }
            Item::Start => {
                let begins = (self.range.start..at).all(|i| !self.page.is_word(i));
                if begins { self.step(rest, at) } else { None }
            }
            Item::End => {
                let ends = (at..self.range.end).all(|i| !self.page.is_word(i));
                if ends { self.step(rest, at) } else { None }
            }
            Item::Open => {
                let at = self.past_marks(at);
                let end = self.step(rest, at)?;
                self.open = Some(at);
                Some(end)
            }
            Item::Close => {
                let end = self.step(rest, at)?;
                self.close = Some(at);
                Some(end)
            }
        }
    }

    fn token(&mut self, at: usize, rest: &[Item], meets: impl Fn(u64) -> bool) -> Option<usize> {
        // An apostrophe may have been taken for a mark.
        for at in [at, self.past_marks(at)] {
            if self.in_reach(at) && meets(self.page.pattern_key(at)) {
                return self.step(rest, at + 1);
            }
        }
        None
    }

    /// Whether token `at` is in the stretch, and in the sentence that the match began in.
    fn in_reach(&self, at: usize) -> bool {
        at < self.range.end && self.page.sentence(at) == self.sentence
    }

    fn past_marks(&self, mut at: usize) -> usize {
        while at < self.range.end && self.page.is_quotation_mark(at) {
            at += 1;
        }
        at
    }
}
