//! A document made ready to be stored. Everything that takes time is done here, on any thread, so that the one writer
//! only writes.

use crate::fault::{Fault, Result};
use crate::packing::{pack_record, pack_text};
use crate::rows::{self, Rows};
use crate::verify::offsets;
use onrecord_record::{Document, DocumentId, Sha256};

/// A document with its record, ready to be stored.
#[derive(Debug)]
pub struct Prepared {
    pub(crate) document: DocumentId,
    pub(crate) key: i64,
    pub(crate) evidence: Sha256,
    pub(crate) place: String,
    pub(crate) title: Option<String>,
    pub(crate) publisher: Option<String>,
    pub(crate) published: Option<String>,
    pub(crate) language: Option<String>,
    pub(crate) packed_text: Vec<u8>,
    pub(crate) record: Sha256,
    pub(crate) packed_record: Vec<u8>,
    pub(crate) rows: Rows,
    pub(crate) imported: bool,
}

impl Prepared {
    /// Makes a document ready. `place` is where in its evidence file it stands ("line 12"), empty for the whole of it;
    /// `lines` are its lines of the record as they are written out, the document's own first, its text within.
    ///
    /// # Errors
    /// When the lines are none of a record.
    pub fn new(document: &Document, place: &str, lines: &[u8]) -> Result<Prepared> {
        let name = document.id.as_str();
        let wrong = |what: String| Fault::refused(name, what);
        let text = document.text.as_deref().ok_or_else(|| wrong("has no text".into()))?;
        let key = rows::key(name).ok_or_else(|| wrong("is no id of a document".into()))?;
        let packed = |error: std::io::Error| wrong(format!("cannot be made small: {error}"));
        Ok(Prepared {
            key,
            document: document.id.clone(),
            evidence: document.sha256,
            place: place.to_owned(),
            title: document.title.clone(),
            publisher: document.publisher.clone(),
            published: document.published.clone(),
            language: document.language.clone(),
            packed_text: pack_text(text).map_err(packed)?,
            packed_record: pack_record(lines, text).map_err(packed)?,
            record: Sha256::of(lines),
            rows: rows::rows(lines).map_err(wrong)?,
            imported: false,
        })
    }

    /// Makes a document ready that comes with its record from another case: it keeps its id and its lines. `evidence` is
    /// the file that the lines came in with, and `place` where in it they stand.
    ///
    /// # Errors
    /// When the lines are none of a record, or a text does not stand at its offsets.
    pub fn imported(document: &Document, evidence: Sha256, place: &str, lines: &[u8]) -> Result<Prepared> {
        let name = document.id.as_str();
        let text = document.text.as_deref().unwrap_or_default();
        if Sha256::of(text.as_bytes()) != document.text_sha256 {
            return Err(Fault::refused(name, "has another text than its hash says"));
        }
        if let Some(what) = offsets::first_wrong(lines, text) {
            return Err(Fault::refused(name, what));
        }
        let prepared = Prepared::new(document, place, lines)?;
        Ok(Prepared { evidence, imported: true, ..prepared })
    }

    /// The document.
    pub fn document(&self) -> &DocumentId {
        &self.document
    }

    /// How many statements it has.
    pub fn statements(&self) -> usize {
        self.rows.statements.len()
    }

    /// How many notes of silence it has.
    pub fn silences(&self) -> usize {
        self.rows.silences
    }

    /// How many agents say something in it.
    pub fn speakers(&self) -> usize {
        let speaking = self.rows.statements.iter().filter_map(|statement| statement.speaker);
        speaking.collect::<std::collections::BTreeSet<_>>().len()
    }
}
