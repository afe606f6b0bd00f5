//! Days, and what a TIMEX3 value covers of them.

use jiff::ToSpan;
use jiff::civil::{Date, ISOWeekDate, Weekday};

/// A day of the calendar.
pub(super) type Day = Date;

/// The day, if there is one.
pub(super) fn day(year: i16, month: i8, day: i8) -> Option<Day> {
    Date::new(year, month, day).ok()
}

/// Monday is 1.
pub(super) fn weekday_of(day: Day) -> i8 {
    day.weekday().to_monday_one_offset()
}

/// The weekday in its `place` of a month, counted from the end when negative.
pub(super) fn weekday_in_month(year: i16, month: i8, weekday: i8, place: i8) -> Option<Day> {
    day(year, month, 1)?.nth_weekday_of_month(place, Weekday::from_monday_one_offset(weekday).ok()?).ok()
}

/// The year and number of the ISO week of a day.
pub(super) fn week(day: Day) -> (i16, i8) {
    let week = day.iso_week_date();
    (week.year(), week.week())
}

fn week_days(year: i16, week: i8, first: Weekday) -> Option<(Day, Day)> {
    let from = ISOWeekDate::new(year, week, first).ok()?.date();
    let to = ISOWeekDate::new(year, week, Weekday::Sunday).ok()?.date();
    Some((from, to))
}

/// The months of a season, those of its year: the last of winter are in the next.
const SEASONS: [(&str, i8); 4] = [("SP", 3), ("SU", 6), ("FA", 9), ("WI", 12)];

/// The first and last day of a value that names days, months, years or parts of them.
pub(super) fn days_of(value: &str) -> Option<(Day, Day)> {
    let value = value.split('T').next()?;
    let mut parts = value.splitn(3, '-');
    let (first, second, third) = (parts.next()?, parts.next(), parts.next());
    if !first.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number: i16 = first.parse().ok()?;
    let years = match first.len() {
        4 => (number, number),
        3 => (number * 10, number * 10 + 9),
        2 => (number * 100, number * 100 + 99),
        _ => return None,
    };
    let Some(second) = second else { return Some((day(years.0, 1, 1)?, day(years.1, 12, 31)?)) };
    let year = years.0;
    if first.len() != 4 {
        return None;
    }
    if let Some(week) = second.strip_prefix('W').filter(|week| week.starts_with(|c: char| c.is_ascii_digit()))
    {
        let from = if third == Some("WE") { Weekday::Saturday } else { Weekday::Monday };
        return week_days(year, week.parse().ok()?, from);
    }
    let months = |from: i8, count: i32| {
        let from = day(year, from, 1)?;
        Some((from, from.checked_add((count - 1).months()).ok()?.last_of_month()))
    };
    if let Some(quarter) = second.strip_prefix('Q') {
        let quarter: i8 = quarter.parse().ok().filter(|quarter| (1..=4).contains(quarter))?;
        return months(quarter * 3 - 2, 3);
    }
    if let Some(half) = second.strip_prefix('H') {
        let half: i8 = half.parse().ok().filter(|half| (1..=2).contains(half))?;
        return months(half * 6 - 5, 6);
    }
    if let Some((_, first)) = SEASONS.iter().find(|(name, _)| *name == second) {
        return months(*first, 3);
    }
    let month: i8 = second.parse().ok()?;
    match third {
        Some(of) => day(year, month, of.parse().ok()?).map(|day| (day, day)),
        None => months(month, 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_cover_their_days() {
        for (value, from, to) in [
            ("2015", "2015-01-01", "2015-12-31"),
            ("2016-02", "2016-02-01", "2016-02-29"),
            ("2021-01-12", "2021-01-12", "2021-01-12"),
            ("2021-01-12TNI", "2021-01-12", "2021-01-12"),
            ("2021-W01", "2021-01-04", "2021-01-10"),
            ("2021-W01-WE", "2021-01-09", "2021-01-10"),
            ("2019-Q3", "2019-07-01", "2019-09-30"),
            ("2019-H2", "2019-07-01", "2019-12-31"),
            ("2019-WI", "2019-12-01", "2020-02-29"),
            ("199", "1990-01-01", "1999-12-31"),
            ("18", "1800-01-01", "1899-12-31"),
        ] {
            let found = days_of(value).map(|(from, to)| (from.to_string(), to.to_string()));
            assert_eq!(found, Some((from.to_owned(), to.to_owned())), "{value}");
        }
        for value in ["PAST_REF", "P2Y", "T08:30", "2021-02-30", "FY2013", "2021-W60", ""] {
            assert_eq!(days_of(value), None, "{value}");
        }
    }
}
