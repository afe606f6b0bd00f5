//! The passages of a record that a question can be held against: what statements say, and what the publication says in its own
//! voice.

use onrecord_ledger::StoredRecord;
use onrecord_ledger::meanings::{Place, Row};
use onrecord_models::{MeaningRoom, WordVectors};
use onrecord_reading::sentences;
use onrecord_record::{CodePoint, Span, TextIndex};
use serde::Deserialize;

/// A sentence of fewer words says too little by itself to be found again.
const SHORTEST: usize = 5;

/// The words of a sentence that are looked at; what is longer is a list or no sentence.
const LONGEST: usize = 90;

#[derive(Deserialize)]
struct Roles {
    source: Role,
    cue: Role,
    content: Role,
}

#[derive(Deserialize)]
struct Role {
    spans: Vec<Span<CodePoint>>,
    text: Option<String>,
}

/// The rows of a record: one for each statement with content, one for each sentence that is nobody's statement.
pub(super) fn rows(
    document: u32,
    record: &StoredRecord,
    vectors: &WordVectors,
    room: &mut MeaningRoom,
) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut attributed: Vec<Span<CodePoint>> = Vec::new();
    for (line, bytes) in record.of_sort("statement") {
        let Ok(roles) = serde_json::from_slice::<Roles>(bytes) else { continue };
        attributed
            .extend([&roles.source, &roles.cue, &roles.content].into_iter().flat_map(|role| &role.spans));
        let (Some(text), Some(first), Some(last)) =
            (&roles.content.text, roles.content.spans.first(), roles.content.spans.last())
        else {
            continue;
        };
        if let Some(meaning) = vectors.meaning(text, room) {
            rows.push((
                Place { document, line: Some(line), start: first.start.0, end: last.end.0 },
                meaning.0.to_vec(),
            ));
        }
    }
    attributed.sort_unstable();
    let index = TextIndex::new(&record.text);
    for sentence in sentences(&record.text) {
        let text = record.text.get(sentence.range()).unwrap_or_default();
        let words = text.split_whitespace().count();
        let span = index.code_points(sentence);
        if !(SHORTEST..=LONGEST).contains(&words) || is_attributed(span, &attributed) {
            continue;
        }
        if let Some(meaning) = vectors.meaning(text, room) {
            let place = Place { document, line: None, start: span.start.0, end: span.end.0 };
            rows.push((place, meaning.0.to_vec()));
        }
    }
    rows
}

/// Whether more than a third of a sentence belongs to statements.
fn is_attributed(sentence: Span<CodePoint>, attributed: &[Span<CodePoint>]) -> bool {
    let (mut covered, mut at) = (0, sentence.start.0);
    for span in attributed.iter().take_while(|span| span.start < sentence.end) {
        let (start, end) = (span.start.0.max(at), span.end.0.min(sentence.end.0));
        if start < end {
            covered += end - start;
            at = end;
        }
    }
    covered * 3 > sentence.end.0 - sentence.start.0
}
