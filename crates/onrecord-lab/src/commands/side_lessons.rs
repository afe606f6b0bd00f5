//! `onrecord-lab side-lessons`: what the stance network learns of statements from.

use super::{DataOption, ModelOption};
use crate::gold_data::DataFolder;
use crate::our_reader::our_pipeline;
use crate::sides::{Mark, NewsCase, SideGold, SideMark};
use anyhow::Context;
use clap::Args;
use onrecord::Record;
use onrecord::linking::claims::Telling;
use onrecord::record::TextIndex;
use serde::Serialize;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;

/// The options of `side-lessons`.
#[derive(Debug, Args)]
pub struct SideLessons {
    #[command(flatten)]
    data: DataOption,
    #[command(flatten)]
    model: ModelOption,
    /// The marks.
    #[arg(long, value_name = "FILE.jsonl", default_value = "suite/sides/sides.jsonl")]
    marks: PathBuf,
    /// Where to write: a line for each mark whose statement is found, with the claim, the words as the network reads them and
    /// the side.
    #[arg(long, value_name = "FILE.jsonl")]
    out: PathBuf,
}

#[derive(Serialize)]
struct Lesson<'l> {
    claim: &'l str,
    reported: bool,
    text: String,
    side: Mark,
}

impl SideLessons {
    /// Writes them.
    ///
    /// # Errors
    /// When the data are missing or do not fit together, or the file cannot be written.
    pub fn run(&self) -> anyhow::Result<()> {
        let [articles] = DataFolder::new(&self.data.folder).files(["news/articles.jsonl.gz"])?;
        let gold = SideGold::read(&self.marks)?;
        let case = NewsCase::of(&gold, &articles, &our_pipeline(self.model.name)?)?;
        let file = File::create(&self.out).with_context(|| format!("cannot write {}", self.out.display()))?;
        let mut out = BufWriter::new(file);
        let (mut written, mut lost) = (0, 0);
        for claim in &gold {
            for mark in &claim.marks {
                let Some(text) = case.records.get(&mark.doc).and_then(|record| words(mark, record)) else {
                    lost += 1;
                    continue;
                };
                let lesson = Lesson { claim: &claim.claim, reported: claim.reported, text, side: mark.side };
                serde_json::to_writer(&mut out, &lesson)?;
                out.write_all(b"\n")?;
                written += 1;
            }
        }
        out.flush()?;
        eprintln!("{written} written, {lost} of statements that are not found now");
        Ok(())
    }
}

/// A statement as the network reads it.
fn words(mark: &SideMark, record: &Record) -> Option<String> {
    if mark.own {
        let text = TextIndex::new(record.document.text());
        return mark.spans.first().map(|span| text.slice(*span).to_owned());
    }
    let statement = record.reading.statements.iter().find(|it| mark.is_at(&it.content.spans))?;
    let agents = &record.reading.agents;
    let named = agents.iter().find(|agent| statement.speaker.as_ref() == Some(&agent.id));
    let telling = Telling {
        content: statement.content.text.as_deref().unwrap_or_default(),
        speaker: named.map(|agent| &*agent.name).or(statement.source.text.as_deref()),
        cue: statement.cue.text.as_deref(),
    };
    Some(telling.words())
}
