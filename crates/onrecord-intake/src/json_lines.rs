//! JSON lines of articles, one document a line; lines of OnRecord's own record are read back the same way.

use crate::map::EvidenceMap;
use crate::metadata::{Metadata, tidy, without_by};
use crate::{Intake, Options, Parts, Problem, assemble, date, head, too_large};
use onrecord_record::{PublishedFrom, Sha256};
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

/// The fields that are read. Others may stand beside them.
#[derive(Deserialize)]
struct Article<'l> {
    #[serde(default, rename = "type")]
    kind: Value,
    #[serde(borrow)]
    text: Option<&'l RawValue>,
    #[serde(default)]
    publisher: Value,
    #[serde(default)]
    title: Value,
    #[serde(default)]
    published: Value,
    #[serde(default)]
    byline: Value,
    #[serde(default)]
    credit: Value,
}

/// Reads each line that holds an article. Blank lines and the other lines of a record are stepped over.
pub(crate) fn read<'b>(
    path: Option<&'b str>,
    bytes: &'b [u8],
    options: &'b Options,
) -> impl Iterator<Item = Result<Intake, Problem>> + 'b {
    let evidence = Sha256::of(bytes);
    let mark = if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
    let lines = bytes.get(mark..).unwrap_or_default().split(|byte| *byte == b'\n');
    let lines = lines.scan(mark, |next, line| {
        let from = *next;
        *next += line.len() + 1;
        Some((from, line))
    });
    lines.enumerate().filter_map(move |(at, (from, line))| {
        let parts = article(at + 1, from, line, options)?;
        Some(parts.map(|parts| assemble(path, &evidence, parts, options)))
    })
}

/// The parts of the article on one line; None for a line that holds none and should not.
fn article(number: usize, from: usize, line: &[u8], options: &Options) -> Option<Result<Parts, Problem>> {
    if line.trim_ascii().is_empty() {
        return None;
    }
    if line.len() > options.limits.text_bytes {
        return Some(Err(too_large(Problem::line(number, ""), line.len(), &options.limits)));
    }
    let Ok(line) = std::str::from_utf8(line) else {
        let problem = Problem::line(number, "is not valid UTF-8");
        return Some(Err(problem.hint("JSON lines are UTF-8; write the file again in it")));
    };
    let article: Article<'_> = match serde_json::from_str(line) {
        Ok(article) => article,
        Err(error) => return Some(Err(Problem::line(number, what_is_wrong(&error)))),
    };
    match article.kind.as_str() {
        Some("onrecord" | "agent" | "statement" | "silence" | "time") => return None,
        Some("document") if article.text.is_none() => {
            let problem = Problem::line(number, "is a document written without its text");
            return Some(Err(problem.hint("write the record again without `--no-text`")));
        }
        _ => {}
    }
    Some(parts(number, from, line, &article))
}

fn what_is_wrong(error: &serde_json::Error) -> String {
    let column = error.column();
    match error.classify() {
        serde_json::error::Category::Eof => {
            format!("is cut off: its JSON ends unfinished at character {column}")
        }
        serde_json::error::Category::Data => format!("is not an article: a JSON object is wanted ({error})"),
        _ => format!("is not valid JSON at character {column}"),
    }
}

fn parts(number: usize, from: usize, line: &str, article: &Article<'_>) -> Result<Parts, Problem> {
    let no_text =
        |what: &str| Problem::line(number, what).hint("give it a field \"text\" with the article's text");
    let raw = article.text.map(RawValue::get).ok_or_else(|| no_text("has no text"))?;
    let text: String = serde_json::from_str(raw).map_err(|_| no_text("has a text that is not a string"))?;
    if text.is_empty() {
        return Err(no_text("has an empty text"));
    }
    // The raw value is borrowed from the line, so their addresses tell where it stands.
    let within = (raw.as_ptr() as usize).saturating_sub(line.as_ptr() as usize);
    let map = map(raw, from + within, &text);
    let field = |value: &Value| value.as_str().and_then(tidy);
    let mut warnings = Vec::new();
    let published = match &article.published {
        Value::String(day) if !day.trim().is_empty() => {
            let found = date::field(day);
            if found.is_none() {
                let day: String = day.chars().take(40).collect();
                warnings.push(format!(
                    "The field \"published\" holds “{day}”, which is not a date that can be read."
                ));
            }
            found
        }
        _ => None,
    };
    let fields = Metadata {
        title: field(&article.title),
        byline: field(&article.byline).and_then(|byline| without_by(&byline)),
        publisher: field(&article.publisher),
        credit: field(&article.credit),
        published: published.map(|day| (day, PublishedFrom::Field)),
    };
    let place = format!("line {number}");
    let metadata = fields.or(head::metadata(&text));
    Ok(Parts { text, map, metadata, warnings, media_type: "application/jsonl", place })
}

/// The way from the characters of a JSON string to its bytes in the evidence, escapes decoded one by one.
fn map(raw: &str, byte: usize, text: &str) -> EvidenceMap {
    let mut map = EvidenceMap::default();
    let mut at = 1;
    for character in text.chars() {
        let rest = raw.as_bytes().get(at..).unwrap_or_default();
        let width = match (rest.first(), rest.get(1)) {
            // A character beyond the basic plane is written as two escapes.
            (Some(b'\\'), Some(b'u')) => 6 * character.len_utf16(),
            (Some(b'\\'), _) => 2,
            _ => character.len_utf8(),
        };
        map.push(1, byte + at, width);
        at += width;
    }
    map
}
