//! `onrecord-lab statement-lessons`: what a statement network learns from.

use super::{DataOption, ModelOption};
use crate::gold_data::DataFolder;
use crate::lesson_files::{LessonFiles, Widths, widths};
use crate::our_reader::OurReader;
use crate::statements::StatementGold;
use clap::Args;
use onrecord_models::Sight;
use onrecord_reading::Lessons;
use onrecord_record::TextIndex;
use serde::Serialize;
use std::path::PathBuf;

/// The options of `statement-lessons`.
#[derive(Debug, Args)]
pub struct StatementLessons {
    #[command(flatten)]
    data: DataOption,
    #[command(flatten)]
    model: ModelOption,
    /// The marked articles, as suite/statements/gold.jsonl has them.
    #[arg(long = "in", value_name = "FILE.jsonl")]
    input: PathBuf,
    /// Where to write: a line for each article with its tokens and, for each statement, what the network is shown of it; beside
    /// it, as FILE.bin, for each token its input row and its state as 32-bit floats.
    #[arg(long, value_name = "FILE.jsonl")]
    out: PathBuf,
}

#[derive(Serialize)]
struct ArticleLine<'a> {
    doc: &'a str,
    /// Where each token starts and ends, in code points.
    start: Vec<u32>,
    end: Vec<u32>,
    /// The word pieces of all tokens and where each token's begin, one entry more than there are tokens.
    pieces: Vec<u32>,
    piece_starts: Vec<u32>,
    /// What an encoder is told of each token.
    shape: Vec<u8>,
    gap: Vec<u8>,
    quoted: Vec<u8>,
    /// How many numbers the input row and the state of a token have.
    widths: Widths,
    statements: Vec<StatementLine>,
    /// For each pair of statements near enough: one that may answer, one that it may answer, and what is told of them.
    ties: Vec<(usize, usize, Vec<f32>)>,
}

#[derive(Serialize)]
struct StatementLine {
    first: usize,
    roles: Vec<u8>,
    basis: Vec<u8>,
    setting: Vec<u8>,
    told: [u8; 3],
}

impl From<Sight> for StatementLine {
    fn from(sight: Sight) -> Self {
        let Sight { first, roles, basis, setting, act, level, framing } = sight;
        StatementLine { first, roles, basis, setting, told: [act, level, framing] }
    }
}

impl StatementLessons {
    /// Writes them.
    ///
    /// # Errors
    /// When the data are missing or do not fit together, or a file cannot be written.
    pub fn run(&self) -> anyhow::Result<()> {
        let gold = StatementGold::open(&self.input, &DataFolder::new(&self.data.folder))?;
        let (reader, lessons) = (OurReader::new(self.model.name)?, Lessons::new(self.model.name)?);
        let mut files = LessonFiles::create(&self.out)?;
        for (text, article) in &gold.articles {
            let (spans, seen, features) = lessons.seen(text);
            let index = TextIndex::new(text);
            let spans: Vec<_> = spans.into_iter().map(|span| index.code_points(span)).collect();
            let widths = widths(&seen, spans.len());
            let given: Vec<_> = article.statements.iter().map(|statement| statement.roles()).collect();
            let (sights, ties) = reader.sights(text, &given);
            let line = ArticleLine {
                doc: &article.doc,
                start: spans.iter().map(|span| span.start.0).collect(),
                end: spans.iter().map(|span| span.end.0).collect(),
                pieces: features.pieces,
                piece_starts: features.piece_starts,
                shape: features.shape,
                gap: features.gap,
                quoted: features.quoted,
                widths,
                statements: sights.into_iter().map(StatementLine::from).collect(),
                ties: ties.iter().map(|tie| (tie.answer, tie.to, tie.told.to_vec())).collect(),
            };
            files.line(&line)?;
            files.seen(&seen, widths)?;
        }
        files.finish()
    }
}
