//! Credits to news agencies and other outlets, by the data file `rules/wire-credits.toml`.

use serde::Deserialize;
use std::sync::LazyLock;

/// The rules as they stand in the file.
#[derive(Debug, Default, Deserialize)]
struct Rules {
    /// The known agencies.
    #[serde(default)]
    agency: Vec<Agency>,
    /// What stands behind an agency's name where a text closes with a credit.
    #[serde(default)]
    closing: Vec<Closing>,
    /// Openings and closings with the credit each holds.
    #[cfg(test)]
    example: Vec<Example>,
}

#[derive(Debug, Deserialize)]
struct Agency {
    /// As it is printed, the most telling form first.
    names: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Closing {
    /// The words before the name.
    #[serde(default)]
    before: String,
    /// The words behind it.
    #[serde(default)]
    behind: String,
}

#[cfg(test)]
#[derive(Debug, Deserialize)]
struct Example {
    text: String,
    /// Absent where the text holds none.
    credit: Option<String>,
}

static RULES: LazyLock<Rules> = LazyLock::new(|| {
    // A test reads the file strictly; a broken one must not stop a reading.
    toml::from_str(include_str!("../../../rules/wire-credits.toml")).unwrap_or_default()
});

/// The credit a text carries: in the dateline of one of its first paragraphs, as a line of its own at the head, or
/// in its last lines. As printed.
pub(crate) fn credit(text: &str) -> Option<String> {
    let head = text.lines().map(str::trim).filter(|line| !line.is_empty()).take(6);
    let tail = text.lines().rev().map(str::trim).filter(|line| !line.is_empty()).take(4);
    head.filter_map(|line| dateline(line).and_then(|dateline| dateline.credit).or_else(|| head_line(line)))
        .next()
        .or_else(|| tail.filter_map(closing).next())
}

/// The opening of a paragraph that says where, when and for whom it was written.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Dateline<'t> {
    /// The place, with a date where one stands behind it.
    pub(crate) place: &'t str,
    pub(crate) credit: Option<String>,
}

/// Reads "CITY (XX) —", "CITY, Jan 12 (XX) -", "(XX) —" and "CITY —".
pub(crate) fn dateline(line: &str) -> Option<Dateline<'_>> {
    let head_end = line.char_indices().nth(90).map_or(line.len(), |(at, _)| at);
    let head = line.get(..head_end)?;
    let dash = ["—", "–", "--", " - ", "- "].iter().filter_map(|dash| head.find(dash)).min();
    let before = dash.and_then(|at| head.get(..at)).map(str::trim);
    if let Some((place, credit)) =
        before.and_then(parenthesis).filter(|(_, credit)| looks_like_a_name(credit))
        && (is_place(place) || (is_agency(credit) && (place.is_empty() || is_capitalised(place))))
    {
        return Some(Dateline { place, credit: Some(credit.to_owned()) });
    }
    // "Springfield (AP) The mayor said": without a dash only a known agency before a new sentence makes a dateline.
    let bare = head.split_once(" (").and_then(|(place, rest)| Some((place, rest.split_once(')')?)));
    if let Some((place, (credit, sentence))) = bare
        && is_agency(credit)
        && is_capitalised(place)
        && place.split_whitespace().count() <= 3
        && is_capitalised(sentence.trim_start_matches([' ', '"', '“']))
    {
        return Some(Dateline { place, credit: Some(credit.to_owned()) });
    }
    before.filter(|place| is_place(place)).map(|place| Dateline { place, credit: None })
}

/// Splits "CITY (XX)"; the place may be empty.
fn parenthesis(text: &str) -> Option<(&str, &str)> {
    let (place, credit) = text.strip_suffix(')')?.rsplit_once('(')?;
    Some((place.trim(), credit.trim()))
}

/// Whether the first word is in capitals, as datelines print the place, and nothing in it ends a sentence.
fn is_place(text: &str) -> bool {
    let first = text.split([' ', ',', '/']).next().unwrap_or_default();
    let letters = first.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 2
        && !first.chars().any(char::is_lowercase)
        && text.chars().count() <= 70
        && text.split_whitespace().count() <= 8
        && !text.contains(['"', '“', ':', ';', '?', '!'])
        && text
            .split_whitespace()
            .all(|word| is_capitalised(word) || matches!(word, "of" | "de" | "and" | "the"))
}

/// Whether the word begins with a capital letter or a digit.
fn is_capitalised(text: &str) -> bool {
    text.chars().next().is_some_and(|first| first.is_uppercase() || first.is_ascii_digit())
}

/// Whether what stands in a dateline's parentheses can name an agency: "MP", "Reuters", "Meridian Press".
fn looks_like_a_name(text: &str) -> bool {
    let words = text.split_whitespace().count();
    is_agency(text)
        || (is_capitalised(text)
            && (1..=4).contains(&words)
            && (2..=40).contains(&text.chars().count())
            && !text.chars().any(|c| c.is_ascii_digit() || c == ','))
}

fn is_agency(text: &str) -> bool {
    RULES.agency.iter().any(|agency| agency.names.iter().any(|name| name == text))
}

/// A line at the head that is nothing but an agency's name, with or without "By".
fn head_line(line: &str) -> Option<String> {
    let line = line.strip_prefix("By ").or_else(|| line.strip_prefix("BY ")).unwrap_or(line);
    let name = line.trim_end_matches('.');
    // Initials alone can stand for much else on a line of their own.
    (is_agency(name) && name.chars().count() > 4).then(|| name.to_owned())
}

/// A closing line that credits an agency: "— Reuters", "The Associated Press contributed to this report."
fn closing(line: &str) -> Option<String> {
    if line.chars().count() > 240 {
        return None;
    }
    let alone = line.trim_matches(|c: char| "—–-() .".contains(c));
    if alone != line && is_agency(alone) {
        return Some(alone.to_owned());
    }
    let names =
        RULES.agency.iter().flat_map(|agency| &agency.names).filter(|name| line.contains(name.as_str()));
    let found = names.filter(|name| {
        RULES.closing.iter().any(|rule| {
            let phrase = [rule.before.as_str(), name, rule.behind.as_str()].concat();
            line.find(&phrase).is_some_and(|at| {
                let before = line.get(..at).and_then(|before| before.chars().next_back());
                before.is_none_or(|before| !before.is_alphanumeric())
            })
        })
    });
    found.max_by_key(|name| name.len()).cloned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_of_the_rules_holds() {
        let rules: Rules = toml::from_str(include_str!("../../../rules/wire-credits.toml")).unwrap();
        assert!(rules.example.iter().any(|example| example.credit.is_none()));
        for example in rules.example {
            assert_eq!(credit(&example.text), example.credit, "{}", example.text);
        }
    }
}
