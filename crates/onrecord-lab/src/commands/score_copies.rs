//! `onrecord-lab score --copies`: copies and rewritten copies.

use super::{DataOption, ModelOption};
use crate::copies::{copies_markdown, on_case, on_news, read_articles, rewrites};
use crate::gold_data::DataFolder;
use crate::measured_page::write_table;
use crate::our_reader::our_pipeline;
use std::path::Path;

/// Where rewriting by rules starts from; another seed makes other texts.
const SEED: u64 = 7;

/// Measures and prints; `write` names a page that gets the tables too.
///
/// # Errors
/// When the data or the bundled case are missing, or the page cannot be written.
pub(super) fn run(
    data: &DataOption,
    model: &ModelOption,
    case: &Path,
    write: Option<&Path>,
) -> anyhow::Result<()> {
    let articles = read_articles(&DataFolder::new(&data.folder).articles()?)?;
    let news = on_news(&articles);
    let rewrites = rewrites(&articles, SEED)?;
    let case = on_case(case, &our_pipeline(model.name)?)?;
    let page = copies_markdown(&news, &rewrites, &case);
    if let Some(path) = write {
        write_table(path, "copies", &page)?;
    }
    print!("{page}");
    Ok(())
}
