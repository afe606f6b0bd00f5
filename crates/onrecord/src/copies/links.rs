//! Copies kept beside the ledger, so that a new document costs what it costs to hold it against the few it may go back to.
//!
//! What is kept comes to what [`Copies::among_read`] finds among all documents from nothing, whatever the steps in which they
//! came. Proposals depend on earlier documents alone. What a later document can change of earlier ones is looked after:
//! *boilerplate*, of those that share its shingles (a mark tells whether what is taken away of them changed, and then their pairs
//! are compared again), and *credits*, where it brings the name of a publisher that was not there (then all texts are read for it
//! again, and all pairs compared: names come often at first and seldom later).

use super::kept::{Kept, Ready};
use super::{Copies, Source, Told, said_in, tie};
use crate::spreading::spread;
use onrecord_ledger::links::{Links, Samples};
use onrecord_ledger::{Case, Fault, PackedRecord, Result, StoredRecord};
use onrecord_linking::origins::{CHANNELS, Index, Publishers, Saying, Tie, Wording, rules_digest};
use onrecord_record::Line;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::num::NonZero;
use std::sync::Arc;

/// What is kept has another form, or is found in another way, under another number.
const FORM: u32 = 1;

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
    let rows = links.samples()?.into_iter().map(|samples| samples.row).collect();
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
    /// What is kept of every document; of the new ones without marks at first.
    samples: Vec<Samples>,
    /// How many documents were kept before.
    known: usize,
    /// The new documents, in order.
    told: Vec<Told>,
    publishers: Publishers,
    /// Whether a new document brought the name of a publisher.
    names_came: bool,
    /// Documents before the new ones whose boilerplate may have changed.
    sharing: BTreeSet<u32>,
    /// Pairs to be compared, by the later and the earlier document.
    pairs: BTreeSet<[u32; 2]>,
    /// One for each thread.
    rooms: Vec<()>,
}

impl<'l> Linking<'l> {
    fn new(case: &'l Case, links: &'l Links) -> Result<Self> {
        let samples = links.samples()?;
        Ok(Linking {
            case,
            links,
            index: Index::resumed(samples.iter().map(|samples| samples.size.as_slice())),
            loaded: HashSet::new(),
            changed: BTreeSet::new(),
            known: samples.len(),
            samples,
            told: Vec::new(),
            publishers: Publishers::default(),
            names_came: false,
            sharing: BTreeSet::new(),
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
            let number = self.samples.len() as u32;
            let (told, wording) = made.ok_or_else(|| lost(number))??;
            self.load(&wording, CHANNELS)?;
            let others = self.index.add(&wording, told.publisher.as_deref());
            self.pairs.extend(others.into_iter().map(|other| [number, other]));
            if self.known > 0 {
                let keys = Index::keys(&wording).into_iter().enumerate();
                self.changed
                    .extend(keys.flat_map(|(channel, keys)| keys.into_iter().map(move |key| (channel, key))));
                let has_some =
                    |number: &u32| self.samples.get(*number as usize).is_some_and(|it| it.mark != 0);
                self.sharing.extend(self.index.sharing(&wording).into_iter().filter(has_some));
                self.sharing.extend(self.index.sharing_often(&wording));
            }
            let size = self.index.footprint(number);
            self.samples.push(Samples { number, row: packed.row, size, mark: 0 });
            self.told.push(told);
            progress(self.told.len() as u64);
        }
        Ok(())
    }

    fn packed(&self, number: u32) -> Result<PackedRecord> {
        self.case.packed(self.samples.get(number as usize).ok_or_else(|| lost(number))?.row)
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
            self.sharing.iter().copied().filter(|number| *number < known).collect()
        };
        let all: Vec<u32> = of_old.into_iter().chain(known..self.samples.len() as u32).collect();
        all.chunks(AT_ONCE).try_for_each(|some| self.tell_and_mark_some(some))
    }

    fn tell_and_mark_some(&mut self, numbers: &[u32]) -> Result<()> {
        let packed = numbers.iter().map(|number| self.packed(*number)).collect::<Result<Vec<_>>>()?;
        let made =
            spread(&packed, &mut self.rooms, |(), packed| packed.text().map(|text| Wording::of(&text)));
        let mut whole: Vec<(u32, Option<Told>, Wording)> = Vec::with_capacity(numbers.len());
        for (number, wording) in numbers.iter().zip(made) {
            let wording = wording.ok_or_else(|| lost(*number))??;
            self.load(&wording, COPIES + 1)?;
            let told = match (*number as usize).checked_sub(self.known) {
                Some(at) => self.told.get(at).cloned(),
                None if self.names_came => Some(self.source(*number)?.told),
                None => None,
            };
            whole.push((*number, told, wording));
        }
        let (index, publishers) = (&self.index, &self.publishers);
        let found = spread(&whole, &mut self.rooms, |(), (number, told, wording)| {
            let source = told.clone().map(|told| {
                let (credit, own) = (told.credit.as_deref(), told.publisher.as_deref());
                Source { credits: publishers.credits(*number, wording, credit, own), told }
            });
            (source, index.mark(wording).cast_signed())
        });
        for (number, found) in numbers.iter().zip(found) {
            let (source, mark) = found.ok_or_else(|| lost(*number))?;
            if let Some(source) = source {
                let written = serde_json::to_string(&source).unwrap_or_default();
                self.links.keep_document(*number, source.told.publisher.as_deref(), &written)?;
            }
            self.keep_mark(*number, mark)?;
        }
        Ok(())
    }

    /// Keeps what is boilerplate of a document; where that changed, its pairs are compared again.
    fn keep_mark(&mut self, number: u32, mark: i64) -> Result<()> {
        let is_new = number as usize >= self.known;
        let Some(samples) = self.samples.get_mut(number as usize) else { return Ok(()) };
        if !is_new && samples.mark == mark {
            return Ok(());
        }
        samples.mark = mark;
        self.links.keep_samples(samples)?;
        if !is_new {
            let pairs = self.links.pairs_of(number)?;
            self.pairs.extend(pairs.into_iter().map(|[earlier, later]| [later, earlier]));
        }
        Ok(())
    }

    fn source(&self, number: u32) -> Result<Source> {
        serde_json::from_str(&self.links.document(number)?)
            .map_err(|error| Fault::damaged("the folder links/", error.to_string()))
    }

    /// Holds the pairs against each other.
    fn compare(&mut self) -> Result<()> {
        let pairs: Vec<[u32; 2]> = std::mem::take(&mut self.pairs).into_iter().collect();
        let mut kept = Kept::default();
        for pairs in pairs.chunks(AT_ONCE) {
            let ready = self.ready(pairs, &mut kept)?;
            let publishers = &self.publishers;
            let found = spread(pairs, &mut self.rooms, |(), [later, earlier]| {
                let [(one, a), (another, b)] = [ready.get(earlier)?, ready.get(later)?];
                let tie = tie([*earlier, *later], [one, another], [a, b], publishers);
                Some(tie.map(|tie| serde_json::to_string(&tie).unwrap_or_default()))
            });
            for ([later, earlier], found) in pairs.iter().zip(found) {
                let found = found.flatten().ok_or_else(|| lost(*later))?;
                self.links.keep_pair([*earlier, *later], found.as_deref())?;
            }
        }
        Ok(())
    }

    /// The documents of some pairs, ready to be held against each other, with what they say of where they are from.
    fn ready(&mut self, pairs: &[[u32; 2]], kept: &mut Kept) -> Result<BTreeMap<u32, (Source, Arc<Ready>)>> {
        let numbers: BTreeSet<u32> = pairs.iter().flatten().copied().collect();
        let mut found: BTreeMap<u32, Arc<Ready>> =
            numbers.iter().filter_map(|number| Some((*number, kept.get(*number)?))).collect();
        let mut packed: Vec<(u32, PackedRecord)> = Vec::new();
        for number in numbers.iter().filter(|number| !found.contains_key(number)) {
            packed.push((*number, self.packed(*number)?));
        }
        let made = spread(&packed, &mut self.rooms, |(), (_, packed)| {
            packed.unpack().map(|record| (Wording::of(&record.text), said_in(&record)))
        });
        let mut whole: Vec<(u32, Wording, Vec<Saying>)> = Vec::new();
        for ((number, _), made) in packed.iter().zip(made) {
            let (wording, said) = made.ok_or_else(|| lost(*number))??;
            if self.samples.get(*number as usize).is_some_and(|samples| samples.mark == 0) {
                // It has no boilerplate, so how often its shingles stand elsewhere need not be known.
                found.insert(*number, kept.put(*number, Ready { wording, said }));
            } else {
                self.load(&wording, COPIES + 1)?;
                whole.push((*number, wording, said));
            }
        }
        let index = &self.index;
        let stripped = spread(&whole, &mut self.rooms, |(), (_, wording, _)| index.strip(wording.clone()));
        for ((number, _, said), wording) in whole.into_iter().zip(stripped) {
            let wording = wording.ok_or_else(|| lost(number))?;
            found.insert(number, kept.put(number, Ready { wording, said }));
        }
        found.into_iter().map(|(number, ready)| Ok((number, (self.source(number)?, ready)))).collect()
    }

    /// Keeps the lists.
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
        Ok(())
    }
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
