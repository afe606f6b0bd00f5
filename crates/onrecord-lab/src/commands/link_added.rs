//! `onrecord-lab link-added`: what it costs to link one more document of a large case.

use crate::measured_page::write_table;
use crate::varied::Versions;
use clap::Args;
use onrecord::copies::Copies;
use onrecord::ledger::Case;
use onrecord::question::Asker;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// How many documents are written at once while the large case is made.
const AT_ONCE: usize = 500;

/// The options of `link-added`.
#[derive(Debug, Args)]
pub struct LinkAdded {
    /// The case whose documents are varied, made with `onrecord add`.
    #[arg(long, value_name = "DIR")]
    case: PathBuf,
    /// Where the large case is, or is made when absent; documents are added to it.
    #[arg(long, value_name = "DIR")]
    large: PathBuf,
    /// How many documents the large case has before.
    #[arg(long, value_name = "N", default_value_t = 100_000)]
    documents: usize,
    /// How many are added, one by one.
    #[arg(long, value_name = "N", default_value_t = 50)]
    added: usize,
    /// Put the table into this page, between its markers, as well.
    #[arg(long, value_name = "PAGE")]
    write: Option<PathBuf>,
}

impl LinkAdded {
    /// Makes the large case where it is absent, adds documents to it, and prints the table.
    ///
    /// # Errors
    /// When a case cannot be read or written.
    pub fn run(&self) -> anyhow::Result<()> {
        let source = Case::open(&self.case)?;
        let versions = Versions::of(&source)?;
        let mut writer = Versions::writer(&self.large)?;
        let had = usize::try_from(writer.case().documents()?)?;
        for number in had..self.documents {
            versions.add(number, &mut writer)?;
            if (number + 1).is_multiple_of(AT_ONCE) {
                writer.commit()?;
                eprintln!("{} of {} documents", number + 1, self.documents);
            }
        }
        writer.commit()?;
        let asker = Asker::new()?;
        let begun = Instant::now();
        Copies::link_new(writer.case(), |_| {})?;
        eprintln!("the copies of what was there: {:.0} s", begun.elapsed().as_secs_f64());
        let begun = Instant::now();
        asker.passages(writer.case(), |_| {})?;
        eprintln!("its passages: {:.0} s", begun.elapsed().as_secs_f64());
        let from = usize::try_from(writer.case().documents()?)?;
        let (mut passages, mut copies, mut all) = (Vec::new(), Vec::new(), Vec::new());
        for number in from..from + self.added {
            versions.add(number, &mut writer)?;
            writer.commit()?;
            // As a program does that was started for it.
            let case = Case::open(&self.large)?;
            let begun = Instant::now();
            asker.passages(&case, |_| {})?;
            let of_passages = begun.elapsed();
            Copies::link_new(&case, |_| {})?;
            all.push(begun.elapsed());
            passages.push(of_passages);
            copies.push(begun.elapsed() - of_passages);
        }
        let row = |name: &str, mut times: Vec<Duration>| {
            times.sort();
            let cells = [0.5, 0.9, 1.0].map(|share| {
                let at = ((times.len() as f64 * share).ceil() as usize).clamp(1, times.len().max(1)) - 1;
                format!(" {:.0} |", times.get(at).map_or(0.0, |time| time.as_secs_f64() * 1e3))
            });
            format!("| {name} |{}\n", cells.concat())
        };
        let page = format!(
            "{} documents added one by one to {from}; {} processors.\n\n\
             | milliseconds a document | median | 90 in 100 below | longest |\n| --- | ---: | ---: | ---: |\n{}{}{}",
            self.added,
            std::thread::available_parallelism().map_or(1, usize::from),
            row("passages", passages),
            row("copies", copies),
            row("both", all),
        );
        if let Some(path) = &self.write {
            write_table(path, "added", &page)?;
        }
        print!("{page}");
        Ok(())
    }
}
