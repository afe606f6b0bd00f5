//! Copies as JSON lines.

use super::Copies;
use crate::case::ExportError;
use onrecord_ledger::Case;
use onrecord_linking::origins::{Credit, Passage, Tie};
use onrecord_record::{CodePoint, Span, TextIndex};
use serde::Serialize;
use std::io::Write;

/// A line of `onrecord copies --format jsonl`.
#[derive(Serialize)]
#[serde(tag = "type", rename = "copies")]
struct CopiesLine<'c> {
    documents: [&'c str; 2],
    relation: onrecord_linking::origins::Relation,
    kind: onrecord_linking::origins::Kind,
    /// How sure it is, to three digits.
    score: f64,
    /// The first document of the reporting line that both are on; null where they are not on one.
    line: Option<&'c str>,
    evidence: Vec<Evidence<'c>>,
}

/// What shows a tie.
#[derive(Serialize)]
#[serde(untagged)]
enum Evidence<'c> {
    Passage {
        kind: onrecord_linking::origins::Kind,
        spans: [Span<CodePoint>; 2],
        texts: [&'c str; 2],
    },
    Credit {
        kind: &'static str,
        document: &'c str,
        publisher: &'c str,
        span: Option<Span<CodePoint>>,
        text: Option<&'c str>,
    },
}

/// Documents that credit each other in a circle.
#[derive(Serialize)]
#[serde(tag = "type", rename = "loop")]
struct LoopLine<'c> {
    documents: Vec<&'c str>,
}

/// Writes one line for each pair of documents that have something in common, and behind them one for each circle of
/// credits; at most `limit` pairs.
///
/// # Errors
/// When the case cannot be read or the output cannot be written.
pub fn write_copies(
    case: &Case,
    copies: &Copies,
    limit: usize,
    out: &mut impl Write,
) -> Result<(), ExportError> {
    for tie in copies.ties.iter().take(limit) {
        let texts = [copies.text(case, tie.documents[0])?, copies.text(case, tie.documents[1])?];
        let line = line(copies, tie, [&texts[0], &texts[1]]);
        serde_json::to_writer(&mut *out, &line).map_err(|error| ExportError::Output(error.into()))?;
        out.write_all(b"\n")?;
    }
    for circle in &copies.loops {
        let line = LoopLine { documents: circle.iter().map(|number| id(copies, *number)).collect() };
        serde_json::to_writer(&mut *out, &line).map_err(|error| ExportError::Output(error.into()))?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

fn id(copies: &Copies, number: u32) -> &str {
    copies.documents.get(number as usize).map_or("", |document| document.id.as_str())
}

fn line<'c>(copies: &'c Copies, tie: &'c Tie, texts: [&'c str; 2]) -> CopiesLine<'c> {
    let index = texts.map(TextIndex::new);
    let passage = |passage: &Passage| Evidence::Passage {
        kind: passage.kind,
        spans: passage.spans,
        texts: [index[0].slice(passage.spans[0]), index[1].slice(passage.spans[1])],
    };
    let credit = |credit: &'c Credit| {
        let at = usize::from(credit.document == tie.documents[1]);
        Evidence::Credit {
            kind: "credit",
            document: id(copies, credit.document),
            publisher: &credit.publisher,
            span: credit.span,
            text: credit.span.and_then(|span| index.get(at).map(|index| index.slice(span))),
        }
    };
    let lines = tie.documents.map(|document| copies.lines.line(document));
    CopiesLine {
        documents: tie.documents.map(|document| id(copies, document)),
        relation: tie.relation,
        kind: tie.kind,
        score: (f64::from(tie.score) * 1_000.0).round() / 1_000.0,
        line: lines[0].filter(|_| lines[0] == lines[1]).map(|number| id(copies, number)),
        evidence: tie.passages.iter().map(passage).chain(tie.credits.iter().map(credit)).collect(),
    }
}
