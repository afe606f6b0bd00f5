//! The passages of a case that bear on a claim, with the statements they belong to.

use super::answer::{Key, Said};
use crate::entered::Entered;
use crate::spreading::spread;
use onrecord_ledger::meanings::{Meanings, Place};
use onrecord_ledger::{Case, Fault, PackedRecord, Result, StoredRecord};
use onrecord_linking::claims::{Bearing, Claim, Lexicon};
use onrecord_models::MEANING_WIDTH;
use onrecord_record::{Act, CodePoint, Document, Span, Statement, TextIndex};
use serde::Deserialize;
use serde_json::{Value, json};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Passages that are looked at closely, the nearest in meaning first. Where more are near, the answer says so.
pub(super) const MOST: usize = 500;

/// A passage further than this from the claim in meaning, in 16,129ths, is not looked at.
const FAR: i32 = 4_200;

/// A passage that bears on the claim less than this is another matter.
const LEAST: f32 = 0.5;

/// One in so many of the passages looked at are the farthest.
const FARTHEST: usize = 10;

/// Characters on each side of a passage that are taken to stand around it.
const AROUND: u32 = 260;

/// A statement that bears on the claim.
pub(super) struct Told {
    pub(super) statement: Statement,
    pub(super) said: Said,
    pub(super) bearing: Bearing,
    /// Its row and the row of its document, to put answers in a fixed order.
    pub(super) document: u32,
    pub(super) line: u32,
}

/// What bears on the claim.
#[derive(Default)]
pub(super) struct Gathered {
    pub(super) told: Vec<Told>,
    /// Statements that are not near the claim, and take a side on it by a person's word.
    pub(super) far: Vec<Told>,
    pub(super) own_voice: Vec<Said>,
    /// The documents looked into, by row.
    pub(super) documents: BTreeMap<u32, Looked>,
    /// Passages looked at closely, and how many were near enough to be.
    pub(super) weighed: u64,
    pub(super) near: u64,
    /// Whether some of the farthest looked at bear on the claim: what is farther is then likely to.
    pub(super) reaching: bool,
    /// What people entered.
    pub(super) entered: Arc<Entered>,
    /// Who made the readings looked into.
    pub(super) makers: BTreeSet<i64>,
}

/// A document that was looked into.
pub(super) struct Looked {
    pub(super) document: Document,
    pub(super) record: StoredRecord,
    pub(super) names: BTreeMap<String, String>,
    /// Its denials and doubts that answer another statement, each with its line's number and its line.
    pub(super) answering: Vec<(u32, Statement, Value)>,
    entered: Arc<Entered>,
}

/// What is read of a statement's line to see whether it answers another.
#[derive(Deserialize)]
struct Answering<'l> {
    #[serde(borrow)]
    id: Cow<'l, str>,
    #[serde(borrow)]
    act: Option<Cow<'l, str>>,
    #[serde(default)]
    responds_to: Vec<serde::de::IgnoredAny>,
}

/// What a line is.
#[derive(Deserialize)]
struct Sort<'l> {
    #[serde(rename = "type", borrow)]
    kind: Cow<'l, str>,
}

/// What is read of an agent's line.
#[derive(Deserialize)]
struct Named {
    id: String,
    name: String,
}

/// The passages nearest to a claim.
#[derive(Default)]
pub(super) struct Nearest {
    /// Their rows, the nearest first.
    pub(super) rows: Vec<u64>,
    /// How many are near enough to be looked at, of which `rows` are the nearest.
    pub(super) near: u64,
}

pub(super) fn nearest(meanings: &Meanings, claim: &Claim, threads: usize) -> Result<Nearest> {
    let Some(asked) = claim.meaning() else { return Ok(Nearest::default()) };
    let all = AtomicU64::new(0);
    let mut near = meanings.weigh(threads, |first, rows| {
        let mut products = Vec::with_capacity(rows.len() / MEANING_WIDTH);
        asked.products(rows, &mut products);
        let mut near: Vec<(i32, u64)> = (first..)
            .zip(products)
            .filter(|(_, product)| *product >= FAR)
            .map(|(row, product)| (product, row))
            .collect();
        all.fetch_add(near.len() as u64, Ordering::Relaxed);
        keep_nearest(&mut near);
        near
    })?;
    keep_nearest(&mut near);
    near.sort_unstable_by(|a, b| b.cmp(a));
    let rows = near.into_iter().map(|(_, row)| row).collect();
    Ok(Nearest { rows, near: all.into_inner() })
}

fn keep_nearest(near: &mut Vec<(i32, u64)>) {
    if near.len() > MOST {
        near.select_nth_unstable_by(MOST, |a, b| b.cmp(a));
        near.truncate(MOST);
    }
}

/// What was found in one document.
struct Found {
    /// The passages that bear on the claim.
    kept: Vec<Place>,
    told: Vec<Told>,
    far: Vec<Told>,
    own_voice: Vec<Said>,
    looked: Looked,
}

/// Looks closely at the passages at `places`, the nearest first, and at those at `by_persons`, which only people tie to the claim,
/// on as many threads as there are lexicons.
pub(super) fn gather(
    case: &Case,
    claim: &Claim,
    places: &[Place],
    by_persons: &[Place],
    lexicons: &mut [Lexicon<'_>],
    entered: &Arc<Entered>,
) -> Result<Gathered> {
    let mut gathered = Gathered {
        weighed: (places.len() + by_persons.len()) as u64,
        entered: Arc::clone(entered),
        ..Gathered::default()
    };
    let mut kept: BTreeSet<Place> = BTreeSet::new();
    let mut by_document: BTreeMap<u32, Vec<Place>> = BTreeMap::new();
    for place in places.iter().chain(by_persons) {
        by_document.entry(place.document).or_default().push(*place);
    }
    let packed: Vec<(u32, PackedRecord, Vec<Place>)> = by_document
        .into_iter()
        .map(|(row, places)| Ok((row, case.packed(i64::from(row))?, places)))
        .collect::<Result<_>>()?;
    let look = |lexicon: &mut Lexicon<'_>, (row, packed, places): &(u32, PackedRecord, Vec<Place>)| {
        look_into(claim, *row, packed, places, lexicon, entered)
    };
    for ((row, ..), found) in packed.iter().zip(spread(&packed, lexicons, look)) {
        let lost = || Fault::refused(format!("document {row}"), "could not be looked into");
        let Some(found) = found.ok_or_else(lost)?? else { continue };
        kept.extend(found.kept);
        gathered.told.extend(found.told);
        gathered.far.extend(found.far);
        gathered.own_voice.extend(found.own_voice);
        gathered.makers.insert(found.looked.record.maker);
        gathered.documents.insert(*row, found.looked);
    }
    let farthest = places.iter().rev().take(places.len().div_ceil(FARTHEST));
    gathered.reaching = farthest.filter(|place| kept.contains(place)).count() > 0;
    Ok(gathered)
}

/// Looks closely at the passages of one document; nothing where none bears on the claim.
fn look_into(
    claim: &Claim,
    row: u32,
    packed: &PackedRecord,
    places: &[Place],
    lexicon: &mut Lexicon<'_>,
    entered: &Arc<Entered>,
) -> Result<Option<Found>> {
    let record = packed.unpack()?;
    let Some(document) = document_of(&record) else { return Ok(None) };
    let names = names_of(&record);
    let looked = Looked { document, record, names, answering: Vec::new(), entered: Arc::clone(entered) };
    let index = TextIndex::new(&looked.record.text);
    let (mut kept, mut told, mut far, mut own_voice) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for place in places {
        let span = Span::new(CodePoint(place.start), CodePoint(place.end));
        let passage = index.slice(span);
        let statement = match place.line {
            None => None,
            Some(line) => match looked.statement(line) {
                Some(found) => Some((line, found)),
                None => continue,
            },
        };
        let speaker = statement.as_ref().and_then(|(_, (statement, _))| looked.speaker(statement));
        let around = around(&index, span, &looked.document, speaker.as_deref());
        let passage = statement
            .as_ref()
            .and_then(|(_, (statement, _))| statement.content.text.as_deref())
            .unwrap_or(passage);
        let bearing = claim.bearing(passage, &around, lexicon);
        // What a person says of its side bears on the claim.
        let sided =
            |(_, (it, _)): &(u32, (Statement, Value))| entered.stance(it.id.as_str(), claim.text()).is_some();
        let near = bearing.relevance >= LEAST;
        if !near && !statement.as_ref().is_some_and(sided) {
            continue;
        }
        kept.push(*place);
        match statement {
            Some((line, (statement, value))) => {
                let said = looked.said(&statement, value, speaker, &bearing);
                let one = Told { statement, said, bearing, document: row, line };
                if near { &mut told } else { &mut far }.push(one);
            }
            None => own_voice.push(looked.own_voice(*place, passage, &bearing)),
        }
    }
    if kept.is_empty() {
        return Ok(None);
    }
    let answering = looked.answering_others();
    Ok(Some(Found { kept, told, far, own_voice, looked: Looked { answering, ..looked } }))
}

fn document_of(record: &StoredRecord) -> Option<Document> {
    let first = record.lines.split(|byte| *byte == b'\n').next()?;
    match serde_json::from_slice::<Sort<'_>>(first).ok()?.kind.as_ref() {
        "document" => serde_json::from_slice(first).ok(),
        _ => None,
    }
}

fn names_of(record: &StoredRecord) -> BTreeMap<String, String> {
    let named = record.of_sort("agent").filter_map(|(_, line)| serde_json::from_slice::<Named>(line).ok());
    named.map(|named| (named.id, named.name)).collect()
}

fn around(
    index: &TextIndex<'_>,
    span: Span<CodePoint>,
    document: &Document,
    speaker: Option<&str>,
) -> String {
    let before = Span::new(CodePoint(span.start.0.saturating_sub(AROUND)), span.start);
    let behind = Span::new(
        span.end,
        CodePoint(span.end.0.saturating_add(AROUND).min(document.characters.max(span.end.0))),
    );
    let title = document.title.as_deref().unwrap_or_default();
    [title, speaker.unwrap_or_default(), index.slice(before), index.slice(behind)].join(" . ")
}

impl Looked {
    /// The statement on a line of the record, with the line, as people have them.
    pub(super) fn statement(&self, line: u32) -> Option<(Statement, Value)> {
        let line = self.record.lines.split(|byte| *byte == b'\n').nth(line as usize)?;
        self.read(line)
    }

    fn read(&self, line: &[u8]) -> Option<(Statement, Value)> {
        if serde_json::from_slice::<Sort<'_>>(line).ok()?.kind != "statement" {
            return None;
        }
        // The sort is known: the line is read as what it is.
        let mut statement: Statement = serde_json::from_slice(line).ok()?;
        let mut line = serde_json::from_slice(line).ok()?;
        self.entered.correct(&mut statement, &mut line);
        let corrected = line.get_mut("corrected").and_then(Value::as_array_mut);
        for it in corrected.into_iter().flatten().filter(|it| it["field"] == "speaker") {
            it["was_name"] = json!(it["was"].as_str().and_then(|id| self.names.get(id)));
        }
        Some((statement, line))
    }

    /// The denials and doubts that answer another statement.
    fn answering_others(&self) -> Vec<(u32, Statement, Value)> {
        // What a line says of itself is enough, but where a person says otherwise.
        let may = |line: &[u8]| {
            serde_json::from_slice(line).is_ok_and(|it: Answering<'_>| {
                let answers = it.act.is_some_and(|act| act == "denies" || act == "doubts");
                (answers && !it.responds_to.is_empty()) || self.entered.has_corrected(&it.id)
            })
        };
        let lines = self.record.of_sort("statement").filter(|(_, line)| may(line));
        lines
            .filter_map(|(at, line)| self.read(line).map(|(statement, line)| (at, statement, line)))
            .filter(|(_, statement, _)| matches!(statement.act, Some(Act::Denies | Act::Doubts)))
            .collect()
    }

    /// The name of a statement's speaker, else the words that name the source.
    pub(super) fn speaker(&self, statement: &Statement) -> Option<String> {
        let named = statement.speaker.as_ref().and_then(|id| self.names.get(id.as_str()));
        let named = named.map(String::as_str).or_else(|| self.entered.speaker_name(statement));
        named.or(statement.source.text.as_deref()).map(str::to_owned)
    }

    /// A statement as an answer shows it.
    pub(super) fn said(
        &self,
        statement: &Statement,
        mut line: Value,
        speaker: Option<String>,
        bearing: &Bearing,
    ) -> Said {
        let day = statement.said.as_ref().and_then(|said| said.from.clone());
        let named = statement.speaker.as_ref().map(|id| self.entered.names_of(id.as_str()));
        let key = Key {
            document: self.document.id.as_str().to_owned(),
            speaker: speaker.clone(),
            content: statement.content.text.clone().unwrap_or_default(),
            day: day.or_else(|| self.document.published.clone()),
            stance: None,
            sure: 0.0,
            relevance: bearing.relevance,
            other_names: named.unwrap_or_default().into_iter().collect(),
            by_person: false,
        };
        line["speaker_name"] = json!(speaker);
        self.entered.beside(Some(statement.id.as_str()), self.document.id.as_str(), &mut line);
        self.of_document(&mut line, bearing);
        Said { line, key }
    }

    fn own_voice(&self, place: Place, text: &str, bearing: &Bearing) -> Said {
        let id = self.document.id.as_str();
        let mut line = json!({ "document": id, "text": text, "span": [place.start, place.end] });
        self.entered.beside(None, id, &mut line);
        self.of_document(&mut line, bearing);
        let key = Key {
            document: id.to_owned(),
            content: text.to_owned(),
            day: self.document.published.clone(),
            relevance: bearing.relevance,
            ..Key::default()
        };
        Said { line, key }
    }

    fn of_document(&self, line: &mut Value, bearing: &Bearing) {
        line["document_title"] = json!(self.document.title.as_ref().or(self.document.path.as_ref()));
        line["publisher"] = json!(self.document.publisher);
        line["published"] = json!(self.document.published);
        line["relevance"] = json!(rounded(bearing.relevance));
    }
}

/// To three places, so that the output does not tell more than is known.
pub(super) fn rounded(number: f32) -> f64 {
    (f64::from(number) * 1_000.0).round() / 1_000.0
}
