//! How long answers take in a large case: claims made of what its own statements say.

use anyhow::ensure;
use onrecord::ledger::Case;
use onrecord::question::{Asker, Wanted};
use onrecord::record::Line;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How many words a statement has that is taken for a claim: fewer are a phrase, and nobody types more.
const WORDS: std::ops::RangeInclusive<usize> = 5..=20;

/// What statements of a case say, taken evenly over it: the same case gives the same claims.
///
/// # Errors
/// When the case cannot be read or is too small.
pub fn claims(case: &Case, wanted: usize) -> anyhow::Result<Vec<String>> {
    let documents = case.documents_not_made_by(|_| false)?;
    ensure!(documents.len() >= wanted, "the case is too small to be measured");
    let mut claims: Vec<String> = Vec::with_capacity(wanted);
    for share in 0..wanted {
        let from = share * documents.len() / wanted;
        let to = (share + 1) * documents.len() / wanted;
        for row in documents.get(from..to).unwrap_or_default() {
            let record = case.record(*row)?;
            let contents =
                record.of_sort("statement").filter_map(|(_, line)| match serde_json::from_slice(line) {
                    Ok(Line::Statement(statement)) => statement.content.text,
                    _ => None,
                });
            let mut fitting = contents
                .filter(|text| WORDS.contains(&text.split_whitespace().count()) && !claims.contains(text));
            // Not always the first of a text, which sums it up.
            if let Some(claim) = fitting.nth(share % 3) {
                claims.push(claim);
                break;
            }
        }
    }
    ensure!(!claims.is_empty(), "no statement of the case has {WORDS:?} words");
    Ok(claims)
}

/// How long each claim takes to be answered, asked `rounds` times of a case that is open; the middle of each, in order of
/// time.
///
/// # Errors
/// When the case cannot be read.
pub fn answered(
    asker: &Asker,
    case: &Case,
    claims: &[String],
    rounds: usize,
) -> anyhow::Result<Vec<(Duration, String)>> {
    let mut times = Vec::with_capacity(claims.len());
    for claim in claims {
        let mut taken = Vec::with_capacity(rounds);
        for _ in 0..rounds.max(1) {
            let begun = Instant::now();
            asker.ask(case, claim, Wanted::default(), |_| {})?;
            taken.push(begun.elapsed());
        }
        taken.sort();
        times.push((taken[taken.len() / 2], claim.clone()));
    }
    times.sort();
    Ok(times)
}

/// How long the program takes from its start to the last byte of its answer, for each claim, in order of time.
///
/// # Errors
/// When the program cannot be run or fails.
pub fn by_program(program: &Path, case: &Path, claims: &[String]) -> anyhow::Result<Vec<Duration>> {
    let mut times = Vec::with_capacity(claims.len());
    for claim in claims {
        let mut command = Command::new(program);
        command.arg("ask").arg("--case").arg(case).args(["--format", "json", "--quiet", "--", claim]);
        let begun = Instant::now();
        let status = command.stdin(Stdio::null()).stdout(Stdio::null()).status()?;
        times.push(begun.elapsed());
        ensure!(status.success(), "{command:?} ended with {status}");
    }
    times.sort();
    Ok(times)
}
