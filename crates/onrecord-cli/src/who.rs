//! The command `who`: what a case has of one name.

use crate::add::told;
use crate::case_options::WhoOptions;
use crate::speak::Speaker;
use onrecord::case::case_lists;
use onrecord::harmless_line;
use onrecord::ledger::search::{FoundName, Told};
use onrecord::ledger::{Bearers, Case, Result};
use onrecord::record::{Line, ListFinding};
use onrecord::watch::{Watchlist, findings};
use serde_json::{Value, json};
use std::io::Write;
use std::process::ExitCode;

/// Runs the command and says how it went.
pub(crate) fn run(options: &WhoOptions) -> ExitCode {
    if let Some(claim) = &options.about {
        return crate::positions::run(options, claim);
    }
    let name = options.name.join(" ");
    let limit = usize::from(options.limit);
    match found(options, &name, limit) {
        Ok(bearers) => {
            let said = if options.find.jsonl() {
                bearers.iter().map(line).collect()
            } else if bearers.is_empty() {
                format!("Nobody in the case is called {}.\n", harmless_line(&name))
            } else {
                bearers.iter().map(words).collect::<Vec<_>>().join("\n")
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

/// All who bear a name, with what the case's lists propose of them.
struct Answer {
    bearers: Bearers,
    /// None where the case has no list.
    on_lists: Option<Vec<ListFinding>>,
}

fn found(options: &WhoOptions, name: &str, limit: usize) -> Result<Vec<Answer>> {
    let case = Case::open(&options.find.case.folder)?;
    let names = case.search_names(name, limit)?;
    let lists = if names.is_empty() { None } else { case_lists(&case)? };
    let answer = |name: FoundName| {
        let bearers = case.bearers(&name, limit)?;
        let on_lists = lists.as_ref().map(|(list, _)| listed(&bearers, list));
        Ok(Answer { bearers, on_lists })
    };
    names.into_iter().map(answer).collect()
}

/// What the lists propose of the latest bearers, each entry once.
fn listed(bearers: &Bearers, list: &Watchlist) -> Vec<ListFinding> {
    let mut found: Vec<ListFinding> = Vec::new();
    for line in &bearers.lines {
        let Ok(Line::Agent(agent)) = serde_json::from_value(line.clone()) else { continue };
        for finding in findings(&agent, list) {
            if !found.iter().any(|it| (&it.list, &it.id) == (&finding.list, &finding.id)) {
                found.push(finding);
            }
        }
    }
    found
}

fn line(answer: &Answer) -> String {
    let bearers = &answer.bearers;
    let line = json!({
        "type": "name", "name": bearers.name, "score": bearers.score, "documents": bearers.documents,
        "statements": bearers.statements, "kinds": bearers.kinds, "acts": bearers.acts, "names": bearers.names,
        "roles": bearers.roles, "from": bearers.from, "to": bearers.to, "latest": bearers.latest,
        "taken_back": bearers.taken_back, "denials": bearers.denials, "denied_by": bearers.denied_by,
        "list_matches": answer.on_lists,
    });
    line.to_string() + "\n"
}

fn words(answer: &Answer) -> String {
    let bearers = &answer.bearers;
    let listed = |counts: &std::collections::BTreeMap<String, u64>| {
        counts.iter().map(|(what, n)| format!("{n} {what}")).collect::<Vec<_>>().join(", ")
    };
    let mut said = format!(
        "{}\n  bearers     in {} ({}); whether they are one is not said\n",
        harmless_line(&bearers.name),
        if bearers.documents == 1 { "1 document".into() } else { format!("{} documents", bearers.documents) },
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
    row("called", bearers.names.iter().map(told_words).collect::<Vec<_>>().join("; "));
    row("described", bearers.roles.iter().map(told_words).collect::<Vec<_>>().join("; "));
    for finding in answer.on_lists.iter().flatten() {
        row(
            "on a list",
            format!("{}, {} ({}): {}", finding.name, finding.place, finding.id, finding.proposal),
        );
    }
    if answer.on_lists.as_ref().is_some_and(Vec::is_empty) {
        row("on a list", "nothing like it on the lists of the case".into());
    }
    for statement in &bearers.latest {
        row(statement["act"].as_str().unwrap_or("says"), quoted(statement));
    }
    for (what, statements) in [("takes back", &bearers.taken_back), ("denied by", &bearers.denied_by)] {
        statements.iter().for_each(|statement| row(what, quoted(statement)));
    }
    let shown: Vec<&Value> = bearers.latest.iter().map(|it| &it["id"]).collect();
    for statement in bearers.denials.iter().filter(|it| !shown.contains(&&it["id"])) {
        row("denies", quoted(statement));
    }
    said
}

/// Words with how often and when: `mayor (3, 2031-02-03 to 2031-04-05)`.
fn told_words(told: &Told) -> String {
    let days: Vec<&str> = match (&told.from, &told.to) {
        (Some(from), Some(to)) if from == to => vec![from],
        (from, to) => [from, to].into_iter().flatten().map(String::as_str).collect(),
    };
    let days = if days.is_empty() { String::new() } else { format!(", {}", days.join(" to ")) };
    format!("{} ({}{days})", told.text, told.documents)
}

/// The words of a statement with its id, and with its source where that is another.
fn quoted(statement: &Value) -> String {
    let text = statement["content"]["text"].as_str().unwrap_or_default();
    let text: String = text.chars().take(200).collect();
    format!("{text}  [{}]", statement["id"].as_str().unwrap_or_default())
}
