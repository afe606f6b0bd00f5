//! `onrecord-lab score --same-claim`: whether statements gathered into one claim make it.

use super::DataOption;
use crate::gold_data::DataFolder;
use crate::measured_page::write_table;
use crate::same_claim::{markdown, score};
use std::path::Path;

/// Measures and prints; `write` names a page that gets the table too.
///
/// # Errors
/// When the data are missing or do not fit together, or the page cannot be written.
pub(super) fn run(data: &DataOption, pairs: &Path, write: Option<&Path>) -> anyhow::Result<()> {
    let [articles] = DataFolder::new(&data.folder).files(["news/articles.jsonl.gz"])?;
    let page = markdown(&score(pairs, &articles)?);
    if let Some(path) = write {
        write_table(path, "same claim", &page)?;
    }
    print!("{page}");
    Ok(())
}
