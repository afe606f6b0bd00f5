//! `onrecord-lab predict --task factuality`: how far what a word tells of is so.

use crate::gold_data;
use anyhow::Context;
use onrecord_reading::factuality;
use onrecord_record::{CodePoint, Span, TextIndex};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::fs;
use std::io::Write;
use std::path::Path;

#[derive(Deserialize)]
struct Asked {
    id: Value,
    text: String,
    /// Code points of the text, half-open.
    span: (u32, u32),
}

#[derive(Serialize)]
struct Answer {
    id: Value,
    /// -3, certainly not so, to 3, certainly so.
    value: f32,
}

/// Reads lines {id,text,span} and writes lines {id,value}.
///
/// # Errors
/// When the file cannot be read, a line is none of these, or the answers cannot be written.
pub(super) fn run(input: &Path, out: &Path) -> anyhow::Result<()> {
    let mut lines = Vec::new();
    for Asked { id, text, span: (start, end) } in gold_data::lines::<Asked>(input)? {
        let index = TextIndex::new(&text);
        let span = index.bytes(Span::new(CodePoint(start), CodePoint(end.max(start))));
        serde_json::to_writer(&mut lines, &Answer { id, value: factuality(&text, span) })?;
        lines.push(b'\n');
    }
    let write = || fs::File::create(out)?.write_all(&lines);
    write().with_context(|| format!("cannot write {}", out.display()))
}
