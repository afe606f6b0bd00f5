//! Lines at the head of a text that name who publishes it, and what stands around a name in a byline.

use crate::date;

/// What the name of a paper, an agency or a public body ends with or holds.
#[rustfmt::skip]
const ORGANISATIONS: &[&str] = &[
    "agency", "assembly", "association", "authority", "beacon", "board", "bulletin", "bureau", "centre", "center",
    "chronicle", "commission", "committee", "council", "courier", "daily", "department", "dispatch", "echo",
    "examiner", "foundation", "gazette", "government", "guardian", "herald", "independent", "inquirer", "institute",
    "journal", "ledger", "magazine", "mercury", "ministry", "monitor", "news", "observer", "office", "parliament",
    "post", "press", "radio", "record", "register", "review", "sentinel", "service", "society", "standard",
    "telegraph", "times", "treasury", "tribune", "university", "weekly",
];

/// What people who write are.
const OFFICES: &[&str] =
    &["columnist", "contributor", "correspondent", "critic", "editor", "reporter", "writer"];

/// Whether the text looks like a name: few words, capitalised but for small ones, no digits, no end of a sentence.
pub(crate) fn is_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_capital = |word: &&str| word.chars().next().is_some_and(char::is_uppercase);
    let is_small = |word: &str| matches!(word, "of" | "the" | "for" | "and" | "&" | "on" | "de" | "la");
    (1..=8).contains(&words.len())
        && words.first().is_some_and(is_capital)
        && words.iter().all(|word| is_capital(word) || is_small(word))
        && text.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '\'' | '’' | '&' | '-' | ','))
}

/// The paper, agency or body that a line of the head names, without a day, series or programme behind a comma.
pub(crate) fn publisher(line: &str) -> Option<&str> {
    let (name, rest) = line.split_once(',').unwrap_or((line, ""));
    let is_part = [" Republic of ", " Kingdom of ", " State of "].iter().any(|of| rest.starts_with(of));
    let name = if is_part { line } else { name.trim_end() };
    let words: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
    // A club is where somebody spoke.
    let is_place = words.iter().any(|word| matches!(word.as_str(), "club" | "hall" | "house" | "by"));
    let names_one = words.iter().any(|word| ORGANISATIONS.contains(&word.trim_matches(',')));
    (words.len() >= 2 && names_one && !is_place && is_name(name)).then_some(name)
}

/// Whether the line could be the name of a person, printed alone.
pub(crate) fn is_person(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    (2..=3).contains(&words.len())
        && is_name(line)
        && !line.contains(',')
        && publisher(line).is_none()
        && words.first() != Some(&"The")
        && words.iter().all(|word| {
            let mut characters = word.chars();
            characters.next().is_some_and(char::is_uppercase)
                && characters.next().is_none_or(|c| c.is_lowercase() || matches!(c, '\'' | '’'))
                && !date::is_month(word)
        })
}

/// A byline without the office or the paper of the writer behind a comma, and that paper.
pub(crate) fn without_office(byline: &str) -> (&str, Option<&str>) {
    let Some((name, rest)) = byline.rsplit_once(", ") else { return (byline, None) };
    let last = rest.rsplit(' ').next().unwrap_or_default().to_lowercase();
    if OFFICES.contains(&last.as_str()) {
        return (name, None);
    }
    match publisher(rest) {
        Some(paper) => (name, Some(paper)),
        None => (byline, None),
    }
}
