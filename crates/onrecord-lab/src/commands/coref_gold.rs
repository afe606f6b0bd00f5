//! `onrecord-lab coref-gold`: coreference as models are trained on it.

use super::DataOption;
use crate::gold_data::DataFolder;
use crate::gum::{GoldLine, GumFolder, GumPart};
use anyhow::Context;
use clap::Args;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;

/// The options of `coref-gold`.
#[derive(Debug, Args)]
pub struct CorefGold {
    #[command(flatten)]
    data: DataOption,
    /// The part of GUM.
    #[arg(long, value_enum)]
    split: GumPart,
    /// Where the lines go.
    #[arg(long, value_name = "FILE.jsonl")]
    out: PathBuf,
}

impl CorefGold {
    /// Writes them.
    ///
    /// # Errors
    /// When the data are missing or do not fit together, or the file cannot be written.
    pub fn run(&self) -> anyhow::Result<()> {
        let folder = GumFolder::open(&DataFolder::new(&self.data.folder))?;
        let out = File::create(&self.out).with_context(|| format!("cannot write {}", self.out.display()))?;
        let mut out = BufWriter::new(out);
        for name in folder.of_part(self.split) {
            serde_json::to_writer(&mut out, &GoldLine::new(&folder.coreference(name)?))?;
            out.write_all(b"\n")?;
        }
        Ok(out.flush()?)
    }
}
