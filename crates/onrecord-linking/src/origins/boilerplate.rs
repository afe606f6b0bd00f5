//! Words that a house prints in everything: invitations to subscribe, addresses, lists of what else there is to read.
//!
//! They show who published a text and not where it comes from, so they must not tie two documents. They are told by how
//! often they stand in the collection beside how often the rest of their text does: of a wire story that is printed forty
//! times every shingle stands forty times, and none is boilerplate. Shingles are looked up in the index, which keeps a
//! sample; what lies between two samples that are boilerplate is so too.

use super::index::{Index, SAMPLED};
use super::stretches::SHINGLE;
use super::wording::Wording;
use super::words::shingles;
use rustc_hash::FxHasher;
use std::hash::{Hash, Hasher};

/// In how many documents a shingle must stand at least, if all are of one publisher.
pub(super) const OF_ONE_PUBLISHER: usize = 3;

/// The same if several publish it or their names are unknown: a paragraph of a wire story is soon in a few.
pub(super) const OF_SEVERAL: usize = 20;

/// How many times as often as the middle shingle of its text.
const TIMES_THE_MIDDLE: usize = 3;

impl Index {
    /// A text of the collection without its boilerplate, as far as the documents added so far show it. Places stay those
    /// of the whole text, and so does what [`Signs::containment`](super::Signs::containment) counts.
    pub fn strip(&self, wording: Wording) -> Wording {
        match self.boilerplate(&wording) {
            Some(stripped) => wording.without(&stripped),
            None => wording,
        }
    }

    /// A number that tells what [`Index::strip`] would take away; 0 for nothing.
    pub fn mark(&self, wording: &Wording) -> u64 {
        let mut hasher = FxHasher::default();
        self.boilerplate(wording).map_or(0, |stripped| {
            stripped.hash(&mut hasher);
            hasher.finish() | 1
        })
    }

    /// Which words are boilerplate; nothing where none is.
    fn boilerplate(&self, wording: &Wording) -> Option<Vec<bool>> {
        let mut samples: Vec<(usize, usize, bool)> = Vec::new();
        for (at, shingle) in shingles(&wording.words, SHINGLE).enumerate() {
            if shingle.is_multiple_of(SAMPLED) {
                let (count, one_publisher) = self.spread(shingle);
                samples.push((at, count, one_publisher));
            }
        }
        let mut often: Vec<usize> = samples.iter().map(|(_, count, _)| *count).collect();
        often.sort_unstable();
        let usual = often.get(often.len() / 2).copied().unwrap_or_default() * TIMES_THE_MIDDLE;
        let mut stripped = vec![false; wording.words.len()];
        let mut before = None;
        let mut any = false;
        for (at, count, one_publisher) in samples {
            if count < usual.max(if one_publisher { OF_ONE_PUBLISHER } else { OF_SEVERAL }) {
                before = None;
                continue;
            }
            let from = before.unwrap_or(at);
            before = Some(at);
            any = true;
            stripped.iter_mut().take(at + SHINGLE).skip(from).for_each(|it| *it = true);
        }
        any.then_some(stripped)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FOOT: &str = "Write to us at the old customs house on the quay of Korr, or ring the bell at the door of the \
        northern tower, where somebody sits on every day of the week but the first, and ask for the paper of the day.";

    fn text(n: usize) -> String {
        let of = ["ferry", "bridge", "market", "school", "tower", "garden"][n % 6];
        let body: Vec<String> = (0..30).map(|i| format!("The {of} {n}{i} was shut by {i}{of}.")).collect();
        format!("{}\n{FOOT}", body.join(" "))
    }

    fn of(texts: &[String], publisher: impl Fn(usize) -> Option<&'static str>) -> Index {
        let mut index = Index::new();
        for (n, text) in texts.iter().enumerate() {
            index.add(&Wording::of(text), publisher(n));
        }
        index
    }

    #[test]
    fn what_one_house_prints_under_everything_is_stripped_and_a_wire_story_is_not() {
        let texts: Vec<String> = (0..5).map(text).collect();
        let whole = Wording::of(&texts[0]);
        let foot = Wording::of(FOOT).words();
        let gone = whole.words() - of(&texts, |_| Some("Post")).strip(whole.clone()).words();
        // Before the first sample and behind the last a few words are left.
        assert!(gone >= foot / 2 && gone <= foot, "{gone} of {foot}");
        // Of several houses it must stand in many documents.
        assert_eq!(of(&texts, |_| None).strip(whole.clone()).words(), whole.words());
        let printed = vec![texts[0].clone(); 40];
        for publisher in [None, Some("Post")] {
            assert_eq!(of(&printed, |_| publisher).strip(whole.clone()).words(), whole.words());
        }
    }
}
