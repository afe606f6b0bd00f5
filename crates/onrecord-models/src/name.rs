//! The models there are, by name, with their embedded weights.

use crate::ModelError;
use std::fmt;
use std::str::FromStr;

// FAST, ACCURATE and THOROUGH, from the build script.
include!(concat!(env!("OUT_DIR"), "/digests.rs"));

/// A model that can be chosen with `--model`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ModelName {
    /// The convolutional network: reads an archive in an evening.
    #[default]
    Fast,
    /// The same network over a pretrained encoder: finds more and cuts better, at a fraction of the speed.
    Accurate,
    /// The same as the accurate one, but for a larger encoder that weighs what each statement does: for the few documents that matter.
    Thorough,
}

impl ModelName {
    /// Every model.
    pub const ALL: [ModelName; 3] = [ModelName::Fast, ModelName::Accurate, ModelName::Thorough];

    /// The weight file, embedded in the program.
    pub fn weights(self) -> &'static [u8] {
        match self {
            ModelName::Fast => include_bytes!("../weights/attribution-fast.safetensors"),
            ModelName::Accurate | ModelName::Thorough => {
                include_bytes!("../weights/attribution-accurate.safetensors")
            }
        }
    }

    /// The weight file of its coreference network, embedded likewise.
    pub fn coreference_weights(self) -> &'static [u8] {
        match self {
            ModelName::Fast => include_bytes!("../weights/coreference-fast.safetensors"),
            ModelName::Accurate | ModelName::Thorough => {
                include_bytes!("../weights/coreference-accurate.safetensors")
            }
        }
    }

    /// The weight file of its statement network, embedded likewise.
    pub fn statement_weights(self) -> &'static [u8] {
        match self {
            ModelName::Fast => include_bytes!("../weights/statement-fast.safetensors"),
            ModelName::Accurate => include_bytes!("../weights/statement-accurate.safetensors"),
            ModelName::Thorough => include_bytes!("../weights/statement-thorough.safetensors"),
        }
    }

    /// The file of the word embeddings of its statement network's own encoder, where it has one: apart, since both together are more
    /// than hosts of source code take in one file.
    pub fn statement_words(self) -> Option<&'static [u8]> {
        match self {
            ModelName::Fast | ModelName::Accurate => None,
            ModelName::Thorough => Some(include_bytes!("../weights/words-thorough.safetensors")),
        }
    }

    /// The first twelve digits of the SHA-256 of its weight files, one behind the other.
    pub fn digest(self) -> &'static str {
        match self {
            ModelName::Fast => FAST,
            ModelName::Accurate => ACCURATE,
            ModelName::Thorough => THOROUGH,
        }
    }
}

impl fmt::Display for ModelName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            ModelName::Fast => "fast",
            ModelName::Accurate => "accurate",
            ModelName::Thorough => "thorough",
        })
    }
}

impl FromStr for ModelName {
    type Err = ModelError;

    fn from_str(name: &str) -> Result<Self, ModelError> {
        ModelName::ALL
            .into_iter()
            .find(|model| model.to_string() == name)
            .ok_or_else(|| ModelError::UnknownName(name.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sha2::{Digest, Sha256};

    #[test]
    fn digests_are_those_of_the_weights() {
        for model in ModelName::ALL {
            let hash = Sha256::new()
                .chain_update(model.weights())
                .chain_update(model.coreference_weights())
                .chain_update(model.statement_weights())
                .chain_update(model.statement_words().unwrap_or_default());
            let digest: String = hash.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect();
            assert_eq!(model.digest(), digest);
        }
    }
}
