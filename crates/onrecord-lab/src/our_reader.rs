//! The program under test, as the lab calls it.

use crate::attribution_score::AttributionSpans;
use crate::stage_times::StageTimes;
use anyhow::Context;
use onrecord::Pipeline;
use onrecord_models::{Evidence, ModelName, Sight, Tie};
use onrecord_reading::agents::Speakers;
use onrecord_reading::attribution::Attribution;
use onrecord_reading::time::{TimeExpression, times};
use onrecord_reading::token::tokens;
use onrecord_reading::{Reader, Reading, Step};
use onrecord_record::{Byte, CodePoint, Document, RoleSpans, Span, Statement, TextIndex, TimexKind};
use std::time::Instant;

/// Reads bare texts. Whatever a text looks like, it is read as English prose without a title or any other metadata,
/// so that a figure depends on the characters alone.
pub struct OurReader {
    reader: Reader,
}

impl OurReader {
    /// Loads `model`.
    pub fn new(model: ModelName) -> anyhow::Result<Self> {
        let reader = Reader::new(model).context("the model cannot be loaded")?;
        Ok(OurReader { reader })
    }

    /// Loads `model` to read without looking for statements within others, as PolNeAR was annotated. What is found is the
    /// same, those left out.
    pub fn flat(model: ModelName) -> anyhow::Result<Self> {
        let OurReader { reader } = Self::new(model)?;
        Ok(OurReader { reader: reader.flat() })
    }

    /// The reading of `text`.
    pub fn read(&self, text: &str) -> Reading {
        self.reader.read(&bare_document(text))
    }

    /// The agents of a document and who of them makes each of the given attributions, as the step of reading after the
    /// network finds them.
    pub fn speakers(&self, document: &Document, given: &[AttributionSpans]) -> Speakers {
        self.reader.speakers(document, &attributions_given(document.text(), given))
    }

    /// The reading of `text` when its attributions are given, by people for one: what the steps behind the search for them
    /// make of it. The statements come in the order of the text.
    pub fn read_given(&self, text: &str, given: &[AttributionSpans]) -> Reading {
        self.reader.read_given(&bare_document(text), &attributions_given(text, given))
    }

    /// What a statement network is shown of attributions that are given, in their order, and of pairs of them.
    pub fn sights(&self, text: &str, given: &[AttributionSpans]) -> (Vec<Sight>, Vec<Tie>) {
        self.reader.sights(&bare_document(text), &attributions_given(text, given))
    }

    /// The reading of a document.
    pub fn read_document(&self, document: &Document) -> Reading {
        self.reader.read(document)
    }

    /// The attributions found in `text`, in the order of the statements.
    pub fn attributions(&self, text: &str) -> Vec<AttributionSpans> {
        self.read(text).statements.iter().map(attribution_spans).collect()
    }

    /// The reading of a document, and what each step of it took.
    pub fn read_timed(&self, document: &Document, times: &mut StageTimes) -> Reading {
        let mut last = Instant::now();
        self.reader.read_step_by_step(document, |step| {
            let now = Instant::now();
            times.add(stage_name(step), now - last);
            last = now;
        })
    }
}

/// Everything in `text` that the model thinks may be an attribution, however unlikely, with what it says of each;
/// what layout tells is left out.
pub fn weighed_attributions(reader: &OurReader, text: &str) -> Vec<(Evidence, AttributionSpans)> {
    let index = TextIndex::new(text);
    let spans = |spans: &[Span<Byte>]| {
        spans.iter().map(|span| index.code_points(*span)).map(|span| (span.start.0, span.end.0)).collect()
    };
    reader
        .reader
        .attributions(text, 0.0)
        .iter()
        .filter_map(|it| {
            let found = AttributionSpans {
                source: spans(&it.source),
                cue: spans(&it.cue),
                content: spans(&it.content),
            };
            Some((it.evidence?, found))
        })
        .collect()
}

/// The expressions of time in a text of this day, as the step of reading finds them: no model is needed.
pub fn times_of(text: &str, published: Option<&str>) -> Vec<FoundTime> {
    let index = TextIndex::new(text);
    let found = |time: TimeExpression| {
        let span = index.code_points(time.span);
        FoundTime { span: (span.start.0, span.end.0), timex: time.timex, value: time.value }
    };
    times(text, &tokens(text), published).into_iter().map(found).collect()
}

/// An expression of time that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundTime {
    /// Where it stands, in code points.
    pub span: (u32, u32),
    /// Of which sort it is.
    pub timex: TimexKind,
    /// Its value.
    pub value: Option<String>,
}

/// The whole program, from bytes to record, as it runs without options.
pub fn our_pipeline(model: ModelName) -> anyhow::Result<Pipeline> {
    Pipeline::new(model, onrecord::IntakeOptions::default()).context("the model cannot be loaded")
}

/// Attributions as the reader takes them.
fn attributions_given(text: &str, given: &[AttributionSpans]) -> Vec<Attribution> {
    let index = TextIndex::new(text);
    let bytes = |spans: &[(u32, u32)]| {
        let span = |&(start, end): &(u32, u32)| Span::new(CodePoint(start), CodePoint(end));
        spans.iter().map(|place| index.bytes(span(place))).collect()
    };
    given
        .iter()
        .map(|it| Attribution {
            source: bytes(&it.source),
            cue: bytes(&it.cue),
            content: bytes(&it.content),
            confidence: 1.0,
            ..Attribution::default()
        })
        .collect()
}

/// What the tables call a step.
fn stage_name(step: Step) -> &'static str {
    match step {
        Step::Tokens => "tokens and quotation",
        Step::Network => "network",
        Step::Choice => "decode",
        Step::Within => "statements within others",
        Step::Speakers => "speakers",
        Step::Statements => "statements",
        Step::Again => "words around statements, once more",
        Step::Telling => "act, certainty, basis, silence",
        Step::Times => "times",
    }
}

/// `text` as a document of which nothing else is known, in English.
pub fn bare_document(text: &str) -> Document {
    Document { language: Some("en".into()), ..Document::bare(text) }
}

/// The spans of a statement's roles.
pub fn attribution_spans(statement: &Statement) -> AttributionSpans {
    let spans = |role: &RoleSpans| role.spans.iter().map(|span| (span.start.0, span.end.0)).collect();
    AttributionSpans {
        source: spans(&statement.source),
        cue: spans(&statement.cue),
        content: spans(&statement.content),
    }
}
