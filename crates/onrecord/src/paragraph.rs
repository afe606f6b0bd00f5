//! The paragraphs of a text, for the reports: a place in an article is told by its paragraph.

use std::ops::Range;

/// A paragraph: a stretch of lines with something in them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Paragraph {
    /// Its bytes, without the white space around it.
    pub(crate) range: Range<usize>,
    /// Whether its line ends are only where the typist's line was full, and may be flowed together.
    pub(crate) flows: bool,
}

/// A typed line that was broken because it was full is about this long, in characters.
const FULL_LINE: Range<usize> = 45..120;

/// The paragraphs of `text`, in order. Where blank lines stand between paragraphs, they divide; where none stand
/// anywhere, each line is a paragraph.
pub(crate) fn paragraphs(text: &str) -> Vec<Paragraph> {
    let mut lines = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let kept = line.trim();
        let start = at + (line.len() - line.trim_start().len());
        lines.push((start..start + kept.len(), !kept.is_empty()));
        at += line.len();
    }
    // A blank line after the headline alone does not yet show that blank lines divide.
    let blocks = lines.split(|(_, full)| !full).filter(|block| !block.is_empty()).count();
    let full = lines.iter().filter(|(_, full)| *full).count();
    let divided = blocks > 1 && (blocks * 3 >= full || blocks > 3);
    let mut out = Vec::new();
    for block in lines.split(|(_, full)| !full) {
        if !divided {
            out.extend(block.iter().map(|(range, _)| Paragraph { range: range.clone(), flows: true }));
        } else if let (Some((first, _)), Some((last, _))) = (block.first(), block.last()) {
            let broken_full = block[..block.len() - 1].iter().all(|(range, _)| {
                text.get(range.clone()).is_some_and(|line| FULL_LINE.contains(&line.chars().count()))
            });
            out.push(Paragraph { range: first.start..last.end, flows: broken_full });
        }
    }
    out
}

/// The number, from 1, of the paragraph that holds byte `at` or is the last before it; 0 when there is none.
pub(crate) fn paragraph_number(paragraphs: &[Paragraph], at: usize) -> usize {
    paragraphs
        .partition_point(|paragraph| paragraph.range.start <= at)
        .max(usize::from(!paragraphs.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn texts(text: &str) -> Vec<&str> {
        paragraphs(text).into_iter().map(|paragraph| &text[paragraph.range]).collect()
    }

    #[test]
    fn blank_lines_divide_where_there_are_any_and_lines_where_there_are_none() {
        assert_eq!(texts("Head\n\nOne\ntwo.\n \nThree.\n"), ["Head", "One\ntwo.", "Three."]);
        assert_eq!(texts("Head\nOne.\r\nTwo.\n"), ["Head", "One.", "Two."]);
        assert_eq!(texts("Head\n\na\nb\nc\nd\ne\nf\ng\nh"), ["Head", "a", "b", "c", "d", "e", "f", "g", "h"]);
    }

    #[test]
    fn only_full_lines_flow_together() {
        let typed = format!("{}\n{}\nend.\n\nQ: Why?\nA: So.\n\nx", "word ".repeat(14), "word ".repeat(13));
        let flows: Vec<bool> = paragraphs(&typed).iter().map(|paragraph| paragraph.flows).collect();
        assert_eq!(flows, [true, false, true]);
    }

    proptest! {
        #[test]
        fn everything_but_white_space_is_in_a_paragraph(text in "(?s)[a\u{e9} \t\r\n]{0,60}") {
            let inside: String = texts(&text).concat();
            let squeeze = |text: &str| text.split_whitespace().collect::<String>();
            prop_assert_eq!(squeeze(&inside), squeeze(&text));
            let found = paragraphs(&text);
            prop_assert!(found.windows(2).all(|pair| pair[0].range.end <= pair[1].range.start));
            for (n, paragraph) in found.iter().enumerate() {
                prop_assert_eq!(paragraph_number(&found, paragraph.range.start), n + 1);
            }
        }
    }
}
