//! What the networks learn from that read what the attribution network has made of a text: what they will meet in use, made
//! by the same code.

use crate::agents::{Lesson, coreference_lesson};
use crate::attribution::{Attribution, attributions, chosen, features, spoken};
use crate::quotation::quoted;
use crate::token::tokens;
use onrecord_models::{AttributionNetwork, Features, ModelError, ModelName, Seen};
use onrecord_record::{Byte, Span};

/// Makes lessons with a model's attribution network; the networks that are to learn need not exist yet.
#[derive(Debug)]
pub struct Lessons {
    network: AttributionNetwork,
}

impl Lessons {
    /// Lessons with the weights of a model.
    ///
    /// # Errors
    /// When the embedded weights do not fit the program, which a test rules out.
    pub fn new(model: ModelName) -> Result<Self, ModelError> {
        Ok(Lessons { network: AttributionNetwork::new(model.weights())? })
    }

    /// What the network makes of each token that it reads of a text, where these tokens stand, and what it is told of them.
    pub fn seen(&self, text: &str) -> (Vec<Span<Byte>>, Seen, Features) {
        let tokens = tokens(text);
        let quoted = quoted(text, &tokens);
        let spoken = spoken(text, &tokens, &quoted);
        let features = features(text, &spoken.tokens, &spoken.quoted, &self.network.pieces);
        let seen = self.network.seen(&features);
        (spoken.tokens.iter().map(|token| token.span).collect(), seen, features)
    }

    /// What is to be learned of the mentions at `places`: their spans and those of their heads, in the order of the heads.
    pub fn lesson(&self, text: &str, places: &[(Span<Byte>, Span<Byte>)]) -> Lesson {
        let all = tokens(text);
        let quoted = quoted(text, &all);
        let at = |byte: Byte| all.partition_point(|token| token.span.end <= byte);
        let places: Vec<_> = places
            .iter()
            .map(|(span, head)| {
                let first = at(span.start);
                (first..all.partition_point(|token| token.span.start < span.end).max(first), at(head.start))
            })
            .collect();
        coreference_lesson(text, &all, &quoted, &self.attributions(text), &places)
    }

    /// The attributions of a text, without those within others.
    fn attributions(&self, text: &str) -> Vec<Attribution> {
        let network = &self.network;
        let tokens = tokens(text);
        let quoted = quoted(text, &tokens);
        let spoken = spoken(text, &tokens, &quoted);
        let seen = network.propose(&features(text, &spoken.tokens, &spoken.quoted, &network.pieces));
        let confidence = |evidence: &_| network.weighing.confidence(evidence);
        let chosen = chosen(seen.roles.len(), &seen, confidence, network.floor);
        attributions(text, &tokens, &quoted, &spoken.tokens, &chosen)
    }
}
