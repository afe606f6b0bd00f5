//! Times of day and dates in digits, which are told by marks between numbers.

use super::rules::Class;
use super::words::Words;
use crate::token::Shape;

/// A time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Clock {
    pub(super) hour: i8,
    pub(super) minute: Option<i8>,
    pub(super) second: Option<i8>,
    /// Whether it is told in Universal Time.
    pub(super) universal: bool,
}

/// The time of day that begins at a token, and the token behind it.
pub(super) fn clock(words: &Words<'_>, at: usize) -> Option<(Clock, usize)> {
    let word = words.word(at);
    let count = words.value(at, Class::Count);
    if words.is(at, Class::Count) && (1..=12).contains(&count) {
        // "Three o'clock".
        let clock = matches!(words.word(at + 1), "o" | "O")
            && words.word(at + 3) == "clock"
            && words.is_joined(at + 3);
        let hour = i8::try_from(count).ok()?;
        return clock.then_some((Clock { hour, minute: None, second: None, universal: false }, at + 4));
    }
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let inside = at > 0 && words.is_joined(at) && matches!(words.word(at - 1), ":" | "." | "," | "/");
    if !(1..=2).contains(&digits) || inside {
        return None;
    }
    let mut hour = i8::try_from(words.digits(at)).ok()?;
    let mut end = at + 1;
    let (mut minute, mut second) = (None, None);
    let mut half = None;
    if words.shape(at) == Shape::Number {
        let pair = |end: usize| {
            let tied =
                matches!(words.word(end), ":" | ".") && words.is_joined(end) && words.is_joined(end + 1);
            let number = words.shape(end + 1) == Shape::Number && words.word(end + 1).len() == 2;
            (tied && number).then(|| words.digits(end + 1)).filter(|minutes| *minutes < 60)
        };
        let colon = words.word(end) == ":";
        if let Some(minutes) = pair(end) {
            minute = i8::try_from(minutes).ok();
            end += 2;
            if let (true, Some(seconds)) = (words.word(end) == ":", pair(end)) {
                second = i8::try_from(seconds).ok();
                end += 2;
            }
        }
        match noon_half(words, end) {
            Some((pm, behind)) => (half, end) = (Some(pm), behind),
            // "8.30" and "8" are numbers unless something says otherwise.
            None if minute.is_some() && colon => {}
            None if matches!(words.word(end), "o")
                && words.is_joined(end + 1)
                && words.word(end + 2) == "clock" =>
            {
                end += 3
            }
            None => return None,
        }
    } else {
        half = match word.get(digits..)? {
            "am" | "AM" => Some(false),
            "pm" | "PM" => Some(true),
            _ => return None,
        };
    }
    if let Some(pm) = half {
        if !(1..=12).contains(&hour) {
            // "18:40 p.m." is written, and means what the number says.
            hour = (13..24).contains(&hour).then_some(hour)?;
        } else {
            hour = hour % 12 + if pm { 12 } else { 0 };
        }
    }
    if !(0..=24).contains(&hour) {
        return None;
    }
    let mut clock = Clock { hour, minute, second, universal: false };
    zone(words, &mut end, &mut clock);
    Some((clock, end))
}

/// "p.m.", "pm": whether behind noon, and the token behind it.
fn noon_half(words: &Words<'_>, at: usize) -> Option<(bool, usize)> {
    let pm = |letter: &str| match letter {
        "a" | "A" => Some(false),
        "p" | "P" => Some(true),
        _ => None,
    };
    match words.word(at) {
        "am" | "AM" | "Am" => return Some((false, at + 1)),
        "pm" | "PM" | "Pm" => return Some((true, at + 1)),
        _ => {}
    }
    let dotted =
        words.word(at + 1) == "." && words.is_joined(at + 1) && matches!(words.word(at + 2), "m" | "M");
    if !dotted || !words.is_joined(at + 2) {
        return None;
    }
    let stop = words.word(at + 3) == "." && words.is_joined(at + 3);
    Some((pm(words.word(at))?, at + 3 + usize::from(stop)))
}

/// "EST", "(GMT +8)", "local time".
fn zone(words: &Words<'_>, end: &mut usize, clock: &mut Clock) {
    let open = usize::from(words.word(*end) == "(");
    let at = *end + open;
    if matches!(words.word(at), "local" | "Eastern" | "eastern" | "Pacific" | "Central" | "Mountain") {
        let daylight = usize::from(matches!(words.word(at + 1), "Standard" | "Daylight"));
        if matches!(words.word(at + 1 + daylight), "time" | "Time") && open == 0 {
            *end = at + 2 + daylight;
        }
        return;
    }
    if !words.is(at, Class::Zone) || words.shape(at) != Shape::Upper {
        return;
    }
    let mut behind = at + 1;
    let shifted = matches!(words.word(behind), "+" | "-" | "−");
    if shifted && words.shape(behind + 1) == Shape::Number {
        behind += 2;
    }
    if open == 1 {
        if words.word(behind) != ")" {
            return;
        }
        behind += 1;
    }
    clock.universal = words.value(at, Class::Zone) == 0 && !shifted;
    *end = behind;
}

/// A date in digits: year, month, day.
pub(super) fn numeric_date(words: &Words<'_>, at: usize) -> Option<((i16, i8, i8), usize)> {
    let first = words.word(at);
    let mark = words.word(at + 1);
    if !matches!(mark, "-" | "/" | ".") || words.shape(at + 2) != Shape::Number {
        return None;
    }
    if words.word(at + 3) != mark || (at + 1..at + 5).any(|i| !words.is_joined(i)) {
        return None;
    }
    if at > 0 && words.is_joined(at) && matches!(words.word(at - 1), "/" | "-" | "." | ",") {
        return None;
    }
    let (second, third) = (words.word(at + 2), words.word(at + 4));
    let third_digits = third.bytes().take_while(u8::is_ascii_digit).count();
    let (a, b, c) = (words.digits(at), words.digits(at + 2), words.digits(at + 4));
    let behind = at + 5;
    // Not one of a longer row.
    if words.is_joined(behind) && matches!(words.word(behind), "/" | "-") {
        return None;
    }
    let whole = words.shape(at + 4) == Shape::Number || third.get(2..3) == Some("T");
    let parts = match (first.len(), second.len(), third_digits) {
        (4, 2, 2) if whole => (a, b, c),
        (1 | 2, 1 | 2, 4) if whole && mark != "." && a <= 12 => (c, a, b),
        (1 | 2, 1 | 2, 4) if whole => (c, b, a),
        (1 | 2, 1 | 2, 2) if whole && mark == "/" && a <= 12 => (full_year(c), a, b),
        (1 | 2, 1 | 2, 2) if whole && mark == "/" => (full_year(c), b, a),
        _ => return None,
    };
    let date = (i16::try_from(parts.0).ok()?, i8::try_from(parts.1).ok()?, i8::try_from(parts.2).ok()?);
    super::calendar::day(date.0, date.1, date.2)?;
    Some((date, behind))
}

/// A year told by its last two digits.
pub(super) fn full_year(short: i32) -> i32 {
    if short < 40 { 2000 + short } else { 1900 + short }
}
