//! The command `claims`: statements of a case that make the same claim.

use crate::add::told;
use crate::answers::write;
use crate::case_options::FindFormat;
use crate::question_options::ClaimsOptions;
use crate::speak::Speaker;
use onrecord::harmless_line;
use onrecord::ledger::{Case, Fault};
use onrecord::question::{Asker, ClaimGroup};
use std::process::ExitCode;

/// Characters of a claim that are shown.
const LONGEST: usize = 300;

/// Runs the command and says how it went.
pub(crate) fn run(options: &ClaimsOptions) -> ExitCode {
    let mut speaker = Speaker::new(options.quiet, false);
    let claims = claims(options, &mut speaker);
    speaker.done();
    let written = claims.map_err(told).and_then(|claims| {
        let limit = usize::try_from(options.limit).unwrap_or(usize::MAX);
        let shown = claims.iter().take(limit);
        let jsonl = options.json || options.format == FindFormat::Jsonl;
        let text: String = if jsonl { shown.map(line).collect() } else { words(&claims, limit) };
        write(&text, None)
    });
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            speaker.failure(&problem);
            ExitCode::FAILURE
        }
    }
}

fn claims(options: &ClaimsOptions, speaker: &mut Speaker) -> Result<Vec<ClaimGroup>, Fault> {
    let case = Case::open(&options.case.folder)?;
    let asker = Asker::new().map_err(|error| Fault::refused("the program", error.to_string()))?;
    let mut claims = asker.claims(&case, |done| speaker.count(done, "documents gone through"))?;
    if options.disputed {
        claims.retain(|claim| claim.dispute > 0.0);
    }
    Ok(claims)
}

fn line(claim: &ClaimGroup) -> String {
    serde_json::to_string(claim).unwrap_or_default() + "\n"
}

fn words(claims: &[ClaimGroup], limit: usize) -> String {
    let counted = |n: usize, one: &str| format!("{n} {one}{}", if n == 1 { "" } else { "s" });
    if claims.is_empty() {
        return "No two statements of the case make the same claim, as far as shows.\n".into();
    }
    let mut said = String::new();
    for claim in claims.iter().take(limit) {
        let text: String = claim.claim.chars().take(LONGEST).collect();
        said.push_str(&format!("{}\n", harmless_line(text.trim())));
        let acts: Vec<String> = claim.acts.iter().map(|(act, n)| format!("{n} {act}")).collect();
        let mut about = vec![
            format!(
                "{} in {}",
                counted(claim.statements.len(), "statement"),
                counted(claim.documents.len(), "document")
            ),
            acts.join(", "),
        ];
        about.extend(claim.from.iter().map(|from| match &claim.to {
            Some(to) if to != from => format!("{from} to {to}"),
            _ => from.clone(),
        }));
        if claim.dispute > 0.0 {
            about.push(format!("dispute {:.2}", claim.dispute));
        }
        about.push(counted(usize::try_from(claim.wordings).unwrap_or(usize::MAX), "wording"));
        said.push_str(&format!("  {}\n", about.join(" · ")));
        if !claim.speakers.is_empty() {
            let names: Vec<&str> = claim.speakers.iter().take(6).map(String::as_str).collect();
            let more = claim.speakers.len().saturating_sub(names.len());
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            said.push_str(&format!("  by {}{more}\n", harmless_line(&names.join(", "))));
        }
        said.push_str(&format!("  [{}]\n", claim.statements.first().map(String::as_str).unwrap_or_default()));
    }
    if claims.len() > limit {
        said.push_str(&format!("… and {} more; --limit shows them\n", claims.len() - limit));
    }
    said + "These are proposals: the program takes the statements of each to say the same.\n"
}
