//! A text made ready to be held against others.

use super::stretches::SHINGLE;
use super::words::{Word, mixed, shingles, words};

/// How far apart two words about something may stand, counted in such words, to make a pair: a substituted word then
/// breaks the pairs it stands in and not those across it.
const REACH: usize = 2;

/// A text by its words, shingles and sentences. It costs some sixty bytes a word, so none are kept in bulk: an
/// [`Index`](super::Index) keeps what it needs.
#[derive(Clone, Debug, Default)]
pub struct Wording {
    pub(super) words: Vec<Word>,
    /// All different shingles, in order of their hashes.
    pub(super) shingles: Vec<u64>,
    /// The same without boilerplate; none where there is none.
    pub(super) own: Option<Vec<u64>>,
    /// Those that stand wholly outside quotation marks.
    pub(super) open: Vec<u64>,
    /// Those that stand wholly inside.
    pub(super) quoted: Vec<u64>,
    /// Pairs of neighbouring words that are about something, outside quotation marks.
    pub(super) pairs: Vec<u64>,
    pub(super) sentences: Vec<Sentence>,
}

/// A sentence by what it is about.
#[derive(Clone, Debug, Default)]
pub(super) struct Sentence {
    /// Its first word and the word behind it.
    pub(super) from: usize,
    pub(super) to: usize,
    /// The different stems outside quotation marks, in order.
    pub(super) stems: Vec<u32>,
}

impl Wording {
    /// Makes `text` ready.
    pub fn of(text: &str) -> Wording {
        Wording::of_words(words(text))
    }

    fn of_words(words: Vec<Word>) -> Wording {
        let sentences: Vec<Sentence> = sentences(&words);
        let mut all = Vec::with_capacity(words.len());
        let (mut open, mut quoted) = (Vec::new(), Vec::new());
        for (run, shingle) in words.windows(SHINGLE).zip(shingles(&words, SHINGLE)) {
            all.push(shingle);
            match run.iter().filter(|word| word.quoted).count() {
                0 => open.push(shingle),
                SHINGLE => quoted.push(shingle),
                _ => {}
            }
        }
        let pairs = pairs(&words);
        let [shingles, open, quoted, pairs] = [all, open, quoted, pairs].map(sorted);
        Wording { words, shingles, own: None, open, quoted, pairs, sentences }
    }

    /// The text without the words that `stripped` marks; how much of it another text has is still counted over the whole.
    pub(super) fn without(self, stripped: &[bool]) -> Wording {
        let kept = self.words.iter().zip(stripped).filter(|(_, stripped)| !**stripped);
        let kept = Wording::of_words(kept.map(|(word, _)| *word).collect());
        Wording { own: Some(kept.shingles), shingles: self.shingles, ..kept }
    }

    /// The shingles that are no boilerplate.
    pub(super) fn own(&self) -> &[u64] {
        self.own.as_deref().unwrap_or(&self.shingles)
    }

    /// How many words the text has, boilerplate aside.
    pub fn words(&self) -> usize {
        self.words.len()
    }
}

fn sorted(mut hashes: Vec<u64>) -> Vec<u64> {
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

fn sentences(words: &[Word]) -> Vec<Sentence> {
    let mut from = 0;
    let runs = words.chunk_by(|a, b| a.sentence == b.sentence);
    runs.map(|run| {
        let open = run.iter().filter(|word| word.stem != 0 && !word.quoted);
        let mut stems: Vec<u32> = open.map(|word| word.stem).collect();
        stems.sort_unstable();
        stems.dedup();
        let sentence = Sentence { from, to: from + run.len(), stems };
        from += run.len();
        sentence
    })
    .collect()
}

/// The pairs, in either order of their words one pair: a rewriter turns "the quay’s owner" into "the owner of the quay".
fn pairs(words: &[Word]) -> Vec<u64> {
    let about: Vec<&Word> = words.iter().filter(|word| word.stem != 0 && !word.quoted).collect();
    let mut out = Vec::with_capacity(about.len() * REACH);
    for (at, word) in about.iter().enumerate() {
        for other in about.iter().skip(at + 1).take(REACH) {
            if other.sentence == word.sentence && other.stem != word.stem {
                let (low, high) = (word.stem.min(other.stem), word.stem.max(other.stem));
                out.push(mixed(u64::from(low), u64::from(high)));
            }
        }
    }
    out
}

/// How many numbers two ordered lists have in common.
pub(super) fn common(a: &[u64], b: &[u64]) -> usize {
    let (mut a, mut b, mut both) = (a.iter().peekable(), b.iter().peekable(), 0);
    while let (Some(x), Some(y)) = (a.peek(), b.peek()) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => _ = a.next(),
            std::cmp::Ordering::Greater => _ = b.next(),
            std::cmp::Ordering::Equal => (both, _, _) = (both + 1, a.next(), b.next()),
        }
    }
    both
}

/// The share of the shorter list that the other has too.
pub(super) fn containment(a: &[u64], b: &[u64]) -> f32 {
    let shorter = a.len().min(b.len());
    if shorter == 0 { 0.0 } else { common(a, b) as f32 / shorter as f32 }
}
