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
}

static RULES: LazyLock<Rules> = LazyLock::new(|| {
    let groups = groups();
    let of =
        |class: &str| groups.iter().filter(|group| group.class == class).flat_map(Group::phrases).collect();
    Rules { hearsay: of("hearsay"), refuting: of("refuting") }
});

fn groups() -> Vec<Group> {
    let file: Result<File, _> = toml::from_str(include_str!("../../../../rules/hearsay.toml"));
    file.map(|file| file.group).unwrap_or_default()
}

/// How `passage` stands to what it tells.
pub fn distance(passage: &str) -> Distance {
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
    let has = |phrases: &[String]| phrases.iter().any(|phrase| plain.contains(phrase));
    if has(&RULES.refuting) {
        Distance::Refuting
    } else if has(&RULES.hearsay) {
        Distance::Hearsay
    } else {
        Distance::None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_rule_holds_and_fails_as_it_says() {
        let groups = groups();
        assert_eq!(groups.len(), 2);
        for group in groups {
            let class = if group.class == "hearsay" { Distance::Hearsay } else { Distance::Refuting };
            group.holds.iter().for_each(|phrase| assert_eq!(distance(phrase), class, "{phrase}"));
            group.fails.iter().for_each(|phrase| assert_ne!(distance(phrase), class, "{phrase}"));
        }
    }
}
