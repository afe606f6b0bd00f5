//! The stretches that two texts have in common word for word.

use super::words::{Word, place, shingles};
use onrecord_record::{CodePoint, Span};
use rustc_hash::FxHashMap;

/// How many words in a row make a shingle. Five are rarely the same by chance, and a changed word costs only five.
pub const SHINGLE: usize = 5;

/// The fewest words of a passage that is shown. Eight say what was copied and are no idiom.
pub(super) const SHORTEST_PASSAGE: usize = 8;

/// The most passages that are kept of a pair, the longest: nobody reads more, and a page of them says what a thousand do.
pub(super) const MOST_PASSAGES: usize = 60;

/// In how many places of the other text a passage is looked for: a word repeated a million times has a million.
const MOST_PLACES: u32 = 4;

/// No further place.
const NONE: u32 = u32::MAX;

/// A stretch of words that both texts have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    /// The first word of each.
    pub(super) from: [usize; 2],
    /// How many words it is long.
    pub(super) words: usize,
}

impl Stretch {
    /// Where it stands in one of the texts.
    pub(super) fn place(&self, words: &[Word], text: usize) -> Span<CodePoint> {
        let from = self.from.get(text).copied().unwrap_or_default();
        place(words.get(from), words.get(from + self.words.saturating_sub(1)))
    }

    /// Whether nearly all of it stands within quotation marks in the text with these words.
    pub(super) fn is_quoted(&self, words: &[Word], text: usize) -> bool {
        let from = self.from.get(text).copied().unwrap_or_default();
        let run = words.get(from..from + self.words).unwrap_or_default();
        let quoted = run.iter().filter(|word| word.quoted).count();
        quoted * 10 >= run.len() * 8
    }
}

/// The longest stretches that `b` has in common with `a`, without overlap in `b`, in the order of `a`.
pub(super) fn stretches(a: &[Word], b: &[Word]) -> Vec<Stretch> {
    let mut last: FxHashMap<u64, u32> = FxHashMap::default();
    // For each place the place before it with the same shingle.
    let mut earlier: Vec<u32> = Vec::with_capacity(a.len());
    for (at, shingle) in shingles(a, SHINGLE).enumerate() {
        earlier.push(last.insert(shingle, at as u32).unwrap_or(NONE));
    }
    let of_b: Vec<u64> = shingles(b, SHINGLE).collect();
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(shingle) = of_b.get(at) {
        let mut place = last.get(shingle).copied().unwrap_or(NONE);
        let mut best = Stretch { from: [0, at], words: 0 };
        for _ in 0..MOST_PLACES {
            let (Some(left), Some(right)) = (a.get(place as usize..), b.get(at..)) else { break };
            let words = left.iter().zip(right).take_while(|(a, b)| a.hash == b.hash).count();
            if words > best.words {
                best = Stretch { from: [place as usize, at], words };
            }
            place = earlier.get(place as usize).copied().unwrap_or(NONE);
        }
        at += best.words.max(1);
        if best.words >= SHORTEST_PASSAGE {
            found.push(best);
        }
    }
    found.sort_by_key(|stretch| (std::cmp::Reverse(stretch.words), stretch.from));
    found.truncate(MOST_PASSAGES);
    found.sort_by_key(|stretch| stretch.from);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::origins::words::words;

    fn slice(text: &str, span: Span<CodePoint>) -> &str {
        onrecord_record::TextIndex::new(text).slice(span)
    }

    #[test]
    fn what_stands_in_both_is_found_where_it_stands() {
        let a = "The harbour was shut on Monday after a storm took the outer lights away. Nobody was hurt.";
        let b = "Officials: the harbour was shut on Monday after a storm took the outer lights. More soon.";
        let (left, right) = (words(a), words(b));
        let found = stretches(&left, &right);
        assert_eq!(found.len(), 1);
        assert_eq!(
            slice(a, found[0].place(&left, 0)),
            "The harbour was shut on Monday after a storm took the outer lights"
        );
        assert_eq!(
            slice(b, found[0].place(&right, 1)),
            "the harbour was shut on Monday after a storm took the outer lights"
        );
    }

    #[test]
    fn a_word_repeated_costs_no_more_than_its_length() {
        let long = words(&"ship ".repeat(200_000));
        let found = stretches(&long, &long);
        assert!(!found.is_empty() && found.len() <= MOST_PASSAGES);
    }
}
