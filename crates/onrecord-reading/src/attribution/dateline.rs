//! Datelines: "HARWICK, March 4 (MP) — " before the first sentence of a report is no part of who speaks or of what is
//! said.

use crate::token::{Gap, Shape, Token};
use onrecord_record::{Byte, Span};

/// The most tokens a dateline has, its dash included.
const LONGEST: usize = 16;

/// The datelines of a text, each from its first letter to the token behind its dash.
pub(crate) fn datelines(text: &str, tokens: &[Token]) -> Vec<Span<Byte>> {
    let begins_line = |i: &usize| *i == 0 || tokens[*i].gap >= Gap::Line;
    (0..tokens.len()).filter(begins_line).filter_map(|i| dateline(text, tokens.get(i..)?)).collect()
}

fn dateline(text: &str, line: &[Token]) -> Option<Span<Byte>> {
    let first = line.first()?;
    if first.shape != Shape::Upper || first.of(text).chars().nth(2).is_none() {
        return None;
    }
    let to = |dash: usize| Some(Span::new(first.span.start, line.get(dash + 1)?.span.start));
    for (i, token) in line.iter().enumerate().take(LONGEST).skip(1) {
        if token.gap >= Gap::Line {
            return None;
        }
        match (token.of(text), token.shape) {
            ("—" | "–" | "―", _) => return to(i),
            ("-", _) if token.gap == Gap::Space || line[i - 1].of(text) == "-" => {
                // A hyphen inside a name has no space behind it.
                let next = line.get(i + 1)?;
                if next.gap > Gap::None {
                    return to(i);
                }
            }
            ("," | "." | "(" | ")" | "/" | "-", _) => {}
            (_, Shape::Lower | Shape::Mark) => return None,
            _ => {}
        }
    }
    None
}

/// Cuts from spans what stands in a dateline.
pub(super) fn cut(spans: &mut Vec<Span<Byte>>, datelines: &[Span<Byte>]) {
    for span in spans.iter_mut() {
        if let Some(dateline) = datelines.iter().find(|dateline| dateline.overlaps(span)) {
            span.start = span.start.max(dateline.end).min(span.end);
        }
    }
    spans.retain(|span| !span.is_empty());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::tokens;

    fn found(text: &str) -> Vec<&str> {
        datelines(text, &tokens(text)).iter().map(|span| &text[span.range()]).collect()
    }

    #[test]
    fn a_town_a_day_and_a_dash_are_a_dateline() {
        assert_eq!(
            found("HARWICK, March 4 (MP) — Ann Lee spoke.\nNEW TOLVERN - It rained."),
            ["HARWICK, March 4 (MP) — ", "NEW TOLVERN - "]
        );
        assert_eq!(found("STOKE-ON-DALE -- It rained."), ["STOKE-ON-DALE -- "]);
    }

    #[test]
    fn capitals_elsewhere_are_none() {
        for text in
            ["NATO said — twice — no.", "THE CHAIR: Order — now.", "Harwick — It rained.", "HARWICK it is"]
        {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
