//! Texts that were made ready and may be needed again soon.

use onrecord_linking::origins::{Index, Wording};
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

/// The most words of texts that are kept ready, at some sixty bytes each. Copies mostly come close together; what is
/// asked for later is made ready again.
const MOST_WORDS: usize = 2_000_000;

/// The texts asked for last, without their boilerplate.
pub(super) struct Kept<'i> {
    index: &'i Index,
    texts: BTreeMap<usize, Rc<Wording>>,
    order: VecDeque<usize>,
    words: usize,
}

impl<'i> Kept<'i> {
    pub(super) fn new(index: &'i Index) -> Self {
        Kept { index, texts: BTreeMap::new(), order: VecDeque::new(), words: 0 }
    }

    /// The text with this number.
    pub(super) fn wording<E>(
        &mut self,
        number: usize,
        text: impl FnOnce(usize) -> Result<String, E>,
    ) -> Result<Rc<Wording>, E> {
        if let Some(found) = self.texts.get(&number) {
            return Ok(Rc::clone(found));
        }
        let made = Rc::new(self.index.strip(Wording::of(&text(number)?)));
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
}
