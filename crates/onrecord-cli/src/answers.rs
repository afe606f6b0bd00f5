//! Answers written out: to standard output or a file.
//!
//! As wide as the terminal, and in colour only there.

use onrecord::Problem;
use onrecord::report::text::Look;
use std::io::Write;
use std::path::Path;

/// Writes to `file`, or to standard output where there is none.
pub(crate) fn write(text: &str, file: Option<&Path>) -> Result<(), Problem> {
    match file {
        None => {
            // Who closed standard output has seen enough.
            let _ = std::io::stdout().write_all(text.as_bytes());
            Ok(())
        }
        Some(path) => std::fs::write(path, text).map_err(|error| Problem {
            place: path.display().to_string(),
            what: format!("cannot be written: {error}"),
            hint: None,
        }),
    }
}

/// How an answer looks on standard output, or in `file`.
pub(crate) fn look(file: Option<&Path>) -> Look {
    let stdout = std::io::stdout();
    match file {
        Some(_) => Look::default(),
        None => {
            let width = terminal_size::terminal_size_of(&stdout).map(|(width, _)| usize::from(width.0));
            let colour = anstream::AutoStream::choice(&stdout) != anstream::ColorChoice::Never;
            Look { width: width.unwrap_or(80), colour }
        }
    }
}
