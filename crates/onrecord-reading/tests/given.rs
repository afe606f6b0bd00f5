//! Attributions that are given are read on as those that the program finds.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

use onrecord_models::ModelName;
use onrecord_reading::Reader;
use onrecord_reading::attribution::Attribution;
use onrecord_record::{Byte, Document, RoleSpans, Span, TextIndex};

const NEWS: &str = "Karin Aldous, the city engineer, said on Monday that the bridge would open in June. \
\u{201c}Two piers have cracked,\u{201d} said Otto Brand, the harbour chief. He denied that the quay was safe.\n\n\
According to the ferry company, the deck was wet. Aldous told reporters that she had seen no crack.";

#[test]
fn what_the_program_found_read_again_as_given_is_the_same() {
    let news = Document::bare(NEWS);
    let index = TextIndex::new(NEWS);
    let reader = Reader::new(ModelName::Fast).unwrap().flat();
    let found = reader.read(&news);
    assert!(found.statements.len() >= 3, "{:?}", found.statements);
    let bytes = |role: &RoleSpans| role.spans.iter().map(|span| index.bytes(*span)).collect::<Vec<_>>();
    let mut given: Vec<Attribution> = found
        .statements
        .iter()
        .map(|statement| Attribution {
            source: bytes(&statement.source),
            cue: bytes(&statement.cue),
            content: bytes(&statement.content),
            confidence: statement.confidence,
            ..Attribution::default()
        })
        .collect();
    assert_eq!(reader.read_given(&news, &given), found);
    given.reverse();
    assert_eq!(reader.read_given(&news, &given).statements, found.statements);
}

#[test]
fn crooked_spans_are_survived_one_statement_for_each() {
    let news = Document::bare(NEWS);
    let reader = Reader::new(ModelName::Fast).unwrap();
    let end = NEWS.len() as u32;
    let whole = vec![Span::new(Byte(0), Byte(end))];
    let crooked = [
        Attribution::default(),
        Attribution { content: whole.clone(), ..Attribution::default() },
        Attribution { source: whole.clone(), cue: whole.clone(), content: whole, ..Attribution::default() },
        Attribution { cue: vec![Span::new(Byte(end), Byte(end))], ..Attribution::default() },
    ];
    assert_eq!(reader.read_given(&news, &crooked).statements.len(), crooked.len());
    assert!(reader.read_given(&news, &[]).statements.is_empty());
}
