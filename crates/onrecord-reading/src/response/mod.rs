//! Which statements of a text a statement answers.
//!
//! Of statements near each other a network says how likely one answers the other ([`StatementNetwork::answers`]): by what each is as a
//! whole, and by what rules see of the two (`tie.rs`): words that show an answer (`rules/responses.toml`), words in common, who
//! speaks of whom, whose words are named, how far apart they stand.

mod scene;
mod signs;
mod tie;

use crate::agents::Page;
use crate::mentioned::Mentioned;
use crate::passage::Passage;
use onrecord_models::{Answer, StatementNetwork, Tie, Whole};
use onrecord_record::{Statement, StatementId};
use scene::Scene;
use signs::{Signs, signs};
use std::ops::Range;

/// So many statements before an answer may be what it answers, and so many behind it: a headline or an opening tells the answer
/// first.
const BEFORE: usize = 40;
/// See [`BEFORE`].
const BEHIND: usize = 8;
/// An opening ends with this paragraph.
const OPENING: u32 = 6;
/// The most statements that one answers.
const MOST: usize = 3;

/// The statements of a text with what is known of them: their places on the page, the places of their speakers among the agents, and
/// which of them note that nothing was said.
#[derive(Clone, Copy)]
pub(crate) struct Told<'a> {
    pub(crate) page: &'a Page<'a>,
    pub(crate) mentioned: &'a Mentioned,
    pub(crate) passages: &'a [Passage],
    pub(crate) speakers: &'a [Option<usize>],
    pub(crate) silent: &'a [bool],
}

/// Tells each statement which ones it answers. `wholes` are what the network has made of each.
pub(crate) fn respond(
    told: Told<'_>,
    network: &StatementNetwork,
    wholes: &[Whole],
    statements: &mut [Statement],
) {
    let signs = told.signs();
    let scene = Scene::new(told, statements, &signs);
    let mut likely = vec![Vec::new(); scene.len()];
    for Answer { answer, to, chance } in network.answers(wholes, pairs(&scene)) {
        if let Some(likely) = likely.get_mut(answer) {
            likely.push((chance, to));
        }
    }
    let floors = [network.tie_floor, network.further_tie_floor];
    let answered: Vec<Vec<StatementId>> =
        likely.into_iter().map(|likely| ids(&taken(floors, likely), statements)).collect();
    for (statement, answered) in statements.iter_mut().zip(answered) {
        statement.responds_to = answered;
    }
}

/// What a network is told of each pair of statements of which one may answer the other.
pub(crate) fn ties(told: Told<'_>, statements: &[Statement]) -> Vec<Tie> {
    let signs = told.signs();
    pairs(&Scene::new(told, statements, &signs)).collect()
}

/// All pairs of statements of which one may answer the other. Nobody answers himself, whatever a network makes of it.
fn pairs<'a>(scene: &'a Scene<'a>) -> impl Iterator<Item = Tie> + 'a {
    let of = move |answer| {
        let others = near(scene, answer).filter(move |to| scene.may_answer(answer, *to));
        others.map(move |to| Tie { answer, to, told: tie::told(scene, answer, to) })
    };
    (0..scene.len()).flat_map(of)
}

impl Told<'_> {
    fn signs(&self) -> Vec<Signs> {
        self.passages.iter().map(|passage| signs(self.page, passage)).collect()
    }
}

/// The statements near statement `i`, without itself.
fn near(scene: &Scene<'_>, i: usize) -> impl Iterator<Item = usize> + use<> {
    let near: Range<usize> = i.saturating_sub(BEFORE)..(i + BEHIND + 1).min(scene.len());
    near.filter(move |j| *j != i)
}

/// The statements that are taken to be answered, in the order of the text, of those with their chances. The likeliest one is taken at
/// another chance than further ones: where a text says a thing twice, each time is about as likely, and readers name one.
fn taken([floor, further]: [f32; 2], mut likely: Vec<(f32, usize)>) -> Vec<usize> {
    likely.retain(|(chance, _)| *chance >= floor);
    likely.sort_by(|(by_one, one), (by_other, other)| by_other.total_cmp(by_one).then(one.cmp(other)));
    let reaches = |(nth, (chance, _)): &(usize, (f32, usize))| *nth == 0 || *chance >= further;
    let mut found: Vec<usize> =
        likely.into_iter().enumerate().take(MOST).take_while(reaches).map(|(_, (_, j))| j).collect();
    found.sort_unstable();
    found
}

fn ids(places: &[usize], statements: &[Statement]) -> Vec<StatementId> {
    places.iter().filter_map(|i| statements.get(*i)).map(|statement| statement.id.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::taken;
    use crate::pattern::examples_hold;

    #[test]
    fn the_examples_of_the_rules_hold() {
        examples_hold(super::signs::RESPONSES);
    }

    #[test]
    fn the_likeliest_is_taken_at_another_chance_than_further_ones() {
        let of = |chances: &[f32]| taken([0.3, 0.5], chances.iter().copied().zip(10..).collect());
        assert_eq!(of(&[]), [0usize; 0]);
        assert_eq!(of(&[0.1, 0.2]), [0usize; 0]);
        assert_eq!(of(&[0.31, 0.35, 0.4]), [12]);
        assert_eq!(of(&[0.6, 0.4, 0.7]), [10, 12]);
        // Three at most, and of equals the first.
        assert_eq!(of(&[0.8, 0.9, 0.8, 0.8]), [10, 11, 12]);
    }
}
