//! Aliases of a sanctions list against the primary names of the whole list.

use anyhow::{Context, bail};
use onrecord_linking::names::{NameIndex, Schema};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// As many of the best entries are looked at.
pub(super) const LOOKED_AT: usize = 10;

/// The list: a primary name for each entry, and the aliases of its individuals.
#[derive(Debug, Default)]
pub struct AliasList {
    /// Entry number, primary name and what bears it; case and punctuation are folded away.
    pub names: Vec<(usize, String, Schema)>,
    /// Entry number and alias of an individual, folded.
    pub aliases: Vec<(usize, String)>,
    /// The aliases of all entries, folded, with what bears them.
    pub all_aliases: Vec<(usize, String, Schema)>,
}

impl AliasList {
    /// Reads OFAC's `sdn.csv` and `alt.csv`, which have no header.
    ///
    /// # Errors
    /// When a file cannot be read or holds no names.
    pub fn read(sdn: &Path, alt: &Path) -> anyhow::Result<AliasList> {
        let mut list = AliasList::default();
        let mut schemas = BTreeMap::new();
        for row in rows(sdn)? {
            let [number, name, kind, ..] = row.as_slice() else { continue };
            let Ok(entry) = number.trim().parse::<usize>() else { continue };
            let schema = match kind.trim() {
                "individual" => Schema::Person,
                "vessel" | "aircraft" => Schema::Vessel,
                _ => Schema::Organisation,
            };
            schemas.insert(entry, schema);
            list.names.push((entry, folded(name), schema));
        }
        for row in rows(alt)? {
            let [number, _, _, name, ..] = row.as_slice() else { continue };
            let Ok(entry) = number.trim().parse::<usize>() else { continue };
            let Some(schema) = schemas.get(&entry) else { continue };
            list.all_aliases.push((entry, folded(name), *schema));
            if *schema == Schema::Person {
                list.aliases.push((entry, folded(name)));
            }
        }
        if list.names.is_empty() || list.aliases.is_empty() {
            bail!("{} and {} hold no names with aliases", sdn.display(), alt.display());
        }
        Ok(list)
    }

    /// Whether an alias shares no word with the name of its entry.
    pub fn shares_nothing(&self) -> Vec<bool> {
        let names: BTreeMap<usize, &str> =
            self.names.iter().map(|(entry, name, _)| (*entry, name.as_str())).collect();
        let words = |name: &str| name.split(' ').map(str::to_owned).collect::<BTreeSet<String>>();
        self.aliases
            .iter()
            .map(|(entry, alias)| names.get(entry).is_some_and(|name| words(name).is_disjoint(&words(alias))))
            .collect()
    }
}

fn rows(path: &Path) -> anyhow::Result<Vec<Vec<String>>> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_path(path)
        .with_context(|| format!("cannot read {}", path.display()))?;
    let rows = reader.byte_records().map(|row| {
        let row = row.with_context(|| path.display().to_string())?;
        Ok(row.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect())
    });
    rows.collect()
}

/// Small letters, and a space for whatever is neither letter nor figure; apostrophes fall away.
pub(super) fn folded(name: &str) -> String {
    let plain: String = name
        .to_lowercase()
        .chars()
        .filter(|c| !matches!(c, '\'' | '’' | '`'))
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What scores a name against every name of a list.
pub trait Finder: Sync {
    /// Entries with their scores, the best first; at least the best ten, and every entry that ties with the first.
    fn find(&self, query: &str) -> Vec<(usize, f64)>;
}

/// The program's own index.
pub struct Ours<'a> {
    /// The list.
    pub index: &'a NameIndex,
    /// What bears the names asked for.
    pub schema: Schema,
}

impl Finder for Ours<'_> {
    fn find(&self, query: &str) -> Vec<(usize, f64)> {
        let found = self.index.search(query, self.schema, LOOKED_AT);
        found.into_iter().map(|found| (found.entry, found.score)).collect()
    }
}

/// Where the right entry came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// Strictly above every other entry.
    pub first: bool,
    /// Among the best ten, ties counted against it.
    pub among_ten: bool,
}

impl Found {
    /// Judges an answer, best first.
    pub fn of(entry: usize, answer: &[(usize, f64)]) -> Found {
        let Some((_, score)) = answer.iter().find(|(found, _)| *found == entry) else {
            return Found { first: false, among_ten: false };
        };
        let as_good = answer.iter().filter(|(found, other)| *found != entry && other >= score).count();
        Found { first: as_good == 0, among_ten: as_good < LOOKED_AT }
    }
}

/// How often the right entry was found.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Hits {
    /// Aliases asked for.
    pub asked: usize,
    /// Found first.
    pub first: usize,
    /// Found among ten.
    pub among_ten: usize,
}

/// Counts what was found of the aliases that `counts` picks by their place.
pub fn hits(found: &[Found], counts: impl Fn(usize) -> bool) -> Hits {
    let mut hits = Hits::default();
    for (_, found) in found.iter().enumerate().filter(|(n, _)| counts(*n)) {
        hits.asked += 1;
        hits.first += usize::from(found.first);
        hits.among_ten += usize::from(found.among_ten);
    }
    hits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_count_against_the_right_entry() {
        let hit = Found { first: true, among_ten: true };
        assert_eq!(Found::of(7, &[(7, 0.9), (8, 0.8)]), hit);
        assert_eq!(Found::of(7, &[(7, 0.9), (8, 0.9)]), Found { first: false, ..hit });
        assert_eq!(Found::of(9, &[(7, 0.9), (8, 0.9)]), Found { first: false, among_ten: false });
        assert!(!Found::of(7, &[]).among_ten);
        let tied: Vec<(usize, f64)> = (0..11).map(|entry| (entry, 0.5)).collect();
        assert!(!Found::of(7, &tied).among_ten);
    }

    #[test]
    fn case_and_punctuation_are_folded_away() {
        assert_eq!(folded("ORRIN-VEHL, Sa'ad  (Dr.)"), "orrin vehl saad dr");
    }

    #[test]
    fn halves_are_counted_apart() {
        let (yes, no) = (Found { first: true, among_ten: true }, Found { first: false, among_ten: true });
        let found = [yes, no, yes];
        assert_eq!(hits(&found, |_| true), Hits { asked: 3, first: 2, among_ten: 3 });
        assert_eq!(hits(&found, |n| n == 1), Hits { asked: 1, first: 0, among_ten: 1 });
    }
}
