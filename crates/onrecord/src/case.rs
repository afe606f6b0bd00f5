//! Records on their way into a case and out of it.
//!
//! The ledger knows lines of the record and no pipeline; here is what joins the two. An evidence file of many articles
//! is gone through line by line ([`ArticleLines`]), so that its length does not matter, and gives the same documents as
//! [`Pipeline::documents`] gives for the whole of it.

mod article_lines;
mod import;
mod lists;
mod parquet_table;
mod standoff;
mod table;
mod web_annotation;

pub use article_lines::{ArticleLine, ArticleLines, holds_articles};
pub use import::{RecordPart, RecordParts};
pub use lists::case_lists;
pub use parquet_table::write_parquet;
pub use standoff::write_brat;
pub use table::write_csv;
pub use web_annotation::write_web_annotation;

use crate::export::jsonl;
use crate::{Outcome, Pipeline, Problem, Record, VERSION};
use onrecord_ledger::{Case, Fault, Maker, Prepared, StoredRecord};
use onrecord_reading::Reading;
use onrecord_record::{DocumentId, Line, SCHEMA, Sha256};
use serde_json::{Map, Value};
use std::io::{self, Write};

impl Pipeline {
    /// What the ledger notes as the maker of this pipeline's records; `options` are those of the record's first line.
    pub fn maker(&self, options: Map<String, Value>) -> Maker {
        Maker { schema: SCHEMA, program: VERSION.into(), model: self.model().into(), options }
    }

    /// The documents on one line of the evidence file `evidence`, which came in as `path`: none or one of them.
    pub fn article(&self, path: &str, evidence: &Sha256, line: &ArticleLine) -> Vec<Outcome> {
        self.unread_article(path, evidence, line)
            .into_iter()
            .map(|document| Ok(self.read(document?)))
            .collect()
    }

    /// The same, unread.
    pub fn unread_article(
        &self,
        path: &str,
        evidence: &Sha256,
        line: &ArticleLine,
    ) -> Vec<Result<onrecord_record::Document, Problem>> {
        let place = format!("line {}", line.number);
        let bytes = match &line.bytes {
            Ok(bytes) => bytes,
            Err(what) => {
                let problem = Problem { place, what: what.clone(), hint: None };
                return vec![Err(problem.hint("raise the limit with `--max-size`, or split it"))];
            }
        };
        // A single line is told to be one of many by its file's name.
        let name = if article_lines::is_named_for_articles(path) {
            path.to_owned()
        } else {
            format!("{path}.jsonl")
        };
        let found = self.documents(Some(&name), bytes).into_iter();
        found
            .map(|found| match found {
                Ok(mut document) => {
                    document.path = Some(path.to_owned());
                    document.sha256 = *evidence;
                    document.id = DocumentId::new(evidence, &place, &document.text_sha256);
                    Ok(document)
                }
                Err(problem) => Err(Problem { place: place.clone(), ..problem }),
            })
            .collect()
    }
}

/// Makes a record ready for the ledger. `place` is where in its evidence file the document stands ("line 12"), empty for
/// the whole of it.
///
/// # Errors
/// When the document has no text.
pub fn prepare(record: &Record, place: &str) -> Result<Prepared, Fault> {
    let mut lines = Vec::with_capacity(record.document.text().len() * 6);
    jsonl::write_record(record, &mut lines)
        .map_err(|error| Fault::refused(record.document.id.as_str(), error.to_string()))?;
    Prepared::new(&record.document, place, &lines)
}

/// A stored record as this version understands it; lines of later versions are passed over.
///
/// # Errors
/// When its first line is no document.
pub fn record_of(stored: &StoredRecord) -> Result<Record, Fault> {
    let (mut reading, mut list_matches, mut found) = (Reading::default(), Vec::new(), None);
    for line in stored.lines.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
        match serde_json::from_slice(line) {
            Ok(Line::Document(document)) => found = Some(document),
            Ok(Line::Agent(agent)) => reading.agents.push(agent),
            Ok(Line::ListMatch(found)) => list_matches.push(found),
            Ok(Line::Statement(statement)) => reading.statements.push(statement),
            Ok(Line::Silence(silence)) => reading.silences.push(silence),
            Ok(Line::Time(time)) => reading.times.push(time),
            Ok(Line::OnRecord(_)) | Err(_) => {}
        }
    }
    match found {
        Some(document) => Ok(Record { document, reading, list_matches }),
        None => Err(Fault::refused(&*stored.document, "has a record that this program does not know")),
    }
}

/// Why a case could not be written out.
#[derive(Debug)]
pub enum ExportError {
    /// The case cannot be read.
    Case(Fault),
    /// The output cannot be written.
    Output(io::Error),
}

impl From<Fault> for ExportError {
    fn from(fault: Fault) -> Self {
        ExportError::Case(fault)
    }
}

impl From<io::Error> for ExportError {
    fn from(error: io::Error) -> Self {
        ExportError::Output(error)
    }
}

/// Writes the record of a case as JSON lines, one document in memory at a time; how many documents. The first line comes
/// again wherever another program, model or options made what follows.
///
/// # Errors
/// When the case cannot be read or the output cannot be written.
pub fn write_jsonl(case: &Case, out: &mut impl Write) -> Result<u64, ExportError> {
    let makers = case.makers()?;
    let (mut documents, mut current) = (0, None);
    case.each_record(|record| {
        if current != Some(record.maker) {
            current = Some(record.maker);
            if let Some((_, maker)) = makers.iter().find(|(id, _)| *id == record.maker) {
                jsonl::write_maker(maker, out)?;
            }
        }
        documents += 1;
        out.write_all(&record.lines).map_err(ExportError::Output)
    })?;
    Ok(documents)
}
