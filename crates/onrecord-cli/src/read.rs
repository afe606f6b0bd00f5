//! The command `read`: documents in, their record out, no case kept.

use crate::arguments::{Arguments, Format, ReadOptions};
use crate::inputs::{Input, Inputs};
use crate::lists;
use crate::ordered::{Parts, Workers};
use crate::output::{Output, Part, is_broken_pipe};
use crate::speak::Speaker;
use clap::CommandFactory;
use clap::error::ErrorKind;
use onrecord::watch::Watchlist;
use onrecord::{IntakeOptions, Limits, Pipeline, Problem, record::Document};
use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

/// How many articles of one file are read side by side before they are handed on.
const BATCH: usize = 32;

/// Runs the command and says how it went.
pub(crate) fn run(options: &ReadOptions) -> ExitCode {
    let brat_alone = options.format() == Format::Brat && options.output.is_none();
    if brat_alone && (options.paths.len() > 1 || options.paths.iter().any(|path| path.is_dir())) {
        let what = "--format brat writes one document to standard output; for several give --output DIR";
        Arguments::command().error(ErrorKind::MissingRequiredArgument, what).exit();
    }
    std::panic::set_hook(Box::new(|_| ())); // A panic while reading is told as that document's failure.
    let mut speaker = Speaker::new(options.quiet, output_is_terminal(options));
    let ended = read(options, &mut speaker);
    speaker.done();
    match ended {
        Ok(failed) => ExitCode::from(u8::from(failed)),
        Err(Stop::Output(error)) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(Stop::Output(error)) => {
            let place =
                options.output.as_ref().map_or("standard output".into(), |path| path.to_string_lossy());
            speaker.failure(&Problem {
                place: place.into(),
                what: format!("cannot be written: {error}"),
                hint: None,
            });
            ExitCode::FAILURE
        }
        Err(Stop::List(problem)) => {
            speaker.failure(&problem);
            ExitCode::FAILURE
        }
        Err(Stop::Start(what)) => {
            speaker.failure(&Problem {
                place: "reading".into(),
                what: format!("cannot begin: {what}"),
                hint: None,
            });
            ExitCode::FAILURE
        }
    }
}

/// Why nothing more can be done.
enum Stop {
    /// The output cannot be written.
    Output(io::Error),
    /// A list cannot be used. A record without its matches would look as if there were none.
    List(Problem),
    /// The model or the threads are missing.
    Start(String),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Stop::Output(error)
    }
}

/// Reads everything; whether some inputs failed.
fn read(options: &ReadOptions, speaker: &mut Speaker) -> Result<bool, Stop> {
    let limits =
        Limits { text_bytes: usize::try_from(options.max_size).unwrap_or(usize::MAX), ..Limits::default() };
    let intake = IntakeOptions { published: options.published.clone(), limits };
    let pipeline = Pipeline::new(options.model, intake).map_err(|error| Stop::Start(error.to_string()))?;
    let workers = Workers::new(options.jobs).map_err(|error| Stop::Start(error.to_string()))?;
    let lists = lists::load(&options.watch, speaker).map_err(Stop::List)?;
    let mut output = Output::open(options, pipeline.model())?;
    let mut inputs = Inputs::new(&options.paths, options.output.as_deref());
    let (mut failed, mut documents, mut statements) = (lists.failed, 0, 0);
    let reader =
        DocumentReader { pipeline: &pipeline, options, list: &lists.list, render: output.renderer() };
    workers.run(
        &mut inputs,
        |input, parts| reader.read(input, parts),
        |part: Result<Part, Problem>| {
            match part.and_then(|part| part.allowed(&output)) {
                Ok(part) => {
                    documents += 1;
                    statements += part.statements;
                    if options.format() != Format::Text {
                        part.warnings.iter().for_each(|warning| speaker.warning(&part.name, warning));
                    }
                    output.write(part)?;
                    speaker.progress(documents, statements);
                }
                Err(problem) => {
                    failed = true;
                    speaker.failure(&problem);
                }
            }
            Ok::<(), Stop>(())
        },
    )?;
    if inputs.passed_over > 0 {
        let files =
            if inputs.passed_over == 1 { "file of another kind was" } else { "files of other kinds were" };
        speaker.warning("note", &format!("{} {files} passed over", inputs.passed_over));
    }
    output.finish(documents, statements)?;
    Ok(failed)
}

/// Turns one input into the parts of the output; on any thread.
struct DocumentReader<'o> {
    pipeline: &'o Pipeline,
    options: &'o ReadOptions,
    list: &'o Watchlist,
    render: crate::output::Renderer,
}

impl DocumentReader<'_> {
    fn read(&self, input: Input, parts: &Parts<Result<Part, Problem>>) {
        let (name, bytes) =
            match input.and_then(|source| Ok((source.name(), source.bytes(self.options.max_size)?))) {
                Ok(found) => found,
                Err(problem) => {
                    parts.send(Err(problem));
                    return;
                }
            };
        let documents = guarded(&name, || Ok(self.pipeline.documents(Some(&name), &bytes)));
        drop(bytes);
        let mut documents = match documents {
            Ok(documents) => documents.into_iter(),
            Err(problem) => {
                parts.send(Err(problem));
                return;
            }
        };
        if documents.len() == 0 {
            parts.send(Err(Problem { place: name, what: "holds no document".into(), hint: None }));
            return;
        }
        if documents.len() == 1 {
            if let Some(document) = documents.next() {
                parts.send(self.part(&name, document));
            }
            return;
        }
        loop {
            let batch: Vec<_> = documents.by_ref().take(BATCH).collect();
            if batch.is_empty() {
                return;
            }
            let done: Vec<_> =
                batch.into_par_iter().with_max_len(1).map(|document| self.part(&name, document)).collect();
            if !done.into_iter().all(|part| parts.send(part)) {
                return;
            }
        }
    }

    fn part(&self, name: &str, document: Result<Document, Problem>) -> Result<Part, Problem> {
        let document = document.map_err(|problem| problem.within(name))?;
        guarded(name, || {
            let mut record = self.pipeline.read(document);
            if let Some(floor) = self.options.min_confidence {
                // Confidences are such numbers, and 0.7 is to be as sure as 0.7.
                record.leave_out_unsure(floor as f32);
            }
            if !self.list.is_empty() {
                record.hold_against(self.list);
            }
            if self.options.no_text && self.options.format() == Format::Jsonl {
                record.document.text = None;
            }
            self.render.part(name, record).map_err(|error| Problem {
                place: name.into(),
                what: format!("cannot be written down: {error}"),
                hint: None,
            })
        })
    }
}

/// One document must never end the reading of the others, not even by a fault of this program.
pub(crate) fn guarded<T>(name: &str, work: impl FnOnce() -> Result<T, Problem>) -> Result<T, Problem> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let words = panic
            .downcast_ref::<String>()
            .map(String::as_str)
            .or_else(|| panic.downcast_ref::<&str>().copied())
            .unwrap_or("of an unknown kind");
        Err(Problem {
            place: name.into(),
            what: format!("could not be read for a fault of this program: {words}"),
            hint: Some("please report it with the document".into()),
        })
    })
}

fn output_is_terminal(options: &ReadOptions) -> bool {
    use std::io::IsTerminal;
    options.output.is_none() && io::stdout().is_terminal()
}
