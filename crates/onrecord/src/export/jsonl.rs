//! The record as JSON lines: one object a line, `"type"` first, in the order of the input.

use crate::{Record, VERSION};
use onrecord_ledger::Maker;
use onrecord_record::{Agent, Document, Header, Line, ListMatch, SCHEMA, Silence, Statement, Time};
use serde::Serialize;
use serde_json::{Map, Value};
use std::io::{self, Write};

/// The lines that follow the header, borrowed, so that no text is copied to be written. Same shape as [`Line`].
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Borrowed<'r> {
    Document(&'r Document),
    Agent(&'r Agent),
    #[serde(rename = "list_match")]
    ListMatch(&'r ListMatch),
    Statement(&'r Statement),
    Silence(&'r Silence),
    Time(&'r Time),
}

/// Writes the first line: which program, model and options made the rest.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write_header(model: &str, options: Map<String, Value>, out: &mut impl Write) -> io::Result<()> {
    write_maker(&Maker { schema: SCHEMA, program: VERSION.into(), model: model.into(), options }, out)
}

/// Writes the first line of what `maker` made.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write_maker(maker: &Maker, out: &mut impl Write) -> io::Result<()> {
    let Maker { schema, program, model, options } = maker.clone();
    write_line(&Line::OnRecord(Header { schema, program, model, options }), out)
}

/// Writes one document with its agents, what of them may stand on a list, its statements, silences and times. Without its
/// text when `record.document.text` is `None`.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write_record(record: &Record, out: &mut impl Write) -> io::Result<()> {
    write_line(&Borrowed::Document(&record.document), out)?;
    for agent in &record.reading.agents {
        write_line(&Borrowed::Agent(agent), out)?;
    }
    for found in &record.list_matches {
        write_line(&Borrowed::ListMatch(found), out)?;
    }
    for statement in &record.reading.statements {
        write_line(&Borrowed::Statement(statement), out)?;
    }
    for silence in &record.reading.silences {
        write_line(&Borrowed::Silence(silence), out)?;
    }
    record.reading.times.iter().try_for_each(|time| write_line(&Borrowed::Time(time), out))
}

fn write_line(line: &impl Serialize, out: &mut impl Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, line)?;
    out.write_all(b"\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    #[test]
    fn every_line_reads_back_as_the_record_crate_reads_it() {
        let mut record = sample::record();
        record.list_matches.push(sample::list_match(&record));
        let mut out = Vec::new();
        write_header("fast-0", Map::new(), &mut out).unwrap();
        write_record(&record, &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.lines().all(|line| line.starts_with(r#"{"type":""#)));
        let lines: Vec<Line> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert!(matches!(&lines[0], Line::OnRecord(header) if header.schema == SCHEMA));
        assert_eq!(lines[1], Line::Document(record.document.clone()));
        let agents = record.reading.agents.len();
        assert_eq!(lines[2], Line::Agent(record.reading.agents[0].clone()));
        assert_eq!(lines[2 + agents], Line::ListMatch(record.list_matches[0].clone()));
        assert_eq!(lines[3 + agents], Line::Statement(record.reading.statements[0].clone()));
        assert_eq!(lines.len(), 3 + agents + record.reading.statements.len());
    }

    #[test]
    fn the_text_is_left_out_when_it_is_gone() {
        let mut record = sample::record();
        record.document.text = None;
        let mut out = Vec::new();
        write_record(&record, &mut out).unwrap();
        let first = String::from_utf8(out).unwrap().lines().next().unwrap().to_owned();
        assert!(!first.contains(r#","text":"#), "{first}");
        assert!(first.contains(r#""text_sha256":"#));
    }
}
