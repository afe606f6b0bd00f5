//! The statements of a case as rows for a spreadsheet.
//!
//! A cell that a spreadsheet would take for a formula gets an apostrophe before it, as OWASP advises: a document must
//! not be able to run anything in the program that opens the table.

use super::ExportError;
use onrecord_ledger::{Case, StoredRecord};
use onrecord_record::{Line, Statement};
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{self, Write};

const COLUMNS: [&str; 21] = [
    "statement",
    "document",
    "publisher",
    "published",
    "title",
    "speaker",
    "source",
    "cue",
    "content",
    "form",
    "act",
    "said_from",
    "said_to",
    "certainty",
    "certainty_words",
    "basis",
    "basis_words",
    "framing",
    "confidence",
    "start",
    "end",
];

/// Writes one row a statement, with a row of column names before them; how many documents were gone through.
///
/// # Errors
/// When the case cannot be read or the output cannot be written.
pub fn write_csv(case: &Case, out: &mut impl Write) -> Result<u64, ExportError> {
    row(&COLUMNS.map(str::to_owned), out)?;
    let mut documents = 0;
    case.each_record(|record| {
        documents += 1;
        rows(&record, out).map_err(ExportError::Output)
    })?;
    Ok(documents)
}

fn rows(record: &StoredRecord, out: &mut impl Write) -> io::Result<()> {
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    let mut about = [const { String::new() }; 3];
    for line in record.lines.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
        // What another version wrote and this one does not know is not for this table.
        match serde_json::from_slice(line) {
            Ok(Line::Document(document)) => {
                about =
                    [document.publisher, document.published, document.title].map(Option::unwrap_or_default);
            }
            Ok(Line::Agent(agent)) => {
                names.insert(agent.id.to_string(), agent.name);
            }
            Ok(Line::Statement(statement)) => {
                let speaker = statement.speaker.as_ref().and_then(|id| names.get(id.as_str())).cloned();
                row(&cells(&statement, &about, speaker.unwrap_or_default()), out)?;
            }
            _ => {}
        }
    }
    Ok(())
}

fn cells(statement: &Statement, about: &[String; 3], speaker: String) -> [String; 21] {
    let place = statement.content.extent().or(statement.cue.extent());
    let [publisher, published, title] = about.clone();
    let said = statement.said.as_ref();
    let each = |of: &dyn Fn(&onrecord_record::Basis) -> String| {
        statement.basis.iter().map(of).collect::<Vec<_>>().join("; ")
    };
    [
        statement.id.to_string(),
        statement.document.to_string(),
        publisher,
        published,
        title,
        speaker,
        statement.source.text.clone().unwrap_or_default(),
        statement.cue.text.clone().unwrap_or_default(),
        statement.content.text.clone().unwrap_or_default(),
        word(&statement.form),
        word(&statement.act),
        said.and_then(|said| said.from.clone()).unwrap_or_default(),
        said.and_then(|said| said.to.clone()).unwrap_or_default(),
        word(&statement.certainty.level),
        statement.certainty.text.clone().unwrap_or_default(),
        each(&|basis| word(&basis.kind)),
        each(&|basis| basis.text.clone()),
        statement.framing.as_ref().map(|framing| word(&framing.kind)).unwrap_or_default(),
        statement.confidence.to_string(),
        place.map(|span| span.start.0.to_string()).unwrap_or_default(),
        place.map(|span| span.end.0.to_string()).unwrap_or_default(),
    ]
}

/// The word by which the record calls a value.
fn word(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

fn row(cells: &[String], out: &mut impl Write) -> io::Result<()> {
    for (at, cell) in cells.iter().enumerate() {
        if at > 0 {
            out.write_all(b",")?;
        }
        write!(out, "\"{}\"", harmless_cell(cell).replace('"', "\"\""))?;
    }
    out.write_all(b"\r\n")
}

/// The cell, with an apostrophe before what a spreadsheet would compute.
fn harmless_cell(cell: &str) -> String {
    let first = cell.trim_start_matches([' ', '\u{a0}', '\u{feff}']).chars().next();
    let computed = matches!(
        first,
        Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠' | '|' | '%')
    );
    if computed { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_computed_and_every_cell_is_one() {
        let cells = ["=1+1", " @x", "-2", "a \"b\", c\nd", "fine"].map(str::to_owned);
        let mut out = Vec::new();
        row(&cells, &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert_eq!(text, "\"'=1+1\",\"' @x\",\"'-2\",\"a \"\"b\"\", c\nd\",\"fine\"\r\n");
    }
}
