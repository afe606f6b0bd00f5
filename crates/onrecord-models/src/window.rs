//! The surroundings of one place where a cue may begin: what the network makes of them.

use crate::arithmetic::{exp, logistic};
use crate::attribution::{AttributionNetwork, Proposal, States};
use crate::lanes::LANES;
use crate::layer::Normed;
use crate::tagging::{TAGS, best_path};
use archmage::prelude::*;

/// How far behind a cue the tags are read when content runs out of the usual window.
pub(crate) const FAR_BEHIND: usize = 512;
/// How far ahead of a cue the tags are read when content begins before the usual window.
pub(crate) const FAR_AHEAD: usize = 320;
/// The window grows by doubling ahead of the cue so far, and then at once to [`FAR_AHEAD`].
const DOUBLED_AHEAD: usize = 160;
/// The least sum of chances that a mean weighted by them is divided by.
const LEAST_WEIGHT: f32 = 1e-3;

impl Proposal {
    /// Whether the tags end just before `end`, in the middle of content.
    fn runs_over(&self, end: usize) -> bool {
        self.first + self.tags.len() == end && self.tags.last().is_some_and(|tag| *tag >= 5)
    }

    /// Whether the tags begin with content, with text before them.
    fn runs_ahead(&self) -> bool {
        self.first > 0 && self.tags.first().is_some_and(|tag| *tag >= 5)
    }
}

impl AttributionNetwork {
    /// Looks at the surroundings of the anchor of this number.
    pub(crate) fn look(&self, states: &States, number: usize, room: &mut Normed) -> Proposal {
        let (mut ahead, mut behind) = (self.before, self.behind);
        // Content that runs to the very end of the window may go on behind it, or before it.
        let mut found = self.window(states, number, (ahead, behind), room);
        loop {
            let over = behind < FAR_BEHIND && found.runs_over(found.anchor + behind);
            let under = ahead < FAR_AHEAD && found.runs_ahead();
            if over {
                behind = (behind * 3).min(FAR_BEHIND);
            }
            if under {
                ahead = if ahead < DOUBLED_AHEAD { (ahead * 2).clamp(1, DOUBLED_AHEAD) } else { FAR_AHEAD };
            }
            if !over && !under {
                return found;
            }
            found = Proposal { chance: found.chance, ..self.window(states, number, (ahead, behind), room) };
        }
    }

    fn window(
        &self,
        states: &States,
        number: usize,
        (ahead, behind): (usize, usize),
        room: &mut Normed,
    ) -> Proposal {
        let (width, cue_width) = (self.width, self.cue_width);
        let count = states.breaks.len();
        let (at, begin_chance) = states.anchors[number];
        let range = at.saturating_sub(ahead)..(at + behind).min(count);
        let cue = &states.cues[number * cue_width..(number + 1) * cue_width];
        let mut around = states.token[range.start * cue_width..range.end * cue_width].to_vec();
        for (row, i) in around.chunks_exact_mut(cue_width).zip(range.clone()) {
            let distance = self.distance.row(distance_bucket(i as isize - at as isize));
            let breaks = (states.breaks[i] - states.breaks[at]).clamp(-3, 3) + 3;
            tell(row, cue, distance, self.breaks.row(breaks as usize));
        }
        for block in &self.around {
            block.apply(&mut around, room);
        }
        self.around_norm.apply(&mut around);
        let mut scores = Vec::new();
        self.tags.apply(&around, &mut scores);
        let middle = (at - range.start) * cue_width;
        let mut seen = around[middle..middle + cue_width].to_vec();
        seen.extend_from_slice(&states.trunk[at * width..(at + 1) * width]);
        seen.resize(width + 2 * cue_width, 0.0);
        let (_, mean) = seen.split_at_mut(width + cue_width);
        pool(&around, &scores, mean);
        Proposal {
            anchor: states.first + at,
            first: states.first + range.start,
            tags: best_path(&scores, &self.moves),
            chance: logistic(self.real.one(&seen)),
            begin_chance,
        }
    }
}

/// Adds to a row what it is told of the cue and of its place, and drops what is below zero.
#[autoversion(v4, v3, neon, scalar)]
fn tell(row: &mut [f32], cue: &[f32], distance: &[f32], breaks: &[f32]) {
    for (((x, cue), distance), breaks) in row.iter_mut().zip(cue).zip(distance).zip(breaks) {
        *x = (*x + cue + distance + breaks).max(0.0);
    }
}

/// The mean of the rows of `around`, each weighted by how likely its scores make it content.
#[autoversion(v4, v3, neon, scalar)]
fn pool(around: &[f32], scores: &[f32], mean: &mut [f32]) {
    let (places, _) = scores.as_chunks::<TAGS>();
    let mut total = 0.0f32;
    let rows = around.chunks(mean.len().max(1) * LANES);
    for (places, rows) in places.chunks(LANES).zip(rows) {
        // Tag by tag for sixteen places side by side.
        let mut tags = [[0.0f32; LANES]; TAGS];
        for (i, place) in places.iter().enumerate() {
            for (tag, score) in tags.iter_mut().zip(place) {
                tag[i] = *score;
            }
        }
        let most = tags.iter().fold([f32::MIN; LANES], |mut most, tag| {
            most.iter_mut().zip(tag).for_each(|(most, x)| *most = most.max(*x));
            most
        });
        let mut all = [0.0f32; LANES];
        for tag in &mut tags {
            for ((x, most), all) in tag.iter_mut().zip(&most).zip(&mut all) {
                *x = exp(*x - most);
                *all += *x;
            }
        }
        for (i, row) in rows.chunks_exact(mean.len().max(1)).enumerate() {
            let content = (tags[5][i] + tags[6][i]) / all[i];
            total += content;
            mean.iter_mut().zip(row).for_each(|(mean, x)| *mean += content * x);
        }
    }
    let by = 1.0 / total.max(LEAST_WEIGHT);
    mean.iter_mut().for_each(|x| *x *= by);
}

/// Signed distance in tokens to a row of the table: exact to 7, then two rows a doubling, at most 15, either side.
fn distance_bucket(delta: isize) -> usize {
    // Where rows 9 to 15 begin: 8 · 2^(1/2), 8 · 2, …
    const BEGINS: [usize; 7] = [12, 16, 23, 32, 46, 64, 91];
    let size = delta.unsigned_abs();
    let row = if size < 8 { size } else { 8 + BEGINS.iter().filter(|begin| size >= **begin).count() };
    row + if delta > 0 { 16 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_fall_in_the_rows_training_put_them_in() {
        let rows: Vec<usize> =
            [0, 1, 7, 8, 11, 12, 16, 23, 64, 500, -1, -8, -500].map(distance_bucket).into();
        assert_eq!(rows, [0, 17, 23, 24, 24, 25, 26, 27, 30, 31, 1, 8, 15]);
    }

    #[test]
    fn what_is_pooled_is_the_mean_weighted_by_content() {
        let width = 16;
        let around: Vec<f32> = (0..40 * width).map(|i| ((i * 31 % 17) as f32) - 8.0).collect();
        let scores: Vec<f32> = (0..40 * TAGS).map(|i| ((i * 13 % 11) as f32) / 3.0).collect();
        let mut mean = vec![0.0; width];
        pool(&around, &scores, &mut mean);
        let content: Vec<f64> = scores
            .chunks(TAGS)
            .map(|place| {
                let shares: Vec<f64> = place.iter().map(|x| f64::from(*x).exp()).collect();
                (shares[5] + shares[6]) / shares.iter().sum::<f64>()
            })
            .collect();
        for (i, mean) in mean.iter().enumerate() {
            let sum: f64 =
                content.iter().enumerate().map(|(p, c)| c * f64::from(around[p * width + i])).sum();
            assert!((f64::from(*mean) - sum / content.iter().sum::<f64>()).abs() < 1e-4);
        }
        let mut plain = vec![0.0; width];
        pool_scalar(ScalarToken, &around, &scores, &mut plain);
        assert_eq!(mean, plain);
    }
}
