//! Weighing a model's evidence anew, as `onrecord-lab calibrate --fit` does.

use crate::attribution_score::{AttributionSpans, ScoredText, matched_with_sources};
use crate::evidence_fit::{Weighed, fit};
use crate::our_reader::{OurReader, weighed_attributions};
use anyhow::Context;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashSet};

/// The weights fitted on every other document, the first one included, as words between spaces: what `export.py
/// --evidence` takes. Whatever the model proposes is weighed, however unlikely.
///
/// # Errors
/// When a text is missing or the gold does not fit it.
pub(super) fn fitted(
    reader: &OurReader,
    texts: &BTreeMap<String, String>,
    gold: &BTreeMap<String, Vec<AttributionSpans>>,
) -> anyhow::Result<String> {
    let documents: Vec<_> = gold.iter().step_by(2).collect();
    let seen: Vec<Vec<Weighed>> = documents
        .par_iter()
        .map(|(doc, gold)| {
            let text = texts.get(*doc).with_context(|| format!("there is no text of {doc}"))?;
            let (evidence, predicted): (Vec<_>, Vec<_>) =
                weighed_attributions(reader, text).into_iter().unzip();
            let pairs = matched_with_sources(&ScoredText::new(text), gold, &predicted)?;
            let right: HashSet<usize> = pairs.into_iter().map(|(_, predicted)| predicted).collect();
            Ok(evidence.into_iter().enumerate().map(|(i, evidence)| (evidence, right.contains(&i))).collect())
        })
        .collect::<anyhow::Result<_>>()?;
    let weights = fit(&seen.concat());
    Ok(weights.map(|weight| format!("{weight:.3}")).join(" "))
}
