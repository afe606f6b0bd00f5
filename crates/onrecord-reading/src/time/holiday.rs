//! Holidays whose day the calendar tells.

use super::calendar::{Day, day, weekday_in_month};
use jiff::ToSpan;

/// On which day of a year a holiday is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holiday {
    /// "12-25".
    Fixed { month: i8, day: i8 },
    /// "11-4-4+1": of November the fourth Thursday, and a day later. A negative place counts from the month's end.
    Weekday { month: i8, weekday: i8, place: i8, later: i32 },
    /// "easter-2": from Easter Sunday.
    Easter { later: i32 },
    /// "2001-09-11": one day of one year.
    Once { year: i16, month: i8, day: i8 },
}

impl Holiday {
    /// Reads the notation of the rules file.
    pub(super) fn parse(written: &str) -> Option<Self> {
        if let Some(later) = written.strip_prefix("easter") {
            let later = if later.is_empty() { 0 } else { later.parse().ok()? };
            return Some(Holiday::Easter { later });
        }
        let (written, later) = match written.split_once('+') {
            Some((written, later)) => (written, later.parse().ok()?),
            None => (written, 0),
        };
        let parts: Vec<&str> = written.splitn(3, '-').collect();
        match parts[..] {
            [year, month, day] if year.len() == 4 => Some(Holiday::Once {
                year: year.parse().ok()?,
                month: month.parse().ok()?,
                day: day.parse().ok()?,
            }),
            [month, weekday, place] => Some(Holiday::Weekday {
                month: month.parse().ok()?,
                weekday: weekday.parse().ok()?,
                place: place.parse().ok()?,
                later,
            }),
            [month, day] => Some(Holiday::Fixed { month: month.parse().ok()?, day: day.parse().ok()? }),
            _ => None,
        }
    }

    /// Its day in a year.
    pub(super) fn in_year(self, year: i16) -> Option<Day> {
        match self {
            Holiday::Fixed { month, day: of } => day(year, month, of),
            Holiday::Weekday { month, weekday, place, later } => {
                weekday_in_month(year, month, weekday, place)?.checked_add(later.days()).ok()
            }
            Holiday::Easter { later } => easter(year)?.checked_add(later.days()).ok(),
            Holiday::Once { year, month, day: of } => day(year, month, of),
        }
    }
}

/// Easter Sunday of the Gregorian calendar (Butcher 1876).
fn easter(year: i16) -> Option<Day> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e, f) = (b / 4, b % 4, (b + 8) / 25);
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    day(year, i8::try_from(n / 31).ok()?, i8::try_from(n % 31 + 1).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holidays_fall_on_their_days() {
        for (written, year, expected) in [
            ("12-25", 2020, "2020-12-25"),
            ("11-4-4", 2020, "2020-11-26"),
            ("11-4-4+1", 2020, "2020-11-27"),
            ("5-1--1", 2021, "2021-05-31"),
            ("easter", 2024, "2024-03-31"),
            ("easter-2", 2021, "2021-04-02"),
            ("2001-09-11", 2020, "2001-09-11"),
        ] {
            let found = Holiday::parse(written).and_then(|holiday| holiday.in_year(year));
            assert_eq!(found.map(|day| day.to_string()).as_deref(), Some(expected), "{written}");
        }
        assert_eq!(Holiday::parse("soon"), None);
    }
}
