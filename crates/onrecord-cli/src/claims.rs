//! The command `claims`: statements of a case that make the same claim.

use crate::add::told;
use crate::answers::{asker, write};
use crate::question_options::ClaimsOptions;
use crate::speak::Speaker;
use onrecord::ledger::Case;
use onrecord::question::ClaimGroup;
use onrecord::{Problem, harmless_line};
use std::process::ExitCode;

/// Characters of a claim that are shown.
const LONGEST: usize = 300;

/// Runs the command and says how it went.
pub(crate) fn run(options: &ClaimsOptions) -> ExitCode {
    let mut speaker = Speaker::new(options.quiet, false);
    let told = tell(options, &mut speaker);
    speaker.ended(told.map(|()| false))
}

fn tell(options: &ClaimsOptions, speaker: &mut Speaker) -> Result<(), Problem> {
    let case = Case::open(&options.find.case.folder).map_err(told)?;
    let mut claims =
        asker()?.claims(&case, |done| speaker.count(done, "documents gone through")).map_err(told)?;
    speaker.done();
    if options.disputed {
        claims.retain(|claim| claim.dispute > 0.0);
    }
    let limit = usize::try_from(options.limit).unwrap_or(usize::MAX);
    let text = if options.find.jsonl() {
        claims.iter().take(limit).map(line).collect()
    } else {
        words(&claims, limit)
    };
    write(&text, None)
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
