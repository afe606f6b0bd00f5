//! Signed quotations: a line that is a quotation, then a dash and who it is from.
//!
//! Letters pages, collections of voices and pull quotes are set so ("“…” — Ann Lee, Harwick"). Like the labels of a
//! transcript that is layout, not language. The signature may stand on the next line.

use super::Attribution;
use crate::quotation::Quoted;
use crate::token::{Gap, Shape, Token};
use onrecord_record::Span;
use std::ops::Range;

/// The most tokens a signature has.
const LONGEST_SIGNATURE: usize = 16;
/// How sure one may be of a signed quotation.
const SURE: f32 = 0.97;

/// The signed quotations of a text, in order.
pub(super) fn signed(text: &str, tokens: &[Token], quoted: &[Quoted]) -> Vec<Attribution> {
    let mut out = Vec::new();
    let mut start = 0;
    // A line that was a whole quotation, for a signature on the line behind it.
    let mut before: Option<Range<usize>> = None;
    while start < tokens.len() {
        let end = (start + 1..tokens.len()).find(|&i| tokens[i].gap >= Gap::Line).unwrap_or(tokens.len());
        let quotation = quotation(quoted, start..end);
        let (content, dash) = match &quotation {
            Some(quotation) => (Some(quotation.clone()), quotation.end),
            None => (before.clone(), start),
        };
        if let Some(content) = content
            && let Some((cue, source)) = signature(text, tokens, quoted, dash..end)
        {
            let span = |range: &Range<usize>| {
                Span::new(tokens[range.start].span.start, tokens[range.end - 1].span.end)
            };
            out.push(Attribution {
                source: vec![span(&source)],
                cue: vec![span(&cue)],
                content: vec![span(&content)],
                confidence: SURE,
                ..Attribution::default()
            });
        }
        before = quotation.filter(|quotation| quotation.end == end);
        start = end;
    }
    out
}

/// The quotation a line begins with: the line up to its last closing mark, where nothing but quotation stands before.
fn quotation(quoted: &[Quoted], line: Range<usize>) -> Option<Range<usize>> {
    let quoted = quoted.get(line.clone())?;
    if *quoted.first()? != Quoted::Open {
        return None;
    }
    let length = quoted.iter().position(|q| !q.is_quoted()).unwrap_or(quoted.len());
    (quoted[length - 1] == Quoted::Close).then_some(line.start..line.start + length)
}

/// The dash and the signature that fill a range to its end, if that is what it is.
fn signature(
    text: &str,
    tokens: &[Token],
    quoted: &[Quoted],
    range: Range<usize>,
) -> Option<(Range<usize>, Range<usize>)> {
    let rest = tokens.get(range.clone())?;
    let word = |i: usize| rest.get(i).map_or("", |token| token.of(text));
    let dash = match word(0) {
        "—" | "–" | "―" | "‒" => 1,
        "-" if word(1) == "-" => 2,
        // A hyphen between spaces, or at the head of a line.
        "-" if rest[0].gap > Gap::None && rest.get(1).is_some_and(|next| next.gap > Gap::None) => 1,
        _ => return None,
    };
    let mut end = rest.len();
    while end > dash && matches!(word(end - 1), "." | ";" | ",") {
        end -= 1;
    }
    let signature = dash..end;
    if signature.is_empty() || signature.len() > LONGEST_SIGNATURE {
        return None;
    }
    let first = &rest[dash];
    if !matches!(first.shape, Shape::Capitalised | Shape::Upper | Shape::Mixed) {
        return None;
    }
    // Up to a comma or bracket it must look like a name; behind that stands an office or a place.
    for i in signature.clone() {
        let token = &rest[i];
        if quoted.get(range.start + i).is_some_and(|q| q.is_quoted())
            || matches!(token.of(text), ":" | "?" | "!")
        {
            return None;
        }
        if matches!(token.of(text), "," | "(") {
            break;
        }
        let small = matches!(
            token.of(text),
            "de" | "da" | "del" | "la" | "van" | "von" | "der" | "bin" | "al" | "of" | "the" | "and"
        );
        if token.is_word() && !small && matches!(token.shape, Shape::Lower) {
            return None;
        }
    }
    Some((range.start..range.start + dash, range.start + dash..range.start + end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quotation::quoted;
    use crate::token::tokens;

    fn read(text: &str) -> Vec<(&str, &str, &str)> {
        let all = tokens(text);
        let words = |spans: &[Span<_>]| spans.first().map_or("", |span| &text[span.range()]);
        signed(text, &all, &quoted(text, &all))
            .iter()
            .map(|one| (words(&one.source), words(&one.cue), words(&one.content)))
            .collect()
    }

    #[test]
    fn a_dash_and_a_name_behind_a_quotation_sign_it() {
        assert_eq!(
            read(
                "“The quay must stay open.” — Ann Lee\n\"We want rain.\"-- Jo de Vries, farmer.\n”No.” ― Ed P. Ray."
            ),
            [
                ("Ann Lee", "—", "“The quay must stay open.”"),
                ("Jo de Vries, farmer", "--", "\"We want rain.\""),
                ("Ed P. Ray", "―", "”No.”"),
            ]
        );
    }

    #[test]
    fn the_signature_may_stand_on_the_next_line() {
        assert_eq!(read("“No.”\n\n— Ann Lee, Harwick"), [("Ann Lee, Harwick", "—", "“No.”")]);
    }

    #[test]
    fn a_sentence_that_goes_on_is_no_signature() {
        for text in [
            "“No” — and she left.",
            "“No” — Ann Lee left the room",
            "She said “no” — Ann Lee",
            "“No,” she said — Ann Lee",
            "“No” — Ann Lee: “Yes.”",
            "“No” —",
        ] {
            assert_eq!(read(text), [], "{text}");
        }
    }
}
