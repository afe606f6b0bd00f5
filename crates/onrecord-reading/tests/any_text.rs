//! Any text can be read, and what is recorded of it stands where it says.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

use onrecord_models::ModelName;
use onrecord_reading::Reader;
use onrecord_record::{CodePoint, Document, RoleSpans, Span, TextIndex};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::sync::LazyLock;

static READER: LazyLock<Reader> = LazyLock::new(|| Reader::new(ModelName::Fast).unwrap());

/// Reads `text` and holds the result to the text; gives the number of statements.
fn hold(text: &str) -> usize {
    let document = Document::bare(text);
    let reading = READER.read(&document);
    let index = TextIndex::new(text);
    let inside = |span: &Span<CodePoint>| !span.is_empty() && span.end.0 <= document.characters;
    let role = |role: &RoleSpans| {
        assert!(role.spans.iter().all(inside));
        assert!(role.spans.windows(2).all(|two| two[0].end <= two[1].start));
        let pieces: Vec<&str> = role.spans.iter().map(|span| index.slice(*span)).collect();
        assert_eq!(role.text.as_deref(), (!pieces.is_empty()).then(|| pieces.join(" ")).as_deref());
    };
    let agents: BTreeSet<_> = reading.agents.iter().map(|agent| &agent.id).collect();
    let ids: BTreeSet<_> = reading.statements.iter().map(|statement| &statement.id).collect();
    assert_eq!(
        (agents.len(), ids.len()),
        (reading.agents.len(), reading.statements.len()),
        "ids are different"
    );
    for statement in &reading.statements {
        role(&statement.source);
        role(&statement.cue);
        role(&statement.content);
        assert!(statement.speaker.as_ref().is_none_or(|speaker| agents.contains(speaker)));
        assert!(statement.within.as_ref().is_none_or(|outer| ids.contains(outer) && *outer != statement.id));
        if let Some(outer) =
            reading.statements.iter().find(|outer| Some(&outer.id) == statement.within.as_ref())
        {
            let whole = outer.content.extent().unwrap();
            assert!(whole.start <= statement.content.extent().unwrap().start);
            assert!(statement.content.extent().unwrap().end <= whole.end);
        }
        assert!((0.0..=1.0).contains(&statement.confidence));
    }
    for agent in &reading.agents {
        assert!(agent.mentions.iter().all(inside));
        assert!(agent.roles.iter().all(|role| index.slice(role.span) == role.text));
        assert!(agent.also_known_as.iter().all(|alias| index.slice(alias.span) == alias.name));
    }
    reading.statements.len()
}

/// Pieces that statements are made of, and pieces that break them.
const PIECES: &[&str] = &[
    "Ann Lee",
    " said",
    " that it rains",
    ". ",
    ", ",
    "“",
    "”",
    "\"",
    "'",
    "‘",
    "’",
    "«",
    "»",
    "\n",
    "\n\n",
    "\r\n",
    " he added",
    "According to the report",
    ": ",
    "Q. ",
    "A. ",
    "MS. LEE: ",
    "THE CHAIR: ",
    "\u{200b}",
    "\u{202e}",
    "\u{feff}",
    "\0",
    "𝔘",
    "e\u{301}",
    "denied ",
    "the minister",
    "—",
    "…",
    " \t ",
    "東京",
    "🙂",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn any_characters(text in "(?s).{0,120}") {
        hold(&text);
    }

    #[test]
    fn broken_speech(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..80)) {
        hold(&pieces.concat());
    }
}

#[test]
fn speech_is_found_among_the_debris() {
    assert!(hold("\u{feff}Ann Lee said that it rains.\r\n\r\n“We go,” he added. “We stay.\u{202e}”") > 0);
    assert_eq!(hold(""), 0);
}

#[test]
fn times_beyond_every_calendar_are_survived() {
    let mut document = Document::bare(
        "The stone is 2.9 million years old, he said. It fell 2.9 million years ago, or 4.6 billion years ago, or 1.5 \
         million months before. In 3.7 million weeks, she said, it will be 2,500,000.5 days later.",
    );
    document.published = Some("2031-02-03".into());
    let reading = READER.read(&document);
    assert!(reading.times.iter().any(|time| time.text.contains("million years")), "{:?}", reading.times);
}
