//! Which side of a claim a statement takes.
//!
//! A network reads the claim beside the statement as it is told: who, by which words, what. It was taught on statements of the
//! news that bear on claims (`training/stance`), most of which take no side; a side is taken where its chance is above a floor,
//! chosen on claims that it did not learn from.

use onrecord_models::SideChances;
use onrecord_record::{Act, Stance};

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

    /// From what the network reads in a statement, with the least chances at which it is taken to say, deny and doubt. How it is
    /// against a claim, its act tells where that is to doubt.
    pub fn by(act: Option<Act>, chances: SideChances, floors: [f32; 3]) -> Judged {
        let SideChances { supports, denies, doubts, neither } = chances;
        let sides = [Stance::Supports, Stance::Denies, Stance::Doubts];
        // By how far each is above its floor, so that the floors weigh between sides too.
        let taken = sides
            .into_iter()
            .zip([supports, denies, doubts])
            .zip(floors)
            .filter(|((_, chance), floor)| chance >= floor)
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
        assert_eq!(Judged::by(None, chances(0.9, 0.05, 0.02), FLOORS).stance, Stance::Supports);
        assert_eq!(Judged::by(None, chances(0.02, 0.9, 0.05), FLOORS).stance, Stance::Denies);
        assert_eq!(Judged::by(None, chances(0.02, 0.05, 0.9), FLOORS).stance, Stance::Doubts);
        assert_eq!(Judged::by(None, chances(0.38, 0.02, 0.3), FLOORS).stance, Stance::Doubts);
        assert_eq!(Judged::by(Some(Act::Doubts), chances(0.02, 0.9, 0.05), FLOORS).stance, Stance::Doubts);
        let none = Judged::by(None, chances(0.05, 0.05, 0.05), FLOORS);
        assert_eq!((none.stance, none.reason), (Stance::Mentions, Reason::Near));
    }
}
