//! The passages of a case that bear on a claim, with the statements they belong to.

use super::answer::{Key, Said};
use crate::entered::Entered;
use onrecord_ledger::meanings::{Meanings, Place};
use onrecord_ledger::{Case, Result, StoredRecord};
use onrecord_linking::claims::{Bearing, Claim, Lexicon};
use onrecord_models::MEANING_WIDTH;
use onrecord_record::{Act, CertaintyLevel, CodePoint, Document, Line, Span, Statement, TextIndex};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Passages that are looked at closely, the nearest in meaning first. Where as many are near, the answer says so.
pub(super) const MOST: usize = 500;

/// A passage further than this from the claim in meaning, in 16,129ths, is not looked at.
const FAR: i32 = 4_200;

/// A passage that bears on the claim less than this is another matter.
const LEAST: f32 = 0.5;

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
    pub(super) weighed: u64,
    /// Whether there may be more.
    pub(super) more: bool,
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
    entered: Arc<Entered>,
}

/// What is read of an agent's line.
#[derive(Deserialize)]
struct Named {
    id: String,
    name: String,
}

/// The rows nearest to the claim, the nearest first, and whether there are more as near.
pub(super) fn nearest(meanings: &Meanings, claim: &Claim, threads: usize) -> Result<(Vec<u64>, bool)> {
    let Some(asked) = claim.meaning() else { return Ok((Vec::new(), false)) };
    let mut near = meanings.weigh(threads, |first, rows| {
        let mut products = Vec::with_capacity(rows.len() / MEANING_WIDTH);
        asked.products(rows, &mut products);
        let mut near: Vec<(i32, u64)> = (first..)
            .zip(products)
            .filter(|(_, product)| *product >= FAR)
            .map(|(row, product)| (product, row))
            .collect();
        keep_nearest(&mut near);
        near
    })?;
    let more = near.len() > MOST;
    keep_nearest(&mut near);
    near.sort_unstable_by(|a, b| b.cmp(a));
    Ok((near.into_iter().map(|(_, row)| row).collect(), more))
}

fn keep_nearest(near: &mut Vec<(i32, u64)>) {
    if near.len() > MOST {
        near.select_nth_unstable_by(MOST, |a, b| b.cmp(a));
        near.truncate(MOST);
    }
}

/// Looks closely at the passages at `places`.
pub(super) fn gather(
    case: &Case,
    claim: &Claim,
    places: &[Place],
    lexicon: &mut Lexicon<'_>,
    entered: &Arc<Entered>,
) -> Result<Gathered> {
    let mut gathered =
        Gathered { weighed: places.len() as u64, entered: Arc::clone(entered), ..Gathered::default() };
    let mut by_document: BTreeMap<u32, Vec<Place>> = BTreeMap::new();
    for place in places {
        by_document.entry(place.document).or_default().push(*place);
    }
    for (row, places) in by_document {
        let record = case.record(i64::from(row))?;
        let Some(document) = document_of(&record) else { continue };
        let names = names_of(&record);
        let maker = record.maker;
        let looked = Looked { document, record, names, entered: Arc::clone(entered) };
        let index = TextIndex::new(&looked.record.text);
        let mut kept = false;
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
            let sided = |(_, (it, _)): &(u32, (Statement, Value))| {
                entered.stance(it.id.as_str(), claim.text()).is_some()
            };
            let near = bearing.relevance >= LEAST;
            if !near && !statement.as_ref().is_some_and(sided) {
                continue;
            }
            kept = true;
            match statement {
                Some((line, (statement, value))) => {
                    let said = looked.said(&statement, value, speaker, &bearing);
                    let told = Told { statement, said, bearing, document: row, line };
                    if near { &mut gathered.told } else { &mut gathered.far }.push(told);
                }
                None => gathered.own_voice.push(looked.own_voice(place, passage, &bearing)),
            }
        }
        if kept {
            gathered.makers.insert(maker);
            gathered.documents.insert(row, looked);
        }
    }
    Ok(gathered)
}

fn document_of(record: &StoredRecord) -> Option<Document> {
    let first = record.lines.split(|byte| *byte == b'\n').next()?;
    match serde_json::from_slice(first) {
        Ok(Line::Document(document)) => Some(document),
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
        let Line::Statement(mut statement) = serde_json::from_slice(line).ok()? else { return None };
        let mut line = serde_json::from_slice(line).ok()?;
        self.entered.correct(&mut statement, &mut line);
        let corrected = line.get_mut("corrected").and_then(Value::as_array_mut);
        for it in corrected.into_iter().flatten().filter(|it| it["field"] == "speaker") {
            it["was_name"] = json!(it["was"].as_str().and_then(|id| self.names.get(id)));
        }
        Some((statement, line))
    }

    /// Every statement of the document, with its line's number.
    pub(super) fn statements(&self) -> Vec<(u32, Statement, Value)> {
        let lines = self.record.of_sort("statement");
        lines
            .filter_map(|(at, line)| self.read(line).map(|(statement, line)| (at, statement, line)))
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

/// What a judge is told of a statement.
pub(super) fn facts(statement: &Statement) -> (Option<Act>, Option<CertaintyLevel>) {
    (statement.act, statement.certainty.level)
}
