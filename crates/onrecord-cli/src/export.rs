//! The command `export`: the record of a case, written out as it is read, one document in memory at a time.

use crate::add::told;
use crate::case_options::{ExportFormat, ExportOptions};
use crate::output::is_broken_pipe;
use crate::speak::Speaker;
use onrecord::Problem;
use onrecord::case::{ExportError, write_csv, write_jsonl};
use onrecord::ledger::Case;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::process::ExitCode;

/// Runs the command and says how it went.
pub(crate) fn run(options: &ExportOptions) -> ExitCode {
    let mut speaker = Speaker::new(false, true);
    let place = options.output.as_ref().map_or("standard output".into(), |path| path.to_string_lossy());
    match export(options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(ExportError::Output(error)) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(ExportError::Output(error)) => {
            let what = format!("cannot be written: {error}");
            speaker.failure(&Problem { place: place.into(), what, hint: None });
            ExitCode::FAILURE
        }
        Err(ExportError::Case(fault)) => {
            speaker.failure(&told(fault));
            ExitCode::FAILURE
        }
    }
}

fn export(options: &ExportOptions) -> Result<(), ExportError> {
    let case = Case::open(&options.case.folder)?;
    let Some(path) = &options.output else {
        return write(&case, options.format, BufWriter::with_capacity(1 << 16, io::stdout()));
    };
    if fs::metadata(path).is_ok_and(|found| !found.is_file()) {
        return write(&case, options.format, BufWriter::new(File::create(path)?));
    }
    // The name is given when all is there, so that half a record is never taken for a whole one.
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let partial = path.with_file_name(format!(".{name}.{}.partial", std::process::id()));
    let written = write_file(&case, options.format, &partial, path);
    if written.is_err() {
        let _ = fs::remove_file(&partial);
    }
    written
}

fn write_file(case: &Case, format: ExportFormat, partial: &Path, path: &Path) -> Result<(), ExportError> {
    write(case, format, BufWriter::with_capacity(1 << 16, File::create(partial)?))?;
    Ok(fs::rename(partial, path)?)
}

fn write(case: &Case, format: ExportFormat, mut out: impl Write) -> Result<(), ExportError> {
    match format {
        ExportFormat::Jsonl => write_jsonl(case, &mut out)?,
        ExportFormat::Csv => write_csv(case, &mut out)?,
    };
    Ok(out.flush()?)
}
