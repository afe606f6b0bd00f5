//! `onrecord-lab search-speed`: how long searching takes in a large case.

use crate::measured_page::write_table;
use crate::search_speed::{multiply, queries, timed};
use clap::Args;
use onrecord::ledger::Case;
use std::path::PathBuf;

/// The options of `search-speed`.
#[derive(Debug, Args)]
pub struct SearchSpeed {
    /// The case that is multiplied, made with `onrecord add`.
    #[arg(long, value_name = "DIR")]
    case: PathBuf,
    /// Where the large case is, or is made when absent.
    #[arg(long, value_name = "DIR")]
    large: PathBuf,
    /// How often the case is in the large one.
    #[arg(long, value_name = "N", default_value_t = 7)]
    copies: usize,
    /// How often each query is asked; the middle counts.
    #[arg(long, value_name = "N", default_value_t = 3)]
    rounds: usize,
    /// Put the table into this page, between its markers, as well.
    #[arg(long, value_name = "PAGE")]
    write: Option<PathBuf>,
}

impl SearchSpeed {
    /// Makes the large case where it is absent, asks, and prints the table.
    ///
    /// # Errors
    /// When a case cannot be read or written.
    pub fn run(&self) -> anyhow::Result<()> {
        if !self.large.join("ledger.sqlite").is_file() {
            multiply(&self.case, &self.large, self.copies)?;
        }
        let case = Case::open(&self.large)?;
        let counts = case.counts()?;
        let queries = queries(&Case::open(&self.case)?)?;
        let times = timed(&case, &queries, self.rounds)?;
        let at = |share: f64| {
            let at = ((times.len() as f64 * share).ceil() as usize).clamp(1, times.len()) - 1;
            times[at].0.as_secs_f64() * 1e3
        };
        let page = format!(
            "{} statements in {} documents; {} queries, among them the 20 commonest words.\n\n\
             | | milliseconds |\n| --- | ---: |\n| median | {:.1} |\n| 90 in 100 below | {:.1} |\n\
             | 99 in 100 below | {:.1} |\n| longest | {:.1} |\n",
            counts.statements,
            counts.documents,
            times.len(),
            at(0.5),
            at(0.9),
            at(0.99),
            at(1.0)
        );
        if let Some(path) = &self.write {
            write_table(path, "search", &page)?;
        }
        print!("{page}");
        for (time, query) in times.iter().rev().take(8) {
            eprintln!("{:7.1} ms  {query}", time.as_secs_f64() * 1e3);
        }
        Ok(())
    }
}
