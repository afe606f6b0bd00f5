//! From the ledger into the index.

use super::fields::{Fields, IS_DOCUMENT, IS_STATEMENT};
use super::{Reach, index_fault};
use crate::case::Case;
use crate::fault::{Fault, Result};
use crate::rows::{self, StatementRow};
use crate::search::days;
use tantivy::schema::Term;
use tantivy::{Index, IndexWriter, TantivyDocument, TantivyError};

/// Memory for words that are not written yet; more makes fewer parts that are joined later.
const MEMORY: usize = 64 << 20;

impl Case {
    /// Adds to the index what the ledger holds beyond it.
    pub(super) fn fill_index(&self, index: &Index, from: &Reach, to: &Reach) -> Result<()> {
        let failed = |error: TantivyError| index_fault(&self.index_folder(), &error);
        // One thread, so that entries stand in the order of the rows.
        let mut writer: IndexWriter = index.writer_with_num_threads(1, MEMORY).map_err(failed)?;
        let fields = Fields::new();
        self.add_names(&writer, &fields, from)?;
        for (document, known) in self.read_since(from.size)? {
            if known {
                let row = document.cast_unsigned();
                writer.delete_term(Term::from_field_u64(fields.document, row));
            }
            self.add_document(&writer, &fields, document)?;
        }
        let payload = serde_json::to_string(to)
            .map_err(|error| Fault::refused(self.index_folder().to_string_lossy(), error.to_string()))?;
        let mut commit = writer.prepare_commit().map_err(failed)?;
        commit.set_payload(&payload);
        commit.commit().map_err(failed)?;
        writer.wait_merging_threads().map_err(failed)
    }

    /// Documents that were read since an entry of the log, and whether they had been read before.
    fn read_since(&self, entry: i64) -> Result<Vec<(i64, bool)>> {
        let failed = |error: rusqlite::Error| self.fault(error);
        let mut query = self
            .connection
            .prepare_cached(
                "SELECT DISTINCT document, EXISTS (SELECT 1 FROM readings AS before
                     WHERE before.document = readings.document AND before.entry <= ?1)
                 FROM readings WHERE entry > ?1 ORDER BY document",
            )
            .map_err(failed)?;
        let rows = query.query_map([entry], |row| Ok((row.get(0)?, row.get(1)?))).map_err(failed)?;
        rows.collect::<rusqlite::Result<_>>().map_err(failed)
    }

    fn add_names(&self, writer: &IndexWriter, fields: &Fields, from: &Reach) -> Result<()> {
        let failed = |error: rusqlite::Error| self.fault(error);
        let mut query = self
            .connection
            .prepare_cached("SELECT id, name FROM names WHERE id > ?1 ORDER BY id")
            .map_err(failed)?;
        let mut rows = query.query([from.names]).map_err(failed)?;
        while let Some(row) = rows.next().map_err(failed)? {
            let mut entry = TantivyDocument::new();
            entry.add_u64(fields.row, row.get::<_, i64>(0).map_err(failed)?.cast_unsigned());
            entry.add_text(fields.name, row.get::<_, String>(1).map_err(failed)?);
            self.add(writer, entry)?;
        }
        Ok(())
    }

    fn add(&self, writer: &IndexWriter, entry: TantivyDocument) -> Result<()> {
        writer.add_document(entry).map(|_| ()).map_err(|error| index_fault(&self.index_folder(), &error))
    }

    fn add_document(&self, writer: &IndexWriter, fields: &Fields, document: i64) -> Result<()> {
        let failed = |error: rusqlite::Error| self.fault(error);
        let record = self.record(document)?;
        let rows = rows::rows(&record.lines).map_err(|what| Fault::damaged(&record.document, what))?;
        let (title, publisher, published): (Option<String>, Option<String>, Option<String>) = self
            .connection
            .prepare_cached("SELECT title, publisher, published FROM documents WHERE id = ?1")
            .and_then(|mut query| {
                query.query_row([document], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            })
            .map_err(failed)?;
        let entry = |row: i64, marks: &str, day: Option<&str>| {
            let mut entry = TantivyDocument::new();
            entry.add_u64(fields.document, document.cast_unsigned());
            entry.add_u64(fields.row, row.cast_unsigned());
            entry.add_text(fields.marks, marks);
            if let Some(publisher) = &publisher {
                entry.add_text(fields.publisher, publisher);
            }
            if let Some((first, last)) = day.and_then(days) {
                entry.add_u64(fields.first, first);
                entry.add_u64(fields.last, last);
            }
            entry
        };
        let ids = self.statement_rows(document)?;
        for (id, statement) in ids.into_iter().zip(&rows.statements) {
            let day = statement.said_from.as_deref().or(published.as_deref());
            let mut entry = entry(id, &format!("{IS_STATEMENT} {}", statement.words.marks), day);
            entry.add_text(fields.content, &statement.words.content);
            entry.add_text(fields.speaker, &statement.words.speaker);
            entry.add_u64(fields.prior, prior(statement));
            self.add(writer, entry)?;
        }
        let marks = if rows.silences > 0 { "hassilence" } else { "" };
        let mut entry = entry(document, &format!("{IS_DOCUMENT} {marks}"), published.as_deref());
        if let Some(title) = &title {
            entry.add_text(fields.title, title);
        }
        entry.add_text(fields.text, &record.text);
        self.add(writer, entry)
    }

    fn statement_rows(&self, document: i64) -> Result<Vec<i64>> {
        let failed = |error: rusqlite::Error| self.fault(error);
        let mut query = self
            .connection
            .prepare_cached("SELECT id FROM statements WHERE document = ?1 ORDER BY id")
            .map_err(failed)?;
        let rows = query.query_map([document], |row| row.get(0)).map_err(failed)?;
        rows.collect::<rusqlite::Result<_>>().map_err(failed)
    }
}

/// What a statement is worth before its words are looked at, in thousandths: statements of somebody, surely found, of a
/// length that tells something, come first.
fn prior(statement: &StatementRow) -> u64 {
    let length = statement.characters.max(1) as f64;
    let telling = if length < 25.0 { length / 25.0 } else { (120.0 / length).clamp(0.3, 1.0) };
    let known = if statement.speaker.is_some() { 1.0 } else { 0.7 };
    let worth = (statement.confidence * telling * known).clamp(0.0, 1.0);
    (worth.sqrt() * 1_000.0).round() as u64
}
