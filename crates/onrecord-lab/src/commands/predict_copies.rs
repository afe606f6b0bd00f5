//! `onrecord-lab predict --task copies`: which texts of a file are copies, rewritten copies or share a quotation.

use crate::gold_data;
use anyhow::Context;
use onrecord::copies::{Copies, Told};
use onrecord_linking::origins::Kind;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::fs;
use std::io::Write;
use std::path::Path;

#[derive(Deserialize)]
struct Asked {
    id: Value,
    text: String,
}

#[derive(Serialize)]
struct Answer<'a> {
    a: &'a Value,
    b: &'a Value,
    kind: Kind,
    /// 0 to 1; of a copy the share of the shorter text that the other has.
    score: f32,
}

/// Reads lines {id,text} and writes lines {a,b,kind,score}, `a` the earlier of the file.
///
/// # Errors
/// When the file cannot be read, a line is none of these, or the answers cannot be written.
pub(super) fn run(input: &Path, out: &Path) -> anyhow::Result<()> {
    let asked: Vec<Asked> = gold_data::lines(input)?;
    let documents = asked.iter().map(|asked| Told { id: asked.id.to_string(), ..Told::default() }).collect();
    let text = |number: usize| {
        let found = asked.get(number).map(|asked| asked.text.clone());
        found.context("a document was asked for that is not there")
    };
    let copies = Copies::among(documents, text)?;
    let mut lines = Vec::new();
    for tie in &copies.ties {
        let [Some(a), Some(b)] = tie.documents.map(|number| asked.get(number as usize)) else { continue };
        serde_json::to_writer(&mut lines, &Answer { a: &a.id, b: &b.id, kind: tie.kind, score: tie.score })?;
        lines.push(b'\n');
    }
    let write = || fs::File::create(out)?.write_all(&lines);
    write().with_context(|| format!("cannot write {}", out.display()))
}
