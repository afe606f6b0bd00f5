//! What kind of evidence file some bytes are, told by the bytes and, where those leave it open, by the name.

use crate::charset::utf16_without_mark;
use encoding_rs::Encoding;

/// The kinds of evidence file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Html,
    JsonLines,
    /// One JSON value over several lines.
    Json,
    /// Something with a name that is not read ("a PDF").
    Other(&'static str),
}

const SIGNATURES: &[(&[u8], &str)] = &[
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip archive or an Office document"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "an old Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"\xFF\xD8\xFF", "a JPEG picture"),
    (b"GIF87a", "a GIF picture"),
    (b"GIF89a", "a GIF picture"),
    (b"\x1F\x8B\x08", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xFD7zXZ\x00", "an xz archive"),
    (b"7z\xBC\xAF\x27\x1C", "a 7z archive"),
    (b"\x28\xB5\x2F\xFD", "a zstd archive"),
    (b"Rar!\x1A\x07", "a RAR archive"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x7FELF", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"\x00asm", "a program"),
    (b"OggS\x00", "a sound file"),
    (b"fLaC\x00", "a sound file"),
    (b"ID3\x03", "a sound file"),
    (b"ID3\x04", "a sound file"),
];

/// Tells the kind of `bytes` that came under the name `path`.
pub(crate) fn kind(path: Option<&str>, bytes: &[u8]) -> Kind {
    if let Some((_, name)) = SIGNATURES.iter().find(|(signature, _)| bytes.starts_with(signature)) {
        return Kind::Other(name);
    }
    // Readers of PDF allow for rubbish before it.
    if bytes.get(..1024).unwrap_or(bytes).windows(7).any(|window| window == b"%PDF-1.") {
        return Kind::Other("a PDF");
    }
    if bytes.get(257..262) == Some(b"ustar") {
        return Kind::Other("a tar archive");
    }
    if is_binary(bytes) {
        return Kind::Other("not text");
    }
    let extension = path.and_then(extension).map(str::to_ascii_lowercase);
    match extension.as_deref() {
        Some("jsonl" | "ndjson") => return Kind::JsonLines,
        Some("html" | "htm" | "xhtml") => return Kind::Html,
        _ => {}
    }
    let head = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    if head.first() == Some(&b'{') && first_line_is_an_article(head) {
        return Kind::JsonLines;
    }
    if extension.as_deref() == Some("json") && matches!(head.first(), Some(b'{' | b'[')) {
        return Kind::Json;
    }
    if extension.as_deref() != Some("txt") && is_page(head) { Kind::Html } else { Kind::Text }
}

fn extension(path: &str) -> Option<&str> {
    let name = path.rsplit(['/', '\\']).next()?;
    name.rsplit_once('.').map(|(_, extension)| extension)
}

/// Whether the bytes are neither text nor nearly text: full of NULs or other control characters.
fn is_binary(bytes: &[u8]) -> bool {
    if Encoding::for_bom(bytes).is_some() || utf16_without_mark(bytes).is_some() {
        return false;
    }
    let head = bytes.get(..1 << 16).unwrap_or(bytes);
    let nuls = head.iter().filter(|byte| **byte == 0).count();
    let control = |byte: u8| byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0C | 0x1B);
    let controls = head.iter().filter(|byte| control(**byte)).count();
    (nuls >= 8 && nuls * 100 > head.len()) || (controls >= 16 && controls * 10 > head.len())
}

fn first_line_is_an_article(head: &[u8]) -> bool {
    let line = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
    match serde_json::from_slice::<serde_json::Map<String, serde_json::Value>>(line) {
        Ok(fields) => fields.contains_key("text") || fields.contains_key("type"),
        Err(_) => false,
    }
}

/// Whether the first characters open a page, behind an XML declaration and comments.
fn is_page(head: &[u8]) -> bool {
    let mut head = head.get(..4096).unwrap_or(head);
    loop {
        head = head.trim_ascii_start();
        let closing: &[u8] = if head.starts_with(b"<!--") {
            b"-->"
        } else if head.starts_with(b"<?") {
            b"?>"
        } else {
            break;
        };
        let Some(at) = head.windows(closing.len()).position(|window| window == closing) else { return false };
        head = head.get(at + closing.len()..).unwrap_or_default();
    }
    ["<!doctype html", "<html", "<head", "<body", "<meta", "<title", "<article", "<div", "<p>", "<h1"]
        .iter()
        .any(|opening| {
            head.get(..opening.len()).is_some_and(|start| start.eq_ignore_ascii_case(opening.as_bytes()))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bytes_tell_the_kind_and_the_name_helps() {
        assert_eq!(kind(Some("a.txt"), b"%PDF-1.7\n"), Kind::Other("a PDF"));
        assert_eq!(kind(None, b"<!-- x --> <!DOCTYPE HTML><p>hi"), Kind::Html);
        assert_eq!(kind(Some("a.txt"), b"<p>hi"), Kind::Text);
        assert_eq!(kind(Some("b.HTM"), b"hi"), Kind::Html);
        assert_eq!(kind(None, b"{\"text\":\"a\"}\n{\"text\":\"b\"}"), Kind::JsonLines);
        assert_eq!(kind(Some("x.json"), b"[\n{}]"), Kind::Json);
        assert_eq!(kind(None, b"{not json"), Kind::Text);
        assert_eq!(kind(None, &[0, 1, 2, 3].repeat(100)), Kind::Other("not text"));
        assert_eq!(kind(None, "h\0e\0l\0l\0o\0 \0t\0h\0e\0r\0e\0".as_bytes()), Kind::Text);
        assert_eq!(kind(None, b"one\0NUL among words"), Kind::Text);
    }
}
