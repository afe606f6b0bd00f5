//! The first layers of a pretrained encoder of BERT's make (Devlin et al. 2019; here MiniLM, Wang et al. 2020), which
//! gives each word a vector that knows its neighbours.
//!
//! A text is read in chunks of whole paragraphs, so that a chunk is a function of the text alone.

use crate::attention::{AttentionRoom, attend};
use crate::byte_kernel::Sums;
use crate::byte_matrix::{Finish, Rounded};
use crate::features::{Features, GAPS, QUOTED, SHAPES};
use crate::lanes::LANES;
use crate::layer::{Linear, Norm};
use crate::weights::{ByteRows, Matrix, ModelError, Weights};
use std::ops::Range;

/// The pieces that open and close a chunk.
const ENDS: (u32, u32) = (101, 102);

/// The encoder with its weights.
#[derive(Debug)]
pub(crate) struct Encoder {
    words: ByteRows,
    positions: Matrix,
    /// Vectors for how a word is written, what lies before it, and its place in quotation; none where it is not told.
    told: Option<[Matrix; 3]>,
    /// What is added to each piece of the second of two texts that are read together.
    second: Option<Matrix>,
    norm: Norm,
    layers: Vec<Layer>,
    width: usize,
    heads: usize,
    /// The most word pieces in a chunk, its two end marks apart.
    chunk: usize,
}

#[derive(Debug)]
struct Layer {
    /// Queries, keys and values.
    asked: Linear,
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
    rounded: Rounded,
    sums: Vec<Sums>,
    asked: Vec<f32>,
    attention: AttentionRoom,
    gathered: Vec<f32>,
    change: Vec<f32>,
    wide: Vec<f32>,
}

impl Encoder {
    /// Reads the tensors `encoder.*` of an encoder that reads one text, with what is told of each word.
    pub(crate) fn new(weights: &Weights<'_>) -> Result<Self, ModelError> {
        let words = weights.byte_rows("encoder.words")?;
        let width = words.columns;
        let told = [
            weights.sized("encoder.told.0", SHAPES, width)?,
            weights.sized("encoder.told.1", GAPS, width)?,
            weights.sized("encoder.told.2", QUOTED, width)?,
        ];
        Encoder::over(weights, words, Some(told), None)
    }

    /// Reads the tensors `encoder.*`, the word embeddings apart, of an encoder that reads two texts together.
    pub(crate) fn of_pairs(weights: &Weights<'_>, words: ByteRows) -> Result<Self, ModelError> {
        let second = weights.sized("encoder.second", 1, words.columns)?;
        Encoder::over(weights, words, None, Some(second))
    }

    fn over(
        weights: &Weights<'_>,
        words: ByteRows,
        told: Option<[Matrix; 3]>,
        second: Option<Matrix>,
    ) -> Result<Self, ModelError> {
        let (layers, heads): (usize, usize) = (weights.fact("layers")?, weights.fact("heads")?);
        let width = words.columns;
        let norm = |name: &str| Norm::with_least(weights, &format!("encoder.{name}"), width, 1e-12);
        if heads == 0 || !width.is_multiple_of(LANES * heads) {
            return Err(ModelError::Unfit(format!("{heads} heads do not share a width of {width}")));
        }
        let layer = |i: usize| {
            let linear = |name: &str, inputs, outputs| {
                Linear::new(weights, &format!("encoder.{i}.{name}"), inputs, outputs)
            };
            let asked = ["query", "key", "value"].map(|name| format!("encoder.{i}.{name}"));
            Ok(Layer {
                asked: Linear::of(weights, &asked, width, width)?,
                mixed: linear("mixed", width, width)?,
                mixed_norm: norm(&format!("{i}.mixed_norm"))?,
                wide: linear("wide", width, 4 * width)?,
                narrow: linear("narrow", 4 * width, width)?,
                narrow_norm: norm(&format!("{i}.narrow_norm"))?,
            })
        };
        let chunk = weights.fact("chunk")?;
        Ok(Encoder {
            positions: weights.sized("encoder.positions", chunk + 2, width)?,
            told,
            second,
            norm: norm("norm")?,
            layers: (0..layers).map(layer).collect::<Result<_, ModelError>>()?,
            words,
            width,
            heads,
            chunk,
        })
    }

    /// How many numbers a word's vector has.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// Token ranges of at most `chunk` pieces each: whole paragraphs as far as they fit, else as many words as do.
    pub(crate) fn chunks(&self, features: &Features) -> Vec<Range<usize>> {
        let count = features.len();
        let size = |i: usize| features.pieces_of(i).len();
        let (mut out, mut begin, mut held, mut first) = (Vec::new(), 0, 0, 0);
        while first < count {
            let last = (first + 1..count).find(|&i| features.gap[i] >= 2).unwrap_or(count);
            let own: usize = (first..last).map(size).sum();
            if held + own > self.chunk && held > 0 {
                out.push(begin..first);
                (begin, held) = (first, 0);
            }
            if own <= self.chunk {
                held += own;
            } else {
                for i in first..last {
                    if held + size(i) > self.chunk {
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
        self.through(room);
        for (token, at) in tokens.zip(firsts) {
            place(token, &room.states[at * width..(at + 1) * width]);
        }
    }

    /// The states (pieces × width) of two texts read together: an opening piece, the first, a closing piece, the second, a
    /// closing piece. What is beyond the length the encoder knows is left out, of the longer text first.
    pub(crate) fn read_pair<'r>(&self, texts: [&[u32]; 2], room: &'r mut EncoderRoom) -> &'r [f32] {
        let most = self.chunk.saturating_sub(1);
        let [mut first, mut second] = texts;
        if first.len() + second.len() > most {
            let half = most / 2;
            let (a, b) = match (first.len() > half, second.len() > half) {
                (true, true) => (half, most - half),
                (true, false) => (most - second.len(), second.len()),
                _ => (first.len(), most - first.len()),
            };
            (first, second) = (&first[..a], &second[..b]);
        }
        room.states.clear();
        let pieces = std::iter::once((ENDS.0, false))
            .chain(first.iter().map(|piece| (*piece, false)))
            .chain([(ENDS.1, false)])
            .chain(second.iter().map(|piece| (*piece, true)))
            .chain([(ENDS.1, true)]);
        for (at, (piece, of_second)) in pieces.enumerate() {
            let from = room.states.len();
            self.push(piece, None, at, &mut room.states);
            if let Some(row) = self.second.as_ref().filter(|_| of_second) {
                room.states[from..].iter_mut().zip(row.row(0)).for_each(|(x, more)| *x += more);
            }
        }
        self.through(room);
        &room.states
    }

    /// The embedded pieces in `room` through all layers.
    fn through(&self, room: &mut EncoderRoom) {
        self.norm.apply(&mut room.states);
        for layer in &self.layers {
            self.run(layer, room);
        }
    }

    /// Appends what goes in for one piece.
    fn push(&self, piece: u32, of: Option<(&Features, usize)>, at: usize, out: &mut Vec<f32>) {
        let from = out.len();
        out.extend_from_slice(self.positions.row(at));
        self.words.add_row(piece as usize, 1.0, &mut out[from..]);
        let codes =
            of.map_or([0; 3], |(features, i)| [features.shape[i], features.gap[i], features.quoted[i]]);
        for (table, code) in self.told.iter().flatten().zip(codes) {
            out[from..].iter_mut().zip(table.row(usize::from(code))).for_each(|(x, told)| *x += told);
        }
    }

    fn run(&self, layer: &Layer, room: &mut EncoderRoom) {
        let width = self.width;
        room.rounded.rows(&room.states, width);
        layer.asked.apply(&room.rounded, Finish::Plain, &mut room.sums, &mut room.asked);
        attend(&room.asked, width, self.heads, &mut room.attention, &mut room.gathered);
        room.rounded.rows(&room.gathered, width);
        layer.mixed.apply(&room.rounded, Finish::Plain, &mut room.sums, &mut room.change);
        layer.mixed_norm.apply_to_sum(&mut room.states, &room.change);
        room.rounded.rows(&room.states, width);
        layer.wide.apply(&room.rounded, Finish::Gelu, &mut room.sums, &mut room.wide);
        room.rounded.rows(&room.wide, 4 * width);
        layer.narrow.apply(&room.rounded, Finish::Plain, &mut room.sums, &mut room.change);
        layer.narrow_norm.apply_to_sum(&mut room.states, &room.change);
    }
}
