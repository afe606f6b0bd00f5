//! `onrecord-lab crash`: what a case survives, and what is seen.

use crate::crash::{Bench, Edits, Faults, Kills, Syncs, edits, faults, kills, strace_is_here, syncs};
use crate::measured_page::write_table;
use anyhow::ensure;
use clap::Args;
use std::path::PathBuf;

/// Documents that are added when every call on files fails in turn: few, since each call costs a run.
const FAULT_DOCUMENTS: usize = 2;

/// The options of `crash`.
#[derive(Debug, Args)]
pub struct Crash {
    /// The program under test [default: onrecord beside this program].
    #[arg(long, value_name = "FILE")]
    program: Option<PathBuf>,
    /// Documents to add, as .txt files.
    #[arg(long, value_name = "DIR", default_value = "examples/harbour/documents")]
    documents: PathBuf,
    /// How often each document comes in the file of articles beside them.
    #[arg(long, value_name = "N", default_value_t = 2)]
    copies: usize,
    /// How often the program is killed; 0 to leave it out.
    #[arg(long, value_name = "N", default_value_t = 1_000)]
    kills: usize,
    /// How often the case is edited; 0 to leave it out.
    #[arg(long, value_name = "N", default_value_t = 1_000)]
    edits: usize,
    /// Every how many calls one is made to fail, and whether acknowledgements wait for the disk; 0 to leave both out.
    #[arg(long, value_name = "N", default_value_t = 1)]
    faults: usize,
    /// Where the random numbers begin.
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Put the table into this page, between its markers, as well.
    #[arg(long, value_name = "PAGE")]
    write: Option<PathBuf>,
}

impl Crash {
    /// Runs the campaigns and prints what came of them; each has a table of its own in the page, written when it is done.
    ///
    /// # Errors
    /// When something was lost or went unseen, or the program cannot be run.
    pub fn run(&self) -> anyhow::Result<()> {
        let program = match &self.program {
            Some(program) => program.clone(),
            None => std::env::current_exe()?.with_file_name("onrecord"),
        };
        let bench = |most: usize| Bench::new(&program, &self.documents, most, self.copies);
        let mut bad = Vec::new();
        if self.kills > 0 {
            let done = kills(&bench(usize::MAX)?, self.kills, self.seed)?;
            self.table("kills", &told_kills(&done))?;
            bad.extend(done.damage);
        }
        if self.edits > 0 {
            let done = edits(&bench(usize::MAX)?, self.edits, self.seed)?;
            self.table("edits", &told_edits(&done))?;
            ensure!(
                done.rewritten_is_sound && done.rewritten_is_seen,
                "a case made anew is not told from the first"
            );
            bad.extend(done.missed);
        }
        if self.faults > 0 {
            ensure!(strace_is_here(), "strace is not here, by which calls are watched and made to fail");
            let bench = bench(FAULT_DOCUMENTS)?;
            let done = syncs(&bench)?;
            self.table("syncs", &told_syncs(&done))?;
            ensure!(
                done.early_when_careless > 0,
                "the check does not see a program that does not wait for the disk"
            );
            bad.extend(done.early);
            let done = faults(&bench, self.faults)?;
            self.table("faults", &told_faults(&done))?;
            bad.extend(done.damage.into_iter().chain(done.silent));
        }
        bad.iter().for_each(|what| eprintln!("onrecord-lab: {what}"));
        ensure!(bad.is_empty(), "{} things went wrong", bad.len());
        Ok(())
    }

    fn table(&self, name: &str, rows: &str) -> anyhow::Result<()> {
        let table = format!("| what was done | times | what came of it |\n| --- | ---: | --- |\n{rows}");
        print!("{table}");
        match &self.write {
            Some(page) => write_table(page, &format!("crash, {name}"), &table),
            None => Ok(()),
        }
    }
}

fn told_kills(done: &Kills) -> String {
    format!(
        "| `kill -9` at a random moment of `add` | {} | {} times while it was at work, {} times before anything was in the \
         case; the case unsound, or other than an uninterrupted one when resumed: {} |\n",
        done.rounds,
        done.at_work,
        done.nothing_yet,
        done.damage.len()
    )
}

fn told_syncs(done: &Syncs) -> String {
    format!(
        "| acknowledgements and names held to the syncs they rest on | {} | too early: {}; too early when the program is told \
         not to wait for the disk: {} |\n",
        done.acknowledgements,
        done.early.len(),
        done.early_when_careless
    )
}

fn told_faults(done: &Faults) -> String {
    let sorts: Vec<String> = done.rounds.iter().map(|(sort, n)| format!("{n} {sort}")).collect();
    format!(
        "| a call on files fails ({}) | {} | ended and said why: {}; killed: {}; did all the same: {}; ended because the word \
         of it could not be written: {}; ended without a word: {}; the case unsound, or other when resumed: {} |\n",
        sorts.join(", "),
        done.rounds.values().sum::<usize>(),
        done.told,
        done.killed,
        done.survived,
        done.unsayable,
        done.silent.len(),
        done.damage.len()
    )
}

fn told_edits(done: &Edits) -> String {
    let mut rows = String::new();
    for (sort, [times, found, harmless]) in &done.sorts {
        let missed = times - found - harmless;
        rows += &format!(
            "| {sort} | {times} | found and named: {found}; the export is unchanged: {harmless}; missed: {missed} |\n"
        );
    }
    let yes = |it: bool| if it { "yes" } else { "no" };
    rows + &format!(
        "| the whole case made anew | 1 | sound by itself: {}; seen with `--against` the root of the first: {} |\n",
        yes(done.rewritten_is_sound),
        yes(done.rewritten_is_seen)
    )
}
