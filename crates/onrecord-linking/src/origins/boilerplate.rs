//! Words that a house prints in everything: invitations to subscribe, addresses, lists of what else there is to read.
//!
//! They show who published a text and not where it comes from, so they must not tie two documents. They are told by how
//! often they stand in the collection beside how often the rest of their text does: of a wire story that is printed forty
//! times every shingle stands forty times, and none is boilerplate. Shingles are looked up in the index, which keeps a
//! sample; what lies between two samples that are boilerplate is so too.

use super::index::{Index, SAMPLED, dense};
use super::stretches::SHINGLE;
use super::wording::Wording;
use super::words::shingles;

/// In how many documents a shingle must stand at least, if all are of one publisher.
const OF_ONE_PUBLISHER: usize = 3;

/// The same if several publish it or their names are unknown: a paragraph of a wire story is soon in a few.
const OF_SEVERAL: usize = 20;

/// How many times as often as the middle shingle of its text.
const TIMES_THE_MIDDLE: usize = 3;

/// The words of a text that are boilerplate, as far as a collection showed it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Boilerplate {
    /// Runs of words, each from one to the one behind its last, in order and apart.
    runs: Vec<[u32; 2]>,
    /// In how many documents the middle sample of the text stands.
    middle: u32,
}

impl Boilerplate {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// The text without it. Places stay those of the whole text, and so does what
    /// [`Signs::containment`](super::Signs::containment) counts.
    pub fn taken_from(&self, wording: Wording) -> Wording {
        if self.is_empty() {
            return wording;
        }
        let mut stripped = vec![false; wording.words.len()];
        for [from, to] in self.runs.iter().map(|run| run.map(|at| at as usize)) {
            stripped.iter_mut().take(to).skip(from).for_each(|it| *it = true);
        }
        wording.without(&stripped)
    }

    /// Its runs of words as bytes, eight a run, to be kept; none where there is none.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.runs.iter().flatten().flat_map(|at| at.to_le_bytes()).collect()
    }

    /// What [`Boilerplate::to_bytes`] gave.
    pub fn from_bytes(bytes: &[u8]) -> Boilerplate {
        let number = |four: &[u8; 4]| u32::from_le_bytes(*four);
        let runs = bytes.as_chunks::<4>().0.as_chunks::<2>().0.iter();
        Boilerplate { runs: runs.map(|run| run.each_ref().map(number)).collect(), middle: 0 }
    }

    fn add(&mut self, from: usize, to: usize) {
        let (from, to) = (from as u32, to as u32);
        match self.runs.last_mut() {
            Some(last) if last[1] >= from => last[1] = to,
            _ => self.runs.push([from, to]),
        }
    }
}

/// In how many documents a shingle must stand to be boilerplate in a text whose middle shingle stands in `middle`.
fn least(middle: usize, one_publisher: bool) -> usize {
    (middle * TIMES_THE_MIDDLE).max(if one_publisher { OF_ONE_PUBLISHER } else { OF_SEVERAL })
}

impl Index {
    /// A text of the collection without its boilerplate, as far as the documents added so far show it.
    pub fn strip(&self, wording: Wording) -> Wording {
        self.boilerplate(&wording).taken_from(wording)
    }

    /// Which words of a text are boilerplate, as far as the documents added so far show it.
    pub fn boilerplate(&self, wording: &Wording) -> Boilerplate {
        let mut samples: Vec<(usize, usize, bool)> = Vec::new();
        for (at, shingle) in shingles(&wording.words, SHINGLE).enumerate() {
            if shingle.is_multiple_of(SAMPLED) {
                let (count, one_publisher) = self.spread(shingle);
                samples.push((at, count, one_publisher));
            }
        }
        let mut often: Vec<usize> = samples.iter().map(|(_, count, _)| *count).collect();
        often.sort_unstable();
        let middle = often.get(often.len() / 2).copied().unwrap_or_default();
        let mut found = Boilerplate { middle: middle as u32, ..Boilerplate::default() };
        let mut before = None;
        for (at, count, one_publisher) in samples {
            if count < least(middle, one_publisher) {
                before = None;
                continue;
            }
            found.add(before.unwrap_or(at), at + SHINGLE);
            before = Some(at);
        }
        found
    }

    /// Keeps what [`Index::boilerplate`] found of a document, for [`Index::unsettled`].
    pub fn settle(&mut self, document: u32, boilerplate: &Boilerplate) {
        if let Some(sizes) = self.documents.get_mut(document as usize) {
            sizes.middle = boilerplate.middle;
        }
    }

    /// The documents before the last one added, whose text this is, that have to be looked through for boilerplate again. In
    /// all others it stays what it was: of none of their shingles does it now stand otherwise whether it is boilerplate, and
    /// their middle shingle stands as often as before.
    pub fn unsettled(&self, wording: &Wording) -> Vec<u32> {
        let mut found = Vec::new();
        for key in dense(&Index::keys(wording)[0]) {
            let documents = self.copied.documents(key);
            let Some((last, before)) = documents.split_last() else { continue };
            // A list that was full tells of the first documents, now as before.
            if *last as usize + 1 != self.len() {
                continue;
            }
            let [was_of_one, is_of_one] = [before, documents].map(|of| self.are_of_one_publisher(of));
            let count = before.len();
            found.extend(before.iter().copied().filter(|document| {
                let sizes = self.documents.get(*document as usize).copied().unwrap_or_default();
                let middle = sizes.middle as usize;
                let (was, is) = (count >= least(middle, was_of_one), count + 1 >= least(middle, is_of_one));
                was != is || count == middle
            }));
        }
        found.sort_unstable();
        found.dedup();
        found
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

    #[test]
    fn documents_that_are_settled_have_the_boilerplate_they_had() {
        let mut texts: Vec<String> = (0..30).map(text).collect();
        // A text that is printed again, and one that takes up parts of others.
        texts.extend([texts[3].clone(), format!("{} {}", texts[4], texts[5])]);
        let mut index = Index::new();
        let mut settled: Vec<Boilerplate> = Vec::new();
        let mut changes = 0;
        for (n, text) in texts.iter().enumerate() {
            let wording = Wording::of(text);
            index.add(&wording, Some(if (8..=25).contains(&n) { "Herald" } else { "Post" }));
            let unsettled = index.unsettled(&wording);
            for (document, before) in settled.iter_mut().enumerate() {
                let now = index.boilerplate(&Wording::of(&texts[document]));
                if unsettled.contains(&(document as u32)) {
                    changes += usize::from(now != *before);
                    index.settle(document as u32, &now);
                    *before = now;
                } else {
                    assert_eq!(now, *before, "{document} after {n}");
                }
            }
            let own = index.boilerplate(&wording);
            index.settle(n as u32, &own);
            settled.push(own);
        }
        assert!(changes > 0);
    }

    #[test]
    fn what_is_kept_of_boilerplate_takes_the_same_away() {
        let texts: Vec<String> = (0..5).map(text).collect();
        let found = of(&texts, |_| Some("Post")).boilerplate(&Wording::of(&texts[0]));
        assert!(!found.is_empty());
        let kept = Boilerplate::from_bytes(&found.to_bytes());
        let [a, b] = [&found, &kept].map(|it| it.taken_from(Wording::of(&texts[0])));
        assert_eq!(a.shingles, b.shingles);
        assert_eq!((a.own, a.words, a.pairs), (b.own, b.words, b.pairs));
        assert!(Boilerplate::from_bytes(&[]).is_empty());
        // Damaged bytes take away what there is at most.
        Boilerplate::from_bytes(&[255; 15]).taken_from(Wording::of(&texts[0]));
    }
}
