//! How one wording differs from another: words, numbers, hedges.

use onrecord_reading::token::{Shape, tokens};
use similar::{ChangeTag, TextDiff};

/// A word or a run of words that two wordings share, or that only one has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Both have it.
    Same(String),
    /// Only the later one.
    Added(String),
    /// Only the earlier one.
    Lost(String),
}

/// What changed between an earlier wording and a later one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wording {
    /// Word by word.
    pub changes: Vec<Change>,
    /// Numbers that only the earlier has.
    pub numbers_lost: Vec<String>,
    /// Numbers that only the later has.
    pub numbers_added: Vec<String>,
}

/// Words of a wording that are compared; a longer one is cut there.
const MOST_WORDS: usize = 400;

impl Wording {
    /// From `earlier` to `later`.
    pub fn between(earlier: &str, later: &str) -> Self {
        let (old, new) = (words(earlier), words(later));
        let (old_small, new_small): (Vec<String>, Vec<String>) = (
            old.iter().map(|word| word.to_lowercase()).collect(),
            new.iter().map(|word| word.to_lowercase()).collect(),
        );
        let (a, b): (Vec<&str>, Vec<&str>) =
            (old_small.iter().map(String::as_str).collect(), new_small.iter().map(String::as_str).collect());
        let diff = TextDiff::from_slices(&a, &b);
        let mut changes: Vec<Change> = Vec::new();
        for change in diff.iter_all_changes() {
            let word = |of: &[&str], at: Option<usize>| {
                at.and_then(|at| of.get(at)).map_or("", |word| word).to_owned()
            };
            let (tag, word) = match change.tag() {
                ChangeTag::Delete => (change.tag(), word(&old, change.old_index())),
                tag => (tag, word(&new, change.new_index())),
            };
            match (tag, changes.last_mut()) {
                (ChangeTag::Equal, Some(Change::Same(run)))
                | (ChangeTag::Insert, Some(Change::Added(run)))
                | (ChangeTag::Delete, Some(Change::Lost(run))) => {
                    run.push(' ');
                    run.push_str(&word);
                }
                (ChangeTag::Equal, _) => changes.push(Change::Same(word)),
                (ChangeTag::Insert, _) => changes.push(Change::Added(word)),
                (ChangeTag::Delete, _) => changes.push(Change::Lost(word)),
            }
        }
        let (before, after) = (numbers(earlier), numbers(later));
        Wording {
            changes,
            numbers_lost: before.iter().filter(|number| !after.contains(number)).cloned().collect(),
            numbers_added: after.into_iter().filter(|number| !before.contains(number)).collect(),
        }
    }
}

/// Words with the marks that cling to them.
fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().take(MOST_WORDS).collect()
}

const SMALL: [&str; 13] = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
];

/// The numbers that `text` names, as digits: "1,200" and "1200" are one, "two" is 2. "One" is left out, which is seldom meant
/// as a number.
pub fn numbers(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut end = 0;
    for token in tokens(text) {
        let written = token.of(text);
        let number = if token.shape == Shape::Number {
            // "1,200" and "3.5" come as three tokens.
            let before = text.get(end..token.span.start.0 as usize).unwrap_or_default();
            end = token.span.end.0 as usize;
            if let Some(last) = found.last_mut()
                && (before == "," && written.chars().count() == 3 || before == ".")
                && last.chars().all(|c| c.is_ascii_digit() || c == '.')
            {
                if before == "." {
                    last.push('.');
                }
                last.push_str(written);
                continue;
            }
            Some(written.to_owned())
        } else {
            let small = SMALL.iter().position(|word| written.eq_ignore_ascii_case(word));
            small.filter(|number| *number != 1).map(|number| number.to_string())
        };
        found.extend(number);
    }
    found.sort();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lost_hedge_and_another_number_show() {
        let wording =
            Wording::between("the mill may close with 1,200 jobs", "The mill will close with 1,500 jobs");
        assert!(wording.changes.contains(&Change::Lost("may".into())), "{wording:?}");
        assert!(wording.changes.contains(&Change::Added("will".into())));
        assert_eq!((wording.numbers_lost, wording.numbers_added), (vec!["1200".into()], vec!["1500".into()]));
    }

    #[test]
    fn numbers_are_the_same_however_they_are_written() {
        assert_eq!(numbers("two of 3.5 and 1,200, one 7"), ["1200", "2", "3.5", "7"]);
        assert_eq!(numbers("in 2015, 12 men"), ["12", "2015"]);
        assert!(numbers("").is_empty());
    }
}
