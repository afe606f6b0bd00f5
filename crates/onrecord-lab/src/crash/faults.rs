//! Every call on files fails in turn: the disk gives an error, is full, or the program dies there.

use super::bench::Bench;
use anyhow::Context;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Calls that read, write, name or sync files.
const CALLS: [&str; 12] = [
    "openat",
    "read",
    "pread64",
    "write",
    "pwrite64",
    "fsync",
    "fdatasync",
    "rename",
    "unlink",
    "ftruncate",
    "mkdir",
    "fchmod",
];

/// What happens to a call.
const FAULTS: [&str; 3] = ["error=EIO", "error=ENOSPC", "signal=KILL"];

/// What came of it.
#[derive(Clone, Debug, Default)]
pub struct Faults {
    /// How many faults were put in, by sort.
    pub rounds: BTreeMap<&'static str, usize>,
    /// How often the program went on and did all: the fault did not matter.
    pub survived: usize,
    /// How often it ended and said why.
    pub told: usize,
    /// How often it was killed.
    pub killed: usize,
    /// How often it ended and the word itself was what could not be written: strace counts the calls of each thread.
    pub unsayable: usize,
    /// How often it ended without a word, which it must not.
    pub silent: Vec<String>,
    /// What was wrong afterwards.
    pub damage: Vec<String>,
}

/// Lets each `step`th call fail, each in each way.
///
/// # Errors
/// When strace or the program cannot be run.
pub fn faults(bench: &Bench, step: usize) -> anyhow::Result<Faults> {
    let mut faults = Faults::default();
    for call in CALLS {
        let count = count(bench, call)?;
        for fault in FAULTS {
            // Reading fails for other reasons than a full disk.
            if fault == "error=ENOSPC" && matches!(call, "read" | "pread64") {
                continue;
            }
            for at in (1..=count).step_by(step.max(1)) {
                one(bench, call, fault, at, &mut faults)?;
            }
        }
    }
    Ok(faults)
}

/// How often the program makes a call, so long as nothing happens to it.
fn count(bench: &Bench, call: &str) -> anyhow::Result<usize> {
    let file = bench.file("trace");
    let options = ["-f", "-e", &format!("trace={call}"), "-o", &file.to_string_lossy()].map(str::to_owned);
    bench.traced("counted", &options, &["--jobs", "1"])?;
    bench.clear("counted");
    let trace = fs::read_to_string(&file).context("the trace cannot be read")?;
    Ok(trace
        .lines()
        .filter(|line| line.contains(&format!("{call}(")) || line.contains(&format!("{call} resumed")))
        .count())
}

fn one(bench: &Bench, call: &str, fault: &'static str, at: usize, faults: &mut Faults) -> anyhow::Result<()> {
    let trace = bench.file("trace");
    let options = [
        "-f",
        "-qq",
        "-e",
        &format!("trace={call}"),
        "-e",
        &format!("inject={call}:{fault}:when={at}"),
        "-o",
        &trace.to_string_lossy(),
    ]
    .map(str::to_owned);
    let output = bench.traced("faulty", &options, &["--jobs", "1"])?;
    *faults.rounds.entry(fault).or_default() += 1;
    let words = String::from_utf8_lossy(&output.stderr);
    match output.status.code() {
        Some(0) => faults.survived += 1,
        Some(_) if !words.trim().is_empty() => faults.told += 1,
        Some(137) | None => faults.killed += 1,
        Some(_) if word_failed(&trace) => faults.unsayable += 1,
        Some(code) => faults.silent.push(format!("{call} {at} {fault}: status {code} without a word")),
    }
    // These two reach the inputs as well, and an input that cannot be read is named while the others are taken.
    let in_order = !matches!(call, "openat" | "read");
    if let Some(what) = bench.damage("faulty", in_order)? {
        faults.damage.push(format!("{call} {at} {fault}: the case {what}"));
    }
    bench.clear("faulty");
    Ok(())
}

/// Whether a write to standard error was made to fail.
fn word_failed(trace: &Path) -> bool {
    let trace = fs::read_to_string(trace).unwrap_or_default();
    trace.lines().any(|line| line.contains("write(2, ") && line.ends_with("(INJECTED)"))
}
