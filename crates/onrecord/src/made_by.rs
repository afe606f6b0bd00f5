//! Which program and which models made an answer.

use crate::VERSION;
use onrecord_ledger::{Case, Result};
use onrecord_models::{SideNetwork, WordVectors};
use serde::Serialize;
use std::collections::BTreeSet;

/// The program and the models that made an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct MadeBy {
    /// The program's version.
    pub program: String,
    /// What made the readings that the answer draws on, each once.
    pub reading: Vec<ReadBy>,
    /// The network that tells sides, with the first digits of its weights' hash; none where no sides are told.
    pub stance: Option<String>,
    /// The vectors that tell what is near in meaning, likewise.
    pub meaning: Option<String>,
}

/// What made readings.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct ReadBy {
    /// The program's version.
    pub program: String,
    /// The model, with the first digits of its weights' hash.
    pub model: String,
}

impl MadeBy {
    /// From readings that the makers with these numbers made, without models of its own.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn of(case: &Case, makers: &BTreeSet<i64>) -> Result<MadeBy> {
        let all = case.makers()?.into_iter().filter(|(number, _)| makers.contains(number));
        let reading: BTreeSet<ReadBy> =
            all.map(|(_, maker)| ReadBy { program: maker.program, model: maker.model }).collect();
        Ok(MadeBy {
            program: VERSION.into(),
            reading: reading.into_iter().collect(),
            stance: None,
            meaning: None,
        })
    }

    /// The same with the vectors that find what is near in meaning.
    pub(crate) fn with_meaning(mut self) -> MadeBy {
        self.meaning = Some(format!("meaning-{}", WordVectors::DIGEST));
        self
    }

    /// The same with the network that tells sides.
    pub(crate) fn with_stance(mut self) -> MadeBy {
        self.stance = Some(format!("sides-{}", SideNetwork::DIGEST));
        self
    }

    /// Takes in what made another part of one answer.
    pub(crate) fn join(&mut self, other: MadeBy) {
        let reading: BTreeSet<ReadBy> = self.reading.drain(..).chain(other.reading).collect();
        self.reading = reading.into_iter().collect();
        (self.program, self.stance, self.meaning) = (other.program, other.stance, other.meaning);
    }

    /// In words, for the foot of an answer: `onrecord 0.1.0, from readings by fast-1234 (onrecord 0.1.0); sides-5678`.
    pub fn words(&self) -> String {
        let reading: Vec<String> =
            self.reading.iter().map(|it| format!("{} (onrecord {})", it.model, it.program)).collect();
        let mut said = format!("onrecord {}", self.program);
        if !reading.is_empty() {
            said.push_str(&format!(", from readings by {}", reading.join(", ")));
        }
        for model in [&self.stance, &self.meaning].into_iter().flatten() {
            said.push_str(&format!("; {model}"));
        }
        crate::harmless_line(&said).into_owned()
    }
}
