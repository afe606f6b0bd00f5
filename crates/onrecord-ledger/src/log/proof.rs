//! Proofs about the log that somebody can check who has nothing but a root.

use super::entry::Leaf;
use super::{each, merkle};
use crate::case::Case;
use crate::fault::{Fault, Result};
use onrecord_record::Sha256;
use serde::{Deserialize, Serialize};

/// That an entry is in the log with a root (RFC 6962, 2.1.1).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InclusionProof {
    /// What the tree holds of the entry.
    pub leaf: Leaf,
    /// The salt, in hexadecimal digits; null after an erasure.
    pub salt: Option<String>,
    /// The content's bytes, which the leaf commits to together with the salt.
    pub content: Option<String>,
    /// How many entries the log has.
    pub size: u64,
    /// The hashes that lead from the leaf to the root, lowest first.
    pub path: Vec<Sha256>,
    /// The root.
    pub root: Sha256,
}

/// That the log with one root begins with what it held when its root was another (RFC 6962, 2.1.2).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ConsistencyProof {
    /// How many entries the log had then.
    pub old_size: u64,
    /// Its root then.
    pub old_root: Sha256,
    /// How many it has.
    pub size: u64,
    /// Its root.
    pub root: Sha256,
    /// The hashes that lead to both.
    pub path: Vec<Sha256>,
}

impl InclusionProof {
    /// Whether it shows what it says.
    pub fn holds(&self) -> bool {
        let at = self.leaf.entry.wrapping_sub(1);
        merkle::includes(at, self.size, self.leaf.hash(), &self.path, &self.root)
    }
}

impl ConsistencyProof {
    /// Whether it shows what it says.
    pub fn holds(&self) -> bool {
        merkle::consistent(self.old_size, &self.old_root, self.size, &self.root, &self.path)
    }
}

impl Case {
    /// Proves that entry `number` is in the log.
    ///
    /// # Errors
    /// When there is no such entry or the ledger cannot be read.
    pub fn prove_inclusion(&self, number: u64) -> Result<InclusionProof> {
        let (mut leaves, mut found) = (Vec::new(), None);
        each(&self.ledger, &self.connection, |entry| {
            leaves.push(entry.leaf.hash());
            if entry.leaf.entry == number {
                found = Some(entry);
            }
            Ok(())
        })?;
        let at = number.checked_sub(1).and_then(|at| usize::try_from(at).ok());
        let (Some(entry), Some(at)) = (found, at) else {
            return Err(Fault::refused(
                format!("entry {number}"),
                format!("is not in the log, which has {}", leaves.len()),
            ));
        };
        let (salt, content) = entry.opening.unzip();
        Ok(InclusionProof {
            leaf: entry.leaf,
            salt: salt.map(|salt| Sha256(salt).to_string()),
            content,
            size: leaves.len() as u64,
            path: merkle::inclusion(at, &leaves),
            root: merkle::root(&leaves),
        })
    }

    /// Proves that the log begins with what it held when its root was `old_root`.
    ///
    /// # Errors
    /// When it does not, or the ledger cannot be read.
    pub fn prove_consistency(&self, old_root: Sha256) -> Result<ConsistencyProof> {
        let mut leaves = Vec::new();
        let mut frontier = merkle::Frontier::default();
        let mut old = None;
        each(&self.ledger, &self.connection, |entry| {
            leaves.push(entry.leaf.hash());
            frontier.push(entry.leaf.hash());
            if frontier.root() == old_root {
                old = Some(leaves.len());
            }
            Ok(())
        })?;
        let old =
            old.ok_or_else(|| Fault::refused(old_root.to_string(), "was never the root of this log"))?;
        Ok(ConsistencyProof {
            old_size: old as u64,
            old_root,
            size: leaves.len() as u64,
            root: frontier.root(),
            path: merkle::consistency(old, &leaves),
        })
    }
}
