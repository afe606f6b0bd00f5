//! An attribution becomes a statement of the record.

use crate::attribution::{Attribution, CueWord, cue_word};
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
        form: attribution.form.or_else(|| form(tokens, quoted, &attribution.content)),
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

/// Tells each statement which one holds it: the one whose content was read again, or the turn of a transcript it stands
/// in. The lists belong together; what stands in no other content comes first, in the order of the text.
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
        let outer = attribution.within.or_else(|| turn.filter(held).map(|(outer, _)| outer));
        let outer = outer.and_then(|outer| Some(statements.get(outer)?.id.clone()));
        if let Some(statement) = statements.get_mut(i) {
            statement.within = outer;
        }
    }
}

/// Leaves out what a speaker is said to believe, wish or intend by that same speaker ("Lee said she hoped …"): that is how
/// Lee puts it, no statement of its own. What stands within one left out stands within the next one around it.
pub(crate) fn without_own_minds(
    text: &str,
    found: Vec<Attribution>,
    speaker: Vec<Option<usize>>,
) -> (Vec<Attribution>, Vec<Option<usize>>) {
    let mut kept: Vec<Attribution> = Vec::with_capacity(found.len());
    let mut speakers = Vec::with_capacity(found.len());
    // Where each attribution, or the one around it, is in the new list.
    let mut place: Vec<Option<usize>> = Vec::with_capacity(found.len());
    for (mut attribution, own) in found.into_iter().zip(&speaker) {
        let outer = attribution.within;
        attribution.within = outer.and_then(|outer| place.get(outer).copied().flatten());
        let same = || own.is_some() && outer.is_some_and(|outer| speaker.get(outer) == Some(own));
        if outer.is_some() && is_of_mind(text, &attribution) && same() {
            place.push(attribution.within);
            continue;
        }
        place.push(Some(kept.len()));
        kept.push(attribution);
        speakers.push(*own);
    }
    (kept, speakers)
}

fn is_of_mind(text: &str, attribution: &Attribution) -> bool {
    let cues = attribution.cue.iter().filter_map(|cue| text.get(cue.range()));
    cues.flat_map(str::split_whitespace).any(|word| cue_word(word) == Some(CueWord::Mind))
}

/// Brings statements into the order of the text; of two that begin at one place the one around the other comes first.
pub(crate) fn in_order_of_text(found: &[Attribution], statements: Vec<Statement>) -> Vec<Statement> {
    let mut depths: Vec<usize> = Vec::with_capacity(found.len());
    for attribution in found {
        let outer = attribution.within.and_then(|outer| depths.get(outer));
        depths.push(outer.map_or(0, |outer| outer + 1));
    }
    let mut ordered: Vec<_> = found.iter().zip(depths).zip(statements).collect();
    ordered.sort_by_key(|((one, depth), _)| (one.first(), *depth, one.cue.first().copied()));
    ordered.into_iter().map(|(_, statement)| statement).collect()
}

/// Direct when every word of the content is quoted, indirect when none is and no mark stands in it, else mixed.
pub(crate) fn form(tokens: &[Token], quoted: &[Quoted], content: &[Span<Byte>]) -> Option<Form> {
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
