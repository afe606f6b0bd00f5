//! What is said on standard error: one line for each failure, warnings, and a progress line at a terminal.

use onrecord::watch::ListProblem;
use onrecord::{Problem, harmless_line};
use std::io::{IsTerminal, Write};
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// Where progress does not go to a terminal, how long there is between two lines of it.
const PLAIN_LINES: Duration = Duration::from_secs(30);

/// Speaks on standard error. What cannot be said is not said: a closed standard error stops nothing.
pub(crate) struct Speaker {
    quiet: bool,
    progress: bool,
    shown: bool,
    last: Instant,
}

impl Speaker {
    /// `lines_elsewhere`: whether lines are written to the same terminal, so that progress would disturb them.
    pub(crate) fn new(quiet: bool, lines_elsewhere: bool) -> Self {
        let progress = !quiet && !lines_elsewhere && std::io::stderr().is_terminal();
        Speaker { quiet, progress, shown: false, last: Instant::now() }
    }

    /// A failure, always told.
    pub(crate) fn failure(&mut self, problem: &Problem) {
        self.line(&problem.to_string());
    }

    /// A row of a list that could not be used, or not wholly; always told.
    pub(crate) fn bad_row(&mut self, problem: &ListProblem) {
        self.line(&problem.to_string());
    }

    /// That there are more such rows.
    pub(crate) fn more_bad_rows(&mut self, list: &str, more: usize) {
        let rows = if more == 1 { "row" } else { "rows" };
        self.line(&format!("{list}: and {more} more {rows} with problems"));
    }

    /// Something worth knowing, told unless `--quiet`.
    pub(crate) fn warning(&mut self, place: &str, warning: &str) {
        if !self.quiet {
            self.line(&format!("{place}: {warning}"));
        }
    }

    /// How far things are, now and then.
    pub(crate) fn progress(&mut self, documents: usize, statements: usize) {
        if self.progress && self.last.elapsed() > Duration::from_millis(200) {
            self.show(&format!("{documents} documents, {statements} statements"));
        }
    }

    /// How far something is, now and then.
    pub(crate) fn count(&mut self, done: u64, what: &str) {
        if self.progress && self.last.elapsed() > Duration::from_millis(200) {
            self.show(&format!("{done} {what}"));
        }
    }

    /// How far things are: at a terminal on one line that changes, elsewhere on a line of its own now and then. `line` is
    /// told whether it stands among others.
    pub(crate) fn state(&mut self, line: impl FnOnce(bool) -> String) {
        if self.progress {
            self.show(&line(false));
        } else if !self.quiet && self.last.elapsed() > PLAIN_LINES {
            self.last = Instant::now();
            self.line(&line(true));
        }
    }

    fn show(&mut self, line: &str) {
        let mut out = std::io::stderr().lock();
        let _ = write!(out, "\r\u{1b}[K{line}");
        let _ = out.flush();
        self.shown = true;
        self.last = Instant::now();
    }

    /// Clears the progress line.
    pub(crate) fn done(&mut self) {
        if std::mem::take(&mut self.shown) {
            let _ = write!(std::io::stderr().lock(), "\r\u{1b}[K");
        }
    }

    /// How a command on a case ended, as the program's exit: whether some input failed, or what stopped it, which is told.
    pub(crate) fn ended(&mut self, how: Result<bool, Problem>) -> ExitCode {
        self.done();
        match how {
            Ok(failed) => ExitCode::from(u8::from(failed)),
            Err(problem) => {
                self.failure(&problem);
                ExitCode::FAILURE
            }
        }
    }

    fn line(&mut self, text: &str) {
        self.done();
        let _ = writeln!(std::io::stderr().lock(), "onrecord: {}", harmless_line(text));
    }
}
