//! What a text makes of a claim, and which side of it somebody takes: a pretrained encoder over both together, taught for the one on
//! claims and what people bring up for and against them (PERSPECTRUM, Chen et al. 2019), and for the other on statements of
//! the news that bear on claims.

use crate::ModelError;
use crate::encoder::{Encoder, EncoderRoom};
use crate::layer::Decision;
use crate::weights::Weights;
use crate::word_piece::WordPiece;

/// How likely a text supports a claim, undermines it, or does neither. The three add up to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct StanceChances {
    /// That who holds the text true has a reason to hold the claim true.
    pub supports: f32,
    /// That who holds the text true has a reason to hold the claim false.
    pub undermines: f32,
    /// Neither: another matter, or a question left open.
    pub neither: f32,
}

/// How likely the speaker of a statement takes each side of a claim. The four add up to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct SideChances {
    /// Says it.
    pub supports: f32,
    /// Says that it is not so.
    pub denies: f32,
    /// Holds it for unshown.
    pub doubts: f32,
    /// Takes no side, or speaks of another matter.
    pub neither: f32,
}

/// The network that weighs arguments, with its weights.
#[derive(Debug)]
pub struct StanceNetwork(Pairs);

/// The network that tells the sides of statements, with its weights.
#[derive(Debug)]
pub struct SideNetwork {
    pairs: Pairs,
    /// The least chances at which a statement is taken to say a claim, to deny it, and to doubt it: chosen on claims that it did
    /// not learn from.
    pub floors: [f32; 3],
}

/// What both are.
#[derive(Debug)]
struct Pairs {
    pieces: WordPiece,
    encoder: Encoder,
    decision: Decision,
}

/// Room a network works in, kept between texts.
#[derive(Debug, Default)]
pub struct StanceRoom {
    encoder: EncoderRoom,
    scratch: String,
    claim: Vec<u32>,
    text: Vec<u32>,
    pooled: Vec<f32>,
    out: Vec<f32>,
}

impl StanceNetwork {
    /// The first twelve digits of the SHA-256 of the weight file.
    pub const DIGEST: &'static str = crate::name::STANCE;

    /// The network this program ships. Its word embeddings and vocabulary are those of the accurate model.
    ///
    /// # Errors
    /// When a weight file is damaged or does not fit this program.
    pub fn embedded() -> Result<Self, ModelError> {
        Pairs::new(&Weights::new(include_bytes!("../weights/stance.safetensors"))?, 3).map(StanceNetwork)
    }

    /// What `text` makes of `claim`. Of texts longer than about a hundred words in all, the ends are not read.
    pub fn judge(&self, claim: &str, text: &str, room: &mut StanceRoom) -> StanceChances {
        let [supports, undermines, neither] = self.0.chances(claim, text, room);
        StanceChances { supports, undermines, neither }
    }
}

impl SideNetwork {
    /// The first twelve digits of the SHA-256 of the weight file.
    pub const DIGEST: &'static str = crate::name::SIDES;

    /// The network this program ships. Its word embeddings and vocabulary are those of the accurate model.
    ///
    /// # Errors
    /// When a weight file is damaged or does not fit this program.
    pub fn embedded() -> Result<Self, ModelError> {
        let weights = Weights::new(include_bytes!("../weights/sides.safetensors"))?;
        let text: String = weights.fact("floors")?;
        let floors: Vec<f32> = text.split_whitespace().filter_map(|word| word.parse().ok()).collect();
        let unfit = |_| ModelError::Unfit(format!("the fact \"floors\" is \"{text}\""));
        Ok(SideNetwork { floors: floors.try_into().map_err(unfit)?, pairs: Pairs::new(&weights, 4)? })
    }

    /// Which side of `claim` somebody takes by a statement, told as "speaker cue: content", or a publication by a sentence. Of
    /// what is longer than about a hundred words with the claim, the end is not read.
    pub fn judge(&self, claim: &str, statement: &str, room: &mut StanceRoom) -> SideChances {
        let [supports, denies, doubts, neither] = self.pairs.chances(claim, statement, room);
        SideChances { supports, denies, doubts, neither }
    }
}

impl Pairs {
    fn new(own: &Weights<'_>, outputs: usize) -> Result<Self, ModelError> {
        let words = Weights::new(crate::ModelName::Accurate.weights())?;
        let encoder = Encoder::of_pairs(own, words.byte_rows("encoder.words")?)?;
        let decision = Decision::new(own, &[("out", outputs)], 2 * encoder.width())?;
        Ok(Pairs { pieces: WordPiece::new(words.text("vocabulary")?), encoder, decision })
    }

    /// The chances of all outputs: from the first state and the mean of all.
    fn chances<const N: usize>(&self, claim: &str, text: &str, room: &mut StanceRoom) -> [f32; N] {
        let StanceRoom { encoder, scratch, claim: first, text: second, pooled, out } = room;
        self.pieces.cut_text(claim, scratch, first);
        self.pieces.cut_text(text, scratch, second);
        let width = self.encoder.width();
        let states = self.encoder.read_pair([first, second], encoder);
        pooled.clear();
        pooled.extend_from_slice(states.get(..width).unwrap_or_default());
        pooled.resize(2 * width, 0.0);
        let rows = states.len() / width.max(1);
        for row in states.chunks_exact(width) {
            pooled[width..].iter_mut().zip(row).for_each(|(sum, x)| *sum += x / rows as f32);
        }
        self.decision.apply(pooled, out);
        softmax(out)
    }
}

fn softmax<const N: usize>(scores: &[f32]) -> [f32; N] {
    let mut chances = [0.0; N];
    let most = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut sum = 0.0;
    for (chance, score) in chances.iter_mut().zip(scores) {
        *chance = crate::arithmetic::exp(score - most);
        sum += *chance;
    }
    chances.map(|chance| chance / sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_claim_said_again_is_supported_and_its_denial_is_not() {
        let network = StanceNetwork::embedded().unwrap();
        let mut room = StanceRoom::default();
        let claim = "The harbour should be closed to large ships";
        let same = network.judge(claim, "Large ships should be kept out of the harbour.", &mut room);
        assert!(same.supports > same.undermines, "{same:?}");
        let other = network.judge(claim, "The harbour should not be closed to large ships.", &mut room);
        assert!(other.undermines > other.supports, "{other:?}");
    }

    #[test]
    fn who_says_a_claim_is_told_from_who_says_the_contrary() {
        let network = SideNetwork::embedded().unwrap();
        let mut room = StanceRoom::default();
        let claim = "The company poisoned the river";
        let says = network.judge(claim, "The mayor said: the company has poisoned the river", &mut room);
        assert!(says.supports > says.denies && says.supports > says.neither, "{says:?}");
        let denies = network.judge(claim, "The company denied: that it had poisoned the river", &mut room);
        assert!(denies.denies > denies.supports && denies.denies > denies.neither, "{denies:?}");
    }

    #[test]
    fn any_texts_are_survived() {
        let (network, sides) = (StanceNetwork::embedded().unwrap(), SideNetwork::embedded().unwrap());
        let mut room = StanceRoom::default();
        for (claim, text) in [("", ""), ("a", &"word ".repeat(5_000)), (&"\u{0}é漢".repeat(900), "b")] {
            let found = network.judge(claim, text, &mut room);
            assert!((found.supports + found.undermines + found.neither - 1.0).abs() < 1e-3);
            let found = sides.judge(claim, text, &mut room);
            let sum = found.supports + found.denies + found.doubts + found.neither;
            assert!((sum - 1.0).abs() < 1e-3);
        }
    }
}
