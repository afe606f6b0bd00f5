//! The figures of the bundled case.

use super::golden::{BundledCase, BundledDocument, GoldenStatement};
use super::metadata_score::MetadataFigures;
use super::speaker_name::same_name;
use crate::attribution_score::{AttributionSpans, ScoredText, Scores, Scoring, matched_with_sources};
use crate::our_reader::attribution_spans;
use crate::record_listing::kind_name;
use anyhow::{Context, bail};
use onrecord::{Pipeline, Record};
use onrecord_record::{Agent, Form, Statement};
use std::collections::BTreeSet;

/// So many of so many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// How many hold.
    pub right: u64,
    /// Of how many.
    pub all: u64,
}

impl Share {
    fn add(&mut self, right: bool) {
        self.right += u64::from(right);
        self.all += 1;
    }

    /// The share, 0 to 1; 0 of nothing.
    pub fn value(self) -> f64 {
        if self.all == 0 { 0.0 } else { self.right as f64 / self.all as f64 }
    }
}

/// The figures of a case, and what the program got wrong.
#[derive(Clone, Debug)]
pub struct CaseScores {
    /// Of the statements that stand in no other one.
    pub attribution: Scores,
    /// Statements within another one that were found.
    pub nested: Share,
    /// Statements given as standing within another one, those that stand for an outer one apart: how many are golden.
    pub nested_given: Share,
    /// Statements found, within another one or not, by golden form.
    pub found_by_form: [(Form, Share); 3],
    /// Of the statements found, those of the right form.
    pub form: Share,
    /// Of the statements found, those whose agent answers to the golden name; where nobody can tell who speaks, none
    /// must be given.
    pub speaker_name: Share,
    /// Of the statements found that have a golden speaker, those whose agent is of its kind.
    pub speaker_kind: Share,
    /// The fields of the documents.
    pub metadata: MetadataFigures,
    /// One line for each thing that is not as golden has it.
    pub mistakes: Vec<String>,
}

impl CaseScores {
    /// Every figure that a floor is set for, 0 to 1, as (table, key, value).
    pub fn figures(&self) -> Vec<(&'static str, &'static str, f64)> {
        let scores = &self.attribution;
        let mut figures = vec![
            ("attribution", "precision", scores.attribution.precision),
            ("attribution", "recall", scores.attribution.recall),
            ("attribution", "f1", scores.attribution.f1),
            ("attribution", "strict_f1", scores.strict.f1),
            ("attribution", "content_only_f1", scores.content_only.f1),
            ("attribution", "source_given_content", scores.source_acc_given_content),
            ("attribution", "token_source_f1", scores.token.source.f1),
            ("attribution", "token_cue_f1", scores.token.cue.f1),
            ("attribution", "token_content_f1", scores.token.content.f1),
            ("found", "nested", self.nested.value()),
            ("found", "nested_precision", self.nested_given.value()),
        ];
        figures.extend(self.found_by_form.map(|(form, share)| ("found", form_name(form), share.value())));
        figures.extend([
            ("of_the_found", "form", self.form.value()),
            ("of_the_found", "speaker_name", self.speaker_name.value()),
            ("of_the_found", "speaker_kind", self.speaker_kind.value()),
        ]);
        figures.extend(
            self.metadata.fields().map(|(name, figures)| ("metadata", name, figures.share().value())),
        );
        figures
    }
}

/// The form as files write it.
pub(super) fn form_name(form: Form) -> &'static str {
    match form {
        Form::Direct => "direct",
        Form::Indirect => "indirect",
        Form::Mixed => "mixed",
    }
}

/// Reads the documents of the case and scores them.
///
/// # Errors
/// When a document does not become exactly one record, and when a golden piece is not found.
pub fn score_case(case: &BundledCase, pipeline: &Pipeline) -> anyhow::Result<CaseScores> {
    let mut counted = Counted::default();
    for document in &case.documents {
        counted.add(document, &read(document, pipeline)?)?;
    }
    Ok(CaseScores {
        attribution: counted.attribution.figures(),
        nested: counted.nested,
        nested_given: counted.nested_given,
        found_by_form: counted.found_by_form,
        form: counted.form,
        speaker_name: counted.speaker_name,
        speaker_kind: counted.speaker_kind,
        metadata: counted.metadata,
        mistakes: counted.mistakes,
    })
}

impl BundledDocument {
    /// What the program makes of the document's bytes.
    pub fn read(&self, pipeline: &Pipeline) -> anyhow::Result<Record> {
        read(self, pipeline)
    }
}

fn read(document: &BundledDocument, pipeline: &Pipeline) -> anyhow::Result<Record> {
    let name = &document.golden.document;
    let mut outcomes = pipeline.read_bytes(Some(name), &document.bytes);
    match (outcomes.pop(), outcomes.is_empty()) {
        (Some(outcome), true) => outcome.with_context(|| name.clone()),
        _ => bail!("{name} is not one document"),
    }
}

struct Counted {
    attribution: Scoring,
    nested: Share,
    nested_given: Share,
    found_by_form: [(Form, Share); 3],
    form: Share,
    speaker_name: Share,
    speaker_kind: Share,
    metadata: MetadataFigures,
    mistakes: Vec<String>,
}

impl Default for Counted {
    fn default() -> Self {
        Counted {
            attribution: Scoring::default(),
            nested: Share::default(),
            nested_given: Share::default(),
            found_by_form: [Form::Direct, Form::Indirect, Form::Mixed].map(|form| (form, Share::default())),
            form: Share::default(),
            speaker_name: Share::default(),
            speaker_kind: Share::default(),
            metadata: MetadataFigures::default(),
            mistakes: Vec::new(),
        }
    }
}

impl Counted {
    fn add(&mut self, document: &BundledDocument, record: &Record) -> anyhow::Result<()> {
        let golden = &document.golden;
        let mut mistakes = self.metadata.add(golden, &record.document);

        let text = ScoredText::new(record.document.text());
        let spans = golden.spans(record.document.text())?;
        let statements = &record.reading.statements;
        let predicted: Vec<AttributionSpans> = statements.iter().map(attribution_spans).collect();

        // Outer statements choose their matches first; what is left over may stand for a nested one.
        let (nested, outer): (Vec<usize>, Vec<usize>) =
            (0..spans.len()).partition(|i| golden.statements[*i].within.is_some());
        let mut pairs =
            matched(&text, &spans, &outer, &predicted, &(0..predicted.len()).collect::<Vec<_>>())?;
        let taken: BTreeSet<usize> = pairs.iter().map(|pair| pair.1).collect();
        let left: Vec<usize> = (0..predicted.len()).filter(|i| !taken.contains(i)).collect();
        let nested_pairs = matched(&text, &spans, &nested, &predicted, &left)?;
        self.nested.right += nested_pairs.len() as u64;
        self.nested.all += nested.len() as u64;

        let of_nested: BTreeSet<usize> = nested_pairs.iter().map(|pair| pair.1).collect();
        let chosen = |places: &[usize], list: &[AttributionSpans]| -> Vec<AttributionSpans> {
            places.iter().filter_map(|place| list.get(*place).cloned()).collect()
        };
        // What is given as nested and stands for nothing outside counts as nested, right or wrong.
        let given: BTreeSet<usize> = left
            .iter()
            .copied()
            .filter(|i| statements.get(*i).is_some_and(|it| it.within.is_some()))
            .collect();
        given.iter().for_each(|i| self.nested_given.add(of_nested.contains(i)));
        let scored: Vec<usize> =
            (0..predicted.len()).filter(|i| !of_nested.contains(i) && !given.contains(i)).collect();
        self.attribution.add(&text, &chosen(&outer, &spans), &chosen(&scored, &predicted))?;

        pairs.extend(nested_pairs);
        pairs.sort_unstable();
        self.add_found(golden.statements.as_slice(), statements, record, &pairs, &mut mistakes);
        let taken: BTreeSet<usize> = pairs.iter().map(|pair| pair.1).collect();
        for (_, statement) in statements.iter().enumerate().filter(|(i, _)| !taken.contains(i)) {
            mistakes.push(format!("not golden: {}", roles(statement)));
        }
        self.mistakes.extend(mistakes.into_iter().map(|what| format!("{}: {what}", document.stem)));
        Ok(())
    }

    fn add_found(
        &mut self,
        golden: &[GoldenStatement],
        statements: &[Statement],
        record: &Record,
        pairs: &[(usize, usize)],
        mistakes: &mut Vec<String>,
    ) {
        for (place, gold) in golden.iter().enumerate() {
            let pair = pairs.iter().find(|pair| pair.0 == place);
            let found = pair.and_then(|pair| statements.get(pair.1));
            for (form, share) in &mut self.found_by_form {
                if *form == gold.form {
                    share.add(found.is_some());
                }
            }
            let Some(found) = found else {
                let nested = if gold.within.is_some() { ", nested" } else { "" };
                mistakes.push(format!("statement {}{nested}, not found: {}", place + 1, golden_roles(gold)));
                continue;
            };
            let form = found.form == Some(gold.form);
            self.form.add(form);
            if !form {
                let was = found.form.map_or("none", form_name);
                let ought = form_name(gold.form);
                mistakes.push(format!("statement {}, form: {ought}, not {was}: {}", place + 1, roles(found)));
            }
            let agent = record.reading.agents.iter().find(|agent| Some(&agent.id) == found.speaker.as_ref());
            self.add_speaker(gold, agent, &format!("statement {}", place + 1), found, mistakes);
        }
    }

    fn add_speaker(
        &mut self,
        gold: &GoldenStatement,
        agent: Option<&Agent>,
        place: &str,
        found: &Statement,
        mistakes: &mut Vec<String>,
    ) {
        let shown =
            agent.map_or("nobody".to_owned(), |agent| format!("{} ({})", agent.name, kind_name(agent.kind)));
        let Some(name) = &gold.speaker else {
            self.speaker_name.add(agent.is_none());
            if agent.is_some() {
                mistakes.push(format!("{place}, speaker: nobody, not {shown}: {}", roles(found)));
            }
            return;
        };
        let right = agent.is_some_and(|agent| same_name(name, gold.speaker_kind, agent));
        self.speaker_name.add(right);
        if !right {
            mistakes.push(format!("{place}, speaker: {name}, not {shown}: {}", roles(found)));
        }
        let right = gold.speaker_kind.is_some() && agent.and_then(|agent| agent.kind) == gold.speaker_kind;
        self.speaker_kind.add(right);
        if !right {
            let kind = kind_name(gold.speaker_kind);
            mistakes.push(format!("{place}, kind: {kind}, not {shown}: {}", roles(found)));
        }
    }
}

/// The lenient one-to-one matches of parts of two lists, by their places in the whole lists.
fn matched(
    text: &ScoredText,
    gold: &[AttributionSpans],
    of_gold: &[usize],
    predicted: &[AttributionSpans],
    of_predicted: &[usize],
) -> anyhow::Result<Vec<(usize, usize)>> {
    let part = |list: &[AttributionSpans], places: &[usize]| -> Vec<AttributionSpans> {
        places.iter().filter_map(|place| list.get(*place).cloned()).collect()
    };
    let pairs = matched_with_sources(text, &part(gold, of_gold), &part(predicted, of_predicted))?;
    Ok(pairs.into_iter().map(|(gold, predicted)| (of_gold[gold], of_predicted[predicted])).collect())
}

fn roles(statement: &Statement) -> String {
    let roles = [&statement.source, &statement.cue, &statement.content];
    roles.map(|role| role.text.as_deref().unwrap_or("–").replace('\n', " ")).join(" | ")
}

fn golden_roles(statement: &GoldenStatement) -> String {
    let roles = [&statement.source, &statement.cue, &statement.content];
    roles.map(|pieces| if pieces.is_empty() { "–".into() } else { pieces.join(" … ") }).join(" | ")
}
