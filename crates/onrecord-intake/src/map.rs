//! The way from the characters of a document's text to the bytes of its evidence file.

use onrecord_record::{Byte, CodePoint, Span};

/// Maps code-point spans of a document's text to byte spans of the evidence file.
///
/// The map is a list of runs in the order of the text. Characters without bytes of their own (the break between two
/// paragraphs of a page) lie in no run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EvidenceMap {
    runs: Vec<Run>,
    characters: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    /// The first code point.
    text: u32,
    /// How many code points.
    characters: u32,
    /// The first byte.
    byte: u32,
    /// Bytes of each code point, or of all of them together when `whole`.
    width: u32,
    /// Whether the code points share their bytes, as the two of "&fjlig;" do.
    whole: bool,
}

impl Run {
    fn end(&self) -> u32 {
        self.text + self.characters
    }

    fn bytes(&self) -> u32 {
        if self.whole { self.width } else { self.width.saturating_mul(self.characters) }
    }

    fn start_of(&self, at: u32) -> u32 {
        if self.whole { self.byte } else { self.byte + (at - self.text) * self.width }
    }

    fn end_of(&self, at: u32) -> u32 {
        if self.whole { self.byte + self.width } else { self.byte + (at - self.text) * self.width }
    }
}

impl EvidenceMap {
    /// The bytes a stretch of the text was made from, from its first mapped character to its last. None where the
    /// stretch is empty, lies behind the text, or holds nothing that stands in the evidence file.
    pub fn evidence(&self, span: Span<CodePoint>) -> Option<Span<Byte>> {
        let (start, end) = (span.start.0, span.end.0.min(self.characters));
        let first = self.runs.partition_point(|run| run.end() <= start);
        let behind = self.runs.partition_point(|run| run.text < end);
        if start >= end || first >= behind {
            return None;
        }
        let (first, last) = (self.runs.get(first)?, self.runs.get(behind - 1)?);
        let from = first.start_of(start.max(first.text));
        let to = last.end_of(end.min(last.end()));
        Some(Span::new(Byte(from), Byte(to)))
    }

    /// The pieces of the map in order: within one piece every character takes the same number of bytes, or all of
    /// them share the piece's bytes.
    pub fn pieces(&self) -> impl Iterator<Item = (Span<CodePoint>, Span<Byte>)> + '_ {
        self.runs.iter().map(|run| {
            (
                Span::new(CodePoint(run.text), CodePoint(run.end())),
                Span::new(Byte(run.byte), Byte(run.byte.saturating_add(run.bytes()))),
            )
        })
    }

    /// How many code points the mapped text has.
    pub fn characters(&self) -> u32 {
        self.characters
    }

    /// Whether no character is mapped, as for evidence of more than 4 GB.
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// The map of UTF-8 text that stands in the evidence at `byte` as it is.
    pub(crate) fn of_utf8(text: &str, byte: usize) -> Self {
        let mut map = EvidenceMap::default();
        map.push_utf8(text, byte);
        map
    }

    /// Appends characters that stand in the evidence at `byte` as they are.
    pub(crate) fn push_utf8(&mut self, text: &str, byte: usize) {
        let mut at = byte;
        for character in text.chars() {
            self.push(1, at, character.len_utf8());
            at += character.len_utf8();
        }
    }

    /// Appends characters that were together made from the `width` bytes at `byte`.
    pub(crate) fn push(&mut self, characters: u32, byte: usize, width: usize) {
        let text = self.characters;
        self.characters = self.characters.saturating_add(characters);
        let (Ok(byte), Ok(width)) = (u32::try_from(byte), u32::try_from(width)) else { return };
        if characters == 0 || byte.checked_add(width).is_none() {
            return;
        }
        if let Some(last) = self.runs.last_mut() {
            let follows = last.end() == text && last.byte + last.bytes() == byte;
            if follows && characters == 1 && !last.whole && last.width == width {
                last.characters += 1;
                return;
            }
        }
        self.runs.push(Run { text, characters, byte, width, whole: characters > 1 });
    }

    /// Appends characters that the evidence does not hold.
    pub(crate) fn push_unmapped(&mut self, characters: u32) {
        self.characters = self.characters.saturating_add(characters);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(start: u32, end: u32) -> Span<CodePoint> {
        Span::new(CodePoint(start), CodePoint(end))
    }

    #[test]
    fn each_character_has_its_own_bytes() {
        let map = EvidenceMap::of_utf8("a“é”b", 10);
        assert_eq!(map.evidence(span(1, 2)), Some(Span::new(Byte(11), Byte(14))));
        assert_eq!(map.evidence(span(2, 4)), Some(Span::new(Byte(14), Byte(19))));
        assert_eq!(map.evidence(span(0, 99)), Some(Span::new(Byte(10), Byte(20))));
        assert_eq!(map.evidence(span(2, 2)), None);
        assert_eq!(map.evidence(span(7, 9)), None);
    }

    #[test]
    fn a_break_between_pieces_is_stepped_over() {
        let mut map = EvidenceMap::of_utf8("ab", 3);
        map.push_unmapped(2);
        map.push(2, 20, 7);
        assert_eq!(map.evidence(span(2, 4)), None);
        assert_eq!(map.evidence(span(1, 5)), Some(Span::new(Byte(4), Byte(27))));
        assert_eq!(map.characters(), 6);
    }
}
