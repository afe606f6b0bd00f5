//! Where a noun phrase ends, told without a parser: what may open one, what ends one, and its complement with "of".

use crate::agents::{Page, key};
use rustc_hash::FxHashSet;
use serde::Deserialize;
use std::ops::Range;
use std::sync::LazyLock;

/// A phrase has at most so many tokens, its complements apart.
const LONGEST: usize = 18;
/// "The head of the staff of the office of the mayor": so many complements are followed.
const COMPLEMENTS: usize = 3;

#[derive(Default, Deserialize)]
struct Source {
    openers: String,
    alone: String,
    ends: String,
    things: String,
}

struct Words {
    openers: FxHashSet<u64>,
    alone: FxHashSet<u64>,
    ends: FxHashSet<u64>,
    things: FxHashSet<u64>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let source: Source = toml::from_str(include_str!("../../../rules/noun-phrases.toml")).unwrap_or_default();
    let set = |words: &str| words.split_whitespace().map(key).collect();
    Words {
        openers: set(&source.openers),
        alone: set(&source.alone),
        ends: set(&source.ends),
        things: set(&source.things),
    }
});

/// A noun phrase, in tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NounPhrase {
    /// From its opener to its head.
    pub(crate) core: Range<usize>,
    /// The noun that the rest is about.
    pub(crate) head: usize,
    /// Where it ends with its complements ("of the harbour board", "in Lund").
    pub(crate) end: usize,
}

/// The noun phrase that begins with token `at` and goes no further than `end` and its sentence.
pub(crate) fn noun_phrase(page: &Page<'_>, at: usize, end: usize) -> Option<NounPhrase> {
    phrase(page, at, end, COMPLEMENTS)
}

fn phrase(page: &Page<'_>, at: usize, end: usize, complements: usize) -> Option<NounPhrase> {
    let mut start = at;
    while start < end && page.is_quotation_mark(start) {
        start += 1;
    }
    let sentence = page.sentence(start);
    let limit = end.min(start + LONGEST).min(page.len());
    let ends = (start..limit).find(|i| page.sentence(*i) != sentence).unwrap_or(limit);
    let mut walk = Walk { page, start, ends, head: None };
    if WORDS.alone.contains(&page.key(start)) && start < ends && !walk.goes_on(start + 1) {
        return Some(NounPhrase { core: start..start + 1, head: start, end: start + 1 });
    }
    let mut i = start;
    while i < ends {
        match walk.step(i) {
            0 => break,
            n => i += n,
        }
    }
    let head = walk.head?;
    let core = start..head + 1;
    let end = complement(page, &core, end, complements).unwrap_or(core.end);
    Some(NounPhrase { core, head, end })
}

/// The end of "of the board" or "in Lund" behind a phrase.
fn complement(page: &Page<'_>, core: &Range<usize>, end: usize, left: usize) -> Option<usize> {
    let link = core.end;
    let left = left.checked_sub(1)?;
    let large =
        page.is_capitalised(link + 1) || page.word(link + 1) == "the" && page.is_capitalised(link + 2);
    // "Told the Gazette of the flood": a name is complete without what is small.
    let of = page.word(link) == "of" && (large || !page.is_capitalised(link - 1));
    // A month or a weekday tells when, which is not part of what it was said to or at.
    let place = matches!(page.word(link), "in" | "at") && large && !page.is_calendar(link + 1);
    if link >= end || page.sentence(link) != page.sentence(core.start) || !of && !place {
        return None;
    }
    Some(phrase(page, link + 1, end, left)?.end)
}

struct Walk<'p, 'a> {
    page: &'p Page<'a>,
    start: usize,
    ends: usize,
    head: Option<usize>,
}

impl Walk<'_, '_> {
    /// How many tokens from `i` on belong to the phrase; none where it ends.
    fn step(&mut self, i: usize) -> usize {
        let page = self.page;
        let owner = page.possessive(i);
        if owner > 0 && self.head.is_some() {
            // What belongs to somebody follows, else the phrase has ended with its owner.
            let next = i + owner;
            let named = next < self.ends && page.is_capitalised(next) && page.word(next) != "I";
            return if named || self.goes_on(next) { owner } else { 0 };
        }
        if !page.is_word(i) {
            return usize::from(self.joins(i));
        }
        let key = page.key(i);
        let joined =
            i > 0 && page.is_joined(i) && matches!(page.word(i - 1), "-" | "/" | "." | "&" | "’" | "'");
        if page.word(i) == "and" {
            let names = self.head.is_some_and(|head| page.is_capitalised(head) && head + 1 == i);
            let next = i + 1 < self.ends && page.is_capitalised(i + 1) && !page.is_function(i + 1);
            return usize::from(names && next);
        }
        let opener = self.head.is_none() && WORDS.openers.contains(&key);
        if opener {
            return 1;
        }
        let named = page.is_capitalised(i) && page.word(i) != "I" && self.follows_name(i);
        // "A recently released list", "the last debate": what ends a phrase behind its noun may stand before it.
        let orders =
            matches!(page.word(i), "last" | "next" | "first" | "second" | "third" | "later" | "earlier");
        let modifies = orders || page.word(i).ends_with("ly") || !page.is_function(i);
        let before_noun = self.head.is_none()
            && (i > self.start || page.word(i).ends_with("ly") && page.word(i + 1).ends_with("ed"))
            && modifies
            && self.goes_on(i + 1);
        if !joined && !named && !before_noun && (page.is_function(i) || WORDS.ends.contains(&key)) {
            return 0;
        }
        if page.is_calendar(i) && !joined {
            // "An August speech", "the Great Monday rally", but "the Gazette Monday morning".
            let hour = matches!(page.word(i + 1), "morning" | "afternoon" | "evening" | "night");
            let opened = WORDS.openers.contains(&page.key(self.start)) && !hour;
            return usize::from((self.head.is_none() || opened) && self.goes_on(i + 1));
        }
        if page.is_lower(i) && !joined && self.ends_before(i) {
            return 0;
        }
        self.head = Some(i);
        1
    }

    /// Whether what stands at `i` can be part of a name that is already begun: "Ridge This Morning".
    fn follows_name(&self, i: usize) -> bool {
        i > 0 && self.head.is_some_and(|head| self.page.is_capitalised(head))
            || self.page.possessive(i.saturating_sub(2)) == 2
    }

    /// Marks within a phrase.
    fn joins(&self, i: usize) -> bool {
        let page = self.page;
        let inside = i + 1 < self.ends && page.is_word(i + 1);
        let tight = page.is_joined(i) && (page.is_joined(i + 1) || page.word(i) == ".");
        match page.word(i) {
            "-" | "/" | "‐" | "‑" | "'" | "’" | "." => inside && tight && self.head.is_some(),
            "&" => inside && self.head.is_some(),
            "," => tight && inside && page.word(i + 1).starts_with(|c: char| c.is_ascii_digit()),
            "@" | "#" | "$" => inside,
            "%" => self.head.is_some(),
            // A name within quotation marks: the show “Low Tide”.
            _ => page.is_quotation_mark(i) && inside && page.is_capitalised(i + 1),
        }
    }

    /// Whether a noun or what modifies one stands at `i`.
    fn goes_on(&self, i: usize) -> bool {
        let page = self.page;
        i < self.ends
            && page.is_word(i)
            && !page.is_function(i)
            && !WORDS.ends.contains(&page.key(i))
            && (!page.is_calendar(i) || self.goes_on(i + 1))
    }

    /// Whether a small word is a verb or an adverb behind the noun, by its ending.
    fn ends_before(&self, i: usize) -> bool {
        let page = self.page;
        let word = page.word(i);
        let does = word.ends_with("ing") && word.len() > 4 && !WORDS.things.contains(&page.key(i));
        // "From listening to them": what somebody does.
        let Some(head) = self.head else { return does && i == self.start };
        // "A recently released list", "a redacted list": no noun stands before it yet.
        let behind_noun =
            head + 1 == i && !page.word(head).ends_with("ly") && !is_describing(page.word(head));
        let verb = word.ends_with("ed") && word.len() > 4 || does || word.ends_with("ly") && word.len() > 4;
        behind_noun && verb
    }
}

/// Adjectives that a participle may follow before the noun comes.
fn is_describing(word: &str) -> bool {
    matches!(word, "new" | "old" | "now" | "first" | "second" | "recent" | "so" | "well")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quotation::quoted;
    use crate::token::tokens;

    fn cores(text: &str) -> (String, String) {
        let tokens = tokens(text);
        let quoted = quoted(text, &tokens);
        let page = Page::new(text, &tokens, &quoted);
        let found = noun_phrase(&page, 0, page.len());
        found.map_or_else(Default::default, |found| {
            (page.slice(found.core.clone()).to_owned(), page.slice(found.core.start..found.end).to_owned())
        })
    }

    #[test]
    fn phrases_end_where_their_nouns_do() {
        for (text, core, whole) in [
            ("the Gazette on Monday", "the Gazette", "the Gazette"),
            ("the Gazette’s Ana Holm this morning", "the Gazette’s Ana Holm", "the Gazette’s Ana Holm"),
            ("a rally in Lund on Monday", "a rally", "a rally in Lund"),
            ("the head of the harbour board, Egg", "the head", "the head of the harbour board"),
            ("a report released Sunday", "a report", "a report"),
            ("a recently released report by Egg", "a recently released report", "a recently released report"),
            ("a heated debate about tides", "a heated debate", "a heated debate"),
            ("an August speech", "an August speech", "an August speech"),
            ("a briefing Monday", "a briefing", "a briefing"),
            ("a Great Monday rally", "a Great Monday rally", "a Great Monday rally"),
            ("the Gazette Monday morning", "the Gazette", "the Gazette"),
            ("the Gazette of the flood", "the Gazette", "the Gazette"),
            ("his 20,000 followers", "his 20,000 followers", "his 20,000 followers"),
            ("him that he left", "him", "him"),
            ("her mother that he left", "her mother", "her mother"),
            ("a Korr/Lund Times poll", "a Korr/Lund Times poll", "a Korr/Lund Times poll"),
            ("Korr's This Week.", "Korr's This Week", "Korr's This Week"),
            ("reporters he would go", "reporters", "reporters"),
            ("people familiar with it", "people", "people"),
            ("said nothing", "", ""),
        ] {
            assert_eq!(cores(text), (core.to_owned(), whole.to_owned()), "{text}");
        }
    }
}
