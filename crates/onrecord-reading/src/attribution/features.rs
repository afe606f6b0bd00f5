//! Tokens as the networks see them.

use crate::quotation::Quoted;
use crate::token::{Gap, Shape, Token};
use onrecord_models::{Features, WordPiece, suffix_bucket};

/// The features of a text's tokens. Training reads the same columns, so that a network meets in use what it met when
/// it learned.
pub fn features(text: &str, tokens: &[Token], quoted: &[Quoted], pieces: &WordPiece) -> Features {
    let mut out = Features {
        pieces: Vec::with_capacity(tokens.len() + tokens.len() / 4),
        piece_starts: Vec::with_capacity(tokens.len() + 1),
        suffix: Vec::with_capacity(tokens.len()),
        shape: tokens.iter().map(|token| shape_code(token.shape)).collect(),
        gap: tokens.iter().map(|token| gap_code(token.gap)).collect(),
        quoted: quoted.iter().map(|quoted| quoted_code(*quoted)).collect(),
    };
    let mut scratch = String::new();
    for token in tokens {
        let word = token.of(text);
        out.piece_starts.push(out.pieces.len() as u32);
        pieces.cut(word, &mut scratch, &mut out.pieces);
        out.suffix.push(suffix_bucket(word));
    }
    out.piece_starts.push(out.pieces.len() as u32);
    out
}

fn shape_code(shape: Shape) -> u8 {
    match shape {
        Shape::Lower => 0,
        Shape::Capitalised => 1,
        Shape::Upper => 2,
        Shape::Mixed => 3,
        Shape::Number => 4,
        Shape::Mark => 5,
    }
}

fn gap_code(gap: Gap) -> u8 {
    match gap {
        Gap::None => 0,
        Gap::Space => 1,
        Gap::Line => 2,
        Gap::Paragraph => 3,
    }
}

fn quoted_code(quoted: Quoted) -> u8 {
    match quoted {
        Quoted::Outside => 0,
        Quoted::Inside => 1,
        Quoted::Open => 2,
        Quoted::Close => 3,
    }
}
