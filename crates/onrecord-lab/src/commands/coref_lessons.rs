//! `onrecord-lab coref-lessons`: what a coreference network learns from.

use super::ModelOption;
use crate::coreference_lessons::{MentionLine, write_lessons, write_seen};
use crate::lesson_files::LessonFiles;
use anyhow::Context;
use clap::Args;
use onrecord_reading::Lessons;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;

/// The options of `coref-lessons`.
#[derive(Debug, Args)]
pub struct CorefLessons {
    #[command(flatten)]
    model: ModelOption,
    /// The texts: JSON lines {doc,text}; with --lessons {doc,text,mentions}, each mention as the code points of its start, its
    /// end, and its head's start and end, in the order of the heads.
    #[arg(long = "in", value_name = "FILE.jsonl")]
    input: PathBuf,
    /// Where to write: lines {doc,start,end}, the tokens that the network reads; beside it, as FILE.bin, for each of them its
    /// input row and its state as 32-bit floats. With --lessons lines {doc,mentions,pairs} and in FILE.bin for each pair
    /// the later and the earlier mention and the numbers of the features, as 16-bit integers.
    #[arg(long, value_name = "FILE.jsonl")]
    out: PathBuf,
    /// Write the features of the mentions given, and of their pairs.
    #[arg(long)]
    lessons: bool,
}

impl CorefLessons {
    /// Writes them.
    ///
    /// # Errors
    /// When a file cannot be read or written, or a line is not what it should be.
    pub fn run(&self) -> anyhow::Result<()> {
        let lessons = Lessons::new(self.model.name)?;
        let mut files = LessonFiles::create(&self.out)?;
        let input =
            File::open(&self.input).with_context(|| format!("cannot read {}", self.input.display()))?;
        for (i, line) in BufReader::new(input).lines().enumerate() {
            let line: MentionLine = serde_json::from_str(&line?)
                .with_context(|| format!("{}, line {}", self.input.display(), i + 1))?;
            if self.lessons {
                write_lessons(&lessons, &line, &mut files)?;
            } else {
                write_seen(&lessons, &line, &mut files)?;
            }
        }
        files.finish()
    }
}
