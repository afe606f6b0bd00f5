//! `onrecord-lab predict`: attributions of any texts, in the format of the gold data.

use super::ModelOption;
use crate::attribution_score::AttributionSpans;
use crate::gold_data;
use crate::our_reader::OurReader;
use anyhow::{Context, bail};
use clap::Args;
use rayon::prelude::*;
use serde::Serialize;
use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// What a line looks like, for `--help`.
const FORMAT: &str = "\
A line: {\"doc\":\"NAME\",\"attributions\":[{\"source\":[[s,e]],\"cue\":[[s,e]],\"content\":[[s,e]]}]}
NAME is the file’s without .txt. Offsets count code points of the text as it stands in the file, half-open.";

/// The options of `predict`.
#[derive(Debug, Args)]
#[command(after_help = FORMAT)]
pub struct Predict {
    /// A folder of UTF-8 .txt files, or a .jsonl file of lines {"doc":…,"text":…}.
    #[arg(long = "in", value_name = "PATH")]
    input: PathBuf,
    /// Where the lines go.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    #[command(flatten)]
    model: ModelOption,
}

/// A document to read: its name, and its text or why there is none.
struct Input {
    doc: String,
    text: Result<String, String>,
}

#[derive(Serialize)]
struct Prediction {
    doc: String,
    attributions: Vec<AttributionSpans>,
    #[serde(skip)]
    failed: Option<String>,
}

impl Predict {
    /// Reads and writes.
    pub fn run(&self) -> anyhow::Result<()> {
        let reader = OurReader::flat(self.model.name)?;
        let predictions: Vec<Prediction> = if self.input.is_dir() {
            text_files(&self.input)?.par_iter().map(|path| predict(&reader, read_file(path))).collect()
        } else {
            let texts = gold_data::read_texts_in_order(&self.input)?;
            texts.into_par_iter().map(|(doc, text)| predict(&reader, Input { doc, text: Ok(text) })).collect()
        };
        let mut lines = Vec::new();
        for prediction in &predictions {
            serde_json::to_writer(&mut lines, prediction)?;
            lines.push(b'\n');
            if let Some(why) = &prediction.failed {
                eprintln!("{}: {why}", prediction.doc);
            }
        }
        let write = || fs::File::create(&self.out)?.write_all(&lines);
        write().with_context(|| format!("cannot write {}", self.out.display()))?;
        match predictions.iter().filter(|prediction| prediction.failed.is_some()).count() {
            0 => Ok(()),
            failed => bail!("{failed} of {} documents could not be read", predictions.len()),
        }
    }
}

fn predict(reader: &OurReader, input: Input) -> Prediction {
    match input.text {
        Ok(text) => Prediction { doc: input.doc, attributions: reader.attributions(&text), failed: None },
        Err(why) => Prediction { doc: input.doc, attributions: Vec::new(), failed: Some(why) },
    }
}

/// The .txt files of a folder, sorted by name.
fn text_files(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let listed = || fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<Vec<_>>>();
    let mut files = listed().with_context(|| format!("cannot list {}", folder.display()))?;
    files.retain(|path| path.extension() == Some(OsStr::new("txt")) && !path.is_dir());
    files.sort();
    Ok(files)
}

fn read_file(path: &Path) -> Input {
    let doc = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let text = fs::read(path).map_err(|error| error.to_string()).and_then(|bytes| {
        String::from_utf8(bytes).map_err(|error| format!("not UTF-8: {}", error.utf8_error()))
    });
    Input { doc, text }
}
