//! The word lists under `rules/` that names are held against.

use super::sounds::Sounds;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use std::sync::LazyLock;

const NAME_PARTS: &str = include_str!("../../../../rules/name-parts.toml");
const SAME_NAMES: &str = include_str!("../../../../rules/same-names.toml");
const COMPANY_WORDS: &str = include_str!("../../../../rules/company-words.toml");
const FIRST_NAMES: &str = include_str!("../../../../rules/first-names.toml");

/// The lists, read once.
pub(super) static WORDS: LazyLock<Words> = LazyLock::new(Words::read);

#[derive(Deserialize)]
struct File {
    group: Vec<Group>,
}

#[derive(Deserialize)]
pub(super) struct Group {
    pub(super) class: String,
    pub(super) words: String,
    #[serde(default)]
    #[cfg_attr(not(test), allow(dead_code, reason = "examples are for the test"))]
    pub(super) holds: Vec<String>,
    #[serde(default)]
    #[cfg_attr(not(test), allow(dead_code, reason = "examples are for the test"))]
    pub(super) fails: Vec<String>,
}

/// A small word's sort in the name of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Small {
    Title,
    Suffix,
    Article,
    Son,
    Father,
    Servant,
    Particle,
}

/// A word's sort in the name of a company, a body or a ship.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CompanyWord {
    Form,
    Trade,
    Place,
    Small,
    Ship,
    Number,
}

/// Every list, by what is asked of it.
#[derive(Default)]
pub(super) struct Words {
    small: FxHashMap<String, Small>,
    person_short: FxHashMap<String, String>,
    frequent: FxHashSet<Sounds>,
    trade: FxHashMap<String, (CompanyWord, String)>,
    form_phrases: Vec<(Vec<String>, String)>,
    company_short: FxHashMap<String, String>,
    /// Given names by their sounds: the lines they stand in.
    same: FxHashMap<Sounds, Vec<u16>>,
}

impl Words {
    fn read() -> Words {
        let mut words = Words::default();
        for group in groups(NAME_PARTS) {
            let small = match group.class.as_str() {
                "title" => Small::Title,
                "suffix" => Small::Suffix,
                "article" => Small::Article,
                "son" => Small::Son,
                "father" => Small::Father,
                "servant" => Small::Servant,
                "particle" => Small::Particle,
                "short" => {
                    words.person_short.extend(pairs(&group.words));
                    continue;
                }
                _ => {
                    words.frequent.extend(group.words.split_whitespace().map(Sounds::of));
                    continue;
                }
            };
            for word in group.words.split_whitespace() {
                words.small.entry(word.to_owned()).or_insert(small);
            }
        }
        for group in groups(COMPANY_WORDS) {
            let sort = match group.class.as_str() {
                "form" => CompanyWord::Form,
                "trade" => CompanyWord::Trade,
                "place" => CompanyWord::Place,
                "small" => CompanyWord::Small,
                "ship" => CompanyWord::Ship,
                "number" => CompanyWord::Number,
                "short" => {
                    words.company_short.extend(pairs(&group.words));
                    continue;
                }
                _ => {
                    let phrases = pairs(&group.words);
                    words.form_phrases.extend(
                        phrases.map(|(phrase, form)| (phrase.split('-').map(str::to_owned).collect(), form)),
                    );
                    continue;
                }
            };
            for (word, stands_for) in pairs(&group.words) {
                words.trade.entry(word).or_insert((sort, stands_for));
            }
        }
        words.form_phrases.sort_by_key(|(phrase, _)| std::cmp::Reverse(phrase.len()));
        let lines = groups(SAME_NAMES).into_iter().flat_map(|group| {
            // Surnames stand alone, many in a line.
            let alone = group.class == "surname";
            let named = |line: &str| -> Vec<String> {
                if alone {
                    line.split_whitespace().map(str::to_owned).collect()
                } else {
                    vec![line.to_owned()]
                }
            };
            group.words.lines().flat_map(named).filter(|line| !line.trim().is_empty()).collect::<Vec<_>>()
        });
        // A given name of the other lists stands in a line of its own.
        let alone = groups(FIRST_NAMES).into_iter().flat_map(|group| {
            group.words.split_whitespace().map(plain).filter(|word| word.len() > 2).collect::<Vec<_>>()
        });
        let mut line = 0;
        for names in lines.chain(alone) {
            line += 1;
            let single = !names.contains(' ');
            for name in names.split_whitespace() {
                let known = words.same.entry(Sounds::of(&plain(name))).or_default();
                if (!single || known.is_empty()) && !known.contains(&line) {
                    known.push(line);
                }
            }
        }
        words
    }

    /// The sort of a small word in a person's name.
    pub(super) fn small(&self, word: &str) -> Option<Small> {
        self.small.get(word).copied()
    }

    /// What a word in a person's name is short for.
    pub(super) fn person_short(&self, word: &str) -> Option<&str> {
        self.person_short.get(word).map(String::as_str)
    }

    /// Whether so many bear the part that it tells little.
    pub(super) fn is_frequent(&self, sounds: &Sounds) -> bool {
        self.frequent.contains(sounds)
    }

    /// The sort of a word in a company's name, and the word it stands for.
    pub(super) fn trade(&self, word: &str) -> Option<(CompanyWord, &str)> {
        self.trade.get(word).map(|(trade, word)| (*trade, word.as_str()))
    }

    /// What a word in a company's name is short for, words parted by hyphens.
    pub(super) fn company_short(&self, word: &str) -> Option<&str> {
        self.company_short.get(word).map(String::as_str)
    }

    /// The legal form that the first words spell out, and how many they are.
    pub(super) fn form_phrase<'a>(
        &self,
        words: impl Iterator<Item = &'a str> + Clone,
    ) -> Option<(usize, &str)> {
        let found = self
            .form_phrases
            .iter()
            .find(|(phrase, _)| words.clone().take(phrase.len()).eq(phrase.iter().map(String::as_str)));
        found.map(|(phrase, form)| (phrase.len(), form.as_str()))
    }

    /// The lines of one given name's forms that the part stands in; none where it is not known as a given name.
    ///
    /// Without its vowels a name is none of them: the Arabic letters of Ali are read as Li.
    pub(super) fn given(&self, sounds: &Sounds, unwritten: bool) -> &[u16] {
        if unwritten {
            return &[];
        }
        self.same.get(sounds).map(Vec::as_slice).unwrap_or_default()
    }
}

fn groups(file: &str) -> Vec<Group> {
    // The files are part of the program; a test reads them.
    toml::from_str::<File>(file).map(|file| file.group).unwrap_or_default()
}

/// `a=b` as a pair; a word alone stands for itself.
fn pairs(words: &str) -> impl Iterator<Item = (String, String)> + '_ {
    words.split_whitespace().map(|word| {
        let (word, stands_for) = word.split_once('=').unwrap_or((word, word));
        (plain(word), stands_for.to_owned())
    })
}

fn plain(word: &str) -> String {
    let letters = any_ascii::any_ascii(word).to_lowercase();
    letters.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-' || *c == '&').collect()
}

#[cfg(test)]
mod tests {
    use super::super::fold::fold;
    use super::*;

    /// Whether a word of the name is of the group.
    fn finds(group: &Group, name: &str) -> bool {
        let folded = fold(name);
        let words: Vec<&str> = folded.iter().map(|word| word.text.as_str()).collect();
        match group.class.as_str() {
            "form-phrase" => {
                (0..words.len()).any(|at| WORDS.form_phrase(words[at..].iter().copied()).is_some())
            }
            "short" => words
                .iter()
                .any(|word| WORDS.person_short(word).is_some() || WORDS.company_short(word).is_some()),
            "frequent" => words.iter().any(|word| WORDS.is_frequent(&Sounds::of(word))),
            class => {
                let listed: FxHashSet<String> = pairs(&group.words).map(|(word, _)| word).collect();
                let joined: Vec<String> = words.windows(2).map(|two| two.concat()).collect();
                assert!(!listed.is_empty(), "{class}");
                words.iter().any(|word| listed.contains(*word))
                    || joined.iter().any(|word| listed.contains(word))
            }
        }
    }

    #[test]
    fn every_example_holds() {
        for file in [NAME_PARTS, COMPANY_WORDS] {
            let groups = toml::from_str::<File>(file).unwrap().group;
            for group in &groups {
                assert!(!group.holds.is_empty() && !group.fails.is_empty(), "{} lacks examples", group.class);
                for name in &group.holds {
                    assert!(finds(group, name), "{}: {name}", group.class);
                }
                for name in &group.fails {
                    assert!(!finds(group, name), "{}: {name}", group.class);
                }
            }
        }
        for group in toml::from_str::<File>(SAME_NAMES).unwrap().group {
            let same = |pair: &str| {
                let (a, b) = pair.split_once(" = ").unwrap();
                let lines = |name: &str| WORDS.given(&Sounds::of(&name.to_lowercase()), false).to_vec();
                let (a, b) = (lines(a), lines(b));
                assert!(!a.is_empty() && !b.is_empty(), "{pair}");
                a.iter().any(|line| b.contains(line))
            };
            assert!(group.holds.iter().all(|pair| same(pair)), "{}", group.class);
            assert!(!group.fails.iter().any(|pair| same(pair)), "{}", group.class);
        }
    }
}
