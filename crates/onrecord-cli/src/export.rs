//! The command `export`: the record of a case, written out as it is read, one document in memory at a time.

use crate::add::{told, writes};
use crate::case_options::{ExportFormat, ExportOptions};
use crate::output::{is_broken_pipe, partial_name, replaceable};
use crate::speak::Speaker;
use onrecord::Problem;
use onrecord::case::{ExportError, write_brat, write_csv, write_jsonl, write_parquet, write_web_annotation};
use onrecord::ledger::log::Content;
use onrecord::ledger::{Case, Fault, FaultKind, Writer};
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::process::ExitCode;

/// Runs the command and says how it went.
pub(crate) fn run(options: &ExportOptions) -> ExitCode {
    let mut speaker = Speaker::new(options.quiet, true);
    let place = options.output.as_ref().map_or("standard output".into(), |path| path.to_string_lossy());
    let done = export(options).and_then(|documents| Ok(note(options, documents, &mut speaker)?));
    match done {
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

/// Notes on the log that the record left the case. A case that may not be written, or that another program is writing to,
/// is written out all the same; that nothing was noted is said.
fn note(options: &ExportOptions, documents: u64, speaker: &mut Speaker) -> Result<(), Fault> {
    let noted =
        Writer::open(&options.case.folder, writes(&options.actor), || false).and_then(|mut writer| {
            writer.append(&Content::Export { format: options.format.name().into(), documents })?;
            writer.commit()
        });
    match noted {
        Err(fault) if matches!(fault.kind, FaultKind::Busy | FaultKind::ReadOnly | FaultKind::Unfit) => {
            speaker.warning(
                "note",
                &format!("the log does not tell of this export: {} {}", fault.place, fault.what),
            );
            Ok(())
        }
        noted => noted,
    }
}

/// Writes the record out; how many documents.
fn export(options: &ExportOptions) -> Result<u64, ExportError> {
    let case = Case::open(&options.case.folder)?;
    let Some(path) = &options.output else {
        if options.format == ExportFormat::Brat {
            let hint = "give --output DIR";
            return Err(Fault::refused("brat's format", "is two files for each document").hint(hint).into());
        }
        return write(&case, options.format, BufWriter::with_capacity(1 << 16, io::stdout()));
    };
    if options.format == ExportFormat::Brat {
        return write_brat(&case, path);
    }
    if !replaceable(path) {
        return write(&case, options.format, BufWriter::new(File::create(path)?));
    }
    // The name is given when all is there, so that half a record is never taken for a whole one.
    let partial = partial_name(path);
    let written = write_file(&case, options.format, &partial, path);
    if written.is_err() {
        let _ = fs::remove_file(&partial);
    }
    written
}

fn write_file(case: &Case, format: ExportFormat, partial: &Path, path: &Path) -> Result<u64, ExportError> {
    let documents = write(case, format, BufWriter::with_capacity(1 << 16, File::create(partial)?))?;
    fs::rename(partial, path)?;
    Ok(documents)
}

fn write(case: &Case, format: ExportFormat, mut out: impl Write + Send) -> Result<u64, ExportError> {
    let documents = match format {
        ExportFormat::Jsonl => write_jsonl(case, &mut out)?,
        ExportFormat::Csv => write_csv(case, &mut out)?,
        ExportFormat::Parquet => write_parquet(case, &mut out)?,
        ExportFormat::WebAnnotation => write_web_annotation(case, &mut out)?,
        // Goes to a folder, not to a stream.
        ExportFormat::Brat => 0,
    };
    out.flush()?;
    Ok(documents)
}
