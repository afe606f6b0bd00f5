//! What a passage of a whole text makes of a claim, where it is judged as the text's own: by what it does, then by its words, then
//! by the network that weighs arguments.

use super::claim::Bearing;
use super::hearsay::{Distance, distance};
use onrecord_models::{StanceChances, StanceNetwork, StanceRoom};
use onrecord_record::{Act, CertaintyLevel, Stance};

/// Below this relevance the network's word is not taken: what is only near a claim can sound like being for it.
const NEAR: f32 = 0.55;

/// A passage that has this share of the claim's words, and of what the claim says of its names, says the same or the contrary.
const SAID: f32 = 0.6;

/// The least chance at which the network's word is taken.
const SURE: f32 = 0.6;

/// The least chance at which its word is taken for a denial without a word that denies.
const CERTAIN: f32 = 0.85;

/// Words that make a statement a question or a condition: it takes no side by itself.
const OPEN: [&str; 5] = ["whether", "if", "should", "unless", "assuming"];

/// Words by which a claim says that something is not so.
const DENIALS: [&str; 9] = ["not", "no", "never", "none", "nobody", "nothing", "cannot", "without", "t"];

/// A passage as it is judged.
#[derive(Clone, Copy, Debug, Default)]
pub struct Passage<'t> {
    /// Its words.
    pub words: &'t str,
    /// What it does, where it is a statement.
    pub act: Option<Act>,
    /// How surely.
    pub certainty: Option<CertaintyLevel>,
}

/// Judges passages, one after another.
pub struct TextJudge<'n> {
    network: &'n StanceNetwork,
    room: StanceRoom,
}

impl<'n> TextJudge<'n> {
    /// A judge over this network.
    pub fn new(network: &'n StanceNetwork) -> Self {
        TextJudge { network, room: StanceRoom::default() }
    }

    /// What `passage` makes of `claim`, which it bears on so far, and how sure that is, 0 to 1.
    pub fn judge(&mut self, claim: &str, passage: &Passage<'_>, bearing: &Bearing) -> (Stance, f32) {
        settled(claim, passage, bearing).unwrap_or_else(|| {
            read(claim, passage, bearing, self.network.judge(claim, passage.words, &mut self.room))
        })
    }
}

/// What shows without the network; nothing where the words have to be read.
fn settled(claim: &str, passage: &Passage<'_>, bearing: &Bearing) -> Option<(Stance, f32)> {
    match passage.act {
        Some(Act::Denies | Act::Doubts) if bearing.relevance < NEAR => return Some((Stance::Mentions, 0.5)),
        Some(Act::Denies) => return Some((Stance::Denies, 0.85)),
        Some(Act::Doubts) => return Some((Stance::Doubts, 0.85)),
        Some(Act::Asks) => return Some((Stance::Mentions, 0.9)),
        _ => {}
    }
    if passage.certainty == Some(CertaintyLevel::Unlikely) {
        return Some((Stance::Doubts, 0.7));
    }
    let first = passage.words.split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty());
    if first.is_some_and(|word| OPEN.iter().any(|open| word.eq_ignore_ascii_case(open))) {
        return Some((Stance::Mentions, 0.7));
    }
    // "There is no fleet", to a claim that there is one. Where the claim itself denies, the network has to tell.
    if passage.certainty == Some(CertaintyLevel::Denied) && bearing.relevance >= NEAR && !denies(claim) {
        return Some((Stance::Denies, 0.7));
    }
    // Who says the claim's own words says it, or its contrary where one of the two denies.
    (bearing.covered >= SAID && bearing.told >= SAID).then(|| {
        let same = denies(claim) == denies(passage.words);
        (if same { Stance::Supports } else { Stance::Denies }, bearing.covered.min(0.9))
    })
}

fn read(claim: &str, passage: &Passage<'_>, bearing: &Bearing, chances: StanceChances) -> (Stance, f32) {
    let near = bearing.relevance < NEAR || bearing.covered < SAID || chances.neither > SURE;
    if near || chances.supports.max(chances.undermines) < SURE {
        return (Stance::Mentions, 1.0 - chances.supports.max(chances.undermines));
    }
    // The network learned from arguments. Where a denial in the words speaks against it, no side is taken.
    let turned = denies(claim) != denies(passage.words) || distance(passage.words) == Distance::Refuting;
    match (chances.supports > chances.undermines, turned) {
        (true, false) => (Stance::Supports, chances.supports),
        (false, true) => (Stance::Denies, chances.undermines),
        (false, false) if chances.undermines >= CERTAIN => (Stance::Denies, chances.undermines),
        _ => (Stance::Mentions, 0.5),
    }
}

/// Whether a sentence says that something is not so.
pub(super) fn denies(sentence: &str) -> bool {
    let words = sentence.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.filter(|word| DENIALS.iter().any(|denial| word.eq_ignore_ascii_case(denial))).count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(claim: &str, passage: Passage<'_>, relevance: f32) -> Stance {
        let network = StanceNetwork::embedded().unwrap();
        let bearing = Bearing { relevance, ..Bearing::default() };
        TextJudge::new(&network).judge(claim, &passage, &bearing).0
    }

    #[test]
    fn what_a_passage_does_goes_before_its_words() {
        let claim = "Veldra dumps waste";
        let denial = Passage { words: "the accusation", act: Some(Act::Denies), ..Passage::default() };
        assert_eq!(judged(claim, denial, 0.8), Stance::Denies);
        assert_eq!(judged(claim, denial, 0.2), Stance::Mentions);
        let doubt = Passage { act: Some(Act::Doubts), ..denial };
        assert_eq!(judged(claim, doubt, 0.8), Stance::Doubts);
        let asked = Passage { words: "whether Veldra dumps waste", act: Some(Act::Asserts), ..denial };
        assert_eq!(judged(claim, asked, 0.9), Stance::Mentions);
    }

    #[test]
    fn the_words_of_a_claim_are_for_it_unless_one_denies() {
        let bearing = Bearing { relevance: 0.9, covered: 0.9, told: 0.9, ..Bearing::default() };
        let network = StanceNetwork::embedded().unwrap();
        let mut judge = TextJudge::new(&network);
        let mut stance =
            |claim: &str, words| judge.judge(claim, &Passage { words, ..Passage::default() }, &bearing).0;
        assert_eq!(stance("Veldra dumps waste", "Veldra has dumped waste"), Stance::Supports);
        assert_eq!(stance("Veldra dumps waste", "Veldra has never dumped waste"), Stance::Denies);
        assert_eq!(stance("Veldra does not dump waste", "Veldra dumps waste"), Stance::Denies);
    }

    #[test]
    fn what_is_said_not_to_be_so_denies_unless_the_claim_does() {
        let none = Passage {
            words: "there is no waste from Veldra",
            act: Some(Act::Asserts),
            certainty: Some(CertaintyLevel::Denied),
        };
        assert_eq!(judged("Veldra dumps waste", none, 0.9), Stance::Denies);
        assert_eq!(judged("Veldra does not dump waste", none, 0.9), Stance::Mentions);
    }
}
