//! Where the words of a query stand in a text, for snippets and places. Which texts hold them, the index has told before;
//! words are folded here as it folds them.

use super::query::{Query, Words};
use crate::index::folding::{FoldedWords, folded_words};
use onrecord_record::{Byte, Span};

/// Places that are kept of one text.
const MOST_PLACES: usize = 64;

/// A query's words, folded.
#[derive(Debug)]
pub(super) struct Wanted {
    phrases: Vec<(Vec<String>, bool)>,
}

/// A word of a text, folded, with its place.
struct Token {
    folded: String,
    start: usize,
    end: usize,
}

/// Where a query's words stand in a text.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// In order of the text, the first ones.
    pub(super) places: Vec<Span<Byte>>,
}

impl Wanted {
    pub(super) fn new(query: &Query) -> Self {
        Wanted { phrases: query.words.iter().map(folded).collect() }
    }

    /// Looks for the words in `text`.
    pub(super) fn find(&self, text: &str) -> Found {
        let tokens = tokens(text);
        let mut found = Found::default();
        for at in 0..tokens.len() {
            for (phrase, beginning) in &self.phrases {
                let Some(here) = tokens.get(at..at + phrase.len()) else { continue };
                let last = phrase.len().saturating_sub(1);
                let same = here.iter().zip(phrase).enumerate().all(|(i, (token, word))| {
                    token.folded == *word
                        || (*beginning && i == last && token.folded.starts_with(word.as_str()))
                });
                if let (true, Some(first), Some(end)) = (same, here.first(), here.last()) {
                    found.places.push(Span::new(Byte(first.start as u32), Byte(end.end as u32)));
                }
            }
            if found.places.len() >= MOST_PLACES {
                break;
            }
        }
        found
    }
}

fn folded(words: &Words) -> (Vec<String>, bool) {
    (folded_words(&words.text), words.beginning)
}

fn tokens(text: &str) -> Vec<Token> {
    let mut words = FoldedWords::new(text);
    let mut tokens = Vec::new();
    while words.go_on() {
        let (folded, start, end) = words.word();
        tokens.push(Token { folded: folded.to_owned(), start, end });
    }
    tokens
}

/// A stretch of `text` around the densest of `places`, about `width` bytes, cut at words; with ellipses where it is cut.
pub(super) fn snippet(text: &str, places: &[Span<Byte>], width: usize) -> String {
    if text.len() <= width {
        return text.to_owned();
    }
    let starts: Vec<usize> = places.iter().map(|place| place.start.index()).collect();
    let within = |from: usize| starts.iter().filter(|at| (from..from + width).contains(*at)).count();
    let anchor =
        starts.iter().copied().max_by_key(|from| (within(*from), std::cmp::Reverse(*from))).unwrap_or(0);
    let from = word_start(text, anchor.saturating_sub(width / 4));
    let to = word_end(text, (from + width).min(text.len()));
    let mut out = String::with_capacity(width + 8);
    if from > 0 {
        out.push('…');
    }
    let piece = text.get(from..to).unwrap_or_default();
    out.push_str(&piece.split_whitespace().collect::<Vec<_>>().join(" "));
    if to < text.len() {
        out.push('…');
    }
    out
}

fn word_start(text: &str, at: usize) -> usize {
    let at = text.floor_char_boundary(at);
    if at == 0 {
        return 0;
    }
    let rest = text.get(at..).unwrap_or_default();
    rest.char_indices().take(40).find(|(_, c)| c.is_whitespace()).map_or(at, |(i, c)| at + i + c.len_utf8())
}

fn word_end(text: &str, at: usize) -> usize {
    let at = text.floor_char_boundary(at);
    if at == text.len() {
        return at;
    }
    let before = text.get(..at).unwrap_or_default();
    before.char_indices().rev().take(40).find(|(_, c)| c.is_whitespace()).map_or(at, |(i, _)| i)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn wanted(query: &str) -> Wanted {
        Wanted::new(&Query::parse(query).unwrap())
    }

    #[test]
    fn words_are_found_whatever_their_case_and_accents() {
        let text = "Müller said: the QUAY is shut. A müller, quays.";
        let found = wanted("muller quay* \"is shut\"").find(text);
        let words: Vec<&str> = found.places.iter().map(|place| &text[place.range()]).collect();
        assert_eq!(words, ["Müller", "QUAY", "is shut", "müller", "quays"]);
    }

    #[test]
    fn a_snippet_stands_around_what_was_found() {
        let text = format!("{} the quay is shut {}", "word ".repeat(100), "more ".repeat(100));
        let found = wanted("quay shut").find(&text);
        let snippet = snippet(&text, &found.places, 60);
        assert!(snippet.contains("quay is shut") && snippet.len() < 80, "{snippet}");
        assert!(snippet.starts_with('…') && snippet.ends_with('…'));
    }

    proptest! {
        #[test]
        fn any_text_is_survived(text in "\\PC{0,300}", width in 1usize..80) {
            let found = wanted("a be* \"c d\"").find(&text);
            for place in &found.places {
                prop_assert!(text.get(place.range()).is_some());
            }
            snippet(&text, &found.places, width);
        }
    }
}
