//! The command `import`: a record that was written out goes into a case as it is.

use crate::add::{index_words, open_to_write, told, writes};
use crate::case_options::ImportOptions;
use crate::inputs::{plain, problem};
use crate::ordered::Workers;
use crate::speak::Speaker;
use onrecord::Problem;
use onrecord::case::{RecordPart, RecordParts};
use onrecord::ledger::{Known, Maker, Prepared, Writer};
use onrecord::record::Sha256;
use std::fs::File;
use std::io::{self, BufReader, Write};
use std::path::Path;
use std::process::ExitCode;

/// Documents that are committed together.
const BATCH: u64 = 500;

/// The longest line, in bytes: a document with its text.
const LONGEST: usize = 1_000_000_000;

/// Runs the command and says how it went.
pub(crate) fn run(options: &ImportOptions) -> ExitCode {
    let mut speaker = Speaker::new(options.quiet, false);
    let ended = import(options, &mut speaker);
    speaker.ended(ended)
}

/// What comes of one document of the record.
enum Part {
    Document(Maker, Box<Prepared>),
    Known,
    Failed(Problem),
}

/// Takes in everything; whether some of it could not be.
fn import(options: &ImportOptions, speaker: &mut Speaker) -> Result<bool, Problem> {
    let workers = Workers::new(options.jobs).map_err(|error| Problem {
        place: "reading".into(),
        what: format!("cannot begin: {error}"),
        hint: None,
    })?;
    let mut writer = open_to_write(&options.case.folder, writes(&options.actor), speaker)?;
    let known = writer.known().map_err(told)?;
    let path = options.path.to_string_lossy();
    let (evidence, bytes) = keep(&options.path, &writer)?;
    writer.arrival(&evidence, bytes, &path).map_err(told)?;
    let (mut done, mut there, mut failed) = (0_u64, 0_u64, false);
    if known.is_complete(&evidence) {
        there = known.documents(&evidence);
    } else {
        let file = writer.evidence().path(&evidence);
        let opened = File::open(&file).map_err(|error| problem(&file, &plain(&error), None))?;
        let mut parts = RecordParts::new(BufReader::with_capacity(1 << 16, opened), LONGEST);
        workers.run(
            &mut parts,
            |part: io::Result<Result<RecordPart, Problem>>, out| {
                out.send(made_ready(part, &evidence, &known, &options.path));
            },
            |part| {
                match part {
                    Part::Document(maker, prepared)
                        if writer.document(&prepared, &maker).map_err(told)? =>
                    {
                        done += 1;
                        if done.is_multiple_of(BATCH) {
                            writer.commit().map_err(told)?;
                            speaker.count(done, "documents imported");
                        }
                    }
                    Part::Document(..) | Part::Known => there += 1,
                    Part::Failed(problem) => {
                        failed = true;
                        speaker.failure(&problem.within(&path));
                    }
                }
                Ok::<(), Problem>(())
            },
        )?;
        if !failed {
            writer.taken_in(&evidence).map_err(told)?;
        }
    }
    writer.commit().map_err(told)?;
    index_words(&writer, speaker);
    speaker.done();
    let all = writer.case().counts().map_err(told)?;
    let said = format!(
        "imported  {done} documents; {there} were in the case already\ncase      {}: {} documents, {} statements\nroot      {}\n",
        onrecord::harmless_line(&options.case.folder.to_string_lossy()),
        all.documents,
        all.statements,
        writer.root()
    );
    // Who closed standard output does not want to know.
    let _ = io::stdout().write_all(said.as_bytes());
    Ok(failed)
}

/// Copies the file to the evidence folder, where it stays; its hash and length.
fn keep(path: &Path, writer: &Writer) -> Result<(Sha256, u64), Problem> {
    let folder = writer.evidence();
    if path.as_os_str() == "-" {
        return folder.keep_from(&mut io::stdin().lock()).map_err(told);
    }
    if path.is_dir() {
        return Err(problem(path, "is a directory", Some("give one file of JSON lines")));
    }
    let mut file = File::open(path).map_err(|error| problem(path, &plain(&error), None))?;
    folder.keep_from(&mut file).map_err(told)
}

fn made_ready(
    part: io::Result<Result<RecordPart, Problem>>,
    evidence: &Sha256,
    known: &Known,
    path: &Path,
) -> Part {
    match part {
        Err(error) => Part::Failed(problem(path, &plain(&error), None)),
        Ok(Err(problem)) => Part::Failed(problem),
        Ok(Ok(part)) if known.holds(evidence, &part.document.id) => Part::Known,
        Ok(Ok(part)) => match part.prepare(*evidence) {
            Ok(prepared) => Part::Document(part.maker, Box::new(prepared)),
            Err(problem) => Part::Failed(problem),
        },
    }
}
