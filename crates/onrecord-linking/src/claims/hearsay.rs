//! Words by which a text keeps away from what it tells, or turns against it.

use serde::Deserialize;
use std::sync::LazyLock;

/// How a passage stands to what it tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Distance {
    /// As its own word.
    None,
    /// As what others say.
    Hearsay,
    /// As what is not so.
    Refuting,
}

#[derive(Deserialize)]
struct File {
    group: Vec<Group>,
}

#[derive(Deserialize)]
struct Group {
    class: String,
    words: String,
    #[cfg(test)]
    holds: Vec<String>,
    #[cfg(test)]
    fails: Vec<String>,
}

impl Group {
    fn phrases(&self) -> Vec<String> {
        let phrases = self.words.split(['|', '\n']).map(str::trim).filter(|phrase| !phrase.is_empty());
        phrases.map(|phrase| format!(" {phrase} ")).collect()
    }
}

struct Rules {
    hearsay: Vec<String>,
    refuting: Vec<String>,
    against: Vec<String>,
}

static RULES: LazyLock<Rules> = LazyLock::new(|| {
    let groups = groups();
    let of =
        |class: &str| groups.iter().filter(|group| group.class == class).flat_map(Group::phrases).collect();
    Rules { hearsay: of("hearsay"), refuting: of("refuting"), against: of("against") }
});

fn groups() -> Vec<Group> {
    let file: Result<File, _> = toml::from_str(include_str!("../../../../rules/hearsay.toml"));
    file.map(|file| file.group).unwrap_or_default()
}

/// How `passage` stands to what it tells.
pub fn distance(passage: &str) -> Distance {
    let plain = plain(passage);
    if has(&plain, &RULES.refuting) {
        Distance::Refuting
    } else if has(&plain, &RULES.hearsay) {
        Distance::Hearsay
    } else {
        Distance::None
    }
}

/// Whether a statement, as it is told with who says it and how, has a word by which one speaks against something.
pub(super) fn speaks_against(telling: &str) -> bool {
    has(&plain(telling), &RULES.against)
}

/// The words in small letters, one space around each.
fn plain(passage: &str) -> String {
    let mut plain = String::with_capacity(passage.len() + 2);
    plain.push(' ');
    for c in passage.chars() {
        if c.is_alphanumeric() {
            plain.extend(c.to_lowercase());
        } else if !plain.ends_with(' ') {
            plain.push(' ');
        }
    }
    plain.push(' ');
    plain
}

fn has(plain: &str, phrases: &[String]) -> bool {
    phrases.iter().any(|phrase| plain.contains(phrase))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_rule_holds_and_fails_as_it_says() {
        let groups = groups();
        assert_eq!(groups.len(), 3);
        for group in groups {
            let meets = |phrase: &str| match group.class.as_str() {
                "hearsay" => distance(phrase) == Distance::Hearsay,
                "refuting" => distance(phrase) == Distance::Refuting,
                "against" => speaks_against(phrase),
                other => panic!("{other} is no class"),
            };
            group.holds.iter().for_each(|phrase| assert!(meets(phrase), "{phrase}"));
            group.fails.iter().for_each(|phrase| assert!(!meets(phrase), "{phrase}"));
        }
    }
}
