//! An attribution becomes a statement of the record.

use crate::attribution::Attribution;
use crate::quotation::Quoted;
use crate::token::Token;
use onrecord_record::{
    AgentId, Byte, Certainty, DocumentId, Form, RoleSpans, Span, Statement, StatementId, TextIndex,
};

/// The statement of an attribution; what no step of reading has found yet stays null or empty.
pub(crate) fn statement(
    document: &DocumentId,
    index: &TextIndex<'_>,
    tokens: &[Token],
    quoted: &[Quoted],
    attribution: &Attribution,
    speaker: Option<AgentId>,
) -> Statement {
    let role = |spans: &[Span<Byte>]| {
        RoleSpans::new(index, spans.iter().map(|span| index.code_points(*span)).collect())
    };
    let (source, cue, content) =
        (role(&attribution.source), role(&attribution.cue), role(&attribution.content));
    Statement {
        id: StatementId::new(document, &source, &cue, &content),
        document: document.clone(),
        form: if attribution.turn { Some(Form::Direct) } else { form(tokens, quoted, &attribution.content) },
        source,
        cue,
        content,
        within: None,
        speaker,
        addressee: None,
        venue: None,
        said: None,
        about_time: Vec::new(),
        act: None,
        concession: false,
        retracts: Vec::new(),
        certainty: Certainty::default(),
        framing: None,
        basis: Vec::new(),
        responds_to: Vec::new(),
        confidence: (attribution.confidence * 1000.0).round() / 1000.0,
    }
}

/// Tells each statement that stands in a turn of a transcript which one holds it. Both lists run in the order of the
/// text and belong together.
pub(crate) fn nest(found: &[Attribution], statements: &mut [Statement]) {
    let mut turn: Option<(usize, Span<Byte>)> = None;
    for (i, attribution) in found.iter().enumerate() {
        if attribution.turn {
            turn = attribution.content.first().map(|content| (i, *content));
            continue;
        }
        let held = |(_, whole): &(usize, Span<Byte>)| {
            attribution.cue.iter().chain(&attribution.content).all(|span| whole.contains(span))
        };
        if let Some((outer, _)) = turn.filter(held) {
            let outer = statements[outer].id.clone();
            statements[i].within = Some(outer);
        }
    }
}

/// Direct when every word of the content is quoted, indirect when none is and no mark stands in it, else mixed.
fn form(tokens: &[Token], quoted: &[Quoted], content: &[Span<Byte>]) -> Option<Form> {
    let (mut words, mut inside, mut marks) = (0, 0, 0);
    for span in content {
        let first = tokens.partition_point(|token| token.span.end <= span.start);
        let within =
            tokens[first..].iter().zip(&quoted[first..]).take_while(|(token, _)| token.span.start < span.end);
        for (token, quoted) in within {
            if token.is_word() {
                words += 1;
                inside += u32::from(quoted.is_quoted());
            } else {
                marks += u32::from(matches!(quoted, Quoted::Open | Quoted::Close));
            }
        }
    }
    match (words, inside, marks) {
        (0, ..) => None,
        (words, inside, _) if inside == words => Some(Form::Direct),
        (_, 0, 0) => Some(Form::Indirect),
        _ => Some(Form::Mixed),
    }
}
