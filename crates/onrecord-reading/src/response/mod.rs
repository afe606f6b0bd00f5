//! Which statements of a text a statement answers.
//!
//! A statement is taken for an answer when words show it (`rules/responses.toml`) or its act does: who denies, denies something.
//! Of the statements near it, by others, those that it fits best are what it answers ([`fit`]). What the same speaker goes on to
//! say answers the same.

mod fit;
mod signs;

use crate::agents::Page;
use crate::mentioned::Mentioned;
use crate::passage::Passage;
use fit::Scene;
use onrecord_record::{Act, Statement, StatementId};
use signs::{Signs, signs};

/// So many statements before an answer may be what it answers; so many, where it tells whose words they are.
const BEFORE: usize = 14;
const BEFORE_OWNED: usize = 40;
/// So many behind it: a headline or an opening tells the answer first.
const BEHIND: usize = 8;
/// An opening ends with this paragraph.
const OPENING: u32 = 6;
/// What the same speaker goes on to say is looked for in so many paragraphs, and taken for the same answer so many times.
const GOES_ON: u32 = 1;
const TIMES: usize = 2;
/// The most statements that one answers.
const MOST: usize = 3;
/// A further statement is answered too when it fits so nearly as well as the best.
const NEARLY: f32 = 0.7;
/// An opening tells what is told again when it has so much in common with it.
const TOLD_AGAIN: f32 = 0.6;

/// Tells each statement which ones it answers. `speakers` are the places of the speakers among the agents; what is `silent` notes
/// that nothing was said, so nobody answers it.
pub(crate) fn respond(
    page: &Page<'_>,
    mentioned: &Mentioned,
    statements: &mut [Statement],
    passages: &[Passage],
    speakers: &[Option<usize>],
    silent: &[bool],
) {
    let signs: Vec<Signs> = passages.iter().map(|passage| signs(page, passage)).collect();
    let answers = answers(&Scene::new(page, mentioned, (statements, passages), (speakers, silent), &signs));
    let ids: Vec<Vec<StatementId>> = answers
        .iter()
        .map(|of| {
            of.iter().filter_map(|i| statements.get(*i)).map(|statement| statement.id.clone()).collect()
        })
        .collect();
    for (statement, ids) in statements.iter_mut().zip(ids) {
        statement.responds_to = ids;
    }
}

fn answers(scene: &Scene<'_>) -> Vec<Vec<usize>> {
    let mut answers: Vec<Vec<usize>> = Vec::with_capacity(scene.len());
    // How many times each was taken over.
    let mut times: Vec<usize> = Vec::with_capacity(scene.len());
    for i in 0..scene.len() {
        let mut own = answered(scene, i);
        let mut again = 0;
        if own.is_empty()
            && let Some(last) = goes_on(scene, i)
        {
            again = times.get(last).copied().unwrap_or_default() + 1;
            own = answers.get(last).filter(|_| again <= TIMES).cloned().unwrap_or_default();
            own.retain(|j| scene.may_answer(i, *j));
        }
        answers.push(own);
        times.push(again);
    }
    for i in (0..scene.len()).take_while(|i| scene.paragraph(*i) <= OPENING) {
        if answers.get(i).is_some_and(Vec::is_empty)
            && let Some(mut own) = told_again(scene, i).and_then(|k| answers.get(k).cloned())
        {
            own.retain(|j| scene.may_answer(i, *j));
            if let Some(place) = answers.get_mut(i) {
                *place = own;
            }
        }
    }
    answers
}

/// What statement `i` answers by its own signs.
fn answered(scene: &Scene<'_>, i: usize) -> Vec<usize> {
    let (Some(floor), Some(signs)) = (scene.floor(i), scene.signs(i)) else { return Vec::new() };
    let before = if scene.knows_owner(i) { BEFORE_OWNED } else { BEFORE };
    let behind = if scene.paragraph(i) <= OPENING { BEHIND } else { 0 };
    let near = i.saturating_sub(before)..(i + behind + 1).min(scene.len());
    let mut fits: Vec<(f32, usize)> =
        near.filter(|j| scene.may_answer(i, *j)).map(|j| (scene.fit(i, j), j)).collect();
    fits.sort_by(|one, other| other.0.total_cmp(&one.0).then(other.1.cmp(&one.1)));
    let Some(best) = fits.first().map(|(fit, _)| *fit) else { return Vec::new() };
    let most = if signs.many { MOST } else { 1 + usize::from(signs.asked.is_some()) };
    let mut found: Vec<usize> = fits
        .iter()
        .take_while(|(fit, _)| *fit >= floor && *fit >= best * NEARLY)
        .take(most)
        .map(|(_, j)| *j)
        .collect();
    found.sort_unstable();
    found
}

/// The statement just before that statement `i` goes on from: the same speaker's, or one that it is "added" to.
fn goes_on(scene: &Scene<'_>, i: usize) -> Option<usize> {
    let last = i.checked_sub(1)?;
    let same = scene.speaker(i).is_some() && scene.speaker(last) == scene.speaker(i);
    let adds = scene.signs(i).is_some_and(|signs| signs.adds);
    let close = scene.paragraph(i) <= scene.paragraph(last) + GOES_ON;
    ((same || adds) && close && scene.act(i) != Some(Act::Asks)).then_some(last)
}

/// The later statement that tells again what statement `i` of the opening told.
fn told_again(scene: &Scene<'_>, i: usize) -> Option<usize> {
    let same = |k: &usize| {
        scene.speaker(i).is_some()
            && scene.speaker(i) == scene.speaker(*k)
            && scene.same_words(i, *k) >= TOLD_AGAIN
    };
    (i + 1..(i + BEHIND).min(scene.len())).find(same)
}

#[cfg(test)]
mod tests {
    use crate::pattern::examples_hold;

    #[test]
    fn the_examples_of_the_rules_hold() {
        examples_hold(super::signs::RESPONSES);
    }
}
