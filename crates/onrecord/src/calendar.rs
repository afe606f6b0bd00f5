//! Days and stretches of days, as far as a timeline needs them.

/// A day of the Gregorian calendar, also before there was one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Day {
    year: i32,
    month: i32,
    day: i32,
}

/// A stretch of days, both ends inside. One end may be open; a stretch open at both is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Stretch {
    Until(Day),
    Between(Day, Day),
    From(Day),
}

impl Day {
    /// From "2021-03-04" to the day; "2021-03" and "2021" give their first or last one.
    fn parse(text: &str, last: bool) -> Option<Day> {
        let mut parts = text.split('-');
        let mut number = |length: usize| -> Option<Option<i32>> {
            match parts.next() {
                None => Some(None),
                Some(part) if part.len() == length && part.bytes().all(|it| it.is_ascii_digit()) => {
                    Some(part.parse().ok())
                }
                Some(_) => None,
            }
        };
        let (year, month, day) = (number(4)??, number(2)?, number(2)?);
        if parts.next().is_some() {
            return None;
        }
        let month = month.unwrap_or(if last { 12 } else { 1 });
        if !(1..=12).contains(&month) {
            return None;
        }
        let length = month_length(year, month);
        let day = day.unwrap_or(if last { length } else { 1 });
        (1..=length).contains(&day).then_some(Day { year, month, day })
    }

    /// Days since the first of March of the year 0.
    pub(crate) fn number(self) -> i32 {
        // Years are counted from March, so that the leap day is the last of its year.
        let year = self.year - i32::from(self.month < 3);
        let month = (self.month + 9) % 12;
        year * 365 + year.div_euclid(4) - year.div_euclid(100)
            + year.div_euclid(400)
            + (month * 153 + 2) / 5
            + self.day
            - 1
    }

    /// The year where the day is its first, or its last.
    fn year(self, last: bool) -> Option<String> {
        let bounds = (self.month, self.day) == if last { (12, 31) } else { (1, 1) };
        bounds.then(|| format!("{:04}", self.year))
    }

    /// The month, likewise.
    fn month(self, last: bool) -> Option<String> {
        let bounds = self.day == if last { month_length(self.year, self.month) } else { 1 };
        bounds.then(|| format!("{:04}-{:02}", self.year, self.month))
    }

    fn iso(self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

fn month_length(year: i32, month: i32) -> i32 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl Stretch {
    /// From ISO dates; nothing where neither is one, or where they run backwards.
    pub(crate) fn new(from: Option<&str>, to: Option<&str>) -> Option<Stretch> {
        let from = from.and_then(|from| Day::parse(from, false));
        match (from, to.and_then(|to| Day::parse(to, true))) {
            (Some(from), Some(to)) => (from <= to).then_some(Stretch::Between(from, to)),
            (Some(from), None) => Some(Stretch::From(from)),
            (None, Some(to)) => Some(Stretch::Until(to)),
            (None, None) => None,
        }
    }

    /// The day, where it is one.
    pub(crate) fn day(self) -> Option<Day> {
        match self {
            Stretch::Between(from, to) if from == to => Some(from),
            _ => None,
        }
    }

    /// The ends that it has.
    pub(crate) fn ends(self) -> (Option<Day>, Option<Day>) {
        match self {
            Stretch::Until(to) => (None, Some(to)),
            Stretch::Between(from, to) => (Some(from), Some(to)),
            Stretch::From(from) => (Some(from), None),
        }
    }

    /// What stretches are ordered by: where they begin, and of those open there, where they end; the longer one first.
    pub(crate) fn order(self) -> (Day, std::cmp::Reverse<Option<Day>>) {
        match self {
            Stretch::Until(to) => (to, std::cmp::Reverse(Some(to))),
            Stretch::Between(from, to) => (from, std::cmp::Reverse(Some(to))),
            Stretch::From(from) => (from, std::cmp::Reverse(None)),
        }
    }

    /// "2020-08-07", "2020-08", "2015 – 2017", "2010s", "from 2015 on".
    pub(crate) fn words(self) -> String {
        match self {
            Stretch::Until(to) => format!("until {}", to.year(true).unwrap_or_else(|| to.iso())),
            Stretch::From(from) => {
                format!("from {} on", from.year(false).unwrap_or_else(|| from.iso()))
            }
            Stretch::Between(from, to) => match self.bounds() {
                (first, last) if first == last => first,
                (first, _) if first.len() == 4 && from.year % 10 == 0 && to.year == from.year + 9 => {
                    format!("{first}s")
                }
                (first, last) => format!("{first} – {last}"),
            },
        }
    }

    /// Both ends, in years or months where these are whole.
    fn bounds(self) -> (String, String) {
        let (Stretch::Until(from) | Stretch::From(from) | Stretch::Between(from, _)) = self;
        let (Stretch::Until(to) | Stretch::From(to) | Stretch::Between(_, to)) = self;
        if from == to {
            return (from.iso(), to.iso());
        }
        let years = from.year(false).zip(to.year(true));
        let months = || from.month(false).zip(to.month(true));
        years.or_else(months).unwrap_or_else(|| (from.iso(), to.iso()))
    }

    /// Where it begins, for an axis: "2015", "2020-08".
    pub(crate) fn beginning(self) -> String {
        match self {
            Stretch::Until(to) => to.year(true).unwrap_or_else(|| to.iso()),
            Stretch::From(from) => from.year(false).unwrap_or_else(|| from.iso()),
            Stretch::Between(..) => self.bounds().0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(from: &str, to: &str) -> Option<String> {
        Stretch::new(Some(from), Some(to)).map(Stretch::words)
    }

    #[test]
    fn a_stretch_is_said_as_shortly_as_it_can_be() {
        let said = |from, to| words(from, to).unwrap_or_default();
        assert_eq!(said("2020-08-07", "2020-08-07"), "2020-08-07");
        assert_eq!(said("2020-02-01", "2020-02-29"), "2020-02");
        assert_eq!(said("2021-02-01", "2021-02-28"), "2021-02");
        assert_eq!(said("2015-01-01", "2015-12-31"), "2015");
        assert_eq!(said("2010-01-01", "2019-12-31"), "2010s");
        assert_eq!(said("1961", "1964"), "1961 – 1964");
        assert_eq!(said("2018-12-01", "2019-02-28"), "2018-12 – 2019-02");
        assert_eq!(said("2021-03-01", "2021-03-03"), "2021-03-01 – 2021-03-03");
        assert_eq!(said("2015", ""), "from 2015 on");
        assert_eq!(said("", "2009-12-31"), "until 2009");
        assert_eq!(said("2021-03-04", "x"), "from 2021-03-04 on");
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in
            ["", "2021-13", "2021-02-29", "21", "2021-3-4", "2021-03-04T10", "-2021", "2021-03-04-05", "+021"]
        {
            assert_eq!(Stretch::new(Some(text), None), None, "{text}");
        }
        assert_eq!(words("2021-03-05", "2021-03-04"), None, "it runs backwards");
    }

    #[test]
    fn days_are_counted_without_gaps() {
        let number = |text| Day::parse(text, false).map(Day::number).unwrap_or_default();
        assert_eq!(number("1970-01-01") - number("0000-03-01"), 719_468);
        assert_eq!(number("2020-03-01") - number("2020-02-28"), 2);
        assert_eq!(number("1900-03-01") - number("1900-02-28"), 1);
        assert_eq!(number("2022-01-01") - number("2021-12-31"), 1);
    }

    proptest! {
        #[test]
        fn any_text_is_survived(from in "\\PC{0,12}|[0-9]{4}(-[0-9]{2}){0,2}", to in "[0-9]{4}(-[0-9]{2}){0,2}") {
            if let Some(stretch) = Stretch::new(Some(&from), Some(&to)) {
                prop_assert!(!stretch.words().is_empty());
                let (from, to) = stretch.ends();
                prop_assert!(from.is_none_or(|from| to.is_none_or(|to| from.number() <= to.number())));
            }
        }
    }
}
