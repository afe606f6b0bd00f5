//! The marks.

use anyhow::Context;
use onrecord_record::{CodePoint, Span, Stance};
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::Path;

/// A claim with what is marked of it.
#[derive(Clone, Debug, Deserialize)]
pub struct SideGold {
    /// The claim.
    pub claim: String,
    /// Whether it is one that figures are told of; the others are learned from.
    pub reported: bool,
    /// What bears on it.
    pub marks: Vec<SideMark>,
}

/// A place that bears on a claim.
#[derive(Clone, Debug, Deserialize)]
pub struct SideMark {
    /// The article's id in `news/articles.jsonl.gz`.
    pub doc: String,
    /// The content of a statement, or a sentence in the publication's own voice: its spans, in code points, half-open.
    pub spans: Vec<Span<CodePoint>>,
    /// Whether it is in the publication's own voice.
    #[serde(default)]
    pub own: bool,
    /// Its side.
    pub side: Mark,
}

/// What a place makes of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// It says so.
    Supports,
    /// It says that it is not so.
    Denies,
    /// It holds it for unshown.
    Doubts,
    /// It speaks of it and takes no side.
    Mentions,
    /// It is about another matter.
    Elsewhere,
}

impl Mark {
    /// The stance, where another matter takes no side either.
    pub fn stance(self) -> Stance {
        match self {
            Mark::Supports => Stance::Supports,
            Mark::Denies => Stance::Denies,
            Mark::Doubts => Stance::Doubts,
            Mark::Mentions | Mark::Elsewhere => Stance::Mentions,
        }
    }
}

impl SideGold {
    /// Reads the marks of all claims.
    ///
    /// # Errors
    /// When the file cannot be read or a line has another form.
    pub fn read(path: &Path) -> anyhow::Result<Vec<SideGold>> {
        let lines = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        let line = |(number, line): (usize, &str)| {
            serde_json::from_str(line).with_context(|| format!("{}: line {}", path.display(), number + 1))
        };
        lines.lines().enumerate().map(line).collect()
    }
}

impl SideMark {
    /// Whether spans are those of this place, as far as readings differ: each has half of the other.
    pub fn is_at(&self, spans: &[Span<CodePoint>]) -> bool {
        let length =
            |spans: &[Span<CodePoint>]| -> u32 { spans.iter().map(|it| it.end.0 - it.start.0).sum() };
        let common = |a: &Span<CodePoint>, b: &Span<CodePoint>| {
            a.end.0.min(b.end.0).saturating_sub(a.start.0.max(b.start.0))
        };
        let shared: u32 = self.spans.iter().flat_map(|a| spans.iter().map(move |b| common(a, b))).sum();
        shared > 0 && 2 * shared >= length(&self.spans).max(length(spans))
    }
}
