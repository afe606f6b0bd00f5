//! The word lists under `rules/` that linking asks.

use super::folding::folded;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use std::sync::LazyLock;

/// One table of a rules file.
#[derive(Deserialize)]
pub(super) struct Group {
    pub(super) class: String,
    pub(super) words: String,
    /// What the words make hold, run by the tests.
    #[cfg_attr(not(test), expect(dead_code, reason = "examples are run by the tests"))]
    pub(super) holds: Vec<String>,
    /// What they must not make hold.
    #[cfg_attr(not(test), expect(dead_code, reason = "examples are run by the tests"))]
    pub(super) fails: Vec<String>,
}

#[derive(Deserialize)]
struct File {
    group: Vec<Group>,
}

const FILES: [&str; 6] = [
    include_str!("../../../../rules/given-name-forms.toml"),
    include_str!("../../../../rules/common-names.toml"),
    include_str!("../../../../rules/body-names.toml"),
    include_str!("../../../../rules/callings.toml"),
    include_str!("../../../../rules/us-states.toml"),
    include_str!("../../../../rules/offices.toml"),
];

/// Every group of every file. A file that cannot be parsed adds nothing; a test sees to it that none is.
pub(super) fn groups() -> Vec<Group> {
    FILES.iter().filter_map(|file| toml::from_str::<File>(file).ok()).flat_map(|file| file.group).collect()
}

/// The lists, ready to be asked.
#[derive(Default)]
pub(super) struct WordLists {
    forms: FxHashMap<String, Vec<u16>>,
    words: FxHashMap<String, FxHashSet<String>>,
    callings: FxHashMap<String, u16>,
    full_forms: FxHashMap<String, String>,
    seats: FxHashMap<String, u16>,
    sides: FxHashMap<String, u16>,
}

impl WordLists {
    /// The lines of given-name forms that hold `given`.
    pub(super) fn forms(&self, given: &str) -> &[u16] {
        self.forms.get(given).map_or(&[], Vec::as_slice)
    }

    /// The walks of life that a folded word of an office belongs to, a bit each.
    pub(super) fn callings(&self, word: &str) -> u16 {
        self.callings.get(word).copied().unwrap_or(0)
    }

    /// The full form of a shortened state or office, its words joined by hyphens ("nc", "north-carolina").
    pub(super) fn full_form(&self, word: &str) -> Option<&str> {
        self.full_forms.get(word).map(String::as_str)
    }

    /// The seats in a parliament that a word of an office tells of, a bit each.
    pub(super) fn seats(&self, word: &str) -> u16 {
        self.seats.get(word).copied().unwrap_or(0)
    }

    /// The parties that a word is of, a bit each.
    pub(super) fn sides(&self, word: &str) -> u16 {
        self.sides.get(word).copied().unwrap_or(0)
    }

    /// Whether the list called `class` holds the folded word.
    pub(super) fn is(&self, class: &str, word: &str) -> bool {
        self.words.get(class).is_some_and(|words| words.contains(word))
    }
}

/// The lists, read once.
pub(super) static WORD_LISTS: LazyLock<WordLists> = LazyLock::new(|| {
    let mut lists = WordLists::default();
    let (mut callings, mut seats, mut sides) = (0, 0, 0);
    for group in groups() {
        let bits = match group.class.split_once(':') {
            Some(("calling", _)) => Some((&mut lists.callings, &mut callings)),
            Some(("seat", _)) => Some((&mut lists.seats, &mut seats)),
            Some(("side", _)) => Some((&mut lists.sides, &mut sides)),
            _ => None,
        };
        if let Some((of_word, next)) = bits {
            for word in group.words.split_whitespace().map(folded) {
                *of_word.entry(word).or_default() |= 1_u16.checked_shl(*next).unwrap_or(0);
            }
            *next += 1;
            continue;
        }
        if matches!(group.class.as_str(), "state" | "office-form") {
            for mut forms in group.words.lines().map(str::split_whitespace) {
                let Some(full) = forms.next() else { continue };
                lists.full_forms.extend(forms.map(|short| (short.to_owned(), full.to_owned())));
            }
        } else if group.class == "forms" {
            for (number, line) in group.words.lines().enumerate() {
                for word in line.split_whitespace() {
                    lists
                        .forms
                        .entry(folded(word))
                        .or_default()
                        .push(u16::try_from(number).unwrap_or(u16::MAX));
                }
            }
        } else {
            lists.words.entry(group.class).or_default().extend(group.words.split_whitespace().map(folded));
        }
    }
    lists
});

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agents::folding::folded_words;

    #[test]
    fn every_file_is_read_and_callings_hold_their_examples() {
        assert!(groups().len() >= 5 + 12);
        let of = |text: &str| folded_words(text).iter().fold(0, |all, word| all | WORD_LISTS.callings(word));
        for group in groups().iter().filter(|group| group.class.starts_with("calling")) {
            // A word may be of several; all of a group have only its own in common.
            let own = group
                .words
                .split_whitespace()
                .map(folded)
                .fold(u16::MAX, |all, w| all & WORD_LISTS.callings(&w));
            for example in &group.holds {
                assert_ne!(of(example) & own, 0, "{example}");
            }
            for example in &group.fails {
                assert_eq!(of(example) & own, 0, "{example}");
            }
        }
    }

    #[test]
    fn common_names_hold_their_examples() {
        for group in
            groups().iter().filter(|group| matches!(group.class.as_str(), "surname" | "given" | "party"))
        {
            let has = |text: &String| folded_words(text).iter().any(|word| WORD_LISTS.is(&group.class, word));
            assert!(group.holds.iter().all(has) && !group.fails.iter().any(has), "{}", group.class);
        }
    }
}
