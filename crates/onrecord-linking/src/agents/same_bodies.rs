//! Bodies that are known under names which nothing in them shows to be one's.

use super::body_name::BodyName;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::sync::LazyLock;

#[derive(Deserialize)]
struct Group {
    words: String,
    /// Pairs that are one body's, run by the tests.
    #[cfg_attr(not(test), expect(dead_code, reason = "examples are run by the tests"))]
    holds: Vec<String>,
    /// Pairs that are not.
    #[cfg_attr(not(test), expect(dead_code, reason = "examples are run by the tests"))]
    fails: Vec<String>,
}

#[derive(Deserialize)]
struct File {
    group: Vec<Group>,
}

/// A file that cannot be parsed adds nothing; a test sees to it that it can.
fn groups() -> Vec<Group> {
    toml::from_str::<File>(include_str!("../../../../rules/same-bodies.toml"))
        .map(|file| file.group)
        .unwrap_or_default()
}

/// For the core of each name, and whether it is an acronym, the core of the name its line begins with.
static FIRST_NAMES: LazyLock<FxHashMap<(bool, String), String>> = LazyLock::new(|| {
    let mut first_names = FxHashMap::default();
    for group in groups() {
        for line in group.words.lines() {
            let mut names = line.split(" = ").filter_map(BodyName::as_written);
            let Some(first) = names.next() else { continue };
            for name in names {
                first_names.insert((name.acronym, name.core), first.core.clone());
            }
            first_names.insert((first.acronym, first.core.clone()), first.core);
        }
    }
    first_names
});

/// The core that all names of a known body share; nothing where the list does not have the name.
pub(super) fn shared_core(name: &BodyName) -> Option<&'static str> {
    FIRST_NAMES.get(&(name.acronym, name.core.clone())).map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_holds_its_examples() {
        let groups = groups();
        assert_eq!(groups.len(), 1);
        for group in groups {
            for (examples, holds) in [(group.holds, true), (group.fails, false)] {
                for example in examples {
                    let (a, b) = example.split_once(" = ").unwrap();
                    let same = BodyName::new(a).unwrap().core == BodyName::new(b).unwrap().core;
                    assert_eq!(same, holds, "{example}");
                }
            }
        }
    }

    #[test]
    fn no_name_is_in_two_lines() {
        let mut line_of: FxHashMap<(bool, String), usize> = FxHashMap::default();
        for (number, line) in groups().iter().flat_map(|group| group.words.lines()).enumerate() {
            for name in line.split(" = ").filter_map(BodyName::as_written) {
                let known = line_of.insert((name.acronym, name.core.clone()), number);
                assert!(known.is_none_or(|known| known == number), "{}", name.core);
            }
        }
    }
}
