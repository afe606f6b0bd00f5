//! Which documents of GUM are looked at.

use super::document::GumDocument;
use anyhow::{Context, bail};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The genres that are judged, news first: the others are held against it.
pub const GENRES: [&str; 4] = ["news", "interview", "speech", "court"];

/// Genres that are measured for information.
pub const GENRES_BESIDE: [&str; 6] = ["bio", "voyage", "academic", "textbook", "conversation", "vlog"];

/// The parts that may be looked at.
const OPEN_PARTS: [&str; 2] = ["train", "dev"];

/// The corpus on disk: `xml/`, `dep/` and `rst/`, with `splits.txt` saying which document is of which part.
#[derive(Clone, Debug)]
pub struct GumFolder {
    root: PathBuf,
    /// The open documents, by name.
    names: BTreeSet<String>,
}

impl GumFolder {
    /// The folder at `root`, with `splits` as the content of its `splits.txt`: a line for each part, its name, a tab,
    /// and its documents.
    ///
    /// # Errors
    /// When no part that may be looked at is named.
    pub fn new(root: impl Into<PathBuf>, splits: &str) -> anyhow::Result<Self> {
        let names: BTreeSet<String> = splits
            .lines()
            .filter_map(|line| line.split_once('\t'))
            .filter(|(part, _)| OPEN_PARTS.contains(part))
            .flat_map(|(_, names)| names.split_whitespace().map(str::to_owned))
            .collect();
        let root = root.into();
        if names.is_empty() {
            bail!("{} names no documents of {}", root.join("splits.txt").display(), OPEN_PARTS.join(" or "));
        }
        Ok(GumFolder { root, names })
    }

    /// The open documents of a genre, by name.
    pub fn of_genre<'f>(&'f self, genre: &'f str) -> impl Iterator<Item = &'f str> {
        self.names.iter().map(String::as_str).filter(move |name| name.split('_').nth(1) == Some(genre))
    }

    /// One document.
    ///
    /// # Errors
    /// When one of its files cannot be read, or they do not fit together.
    pub fn document(&self, name: &str, labels: bool) -> anyhow::Result<GumDocument> {
        let file =
            |folder: &str, ending: &str| read(&self.root.join(folder).join(format!("{name}.{ending}")));
        let (xml, words, tree) = (file("xml", "xml")?, file("dep", "conllu")?, file("rst", "rs4")?);
        GumDocument::new(&xml, &words, &tree, labels).with_context(|| name.to_owned())
    }
}

fn read(path: &Path) -> anyhow::Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn held_out_parts_are_not_listed() {
        let splits = "train\tGUM_news_quay GUM_court_dredge\ndev\tGUM_news_ferry\ntest\tGUM_news_secret\ntest2\tGUM_news_other\n";
        let folder = GumFolder::new("nowhere", splits).unwrap();
        assert_eq!(folder.of_genre("news").collect::<Vec<_>>(), ["GUM_news_ferry", "GUM_news_quay"]);
        assert_eq!(folder.of_genre("court").count(), 1);
        assert!(GumFolder::new("nowhere", "test\tGUM_news_secret\n").is_err());
    }
}
