//! What a text makes of a claim: a pretrained encoder over both together, taught on claims and on what people bring up for
//! and against them (PERSPECTRUM, Chen et al. 2019).

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

/// The network with its weights.
#[derive(Debug)]
pub struct StanceNetwork {
    pieces: WordPiece,
    encoder: Encoder,
    decision: Decision,
}

/// Room the network works in, kept between texts.
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
        let words = Weights::new(crate::ModelName::Accurate.weights())?;
        let own = Weights::new(include_bytes!("../weights/stance.safetensors"))?;
        let encoder = Encoder::of_pairs(&own, words.byte_rows("encoder.words")?)?;
        let decision = Decision::new(&own, &[("out", 3)], 2 * encoder.width())?;
        Ok(StanceNetwork { pieces: WordPiece::new(words.text("vocabulary")?), encoder, decision })
    }

    /// What `text` makes of `claim`. Of texts longer than about a hundred words in all, the ends are not read.
    pub fn judge(&self, claim: &str, text: &str, room: &mut StanceRoom) -> StanceChances {
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
        let [supports, undermines, neither] = softmax(out);
        StanceChances { supports, undermines, neither }
    }
}

fn softmax(scores: &[f32]) -> [f32; 3] {
    let mut chances = [0.0; 3];
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
    fn any_texts_are_survived() {
        let network = StanceNetwork::embedded().unwrap();
        let mut room = StanceRoom::default();
        for (claim, text) in [("", ""), ("a", &"word ".repeat(5_000)), (&"\u{0}é漢".repeat(900), "b")] {
            let found = network.judge(claim, text, &mut room);
            assert!((found.supports + found.undermines + found.neither - 1.0).abs() < 1e-3);
        }
    }
}
