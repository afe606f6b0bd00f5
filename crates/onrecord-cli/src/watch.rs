//! The command `watch`: lists of names in a case, and everybody in it held against them.

use crate::add::{open_to_write, told, writes};
use crate::case_options::{WatchAddOptions, WatchCommand, WatchShowOptions};
use crate::lists;
use crate::ordered::Workers;
use crate::speak::Speaker;
use onrecord::case::case_lists;
use onrecord::ledger::{Case, Fault, StoredRecord};
use onrecord::record::{Line, ListFinding, ListMatch};
use onrecord::report::{draw_findings, text::Look};
use onrecord::watch::{Watchlist, findings};
use onrecord::{Problem, harmless_line};
use std::collections::BTreeMap;
use std::io::Write;
use std::process::ExitCode;

/// Runs the command and says how it went.
pub(crate) fn run(command: &WatchCommand) -> ExitCode {
    let quiet = match command {
        WatchCommand::Add(options) => options.show.quiet,
        WatchCommand::Show(options) => options.quiet,
    };
    let mut speaker = Speaker::new(quiet, true);
    let ended = match command {
        WatchCommand::Add(options) => add(options, &mut speaker),
        WatchCommand::Show(options) => show(options, &mut speaker).map(|()| false),
    };
    speaker.ended(ended)
}

/// Takes the list into the case and shows what it proposes; whether some of its rows were bad.
fn add(options: &WatchAddOptions, speaker: &mut Speaker) -> Result<bool, Problem> {
    let folder = &options.show.find.case.folder;
    // A case is not made to have a list.
    drop(Case::open(folder).map_err(told)?);
    let read = lists::read(&options.list, speaker)?;
    let mut writer = open_to_write(folder, writes(&options.actor), speaker)?;
    let files: Vec<(&str, &[u8])> =
        read.files.iter().map(|file| (file.name.as_str(), &file.bytes[..])).collect();
    let name = options.list.to_string_lossy();
    let entry = writer.list(&name, &files, read.entries.len() as u64).map_err(told)?;
    writer.commit().map_err(told)?;
    drop(writer);
    speaker.warning(&name, &format!("{} entries, taken into the case by entry {entry}", read.entries.len()));
    let list = Watchlist::build(read.entries);
    let case = Case::open(folder).map_err(told)?;
    hold(&case, &list, &options.show)?;
    Ok(read.failed)
}

/// Shows what the lists of the case propose.
fn show(options: &WatchShowOptions, speaker: &mut Speaker) -> Result<(), Problem> {
    let case = Case::open(&options.find.case.folder).map_err(told)?;
    match case_lists(&case).map_err(told)? {
        Some((list, _)) => hold(&case, &list, options),
        None => {
            speaker.warning("note", "the case has no list; take one in with `onrecord watch add LIST`");
            Ok(())
        }
    }
}

/// What one name of the case may be on a list, with how many documents have it.
struct Proposed {
    finding: ListFinding,
    documents: u64,
}

/// Holds every agent of the case against `list` and prints what is proposed: in jsonl the line of each match, in words
/// each name once.
fn hold(case: &Case, list: &Watchlist, options: &WatchShowOptions) -> Result<(), Problem> {
    let workers = Workers::new(options.jobs).map_err(|error| Problem {
        place: "reading".into(),
        what: format!("cannot begin: {error}"),
        hint: None,
    })?;
    let jsonl = options.find.jsonl();
    let rows = case.documents_not_made_by(|_| false).map_err(told)?;
    let mut records = rows.into_iter().map(|row| case.record(row));
    let mut out = std::io::BufWriter::new(std::io::stdout());
    let mut names: BTreeMap<(String, String, String), Proposed> = BTreeMap::new();
    workers.run(
        &mut records,
        |record: Result<StoredRecord, Fault>, parts| {
            parts.send(record.map(|record| matches(&record, list)));
        },
        |found: Result<Vec<ListMatch>, Fault>| {
            for found in found.map_err(told)? {
                if jsonl {
                    let line = serde_json::to_string(&Line::ListMatch(found)).unwrap_or_default();
                    // Who closed standard output has seen enough.
                    let _ = writeln!(out, "{line}");
                    continue;
                }
                let finding = found.finding;
                let key = (finding.query.clone(), finding.list.clone(), finding.id.clone());
                let proposed =
                    names.entry(key).or_insert(Proposed { finding: finding.clone(), documents: 0 });
                proposed.documents += 1;
                // Documents tell different things of somebody; the likeliest of what follows is shown.
                if (finding.band, -finding.score) < (proposed.finding.band, -proposed.finding.score) {
                    proposed.finding = finding;
                }
            }
            Ok::<(), Problem>(())
        },
    )?;
    if !jsonl {
        let said = if names.is_empty() {
            "Nobody in the case is like an entry of its lists.\n".to_owned()
        } else {
            words(names.into_values().collect())
        };
        let _ = out.write_all(said.as_bytes());
    }
    let _ = out.flush();
    Ok(())
}

fn matches(record: &StoredRecord, list: &Watchlist) -> Vec<ListMatch> {
    let mut found = Vec::new();
    for (sort, line) in record.lines() {
        if sort != "agent" {
            continue;
        }
        if let Ok(Line::Agent(agent)) = serde_json::from_slice(line) {
            found.extend(findings(&agent, list).into_iter().map(|finding| ListMatch {
                document: agent.document.clone(),
                agent: agent.id.clone(),
                finding,
            }));
        }
    }
    found
}

/// The names, the surest first, each with its entry and in how many documents it stands.
fn words(mut proposed: Vec<Proposed>) -> String {
    proposed.sort_by(|a, b| {
        (a.finding.band.cmp(&b.finding.band))
            .then(b.finding.score.total_cmp(&a.finding.score))
            .then(b.documents.cmp(&a.documents))
            .then_with(|| a.finding.query.cmp(&b.finding.query))
    });
    let mut said = String::new();
    for Proposed { finding, documents } in proposed {
        let many = if documents == 1 { "1 document".into() } else { format!("{documents} documents") };
        let title = format!("{} (in {many})", harmless_line(&finding.query));
        said.push_str(&draw_findings(&title, &[finding], &Look::default()));
    }
    said
}
