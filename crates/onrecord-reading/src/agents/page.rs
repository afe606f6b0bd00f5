//! A text as the steps of this module see it: tokens with what the word lists know of them, cut into sentences and
//! paragraphs.

use super::rules::{Class, RULES, key};
use crate::quotation::Quoted;
use crate::token::{Gap, Shape, Token};
use onrecord_record::{Byte, Span};
use std::ops::Range;

/// A text, its tokens and what is known of each.
pub(super) struct Page<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a [Token],
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
    pub(super) fn new(text: &'a str, tokens: &'a [Token], quoted: &'a [Quoted]) -> Self {
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

    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// The characters of token `i`; empty behind the end.
    pub(super) fn word(&self, i: usize) -> &'a str {
        self.tokens.get(i).map_or("", |token| token.of(self.text))
    }

    pub(super) fn is(&self, i: usize, class: Class) -> bool {
        self.facts.get(i).is_some_and(|fact| fact.class.is(class))
    }

    /// The hash of the word's small letters; 0 for a mark.
    pub(super) fn key(&self, i: usize) -> u64 {
        self.facts.get(i).map_or(0, |fact| fact.key)
    }

    pub(super) fn sentence(&self, i: usize) -> u32 {
        self.facts.get(i).map_or(0, |fact| fact.sentence)
    }

    pub(super) fn paragraph(&self, i: usize) -> u32 {
        self.facts.get(i).map_or(0, |fact| fact.paragraph)
    }

    /// Whether the token stands in a line that is written large throughout.
    pub(super) fn in_headline(&self, i: usize) -> bool {
        self.facts.get(i).is_some_and(|fact| fact.headline)
    }

    pub(super) fn in_quotation(&self, i: usize) -> bool {
        self.quoted.get(i) == Some(&Quoted::Inside)
    }

    pub(super) fn is_word(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(Token::is_word)
    }

    pub(super) fn gap(&self, i: usize) -> Gap {
        self.tokens.get(i).map_or(Gap::Paragraph, |token| token.gap)
    }

    /// Whether token `i` stands directly behind the token before it.
    pub(super) fn is_joined(&self, i: usize) -> bool {
        self.gap(i) == Gap::None
    }

    pub(super) fn is_capitalised(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|token| match token.shape {
            Shape::Capitalised | Shape::Upper => true,
            Shape::Mixed => token.of(self.text).starts_with(char::is_uppercase),
            _ => false,
        })
    }

    /// A single large letter, as in "J." or "O’Neill".
    pub(super) fn is_initial(&self, i: usize) -> bool {
        self.is_capitalised(i) && self.word(i).chars().nth(1).is_none()
    }

    pub(super) fn is_upper(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|token| token.shape == Shape::Upper)
    }

    pub(super) fn is_lower(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|token| token.shape == Shape::Lower)
    }

    pub(super) fn is_apostrophe(&self, i: usize) -> bool {
        matches!(self.word(i), "'" | "’" | "‘" | "ʼ" | "`")
    }

    pub(super) fn is_hyphen(&self, i: usize) -> bool {
        matches!(self.word(i), "-" | "‐" | "‑") && self.is_joined(i)
    }

    /// How many tokens the possessive ending at `i` takes: "’s", or "’" behind an s.
    pub(super) fn possessive(&self, i: usize) -> usize {
        if i == 0 || !self.is_apostrophe(i) || !self.is_joined(i) {
            return 0;
        }
        if self.is_joined(i + 1) && matches!(self.word(i + 1), "s" | "S") {
            return 2;
        }
        usize::from(self.word(i - 1).ends_with(['s', 'S']) && !(self.is_joined(i + 1) && self.is_word(i + 1)))
    }

    /// Whether what begins at token `i` stands behind a preposition, so that it is no subject.
    pub(super) fn behind_preposition(&self, i: usize) -> bool {
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
    pub(super) fn begins_sentence(&self, i: usize) -> bool {
        i == 0 || self.sentence(i) != self.sentence(i - 1)
    }

    /// The tokens that lie in `span`, or overlap it.
    pub(super) fn within(&self, span: Span<Byte>) -> Range<usize> {
        let start = self.tokens.partition_point(|token| token.span.end <= span.start);
        let end = self.tokens.partition_point(|token| token.span.start < span.end);
        start..end.max(start)
    }

    /// The bytes from the first to the last of `range`.
    pub(super) fn span(&self, range: Range<usize>) -> Option<Span<Byte>> {
        let first = self.tokens.get(range.start)?;
        let last = self.tokens.get(range.end.checked_sub(1)?)?;
        (range.start < range.end).then(|| Span::new(first.span.start, last.span.end))
    }

    /// The characters from the first to the last of `range`.
    pub(super) fn slice(&self, range: Range<usize>) -> &'a str {
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
