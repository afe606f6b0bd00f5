//! `onrecord-lab score --act` and its like: what statements do, how surely, on which basis, and what is left unsaid.

use super::{DataOption, ModelOption};
use crate::gold_data::DataFolder;
use crate::measured_page::write_table;
use crate::nesting::Half;
use crate::our_reader::OurReader;
use crate::statements::{
    Agreement, StatementGold, StatementScores, Topic, agreement_markdown, score_article, topic_markdown,
};
use anyhow::{Context, bail};
use clap::Args;
use rayon::prelude::*;
use std::path::{Path, PathBuf};

/// Which of these figures are asked for.
#[derive(Debug, Args)]
#[group(id = "of_statements", multiple = true, conflicts_with_all = ["gold", "human", "json", "apart"])]
pub(super) struct StatementOptions {
    /// Measure all that follows, and how far the annotators agree, instead.
    #[arg(long, group = "listable")]
    statements: bool,
    /// Measure what statements do (assert, deny, doubt, ask, intend, judge), and concessions, instead.
    #[arg(long, group = "listable")]
    act: bool,
    /// Measure the speaker’s own degree of belief instead.
    #[arg(long, group = "listable")]
    certainty: bool,
    /// Measure how the reporter puts it instead.
    #[arg(long, group = "listable")]
    framing: bool,
    /// Measure what statements are said to rest on instead.
    #[arg(long, group = "listable")]
    basis: bool,
    /// Measure to whom, where and when statements were made instead.
    #[arg(long, group = "listable")]
    setting: bool,
    /// Measure notes of silence instead.
    #[arg(long, group = "listable")]
    silence: bool,
    /// Measure which statement answers which instead.
    #[arg(long, group = "listable")]
    responses: bool,
    /// Measure how far the two annotators of these marks agree instead.
    #[arg(long)]
    agreement: bool,
    /// The folder with the marks of statements: the settled gold.jsonl and the annotators’ annotations.jsonl.
    #[arg(long, value_name = "DIR", default_value = "suite/statements")]
    marks: PathBuf,
}

impl StatementOptions {
    fn topics(&self) -> Vec<Topic> {
        let asked = |topic: &Topic| {
            self.statements
                || match topic {
                    Topic::Act => self.act,
                    Topic::Certainty => self.certainty,
                    Topic::Framing => self.framing,
                    Topic::Basis => self.basis,
                    Topic::Setting => self.setting,
                    Topic::Silence => self.silence,
                    Topic::Responses => self.responses,
                }
        };
        Topic::ALL.into_iter().filter(asked).collect()
    }

    /// Whether any is asked for.
    pub(super) fn asked(&self) -> bool {
        self.agreement || !self.topics().is_empty()
    }

    /// Measures and prints the tables asked for; `write` names a page that gets them too, `mistakes` asks for a line for
    /// each mark that is wrong when the attributions are given, of the half on which choices are made. A table for which the page has no
    /// place keeps no other one from being written.
    ///
    /// # Errors
    /// When the gold or the data are missing or do not fit together, or a table cannot be written.
    pub(super) fn run(
        &self,
        data: &DataOption,
        model: &ModelOption,
        write: Option<&Path>,
        mistakes: bool,
    ) -> anyhow::Result<()> {
        let data = DataFolder::new(&data.folder);
        let mut pages: Vec<(String, String)> = Vec::new();
        if self.agreement || self.statements {
            let both = StatementGold::open(&self.marks.join("annotations.jsonl"), &data)?;
            let agreement = Agreement::of(&both.articles)?;
            let heading = format!(
                "Two annotators on {} articles, {} statements.",
                agreement.articles, agreement.tally.statements
            );
            pages.push(("agreement".into(), agreement_markdown(&heading, &agreement)));
        }
        let topics = self.topics();
        let mut told = Vec::new();
        if !topics.is_empty() {
            let gold = StatementGold::open(&self.marks.join("gold.jsonl"), &data)?;
            let scores = read(&gold, model)?;
            let heading = heading(&gold, model);
            for topic in &topics {
                let page = topic_markdown(*topic, &heading, &scores);
                pages.push((format!("{}, {}", topic.name(), model.name), page));
            }
            told = scores.mistakes;
            told.retain(|mistake| topics.contains(&mistake.topic));
        }
        let mut unwritten = Vec::new();
        for (place, (name, page)) in pages.iter().enumerate() {
            if let Some(path) = write {
                unwritten.extend(write_table(path, name, page).err().map(|error| format!("{error:#}")));
            }
            if place > 0 {
                println!();
            }
            print!("{page}");
        }
        if mistakes {
            println!();
            for mistake in &told {
                println!("- {}", mistake.line);
            }
        }
        if !unwritten.is_empty() {
            bail!("not every table was written: {}", unwritten.join("; "));
        }
        Ok(())
    }
}

fn read(gold: &StatementGold, model: &ModelOption) -> anyhow::Result<StatementScores> {
    let reader = OurReader::new(model.name)?;
    let counted: Vec<StatementScores> = gold
        .articles
        .par_iter()
        .map(|(text, article)| score_article(text, article, &reader).with_context(|| article.doc.clone()))
        .collect::<anyhow::Result<_>>()?;
    let mut scores = StatementScores::default();
    counted.into_iter().for_each(|one| scores.add(one));
    Ok(scores)
}

fn heading(gold: &StatementGold, model: &ModelOption) -> String {
    let [choose, report] = [Half::Choose, Half::Report].map(|half| {
        let of_half = || gold.articles.iter().filter(|(_, article)| article.half == half);
        let statements: usize = of_half().map(|(_, article)| article.statements.len()).sum();
        format!("{statements} statements of {} articles", of_half().count())
    });
    format!("Model {} on articles of PolNeAR dev and train: {report} report, {choose} choose.", model.name)
}
