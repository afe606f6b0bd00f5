//! What an expression of time says by itself, before anything around it tells which day that is.

use super::amount::Amount;
use super::clock::{Clock, full_year};
use super::holiday::Holiday;
use super::matching::Captures;
use super::rules::{Class, Makes, Pattern};
use super::words::Words;
use onrecord_record::TimexKind;
use std::ops::Range;

/// The units of time, by the numbers that the word list gives them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Weekend,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
    Fortnight,
    Night,
}

impl Unit {
    pub(super) fn of(number: i32) -> Option<Self> {
        use Unit::*;
        let all = [
            Second, Minute, Hour, Day, Week, Weekend, Month, Quarter, Year, Decade, Century, Fortnight, Night,
        ];
        usize::try_from(number).ok()?.checked_sub(1).and_then(|place| all.get(place)).copied()
    }
}

/// What stands for a time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TimeOfDay {
    Clock(Clock),
    /// Morning and so on, by the numbers that the word list gives them.
    Part(i32),
}

/// From where steps are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum From {
    /// The day of the document.
    Document,
    /// The time told last in the text.
    Text,
}

/// Which year, where another unit is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WhichYear {
    Untold,
    Year(i16),
    /// So many years from that of the document.
    Steps(i32),
}

/// The meaning of an expression.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Sense {
    Calendar {
        year: Option<i16>,
        month: Option<i8>,
        day: Option<i8>,
        weekday: Option<i8>,
    },
    DayOfMonth(i8),
    Weekday {
        weekday: i8,
        which: Option<i32>,
    },
    Month {
        month: i8,
        which: i32,
    },
    MonthOf {
        year: WhichYear,
        month: i8,
        day: Option<i8>,
    },
    Decade(i16),
    Century(i16),
    Season {
        season: i32,
        year: WhichYear,
        which: Option<i32>,
    },
    Quarter {
        quarter: i32,
        year: WhichYear,
    },
    Half {
        half: i32,
        year: WhichYear,
    },
    Fiscal(WhichYear),
    Holiday {
        holiday: Holiday,
        year: WhichYear,
    },
    Shift {
        unit: Unit,
        steps: Amount,
        backwards: bool,
        from: From,
    },
    Duration {
        amount: Amount,
        unit: Unit,
    },
    Set {
        amount: Amount,
        unit: Unit,
    },
    SetWeekday(i8),
    Time {
        day: Option<Box<Sense>>,
        time: TimeOfDay,
    },
    /// The value as the rule has it.
    Fixed(String),
    /// Only what stands behind it is a time.
    Lead(Option<i32>),
    Nothing,
}

/// An expression of time in a text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Found {
    /// Its tokens.
    pub(super) range: Range<usize>,
    pub(super) timex: TimexKind,
    pub(super) sense: Sense,
}

impl Sense {
    /// Whether it names one day.
    pub(super) fn is_day(&self) -> bool {
        match self {
            Sense::Calendar { day, .. } => day.is_some(),
            Sense::MonthOf { day, .. } => day.is_some(),
            Sense::Weekday { .. } | Sense::DayOfMonth(_) | Sense::Holiday { .. } => true,
            Sense::Shift { unit, .. } => *unit == Unit::Day,
            _ => false,
        }
    }

    fn timex(&self) -> TimexKind {
        match self {
            Sense::Duration { .. } => TimexKind::Duration,
            Sense::Set { .. } | Sense::SetWeekday(_) => TimexKind::Set,
            Sense::Time { .. } => TimexKind::Time,
            Sense::Fixed(value)
                if value.starts_with('P')
                    && value
                        .as_bytes()
                        .get(1)
                        .is_some_and(|c| !c.is_ascii_uppercase() || *c == b'T' || *c == b'X') =>
            {
                TimexKind::Duration
            }
            _ => TimexKind::Date,
        }
    }
}

/// `which` words count from the document (−1 to 1) or, ten more, from the text (9 to 11).
fn steps_of(which: i32) -> (i32, From) {
    if which > 5 { (which - 10, From::Text) } else { (which, From::Document) }
}

fn shift(unit: Unit, steps: i32, from: From) -> Sense {
    let amount = Amount::Tenths(i64::from(steps.abs()) * 10);
    Sense::Shift { unit, steps: amount, backwards: steps < 0, from }
}

/// The meaning of what a pattern met; `None` where the numbers make none.
pub(super) fn sense(
    words: &Words<'_>,
    pattern: &Pattern,
    captures: &Captures,
    range: Range<usize>,
) -> Vec<Found> {
    let first = range.start;
    if pattern.makes == Makes::Days {
        return days(captures, range);
    }
    let sense = meaning(words, pattern, captures, first);
    sense.map(|sense| Found { range, timex: sense.timex(), sense }).into_iter().collect()
}

/// Two days of one month: an expression each.
fn days(captures: &Captures, range: Range<usize>) -> Vec<Found> {
    let (month, year) = (month(captures), year(captures));
    let found = |day: i32, range: Range<usize>| {
        let day = i8::try_from(day).ok();
        let sense = Sense::Calendar { year, month, day, weekday: None };
        Found { range, timex: TimexKind::Date, sense }
    };
    let day = |n| captures.nth(Class::Day, n).or_else(|| captures.nth(Class::DayTh, n));
    match (day(0), day(1)) {
        (Some((one, at)), Some((other, behind))) => {
            vec![found(one, range.start..at + 1), found(other, behind..range.end)]
        }
        _ => Vec::new(),
    }
}

fn month(captures: &Captures) -> Option<i8> {
    let month = captures.get(Class::Month).or_else(|| captures.get(Class::MaybeMonth))?;
    i8::try_from(month).ok()
}

fn year(captures: &Captures) -> Option<i16> {
    i16::try_from(captures.get(Class::Year)?).ok()
}

fn which_year(captures: &Captures) -> WhichYear {
    match (year(captures), captures.get(Class::Which)) {
        (Some(year), _) => WhichYear::Year(year),
        (None, Some(which)) => WhichYear::Steps(steps_of(which).0),
        (None, None) => WhichYear::Untold,
    }
}

fn unit(captures: &Captures) -> Option<Unit> {
    let number = captures
        .get(Class::Unit)
        .or_else(|| captures.get(Class::Units))
        .or_else(|| captures.get(Class::BriefUnit));
    Unit::of(number?)
}

fn meaning(words: &Words<'_>, pattern: &Pattern, captures: &Captures, first: usize) -> Option<Sense> {
    let which = captures.get(Class::Which);
    let half = pattern.value.as_deref() == Some("half");
    let several = captures.nth(Class::Units, 0).is_some();
    let told = captures.amount.unwrap_or(if several { Amount::Unknown } else { Amount::ONE });
    let amount = if half { Amount::Tenths(15) } else { told };
    Some(match pattern.makes {
        Makes::Calendar => {
            let day = captures.get(Class::DayTh).or_else(|| captures.get(Class::Day));
            let day = day.or_else(|| captures.get(Class::Ordinal)).and_then(|day| i8::try_from(day).ok());
            let weekday = captures.get(Class::Weekday).and_then(|weekday| i8::try_from(weekday).ok());
            let (year, month) = (year(captures), month(captures));
            match (year, month, day, weekday) {
                (Some(year), None, None, None) if !is_year(words, first, year) => return None,
                (None, None, None, Some(weekday)) => {
                    Sense::Weekday { weekday, which: which.map(|which| steps_of(which).0) }
                }
                (None, Some(month), None, None) if which.is_some() => {
                    Sense::Month { month, which: which.map_or(0, |which| steps_of(which).0) }
                }
                (None, Some(month), None, None) if words.is_large(first) || words.is_large(first + 1) => {
                    Sense::Calendar { year, month: Some(month), day, weekday }
                }
                (_, Some(month), Some(day), _)
                    if super::calendar::day(year.unwrap_or(2000), month, day).is_none() =>
                {
                    return None;
                }
                _ => Sense::Calendar { year, month, day, weekday },
            }
        }
        Makes::MonthOfYear => {
            let day = captures.get(Class::DayTh).or_else(|| captures.get(Class::Day));
            let day = day.and_then(|day| i8::try_from(day).ok());
            Sense::MonthOf { year: which_year(captures), month: month(captures)?, day }
        }
        Makes::YearBound => {
            shift(unit(captures).unwrap_or(Unit::Year), steps_of(which.unwrap_or(0)).0, From::Document)
        }
        Makes::Days => return None,
        Makes::DayOfMonth => Sense::DayOfMonth(i8::try_from(captures.get(Class::DayTh)?).ok()?),
        Makes::Decade => {
            let years = match (
                captures.get(Class::DecadeDigits),
                captures.get(Class::Year),
                captures.get(Class::Decades),
            ) {
                (Some(years), ..) if years < 100 => {
                    if years < 30 {
                        2000 + years
                    } else {
                        1900 + years
                    }
                }
                (Some(years), ..) | (None, Some(years), _) => years,
                (None, None, Some(years)) => 1900 + years,
                _ => return None,
            };
            if years % 10 != 0 {
                return None;
            }
            // "The 1800s" are a century where no decade is likelier.
            if years % 100 == 0 && years < 2000 {
                Sense::Century(i16::try_from(years / 100).ok()?)
            } else {
                Sense::Decade(i16::try_from(years / 10).ok()?)
            }
        }
        Makes::Century => {
            let tens = captures.get(Class::Tens).unwrap_or(0);
            let number = tens + captures.get(Class::Ordinal).or_else(|| captures.get(Class::DayTh))?;
            if !(1..=30).contains(&number) {
                return None;
            }
            Sense::Century(i16::try_from(number - 1).ok()?)
        }
        Makes::Season => {
            let season = captures.get(Class::Season)?;
            Sense::Season {
                season,
                year: year(captures).map_or(WhichYear::Untold, WhichYear::Year),
                which: which.map(|which| steps_of(which).0),
            }
        }
        Makes::Quarter => {
            let quarter = captures
                .get(Class::Quarter)
                .or_else(|| captures.get(Class::Ordinal))
                .or_else(|| captures.get(Class::DayTh))?;
            if !(1..=4).contains(&quarter) {
                return None;
            }
            Sense::Quarter { quarter, year: which_year(captures) }
        }
        Makes::Half => Sense::Half {
            half: captures.get(Class::Ordinal).filter(|half| (1..=2).contains(half))?,
            year: which_year(captures),
        },
        Makes::Fiscal => Sense::Fiscal(match which_year(captures) {
            WhichYear::Untold => {
                let short = captures.nth(Class::Day, 0).map(|(short, _)| full_year(short));
                short.and_then(|year| i16::try_from(year).ok()).map_or(WhichYear::Steps(0), WhichYear::Year)
            }
            told => told,
        }),
        Makes::Holiday => Sense::Holiday { holiday: captures.holiday?, year: which_year(captures) },
        Makes::NumericDate => {
            let (year, month, day) = captures.date?;
            Sense::Calendar { year: Some(year), month: Some(month), day: Some(day), weekday: None }
        }
        Makes::DayWord => shift(Unit::Day, captures.get(Class::DayWord)?, From::Document),
        Makes::Shift => {
            let value: i32 = pattern.value.as_ref().and_then(|value| value.parse().ok()).unwrap_or(0);
            shift(unit(captures)?, value, From::Document)
        }
        Makes::Which => {
            let (steps, from) = steps_of(which?);
            shift(unit(captures)?, steps, from)
        }
        Makes::Ago if pattern.value.as_deref() == Some("25") => shift(Unit::Year, -25, From::Document),
        Makes::Ago => {
            Sense::Shift { unit: unit(captures)?, steps: amount, backwards: true, from: From::Document }
        }
        Makes::Ahead => {
            Sense::Shift { unit: unit(captures)?, steps: amount, backwards: false, from: From::Document }
        }
        Makes::Earlier => {
            Sense::Shift { unit: unit(captures)?, steps: amount, backwards: true, from: From::Text }
        }
        Makes::Later => {
            Sense::Shift { unit: unit(captures)?, steps: amount, backwards: false, from: From::Text }
        }
        Makes::Span => Sense::Duration { amount, unit: unit(captures)? },
        Makes::Set => {
            let unit = captures.get(Class::Often).and_then(Unit::of).or_else(|| unit(captures));
            let unit = unit.or_else(|| captures.get(Class::Part).map(|_| Unit::Day))?;
            let doubled = pattern.value.as_deref() == Some("2");
            Sense::Set {
                amount: if doubled { Amount::Tenths(20) } else { captures.amount.unwrap_or(Amount::ONE) },
                unit,
            }
        }
        Makes::SetWeekday => {
            let weekday = captures.get(Class::Weekdays).or_else(|| captures.get(Class::Weekday))?;
            Sense::SetWeekday(i8::try_from(weekday).ok()?)
        }
        Makes::Clock => Sense::Time { day: None, time: TimeOfDay::Clock(captures.clock?) },
        Makes::Part => {
            let time = TimeOfDay::Part(captures.get(Class::Part)?);
            let day = which.map(steps_of).map(|(steps, from)| Box::new(shift(Unit::Day, steps, from)));
            let day = day.or_else(|| {
                pattern
                    .value
                    .as_ref()?
                    .parse()
                    .ok()
                    .map(|steps| Box::new(shift(Unit::Day, steps, From::Document)))
            });
            Sense::Time { day, time }
        }
        Makes::PartToday => {
            Sense::Time { day: Some(Box::new(shift(Unit::Day, 0, From::Document))), time: TimeOfDay::Part(4) }
        }
        Makes::Fixed => Sense::Fixed(pattern.value.clone()?),
        Makes::Lead => Sense::Lead(pattern.value.as_ref().and_then(|half| half.parse().ok())),
        Makes::Nothing => Sense::Nothing,
    })
}

/// Whether four digits that stand alone are a year: those of the last and the coming decades unless something speaks
/// against it, others only where the words before ask for a year.
fn is_year(words: &Words<'_>, at: usize, year: i16) -> bool {
    let before = at.checked_sub(1).map_or("", |before| words.word(before));
    if words.is_joined(at) && at > 0 {
        let range = matches!(before, "-" | "–" | "/") && at > 1 && words.is(at - 2, Class::Year);
        let mark = matches!(before, "(" | "[" | "“" | "\"" | "‘" | "'" | "—");
        let mid = before == "-" && words.word(at.wrapping_sub(2)).eq_ignore_ascii_case("mid");
        if !(range || mark || mid) {
            return false;
        }
    }
    // "1998X", "2000-strong".
    let plural_noun = |i: usize| {
        let word = words.word(i);
        word.ends_with('s') && word.len() > 3 && word.bytes().all(|byte| byte.is_ascii_lowercase())
    };
    if (1900..2060).contains(&year) {
        return true;
    }
    let before_is = |class: Class| at.checked_sub(1).is_some_and(|before| words.is(before, class));
    let asked = before_is(Class::Preposition) || matches!(before, "(" | "[" | "-" | "–");
    (asked || (1600..1900).contains(&year) && !before_is(Class::Approximately)) && !plural_noun(at + 1)
}
