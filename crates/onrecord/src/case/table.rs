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

/// How many columns hold words; behind them stand a number between 0 and 1 and two places.
pub(super) const WORDS: usize = 18;

/// The names of the columns.
pub(super) const COLUMNS: [&str; WORDS + 3] = [
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

/// One statement of the table.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct StatementRow {
    /// The columns of words, in the order of [`COLUMNS`]; none where nothing is known.
    pub(super) words: [Option<String>; WORDS],
    /// The program's own confidence, 0 to 1.
    pub(super) confidence: f64,
    /// From where to where the content, or else the cue, extends, in code points.
    pub(super) extent: Option<(u32, u32)>,
}

/// Writes one row a statement, with a row of column names before them; how many documents were gone through.
///
/// # Errors
/// When the case cannot be read or the output cannot be written.
pub fn write_csv(case: &Case, out: &mut impl Write) -> Result<u64, ExportError> {
    row(&COLUMNS.map(str::to_owned), out)?;
    let mut documents = 0;
    case.each_record(|record| {
        documents += 1;
        each_row(&record, |found| row(&cells(found), out)).map_err(ExportError::Output)
    })?;
    Ok(documents)
}

/// Makes the rows of one document.
pub(super) fn each_row<E>(
    record: &StoredRecord,
    mut take: impl FnMut(StatementRow) -> Result<(), E>,
) -> Result<(), E> {
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    let mut about = [const { None }; 3];
    for line in record.lines.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
        // What another version wrote and this one does not know is not for this table.
        match serde_json::from_slice(line) {
            Ok(Line::Document(document)) => {
                about = [document.publisher, document.published, document.title];
            }
            Ok(Line::Agent(agent)) => {
                names.insert(agent.id.to_string(), agent.name);
            }
            Ok(Line::Statement(statement)) => {
                let speaker = statement.speaker.as_ref().and_then(|id| names.get(id.as_str())).cloned();
                take(statement_row(&statement, &about, speaker))?;
            }
            _ => {}
        }
    }
    Ok(())
}

fn statement_row(
    statement: &Statement,
    about: &[Option<String>; 3],
    speaker: Option<String>,
) -> StatementRow {
    let place = statement.content.extent().or(statement.cue.extent());
    let [publisher, published, title] = about.clone();
    let said = statement.said.as_ref();
    let each = |of: &dyn Fn(&onrecord_record::Basis) -> String| {
        let each: Vec<String> = statement.basis.iter().map(of).collect();
        (!each.is_empty()).then(|| each.join("; "))
    };
    StatementRow {
        words: [
            Some(statement.id.to_string()),
            Some(statement.document.to_string()),
            publisher,
            published,
            title,
            speaker,
            statement.source.text.clone(),
            statement.cue.text.clone(),
            statement.content.text.clone(),
            word(&statement.form),
            word(&statement.act),
            said.and_then(|said| said.from.clone()),
            said.and_then(|said| said.to.clone()),
            word(&statement.certainty.level),
            statement.certainty.text.clone(),
            each(&|basis| word(&basis.kind).unwrap_or_default()),
            each(&|basis| basis.text.clone()),
            statement.framing.as_ref().and_then(|framing| word(&framing.kind)),
        ],
        confidence: statement.confidence.into(),
        extent: place.map(|span| (span.start.0, span.end.0)),
    }
}

fn cells(row: StatementRow) -> Vec<String> {
    let place = |at: Option<u32>| at.map(|at| at.to_string()).unwrap_or_default();
    let mut cells: Vec<String> = row.words.into_iter().map(Option::unwrap_or_default).collect();
    // The record's own number, which has the digits of a 32-bit one.
    cells.push((row.confidence as f32).to_string());
    cells.push(place(row.extent.map(|it| it.0)));
    cells.push(place(row.extent.map(|it| it.1)));
    cells
}

/// The word by which the record calls a value.
fn word(value: &impl Serialize) -> Option<String> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => Some(word),
        _ => None,
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
