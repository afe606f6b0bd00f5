//! Seats in a parliament, as offices tell them: chamber, party and state.
//!
//! Of members of one chamber hardly two have one name, so that "GOP Rep." and "Republican congressman" weigh more than the
//! words do, which many share.

use super::unit::{MOST_ROLE_WORDS, role_words};
use super::word_lists::WORD_LISTS;
use onrecord_record::Agent;

/// What an agent's offices tell of a seat.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Seat {
    /// The seats it holds or held, a bit each.
    pub(super) kinds: u16,
    /// The party, where no other is named too.
    pub(super) side: Option<u16>,
    /// The first letters of the states that lawmakers are marked with ("D-Ohio").
    pub(super) states: Vec<char>,
}

/// Words behind which an office speaks of somebody else.
const ENDS: [&str; 14] =
    ["of", "for", "from", "to", "in", "at", "on", "and", "who", "with", "by", "under", "against", "whose"];

impl Seat {
    pub(super) fn new(agent: &Agent) -> Self {
        let mut seat = Seat::default();
        let mut sides = 0;
        for role in agent.roles.iter().take(MOST_ROLE_WORDS) {
            if let Some((side, state)) = mark(&role.text) {
                sides |= WORD_LISTS.sides(side);
                // A mark does not say in which chamber.
                seat.kinds |= WORD_LISTS.seats("representative") | WORD_LISTS.seats("senator");
                seat.states.push(state);
                continue;
            }
            let head = head(&role.text);
            sides |= head.iter().fold(0, |all, word| all | WORD_LISTS.sides(word));
            let lesser = head.iter().any(|word| LESSER.contains(&word.as_str()));
            if let Some(last) = head.last().filter(|_| !lesser) {
                seat.kinds |= WORD_LISTS.seats(last);
            }
        }
        seat.side = (sides.count_ones() == 1).then_some(sides);
        seat.states.sort_unstable();
        seat.states.dedup();
        seat
    }

    /// Takes in what is told of the same person elsewhere.
    pub(super) fn take_in(&mut self, other: &Seat) {
        self.kinds |= other.kinds;
        self.side = match (self.side, other.side) {
            (Some(one), Some(another)) if one != another => None,
            (one, another) => one.or(another),
        };
        for state in &other.states {
            if !self.states.contains(state) {
                self.states.push(*state);
            }
        }
    }

    /// Whether both are marked with states, and not with the same.
    pub(super) fn is_of_another_state(&self, other: &Seat) -> bool {
        !self.states.is_empty()
            && !other.states.is_empty()
            && !self.states.iter().any(|state| other.states.contains(state))
    }
}

/// Seats of states are many, and those behind another word are no such seats.
const LESSER: [&str; 5] = ["state", "lieutenant", "lt", "sales", "former-state"];

/// The words of an office up to where it speaks of something else.
fn head(text: &str) -> Vec<String> {
    let words = text.split(',').next().unwrap_or_default().split_whitespace();
    words
        .take_while(|word| !ENDS.contains(word))
        .flat_map(|word| word.split('-'))
        .flat_map(role_words)
        .collect()
}

/// Party and first letter of the state in "R-Ohio" and "(D-Mass.)".
fn mark(text: &str) -> Option<(&'static str, char)> {
    let (party, state) = text.trim_start_matches('(').split_once('-')?;
    let letter = state.chars().next().filter(|letter| letter.is_uppercase())?;
    let party = match party {
        "R" => "republican",
        "D" => "democrat",
        "I" => "",
        _ => return None,
    };
    Some((party, letter))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agents::tests::agent_with_role;
    use crate::agents::word_lists::groups;

    #[test]
    fn seats_and_sides_hold_their_examples() {
        for group in groups() {
            let own: u16 = group
                .words
                .split_whitespace()
                .map(|word| match group.class.split_once(':') {
                    Some(("seat", _)) => WORD_LISTS.seats(word),
                    _ => WORD_LISTS.sides(word),
                })
                .fold(0, |all, bit| all | bit);
            for (examples, holds) in [(&group.holds, true), (&group.fails, false)] {
                for example in examples {
                    let seat = Seat::new(&agent_with_role(example));
                    let found = match group.class.split_once(':') {
                        Some(("seat", _)) => seat.kinds & own != 0,
                        Some(("side", _)) => seat.side == Some(own),
                        _ => continue,
                    };
                    assert_eq!(found, holds, "{}: {example}", group.class);
                }
            }
        }
    }

    #[test]
    fn two_parties_are_none_and_two_states_are_two() {
        let seat = |role| Seat::new(&agent_with_role(role));
        let mut both = seat("Republican");
        both.take_in(&seat("Democrat"));
        assert_eq!(both.side, None);
        assert!(seat("D-Ohio").is_of_another_state(&seat("R-Maine")));
        assert!(!seat("D-Ohio").is_of_another_state(&seat("Rep.")));
    }
}
