//! Which side of a claim a statement takes.
//!
//! A network reads the claim beside the statement as it is told: who, by which words, what. It was taught on statements of the
//! news that bear on claims (`training/sides`), most of which take no side; a side is taken where its chance is above a floor, and
//! a denial where there is a word for it too. Elsewhere it is taken where the statement's own act is to deny or doubt, or where
//! it has the very words of the claim, unless the network sees little of that side.

use super::claim::Bearing;
use super::hearsay::speaks_against;
use super::text_judge::denies;
use onrecord_models::SideChances;
use onrecord_record::{Act, CertaintyLevel, Stance};

/// The least chance of being against a claim at which a denial or a doubt on the matter is taken to be one of it: chosen, with the
/// floors, on claims that the network did not learn from.
const LIKELY_AGAINST: f32 = 0.25;

/// The least chance of saying a claim at which its own words are taken to say it, and of being against it at which their
/// contrary is taken to be so: of what has the words of a claim, far more says it.
const LIKELY: f32 = 0.15;
const LIKELY_CONTRARY: f32 = 0.3;

/// What bears on a claim this much is on the matter.
const NEAR: f32 = 0.55;

/// A statement that has this share of the claim's words, and of what the claim says of its names, says the same or the contrary.
const SAID: f32 = 0.6;

/// A statement as it is judged.
#[derive(Clone, Copy, Debug, Default)]
pub struct Telling<'t> {
    /// What is said.
    pub content: &'t str,
    /// Who says it, by name; nobody where a publication says it itself.
    pub speaker: Option<&'t str>,
    /// The words that attribute it.
    pub cue: Option<&'t str>,
}

impl Telling<'_> {
    /// The words that the network reads: "speaker cue: content", or the content alone where nobody is told to say it.
    pub fn words(&self) -> String {
        let joined = |words: &mut dyn Iterator<Item = &str>| words.collect::<Vec<_>>().join(" ");
        let who = joined(&mut [self.speaker, self.cue].into_iter().flatten().flat_map(str::split_whitespace));
        let content = joined(&mut self.content.split_whitespace());
        if who.is_empty() { content } else { format!("{who}: {content}") }
    }
}

/// Why a stance is taken to be what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It denies or doubts, or says that something is not so.
    Act,
    /// Its words, as the network reads them.
    Words,
    /// It answers a statement that does.
    Answer,
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

impl Judged {
    /// What is said of words that nobody reads.
    pub const UNREAD: Judged = Judged { stance: Stance::Mentions, confidence: 0.5, reason: Reason::Near };

    /// What a statement told so, with this act and certainty, which bears on `claim` so far, makes of it, by what the network reads
    /// in it and the floors of that.
    pub fn of(
        claim: &str,
        telling: &Telling<'_>,
        (act, certainty): (Option<Act>, Option<CertaintyLevel>),
        bearing: &Bearing,
        chances: SideChances,
        floors: [f32; 3],
    ) -> Judged {
        let contrary = matches!(act, Some(Act::Denies | Act::Doubts));
        let may_deny = contrary || denies(claim) || speaks_against(&telling.words());
        let read = Judged::by(act, may_deny, chances, floors);
        if read.stance != Stance::Mentions || bearing.relevance < NEAR || act == Some(Act::Asks) {
            return read;
        }
        let against = chances.denies + chances.doubts;
        let by_act = match act {
            Some(Act::Denies) => Some(Stance::Denies),
            Some(Act::Doubts) => Some(Stance::Doubts),
            _ => None,
        };
        if let Some(stance) = by_act.filter(|_| against >= LIKELY_AGAINST) {
            return Judged { stance, confidence: against, reason: Reason::Act };
        }
        // "There is no fleet", to a claim that there is one.
        if certainty == Some(CertaintyLevel::Denied) && !denies(claim) && against >= LIKELY_AGAINST {
            return Judged { stance: Stance::Denies, confidence: against, reason: Reason::Act };
        }
        let the_words = by_act.is_none() && bearing.covered >= SAID && bearing.told >= SAID;
        match denies(claim) == denies(telling.content) {
            true if the_words && chances.supports >= LIKELY => {
                Judged { stance: Stance::Supports, confidence: chances.supports, reason: Reason::Words }
            }
            false if the_words && against >= LIKELY_CONTRARY => {
                Judged { stance: Stance::Denies, confidence: against, reason: Reason::Words }
            }
            _ => read,
        }
    }

    /// From what the network reads in a statement, with the least chances at which it is taken to say, deny and doubt. How it is
    /// against a claim, its act tells where that is to doubt.
    fn by(act: Option<Act>, may_deny: bool, chances: SideChances, floors: [f32; 3]) -> Judged {
        let SideChances { supports, denies, doubts, neither } = chances;
        let sides = [Stance::Supports, Stance::Denies, Stance::Doubts];
        // By how far each is above its floor, so that the floors weigh between sides too.
        let taken = sides
            .into_iter()
            .zip([supports, denies, doubts])
            .zip(floors)
            .filter(|((stance, chance), floor)| chance >= floor && (may_deny || *stance != Stance::Denies))
            .max_by(|((_, a), a_floor), ((_, b), b_floor)| (a / a_floor).total_cmp(&(b / b_floor)));
        match taken {
            Some(((Stance::Denies, confidence), _)) if act == Some(Act::Doubts) => {
                Judged { stance: Stance::Doubts, confidence, reason: Reason::Words }
            }
            Some(((stance, confidence), _)) => Judged { stance, confidence, reason: Reason::Words },
            None => Judged { confidence: neither, ..Judged::UNREAD },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FLOORS: [f32; 3] = [0.4, 0.3, 0.2];

    #[test]
    fn a_statement_is_told_with_who_says_it_and_how() {
        let telling =
            Telling { content: "that it\n leaks", speaker: Some("Ada  Korr"), cue: Some("did not\nsay") };
        assert_eq!(telling.words(), "Ada Korr did not say: that it leaks");
        assert_eq!(Telling { content: " It leaks. ", ..Telling::default() }.words(), "It leaks.");
        assert_eq!(Telling::default().words(), "");
    }

    #[test]
    fn a_side_is_taken_above_its_floor_alone() {
        let chances = |supports, denies, doubts| SideChances {
            supports,
            denies,
            doubts,
            neither: 1.0 - supports - denies - doubts,
        };
        assert_eq!(Judged::by(None, true, chances(0.9, 0.05, 0.02), FLOORS).stance, Stance::Supports);
        assert_eq!(Judged::by(None, true, chances(0.02, 0.9, 0.05), FLOORS).stance, Stance::Denies);
        assert_eq!(Judged::by(None, true, chances(0.02, 0.05, 0.9), FLOORS).stance, Stance::Doubts);
        assert_eq!(Judged::by(None, true, chances(0.38, 0.02, 0.3), FLOORS).stance, Stance::Doubts);
        assert_eq!(
            Judged::by(Some(Act::Doubts), true, chances(0.02, 0.9, 0.05), FLOORS).stance,
            Stance::Doubts
        );
        let bearing = Bearing { relevance: 0.8, ..Bearing::default() };
        let denied = |chances| {
            let charge = Telling { content: "the charge", ..Telling::default() };
            Judged::of("It leaks", &charge, (Some(Act::Denies), None), &bearing, chances, FLOORS).stance
        };
        assert_eq!(denied(chances(0.1, 0.18, 0.1)), Stance::Denies);
        assert_eq!(denied(chances(0.1, 0.12, 0.1)), Stance::Mentions);
        let said = |content| {
            let telling = Telling { content, speaker: Some("Ada Korr"), cue: Some("said") };
            Judged::of("It leaks", &telling, (None, None), &bearing, chances(0.1, 0.8, 0.05), FLOORS).stance
        };
        assert_eq!(said("It never leaks"), Stance::Denies);
        assert_eq!(said("It is a home for fish"), Stance::Mentions);
        let none = Judged::by(None, true, chances(0.05, 0.05, 0.05), FLOORS);
        assert_eq!((none.stance, none.reason), (Stance::Mentions, Reason::Near));
    }
}
