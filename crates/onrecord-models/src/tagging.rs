//! Tags of one attribution and the best path through their scores.

use crate::weights::Matrix;

/// How many tags there are.
pub const TAGS: usize = 7;

/// What a token is in one attribution, as a network writes it: nothing, or the beginning or inside of a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Who says it.
    Source,
    /// The words that attribute.
    Cue,
    /// What is attributed.
    Content,
}

impl Role {
    /// The roles with the tag their first token bears; the tag of the others is the next number.
    pub const ALL: [(Role, u8); 3] = [(Role::Source, 1), (Role::Cue, 3), (Role::Content, 5)];
}

/// Whether a path may go from one tag to another: the inside of a role only follows its own role.
fn allowed(from: usize, to: usize) -> bool {
    to == 0 || to % 2 == 1 || from == to || from + 1 == to
}

/// The best path through `scores` (places × [`TAGS`]) with the scores of going from one tag to the next (Viterbi
/// 1967).
pub(crate) fn best_path(scores: &[f32], moves: &Matrix) -> Vec<u8> {
    let places = scores.len() / TAGS;
    let mut best = [f32::MIN; TAGS];
    let mut back: Vec<[u8; TAGS]> = Vec::with_capacity(places);
    for (i, here) in scores.as_chunks::<TAGS>().0.iter().enumerate() {
        let mut now = [f32::MIN; TAGS];
        let mut from = [0u8; TAGS];
        for to in 0..TAGS {
            if i == 0 {
                if to == 0 || to % 2 == 1 {
                    now[to] = here[to];
                }
                continue;
            }
            for (before, score) in best.iter().enumerate() {
                let score = score + moves.values[before * TAGS + to];
                if allowed(before, to) && score > now[to] {
                    now[to] = score;
                    from[to] = before as u8;
                }
            }
            if now[to] > f32::MIN {
                now[to] += here[to];
            }
        }
        best = now;
        back.push(from);
    }
    let mut path = vec![0; places];
    let mut tag = (0..TAGS).rev().max_by(|a, b| best[*a].total_cmp(&best[*b])).unwrap_or(0) as u8;
    for i in (0..places).rev() {
        path[i] = tag;
        tag = back[i][usize::from(tag)];
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn score(path: &[usize], scores: &[f32], moves: &Matrix) -> f32 {
        let own: f32 = path.iter().enumerate().map(|(i, tag)| scores[i * TAGS + tag]).sum();
        own + path.windows(2).map(|two| moves.values[two[0] * TAGS + two[1]]).sum::<f32>()
    }

    proptest! {
        #[test]
        fn no_allowed_path_scores_higher(
            scores in prop::collection::vec(-3.0f32..3.0, 3 * TAGS),
            moves in prop::collection::vec(-3.0f32..3.0, TAGS * TAGS),
        ) {
            let moves = Matrix { rows: TAGS, columns: TAGS, values: moves };
            let found: Vec<usize> = best_path(&scores, &moves).iter().map(|tag| usize::from(*tag)).collect();
            let reached = score(&found, &scores, &moves);
            for code in 0..TAGS * TAGS * TAGS {
                let path = [code / 49, code / 7 % 7, code % 7];
                let fits = !matches!(path[0], 2 | 4 | 6) && path.windows(2).all(|two| allowed(two[0], two[1]));
                if fits {
                    prop_assert!(score(&path, &scores, &moves) <= reached + 1e-4);
                }
            }
        }
    }
}
