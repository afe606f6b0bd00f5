//! From paired parts to a score.
//!
//! The score is the share of the two names' weight that is paired, as in soft TF-IDF, with three differences that names
//! ask for: a part that both names have and that is not the same speaks against them more than a part that one of them
//! lacks; the longer name of a person may have more parts without being another name; and numbers must agree.

use super::alignment::Alignment;
use super::part::{Kind, Name, Part};

/// What a differing part weighs against what a shared one does.
const CONFLICT: f64 = 1.5;
/// What a part of a person's name that the other name lacks weighs, when much is shared and when little is.
const LACKING: (f64, f64) = (0.12, 0.6);
/// How much must be shared for the first, and how fast it grows below.
const MUCH_SHARED: (f64, f64) = (1.6, 0.4);
/// What a part of a company's name that the other lacks weighs.
const COMPANY_LACKING: f64 = 0.75;
/// What is left of the score where numbers differ, and where one name has a number more.
const NUMBERS: (f64, f64) = (0.6, 0.78);
/// The same for junior and senior.
const GENERATIONS: (f64, f64) = (0.7, 0.95);
/// What another order of the parts leaves.
const OTHER_ORDER: f64 = 0.985;
/// What is left where the one is the son and the other the father.
const TURNED_ROUND: f64 = 0.7;
/// An abbreviation and the initials of a name.
const ACRONYM: f64 = 0.7;

/// What a pair that is `alike` adds, of its weight: little below the point where one sound in five is wrong.
pub(super) fn worth(alike: f64) -> f64 {
    if alike >= 0.86 { alike } else { (0.86 - (0.86 - alike) * 3.0).max(0.0) }
}

/// The score of two names with their parts paired.
pub(super) fn score(left: &Name, right: &Name, alignment: &Alignment) -> f64 {
    if left.letters.is_empty() || right.letters.is_empty() {
        return 0.0;
    }
    if left.letters == right.letters {
        return 1.0;
    }
    let (mut shared, mut paired) = (0.0, 0.0);
    for pair in &alignment.pairs {
        shared += pair.weight * worth(pair.alike);
        paired += pair.weight;
    }
    let alone = |name: &Name, alone: &[usize]| -> f64 {
        alone.iter().filter_map(|n| name.parts.get(*n)).map(|part| part.weight).sum()
    };
    let (left_alone, right_alone) =
        (alone(left, &alignment.left_alone), alone(right, &alignment.right_alone));
    let mut score = share(shared, paired, left_alone, right_alone, left.person);
    if !left.person {
        score *= numbers(left, right);
        score = score.max(acronym(left, right));
    }
    if !in_order(alignment) && left.comma == right.comma {
        score *= OTHER_ORDER;
    }
    score *= generations(left, right);
    if turned_round(left, right, alignment) {
        score *= TURNED_ROUND;
    }
    // Only one and the same row of letters is beyond doubt.
    score.clamp(0.0, 0.995)
}

/// The share of what is paired in all that has to be.
fn share(shared: f64, paired: f64, left_alone: f64, right_alone: f64, person: bool) -> f64 {
    let (less, more) = (left_alone.min(right_alone), left_alone.max(right_alone));
    let lacking = if person {
        (LACKING.0 + (MUCH_SHARED.0 - paired) * MUCH_SHARED.1).clamp(LACKING.0, LACKING.1)
    } else {
        COMPANY_LACKING
    };
    let whole = paired + CONFLICT * less + lacking * (more - less);
    if whole > 0.0 { shared / whole } else { 0.0 }
}

/// What the score may come to, from the weight that is shared and the two names' weights alone.
pub(super) fn rough_score(shared: f64, left: f64, right: f64, person: bool) -> f64 {
    share(shared, shared, (left - shared).max(0.0), (right - shared).max(0.0), person)
}

/// Whether the pairs come in the same order in both names.
pub(super) fn in_order(alignment: &Alignment) -> bool {
    alignment.pairs.windows(2).all(|two| match two {
        [a, b] => a.right.start < b.right.start,
        _ => true,
    })
}

/// Whether the father's name in one is the son's in the other: X bin Y, Y bin X.
pub(super) fn turned_round(left: &Name, right: &Name, alignment: &Alignment) -> bool {
    let (Some((son, father)), Some((other_son, other_father))) =
        (son_and_father(left), son_and_father(right))
    else {
        return false;
    };
    let paired = |a: usize, b: usize| {
        alignment
            .pairs
            .iter()
            .any(|pair| pair.left.contains(&a) && pair.right.contains(&b) && pair.alike > 0.86)
    };
    paired(son, other_father) && paired(father, other_son) && !paired(son, other_son)
}

/// The names before and behind the first bin.
fn son_and_father(name: &Name) -> Option<(usize, usize)> {
    let bin = name.parts.iter().position(|part| part.kind == Kind::Son)?;
    let is_name = |n: &usize| name.parts.get(*n).is_some_and(|part| part.kind == Kind::Name);
    Some(((0..bin).rev().find(is_name)?, (bin + 1..name.parts.len()).find(is_name)?))
}

fn numbers(left: &Name, right: &Name) -> f64 {
    agreement(left, right, Kind::Number, NUMBERS)
}

fn generations(left: &Name, right: &Name) -> f64 {
    agreement(left, right, Kind::Suffix, GENERATIONS)
}

/// What is left where parts of a kind differ, and where only one name has some.
fn agreement(left: &Name, right: &Name, kind: Kind, (differ, lacking): (f64, f64)) -> f64 {
    let of = |name: &Name| {
        let mut texts: Vec<String> =
            name.parts.iter().filter(|part| part.kind == kind).map(|part| part.text.clone()).collect();
        texts.sort();
        texts
    };
    let (left, right) = (of(left), of(right));
    if left == right {
        1.0
    } else if left.is_empty() || right.is_empty() {
        lacking
    } else {
        differ
    }
}

/// Whether one name is short for the other: `BHS` for Brand Harbour Shipping.
pub(super) fn is_acronym(left: &Name, right: &Name) -> bool {
    let wordy = |name: &'_ Name| -> Vec<Part> {
        name.parts.iter().filter(|part| part.kind.is_wordy()).cloned().collect()
    };
    let short = |short: &[Part], long: &[Part]| {
        let [only] = short else { return false };
        long.len() >= 2
            && only.text.len() == long.len()
            && only.text.bytes().zip(long).all(|(letter, part)| part.text.bytes().next() == Some(letter))
    };
    let (left, right) = (wordy(left), wordy(right));
    short(&left, &right) || short(&right, &left)
}

fn acronym(left: &Name, right: &Name) -> f64 {
    if is_acronym(left, right) { ACRONYM } else { 0.0 }
}
