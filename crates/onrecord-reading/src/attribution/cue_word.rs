//! Words that may attribute something inside what is attributed already: the list `rules/nesting.toml`.

use crate::token::Token;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::sync::LazyLock;

/// What a word on the list can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CueWord {
    /// It tells of speech or writing: "told", "according".
    Saying,
    /// It tells of belief, wish or intention: "hopes", "plans".
    Mind,
}

/// How many tokens may stand between "I" and what it thinks: "I do not really think".
const ADVERBS: usize = 3;
/// Words of the list are looked up in a buffer of this many bytes; no word is longer.
const LONGEST: usize = 24;

/// Behind these a word of the list has no source of its own.
const SOURCELESS: [&str; 9] = ["to", "a", "an", "the", "no", "any", "this", "these", "those"];

#[derive(Deserialize)]
struct File {
    group: Vec<Group>,
}

#[derive(Deserialize)]
struct Group {
    class: String,
    words: String,
    /// Phrases with such a word.
    #[cfg_attr(not(test), expect(dead_code, reason = "examples are run by the tests"))]
    holds: Vec<String>,
    /// Phrases without any.
    #[cfg_attr(not(test), expect(dead_code, reason = "examples are run by the tests"))]
    fails: Vec<String>,
}

/// A file that cannot be parsed holds nothing; a test sees to it that it can.
fn groups() -> Vec<Group> {
    toml::from_str::<File>(include_str!("../../../../rules/nesting.toml"))
        .map(|file| file.group)
        .unwrap_or_default()
}

/// Read once.
static WORDS: LazyLock<FxHashMap<String, CueWord>> = LazyLock::new(|| {
    let mut words = FxHashMap::default();
    for group in groups() {
        let class = if group.class == "mind" { CueWord::Mind } else { CueWord::Saying };
        for word in group.words.split_whitespace() {
            words.insert(word.to_owned(), class);
        }
    }
    words
});

/// What this word can do, if it is on the list; capitals do not matter.
pub(crate) fn cue_word(word: &str) -> Option<CueWord> {
    let mut small = [0; LONGEST];
    let small = small.get_mut(..word.len())?;
    small.copy_from_slice(word.as_bytes());
    small.make_ascii_lowercase();
    WORDS.get(std::str::from_utf8(small).ok()?).copied()
}

/// Whether any of these tokens may attribute something to somebody. Words to whom the sentence gives nobody ("to say", "the
/// report") do not; and what the speaker says of the own mind ("I do not think") is no attribution to anybody else.
pub(super) fn may_attribute(text: &str, tokens: &[Token]) -> bool {
    let before = |i: usize| i.checked_sub(1).and_then(|i| tokens.get(i)).map(|token| token.of(text));
    tokens.iter().enumerate().any(|(i, token)| match cue_word(token.of(text)) {
        Some(_) if before(i).is_some_and(|word| SOURCELESS.contains(&word)) => false,
        Some(CueWord::Saying) => true,
        Some(CueWord::Mind) => {
            !tokens[i.saturating_sub(ADVERBS)..i].iter().any(|before| is_first_person(before.of(text)))
        }
        None => false,
    })
}

/// Whether a word stands for whoever speaks.
pub(crate) fn is_first_person(word: &str) -> bool {
    matches!(word, "I" | "we" | "We" | "my" | "My" | "our" | "Our")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::tokens;

    #[test]
    fn the_examples_of_the_list_hold() {
        let groups = groups();
        assert_eq!(groups.len(), 2);
        for group in groups {
            for phrase in &group.holds {
                assert!(may_attribute(phrase, &tokens(phrase)), "{}: {phrase}", group.class);
            }
            for phrase in &group.fails {
                assert!(!may_attribute(phrase, &tokens(phrase)), "{}: {phrase}", group.class);
            }
        }
    }

    #[test]
    fn no_word_is_too_long_or_stands_twice() {
        let all: Vec<String> = groups()
            .iter()
            .flat_map(|group| group.words.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
            .collect();
        assert_eq!(all.len(), WORDS.len(), "a word stands twice");
        assert!(all.iter().all(|word| word.len() <= LONGEST && cue_word(word).is_some()));
        assert_eq!((cue_word("Hopes"), cue_word("TOLD")), (Some(CueWord::Mind), Some(CueWord::Saying)));
        assert_eq!(cue_word("ſaid"), None);
    }
}
