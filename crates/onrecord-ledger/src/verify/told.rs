//! What the log tells of the case, gathered from its entries.

use crate::log::Content;
use crate::rows;
use crate::writing::Maker;
use onrecord_record::Sha256;
use std::collections::{BTreeMap, BTreeSet};

/// All that the tables must agree with.
#[derive(Debug, Default)]
pub(super) struct Told {
    pub(super) evidence: BTreeMap<Sha256, File>,
    /// By the number a document is filed under.
    pub(super) documents: BTreeMap<i64, Document>,
    /// By entry.
    pub(super) refusals: BTreeMap<u64, Refusal>,
    /// Evidence files that a redaction names.
    pub(super) erased_evidence: BTreeSet<Sha256>,
    /// Entries without content.
    pub(super) erased: Vec<u64>,
    /// Entries that a redaction names.
    pub(super) redacted: BTreeSet<u64>,
}

/// An evidence file.
#[derive(Debug)]
pub(super) struct File {
    pub(super) bytes: u64,
    pub(super) complete: bool,
}

/// A document.
#[derive(Debug)]
pub(super) struct Document {
    pub(super) evidence: Sha256,
    pub(super) place: String,
    /// Whether it came in with a record, and its id tells of another case's evidence.
    pub(super) imported: bool,
    /// Its readings, by entry.
    pub(super) readings: BTreeMap<u64, Reading>,
}

/// A reading.
#[derive(Debug)]
pub(super) struct Reading {
    pub(super) maker: Maker,
    pub(super) record: Sha256,
}

/// A place that could not become a document.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) evidence: Sha256,
    pub(super) place: String,
    pub(super) what: String,
    pub(super) hint: Option<String>,
}

impl Told {
    /// Takes in what entry `number` tells.
    pub(super) fn take(&mut self, number: u64, content: Content) {
        match content {
            Content::Arrival { evidence, bytes, .. } => {
                self.erased_evidence.remove(&evidence);
                self.evidence.entry(evidence).or_insert(File { bytes, complete: false });
            }
            Content::Reading {
                document,
                evidence,
                place,
                schema,
                program,
                model,
                options,
                record,
                imported,
            } => {
                if place.is_empty() {
                    self.complete(&evidence);
                }
                let Some(key) = rows::key(document.as_str()) else { return };
                let reading = Reading { maker: Maker { schema, program, model, options }, record };
                let document = self.documents.entry(key).or_insert(Document {
                    evidence,
                    place,
                    imported,
                    readings: BTreeMap::new(),
                });
                document.readings.insert(number, reading);
            }
            Content::Refusal { evidence, place, what, hint, .. } => {
                if place.is_empty() {
                    self.complete(&evidence);
                }
                self.refusals.insert(number, Refusal { evidence, place, what, hint });
            }
            Content::TakenIn { evidence, .. } => self.complete(&evidence),
            Content::List { files, .. } => files.iter().for_each(|file| self.complete(&file.evidence)),
            Content::Redaction { documents, evidence, entries, .. } => {
                for document in documents.iter().filter_map(|id| rows::key(id.as_str())) {
                    self.documents.remove(&document);
                }
                for sha256 in evidence {
                    self.evidence.remove(&sha256);
                    self.erased_evidence.insert(sha256);
                }
                self.redacted.extend(entries);
            }
            _ => {}
        }
    }

    fn complete(&mut self, evidence: &Sha256) {
        if let Some(file) = self.evidence.get_mut(evidence) {
            file.complete = true;
        }
    }
}
