//! Which documents of GUM are looked at.

use super::coreference::CoreferenceDocument;
use super::document::GumDocument;
use super::layout::Layout;
use crate::gold_data::DataFolder;
use anyhow::{Context, bail};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The genres that are judged, news first: the others are held against it.
pub const GENRES: [&str; 4] = ["news", "interview", "speech", "court"];

/// Genres that are measured for information.
pub const GENRES_BESIDE: [&str; 6] = ["bio", "voyage", "academic", "textbook", "conversation", "vlog"];

/// Genres whose texts are not free for commercial use: nothing that is shipped may learn from them.
pub const GENRES_NOT_COMMERCIAL: [&str; 5] = ["essay", "fiction", "letter", "podcast", "whow"];

/// The parts that may be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum)]
pub enum GumPart {
    /// What may be learnt from.
    Train,
    /// What is chosen on.
    Dev,
}

impl GumPart {
    const ALL: [GumPart; 2] = [GumPart::Train, GumPart::Dev];

    /// Its name in `splits.txt`.
    pub fn name(self) -> &'static str {
        match self {
            GumPart::Train => "train",
            GumPart::Dev => "dev",
        }
    }
}

/// The genre in a document's name: `news` of `GUM_news_quay`.
pub fn genre_of(name: &str) -> &str {
    name.split('_').nth(1).unwrap_or_default()
}

/// The corpus on disk: `xml/`, `dep/`, `rst/` and `coref/`, with `splits.txt` saying which document is of which part.
#[derive(Clone, Debug)]
pub struct GumFolder {
    root: PathBuf,
    /// The open documents, by name, and their parts.
    names: BTreeMap<String, GumPart>,
}

impl GumFolder {
    /// The folder of GUM among the data.
    ///
    /// # Errors
    /// When it is not there.
    pub fn open(data: &DataFolder) -> anyhow::Result<Self> {
        let splits = data.gum()?;
        GumFolder::new(splits.parent().unwrap_or(Path::new(".")), &read(&splits)?)
    }

    /// The folder at `root`, with `splits` as the content of its `splits.txt`: a line for each part, its name, a tab,
    /// and its documents.
    ///
    /// # Errors
    /// When no part that may be looked at is named.
    pub fn new(root: impl Into<PathBuf>, splits: &str) -> anyhow::Result<Self> {
        let names: BTreeMap<String, GumPart> = splits
            .lines()
            .filter_map(|line| line.split_once('\t'))
            .filter_map(|(part, names)| {
                Some((GumPart::ALL.into_iter().find(|open| open.name() == part)?, names))
            })
            .flat_map(|(part, names)| names.split_whitespace().map(move |name| (name.to_owned(), part)))
            .collect();
        let root = root.into();
        if names.is_empty() {
            bail!(
                "{} names no documents of {}",
                root.join("splits.txt").display(),
                GumPart::ALL.map(GumPart::name).join(" or ")
            );
        }
        Ok(GumFolder { root, names })
    }

    /// The open documents of a genre, by name.
    pub fn of_genre<'f>(&'f self, genre: &'f str) -> impl Iterator<Item = &'f str> {
        self.names.keys().map(String::as_str).filter(move |name| genre_of(name) == genre)
    }

    /// The documents of a part, by name.
    pub fn of_part(&self, part: GumPart) -> impl Iterator<Item = &str> {
        self.names.iter().filter(move |(_, of)| **of == part).map(|(name, _)| name.as_str())
    }

    /// One document with its coreference. Turns have their labels.
    ///
    /// # Errors
    /// When it is of no open part, one of its files cannot be read, or they do not fit together.
    pub fn coreference(&self, name: &str) -> anyhow::Result<CoreferenceDocument> {
        if !self.names.contains_key(name) {
            bail!("{name} is not a document of an open part of GUM");
        }
        let (xml, words) = (self.file(name, "xml", "xml")?, self.file(name, "dep", "conllu")?);
        let chains = self.file(name, "coref", "conll")?;
        CoreferenceDocument::new(name, &xml, &words, &chains).with_context(|| name.to_owned())
    }

    /// The layout of one document, turns with their labels, and the day it was made, where GUM knows a whole one.
    ///
    /// # Errors
    /// When one of its files cannot be read, or they do not fit together.
    pub fn dated(&self, name: &str) -> anyhow::Result<(Layout, Option<String>)> {
        let (xml, words) = (self.file(name, "xml", "xml")?, self.file(name, "dep", "conllu")?);
        let created = words.lines().find_map(|line| line.strip_prefix("# meta::dateCreated = "));
        let created =
            created.map(str::trim).filter(|day| day.len() == 10 && !day.contains('X')).map(str::to_owned);
        Ok((Layout::new(&xml, &words, true).with_context(|| name.to_owned())?, created))
    }

    fn file(&self, name: &str, folder: &str, ending: &str) -> anyhow::Result<String> {
        read(&self.root.join(folder).join(format!("{name}.{ending}")))
    }

    /// One document.
    ///
    /// # Errors
    /// When one of its files cannot be read, or they do not fit together.
    pub fn document(&self, name: &str, labels: bool) -> anyhow::Result<GumDocument> {
        let file = |folder: &str, ending: &str| self.file(name, folder, ending);
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
        assert_eq!(folder.of_part(GumPart::Dev).collect::<Vec<_>>(), ["GUM_news_ferry"]);
        assert!(folder.coreference("GUM_news_secret").unwrap_err().to_string().contains("open part"));
        assert!(GumFolder::new("nowhere", "test\tGUM_news_secret\n").is_err());
    }
}
