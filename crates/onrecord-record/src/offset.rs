//! Places in a text: code points in the record, bytes inside the program, and the way between them.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A distance from the start of a text, counted in Unicode code points.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CodePoint(pub u32);

/// A distance from the start of a text or file, counted in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Byte(pub u32);

impl CodePoint {
    /// The offset as an index.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl Byte {
    /// The offset as an index into a byte slice.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A half-open stretch `[start, end)` of a text, in the unit `U`. Written in JSON as `[start, end]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span<U> {
    /// The first place inside.
    pub start: U,
    /// The first place behind.
    pub end: U,
}

impl<U: Copy + Ord> Span<U> {
    /// The stretch from `start` to `end`; an `end` before `start` makes it empty at `start`.
    pub fn new(start: U, end: U) -> Self {
        Span { start, end: end.max(start) }
    }

    /// Whether nothing lies inside.
    pub fn is_empty(&self) -> bool {
        self.end <= self.start
    }

    /// Whether the two share at least one place.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(&self, other: &Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

impl Span<Byte> {
    /// The span as a range for slicing the text it was made on.
    pub fn range(&self) -> std::ops::Range<usize> {
        self.start.index()..self.end.index()
    }
}

impl Span<CodePoint> {
    /// How many code points lie inside.
    pub fn len(&self) -> u32 {
        self.end.0.saturating_sub(self.start.0)
    }
}

impl<U: Serialize + Copy> Serialize for Span<U> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (self.start, self.end).serialize(serializer)
    }
}

impl<'de, U: Deserialize<'de> + Copy + Ord> Deserialize<'de> for Span<U> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (start, end) = <(U, U)>::deserialize(deserializer)?;
        if end < start {
            return Err(serde::de::Error::custom("a span's end lies before its start"));
        }
        Ok(Span { start, end })
    }
}

/// How many bytes lie between two counted places.
const STRIDE: usize = 64;

/// The way between byte and code-point offsets of one text: a count every 64 bytes, so that either direction costs a
/// look-up and a scan of at most 64 bytes.
#[derive(Debug, Clone)]
pub struct TextIndex<'t> {
    text: &'t str,
    /// Code points that begin before byte `i * STRIDE`; empty when the text is ASCII.
    counts: Vec<u32>,
    characters: u32,
}

impl<'t> TextIndex<'t> {
    /// Counts `text` once.
    pub fn new(text: &'t str) -> Self {
        if text.is_ascii() {
            return TextIndex { text, counts: Vec::new(), characters: text.len() as u32 };
        }
        let bytes = text.as_bytes();
        let mut counts = Vec::with_capacity(bytes.len() / STRIDE + 2);
        let mut total = 0;
        for block in bytes.chunks(STRIDE) {
            counts.push(total);
            total += count_starts(block);
        }
        counts.push(total);
        TextIndex { text, counts, characters: total }
    }

    /// The text this index counts.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// How many code points the text holds.
    pub fn characters(&self) -> u32 {
        self.characters
    }

    /// The code-point offset of a byte offset. Inside a character it is that character's successor; behind the end
    /// it is the end.
    pub fn code_point(&self, byte: Byte) -> CodePoint {
        let at = byte.index().min(self.text.len());
        if self.counts.is_empty() {
            return CodePoint(at as u32);
        }
        let block = at / STRIDE;
        CodePoint(self.counts[block] + count_starts(&self.text.as_bytes()[block * STRIDE..at]))
    }

    /// The byte offset where a code point begins; behind the end it is the end.
    pub fn byte(&self, at: CodePoint) -> Byte {
        if at.0 >= self.characters {
            return Byte(self.text.len() as u32);
        }
        if self.counts.is_empty() {
            return Byte(at.0);
        }
        let block = self.counts.partition_point(|&count| count <= at.0).saturating_sub(1);
        let mut left = at.0 - self.counts[block];
        let from = block * STRIDE;
        for (i, byte) in self.text.as_bytes()[from..].iter().enumerate() {
            if is_start(*byte) {
                if left == 0 {
                    return Byte((from + i) as u32);
                }
                left -= 1;
            }
        }
        Byte(self.text.len() as u32)
    }

    /// A byte span in code points.
    pub fn code_points(&self, span: Span<Byte>) -> Span<CodePoint> {
        Span { start: self.code_point(span.start), end: self.code_point(span.end) }
    }

    /// A code-point span in bytes.
    pub fn bytes(&self, span: Span<CodePoint>) -> Span<Byte> {
        Span { start: self.byte(span.start), end: self.byte(span.end) }
    }

    /// The characters inside a code-point span.
    pub fn slice(&self, span: Span<CodePoint>) -> &'t str {
        self.text.get(self.bytes(span).range()).unwrap_or_default()
    }
}

fn is_start(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

fn count_starts(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|byte| is_start(**byte)).count() as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn both_directions_agree_with_counting(text in "\\PC{0,200}") {
            let index = TextIndex::new(&text);
            prop_assert_eq!(index.characters() as usize, text.chars().count());
            for (n, (byte, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(index.code_point(Byte(byte as u32)), CodePoint(n as u32));
                prop_assert_eq!(index.byte(CodePoint(n as u32)), Byte(byte as u32));
            }
            prop_assert_eq!(index.byte(CodePoint(u32::MAX)).index(), text.len());
        }
    }

    #[test]
    fn a_span_is_written_as_a_pair_and_refuses_to_run_backwards() {
        let span: Span<CodePoint> = serde_json::from_str("[3,7]").unwrap();
        assert_eq!(serde_json::to_string(&span).unwrap(), "[3,7]");
        assert!(serde_json::from_str::<Span<CodePoint>>("[7,3]").is_err());
    }
}
