//! How alike two parts of names are spelt.
//!
//! Weighted edit distance over sounds (Wagner and Fischer 1974, with swapped neighbours as in Damerau 1964), where a
//! confusion of transliteration costs little and an unrelated consonant costs one. The first sound weighs more, as in
//! Jaro-Winkler (Winkler 1990), because misspellings spare it.

use super::sounds::{LONGEST, Sound, Sounds, absent, cost, is_vowel, mass};

/// A swap of two neighbours costs this.
const SWAP: u32 = 55;
/// What is wrong at the beginning weighs this many quarters.
const FIRST_QUARTERS: u32 = 5;
/// What a vowel costs that a script without vowels leaves out.
const UNWRITTEN: u32 = 4;

/// From 0, nothing alike, to 1, the same sounds; 0 as well where they are less alike than `least`, which is found sooner.
/// `unwritten`: one of the two comes from a script that leaves out vowels.
pub(super) fn similarity(a: &Sounds, b: &Sounds, unwritten: bool, least: f64) -> f64 {
    if a == b {
        return if a.row().is_empty() { 0.0 } else { 1.0 };
    }
    let length = if unwritten {
        let weigh = |row: &[Sound]| -> u32 {
            row.iter().map(|sound| if is_vowel(*sound) { 20 } else { mass(*sound) }).sum()
        };
        weigh(a.row()) + weigh(b.row())
    } else {
        a.mass() + b.mass()
    };
    let most = (f64::from(length) * (1.0 - least) / 2.0) as u32;
    // A consonant that one of them lacks costs a whole one.
    if length == 0 || a.consonants().abs_diff(b.consonants()) * 100 > most {
        return 0.0;
    }
    match distance(a.row(), b.row(), unwritten, most) {
        Some(cost) => (1.0 - 2.0 * f64::from(cost) / f64::from(length)).max(0.0),
        None => 0.0,
    }
}

/// What it costs that the sound at `at` of `of` sounds is lacking.
fn gap(sound: Sound, at: usize, of: usize, unwritten: bool) -> u32 {
    let cost = absent(sound);
    if unwritten && is_vowel(sound) {
        UNWRITTEN
    } else if at == 0 {
        cost * FIRST_QUARTERS / 4
    } else if at + 1 == of && cost < 100 {
        cost * 2 / 3
    } else {
        cost
    }
}

/// What it costs to make one row of the other; none where it is more than `most`.
fn distance(a: &[Sound], b: &[Sound], unwritten: bool, most: u32) -> Option<u32> {
    let mut rows = [[0u32; LONGEST + 1]; 3];
    let mut gaps = [0u32; LONGEST];
    let [before, last, row] = &mut rows;
    for (j, (sound, place)) in b.iter().zip(&mut gaps).enumerate() {
        *place = gap(*sound, j, b.len(), unwritten);
        last[j + 1] = last[j] + *place;
    }
    let mut last_least = 0;
    for (i, x) in a.iter().enumerate() {
        let missing = gap(*x, i, a.len(), unwritten);
        let swappable = i.checked_sub(1).and_then(|i| a.get(i));
        row[0] = last[0] + missing;
        let mut least = row[0];
        for (j, y) in b.iter().enumerate() {
            let mut change = cost(*x, *y);
            if i == 0 && j == 0 {
                change = change * FIRST_QUARTERS / 4;
            }
            if unwritten && is_vowel(*x) && is_vowel(*y) {
                change /= 3;
            }
            let mut best = (last[j] + change).min(last[j + 1] + missing).min(row[j] + gaps[j]);
            if swappable == Some(y) && x != y && j > 0 && b.get(j - 1) == Some(x) {
                best = best.min(before[j - 1] + SWAP);
            }
            row[j + 1] = best;
            least = least.min(best);
        }
        if least > most && last_least > most {
            return None;
        }
        last_least = least;
        std::mem::swap(before, last);
        std::mem::swap(last, row);
    }
    let cost = last[b.len()];
    (cost <= most).then_some(cost)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alike(a: &str, b: &str) -> f64 {
        similarity(&Sounds::of(a), &Sounds::of(b), false, 0.0)
    }

    #[test]
    fn transliterations_are_nearer_than_misspellings_and_those_nearer_than_others() {
        for (a, b) in [
            ("gaddafi", "qadhafi"),
            ("usama", "osama"),
            ("selenskyj", "zelenskyy"),
            ("khatib", "hatib"),
            ("chow", "chou"),
        ] {
            assert!(alike(a, b) > 0.85, "{a} {b} {}", alike(a, b));
        }
        for (a, b) in [("pelin", "petin"), ("farsam", "farsan"), ("dolnar", "dolanr")] {
            assert!((0.6..0.93).contains(&alike(a, b)), "{a} {b} {}", alike(a, b));
        }
        for (a, b) in [("karim", "salih"), ("orrin", "brand"), ("tilda", "ilse")] {
            assert!(alike(a, b) < 0.5, "{a} {b} {}", alike(a, b));
        }
    }

    #[test]
    fn unwritten_vowels_cost_little() {
        let (a, b) = (Sounds::of("mhmd"), Sounds::of("muhammad"));
        let (written, unwritten) = (similarity(&a, &b, false, 0.0), similarity(&a, &b, true, 0.0));
        assert!(unwritten > 0.9 && written < 0.8, "{unwritten} {written}");
    }
}
