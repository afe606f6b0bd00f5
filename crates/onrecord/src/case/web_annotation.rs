//! A case as W3C Web Annotations: statements, each tied to its words by quote and by place, and what people entered.

use super::{ExportError, record_of};
use onrecord_ledger::log::{AgentName, Anchor, Content, TiedStatement};
use onrecord_ledger::people::PersonsEntry;
use onrecord_ledger::{Case, Maker, StoredRecord};
use onrecord_record::{CodePoint, RoleSpans, Span, Statement, TextIndex};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Characters that are given on either side of a quote.
const AROUND: u32 = 32;

/// Writes one annotation page (JSON-LD), item by item; how many documents. Offsets count code points, as the model asks.
///
/// # Errors
/// When the case cannot be read or the output cannot be written.
pub fn write_web_annotation(case: &Case, out: &mut impl Write) -> Result<u64, ExportError> {
    let makers: BTreeMap<i64, Maker> = case.makers()?.into_iter().collect();
    out.write_all(
        b"{\"@context\":\"http://www.w3.org/ns/anno.jsonld\",\"type\":\"AnnotationPage\",\"items\":[",
    )?;
    let (mut documents, mut first) = (0, true);
    case.each_record(|stored| {
        documents += 1;
        of_document(&stored, makers.get(&stored.maker), |item| write_item(&item, &mut first, out))
    })?;
    for entry in case.persons_entries()? {
        if let Some(item) = of_person(&entry) {
            write_item(&item, &mut first, out)?;
        }
    }
    out.write_all(b"\n]}\n")?;
    Ok(documents)
}

fn write_item(item: &Value, first: &mut bool, out: &mut impl Write) -> Result<(), ExportError> {
    out.write_all(if std::mem::take(first) { b"\n" } else { b",\n" })?;
    serde_json::to_writer(out, item).map_err(io::Error::from)?;
    Ok(())
}

fn of_document(
    stored: &StoredRecord,
    maker: Option<&Maker>,
    mut take: impl FnMut(Value) -> Result<(), ExportError>,
) -> Result<(), ExportError> {
    let record = record_of(stored)?;
    let index = TextIndex::new(&stored.text);
    let names: BTreeMap<&str, &str> =
        record.reading.agents.iter().map(|agent| (agent.id.as_str(), agent.name.as_str())).collect();
    let program = maker.map(
        |maker| json!({"type": "Software", "name": format!("onrecord {}, {}", maker.program, maker.model)}),
    );
    for statement in &record.reading.statements {
        let said = if statement.content.is_absent() { &statement.cue } else { &statement.content };
        if said.is_absent() {
            continue;
        }
        let speaker = statement.speaker.as_ref().and_then(|id| names.get(id.as_str()));
        take(json!({
            "id": format!("urn:onrecord:{}", statement.id),
            "type": "Annotation",
            "motivation": "describing",
            "creator": program,
            "body": bodies(statement, speaker.copied(), &index),
            "target": targets(statement.document.as_str(), said, &index),
        }))?;
    }
    Ok(())
}

/// What a statement does, by whom, and the words that say so.
fn bodies(statement: &Statement, speaker: Option<&str>, index: &TextIndex<'_>) -> Vec<Value> {
    let tag = |value: Value| json!({"type": "TextualBody", "purpose": "tagging", "value": value});
    let word = |value: Value| value.is_string().then(|| tag(value));
    let mut bodies: Vec<Value> = Vec::new();
    bodies.extend(word(json!(statement.act)));
    bodies.extend(word(json!(statement.form)));
    bodies.extend(word(json!(statement.certainty.level)));
    if let Some(speaker) = speaker {
        bodies.push(json!({"type": "TextualBody", "purpose": "identifying", "value": speaker}));
    }
    for (role, purpose) in [(&statement.source, "identifying"), (&statement.cue, "describing")] {
        for mut body in targets(statement.document.as_str(), role, index) {
            body["purpose"] = purpose.into();
            bodies.push(body);
        }
    }
    bodies
}

/// The pieces of a role, each by its quote and its place.
fn targets(document: &str, role: &RoleSpans, index: &TextIndex<'_>) -> Vec<Value> {
    let piece = |span: &Span<CodePoint>| {
        let before = Span::new(CodePoint(span.start.0.saturating_sub(AROUND)), span.start);
        let behind = Span::new(span.end, CodePoint(span.end.0.saturating_add(AROUND)));
        target(document, *span, index.slice(*span), index.slice(before), index.slice(behind))
    };
    role.spans.iter().map(piece).collect()
}

fn target(document: &str, span: Span<CodePoint>, exact: &str, prefix: &str, suffix: &str) -> Value {
    json!({
        "type": "SpecificResource",
        "source": format!("urn:onrecord:{document}"),
        "selector": [
            {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix},
            {"type": "TextPositionSelector", "start": span.start.0, "end": span.end.0},
        ],
    })
}

/// What a person entered and nobody took back.
fn of_person(entry: &PersonsEntry) -> Option<Value> {
    if entry.undone_by.is_some() {
        return None;
    }
    let (motivation, words, target) = match &entry.content {
        Content::Correction { field, now, reason, anchor, .. } => {
            ("editing", format!("{field} is {now}: {reason}"), anchored(anchor))
        }
        Content::Judgement { likelihood, confidence, reliability, credibility, reason, anchor, .. } => {
            let parts = [likelihood, confidence, reliability, credibility];
            let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
            ("assessing", format!("{}: {reason}", parts.join(", ")), anchored(anchor))
        }
        Content::Note { target, text, anchor } => {
            let target = anchor.as_ref().map_or_else(|| json!(format!("urn:onrecord:{target}")), anchored);
            ("commenting", text.clone(), target)
        }
        Content::Claim { wording, statements, reason, .. } => {
            let wording = wording.as_deref().unwrap_or("one claim");
            ("classifying", format!("{wording}: {reason}"), all_anchored(statements))
        }
        Content::ClaimMerge { claims, reason } => {
            let wordings: Vec<&str> = claims.iter().map(|claim| claim.wording.as_str()).collect();
            let statements = claims.iter().flat_map(|claim| &claim.statements);
            ("linking", format!("one claim: {}: {reason}", wordings.join("; ")), all_anchored(statements))
        }
        Content::ClaimSplit { claim, statements, reason, .. } => {
            ("classifying", format!("not {claim}: {reason}"), all_anchored(statements))
        }
        Content::Origins { documents, relation, reason } => {
            let targets: Vec<String> = documents.iter().map(|id| format!("urn:onrecord:{id}")).collect();
            ("linking", format!("{relation}: {reason}"), json!(targets))
        }
        Content::Merge { agents, reason } => {
            ("linking", format!("one and the same: {reason}"), named(agents))
        }
        Content::Split { agents, reason } => ("linking", format!("not the same: {reason}"), named(agents)),
        _ => return None,
    };
    Some(json!({
        "id": format!("urn:onrecord:entry:{}:{}", entry.leaf.entry, entry.leaf.commitment),
        "type": "Annotation",
        "motivation": motivation,
        "creator": {"type": "Person", "name": entry.leaf.actor},
        "created": entry.leaf.time,
        "body": {"type": "TextualBody", "value": words},
        "target": target,
    }))
}

fn all_anchored<'t>(statements: impl IntoIterator<Item = &'t TiedStatement>) -> Value {
    Value::Array(statements.into_iter().map(|tied| anchored(&tied.anchor)).collect())
}

fn named(agents: &[AgentName]) -> Value {
    agents.iter().map(|agent| json!(format!("urn:onrecord:{}", agent.agent))).collect()
}

fn anchored(anchor: &Anchor) -> Value {
    target(anchor.document.as_str(), anchor.span, &anchor.quote, &anchor.prefix, &anchor.suffix)
}
