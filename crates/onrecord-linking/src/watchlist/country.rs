//! Which countries a text speaks of, by the words of `rules/countries.toml`.

use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// An ISO 3166 code of two small letters.
pub(super) type Code = [u8; 2];

/// Words of the longest name of a country.
const LONGEST: usize = 6;

/// The most words of a text that are looked at: a role or a cell is short.
const MOST_WORDS: usize = 200;

#[derive(Deserialize)]
struct File {
    #[cfg_attr(not(test), allow(dead_code, reason = "examples for the test"))]
    holds: Vec<String>,
    #[cfg_attr(not(test), allow(dead_code, reason = "examples for the test"))]
    fails: Vec<String>,
    whole: String,
    nowhere: String,
    words: BTreeMap<String, String>,
}

struct Countries {
    /// Words in small letters, one space between them, to the country.
    by_words: FxHashMap<String, Code>,
    /// Those that count only when nothing else stands beside them.
    whole: Vec<String>,
    /// Phrases with a country's name in them that mean none.
    nowhere: Vec<String>,
    /// The first name of each.
    names: BTreeMap<Code, String>,
}

static COUNTRIES: LazyLock<Countries> = LazyLock::new(|| {
    // A file of the program's own that a test reads: it cannot fail where the test has passed.
    let file: File = toml::from_str(include_str!("../../../../rules/countries.toml")).unwrap_or(File {
        holds: Vec::new(),
        fails: Vec::new(),
        whole: String::new(),
        nowhere: String::new(),
        words: BTreeMap::new(),
    });
    let (mut by_words, mut names) = (FxHashMap::default(), BTreeMap::new());
    for (code, said) in &file.words {
        let Ok(code) = Code::try_from(code.as_bytes()) else { continue };
        for (n, name) in said.split(';').map(str::trim).enumerate() {
            if n == 0 {
                names.insert(code, name.to_owned());
            }
            by_words.insert(words(name).join(" "), code);
        }
    }
    let phrases = |said: &str| said.split(';').map(|name| words(name).join(" ")).collect();
    Countries { by_words, whole: phrases(&file.whole), nowhere: phrases(&file.nowhere), names }
});

/// Small letters; dots of abbreviations go, so that "U.S." is one word.
fn words(text: &str) -> Vec<String> {
    let lower = text.to_lowercase().replace('’', "'");
    let cut = lower.split(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '\'' | '-')));
    cut.map(|word| word.trim_end_matches("'s").replace('.', ""))
        .filter(|word| !word.is_empty())
        .take(MOST_WORDS)
        .collect()
}

/// The country that a whole cell of a list names: a code, or a name.
pub(super) fn of_cell(cell: &str) -> Vec<Code> {
    let cell = cell.trim();
    if let Ok(code) = Code::try_from(cell.to_ascii_lowercase().as_bytes())
        && COUNTRIES.names.contains_key(&code)
    {
        return vec![code];
    }
    let all = words(cell);
    match COUNTRIES.by_words.get(&all.join(" ")) {
        Some(code) => vec![*code],
        // "Vell, Korrland": the country comes last.
        None => {
            match cell.rsplit_once(',').and_then(|(_, last)| COUNTRIES.by_words.get(&words(last).join(" "))) {
                Some(code) => vec![*code],
                None => in_text(cell),
            }
        }
    }
}

/// Whether a name is a country's and nothing more.
pub(super) fn is_name(name: &str) -> bool {
    let all = words(name);
    let all = all.strip_prefix(&["the".to_owned()]).unwrap_or(&all);
    COUNTRIES.by_words.contains_key(&all.join(" "))
}

/// The countries that running text names, by themselves or by their people; longer names go before shorter ones.
pub(super) fn in_text(text: &str) -> Vec<Code> {
    let words = words(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let longest = (1..=LONGEST.min(words.len() - at)).rev().find_map(|long| {
            let phrase = words.get(at..at + long)?.join(" ");
            if COUNTRIES.nowhere.contains(&phrase) {
                return Some((long, None));
            }
            let code = COUNTRIES.by_words.get(&phrase)?;
            (!COUNTRIES.whole.contains(&phrase) || is_abbreviation(text, &phrase))
                .then_some((long, Some(*code)))
        });
        let (long, code) = longest.unwrap_or((1, None));
        found.extend(code);
        at += long;
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Whether an abbreviation stands in the text in large letters: "US" is a country, "us" is not.
fn is_abbreviation(text: &str, phrase: &str) -> bool {
    let large = phrase.to_uppercase();
    let dotted: String = large.chars().flat_map(|c| [c, '.']).collect();
    phrase.len() <= 4
        && text
            .split(|c: char| !(c.is_alphanumeric() || c == '.'))
            .any(|word| (word.len() > 1 && word == large && ABBREVIATIONS.contains(&word)) || word == dotted)
}

/// Those of the words for countries that are read only in large letters.
const ABBREVIATIONS: [&str; 5] = ["US", "UK", "UAE", "DRC", "DPRK"];

/// The country's name.
pub(super) fn name(code: Code) -> String {
    COUNTRIES.names.get(&code).cloned().unwrap_or_else(|| String::from_utf8_lossy(&code).to_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> Code {
        text.as_bytes().try_into().unwrap()
    }

    #[test]
    fn every_example_of_the_rules_holds() {
        let file: File = toml::from_str(include_str!("../../../../rules/countries.toml")).unwrap();
        assert!(COUNTRIES.names.len() > 180);
        let found = |text: &str| [of_cell(text), in_text(text)].concat();
        for example in &file.holds {
            let (text, wanted) = example.rsplit_once(" = ").unwrap();
            assert!(found(text).contains(&code(wanted)), "{example}: {:?}", found(text));
        }
        for example in &file.fails {
            let (text, wanted) = example.rsplit_once(" = ").unwrap();
            assert!(!in_text(text).contains(&code(wanted)), "{example}");
        }
        for word in file.whole.split(';') {
            assert!(
                COUNTRIES.by_words.contains_key(&words(word).join(" ")) || word.trim().len() > 4,
                "{word}"
            );
        }
    }

    #[test]
    fn cells_hold_codes_names_and_places() {
        for (cell, wanted) in [
            ("IR", "ir"),
            ("Iran, Islamic Republic of", "ir"),
            ("Chad", "td"),
            ("Sinaloa, Mexico", "mx"),
            ("Korea, North", "kp"),
        ] {
            assert_eq!(of_cell(cell), [code(wanted)], "{cell}");
        }
        assert!(of_cell("Korrland").is_empty());
        assert_eq!(in_text("the US and British envoys to Iran"), [code("gb"), code("ir"), code("us")]);
        assert_eq!(name(code("kp")), "Korea, North");
    }
}
