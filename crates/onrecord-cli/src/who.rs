//! The command `who`: what a case has of one name.

use crate::add::told;
use crate::case_options::{FindFormat, WhoOptions};
use crate::speak::Speaker;
use onrecord::harmless_line;
use onrecord::ledger::{Bearers, Case, Result};
use serde_json::json;
use std::io::Write;
use std::process::ExitCode;

/// Runs the command and says how it went.
pub(crate) fn run(options: &WhoOptions) -> ExitCode {
    let name = options.name.join(" ");
    let limit = usize::from(options.limit);
    match found(options, &name, limit) {
        Ok(bearers) => {
            let said = match options.format {
                FindFormat::Jsonl => bearers.iter().map(line).collect(),
                FindFormat::Text if bearers.is_empty() => {
                    format!("Nobody in the case is called {}.\n", harmless_line(&name))
                }
                FindFormat::Text => bearers.iter().map(words).collect::<Vec<_>>().join("\n"),
            };
            // Who closed standard output has seen enough.
            let _ = std::io::stdout().write_all(said.as_bytes());
            ExitCode::SUCCESS
        }
        Err(fault) => {
            Speaker::new(false, true).failure(&told(fault));
            ExitCode::FAILURE
        }
    }
}

fn found(options: &WhoOptions, name: &str, limit: usize) -> Result<Vec<Bearers>> {
    let case = Case::open(&options.case.folder)?;
    case.search_names(name, limit)?.into_iter().map(|name| case.bearers(&name, limit)).collect()
}

fn line(bearers: &Bearers) -> String {
    let line = json!({
        "type": "name", "name": bearers.name, "score": bearers.score, "documents": bearers.documents,
        "statements": bearers.statements, "kinds": bearers.kinds, "acts": bearers.acts, "roles": bearers.roles,
        "from": bearers.from, "to": bearers.to, "latest": bearers.latest,
    });
    line.to_string() + "\n"
}

fn words(bearers: &Bearers) -> String {
    let listed = |counts: &std::collections::BTreeMap<String, u64>| {
        counts.iter().map(|(what, n)| format!("{n} {what}")).collect::<Vec<_>>().join(", ")
    };
    let mut said = format!(
        "{}\n  bearers     in {} documents ({}); whether they are one is not said\n",
        harmless_line(&bearers.name),
        bearers.documents,
        listed(&bearers.kinds)
    );
    let mut row = |what: &str, value: String| {
        if !value.is_empty() {
            said.push_str(&format!("  {what:11} {}\n", harmless_line(&value)));
        }
    };
    row(
        "statements",
        format!("{}: {}", bearers.statements, listed(&bearers.acts)).trim_end_matches([':', ' ']).to_owned(),
    );
    let years = [&bearers.from, &bearers.to].into_iter().flatten().cloned().collect::<Vec<_>>();
    row("published", years.join(" to "));
    row(
        "described",
        bearers.roles.iter().map(|(role, n)| format!("{role} ({n})")).collect::<Vec<_>>().join(", "),
    );
    for statement in &bearers.latest {
        let text = statement["content"]["text"].as_str().unwrap_or_default();
        let text: String = text.chars().take(200).collect();
        let act = statement["act"].as_str().unwrap_or("says");
        row(act, format!("{text}  [{}]", statement["id"].as_str().unwrap_or_default()));
    }
    said
}
