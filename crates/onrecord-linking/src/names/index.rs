//! Finding the names of a list that are like a name.

use super::{Schema, compare};

/// The names of a list, made ready to be searched.
#[derive(Debug, Default)]
pub struct NameIndex {
    names: Vec<(usize, String, Schema)>,
}

/// A name of the list that is like the one asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Match {
    /// The entry that bears the name.
    pub entry: usize,
    /// Which name it is, counted from 0 in the order given to [`NameIndex::build`].
    pub name: usize,
    /// How alike, from 0 to 1.
    pub score: f64,
}

impl NameIndex {
    /// Makes the names ready: entry, name, and what bears it. An entry may come many times, once for each of its names.
    pub fn build<'a>(names: impl IntoIterator<Item = (usize, &'a str, Schema)>) -> Self {
        NameIndex {
            names: names.into_iter().map(|(entry, name, schema)| (entry, name.to_owned(), schema)).collect(),
        }
    }

    /// The names most like `query`, best first, equal ones by entry; `limit` entries at most, each with its best name.
    pub fn search(&self, query: &str, schema: Schema, limit: usize) -> Vec<Match> {
        let mut found: Vec<Match> = (0..)
            .zip(&self.names)
            .filter(|(_, (_, _, other))| {
                schema == Schema::Unknown || *other == Schema::Unknown || schema == *other
            })
            .map(|(name, (entry, text, _))| Match {
                entry: *entry,
                name,
                score: compare(query, text, schema).score,
            })
            .filter(|found| found.score > 0.3)
            .collect();
        found.sort_by(|a, b| {
            b.score.total_cmp(&a.score).then(a.entry.cmp(&b.entry)).then(a.name.cmp(&b.name))
        });
        let mut seen = std::collections::BTreeSet::new();
        found.retain(|one| seen.insert(one.entry));
        found.truncate(limit);
        found
    }
}
