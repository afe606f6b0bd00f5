//! How the cost of a search grows with the list.

use super::aliases::AliasList;
use onrecord_linking::names::{NameIndex, Schema};
use std::time::Instant;

/// A list's length and the time it takes.
#[derive(Clone, Copy, Debug)]
pub struct Growth {
    /// Names in the list.
    pub names: usize,
    /// Seconds to make it ready.
    pub build: f64,
    /// Names looked for in a second, on one thread.
    pub queries_a_second: f64,
}

/// Lists of a quarter, a half, once, twice and four times the primary names; the median of three runs over the aliases.
///
/// The primary names are followed by all the aliases, and these by names put together from the surname of one and the given
/// names of another, so that a longer list has more different parts, as real ones do.
pub fn growth(list: &AliasList) -> Vec<Growth> {
    let once = list.names.len();
    let mut all: Vec<(usize, String, Schema)> = list.names.iter().chain(&list.all_aliases).cloned().collect();
    let real = all.len();
    for n in real..4 * once {
        let (Some((_, family, schema)), Some((_, given, _))) =
            (all.get(n * 7919 % real), all.get(n * 104_729 % real))
        else {
            break;
        };
        let family = family.split(' ').next().unwrap_or_default();
        let given = given.split_once(' ').map_or(given.as_str(), |(_, rest)| rest);
        let (name, schema) = (format!("{family} {given}"), *schema);
        all.push((n, name, schema));
    }
    [once / 4, once / 2, once, 2 * once, 4 * once]
        .map(|names| measured(&all, names.min(all.len()), list))
        .to_vec()
}

fn measured(all: &[(usize, String, Schema)], names: usize, list: &AliasList) -> Growth {
    // A shorter list is every second or fourth name, not the oldest ones.
    let step = (list.names.len() / names.max(1)).max(1);
    let chosen = || all.iter().step_by(step).take(names);
    let mut runs: Vec<(f64, f64)> = (0..3)
        .map(|_| {
            let start = Instant::now();
            let index =
                NameIndex::build(chosen().map(|(entry, name, schema)| (*entry, name.as_str(), *schema)));
            let build = start.elapsed().as_secs_f64();
            let start = Instant::now();
            let found: usize =
                list.aliases.iter().map(|(_, alias)| index.search(alias, Schema::Person, 10).len()).sum();
            let searched = start.elapsed().as_secs_f64();
            std::hint::black_box(found);
            (build, list.aliases.len() as f64 / searched)
        })
        .collect();
    runs.sort_by(|a, b| a.1.total_cmp(&b.1));
    let (build, queries_a_second) = runs.get(1).copied().unwrap_or_default();
    Growth { names, build, queries_a_second }
}
