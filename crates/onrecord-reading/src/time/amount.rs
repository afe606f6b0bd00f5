//! How many: "two and a half", "1,200", "several", "two to three".

use super::rules::Class;
use super::words::Words;
use crate::token::Shape;

/// A number of units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Amount {
    /// In tenths, as nothing finer is ever written out.
    Tenths(i64),
    /// "Several".
    Unknown,
}

impl Amount {
    pub(super) const ONE: Amount = Amount::Tenths(10);
}

/// The amount that begins at a token, and the token behind it.
pub(super) fn amount(words: &Words<'_>, at: usize) -> Option<(Amount, usize)> {
    let (first, mut end) = one(words, at)?;
    let between = words.word(end);
    // "Two to three years" are neither.
    let other = match between {
        "to" | "or" => end + 1,
        "-" | "–" if words.is_joined(end) && words.is_joined(end + 1) => end + 1,
        _ => return Some((first, end)),
    };
    match one(words, other) {
        Some((_, behind)) if words.word(other) != "a" && words.word(other) != "an" => {
            end = behind;
            Some((Amount::Unknown, end))
        }
        _ => Some((first, end)),
    }
}

fn one(words: &Words<'_>, at: usize) -> Option<(Amount, usize)> {
    let word = words.word(at);
    if words.is(at, Class::Number) {
        return digits(words, at);
    }
    let lower = |i: usize, this: &str| words.word(i).eq_ignore_ascii_case(this);
    if lower(at, "half") {
        let article = usize::from(lower(at + 1, "a") || lower(at + 1, "an"));
        if words.is(at + 1, Class::Unit) {
            return Some((Amount::Tenths(5), at + 1));
        }
        let hyphen = usize::from(article == 0 && lower(at + 1, "-") && words.is_joined(at + 1));
        return (article + hyphen > 0).then_some((Amount::Tenths(5), at + 1 + article + hyphen));
    }
    if words.is(at, Class::Vague) {
        // "A few", "several", "a couple of", "dozens of".
        let number = words.entry(at).value(Class::Vague);
        let end = at + 1 + usize::from(lower(at + 1, "of"));
        return Some((number.map_or(Amount::Unknown, |number| Amount::Tenths(i64::from(number) * 10)), end));
    }
    if matches!(word, "a" | "A" | "an" | "An") {
        let next = at + 1;
        if words.is(next, Class::Vague) || words.is(next, Class::Large) {
            let quite = matches!(words.word(next), "dozen" | "few" | "couple" | "number" | "handful");
            if words.is(next, Class::Large) {
                return spelled(words, next);
            }
            return if quite { one(words, next) } else { None };
        }
        if lower(next, "half") && words.is_joined(next + 1) {
            return one(words, next);
        }
        return Some((Amount::ONE, next));
    }
    spelled(words, at)
}

fn digits(words: &Words<'_>, at: usize) -> Option<(Amount, usize)> {
    if words.shape(at) != Shape::Number {
        return None;
    }
    let mut number = i64::from(words.digits(at));
    let (mut end, mut tenths) = (at + 1, 0);
    while words.word(end) == ","
        && words.is_joined(end)
        && words.is_joined(end + 1)
        && words.word(end + 1).len() == 3
    {
        if words.shape(end + 1) != Shape::Number || number > 1_000_000_000 {
            return None;
        }
        number = number * 1000 + i64::from(words.digits(end + 1));
        end += 2;
    }
    let fraction = words.word(end) == "." && words.is_joined(end) && words.is_joined(end + 1);
    if fraction && words.shape(end + 1) == Shape::Number {
        tenths =
            i64::from(words.word(end + 1).as_bytes().first().map_or(0, |digit| digit.saturating_sub(b'0')));
        end += 2;
    }
    // "5 1/2".
    if words.word(end) == "1"
        && words.word(end + 1) == "/"
        && words.word(end + 2) == "2"
        && words.is_joined(end + 2)
    {
        (tenths, end) = (5, end + 3);
    } else if words.word(end) == "½" {
        (tenths, end) = (5, end + 1);
    }
    let whole = Amount::Tenths(number * 10 + tenths);
    if words.is(end, Class::Large) {
        let factor = i64::from(words.value(end, Class::Large));
        return Some((Amount::Tenths(number.saturating_mul(factor).saturating_mul(10)), end + 1));
    }
    let Amount::Tenths(tenths) = whole else { return None };
    Some(with_half(words, tenths, end))
}

fn spelled(words: &Words<'_>, at: usize) -> Option<(Amount, usize)> {
    let (mut sum, mut end) = (0_i64, at);
    let large = |i: usize| words.is(i, Class::Large).then(|| i64::from(words.value(i, Class::Large)));
    if words.is(at, Class::Tens) {
        sum = i64::from(words.value(at, Class::Tens));
        end = at + 1;
        let hyphen = usize::from(words.word(end) == "-" && words.is_joined(end));
        let one = end + hyphen;
        if words.is(one, Class::Count) && (1..10).contains(&words.value(one, Class::Count)) {
            sum += i64::from(words.value(one, Class::Count));
            end = one + 1;
        }
    } else if words.is(at, Class::Count) {
        sum = i64::from(words.value(at, Class::Count));
        end = at + 1;
    }
    if let Some(factor) = large(end) {
        sum = sum.max(1) * factor;
        end += 1;
        if words.word(end) == "of" && words.is(end - 1, Class::Vague) {
            end += 1;
        }
    }
    if end == at {
        return None;
    }
    Some(with_half(words, sum * 10, end))
}

/// "… and a half", "…-and-a-half".
fn with_half(words: &Words<'_>, tenths: i64, end: usize) -> (Amount, usize) {
    let mut at = end;
    for expected in ["and", "a", "half"] {
        if words.word(at) == "-" && words.is_joined(at) {
            at += 1;
        }
        if words.word(at) != expected {
            return (Amount::Tenths(tenths), end);
        }
        at += 1;
    }
    (Amount::Tenths(tenths + 5), at)
}
