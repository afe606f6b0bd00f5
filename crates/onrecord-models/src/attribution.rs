//! The attribution networks: a trunk of dilated convolutions (van den Oord et al. 2016) over the words of the whole
//! text, a score for each token that a cue begins there, and, seen from each such place, the tags of that one attribution
//! (a conditional random field, Lafferty et al. 2001).
//!
//! The same text gives the same scores however it is batched: long texts are run in stretches whose margins are wide
//! enough that no place inside a stretch can tell.

use crate::arithmetic::logistic;
use crate::byte_matrix::{Finish, Rounded};
use crate::encoder::{Encoder, EncoderRoom};
use crate::features::{Features, GAPS, QUOTED, SHAPES, SUFFIXES};
use crate::layer::{Block, Decision, Linear, Norm, Normed, NormedLinear, blocks};
use crate::tagging::{TAGS, best_path};
use crate::weights::{ByteRows, Matrix, ModelError, Weights};
use crate::word_piece::WordPiece;
use std::ops::Range;

/// How many tokens are run at once; bounds the memory a long text takes.
const STRETCH: usize = 8192;
/// How far behind a cue the tags are read when content runs out of the usual window.
const FAR_BEHIND: usize = 512;
const SUFFIX_WIDTH: usize = 16;
const COLUMN_WIDTH: usize = 8;
const DISTANCES: usize = 32;
const BREAKS: usize = 7;

/// One attribution a network proposes, in token numbers of the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// The token the network took for the beginning of a cue.
    pub anchor: usize,
    /// The token the first tag belongs to.
    pub first: usize,
    /// Tags as in [`crate::Role::ALL`], one a token.
    pub tags: Vec<u8>,
    /// How sure the network is that an attribution stands here, 0 to 1; not calibrated, see
    /// [`AttributionNetwork::confidence`].
    pub chance: f32,
}

impl Proposal {
    /// Whether the tags end just before `end`, in the middle of content.
    fn runs_over(&self, end: usize) -> bool {
        self.first + self.tags.len() == end && self.tags.last().is_some_and(|tag| *tag >= 5)
    }
}

/// The network with its weights.
#[derive(Debug)]
pub struct AttributionNetwork {
    /// Cuts words for [`Features`].
    pub pieces: WordPiece,
    words: Words,
    suffix: Matrix,
    shape: Matrix,
    gap: Matrix,
    quoted: Matrix,
    input: Linear,
    trunk: Vec<Block>,
    norm: Norm,
    begins: Decision,
    token: NormedLinear<1>,
    cue: NormedLinear<3>,
    distance: Matrix,
    breaks: Matrix,
    around: Vec<Block>,
    around_norm: Norm,
    tags: Decision,
    real: Decision,
    moves: Matrix,
    width: usize,
    cue_width: usize,
    before: usize,
    behind: usize,
    begin_floor: f32,
    /// The least chance at which a proposal is worth putting on the record, chosen on dev.
    pub floor: f32,
    /// Slope and intercept that turn the logit of a chance into that of a confidence (Platt 1999).
    calibration: (f32, f32),
    /// How far a trunk state looks to either side, in tokens.
    reach: usize,
}

/// What gives each word its vector.
#[derive(Debug)]
enum Words {
    /// A table: the mean of a word's pieces.
    Table(ByteRows),
    /// An encoder, which knows the words around.
    Encoder(Box<Encoder>),
}

impl Words {
    /// How many numbers a word's vector has.
    fn width(&self) -> usize {
        match self {
            Words::Table(table) => table.columns,
            Words::Encoder(encoder) => encoder.width(),
        }
    }
}

/// Room kept between stretches.
#[derive(Default)]
struct Rooms {
    rounded: Rounded,
    normed: Normed,
    encoder: EncoderRoom,
}

/// The trunk's states for one stretch of tokens.
struct States {
    /// Where the stretch begins in the text.
    first: usize,
    /// Places × width.
    trunk: Vec<f32>,
    /// Places × cue width.
    token: Vec<f32>,
    /// A logit for each place that a cue begins there.
    begins: Vec<f32>,
    /// The places where that is likely enough.
    anchors: Vec<usize>,
    /// What the window around each of these is told of it: anchors × cue width.
    cues: Vec<f32>,
    /// How many line and paragraph ends precede each place.
    breaks: Vec<i32>,
}

impl AttributionNetwork {
    /// Reads a weight file.
    ///
    /// # Errors
    /// When the bytes are no weight file of this network.
    pub fn new(bytes: &[u8]) -> Result<Self, ModelError> {
        let weights = Weights::new(bytes)?;
        let (width, cue_width) = (weights.fact("width")?, weights.fact("cue_width")?);
        let (dilations, cue_dilations) = (weights.numbers("dilations")?, weights.numbers("cue_dilations")?);
        let words = match weights.fact::<String>("words")?.as_str() {
            "encoder" => Words::Encoder(Box::new(Encoder::new(&weights)?)),
            _ => Words::Table(weights.byte_rows("pieces")?),
        };
        let inputs = words.width() + SUFFIX_WIDTH + 3 * COLUMN_WIDTH;
        Ok(AttributionNetwork {
            pieces: WordPiece::new(weights.text("vocabulary")?),
            suffix: weights.sized("suffix", SUFFIXES, SUFFIX_WIDTH)?,
            shape: weights.sized("shape", SHAPES, COLUMN_WIDTH)?,
            gap: weights.sized("gap", GAPS, COLUMN_WIDTH)?,
            quoted: weights.sized("quoted", QUOTED, COLUMN_WIDTH)?,
            input: Linear::new(&weights, "input", inputs, width)?,
            trunk: blocks(&weights, "trunk", width, &dilations)?,
            norm: Norm::new(&weights, "norm", width)?,
            begins: Decision::new(&weights, &[("begins", 1)], width)?,
            token: NormedLinear::new(&weights, "token", "norm", width, cue_width)?,
            cue: NormedLinear::new(&weights, "cue", "norm", width, cue_width)?,
            distance: weights.sized("distance", DISTANCES, cue_width)?,
            breaks: weights.sized("breaks", BREAKS, cue_width)?,
            around: blocks(&weights, "around", cue_width, &cue_dilations)?,
            around_norm: Norm::new(&weights, "around_norm", cue_width)?,
            tags: Decision::new(&weights, &[("tags", TAGS)], cue_width)?,
            real: Decision::new(&weights, &[("real", 1)], cue_width + width)?,
            moves: weights.sized("moves", TAGS, TAGS)?,
            words,
            width,
            cue_width,
            before: weights.fact("before")?,
            behind: weights.fact("behind")?,
            begin_floor: weights.fact("begin_floor")?,
            floor: weights.fact("floor")?,
            calibration: (weights.fact("calibration_slope")?, weights.fact("calibration_intercept")?),
            reach: dilations.iter().sum(),
        })
    }

    /// Every attribution the network can see in a text, likely or not; those under `floor` are left out. They come
    /// in the order of their anchors and may repeat or contradict each other.
    pub fn propose(&self, features: &Features, floor: f32) -> Vec<Proposal> {
        self.propose_by(features, floor, STRETCH)
    }

    /// How sure one may be of a proposal, 0 to 1: of all with confidence 0.8, about eight in ten are right. Fitted on
    /// dev; see the model card.
    pub fn confidence(&self, proposal: &Proposal) -> f32 {
        let chance = proposal.chance.clamp(0.0005, 0.9995);
        let (slope, intercept) = self.calibration;
        logistic(slope * (chance / (1.0 - chance)).ln() + intercept)
    }

    fn propose_by(&self, features: &Features, floor: f32, stretch: usize) -> Vec<Proposal> {
        let count = features.len();
        let margin = self.reach + self.before.max(self.behind).max(FAR_BEHIND);
        let mut out = Vec::new();
        let mut room = Rooms::default();
        let chunks = match &self.words {
            Words::Table(_) => Vec::new(),
            Words::Encoder(encoder) => encoder.chunks(features),
        };
        for from in (0..count).step_by(stretch) {
            let to = from.saturating_add(stretch).min(count);
            let range = from.saturating_sub(margin)..(to + margin).min(count);
            let states = self.read(features, &chunks, range, &mut room);
            for (i, at) in states.anchors.iter().enumerate() {
                if (from..to).contains(&(states.first + at)) {
                    out.extend(self.look(&states, i, floor, &mut room.normed));
                }
            }
        }
        out
    }

    /// Runs the trunk over some tokens. `chunks` are the text's, where an encoder reads it.
    fn read(
        &self,
        features: &Features,
        chunks: &[Range<usize>],
        range: Range<usize>,
        room: &mut Rooms,
    ) -> States {
        let words = self.words.width();
        let columns = words + SUFFIX_WIDTH + 3 * COLUMN_WIDTH;
        let mut input = vec![0.0; range.len() * columns];
        let first = range.start;
        match &self.words {
            Words::Table(table) => {
                for (i, row) in range.clone().zip(input.chunks_exact_mut(columns)) {
                    let pieces = features.pieces_of(i);
                    let weight = 1.0 / pieces.len().max(1) as f32;
                    pieces.iter().for_each(|piece| table.add_row(*piece as usize, weight, &mut row[..words]));
                }
            }
            Words::Encoder(encoder) => {
                for chunk in chunks.iter().filter(|chunk| chunk.start < range.end && range.start < chunk.end)
                {
                    encoder.read(features, chunk.clone(), &mut room.encoder, |token, vector| {
                        if range.contains(&token) {
                            let at = (token - first) * columns;
                            input[at..at + words].copy_from_slice(vector);
                        }
                    });
                }
            }
        }
        let mut breaks = Vec::with_capacity(range.len());
        let mut passed = 0;
        for (i, row) in range.clone().zip(input.chunks_exact_mut(columns)) {
            let told = [
                self.suffix.row(usize::from(features.suffix[i])),
                self.shape.row(usize::from(features.shape[i])),
                self.gap.row(usize::from(features.gap[i])),
                self.quoted.row(usize::from(features.quoted[i])),
            ];
            row[words..].iter_mut().zip(told.into_iter().flatten()).for_each(|(x, told)| *x = *told);
            passed += i32::from(features.gap[i] >= 2);
            breaks.push(passed);
        }
        room.rounded.rows(&input, columns);
        let mut trunk = Vec::new();
        self.input.apply(&room.rounded, Finish::Positive, &mut trunk);
        for block in &self.trunk {
            block.apply(&mut trunk, &mut room.normed);
        }
        room.normed.rows(&trunk, self.width);
        self.norm.apply(&mut trunk);
        let (mut token, mut begins) = (Vec::new(), Vec::new());
        let count = range.len();
        self.token.apply(&room.normed, &(0..count).map(|i| [i]).collect::<Vec<_>>(), &mut token);
        self.begins.apply(&trunk, &mut begins);
        let anchors: Vec<usize> = (0..count).filter(|&i| logistic(begins[i]) > self.begin_floor).collect();
        let nearby = |i: usize| [i.saturating_sub(1), i, (i + 1).min(count - 1)];
        let mut cues = Vec::new();
        self.cue.apply(&room.normed, &anchors.iter().map(|i| nearby(*i)).collect::<Vec<_>>(), &mut cues);
        States { first, trunk, token, begins, anchors, cues, breaks }
    }

    /// Looks at the surroundings of one place where a cue may begin.
    fn look(&self, states: &States, number: usize, floor: f32, room: &mut Normed) -> Option<Proposal> {
        let anchor = states.first + states.anchors[number];
        let near = self.window(states, number, self.behind, room);
        if near.chance < floor {
            return None;
        }
        // Content that runs to the very end of the window may go on behind it.
        let (mut found, mut behind) = (near, self.behind);
        while behind < FAR_BEHIND && found.runs_over(anchor + behind) {
            behind = (behind * 3).min(FAR_BEHIND);
            found = Proposal { chance: found.chance, ..self.window(states, number, behind, room) };
        }
        Some(found)
    }

    fn window(&self, states: &States, number: usize, behind: usize, room: &mut Normed) -> Proposal {
        let (width, cue_width) = (self.width, self.cue_width);
        let count = states.breaks.len();
        let at = states.anchors[number];
        let range = at.saturating_sub(self.before)..(at + behind).min(count);
        let cue = &states.cues[number * cue_width..(number + 1) * cue_width];
        let mut around = states.token[range.start * cue_width..range.end * cue_width].to_vec();
        for (row, i) in around.chunks_exact_mut(cue_width).zip(range.clone()) {
            let distance = self.distance.row(distance_bucket(i as isize - at as isize));
            let breaks = (states.breaks[i] - states.breaks[at]).clamp(-3, 3) + 3;
            let breaks = self.breaks.row(breaks as usize);
            for (((x, cue), distance), breaks) in row.iter_mut().zip(cue).zip(distance).zip(breaks) {
                *x = (*x + cue + distance + breaks).max(0.0);
            }
        }
        for block in &self.around {
            block.apply(&mut around, room);
        }
        self.around_norm.apply(&mut around);
        let middle = (at - range.start) * cue_width;
        let chance = self.real.one(
            &[&around[middle..middle + cue_width], &states.trunk[at * width..(at + 1) * width]].concat(),
        );
        let mut scores = Vec::new();
        self.tags.apply(&around, &mut scores);
        Proposal {
            anchor: states.first + at,
            first: states.first + range.start,
            tags: best_path(&scores, &self.moves),
            chance: logistic(chance),
        }
    }
}

/// Signed distance in tokens to a row of the table: exact to 7, then two rows a doubling, at most 15, either side.
fn distance_bucket(delta: isize) -> usize {
    let size = delta.unsigned_abs();
    let row = if size < 8 {
        size
    } else {
        let doublings = (size as f32 / 8.0).log2();
        (8 + (2.0 * doublings) as usize).min(15)
    };
    row + if delta > 0 { 16 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words by lot, with a line end now and then.
    fn some_features(count: u32) -> Features {
        let mut lot = 1u32;
        let mut next = |below: u32| {
            lot = lot.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (lot >> 8) % below
        };
        let mut features = Features::default();
        for i in 0..count {
            features.piece_starts.push(i);
            // Every eighth word is "said", so that there is something to look at.
            features.pieces.push(if next(8) == 0 { 2056 } else { 1996 + next(4000) });
            features.suffix.push(next(SUFFIXES as u32) as u16);
            features.shape.push(next(2) as u8);
            features.gap.push(if next(40) == 0 { 3 } else { 1 });
            features.quoted.push(0);
        }
        features.piece_starts.push(count);
        features
    }

    #[test]
    fn where_a_long_text_is_cut_into_stretches_does_not_show() {
        for model in crate::ModelName::ALL {
            let network = AttributionNetwork::new(model.weights()).unwrap();
            let features = some_features(if model == crate::ModelName::Fast { 4000 } else { 1500 });
            let whole = network.propose_by(&features, 0.1, usize::MAX);
            let parts = network.propose_by(&features, 0.1, 700);
            assert!(whole.len() > 3, "{model}: {}", whole.len());
            assert_eq!(whole.len(), parts.len());
            for (whole, part) in whole.iter().zip(&parts) {
                assert_eq!((whole.anchor, whole.first, &whole.tags), (part.anchor, part.first, &part.tags));
                assert!((whole.chance - part.chance).abs() < 1e-3);
            }
        }
    }

    #[test]
    fn distances_fall_in_the_rows_training_put_them_in() {
        let rows: Vec<usize> =
            [0, 1, 7, 8, 11, 12, 16, 23, 64, 500, -1, -8, -500].map(distance_bucket).into();
        assert_eq!(rows, [0, 17, 23, 24, 24, 25, 26, 27, 30, 31, 1, 8, 15]);
    }
}
