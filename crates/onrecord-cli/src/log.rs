//! The command `log`: what happened to a case, and proofs of it.

use crate::add::told;
use crate::people_options::{LogFormat, LogOptions};
use crate::speak::Speaker;
use onrecord::harmless_line;
use onrecord::ledger::log::{Content, Entry};
use onrecord::ledger::people::PersonsEntry;
use onrecord::ledger::{Case, Result};
use serde_json::{Value, json};
use std::io::{BufWriter, Write};
use std::process::ExitCode;

/// Runs the command and says how it went.
pub(crate) fn run(options: &LogOptions) -> ExitCode {
    match write(options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            Speaker::new(false, true).failure(&told(fault));
            ExitCode::FAILURE
        }
    }
}

fn write(options: &LogOptions) -> Result<()> {
    let case = Case::open(&options.case.folder)?;
    let mut out = BufWriter::new(std::io::stdout());
    // Who closed standard output has seen enough, and what is written then is lost on nobody.
    let mut say = |line: String| {
        let _ = writeln!(out, "{line}");
    };
    if let Some(entry) = options.prove {
        say(serde_json::to_string(&case.prove_inclusion(entry)?).unwrap_or_default());
    } else if let Some(root) = options.since {
        say(serde_json::to_string(&case.prove_consistency(root)?).unwrap_or_default());
    } else if options.people {
        for entry in case.persons_entries()? {
            say(if options.format == LogFormat::Jsonl { persons_json(&entry) } else { persons_line(&entry) });
        }
    } else {
        case.each_entry(|entry| {
            say(if options.format == LogFormat::Jsonl { json(&entry).to_string() } else { line(&entry) });
            Ok(())
        })?;
    }
    Ok(())
}

fn json(entry: &Entry) -> Value {
    let content = entry.opening.as_ref().and_then(|(_, content)| serde_json::from_str::<Value>(content).ok());
    json!({"entry": entry.leaf.entry, "time": entry.leaf.time, "actor": entry.leaf.actor, "kind": entry.leaf.kind,
        "commitment": entry.leaf.commitment, "content": content})
}

fn line(entry: &Entry) -> String {
    let leaf = &entry.leaf;
    let said = entry.content().map_or("(erased)".into(), |content| words(&content));
    harmless_line(&format!("{:>6}  {}  {:10}  {}", leaf.entry, leaf.time, leaf.actor, said)).into_owned()
}

fn persons_json(entry: &PersonsEntry) -> String {
    let leaf = &entry.leaf;
    json!({"entry": leaf.entry, "time": leaf.time, "actor": leaf.actor, "content": entry.content,
        "undone_by": entry.undone_by, "unfit": entry.unfit})
    .to_string()
}

fn persons_line(entry: &PersonsEntry) -> String {
    let leaf = &entry.leaf;
    let mut said = format!("{:>6}  {}  {:10}  {}", leaf.entry, leaf.time, leaf.actor, words(&entry.content));
    if let Some(by) = entry.undone_by {
        said.push_str(&format!("; taken back by entry {by}"));
    }
    if let Some(unfit) = &entry.unfit {
        said.push_str(&format!("; DOES NOT FIT: {unfit}"));
    }
    harmless_line(&said).into_owned()
}

/// What an entry says, on a line.
fn words(content: &Content) -> String {
    let agents = |agents: &[onrecord::ledger::log::AgentName]| {
        agents.iter().map(|agent| format!("{} ({})", agent.name, agent.agent)).collect::<Vec<_>>().join(", ")
    };
    match content {
        Content::Created { program, .. } => format!("case made by onrecord {program}"),
        Content::Arrival { path, bytes, .. } => format!("{path} came in, {bytes} bytes"),
        Content::Reading { document, program, model, .. } => {
            format!("{document} read by {model}, onrecord {program}")
        }
        Content::Refusal { place, what, .. } => format!("refused: {place} {what}"),
        Content::TakenIn { evidence, documents, .. } => {
            format!("{evidence} gone through, {documents} documents")
        }
        Content::List { name, entries, .. } => format!("{name} taken in, a list of {entries} entries"),
        Content::Correction { statement, field, now, reason, .. } if field == "stance" => {
            let text = |field: &str| now[field].as_str().unwrap_or_default();
            format!("{statement} {} “{}”: {reason}", text("stance"), text("claim"))
        }
        Content::Correction { statement, field, was, now, reason, .. } => {
            format!("{statement}: {field} is {now} and not {was}: {reason}")
        }
        Content::Merge { agents: them, reason } => format!("one and the same: {}: {reason}", agents(them)),
        Content::Split { agents: them, reason } => format!("not the same: {}: {reason}", agents(them)),
        Content::Judgement {
            statement, likelihood, confidence, reliability, credibility, reason, ..
        } => {
            let parts = [
                ("likelihood", likelihood),
                ("confidence", confidence),
                ("reliability of the source", reliability),
                ("credibility of the content", credibility),
            ];
            let parts: Vec<String> =
                parts.iter().filter_map(|(what, it)| Some(format!("{what} {}", it.as_ref()?))).collect();
            format!("{statement}: {}: {reason}", parts.join(", "))
        }
        Content::Note { target, text, .. } => format!("{target}: {text}"),
        Content::Claim { claim, wording, statements, reason } => {
            let wording = wording.as_ref().map_or(String::new(), |wording| format!(" “{wording}”"));
            let statements: Vec<&str> = statements.iter().map(|tied| tied.statement.as_str()).collect();
            format!("claim {claim}{wording} is made by {}: {reason}", statements.join(", "))
        }
        Content::ClaimMerge { claims, reason } => {
            let claims: Vec<String> =
                claims.iter().map(|claim| format!("{} “{}”", claim.claim, claim.wording)).collect();
            format!("one claim: {}: {reason}", claims.join(", "))
        }
        Content::ClaimSplit { claim, statements, reason, .. } => {
            let statements: Vec<&str> = statements.iter().map(|tied| tied.statement.as_str()).collect();
            format!("claim {claim} is not made by {}: {reason}", statements.join(", "))
        }
        Content::Origins { documents, relation, reason } => {
            let documents: Vec<&str> = documents.iter().map(|id| id.as_str()).collect();
            let word = if relation == "independent" { "independent" } else { "one origin" };
            format!("{word}: {}: {reason}", documents.join(", "))
        }
        Content::Undo { entry, reason } => format!("entry {entry} taken back: {reason}"),
        Content::Redaction { documents, evidence, reason, .. } => {
            format!("erased: {} documents, {} evidence files: {reason}", documents.len(), evidence.len())
        }
        Content::Export { format, documents } => format!("{documents} documents written out as {format}"),
    }
}
