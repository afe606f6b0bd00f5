//! Years of birth, as lists and people write them.

/// The first and last year that somebody can have been born in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Years {
    pub(super) first: u16,
    pub(super) last: u16,
}

/// How many years "circa" may be off.
const CIRCA: u16 = 2;

/// The years of "1970", "02 Mar 1980", "circa 1965", "1957 to 1962", "1980-03-02" and the like.
pub(super) fn years(text: &str) -> Option<Years> {
    let mut found: Option<Years> = None;
    for digits in text.split(|c: char| !c.is_ascii_digit()) {
        let Some(year) =
            digits.parse::<u16>().ok().filter(|year| digits.len() == 4 && (1850..2100).contains(year))
        else {
            continue;
        };
        let years = found.get_or_insert(Years { first: year, last: year });
        *years = Years { first: years.first.min(year), last: years.last.max(year) };
    }
    let about =
        ["circa", "approx", "about", "ca."].iter().any(|word| text.to_ascii_lowercase().contains(word));
    let by = if about { CIRCA } else { 0 };
    found.map(|years| Years { first: years.first - by, last: years.last + by })
}

/// How many years lie between two spans; none where they meet.
pub(super) fn apart(left: Years, right: Years) -> u16 {
    left.first.saturating_sub(right.last).max(right.first.saturating_sub(left.last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_found_in_any_wording() {
        let span = |first, last| Some(Years { first, last });
        for (text, wanted) in [
            ("1970", span(1970, 1970)),
            ("02 Mar 1980", span(1980, 1980)),
            ("1980-03-02", span(1980, 1980)),
            ("circa 1965", span(1963, 1967)),
            ("01 Jan 1957 to 31 Dec 1962", span(1957, 1962)),
            ("unknown", None),
            ("19700102", None),
            ("0012", None),
        ] {
            assert_eq!(years(text), wanted, "{text}");
        }
    }

    #[test]
    fn spans_that_meet_are_not_apart() {
        let of = |text| years(text).unwrap();
        assert_eq!(apart(of("1957 to 1962"), of("1960")), 0);
        assert_eq!(apart(of("1957"), of("1960")), 3);
        assert_eq!(apart(of("1960"), of("1957")), 3);
    }
}
