//! Copies as JSON lines.

use super::Copies;
use crate::MadeBy;
use crate::case::ExportError;
use crate::entered::By;
use onrecord_ledger::Case;
use onrecord_linking::origins::{Credit, Kind, Passage, Relation, Tie};
use onrecord_record::{CodePoint, Span, TextIndex};
use serde::Serialize;
use std::io::Write;

/// A line of `onrecord copies --format jsonl`.
#[derive(Serialize)]
#[serde(tag = "type", rename = "copies")]
struct CopiesLine<'c> {
    documents: [&'c str; 2],
    relation: Relation,
    /// Null where nothing ties the two but what a person says.
    kind: Option<Kind>,
    /// How sure it is, to three digits; null likewise.
    score: Option<f64>,
    /// The first document of the reporting line that both are on; null where they are not on one.
    line: Option<&'c str>,
    evidence: Vec<Evidence<'c>>,
    /// Who said so, where the relation is a person's word.
    #[serde(skip_serializing_if = "Option::is_none")]
    entered: Option<&'c By>,
    /// What the program has in its place.
    #[serde(skip_serializing_if = "Option::is_none")]
    relation_by_program: Option<Relation>,
    /// Whether a person says that they are independent and they are on one line all the same, through others.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    against: bool,
    made_by: &'c MadeBy,
}

/// What shows a tie.
#[derive(Serialize)]
#[serde(untagged)]
enum Evidence<'c> {
    Passage {
        kind: Kind,
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

/// Writes one line for each pair of documents of which people said something, or which have something in common, and behind
/// them one for each circle of credits; at most `limit` pairs.
///
/// # Errors
/// When the case cannot be read or the output cannot be written.
pub fn write_copies(
    case: &Case,
    copies: &Copies,
    limit: usize,
    out: &mut impl Write,
) -> Result<(), ExportError> {
    let untied = copies.said.iter().filter(|heard| heard.program.is_none());
    let mut left = limit;
    for heard in untied.take(limit) {
        left -= 1;
        let line = with_heard(copies, heard.documents, heard.relation);
        serde_json::to_writer(&mut *out, &line).map_err(|error| ExportError::Output(error.into()))?;
        out.write_all(b"\n")?;
    }
    for tie in copies.ties.iter().take(left) {
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
    CopiesLine {
        kind: Some(tie.kind),
        score: Some((f64::from(tie.score) * 1_000.0).round() / 1_000.0),
        evidence: tie.passages.iter().map(passage).chain(tie.credits.iter().map(credit)).collect(),
        ..with_heard(copies, tie.documents, tie.relation)
    }
}

/// The line of two documents with what a person said of them, as far as anybody did, and without evidence.
fn with_heard(copies: &Copies, documents: [u32; 2], relation: Relation) -> CopiesLine<'_> {
    let lines = documents.map(|document| copies.lines.line(document));
    let heard = copies.heard(documents);
    CopiesLine {
        documents: documents.map(|document| id(copies, document)),
        relation,
        kind: None,
        score: None,
        line: lines[0].filter(|_| lines[0] == lines[1]).map(|number| id(copies, number)),
        evidence: Vec::new(),
        entered: heard.map(|heard| &heard.by),
        relation_by_program: heard.map(|heard| heard.program.unwrap_or(Relation::Unknown)),
        against: heard.is_some_and(|heard| heard.against),
        made_by: &copies.made_by,
    }
}
