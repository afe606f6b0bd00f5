//! The reporting lines of the documents that an answer draws on.

use super::gathering::Looked;
use crate::copies::{Copies, Text, Told};
use crate::entered::{Entered, OriginSaid};
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
    pub(super) fn of(documents: &BTreeMap<u32, Looked>, entered: &Entered, threads: usize) -> Self {
        let texts: Vec<Text<'_>> = documents
            .values()
            .map(|looked| Text { told: Told::from(&looked.document), text: &looked.record.text })
            .collect();
        let numbers: BTreeMap<String, u32> = texts.iter().map(|text| text.told.id.clone()).zip(0..).collect();
        let here =
            |said: &&OriginSaid| said.documents.iter().filter(|id| numbers.contains_key(*id)).count() > 1;
        let copies = if entered.origins().iter().any(|said| here(&said)) {
            // What joins two of them matters then, not only that they are joined.
            let text = |number: usize| Ok(texts.get(number).map_or("", |it| it.text).to_owned());
            let told = texts.iter().map(|text| text.told.clone()).collect();
            let mut copies = match Copies::among::<Infallible>(told, text) {
                Ok(copies) => copies,
                Err(never) => match never {},
            };
            copies.hear(entered.origins());
            copies
        } else {
            Copies::lines_among(texts, threads)
        };
        Lines { rows: documents.keys().copied().zip(0..).collect(), numbers, copies }
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
