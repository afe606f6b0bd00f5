//! Texts that were made ready and may be needed again soon.

use onrecord_linking::origins::{Saying, Wording};
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

/// The most words of texts that are kept ready, at some sixty bytes each. Copies mostly come close together; what is
/// asked for later is made ready again.
const MOST_WORDS: usize = 2_000_000;

/// The most documents of which it is kept who says what.
const MOST_SAID: usize = 2_000;

/// The texts asked for last, without their boilerplate.
#[derive(Default)]
pub(super) struct Kept {
    texts: BTreeMap<usize, Rc<Wording>>,
    order: VecDeque<usize>,
    words: usize,
    said: BTreeMap<usize, Rc<Vec<Saying>>>,
    said_order: VecDeque<usize>,
}

impl Kept {
    /// The text with this number, which `make` makes ready where it is not any more.
    pub(super) fn wording<E>(
        &mut self,
        number: usize,
        make: impl FnOnce(usize) -> Result<Wording, E>,
    ) -> Result<Rc<Wording>, E> {
        if let Some(found) = self.texts.get(&number) {
            return Ok(Rc::clone(found));
        }
        let made = Rc::new(make(number)?);
        while self.words + made.words() > MOST_WORDS
            && let Some(oldest) = self.order.pop_front()
        {
            self.words -= self.texts.remove(&oldest).map_or(0, |text| text.words());
        }
        self.words += made.words();
        self.texts.insert(number, Rc::clone(&made));
        self.order.push_back(number);
        Ok(made)
    }

    /// Who says what in the document with this number.
    pub(super) fn said<E>(
        &mut self,
        number: usize,
        said: impl FnOnce(usize) -> Result<Vec<Saying>, E>,
    ) -> Result<Rc<Vec<Saying>>, E> {
        if let Some(found) = self.said.get(&number) {
            return Ok(Rc::clone(found));
        }
        let made = Rc::new(said(number)?);
        if self.said_order.len() >= MOST_SAID
            && let Some(oldest) = self.said_order.pop_front()
        {
            self.said.remove(&oldest);
        }
        self.said.insert(number, Rc::clone(&made));
        self.said_order.push_back(number);
        Ok(made)
    }
}
