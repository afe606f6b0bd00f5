//! The reporting lines of the documents that an answer draws on.

use super::gathering::Gathered;
use crate::copies::{Copies, Told};
use crate::entered::OriginSaid;
use onrecord_linking::origins::Counts;
use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;

/// Which documents share an origin.
pub(super) struct Lines {
    copies: Copies,
    /// The number of each document, by its row and by its id.
    rows: BTreeMap<u32, u32>,
    numbers: BTreeMap<String, u32>,
}

impl Lines {
    /// Compares all documents looked into with each other.
    pub(super) fn of(gathered: &Gathered) -> Self {
        let looked: Vec<_> = gathered.documents.values().collect();
        let told = looked.iter().map(|looked| Told::from(&looked.document)).collect();
        let text = |number: usize| {
            Ok(looked.get(number).map(|looked| looked.record.text.clone()).unwrap_or_default())
        };
        let mut copies = match Copies::among::<Infallible>(told, text) {
            Ok(copies) => copies,
            Err(never) => match never {},
        };
        copies.hear(gathered.entered.origins());
        let numbers =
            looked.iter().zip(0..).map(|(looked, number)| (looked.document.id.as_str().to_owned(), number));
        Lines {
            rows: gathered.documents.keys().zip(0..).map(|(row, number)| (*row, number)).collect(),
            numbers: numbers.collect(),
            copies,
        }
    }

    /// How many origins these documents have, of which some have first-hand evidence of what is counted.
    pub(super) fn counts(&self, documents: &BTreeSet<u32>, first_hand: &BTreeSet<u32>) -> Counts {
        let numbers = |rows: &BTreeSet<u32>| -> Vec<u32> {
            rows.iter().filter_map(|row| self.rows.get(row).copied()).collect()
        };
        self.copies.lines.counts_with(&numbers(documents), &numbers(first_hand).into_iter().collect())
    }

    /// What people said of the origins of two or more of these documents.
    pub(super) fn said(&self, documents: &BTreeSet<u32>) -> Vec<OriginSaid> {
        let numbers: BTreeSet<u32> = documents.iter().filter_map(|row| self.rows.get(row).copied()).collect();
        let mut said: Vec<OriginSaid> = Vec::new();
        for heard in &self.copies.said {
            if !heard.documents.iter().all(|number| numbers.contains(number)) {
                continue;
            }
            let at = said.iter().position(|known| known.by.entry == heard.by.entry).unwrap_or_else(|| {
                let (relation, by) = (heard.relation, heard.by.clone());
                said.push(OriginSaid { documents: Vec::new(), relation, by });
                said.len() - 1
            });
            let Some(known) = said.get_mut(at) else { continue };
            for id in heard.documents.iter().filter_map(|number| self.copies.documents.get(*number as usize))
            {
                if !known.documents.contains(&id.id) {
                    known.documents.push(id.id.clone());
                }
            }
        }
        said
    }

    /// The document that stands for the reporting line of this one: the first of it in the case.
    pub(super) fn origin(&self, document: &str) -> Option<&str> {
        let line = self.copies.lines.line(*self.numbers.get(document)?)?;
        self.copies.documents.get(line as usize).map(|told| &*told.id)
    }
}
