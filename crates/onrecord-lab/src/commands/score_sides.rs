//! `onrecord-lab score --sides`: which side statements take of claims, as an answer shows it.

use super::{DataOption, ModelOption};
use crate::gold_data::DataFolder;
use crate::measured_page::write_table;
use crate::our_reader::our_pipeline;
use crate::sides::{NewsCase, SideGold, markdown, score};
use onrecord::question::Asker;
use std::path::Path;

/// Measures on the claims that figures are told of, and prints; `write` names a page that gets the table too.
///
/// # Errors
/// When the data or the marks are missing or do not fit together, or the page cannot be written.
pub(super) fn run(
    data: &DataOption,
    model: &ModelOption,
    marks: &Path,
    write: Option<&Path>,
) -> anyhow::Result<()> {
    let [articles] = DataFolder::new(&data.folder).files(["news/articles.jsonl.gz"])?;
    let mut gold = SideGold::read(marks)?;
    gold.retain(|claim| claim.reported);
    let case = NewsCase::of(&gold, &articles, &our_pipeline(model.name)?)?;
    let page = markdown(&score(&gold, &case, &Asker::new()?)?);
    if let Some(path) = write {
        write_table(path, "sides", &page)?;
    }
    print!("{page}");
    Ok(())
}
