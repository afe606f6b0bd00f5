//! Whether anything is acknowledged before the sync it rests on, told by the program's system calls.

use super::bench::Bench;
use anyhow::{Context, ensure};
use std::collections::BTreeSet;
use std::fs;
use std::process::{Command, Stdio};

/// Stands for the names in the evidence folder, which its own sync makes last.
const EVIDENCE_NAMES: &str = "the names in evidence/";

/// What came of it.
#[derive(Clone, Debug, Default)]
pub struct Syncs {
    /// Acknowledgements on standard output in the run as it is.
    pub acknowledgements: usize,
    /// Those of them that came before a sync they rest on, in words.
    pub early: Vec<String>,
    /// The same when the program does not wait for the disk: the check must see it.
    pub early_when_careless: usize,
}

/// Whether strace can be run here.
pub fn strace_is_here() -> bool {
    let run = Command::new("strace").arg("-V").stdout(Stdio::null()).stderr(Stdio::null()).status();
    run.is_ok_and(|status| status.success())
}

/// Runs `add` once as it is and once without waiting for the disk.
///
/// # Errors
/// When strace or the program cannot be run.
pub fn syncs(bench: &Bench) -> anyhow::Result<Syncs> {
    let trace = |case: &str, more: &[&str]| -> anyhow::Result<String> {
        let file = bench.file("trace");
        let calls = "trace=write,pwrite64,fsync,fdatasync,rename,renameat,renameat2,unlink,ftruncate";
        let options = ["-f", "-y", "-s", "64", "-e", calls, "-o", &file.to_string_lossy()].map(str::to_owned);
        let output = bench.traced(case, &options, more)?;
        ensure!(
            output.status.success(),
            "add fails under strace: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        let trace = fs::read_to_string(&file).context("the trace cannot be read")?;
        bench.clear(case);
        Ok(trace)
    };
    let (acknowledgements, early) = unsynced_acknowledgements(&trace("traced", &[])?);
    ensure!(acknowledgements > 0, "no acknowledgement was seen");
    let (_, careless) = unsynced_acknowledgements(&trace("careless", &["--careless"])?);
    Ok(Syncs { acknowledgements, early, early_when_careless: careless.len() })
}

/// How many acknowledgements a trace holds (`strace -f -y`), and which came too early: while the ledger's log of writes
/// held something unsynced, or an evidence file had its name before its bytes were synced, or the folder's names were not.
pub fn unsynced_acknowledgements(trace: &str) -> (usize, Vec<String>) {
    let (mut acknowledgements, mut early) = (0, Vec::new());
    let mut dirty: BTreeSet<String> = BTreeSet::new();
    let mut pending: Vec<(String, String)> = Vec::new();
    for line in trace.lines() {
        let (thread, call) = line.split_once(' ').unwrap_or(("", line));
        let call = call.trim_start();
        // A call that another thread interrupts is told in two halves; it counts when it is done.
        if let Some(begun) = call.strip_suffix("<unfinished ...>") {
            pending.retain(|(other, _)| other != thread);
            pending.push((thread.to_owned(), begun.to_owned()));
            // What is written may be there from here on.
            if call.starts_with("pwrite64(") || call.starts_with("write(") {
                note(begun, &mut dirty, &mut acknowledgements, &mut early);
            }
            continue;
        }
        let whole = match call.strip_prefix("<... ") {
            Some(_) => {
                let Some(at) = pending.iter().position(|(other, _)| other == thread) else { continue };
                let (_, begun) = pending.remove(at);
                if begun.starts_with("pwrite64(") || begun.starts_with("write(") {
                    continue;
                }
                begun
            }
            None => call.to_owned(),
        };
        note(&whole, &mut dirty, &mut acknowledgements, &mut early);
    }
    (acknowledgements, early)
}

fn note(call: &str, dirty: &mut BTreeSet<String>, acknowledgements: &mut usize, early: &mut Vec<String>) {
    let name = call.split('(').next().unwrap_or_default();
    let file =
        || call.split_once('<').and_then(|(_, rest)| rest.split_once('>')).map(|(file, _)| file.to_owned());
    match name {
        "write"
            if call.starts_with("write(1<")
                || (call.starts_with("write(2<") && call.contains("are in the case")) =>
        {
            *acknowledgements += 1;
            if let Some(unsynced) = dirty.first() {
                early.push(format!(
                    "{} before the sync of {unsynced}",
                    call.chars().take(60).collect::<String>()
                ));
            }
        }
        "write" | "pwrite64" | "ftruncate" => {
            // The database file itself is only written from the log of writes, which is synced before.
            let kept = |file: &String| file.ends_with("-wal") || file.contains("/evidence/");
            dirty.extend(file().filter(kept));
        }
        "unlink" => {
            let gone = call.split('"').nth(1).unwrap_or_default();
            dirty.retain(|file| last(file) != last(gone));
        }
        "fsync" | "fdatasync" => {
            if let Some(file) = file() {
                dirty.remove(&file);
                if file.ends_with("/evidence") {
                    dirty.remove(EVIDENCE_NAMES);
                }
            }
        }
        "rename" | "renameat" | "renameat2" => {
            let quoted: Vec<&str> = call.split('"').collect();
            if let (Some(from), Some(to)) = (quoted.get(1), quoted.get(3)) {
                let unsynced = dirty.iter().find(|file| file.ends_with(&format!("/{}", last(from)))).cloned();
                if let Some(file) = unsynced {
                    early.push(format!("the name {} before the sync of {file}", last(to)));
                }
                // The folder's own sync makes the name last; its path is told by its end, as the trace has it whole.
                if from.contains("evidence/") {
                    dirty.insert(EVIDENCE_NAMES.into());
                }
            }
        }
        _ => {}
    }
}

fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_acknowledgement_before_its_sync_is_seen() {
        let sound = "10 pwrite64(5</c/ledger.sqlite-wal>, \"x\", 4, 0) = 4\n\
                     10 fdatasync(5</c/ledger.sqlite-wal>) = 0\n\
                     10 write(1<pipe:[1]>, \"added\", 5) = 5\n";
        assert_eq!(unsynced_acknowledgements(sound), (1, vec![]));
        let early = sound.replace("10 fdatasync(5</c/ledger.sqlite-wal>) = 0\n", "");
        assert_eq!(unsynced_acknowledgements(&early).1.len(), 1);
        let unfinished = "10 pwrite64(5</c/ledger.sqlite-wal>, \"x\", 4, 0) = 4\n\
                          10 fdatasync(5</c/ledger.sqlite-wal> <unfinished ...>\n\
                          11 write(1<pipe:[1]>, \"added\", 5) = 5\n\
                          10 <... fdatasync resumed>) = 0\n";
        assert_eq!(unsynced_acknowledgements(unfinished).1.len(), 1);
    }

    #[test]
    fn a_name_before_its_bytes_is_seen() {
        let sound = "9 write(7</c/evidence/.unfinished-1-0>, \"x\", 1) = 1\n\
                     9 fsync(7</c/evidence/.unfinished-1-0>) = 0\n\
                     9 rename(\"c/evidence/.unfinished-1-0\", \"c/evidence/ab\") = 0\n";
        assert_eq!(unsynced_acknowledgements(sound).1, Vec::<String>::new());
        let early = sound.replace("9 fsync(7</c/evidence/.unfinished-1-0>) = 0\n", "");
        assert_eq!(unsynced_acknowledgements(&early).1.len(), 1);
    }
}
