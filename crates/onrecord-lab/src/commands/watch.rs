//! `onrecord-lab watch`: what a real list proposes of real news, and how fast it is asked.

use super::{DataOption, ModelOption};
use crate::gold_data::DataFolder;
use crate::list_alarms::{Alarms, Judged, markdown, read_judged};
use crate::measured_page::write_table;
use crate::our_reader::our_pipeline;
use anyhow::{Context, bail};
use clap::Args;
use flate2::read::MultiGzDecoder;
use onrecord::linking::watchlist::{Query, Watchlist};
use onrecord::watch::{ListBytes, read_list};
use rayon::prelude::*;
use serde::Deserialize;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::time::Instant;

/// The options of `watch`.
#[derive(Debug, Args)]
pub struct Watch {
    #[command(flatten)]
    data: DataOption,
    #[command(flatten)]
    model: ModelOption,
    /// Take one article of so many.
    #[arg(long, default_value_t = 12, value_name = "N")]
    every: usize,
    /// Beginning with this one, counted from 0.
    #[arg(long, default_value_t = 5, value_name = "N")]
    first: usize,
    /// Which proposals are right, as a person sees it: lines {"article":…,"entry":…,"same":…}.
    #[arg(long, value_name = "FILE", default_value = "suite/lists/judged.jsonl")]
    judged: PathBuf,
    /// Name every proposal behind the table, with what is judged of it.
    #[arg(long)]
    list: bool,
    /// Put the table into this page, between its markers, as well.
    #[arg(long, value_name = "PAGE")]
    write: Option<PathBuf>,
}

/// How many names of the list are asked for when it is timed.
const TIMED: usize = 10_000;

#[derive(Deserialize)]
struct ArticleLine {
    id: String,
}

impl Watch {
    /// Reads, asks, counts and prints.
    pub fn run(&self) -> anyhow::Result<()> {
        if self.every == 0 {
            bail!("--every takes 1 or more");
        }
        let folder = DataFolder::new(&self.data.folder);
        let files =
            folder.files(["names/sdn.csv", "names/alt.csv", "names/add.csv", "names/sdn_comments.csv"])?;
        let started = Instant::now();
        let (watchlist, names) = load(&files)?;
        let loaded = started.elapsed();
        let judged: Judged = read_judged(&self.judged)?;
        let pipeline = our_pipeline(self.model.name)?;
        let lines = self.lines(&folder.articles()?)?;
        let read: Vec<Alarms> = lines
            .par_iter()
            .map(|line| {
                let article: ArticleLine = serde_json::from_str(line)?;
                let mut alarms = Alarms::default();
                for document in
                    pipeline.documents(Some("articles.jsonl"), line.as_bytes()).into_iter().flatten()
                {
                    let mut record = pipeline.read(document);
                    record.hold_against(&watchlist);
                    alarms.add(&article.id, &record, &judged);
                }
                Ok(alarms)
            })
            .collect::<anyhow::Result<_>>()?;
        let alarms = read.into_iter().fold(Alarms::default(), Alarms::together);
        let step = (names.len() / TIMED).max(1);
        let asked: Vec<Query> = names.iter().step_by(step).take(TIMED).map(|name| Query::of(name)).collect();
        let started = Instant::now();
        let met = asked.iter().filter(|query| !watchlist.matches(query, 5).is_empty()).count();
        let seconds = started.elapsed().as_secs_f64();
        let mut page = markdown(&alarms);
        page.push_str(&format!(
            "\nThe list, {} entries with {} names, is read and indexed in {:.2} s. {} of its own names, asked for on one \
             thread against all of them, take {seconds:.1} s ({:.0} a second); {met} are met.\n",
            watchlist.len(),
            names.len(),
            loaded.as_secs_f64(),
            asked.len(),
            asked.len() as f64 / seconds.max(1e-9),
        ));
        if let Some(path) = &self.write {
            write_table(path, &format!("lists, {}", self.model.name), &page)?;
        }
        print!("{page}");
        if self.list {
            alarms.told.iter().for_each(|line| println!("{line}"));
        }
        Ok(())
    }

    fn lines(&self, path: &Path) -> anyhow::Result<Vec<String>> {
        let file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
        let lines = BufReader::new(MultiGzDecoder::new(BufReader::new(file))).lines();
        let taken = lines.skip(self.first).step_by(self.every);
        taken.map(|line| line.with_context(|| format!("cannot read {}", path.display()))).collect()
    }
}

/// The list, and all its names.
fn load(files: &[PathBuf]) -> anyhow::Result<(Watchlist, Vec<String>)> {
    let mut parts = Vec::new();
    for file in files {
        let bytes = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
        let name = file.file_name().unwrap_or(file.as_os_str()).to_string_lossy().into_owned();
        parts.push(ListBytes { name, bytes });
    }
    let read = read_list("sdn.csv", &parts);
    let names = read.entries.iter().flat_map(|entry| &entry.names).map(|name| name.text.clone()).collect();
    Ok((Watchlist::build(read.entries), names))
}
