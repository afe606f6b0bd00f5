//! Rewritten copies made by rules, to measure on: sentences dropped, moved, joined and cut, words replaced, numbers
//! written otherwise.
//!
//! The list of synonyms is short, so most replaced words get a stand-in: a word of another article. To a program that
//! knows no synonyms either way is the same, a word that is not the old one.

use serde::Deserialize;
use std::collections::HashMap;

/// How heavily a text is rewritten.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Strength {
    /// What it is called in tables.
    pub name: &'static str,
    /// The share of sentences that are left out.
    pub dropped: f64,
    /// The share of words with four letters or more that are replaced.
    pub replaced: f64,
    /// The share of sentences that change places, are joined, are cut or are turned around, each.
    pub moved: f64,
}

/// The strengths that are measured.
pub const STRENGTHS: [Strength; 4] = [
    Strength { name: "light", dropped: 0.2, replaced: 0.15, moved: 0.15 },
    Strength { name: "heavy", dropped: 0.3, replaced: 0.25, moved: 0.3 },
    Strength { name: "heaviest", dropped: 0.4, replaced: 0.35, moved: 0.4 },
    Strength { name: "beyond", dropped: 0.4, replaced: 0.55, moved: 0.5 },
];

/// Numbers that look like chance and are the same every time (splitmix64).
#[derive(Clone, Debug)]
pub struct Chance(u64);

impl Chance {
    /// Another seed, another row of numbers.
    pub fn new(seed: u64) -> Chance {
        Chance(seed)
    }

    /// A number below `bound`, or 0.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) % (bound.max(1) as u64)) as usize
    }

    /// True once in so many times.
    pub fn happens(&mut self, share: f64) -> bool {
        (self.below(1 << 20) as f64) < share * f64::from(1 << 20)
    }
}

/// Our own list: words and what stands in for them.
#[derive(Debug, Deserialize)]
struct Synonyms {
    words: HashMap<String, String>,
}

/// Rewrites texts.
#[derive(Debug)]
pub struct Rewriter {
    synonyms: HashMap<String, String>,
    stand_ins: Vec<String>,
}

impl Rewriter {
    /// A rewriter that takes its stand-ins from these texts.
    ///
    /// # Errors
    /// When the list of synonyms is broken.
    pub fn new<'t>(texts: impl IntoIterator<Item = &'t str>) -> anyhow::Result<Rewriter> {
        let list: Synonyms = toml::from_str(include_str!("synonyms.toml"))?;
        let both_ways = list.words.iter().flat_map(|(a, b)| [(a.clone(), b.clone()), (b.clone(), a.clone())]);
        let mut stand_ins: Vec<String> = texts
            .into_iter()
            .flat_map(|text| text.split_whitespace().step_by(17))
            .filter(|word| word.chars().count() > 3 && word.chars().all(|c| c.is_ascii_lowercase()))
            .map(str::to_owned)
            .collect();
        stand_ins.sort_unstable();
        stand_ins.dedup();
        Ok(Rewriter { synonyms: both_ways.collect(), stand_ins })
    }

    /// The text in other words.
    pub fn rewrite(&self, text: &str, strength: Strength, chance: &mut Chance) -> String {
        let mut kept: Vec<String> = Vec::new();
        for sentence in sentences(text) {
            if !chance.happens(strength.dropped) {
                kept.push(self.reworded(sentence, strength, chance));
            }
        }
        for at in 1..kept.len() {
            if chance.happens(strength.moved) {
                let far = at.saturating_sub(1 + chance.below(3));
                kept.swap(at, far);
            }
        }
        let mut out = String::new();
        for (number, sentence) in kept.iter().enumerate() {
            let joins =
                number > 0 && chance.happens(strength.moved) && sentence.starts_with(char::is_uppercase);
            if joins {
                let open = out.trim_end().trim_end_matches('.').len();
                out.truncate(open);
                out.push_str([", while ", ", and ", "; "][chance.below(3)]);
            } else if number > 0 {
                out.push_str(if number % 4 == 0 { "\n\n" } else { " " });
            }
            out.push_str(sentence);
        }
        out
    }

    fn reworded(&self, sentence: &str, strength: Strength, chance: &mut Chance) -> String {
        let turned = if chance.happens(strength.moved) { turned(sentence) } else { sentence.to_owned() };
        let words = turned.split(' ').map(|word| self.other_word(word, strength, chance));
        words.collect::<Vec<_>>().join(" ")
    }

    fn other_word(&self, word: &str, strength: Strength, chance: &mut Chance) -> String {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let replaced = bare.chars().count() > 3 && chance.happens(strength.replaced);
        let other = if let Some(number) = other_number(bare) {
            if chance.happens(0.5) { number } else { bare.to_owned() }
        } else if !replaced || bare.chars().any(char::is_uppercase) {
            // Names stay, or the text would tell of others.
            bare.to_owned()
        } else if let Some(synonym) = self.synonyms.get(bare) {
            synonym.clone()
        } else {
            self.stand_ins.get(chance.below(self.stand_ins.len())).cloned().unwrap_or_default()
        };
        if bare.is_empty() { word.to_owned() } else { word.replacen(bare, &other, 1) }
    }
}

/// The sentences of a text, roughly.
fn sentences(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    for paragraph in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let mut from = 0;
        for (at, _) in paragraph.match_indices(". ") {
            if at > from + 30 {
                out.push(paragraph.get(from..at + 1).unwrap_or_default());
                from = at + 2;
            }
        }
        out.push(paragraph.get(from..).unwrap_or_default());
    }
    out.retain(|sentence| !sentence.is_empty());
    out
}

/// “When it rained, the quay was shut.” → “the quay was shut, When it rained.”
fn turned(sentence: &str) -> String {
    match sentence.trim_end_matches('.').split_once(", ") {
        Some((first, rest)) if first.len() > 10 && rest.len() > 10 && !sentence.contains(['"', '“']) => {
            format!("{rest}, {first}.")
        }
        _ => sentence.to_owned(),
    }
}

/// A number in another form: “four” and “4”, “3,000” and “3000”.
fn other_number(word: &str) -> Option<String> {
    const WORDS: [&str; 13] = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    if let Some(value) = WORDS.iter().position(|name| *name == word).filter(|value| *value > 1) {
        return Some(value.to_string());
    }
    if word.is_empty() || !word.chars().all(|c| c.is_ascii_digit() || c == ',') {
        return None;
    }
    let bare = word.replace(',', "");
    match bare.parse::<usize>() {
        Ok(value) if value > 1 && value < WORDS.len() => WORDS.get(value).map(|name| (*name).to_owned()),
        Ok(_) if bare != word => Some(bare),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_seed_gives_one_text_and_another_seed_another() {
        let text = "When the storm had passed, the master opened the quay again for 12 ships. Nobody said why it had \
            taken so long. The council wants to know more about the repairs next week.";
        let rewriter = Rewriter::new(["lantern marble velvet orchard"]).unwrap();
        let made = |seed| rewriter.rewrite(text, STRENGTHS[1], &mut Chance::new(seed));
        assert_eq!(made(1), made(1));
        assert_ne!(made(1), made(2));
        assert_eq!(
            turned("When it had rained, the quay was shut."),
            "the quay was shut, When it had rained."
        );
        assert_eq!(other_number("12").as_deref(), Some("twelve"));
        assert_eq!(other_number("3,000").as_deref(), Some("3000"));
        assert_eq!(sentences("The quay at the old harbour is shut. Nobody knows.\n\nWhy?").len(), 3);
    }
}
