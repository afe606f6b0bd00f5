//! The commands `search` and `timeline`: statements, documents and names of a case by their words.

use crate::add::told;
use crate::case_options::{SearchOptions, TimelineOptions};
use crate::speak::Speaker;
use onrecord::harmless_line;
use onrecord::ledger::Case;
use onrecord::ledger::search::{Found, FoundDocument, FoundName, FoundStatement, Query};
use serde_json::Value;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

/// Runs `search` and says how it went.
pub(crate) fn run(options: &SearchOptions) -> ExitCode {
    let jsonl = options.find.jsonl();
    answer(&options.find.case.folder, &options.words, usize::from(options.limit), |found| {
        if jsonl { lines(found) } else { words(found) }
    })
}

/// Runs `timeline` and says how it went.
pub(crate) fn timeline(options: &TimelineOptions) -> ExitCode {
    let jsonl = options.find.jsonl();
    answer(&options.find.case.folder, &options.words, usize::from(options.limit), |mut found| {
        found.documents.clear();
        found.names.clear();
        found
            .statements
            .sort_by_cached_key(|statement| (day(statement), statement.find.line["id"].to_string()));
        if jsonl { lines(found) } else { found.statements.iter().map(dated).collect() }
    })
}

fn answer(folder: &Path, asked: &[String], limit: usize, say: impl FnOnce(Found) -> String) -> ExitCode {
    let found = Query::parse(&asked.join(" ")).and_then(|query| Case::open(folder)?.search(&query, limit));
    match found {
        Ok(found) => {
            // Who closed standard output has seen enough.
            let _ = std::io::stdout().write_all(say(found).as_bytes());
            ExitCode::SUCCESS
        }
        Err(fault) => {
            Speaker::new(false, true).failure(&told(fault));
            ExitCode::FAILURE
        }
    }
}

fn lines(found: Found) -> String {
    let statements = found.statements.into_iter().map(|statement| {
        let mut line = statement.find.into_line();
        line["speaker_name"] = statement.speaker.into();
        line["document_title"] = statement.title.into();
        line["publisher"] = statement.publisher.into();
        line["published"] = statement.published.into();
        line
    });
    let documents = found.documents.into_iter().map(|document| document.find.into_line());
    let names = found.names.into_iter().flat_map(|name| {
        let score = (name.score * 1_000.0).round() / 1_000.0;
        name.lines.into_iter().map(move |mut line| {
            line["score"] = score.into();
            line["snippet"] = name.name.clone().into();
            line["documents"] = name.documents.into();
            line["statements"] = name.statements.into();
            line
        })
    });
    statements.chain(documents).chain(names).map(|line| line.to_string() + "\n").collect()
}

fn words(found: Found) -> String {
    let mut said = String::new();
    let mut section = |title: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            let gap = if said.is_empty() { "" } else { "\n" };
            said.push_str(&format!("{gap}{title}\n{}", lines.concat()));
        }
    };
    section("Statements", found.statements.iter().map(statement).collect());
    section("Documents", found.documents.iter().map(document).collect());
    section("Names", found.names.iter().map(name).collect());
    if said.is_empty() {
        said.push_str("Nothing in the case has these words.\n");
    } else if found.more {
        said.push_str("\nThere are more: --limit shows more, and more words find more precisely.\n");
    }
    said
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// `speaker (act, 2031-02-03, Harbour Post): words   [st_…]`.
fn statement(found: &FoundStatement) -> String {
    let line = &found.find.line;
    let speaker = found.speaker.as_deref().or(line["source"]["text"].as_str()).unwrap_or("somebody");
    let day = day(found);
    let about =
        [line["act"].as_str(), Some(day.as_str()).filter(|day| !day.is_empty()), found.publisher.as_deref()];
    let about: Vec<&str> = about.into_iter().flatten().collect();
    let about = if about.is_empty() { String::new() } else { format!(" ({})", about.join(", ")) };
    harmless_line(&format!("  {speaker}{about}: {}  [{}]", found.find.snippet, text(&line["id"])))
        .into_owned()
        + "\n"
}

fn dated(found: &FoundStatement) -> String {
    let day = day(found);
    let day = if day.is_empty() { "no day".to_owned() } else { day };
    format!("{day:10}{}", statement(found))
}

/// The day it was said, else the day it was published.
fn day(found: &FoundStatement) -> String {
    let said = found.find.line["said"]["from"].as_str();
    said.or(found.published.as_deref()).unwrap_or_default().to_owned()
}

fn document(found: &FoundDocument) -> String {
    let line = &found.find.line;
    let title = line["title"].as_str().or(line["path"].as_str()).unwrap_or("without a title");
    let about: Vec<&str> =
        [&line["published"], &line["publisher"]].into_iter().filter_map(Value::as_str).collect();
    let about = if about.is_empty() { String::new() } else { format!(" ({})", about.join(", ")) };
    harmless_line(&format!("  {title}{about}: {}  [{}]", found.find.snippet, text(&line["id"]))).into_owned()
        + "\n"
}

fn name(found: &FoundName) -> String {
    let counted = |n: u64, one: &str| format!("{n} {one}{}", if n == 1 { "" } else { "s" });
    let kind = found.lines.first().and_then(|line| line["kind"].as_str()).unwrap_or("of unknown kind");
    let documents = counted(found.documents, "document");
    let statements = counted(found.statements, "statement");
    harmless_line(&format!("  {} ({kind}): {statements} in {documents}", found.name)).into_owned() + "\n"
}
