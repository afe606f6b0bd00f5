//! Bytes become characters, each with the bytes it came from.

use crate::map::EvidenceMap;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE};
use onrecord_record::{Byte, CodePoint, Span, TextIndex};
use std::borrow::Cow;

/// Decoded characters with the way back to their bytes.
pub(crate) struct Decoded<'b> {
    /// The characters, byte-order mark and line ends included.
    pub(crate) text: Cow<'b, str>,
    /// What the reader of the record must know about the decoding.
    pub(crate) warnings: Vec<String>,
    /// None for UTF-8, where a byte of the text is the same byte of the evidence.
    way: Option<EvidenceMap>,
}

impl Decoded<'_> {
    /// The map from the whole text to its bytes.
    pub(crate) fn map(&self) -> EvidenceMap {
        self.way.clone().unwrap_or_else(|| EvidenceMap::of_utf8(&self.text, 0))
    }

    /// Whether the text's bytes are the evidence's bytes.
    pub(crate) fn is_identity(&self) -> bool {
        self.way.is_none()
    }

    /// Something that turns byte ranges of the decoded text into byte ranges of the evidence.
    pub(crate) fn way(&self) -> Way<'_> {
        Way { map: self.way.as_ref(), index: self.way.is_some().then(|| TextIndex::new(&self.text)) }
    }
}

/// Turns byte ranges of a decoded text into byte ranges of its evidence.
pub(crate) struct Way<'d> {
    map: Option<&'d EvidenceMap>,
    index: Option<TextIndex<'d>>,
}

impl Way<'_> {
    /// The evidence bytes of `start..end` of the decoded text.
    pub(crate) fn evidence(&self, start: usize, end: usize) -> (usize, usize) {
        let (Some(map), Some(index)) = (self.map, &self.index) else { return (start, end) };
        let at = |byte: usize| index.code_point(Byte(byte as u32));
        let span: Span<CodePoint> = Span::new(at(start), at(end));
        map.evidence(span).map_or((0, 0), |found| (found.start.index(), found.end.index()))
    }
}

/// Decodes `bytes`: by byte-order mark, as UTF-8 where that is valid or nearly so, by the encoding the document
/// `declares`, else by a guess. Never fails: what cannot be decoded becomes U+FFFD and is counted in a warning.
pub(crate) fn decode<'b>(bytes: &'b [u8], declared: Option<&str>) -> Decoded<'b> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes).filter(|(encoding, _)| *encoding != UTF_8) {
        return by_encoding(bytes, encoding, None);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Decoded { text: Cow::Borrowed(text), warnings: Vec::new(), way: None };
    }
    if bytes.starts_with(b"\xEF\xBB\xBF") || is_nearly_utf8(bytes) {
        return by_encoding(bytes, UTF_8, None);
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return by_encoding(bytes, encoding, Some("has no byte-order mark"));
    }
    if let Some(encoding) = declared.and_then(|label| Encoding::for_label(label.as_bytes())) {
        // A page that can be read for its declaration is not UTF-16, whatever it declares.
        if ![UTF_8, UTF_16LE, UTF_16BE].contains(&encoding) {
            return by_encoding(bytes, encoding, None);
        }
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    // A megabyte tells as much as the whole.
    detector.feed(bytes.get(..1 << 20).unwrap_or(bytes), true);
    by_encoding(bytes, detector.guess(None, Utf8Detection::Deny), Some("names no encoding"))
}

/// Whether damaged UTF-8 explains the bytes better than an older encoding does: characters of several bytes far
/// outnumber the bad places.
fn is_nearly_utf8(bytes: &[u8]) -> bool {
    let (mut bad, mut long) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        long += chunk.valid().bytes().filter(|byte| *byte >= 0xC0).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    long > bad * 4
}

/// UTF-16 shows in Western text as a NUL in every second place.
pub(crate) fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..4096).unwrap_or(bytes);
    let nuls = |odd: usize| head.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, pairs) = (nuls(0), nuls(1), head.len() / 2);
    if pairs < 8 || bytes.len() % 2 == 1 {
        None
    } else if odd * 10 > pairs * 7 && even * 20 < pairs {
        Some(UTF_16LE)
    } else if even * 10 > pairs * 7 && odd * 20 < pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

fn by_encoding<'b>(bytes: &'b [u8], encoding: &'static Encoding, guessed: Option<&str>) -> Decoded<'b> {
    let mut out =
        Stepwise { text: String::with_capacity(bytes.len()), map: EvidenceMap::default(), replaced: false };
    out.run(bytes, encoding.new_decoder_without_bom_handling());
    let mut warnings = Vec::new();
    if let Some(why) = guessed {
        warnings.push(format!("The file {why}; it was read as {}.", encoding.name()));
    } else if encoding != UTF_8 {
        warnings.push(format!("The file is not UTF-8; it was read as {}.", encoding.name()));
    }
    let bad = out.text.matches('\u{FFFD}').count();
    if out.replaced {
        let places = if bad == 1 { "place is" } else { "places are" };
        let name = encoding.name();
        warnings.push(format!("{bad} {places} not valid {name} and became U+FFFD."));
    }
    Decoded { text: Cow::Owned(out.text), warnings, way: Some(out.map) }
}

/// Feeds a decoder byte by byte, so that each character is seen together with the bytes that completed it.
struct Stepwise {
    text: String,
    map: EvidenceMap,
    /// Whether anything became U+FFFD.
    replaced: bool,
}

impl Stepwise {
    fn run(&mut self, bytes: &[u8], mut decoder: Decoder) {
        // Bytes before this one belong to characters already written.
        let mut taken = 0;
        for (at, byte) in bytes.iter().enumerate() {
            let made = self.step(&mut decoder, std::slice::from_ref(byte), false);
            match made {
                0 => {}
                // What came before was given up on; only the last character comes from this byte.
                2.. if taken < at => {
                    self.map.push(made - 1, taken, at - taken);
                    self.map.push(1, at, 1);
                    taken = at + 1;
                }
                _ => {
                    self.map.push(made, taken, at + 1 - taken);
                    taken = at + 1;
                }
            }
        }
        let made = self.step(&mut decoder, &[], true);
        self.map.push(made, taken, bytes.len() - taken);
    }

    /// How many characters the decoder wrote on being given `input`.
    fn step(&mut self, decoder: &mut Decoder, mut input: &[u8], last: bool) -> u32 {
        let from = self.text.len();
        let mut buffer = [0u8; 64];
        loop {
            let (result, read, written, replaced) = decoder.decode_to_utf8(input, &mut buffer, last);
            self.replaced |= replaced;
            let made = buffer.get(..written).and_then(|made| std::str::from_utf8(made).ok());
            self.text.push_str(made.unwrap_or_default());
            input = input.get(read..).unwrap_or_default();
            if result == CoderResult::InputEmpty || (read == 0 && written == 0) {
                break;
            }
        }
        self.text.get(from..).map_or(0, |made| made.chars().count() as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn each_character_of_an_older_encoding_has_exactly_its_bytes(
            text in "[a-z \n“”éあ港口フェリー中Ж]{1,60}",
            which in 0usize..8,
        ) {
            let labels = ["shift_jis", "euc-jp", "gbk", "gb18030", "big5", "windows-1252", "koi8-r", "euc-kr"];
            let encoding = Encoding::for_label(labels[which].as_bytes()).unwrap();
            // What the encoding lacks is left out.
            let text: String = text.chars().filter(|c| !encoding.encode(&c.to_string()).2).collect();
            let (bytes, _, _) = encoding.encode(&text);
            let decoded = by_encoding(&bytes, encoding, None);
            prop_assert_eq!(&decoded.text, &text);
            let map = decoded.map();
            for (at, character) in text.chars().enumerate() {
                let span = Span::new(CodePoint(at as u32), CodePoint(at as u32 + 1));
                let (again, _) = encoding.decode_without_bom_handling(&bytes[map.evidence(span).unwrap().range()]);
                prop_assert_eq!(again, character.to_string());
            }
        }
    }

    #[test]
    fn what_cannot_be_decoded_is_counted() {
        let decoded = by_encoding(b"a\x81\xff\x81b", Encoding::for_label(b"shift_jis").unwrap(), None);
        let bad = decoded.text.matches('\u{FFFD}').count();
        assert!(
            bad > 0 && decoded.warnings[1].starts_with(&format!("{bad} place")),
            "{:?}",
            decoded.warnings
        );
        let map = decoded.map();
        assert_eq!(map.pieces().last().unwrap().1.end.index(), 5);
    }

    #[test]
    fn damaged_utf8_stays_utf8() {
        let mut bytes = "“Spät” – “früh” – “später”".as_bytes().to_vec();
        bytes.truncate(bytes.len() - 1);
        let decoded = decode(&bytes, None);
        assert!(decoded.text.ends_with("“später\u{FFFD}"), "{}", decoded.text);
    }
}
