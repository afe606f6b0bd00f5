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
use std::collections::BTreeMap;
use std::ops::{Range, RangeBounds};

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
    /// What each head adds for how far apart two pieces stand; none where only their places tell.
    distances: Option<Matrix>,
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
    width: usize,
}

/// Layers taught anew for another end, over the first layers of an encoder. They are told what each token is of any statement.
#[derive(Debug)]
pub(crate) struct Retaught {
    /// So many of the encoder's own layers come first.
    kept: usize,
    /// What is added to a piece for each role: none, source, cue, content.
    roles: Matrix,
    layers: Vec<Layer>,
}

/// An encoder of its own for another end, which is told of each word and of what it is of any statement.
#[derive(Debug)]
pub(crate) struct OwnEncoder {
    encoder: Encoder,
    /// So many layers read the words alone; the others are told of them too.
    kept: usize,
    /// As those of the attribution network's encoder, but added behind the layers that are kept.
    told: [Matrix; 3],
    /// As [`Retaught::roles`].
    roles: Matrix,
}

/// The states of a text's chunks in front of the first layer that is taught anew, so that the layers below need not run again.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LowerStates {
    /// The layer's number.
    before: usize,
    /// By the first token of a chunk, its pieces × width.
    chunks: BTreeMap<usize, Vec<f32>>,
}

impl Retaught {
    /// Where the states that it needs are to be kept.
    pub(crate) fn lower(&self) -> LowerStates {
        LowerStates { before: self.kept, chunks: BTreeMap::new() }
    }
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

impl OwnEncoder {
    /// Reads the tensors `encoder.*`, the word embeddings apart.
    pub(crate) fn new(weights: &Weights<'_>, words: ByteRows, roles: usize) -> Result<Self, ModelError> {
        let width = words.columns;
        Ok(OwnEncoder {
            kept: weights.fact("kept")?,
            told: told(weights, width)?,
            roles: weights.sized("encoder.roles", roles, width)?,
            encoder: Encoder::over(weights, words, None, None)?,
        })
    }

    /// See [`Encoder::width`].
    pub(crate) fn width(&self) -> usize {
        self.encoder.width
    }

    /// See [`Encoder::chunks`].
    pub(crate) fn chunks(&self, features: &Features) -> Vec<Range<usize>> {
        self.encoder.chunks(features)
    }

    /// The vectors of a chunk's tokens, each that of its first piece, given to `place`. `roles`: of each token of the text.
    pub(crate) fn read(
        &self,
        features: &Features,
        (tokens, roles): (Range<usize>, &[u8]),
        room: &mut EncoderRoom,
        place: impl FnMut(usize, &[f32]),
    ) {
        let encoder = &self.encoder;
        encoder.embed(features, tokens.clone(), room);
        encoder.through(room, ..self.kept);
        add_roles(&self.roles, features, (tokens.clone(), roles), &mut room.states);
        let of_pieces = tokens.clone().flat_map(|i| features.pieces_of(i).iter().map(move |_| Some(i)));
        let all = std::iter::once(None).chain(of_pieces).chain([None]);
        for (row, of) in room.states.chunks_exact_mut(encoder.width).zip(all) {
            add_told(&self.told, of.map(|i| (features, i)), row);
        }
        encoder.through(room, self.kept..);
        encoder.give(features, tokens, room, place);
    }
}

/// The vectors for how a word is written, what lies before it, and its place in quotation.
fn told(weights: &Weights<'_>, width: usize) -> Result<[Matrix; 3], ModelError> {
    Ok([
        weights.sized("encoder.told.0", SHAPES, width)?,
        weights.sized("encoder.told.1", GAPS, width)?,
        weights.sized("encoder.told.2", QUOTED, width)?,
    ])
}

/// Adds to a piece what is told of its word; the pieces that open and close a chunk have none.
fn add_told(tables: &[Matrix; 3], of: Option<(&Features, usize)>, row: &mut [f32]) {
    let codes = of.map_or([0; 3], |(features, i)| [features.shape[i], features.gap[i], features.quoted[i]]);
    for (table, code) in tables.iter().zip(codes) {
        row.iter_mut().zip(table.row(usize::from(code))).for_each(|(x, told)| *x += told);
    }
}

/// Adds to each piece of a chunk what its token's role gives; the pieces that open and close it have none.
fn add_roles(
    table: &Matrix,
    features: &Features,
    (tokens, roles): (Range<usize>, &[u8]),
    states: &mut [f32],
) {
    let of_pieces = tokens.flat_map(|i| features.pieces_of(i).iter().map(move |_| i));
    let role = |token: usize| roles.get(token).copied().unwrap_or_default();
    let all = std::iter::once(0).chain(of_pieces.map(role)).chain([0]);
    for (row, role) in states.chunks_exact_mut(table.columns).zip(all) {
        row.iter_mut().zip(table.row(usize::from(role))).for_each(|(x, told)| *x += told);
    }
}

impl Encoder {
    /// Reads the tensors `encoder.*` of an encoder that reads one text, with what is told of each word.
    pub(crate) fn new(weights: &Weights<'_>) -> Result<Self, ModelError> {
        let words = weights.byte_rows("encoder.words")?;
        let width = words.columns;
        let told = told(weights, width)?;
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
        if heads == 0 || !width.is_multiple_of(LANES * heads) {
            return Err(ModelError::Unfit(format!("{heads} heads do not share a width of {width}")));
        }
        let chunk = weights.fact("chunk")?;
        let distances =
            weights.has("encoder.distances").then(|| weights.matrix("encoder.distances")).transpose()?;
        if distances.as_ref().is_some_and(|told| told.rows != heads || told.columns % 2 == 0) {
            return Err(ModelError::Unfit(
                "\"encoder.distances\" does not tell of both sides for each head".into(),
            ));
        }
        Ok(Encoder {
            distances,
            positions: weights.sized("encoder.positions", chunk + 2, width)?,
            told,
            second,
            norm: encoder_norm(weights, "norm", width)?,
            layers: (0..layers).map(|i| Layer::new(weights, i, width)).collect::<Result<_, ModelError>>()?,
            words,
            width,
            heads,
            chunk,
        })
    }

    /// Reads the tensors `encoder.*` of layers that take the place of this encoder's own from number `kept` on.
    pub(crate) fn retaught(&self, weights: &Weights<'_>, roles: usize) -> Result<Retaught, ModelError> {
        let (kept, layers): (usize, usize) = (weights.fact("kept")?, weights.fact("layers")?);
        if kept > self.layers.len() || weights.fact::<usize>("heads")? != self.heads {
            return Err(ModelError::Unfit("these layers do not go with this encoder".into()));
        }
        let layer = |i| Layer::new(weights, i, self.width);
        Ok(Retaught {
            kept,
            roles: weights.sized("encoder.roles", roles, self.width)?,
            layers: (kept..layers).map(layer).collect::<Result<_, ModelError>>()?,
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

    /// The vectors of a chunk's tokens, each that of its first piece, given to `place`; what `lower` is to keep is put there.
    pub(crate) fn read(
        &self,
        features: &Features,
        tokens: Range<usize>,
        room: &mut EncoderRoom,
        lower: Option<&mut LowerStates>,
        place: impl FnMut(usize, &[f32]),
    ) {
        self.embed(features, tokens.clone(), room);
        let below = lower.as_ref().map_or(0, |lower| lower.before);
        self.through(room, ..below);
        if let Some(lower) = lower {
            lower.chunks.entry(tokens.start).or_insert_with(|| room.states.clone());
        }
        self.through(room, below..);
        self.give(features, tokens, room, place);
    }

    /// The same by other upper layers, which are told the role of each token of the text.
    pub(crate) fn read_again(
        &self,
        again: &Retaught,
        features: &Features,
        (tokens, roles): (Range<usize>, &[u8]),
        lower: Option<&LowerStates>,
        room: &mut EncoderRoom,
        place: impl FnMut(usize, &[f32]),
    ) {
        if let Some(states) = lower.and_then(|lower| lower.chunks.get(&tokens.start)) {
            room.states.clone_from(states);
        } else {
            self.embed(features, tokens.clone(), room);
            self.through(room, ..again.kept);
        }
        add_roles(&again.roles, features, (tokens.clone(), roles), &mut room.states);
        again.layers.iter().for_each(|layer| layer.run(self.heads, None, room));
        self.give(features, tokens, room, place);
    }

    /// Puts what goes in for a chunk into `room`.
    fn embed(&self, features: &Features, tokens: Range<usize>, room: &mut EncoderRoom) {
        room.states.clear();
        self.push(ENDS.0, None, 0, &mut room.states);
        let mut at = 1;
        for token in tokens {
            for piece in features.pieces_of(token) {
                self.push(*piece, Some((features, token)), at, &mut room.states);
                at += 1;
            }
        }
        self.push(ENDS.1, None, at, &mut room.states);
        self.norm.apply(&mut room.states);
    }

    /// Gives the state of each token's first piece to `place`.
    fn give(
        &self,
        features: &Features,
        tokens: Range<usize>,
        room: &EncoderRoom,
        mut place: impl FnMut(usize, &[f32]),
    ) {
        let mut at = 1;
        for token in tokens {
            place(token, &room.states[at * self.width..(at + 1) * self.width]);
            at += features.pieces_of(token).len();
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
        self.norm.apply(&mut room.states);
        self.through(room, ..);
        &room.states
    }

    /// The states in `room` through some of the layers.
    fn through(&self, room: &mut EncoderRoom, which: impl RangeBounds<usize>) {
        let some = self.layers.iter().enumerate().filter(|(i, _)| which.contains(i));
        some.for_each(|(_, layer)| layer.run(self.heads, self.distances.as_ref(), room));
    }

    /// Appends what goes in for one piece.
    fn push(&self, piece: u32, of: Option<(&Features, usize)>, at: usize, out: &mut Vec<f32>) {
        let from = out.len();
        out.extend_from_slice(self.positions.row(at));
        self.words.add_row(piece as usize, 1.0, &mut out[from..]);
        if let Some(tables) = &self.told {
            add_told(tables, of, &mut out[from..]);
        }
    }
}

fn encoder_norm(weights: &Weights<'_>, name: &str, width: usize) -> Result<Norm, ModelError> {
    let least = if weights.has_fact("least") { weights.fact("least")? } else { 1e-12 };
    Norm::with_least(weights, &format!("encoder.{name}"), width, least)
}

impl Layer {
    /// Reads the tensors `encoder.NUMBER.*`.
    fn new(weights: &Weights<'_>, number: usize, width: usize) -> Result<Self, ModelError> {
        let linear = |name: &str, inputs, outputs| {
            Linear::new(weights, &format!("encoder.{number}.{name}"), inputs, outputs)
        };
        let norm = |name: &str| encoder_norm(weights, &format!("{number}.{name}"), width);
        let asked = ["query", "key", "value"].map(|name| format!("encoder.{number}.{name}"));
        Ok(Layer {
            asked: Linear::of(weights, &asked, width, width)?,
            mixed: linear("mixed", width, width)?,
            mixed_norm: norm("mixed_norm")?,
            wide: linear("wide", width, 4 * width)?,
            narrow: linear("narrow", 4 * width, width)?,
            narrow_norm: norm("narrow_norm")?,
            width,
        })
    }

    /// The states in `room` through the layer.
    fn run(&self, heads: usize, distances: Option<&Matrix>, room: &mut EncoderRoom) {
        let width = self.width;
        room.rounded.rows(&room.states, width);
        self.asked.apply(&room.rounded, Finish::Plain, &mut room.sums, &mut room.asked);
        attend(&room.asked, width, heads, distances, &mut room.attention, &mut room.gathered);
        room.rounded.rows(&room.gathered, width);
        self.mixed.apply(&room.rounded, Finish::Plain, &mut room.sums, &mut room.change);
        self.mixed_norm.apply_to_sum(&mut room.states, &room.change);
        room.rounded.rows(&room.states, width);
        self.wide.apply(&room.rounded, Finish::Gelu, &mut room.sums, &mut room.wide);
        room.rounded.rows(&room.wide, 4 * width);
        self.narrow.apply(&room.rounded, Finish::Plain, &mut room.sums, &mut room.change);
        self.narrow_norm.apply_to_sum(&mut room.states, &room.change);
    }
}
