//! Calendar dates as documents print them, read only where they can mean one day.

use jiff::civil::Date;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The day at the start of an ISO 8601 date or date and time ("2021-01-12T06:00Z"), or the month or year where it
/// says no more.
pub(crate) fn iso(text: &str) -> Option<String> {
    let text = text.trim();
    let mut parts = text.splitn(3, '-');
    let year = digits(parts.next()?, 4).filter(|year| is_year(*year))?;
    let Some(month) = parts.next() else { return Some(format!("{year:04}")) };
    let month = digits(month, 2).filter(|month| (1..=12).contains(month))?;
    let Some(rest) = parts.next() else { return Some(format!("{year:04}-{month:02}")) };
    if rest.as_bytes().get(2).copied().is_some_and(|next| next.is_ascii_digit()) {
        return None;
    }
    calendar(year, month, digits(rest.get(..2)?, 2)?)
}

/// A date of a metadata field: ISO 8601, "20210112", or written out.
pub(crate) fn field(text: &str) -> Option<String> {
    iso(text).or_else(|| compact(text.trim())).or_else(|| written(text))
}

/// The first date written with the month's name ("January 12, 2021", "12th Jan. 2021") or year first
/// ("2021-01-12", "2021/01/12"). "01/02/2021" means two days, depending on who writes it, and is not read.
pub(crate) fn written(text: &str) -> Option<String> {
    let words = words(text);
    words.windows(3).find_map(|window| {
        let &[a, b, c] = window else { return None };
        if !is_joined(text, a, b) || !is_joined(text, b, c) {
            return None;
        }
        let of = |(start, end): (usize, usize)| text.get(start..end).unwrap_or_default();
        if let Some(month) = month(of(a)) {
            return calendar(year(of(c))?, month, day(of(b))?);
        }
        if let Some(month) = month(of(b)) {
            return calendar(year(of(c))?, month, day(of(a))?);
        }
        let between = |left: (usize, usize), right: (usize, usize)| text.get(left.1..right.0);
        let mark = between(a, b).filter(|mark| ["-", "/", "."].contains(mark) && between(b, c) == Some(mark));
        mark.and_then(|_| calendar(year(of(a))?, digits(of(b), 2)?, digits(of(c).get(..2)?, 2)?))
    })
}

/// The first date in a file's name: 2021-01-12, 2021_01_12, 20210112 or written out.
pub(crate) fn in_name(name: &str) -> Option<String> {
    let runs = words(name);
    let of = |(start, end): (usize, usize)| name.get(start..end).unwrap_or_default();
    let spelled = runs.windows(3).find_map(|window| {
        let &[a, b, c] = window else { return None };
        let joined = |left: (usize, usize), right: (usize, usize)| {
            right.0 == left.1 + 1 && name.get(left.1..right.0).is_some_and(|mark| "-_. /".contains(mark))
        };
        if !joined(a, b) || !joined(b, c) {
            return None;
        }
        calendar(year(of(a))?, digits(of(b), 2)?, digits(of(c), 2)?)
    });
    let compact = || runs.iter().find_map(|run| compact(of(*run)));
    spelled.or_else(compact).or_else(|| written(&name.replace(['_', '-'], " ")))
}

fn compact(word: &str) -> Option<String> {
    digits(word, 8)?;
    calendar(year(word.get(..4)?)?, digits(word.get(4..6)?, 2)?, digits(word.get(6..)?, 2)?)
}

/// The runs of letters and digits in the head of `text`; an underscore parts them.
fn words(text: &str) -> Vec<(usize, usize)> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, character) in text.char_indices().take(2_000) {
        match (character.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                words.push((from, at));
                start = None;
            }
            _ => {}
        }
    }
    words.extend(start.map(|from| (from, text.len())));
    words
}

/// Whether only the marks that stand inside a date part two words.
fn is_joined(text: &str, left: (usize, usize), right: (usize, usize)) -> bool {
    let between = text.get(left.1..right.0).unwrap_or_default();
    between.len() <= 3 && between.chars().all(|c| matches!(c, ' ' | '\u{a0}' | ',' | '.' | '-' | '/'))
}

/// Whether the lower-case word names a month, in full or shortened.
pub(crate) fn is_month(word: &str) -> bool {
    month(word).is_some()
}

fn month(word: &str) -> Option<i16> {
    let word = word.to_lowercase();
    let is =
        |name: &str| name == word || name.get(..3) == Some(&word) || (word == "sept" && name == "september");
    MONTHS.iter().position(|name| is(name)).and_then(|at| i16::try_from(at + 1).ok())
}

fn day(word: &str) -> Option<i16> {
    let number = ["st", "nd", "rd", "th"].iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word);
    digits(number, 2).or_else(|| digits(number, 1))
}

fn year(word: &str) -> Option<i16> {
    digits(word, 4).filter(|year| is_year(*year))
}

fn is_year(year: i16) -> bool {
    (1600..2200).contains(&year)
}

/// `word` as a number, when it has exactly `count` digits and nothing else. Of eight digits only the form is checked.
fn digits(word: &str, count: usize) -> Option<i16> {
    if word.len() != count || !word.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    if count > 4 { Some(0) } else { word.parse().ok() }
}

fn calendar(year: i16, month: i16, day: i16) -> Option<String> {
    let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    Some(date.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_where_they_mean_one_day() {
        for text in [
            "January 12, 2021",
            "Published: Jan. 12, 2021, 6:00 a.m.",
            "12 January 2021",
            "Tue, 12 Jan 2021 06:00:00 GMT",
            "the 12th of 12th January, 2021",
            "2021-01-12T06:00Z",
            "2021/01/12",
        ] {
            assert_eq!(written(text).as_deref(), Some("2021-01-12"), "{text}");
        }
        for text in
            ["01/02/2021", "February 30, 2021", "May 2021 was", "in 2021", "12 apples 2021", "Jan 12", ""]
        {
            assert_eq!(written(text), None, "{text}");
        }
    }

    #[test]
    fn iso_dates_keep_the_precision_they_have() {
        assert_eq!(iso("2021-01-12T06:00:00-05:00").as_deref(), Some("2021-01-12"));
        assert_eq!(iso("2021-01").as_deref(), Some("2021-01"));
        assert_eq!(iso("2021").as_deref(), Some("2021"));
        assert_eq!(iso("2021-13"), None);
        assert_eq!(iso("2021-02-29"), None);
        assert_eq!(iso("2021-01-123"), None);
        assert_eq!(iso("1234"), None);
    }

    #[test]
    fn a_file_name_can_carry_the_date() {
        for name in ["paper_2021-01-12_mayor.txt", "2021_01_12.txt", "x20210112.txt", "ap-20210112-1.html"] {
            let expected = (!name.starts_with('x')).then_some("2021-01-12");
            assert_eq!(in_name(name).as_deref(), expected, "{name}");
        }
        assert_eq!(in_name("01-02-2021.txt"), None);
        assert_eq!(in_name("123456789.txt"), None);
    }
}
