//! From meanings to values: which day, week or year an expression means, seen from the day of the document, from the times
//! told before it, and from the tense around it.

use super::amount::Amount;
use super::calendar::{Day, day, days_of, week, weekday_of};
use super::clock::Clock;
use super::direction::{Direction, direction};
use super::holiday::Holiday;
use super::sense::{Found, From, Sense, TimeOfDay, Unit, WhichYear};
use super::words::Words;
use jiff::ToSpan;
use onrecord_record::TimexKind;

/// Units that are counted from a day at most; beyond, a calendar has no days to tell.
const MOST_STEPS: i64 = 10_000;

/// Resolves the expressions of one text in their order.
pub(super) struct Resolver<'a, 'w> {
    words: &'a Words<'w>,
    /// The day of the document, where it is known.
    reference: Option<Day>,
    /// The day told last in the text.
    last_day: Option<Day>,
    /// The first day of the time told last.
    last: Option<Day>,
}

impl<'a, 'w> Resolver<'a, 'w> {
    pub(super) fn new(words: &'a Words<'w>, reference: Option<Day>) -> Self {
        Resolver { words, reference, last_day: None, last: None }
    }

    /// The value of the next expression.
    pub(super) fn value(&mut self, found: &Found) -> Option<String> {
        let value = self.value_of(&found.sense, found)?;
        if matches!(found.timex, TimexKind::Date | TimexKind::Time)
            && let Some((from, to)) = days_of(&value)
        {
            self.last = Some(from);
            if from == to {
                self.last_day = Some(from);
            }
        }
        Some(value)
    }

    fn direction(&self, found: &Found) -> Direction {
        direction(self.words, &found.range)
    }

    fn value_of(&self, sense: &Sense, found: &Found) -> Option<String> {
        match sense {
            Sense::Calendar { year, month, day, weekday } => {
                self.calendar(*year, *month, *day, *weekday, found)
            }
            Sense::DayOfMonth(of) => self.day_of_month(*of, found).map(|day| day.to_string()),
            Sense::Weekday { weekday, which } => {
                self.weekday(*weekday, *which, found).map(|day| day.to_string())
            }
            Sense::Month { month, which } => self.month(*month, *which),
            Sense::MonthOf { year, month, day: of } => {
                let year = self.year(*year)?;
                match of {
                    Some(of) => day(year, *month, *of).map(|day| day.to_string()),
                    None => Some(format!("{year:04}-{month:02}")),
                }
            }
            Sense::Decade(years) => Some(format!("{years:03}")),
            Sense::Century(years) => Some(format!("{years:02}")),
            Sense::Season { season, year, which } => self.season(*season, *year, *which, found),
            Sense::Quarter { quarter, year } => {
                let year = match self.year(*year) {
                    Some(year) => year,
                    None => self.quarter_year(*quarter, found)?,
                };
                Some(format!("{year:04}-Q{quarter}"))
            }
            Sense::Half { half, year } => {
                Some(format!("{:04}-H{half}", self.year(*year).or_else(|| Some(self.reference?.year()))?))
            }
            Sense::Fiscal(year) => Some(format!("FY{:04}", self.year(*year)?)),
            Sense::Holiday { holiday, year } => {
                self.holiday(*holiday, *year, found).map(|day| day.to_string())
            }
            Sense::Shift { unit, steps, backwards, from } => self.shift(*unit, *steps, *backwards, *from),
            Sense::Duration { amount, unit } => length(*amount, *unit),
            Sense::Set { amount, unit } => length(*amount, *unit),
            Sense::SetWeekday(weekday) => Some(format!("XXXX-WXX-{weekday}")),
            Sense::Time { day, time } => {
                let date = match day {
                    Some(day) => self.value_of(day, found),
                    None => self.last_day.or(self.reference).map(|day| day.to_string()),
                };
                Some(format!("{}{}", date.unwrap_or_default(), time_of_day(*time)))
            }
            Sense::Fixed(value) => Some(value.clone()),
            Sense::Lead(_) | Sense::Nothing => None,
        }
    }

    fn year(&self, year: WhichYear) -> Option<i16> {
        match year {
            WhichYear::Year(year) => Some(year),
            WhichYear::Steps(steps) => self.reference?.year().checked_add(i16::try_from(steps).ok()?),
            WhichYear::Untold => None,
        }
    }

    fn calendar(
        &self,
        year: Option<i16>,
        month: Option<i8>,
        of: Option<i8>,
        weekday: Option<i8>,
        found: &Found,
    ) -> Option<String> {
        match (year, month, of) {
            (Some(year), None, _) => Some(format!("{year:04}")),
            (Some(year), Some(month), None) => Some(format!("{year:04}-{month:02}")),
            (Some(year), Some(month), Some(of)) => day(year, month, of).map(|day| day.to_string()),
            (None, Some(month), None) => {
                let Some(reference) = self.reference else { return Some(format!("XXXX-{month:02}")) };
                let ahead = match self.direction(found) {
                    Direction::Past => -i16::from(month > reference.month()),
                    Direction::Future => i16::from(month < reference.month()),
                };
                Some(format!("{:04}-{month:02}", reference.year() + ahead))
            }
            (None, Some(month), Some(of)) => {
                let Some(reference) = self.reference else { return Some(format!("XXXX-{month:02}-{of:02}")) };
                let years = (-1..=1).filter_map(|ahead| day(reference.year() + ahead, month, of));
                let years: Vec<Day> = years.collect();
                let of_weekday = || years.iter().filter(|day| Some(weekday_of(**day)) == weekday);
                let nearest = |days: &mut dyn Iterator<Item = &Day>| {
                    days.min_by_key(|day| distance(reference, **day)).copied()
                };
                if let Some(day) = nearest(&mut of_weekday()) {
                    return Some(day.to_string());
                }
                // The day after the report is often told of as if it were past already.
                let towards = match self.direction(found) {
                    Direction::Past => years.iter().rev().find(|day| **day <= reference),
                    Direction::Future => years.iter().find(|day| **day >= reference),
                };
                towards.copied().or_else(|| nearest(&mut years.iter())).map(|day| day.to_string())
            }
            _ => None,
        }
    }

    fn day_of_month(&self, of: i8, found: &Found) -> Option<Day> {
        let reference = self.reference?;
        let month = |steps: i32| {
            let first = reference.first_of_month().checked_add(steps.months()).ok()?;
            day(first.year(), first.month(), of)
        };
        match self.direction(found) {
            Direction::Past => month(0).filter(|day| *day <= reference).or_else(|| month(-1)),
            Direction::Future => month(0).filter(|day| *day >= reference).or_else(|| month(1)),
        }
    }

    fn weekday(&self, weekday: i8, which: Option<i32>, found: &Found) -> Option<Day> {
        let reference = self.reference?;
        let back = i32::from((weekday_of(reference) - weekday).rem_euclid(7));
        let ahead = i32::from((weekday - weekday_of(reference)).rem_euclid(7));
        let steps = match which {
            Some(..=-1) => -if back == 0 { 7 } else { back },
            Some(1..) => {
                if ahead == 0 {
                    7
                } else {
                    ahead
                }
            }
            _ => match self.direction(found) {
                Direction::Past => -back,
                Direction::Future => ahead,
            },
        };
        reference.checked_add(steps.days()).ok()
    }

    fn month(&self, month: i8, which: i32) -> Option<String> {
        let reference = self.reference?;
        let year = reference.year()
            + match which {
                ..=-1 => -i16::from(month >= reference.month()),
                1.. => i16::from(month <= reference.month()),
                0 => 0,
            };
        Some(format!("{year:04}-{month:02}"))
    }

    fn season(&self, season: i32, year: WhichYear, which: Option<i32>, found: &Found) -> Option<String> {
        let name = match season {
            1 => "SP",
            2 => "SU",
            3 => "FA",
            _ => "WI",
        };
        let of = |year: i16| format!("{year:04}-{name}");
        if let Some(year) = self.year(year) {
            return Some(of(year));
        }
        let reference = self.reference?;
        let this = reference.year();
        let days = |year: i16| days_of(&of(year));
        let year = match which {
            Some(..=-1) => {
                (this - 2..=this).rev().find(|year| days(*year).is_some_and(|(_, to)| to < reference))
            }
            Some(1..) => {
                (this - 1..=this + 1).find(|year| days(*year).is_some_and(|(from, _)| from > reference))
            }
            Some(0) => Some(this),
            None => match self.direction(found) {
                Direction::Past => (this - 1..=this)
                    .rev()
                    .find(|year| days(*year).is_some_and(|(from, _)| from <= reference)),
                Direction::Future => {
                    (this - 1..=this + 1).find(|year| days(*year).is_some_and(|(_, to)| to >= reference))
                }
            },
        };
        year.map(of)
    }

    /// The year of a quarter that no year is told for: the last that has begun, or the next that has not ended.
    fn quarter_year(&self, quarter: i32, found: &Found) -> Option<i16> {
        let reference = self.reference?;
        let this = i32::from(reference.month() + 2) / 3;
        let ahead = match self.direction(found) {
            Direction::Past => -i16::from(quarter > this),
            Direction::Future => i16::from(quarter < this),
        };
        Some(reference.year() + ahead)
    }

    fn holiday(&self, holiday: Holiday, year: WhichYear, found: &Found) -> Option<Day> {
        if let Holiday::Once { year, .. } = holiday {
            return holiday.in_year(year);
        }
        if let WhichYear::Year(year) = year {
            return holiday.in_year(year);
        }
        let reference = self.reference?;
        let this = reference.year();
        let before = |day: &Day| *day < reference;
        match year {
            WhichYear::Steps(..=-1) => {
                (this - 1..=this).rev().filter_map(|year| holiday.in_year(year)).find(before)
            }
            WhichYear::Steps(1..) => {
                (this..=this + 1).filter_map(|year| holiday.in_year(year)).find(|day| *day > reference)
            }
            WhichYear::Steps(_) => holiday.in_year(this),
            _ => match self.direction(found) {
                Direction::Past => (this - 1..=this)
                    .rev()
                    .filter_map(|year| holiday.in_year(year))
                    .find(|day| *day <= reference),
                Direction::Future => {
                    (this..=this + 1).filter_map(|year| holiday.in_year(year)).find(|day| *day >= reference)
                }
            },
        }
    }

    fn shift(&self, unit: Unit, steps: Amount, backwards: bool, from: From) -> Option<String> {
        let Amount::Tenths(tenths) = steps else {
            // Of the document's day that is all that is known, of another not even that.
            let reference = if backwards { "PAST_REF" } else { "FUTURE_REF" };
            return (from == From::Document).then(|| reference.to_owned());
        };
        let base = match from {
            From::Document => self.reference?,
            From::Text if unit <= Unit::Weekend => self.last_day.or(self.reference)?,
            From::Text => self.last.or(self.reference)?,
        };
        let tenths = if backwards { -tenths } else { tenths };
        // "2.5 million years ago" is no day of a calendar.
        if tenths.abs() >= 10 * MOST_STEPS {
            return None;
        }
        let whole = (tenths % 10 == 0).then_some(tenths / 10);
        match (unit, whole) {
            (_, Some(steps)) => shifted(base, unit, i32::try_from(steps).ok()?),
            (Unit::Year, None) => shifted(base, Unit::Month, i32::try_from(tenths * 12 / 10).ok()?),
            (Unit::Month, None) => shifted(base.checked_add((tenths * 61 / 20).days()).ok()?, Unit::Month, 0),
            (Unit::Hour | Unit::Minute, None) => Some(base.to_string()),
            _ => None,
        }
    }
}

fn distance(one: Day, other: Day) -> i32 {
    (one - other).get_days().abs()
}

/// The value so many units from a day on, as coarse as the unit.
fn shifted(base: Day, unit: Unit, steps: i32) -> Option<String> {
    let months = |steps: i32| base.first_of_month().checked_add(steps.months()).ok();
    let days = |steps: i32| base.checked_add(steps.days()).ok();
    let year = || base.year().checked_add(i16::try_from(steps).ok()?).filter(|year| *year > 0);
    match unit {
        Unit::Second | Unit::Minute => Some(base.to_string()),
        Unit::Hour => days(steps / 24).map(|day| day.to_string()),
        Unit::Day | Unit::Night => days(steps).map(|day| day.to_string()),
        Unit::Week | Unit::Fortnight => {
            let weeks = if unit == Unit::Fortnight { steps * 2 } else { steps };
            let (year, week) = week(days(weeks * 7)?);
            Some(format!("{year:04}-W{week:02}"))
        }
        Unit::Weekend => {
            let (year, week) = week(days(steps * 7)?);
            Some(format!("{year:04}-W{week:02}-WE"))
        }
        Unit::Month => months(steps).map(|day| format!("{:04}-{:02}", day.year(), day.month())),
        Unit::Quarter => months(steps * 3).map(|day| format!("{:04}-Q{}", day.year(), (day.month() + 2) / 3)),
        Unit::Year => year().map(|year| format!("{year:04}")),
        Unit::Decade => {
            u16::try_from(i32::from(base.year()) / 10 + steps).ok().map(|decade| format!("{decade:03}"))
        }
        Unit::Century => {
            u16::try_from(i32::from(base.year()) / 100 + steps).ok().map(|century| format!("{century:02}"))
        }
    }
}

/// The value of a length: "P2Y", "PT30M", "P2DE", "PXM".
fn length(amount: Amount, unit: Unit) -> Option<String> {
    let (time, letters, minutes) = match unit {
        Unit::Second => ("T", "S", 0),
        Unit::Minute => ("T", "M", 0),
        Unit::Hour => ("T", "H", 60),
        Unit::Day | Unit::Night => ("", "D", 0),
        Unit::Week => ("", "W", 0),
        Unit::Weekend => ("", "WE", 0),
        Unit::Month => ("", "M", 0),
        Unit::Quarter => ("", "Q", 0),
        Unit::Year => ("", "Y", 0),
        Unit::Decade => ("", "DE", 0),
        Unit::Century => ("", "CE", 0),
        Unit::Fortnight => ("", "W", 2),
    };
    Some(match amount {
        Amount::Unknown => format!("P{time}X{letters}"),
        Amount::Tenths(tenths) if unit == Unit::Fortnight => format!("P{}W", tenths * 2 / 10),
        Amount::Tenths(5) if minutes == 60 => "PT30M".to_owned(),
        Amount::Tenths(5) if unit == Unit::Year => "P6M".to_owned(),
        Amount::Tenths(5) if unit == Unit::Century => "P50Y".to_owned(),
        Amount::Tenths(5) if unit == Unit::Decade => "P5Y".to_owned(),
        Amount::Tenths(tenths) if tenths % 10 == 0 => format!("P{time}{}{letters}", tenths / 10),
        Amount::Tenths(tenths) => format!("P{time}{}.{}{letters}", tenths / 10, tenths % 10),
    })
}

fn time_of_day(time: TimeOfDay) -> String {
    match time {
        TimeOfDay::Clock(Clock { hour, minute, second, universal }) => {
            let mut out = format!("T{hour:02}:{:02}", minute.unwrap_or(0));
            if let Some(second) = second {
                out.push_str(&format!(":{second:02}"));
            }
            if universal {
                out.push('Z');
            }
            out
        }
        TimeOfDay::Part(part) => match part {
            1 => "TMO",
            2 => "TAF",
            3 => "TEV",
            4 => "TNI",
            5 => "T12:00",
            6 => "T24:00",
            _ => "TDT",
        }
        .to_owned(),
    }
}
