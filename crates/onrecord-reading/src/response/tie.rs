//! What a network is told of two statements, of which one may answer the other: numbers from 0 to 1, and a few below.

use super::OPENING;
use super::scene::Scene;
use super::signs::Signs;
use onrecord_models::TOLD_OF_TIES;

/// So many statements and paragraphs apart are as far as any more.
const FAR: f32 = 24.0;

/// What is told of statement `i` and statement `j`, which it may answer.
pub(super) fn told(scene: &Scene<'_>, i: usize, j: usize) -> [f32; TOLD_OF_TIES] {
    let flag = |holds: bool| f32::from(u8::from(holds));
    let far = |apart: u32| (apart as f32).min(FAR).ln_1p() / FAR.ln_1p();
    let of = own(scene.signs(i));
    let to = own(scene.signs(j));
    let apart = u32::try_from(i.abs_diff(j)).unwrap_or(u32::MAX);
    let same = scene.speaker(i).is_some() && scene.speaker(i) == scene.speaker(j);
    let known = scene.speaker(i).is_some() && scene.speaker(j).is_some();
    let last_same = scene.goes_on(i);
    let between = [
        scene.same_words(i, j),
        scene.owns(i, j),
        flag(scene.knows_owner(i)),
        flag(scene.named_by_another(i)),
        flag(scene.speaks_of(i, j)),
        flag(scene.speaks_of(j, i)),
        flag(scene.noun_is_for(i, j)),
        flag(scene.asks(i, j)),
        flag(scene.accuses(j)),
        flag(scene.reacts(i, j)),
        flag(scene.is_last(i, j)),
        flag(same),
        flag(known),
        flag(j > i),
        flag(scene.may_answer(i, j)),
        far(apart),
        far(scene.paragraph(i).abs_diff(scene.paragraph(j))),
        flag(scene.says_little(j)),
        flag(scene.paragraph(i) <= OPENING),
        flag(scene.paragraph(j) <= OPENING),
        flag(scene.is_silent(i)),
        flag(scene.is_silent(j)),
        flag(last_same),
        flag(last_same && j + 1 == i),
        flag(apart == 1),
    ];
    let mut all = [0.0; TOLD_OF_TIES];
    all.iter_mut().zip(of.into_iter().chain(to).chain(between)).for_each(|(place, number)| *place = number);
    all
}

/// The signs that one statement bears by itself.
fn own(signs: Option<&Signs>) -> [f32; 11] {
    let Some(signs) = signs else { return [0.0; 11] };
    let all = [
        signs.replies,
        signs.rejects,
        signs.asked.is_some(),
        signs.refers,
        signs.named.is_some(),
        signs.many,
        signs.reacts,
        signs.speaks,
        signs.question,
        signs.puts,
        signs.adds,
    ];
    all.map(|sign| f32::from(u8::from(sign)))
}
