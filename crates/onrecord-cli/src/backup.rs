//! The commands `backup` and `restore`: a case copied, and the copy verified.

use crate::add::told;
use crate::case_options::{BackupOptions, RestoreOptions};
use crate::speak::Speaker;
use crate::verify::words;
use onrecord::ledger::{Case, Result};
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

/// Runs `backup` and says how it went.
pub(crate) fn backup(options: &BackupOptions) -> ExitCode {
    copy(&options.case.folder, &options.to, options.quiet)
}

/// Runs `restore` and says how it went.
pub(crate) fn restore(options: &RestoreOptions) -> ExitCode {
    copy(&options.from, &options.case.folder, options.quiet)
}

fn copy(from: &Path, to: &Path, quiet: bool) -> ExitCode {
    let mut speaker = Speaker::new(quiet, false);
    match copied(from, to, &mut speaker) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(fault) => {
            speaker.failure(&told(fault));
            ExitCode::FAILURE
        }
    }
}

/// Copies and verifies; whether the copy is sound.
fn copied(from: &Path, to: &Path, speaker: &mut Speaker) -> Result<bool> {
    Case::open(from)?.copy_to(to, &mut |done, _| speaker.count(done, "evidence files copied"))?;
    let verdict = Case::open(to)?.verify(None, &mut |done| speaker.count(done, "documents verified"));
    speaker.done();
    let said = words(&verdict, speaker);
    // Who closed standard output does not want to know.
    let _ = std::io::stdout().write_all(said.as_bytes());
    Ok(verdict.ok)
}
