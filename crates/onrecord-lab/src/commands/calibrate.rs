//! `onrecord-lab calibrate`: whether confidences mean what they say, and what a floor for them gives.

use super::fit_evidence::fitted;
use super::{DataOption, ModelOption};
use crate::attribution_score::{AttributionSpans, ScoredText, matched_with_sources};
use crate::calibration::{Calibration, Judged, bins, expected_error};
use crate::floor_curve::{ReadArticle, floor_curve, floor_markdown};
use crate::gold_data::{self, DataFolder, Split};
use crate::measured_page::write_table;
use crate::our_reader::{OurReader, attribution_spans};
use crate::reliability_plot::reliability_svg;
use anyhow::Context;
use clap::Args;
use rayon::prelude::*;
use std::collections::HashSet;
use std::fs;
use std::path::PathBuf;

/// The options of `calibrate`.
#[derive(Debug, Args)]
pub struct Calibrate {
    #[command(flatten)]
    data: DataOption,
    #[command(flatten)]
    model: ModelOption,
    /// Weigh the model's evidence anew on every other article, and print the weights alone.
    #[arg(long, conflicts_with = "write")]
    fit: bool,
    /// Put the table into this page, between its markers, as well.
    #[arg(long, value_name = "PAGE")]
    write: Option<PathBuf>,
    /// Put the curve of floors into this page, between its markers, as well.
    #[arg(long, value_name = "PAGE")]
    write_curve: Option<PathBuf>,
    /// Draw the table into this file.
    #[arg(long, value_name = "FILE.svg")]
    plot: Option<PathBuf>,
}

impl Calibrate {
    /// Measures and prints.
    ///
    /// # Errors
    /// When the data are missing, or a page or the drawing cannot be written.
    pub fn run(&self) -> anyhow::Result<()> {
        let [texts, gold] = DataFolder::new(&self.data.folder).polnear(Split::Dev)?;
        let (texts, gold) = (gold_data::read_texts(&texts)?, gold_data::read_attributions(&gold)?);
        let model = self.model.name;
        let reader = OurReader::flat(model)?;
        if self.fit {
            println!("{}", fitted(&reader, &texts, &gold)?);
            return Ok(());
        }
        let documents: Vec<_> = gold.iter().collect();
        let articles: Vec<ReadArticle<'_>> = documents
            .par_iter()
            .map(|(doc, gold)| {
                let text = texts.get(*doc).with_context(|| format!("there is no text of {doc}"))?;
                let statements = reader.read(text).statements;
                let read = statements.iter().map(|it| (attribution_spans(it), it.confidence)).collect();
                Ok(ReadArticle { text: ScoredText::new(text), gold, read })
            })
            .collect::<anyhow::Result<_>>()?;
        let judged: Vec<Vec<Judged>> = articles.iter().map(judge).collect::<anyhow::Result<_>>()?;
        // By document: statements of one article are no independent witnesses.
        let half =
            |rest: usize| -> Vec<Judged> { judged.iter().skip(rest).step_by(2).flatten().copied().collect() };
        let (fitted_on, measured_on) = (half(0), half(1));
        let found = Calibration::fit(&fitted_on);
        let page = table(&model.to_string(), found, &measured_on);
        let heading = format!("Model {model} on PolNeAR dev, {} documents", articles.len());
        let curve = floor_markdown(&heading, &floor_curve(&articles)?);
        if let Some(path) = &self.write {
            write_table(path, &format!("calibration, {model}"), &page)?;
        }
        if let Some(path) = &self.write_curve {
            write_table(path, &format!("floors, {model}"), &curve)?;
        }
        if let Some(path) = &self.plot {
            let drawing =
                reliability_svg(&format!("{model}: confidence and what is right"), &bins(&measured_on));
            fs::write(path, drawing).with_context(|| format!("cannot write {}", path.display()))?;
        }
        print!("{page}\n{curve}");
        Ok(())
    }
}

fn judge(article: &ReadArticle<'_>) -> anyhow::Result<Vec<Judged>> {
    let predicted: Vec<AttributionSpans> = article.read.iter().map(|(spans, _)| spans.clone()).collect();
    let pairs = matched_with_sources(&article.text, article.gold, &predicted)?;
    let right: HashSet<usize> = pairs.into_iter().map(|(_, predicted)| predicted).collect();
    let confidences = article.read.iter().map(|(_, confidence)| f64::from(*confidence));
    Ok(confidences.enumerate().map(|(i, confidence)| (confidence, right.contains(&i))).collect())
}

fn table(model: &str, found: Calibration, measured_on: &[Judged]) -> String {
    let as_is = bins(measured_on);
    let again: Vec<Judged> = measured_on.iter().map(|(c, right)| (found.apply(*c), *right)).collect();
    let mut page = format!(
        "Model {model} on every second article of PolNeAR dev: {} statements, expected calibration error {:.3}.\n\n\
         | mean confidence | share right | statements |\n| ---: | ---: | ---: |\n",
        measured_on.len(),
        expected_error(&as_is)
    );
    for bin in &as_is {
        page += &format!("| {:.3} | {:.3} | {} |\n", bin.confidence, bin.right, bin.count);
    }
    page += &format!(
        "\nFitted once more on the other articles (slope {:.3}, intercept {:.3}), the error is {:.3}.\n",
        found.slope,
        found.intercept,
        expected_error(&bins(&again))
    );
    page
}
