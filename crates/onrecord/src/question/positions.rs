//! One speaker's stance to a claim over time, and where it turns.

use super::answer::{Answer, Said};
use crate::MadeBy;
use onrecord_linking::names::{Schema, compare};
use onrecord_record::Stance;
use serde::Serialize;
use serde_json::Value;

/// One speaker's stance to a claim over time.
#[derive(Clone, Debug, Serialize)]
pub struct Positions {
    /// The claim.
    pub claim: String,
    /// The name that was asked for.
    pub name: String,
    /// The statements that take a side, oldest first; those without a day last.
    pub positions: Vec<Position>,
    /// Where one side follows another.
    pub turns: Vec<Turn>,
    /// The program and the models that made it.
    pub made_by: MadeBy,
}

/// A stance on a day.
#[derive(Clone, Debug, Serialize)]
pub struct Position {
    /// The day it was said, else that of the document.
    pub day: Option<String>,
    /// The stance.
    pub stance: Stance,
    /// The speaker as the document names them.
    pub speaker_name: Option<String>,
    /// The statement's line.
    pub statement: Value,
}

/// A change of stance.
#[derive(Clone, Debug, Serialize)]
pub struct Turn {
    /// From this.
    pub from: Stance,
    /// To this.
    pub to: Stance,
    /// The last day of the one, as far as known.
    pub after: Option<String>,
    /// The first of the other.
    pub by: Option<String>,
}

impl Positions {
    /// Those of whoever is called `name` in an answer. Whether all bearers of the name are one is not said.
    pub fn of(answer: &Answer, name: &str) -> Positions {
        let is_theirs = |said: &&Said| {
            let names = said.key.speaker.iter().chain(&said.key.other_names);
            names.into_iter().any(|speaker| is_named_like(name, speaker))
        };
        let mut positions: Vec<Position> = answer
            .sided()
            .filter(is_theirs)
            .filter_map(|said| {
                Some(Position {
                    day: said.key.day.clone(),
                    stance: said.key.stance?,
                    speaker_name: said.key.speaker.clone(),
                    statement: said.line.clone(),
                })
            })
            .collect();
        positions.sort_by(|a, b| (a.day.is_none(), &a.day).cmp(&(b.day.is_none(), &b.day)));
        let turns = positions
            .windows(2)
            .filter_map(|pair| match pair {
                [a, b] if a.stance != b.stance && a.day != b.day => {
                    Some(Turn { from: a.stance, to: b.stance, after: a.day.clone(), by: b.day.clone() })
                }
                _ => None,
            })
            .collect();
        Positions {
            claim: answer.claim.clone(),
            name: name.to_owned(),
            positions,
            turns,
            made_by: answer.made_by.clone(),
        }
    }
}

/// Whether two names can be one speaker's: the same by spelling and sound, or all words of the shorter in the longer.
pub(super) fn is_named_like(a: &str, b: &str) -> bool {
    let words = |name: &str| -> Vec<String> {
        let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(str::to_lowercase).collect()
    };
    let (one, two) = (words(a), words(b));
    let (short, long) = if one.len() <= two.len() { (&one, &two) } else { (&two, &one) };
    if short.is_empty() {
        return false;
    }
    // "The" and the like name nobody.
    let telling = short.iter().any(|word| word.chars().count() > 3);
    (telling && short.iter().all(|word| long.contains(word))) || compare(a, b, Schema::Person).same()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_surname_can_be_the_full_name() {
        assert!(is_named_like("Vey", "Vey"));
        assert!(is_named_like("Orrin", "Tom Orrin"));
        assert!(!is_named_like("Ann Orrin", "Tom Orrin"));
        assert!(!is_named_like("", "Tom Orrin"));
    }
}
