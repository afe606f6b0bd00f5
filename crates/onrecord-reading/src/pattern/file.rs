//! A file of rules over tokens.

use super::parse::{Named, all_keys, rows};
use super::{Found, Patterns};
use crate::agents::Page;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::ops::Range;

/// The rules of one file under `rules/`.
#[derive(Debug, Default)]
pub(crate) struct PatternFile {
    kinds: Vec<String>,
    patterns: Patterns,
}

#[derive(Deserialize)]
pub(super) struct Source {
    /// Lists of single words, for `@`.
    #[serde(default)]
    lists: BTreeMap<String, String>,
    /// Rows of words, parted by bars, for `%`.
    #[serde(default)]
    rows: BTreeMap<String, String>,
    pub(super) rule: Vec<Rule>,
}

#[derive(Deserialize)]
pub(super) struct Rule {
    pub(super) kind: String,
    patterns: String,
    /// Phrases in which the rule finds something.
    #[cfg_attr(not(test), expect(dead_code, reason = "examples are run by the tests"))]
    pub(super) holds: Vec<String>,
    /// Phrases in which it does not.
    #[cfg_attr(not(test), expect(dead_code, reason = "examples are run by the tests"))]
    #[serde(default)]
    pub(super) fails: Vec<String>,
}

impl PatternFile {
    /// The rules of `source`, a file in TOML.
    ///
    /// # Errors
    /// When it is no such file, or a pattern cannot be read; the message names the pattern.
    pub(crate) fn parse(source: &str) -> Result<Self, String> {
        let source: Source = toml::from_str(source).map_err(|problem| problem.to_string())?;
        let mut file = PatternFile::default();
        let mut named = Named { rows: source.rows, ..Named::default() };
        for (name, words) in source.lists {
            named.lists.insert(name, file.patterns.lists.len());
            file.patterns.lists.push(words.split_whitespace().flat_map(all_keys).flatten().collect());
        }
        for rule in source.rule {
            let place = file.kinds.len();
            for pattern in rule.patterns.lines().map(str::trim).filter(|line| !line.is_empty()) {
                let rows = rows(pattern, &named).map_err(|problem| format!("{pattern}: {problem}"))?;
                rows.into_iter().for_each(|items| file.patterns.add(place, items));
            }
            file.kinds.push(rule.kind);
        }
        Ok(file)
    }

    /// The rules of an embedded file. One that cannot be read holds none; a test sees to it that it can.
    pub(crate) fn embedded(source: &str) -> Self {
        Self::parse(source).unwrap_or_default()
    }

    /// The kind of a rule.
    pub(crate) fn kind(&self, rule: usize) -> &str {
        self.kinds.get(rule).map_or("", String::as_str)
    }

    /// The matches that begin with token `at` of `range`.
    pub(crate) fn at(&self, page: &Page<'_>, at: usize, range: &Range<usize>) -> Vec<Found> {
        self.patterns.at(page, at, range)
    }

    /// Every match in the tokens of `range`, by where it begins.
    pub(crate) fn find(&self, page: &Page<'_>, range: Range<usize>) -> Vec<Found> {
        self.patterns.find(page, range)
    }

    /// The matches of one kind.
    pub(crate) fn find_kind(&self, page: &Page<'_>, range: Range<usize>, kind: &str) -> Vec<Found> {
        let mut found = self.find(page, range);
        found.retain(|found| self.kind(found.rule) == kind);
        found
    }
}
