//! Holding a pattern against the tokens.

use super::amount::{Amount, amount};
use super::clock::{Clock, clock, numeric_date};
use super::holiday::Holiday;
use super::rules::{Class, Item, Pattern, Phrase};
use super::words::Words;
use crate::token::Gap;

/// The most tokens of classes that one pattern keeps.
const KEPT: usize = 8;

/// What a pattern met on its way.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Captures {
    kept: [Option<(Class, i32, usize)>; KEPT],
    pub(super) amount: Option<Amount>,
    pub(super) clock: Option<Clock>,
    pub(super) date: Option<(i16, i8, i8)>,
    pub(super) holiday: Option<Holiday>,
}

impl Captures {
    /// What the first token of this class means.
    pub(super) fn get(&self, class: Class) -> Option<i32> {
        self.nth(class, 0).map(|(value, _)| value)
    }

    /// What the `n`th token of this class means, and which token that is.
    pub(super) fn nth(&self, class: Class, n: usize) -> Option<(i32, usize)> {
        let of_class = self.kept.iter().flatten().filter(|(own, ..)| *own == class);
        of_class.map(|(_, value, at)| (*value, *at)).nth(n)
    }

    fn keep(&mut self, class: Class, value: i32, at: usize) {
        if let Some(free) = self.kept.iter_mut().find(|kept| kept.is_none()) {
            *free = Some((class, value, at));
        }
    }
}

/// The classes whose meaning is kept, the likelier reading of a token first.
const MEANT: [Class; 24] = [
    Class::DayTh,
    Class::Day,
    Class::Year,
    Class::Month,
    Class::MaybeMonth,
    Class::Weekday,
    Class::Weekdays,
    Class::Unit,
    Class::Units,
    Class::BriefUnit,
    Class::Ordinal,
    Class::Tens,
    Class::Season,
    Class::Part,
    Class::DayWord,
    Class::Which,
    Class::Span,
    Class::Bound,
    Class::Often,
    Class::Decades,
    Class::Quarter,
    Class::DecadeDigits,
    Class::Rate,
    Class::Count,
];

/// The token behind what the pattern meets from `at` on.
pub(super) fn meets(words: &Words<'_>, pattern: &Pattern, at: usize) -> Option<(usize, Captures)> {
    let is = |item: &Item, i: usize| stands(words, item, i);
    if let Some(behind) = &pattern.behind
        && !at.checked_sub(1).is_some_and(|before| words.gap(at) < Gap::Line && is(behind, before))
    {
        return None;
    }
    if let Some(unwanted) = &pattern.not_behind
        && at.checked_sub(1).is_some_and(|before| words.gap(at) < Gap::Line && is(unwanted, before))
    {
        return None;
    }
    let mut captures = Captures::default();
    let end = fit(words, &pattern.items, at, at, &mut captures)?;
    let next = words.gap(end) < Gap::Line;
    if pattern.before.as_ref().is_some_and(|before| !(next && is(before, end)))
        || pattern.not_before.as_ref().is_some_and(|unwanted| next && is(unwanted, end))
    {
        return None;
    }
    Some((end, captures))
}

fn fit(words: &Words<'_>, items: &[Item], start: usize, at: usize, captures: &mut Captures) -> Option<usize> {
    let Some((item, rest)) = items.split_first() else { return Some(at) };
    let before = *captures;
    if let Some(end) = take(words, item, start, at, captures)
        && let Some(end) = fit(words, rest, start, end, captures)
    {
        return Some(end);
    }
    *captures = before;
    if item.optional { fit(words, rest, start, at, captures) } else { None }
}

/// Whether a single token is what an item asks for.
fn stands(words: &Words<'_>, item: &Item, at: usize) -> bool {
    let place = words.place(at);
    words.classes(at) & item.classes != 0 || place != 0 && item.words.contains(&place)
}

/// The token behind the one item; what it means is kept.
fn take(words: &Words<'_>, item: &Item, start: usize, at: usize, captures: &mut Captures) -> Option<usize> {
    let gap = words.gap(at);
    if at > start && (gap == Gap::Paragraph || item.joined && gap != Gap::None) {
        return None;
    }
    let met = words.classes(at) & item.classes;
    if met != 0 {
        if let Some(class) = MEANT.into_iter().find(|class| met & class.bit() != 0) {
            captures.keep(class, words.value(at, class), at);
        }
        // "Aug." and "Tues." are written with a full stop that is theirs when something follows.
        let short = met & (Class::Month.bit() | Class::Weekday.bit() | Class::BriefUnit.bit()) != 0
            && words.word(at).len() < 6
            && words.word(at + 1) == "."
            && words.is_joined(at + 1);
        return Some(at + 1 + usize::from(short));
    }
    if words.place(at) != 0 && item.words.contains(&words.place(at)) {
        let told = [Class::Unit, Class::Units, Class::Often].into_iter().find(|class| words.is(at, *class));
        if let Some(class) = told {
            captures.keep(class, words.value(at, class), at);
        }
        return Some(at + 1);
    }
    match item.phrase? {
        Phrase::Amount => {
            let (found, end) = amount(words, at)?;
            captures.amount = Some(found);
            Some(end)
        }
        Phrase::Clock => {
            let (found, end) = clock(words, at)?;
            captures.clock = Some(found);
            Some(end)
        }
        Phrase::NumericDate => {
            let (found, end) = numeric_date(words, at)?;
            captures.date = Some(found);
            Some(end)
        }
        Phrase::Holiday => {
            let (found, end) = holiday(words, at)?;
            captures.holiday = Some(found);
            Some(end)
        }
    }
}

/// The longest name of a holiday that begins at a token.
fn holiday(words: &Words<'_>, at: usize) -> Option<(Holiday, usize)> {
    let names =
        words.entry(at).holidays.iter().filter_map(|number| words.rules.holidays.get(*number as usize));
    let mut longest: Option<(Holiday, usize)> = None;
    for (name, day) in names {
        let fits = name
            .iter()
            .enumerate()
            .all(|(n, word)| words.place(at + n) == *word && (n == 0 || words.gap(at + n) < Gap::Line));
        let end = at + name.len();
        let large = words.is_large(at) || words.word(at).starts_with(|c: char| c.is_ascii_digit());
        if fits && large && longest.is_none_or(|(_, other)| end > other) {
            longest = Some((*day, end));
        }
    }
    longest
}
