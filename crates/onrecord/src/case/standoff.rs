//! A case as standoff files for brat, two for each document.

use super::{ExportError, record_of};
use crate::export::brat;
use onrecord_ledger::Case;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

/// Writes a `.txt` and an `.ann` file for each document, named by its id, and brat's configuration beside them, into
/// `folder`, made if absent; how many documents. Files of these names are replaced.
///
/// # Errors
/// When the case cannot be read or the folder cannot be written.
pub fn write_brat(case: &Case, folder: &Path) -> Result<u64, ExportError> {
    fs::create_dir_all(folder)?;
    fs::write(folder.join("annotation.conf"), brat::CONFIGURATION)?;
    let mut documents = 0;
    case.each_record(|stored| {
        let record = record_of(&stored)?;
        fs::write(folder.join(format!("{}.txt", stored.document)), &stored.text)?;
        let mut file = BufWriter::new(File::create(folder.join(format!("{}.ann", stored.document)))?);
        brat::write(&record, &mut file)?;
        file.flush()?;
        documents += 1;
        Ok::<(), ExportError>(())
    })?;
    Ok(documents)
}
