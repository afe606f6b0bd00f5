//! The golden files and the documents they speak of.

use super::piece::{PieceError, PieceFinder};
use crate::attribution_score::AttributionSpans;
use anyhow::Context;
use onrecord_record::{Act, AgentKind, BasisKind, CertaintyLevel, Form};
use serde::Deserialize;
use std::fs;
use std::path::Path;

/// The record of one document, made by hand. Metadata are as printed in the document; absent is none.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GoldenDocument {
    /// The document's file name.
    pub document: String,
    /// The headline.
    pub title: Option<String>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// The agency it is credited to.
    pub credit: Option<String>,
    /// The day of publication, `YYYY-MM-DD`.
    pub published: Option<String>,
    /// The statements, in text order.
    #[serde(default, rename = "statement")]
    pub statements: Vec<GoldenStatement>,
    /// The notes of silence, in text order.
    #[serde(default, rename = "silence")]
    pub silences: Vec<GoldenSilence>,
}

/// A statement. Roles are pieces of text as [`PieceFinder`] understands them.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GoldenStatement {
    /// Who says it.
    pub source: Vec<String>,
    /// The words that attribute.
    pub cue: Vec<String>,
    /// What is said.
    pub content: Vec<String>,
    /// The fullest name in the document without title, or the description of an unnamed source; none when nobody can
    /// tell.
    pub speaker: Option<String>,
    /// What the speaker is.
    pub speaker_kind: Option<AgentKind>,
    /// How the content stands to quotation; speech behind a transcript's label is direct.
    pub form: Form,
    /// What it does; none for a refusal or a silence.
    pub act: Option<Act>,
    /// How surely it is said, where words tell.
    pub certainty: Option<GoldenCertainty>,
    /// What it is said to rest on.
    #[serde(default)]
    pub basis: Vec<GoldenBasis>,
    /// The day it was said, `YYYY-MM-DD`.
    pub said: Option<String>,
    /// The place, counted from 1, of the smallest statement whose content holds this one.
    pub within: Option<usize>,
    /// Whether it grants a point to the other side.
    #[serde(default)]
    pub concession: bool,
    /// Whether it takes something back.
    #[serde(default)]
    pub retraction: bool,
}

/// An expressed degree of belief.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GoldenCertainty {
    /// The degree.
    pub level: CertaintyLevel,
    /// The words that carry it.
    pub text: String,
}

/// What a statement is said to rest on.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GoldenBasis {
    /// Of which sort it is.
    pub kind: BasisKind,
    /// The words that say so.
    pub text: String,
}

/// A text's note that somebody did not say something.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GoldenSilence {
    /// The words.
    pub text: String,
    /// Who says nothing, where the text tells.
    pub who: Option<String>,
    /// About what.
    pub about: Option<String>,
}

/// A document of the case: its bytes, and its record made by hand.
#[derive(Clone, Debug)]
pub struct BundledDocument {
    /// The file name without its ending.
    pub stem: String,
    /// The file's bytes.
    pub bytes: Vec<u8>,
    /// The record made by hand.
    pub golden: GoldenDocument,
}

/// All documents of a case, by file name.
#[derive(Clone, Debug)]
pub struct BundledCase {
    /// The documents.
    pub documents: Vec<BundledDocument>,
}

impl BundledCase {
    /// Reads `golden/*.toml` of `folder` and the documents they name in `documents/`. Fails, naming the file, when one
    /// cannot be read or speaks of anything unknown, and when a document has no golden file.
    pub fn open(folder: &Path) -> anyhow::Result<BundledCase> {
        let mut documents = Vec::new();
        for name in file_names(&folder.join("golden"))? {
            let path = folder.join("golden").join(&name);
            let read = || -> anyhow::Result<BundledDocument> {
                let golden: GoldenDocument = toml::from_str(&fs::read_to_string(&path)?)?;
                let document = folder.join("documents").join(&golden.document);
                let bytes = fs::read(&document).with_context(|| golden.document.clone())?;
                let stem = document.file_stem().unwrap_or_default().to_string_lossy().into_owned();
                Ok(BundledDocument { stem, bytes, golden })
            };
            documents.push(read().with_context(|| path.display().to_string())?);
        }
        for name in file_names(&folder.join("documents"))? {
            if !documents.iter().any(|document| document.golden.document == name) {
                anyhow::bail!("{name} has no golden file");
            }
        }
        Ok(BundledCase { documents })
    }

    /// The document with this file name.
    pub fn document(&self, name: &str) -> Option<&BundledDocument> {
        self.documents.iter().find(|document| document.golden.document == name)
    }
}

impl GoldenStatement {
    /// Where its roles stand.
    pub fn spans(&self, finder: &PieceFinder) -> Result<AttributionSpans, PieceError> {
        let role =
            |pieces: &[String]| pieces.iter().map(|piece| finder.find(piece)).collect::<Result<Vec<_>, _>>();
        Ok(AttributionSpans {
            source: role(&self.source)?,
            cue: role(&self.cue)?,
            content: role(&self.content)?,
        })
    }
}

impl GoldenDocument {
    /// Where the roles of all statements stand in the document's text; fails for a piece that is not there, words of
    /// certainties, bases and silences included.
    pub fn spans(&self, text: &str) -> anyhow::Result<Vec<AttributionSpans>> {
        let finder = PieceFinder::new(text);
        let mut spans = Vec::with_capacity(self.statements.len());
        for (place, statement) in self.statements.iter().enumerate() {
            let found = statement.spans(&finder).and_then(|found| {
                let certainty = statement.certainty.iter().map(|certainty| &certainty.text);
                let basis = statement.basis.iter().map(|basis| &basis.text);
                certainty.chain(basis).try_for_each(|words| finder.holds(words))?;
                Ok(found)
            });
            spans.push(found.with_context(|| format!("{}, statement {}", self.document, place + 1))?);
        }
        for silence in &self.silences {
            finder.holds(&silence.text).with_context(|| format!("{}, a silence", self.document))?;
        }
        Ok(spans)
    }
}

fn file_names(folder: &Path) -> anyhow::Result<Vec<String>> {
    let listed = || -> std::io::Result<Vec<String>> {
        fs::read_dir(folder)?.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect()
    };
    let mut names = listed().with_context(|| format!("cannot list {}", folder.display()))?;
    names.sort();
    Ok(names)
}
