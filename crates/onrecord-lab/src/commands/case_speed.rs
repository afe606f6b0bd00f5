//! `onrecord-lab case-speed`: what it costs to make a case, beside reading alone.

use super::DataOption;
use crate::child_cost::{Cost, run};
use crate::gold_data::DataFolder;
use crate::measured_page::write_table;
use anyhow::{Context, ensure};
use clap::Args;
use flate2::read::GzDecoder;
use onrecord::ledger::Case;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The options of `case-speed`.
#[derive(Debug, Args)]
pub struct CaseSpeed {
    #[command(flatten)]
    data: DataOption,
    /// The program under test [default: onrecord beside this program].
    #[arg(long, value_name = "FILE")]
    program: Option<PathBuf>,
    /// How often each is run, in turns; the middle counts.
    #[arg(long, value_name = "N", default_value_t = 3)]
    rounds: usize,
    /// Where the case is left; it must not be there yet.
    #[arg(long, value_name = "DIR")]
    case: PathBuf,
    /// Put the table into this page, between its markers, as well.
    #[arg(long, value_name = "PAGE")]
    write: Option<PathBuf>,
}

impl CaseSpeed {
    /// Reads all articles, makes a case of them, and prints the table.
    ///
    /// # Errors
    /// When the data are missing, the case is there already, or the program cannot be run.
    pub fn run(&self) -> anyhow::Result<()> {
        let packed = DataFolder::new(&self.data.folder).articles()?;
        ensure!(!self.case.exists(), "{} is there already", self.case.display());
        let program = match &self.program {
            Some(program) => program.clone(),
            None => std::env::current_exe()?.with_file_name("onrecord"),
        };
        let place = tempfile::tempdir()?;
        let articles = place.path().join("articles.jsonl");
        io::copy(&mut GzDecoder::new(File::open(&packed)?), &mut File::create(&articles)?)?;
        let (mut reads, mut adds) = (Vec::new(), Vec::new());
        for round in 1..=self.rounds.max(1) {
            let mut read = Command::new(&program);
            read.arg("read")
                .arg(&articles)
                .args(["--json", "--quiet", "-o"])
                .arg(place.path().join("record.jsonl"));
            reads.push(run(&mut read)?);
            if self.case.exists() {
                fs::remove_dir_all(&self.case)?;
            }
            let mut add = Command::new(&program);
            add.arg("add").arg(&articles).args(["--quiet", "--case"]).arg(&self.case);
            adds.push(run(&mut add)?);
            eprintln!("round {round} of {}", self.rounds.max(1));
        }
        let text = text_bytes(&articles)?;
        let page = table(&Cost::middle(&mut reads), &Cost::middle(&mut adds), text, &self.case)?;
        if let Some(path) = &self.write {
            write_table(path, "case", &page)?;
        }
        print!("{page}");
        Ok(())
    }
}

/// How many bytes of UTF-8 the articles' texts have.
fn text_bytes(articles: &Path) -> anyhow::Result<u64> {
    let mut bytes = 0;
    for line in BufReader::new(File::open(articles)?).lines() {
        let article: serde_json::Value = serde_json::from_str(&line?)?;
        bytes += article["text"].as_str().map_or(0, str::len) as u64;
    }
    Ok(bytes)
}

fn table(read: &Cost, add: &Cost, text: u64, case: &Path) -> anyhow::Result<String> {
    let counts = Case::open(case)?.counts()?;
    let ledger = fs::metadata(case.join("ledger.sqlite")).context("the case has no ledger")?.len();
    let index: u64 = fs::read_dir(case.join("index"))
        .context("the case has no index of words")?
        .filter_map(|entry| Some(entry.ok()?.metadata().ok()?.len()))
        .sum();
    let times = |bytes: u64| bytes as f64 / text.max(1) as f64;
    let row = |name: &str, cost: &Cost| {
        format!(
            "| {name} | {:.1} | {:.1} | {} |\n",
            cost.wall.as_secs_f64(),
            cost.processor.as_secs_f64(),
            cost.memory.map_or("?".into(), |bytes| (bytes >> 20).to_string())
        )
    };
    let share =
        |a: std::time::Duration, b: std::time::Duration| 100.0 * a.as_secs_f64() / b.as_secs_f64().max(1e-9);
    Ok(format!(
        "{} articles, {:.1} MB of text, {} statements; all {} processors.\n\n\
         | | seconds | seconds of processors | peak memory, MiB |\n| --- | ---: | ---: | ---: |\n{}{}\n\
         `add` has {:.0} % of the speed of `read` by the clock and {:.0} % by the processors' time; the ledger has {:.1} MB, \
         {:.2} times the text, and the index of words {:.1} MB, {:.2} times; together {:.2}.\n",
        counts.documents,
        text as f64 / 1e6,
        counts.statements,
        std::thread::available_parallelism().map_or(1, usize::from),
        row("`onrecord read --json`", read),
        row("`onrecord add`", add),
        share(read.wall, add.wall),
        share(read.processor, add.processor),
        ledger as f64 / 1e6,
        times(ledger),
        index as f64 / 1e6,
        times(index),
        times(ledger + index)
    ))
}
