//! How sure one may be of an attribution, from all that a network says about it.
//!
//! A network that learned from the places people marked is too sure of the places it proposes itself. What it makes of
//! each word alone, without a cue in view, errs in other ways. Logistic regression over both (a many-sided form of
//! Platt's 1999 method), fitted on articles the network did not learn from, is right more often than either and means
//! what it says.

/// What a network says of one attribution; chances from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Evidence {
    /// That an attribution stands here at all, seen from its cue.
    pub real: f32,
    /// That a cue begins at the anchor.
    pub begin: f32,
    /// The mean chance of its content's tokens to be content, seen without a cue.
    pub content: f32,
    /// The same of its cue.
    pub cue: f32,
    /// The same of its source; `None` where there is no source.
    pub source: Option<f32>,
}

impl Evidence {
    /// How many numbers [`Evidence::facts`] gives.
    pub const FACTS: usize = 6;

    /// The numbers that are weighed: the logits of the five chances, and 1 where there is no source.
    pub fn facts(&self) -> [f32; Self::FACTS] {
        [
            logit(self.real),
            logit(self.begin),
            logit(self.content),
            logit(self.cue),
            self.source.map_or(0.0, logit),
            if self.source.is_none() { 1.0 } else { 0.0 },
        ]
    }
}

/// The weights of the evidence.
#[derive(Clone, Debug, PartialEq)]
pub struct Weighing {
    /// One weight a fact, and what is added to their sum.
    pub weights: [f32; Evidence::FACTS + 1],
}

impl Weighing {
    /// From one weight a fact and the bias; `None` when these are not as many numbers.
    pub fn new(weights: &[f32]) -> Option<Self> {
        Some(Weighing { weights: weights.try_into().ok()? })
    }

    /// Of all attributions to which this gives 0.8, about eight in ten are right.
    pub fn confidence(&self, evidence: &Evidence) -> f32 {
        let [weights @ .., bias] = &self.weights;
        let sum: f32 = weights.iter().zip(evidence.facts()).map(|(weight, fact)| weight * fact).sum();
        crate::arithmetic::logistic(sum + bias)
    }
}

fn logit(chance: f32) -> f32 {
    let chance = chance.clamp(1e-4, 1.0 - 1e-4);
    crate::arithmetic::ln(chance / (1.0 - chance))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_evidence_is_more_confidence() {
        let weighing = Weighing { weights: [0.1, 0.1, 0.3, 0.2, 0.15, -0.7, -0.8] };
        let weak = Evidence { real: 0.9, begin: 0.3, content: 0.4, cue: 0.3, source: None };
        let strong = Evidence { content: 0.99, cue: 0.9, source: Some(0.9), ..weak };
        assert!(weighing.confidence(&weak) < 0.5, "{}", weighing.confidence(&weak));
        assert!(weighing.confidence(&strong) > 0.6, "{}", weighing.confidence(&strong));
        let odd = Evidence { real: f32::NAN, begin: 2.0, content: -1.0, cue: 0.0, source: Some(1.0) };
        assert!(odd.facts()[1..].iter().all(|fact| fact.is_finite()));
    }
}
