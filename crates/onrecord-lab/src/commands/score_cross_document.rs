//! `onrecord-lab score --cross-document`: who is one and the same in many documents.

use super::{DataOption, ModelOption};
use crate::cross_document::b_cubed::{BCubed, Judged, b_cubed};
use crate::cross_document::meantime::{Whose, judged, read_meantime};
use crate::cross_document::pairs::{Half, read_pairs, score_pairs};
use crate::cross_document::table::{meantime_markdown, pairs_markdown};
use crate::cross_document::{Article, ReadArticle, link_articles, places, read_articles};
use crate::gold_data::{self, DataFolder};
use crate::measured_page::write_table;
use crate::our_reader::OurReader;
use anyhow::Context;
use flate2::read::MultiGzDecoder;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::time::Instant;

/// What is asked for.
pub(super) struct Asked<'a> {
    pub(super) data: &'a DataOption,
    pub(super) model: &'a ModelOption,
    /// The pairs.
    pub(super) pairs: &'a Path,
    /// Where the agents of the news articles are kept between runs.
    pub(super) keep: Option<&'a Path>,
    /// The page that gets the tables too.
    pub(super) write: Option<&'a Path>,
    pub(super) mistakes: bool,
}

/// Measures and prints.
///
/// # Errors
/// When the data are missing or do not fit together, or a page cannot be written.
pub(super) fn run(asked: &Asked<'_>) -> anyhow::Result<()> {
    let data = DataFolder::new(&asked.data.folder);
    let model = asked.model.name;
    let reader = OurReader::new(model)?;
    let [licence] = data.files(["meantime/LICENSE.txt"])?;
    let gold = read_meantime(licence.parent().unwrap_or(Path::new(".")), &["airbus", "apple"])?;
    let texts: Vec<Article> = gold.iter().map(|gold| gold.article.clone()).collect();
    let read = read_articles(&reader, &texts);
    let linked = link_articles(&read);
    let mut rows: Vec<(String, BCubed)> = Vec::new();
    let mut missed = Vec::new();
    for (of, naming_only) in [("naming", true), ("all", false)] {
        for (who, whose) in [
            ("persons and organisations", Whose::Both),
            ("persons", Whose::Persons),
            ("organisations", Whose::Organisations),
        ] {
            let told = judged(&gold, &read, &linked, whose, naming_only);
            if naming_only && whose == Whose::Both {
                missed = told
                    .iter()
                    .filter(|(mention, _)| mention.counts)
                    .map(|(mention, told)| {
                        let ours =
                            mention.ours.and_then(|at| linked.get(at)).map_or("–", |agent| &agent.name);
                        format!("{} {told}: {ours} ({:?})", mention.entity, mention.ours)
                    })
                    .collect();
            }
            let mentions: Vec<Judged> = told.into_iter().map(|(mention, _)| mention).collect();
            rows.push((format!("{of}, {who}"), b_cubed(&mentions, false)));
            if whose == Whose::Both {
                rows.push((format!("{of}, {who}, matched only"), b_cubed(&mentions, true)));
            }
        }
    }
    let meantime =
        meantime_markdown(&format!("Model {model} on {} articles of MEANTIME.", gold.len()), &rows);

    let news = news_articles(&data.articles()?)?;
    let pairs = read_pairs(asked.pairs, &news)?;
    let start = Instant::now();
    let read = kept(asked.keep, || read_articles(&reader, &news))?;
    let reading = start.elapsed();
    let start = Instant::now();
    let linked = link_articles(&read);
    let linking = start.elapsed();
    let agents: usize = linked.iter().map(|linked| linked.members.len()).sum();
    eprintln!("news: read in {:.1} s, linked in {:.2} s", reading.as_secs_f64(), linking.as_secs_f64());
    let (counts, wrong) = score_pairs(&pairs, &read, &places(&linked), &linked);
    let heading = format!(
        "Model {model}; {} pairs in {} news articles with {agents} agents, {} of them in more than one article; linked in {:.1} s.",
        pairs.len(),
        read.len(),
        linked.iter().filter(|linked| linked.members.len() > 1).count(),
        linking.as_secs_f64(),
    );
    let on_pairs = pairs_markdown(&heading, &counts);
    if let Some(page) = asked.write {
        write_table(page, &format!("cross-document, MEANTIME, {model}"), &meantime)?;
        write_table(page, &format!("cross-document, pairs, {model}"), &on_pairs)?;
    }
    println!("{meantime}\n{on_pairs}");
    if asked.mistakes {
        missed.iter().for_each(|mention| println!("- {mention}"));
        // The reporting half is not to be looked at.
        let of_choice = wrong.iter().filter(|wrong| wrong.half == Half::Choice);
        of_choice.for_each(|wrong| println!("- {}", wrong.words));
    }
    Ok(())
}

fn news_articles(path: &Path) -> anyhow::Result<Vec<Article>> {
    let file = fs::File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
    BufReader::new(MultiGzDecoder::new(BufReader::new(file)))
        .lines()
        .enumerate()
        .map(|(number, line)| {
            let article: Result<Article, anyhow::Error> =
                line.map_err(Into::into).and_then(|line| serde_json::from_str(&line).map_err(Into::into));
            article.with_context(|| format!("{}, line {}", path.display(), number + 1))
        })
        .collect()
}

/// The articles' agents from the file, or read and put there.
fn kept(path: Option<&Path>, read: impl FnOnce() -> Vec<ReadArticle>) -> anyhow::Result<Vec<ReadArticle>> {
    let Some(path) = path else { return Ok(read()) };
    if path.exists() {
        return gold_data::lines(path);
    }
    let read = read();
    let mut out = std::io::BufWriter::new(
        fs::File::create(path).with_context(|| format!("cannot write {}", path.display()))?,
    );
    for article in &read {
        serde_json::to_writer(&mut out, article)?;
        out.write_all(b"\n")?;
    }
    out.flush()?;
    Ok(read)
}
