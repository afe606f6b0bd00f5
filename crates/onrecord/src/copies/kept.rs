//! Documents that were made ready to be held against others and may be needed again soon.

use super::Source;
use onrecord_linking::origins::{Saying, Wording};
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

/// The most words of texts that are kept ready, at some sixty bytes each. Copies mostly come close together; what is
/// asked for later is made ready again.
const MOST_WORDS: usize = 2_000_000;

/// A document as it is held against others.
#[derive(Default)]
pub(super) struct Ready {
    /// What it says of where it is from.
    pub(super) source: Source,
    /// Its text, without its boilerplate.
    pub(super) wording: Wording,
    /// Who says what in it.
    pub(super) said: Vec<Saying>,
}

/// The documents asked for last.
#[derive(Default)]
pub(super) struct Kept {
    documents: BTreeMap<u32, Arc<Ready>>,
    order: VecDeque<u32>,
    words: usize,
}

impl Kept {
    /// The document with this number, where it is still kept.
    pub(super) fn get(&self, number: u32) -> Option<Arc<Ready>> {
        self.documents.get(&number).map(Arc::clone)
    }

    /// Keeps a document that is not kept, in place of those that came first where it would be too much.
    pub(super) fn put(&mut self, number: u32, ready: Ready) -> Arc<Ready> {
        let ready = Arc::new(ready);
        while self.words + ready.wording.words() > MOST_WORDS
            && let Some(oldest) = self.order.pop_front()
        {
            self.words -= self.documents.remove(&oldest).map_or(0, |old| old.wording.words());
        }
        self.words += ready.wording.words();
        self.documents.insert(number, Arc::clone(&ready));
        self.order.push_back(number);
        ready
    }
}
