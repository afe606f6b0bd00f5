//! A draft held against a case: for each of its sentences, whether it is on the record, and what of it is not as the record has
//! it.

use super::Asker;
use super::gathering::{Gathered, Told};
use super::positions::is_named_like;
use crate::entered::Entered;
use crate::{MadeBy, Record};
use onrecord_ledger::{Case, Result};
use onrecord_linking::claims::{Claim, numbers};
use onrecord_reading::sentences;
use onrecord_record::{Stance, Statement, TextIndex};
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A statement that covers less of a sentence than this does not say the same.
const SAYS_THE_SAME: f32 = 0.62;

/// A denial of less than this is of another matter.
const DENIES_THE_SAME: f32 = 0.55;

/// Statements that are cited for one verdict.
const MOST_CITED: usize = 5;

/// A checked draft.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Checked {
    /// Its sentences, in order.
    pub sentences: Vec<Sentence>,
    /// The program and the models that made it.
    pub made_by: MadeBy,
}

/// A sentence of a draft.
#[derive(Clone, Debug, Serialize)]
pub struct Sentence {
    /// Where it stands, in code points of the draft.
    pub span: (u32, u32),
    /// Its characters.
    pub text: String,
    /// What the record has to say of it; more than one can hold.
    pub verdicts: Vec<Verdict>,
}

/// One thing the record has to say of a sentence.
#[derive(Clone, Debug, Serialize)]
pub struct Verdict {
    /// Which.
    pub kind: VerdictKind,
    /// In words.
    pub says: String,
    /// The statements it rests on.
    pub statements: Vec<String>,
    /// Their speakers.
    pub by: Vec<String>,
    /// What is needed to cite them.
    pub citations: Vec<Citation>,
}

/// The sorts of verdicts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum VerdictKind {
    /// A statement says the same.
    OnRecord,
    /// A statement denies or doubts it.
    Contradicted,
    /// The draft attributes it to another, or to nobody.
    AttributionChanged,
    /// The draft is surer, or less sure.
    HedgeChanged,
    /// The draft has another number.
    NumberChanged,
    /// Nothing in the case says it.
    NotOnRecord,
}

/// A statement as it is cited.
#[derive(Clone, Debug, Serialize)]
pub struct Citation {
    /// The statement.
    pub statement: String,
    /// Who said it.
    pub speaker: String,
    /// Their words.
    pub words: String,
    /// The document's title, publisher and day, as far as known.
    pub document: String,
    /// When it was said, else published.
    pub day: Option<String>,
    /// What people corrected of it, with what the program has; as in an answer.
    #[serde(skip_serializing_if = "Value::is_null")]
    pub corrected: Value,
    /// Who said what side it takes, where a person did.
    #[serde(skip_serializing_if = "Value::is_null")]
    pub stance_entered: Value,
}

/// What a sentence says, and by whose word.
struct Part<'d> {
    content: String,
    speaker: Option<String>,
    statement: Option<&'d Statement>,
}

impl Asker {
    /// Holds `draft`, as it was read, against `case`.
    ///
    /// # Errors
    /// When the case cannot be read.
    pub fn check(&self, case: &Case, draft: &Record, progress: impl FnMut(u64)) -> Result<Checked> {
        let meanings = self.passages(case, progress)?;
        let mut lexicons = self.lexicons();
        let entered = Arc::new(Entered::of_case(case)?);
        let mut makers = BTreeSet::new();
        let text = draft.document.text();
        let index = TextIndex::new(text);
        let mut checked = Checked::default();
        for sentence in sentences(text) {
            let span = index.code_points(sentence);
            let words = text.get(sentence.range()).unwrap_or_default();
            let mut verdicts = Vec::new();
            for part in parts(draft, (span.start.0, span.end.0), words) {
                let Some(lexicon) = lexicons.first_mut() else { continue };
                let claim = Claim::new(&part.content, lexicon);
                if claim.terms().is_empty() {
                    continue;
                }
                let mut gathered = self.gathered(case, &claim, &meanings, &mut lexicons, &entered)?;
                makers.append(&mut gathered.makers);
                // Only what somebody says is held against a draft.
                gathered.own_voice.clear();
                let documents = std::mem::take(&mut gathered.documents);
                self.take_sides(&claim, &mut gathered, &documents);
                verdicts.extend(weighed(&part, &gathered));
            }
            let better = verdicts.iter().any(|verdict| verdict.kind != VerdictKind::NotOnRecord);
            let mut seen = BTreeSet::new();
            verdicts.retain(|verdict| {
                (verdict.kind != VerdictKind::NotOnRecord || !better)
                    && seen.insert((verdict.kind, verdict.statements.clone()))
            });
            verdicts.sort_by_key(|verdict| verdict.kind);
            checked.sentences.push(Sentence {
                span: (span.start.0, span.end.0),
                text: words.to_owned(),
                verdicts,
            });
        }
        checked.made_by = MadeBy::of(case, &makers)?.with_stance().with_meaning();
        Ok(checked)
    }
}

/// What the record has to say of what a sentence says.
fn weighed(part: &Part<'_>, gathered: &Gathered) -> Vec<Verdict> {
    let side = |told: &&Told, stance: &[Stance]| told.said.key.stance.is_some_and(|it| stance.contains(&it));
    let same: Vec<&Told> = gathered
        .told
        .iter()
        .filter(|told| {
            bears(told, SAYS_THE_SAME)
                && !side(told, &[Stance::Denies, Stance::Doubts])
                && !(told.said.key.by_person && side(told, &[Stance::Mentions]))
        })
        .collect();
    let against: Vec<&Told> = gathered
        .told
        .iter()
        .filter(|told| bears(told, DENIES_THE_SAME) && side(told, &[Stance::Denies, Stance::Doubts]))
        .collect();
    let mut verdicts = Vec::new();
    if !same.is_empty() {
        verdicts.extend(compared(part, &same));
    }
    if !against.is_empty() {
        // Where the draft itself tells of the denial, it is on the record.
        let denies = part
            .statement
            .and_then(|it| it.act)
            .is_some_and(|act| matches!(act, onrecord_record::Act::Denies | onrecord_record::Act::Doubts));
        let (kind, says) = if denies {
            (VerdictKind::OnRecord, "the record has it denied or doubted too")
        } else {
            (VerdictKind::Contradicted, "on the record it is denied or doubted")
        };
        verdicts.push(verdict(kind, says.into(), &against));
    }
    if verdicts.is_empty() {
        verdicts.push(verdict(VerdictKind::NotOnRecord, "nothing in the case says it".into(), &[]));
    }
    verdicts
}

/// Whether a statement says this much of the same, or a person said what side it takes.
fn bears(told: &Told, least: f32) -> bool {
    told.bearing.relevance >= least || told.said.key.by_person
}

/// What a sentence says: the contents of its statements, or the whole where nobody is named.
fn parts<'d>(draft: &'d Record, (start, end): (u32, u32), words: &str) -> Vec<Part<'d>> {
    let inside = |statement: &&Statement| {
        statement.content.extent().is_some_and(|extent| extent.start.0 < end && start < extent.end.0)
    };
    let name = |statement: &Statement| {
        let agent = draft.reading.agents.iter().find(|agent| Some(&agent.id) == statement.speaker.as_ref());
        agent.map(|agent| agent.name.clone()).or_else(|| statement.source.text.clone())
    };
    let stated: Vec<Part<'d>> = draft
        .reading
        .statements
        .iter()
        .filter(inside)
        .filter(|statement| statement.within.is_none())
        .filter_map(|statement| {
            let content = statement.content.text.clone()?;
            Some(Part { content, speaker: name(statement), statement: Some(statement) })
        })
        .collect();
    if stated.is_empty() {
        vec![Part { content: words.to_owned(), speaker: None, statement: None }]
    } else {
        stated
    }
}

/// What is as the record has it, and what is not.
fn compared(part: &Part<'_>, same: &[&Told]) -> Vec<Verdict> {
    let by_same: Vec<&Told> = match &part.speaker {
        None => Vec::new(),
        Some(name) => same
            .iter()
            .filter(|told| told.said.key.speaker.as_deref().is_some_and(|other| is_named_like(name, other)))
            .copied()
            .collect(),
    };
    let mut verdicts = Vec::new();
    let best: &[&Told] = if by_same.is_empty() { same } else { &by_same };
    verdicts.push(verdict(VerdictKind::OnRecord, "the record has it".into(), best));
    if by_same.is_empty() {
        let says = match &part.speaker {
            Some(name) => format!("the record has it from somebody else than {name}"),
            None => "the draft says it in its own voice; the record has it as somebody’s statement".into(),
        };
        verdicts.push(verdict(VerdictKind::AttributionChanged, says, same));
    }
    let Some(first) = best.first() else { return verdicts };
    let (drafted, recorded) = (numbers(&part.content), numbers(&first.said.key.content));
    let other: Vec<&String> = drafted.iter().filter(|number| !recorded.contains(number)).collect();
    if !other.is_empty() && !recorded.is_empty() && best.iter().all(|told| !has_all(told, &drafted)) {
        let listed = |numbers: &[String]| numbers.join(", ");
        let says = format!("the draft has {}, the record {}", listed(&drafted), listed(&recorded));
        verdicts.push(verdict(VerdictKind::NumberChanged, says, &best[..1]));
    }
    let draft_level = part.statement.and_then(|statement| statement.certainty.level);
    let draft_hedge = part.statement.and_then(|statement| statement.certainty.text.clone());
    if best.iter().all(|told| told.statement.certainty.level != draft_level) {
        let say =
            |words: &Option<String>| words.as_ref().map_or("no hedge".to_owned(), |it| format!("“{it}”"));
        let recorded = &first.statement.certainty.text;
        if part.statement.is_some() || recorded.is_some() {
            let says = format!("the draft has {}, the record {}", say(&draft_hedge), say(recorded));
            verdicts.push(verdict(VerdictKind::HedgeChanged, says, &best[..1]));
        }
    }
    verdicts
}

fn has_all(told: &Told, drafted: &[String]) -> bool {
    let recorded = numbers(&told.said.key.content);
    drafted.iter().all(|number| recorded.contains(number))
}

fn verdict(kind: VerdictKind, says: String, told: &[&Told]) -> Verdict {
    let cited = || told.iter().take(MOST_CITED);
    let citation = |told: &&Told| Citation {
        statement: told.statement.id.as_str().to_owned(),
        speaker: told.said.key.speaker.clone().unwrap_or_else(|| "somebody".into()),
        words: told.said.key.content.clone(),
        document: ["document_title", "publisher", "published"]
            .iter()
            .filter_map(|field| told.said.line[*field].as_str())
            .collect::<Vec<_>>()
            .join(", "),
        day: told.said.key.day.clone(),
        corrected: told.said.line["corrected"].clone(),
        stance_entered: told.said.line["stance_entered"].clone(),
    };
    let mut by: Vec<String> =
        cited().filter_map(|told| Some(told.statement.speaker.as_ref()?.as_str().to_owned())).collect();
    by.dedup();
    Verdict {
        kind,
        says,
        statements: cited().map(|told| told.statement.id.as_str().to_owned()).collect(),
        by,
        citations: cited().map(citation).collect(),
    }
}

/// The draft with a footnote behind each sentence that is on the record, for Markdown.
pub fn footnotes(draft: &str, checked: &Checked) -> String {
    let index = TextIndex::new(draft);
    let (mut out, mut notes, mut at) = (String::with_capacity(draft.len() * 2), Vec::new(), 0);
    for sentence in &checked.sentences {
        let on_record = sentence.verdicts.iter().filter(|verdict| verdict.kind == VerdictKind::OnRecord);
        let Some(citation) = on_record.flat_map(|verdict| &verdict.citations).next() else { continue };
        let span = onrecord_record::Span::new(
            onrecord_record::CodePoint(sentence.span.0),
            onrecord_record::CodePoint(sentence.span.1),
        );
        let end = index.bytes(span).range().end;
        out.push_str(draft.get(at..end).unwrap_or_default());
        at = end;
        notes.push(format!(
            "[^r{}]: {}: “{}” ({}; {})",
            notes.len() + 1,
            flat(&citation.speaker),
            flat(&citation.words),
            flat(&citation.document),
            citation.statement
        ));
        out.push_str(&format!("[^r{}]", notes.len()));
    }
    out.push_str(draft.get(at..).unwrap_or_default());
    if !notes.is_empty() {
        let gap = if out.ends_with("\n\n") {
            ""
        } else if out.ends_with('\n') {
            "\n"
        } else {
            "\n\n"
        };
        out.push_str(gap);
        notes.iter().for_each(|note| out.push_str(&format!("{note}\n")));
    }
    out
}

/// On one line, and nothing in it that Markdown would take for more than words.
fn flat(text: &str) -> String {
    let line: Vec<&str> = text.split_whitespace().collect();
    crate::harmless_line(&line.join(" ")).replace(['<', '>', '[', ']', '`', '*', '|'], " ").trim().to_owned()
}
