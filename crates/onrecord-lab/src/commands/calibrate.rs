//! `onrecord-lab calibrate`: whether confidences mean what they say.

use super::{DataOption, ModelOption};
use crate::attribution_score::{AttributionSpans, ScoredText, matched_with_sources};
use crate::calibration::{Calibration, Judged, bins, expected_error};
use crate::gold_data::{self, DataFolder, Split};
use crate::measured_page::write_table;
use crate::our_reader::{OurReader, attribution_spans};
use anyhow::Context;
use clap::Args;
use rayon::prelude::*;
use std::collections::HashSet;
use std::path::PathBuf;

/// The options of `calibrate`.
#[derive(Debug, Args)]
pub struct Calibrate {
    #[command(flatten)]
    data: DataOption,
    #[command(flatten)]
    model: ModelOption,
    /// Put the table into this page, between its markers, as well.
    #[arg(long, value_name = "PAGE")]
    write: Option<PathBuf>,
}

impl Calibrate {
    /// Measures and prints.
    ///
    /// # Errors
    /// When the data are missing or the page cannot be written.
    pub fn run(&self) -> anyhow::Result<()> {
        let [texts, gold] = DataFolder::new(&self.data.folder).polnear(Split::Dev)?;
        let (texts, gold) = (gold_data::read_texts(&texts)?, gold_data::read_attributions(&gold)?);
        let reader = OurReader::flat(self.model.name)?;
        let documents: Vec<_> = gold.iter().collect();
        let judged: Vec<Vec<Judged>> = documents
            .par_iter()
            .map(|(doc, gold)| {
                let text = texts.get(*doc).with_context(|| format!("there is no text of {doc}"))?;
                judge(&reader, text, gold)
            })
            .collect::<anyhow::Result<_>>()?;
        // By document: statements of one article are no independent witnesses.
        let half =
            |rest: usize| -> Vec<Judged> { judged.iter().skip(rest).step_by(2).flatten().copied().collect() };
        let (fitted_on, measured_on) = (half(0), half(1));
        let found = Calibration::fit(&fitted_on);
        let page = table(&self.model.name.to_string(), found, &measured_on);
        if let Some(path) = &self.write {
            write_table(path, &format!("calibration, {}", self.model.name), &page)?;
        }
        print!("{page}");
        Ok(())
    }
}

fn judge(reader: &OurReader, text: &str, gold: &[AttributionSpans]) -> anyhow::Result<Vec<Judged>> {
    let statements = reader.read(text).statements;
    let predicted: Vec<AttributionSpans> = statements.iter().map(attribution_spans).collect();
    let pairs = matched_with_sources(&ScoredText::new(text), gold, &predicted)?;
    let right: HashSet<usize> = pairs.into_iter().map(|(_, predicted)| predicted).collect();
    Ok(statements.iter().enumerate().map(|(i, it)| (f64::from(it.confidence), right.contains(&i))).collect())
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
