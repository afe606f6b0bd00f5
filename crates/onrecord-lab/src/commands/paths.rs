//! `onrecord-lab paths`: whether the answer hangs on the processor.

use super::{DataOption, ModelOption};
use crate::article_feed::article_texts;
use crate::bundled_case::BundledCase;
use crate::gold_data::DataFolder;
use crate::measured_page::write_table;
use crate::our_reader::{OurReader, our_pipeline};
use anyhow::ensure;
use clap::Args;
use onrecord_models::{CodePath, ModelName};
use onrecord_record::Sha256;
use rayon::prelude::*;
use std::path::PathBuf;
use std::time::Instant;

/// The options of `paths`.
#[derive(Debug, Args)]
pub struct Paths {
    #[command(flatten)]
    data: DataOption,
    #[command(flatten)]
    model: ModelOption,
    /// How many news articles are read beside the bundled case, from the start of the file; 0 needs no data.
    #[arg(long, value_name = "N", default_value_t = 500)]
    articles: usize,
    /// The folder of the bundled case.
    #[arg(long, value_name = "DIR", default_value = "examples/harbour")]
    case: PathBuf,
    /// Put the table into this page, between its markers, as well.
    #[arg(long, value_name = "PAGE")]
    write: Option<PathBuf>,
}

impl Paths {
    /// Reads everything once with each set of instructions that this processor has, and compares.
    ///
    /// # Errors
    /// When the data are missing, the page cannot be written, or two answers differ.
    pub fn run(&self) -> anyhow::Result<()> {
        let texts = match self.articles {
            0 => Vec::new(),
            most => article_texts(&DataFolder::new(&self.data.folder).articles()?, most)?,
        };
        let case = BundledCase::open(&self.case)?;
        let model = self.model.name;
        let mut page = format!(
            "Model {model}: the bundled case, {} documents, and {} news articles, read with each set of instructions.\n\n\
             | instructions | statements | SHA-256 of all lines of the record |\n| --- | ---: | --- |\n",
            case.documents.len(),
            texts.len()
        );
        let mut answers = Vec::new();
        for path in CodePath::ALL {
            if !path.keep_to() {
                page += &format!("| {} | this processor has none | |\n", path.name());
                continue;
            }
            let begun = Instant::now();
            let (statements, digest) = answer(model, &case, &texts)?;
            eprintln!("{}: {:.1} s", path.name(), begun.elapsed().as_secs_f64());
            page += &format!("| {} | {statements} | {} |\n", path.name(), &digest.to_string()[..16]);
            answers.push(digest);
        }
        if let Some(path) = &self.write {
            write_table(path, &format!("paths, {model}"), &page)?;
        }
        print!("{page}");
        ensure!(answers.windows(2).all(|pair| pair[0] == pair[1]), "the answers differ");
        Ok(())
    }
}

/// How many statements there are, and the hash of all agents and statements as JSON.
fn answer(model: ModelName, case: &BundledCase, texts: &[String]) -> anyhow::Result<(usize, Sha256)> {
    let (reader, pipeline) = (OurReader::new(model)?, our_pipeline(model)?);
    let mut read: Vec<(usize, String)> = Vec::new();
    for document in &case.documents {
        let reading = document.read(&pipeline)?.reading;
        read.push((reading.statements.len(), serde_json::to_string(&(reading.agents, reading.statements))?));
    }
    let articles: Vec<(usize, String)> = texts
        .par_iter()
        .map(|text| {
            let reading = reader.read(text);
            Ok((reading.statements.len(), serde_json::to_string(&(reading.agents, reading.statements))?))
        })
        .collect::<anyhow::Result<_>>()?;
    read.extend(articles);
    let lines: Vec<&str> = read.iter().map(|(_, lines)| lines.as_str()).collect();
    Ok((read.iter().map(|(count, _)| count).sum(), Sha256::of(lines.join("\n").as_bytes())))
}
