//! `onrecord-lab features`: what the networks see of a text, written out for the training programs.
//!
//! Training reads this output instead of cutting texts up itself, so that a network learns from exactly the columns
//! it is given in use.

use onrecord_models::WordPiece;
use onrecord_reading::{attribution, quotation, token};
use onrecord_record::TextIndex;
use serde::Serialize;
use std::io::Write;

/// The tokens of one text with their features, as parallel columns.
#[derive(Serialize)]
struct Columns<'a> {
    doc: &'a str,
    /// Where each token starts, in code points.
    start: Vec<u32>,
    /// Where each token ends, in code points.
    end: Vec<u32>,
    pieces: &'a [u32],
    piece_starts: &'a [u32],
    suffix: &'a [u16],
    shape: &'a [u8],
    gap: &'a [u8],
    quoted: &'a [u8],
}

/// Writes one JSON line for a text.
///
/// # Errors
/// When `out` cannot be written.
pub(crate) fn write(doc: &str, text: &str, pieces: &WordPiece, out: &mut impl Write) -> anyhow::Result<()> {
    let tokens = token::tokens(text);
    let quoted = quotation::quoted(text, &tokens);
    let features = attribution::features(text, &tokens, &quoted, pieces);
    let index = TextIndex::new(text);
    let columns = Columns {
        doc,
        start: tokens.iter().map(|token| index.code_point(token.span.start).0).collect(),
        end: tokens.iter().map(|token| index.code_point(token.span.end).0).collect(),
        pieces: &features.pieces,
        piece_starts: &features.piece_starts,
        suffix: &features.suffix,
        shape: &features.shape,
        gap: &features.gap,
        quoted: &features.quoted,
    };
    serde_json::to_writer(&mut *out, &columns)?;
    out.write_all(b"\n")?;
    Ok(())
}
