//! Gold and load data: other people's files, in a folder of the user's, never part of this project.

use crate::attribution_score::{Annotation, AttributionSpans};
use anyhow::{Context, bail};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

/// Where the data are looked for when nobody says: beside the project.
pub const DEFAULT_FOLDER: &str = "../shared/data";

/// The environment variable that names the folder.
pub const FOLDER_VARIABLE: &str = "ONRECORD_DATA";

/// A part of a gold corpus that may be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Split {
    /// What choices are made on.
    Dev,
    /// What is trained on; figures on it say how much was learnt by heart.
    Train,
}

impl Split {
    /// The name in the files' names.
    pub fn name(self) -> &'static str {
        match self {
            Split::Dev => "dev",
            Split::Train => "train",
        }
    }
}

/// The folder with the data.
#[derive(Clone, Debug)]
pub struct DataFolder {
    root: PathBuf,
}

/// Files that are not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingData {
    files: Vec<PathBuf>,
}

impl fmt::Display for MissingData {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("data are missing; looked for:\n")?;
        for file in &self.files {
            let whole = std::path::absolute(file).unwrap_or_else(|_| file.clone());
            writeln!(f, "  {}", whole.display())?;
        }
        write!(
            f,
            "The data are other people’s and not part of this project. Name their folder with --data DIR or \
             {FOLDER_VARIABLE} (default {DEFAULT_FOLDER}, seen from the current folder)."
        )
    }
}

impl std::error::Error for MissingData {}

impl DataFolder {
    /// The folder at `root`, which need not exist.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        DataFolder { root: root.into() }
    }

    /// These files below the folder, if all of them are there.
    pub fn files<const N: usize>(&self, names: [&str; N]) -> Result<[PathBuf; N], MissingData> {
        let paths = names.map(|name| self.root.join(name));
        let missing: Vec<PathBuf> = paths.iter().filter(|path| !path.is_file()).cloned().collect();
        if missing.is_empty() { Ok(paths) } else { Err(MissingData { files: missing }) }
    }

    /// The texts and gold attributions of a split of PolNeAR.
    pub fn polnear(&self, split: Split) -> Result<[PathBuf; 2], MissingData> {
        let name = split.name();
        self.files([&format!("polnear/{name}.text.jsonl"), &format!("polnear/{name}.gold.jsonl")])
    }

    /// The texts and the several annotators' attributions of a split of PolNeAR.
    pub fn polnear_annotators(&self, split: Split) -> Result<[PathBuf; 2], MissingData> {
        let name = split.name();
        self.files([&format!("polnear/{name}.text.jsonl"), &format!("polnear/multi.{name}.jsonl")])
    }

    /// The list of the documents of GUM, which lies in their folder.
    pub fn gum(&self) -> Result<PathBuf, MissingData> {
        self.files(["gum/splits.txt"]).map(|[path]| path)
    }

    /// The news articles.
    pub fn articles(&self) -> Result<PathBuf, MissingData> {
        self.files(["news/articles.jsonl.gz"]).map(|[path]| path)
    }
}

#[derive(Deserialize)]
struct TextLine {
    doc: String,
    text: String,
}

#[derive(Deserialize)]
struct AttributionsLine {
    doc: String,
    attributions: Vec<AttributionSpans>,
}

#[derive(Deserialize)]
struct ChainsLine {
    doc: String,
    chains: WordChains,
}

/// Reads lines `{"doc":…,"text":…}`.
pub fn read_texts(path: &Path) -> anyhow::Result<BTreeMap<String, String>> {
    by_document(path, |line: TextLine| (line.doc, line.text))
}

/// Reads lines `{"doc":…,"text":…}`, in their order.
pub fn read_texts_in_order(path: &Path) -> anyhow::Result<Vec<(String, String)>> {
    let lines: Vec<TextLine> = lines(path)?;
    Ok(lines.into_iter().map(|line| (line.doc, line.text)).collect())
}

/// Reads lines `{"doc":…,"attributions":[…]}`.
pub fn read_attributions(path: &Path) -> anyhow::Result<BTreeMap<String, Vec<AttributionSpans>>> {
    by_document(path, |line: AttributionsLine| (line.doc, line.attributions))
}

/// Chains of mentions, each its first word and the word behind it.
pub type WordChains = Vec<Vec<(usize, usize)>>;

/// Reads lines `{"doc":…,"chains":[[[start,end],…],…]}`.
pub fn read_chains(path: &Path) -> anyhow::Result<BTreeMap<String, WordChains>> {
    by_document(path, |line: ChainsLine| (line.doc, line.chains))
}

/// Reads lines `{"doc":…,"annotator":…,"attributions":[…]}`.
pub fn read_annotations(path: &Path) -> anyhow::Result<Vec<Annotation>> {
    lines(path)
}

fn by_document<L: DeserializeOwned, V>(
    path: &Path,
    parts: impl Fn(L) -> (String, V),
) -> anyhow::Result<BTreeMap<String, V>> {
    let mut out = BTreeMap::new();
    for line in lines(path)? {
        let (doc, value) = parts(line);
        if out.contains_key(&doc) {
            bail!("{}: the document {doc} stands there twice", path.display());
        }
        out.insert(doc, value);
    }
    Ok(out)
}

pub(crate) fn lines<L: DeserializeOwned>(path: &Path) -> anyhow::Result<Vec<L>> {
    let all = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let lines = all.split('\n').enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(number, line)| {
            serde_json::from_str(line).with_context(|| format!("{}, line {}", path.display(), number + 1))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_files_are_named_with_the_way_out() {
        let folder = DataFolder::new("no/such/folder");
        let said = folder.polnear(Split::Dev).unwrap_err().to_string();
        for part in ["dev.text.jsonl", "dev.gold.jsonl", "--data", FOLDER_VARIABLE] {
            assert!(said.contains(part), "{said}");
        }
    }

    #[test]
    fn a_document_may_stand_only_once() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("t.jsonl");
        let line = r#"{"doc":"a","text":"b"}"#;
        fs::write(&path, format!("{line}\n\n")).unwrap();
        assert_eq!(read_texts(&path).unwrap().len(), 1);
        fs::write(&path, format!("{line}\n{line}\n")).unwrap();
        assert!(read_texts(&path).unwrap_err().to_string().contains("twice"));
        fs::write(&path, "{\"doc\":\"a\"}\n").unwrap();
        assert!(format!("{:#}", read_texts(&path).unwrap_err()).contains("line 1"));
    }
}
