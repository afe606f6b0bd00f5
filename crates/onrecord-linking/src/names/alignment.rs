//! Which part of one name is which part of the other.
//!
//! Parts are paired one to one, the heaviest and most alike first, as in soft TF-IDF (Cohen, Ravikumar and Fienberg 2003)
//! rather than each with its best, as in Monge-Elkan (1996): a part that was used cannot speak twice. Neighbouring parts may
//! be read as one where the other name writes them so.

use super::fold::is_syllabic;
use super::part::{Joined, Kind, Name, Part};
use super::person::masculine_sounds;
use super::spelling::similarity;
use super::words::WORDS;
use std::ops::Range;

/// Below this two parts are not each other's.
const ALIKE: f64 = 0.62;
/// Below this nothing makes them so.
const LEAST: f64 = 0.5;
/// Parts read as one must be this much like the other name's part.
const JOINED_ALIKE: f64 = 0.8;
/// So much more than each of them alone.
const JOINED_GAIN: f64 = 0.08;
/// Two forms of one given name count as this much alike.
const VARIANT: f64 = 0.95;
/// Two rows of Chinese characters that are read alike.
const ONE_SOUND: f64 = 0.75;
/// What the share of equal characters counts for.
const ONE_CHARACTER: f64 = 0.8;
/// Two words that are read alike, in one script and other letters of it.
const OTHER_LETTERS: f64 = 0.94;
/// Two words that differ by two neighbouring letters changed about.
const SWAPPED: f64 = 0.88;
/// What a part weighs that was cut off.
const CUT_OFF: f64 = 0.35;
/// An initial and a name that it may stand for.
const INITIAL: f64 = 0.88;
/// Two well-known names that differ are two names unless they are as much alike as this.
const SURELY_ONE: f64 = 0.97;

/// How two parts are each other's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    Equal,
    Spelling,
    Variant,
    Joined,
    Initial,
    Misspelt,
}

/// A part, or neighbours read as one, of each name.
#[derive(Clone, Debug)]
pub(super) struct Pair {
    pub(super) left: Range<usize>,
    pub(super) right: Range<usize>,
    /// From 0 to 1.
    pub(super) alike: f64,
    /// The mean of the two weights.
    pub(super) weight: f64,
    pub(super) how: How,
}

/// Two names' parts, paired.
#[derive(Clone, Debug, Default)]
pub(super) struct Alignment {
    /// In the order of the left name.
    pub(super) pairs: Vec<Pair>,
    /// Parts of the left name without a partner.
    pub(super) left_alone: Vec<usize>,
    /// Parts of the right name without one.
    pub(super) right_alone: Vec<usize>,
}

/// Pairs the parts of two names.
pub(super) fn align(left: &Name, right: &Name) -> Alignment {
    let mut found: Vec<Pair> = Vec::with_capacity(16);
    for (i, a) in left.parts.iter().enumerate() {
        for (j, b) in right.parts.iter().enumerate() {
            if let Some((alike, how)) = part_alike(a, b, left.person && right.person) {
                let weight = pair_weight(a, b);
                found.push(Pair { left: i..i + 1, right: j..j + 1, alike, weight, how });
            }
        }
    }
    if let (Some(a), Some(b)) = (left.parts.last(), right.parts.last())
        && left.parts.len() > 2
        && right.parts.len() > 2
        && (is_cut_off(a, b) || is_cut_off(b, a))
    {
        let (i, j) = (left.parts.len() - 1, right.parts.len() - 1);
        found.retain(|pair| pair.left.start != i || pair.right.start != j);
        found.push(Pair {
            left: i..i + 1,
            right: j..j + 1,
            alike: INITIAL,
            weight: CUT_OFF,
            how: How::Initial,
        });
    }
    let single = found.len();
    for joined in &left.joined {
        for (j, part) in right.parts.iter().enumerate() {
            if let Some((alike, weight)) = joined_alike(joined, &left.parts, part) {
                found.push(Pair {
                    left: joined.parts.clone(),
                    right: j..j + 1,
                    alike,
                    weight,
                    how: How::Joined,
                });
            }
        }
    }
    for joined in &right.joined {
        for (i, part) in left.parts.iter().enumerate() {
            if let Some((alike, weight)) = joined_alike(joined, &right.parts, part) {
                found.push(Pair {
                    left: i..i + 1,
                    right: joined.parts.clone(),
                    alike,
                    weight,
                    how: How::Joined,
                });
            }
        }
    }
    if found.len() > single {
        across_gaps(left, right, &mut found);
    }
    let distance = |pair: &Pair| pair.left.start.abs_diff(pair.right.start);
    found.sort_by(|a, b| {
        let (x, y) = (a.alike * a.alike * a.weight, b.alike * b.alike * b.weight);
        y.total_cmp(&x)
            .then(distance(a).cmp(&distance(b)))
            .then(a.left.start.cmp(&b.left.start))
            .then(a.right.start.cmp(&b.right.start))
    });
    choose(found, left, right)
}

/// Both names part the same letters at different places: Malekouti Pour, Malek Outipour. Nothing is gained where a pair of
/// single parts does as well.
fn across_gaps(left: &Name, right: &Name, found: &mut Vec<Pair>) {
    for a in &left.joined {
        for b in &right.joined {
            if a.sounds == b.sounds && a.parts.len() == 2 && b.parts.len() == 2 {
                let weight = (a.weight + b.weight) / 2.0;
                let pair = Pair {
                    left: a.parts.clone(),
                    right: b.parts.clone(),
                    alike: 0.97,
                    weight,
                    how: How::Joined,
                };
                let singles = found.iter().filter(|pair| {
                    pair.how != How::Joined
                        && a.parts.contains(&pair.left.start)
                        && b.parts.contains(&pair.right.start)
                });
                if singles.count() < 2 {
                    found.push(pair);
                }
            }
        }
    }
}

fn choose(found: Vec<Pair>, left: &Name, right: &Name) -> Alignment {
    let mut used_left = vec![false; left.parts.len()];
    let mut used_right = vec![false; right.parts.len()];
    let mut pairs: Vec<Pair> = Vec::with_capacity(left.parts.len());
    for pair in found {
        let taken = |used: &[bool], range: &Range<usize>| {
            used.get(range.clone()).is_none_or(|all| all.contains(&true))
        };
        if taken(&used_left, &pair.left) || taken(&used_right, &pair.right) {
            continue;
        }
        for (used, range) in [(&mut used_left, &pair.left), (&mut used_right, &pair.right)] {
            if let Some(places) = used.get_mut(range.clone()) {
                places.fill(true);
            }
        }
        pairs.push(pair);
    }
    pairs.sort_by_key(|pair| (pair.left.start, pair.right.start));
    let alone = |used: &[bool]| (0..).zip(used).filter(|(_, used)| !**used).map(|(n, _)| n).collect();
    Alignment { pairs, left_alone: alone(&used_left), right_alone: alone(&used_right) }
}

/// An initial weighs what an initial does, whatever it stands for.
fn pair_weight(a: &Part, b: &Part) -> f64 {
    if a.kind == Kind::Initial || b.kind == Kind::Initial {
        a.weight.min(b.weight)
    } else {
        (a.weight + b.weight) / 2.0
    }
}

/// How much two parts are alike, where they can be each other's.
pub(super) fn part_alike(a: &Part, b: &Part, person: bool) -> Option<(f64, How)> {
    match (a.kind, b.kind) {
        (Kind::Initial, other) | (other, Kind::Initial) => {
            let same = a.text.get(..1) == b.text.get(..1);
            match other {
                Kind::Initial if same => Some((1.0, How::Equal)),
                Kind::Name if same => Some((INITIAL, How::Initial)),
                _ => None,
            }
        }
        (x, y) if x.is_wordy() && y.is_wordy() => {
            if let Some((alike, how)) = natively_alike(a, b) {
                return (alike >= ALIKE).then_some((alike, how));
            }
            if a.sounds == b.sounds {
                return Some((1.0, if a.text == b.text { How::Equal } else { How::Spelling }));
            }
            if person { names_alike(a, b) } else { words_alike(a, b) }
        }
        (x, y) if x == y => (a.text == b.text).then_some((1.0, How::Equal)),
        _ => None,
    }
}

/// How much two parts in one script are alike where that script's letters tell more than their sounds: two Chinese
/// characters of one sound may be two spellings of one and mostly are not, and two letters of one sound are two letters.
fn natively_alike(a: &Part, b: &Part) -> Option<(f64, How)> {
    let (x, y) = (a.native.as_deref()?, b.native.as_deref()?);
    if x == y {
        return Some((1.0, How::Equal));
    }
    let syllabic = |text: &str| text.chars().all(is_syllabic);
    if syllabic(x) && syllabic(y) {
        let same = x.chars().zip(y.chars()).filter(|(x, y)| x == y).count() as f64;
        let share = same / x.chars().count().max(y.chars().count()) as f64;
        let floor = if a.sounds == b.sounds { ONE_SOUND } else { 0.0 };
        return Some((floor.max(share * ONE_CHARACTER), How::Misspelt));
    }
    let one_script = a.unwritten == b.unwritten && a.sounds == b.sounds;
    one_script.then_some((OTHER_LETTERS, How::Spelling))
}

fn names_alike(a: &Part, b: &Part) -> Option<(f64, How)> {
    let (known_a, known_b) = (WORDS.given(&a.sounds, a.unwritten), WORDS.given(&b.sounds, b.unwritten));
    if known_a.iter().any(|line| known_b.contains(line)) {
        return Some((VARIANT, How::Variant));
    }
    let swapped = if swapped(&a.text, &b.text) { SWAPPED } else { 0.0 };
    let alike = spelt_alike(a, b).unwrap_or(0.0).max(swapped);
    let two_names = !known_a.is_empty() && !known_b.is_empty() && alike < SURELY_ONE;
    if two_names { None } else { graded(alike) }
}

/// Words of trade and places are well known: two of them are one only when they are forms of one word.
fn words_alike(a: &Part, b: &Part) -> Option<(f64, How)> {
    if a.text == b.text {
        return Some((1.0, How::Equal));
    }
    let known = a.kind != Kind::Name && b.kind != Kind::Name;
    if known {
        let common = a.text.bytes().zip(b.text.bytes()).take_while(|(x, y)| x == y).count();
        let one_stem = common >= 5 && common + 3 >= a.text.len().max(b.text.len());
        return one_stem.then_some((0.9, How::Spelling));
    }
    let swapped = if swapped(&a.text, &b.text) { SWAPPED } else { 0.0 };
    graded(spelt_alike(a, b).unwrap_or(0.0).max(swapped))
}

/// Whether two neighbouring letters changed about are all that differs.
fn swapped(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let Some(at) = a.iter().zip(b).position(|(x, y)| x != y).filter(|_| a.len() == b.len() && a.len() >= 4)
    else {
        return false;
    };
    match (a.get(at..), b.get(at..)) {
        (Some([x, y, a @ ..]), Some([v, w, b @ ..])) => x == w && y == v && a == b,
        _ => false,
    }
}

/// Whether a name was cut off here: `ORRIN, Tam` for `Orrin, Tamsin`.
fn is_cut_off(short: &Part, long: &Part) -> bool {
    short.kind.is_wordy()
        && (2..5).contains(&short.text.len())
        && long.text.len() >= short.text.len() + 3
        && long.text.starts_with(&short.text)
}

fn graded(alike: f64) -> Option<(f64, How)> {
    (alike >= ALIKE).then_some((alike, if alike >= 0.86 { How::Spelling } else { How::Misspelt }))
}

fn spelt_alike(a: &Part, b: &Part) -> Option<f64> {
    let unwritten = a.unwritten != b.unwritten;
    if (a.families ^ b.families).count_ones() > 3 {
        return None;
    }
    let alike = similarity(&a.sounds, &b.sounds, unwritten, LEAST);
    if !(LEAST..0.98).contains(&alike) {
        return Some(alike);
    }
    let (x, y) = (masculine_sounds(a), masculine_sounds(b));
    if x.is_none() && y.is_none() {
        return Some(alike);
    }
    let other = similarity(&x.unwrap_or(a.sounds), &y.unwrap_or(b.sounds), unwritten, LEAST);
    Some(alike.max(other * 0.97))
}

/// How much neighbours read as one are like a part, and what the pair weighs.
fn joined_alike(joined: &Joined, parts: &[Part], part: &Part) -> Option<(f64, f64)> {
    if !part.kind.is_wordy() || (joined.families ^ part.families).count_ones() > 1 {
        return None;
    }
    let (long, short) = (joined.sounds.row().len(), part.sounds.row().len());
    if short < 3 || long.abs_diff(short) > 2 {
        return None;
    }
    let unwritten = parts.get(joined.parts.start).is_some_and(|first| first.unwritten) != part.unwritten;
    let alike = similarity(&joined.sounds, &part.sounds, unwritten, JOINED_ALIKE);
    // A neighbour must add something: "B. Orrin" is no better an "Orrin" than Orrin alone.
    let alone = |one: &Part| {
        one.kind.is_wordy() && similarity(&one.sounds, &part.sounds, unwritten, LEAST) > alike - JOINED_GAIN
    };
    let gained = alike >= JOINED_ALIKE && !parts.get(joined.parts.clone())?.iter().any(alone);
    gained.then_some((alike, joined.weight.max(part.weight)))
}

impl Alignment {
    /// The same with the sides changed.
    pub(super) fn turned(self) -> Alignment {
        let pairs = self.pairs.into_iter().map(|pair| Pair { left: pair.right, right: pair.left, ..pair });
        let mut pairs: Vec<Pair> = pairs.collect();
        pairs.sort_by_key(|pair| (pair.left.start, pair.right.start));
        Alignment { pairs, left_alone: self.right_alone, right_alone: self.left_alone }
    }
}
