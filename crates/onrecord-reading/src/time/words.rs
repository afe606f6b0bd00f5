//! The tokens of a text with what the word lists know of each.

use super::rules::{Class, Entry, Rules};
use crate::agents::key;
use crate::token::{Gap, Shape, Token};
use onrecord_record::{Byte, Span};
use std::ops::Range;

/// A text cut into tokens, each with its entry in the lists and its classes.
pub(super) struct Words<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a [Token],
    pub(super) rules: &'a Rules,
    facts: Vec<Fact>,
}

#[derive(Clone, Copy, Default)]
struct Fact {
    entry: u32,
    classes: u64,
}

impl<'a> Words<'a> {
    pub(super) fn new(text: &'a str, tokens: &'a [Token], rules: &'a Rules) -> Self {
        let mut words = Words { text, tokens, rules, facts: Vec::with_capacity(tokens.len()) };
        for (i, token) in tokens.iter().enumerate() {
            let fact = words.fact(i, token);
            words.facts.push(fact);
        }
        words
    }

    fn fact(&self, i: usize, token: &Token) -> Fact {
        let word = token.of(self.text);
        match token.shape {
            Shape::Number => {
                Fact { entry: self.rules.place(key(word)), classes: self.classes_of_number(i, word) }
            }
            Shape::Mark => {
                let mark = match word {
                    "–" | "‐" | "‑" => "-",
                    "’" | "‘" => "'",
                    other => other,
                };
                Fact { entry: self.rules.place(key(mark)), classes: 0 }
            }
            shape => {
                let entry = self.rules.place(key(word));
                let large = shape != Shape::Lower;
                let own = self.entry_at(entry).classes_as(large);
                let told = if shape == Shape::Mixed { classes_of_mixed(word) } else { 0 };
                Fact { entry, classes: own | told }
            }
        }
    }

    fn entry_at(&self, place: u32) -> &'a Entry {
        let entries = &self.rules.entries;
        entries.get(place as usize).unwrap_or(&entries[0])
    }

    /// A number that is part of a longer one, of a sum or a share, is only a number.
    fn classes_of_number(&self, i: usize, word: &str) -> u64 {
        let mut classes = Class::Number.bit();
        let is_number = |i: usize| self.tokens.get(i).is_some_and(|token| token.shape == Shape::Number);
        let tied = |i: usize| self.gap(i) == Gap::None;
        let before = i.checked_sub(1).map_or("", |before| self.word(before));
        let inside = tied(i)
            && match before {
                "." | "," | ":" | "/" => i > 1 && tied(i - 1) && is_number(i - 2),
                "$" | "£" | "€" | "#" | "@" => true,
                _ => false,
            };
        let continues = tied(i + 1)
            && match self.word(i + 1) {
                "." | "," | ":" | "/" => tied(i + 2) && is_number(i + 2),
                "%" | "°" | "$" | "€" | "£" => true,
                _ => false,
            };
        if inside || continues || matches!(before, "$" | "£" | "€" | "#") {
            return classes;
        }
        let digits = word.len();
        match (digits, word.parse::<i32>()) {
            (1 | 2, Ok(1..=31)) => classes |= Class::Day.bit(),
            (4, Ok(1000..=2199)) => classes |= Class::Year.bit(),
            _ => {}
        }
        classes
    }

    /// The characters of token `i`; empty behind the end.
    pub(super) fn word(&self, i: usize) -> &'a str {
        self.tokens.get(i).map_or("", |token| token.of(self.text))
    }

    pub(super) fn gap(&self, i: usize) -> Gap {
        self.tokens.get(i).map_or(Gap::Paragraph, |token| token.gap)
    }

    pub(super) fn is_joined(&self, i: usize) -> bool {
        self.gap(i) == Gap::None
    }

    pub(super) fn shape(&self, i: usize) -> Shape {
        self.tokens.get(i).map_or(Shape::Mark, |token| token.shape)
    }

    pub(super) fn is_large(&self, i: usize) -> bool {
        matches!(self.shape(i), Shape::Capitalised | Shape::Upper)
    }

    pub(super) fn classes(&self, i: usize) -> u64 {
        self.facts.get(i).map_or(0, |fact| fact.classes)
    }

    pub(super) fn is(&self, i: usize, class: Class) -> bool {
        self.classes(i) & class.bit() != 0
    }

    /// The place of the token's entry; 0 when it is in no list.
    pub(super) fn place(&self, i: usize) -> u32 {
        self.facts.get(i).map_or(0, |fact| fact.entry)
    }

    pub(super) fn entry(&self, i: usize) -> &'a Entry {
        self.entry_at(self.place(i))
    }

    /// What token `i` means as one of a class.
    pub(super) fn value(&self, i: usize, class: Class) -> i32 {
        match class {
            Class::Day | Class::Year | Class::Number | Class::DayTh | Class::DecadeDigits => self.digits(i),
            Class::Ordinal if self.word(i).starts_with(|c: char| c.is_ascii_digit()) => self.digits(i),
            class => self.entry(i).value(class).unwrap_or(0),
        }
    }

    /// The digits that a token begins with, at most six.
    pub(super) fn digits(&self, i: usize) -> i32 {
        let word = self.word(i);
        let end = word.bytes().take(6).take_while(u8::is_ascii_digit).count();
        word.get(..end).and_then(|digits| digits.parse().ok()).unwrap_or(0)
    }

    /// The bytes from the first to the last of `range`.
    pub(super) fn span(&self, range: &Range<usize>) -> Option<Span<Byte>> {
        let first = self.tokens.get(range.start)?;
        let last = self.tokens.get(range.end.checked_sub(1)?)?;
        (range.start < range.end).then(|| Span::new(first.span.start, last.span.end))
    }

    /// Whether a sentence may begin at token `i`: for looking no further than that.
    pub(super) fn breaks(&self, i: usize) -> bool {
        if self.gap(i) >= Gap::Line {
            return true;
        }
        let before = i.wrapping_sub(1);
        match self.word(before) {
            "?" | "!" => true,
            "." => self.shape(i) != Shape::Lower && !self.is_abbreviated(before.wrapping_sub(1)),
            _ => false,
        }
    }

    /// A short word or initial whose full stop ends no sentence.
    fn is_abbreviated(&self, i: usize) -> bool {
        let word = self.word(i);
        let titles =
            matches!(word, "Mr" | "Mrs" | "Ms" | "Dr" | "Gen" | "Sen" | "Rep" | "Gov" | "St" | "Lt" | "Col");
        titles
            || self.is_large(i) && word.chars().nth(1).is_none()
            || self.is(i, Class::Month) && word.len() < 5
    }
}

/// "12th", "1990s".
fn classes_of_mixed(word: &str) -> u64 {
    let end = word.bytes().take_while(u8::is_ascii_digit).count();
    let (Some(digits), Some(rest)) = (word.get(..end), word.get(end..)) else { return 0 };
    let Ok(number) = digits.parse::<i32>() else { return 0 };
    match rest {
        "th" | "st" | "nd" | "rd" => {
            let day = if (1..=31).contains(&number) { Class::DayTh.bit() } else { 0 };
            day | Class::Ordinal.bit()
        }
        "s" if matches!(digits.len(), 2 | 4) && number % 10 == 0 => Class::DecadeDigits.bit(),
        // "8pm", "8am": the clock looks closer.
        "am" | "pm" | "AM" | "PM" if digits.len() < 3 => Class::Number.bit(),
        _ => 0,
    }
}
