//! Copies kept beside the ledger, so that a new document costs what it costs to hold it against the few it may go back to.
//!
//! What is kept comes to what [`Copies::among_read`] finds among all documents from nothing, whatever the steps in which they
//! came. Proposals depend on earlier documents alone. What a later document can change of earlier ones is looked after:
//! *boilerplate*, of those that share its shingles (a mark tells whether what is taken away of them changed, and then their pairs
//! are compared again), and *credits*, where it brings the name of a publisher that was not there (then all texts are read for it
//! again, and all pairs compared: names come often at first and seldom later).

use super::kept::Kept;
use super::{Copies, Source, Told, crediting, said_in, takes_up, tie};
use onrecord_ledger::links::{Links, Samples};
use onrecord_ledger::{Case, Fault, Result, StoredRecord};
use onrecord_linking::origins::{CHANNELS, Index, Publishers, Tie, Wording, retelling, rules_digest};
use onrecord_record::Line;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// What is kept has another form, or is found in another way, under another number.
const FORM: u32 = 1;

/// The channel by which boilerplate is told.
const COPIES: usize = 0;

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
        case.each_unlinked(links, |row, record| {
            let told = told_of(&record);
            let wording = Wording::of(&record.text);
            self.load(&wording, CHANNELS)?;
            let number = self.samples.len() as u32;
            let others = self.index.add(&wording, told.publisher.as_deref());
            self.pairs.extend(others.into_iter().map(|other| [number, other]));
            if self.known > 0 {
                let keys = Index::keys(&wording).into_iter().enumerate();
                self.changed
                    .extend(keys.flat_map(|(channel, keys)| keys.into_iter().map(move |key| (channel, key))));
                self.sharing.extend(self.index.sharing(&wording));
            }
            self.samples.push(Samples { number, row, size: self.index.footprint(number), mark: 0 });
            self.told.push(told);
            progress(self.told.len() as u64);
            Ok(())
        })
    }

    fn text(&self, number: u32) -> Result<String> {
        match self.samples.get(number as usize) {
            Some(samples) => Ok(self.case.record(samples.row)?.text),
            None => Ok(String::new()),
        }
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
        for number in of_old.into_iter().chain(known..self.samples.len() as u32) {
            self.tell_and_mark_one(number)?;
        }
        Ok(())
    }

    fn tell_and_mark_one(&mut self, number: u32) -> Result<()> {
        let wording = Wording::of(&self.text(number)?);
        self.load(&wording, COPIES + 1)?;
        let is_new = number as usize >= self.known;
        if is_new || self.names_came {
            let told = match (number as usize).checked_sub(self.known) {
                Some(at) => self.told.get(at).cloned().unwrap_or_default(),
                None => self.source(number)?.told,
            };
            let own = told.publisher.as_deref();
            let credits = self.publishers.credits(number, &wording, told.credit.as_deref(), own);
            let source = Source { told, credits };
            let written = serde_json::to_string(&source).unwrap_or_default();
            self.links.keep_document(number, source.told.publisher.as_deref(), &written)?;
        }
        let mark = self.index.mark(&wording).cast_signed();
        let Some(samples) = self.samples.get_mut(number as usize) else { return Ok(()) };
        if is_new || samples.mark != mark {
            samples.mark = mark;
            self.links.keep_samples(samples)?;
        } else {
            return Ok(());
        }
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
        let mut kept = Kept::default();
        let mut sources: BTreeMap<u32, Source> = BTreeMap::new();
        for [later, earlier] in std::mem::take(&mut self.pairs) {
            for number in [later, earlier] {
                if let Entry::Vacant(place) = sources.entry(number) {
                    place.insert(self.source(number)?);
                }
            }
            let (Some(one), Some(another)) = (sources.get(&earlier), sources.get(&later)) else { continue };
            let mut ready = |number: usize| {
                let wording = Wording::of(&self.text(number as u32)?);
                self.load(&wording, COPIES + 1)?;
                Ok::<_, Fault>(self.index.strip(wording))
            };
            let a = kept.wording(earlier as usize, &mut ready)?;
            let b = kept.wording(later as usize, &mut ready)?;
            let said = |number: usize| match self.samples.get(number) {
                Some(samples) => Ok::<_, Fault>(said_in(&self.case.record(samples.row)?)),
                None => Ok(Vec::new()),
            };
            let retold = || {
                let a = kept.said(earlier as usize, said)?;
                Ok(retelling(&a, &kept.said(later as usize, said)?))
            };
            let shown = crediting([one, another], &self.publishers);
            let follows = |score| takes_up([one, another], &self.publishers, score);
            let tie = tie([earlier, later], [&a, &b], shown, retold, follows)?;
            let written = tie.map(|tie| serde_json::to_string(&tie).unwrap_or_default());
            self.links.keep_pair([earlier, later], written.as_deref())?;
        }
        Ok(())
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

fn told_of(record: &StoredRecord) -> Told {
    match record.lines().next().map(|(_, line)| serde_json::from_slice(line)) {
        Some(Ok(Line::Document(document))) => Told::from(&document),
        _ => Told { id: record.document.clone(), ..Told::default() },
    }
}
