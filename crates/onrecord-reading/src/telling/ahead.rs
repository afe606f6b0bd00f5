//! What opens another statement: "Ana Holm said it leaks, and at a rally in Korr Rolf Egg denied it", "… and a poll found it does".

use super::sight::Shown;
use onrecord_record::{CodePoint, Span, Statement};

/// Words that join a clause to the one before: a source right behind one is that of a statement of its own.
const JOINING: [&str; 5] = ["and", "but", "or", "while", "whereas"];

/// Words that belong to the statement whose cue is yet to come.
#[derive(Debug)]
pub(super) struct Ahead {
    /// By where they start; each reaches as far as any before it, so that one look tells whether any of them overlaps.
    spans: Vec<Span<CodePoint>>,
}

impl Ahead {
    /// Those of statements that the rules have told what they can of: addressees and venues that stand before both source and cue, and
    /// sources that are joined to what stands before them.
    pub(super) fn of(shown: &Shown<'_>, statements: &[Statement]) -> Self {
        let settings = statements.iter().flat_map(opening);
        let sources = statements.iter().flat_map(|statement| joined(shown, statement));
        let mut spans: Vec<_> = settings.chain(sources).collect();
        spans.sort_by_key(|span| (span.start, span.end));
        let mut reach = CodePoint::default();
        for span in &mut spans {
            reach = reach.max(span.end);
            span.end = reach;
        }
        Self { spans }
    }

    /// Whether `found`, which a statement is thought to be set by or to rest on, stands behind all of it and opens another one.
    pub(super) fn opens_another(&self, statement: &Statement, found: Span<CodePoint>) -> bool {
        let Statement { source, cue, content, .. } = statement;
        let mut own = [source, cue, content].into_iter().flat_map(|part| &part.spans);
        let before = self.spans.partition_point(|span| span.start < found.end);
        let last = before.checked_sub(1).and_then(|at| self.spans.get(at));
        last.is_some_and(|last| last.end > found.start) && own.all(|own| own.end <= found.start)
    }
}

/// The settings that the rules found before the source and the cue of a statement.
fn opening(statement: &Statement) -> impl Iterator<Item = Span<CodePoint>> + use<> {
    let told = [statement.addressee.as_ref().map(|it| it.span), statement.venue.as_ref().map(|it| it.span)];
    let first = statement.source.spans.iter().chain(&statement.cue.spans).map(|span| span.start).min();
    told.into_iter().flatten().filter(move |span| first.is_some_and(|first| span.end <= first))
}

/// The sources of a statement that stand before its cue and right behind a word that joins.
fn joined(shown: &Shown<'_>, statement: &Statement) -> impl Iterator<Item = Span<CodePoint>> {
    let cue = statement.cue.spans.iter().map(|span| span.start).min();
    statement.source.spans.iter().copied().filter(move |source| {
        let before = shown.within(*source).start.checked_sub(1).and_then(|at| shown.tokens.get(at));
        let joins = |word: &str| JOINING.iter().any(|one| one.eq_ignore_ascii_case(word));
        cue.is_some_and(|cue| source.end <= cue)
            && before.is_some_and(|token| joins(token.of(shown.index.text())))
    })
}
