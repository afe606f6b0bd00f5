//! What a coreference network is given in use, written out so that one can learn from it.
//!
//! The training program holds no code that looks at a text: rows, states and features come from here, so that a network learns
//! from exactly what it meets in use.

use crate::lesson_files::{LessonFiles, Widths, widths};
use anyhow::bail;
use onrecord_reading::Lessons;
use onrecord_record::{CodePoint, Span, TextIndex};
use serde::{Deserialize, Serialize};

/// A text, and the mentions in it where there are any.
#[derive(Debug, Deserialize)]
pub(crate) struct MentionLine {
    doc: String,
    text: String,
    /// Start and end of the mention, start and end of its head, in code points.
    #[serde(default)]
    mentions: Vec<[u32; 4]>,
}

#[derive(Serialize)]
struct SeenLine<'a> {
    doc: &'a str,
    /// Where each token starts and ends, in code points.
    start: Vec<u32>,
    end: Vec<u32>,
    /// How many numbers the input row and the state of a token have.
    widths: Widths,
}

#[derive(Serialize)]
struct LessonLine<'a> {
    doc: &'a str,
    /// For each mention the numbers of its features.
    mentions: &'a [Vec<u16>],
    /// How many pairs there are.
    pairs: usize,
    /// How many features there may be of a mention, and of a pair.
    features: (usize, usize),
}

/// Writes the tokens of a text, and the rows and states of each.
///
/// # Errors
/// When something cannot be written.
pub(crate) fn write_seen(
    lessons: &Lessons,
    line: &MentionLine,
    files: &mut LessonFiles,
) -> anyhow::Result<()> {
    let (spans, seen, _) = lessons.seen(&line.text);
    let index = TextIndex::new(&line.text);
    let spans: Vec<Span<CodePoint>> = spans.into_iter().map(|span| index.code_points(span)).collect();
    let widths = widths(&seen, spans.len());
    let tokens = SeenLine {
        doc: &line.doc,
        start: spans.iter().map(|span| span.start.0).collect(),
        end: spans.iter().map(|span| span.end.0).collect(),
        widths,
    };
    files.line(&tokens)?;
    files.seen(&seen, widths)
}

/// Writes the features of a text's mentions and of their pairs.
///
/// # Errors
/// When something cannot be written, or a mention lies outside the text.
pub(crate) fn write_lessons(
    lessons: &Lessons,
    line: &MentionLine,
    files: &mut LessonFiles,
) -> anyhow::Result<()> {
    let index = TextIndex::new(&line.text);
    let mut places = Vec::new();
    for [start, end, head, head_end] in &line.mentions {
        let bytes = |start: u32, end: u32| index.bytes(Span::new(CodePoint(start), CodePoint(end)));
        let (span, head) = (bytes(*start, *end), bytes(*head, *head_end));
        if span.start >= span.end || head.start >= head.end {
            bail!("{}: the mention {start}..{end} lies outside the text or is empty", line.doc);
        }
        places.push((span, head));
    }
    let lesson = lessons.lesson(&line.text, &places);
    let told = LessonLine {
        doc: &line.doc,
        mentions: &lesson.mentions,
        pairs: lesson.pairs.len(),
        features: onrecord_reading::agents::COREFERENCE_FEATURES,
    };
    files.line(&told)?;
    for (later, earlier, features) in &lesson.pairs {
        files.features([u16::try_from(*later)?, u16::try_from(*earlier)?].iter().chain(features))?;
    }
    Ok(())
}
