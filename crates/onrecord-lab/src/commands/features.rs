//! `onrecord-lab features`: the training inputs.

use crate::feature_columns;
use crate::gold_data::read_texts_in_order;
use anyhow::Context;
use clap::Args;
use onrecord_models::WordPiece;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;

/// Write the token features that models are trained on.
#[derive(Debug, Args)]
pub struct Features {
    /// The vocabulary that words are cut by: one entry a line, `##` before continuations.
    #[arg(long, value_name = "FILE")]
    vocabulary: PathBuf,
    /// The texts: JSON lines {doc,text}.
    #[arg(long = "in", value_name = "FILE.jsonl")]
    input: PathBuf,
    /// Where to write: one line a text, its tokens' features as parallel columns.
    #[arg(long, value_name = "FILE.jsonl")]
    out: PathBuf,
}

impl Features {
    /// Writes them.
    ///
    /// # Errors
    /// When a file cannot be read or written.
    pub fn run(&self) -> anyhow::Result<()> {
        let vocabulary = std::fs::read_to_string(&self.vocabulary)
            .with_context(|| format!("cannot read {}", self.vocabulary.display()))?;
        let pieces = WordPiece::new(&vocabulary);
        let out = File::create(&self.out).with_context(|| format!("cannot write {}", self.out.display()))?;
        let mut out = BufWriter::new(out);
        for (doc, text) in read_texts_in_order(&self.input)? {
            feature_columns::write(&doc, &text, &pieces, &mut out)?;
        }
        Ok(out.flush()?)
    }
}
