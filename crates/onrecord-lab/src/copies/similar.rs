//! Articles on the same subject that are no copies: the hardest to tell from rewritten ones.

use std::collections::{BTreeSet, HashMap};

/// A word in more articles than this share tells nothing, and would make every pair similar.
const MOST_COMMON: f64 = 0.1;

/// Articles by their words.
#[derive(Debug)]
pub struct Similar {
    texts: Vec<BTreeSet<String>>,
    places: HashMap<String, Vec<u32>>,
    lengths: Vec<f64>,
}

impl Similar {
    /// Counts the words of texts.
    pub fn of<'t>(texts: impl IntoIterator<Item = &'t str>) -> Similar {
        let texts: Vec<BTreeSet<String>> = texts.into_iter().map(words).collect();
        let mut places: HashMap<String, Vec<u32>> = HashMap::new();
        for (number, text) in texts.iter().enumerate() {
            for word in text {
                places.entry(word.clone()).or_default().push(number as u32);
            }
        }
        let mut similar = Similar { texts, places, lengths: Vec::new() };
        let squares =
            |text: &BTreeSet<String>| text.iter().map(|word| similar.weight(word).powi(2)).sum::<f64>();
        similar.lengths = similar.texts.iter().map(|text| squares(text).sqrt()).collect();
        similar
    }

    /// The other texts, the most similar one first, by the cosine of their words' inverse document frequencies.
    pub fn to(&self, number: usize) -> Vec<u32> {
        let mut products: HashMap<u32, f64> = HashMap::new();
        let most = (self.texts.len() as f64 * MOST_COMMON) as usize;
        for word in self.texts.get(number).into_iter().flatten() {
            let Some(with) = self.places.get(word).filter(|with| with.len() <= most) else { continue };
            let weight = self.weight(word).powi(2);
            with.iter().for_each(|other| *products.entry(*other).or_default() += weight);
        }
        let length = |other: u32| self.lengths.get(other as usize).copied().unwrap_or(1.0).max(f64::EPSILON);
        let mut found: Vec<(f64, u32)> = products
            .into_iter()
            .filter(|(other, _)| *other as usize != number)
            .map(|(other, product)| (product / length(other), other))
            .collect();
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        found.into_iter().map(|(_, other)| other).collect()
    }

    fn weight(&self, word: &str) -> f64 {
        let with = self.places.get(word).map_or(1, Vec::len).max(1);
        (self.texts.len() as f64 / with as f64).ln()
    }
}

fn words(text: &str) -> BTreeSet<String> {
    let folded = text.to_lowercase();
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 3);
    words.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_subject_comes_first() {
        let texts =
            ["the quay of korr was shut", "bread is dear again", "korr opens another quay", "nothing more"];
        let many: Vec<&str> =
            texts.iter().copied().chain(std::iter::repeat_n("something else here", 30)).collect();
        assert_eq!(Similar::of(many).to(0).first(), Some(&2));
    }
}
