//! A case of some news articles, made for a measurement and gone behind it.

use super::SideGold;
use crate::copies::{Article, read_articles};
use anyhow::Context;
use onrecord::ledger::{Case, Maker, Writer, WriterOptions};
use onrecord::record::Document;
use onrecord::{Pipeline, Record, VERSION};
use rayon::prelude::*;
use serde_json::Map;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use tempfile::TempDir;

/// The articles that some claims have marks in, read into a case.
pub struct NewsCase {
    /// The case.
    pub case: Case,
    /// The record of each article, by its id in the collection.
    pub records: BTreeMap<String, Record>,
    _folder: TempDir,
}

impl NewsCase {
    /// Reads them.
    ///
    /// # Errors
    /// When an article is missing or cannot be read, or the case cannot be written.
    pub fn of(gold: &[SideGold], articles: &Path, pipeline: &Pipeline) -> anyhow::Result<NewsCase> {
        let wanted: BTreeSet<&str> =
            gold.iter().flat_map(|claim| &claim.marks).map(|mark| &*mark.doc).collect();
        let mut found: Vec<Article> = read_articles(articles)?;
        found.retain(|article| wanted.contains(&*article.id));
        for id in &wanted {
            found.iter().find(|article| article.id == **id).with_context(|| format!("no article {id}"))?;
        }
        let folder = tempfile::tempdir()?;
        let options = WriterOptions { actor: "lab".into(), program: VERSION.into(), careless: true };
        let mut writer = Writer::open(folder.path(), options, || true)?;
        let maker = Maker {
            schema: onrecord::record::SCHEMA,
            program: VERSION.into(),
            model: String::new(),
            options: Map::new(),
        };
        let read = |article: &Article| pipeline.read(document(article));
        let records: Vec<Record> = found.par_iter().map(read).collect();
        let mut by_id = BTreeMap::new();
        for (article, mut record) in found.into_iter().zip(records) {
            let kept = writer.evidence().keep(article.text.as_bytes())?;
            writer.arrival(&kept, article.text.len() as u64, &article.id)?;
            record.document.sha256 = kept;
            writer.document(&onrecord::case::prepare(&record, "")?, &maker)?;
            by_id.insert(article.id, record);
        }
        writer.commit()?;
        Ok(NewsCase { case: Case::open(folder.path())?, records: by_id, _folder: folder })
    }
}

fn document(article: &Article) -> Document {
    Document {
        title: article.title.clone(),
        publisher: article.publisher.clone(),
        published: article.published.clone(),
        language: Some("en".into()),
        ..Document::bare(&article.text)
    }
}
