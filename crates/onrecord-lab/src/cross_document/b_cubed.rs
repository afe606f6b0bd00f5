//! B-cubed over mentions.

use std::collections::HashMap;

/// A judged or bystanding gold mention.
#[derive(Clone, Debug)]
pub struct Judged {
    /// The gold entity.
    pub entity: String,
    /// The linked agent of the mention matched to it.
    pub ours: Option<usize>,
    /// Whether it counts; others only stand in the way of precision.
    pub counts: bool,
}

/// The figures.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct BCubed {
    /// How many entities.
    pub entities: usize,
    /// How many mentions count.
    pub mentions: usize,
    /// How many of them we have.
    pub matched: usize,
    /// The mean share of the entity in what we hold to be one.
    pub precision: f64,
    /// The mean share of the entity that we hold to be one.
    pub recall: f64,
}

impl BCubed {
    /// The harmonic mean.
    pub fn f1(&self) -> f64 {
        let sum = self.precision + self.recall;
        if sum > 0.0 { 2.0 * self.precision * self.recall / sum } else { 0.0 }
    }
}

/// Counts. With `matched_only` mentions that we have not are left out altogether.
pub fn b_cubed(mentions: &[Judged], matched_only: bool) -> BCubed {
    let mut of_entity: HashMap<&str, usize> = HashMap::new();
    let mut of_ours: HashMap<usize, usize> = HashMap::new();
    let mut of_both: HashMap<(&str, usize), usize> = HashMap::new();
    let mut met: HashMap<(&str, usize), usize> = HashMap::new();
    let counted = |mention: &&Judged| mention.counts && (mention.ours.is_some() || !matched_only);
    for mention in mentions {
        if let Some(ours) = mention.ours {
            *of_ours.entry(ours).or_default() += 1;
            *met.entry((&mention.entity, ours)).or_default() += 1;
        }
    }
    for mention in mentions.iter().filter(counted) {
        *of_entity.entry(&mention.entity).or_default() += 1;
        if let Some(ours) = mention.ours {
            *of_both.entry((&mention.entity, ours)).or_default() += 1;
        }
    }
    let mut figures = BCubed { entities: of_entity.len(), ..BCubed::default() };
    for mention in mentions.iter().filter(counted) {
        figures.mentions += 1;
        let Some(ours) = mention.ours else { continue };
        figures.matched += 1;
        let key = (mention.entity.as_str(), ours);
        let both = of_both.get(&key).copied().unwrap_or(0) as f64;
        figures.precision +=
            met.get(&key).copied().unwrap_or(0) as f64 / of_ours.get(&ours).copied().unwrap_or(1) as f64;
        figures.recall += both / of_entity.get(mention.entity.as_str()).copied().unwrap_or(1) as f64;
    }
    figures.precision /= figures.matched.max(1) as f64;
    figures.recall /= figures.mentions.max(1) as f64;
    figures
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mention(entity: &str, ours: Option<usize>, counts: bool) -> Judged {
        Judged { entity: entity.into(), ours, counts }
    }

    #[test]
    fn counts_as_worked_out_by_hand() {
        let all = [
            mention("a", Some(1), true),
            mention("a", Some(1), true),
            mention("a", Some(2), true),
            mention("a", None, true),
            mention("b", Some(2), true),
            mention("x", Some(1), false),
            mention("b", Some(2), false),
        ];
        let figures = b_cubed(&all, false);
        assert_eq!((figures.entities, figures.mentions, figures.matched), (2, 5, 4));
        // 2/3, 2/3, 1/3, 2/3 over four: a mention of b that does not count is no fault; 2/4, 2/4, 1/4, 0, 1 over five.
        assert!((figures.precision - (2.0 / 3.0 * 3.0 + 1.0 / 3.0) / 4.0).abs() < 1e-9);
        assert!((figures.recall - 2.25 / 5.0).abs() < 1e-9);
        let matched = b_cubed(&all, true);
        assert_eq!(matched.mentions, 4);
        assert!((matched.recall - (2.0 / 3.0 + 2.0 / 3.0 + 1.0 / 3.0 + 1.0) / 4.0).abs() < 1e-9);
    }

    #[test]
    fn nothing_is_nothing() {
        assert_eq!(b_cubed(&[], false).f1(), 0.0);
    }
}
