//! How alike two parts of names are spelt.
//!
//! Weighted edit distance over sounds (Wagner and Fischer 1974, with swapped neighbours as in Damerau 1964), where a
//! confusion of transliteration costs little and an unrelated consonant costs one. The first sound weighs more, as in
//! Jaro-Winkler (Winkler 1990), because misspellings spare it.

use super::sounds::{LONGEST, Sounds, absent, cost, is_vowel, mass};

/// A swap of two neighbours costs this.
const SWAP: u32 = 55;
/// What is wrong at the beginning weighs this many quarters.
const FIRST_QUARTERS: u32 = 5;
/// What a vowel costs that a script without vowels leaves out.
const UNWRITTEN: u32 = 4;

/// From 0, nothing alike, to 1, the same sounds. `unwritten`: one of the two comes from a script that leaves out vowels.
pub(super) fn similarity(a: &Sounds, b: &Sounds, unwritten: bool) -> f64 {
    let (a, b) = (a.row(), b.row());
    if a == b {
        return if a.is_empty() { 0.0 } else { 1.0 };
    }
    let weigh = |row: &[u8]| -> u32 {
        row.iter().map(|sound| if unwritten && is_vowel(*sound) { 20 } else { mass(*sound) }).sum()
    };
    let length = weigh(a) + weigh(b);
    if length == 0 {
        return 0.0;
    }
    let cost = f64::from(distance(a, b, unwritten));
    (1.0 - 2.0 * cost / f64::from(length)).max(0.0)
}

fn distance(a: &[u8], b: &[u8], unwritten: bool) -> u32 {
    let gap = |sound: u8, at: usize, of: usize| -> u32 {
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
    };
    let mut rows = [[0u32; LONGEST + 1]; 3];
    let [before, last, row] = &mut rows;
    for (j, sound) in b.iter().enumerate() {
        last[j + 1] = last[j] + gap(*sound, j, b.len());
    }
    for (i, x) in a.iter().enumerate() {
        row[0] = last[0] + gap(*x, i, a.len());
        let missing_x = gap(*x, i, a.len());
        for (j, y) in b.iter().enumerate() {
            let mut change = cost(*x, *y);
            if i == 0 && j == 0 {
                change = change * FIRST_QUARTERS / 4;
            }
            if unwritten && is_vowel(*x) && is_vowel(*y) {
                change /= 3;
            }
            let mut best = (last[j] + change).min(last[j + 1] + missing_x).min(row[j] + gap(*y, j, b.len()));
            if i > 0 && j > 0 && a[i - 1] == *y && b[j - 1] == *x && x != y {
                best = best.min(before[j - 1] + SWAP);
            }
            row[j + 1] = best;
        }
        std::mem::swap(before, last);
        std::mem::swap(last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alike(a: &str, b: &str) -> f64 {
        similarity(&Sounds::of(a), &Sounds::of(b), false)
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
        let (written, unwritten) = (similarity(&a, &b, false), similarity(&a, &b, true));
        assert!(unwritten > 0.9 && written < 0.8, "{unwritten} {written}");
    }
}
