//! Words into pieces of a fixed vocabulary: the WordPiece scheme (Schuster & Nakajima 2012) of uncased BERT models.
//!
//! Works on single tokens that are already parted from their neighbours; folds case and strips the accents of
//! letters first, as those models' own tokenisers do.

use rustc_hash::FxHashMap;

/// The most pieces one token is cut into; what is left of a longer one is dropped.
pub const MOST_PIECES: usize = 6;

/// A vocabulary of word beginnings and continuations.
#[derive(Debug)]
pub struct WordPiece {
    starts: FxHashMap<Box<str>, u32>,
    continuations: FxHashMap<Box<str>, u32>,
    unknown: u32,
    longest: usize,
}

impl WordPiece {
    /// Reads a vocabulary of one entry a line, where `##` marks a continuation; the id is the line's number from 0.
    pub fn new(vocabulary: &str) -> Self {
        let mut piece = WordPiece {
            starts: FxHashMap::default(),
            continuations: FxHashMap::default(),
            unknown: 0,
            longest: 1,
        };
        for (id, entry) in vocabulary.lines().enumerate() {
            let id = id as u32;
            match entry.strip_prefix("##") {
                Some(rest) if !rest.is_empty() => piece.continuations.insert(rest.into(), id),
                _ => piece.starts.insert(entry.into(), id),
            };
            piece.longest = piece.longest.max(entry.len());
            if entry == "[UNK]" {
                piece.unknown = id;
            }
        }
        piece
    }

    /// Appends the pieces of `word` to `out`: at least one, at most [`MOST_PIECES`]. `scratch` is reused between
    /// calls for the folded form.
    pub fn cut(&self, word: &str, scratch: &mut String, out: &mut Vec<u32>) {
        scratch.clear();
        fold(word, scratch);
        if let Some(id) = self.starts.get(scratch.as_str()) {
            out.push(*id);
            return;
        }
        let first = out.len();
        let mut at = 0;
        while at < scratch.len() && out.len() - first < MOST_PIECES {
            let table = if at == 0 { &self.starts } else { &self.continuations };
            let mut end = floor_boundary(scratch, (at + self.longest).min(scratch.len()));
            let found = loop {
                if end <= at {
                    break None;
                }
                if let Some(id) = table.get(&scratch[at..end]) {
                    break Some((*id, end));
                }
                end = floor_boundary(scratch, end - 1);
            };
            match found {
                Some((id, end)) => {
                    out.push(id);
                    at = end;
                }
                None => {
                    out.truncate(first);
                    break;
                }
            }
        }
        if out.len() == first {
            out.push(self.unknown);
        }
    }

    /// The pieces of a whole text, in the place of what `out` held: runs of letters and digits, and every other visible
    /// character by itself.
    pub fn cut_text(&self, text: &str, scratch: &mut String, out: &mut Vec<u32>) {
        out.clear();
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let length =
                if is_word(c) { rest.find(|c| !is_word(c)).unwrap_or(rest.len()) } else { c.len_utf8() };
            let (word, behind) = rest.split_at(length);
            if !c.is_whitespace() && !c.is_control() {
                self.cut(word, scratch, out);
            }
            rest = behind;
        }
    }
}

/// The last character boundary at or before `at`.
fn floor_boundary(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0)
}

/// Small letters without accents. Words are short; more than 100 characters are not looked at.
fn fold(word: &str, out: &mut String) {
    if word.is_ascii() {
        out.extend(word.chars().take(100).map(|c| c.to_ascii_lowercase()));
        return;
    }
    for c in word.chars().take(100) {
        match c {
            '’' | '‘' => out.push('\''),
            '“' | '”' | '„' => out.push('"'),
            '–' | '—' | '―' => out.push('-'),
            _ => c.to_lowercase().for_each(|c| out.push(strip_accent(c))),
        }
    }
}

/// The base letter of the accented Latin letters; other characters as they are.
fn strip_accent(c: char) -> char {
    match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' | 'ǎ' => 'a',
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => 'c',
        'ď' => 'd',
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => 'e',
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => 'g',
        'ĥ' => 'h',
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' => 'i',
        'ĵ' => 'j',
        'ķ' => 'k',
        'ĺ' | 'ļ' | 'ľ' => 'l',
        'ñ' | 'ń' | 'ņ' | 'ň' => 'n',
        'ò'..='ö' | 'ō' | 'ŏ' | 'ő' | 'ǒ' => 'o',
        'ŕ' | 'ŗ' | 'ř' => 'r',
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => 's',
        'ţ' | 'ť' | 'ț' => 't',
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => 'u',
        'ŵ' => 'w',
        'ý' | 'ÿ' | 'ŷ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(word: &str) -> Vec<u32> {
        let piece = WordPiece::new("[UNK]\nharbour\nhar\n##bour\n##s\ne\n##m\n##ile\n-");
        let (mut scratch, mut out) = (String::new(), Vec::new());
        piece.cut(word, &mut scratch, &mut out);
        out
    }

    #[test]
    fn the_longest_beginning_first() {
        assert_eq!(cut("Harbour"), [1]);
        assert_eq!(cut("harbours"), [1, 4]);
        assert_eq!(cut("Émile"), [5, 6, 7]);
        assert_eq!(cut("—"), [8]);
    }

    #[test]
    fn a_text_is_cut_word_by_word() {
        let piece = WordPiece::new("[UNK]\nharbour\nhar\n##bour\n##s\ne\n-");
        let (mut scratch, mut out) = (String::new(), vec![7]);
        piece.cut_text(" Harbours - e\n?", &mut scratch, &mut out);
        assert_eq!(out, [1, 4, 6, 5, 0]);
    }

    #[test]
    fn a_word_with_an_unknown_part_is_unknown() {
        assert_eq!(cut("harx"), [0]);
        assert_eq!(cut("語"), [0]);
        assert_eq!(cut(&"s".repeat(10_000)), [0]);
    }
}
