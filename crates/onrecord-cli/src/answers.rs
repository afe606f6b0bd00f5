//! What the commands that answer questions share: who answers, and where the answer goes.
//!
//! It is as wide as the terminal, and in colour only there. A file is replaced when the answer is complete.

use crate::add::told;
use crate::output::{is_broken_pipe, partial_name, replaceable};
use crate::question_options::{AnswerFormat, AnswerOptions};
use onrecord::Problem;
use onrecord::ledger::Fault;
use onrecord::question::Asker;
use onrecord::report::text::Look;
use serde::Serialize;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

/// What is told of documents that are made ready for questions.
pub(crate) const READY: &str = "documents made ready for questions";

/// Who answers.
pub(crate) fn asker() -> Result<Asker, Problem> {
    Asker::new().map_err(|error| told(Fault::refused("the program", error.to_string())))
}

/// Gives an answer as the options say: as JSON, or as `draw` or `page` make it.
pub(crate) fn give<A: Serialize>(
    answer: &A,
    options: &AnswerOptions,
    draw: impl FnOnce(&A, &Look) -> String,
    page: impl FnOnce(&A) -> Result<String, std::fmt::Error>,
) -> Result<(), Problem> {
    let file = options.output.as_deref();
    let failed = |error: &dyn std::fmt::Display| {
        told(Fault::refused("the answer", format!("cannot be written: {error}")))
    };
    let text = match options.format() {
        AnswerFormat::Json => serde_json::to_string(answer).map_err(|error| failed(&error))? + "\n",
        AnswerFormat::Text => draw(answer, &look(file)),
        AnswerFormat::Html => page(answer).map_err(|error| failed(&error))?,
    };
    write(&text, file)
}

/// Writes to `file`, or to standard output where there is none.
pub(crate) fn write(text: &str, file: Option<&Path>) -> Result<(), Problem> {
    let written = match file {
        None => match io::stdout().write_all(text.as_bytes()) {
            // Who closed standard output has seen enough.
            Err(error) if is_broken_pipe(&error) => Ok(()),
            written => written,
        },
        Some(path) if replaceable(path) => {
            let partial = partial_name(path);
            fs::write(&partial, text).and_then(|()| fs::rename(&partial, path)).inspect_err(|_| {
                // What is left of it is of no use; that it is there is not what went wrong.
                let _ = fs::remove_file(&partial);
            })
        }
        Some(path) => fs::write(path, text),
    };
    written.map_err(|error| Problem {
        place: file.map_or_else(|| "standard output".into(), |path| path.display().to_string()),
        what: format!("cannot be written: {error}"),
        hint: None,
    })
}

/// How a report looks on standard output, or in `file`.
pub(crate) fn look(file: Option<&Path>) -> Look {
    let stdout = io::stdout();
    match file {
        Some(_) => Look::default(),
        None => {
            let width = terminal_size::terminal_size_of(&stdout).map(|(width, _)| usize::from(width.0));
            let colour = anstream::AutoStream::choice(&stdout) != anstream::ColorChoice::Never;
            Look { width: width.unwrap_or(80), colour }
        }
    }
}
