//! What is known of two mentions together.

use super::mention::{Mention, Number, Pronoun, gender};
use super::scene::Scene;

/// The numbers of the features of `later` going back to `earlier`, each below [`FEATURES`]; `places` are theirs among all mentions.
pub(super) fn features(
    scene: &Scene<'_, '_>,
    later: &Mention,
    earlier: &Mention,
    places: (usize, usize),
) -> [u16; KINDS] {
    let mut numbers = Counted::default();
    let pronouns = later.pronoun as usize * Pronoun::COUNT + earlier.pronoun as usize;
    let speakers = match (later.speaker, earlier.speaker) {
        (None, _) => 0,
        (one, other) if one == other => 1,
        _ => 2,
    };
    numbers.add(bucket(later.sentence.saturating_sub(earlier.sentence) as usize), 10);
    numbers.add(bucket(places.0.saturating_sub(places.1)), 10);
    numbers.add(speakers, 3);
    numbers.add(pronouns, PRONOUNS);
    let words = later.pronoun == Pronoun::None && earlier.pronoun == Pronoun::None;
    numbers.add(if words { usize::from(later.text == earlier.text) } else { 2 }, 3);
    numbers.add(usize::from(later.head_key == earlier.head_key), 2);
    numbers.add(names(scene, later, earlier), 8);
    numbers.add(if words { overlap(later, earlier) } else { 0 }, 8);
    numbers.add(nesting(later, earlier), 5);
    numbers.add(gender(later.gender) * 3 + gender(earlier.gender), 9);
    numbers.add(later.number as usize * 3 + earlier.number as usize, 9);
    numbers.add(usize::from(later.quoted) * 2 + usize::from(earlier.quoted), 4);
    let first = usize::from(matches!(later.pronoun, Pronoun::I | Pronoun::We));
    numbers.add(speech(scene, later, earlier) * 2 + first, 14);
    numbers.add(later.paragraph.saturating_sub(earlier.paragraph).min(3) as usize, 4);
    numbers.add(usize::from(earlier.begins_sentence) * 2 + usize::from(earlier.possessive), 4);
    numbers.add(usize::from(earlier.behind_preposition), 2);
    numbers.add(later.opening as usize * 6 + earlier.opening as usize, 36);
    numbers
        .add(usize::from(earlier.told.min(3)) * Pronoun::COUNT + later.pronoun as usize, 4 * Pronoun::COUNT);
    numbers.add(speakers * PRONOUNS + pronouns, 3 * PRONOUNS);
    let heard = later.heard.is_some() && later.heard == earlier.source;
    let sources = usize::from(later.source.is_some()) * 2 + usize::from(earlier.source.is_some());
    numbers.add(sources * 2 + usize::from(heard), 8);
    numbers.add(usize::from(earlier.person()) * Pronoun::COUNT + later.pronoun as usize, 2 * Pronoun::COUNT);
    let kind = match later.pronoun {
        Pronoun::He | Pronoun::She => 0,
        Pronoun::They => 1,
        Pronoun::None => 2,
        _ => 3,
    };
    numbers.add(ruled(scene, later, earlier) * 4 + kind, 16);
    let person = match later.pronoun {
        Pronoun::He | Pronoun::She => 0,
        Pronoun::None => 1,
        _ => 2,
    };
    numbers.add(usize::from(earlier.named_before.min(7)) * 3 + person, 24);
    let nearest = usize::from(later.nearest.is_some() && later.nearest == earlier.named);
    let subject = usize::from(later.nearest_subject == Some(places.1));
    numbers.add((nearest * 2 + subject) * 3 + person, 12);
    debug_assert_eq!((numbers.1, numbers.2), (KINDS, FEATURES));
    numbers.0
}

/// What the rules say of the pair.
fn ruled(scene: &Scene<'_, '_>, later: &Mention, earlier: &Mention) -> usize {
    match (later.ruled, earlier.named.or(earlier.ruled)) {
        (None, _) => 0,
        (Some(one), Some(other)) if one == other => 1,
        (Some(one), None) if one >= scene.cast.entities.len() => 2,
        (Some(_), _) => 3,
    }
}

const PRONOUNS: usize = Pronoun::COUNT * Pronoun::COUNT;
/// How many kinds of features a pair has; one of each kind holds.
pub(super) const KINDS: usize = 24;
/// How many features a pair may have.
pub(super) const FEATURES: usize = 10
    + 10
    + 3
    + PRONOUNS
    + 3
    + 2
    + 8
    + 8
    + 5
    + 9
    + 9
    + 4
    + 14
    + 4
    + 4
    + 2
    + 36
    + 4 * Pronoun::COUNT
    + 3 * PRONOUNS
    + 8
    + 2 * Pronoun::COUNT
    + 16
    + 24
    + 12;

struct Counted([u16; KINDS], usize, usize);

impl Default for Counted {
    fn default() -> Self {
        Counted([0; KINDS], 0, 0)
    }
}

impl Counted {
    fn add(&mut self, which: usize, count: usize) {
        let Counted(numbers, filled, next) = self;
        if let Some(place) = numbers.get_mut(*filled) {
            *place = u16::try_from(*next + which.min(count.saturating_sub(1))).unwrap_or(u16::MAX);
        }
        *filled += 1;
        *next += count;
    }
}

/// Exact to 4, then by doubling.
fn bucket(distance: usize) -> usize {
    match distance {
        0..=4 => distance,
        5..=7 => 5,
        8..=11 => 6,
        12..=19 => 7,
        20..=39 => 8,
        _ => 9,
    }
}

fn names(scene: &Scene<'_, '_>, later: &Mention, earlier: &Mention) -> usize {
    match (later.named, earlier.named) {
        (Some(one), Some(other)) if one == other => 1,
        (Some(_), Some(_)) if later.person() && earlier.person() => {
            if scene.share_a_name(later, earlier) {
                6
            } else {
                2
            }
        }
        (Some(_), Some(_)) => 3,
        (Some(_), None) => 4,
        (None, Some(_)) => 5,
        (None, None) => 0,
    }
}

fn overlap(later: &Mention, earlier: &Mention) -> usize {
    let shared = later.content.iter().filter(|word| earlier.content.binary_search(word).is_ok()).count();
    let heads = later.content.binary_search(&earlier.head_key).is_ok()
        || earlier.content.binary_search(&later.head_key).is_ok();
    match (shared, heads) {
        (0, _) => 1,
        (all, heads) => {
            let kind = match () {
                () if all == later.content.len() => 2,
                () if all == earlier.content.len() => 3,
                () => 4,
            };
            kind + if heads { 3 } else { 0 }
        }
    }
}

fn nesting(later: &Mention, earlier: &Mention) -> usize {
    let (one, other) = (&later.range, &earlier.range);
    match () {
        () if other.start <= one.start && one.end <= other.end => 1,
        () if one.start <= other.start && other.end <= one.end => 2,
        () if one.start == other.end => 3,
        () if one.start == other.end + 1 => 4,
        () => 0,
    }
}

/// What one is to the other in speech.
fn speech(scene: &Scene<'_, '_>, later: &Mention, earlier: &Mention) -> usize {
    match (later.inside, earlier.inside) {
        (Some(inside), _) if earlier.source == Some(inside) => 1,
        (_, Some(inside)) if later.source == Some(inside) => 2,
        (Some(one), Some(other)) if one == other => 3,
        (Some(one), Some(other)) if scene.same_source(one, other) => 3,
        (Some(_), Some(_)) => 4,
        (Some(_), None) => 5,
        (None, Some(_)) => 6,
        (None, None) => 0,
    }
}

/// Whether a pair cannot be: genders or numbers that differ for sure.
pub(super) fn impossible(later: &Mention, earlier: &Mention) -> bool {
    let genders = later.gender.is_some() && earlier.gender.is_some() && later.gender != earlier.gender;
    let numbers = matches!(later.pronoun, Pronoun::He | Pronoun::She)
        && (earlier.number == Number::Several || matches!(earlier.pronoun, Pronoun::It));
    genders || numbers
}
