//! Transcripts: what stands behind a speaker's label is what that speaker said.
//!
//! Hearings, interviews and briefings print a label before each turn ("Q.", "MR. SMITH:", "Ann Lee:"). That is layout,
//! not language, so it is read as layout: a text with several labelled turns of at least two labels, of which one
//! comes back, is a transcript. A turn runs to the next label.

use super::Attribution;
use crate::quotation::Quoted;
use crate::token::{Gap, Shape, Token};
use onrecord_record::{Form, Span};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// The most tokens a label has, its colon apart.
const LONGEST_LABEL: usize = 8;
/// How many labelled turns make a transcript, at the least.
const FEWEST_TURNS: usize = 4;

/// A speaker's label at the head of a line, in tokens.
#[derive(Clone, Debug)]
pub(crate) struct Label {
    /// Where its line begins: at the label, or at a quotation mark before it.
    line: usize,
    /// The words of the label, its colon apart.
    pub(crate) name: Range<usize>,
    /// Whether it tells nobody: "Q.", "A.".
    pub(crate) nameless: bool,
    /// The colon, where there is one.
    colon: Option<usize>,
    /// Where the speech begins.
    speech: usize,
    /// Whether nothing but a label is written so (capitals, "Q.").
    plain: bool,
}

/// The labels of a transcript, in order; none where the text is no transcript.
pub(crate) fn labels(text: &str, tokens: &[Token]) -> Vec<Label> {
    let mut labels: Vec<Label> = Vec::new();
    for (i, token) in tokens.iter().enumerate() {
        if token.gap >= Gap::Line {
            // A transcript printed as a quotation opens each of its lines with a mark.
            let marked = matches!(token.of(text), "\"" | "“" | "„" | "«");
            let begins = if marked { i + 1 } else { i };
            if begins == i || tokens.get(begins).is_some_and(|next| next.gap == Gap::None) {
                labels.extend(label(text, tokens, begins).map(|label| Label { line: i, ..label }));
            }
        }
    }
    let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
    for label in &labels {
        *uses.entry(words(text, tokens, &label.name)).or_default() += 1;
    }
    // What is written like a heading ("Source: …") is a label only where it comes back.
    labels.retain(|label| {
        label.plain || uses.get(words(text, tokens, &label.name)).is_some_and(|count| *count > 1)
    });
    let different =
        labels.iter().map(|label| words(text, tokens, &label.name)).collect::<BTreeSet<_>>().len();
    if labels.len() < FEWEST_TURNS || different < 2 || labels.len() == different {
        return Vec::new();
    }
    labels
}

/// A text as a network reads it: without the labels of a transcript, which are layout that no network learned.
#[derive(Clone, Debug, Default)]
pub struct Spoken {
    /// The tokens that are left; each turn begins as its line does. Their spans are those of the text.
    pub tokens: Vec<Token>,
    /// What each is to quotation marks.
    pub quoted: Vec<Quoted>,
}

/// What is said in a text; all of it where the text is no transcript. `quoted` belongs to `tokens`.
pub fn spoken(text: &str, tokens: &[Token], quoted: &[Quoted]) -> Spoken {
    let mut labels = labels(text, tokens).into_iter().peekable();
    let mut out = Spoken::default();
    let mut turn_begins = None;
    for (i, (token, quoted)) in tokens.iter().zip(quoted).enumerate() {
        while labels.next_if(|label| label.speech <= i).is_some() {}
        if let Some(label) = labels.peek().filter(|label| label.line <= i) {
            turn_begins = tokens.get(label.line).map(|first| first.gap);
        } else {
            out.tokens.push(Token { gap: turn_begins.take().unwrap_or(token.gap), ..*token });
            out.quoted.push(*quoted);
        }
    }
    out
}

/// The turns of a transcript as attributions, in order.
pub(super) fn turns(text: &str, tokens: &[Token]) -> Vec<Attribution> {
    let labels = labels(text, tokens);
    let ends = labels.iter().skip(1).map(|next| next.line).chain([tokens.len()]);
    labels
        .iter()
        .zip(ends)
        .filter(|(label, end)| label.speech < *end)
        .map(|(label, end)| turn(tokens, label, end))
        .collect()
}

fn turn(tokens: &[Token], label: &Label, end: usize) -> Attribution {
    let span =
        |range: Range<usize>| Span::new(tokens[range.start].span.start, tokens[range.end - 1].span.end);
    Attribution {
        source: vec![span(label.name.clone())],
        cue: label.colon.map(|colon| tokens[colon].span).into_iter().collect(),
        content: vec![span(label.speech..end)],
        confidence: 1.0,
        evidence: None,
        turn: true,
        within: None,
        form: Some(Form::Direct),
    }
}

fn words<'t>(text: &'t str, tokens: &[Token], range: &Range<usize>) -> &'t str {
    let from = tokens[range.start].span.start.index();
    text.get(from..tokens[range.end - 1].span.end.index()).unwrap_or_default()
}

/// The label that begins at token `i`, which begins a line.
fn label(text: &str, tokens: &[Token], i: usize) -> Option<Label> {
    let mark = |at: usize| tokens.get(at).filter(|token| token.gap < Gap::Line).map(|token| token.of(text));
    if matches!(tokens[i].of(text), "Q" | "A") && mark(i + 1).is_some_and(|mark| matches!(mark, "." | ":")) {
        let colon = (mark(i + 1) == Some(":")).then_some(i + 1);
        let end = if colon.is_some() { i + 1 } else { i + 2 };
        return (i + 2 < tokens.len()).then_some(Label {
            line: i,
            name: i..end,
            nameless: true,
            colon,
            speech: i + 2,
            plain: true,
        });
    }
    let mut end = i;
    let (mut letters, mut capitals, mut capitalised) = (0, 0, 0);
    while end < tokens.len() && end - i <= LONGEST_LABEL {
        let token = &tokens[end];
        if end > i && token.gap >= Gap::Line {
            return None;
        }
        match (token.of(text), token.shape) {
            (":", _) => break,
            (_, Shape::Upper) => capitals += 1,
            (word, Shape::Capitalised) if word.len() == 1 => capitals += 1,
            (_, Shape::Capitalised | Shape::Mixed) => capitalised += 1,
            // Small words and marks inside names and titles.
            ("de" | "da" | "van" | "von" | "bin" | "al" | "la" | "s", _) if end > i => {}
            ("." | "," | "'" | "’" | "-" | "(" | ")" | "&" | "#", _) if end > i => {}
            (_, Shape::Number) if end > i => {}
            _ => return None,
        }
        letters += usize::from(token.is_word());
        end += 1;
    }
    let colon = tokens.get(end).filter(|token| token.of(text) == ":" && token.gap < Gap::Line)?;
    let behind = tokens.get(end + 1)?;
    if letters == 0 || behind.gap == Gap::None || colon.gap != Gap::None {
        return None;
    }
    let plain = capitalised == 0 && capitals > 0 || titled(text, &tokens[i..end]);
    Some(Label { line: i, name: i..end, nameless: false, colon: Some(end), speech: end + 1, plain })
}

/// Whether a label begins with a form of address in capitals or not ("Mr. Lowe", "MS. O'DAY").
fn titled(text: &str, label: &[Token]) -> bool {
    label.len() > 2
        && label[1].of(text) == "."
        && ["mr", "ms", "mrs", "dr", "rep", "sen", "gov"]
            .iter()
            .any(|title| label[0].of(text).eq_ignore_ascii_case(title))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::tokens;

    fn read(text: &str) -> Vec<(String, String)> {
        let all = tokens(text);
        let words =
            |spans: &[Span<_>]| spans.iter().map(|span: &Span<_>| &text[span.range()]).collect::<String>();
        turns(text, &all).iter().map(|turn| (words(&turn.source), words(&turn.content))).collect()
    }

    #[test]
    fn labelled_turns_are_what_their_speakers_said() {
        let text = "Hearing\n\nTHE CHAIR: Order. Mr. Lowe.\n\nMR. LOWE: Thank you.\n\nI saw it.\n\nTHE CHAIR: When?\n\nQ. And where?\nA. Here.";
        let found = read(text);
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(
            found,
            [
                pair("THE CHAIR", "Order. Mr. Lowe."),
                pair("MR. LOWE", "Thank you.\n\nI saw it."),
                pair("THE CHAIR", "When?"),
                pair("Q.", "And where?"),
                pair("A.", "Here."),
            ]
        );
    }

    #[test]
    fn a_network_sees_no_labels() {
        let text = "Hearing\n\nMR. LOWE: Thank you.\nTHE CHAIR: When?\n\nMR. LOWE: In May.\nTHE CHAIR: Good.";
        let all = tokens(text);
        let spoken = spoken(text, &all, &vec![Quoted::Outside; all.len()]);
        let words: Vec<_> =
            spoken.tokens.iter().map(|token| (token.of(text), token.gap >= Gap::Line)).collect();
        assert_eq!(words[..4], [("Hearing", true), ("Thank", true), ("you", false), (".", false)]);
        assert_eq!(words[4], ("When", true));
        assert_eq!(spoken.tokens.len(), spoken.quoted.len());
    }

    #[test]
    fn a_transcript_printed_as_a_quotation_keeps_its_turns() {
        let text = "\"LOWE: When?\n\n\"ADE: In May.\n\n\"Or later.\n\n\"LOWE: Where?\n\n\"ADE: Here.\"";
        let found = read(text);
        assert_eq!(found.len(), 4);
        assert_eq!(found[1], ("ADE".to_owned(), "In May.\n\n\"Or later.".to_owned()));
    }

    #[test]
    fn headings_and_colons_in_prose_make_no_transcript() {
        assert_eq!(
            read("Source: the harbour office\nContact: Ann Lee\nPhone: 12\nFax: 13\nThe end: it rained."),
            []
        );
        assert_eq!(
            read("Ann Lee said: we go.\nHer view: we stay.\nNOTE: all is well.\nUPDATE: all is better."),
            []
        );
    }
}
