//! The Merkle tree over the entries of the log, as RFC 6962 (Certificate Transparency) defines it.

use onrecord_record::Sha256;
use sha2::Digest;

/// The hash of a leaf whose data are `bytes`: SHA-256 of a zero byte and the data.
pub fn leaf(bytes: &[u8]) -> Sha256 {
    let mut hasher = sha2::Sha256::new();
    hasher.update([0]);
    hasher.update(bytes);
    Sha256(hasher.finalize().into())
}

/// The hash of a node above two others: SHA-256 of a byte 1 and the two.
pub fn node(left: &Sha256, right: &Sha256) -> Sha256 {
    let mut hasher = sha2::Sha256::new();
    hasher.update([1]);
    hasher.update(left.0);
    hasher.update(right.0);
    Sha256(hasher.finalize().into())
}

/// The roots of the full trees that a log of some length is made of, largest first: what it takes to append to it and
/// to tell its root.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frontier {
    trees: Vec<Sha256>,
    size: u64,
}

impl Frontier {
    /// How many leaves there are.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Appends a leaf.
    pub fn push(&mut self, leaf: Sha256) {
        let mut hash = leaf;
        // As many full trees of equal size meet as the old size has ones at its low end.
        for _ in 0..self.size.trailing_ones() {
            if let Some(left) = self.trees.pop() {
                hash = node(&left, &hash);
            }
        }
        self.trees.push(hash);
        self.size += 1;
    }

    /// The root of the tree; of no leaves, the hash of nothing.
    pub fn root(&self) -> Sha256 {
        let mut trees = self.trees.iter().rev();
        match trees.next() {
            None => Sha256::of(b""),
            Some(last) => trees.fold(*last, |right, left| node(left, &right)),
        }
    }
}

/// The largest power of two below `n`, for `n` of at least 2.
fn split(n: usize) -> usize {
    n.next_power_of_two() / 2
}

/// The root of the tree over `leaves`.
pub fn root(leaves: &[Sha256]) -> Sha256 {
    let mut frontier = Frontier::default();
    leaves.iter().for_each(|leaf| frontier.push(*leaf));
    frontier.root()
}

/// The audit path of leaf `at`: the hashes that lead from it to the root, lowest first.
pub fn inclusion(at: usize, leaves: &[Sha256]) -> Vec<Sha256> {
    let mut path = Vec::new();
    let (mut at, mut rest) = (at, leaves);
    while rest.len() > 1 {
        let (left, right) = rest.split_at(split(rest.len()));
        if at < left.len() {
            path.push(root(right));
            rest = left;
        } else {
            path.push(root(left));
            at -= left.len();
            rest = right;
        }
    }
    path.reverse();
    path
}

/// Whether `path` leads from `leaf`, the leaf `at` of `size`, to `root` (RFC 9162, 2.1.3.2).
pub fn includes(at: u64, size: u64, leaf: Sha256, path: &[Sha256], expected: &Sha256) -> bool {
    if at >= size {
        return false;
    }
    let (mut number, mut last, mut hash) = (at, size - 1, leaf);
    for step in path {
        if last == 0 {
            return false;
        }
        if number & 1 == 1 || number == last {
            hash = node(step, &hash);
            while number & 1 == 0 && number != 0 {
                number >>= 1;
                last >>= 1;
            }
        } else {
            hash = node(&hash, step);
        }
        number >>= 1;
        last >>= 1;
    }
    last == 0 && hash == *expected
}

/// The proof that the tree over the first `old` of `leaves` is the beginning of the tree over all of them.
pub fn consistency(old: usize, leaves: &[Sha256]) -> Vec<Sha256> {
    let mut proof = Vec::new();
    let (mut old, mut rest, mut whole) = (old, leaves, true);
    if old == 0 {
        return proof;
    }
    while old < rest.len() {
        let (left, right) = rest.split_at(split(rest.len()));
        if old <= left.len() {
            proof.push(root(right));
            rest = left;
        } else {
            proof.push(root(left));
            old -= left.len();
            rest = right;
            whole = false;
        }
    }
    if !whole {
        proof.push(root(rest));
    }
    proof.reverse();
    proof
}

/// Whether `proof` shows that the tree of `old` leaves with `old_root` begins the one of `new` leaves with `new_root`
/// (RFC 9162, 2.1.4.2).
pub fn consistent(old: u64, old_root: &Sha256, new: u64, new_root: &Sha256, proof: &[Sha256]) -> bool {
    if old == 0 || old >= new {
        return proof.is_empty() && (old == 0 || (old == new && old_root == new_root));
    }
    let (mut number, mut last) = (old - 1, new - 1);
    while number & 1 == 1 {
        number >>= 1;
        last >>= 1;
    }
    let (first, steps) = if old.is_power_of_two() {
        (*old_root, proof)
    } else {
        match proof.split_first() {
            Some((first, steps)) => (*first, steps),
            None => return false,
        }
    };
    let (mut from, mut to) = (first, first);
    for step in steps {
        if last == 0 {
            return false;
        }
        if number & 1 == 1 || number == last {
            from = node(step, &from);
            to = node(step, &to);
            while number & 1 == 0 && number != 0 {
                number >>= 1;
                last >>= 1;
            }
        } else {
            to = node(&to, step);
        }
        number >>= 1;
        last >>= 1;
    }
    last == 0 && from == *old_root && to == *new_root
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leaves(n: usize) -> Vec<Sha256> {
        (0..n).map(|i| leaf(&i.to_le_bytes())).collect()
    }

    /// The definition of RFC 6962, 2.1, word for word.
    fn by_definition(leaves: &[Sha256]) -> Sha256 {
        match leaves {
            [] => Sha256::of(b""),
            [one] => *one,
            more => {
                let (left, right) = more.split_at(split(more.len()));
                node(&by_definition(left), &by_definition(right))
            }
        }
    }

    #[test]
    fn roots_are_those_of_the_standard() {
        assert_eq!(leaf(b"").to_string(), "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
        for n in 0..70 {
            assert_eq!(root(&leaves(n)), by_definition(&leaves(n)), "{n}");
        }
    }

    #[test]
    fn every_leaf_is_shown_to_be_in_the_tree_and_nothing_else_is() {
        for n in 1..40 {
            let all = leaves(n);
            let root = root(&all);
            for at in 0..n {
                let path = inclusion(at, &all);
                let (at, n) = (at as u64, n as u64);
                assert!(includes(at, n, all[at as usize], &path, &root));
                assert!(!includes(at, n, leaf(b"other"), &path, &root));
                assert!(n == 1 || !includes((at + 1) % n, n, all[at as usize], &path, &root));
                if !path.is_empty() {
                    assert!(!includes(at, n, all[at as usize], &path[1..], &root));
                }
            }
        }
    }

    #[test]
    fn every_beginning_is_shown_to_be_one_and_nothing_else_is() {
        for n in 1..40 {
            let all = leaves(n);
            for old in 1..=n {
                let proof = consistency(old, &all);
                let (from, to) = (root(&all[..old]), root(&all));
                let (old, n) = (old as u64, n as u64);
                assert!(consistent(old, &from, n, &to, &proof), "{old} of {n}");
                assert!(!consistent(old, &leaf(b"other"), n, &to, &proof));
                assert!(!consistent(old, &from, n, &leaf(b"other"), &proof));
            }
        }
    }
}
