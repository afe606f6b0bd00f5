//! The first layers of a pretrained encoder of BERT's make (Devlin et al. 2019; here MiniLM, Wang et al. 2020), which
//! gives each word a vector that knows its neighbours.
//!
//! A text is read in chunks of whole paragraphs, so that a chunk is a function of the text alone.

use crate::arithmetic::{exp, gelu};
use crate::features::{Features, GAPS, QUOTED, SHAPES};
use crate::layer::{Linear, Norm};
use crate::weights::{ByteRows, Matrix, ModelError, Weights};
use faer::linalg::matmul::matmul;
use faer::{Accum, MatMut, MatRef, Par};
use pulp::Arch;
use std::ops::Range;

/// The most word pieces in a chunk, its two end marks apart.
const CHUNK: usize = 254;
/// The pieces that open and close a chunk.
const ENDS: (u32, u32) = (101, 102);

/// The encoder with its weights.
#[derive(Debug)]
pub(crate) struct Encoder {
    words: ByteRows,
    positions: Matrix,
    /// Vectors for how a word is written, what lies before it, and its place in quotation.
    told: [Matrix; 3],
    norm: Norm,
    layers: Vec<Layer>,
    width: usize,
    heads: usize,
}

#[derive(Debug)]
struct Layer {
    query: Linear,
    key: Linear,
    value: Linear,
    mixed: Linear,
    mixed_norm: Norm,
    wide: Linear,
    narrow: Linear,
    narrow_norm: Norm,
}

/// Room the encoder works in, kept between chunks.
#[derive(Debug, Default)]
pub(crate) struct EncoderRoom {
    states: Vec<f32>,
    query: Vec<f32>,
    key: Vec<f32>,
    value: Vec<f32>,
    scores: Vec<f32>,
    gathered: Vec<f32>,
    change: Vec<f32>,
    wide: Vec<f32>,
}

impl Encoder {
    /// Reads the tensors `encoder.*`.
    pub(crate) fn new(weights: &Weights<'_>) -> Result<Self, ModelError> {
        let (layers, heads): (usize, usize) = (weights.fact("layers")?, weights.fact("heads")?);
        let words = weights.byte_rows("encoder.words")?;
        let width = words.columns;
        let norm = |name: &str| Norm::with_least(weights, &format!("encoder.{name}"), width, 1e-12);
        let layer = |i: usize| {
            let linear = |name: &str, inputs, outputs| {
                Linear::from_byte_rows(weights, &format!("encoder.{i}.{name}"), inputs, outputs)
            };
            Ok(Layer {
                query: linear("query", width, width)?,
                key: linear("key", width, width)?,
                value: linear("value", width, width)?,
                mixed: linear("mixed", width, width)?,
                mixed_norm: norm(&format!("{i}.mixed_norm"))?,
                wide: linear("wide", width, 4 * width)?,
                narrow: linear("narrow", 4 * width, width)?,
                narrow_norm: norm(&format!("{i}.narrow_norm"))?,
            })
        };
        Ok(Encoder {
            positions: weights.sized("encoder.positions", CHUNK + 2, width)?,
            told: [
                weights.sized("encoder.told.0", SHAPES, width)?,
                weights.sized("encoder.told.1", GAPS, width)?,
                weights.sized("encoder.told.2", QUOTED, width)?,
            ],
            norm: norm("norm")?,
            layers: (0..layers).map(layer).collect::<Result<_, ModelError>>()?,
            words,
            width,
            heads,
        })
    }

    /// How many numbers a word's vector has.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// The vectors of a chunk's tokens, each that of its first piece, appended to `out` at `stride` numbers a token.
    pub(crate) fn read(
        &self,
        features: &Features,
        tokens: Range<usize>,
        room: &mut EncoderRoom,
        mut place: impl FnMut(usize, &[f32]),
    ) {
        let width = self.width;
        room.states.clear();
        self.push(ENDS.0, None, 0, &mut room.states);
        let mut firsts = Vec::with_capacity(tokens.len());
        let mut at = 1;
        for token in tokens.clone() {
            firsts.push(at);
            for piece in features.pieces_of(token) {
                self.push(*piece, Some((features, token)), at, &mut room.states);
                at += 1;
            }
        }
        self.push(ENDS.1, None, at, &mut room.states);
        self.norm.rows(&room.states, &mut room.change);
        std::mem::swap(&mut room.states, &mut room.change);
        for layer in &self.layers {
            self.run(layer, room);
        }
        for (token, at) in tokens.zip(firsts) {
            place(token, &room.states[at * width..(at + 1) * width]);
        }
    }

    /// Appends what goes in for one piece.
    fn push(&self, piece: u32, of: Option<(&Features, usize)>, at: usize, out: &mut Vec<f32>) {
        let from = out.len();
        out.extend_from_slice(self.positions.row(at));
        self.words.add_row(piece as usize, 1.0, &mut out[from..]);
        let codes =
            of.map_or([0; 3], |(features, i)| [features.shape[i], features.gap[i], features.quoted[i]]);
        for (table, code) in self.told.iter().zip(codes) {
            out[from..].iter_mut().zip(table.row(usize::from(code))).for_each(|(x, told)| *x += told);
        }
    }

    fn run(&self, layer: &Layer, room: &mut EncoderRoom) {
        layer.query.apply(&room.states, &mut room.query);
        layer.key.apply(&room.states, &mut room.key);
        layer.value.apply(&room.states, &mut room.value);
        self.attend(room);
        layer.mixed.apply(&room.gathered, &mut room.change);
        add(&mut room.change, &room.states);
        layer.mixed_norm.rows(&room.change, &mut room.states);
        layer.wide.apply(&room.states, &mut room.wide);
        Arch::new().dispatch(|| room.wide.iter_mut().for_each(|x| *x = gelu(*x)));
        layer.narrow.apply(&room.wide, &mut room.change);
        add(&mut room.change, &room.states);
        layer.narrow_norm.rows(&room.change, &mut room.states);
    }

    /// Attention (Vaswani et al. 2017), head by head.
    fn attend(&self, room: &mut EncoderRoom) {
        let (width, heads) = (self.width, self.heads);
        let (own, rows) = (width / heads, room.states.len() / width);
        room.gathered.resize(rows * width, 0.0);
        room.scores.resize(rows * rows, 0.0);
        let by = 1.0 / (own as f32).sqrt();
        for head in 0..heads {
            let part = |all: &'_ [f32]| -> faer::Mat<f32> {
                MatRef::from_row_major_slice(all, rows, width).submatrix(0, head * own, rows, own).to_owned()
            };
            let (query, key, value) = (part(&room.query), part(&room.key), part(&room.value));
            let scores = MatMut::from_row_major_slice_mut(&mut room.scores[..], rows, rows);
            matmul(scores, Accum::Replace, query.as_ref(), key.as_ref().transpose(), by, Par::Seq);
            Arch::new().dispatch(|| room.scores.chunks_exact_mut(rows).for_each(soften));
            let gathered = MatMut::from_row_major_slice_mut(&mut room.gathered[..], rows, width);
            matmul(
                gathered.submatrix_mut(0, head * own, rows, own),
                Accum::Replace,
                MatRef::from_row_major_slice(&room.scores[..], rows, rows),
                value.as_ref(),
                1.0f32,
                Par::Seq,
            );
        }
    }
}

/// Turns scores into shares that add up to 1.
#[inline(always)]
fn soften(scores: &mut [f32]) {
    let mut most = [f32::MIN; 16];
    let (chunks, rest) = scores.as_chunks::<16>();
    for chunk in chunks {
        most.iter_mut().zip(chunk).for_each(|(most, x)| *most = most.max(*x));
    }
    let most = rest.iter().chain(&most).fold(f32::MIN, |most, x| most.max(*x));
    let mut lanes = [0.0f32; 16];
    let (chunks, rest) = scores.as_chunks_mut::<16>();
    for chunk in chunks {
        for (x, lane) in chunk.iter_mut().zip(&mut lanes) {
            *x = exp(*x - most);
            *lane += *x;
        }
    }
    let mut total: f32 = lanes.iter().sum();
    for x in rest {
        *x = exp(*x - most);
        total += *x;
    }
    let by = 1.0 / total;
    scores.iter_mut().for_each(|x| *x *= by);
}

fn add(to: &mut [f32], from: &[f32]) {
    Arch::new().dispatch(|| to.iter_mut().zip(from).for_each(|(x, y)| *x += y));
}

/// Token ranges of at most [`CHUNK`] pieces each: whole paragraphs as far as they fit, else as many words as do.
pub(crate) fn chunks(features: &Features) -> Vec<Range<usize>> {
    let count = features.len();
    let size = |i: usize| features.pieces_of(i).len();
    let (mut out, mut begin, mut held, mut first) = (Vec::new(), 0, 0, 0);
    while first < count {
        let last = (first + 1..count).find(|&i| features.gap[i] >= 2).unwrap_or(count);
        let own: usize = (first..last).map(size).sum();
        if held + own > CHUNK && held > 0 {
            out.push(begin..first);
            (begin, held) = (first, 0);
        }
        if own <= CHUNK {
            held += own;
        } else {
            for i in first..last {
                if held + size(i) > CHUNK {
                    out.push(begin..i);
                    (begin, held) = (i, 0);
                }
                held += size(i);
            }
        }
        first = last;
    }
    if begin < count {
        out.push(begin..count);
    }
    out
}
