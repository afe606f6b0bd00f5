//! What the statement network is shown of a statement: the tokens around its cue with their roles and the rules' marks. It numbers
//! acts, levels, framings and kinds of basis as the record lists them.

use crate::token::Token;
use onrecord_models::{ALONG, BESIDE, Sight};
use onrecord_record::{
    Act, BasisKind, Byte, CertaintyLevel, CodePoint, FramingKind, Span, Statement, TextIndex,
};
use std::ops::Range;

const SOURCE: u8 = 1;
const CUE: u8 = 2;
const CONTENT: u8 = 3;

/// The tokens that the networks read, which lack the labels of transcripts, by where they stand.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shown<'t> {
    pub(crate) tokens: &'t [Token],
    pub(crate) index: &'t TextIndex<'t>,
}

impl Shown<'_> {
    /// The tokens that share a character with `span`.
    pub(super) fn within(&self, span: Span<CodePoint>) -> Range<usize> {
        let span = self.index.bytes(span);
        let start = self.tokens.partition_point(|token| token.span.end <= span.start);
        let end = self.tokens.partition_point(|token| token.span.start < span.end);
        start..end.max(start)
    }

    /// The bytes from the first to the last of `range`.
    pub(super) fn span(&self, range: &Range<usize>) -> Option<Span<Byte>> {
        let (first, last) = (self.tokens.get(range.start)?, self.tokens.get(range.end.checked_sub(1)?)?);
        (range.start < range.end).then(|| Span::new(first.span.start, last.span.end))
    }

    /// What each token is of any statement: 0, or its role. Of what several hold, a cue stands before a source, and that before
    /// content.
    pub(crate) fn roles<'s>(&self, statements: &'s [Statement]) -> Vec<u8> {
        let mut roles = vec![0; self.tokens.len()];
        for code in [CONTENT, SOURCE, CUE] {
            let role = |one: &'s Statement| match code {
                CONTENT => &one.content.spans,
                SOURCE => &one.source.spans,
                _ => &one.cue.spans,
            };
            for span in statements.iter().flat_map(role) {
                roles.get_mut(self.within(*span)).into_iter().for_each(|own| own.fill(code));
            }
        }
        roles
    }

    /// What the network is shown of a statement that the rules have told what they can of.
    pub(crate) fn sight(&self, statement: &Statement) -> Sight {
        let of = |spans: &[Span<CodePoint>]| -> Vec<Range<usize>> {
            spans.iter().map(|span| self.within(*span)).filter(|range| !range.is_empty()).collect()
        };
        let roles = [
            (of(&statement.content.spans), CONTENT),
            (of(&statement.source.spans), SOURCE),
            (of(&statement.cue.spans), CUE),
        ];
        let [(content, _), (source, _), (cue, _)] = &roles;
        let anchor = cue.first().or(source.first()).or(content.first()).map_or(0, |range| range.start);
        let behind = median(content).is_none_or(|middle| middle >= anchor);
        let (before, after) = if behind { (BESIDE, ALONG) } else { (ALONG, BESIDE) };
        let first = anchor.saturating_sub(before);
        let window = first..(anchor + after).min(self.tokens.len()).max(first);
        let put = |row: &mut [u8], range: Range<usize>, code: u8| {
            for i in range.start.max(window.start)..range.end.min(window.end) {
                row[i - window.start] = code;
            }
        };
        let nothing = || vec![0; window.len()];
        let mut sight =
            Sight { first, roles: nothing(), basis: nothing(), setting: nothing(), ..Sight::default() };
        for (ranges, code) in &roles {
            ranges.iter().for_each(|range| put(&mut sight.roles, range.clone(), *code));
        }
        for basis in &statement.basis {
            put(&mut sight.basis, self.within(basis.span), 1 + number(&BasisKind::ALL, &basis.kind));
        }
        let settings = [
            statement.addressee.as_ref().map(|addressee| addressee.span),
            statement.venue.as_ref().map(|venue| venue.span),
            statement.said.as_ref().and_then(|said| said.span),
        ];
        for (code, span) in (1..).zip(settings) {
            if let Some(span) = span {
                put(&mut sight.setting, self.within(span), code);
            }
        }
        sight.act = statement.act.map_or(0, |act| number(&Act::ALL, &act));
        sight.level = statement.certainty.level.map_or(0, |level| 1 + number(&CertaintyLevel::ALL, &level));
        sight.framing =
            statement.framing.as_ref().map_or(0, |framing| number(&FramingKind::ALL, &framing.kind));
        sight
    }
}

/// The place of `wanted` in a list of fewer than 256.
fn number<T: PartialEq>(list: &[T], wanted: &T) -> u8 {
    list.iter().position(|one| one == wanted).and_then(|at| u8::try_from(at).ok()).unwrap_or_default()
}

/// The middle token of some ranges in order.
fn median(ranges: &[Range<usize>]) -> Option<usize> {
    let count: usize = ranges.iter().map(ExactSizeIterator::len).sum();
    ranges.iter().cloned().flatten().nth(count / 2)
}
