//! What string distances alone find, for comparison.

use super::aliases::Finder;
use onrecord_linking::names::Schema;

/// A plain measure of two strings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Baseline {
    /// One minus edits by the longer length.
    Levenshtein,
    /// Jaro's, with a bonus for a common beginning.
    JaroWinkler,
    /// The best of: common words against each name's sorted words, and those against each other.
    TokenSet,
}

impl Baseline {
    /// All of them.
    pub const ALL: [Baseline; 3] = [Baseline::Levenshtein, Baseline::JaroWinkler, Baseline::TokenSet];

    /// For a table.
    pub fn name(self) -> &'static str {
        match self {
            Baseline::Levenshtein => "Levenshtein",
            Baseline::JaroWinkler => "Jaro-Winkler",
            Baseline::TokenSet => "token set",
        }
    }

    /// How alike two folded names are, from 0 to 1.
    pub fn alike(self, a: &str, b: &str) -> f64 {
        match self {
            Baseline::Levenshtein => strsim::normalized_levenshtein(a, b),
            Baseline::JaroWinkler => strsim::jaro_winkler(a, b),
            Baseline::TokenSet => token_set(a, b),
        }
    }

    /// A finder that holds a query against every name.
    pub fn over(self, names: &[(usize, String, Schema)]) -> impl Finder + '_ {
        Everyone { baseline: self, names }
    }
}

struct Everyone<'a> {
    baseline: Baseline,
    names: &'a [(usize, String, Schema)],
}

impl Finder for Everyone<'_> {
    fn find(&self, query: &str) -> Vec<(usize, f64)> {
        let scored = self.names.iter().map(|(entry, name, _)| (*entry, self.baseline.alike(query, name)));
        let mut scored: Vec<(usize, f64)> = scored.collect();
        scored.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        scored
    }
}

fn token_set(a: &str, b: &str) -> f64 {
    let words = |name: &str| {
        let mut words: Vec<String> = name.split(' ').map(str::to_owned).collect();
        words.sort();
        words.dedup();
        words
    };
    let (a, b) = (words(a), words(b));
    let common: Vec<&str> = a.iter().filter(|word| b.contains(word)).map(String::as_str).collect();
    let with_rest = |words: &[String]| {
        let rest = words.iter().map(String::as_str).filter(|word| !common.contains(word));
        common.iter().copied().chain(rest).collect::<Vec<&str>>().join(" ")
    };
    let (whole_a, whole_b, common) = (with_rest(&a), with_rest(&b), common.join(" "));
    let between = strsim::normalized_levenshtein(&whole_a, &whole_b);
    if common.is_empty() {
        return between;
    }
    between
        .max(strsim::normalized_levenshtein(&common, &whole_a))
        .max(strsim::normalized_levenshtein(&common, &whole_b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_set_does_not_mind_order_or_more_words() {
        assert_eq!(Baseline::TokenSet.alike("tam orrin", "orrin tam"), 1.0);
        assert_eq!(Baseline::TokenSet.alike("tam orrin", "orrin vehl tam"), 1.0);
        assert!(Baseline::TokenSet.alike("tam orrin", "ilse brand") < 0.5);
        assert!(Baseline::Levenshtein.alike("tam orrin", "orrin tam") < 0.5);
    }
}
