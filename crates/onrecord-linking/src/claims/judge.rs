//! What a statement makes of a claim.

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

/// A statement as it is judged.
#[derive(Clone, Copy, Debug, Default)]
pub struct Telling<'t> {
    /// What is said.
    pub content: &'t str,
    /// What the statement does.
    pub act: Option<Act>,
    /// How surely.
    pub certainty: Option<CertaintyLevel>,
    /// Whether somebody else's statement that bears on the claim stands within it.
    pub relays: bool,
}

/// Why a stance is taken to be what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The statement's act: it denies, doubts, asks.
    Act,
    /// Its certainty: unlikely.
    Certainty,
    /// Its words, as the network reads them.
    Words,
    /// It answers a statement that does.
    Answer,
    /// It tells what somebody else says.
    Relays,
    /// It is near the matter, and no side shows.
    Near,
}

/// A stance with how sure and why.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Judged {
    /// The stance.
    pub stance: Stance,
    /// How sure the program is, 0 to 1.
    pub confidence: f32,
    /// Why.
    pub reason: Reason,
}

/// Judges statements, one after another.
pub struct Judge<'n> {
    network: Option<&'n StanceNetwork>,
    room: StanceRoom,
}

impl<'n> Judge<'n> {
    /// A judge over this network; without one, who takes sides by words alone is told to be near the matter.
    pub fn new(network: Option<&'n StanceNetwork>) -> Self {
        Judge { network, room: StanceRoom::default() }
    }

    /// What `telling` makes of `claim`, which it bears on so far.
    pub fn judge(&mut self, claim: &str, telling: &Telling<'_>, bearing: &Bearing) -> Judged {
        Judge::settled(claim, telling, bearing).unwrap_or_else(|| match self.network {
            Some(network) => {
                Judge::read(claim, telling, bearing, network.judge(claim, telling.content, &mut self.room))
            }
            None => Judge::unread(),
        })
    }

    /// The same where it shows without the network; nothing where the words have to be read.
    pub fn settled(claim: &str, telling: &Telling<'_>, bearing: &Bearing) -> Option<Judged> {
        let decided = |stance, confidence, reason| Some(Judged { stance, confidence, reason });
        match telling.act {
            Some(Act::Denies | Act::Doubts) if bearing.relevance < NEAR => {
                return decided(Stance::Mentions, 0.5, Reason::Near);
            }
            Some(Act::Denies) => return decided(Stance::Denies, 0.85, Reason::Act),
            Some(Act::Doubts) => return decided(Stance::Doubts, 0.85, Reason::Act),
            Some(Act::Asks) => return decided(Stance::Mentions, 0.9, Reason::Act),
            _ if telling.relays => return decided(Stance::Mentions, 0.8, Reason::Relays),
            _ => {}
        }
        if telling.certainty == Some(CertaintyLevel::Unlikely) {
            return decided(Stance::Doubts, 0.7, Reason::Certainty);
        }
        let first = telling.content.split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty());
        if first.is_some_and(|word| OPEN.iter().any(|open| word.eq_ignore_ascii_case(open))) {
            return decided(Stance::Mentions, 0.7, Reason::Act);
        }
        // "There is no fleet", to a claim that there is one. Where the claim itself denies, the network has to tell.
        if telling.certainty == Some(CertaintyLevel::Denied) && bearing.relevance >= NEAR && !denies(claim) {
            return decided(Stance::Denies, 0.7, Reason::Certainty);
        }
        // Who says the claim's own words says it, or its contrary where one of the two denies.
        if bearing.covered >= SAID && bearing.told >= SAID {
            let stance =
                if denies(claim) == denies(telling.content) { Stance::Supports } else { Stance::Denies };
            return decided(stance, bearing.covered.min(0.9), Reason::Words);
        }
        None
    }

    /// What is said of words that nobody reads.
    pub fn unread() -> Judged {
        Judged { stance: Stance::Mentions, confidence: 0.5, reason: Reason::Near }
    }

    /// What words that are not [settled](Judge::settled) make of `claim` by what the network reads in them.
    pub fn read(claim: &str, telling: &Telling<'_>, bearing: &Bearing, chances: StanceChances) -> Judged {
        let decided = |stance, confidence, reason| Judged { stance, confidence, reason };
        let near = bearing.relevance < NEAR || bearing.covered < SAID || chances.neither > SURE;
        if near || chances.supports.max(chances.undermines) < SURE {
            return decided(Stance::Mentions, 1.0 - chances.supports.max(chances.undermines), Reason::Near);
        }
        // The network learned from arguments. Where a denial in the words speaks against it, no side is taken.
        let turned =
            denies(claim) != denies(telling.content) || distance(telling.content) == Distance::Refuting;
        match (chances.supports > chances.undermines, turned) {
            (true, false) => decided(Stance::Supports, chances.supports, Reason::Words),
            (false, true) => decided(Stance::Denies, chances.undermines, Reason::Words),
            (false, false) if chances.undermines >= CERTAIN => {
                decided(Stance::Denies, chances.undermines, Reason::Words)
            }
            _ => decided(Stance::Mentions, 0.5, Reason::Near),
        }
    }
}

/// Whether a sentence says that something is not so.
fn denies(sentence: &str) -> bool {
    let words = sentence.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.filter(|word| DENIALS.iter().any(|denial| word.eq_ignore_ascii_case(denial))).count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(claim: &str, telling: Telling<'_>, relevance: f32) -> Stance {
        let bearing = Bearing { relevance, ..Bearing::default() };
        Judge::new(None).judge(claim, &telling, &bearing).stance
    }

    #[test]
    fn what_a_statement_does_goes_before_its_words() {
        let claim = "Veldra dumps waste";
        let denial = Telling { content: "the accusation", act: Some(Act::Denies), ..Telling::default() };
        assert_eq!(judged(claim, denial, 0.8), Stance::Denies);
        assert_eq!(judged(claim, denial, 0.2), Stance::Mentions);
        let doubt = Telling { act: Some(Act::Doubts), ..denial };
        assert_eq!(judged(claim, doubt, 0.8), Stance::Doubts);
        let asked = Telling { content: "whether Veldra dumps waste", act: Some(Act::Asserts), ..denial };
        assert_eq!(judged(claim, asked, 0.9), Stance::Mentions);
    }

    #[test]
    fn the_words_of_a_claim_are_for_it_unless_one_denies() {
        let bearing = Bearing { relevance: 0.9, covered: 0.9, told: 0.9, ..Bearing::default() };
        let mut judge = Judge::new(None);
        let mut stance = |claim: &str, content| {
            judge.judge(claim, &Telling { content, ..Telling::default() }, &bearing).stance
        };
        assert_eq!(stance("Veldra dumps waste", "Veldra has dumped waste"), Stance::Supports);
        assert_eq!(stance("Veldra dumps waste", "Veldra has never dumped waste"), Stance::Denies);
        assert_eq!(stance("Veldra does not dump waste", "Veldra dumps waste"), Stance::Denies);
    }

    #[test]
    fn what_is_said_not_to_be_so_denies_unless_the_claim_does() {
        let none = Telling {
            content: "there is no waste from Veldra",
            act: Some(Act::Asserts),
            certainty: Some(CertaintyLevel::Denied),
            ..Telling::default()
        };
        assert_eq!(judged("Veldra dumps waste", none, 0.9), Stance::Denies);
        assert_eq!(judged("Veldra does not dump waste", none, 0.9), Stance::Mentions);
    }
}
