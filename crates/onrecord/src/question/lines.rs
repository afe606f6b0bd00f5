//! The reporting lines of the documents that an answer draws on.

use super::gathering::Looked;
use crate::copies::{Text, Told, lines_among};
use onrecord_linking::origins::{Counts, Lines as ReportingLines};
use std::collections::{BTreeMap, BTreeSet};

/// Which documents share an origin.
pub(super) struct Lines {
    lines: ReportingLines,
    /// The documents in the order of their numbers.
    ids: Vec<String>,
    /// The number of each document, by its row and by its id.
    rows: BTreeMap<u32, u32>,
    numbers: BTreeMap<String, u32>,
}

impl Lines {
    /// Compares all documents looked into with each other.
    pub(super) fn of(documents: &BTreeMap<u32, Looked>, threads: usize) -> Self {
        let texts: Vec<Text<'_>> = documents
            .values()
            .map(|looked| Text { told: Told::from(&looked.document), text: &looked.record.text })
            .collect();
        let lines = lines_among(&texts, threads);
        let ids: Vec<String> = texts.into_iter().map(|text| text.told.id).collect();
        Lines {
            lines,
            rows: documents.keys().copied().zip(0..).collect(),
            numbers: ids.iter().cloned().zip(0..).collect(),
            ids,
        }
    }

    /// How many origins these documents have.
    pub(super) fn counts(&self, documents: &BTreeSet<u32>) -> Counts {
        let numbers: Vec<u32> = documents.iter().filter_map(|row| self.rows.get(row).copied()).collect();
        self.lines.counts(&numbers)
    }

    /// The document that stands for the reporting line of this one: the first of it in the case.
    pub(super) fn origin(&self, document: &str) -> Option<&str> {
        let line = self.lines.line(*self.numbers.get(document)?)?;
        self.ids.get(line as usize).map(String::as_str)
    }
}
