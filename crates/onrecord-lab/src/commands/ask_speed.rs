//! `onrecord-lab ask-speed`: how long answers take in a large case.

use crate::ask_speed::{answered, by_program, claims};
use crate::measured_page::write_table;
use clap::Args;
use onrecord::ledger::Case;
use onrecord::question::Asker;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// How often the start is measured.
const STARTS: usize = 5;

/// The options of `ask-speed`.
#[derive(Debug, Args)]
pub struct AskSpeed {
    /// The case that is asked, made by `search-speed --large`.
    #[arg(long, value_name = "DIR")]
    case: PathBuf,
    /// The program under test [default: onrecord beside this program].
    #[arg(long, value_name = "FILE")]
    program: Option<PathBuf>,
    /// How many claims are asked.
    #[arg(long, value_name = "N", default_value_t = 60)]
    claims: usize,
    /// Of how many of them the whole program is measured.
    #[arg(long, value_name = "N", default_value_t = 15)]
    whole: usize,
    /// How often each claim is asked; the middle counts.
    #[arg(long, value_name = "N", default_value_t = 3)]
    rounds: usize,
    /// Put the table into this page, between its markers, as well.
    #[arg(long, value_name = "PAGE")]
    write: Option<PathBuf>,
}

impl AskSpeed {
    /// Asks and prints the table.
    ///
    /// # Errors
    /// When the case cannot be read, or the program cannot be run.
    pub fn run(&self) -> anyhow::Result<()> {
        let case = Case::open(&self.case)?;
        let counts = case.counts()?;
        let claims = claims(&case, self.claims)?;
        let mut starts = Vec::with_capacity(STARTS);
        for _ in 0..STARTS {
            let begun = Instant::now();
            drop(Asker::new()?);
            starts.push(begun.elapsed());
        }
        starts.sort();
        let asker = Asker::new()?;
        let begun = Instant::now();
        let rows = asker.passages(&case, |_| {})?.len();
        let made = begun.elapsed();
        let times = answered(&asker, &case, &claims, self.rounds)?;
        let taken: Vec<Duration> = times.iter().map(|(time, _)| *time).collect();
        let program = match &self.program {
            Some(program) => program.clone(),
            None => std::env::current_exe()?.with_file_name("onrecord"),
        };
        let step = claims.len().div_ceil(self.whole.max(1)).max(1);
        let some: Vec<String> = claims.iter().step_by(step).cloned().collect();
        let whole = by_program(&program, &self.case, &some)?;
        let row = |name: &str, times: &[Duration]| {
            let cells = [0.5, 0.9, 0.99, 1.0].map(|share| format!(" {:.0} |", at(times, share)));
            format!("| {name} |{}\n", cells.concat())
        };
        let page = format!(
            "{} statements in {} documents, {rows} passages; {} claims, {} processors.\n\n\
             | milliseconds | median | 90 in 100 below | 99 in 100 below | longest |\n\
             | --- | ---: | ---: | ---: | ---: |\n{}{}{}",
            counts.statements,
            counts.documents,
            claims.len(),
            std::thread::available_parallelism().map_or(1, usize::from),
            row("an answer, the weights and the case open", &taken),
            row("unpacking the weights", &starts),
            row(&format!("the whole program, {} of the claims", some.len()), &whole),
        );
        if let Some(path) = &self.write {
            write_table(path, "ask", &page)?;
        }
        print!("{page}");
        eprintln!("passages opened or made in {:.2} s", made.as_secs_f64());
        for (time, claim) in times.iter().rev().take(8) {
            eprintln!("{:7.1} ms  {claim}", time.as_secs_f64() * 1e3);
        }
        Ok(())
    }
}

/// The time, in milliseconds, that a share of `times`, which are in order, stay within.
fn at(times: &[Duration], share: f64) -> f64 {
    let at = ((times.len() as f64 * share).ceil() as usize).clamp(1, times.len().max(1)) - 1;
    times.get(at).map_or(0.0, |time| time.as_secs_f64() * 1e3)
}
