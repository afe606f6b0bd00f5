//! Pairs of names with two sorts of labels.

use anyhow::{Context, bail};
use onrecord_linking::names::{Band, Schema, compare};
use onrecord_record::Sha256;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// What we hold a pair to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Label {
    /// One name.
    Same,
    /// Two that could be one: a misspelling, or a part that could be lacking.
    Misspelling,
    /// Two names.
    Different,
}

/// A pair, what it is held to be and what we say.
#[derive(Clone, Debug)]
pub struct ScoredPair {
    /// Who made it.
    pub group: String,
    /// The file's label.
    pub matches: bool,
    /// Ours.
    pub label: Label,
    /// Whether the program holds the two to be the same.
    pub same: bool,
    /// The program's band.
    pub band: Band,
}

#[derive(Deserialize)]
struct PairRow {
    case_group: String,
    schema: String,
    name1: String,
    name2: String,
    is_match: bool,
}

#[derive(Deserialize)]
struct LabelLine {
    row: usize,
    sha256: String,
    label: Label,
}

/// Reads the pairs and our labels of them, and compares each pair.
///
/// # Errors
/// When a file cannot be read, or a label is of another pair than stands in its row.
pub fn read_pairs(pairs: &Path, labels: &Path) -> anyhow::Result<Vec<ScoredPair>> {
    let lines = fs::read_to_string(labels).with_context(|| format!("cannot read {}", labels.display()))?;
    let mut by_row: BTreeMap<usize, LabelLine> = BTreeMap::new();
    for line in lines.lines().filter(|line| !line.trim().is_empty()) {
        let line: LabelLine = serde_json::from_str(line).with_context(|| labels.display().to_string())?;
        by_row.insert(line.row, line);
    }
    let mut reader =
        csv::Reader::from_path(pairs).with_context(|| format!("cannot read {}", pairs.display()))?;
    let mut scored = Vec::new();
    for (row, pair) in reader.deserialize::<PairRow>().enumerate() {
        let pair = pair.with_context(|| pairs.display().to_string())?;
        let label = by_row.get(&row).with_context(|| format!("{} has no row {row}", labels.display()))?;
        let names = format!("{}\n{}", pair.name1, pair.name2);
        if Sha256::of(names.as_bytes()).to_string() != label.sha256 {
            bail!("row {row} of {} is not the pair that was labelled", pairs.display());
        }
        let comparison = compare(&pair.name1, &pair.name2, Schema::from_word(&pair.schema));
        scored.push(ScoredPair {
            group: pair.case_group,
            matches: pair.is_match,
            label: label.label,
            same: comparison.same(),
            band: comparison.band,
        });
    }
    Ok(scored)
}

/// Right and wrong answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PairScores {
    /// Matches that are called the same.
    pub right: usize,
    /// Others that are called the same.
    pub wrong: usize,
    /// Matches that are not called the same.
    pub missed: usize,
    /// All pairs.
    pub pairs: usize,
}

impl PairScores {
    /// Counts pairs; `truth` tells a match, and nothing where a pair does not count.
    pub fn of<'a>(
        pairs: impl Iterator<Item = &'a ScoredPair>,
        truth: impl Fn(&ScoredPair) -> Option<bool>,
    ) -> PairScores {
        let mut scores = PairScores::default();
        for pair in pairs {
            let Some(matches) = truth(pair) else { continue };
            scores.pairs += 1;
            match (matches, pair.same) {
                (true, true) => scores.right += 1,
                (false, true) => scores.wrong += 1,
                (true, false) => scores.missed += 1,
                (false, false) => {}
            }
        }
        scores
    }

    /// Precision, recall and F1, from 0 to 1; 0 where nothing is counted.
    pub fn figures(&self) -> [f64; 3] {
        let share = |part: usize, of: usize| if of == 0 { 0.0 } else { part as f64 / of as f64 };
        let (said, true_) = (self.right + self.wrong, self.right + self.missed);
        [share(self.right, said), share(self.right, true_), share(2 * self.right, said + true_)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn labels_are_of_their_pairs_or_refused() {
        let folder = tempfile::tempdir().unwrap();
        let (pairs, labels) = (folder.path().join("pairs.csv"), folder.path().join("labels.jsonl"));
        fs::write(
            &pairs,
            "case_group,schema,name1,name2,is_match\na,Person,Usama Orr,Osama Orr,true\nb,Person,Ilse Orr,Tilda Vehn,true\n",
        )
        .unwrap();
        let hash = |names: &str| Sha256::of(names.as_bytes()).to_string();
        let mut file = fs::File::create(&labels).unwrap();
        let first = hash("Usama Orr\nOsama Orr");
        writeln!(file, "{{\"row\":0,\"sha256\":\"{first}\",\"label\":\"same\"}}").unwrap();
        let second = hash("Ilse Orr\nTilda Vehn");
        writeln!(file, "{{\"row\":1,\"sha256\":\"{second}\",\"label\":\"different\"}}").unwrap();
        let scored = read_pairs(&pairs, &labels).unwrap();
        let file_scores = PairScores::of(scored.iter(), |pair| Some(pair.matches));
        assert_eq!(file_scores, PairScores { right: 1, wrong: 0, missed: 1, pairs: 2 });
        assert_eq!(file_scores.figures(), [1.0, 0.5, 2.0 / 3.0]);
        let ours = PairScores::of(scored.iter(), |pair| Some(pair.label == Label::Same));
        assert_eq!(ours.figures(), [1.0, 1.0, 1.0]);
        fs::write(&labels, format!("{{\"row\":0,\"sha256\":\"{second}\",\"label\":\"same\"}}\n")).unwrap();
        assert!(read_pairs(&pairs, &labels).is_err());
    }
}
