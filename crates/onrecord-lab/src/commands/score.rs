//! `onrecord-lab score`: quality against gold attributions.

use super::score_coref::CorefOptions;
use super::score_statements::StatementOptions;
use super::{
    DataOption, ModelOption, score_copies, score_coref, score_cross_document, score_gum, score_names,
    score_same_claim, score_sides, score_speakers, score_stance, score_time,
};
use crate::attribution_score::{
    Annotation, AttributionSpans, ScoredText, Scores, Scoring, markdown, score_annotator_pairs,
};
use crate::bundled_case::{BundledCase, case_markdown, score_case};
use crate::gold_data::{self, DataFolder, Split};
use crate::measured_page::write_table;
use crate::nesting::{NestingGold, NestingScores, nesting_markdown, score_sentence};
use crate::our_reader::{OurReader, our_pipeline};
use anyhow::{Context, bail};
use clap::{ArgGroup, Args, ValueEnum};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// The options of `score`.
#[derive(Debug, Args)]
// What is `listable` can name its mistakes; of it what is `apart` is measured alone, the marks of statements in any number.
#[command(group = ArgGroup::new("listable").multiple(true))]
pub struct Score {
    #[command(flatten)]
    data: DataOption,
    #[command(flatten)]
    model: ModelOption,
    /// Which part of PolNeAR to read.
    #[arg(long, value_enum, default_value_t = SplitChoice::Dev)]
    split: SplitChoice,
    /// Gold attributions: lines {"doc":…,"attributions":[…]}.
    #[arg(long, value_name = "FILE", requires_all = ["text", "pred"], conflicts_with = "human")]
    gold: Option<PathBuf>,
    /// Texts: lines {"doc":…,"text":…}.
    #[arg(long, value_name = "FILE", num_args = 1..)]
    text: Vec<PathBuf>,
    /// Predicted attributions, as the gold ones. A document without a line counts as one with none.
    ///
    /// With --coref, chains in place of the program’s: lines {"doc":…,"chains":[[[s,e],…],…]} of mentions in words of
    /// GUM, counted from 0, half-open; only the documents with a line are scored.
    #[arg(long, value_name = "FILE", conflicts_with = "human")]
    pred: Option<PathBuf>,
    /// Score annotators against each other, every pair of one article in both directions.
    #[arg(long)]
    human: bool,
    /// Several annotators’ attributions: lines {"doc":…,"annotator":…,"attributions":[…]}.
    #[arg(long, value_name = "FILE", num_args = 1.., requires_all = ["human", "text"])]
    multi: Vec<PathBuf>,
    /// Read the bundled case of this folder instead, and print its tables.
    #[arg(
        long,
        value_name = "DIR",
        num_args = 0..=1,
        default_missing_value = "examples/harbour",
        conflicts_with_all = ["gold", "human", "json"],
        groups = ["listable", "apart"]
    )]
    case: Option<PathBuf>,
    /// Measure by genre on GUM instead, which marks attributions in its own way.
    #[arg(long, conflicts_with_all = ["gold", "human", "json"], groups = ["listable", "apart"])]
    gum: bool,
    /// Measure who speaks behind pronouns and descriptions instead, against this gold of places in PolNeAR dev and
    /// the golden records of the bundled case.
    #[arg(
        long,
        value_name = "FILE",
        num_args = 0..=1,
        default_missing_value = "suite/speakers/gold.jsonl",
        conflicts_with_all = ["gold", "human", "json", "case", "gum", "nesting"],
        groups = ["listable", "apart"]
    )]
    speakers: Option<PathBuf>,
    /// Score who is meant by what on GUM dev instead: coreference of persons.
    #[arg(long, conflicts_with_all = ["gold", "text", "human", "json"], groups = ["listable", "apart"])]
    coref: bool,
    /// Measure who is one and the same across documents instead: on MEANTIME, and on these pairs of mentions.
    #[arg(
        long,
        value_name = "PAIRS",
        num_args = 0..=1,
        default_missing_value = "suite/linking/pairs.jsonl",
        conflicts_with_all = ["gold", "human", "json"],
        groups = ["listable", "apart"]
    )]
    cross_document: Option<PathBuf>,
    /// Keep the agents of the news articles in this file, or take them from it when it is there.
    #[arg(long, value_name = "FILE", requires = "cross_document")]
    keep: Option<PathBuf>,
    /// Name every mistake on the bundled case, on GUM, of speakers, of coreference, across documents, of times or of
    /// statements’ marks behind the tables; of gold that has halves, on the half that chooses.
    #[arg(long, requires = "listable")]
    mistakes: bool,
    /// Score statements within statements against this gold of places in PolNeAR instead.
    #[arg(
        long,
        value_name = "FILE",
        num_args = 0..=1,
        default_missing_value = "suite/nesting/gold.jsonl",
        conflicts_with_all = ["gold", "human", "json", "case", "coref"]
    )]
    nesting: Option<PathBuf>,
    /// Measure names instead: pairs against these labels of ours, aliases against their list, and speed.
    #[arg(
        long,
        value_name = "LABELS",
        num_args = 0..=1,
        default_missing_value = "suite/names/relabelled.jsonl",
        conflicts_with_all = ["gold", "human", "json", "case", "gum", "nesting"]
    )]
    names: Option<PathBuf>,
    /// Measure whether statements gathered into one claim make it instead, against these pairs of places in news articles.
    #[arg(
        long,
        value_name = "PAIRS",
        num_args = 0..=1,
        default_missing_value = "suite/claims/pairs.jsonl",
        conflicts_with_all = ["gold", "human", "json", "case", "gum", "coref"]
    )]
    same_claim: Option<PathBuf>,
    /// Measure which sides an answer shows statements of the news to take of claims instead, against these marks.
    #[arg(
        long,
        value_name = "MARKS",
        num_args = 0..=1,
        default_missing_value = "suite/sides/sides.jsonl",
        conflicts_with_all = ["gold", "human", "json", "case", "gum", "coref"]
    )]
    sides: Option<PathBuf>,
    /// Measure the stance of texts to claims instead, on PERSPECTRUM dev.
    #[arg(long, conflicts_with_all = ["gold", "human", "json", "case", "gum", "coref"])]
    stance: bool,
    /// Measure copies and rewritten copies instead: on news articles, on articles rewritten by rules, and on the bundled
    /// case of this folder.
    #[arg(
        long,
        value_name = "DIR",
        num_args = 0..=1,
        default_missing_value = "examples/harbour",
        conflicts_with_all = ["gold", "human", "json", "case", "gum", "nesting", "names"]
    )]
    copies: Option<PathBuf>,
    #[command(flatten)]
    statements: StatementOptions,
    /// Measure expressions of time and their values instead, on MEANTIME and on the dates of GUM.
    #[arg(long, conflicts_with_all = ["gold", "human", "json", "case", "gum", "coref"], groups = ["listable", "apart"])]
    time: bool,
    /// Print the figures as JSON instead of a table.
    #[arg(long)]
    json: bool,
    /// Put the table into this page, between its markers, as well.
    #[arg(long, value_name = "PAGE")]
    write: Option<PathBuf>,
}

/// The parts of PolNeAR on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum SplitChoice {
    /// 84 articles.
    Dev,
    /// 840 articles that the models have learnt from.
    Train,
}

impl From<SplitChoice> for Split {
    fn from(choice: SplitChoice) -> Self {
        match choice {
            SplitChoice::Dev => Split::Dev,
            SplitChoice::Train => Split::Train,
        }
    }
}

type ByDocument<T> = BTreeMap<String, T>;

impl Score {
    /// Scores and prints.
    pub fn run(&self) -> anyhow::Result<()> {
        if !self.text.is_empty() && self.pred.is_none() && self.multi.is_empty() {
            bail!("--text goes with --gold and --pred, or with --human and --multi");
        }
        if self.pred.is_some() && self.gold.is_none() && !self.coref {
            bail!("--pred goes with --gold and --text, or with --coref");
        }
        if let Some(folder) = &self.case {
            return self.bundled_case(folder);
        }
        if self.gum {
            return score_gum::run(&self.data, &self.model, self.write.as_deref(), self.mistakes);
        }
        if let Some(pairs) = &self.cross_document {
            return score_cross_document::run(&score_cross_document::Asked {
                data: &self.data,
                model: &self.model,
                pairs,
                keep: self.keep.as_deref(),
                write: self.write.as_deref(),
                mistakes: self.mistakes,
            });
        }
        if let Some(gold) = &self.speakers {
            return score_speakers::run(&self.data, &self.model, gold, self.write.as_deref(), self.mistakes);
        }
        if let Some(pairs) = &self.same_claim {
            return score_same_claim::run(&self.data, pairs, self.write.as_deref());
        }
        if let Some(marks) = &self.sides {
            return score_sides::run(&self.data, &self.model, marks, self.write.as_deref());
        }
        if self.stance {
            return score_stance::run(&self.data, self.write.as_deref());
        }
        if self.statements.asked() {
            return self.statements.run(&self.data, &self.model, self.write.as_deref(), self.mistakes);
        }
        if self.coref {
            return score_coref::run(&CorefOptions {
                data: &self.data,
                model: &self.model,
                predicted: self.pred.as_deref(),
                write: self.write.as_deref(),
                mistakes: self.mistakes,
            });
        }
        if self.time {
            return score_time::run(&self.data, self.write.as_deref(), self.mistakes);
        }
        if let Some(case) = &self.copies {
            return score_copies::run(&self.data, &self.model, case, self.write.as_deref());
        }
        if let Some(labels) = &self.names {
            return score_names::run(&self.data, labels, self.write.as_deref());
        }
        if let Some(gold) = &self.nesting {
            return self.within(gold);
        }
        let (heading, table, scores) = if self.human { self.annotators()? } else { self.predictions()? };
        let page = markdown(&heading, &scores);
        if let Some(path) = &self.write {
            write_table(path, &table, &page)?;
        }
        if self.json {
            println!("{}", serde_json::to_string_pretty(&scores)?);
        } else {
            print!("{page}");
        }
        Ok(())
    }

    fn bundled_case(&self, folder: &Path) -> anyhow::Result<()> {
        let model = self.model.name;
        let scores = score_case(&BundledCase::open(folder)?, &our_pipeline(model)?)?;
        let page = case_markdown(&format!("Model {model} on the bundled case"), &scores);
        if let Some(path) = &self.write {
            write_table(path, &format!("bundled case, {model}"), &page)?;
        }
        print!("{page}");
        if self.mistakes {
            println!();
            for mistake in &scores.mistakes {
                println!("- {mistake}");
            }
        }
        Ok(())
    }

    fn within(&self, gold: &Path) -> anyhow::Result<()> {
        let model = self.model.name;
        let gold = NestingGold::open(gold, &DataFolder::new(&self.data.folder))?;
        let (reader, flat) = (OurReader::new(model)?, OurReader::flat(model)?);
        let mut scores = NestingScores::default();
        let mut count = 0;
        for (text, sentences) in &gold.articles {
            let statements = reader.read(text).statements;
            let outer = flat.read(text).statements;
            let nested: Vec<usize> = (0..statements.len())
                .filter(|i| outer.iter().all(|one| one.id != statements[*i].id))
                .collect();
            let text = ScoredText::new(text);
            for sentence in sentences {
                let (kind, row) = score_sentence(&text, sentence, &statements, &nested)
                    .with_context(|| sentence.doc.clone())?;
                scores.entry((sentence.half, kind)).or_default().add(&row);
                count += 1;
            }
        }
        let heading = format!("Model {model} on {count} attributions of PolNeAR dev and train.");
        let page = nesting_markdown(&heading, &scores);
        if let Some(path) = &self.write {
            write_table(path, &format!("nesting, {model}"), &page)?;
        }
        print!("{page}");
        Ok(())
    }

    /// What was scored, the name of its table, and the figures.
    fn predictions(&self) -> anyhow::Result<(String, String, Scores)> {
        if let (Some(gold), Some(predicted)) = (&self.gold, &self.pred) {
            let heading = format!("{} against {}", predicted.display(), gold.display());
            let gold = gold_data::read_attributions(gold)?;
            let predicted = gold_data::read_attributions(predicted)?;
            let scores = score_documents(&self.texts()?, &gold, &predicted)?;
            return Ok((heading, "attribution".into(), scores));
        }
        let split = Split::from(self.split);
        let [texts, gold] = DataFolder::new(&self.data.folder).polnear(split)?;
        let (texts, gold) = (gold_data::read_texts(&texts)?, gold_data::read_attributions(&gold)?);
        let reader = OurReader::flat(self.model.name)?;
        let start = Instant::now();
        let predicted: ByDocument<Vec<AttributionSpans>> = texts
            .par_iter()
            .filter(|(doc, _)| gold.contains_key(*doc))
            .map(|(doc, text)| (doc.clone(), reader.attributions(text)))
            .collect();
        let read = start.elapsed();
        let scores = score_documents(&texts, &gold, &predicted)?;
        eprintln!(
            "read in {:.2} s, scored in {:.2} s",
            read.as_secs_f64(),
            (start.elapsed() - read).as_secs_f64()
        );
        let model = self.model.name;
        let heading = format!("Model {model} on PolNeAR {}", split.name());
        Ok((heading, format!("attribution, {model}, {}", split.name()), scores))
    }

    fn annotators(&self) -> anyhow::Result<(String, String, Scores)> {
        let split = Split::from(self.split);
        let (texts, multi) = if self.multi.is_empty() {
            let [texts, multi] = DataFolder::new(&self.data.folder).polnear_annotators(split)?;
            (gold_data::read_texts(&texts)?, vec![multi])
        } else {
            (self.texts()?, self.multi.clone())
        };
        let mut annotations = Vec::new();
        for path in &multi {
            annotations.extend(gold_data::read_annotations(path)?);
        }
        let mut by_document: ByDocument<Vec<&Annotation>> = BTreeMap::new();
        for annotation in &annotations {
            by_document.entry(annotation.doc.clone()).or_default().push(annotation);
        }
        let mut scoring = Scoring::default();
        for (doc, annotations) in &by_document {
            let text = texts.get(doc).with_context(|| format!("there is no text of {doc}"))?;
            score_annotator_pairs(text, annotations, &mut scoring).with_context(|| doc.clone())?;
        }
        let heading = if self.multi.is_empty() {
            format!(
                "Annotators of PolNeAR {} against each other, {} articles",
                split.name(),
                by_document.len()
            )
        } else {
            format!("Annotators against each other, {} articles", by_document.len())
        };
        Ok((heading, format!("annotators, {}", split.name()), scoring.figures()))
    }

    fn texts(&self) -> anyhow::Result<ByDocument<String>> {
        let mut texts = BTreeMap::new();
        for path in &self.text {
            texts.extend(gold_data::read_texts(path)?);
        }
        Ok(texts)
    }
}

/// Scores every gold document; a predicted one that is not among them is an error.
fn score_documents(
    texts: &ByDocument<String>,
    gold: &ByDocument<Vec<AttributionSpans>>,
    predicted: &ByDocument<Vec<AttributionSpans>>,
) -> anyhow::Result<Scores> {
    if let Some(doc) = predicted.keys().find(|doc| !gold.contains_key(*doc)) {
        bail!("the predicted document {doc} has no gold");
    }
    let mut scoring = Scoring::default();
    for (doc, gold) in gold {
        let text = texts.get(doc).with_context(|| format!("there is no text of {doc}"))?;
        let predicted = predicted.get(doc).map(Vec::as_slice).unwrap_or_default();
        scoring.add(&ScoredText::new(text), gold, predicted).with_context(|| doc.clone())?;
    }
    Ok(scoring.figures())
}
