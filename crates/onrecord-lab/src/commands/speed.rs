//! `onrecord-lab speed`: how fast, and where the time goes.

use super::{DataOption, ModelOption};
use crate::article_feed::article_texts;
use crate::attribution_score::count_tokens;
use crate::gold_data::DataFolder;
use crate::measured_page::write_table;
use crate::our_reader::OurReader;
use crate::spacy_speed::{self, SpacyRun};
use crate::stage_times::{StageTimes, median};
use anyhow::Context;
use clap::Args;
use onrecord::Pipeline;
use onrecord_intake::Options;
use onrecord_reading::Reading;
use onrecord_record::{Document, Line};
use std::fmt::Write;
use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// How often everything is run; the median counts.
const RUNS: usize = 3;

/// The file name that every article comes under.
const ARTICLE_NAME: &str = "article.txt";

/// The options of `speed`.
#[derive(Debug, Args)]
pub struct Speed {
    #[command(flatten)]
    data: DataOption,
    #[command(flatten)]
    model: ModelOption,
    /// How many articles, from the start of the file.
    #[arg(long, value_name = "N", default_value_t = 500)]
    articles: usize,
    /// A Python with spaCy and its small English model, to be measured in the same run.
    #[arg(long, value_name = "PATH")]
    spacy_python: Option<PathBuf>,
    /// Put the tables into this page, between its markers, as well.
    #[arg(long, value_name = "PAGE")]
    write: Option<PathBuf>,
}

/// What is read.
struct Load {
    texts: Vec<String>,
    tokens: usize,
    bytes: usize,
}

/// What all runs measured.
struct Measured {
    model: String,
    load_model: Duration,
    peak_memory: Option<String>,
    statements: usize,
    unread: usize,
    whole: Vec<Duration>,
    stages: Vec<StageTimes>,
    spacy: Vec<SpacyRun>,
}

impl Speed {
    /// Measures and prints.
    pub fn run(&self) -> anyhow::Result<()> {
        let path = DataFolder::new(&self.data.folder).articles()?;
        let texts = article_texts(&path, self.articles)?;
        let tokens = texts.iter().map(|text| count_tokens(text)).sum();
        let bytes = texts.iter().map(String::len).sum();
        let load = Load { texts, tokens, bytes };
        // Whatever would spread over cores stays on the one thread of this pool.
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build()?;
        let measured = pool.install(|| self.measure(&load))?;
        let page = tables(&load, &measured);
        if let Some(path) = &self.write {
            write_table(path, &format!("speed, {}", self.model.name), &page)?;
        }
        print!("{page}");
        Ok(())
    }

    fn measure(&self, load: &Load) -> anyhow::Result<Measured> {
        let model = self.model.name;
        let start = Instant::now();
        let pipeline = Pipeline::new(model, Options::default()).context("the model cannot be loaded")?;
        let load_model = start.elapsed();
        let mut measured = Measured {
            model: pipeline.model().to_owned(),
            load_model,
            peak_memory: None,
            statements: 0,
            unread: 0,
            whole: Vec::new(),
            stages: Vec::new(),
            spacy: Vec::new(),
        };
        let mut own_reader = None;
        for _ in 0..RUNS {
            let (time, statements, unread) = whole_program(&pipeline, load)?;
            measured.whole.push(time);
            (measured.statements, measured.unread) = (statements, unread);
            // Before a second copy of the model is loaded for the stages.
            measured.peak_memory = measured.peak_memory.or_else(peak_memory);
            let reader = match &mut own_reader {
                Some(reader) => reader,
                none => none.insert(OurReader::new(model)?),
            };
            measured.stages.push(stages(&pipeline, reader, load)?);
            if let Some(python) = &self.spacy_python {
                measured.spacy.push(spacy_speed::run(python, &load.texts)?);
            }
        }
        Ok(measured)
    }
}

/// Bytes in, JSON lines out: the time, the statements found and the articles that could not be read.
fn whole_program(pipeline: &Pipeline, load: &Load) -> anyhow::Result<(Duration, usize, usize)> {
    let (mut statements, mut unread) = (0, 0);
    let mut lines = Vec::new();
    let start = Instant::now();
    for text in &load.texts {
        for read in pipeline.read_bytes(Some(ARTICLE_NAME), text.as_bytes()) {
            let Ok(read) = read else {
                unread += 1;
                continue;
            };
            statements += read.reading.statements.len();
            lines.clear();
            write_record(&mut lines, read.document, read.reading)?;
        }
    }
    Ok((start.elapsed(), statements, unread))
}

/// The time of each stage.
fn stages(pipeline: &Pipeline, reader: &OurReader, load: &Load) -> anyhow::Result<StageTimes> {
    let mut times = StageTimes::default();
    let mut lines = Vec::new();
    for text in &load.texts {
        let start = Instant::now();
        let documents = pipeline.documents(Some(ARTICLE_NAME), text.as_bytes());
        times.add("intake", start.elapsed());
        for document in documents.into_iter().flatten() {
            let reading = reader.read_timed(&document, &mut times);
            lines.clear();
            let start = Instant::now();
            write_record(&mut lines, document, reading)?;
            times.add("json", start.elapsed());
        }
    }
    Ok(times)
}

fn write_record(out: &mut Vec<u8>, document: Document, reading: Reading) -> anyhow::Result<()> {
    write_line(out, &Line::Document(document))?;
    for agent in reading.agents {
        write_line(out, &Line::Agent(agent))?;
    }
    for statement in reading.statements {
        write_line(out, &Line::Statement(statement))?;
    }
    Ok(())
}

fn write_line(out: &mut Vec<u8>, line: &Line) -> anyhow::Result<()> {
    serde_json::to_writer(&mut *out, line)?;
    out.push(b'\n');
    Ok(())
}

/// The most memory this process has had, as the system writes it; nothing where it does not say.
fn peak_memory() -> Option<String> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: f64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(format!("{:.0} MiB", kib / 1024.0))
}

/// What the processor calls itself.
fn processor() -> Option<String> {
    let cpus = fs::read_to_string("/proc/cpuinfo").ok()?;
    let line = cpus.lines().find(|line| line.starts_with("model name"))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}

fn per_second(amount: usize, time: Duration) -> f64 {
    let seconds = time.as_secs_f64();
    if seconds == 0.0 { 0.0 } else { amount as f64 / seconds }
}

/// The tables as Markdown.
fn tables(load: &Load, measured: &Measured) -> String {
    let megabytes = load.bytes as f64 / 1e6;
    let mut out = format!(
        "{} news articles, {megabytes:.2} MB, {} tokens; one thread of {}; model {}; median of {RUNS} runs.\n\n",
        load.texts.len(),
        load.tokens,
        processor().unwrap_or_else(|| "an unknown processor".into()),
        measured.model,
    );
    out.push_str(
        "| whole program | tokens a second | MB a second | seconds |\n| --- | ---: | ---: | ---: |\n",
    );
    let mut row = |name: &str, time: Duration| {
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "| {name} | {:.0} | {:.2} | {:.2} |",
            per_second(load.tokens, time),
            per_second(load.bytes, time) / 1e6,
            time.as_secs_f64()
        );
    };
    row("onrecord, bytes in, JSON lines out", median(measured.whole.clone()));
    match measured.spacy.first() {
        Some(SpacyRun { spacy, model, model_version, .. }) => row(
            &format!("spaCy {spacy}, {model} {model_version}, all components"),
            median(measured.spacy.iter().map(SpacyRun::time).collect()),
        ),
        None => out.push_str("| spaCy, small English pipeline | not measured (give --spacy-python) | | |\n"),
    }
    out.push_str("\n| stage | share % | tokens a second | seconds |\n| --- | ---: | ---: | ---: |\n");
    let stages = StageTimes::medians(&measured.stages);
    let total: Duration = stages.stages().iter().map(|(_, time)| *time).sum();
    for (stage, time) in stages.stages() {
        let share = 100.0 * time.as_secs_f64() / total.as_secs_f64().max(f64::MIN_POSITIVE);
        let speed = per_second(load.tokens, *time);
        let _ = writeln!(out, "| {stage} | {share:.1} | {speed:.0} | {:.3} |", time.as_secs_f64());
    }
    let _ = writeln!(
        out,
        "\nPeak memory: {} (the articles and the output of one included). Loading the model: {:.0} ms. Statements: {}. \
         Articles that could not be read: {}.",
        measured.peak_memory.as_deref().unwrap_or("unknown"),
        measured.load_model.as_secs_f64() * 1e3,
        measured.statements,
        measured.unread,
    );
    out
}
