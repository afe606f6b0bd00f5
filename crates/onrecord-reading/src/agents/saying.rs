//! Attributions in token indices, and which of them stand within which.

use super::name::Name;
use super::page::Page;
use super::phrase::{Head, head};
use crate::attribution::Attribution;
use onrecord_record::{Byte, Span};
use std::ops::Range;

/// No source is read beyond this many tokens, so that long ones cost no more than their text.
const LONGEST_SOURCE: usize = 80;

/// An attribution in token indices.
pub(super) struct Saying {
    pub(super) source: Range<usize>,
    pub(super) head: Head,
    /// Where it takes place in the order of reading.
    pub(super) at: usize,
    pub(super) cue: Range<usize>,
    pub(super) content: Range<usize>,
    /// The attribution whose content holds its source.
    pub(super) around: Option<usize>,
}

pub(super) fn saying(page: &Page<'_>, names: &[Name], attribution: &Attribution) -> Saying {
    let extent = |pieces: &[Span<Byte>]| match (pieces.first(), pieces.last()) {
        (Some(first), Some(last)) => page.within(Span::new(first.start, last.end.max(first.end))),
        _ => 0..0,
    };
    let mut source = extent(&attribution.source);
    if source.len() > LONGEST_SOURCE {
        source = attribution.source.first().map_or(0..0, |piece| page.within(*piece));
        source.end = source.end.min(source.start + LONGEST_SOURCE);
    }
    let cue = extent(&attribution.cue);
    let content = extent(&attribution.content);
    let at =
        [&source, &cue, &content].into_iter().find(|range| !range.is_empty()).map_or(0, |range| range.start);
    let head = head(page, names, source.clone());
    Saying { source, head, at, cue, content, around: None }
}

/// Finds for each attribution the innermost other one whose content holds its source.
pub(super) fn nest(page: &Page<'_>, attributions: &[Attribution], order: &[usize], sayings: &mut [Saying]) {
    let mut pieces: Vec<(Range<usize>, usize)> = Vec::new();
    for (i, attribution) in attributions.iter().enumerate() {
        pieces.extend(
            attribution
                .content
                .iter()
                .map(|piece| (page.within(*piece), i))
                .filter(|(range, _)| !range.is_empty()),
        );
    }
    pieces.sort_by_key(|(range, i)| (range.start, std::cmp::Reverse(range.end), *i));
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut next = 0;
    for &i in order {
        let at = sayings[i].at;
        while let Some((range, of)) = pieces.get(next).filter(|(range, _)| range.start <= at) {
            open.push((range.end, *of));
            next += 1;
        }
        while open.last().is_some_and(|(end, _)| *end <= at) {
            open.pop();
        }
        sayings[i].around =
            open.iter().rev().take(8).find(|(end, of)| *of != i && *end > at).map(|(_, of)| *of);
    }
}
