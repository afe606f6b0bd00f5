//! Stance against PERSPECTRUM (Chen et al., NAACL 2019): claims and perspectives on them, each supporting or undermining.
//!
//! Every perspective counts once for each claim it is given for. Macro-F1 is the mean of the F1 of the two stances; an answer
//! that takes no side is wrong for both.

use anyhow::Context;
use onrecord::question::TextAsker;
use onrecord::record::Stance;
use onrecord::{IntakeOptions, ModelName, Pipeline};
use rayon::prelude::*;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

#[derive(Deserialize)]
struct ClaimLine {
    #[serde(rename = "cId")]
    id: u64,
    text: String,
    perspectives: Vec<Cluster>,
}

#[derive(Deserialize)]
struct Cluster {
    pids: Vec<u64>,
    stance_label_3: String,
}

#[derive(Deserialize)]
struct Perspective {
    #[serde(rename = "pId")]
    id: u64,
    text: String,
}

/// A claim, a text, and whether the text supports it.
struct Pair {
    claim: String,
    text: String,
    supports: bool,
}

/// How stances were met.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct StanceScore {
    /// Pairs of a claim and a text.
    pub pairs: usize,
    /// F1 of those that support.
    pub supports: f64,
    /// F1 of those that undermine.
    pub undermines: f64,
    /// Share that is right.
    pub accuracy: f64,
}

impl StanceScore {
    /// The mean of both.
    pub fn macro_f1(&self) -> f64 {
        (self.supports + self.undermines) / 2.0
    }
}

fn pairs(data: &Path, part: &str) -> anyhow::Result<Vec<Pair>> {
    let folder = data.join("perspectrum");
    let read = |name: &str| {
        let path = folder.join(name);
        fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))
    };
    let parts: BTreeMap<String, String> = serde_json::from_str(&read("splits.json")?)?;
    let pool: Vec<Perspective> = serde_json::from_str(&read("perspective_pool_v1.0.json")?)?;
    let pool: BTreeMap<u64, String> = pool.into_iter().map(|line| (line.id, line.text)).collect();
    let claims: Vec<ClaimLine> = serde_json::from_str(&read("claims_train_dev.json")?)?;
    let mut found = Vec::new();
    for claim in
        claims.into_iter().filter(|claim| parts.get(&claim.id.to_string()).is_some_and(|it| it == part))
    {
        for cluster in claim.perspectives {
            let supports = match cluster.stance_label_3.as_str() {
                "SUPPORT" => true,
                "UNDERMINE" => false,
                _ => continue,
            };
            for text in cluster.pids.iter().filter_map(|id| pool.get(id)) {
                found.push(Pair { claim: claim.text.clone(), text: text.clone(), supports });
            }
        }
    }
    Ok(found)
}

/// Scores the stance to the claims of `part` ("dev").
///
/// # Errors
/// When the data or the weights cannot be read.
pub fn score(data: &Path, part: &str) -> anyhow::Result<StanceScore> {
    let pairs = pairs(data, part)?;
    let asker = TextAsker::new()?;
    let pipeline = Pipeline::new(ModelName::Fast, IntakeOptions::default())?;
    let answers: Vec<Option<Stance>> =
        pairs.par_iter().map(|pair| asker.stance_of_text(&pipeline, &pair.claim, &pair.text).0).collect();
    let gold: Vec<bool> = pairs.iter().map(|pair| pair.supports).collect();
    Ok(counted(&gold, &answers))
}

fn counted(gold: &[bool], answers: &[Option<Stance>]) -> StanceScore {
    let f1 = |stance: Stance, supports: bool| {
        let answered = answers.iter().filter(|answer| **answer == Some(stance)).count();
        let there = gold.iter().filter(|gold| **gold == supports).count();
        let right =
            answers.iter().zip(gold).filter(|(answer, gold)| **answer == Some(stance) && **gold == supports);
        2.0 * right.count() as f64 / (answered + there).max(1) as f64
    };
    let right = answers.iter().zip(gold).filter(|(answer, gold)| match answer {
        Some(Stance::Supports) => **gold,
        Some(Stance::Denies) => !**gold,
        _ => false,
    });
    StanceScore {
        pairs: gold.len(),
        accuracy: right.count() as f64 / gold.len().max(1) as f64,
        supports: f1(Stance::Supports, true),
        undermines: f1(Stance::Denies, false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_side_is_wrong_for_both() {
        let score = counted(
            &[true, true, false, false],
            &[Some(Stance::Supports), Some(Stance::Mentions), Some(Stance::Denies), Some(Stance::Supports)],
        );
        assert_eq!((score.pairs, score.accuracy), (4, 0.5));
        assert_eq!((score.supports, score.undermines), (0.5, 2.0 / 3.0));
    }
}
