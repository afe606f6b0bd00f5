//! What the mentions of a page stand among: names, turns and attributions.

use super::mention::Mention;
use crate::agents::cast::Cast;
use crate::agents::name::{Look, Name};
use crate::agents::page::Page;
use crate::agents::resolve::innermost;
use crate::agents::rules::Class;
use crate::agents::turn;
use crate::attribution::{Attribution, Label};
use std::ops::Range;

/// A page with its names, the turns of a transcript and the attributions.
pub(in crate::agents) struct Scene<'a, 'p> {
    pub(super) page: &'a Page<'p>,
    pub(super) names: &'a [Name],
    pub(super) cast: &'a Cast,
    pub(super) turns: &'a [Label],
    /// The hash of each label's words.
    speakers: Vec<u64>,
    /// For each token the attribution within whose content it stands, and the one of whose source it is a part, which is
    /// one more than its place.
    inside: Vec<Option<usize>>,
    source: Vec<u32>,
    /// For each token the last attribution whose source ends before it, likewise.
    heard: Vec<u32>,
    /// The hash of the words of each attribution's source.
    sources: Vec<u64>,
}

impl<'a, 'p> Scene<'a, 'p> {
    pub(in crate::agents) fn new(
        page: &'a Page<'p>,
        names: &'a [Name],
        cast: &'a Cast,
        turns: &'a [Label],
        attributions: &[Attribution],
    ) -> Self {
        let words = |range: Range<usize>| {
            range.filter(|&i| page.is_word(i)).fold(0, |hash, i| {
                (hash ^ page.key(i)).wrapping_mul(0x9e37_79b9_7f4a_7c15_u64).rotate_left(17)
            })
        };
        let speakers = turns.iter().map(|turn| words(turn.name.clone())).collect();
        let mut source = vec![0_u32; page.len()];
        let mut heard = vec![0_u32; page.len()];
        let mut sources = vec![0; attributions.len()];
        for (i, attribution) in attributions.iter().enumerate().filter(|(_, one)| !one.turn) {
            let number = u32::try_from(i + 1).unwrap_or(0);
            let spans = &attribution.source;
            for span in spans {
                page.within(*span).for_each(|at| source[at] = number);
            }
            if let (Some(first), Some(last)) = (spans.first(), spans.last()) {
                let (first, last) = (page.within(*first).start, page.within(*last).end);
                sources[i] = words(first..last);
                if let Some(place) = heard.get_mut(last) {
                    *place = number;
                }
            }
        }
        let mut last = 0;
        for place in &mut heard {
            if *place > 0 {
                last = *place;
            }
            *place = last;
        }
        let inside = innermost(page, attributions);
        Scene { page, names, cast, turns, speakers, inside, source, heard, sources }
    }

    pub(super) fn speaker(&self, at: usize) -> Option<u64> {
        self.speakers.get(turn::turn_at(self.turns, at)?).copied()
    }

    pub(super) fn inside(&self, at: usize) -> Option<usize> {
        self.inside.get(at).copied().flatten()
    }

    pub(super) fn source(&self, at: usize) -> Option<usize> {
        place(&self.source, at)
    }

    pub(super) fn heard(&self, at: usize) -> Option<usize> {
        place(&self.heard, at)
    }

    pub(super) fn same_source(&self, one: usize, other: usize) -> bool {
        let source = |i: usize| self.sources.get(i).copied().unwrap_or_default();
        source(one) != 0 && source(one) == source(other)
    }

    /// Whether two names have a last word in common.
    pub(super) fn share_a_name(&self, one: &Mention, other: &Mention) -> bool {
        let last = |mention: &Mention| {
            let n = self.names.partition_point(|name| name.run.end <= mention.range.start);
            self.names.get(n).map(|name| name.last)
        };
        last(one).is_some() && last(one) == last(other)
    }

    /// Whom the name in a mention names: one that its head is part of, or one that ends the mention with nothing but a
    /// description before it.
    pub(super) fn named(&self, range: Range<usize>, head: usize) -> Option<usize> {
        let first = self.names.partition_point(|name| name.run.end <= range.start);
        let inside = self.names.get(first..)?.iter().take_while(|name| name.run.start < range.end);
        let fits = |name: &Name| {
            let holds_head = name.run.contains(&head);
            let closes = name.run.end >= range.end
                && head < name.run.start
                && (head + 1..name.run.start)
                    .all(|i| !self.page.is(i, Class::FUNCTION) && self.page.word(i) != ",");
            holds_head || closes
        };
        let at = first + inside.enumerate().find(|(_, name)| fits(name))?.0;
        let look = self.names.get(at)?.look;
        self.cast.of.get(at).copied().flatten().filter(|_| !matches!(look, Look::Office | Look::Other))
    }
}

fn place(of: &[u32], at: usize) -> Option<usize> {
    of.get(at).copied().and_then(|number| number.checked_sub(1)).map(|number| number as usize)
}
