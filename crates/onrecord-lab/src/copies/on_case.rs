//! The bundled case: which documents its record by hand puts on one reporting line, and which the program does.

use crate::bundled_case::BundledCase;
use anyhow::Context;
use onrecord::Pipeline;
use onrecord::copies::{Copies, Told};
use onrecord_linking::origins::sayings;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Pairs of documents on one line, by their names.
type Pairs = BTreeSet<(String, String)>;

/// The figures.
#[derive(Clone, Debug, Default)]
pub struct OnCase {
    /// Pairs that are on one line by hand.
    pub gold: usize,
    /// Of these, pairs that are so by the program.
    pub found: usize,
    /// Pairs that the program puts on one line and the record by hand does not.
    pub wrong: Vec<(String, String)>,
    /// Pairs that it does not put there and should.
    pub missed: Vec<(String, String)>,
}

#[derive(Deserialize)]
struct Gold {
    origin: Vec<Origin>,
}

#[derive(Deserialize)]
struct Origin {
    documents: Vec<OnLine>,
}

#[derive(Deserialize)]
struct OnLine {
    document: String,
}

/// Reads the case and compares.
///
/// # Errors
/// When the case cannot be read.
pub fn on_case(folder: &Path, pipeline: &Pipeline) -> anyhow::Result<OnCase> {
    let path = folder.join("case.toml");
    let gold = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let gold: Gold = toml::from_str(&gold).with_context(|| path.display().to_string())?;
    let lines = gold.origin.into_iter().map(|it| it.documents.into_iter().map(|it| it.document).collect());
    let gold: Pairs = lines.flat_map(pairs).collect();

    let case = BundledCase::open(folder)?;
    let (mut documents, mut texts, mut names, mut said) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for document in &case.documents {
        let record = document.read(pipeline)?;
        documents.push(Told::from(&record.document));
        texts.push(record.document.text().to_owned());
        said.push(sayings(&record.reading.agents, &record.reading.statements));
        names.push(document.golden.document.clone());
    }
    let text = |number: usize| Ok::<_, anyhow::Error>(texts.get(number).cloned().unwrap_or_default());
    let copies =
        Copies::among_read(documents, text, |number| Ok(said.get(number).cloned().unwrap_or_default()))?;
    let named = |group: Vec<u32>| -> Vec<String> {
        group.into_iter().filter_map(|number| names.get(number as usize).cloned()).collect()
    };
    let found: Pairs = copies.groups().into_iter().map(named).flat_map(pairs).collect();
    Ok(OnCase {
        gold: gold.len(),
        found: gold.intersection(&found).count(),
        wrong: found.difference(&gold).cloned().collect(),
        missed: gold.difference(&found).cloned().collect(),
    })
}

/// All pairs of a line, in the order of their names.
fn pairs(mut line: Vec<String>) -> Vec<(String, String)> {
    line.sort();
    let with = |(at, one): (usize, &String)| {
        line.iter().skip(at + 1).map(|other| (one.clone(), other.clone())).collect::<Vec<_>>()
    };
    line.iter().enumerate().flat_map(with).collect()
}
