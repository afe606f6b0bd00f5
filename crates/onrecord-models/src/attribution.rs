//! The attribution networks: a trunk of dilated convolutions (van den Oord et al. 2016) over the words of the whole
//! text, a score for each token that a cue begins there, and, seen from each such place, the tags of that one attribution
//! (a conditional random field, Lafferty et al. 2001).
//!
//! The same text gives the same scores however it is batched: long texts are run in stretches whose margins are wide
//! enough that no place inside a stretch can tell.

use crate::arithmetic::{exp, logistic};
use crate::byte_matrix::{Finish, Rounded};
use crate::confidence::Weighing;
use crate::coreference::{CoreferenceNetwork, FoundMention};
use crate::encoder::{Encoder, EncoderRoom, LowerStates};
use crate::features::{Features, GAPS, QUOTED, SHAPES, SUFFIXES};
use crate::layer::{Block, Decision, Linear, Norm, Normed, NormedLinear, blocks};
use crate::statement::{ALONG, Again, StatementNetwork};
use crate::tagging::TAGS;
use crate::weights::{ByteRows, Matrix, ModelError, Weights};
use crate::window::{FAR_AHEAD, FAR_BEHIND};
use crate::word_piece::WordPiece;
use std::borrow::Cow;
use std::ops::Range;

/// How many tokens are run at once; bounds the memory a long text takes.
const STRETCH: usize = 8192;
/// Of a text of at most so many word pieces the encoder's lower states are kept until its statements are known: 50 MB.
const MOST_KEPT: usize = 32_768;
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
    /// How sure the network is, seen from the cue, that an attribution stands here, 0 to 1; a part of the
    /// [`crate::Evidence`].
    pub chance: f32,
    /// How likely the network thought it, before looking closely, that a cue begins at the anchor, 0 to 1.
    pub begin_chance: f32,
}

/// What a network says of a text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Proposals {
    /// The attributions, in the order of their anchors; they may repeat or contradict each other.
    pub proposals: Vec<Proposal>,
    /// One for each token.
    pub roles: Vec<RoleChances>,
    /// Who is mentioned, in the order of the mentions' heads; empty where no [`CoreferenceNetwork`] was asked.
    pub mentions: Vec<FoundMention>,
    /// What a [`StatementNetwork`] reads of each token: tokens × its width; empty where none was asked.
    pub rows: Vec<f32>,
    /// What its own layers begin with, of a text that is not too long.
    pub lower: Option<LowerStates>,
}

/// The networks that read what this one has made of a text.
#[derive(Clone, Copy, Debug)]
pub struct Readers<'n> {
    /// Who is mentioned.
    pub people: &'n CoreferenceNetwork,
    /// What statements do.
    pub statements: &'n StatementNetwork,
}

/// What the network makes of each token of a text: what others learn from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Seen {
    /// Tokens × the first of [`AttributionNetwork::widths`]: what it is told of each word.
    pub input: Vec<f32>,
    /// Tokens × the second: the trunk's states, normed.
    pub states: Vec<f32>,
}

/// How likely a token bears each role in some attribution, 0 to 1, seen without a cue in view.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct RoleChances {
    /// That it is content.
    pub content: f32,
    /// That it belongs to a cue.
    pub cue: f32,
    /// That it belongs to a source.
    pub source: f32,
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
    /// Whether a cue begins at a token, and the token's tag in any attribution.
    begins: Decision,
    token: NormedLinear<1>,
    cue: NormedLinear<3>,
    pub(crate) distance: Matrix,
    pub(crate) breaks: Matrix,
    pub(crate) around: Vec<Block>,
    pub(crate) around_norm: Norm,
    pub(crate) tags: Decision,
    pub(crate) real: Decision,
    pub(crate) moves: Matrix,
    pub(crate) width: usize,
    pub(crate) cue_width: usize,
    pub(crate) before: usize,
    pub(crate) behind: usize,
    begin_floor: f32,
    /// The least confidence at which an attribution is worth putting on the record, chosen on dev.
    pub floor: f32,
    /// What makes a confidence of the evidence.
    pub weighing: Weighing,
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
    /// What is kept of the encoder's lower layers, if anything.
    lower: Option<LowerStates>,
    /// The rows that the last stretch was read from.
    input: Vec<f32>,
    readers: Normed,
}

/// The trunk's states for one stretch of tokens.
pub(crate) struct States {
    /// Where the stretch begins in the text.
    pub(crate) first: usize,
    /// Places × width.
    pub(crate) trunk: Vec<f32>,
    /// Places × cue width.
    pub(crate) token: Vec<f32>,
    /// The places where a cue is likely enough to begin, with the chance of it.
    pub(crate) anchors: Vec<(usize, f32)>,
    /// What the window around each of these is told of it: anchors × cue width.
    pub(crate) cues: Vec<f32>,
    /// How many line and paragraph ends precede each place.
    pub(crate) breaks: Vec<i32>,
    /// How likely each place bears each role.
    roles: Vec<RoleChances>,
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
        let evidence = weights.fact::<String>("evidence")?;
        let evidence: Vec<f32> = evidence.split_whitespace().filter_map(|word| word.parse().ok()).collect();
        let weighing = Weighing::new(&evidence)
            .ok_or_else(|| ModelError::Unfit("the fact \"evidence\" is not seven numbers".into()))?;
        Ok(AttributionNetwork {
            pieces: WordPiece::new(weights.text("vocabulary")?),
            suffix: weights.sized("suffix", SUFFIXES, SUFFIX_WIDTH)?,
            shape: weights.sized("shape", SHAPES, COLUMN_WIDTH)?,
            gap: weights.sized("gap", GAPS, COLUMN_WIDTH)?,
            quoted: weights.sized("quoted", QUOTED, COLUMN_WIDTH)?,
            input: Linear::new(&weights, "input", inputs, width)?,
            trunk: blocks(&weights, "trunk", width, &dilations)?,
            norm: Norm::new(&weights, "norm", width)?,
            begins: Decision::new(&weights, &[("begins", 1), ("roles", TAGS)], width)?,
            token: NormedLinear::new(&weights, "token", width, cue_width)?,
            cue: NormedLinear::new(&weights, "cue", width, cue_width)?,
            distance: weights.sized("distance", DISTANCES, cue_width)?,
            breaks: weights.sized("breaks", BREAKS, cue_width)?,
            around: blocks(&weights, "around", cue_width, &cue_dilations)?,
            around_norm: Norm::new(&weights, "around_norm", cue_width)?,
            tags: Decision::new(&weights, &[("tags", TAGS)], cue_width)?,
            real: Decision::new(&weights, &[("real", 1)], 2 * cue_width + width)?,
            moves: weights.sized("moves", TAGS, TAGS)?,
            words,
            width,
            cue_width,
            before: weights.fact("before")?,
            behind: weights.fact("behind")?,
            begin_floor: weights.fact("begin_floor")?,
            floor: weights.fact("floor")?,
            weighing,
            reach: dilations.iter().sum(),
        })
    }

    /// How many numbers the network is told of each word, and how many its trunk's states have.
    pub fn widths(&self) -> (usize, usize) {
        (self.words.width() + SUFFIX_WIDTH + 3 * COLUMN_WIDTH, self.width)
    }

    /// The coreference network that reads what this one has made of a text.
    ///
    /// # Errors
    /// When the bytes are no weight file of it, or one made for another model.
    pub fn coreference(&self, bytes: &[u8]) -> Result<CoreferenceNetwork, ModelError> {
        let (inputs, width) = self.widths();
        CoreferenceNetwork::new(bytes, inputs, width)
    }

    /// The statement network that reads what this one has made of a text.
    ///
    /// # Errors
    /// When the bytes are no weight file of it, or one made for another model. `words`: the weight file with the word embeddings of its
    /// own encoder, if it has one.
    pub fn statements(&self, bytes: &[u8], words: Option<&[u8]>) -> Result<StatementNetwork, ModelError> {
        let encoder = match &self.words {
            Words::Table(_) => None,
            Words::Encoder(encoder) => Some(&**encoder),
        };
        StatementNetwork::new((bytes, words), self.widths(), encoder)
    }

    /// What a statement network reads of each token, once it is known what was said: the rows of what was `seen`, to which layers of its
    /// own add what they make of the words around statements. `roles`: of each token 0, or 1 source, 2 cue, 3 content of any
    /// statement.
    pub fn statement_rows<'r>(
        &self,
        statements: &StatementNetwork,
        features: &Features,
        roles: &[u8],
        seen: &'r Proposals,
    ) -> Cow<'r, [f32]> {
        let (chunks, inputs) = match (&statements.again, &self.words) {
            (Some(Again::Own(own)), _) => (own.chunks(features), own.width()),
            (Some(Again::Upper(_)), Words::Encoder(encoder)) => (encoder.chunks(features), encoder.width()),
            _ => return Cow::Borrowed(&seen.rows),
        };
        let (width, lower) = (statements.width(), seen.lower.as_ref());
        let mut made = seen.rows.clone();
        let (mut room, mut normed, mut words) = (EncoderRoom::default(), Normed::default(), Vec::new());
        // A statement is looked at with what stands around it.
        let is_near = |chunk: &Range<usize>| {
            let near = chunk.start.saturating_sub(ALONG)..(chunk.end + ALONG).min(roles.len());
            roles.get(near).is_some_and(|roles| roles.iter().any(|role| *role > 0))
        };
        for chunk in chunks.into_iter().filter(is_near) {
            words.clear();
            let place = |_, vector: &[f32]| words.extend_from_slice(vector);
            match (&statements.again, &self.words) {
                (Some(Again::Own(own)), _) => own.read(features, (chunk.clone(), roles), &mut room, place),
                (Some(Again::Upper(again)), Words::Encoder(encoder)) => {
                    encoder.read_again(again, features, (chunk.clone(), roles), lower, &mut room, place);
                }
                _ => {}
            }
            if let Some(rows) = made.get_mut(chunk.start * width..chunk.end * width) {
                statements.add_words(&words, inputs, &mut normed, rows);
            }
        }
        Cow::Owned(made)
    }

    /// Every attribution the network can see in a text, likely or not.
    pub fn propose(&self, features: &Features) -> Proposals {
        self.propose_by(features, None, STRETCH)
    }

    /// The same, with what other networks read of it.
    pub fn propose_with(&self, features: &Features, readers: Readers<'_>) -> Proposals {
        self.propose_by(features, Some(readers), STRETCH)
    }

    /// What the network makes of each token, for training what reads it; the whole text at once.
    pub fn seen(&self, features: &Features) -> Seen {
        let chunks = self.chunks(features);
        let mut room = Rooms::default();
        let states = self.read(features, &chunks, 0..features.len(), &mut room);
        Seen { input: room.input, states: states.trunk }
    }

    fn chunks(&self, features: &Features) -> Vec<Range<usize>> {
        match &self.words {
            Words::Table(_) => Vec::new(),
            Words::Encoder(encoder) => encoder.chunks(features),
        }
    }

    fn propose_by(&self, features: &Features, readers: Option<Readers<'_>>, stretch: usize) -> Proposals {
        let count = features.len();
        let margin = self.reach + self.before.max(self.behind).max(FAR_AHEAD).max(FAR_BEHIND);
        let mut out = Proposals::default();
        let lower = match readers.and_then(|readers| readers.statements.again.as_ref()) {
            Some(Again::Upper(again)) if features.pieces.len() <= MOST_KEPT => Some(again.lower()),
            _ => None,
        };
        let mut room = Rooms { lower, ..Rooms::default() };
        let chunks = self.chunks(features);
        for from in (0..count).step_by(stretch) {
            let to = from.saturating_add(stretch).min(count);
            let range = from.saturating_sub(margin)..(to + margin).min(count);
            let states = self.read(features, &chunks, range, &mut room);
            if let Some(Readers { people, statements }) = readers {
                // Before any window is looked at: the rows in the room are those of the stretch.
                let core = from - states.first..to - states.first;
                let Rooms { rounded, normed, readers: room, .. } = &mut room;
                let found = people.mentions(rounded, normed, room, core.clone());
                out.mentions.extend(found.into_iter().map(|found| found.behind(states.first)));
                statements.rows(rounded, normed, room, core, &mut out.rows);
            }
            for (i, (at, _)) in states.anchors.iter().enumerate() {
                if (from..to).contains(&(states.first + at)) {
                    out.proposals.push(self.look(&states, i, &mut room.normed));
                }
            }
            out.roles.extend_from_slice(&states.roles[from - states.first..to - states.first]);
        }
        out.lower = room.lower;
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
        let mut input = std::mem::take(&mut room.input);
        input.clear();
        input.resize(range.len() * columns, 0.0);
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
                    let Rooms { encoder: own, lower, .. } = &mut *room;
                    encoder.read(features, chunk.clone(), own, lower.as_mut(), |token, vector| {
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
        room.input = input;
        let mut trunk = Vec::new();
        self.input.apply(&room.rounded, Finish::Positive, &mut room.normed.sums, &mut trunk);
        for block in &self.trunk {
            block.apply(&mut trunk, &mut room.normed);
        }
        room.normed.rows(&trunk, self.width);
        self.norm.apply(&mut trunk);
        let count = range.len();
        let mut token = Vec::new();
        self.token.apply(&mut room.normed, &(0..count).map(|i| [i]).collect::<Vec<_>>(), &mut token);
        let mut decided = Vec::new();
        self.begins.apply(&trunk, &mut decided);
        let decided = decided.chunks_exact(1 + TAGS);
        let anchors: Vec<(usize, f32)> = decided
            .clone()
            .map(|scores| logistic(scores[0]))
            .enumerate()
            .filter(|(_, chance)| *chance > self.begin_floor)
            .collect();
        let roles = decided.map(|scores| roles(&scores[1..])).collect();
        let nearby = |i: usize| [i.saturating_sub(1), i, (i + 1).min(count - 1)];
        let mut cues = Vec::new();
        let places: Vec<[usize; 3]> = anchors.iter().map(|(i, _)| nearby(*i)).collect();
        self.cue.apply(&mut room.normed, &places, &mut cues);
        States { first, trunk, token, anchors, cues, breaks, roles }
    }
}

/// The chances of the roles by the scores of the tags.
fn roles(scores: &[f32]) -> RoleChances {
    let most = scores.iter().fold(f32::MIN, |most, x| most.max(*x));
    let mut shares = [0.0; TAGS];
    shares.iter_mut().zip(scores).for_each(|(share, x)| *share = exp(x - most));
    let total: f32 = shares.iter().sum();
    let [source, cue, content] = [1, 3, 5].map(|begin| (shares[begin] + shares[begin + 1]) / total);
    RoleChances { content, cue, source }
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
            let whole = network.propose_by(&features, None, usize::MAX);
            let parts = network.propose_by(&features, None, 700);
            assert!(whole.proposals.len() > 3, "{model}: {}", whole.proposals.len());
            assert_eq!(whole, parts, "{model}");
        }
    }

    #[test]
    fn only_words_near_statements_are_read_again() {
        for model in [crate::ModelName::Accurate, crate::ModelName::Thorough] {
            let network = AttributionNetwork::new(model.weights()).unwrap();
            let statements = network.statements(model.statement_weights(), model.statement_words()).unwrap();
            let (features, width) = (some_features(1500), statements.width());
            let people = network.coreference(model.coreference_weights()).unwrap();
            let readers = Readers { people: &people, statements: &statements };
            let seen = network.propose_with(&features, readers);
            let mut roles = vec![0; features.len()];
            let rows = |seen: &Proposals, roles: &[u8]| {
                network.statement_rows(&statements, &features, roles, seen).into_owned()
            };
            assert_eq!(rows(&seen, &roles), seen.rows, "{model}");
            roles[20] = 2;
            let again = rows(&seen, &roles);
            // Whether the lower states were kept, where there are such, does not show.
            assert_eq!(seen.lower.is_some(), model == crate::ModelName::Accurate);
            assert_eq!(rows(&Proposals { lower: None, ..seen.clone() }, &roles), again, "{model}");
            let is_read =
                |i: usize| again[i * width..(i + 1) * width] != seen.rows[i * width..(i + 1) * width];
            assert!(is_read(20) && !is_read(1400), "{model}");
            // They hear what a word is of a statement, and not only that there is one near.
            roles[20] = 3;
            assert_ne!(rows(&seen, &roles), again, "{model}");
        }
    }
}
