//! `onrecord-lab predict --task stance`: what texts make of claims.

use anyhow::Context;
use onrecord::question::TextAsker;
use onrecord::{IntakeOptions, ModelName, Pipeline};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::fs;
use std::path::Path;

#[derive(Deserialize)]
struct Asked {
    id: Value,
    claim: String,
    text: String,
}

#[derive(Serialize)]
struct Answered {
    id: Value,
    stance: &'static str,
    score: f32,
}

/// Reads lines `{"id":…,"claim":…,"text":…}` and writes lines `{"id":…,"stance":…,"score":…}`.
pub(super) fn run(input: &Path, out: &Path) -> anyhow::Result<()> {
    let text = fs::read_to_string(input).with_context(|| format!("cannot read {}", input.display()))?;
    let asked: Vec<Asked> = text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(at, line)| {
            serde_json::from_str(line).with_context(|| format!("{}: line {}", input.display(), at + 1))
        })
        .collect::<anyhow::Result<_>>()?;
    let asker = TextAsker::new()?;
    let pipeline = Pipeline::new(ModelName::Fast, IntakeOptions::default())?;
    let answered: Vec<Answered> = asked
        .into_par_iter()
        .map(|Asked { id, claim, text }| {
            let (stance, score) = asker.stance_of_text(&pipeline, &claim, &text);
            Answered { id, stance: stance.map_or("unrelated", |stance| stance.as_str()), score }
        })
        .collect();
    let mut lines = Vec::new();
    for answer in &answered {
        serde_json::to_writer(&mut lines, answer)?;
        lines.push(b'\n');
    }
    fs::write(out, lines).with_context(|| format!("cannot write {}", out.display()))
}
