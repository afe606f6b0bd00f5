//! What people entered beside a statement, in words: their corrections with what the program has, and apart from them what
//! analysts make of it.

use crate::harmless_line;
use serde_json::Value;

/// Corrections and stances that people entered, each with the program's own value.
pub fn corrections(corrected: &Value, stance: &Value, stance_by_program: &Value) -> Vec<String> {
    let mut told: Vec<String> = corrected.as_array().into_iter().flatten().map(correction).collect();
    if stance.is_object() {
        let program = match stance_by_program.as_str() {
            Some(program) => format!("; the program has “{program}”"),
            None => String::new(),
        };
        told.push(format!("side{}{program}", signed(stance)));
    }
    told.iter().map(|line| harmless_line(line).into_owned()).collect()
}

fn correction(corrected: &Value) -> String {
    let field = corrected["field"].as_str().unwrap_or_default();
    let now = match &corrected["name"] {
        Value::String(name) => format!("“{name}”"),
        _ => words(field, &corrected["now"]),
    };
    let was = match &corrected["was_name"] {
        Value::String(name) => format!("“{name}”"),
        _ => words(field, &corrected["was"]),
    };
    format!("{field} is {now}{}; the program has {was}", signed(corrected))
}

/// ", says ann (entry 7): she was joking".
fn signed(by: &Value) -> String {
    let text = |field: &str| by[field].as_str().unwrap_or_default().to_owned();
    format!(", says {} (entry {}): {}", text("actor"), by["entry"], text("reason"))
}

/// A value of a field of a statement, in words.
fn words(field: &str, value: &Value) -> String {
    let kinds = || {
        let kinds = value.as_array().into_iter().flatten().filter_map(|basis| basis["kind"].as_str());
        kinds.map(|kind| kind.replace('_', " ")).collect::<Vec<_>>().join(", ")
    };
    let said = match field {
        "basis" => kinds(),
        "said" => {
            let (from, to) = (value["from"].as_str(), value["to"].as_str());
            let days: Vec<&str> = from.into_iter().chain(to.filter(|to| Some(*to) != from)).collect();
            days.join(" to ")
        }
        "source" | "cue" | "content" => {
            value["text"].as_str().map(|text| format!("“{text}”")).unwrap_or_default()
        }
        _ => value.as_str().unwrap_or_default().to_owned(),
    };
    if said.is_empty() { "nothing".into() } else { said }
}

/// What analysts entered: judgements of the statement and notes, to it and to its document.
pub fn analysts(line: &Value) -> Vec<String> {
    let mut told = Vec::new();
    for judged in line["judgements"].as_array().into_iter().flatten() {
        let parts = [
            ("likelihood", "likelihood"),
            ("confidence", "confidence"),
            ("reliability", "reliability of the source"),
            ("credibility", "credibility of the content"),
        ];
        let parts: Vec<String> = parts
            .iter()
            .filter_map(|(field, what)| Some(format!("{what} {}", judged[*field].as_str()?)))
            .collect();
        told.push(format!("{}{}", parts.join(", "), signed(judged)));
    }
    for (field, to) in [("notes", ""), ("document_notes", "of the document: ")] {
        for note in line[field].as_array().into_iter().flatten() {
            let text = |field: &str| note[field].as_str().unwrap_or_default();
            told.push(format!("{to}{} ({}, entry {})", text("text"), text("actor"), note["entry"]));
        }
    }
    told.iter().map(|line| harmless_line(line).into_owned()).collect()
}
