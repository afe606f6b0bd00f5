//! Texts and records made small, and made large again exactly as they were.
//!
//! A text is a Zstandard frame with a dictionary of news that we wrote. A record is one too; its dictionary is lines of a
//! record, and behind them the text, written as the JSON string that stands in the record's first line: what the record
//! says of the text is text, so almost nothing is stored twice.

use std::cell::RefCell;
use std::io;
use std::sync::LazyLock;
use zstd::bulk::{Compressor, Decompressor};
use zstd::dict::DecoderDictionary;
use zstd::zstd_safe::get_frame_content_size;

/// What texts are packed with. It never changes: without it no text of any case can be read.
const TEXTS: &[u8] = include_bytes!("../../../docs/case/text-dictionary.txt");

/// What stands before the text in the dictionary of a record. It never changes either.
const RECORDS: &[u8] = include_bytes!("../../../docs/case/record-dictionary.txt");

/// More gains a twentieth and takes thrice the time.
const LEVEL: i32 = 9;

/// No text or record comes near it; a damaged length must not ask for all memory.
const LARGEST: u64 = 1 << 30;

/// Makes a text small.
///
/// # Errors
/// When memory is short.
pub(crate) fn pack_text(text: &str) -> io::Result<Vec<u8>> {
    Compressor::with_dictionary(LEVEL, TEXTS)?.compress(text.as_bytes())
}

/// The text again.
///
/// # Errors
/// When these are not the bytes of a packed text.
pub(crate) fn unpack_text(bytes: &[u8]) -> io::Result<String> {
    static PREPARED: LazyLock<DecoderDictionary<'static>> = LazyLock::new(|| DecoderDictionary::copy(TEXTS));
    thread_local! {
        /// What texts are unpacked with on this thread: to make it takes as long as to unpack one.
        static TEXT: RefCell<Option<Decompressor<'static>>> = const { RefCell::new(None) };
    }
    let length = length(bytes)?;
    let bytes = TEXT.with_borrow_mut(|kept| {
        let unpacking = match kept {
            Some(kept) => kept,
            none => none.insert(Decompressor::with_prepared_dictionary(&PREPARED)?),
        };
        unpacking.decompress(bytes, length)
    })?;
    String::from_utf8(bytes).map_err(|_| io::Error::other("a text is not UTF-8"))
}

/// Makes the lines of a record small, which are tied to `text`.
///
/// # Errors
/// When memory is short.
pub(crate) fn pack_record(lines: &[u8], text: &str) -> io::Result<Vec<u8>> {
    Compressor::with_dictionary(LEVEL, &dictionary(text)?)?.compress(lines)
}

/// The lines again.
///
/// # Errors
/// When these are not the bytes of a packed record of this text.
pub(crate) fn unpack_record(bytes: &[u8], text: &str) -> io::Result<Vec<u8>> {
    thread_local! {
        /// The same for records, each with a dictionary of its own.
        static RECORD: RefCell<Option<Decompressor<'static>>> = const { RefCell::new(None) };
    }
    let (length, dictionary) = (length(bytes)?, dictionary(text)?);
    RECORD.with_borrow_mut(|kept| {
        let unpacking = match kept {
            Some(kept) => kept,
            none => none.insert(Decompressor::new()?),
        };
        unpacking.set_dictionary(&dictionary)?;
        unpacking.decompress(bytes, length)
    })
}

fn dictionary(text: &str) -> io::Result<Vec<u8>> {
    let mut dictionary = RECORDS.to_vec();
    serde_json::to_writer(&mut dictionary, text)?;
    Ok(dictionary)
}

fn length(frame: &[u8]) -> io::Result<usize> {
    let damaged = || io::Error::other("what was packed is damaged");
    let length = get_frame_content_size(frame).ok().flatten().ok_or_else(damaged)?;
    if length > LARGEST { Err(damaged()) } else { Ok(length as usize) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_was_packed_comes_back(text in "\\PC{0,300}", lines in proptest::collection::vec(any::<u8>(), 0..400)) {
            prop_assert_eq!(unpack_text(&pack_text(&text).unwrap()).unwrap(), text.clone());
            prop_assert_eq!(unpack_record(&pack_record(&lines, &text).unwrap(), &text).unwrap(), lines);
        }

        #[test]
        fn damaged_bytes_are_refused_and_harm_nothing(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = unpack_text(&bytes);
            let _ = unpack_record(&bytes, "a text");
        }
    }

    #[test]
    fn the_dictionaries_are_what_they_always_were() {
        let hash = |bytes| onrecord_record::Sha256::of(bytes).to_string();
        assert_eq!(hash(TEXTS), "6167bf3470255c14d4b5e5a076d2ef06e398045eed73db2e3dc30e45d15f4353");
        assert_eq!(hash(RECORDS), "2a915a0d53d0b6c576b89ff7c850a43d026347b80a6a9463de125016dab05e6f");
    }

    #[test]
    fn the_text_costs_next_to_nothing_in_its_record() {
        let words = (0..400u32).map(|i| format!("w{}\n“q”", i.wrapping_mul(2_654_435_761)));
        let text = words.collect::<Vec<_>>().join(" ");
        let lines = format!("{{\"type\":\"document\",\"text\":{}}}\n", serde_json::to_string(&text).unwrap());
        let packed = pack_record(lines.as_bytes(), &text).unwrap();
        assert!(packed.len() < 100, "{}", packed.len());
    }
}
