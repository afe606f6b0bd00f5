//! Finding the pieces of text that golden files name.

use std::fmt;

/// Finds pieces in one text. Runs of white space count as one space, on both sides.
///
/// A piece is an exact part of the text. `words#2` is the second place where the characters `words` occur, inside
/// longer words too; without a number there must be exactly one such place.
#[derive(Clone, Debug)]
pub struct PieceFinder {
    /// The text's characters with white space collapsed.
    characters: Vec<char>,
    /// For each of them its place in the text, in code points.
    places: Vec<u32>,
}

/// A piece that names no place, or too many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PieceError {
    /// The piece.
    pub piece: String,
    /// How often its words occur.
    pub occurs: usize,
}

impl fmt::Display for PieceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.occurs {
            0 => write!(f, "the piece {:?} is not in the text", self.piece),
            1 => write!(f, "the words of the piece {:?} occur once in the text", self.piece),
            n => write!(f, "the words of the piece {:?} occur {n} times in the text", self.piece),
        }
    }
}

impl std::error::Error for PieceError {}

impl PieceFinder {
    /// For pieces of `text`.
    pub fn new(text: &str) -> Self {
        let mut finder = PieceFinder { characters: Vec::new(), places: Vec::new() };
        for (place, c) in text.chars().enumerate() {
            let c = if c.is_whitespace() { ' ' } else { c };
            if c != ' ' || finder.characters.last() != Some(&' ') {
                finder.characters.push(c);
                finder.places.push(place as u32);
            }
        }
        finder
    }

    /// Where `piece` stands, in code points, half-open.
    pub fn find(&self, piece: &str) -> Result<(u32, u32), PieceError> {
        let (words, number) = numbered(piece);
        let found = self.occurrences(words);
        let error = || PieceError { piece: piece.to_owned(), occurs: found.len() };
        match number {
            Some(number) => found.get(number.wrapping_sub(1)).copied().ok_or_else(error),
            None if found.len() == 1 => Ok(found[0]),
            None => Err(error()),
        }
    }

    /// Whether the words stand anywhere.
    pub fn holds(&self, words: &str) -> Result<(), PieceError> {
        let words = numbered(words).0;
        if self.occurrences(words).is_empty() {
            return Err(PieceError { piece: words.to_owned(), occurs: 0 });
        }
        Ok(())
    }

    /// Every place where the words stand.
    pub fn occurrences(&self, words: &str) -> Vec<(u32, u32)> {
        let words: Vec<char> = PieceFinder::new(words.trim()).characters;
        if words.is_empty() {
            return Vec::new();
        }
        let ends = |at: usize| (self.places[at], self.places[at + words.len() - 1] + 1);
        let starts = self.characters.windows(words.len()).enumerate();
        starts.filter(|(_, window)| *window == words).map(|(at, _)| ends(at)).collect()
    }
}

/// A piece without its number, and the number.
fn numbered(piece: &str) -> (&str, Option<usize>) {
    match piece.rsplit_once('#').map(|(words, number)| (words, number.parse())) {
        Some((words, Ok(number))) => (words, Some(number)),
        _ => (piece, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_part_of_a_text_is_found_where_it_stands(text in "[ab# \n\u{e9}]{40,60}", from in 0usize..40, len in 1usize..9) {
            let cut: String = text.chars().skip(from).take(len).collect();
            let (part, from) = (cut.trim(), from + cut.chars().take_while(|c| c.is_whitespace()).count());
            prop_assume!(!part.is_empty());
            let places = PieceFinder::new(&text).occurrences(part);
            prop_assert!(places.contains(&(from as u32, (from + part.chars().count()) as u32)));
        }
    }

    #[test]
    fn pieces_are_found_whatever_the_white_space() {
        let finder = PieceFinder::new("Ö the\n\n quay, the the  quay");
        assert_eq!(finder.find("the quay,"), Ok((2, 13)));
        assert_eq!(finder.find("the  quay#2"), Ok((18, 27)));
        assert_eq!(finder.find("Ö"), Ok((0, 1)));
    }

    #[test]
    fn a_piece_must_name_one_place() {
        let finder = PieceFinder::new("others, the other");
        assert_eq!(finder.find("the").unwrap_err().occurs, 3);
        assert_eq!(finder.find("the#3"), Ok((13, 16)));
        assert_eq!(finder.find("the#4").unwrap_err().occurs, 3);
        assert_eq!(finder.find("the#0").unwrap_err().occurs, 3);
        assert_eq!(finder.find("quay").unwrap_err().occurs, 0);
        assert_eq!(finder.find("").unwrap_err().occurs, 0);
        assert!(finder.holds("other").is_ok() && finder.holds("mother").is_err());
    }
}
