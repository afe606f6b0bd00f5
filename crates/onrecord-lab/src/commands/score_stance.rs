//! `onrecord-lab score --stance`: what texts make of claims.

use super::DataOption;
use crate::gold_data::DataFolder;
use crate::measured_page::write_table;
use crate::stance_score::score;
use std::path::Path;

/// Measures and prints; `write` names a page that gets the table too.
///
/// # Errors
/// When the data are missing, or the page cannot be written.
pub(super) fn run(data: &DataOption, write: Option<&Path>) -> anyhow::Result<()> {
    let folder = DataFolder::new(&data.folder);
    let [splits] = folder.files(["perspectrum/splits.json"])?;
    let data = splits.parent().and_then(Path::parent).unwrap_or(Path::new("."));
    let found = score(data, "dev")?;
    let page = format!(
        "| PERSPECTRUM dev | pairs | supports, F1 | undermines, F1 | macro-F1 | accuracy |\n\
         | --- | ---: | ---: | ---: | ---: | ---: |\n\
         | claims unseen in training | {} | {:.1} | {:.1} | {:.1} | {:.1} |\n",
        found.pairs,
        100.0 * found.supports,
        100.0 * found.undermines,
        100.0 * found.macro_f1(),
        100.0 * found.accuracy
    );
    if let Some(path) = write {
        write_table(path, "stance", &page)?;
    }
    print!("{page}");
    Ok(())
}
