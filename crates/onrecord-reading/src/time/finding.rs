//! The expressions of a text, in order: at each place the longest that a pattern meets, with what belongs to it before and
//! behind.

use super::matching::meets;
use super::rules::{Class, Makes};
use super::sense::{Found, Sense, TimeOfDay, sense};
use super::words::Words;
use crate::token::Gap;
use onrecord_record::TimexKind;

/// All expressions, in order, not overlapping.
pub(super) fn find(words: &Words<'_>) -> Vec<Found> {
    let mut out: Vec<Found> = Vec::new();
    let mut at = 0;
    while at < words.tokens.len() {
        let mut end = at + 1;
        if may_begin(words, at) {
            for found in expressions(words, at) {
                end = end.max(found.range.end);
                if found.sense != Sense::Nothing && stands_alone(words, &found) {
                    out.push(found);
                }
            }
        }
        at = end;
    }
    share_years(words, &mut out);
    out
}

/// The cheap question for every token.
fn may_begin(words: &Words<'_>, at: usize) -> bool {
    words.classes(at) & (Class::Number.bit() | Class::DayTh.bit() | Class::DecadeDigits.bit()) != 0
        || !words.entry(at).starts.is_empty()
}

fn expressions(words: &Words<'_>, at: usize) -> Vec<Found> {
    let (found, lead) = base(words, at);
    if let Some((end, half)) = lead {
        let inner = whole(words, base(words, end).0);
        let longer = inner.first().is_some_and(|first| {
            first.range.end > found.last().map_or(at, |found| found.range.end) && can_be_led(&first.sense)
        });
        if longer {
            let mut inner = inner;
            if let Some(first) = inner.first_mut() {
                first.range.start = at;
                if let (Some(half), Sense::Calendar { year: Some(year), month: None, .. }) =
                    (half, &first.sense)
                {
                    first.sense = Sense::Half { half, year: super::sense::WhichYear::Year(*year) };
                }
            }
            return inner;
        }
    }
    whole(words, found)
}

/// With what belongs to a single expression behind it.
fn whole(words: &Words<'_>, found: Vec<Found>) -> Vec<Found> {
    match found.len() {
        1 => found.into_iter().map(|found| joined(words, found)).collect(),
        _ => found,
    }
}

fn can_be_led(sense: &Sense) -> bool {
    match sense {
        Sense::Time { day, .. } => day.is_some(),
        Sense::Fixed(_) | Sense::Nothing | Sense::Lead(_) | Sense::Duration { .. } | Sense::Set { .. } => {
            false
        }
        Sense::SetWeekday(_) => false,
        _ => true,
    }
}

/// The longest expression that one rule makes here, and the longest beginning of a longer one.
fn base(words: &Words<'_>, at: usize) -> (Vec<Found>, Option<(usize, Option<i32>)>) {
    let mut best: (usize, Vec<Found>) = (at, Vec::new());
    let mut lead = None;
    let mut consider = |number: u16| {
        let Some(pattern) = words.rules.patterns.get(number as usize) else { return };
        let Some((mut end, captures)) = meets(words, pattern, at) else { return };
        // The full stop behind a short form is the sentence's where nothing follows it.
        if captures.clock.is_none() && words.word(end - 1) == "." {
            end -= 1;
        }
        if pattern.makes == Makes::Lead {
            if lead.is_none_or(|(other, _)| end > other)
                && let Some(Found { sense: Sense::Lead(half), .. }) =
                    sense(words, pattern, &captures, at..end).first()
            {
                lead = Some((end, *half));
            }
        } else if end > best.0 {
            let found = sense(words, pattern, &captures, at..end);
            if !found.is_empty() {
                best = (end, found);
            }
        }
    };
    for number in &words.entry(at).starts {
        consider(*number);
    }
    let classes = words.classes(at);
    for (of, number) in &words.rules.starts_of_digits {
        if of & classes != 0 {
            consider(*number);
        }
    }
    (best.1, lead)
}

/// With a time of day before or behind: "8 p.m. on Friday", "Friday night", "the night of May 3".
fn joined(words: &Words<'_>, found: Found) -> Found {
    let end = found.range.end;
    if words.gap(end) >= Gap::Line {
        return found;
    }
    if let Sense::Time { day: None, time } = &found.sense {
        let part = matches!(time, TimeOfDay::Part(_));
        let link = match words.word(end) {
            "of" if part => 1,
            "on" | "," => 1,
            _ => 0,
        };
        let (day, _) = base(words, end + link);
        if let [day] = &day[..]
            && day.sense.is_day()
            && (words.word(end) != "," || !part)
        {
            let sense = Sense::Time { day: Some(Box::new(day.sense.clone())), time: *time };
            // "7 p.m. Sunday night".
            let night =
                usize::from(!part && words.is(day.range.end, Class::Part) && !words.is_joined(day.range.end));
            return Found { range: found.range.start..day.range.end + night, timex: TimexKind::Time, sense };
        }
        return found;
    }
    if !found.sense.is_day() {
        return found;
    }
    let comma = usize::from(words.word(end) == ",");
    if comma == 0
        && words.is(end, Class::Part)
        && !words.is_joined(end)
        && (!words.is_large(end) || !words.is_large(end + 1))
    {
        let time = TimeOfDay::Part(words.value(end, Class::Part));
        return Found {
            range: found.range.start..end + 1,
            timex: TimexKind::Time,
            sense: Sense::Time { day: Some(Box::new(found.sense)), time },
        };
    }
    let (clock, _) = base(words, end + comma);
    if let [Found { sense: Sense::Time { day: None, time: time @ TimeOfDay::Clock(_) }, range, .. }] =
        &clock[..]
    {
        let range = found.range.start..range.end;
        return Found {
            range,
            timex: TimexKind::Time,
            sense: Sense::Time { day: Some(Box::new(found.sense)), time: *time },
        };
    }
    found
}

/// A part of the day alone is a time where the text points at one: "in the morning", "by noon".
fn stands_alone(words: &Words<'_>, found: &Found) -> bool {
    if matches!(found.sense, Sense::Lead(_)) {
        return false;
    }
    let Sense::Time { day: None, time: TimeOfDay::Part(part) } = found.sense else { return true };
    let before = found.range.start.checked_sub(1).map_or("", |before| words.word(before));
    let pointed =
        found.range.len() > 1 && matches!(before, "in" | "In" | "by" | "By" | "during" | "During" | "until");
    let hour = part >= 5
        && matches!(
            before,
            "at" | "At" | "by" | "By" | "until" | "before" | "after" | "around" | "since" | "past"
        );
    pointed || hour
}

/// A month without a year has that of the one it is joined with: "from June to August 2011".
fn share_years(words: &Words<'_>, found: &mut [Found]) {
    for i in (1..found.len()).rev() {
        let (before, behind) = found.split_at_mut(i);
        let (Some(one), Some(other)) = (before.last_mut(), behind.first()) else { continue };
        let between = one.range.end..other.range.start;
        let linked = match between.len() {
            1 => matches!(
                words.word(between.start),
                "to" | "and" | "or" | "through" | "-" | "–" | "until" | "," | "till"
            ),
            _ => false,
        };
        if !linked {
            continue;
        }
        if let (
            Sense::Calendar { year: year @ None, month: Some(first), .. },
            Sense::Calendar { year: Some(told), month: Some(second), .. },
        ) = (&mut one.sense, &other.sense)
        {
            *year = Some(if *first <= *second { *told } else { *told - 1 });
        }
    }
}
