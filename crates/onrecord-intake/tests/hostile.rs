//! Whatever the bytes are, intake answers, in time, and its map is true.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]

use onrecord_intake::{Intake, Limits, Options, Problem, intake};
use onrecord_record::{CodePoint, Span};
use proptest::prelude::*;
use std::time::{Duration, Instant};

fn one(path: &str, bytes: &[u8]) -> Result<Intake, Problem> {
    let mut results = intake(Some(path), bytes, &Options::default());
    assert_eq!(results.len(), 1);
    results.remove(0)
}

/// The bytes of every character, decoded, are the character; pieces lie in order inside the evidence.
fn check(found: &Intake, bytes: &[u8], page: bool) {
    let text = found.document.text();
    assert_eq!(text.chars().count(), found.document.characters as usize);
    assert_eq!(found.map.characters(), found.document.characters);
    let mut before = (0, 0);
    for (characters, evidence) in found.map.pieces() {
        assert!(before.0 <= characters.start.0 && before.1 <= evidence.start.0, "pieces overlap or run back");
        before = (characters.end.0, evidence.end.0);
        assert!(evidence.end.index() <= bytes.len() && characters.end.0 <= found.document.characters);
        assert_eq!(found.map.evidence(characters), Some(evidence));
    }
    let Ok(source) = std::str::from_utf8(bytes) else { return };
    // Of a huge text its first characters stand for the rest.
    for (at, character) in text.chars().take(300_000).enumerate() {
        let span = Span::new(CodePoint(at as u32), CodePoint(at as u32 + 1));
        let Some(evidence) = found.map.evidence(span) else {
            assert!(page && character == '\n', "{character:?} stands nowhere");
            continue;
        };
        let raw = source.get(evidence.range()).expect("evidence is cut at characters");
        let same = raw.chars().eq([character]);
        let is_tag = raw.starts_with('<') && raw.ends_with('>') && "\n“”".contains(character);
        let is_space =
            character == ' ' && raw.trim_matches([' ', '\t', '\n', '\r', '\u{c}', '\u{feff}']).is_empty();
        let is_reference = raw.starts_with('&');
        let is_line_end = character == '\n' && raw == "\r";
        assert!(
            same || (page && (is_tag || is_space || is_reference || is_line_end)),
            "{raw:?} gave {character:?}"
        );
    }
}

fn quickly<T>(work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = work();
    assert!(start.elapsed() < Duration::from_secs(20), "took {:?}", start.elapsed());
    result
}

#[test]
fn files_that_are_no_text_are_named() {
    for (bytes, told) in [
        (&b"%PDF-1.4\n%\xE2\xE3"[..], "is a PDF, which OnRecord does not read yet"),
        (b"PK\x03\x04\x14\0", "is a zip archive"),
        (b"\x89PNG\r\n\x1A\n", "is a PNG picture"),
        (&[0; 64], "is not text"),
        (b"", "is empty"),
        (b"  \n\n ", "holds no text"),
        (b"\xEF\xBB\xBF", "holds no text"),
    ] {
        let problem = one("notes.txt", bytes).unwrap_err();
        assert!(problem.to_string().starts_with(&format!("the file {told}")), "{problem}");
    }
    assert!(one("page.html", b"<script>let a = 1</script><p hidden>b</p>").is_err());
    assert!(one("empty.jsonl", b"").unwrap_err().what.contains("empty"));
}

#[test]
fn too_large_a_file_is_refused_with_the_way_out() {
    let options = Options { limits: Limits { text_bytes: 1_000, ..Limits::default() }, ..Options::default() };
    let problem = intake(Some("a.txt"), &[b'a'; 2_000_000], &options).remove(0).unwrap_err().to_string();
    assert!(problem.contains("2.0 MB") && problem.contains("--max-size"), "{problem}");
}

#[test]
fn old_encodings_are_read_and_said() {
    let found =
        one("a.txt", b"The mayor\x92s \x93ferry\x94 caf\xE9 in the harbour was late, she said.").unwrap();
    assert!(found.document.text().starts_with("The mayor’s “ferry” café"), "{}", found.document.text());
    assert!(found.document.warnings[0].contains("windows-1252"), "{:?}", found.document.warnings);
    let quote = Span::new(CodePoint(12), CodePoint(19));
    assert_eq!(found.map.evidence(quote).unwrap().range(), 12..19);

    let mut utf16 = vec![0xFF, 0xFE];
    utf16.extend("Ferry 😀 runs".encode_utf16().flat_map(u16::to_le_bytes));
    let found = one("a.txt", &utf16).unwrap();
    assert_eq!(found.document.text(), "\u{feff}Ferry 😀 runs");
    let smile = Span::new(CodePoint(7), CodePoint(8));
    assert_eq!(found.map.evidence(smile).unwrap().range(), 14..18);

    let found = one("a.txt", "“Late”, “late”, “late”, “late”: é\u{0}".as_bytes()).unwrap();
    assert!(found.document.warnings[0].contains("1 NUL"), "{:?}", found.document.warnings);
    let mut damaged = "“Late”, “late”, “late”, “late”, “late”, “late”.".to_owned().into_bytes();
    damaged.push(0xFF);
    let found = one("a.txt", &damaged).unwrap();
    assert!(found.document.text().ends_with("“late”.\u{FFFD}"), "{}", found.document.text());
}

#[test]
fn huge_and_crooked_input_is_survived_in_time() {
    let page = |body: &str| format!("<!doctype html><title>Ferry</title>{body}").into_bytes();
    let line = "word ".repeat(2_000_000);
    let cases = [
        ("a.txt", line.clone().into_bytes()),
        ("a.html", page(&format!("<p>{line}"))),
        ("b.html", page(&"<div>".repeat(100_000))),
        ("c.html", page(&format!("{}ferry{}", "<div>".repeat(100_000), "</span>".repeat(100_000)))),
        ("d.html", page(&"<p><b a=1>x".repeat(30_000))),
        ("e.html", page(&format!("<p title=\"{line}\">ferry"))),
        ("f.html", page(&"</p></div>ferry".repeat(50_000))),
        ("g.html", page(&"&".repeat(500_000))),
        ("h.html", page(&"&nosuchreference".repeat(30_000))),
        ("i.html", page(&"<".repeat(500_000))),
        ("j.html", page(&"<table><tr><td>x".repeat(20_000))),
        ("k.html", page(&"<br>x<q>y".repeat(30_000))),
        ("l.html", page(&"<!--".repeat(200_000))),
        ("m.html", page(&format!("<script type=application/ld+json>{}", "[".repeat(500_000)))),
        ("n.html", page(&"<p>ferry runs, she said, and again, and so on</p>".repeat(40_000))),
        ("o.html", page(&"<a href=x>ferry</a> ".repeat(40_000))),
    ];
    for (path, bytes) in cases {
        quickly(|| {
            if let Ok(found) = one(path, &bytes) {
                check(&found, &bytes, path.ends_with("html"));
            }
        });
    }
}

#[test]
fn a_page_cut_off_anywhere_is_survived() {
    let page = "<!DOCTYPE html><html><head><meta property=\"og:title\" content=\"Ferry &amp; harbour\"><script \
        type=\"application/ld+json\">{\"@type\":\"NewsArticle\"}</script></head><body><p>The &ldquo;ferry&rdquo; is \
        late<br>again.<q>So</q></p></body></html>";
    for end in 0..page.len() {
        for result in
            intake(Some("a.html"), &page.as_bytes()[..end], &Options::default()).into_iter().flatten()
        {
            check(&result, &page.as_bytes()[..end], true);
        }
    }
}

proptest! {
    #[test]
    fn any_bytes_are_survived_and_mapped(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        for path in [None, Some("a.txt"), Some("a.html"), Some("a.jsonl")] {
            for found in intake(path, &bytes, &Options::default()).into_iter().flatten() {
                check(&found, &bytes, path == Some("a.html"));
            }
        }
    }

    #[test]
    fn plain_text_is_unchanged(text in "[\\PC\r\n\t\u{feff}\u{202e}\u{200b}a-z. ]{1,200}") {
        if let Ok(found) = one("a.txt", text.as_bytes()) {
            prop_assert_eq!(found.document.text(), &text);
            check(&found, text.as_bytes(), false);
            let whole = found.map.pieces().map(|(_, bytes)| bytes.range().len()).sum::<usize>();
            prop_assert_eq!(whole, text.len());
        }
    }

    #[test]
    fn tag_soup_is_mapped(parts in proptest::collection::vec(prop_oneof![
        Just("<p>"), Just("</p>"), Just("<div hidden>"), Just("</div>"), Just("<br>"), Just("<q>"), Just("</q>"),
        Just("<pre>"), Just("</pre>"), Just("&amp;"), Just("&ldquo"), Just("&#x41"), Just("&#0;"), Just("&notit;"),
        Just("<"), Just("&"), Just(" \r\n "), Just("ferry"), Just("“é”"), Just("\u{f0000}"), Just("<li>"), Just("<svg>"),
        Just("</svg>"), Just("<!--"), Just("-->"), Just("<title>"), Just("</title>"), Just("\0"), Just("<a href='"),
        Just("'>"), Just("</a>"), Just("\u{feff}"), Just("&nbsp;"), Just("&Tab;"), Just("<![CDATA["), Just("]]>"),
    ], 0..60)) {
        let page = parts.concat();
        if let Ok(found) = one("a.html", page.as_bytes()) {
            check(&found, page.as_bytes(), true);
        }
    }

    #[test]
    fn older_encodings_map_in_bounds(bytes in proptest::collection::vec(prop_oneof![0x20u8..0x7f, 0x80u8..=0xff], 1..200)) {
        if let Ok(found) = one("a.txt", &bytes) {
            check(&found, &bytes, false);
            let last = found.map.pieces().last().map(|(_, evidence)| evidence.end.index());
            prop_assert_eq!(last, Some(bytes.len()));
        }
    }
}
