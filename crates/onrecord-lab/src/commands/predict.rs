//! `onrecord-lab predict`: attributions of any texts, in the format of the gold data.

use super::{ModelOption, predict_copies, predict_factuality, predict_stance};
use crate::attribution_score::AttributionSpans;
use crate::gold_data;
use crate::our_reader::OurReader;
use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use rayon::prelude::*;
use serde::Serialize;
use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// What a line looks like, for `--help`.
const FORMAT: &str = "\
A line: {\"doc\":\"NAME\",\"attributions\":[{\"source\":[[s,e]],\"cue\":[[s,e]],\"content\":[[s,e]]}]}
NAME is the file’s without .txt. Offsets count code points of the text as it stands in the file, half-open: a
byte-order mark is one, and a line end of two characters is two.

With --task factuality, --in is a .jsonl file of lines {\"id\":…,\"text\":…,\"span\":[s,e]} and a line of the answer
is {\"id\":…,\"value\":N}: from -3, what the span tells of is certainly not so, to 3, it certainly is.

With --task stance, a line of --in is {\"id\":…,\"claim\":…,\"text\":…} and a line of the answer {\"id\":…,\"stance\":…,
\"score\":…}: supports, denies, doubts, mentions or unrelated.

With --task copies, --in is a .jsonl file of lines {\"id\":…,\"text\":…} and a line of the answer, one for each pair that has
something in common, is {\"a\":ID,\"b\":ID,\"kind\":\"copy|rewrite|quote\",\"score\":N} with a score from 0 to 1.";

/// What is told of a file in another encoding.
const GUESSED: &str = "is not UTF-8; read in the encoding that it seems to have";

/// The options of `predict`.
#[derive(Debug, Args)]
#[command(after_help = FORMAT)]
pub struct Predict {
    /// A folder of .txt files, or a .jsonl file of lines {"doc":…,"text":…}.
    #[arg(long = "in", value_name = "PATH")]
    input: PathBuf,
    /// Where the lines go.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// What to find.
    #[arg(long, value_enum, default_value_t = Task::Attributions)]
    task: Task,
    #[command(flatten)]
    model: ModelOption,
}

/// What can be predicted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Task {
    /// Who is said to say what.
    Attributions,
    /// How far what a word tells of is so.
    Factuality,
    /// What a text makes of a claim.
    Stance,
    /// Which texts are copies, rewritten copies or share a quotation.
    Copies,
}

/// A document to read: its name, and its text or why there is none.
struct Input {
    doc: String,
    text: Result<String, String>,
    /// What is to be told of its decoding.
    note: Option<&'static str>,
}

#[derive(Serialize)]
struct Prediction {
    doc: String,
    attributions: Vec<AttributionSpans>,
    #[serde(skip)]
    failed: Option<String>,
    #[serde(skip)]
    note: Option<&'static str>,
}

impl Predict {
    /// Reads and writes.
    pub fn run(&self) -> anyhow::Result<()> {
        if self.task == Task::Factuality {
            return predict_factuality::run(&self.input, &self.out);
        }
        if self.task == Task::Stance {
            return predict_stance::run(&self.input, &self.out);
        }
        if self.task == Task::Copies {
            return predict_copies::run(&self.input, &self.out);
        }
        let reader = OurReader::flat(self.model.name)?;
        let predictions: Vec<Prediction> = if self.input.is_dir() {
            text_files(&self.input)?.par_iter().map(|path| predict(&reader, read_file(path))).collect()
        } else {
            let texts = gold_data::read_texts_in_order(&self.input)?;
            texts
                .into_par_iter()
                .map(|(doc, text)| predict(&reader, Input { doc, text: Ok(text), note: None }))
                .collect()
        };
        let mut lines = Vec::new();
        for prediction in &predictions {
            serde_json::to_writer(&mut lines, prediction)?;
            lines.push(b'\n');
            if let Some(said) = prediction.failed.as_deref().or(prediction.note) {
                eprintln!("{}: {said}", prediction.doc);
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
    let (attributions, failed) = match input.text {
        Ok(text) => (reader.attributions(&text), None),
        Err(why) => (Vec::new(), Some(why)),
    };
    Prediction { doc: input.doc, attributions, failed, note: input.note }
}

/// The .txt files of a folder, sorted by name. What cannot be opened is among them, to be named; pipes and the like,
/// which may never end, are not.
fn text_files(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let listed = || fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<Vec<_>>>();
    let mut files = listed().with_context(|| format!("cannot list {}", folder.display()))?;
    files.retain(|path| {
        path.extension() == Some(OsStr::new("txt"))
            && fs::metadata(path).map_or(true, |found| found.is_file())
    });
    files.sort();
    Ok(files)
}

fn read_file(path: &Path) -> Input {
    let doc = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    match fs::read(path).map_err(|error| error.to_string()).map(String::from_utf8) {
        Ok(Ok(text)) => Input { doc, text: Ok(text), note: None },
        Ok(Err(error)) => Input { doc, text: decoded(error.as_bytes()), note: Some(GUESSED) },
        Err(why) => Input { doc, text: Err(why), note: None },
    }
}

/// What is not UTF-8 is decoded as the program does it.
fn decoded(bytes: &[u8]) -> Result<String, String> {
    let taken = onrecord_intake::intake(Some("text.txt"), bytes, &onrecord_intake::Options::default());
    match taken.into_iter().next() {
        Some(Ok(taken)) if taken.document.media_type == "text/plain" => {
            Ok(taken.document.text.unwrap_or_default())
        }
        Some(Err(problem)) => Err(problem.what),
        _ => Err("is not UTF-8 and no plain text".into()),
    }
}
