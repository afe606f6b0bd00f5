//! Copies kept beside the ledger, so that a new document costs what it costs to hold it against the few it may go back to.
//!
//! What is kept comes to what [`Copies::among_read`] finds among all documents from nothing, whatever the steps in which they
//! came. Proposals depend on earlier documents alone. What a later document can change of earlier ones is looked after:
//! *boilerplate*, of those that share its shingles and may have other boilerplate for it (it is kept, so that nothing else has to
//! be looked up to compare them; where it changed their pairs are compared again), and *credits*, where it brings the name of a publisher that was not there (then all texts are read for it
//! again, and all pairs compared: names come often at first and seldom later).

use super::kept::{Kept, Ready};
use super::{Copies, Source, Told, said_in, tie};
use crate::spreading::spread;
use onrecord_ledger::links::Links;
use onrecord_ledger::{Case, Fault, PackedRecord, Result, StoredRecord};
use onrecord_linking::origins::{
    Boilerplate, CHANNELS, FOOTPRINT, Index, Proposed, Publishers, Tie, Wording, rules_digest,
};
use onrecord_record::Line;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::num::NonZero;
use std::sync::Arc;

/// What is kept has another form, or is found in another way, under another number.
const FORM: u32 = 2;

/// What is kept of every document to go on: its row in the ledger and its footprint in the index.
const ENTRY: usize = 8 + FOOTPRINT;

/// The channel by which boilerplate is told.
const COPIES: usize = 0;

/// Documents, or pairs of them, that are gone through at once, on all threads.
const AT_ONCE: usize = 512;

pub(super) fn copies(case: &Case, progress: impl FnMut(u64)) -> Result<Copies> {
    let links = up_to_date(case, progress)?;
    let damaged = |error: serde_json::Error| Fault::damaged("the folder links/", error.to_string());
    let told = links.documents()?;
    let sources = told.iter().map(|told| serde_json::from_str(told));
    let sources: Vec<Source> = sources.collect::<std::result::Result<_, _>>().map_err(damaged)?;
    let mut ties: Vec<std::result::Result<Tie, serde_json::Error>> = Vec::new();
    links.pairs(|_, found| ties.extend(found.map(|found| serde_json::from_str(&found))))?;
    let ties: Vec<Tie> = ties.into_iter().collect::<std::result::Result<_, _>>().map_err(damaged)?;
    let rows = rows_of(&links.entries()?).map(|(row, _)| row).collect();
    Ok(Copies::of(sources, ties, rows))
}

pub(super) fn link_new(case: &Case, progress: impl FnMut(u64)) -> Result<()> {
    up_to_date(case, progress).map(drop)
}

fn up_to_date(case: &Case, progress: impl FnMut(u64)) -> Result<Links> {
    let maker = format!("copies {FORM} {:016x}", rules_digest());
    let mut links = case.links(&maker)?;
    if !links.are_current() {
        links.begin()?;
        let mut linking = Linking::new(case, &links)?;
        linking.add(progress)?;
        linking.tell_and_mark()?;
        linking.compare()?;
        linking.keep()?;
        links.finish()?;
    }
    Ok(links)
}

/// New documents on their way to be kept.
struct Linking<'l> {
    case: &'l Case,
    links: &'l Links,
    index: Index,
    /// Keys whose lists are in the index, by channel; all are where nothing was kept before.
    loaded: HashSet<(usize, u32)>,
    /// Keys whose lists a new document may have changed.
    changed: BTreeSet<(usize, u32)>,
    /// The ledger's row of every document.
    rows: Vec<i64>,
    /// Documents whose entries have to be kept.
    entries: BTreeSet<u32>,
    /// How many documents were kept before.
    known: usize,
    /// The new documents, in order.
    told: Vec<Told>,
    publishers: Publishers,
    /// Whether a new document brought the name of a publisher.
    names_came: bool,
    /// Documents before the new ones whose boilerplate may have changed.
    unsettled: BTreeSet<u32>,
    /// The document that each new one has most of, where it has much of any.
    nearest: BTreeMap<u32, u32>,
    /// Pairs to be compared, by the later and the earlier document.
    pairs: BTreeSet<[u32; 2]>,
    /// One for each thread.
    rooms: Vec<()>,
}

impl<'l> Linking<'l> {
    fn new(case: &'l Case, links: &'l Links) -> Result<Self> {
        let entries = links.entries()?;
        let rows: Vec<i64> = rows_of(&entries).map(|(row, _)| row).collect();
        Ok(Linking {
            case,
            links,
            index: Index::resumed(rows_of(&entries).map(|(_, footprint)| footprint)),
            loaded: HashSet::new(),
            changed: BTreeSet::new(),
            known: rows.len(),
            rows,
            entries: BTreeSet::new(),
            told: Vec::new(),
            publishers: Publishers::default(),
            names_came: false,
            unsettled: BTreeSet::new(),
            nearest: BTreeMap::new(),
            pairs: BTreeSet::new(),
            rooms: vec![(); std::thread::available_parallelism().map_or(1, NonZero::get)],
        })
    }

    /// Puts the lists under a text's keys in the first `channels` into the index.
    fn load(&mut self, wording: &Wording, channels: usize) -> Result<()> {
        if self.known == 0 {
            return Ok(());
        }
        for (channel, keys) in Index::keys(wording).into_iter().enumerate().take(channels) {
            for key in keys {
                if self.loaded.insert((channel, key)) {
                    self.index.put(channel, key, &self.links.list(channel as u8, key)?);
                }
            }
        }
        Ok(())
    }

    /// Adds what came since to the index.
    fn add(&mut self, mut progress: impl FnMut(u64)) -> Result<()> {
        let (case, links) = (self.case, self.links);
        let mut came: Vec<PackedRecord> = Vec::new();
        case.each_unlinked(links, |packed| {
            came.push(packed);
            if came.len() < AT_ONCE {
                Ok(())
            } else {
                self.add_some(std::mem::take(&mut came), &mut progress)
            }
        })?;
        self.add_some(came, &mut progress)
    }

    fn add_some(&mut self, came: Vec<PackedRecord>, progress: &mut impl FnMut(u64)) -> Result<()> {
        let made = spread(&came, &mut self.rooms, |(), packed| {
            packed.unpack().map(|record| (told_of(&record), Wording::of(&record.text)))
        });
        for (packed, made) in came.iter().zip(made) {
            let number = self.rows.len() as u32;
            let (told, wording) = made.ok_or_else(|| lost(number))??;
            self.load(&wording, CHANNELS)?;
            let Proposed { others, nearest } = self.index.add(&wording, told.publisher.as_deref());
            self.pairs.extend(others.into_iter().map(|other| [number, other]));
            self.nearest.extend(nearest.map(|nearest| (number, nearest)));
            if self.known > 0 {
                let keys = Index::keys(&wording).into_iter().enumerate();
                self.changed
                    .extend(keys.flat_map(|(channel, keys)| keys.into_iter().map(move |key| (channel, key))));
                self.unsettled.extend(self.index.unsettled(&wording));
            }
            self.rows.push(packed.row);
            self.entries.insert(number);
            self.told.push(told);
            progress(self.told.len() as u64);
        }
        Ok(())
    }

    fn packed(&self, number: u32) -> Result<PackedRecord> {
        self.case.packed(*self.rows.get(number as usize).ok_or_else(|| lost(number))?)
    }

    /// Finds what the new documents say of where they are from and which words of texts are boilerplate, now that all are in
    /// the index, and what that changes of earlier ones.
    fn tell_and_mark(&mut self) -> Result<()> {
        let before: BTreeSet<String> = self.links.publishers()?.into_iter().collect();
        let new: BTreeSet<String> = self.told.iter().filter_map(|told| told.publisher.clone()).collect();
        self.names_came = !new.is_subset(&before);
        self.publishers = Publishers::of(before.union(&new).map(String::as_str));
        let known = self.known as u32;
        let of_old: Vec<u32> = if self.names_came && self.known > 0 {
            self.links.pairs(|[earlier, later], _| _ = self.pairs.insert([later, earlier]))?;
            (0..known).collect()
        } else {
            self.unsettled.iter().copied().filter(|number| *number < known).collect()
        };
        let all: Vec<u32> = of_old.into_iter().chain(known..self.rows.len() as u32).collect();
        all.chunks(AT_ONCE).try_for_each(|some| self.tell_and_mark_some(some))
    }

    fn tell_and_mark_some(&mut self, numbers: &[u32]) -> Result<()> {
        let packed = numbers.iter().map(|number| self.packed(*number)).collect::<Result<Vec<_>>>()?;
        let made =
            spread(&packed, &mut self.rooms, |(), packed| packed.text().map(|text| Wording::of(&text)));
        let mut whole: Vec<(u32, Option<Told>, bool, Wording)> = Vec::with_capacity(numbers.len());
        for (number, wording) in numbers.iter().zip(made) {
            let wording = wording.ok_or_else(|| lost(*number))??;
            let is_old = (*number as usize) < self.known;
            let is_settled = is_old && !self.unsettled.contains(number);
            if !is_settled {
                self.load(&wording, COPIES + 1)?;
            }
            let told = match (*number as usize).checked_sub(self.known) {
                Some(at) => self.told.get(at).cloned(),
                None if self.names_came => Some(self.source(*number)?.0.told),
                None => None,
            };
            whole.push((*number, told, is_settled, wording));
        }
        let (index, publishers) = (&self.index, &self.publishers);
        let found = spread(&whole, &mut self.rooms, |(), (number, told, is_settled, wording)| {
            let source = told.clone().map(|told| {
                let (credit, own) = (told.credit.as_deref(), told.publisher.as_deref());
                Source { credits: publishers.credits(*number, wording, credit, own), told }
            });
            (source, (!is_settled).then(|| index.boilerplate(wording)))
        });
        for (number, found) in numbers.iter().zip(found) {
            let (source, boilerplate) = found.ok_or_else(|| lost(*number))?;
            if let Some(source) = source {
                let written = serde_json::to_string(&source).unwrap_or_default();
                self.links.keep_document(*number, source.told.publisher.as_deref(), &written)?;
            }
            if let Some(boilerplate) = boilerplate {
                self.settle(*number, &boilerplate)?;
            }
        }
        Ok(())
    }

    /// Keeps what is boilerplate of a document; where that changed, its pairs are compared again.
    fn settle(&mut self, number: u32, boilerplate: &Boilerplate) -> Result<()> {
        self.index.settle(number, boilerplate);
        self.entries.insert(number);
        let cut = boilerplate.to_bytes();
        let had = if (number as usize) < self.known { self.links.document(number)?.1 } else { Vec::new() };
        if cut == had {
            return Ok(());
        }
        self.links.keep_cut(number, &cut)?;
        let pairs = self.links.pairs_of(number)?;
        self.pairs.extend(pairs.into_iter().map(|[earlier, later]| [later, earlier]));
        Ok(())
    }

    /// What a document says of where it is from, and what is boilerplate of it, as they are kept.
    fn source(&self, number: u32) -> Result<(Source, Boilerplate)> {
        let (told, cut) = self.links.document(number)?;
        let source = serde_json::from_str(&told)
            .map_err(|error| Fault::damaged("the folder links/", error.to_string()))?;
        Ok((source, Boilerplate::from_bytes(&cut)))
    }

    /// Holds the pairs against each other.
    fn compare(&mut self) -> Result<()> {
        let pairs = self.pairs_by_story();
        let mut kept = Kept::default();
        for pairs in pairs.chunks(AT_ONCE) {
            let ready = self.ready(pairs, &mut kept)?;
            let publishers = &self.publishers;
            let found = spread(pairs, &mut self.rooms, |(), [later, earlier]| {
                let tie = tie([*earlier, *later], [ready.get(earlier)?, ready.get(later)?], publishers);
                Some(tie.map(|tie| serde_json::to_string(&tie).unwrap_or_default()))
            });
            for ([later, earlier], found) in pairs.iter().zip(found) {
                let found = found.flatten().ok_or_else(|| lost(*later))?;
                self.links.keep_pair([*earlier, *later], found.as_deref())?;
            }
        }
        Ok(())
    }

    /// The pairs, those of one story together: documents that are ready then serve many pairs, however long the collection is.
    fn pairs_by_story(&mut self) -> Vec<[u32; 2]> {
        let mut first: BTreeMap<u32, u32> = BTreeMap::new();
        for (number, nearest) in &self.nearest {
            first.insert(*number, first.get(nearest).copied().unwrap_or(*nearest));
        }
        let mut pairs: Vec<[u32; 2]> = std::mem::take(&mut self.pairs).into_iter().collect();
        pairs.sort_by_key(|[later, _]| first.get(later).copied().unwrap_or(*later));
        pairs
    }

    /// The documents of some pairs, ready to be held against each other.
    fn ready(&mut self, pairs: &[[u32; 2]], kept: &mut Kept) -> Result<BTreeMap<u32, Arc<Ready>>> {
        let numbers: BTreeSet<u32> = pairs.iter().flatten().copied().collect();
        let mut found: BTreeMap<u32, Arc<Ready>> =
            numbers.iter().filter_map(|number| Some((*number, kept.get(*number)?))).collect();
        let mut packed: Vec<(u32, PackedRecord, Source, Boilerplate)> = Vec::new();
        for number in numbers.iter().filter(|number| !found.contains_key(number)) {
            let (source, boilerplate) = self.source(*number)?;
            packed.push((*number, self.packed(*number)?, source, boilerplate));
        }
        let made = spread(&packed, &mut self.rooms, |(), (_, packed, _, boilerplate)| {
            packed
                .unpack()
                .map(|record| (boilerplate.taken_from(Wording::of(&record.text)), said_in(&record)))
        });
        for ((number, _, source, _), made) in packed.into_iter().zip(made) {
            let (wording, said) = made.ok_or_else(|| lost(number))??;
            found.insert(number, kept.put(number, Ready { source, wording, said }));
        }
        Ok(found)
    }

    /// Keeps the lists and what there is to go on from.
    fn keep(&mut self) -> Result<()> {
        let changed: Vec<(usize, u32)> = if self.known == 0 {
            let keys = |channel| self.index.all_keys(channel).into_iter().map(move |key| (channel, key));
            (0..CHANNELS).flat_map(keys).collect()
        } else {
            std::mem::take(&mut self.changed).into_iter().collect()
        };
        for (channel, key) in changed {
            let documents = self.index.documents(channel, key);
            if !documents.is_empty() {
                self.links.keep_list(channel as u8, key, documents)?;
            }
        }
        self.links.keep_entries(self.rows.len() as u32, &self.entries, |number| {
            let mut entry = [0; ENTRY];
            let row = self.rows.get(number as usize).copied().unwrap_or_default();
            let bytes = row.to_le_bytes().into_iter().chain(self.index.footprint(number));
            entry.iter_mut().zip(bytes).for_each(|(to, from)| *to = from);
            entry
        })
    }
}

/// The ledger's row and the footprint of every document, from what is kept of them.
fn rows_of(entries: &[u8]) -> impl Iterator<Item = (i64, &[u8])> {
    let each = entries.as_chunks::<ENTRY>().0.iter();
    each.filter_map(|entry| {
        let (row, footprint) = entry.split_first_chunk::<8>()?;
        Some((i64::from_le_bytes(*row), footprint))
    })
}

fn lost(number: u32) -> Fault {
    Fault::refused(format!("document {number}"), "could not be held against others")
}

fn told_of(record: &StoredRecord) -> Told {
    match record.lines().next().map(|(_, line)| serde_json::from_slice(line)) {
        Some(Ok(Line::Document(document))) => Told::from(&document),
        _ => Told { id: record.document.clone(), ..Told::default() },
    }
}
