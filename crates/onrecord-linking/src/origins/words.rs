//! The words of a text, as numbers with their places: what everything here is compared by.

use onrecord_record::{CodePoint, Span};
use rustc_hash::{FxHashSet, FxHasher};
use serde::Deserialize;
use std::hash::Hasher;
use std::sync::LazyLock;

/// How many letters of a word tell what it is about: “announced” and “announcement” are one.
const STEM: usize = 6;

/// Letters that must be left when an ending is taken away.
const SHORTEST_STEM: usize = 3;

/// Endings that are taken away, the longest first.
const ENDINGS: [&str; 6] = ["ing", "ed", "es", "ly", "s", "e"];

/// The most characters that may stand between two quotation marks: one that is never closed must not quote the rest.
const LONGEST_QUOTATION: u32 = 4_000;

/// A run of letters and digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// The folded word.
    pub(super) hash: u64,
    /// What it is about; 0 for words that are about nothing ("the").
    pub(super) stem: u32,
    /// Where it stands.
    pub(super) start: u32,
    /// Where it ends.
    pub(super) end: u32,
    /// Which sentence it stands in, counted from 0.
    pub(super) sentence: u32,
    /// Whether it stands within quotation marks.
    pub(super) quoted: bool,
}

#[derive(Deserialize)]
struct File {
    words: String,
    /// Words that the list holds, run by a test.
    #[cfg_attr(not(test), expect(dead_code, reason = "examples are run by the tests"))]
    holds: Vec<String>,
    /// Words that it does not.
    #[cfg_attr(not(test), expect(dead_code, reason = "examples are run by the tests"))]
    fails: Vec<String>,
}

/// A file that cannot be parsed holds no word; a test sees to it that it can.
fn file() -> File {
    let none = || File { words: String::new(), holds: Vec::new(), fails: Vec::new() };
    toml::from_str(include_str!("../../../../rules/plain-words.toml")).unwrap_or_else(|_| none())
}

static PLAIN: LazyLock<FxHashSet<u64>> =
    LazyLock::new(|| file().words.split_whitespace().map(|word| hash(word.as_bytes())).collect());

/// The words of `text`, in order.
pub(super) fn words(text: &str) -> Vec<Word> {
    let plain: &FxHashSet<u64> = &PLAIN;
    let mut out: Vec<Word> = Vec::with_capacity(text.len() / 6);
    let mut marks = Marks::default();
    let mut folded = String::new();
    // Places are code points, so that nobody needs the text again to tell them.
    let mut chars = text.chars().zip(0_u32..).peekable();
    while let Some((c, at)) = chars.next() {
        if !(c.is_alphanumeric() || c == '_') {
            let next = chars.peek().map(|(next, _)| *next);
            marks.meet(c, next, at, &mut out);
            continue;
        }
        folded.clear();
        let mut end = at;
        let mut next = Some(c);
        while let Some(c) = next {
            end += 1;
            if c.is_ascii() {
                folded.push(c.to_ascii_lowercase())
            } else {
                folded.extend(c.to_lowercase())
            }
            next = chars.next_if(|(c, _)| c.is_alphanumeric() || *c == '_').map(|(c, _)| c);
        }
        let hash = hash(folded.as_bytes());
        let stem = if plain.contains(&hash) { 0 } else { stem(&folded) };
        out.push(Word { hash, stem, start: at, end, sentence: marks.sentence, quoted: marks.open.is_some() });
    }
    marks.give_up(&mut out);
    out
}

/// What is known of sentences and quotation marks on the way through a text.
#[derive(Default)]
struct Marks {
    sentence: u32,
    /// How many words stood before the sentence.
    before: usize,
    /// The place and the word behind an opening mark that is not closed yet.
    open: Option<(u32, usize)>,
}

impl Marks {
    fn meet(&mut self, c: char, next: Option<char>, at: u32, words: &mut [Word]) {
        if self.open.is_some_and(|(from, _)| at - from > LONGEST_QUOTATION) {
            self.give_up(words);
        }
        match c {
            '“' => self.open = self.open.or(Some((at, words.len()))),
            '”' => self.open = None,
            '"' if self.open.is_some() => self.open = None,
            '"' => self.open = Some((at, words.len())),
            '\n' => {
                // A paragraph ends what it began; a mark that is open there was none, or its text goes on behind another.
                self.open = None;
                self.cut(words.len());
            }
            '.' | '!' | '?' if next.is_none_or(|next| next.is_whitespace() || "”\"’')".contains(next)) => {
                self.cut(words.len());
            }
            _ => {}
        }
    }

    fn cut(&mut self, words: usize) {
        // Initials and "Mr." end no sentence.
        if words >= self.before + 3 {
            self.sentence += 1;
            self.before = words;
        }
    }

    /// What an unclosed mark seemed to quote is not quoted.
    fn give_up(&mut self, words: &mut [Word]) {
        if let Some((_, from)) = self.open.take() {
            words.iter_mut().skip(from).for_each(|word| word.quoted = false);
        }
    }
}

fn hash(folded: &[u8]) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(folded);
    hasher.finish() | 1
}

/// The beginning of a word without its ending; never 0.
fn stem(folded: &str) -> u32 {
    let ending = ENDINGS.iter().filter_map(|ending| folded.strip_suffix(ending));
    let short = ending.into_iter().find(|rest| rest.len() >= SHORTEST_STEM).unwrap_or(folded);
    let end = short.char_indices().nth(STEM).map_or(short.len(), |(at, _)| at);
    let hash = hash(short.get(..end).unwrap_or(short).as_bytes());
    ((hash >> 32) as u32 ^ hash as u32).max(1)
}

/// The hash of each run of `length` words; nothing where there are fewer.
pub(super) fn shingles(words: &[Word], length: usize) -> impl Iterator<Item = u64> + '_ {
    words.windows(length.max(1)).map(|run| run.iter().fold(0, |sum, word| mixed(sum, word.hash)))
}

/// Two numbers as one, by which their order counts.
pub(super) fn mixed(sum: u64, next: u64) -> u64 {
    let sum = (sum.rotate_left(23) ^ next).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    sum ^ (sum >> 29)
}

/// Where the words from `first` to `last` stand.
pub(super) fn place(first: Option<&Word>, last: Option<&Word>) -> Span<CodePoint> {
    let start = first.map_or(0, |word| word.start);
    Span::new(CodePoint(start), CodePoint(last.map_or(start, |word| word.end)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_holds_its_examples() {
        let file = file();
        assert!(!file.holds.is_empty());
        for (words, plain) in [(&file.holds, true), (&file.fails, false)] {
            for word in words {
                assert_eq!(PLAIN.contains(&hash(word.as_bytes())), plain, "{word}");
            }
        }
    }

    #[test]
    fn words_are_folded_and_stand_where_they_stand() {
        let text = "Ötzi’s ferry, “the FERRY”. Ferries";
        let index = onrecord_record::TextIndex::new(text);
        let found: Vec<&str> = words(text).iter().map(|w| index.slice(place(Some(w), Some(w)))).collect();
        assert_eq!(found, ["Ötzi", "s", "ferry", "the", "FERRY", "Ferries"]);
        let found = words(text);
        assert_eq!(found[2].hash, found[4].hash);
        assert_eq!(
            found.iter().map(|word| word.quoted).collect::<Vec<_>>(),
            [false, false, false, true, true, false]
        );
        assert_eq!(found[3].stem, 0);
    }

    #[test]
    fn sentences_end_and_open_marks_quote_nothing() {
        let found = words("The quay is shut. \"It opens on Monday, he said.\n\nNobody came there.");
        assert!(found.iter().all(|word| word.sentence <= 2));
        assert_eq!(found.last().map(|word| (word.sentence, word.quoted)), Some((2, false)));
        let twice = words("one two three four one two three four");
        let runs: Vec<u64> = shingles(&twice, 4).collect();
        assert_eq!((runs.len(), runs[0] == runs[4], runs[0] == runs[1]), (5, true, false));
        assert_eq!(shingles(&twice, 9).count(), 0);
    }
}
