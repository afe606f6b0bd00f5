//! The text of a document, cut wherever a role of a statement begins or ends.
//!
//! Roles nest and overlap; each stretch between two borders knows every role it belongs to.

use crate::view::View;
use std::collections::BTreeSet;

/// The most statements one stretch is tied to; of more, the innermost count. Keeps hostile records small.
const DEEPEST: usize = 12;

/// What a stretch is to a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    Content,
    Cue,
    Source,
}

impl Part {
    /// The letter that stands for it in the page.
    pub(super) fn letter(self) -> char {
        match self {
            Part::Content => 'c',
            Part::Cue => 'q',
            Part::Source => 's',
        }
    }
}

/// A stretch of text that belongs to the same roles throughout.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Segment<'t> {
    pub(super) text: &'t str,
    /// The statements it belongs to, innermost first.
    pub(super) roles: Vec<(usize, Part)>,
    /// The statements whose first piece begins here.
    pub(super) begins: Vec<usize>,
}

/// The segments of each paragraph of the view's text, in order. Joined they are the paragraph.
pub(super) fn segments<'r>(view: &View<'r>) -> Vec<Vec<Segment<'r>>> {
    let text = view.index.text();
    let mut borders: Vec<(usize, bool, usize, Part)> = Vec::new();
    for (n, seen) in view.statements.iter().enumerate() {
        let statement = seen.statement;
        let parts = [
            (Part::Source, &statement.source),
            (Part::Cue, &statement.cue),
            (Part::Content, &statement.content),
        ];
        for (part, role) in parts {
            for span in &role.spans {
                let range = view.index.bytes(*span).range();
                if range.start < range.end {
                    borders.push((range.start, true, n, part));
                    borders.push((range.end, false, n, part));
                }
            }
        }
    }
    // At one place, what ends does so before what begins.
    borders.sort_unstable();
    let mut borders = borders.into_iter().peekable();
    let mut open: BTreeSet<(usize, Part)> = BTreeSet::new();
    let mut begun = vec![false; view.statements.len()];
    let mut begins = Vec::new();
    let mut out = Vec::with_capacity(view.paragraphs.len());
    for paragraph in &view.paragraphs {
        let mut line = Vec::new();
        let mut at = paragraph.range.start;
        loop {
            while let Some(&(_, opens, n, part)) = borders.peek().filter(|border| border.0 <= at) {
                borders.next();
                if opens {
                    open.insert((n, part));
                    if let Some(begun) = begun.get_mut(n).filter(|begun| !**begun) {
                        *begun = true;
                        begins.push(n);
                    }
                } else {
                    open.remove(&(n, part));
                }
            }
            if at >= paragraph.range.end {
                break;
            }
            let next = borders.peek().map_or(paragraph.range.end, |border| border.0.min(paragraph.range.end));
            if let Some(text) = text.get(at..next).filter(|text| !text.is_empty()) {
                let roles = innermost(&open);
                line.push(Segment { text, roles, begins: std::mem::take(&mut begins) });
            }
            at = next;
        }
        out.push(line);
    }
    out
}

/// Later statements begin later, or at the same place and end sooner: they lie within. Of one statement the role that
/// says most is kept: its source or cue before its content.
fn innermost(open: &BTreeSet<(usize, Part)>) -> Vec<(usize, Part)> {
    let mut roles: Vec<(usize, Part)> = Vec::new();
    for &(n, part) in open.iter().rev() {
        if roles.last().is_none_or(|(last, _)| *last != n) {
            roles.push((n, part));
        }
        if roles.len() == DEEPEST {
            break;
        }
    }
    roles
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    #[test]
    fn nested_roles_are_told_apart_and_nothing_is_lost() {
        let record = sample::record();
        let view = View::new(&record);
        let lines = segments(&view);
        for (line, paragraph) in lines.iter().zip(&view.paragraphs) {
            let joined: String = line.iter().map(|segment| segment.text).collect();
            assert_eq!(joined, &sample::TEXT[paragraph.range.clone()]);
        }
        let shown: Vec<(&str, usize)> = lines[2].iter().map(|it| (it.text, it.roles.len())).collect();
        assert_eq!(
            shown,
            [
                ("She", 1),
                (" ", 0),
                ("denied", 1),
                (" ", 0),
                ("that the money had run out", 1),
                (". ", 0),
                ("The Harbour Union", 1),
                (" ", 0),
                ("said", 1),
                (" ", 0),
                ("Feld had", 2),
                (" ", 1),
                ("promised", 2),
                (" ", 1),
                ("“not one euro more”", 2),
                (" in May", 1),
                (".", 0)
            ]
        );
        let inner = &lines[2][10];
        assert_eq!(inner.roles[0].1, Part::Source, "the inner statement comes first");
        assert_eq!(inner.roles[1].1, Part::Content);
        let begins: usize = lines.iter().flatten().map(|segment| segment.begins.len()).sum();
        assert_eq!(begins, view.statements.len());
    }
}
