//! The command `reread`: the documents of a case read again, by another model or a later program.

use crate::add::{index_words, open_to_write, told, writes};
use crate::ordered::Workers;
use crate::people_options::RereadOptions;
use crate::read::guarded;
use crate::speak::Speaker;
use onrecord::case::prepare;
use onrecord::ledger::{Maker, Prepared, StoredRecord};
use onrecord::record::{Document, Line};
use onrecord::{IntakeOptions, Pipeline, Problem};
use std::collections::BTreeMap;
use std::io::Write;
use std::process::ExitCode;

/// Runs the command and says how it went.
pub(crate) fn run(options: &RereadOptions) -> ExitCode {
    std::panic::set_hook(Box::new(|_| ())); // A panic while reading is told as that document's failure.
    let mut speaker = Speaker::new(options.quiet, false);
    let ended = reread(options, &mut speaker);
    speaker.ended(ended)
}

/// A document read again, with what that changes.
struct Again {
    maker: Maker,
    prepared: Box<Prepared>,
    change: Change,
}

/// What another reading of a document changes: statements by their ids, with their words.
#[derive(Default)]
struct Change {
    lines: Vec<String>,
    gone: usize,
    new: usize,
    other: usize,
}

/// Reads again what another program, model or format read; whether something failed.
fn reread(options: &RereadOptions, speaker: &mut Speaker) -> Result<bool, Problem> {
    let cannot_begin =
        |what: String| Problem { place: "reading".into(), what: format!("cannot begin: {what}"), hint: None };
    let pipeline = Pipeline::new(options.model, IntakeOptions::default())
        .map_err(|error| cannot_begin(error.to_string()))?;
    let workers = Workers::new(options.jobs).map_err(|error| cannot_begin(error.to_string()))?;
    let folder = &options.case.folder;
    let case = onrecord::ledger::Case::open(folder).map_err(told)?;
    let mut writer = open_to_write(folder, writes(&options.actor), speaker)?;
    let makers: BTreeMap<i64, Maker> = case.makers().map_err(told)?.into_iter().collect();
    let current = pipeline.maker(serde_json::Map::new());
    // The options of a reading say how its document came about, and the document stays.
    let wanted =
        |maker: i64| makers.get(&maker).map(|was| Maker { options: was.options.clone(), ..current.clone() });
    let stale: Vec<i64> =
        case.documents_not_made_by(|maker| makers.get(&maker) == wanted(maker).as_ref()).map_err(told)?;
    let (mut failed, mut done, mut sums) = (false, 0_u64, [0_usize; 3]);
    let mut out = std::io::stdout();
    let mut records = stale.iter().map(|row| case.record(*row));
    workers.run(
        &mut records,
        |record, parts| {
            parts.send(record.map_err(told).and_then(|record| {
                let maker = wanted(record.maker).ok_or_else(|| cannot_begin("a maker is missing".into()))?;
                again(&pipeline, &record, maker)
            }));
        },
        |again: Result<Again, Problem>| {
            match again {
                Ok(Again { maker, prepared, change }) => {
                    writer.reading(&prepared, &maker).map_err(told)?;
                    done += 1;
                    if done.is_multiple_of(options.batch) {
                        writer.commit().map_err(told)?;
                        speaker.count(done, "documents read again");
                    }
                    for (sum, n) in sums.iter_mut().zip([change.gone, change.new, change.other]) {
                        *sum += n;
                    }
                    if !options.quiet {
                        // Who closed standard output does not want the list.
                        let _ = out.write_all(change.lines.concat().as_bytes());
                    }
                }
                Err(problem) => {
                    failed = true;
                    speaker.failure(&problem);
                }
            }
            Ok::<(), Problem>(())
        },
    )?;
    writer.commit().map_err(told)?;
    index_words(&writer, speaker);
    speaker.done();
    let [gone, new, other] = sums;
    let _ = writeln!(
        out,
        "read again  {done} documents: {new} statements more, {gone} less, {other} with other facts; \
         the readings before are kept"
    );
    for entry in writer.case().persons_entries().map_err(told)? {
        if let (Some(unfit), None) = (&entry.unfit, entry.undone_by) {
            let _ = writeln!(
                out,
                "entry {} of {} does not fit any more: {unfit}",
                entry.leaf.entry, entry.leaf.actor
            );
        }
    }
    Ok(failed)
}

fn again(pipeline: &Pipeline, stored: &StoredRecord, maker: Maker) -> Result<Again, Problem> {
    guarded(&stored.document, || {
        let unfit = |what: String| Problem { place: stored.document.clone(), what, hint: None };
        let first = stored.lines.split(|byte| *byte == b'\n').next().unwrap_or_default();
        let document: Document = match serde_json::from_slice(first) {
            Ok(Line::Document(document)) => document,
            _ => return Err(unfit("has a record that this program does not know".into())),
        };
        let record = pipeline.read(document);
        let prepared = prepare(&record, &stored.place).map_err(told)?;
        let change = change(stored, &record);
        Ok(Again { maker, prepared: Box::new(prepared), change })
    })
}

fn change(stored: &StoredRecord, record: &onrecord::Record) -> Change {
    let mut before = BTreeMap::new();
    for line in stored.lines.split(|byte| *byte == b'\n') {
        if let Ok(Line::Statement(statement)) = serde_json::from_slice(line) {
            before.insert(statement.id.clone(), statement);
        }
    }
    let mut change = Change::default();
    let said = |sign: char, statement: &onrecord::record::Statement| {
        let text = |role: &onrecord::record::RoleSpans| role.text.clone().unwrap_or_default();
        let words = format!(
            "{sign} {} {}: {} {} {}",
            statement.document,
            statement.id,
            text(&statement.source),
            text(&statement.cue),
            text(&statement.content)
        );
        onrecord::harmless_line(&words).into_owned() + "\n"
    };
    for statement in &record.reading.statements {
        match before.remove(&statement.id) {
            None => {
                change.new += 1;
                change.lines.push(said('+', statement));
            }
            Some(was) if was != *statement => {
                change.other += 1;
                change.lines.push(said('~', statement));
            }
            Some(_) => {}
        }
    }
    for statement in before.values() {
        change.gone += 1;
        change.lines.push(said('-', statement));
    }
    change
}
