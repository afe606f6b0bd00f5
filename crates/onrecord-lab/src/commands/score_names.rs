//! `onrecord-lab score --names`: pairs of names, aliases of a list, and speed.

use super::DataOption;
use crate::gold_data::DataFolder;
use crate::measured_page::write_table;
use crate::names::{
    AliasList, Baseline, Finder, Found, Hits, Ours, growth, hits, names_markdown, read_pairs,
};
use onrecord_linking::names::{NameIndex, Schema};
use rayon::prelude::*;
use std::path::Path;

/// Every such alias is looked for by the baselines, which read the whole list for each.
const SAMPLE: usize = 5;

/// Measures and prints; `labels` are our labels of the pairs, `write` names a page that gets the tables too.
///
/// # Errors
/// When the data are missing or do not fit together, or the page cannot be written.
pub(super) fn run(data: &DataOption, labels: &Path, write: Option<&Path>) -> anyhow::Result<()> {
    let folder = DataFolder::new(&data.folder);
    let [pairs, sdn, alt] = folder.files(["names/name_pairs_dev.csv", "names/sdn.csv", "names/alt.csv"])?;
    let pairs = read_pairs(&pairs, labels)?;
    let list = AliasList::read(&sdn, &alt)?;
    let index = |schema: Option<Schema>| {
        NameIndex::build(
            list.names.iter().map(|(entry, name, own)| (*entry, name.as_str(), schema.unwrap_or(*own))),
        )
    };
    let (typed, untyped) = (index(None), index(Some(Schema::Unknown)));
    let ours = all_found(&list, &Ours { index: &typed, schema: Schema::Person }, 1);
    let unknown = all_found(&list, &Ours { index: &untyped, schema: Schema::Unknown }, 1);
    let apart = list.shares_nothing();
    let even = |n: usize| list.aliases.get(n).is_some_and(|(entry, _)| entry % 2 == 0);
    let mut rows: Vec<(String, Hits)> = vec![
        ("OnRecord".into(), hits(&ours, |_| true)),
        ("OnRecord, even entries (choosing)".into(), hits(&ours, even)),
        ("OnRecord, odd entries (reporting)".into(), hits(&ours, |n| !even(n))),
        ("OnRecord, no word in common".into(), hits(&ours, |n| apart.get(n) == Some(&true))),
        ("OnRecord, not told who is a person".into(), hits(&unknown, |_| true)),
        (format!("OnRecord, every {SAMPLE}th alias"), hits(&ours, |n| n % SAMPLE == 0)),
    ];
    for baseline in Baseline::ALL {
        let found = all_found(&list, &baseline.over(&list.names), SAMPLE);
        rows.push((format!("{}, every {SAMPLE}th alias", baseline.name()), hits(&found, |_| true)));
    }
    let page = names_markdown(&pairs, &rows, &growth(&list));
    if let Some(path) = write {
        write_table(path, "names", &page)?;
    }
    print!("{page}");
    Ok(())
}

/// Looks for every `step`th alias.
fn all_found(list: &AliasList, finder: &impl Finder, step: usize) -> Vec<Found> {
    let asked: Vec<&(usize, String)> = list.aliases.iter().step_by(step).collect();
    asked.par_iter().map(|(entry, alias)| Found::of(*entry, &finder.find(alias))).collect()
}
