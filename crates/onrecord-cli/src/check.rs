//! The commands `check` and `matrix`: a draft, or several claims, held against a case.

use crate::add::told;
use crate::answers::{READY, asker, give, write};
use crate::inputs::Source;
use crate::question_options::{CheckOptions, MatrixOptions};
use crate::speak::Speaker;
use onrecord::ledger::{Case, Fault};
use onrecord::question::footnotes;
use onrecord::report::{checked, matrix};
use onrecord::{IntakeOptions, ModelName, Pipeline, Problem, Record};
use std::path::Path;
use std::process::ExitCode;

/// A draft larger than this is none.
const MOST_BYTES: u64 = 20_000_000;

/// Claims of one matrix; each is a question to the case.
const MOST_CLAIMS: usize = 50;

/// Runs `check` and says how it went.
pub(crate) fn run(options: &CheckOptions) -> ExitCode {
    let mut speaker = Speaker::new(options.answer.quiet, false);
    let checked = check(options, &mut speaker);
    speaker.ended(checked.map(|()| false))
}

fn check(options: &CheckOptions, speaker: &mut Speaker) -> Result<(), Problem> {
    let record = draft(&options.draft)?;
    let case = Case::open(&options.answer.case.folder).map_err(told)?;
    let checked = asker()?.check(&case, &record, |done| speaker.count(done, READY)).map_err(told)?;
    speaker.done();
    if options.footnotes {
        return write(&footnotes(record.document.text(), &checked), options.answer.output.as_deref());
    }
    give(&checked, &options.answer, checked::draw, checked::page)
}

/// Runs `matrix` and says how it went.
pub(crate) fn run_matrix(options: &MatrixOptions) -> ExitCode {
    let mut speaker = Speaker::new(options.answer.quiet, false);
    let made = set_beside(options, &mut speaker);
    speaker.ended(made.map(|()| false))
}

fn set_beside(options: &MatrixOptions, speaker: &mut Speaker) -> Result<(), Problem> {
    let claims = claims(&options.claims)?;
    let case = Case::open(&options.answer.case.folder).map_err(told)?;
    let made = asker()?.matrix(&case, &claims, |done| speaker.count(done, READY)).map_err(told)?;
    speaker.done();
    give(&made, &options.answer, matrix::draw, matrix::page)
}

fn bytes(path: &Path) -> Result<Vec<u8>, Problem> {
    let source = if path == Path::new("-") { Source::Stdin } else { Source::File(path.to_owned()) };
    source.bytes(MOST_BYTES)
}

/// The first document in a file, read.
fn draft(path: &Path) -> Result<Record, Problem> {
    let bytes = bytes(path)?;
    let options = IntakeOptions::default();
    let pipeline = Pipeline::new(ModelName::default(), options)
        .map_err(|error| told(Fault::refused("the program", error.to_string())))?;
    let name = path.display().to_string();
    let mut outcomes = pipeline.read_bytes(Some(&name), &bytes).into_iter();
    outcomes
        .next()
        .unwrap_or_else(|| Err(Problem { place: name.clone(), what: "holds no text".into(), hint: None }))
}

fn claims(path: &Path) -> Result<Vec<String>, Problem> {
    let bytes = bytes(path)?;
    let place = path.display().to_string();
    let text = String::from_utf8_lossy(&bytes);
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let claims: Vec<String> = lines.map(str::to_owned).collect();
    match claims.len() {
        0 => Err(Problem {
            place,
            what: "holds no claim".into(),
            hint: Some("write one claim on each line".into()),
        }),
        n if n > MOST_CLAIMS => Err(Problem {
            place,
            what: format!("holds {n} claims, and a matrix has at most {MOST_CLAIMS}"),
            hint: Some("split it".into()),
        }),
        _ => Ok(claims),
    }
}
