//! `onrecord-lab link-speed`: what linking a whole case costs.

use crate::child_cost::own_processor_time;
use crate::measured_page::write_table;
use clap::Args;
use onrecord::copies::Copies;
use onrecord::ledger::{Case, Fault};
use onrecord::question::Asker;
use onrecord_linking::agents::{Decisions, DocumentAgents, link};
use onrecord_record::{Agent, Document};
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// The options of `link-speed`.
#[derive(Debug, Args)]
pub struct LinkSpeed {
    /// The case that is linked, made with `onrecord add`.
    #[arg(long, value_name = "DIR")]
    case: PathBuf,
    /// Put the table into this page, between its markers, as well.
    #[arg(long, value_name = "PAGE")]
    write: Option<PathBuf>,
}

/// What a step cost.
struct Step {
    name: &'static str,
    found: String,
    wall: Duration,
    processor: Option<Duration>,
}

impl LinkSpeed {
    /// Links everything and prints the table.
    ///
    /// # Errors
    /// When the case cannot be read.
    pub fn run(&self) -> anyhow::Result<()> {
        let case = Case::open(&self.case)?;
        let counts = case.counts()?;
        let asker = Asker::new()?;
        let steps = [
            step("agents who are one", || {
                let agents = agents(&case)?;
                Ok(format!(
                    "{} of {} agents",
                    linked(&agents),
                    agents.iter().map(|it| it.1.len()).sum::<usize>()
                ))
            })?,
            step("statements that make one claim", || {
                Ok(format!("{} claims", asker.claims(&case, |_| {})?.groups.len()))
            })?,
            step("documents of one origin", || {
                let copies = Copies::of_case(&case, |_| {})?;
                Ok(format!("{} ties, {} lines of several", copies.ties.len(), copies.groups().len()))
            })?,
        ];
        let seconds = |time: Duration| format!("{:.1}", time.as_secs_f64());
        let row = |name: &str, found: &str, wall: Duration, processor: Option<Duration>| {
            let processor = processor.map_or("?".into(), seconds);
            format!("| {name} | {found} | {} | {processor} |\n", seconds(wall))
        };
        let rows: String = steps.iter().map(|it| row(it.name, &it.found, it.wall, it.processor)).collect();
        let page = format!(
            "{} documents, {} statements; {} processors, of which each step uses one.\n\n\
             | | found | seconds | seconds of processors |\n| --- | --- | ---: | ---: |\n{rows}{}",
            counts.documents,
            counts.statements,
            std::thread::available_parallelism().map_or(1, usize::from),
            row("all", "", steps.iter().map(|it| it.wall).sum(), steps.iter().map(|it| it.processor).sum()),
        );
        if let Some(path) = &self.write {
            write_table(path, "link", &page)?;
        }
        print!("{page}");
        Ok(())
    }
}

fn step(name: &'static str, run: impl FnOnce() -> anyhow::Result<String>) -> anyhow::Result<Step> {
    let (begun, before) = (Instant::now(), own_processor_time());
    let found = run()?;
    let wall = begun.elapsed();
    let processor = own_processor_time().zip(before).map(|(now, before)| now.saturating_sub(before));
    Ok(Step { name, found, wall, processor })
}

/// The agents of every document.
fn agents(case: &Case) -> anyhow::Result<Vec<(Document, Vec<Agent>)>> {
    let mut all = Vec::new();
    case.each_record(|record| {
        let document = record.of_sort("document").find_map(|(_, line)| serde_json::from_slice(line).ok());
        let agents = record.of_sort("agent").filter_map(|(_, line)| serde_json::from_slice(line).ok());
        if let Some(document) = document {
            all.push((document, agents.collect()));
        }
        Ok::<(), Fault>(())
    })?;
    Ok(all)
}

/// How many linked agents they come to.
fn linked(agents: &[(Document, Vec<Agent>)]) -> usize {
    let readings: Vec<DocumentAgents<'_>> = agents
        .iter()
        .map(|(document, agents)| DocumentAgents {
            document: &document.id,
            published: document.published.as_deref(),
            publisher: document.publisher.as_deref(),
            agents,
        })
        .collect();
    link(&readings, &Decisions::default()).len()
}
