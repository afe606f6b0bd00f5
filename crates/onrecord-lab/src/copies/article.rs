//! News articles with what is known of them.

use anyhow::Context;
use flate2::read::MultiGzDecoder;
use serde::Deserialize;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

/// What is needed of an article.
#[derive(Clone, Debug, Deserialize)]
pub struct Article {
    /// Its id in the collection.
    #[serde(default)]
    pub id: String,
    /// Its text.
    pub text: String,
    /// Who published it.
    #[serde(default)]
    pub publisher: Option<String>,
    /// Its headline.
    #[serde(default)]
    pub title: Option<String>,
    /// The day of publication.
    #[serde(default)]
    pub published: Option<String>,
}

/// The articles of a gzipped JSON-lines file, in order.
///
/// # Errors
/// When it cannot be read or a line is no article.
pub fn read_articles(path: &Path) -> anyhow::Result<Vec<Article>> {
    let file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
    let lines = BufReader::new(MultiGzDecoder::new(BufReader::new(file))).lines();
    let article = |(number, line): (usize, std::io::Result<String>)| {
        let parsed = line.map_err(anyhow::Error::from).and_then(|line| Ok(serde_json::from_str(&line)?));
        parsed.with_context(|| format!("{}, line {}", path.display(), number + 1))
    };
    lines.enumerate().map(article).collect()
}
