//! The command `add`: documents into a case.
//!
//! Documents are read and packed on all threads, and one thread, this one, writes. What is told to be in the case is on
//! the disk.

mod progress;
mod taking;

use crate::case_options::{ActorOption, AddOptions};
use crate::inputs::Inputs;
use crate::ordered::Workers;
use crate::speak::Speaker;
use onrecord::ledger::{Fault, Maker, Writer, WriterOptions};
use onrecord::{IntakeOptions, Limits, Pipeline, Problem, VERSION};
use progress::{Progress, Tally, grouped};
use serde_json::{Map, Value};
use std::io::Write;
use std::process::ExitCode;
use std::time::{Duration, Instant};
use taking::{Items, Part, Taker};

/// The size limit that is not worth a word in the record.
const USUAL_MAX_SIZE: u64 = 20_000_000;

/// A batch is committed when it is this old, or holds as many documents as the options say: what a kill costs, against
/// what a commit costs.
const BATCH_AGE: Duration = Duration::from_secs(2);

/// Runs the command and says how it went.
pub(crate) fn run(options: &AddOptions) -> ExitCode {
    std::panic::set_hook(Box::new(|_| ())); // A panic while reading is told as that document's failure.
    let mut speaker = Speaker::new(options.quiet, false);
    let ended = add(options, &mut speaker);
    speaker.ended(ended)
}

/// A fault of the case as a problem to be told.
pub(crate) fn told(fault: Fault) -> Problem {
    Problem { place: fault.place, what: fault.what, hint: fault.hint }
}

/// Who writes, as the log has it.
pub(crate) fn writes(actor: &ActorOption) -> WriterOptions {
    WriterOptions { actor: actor.name(), program: VERSION.into(), careless: false }
}

/// Opens the case for writing; says so where it must wait.
pub(crate) fn open_to_write(
    folder: &std::path::Path,
    options: WriterOptions,
    speaker: &mut Speaker,
) -> Result<Writer, Problem> {
    let writer = Writer::open(folder, options, || {
        speaker.warning(
            &folder.to_string_lossy(),
            "another program is writing to this case; waiting until it is done",
        );
        true
    });
    writer.map_err(told)
}

/// Adds everything; whether some inputs failed.
fn add(options: &AddOptions, speaker: &mut Speaker) -> Result<bool, Problem> {
    let cannot_begin =
        |what: String| Problem { place: "reading".into(), what: format!("cannot begin: {what}"), hint: None };
    let limits =
        Limits { text_bytes: usize::try_from(options.max_size).unwrap_or(usize::MAX), ..Limits::default() };
    let intake = IntakeOptions { published: options.published.clone(), limits };
    let pipeline = Pipeline::new(options.model, intake).map_err(|error| cannot_begin(error.to_string()))?;
    let workers = Workers::new(options.jobs).map_err(|error| cannot_begin(error.to_string()))?;
    let writes = WriterOptions { careless: options.careless, ..writes(&options.actor) };
    let mut writer = open_to_write(&options.case.folder, writes, speaker)?;
    let known = writer.known().map_err(told)?;
    let evidence = writer.evidence();
    let taker = Taker { pipeline: &pipeline, evidence: &evidence, known: &known, max_size: options.max_size };
    let mut items = Items::new(Inputs::new(&options.paths, None), &evidence, &known, options.max_size);
    let mut batch = Batch {
        writer: &mut writer,
        maker: pipeline.maker(shaping(options)),
        pending: Tally::default(),
        progress: Progress::new(taking::sizes(&options.paths)),
        begun: Instant::now(),
        most: options.batch,
        failed: false,
        speaker,
    };
    workers.run(&mut items, |item, parts| taker.take(item, parts), |part| batch.take(part))?;
    batch.commit()?;
    let Batch { progress, failed, speaker, .. } = batch;
    index_words(&writer, speaker);
    if items.passed_over() > 0 {
        let files =
            if items.passed_over() == 1 { "file of another kind was" } else { "files of other kinds were" };
        speaker.warning("note", &format!("{} {files} passed over", items.passed_over()));
    }
    speaker.done();
    let summary = summary(&progress.done, &writer, options)?;
    // Who closed standard output does not want the summary.
    let _ = std::io::stdout().write_all(summary.as_bytes());
    Ok(failed)
}

/// Has the words of what was added in the index; what is in the case is there without.
pub(crate) fn index_words(writer: &Writer, speaker: &mut Speaker) {
    if let Err(fault) = writer.case().index_words() {
        let Problem { place, what, .. } = told(fault);
        speaker.warning(&place, &format!("{what}; the next search makes the index"));
    }
}

/// What was read and is not yet told to be in the case.
struct Batch<'w, 's> {
    writer: &'w mut Writer,
    maker: Maker,
    pending: Tally,
    progress: Progress,
    begun: Instant,
    most: u64,
    failed: bool,
    speaker: &'s mut Speaker,
}

impl Batch<'_, '_> {
    fn take(&mut self, part: Part) -> Result<(), Problem> {
        match part {
            Part::Arrival { evidence, bytes, path } => {
                self.writer.arrival(&evidence, bytes, &path).map_err(told)?
            }
            Part::Document { name, prepared, warnings } => {
                warnings.iter().for_each(|warning| self.speaker.warning(&name, warning));
                if self.writer.document(&prepared, &self.maker).map_err(told)? {
                    self.pending.documents += 1;
                    self.pending.statements += prepared.statements() as u64;
                    self.pending.speakers += prepared.speakers() as u64;
                    self.pending.silences += prepared.silences() as u64;
                } else {
                    self.pending.known += 1;
                }
            }
            Part::Refused { name, evidence, problem } => {
                let Problem { place, what, hint } = &problem;
                self.writer.refusal(&evidence, place, what, hint.as_deref()).map_err(told)?;
                self.fail(&problem.within(&name));
            }
            Part::TakenIn { evidence } => self.writer.taken_in(&evidence).map_err(told)?,
            Part::Known { documents } => self.pending.known += documents,
            Part::Failed(problem) => self.fail(&problem),
            Part::Stopped(problem) => {
                // What was read before is worth keeping, where the disk still takes it.
                let _ = self.commit();
                return Err(problem);
            }
            Part::Bytes(bytes) => self.pending.bytes += bytes,
        }
        if self.pending.documents >= self.most || self.begun.elapsed() >= BATCH_AGE {
            self.commit()?;
        }
        Ok(())
    }

    fn fail(&mut self, problem: &Problem) {
        self.failed = true;
        self.pending.problems += 1;
        self.speaker.failure(problem);
    }

    fn commit(&mut self) -> Result<(), Problem> {
        self.writer.commit().map_err(told)?;
        self.progress.done.add(&std::mem::take(&mut self.pending));
        self.begun = Instant::now();
        self.speaker.state(|plainly| self.progress.line(plainly));
        Ok(())
    }
}

/// The options that shape the record, as its first line names them.
fn shaping(options: &AddOptions) -> Map<String, Value> {
    let mut said = Map::new();
    if let Some(day) = &options.published {
        said.insert("published".into(), Value::from(day.as_str()));
    }
    if options.max_size != USUAL_MAX_SIZE {
        said.insert("max_size".into(), Value::from(options.max_size));
    }
    said
}

fn summary(done: &Tally, writer: &Writer, options: &AddOptions) -> Result<String, Problem> {
    let all = writer.case().counts().map_err(told)?;
    let counted =
        |n: u64, one: &str, many: &str| format!("{} {}", grouped(n), if n == 1 { one } else { many });
    let mut lines = format!(
        "added    {}, {}, {}, {}, {}\n",
        counted(done.documents, "document", "documents"),
        counted(done.statements, "statement", "statements"),
        counted(done.speakers, "speaker", "speakers"),
        counted(done.silences, "silence", "silences"),
        counted(done.problems, "problem", "problems"),
    );
    if done.known > 0 {
        lines.push_str(&format!(
            "known    {} in the case already\n",
            counted(done.known, "document was", "documents were")
        ));
    }
    lines.push_str(&format!(
        "case     {}: {}, {}, {}\nroot     {}\n",
        onrecord::harmless_line(&options.case.folder.to_string_lossy()),
        counted(all.evidence, "evidence file", "evidence files"),
        counted(all.documents, "document", "documents"),
        counted(all.statements, "statement", "statements"),
        writer.root(),
    ));
    Ok(lines)
}
