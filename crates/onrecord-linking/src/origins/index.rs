//! Which documents of a collection may be related to a new one, without looking at all of them.

use super::wording::Wording;
use rustc_hash::{FxHashMap, FxHasher};
use std::hash::{Hash, Hasher};

/// One of so many shingles of a long text is kept: a share of three tenths of 300 words still leaves eleven of them.
pub(super) const SAMPLED: u64 = 8;

/// The same of a short text, of which one in eight would leave too few.
const SAMPLED_SHORT: u64 = 4;

/// The most words of a short text.
const SHORT: usize = 400;

/// One of so many quoted shingles is kept: a quotation of ten words is missed once in 64 times.
const SAMPLED_QUOTED: u64 = 2;

/// The most documents kept for one shingle. What stands in more is boilerplate or printed everywhere; who has it too is
/// tied to the first ones, and the cost does not grow with the square.
const MOST_POSTED: usize = 128;

/// The same for pairs of words: what more documents have is a phrase of the day.
const MOST_POSTED_PAIRS: usize = 64;

/// The most documents proposed for one new document by each channel, the likeliest.
const MOST_CANDIDATES: usize = 64;

/// The same for the channel of rewrites, which proposes more that come to nothing.
const MOST_REWRITTEN: usize = 24;

/// The share of shingles in common from which a pair is proposed; what is shown is counted in full, from .3.
const LEAST_COPIED: f32 = 0.1;

/// The share of pairs of words in common from which a pair is proposed.
const LEAST_REWRITTEN: f32 = 0.04;

/// How many kept shingles or pairs must be in common: fewer are chance.
const LEAST_HITS: u32 = 2;

/// The same for pairs of words.
const LEAST_PAIR_HITS: u32 = 3;

/// How many bytes [`Index::footprint`] has.
pub const FOOTPRINT: usize = 28;

/// Channels by which documents are proposed: copies, rewritten copies, shared quotations.
pub const CHANNELS: usize = 3;

/// The samples of all documents so far.
#[derive(Clone, Debug, Default)]
pub struct Index {
    pub(super) documents: Vec<Sizes>,
    /// The publisher of each document as a number; 0 where it is unknown.
    publishers: Vec<u32>,
    pub(super) copied: Postings,
    rewritten: Postings,
    quoted: Postings,
}

/// How many samples were kept of a document.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sizes {
    short: bool,
    /// Of shingles: those that every text keeps, and those that a short one keeps.
    shingles: [u32; 2],
    /// The same of pairs.
    pairs: [u32; 2],
    /// In how many documents its middle shingle stood when its boilerplate was told.
    pub(super) middle: u32,
}

/// The documents that a new one is proposed to be held against.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proposed {
    /// Their numbers, in order.
    pub others: Vec<u32>,
    /// The one of which it has most, if it has much of any.
    pub nearest: Option<u32>,
}

impl Index {
    /// An index without documents.
    pub fn new() -> Index {
        Index::default()
    }

    /// How many documents were added; the next one has this number.
    pub fn len(&self) -> usize {
        self.documents.len()
    }

    /// Whether none was added.
    pub fn is_empty(&self) -> bool {
        self.documents.is_empty()
    }

    /// Adds a document and proposes which of those before it to [`compare`](super::compare()) it with.
    pub fn add(&mut self, wording: &Wording, publisher: Option<&str>) -> Proposed {
        let short = wording.words() <= SHORT;
        let number = self.documents.len() as u32;
        let shingles = samples(&wording.shingles, SAMPLED_SHORT);
        let pairs = samples(&wording.pairs, SAMPLED_SHORT);
        let quoted = samples(&wording.quoted, SAMPLED_QUOTED);
        let size = |keys: &[u32]| [dense(keys).count() as u32, keys.len() as u32];
        let own = Sizes { short, shingles: size(&shingles), pairs: size(&pairs), middle: 0 };

        let copied = self.copied.hits(&shingles, MOST_POSTED, true);
        let rewritten = self.rewritten.hits(&pairs, MOST_POSTED_PAIRS, false);
        let mut found =
            self.likeliest(&own, copied, |it| it.shingles, (LEAST_HITS, LEAST_COPIED, MOST_CANDIDATES));
        let nearest = found.first().copied();
        found.extend(self.likeliest(
            &own,
            rewritten,
            |it| it.pairs,
            (LEAST_PAIR_HITS, LEAST_REWRITTEN, MOST_REWRITTEN),
        ));
        let quoting = self.quoted.hits(&quoted, MOST_POSTED, false);
        found.extend(quoting.into_iter().take(MOST_CANDIDATES).map(|(document, _)| document));
        found.sort_unstable();
        found.dedup();

        let keep = |keys: Vec<u32>| if short { keys } else { dense(&keys).collect() };
        self.copied.post(&keep(shingles), number, MOST_POSTED);
        self.rewritten.post(&keep(pairs), number, MOST_POSTED_PAIRS);
        self.quoted.post(&quoted, number, MOST_POSTED);
        self.documents.push(own);
        let mut hasher = FxHasher::default();
        publisher.hash(&mut hasher);
        self.publishers.push(publisher.map_or(0, |_| (hasher.finish() >> 32) as u32 | 1));
        Proposed { others: found, nearest }
    }

    /// The keys under which a text is looked for and kept, channel by channel.
    pub fn keys(wording: &Wording) -> [Vec<u32>; CHANNELS] {
        [
            samples(&wording.shingles, SAMPLED_SHORT),
            samples(&wording.pairs, SAMPLED_SHORT),
            samples(&wording.quoted, SAMPLED_QUOTED),
        ]
    }

    /// An index that goes on where another stopped: with what [`Index::footprint`] gave of each of its documents, in order. The
    /// lists under the keys of a text have to be [put in](Index::put) before it is added, compared or stripped.
    pub fn resumed<'f>(footprints: impl IntoIterator<Item = &'f [u8]>) -> Index {
        let mut index = Index::new();
        for footprint in footprints {
            let number = |at: usize| {
                let bytes = footprint.get(4 * at..4 * at + 4).and_then(|bytes| bytes.first_chunk::<4>());
                bytes.map_or(0, |four| u32::from_le_bytes(*four))
            };
            index.documents.push(Sizes {
                short: number(0) != 0,
                shingles: [number(1), number(2)],
                pairs: [number(3), number(4)],
                middle: number(6),
            });
            index.publishers.push(number(5));
        }
        index
    }

    /// What has to be kept of a document to go on from it.
    pub fn footprint(&self, document: u32) -> [u8; FOOTPRINT] {
        let at = document as usize;
        let Sizes { short, shingles, pairs, middle } = self.documents.get(at).copied().unwrap_or_default();
        let publisher = self.publishers.get(at).copied().unwrap_or_default();
        let numbers = [u32::from(short), shingles[0], shingles[1], pairs[0], pairs[1], publisher, middle];
        let mut bytes = [0; FOOTPRINT];
        for (four, number) in bytes.as_chunks_mut::<4>().0.iter_mut().zip(numbers) {
            *four = number.to_le_bytes();
        }
        bytes
    }

    /// Puts in the documents that have a key, as [`Index::documents`] gave them.
    pub fn put(&mut self, channel: usize, key: u32, documents: &[u32]) {
        if let Some(postings) = self.channel_mut(channel) {
            postings.put(key, documents);
        }
    }

    /// The documents that have a key, the first ones.
    pub fn documents(&self, channel: usize, key: u32) -> &[u32] {
        self.channel(channel).map_or(&[], |postings| postings.documents(key))
    }

    /// Every key of a channel that a document has, in order.
    pub fn all_keys(&self, channel: usize) -> Vec<u32> {
        let mut keys: Vec<u32> =
            self.channel(channel).map(|postings| postings.map.keys().copied().collect()).unwrap_or_default();
        keys.sort_unstable();
        keys
    }

    pub(super) fn are_of_one_publisher(&self, documents: &[u32]) -> bool {
        let whose = |document: &u32| self.publishers.get(*document as usize).copied().unwrap_or_default();
        let first = documents.first().map_or(0, whose);
        first != 0 && documents.iter().all(|document| whose(document) == first)
    }

    fn channel(&self, channel: usize) -> Option<&Postings> {
        [&self.copied, &self.rewritten, &self.quoted].get(channel).copied()
    }

    fn channel_mut(&mut self, channel: usize) -> Option<&mut Postings> {
        match channel {
            0 => Some(&mut self.copied),
            1 => Some(&mut self.rewritten),
            2 => Some(&mut self.quoted),
            _ => None,
        }
    }

    /// In how many documents a sampled shingle stands, as far as they are kept, and whether all are of one publisher.
    pub(super) fn spread(&self, shingle: u64) -> (usize, bool) {
        let documents = self.copied.documents(key(shingle));
        (documents.len(), self.are_of_one_publisher(documents))
    }

    /// The documents with the greatest shares of samples in common. Of two texts of which one is long only the samples
    /// count that a long one keeps, so that it does not matter which of them came first.
    fn likeliest(
        &self,
        own: &Sizes,
        hits: Vec<(u32, [u32; 2])>,
        of: impl Fn(&Sizes) -> [u32; 2],
        (least_hits, least, most): (u32, f32, usize),
    ) -> Vec<u32> {
        let mut found: Vec<(f32, u32)> = Vec::new();
        for (document, hits) in hits {
            let Some(other) = self.documents.get(document as usize) else { continue };
            let [long, all] = [of(own), of(other)];
            let (hits, size) = if own.short && other.short {
                (hits[1], long[1].min(all[1]))
            } else {
                (hits[0], long[0].min(all[0]))
            };
            let share = hits as f32 / size.max(1) as f32;
            if hits >= least_hits.min(size.max(1)) && share >= least {
                found.push((share, document));
            }
        }
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        found.truncate(most);
        found.into_iter().map(|(_, document)| document).collect()
    }
}

/// The samples of a list of hashes. A key is the upper half of a hash, since the lower decides who is one.
fn samples(hashes: &[u64], one_of: u64) -> Vec<u32> {
    let mut keys: Vec<u32> =
        hashes.iter().filter(|hash| hash.is_multiple_of(one_of)).map(|hash| key(*hash)).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// Half of the samples that a short text keeps are those that a long one keeps: its last bit tells.
fn key(hash: u64) -> u32 {
    let upper = (hash >> 32) as u32 & !1;
    upper | u32::from(!hash.is_multiple_of(SAMPLED))
}

pub(super) fn dense(keys: &[u32]) -> impl Iterator<Item = u32> + '_ {
    keys.iter().copied().filter(|key| key & 1 == 0)
}

/// A list of documents in place of one.
const LISTED: u32 = 1 << 31;

/// For each key the documents that have it. Most keys have one document, which stands in the map itself.
#[derive(Clone, Debug, Default)]
pub(super) struct Postings {
    map: FxHashMap<u32, u32>,
    lists: Vec<Vec<u32>>,
}

impl Postings {
    fn put(&mut self, key: u32, documents: &[u32]) {
        match documents {
            [] => {}
            [one] => _ = self.map.insert(key, *one),
            all => {
                self.map.insert(key, LISTED | self.lists.len() as u32);
                self.lists.push(all.to_vec());
            }
        }
    }

    fn post(&mut self, keys: &[u32], document: u32, most: usize) {
        for key in keys {
            match self.map.get_mut(key) {
                None => _ = self.map.insert(*key, document),
                Some(slot) if *slot & LISTED == 0 => {
                    let first = std::mem::replace(slot, LISTED | self.lists.len() as u32);
                    self.lists.push(vec![first, document]);
                }
                Some(slot) => {
                    if let Some(list) = self.lists.get_mut((*slot & !LISTED) as usize)
                        && list.len() < most
                    {
                        list.push(document);
                    }
                }
            }
        }
    }

    /// The documents that have a key, the first ones.
    pub(super) fn documents(&self, key: u32) -> &[u32] {
        match self.map.get(&key) {
            None => &[],
            Some(slot) if *slot & LISTED == 0 => std::slice::from_ref(slot),
            Some(slot) => self.lists.get((slot & !LISTED) as usize).map_or(&[], Vec::as_slice),
        }
    }

    /// The documents that have any of the keys, in order, each with how many: of the keys that long texts keep, and of
    /// all. Full lists are boilerplate and tell nothing, unless most of the text consists of them (`printed`): then it is
    /// a text that was printed very often.
    fn hits(&self, keys: &[u32], most: usize, printed: bool) -> Vec<(u32, [u32; 2])> {
        let (mut rare, mut full) = (Vec::new(), Vec::new());
        let mut full_keys = 0;
        for key in keys {
            match self.map.get(key) {
                None => {}
                Some(slot) if slot & LISTED == 0 => rare.push((*slot, key & 1)),
                Some(slot) => {
                    let list = self.lists.get((slot & !LISTED) as usize).map_or(&[][..], Vec::as_slice);
                    let into = if list.len() < most { &mut rare } else { &mut full };
                    full_keys += usize::from(list.len() >= most);
                    into.extend(list.iter().map(|document| (*document, key & 1)));
                }
            }
        }
        if printed && full_keys * 2 > keys.len() {
            rare.append(&mut full);
        }
        rare.sort_unstable();
        let runs = rare.chunk_by(|a, b| a.0 == b.0);
        runs.filter_map(|run| {
            let dense = run.iter().filter(|(_, sparse)| *sparse == 0).count() as u32;
            run.first().map(|(document, _)| (*document, [dense, run.len() as u32]))
        })
        .collect()
    }
}
