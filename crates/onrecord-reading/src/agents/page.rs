//! A text as the steps of this module see it: tokens with what the word lists know of them, cut into sentences and
//! paragraphs.

use super::rules::{Class, RULES, key};
use crate::quotation::Quoted;
use crate::token::{Gap, Shape, Token};
use onrecord_record::{Byte, Span};
use std::ops::Range;

/// A text, its tokens and what is known of each.
pub(crate) struct Page<'a> {
    pub(crate) text: &'a str,
    pub(crate) tokens: &'a [Token],
    quoted: &'a [Quoted],
    facts: Vec<Fact>,
}

#[derive(Clone, Copy, Default)]
struct Fact {
    key: u64,
    class: Class,
    sentence: u32,
    paragraph: u32,
    headline: bool,
}

impl<'a> Page<'a> {
    pub(crate) fn new(text: &'a str, tokens: &'a [Token], quoted: &'a [Quoted]) -> Self {
        let rules = &*RULES;
        let mut facts = Vec::with_capacity(tokens.len());
        for token in tokens {
            let key = if token.is_word() { key(token.of(text)) } else { 0 };
            let class = if key == 0 { Class::default() } else { rules.class(key) };
            facts.push(Fact { key, class, ..Fact::default() });
        }
        let mut page = Page { text, tokens, quoted, facts };
        page.cut();
        page.find_headlines();
        page
    }

    pub(crate) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// The characters of token `i`; empty behind the end.
    pub(crate) fn word(&self, i: usize) -> &'a str {
        self.tokens.get(i).map_or("", |token| token.of(self.text))
    }

    pub(super) fn is(&self, i: usize, class: Class) -> bool {
        self.facts.get(i).is_some_and(|fact| fact.class.is(class))
    }

    /// Whether token `i` is a word of grammar: an article, a preposition, a pronoun, an auxiliary.
    pub(crate) fn is_function(&self, i: usize) -> bool {
        self.is(i, Class::FUNCTION)
    }

    /// Whether token `i` names a weekday, a month or the like.
    pub(crate) fn is_calendar(&self, i: usize) -> bool {
        self.is(i, Class::CALENDAR)
    }

    /// The hash of the word's small letters; 0 for a mark.
    pub(crate) fn key(&self, i: usize) -> u64 {
        self.facts.get(i).map_or(0, |fact| fact.key)
    }

    pub(crate) fn sentence(&self, i: usize) -> u32 {
        self.facts.get(i).map_or(0, |fact| fact.sentence)
    }

    pub(crate) fn paragraph(&self, i: usize) -> u32 {
        self.facts.get(i).map_or(0, |fact| fact.paragraph)
    }

    /// Whether the token stands in a line that is written large throughout.
    pub(crate) fn in_headline(&self, i: usize) -> bool {
        self.facts.get(i).is_some_and(|fact| fact.headline)
    }

    pub(crate) fn in_quotation(&self, i: usize) -> bool {
        self.quoted.get(i) == Some(&Quoted::Inside)
    }

    /// What rules over tokens know token `i` by: the hash of its small letters; that of one apostrophe for all of them.
    pub(crate) fn pattern_key(&self, i: usize) -> u64 {
        match self.key(i) {
            0 if self.is_apostrophe(i) => key("'"),
            0 => key(self.word(i)),
            known => known,
        }
    }

    /// Whether token `i` is one of `words`, which are small, in letters of either size.
    pub(crate) fn is_word_of(&self, i: usize, words: &[&str]) -> bool {
        words.iter().any(|word| self.word(i).eq_ignore_ascii_case(word))
    }

    /// Whether token `i` opens or closes a quotation.
    pub(crate) fn is_quotation_mark(&self, i: usize) -> bool {
        matches!(self.quoted.get(i), Some(Quoted::Open | Quoted::Close))
    }

    pub(crate) fn is_word(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(Token::is_word)
    }

    pub(crate) fn gap(&self, i: usize) -> Gap {
        self.tokens.get(i).map_or(Gap::Paragraph, |token| token.gap)
    }

    /// Whether token `i` stands directly behind the token before it.
    pub(crate) fn is_joined(&self, i: usize) -> bool {
        self.gap(i) == Gap::None
    }

    pub(crate) fn is_capitalised(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|token| match token.shape {
            Shape::Capitalised | Shape::Upper => true,
            Shape::Mixed => token.of(self.text).starts_with(char::is_uppercase),
            _ => false,
        })
    }

    /// A single large letter, as in "J." or "O’Neill".
    pub(crate) fn is_initial(&self, i: usize) -> bool {
        self.is_capitalised(i) && self.word(i).chars().nth(1).is_none()
    }

    pub(crate) fn is_upper(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|token| token.shape == Shape::Upper)
    }

    pub(crate) fn is_lower(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|token| token.shape == Shape::Lower)
    }

    pub(crate) fn is_apostrophe(&self, i: usize) -> bool {
        matches!(self.word(i), "'" | "’" | "‘" | "ʼ" | "`")
    }

    pub(crate) fn is_hyphen(&self, i: usize) -> bool {
        matches!(self.word(i), "-" | "‐" | "‑") && self.is_joined(i)
    }

    /// How many tokens the possessive ending at `i` takes: "’s", or "’" behind an s.
    pub(crate) fn possessive(&self, i: usize) -> usize {
        if i == 0 || !self.is_apostrophe(i) || !self.is_joined(i) {
            return 0;
        }
        if self.is_joined(i + 1) && matches!(self.word(i + 1), "s" | "S") {
            return 2;
        }
        usize::from(self.word(i - 1).ends_with(['s', 'S']) && !(self.is_joined(i + 1) && self.is_word(i + 1)))
    }

    /// Whether what begins at token `i` stands behind a preposition, so that it is no subject.
    pub(crate) fn behind_preposition(&self, i: usize) -> bool {
        i.checked_sub(1).is_some_and(|before| {
            matches!(
                self.word(before),
                "of" | "for"
                    | "with"
                    | "to"
                    | "by"
                    | "about"
                    | "against"
                    | "from"
                    | "on"
                    | "in"
                    | "at"
                    | "like"
                    | "than"
            )
        })
    }

    /// Whether a sentence begins at token `i`.
    pub(crate) fn begins_sentence(&self, i: usize) -> bool {
        i == 0 || self.sentence(i) != self.sentence(i - 1)
    }

    /// The tokens that lie in `span`, or overlap it.
    pub(crate) fn within(&self, span: Span<Byte>) -> Range<usize> {
        let start = self.tokens.partition_point(|token| token.span.end <= span.start);
        let end = self.tokens.partition_point(|token| token.span.start < span.end);
        start..end.max(start)
    }

    /// The bytes from the first to the last of `range`.
    pub(crate) fn span(&self, range: Range<usize>) -> Option<Span<Byte>> {
        let first = self.tokens.get(range.start)?;
        let last = self.tokens.get(range.end.checked_sub(1)?)?;
        (range.start < range.end).then(|| Span::new(first.span.start, last.span.end))
    }

    /// The characters from the first to the last of `range`.
    pub(crate) fn slice(&self, range: Range<usize>) -> &'a str {
        self.span(range).and_then(|span| self.text.get(span.range())).unwrap_or_default()
    }

    fn cut(&mut self) {
        let (mut sentence, mut paragraph) = (0, 0);
        let mut ended = false;
        for i in 0..self.len() {
            if i > 0 && self.gap(i) >= Gap::Line {
                paragraph += 1;
                sentence += 1;
                ended = false;
            } else if ended && !self.is_joined(i) && !self.is_lower(i) {
                sentence += 1;
                ended = false;
            }
            match self.word(i) {
                "?" | "!" | "…" => ended = true,
                "." => {
                    let before = i.wrapping_sub(1);
                    let short = self.is_initial(before)
                        || self.is(before, Class::HONORIFIC)
                        || self.is(before, Class::CALENDAR) && self.word(before).len() < 5;
                    ended = !short;
                }
                "\"" | "'" | "”" | "’" | ")" | "]" => {}
                _ => ended = false,
            }
            self.facts[i].sentence = sentence;
            self.facts[i].paragraph = paragraph;
        }
    }

    fn find_headlines(&mut self) {
        let mut start = 0;
        while start < self.len() {
            let end = (start + 1..self.len()).find(|&i| self.gap(i) >= Gap::Line).unwrap_or(self.len());
            let (mut large, mut small) = (0, 0);
            for i in start + 1..end {
                if self.is_word(i) && self.word(i).len() > 3 && !self.is_joined(i) {
                    large += usize::from(self.is_capitalised(i));
                    small += usize::from(self.is_lower(i));
                }
            }
            // A line that ends as sentences do is one, whatever it names, unless its small words are written large too.
            let full_stop =
                self.word(end - 1) == "." && !self.is_initial(end.saturating_sub(2)) && end - start > 6;
            let titled = |i: usize| {
                self.is_capitalised(i)
                    && !self.is_upper(i)
                    && self.is(i, Class::FUNCTION)
                    && self.gap(i) == Gap::Space
                    && self.is_word(i - 1)
            };
            let sentence = full_stop && (small > 0 || !(start + 1..end).any(titled));
            if large > 2 * small && large + small >= 4 && end - start < 60 && !sentence {
                self.facts[start..end].iter_mut().for_each(|fact| fact.headline = true);
            }
            start = end;
        }
    }
}
