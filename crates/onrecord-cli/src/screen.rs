//! The command `names --list`: the names of a file held against lists.

use crate::inputs::{Source, problem, read_file};
use crate::lists;
use crate::names_options::{NamesFormat, NamesOptions};
use crate::ordered::Workers;
use crate::output::is_broken_pipe;
use crate::speak::Speaker;
use clap::ColorChoice;
use onrecord::Problem;
use onrecord::linking::watchlist::Asked;
use onrecord::record::ListFinding;
use onrecord::report::{draw_findings, text::Look};
use onrecord::watch::{ListBytes, read_queries};
use serde::Serialize;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

/// Names that are looked for before their results are handed on.
const BATCH: usize = 64;

/// The most bytes of a file of names.
const LARGEST: u64 = 1_000_000_000;

/// Bad rows that are named; of the rest the number.
const ROWS_NAMED: usize = 20;

/// One line of the output.
#[derive(Serialize)]
struct Line<'a> {
    query: &'a str,
    line: usize,
    matches: &'a [ListFinding],
}

/// Runs the command and says how it went.
pub(crate) fn run(options: &NamesOptions) -> ExitCode {
    let mut speaker = Speaker::new(options.screen.quiet, io::stdout().is_terminal());
    match screen(options, &mut speaker) {
        Ok(failed) => ExitCode::from(u8::from(failed)),
        Err(Stop::Output(error)) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(Stop::Output(error)) => {
            let what = format!("cannot be written: {error}");
            speaker.failure(&Problem { place: "standard output".into(), what, hint: None });
            ExitCode::FAILURE
        }
        Err(Stop::Start(problem)) => {
            speaker.failure(&problem);
            ExitCode::FAILURE
        }
    }
}

enum Stop {
    Output(io::Error),
    Start(Problem),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Stop::Output(error)
    }
}

impl From<Problem> for Stop {
    fn from(problem: Problem) -> Self {
        Stop::Start(problem)
    }
}

/// Looks for every name; whether some rows or names could not be used.
fn screen(options: &NamesOptions, speaker: &mut Speaker) -> Result<bool, Stop> {
    let Some(path) = &options.screen.queries else {
        let what = "has no file of names".into();
        return Err(Stop::Start(Problem {
            place: "--list".into(),
            what,
            hint: Some("give --queries FILE".into()),
        }));
    };
    let lists = lists::load(&options.screen.list, speaker)?;
    let file = names_file(path)?;
    let (queries, notes) = read_queries(&file);
    notes.iter().for_each(|note| speaker.warning(&file.name, note));
    let problems = &queries.problems;
    problems.first().iter().take(ROWS_NAMED).for_each(|problem| speaker.bad_row(problem));
    if problems.total() > ROWS_NAMED {
        speaker.more_bad_rows(&file.name, problems.total() - ROWS_NAMED);
    }
    let workers = Workers::new(options.screen.jobs).map_err(|error| Problem {
        place: "reading".into(),
        what: format!("cannot begin: {error}"),
        hint: None,
    })?;
    let format = options.format();
    let limit = usize::from(options.screen.limit);
    let look = look(options.color);
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout());
    workers.run(
        &mut queries.asked.chunks(BATCH),
        |batch: &[Asked], parts| {
            let mut bytes = Vec::new();
            for asked in batch {
                let matches = lists.list.matches(&asked.query, limit);
                let name = asked.query.name.as_str();
                match format {
                    NamesFormat::Text => bytes.extend(draw_findings(name, &matches, &look).into_bytes()),
                    NamesFormat::Jsonl => {
                        let line = Line { query: name, line: asked.line, matches: &matches };
                        // Writing into memory fails only when memory does.
                        if serde_json::to_writer(&mut bytes, &line).is_ok() {
                            bytes.push(b'\n');
                        }
                    }
                }
            }
            parts.send(bytes);
        },
        |bytes: Vec<u8>| out.write_all(&bytes),
    )?;
    out.flush()?;
    Ok(lists.failed || problems.total() > 0)
}

fn names_file(path: &Path) -> Result<ListBytes, Problem> {
    if path.as_os_str() == "-" {
        return Ok(ListBytes { name: "standard input".into(), bytes: Source::Stdin.bytes(LARGEST)? });
    }
    if path.is_dir() {
        return Err(problem(path, "is a directory", Some("give one file of names")));
    }
    Ok(ListBytes { name: path.to_string_lossy().into_owned(), bytes: read_file(path, LARGEST)? })
}

fn look(colour: ColorChoice) -> Look {
    let stdout = io::stdout();
    let colour = match colour {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto => anstream::AutoStream::choice(&stdout) != anstream::ColorChoice::Never,
    };
    let width = terminal_size::terminal_size_of(&stdout).map(|(width, _)| usize::from(width.0));
    Look { width: width.unwrap_or(80), colour }
}
