//! Expressions of time: where they stand, what they mean, and which of them tell when something was said.
//!
//! Words are looked up once in lists (`rules`); at the few that can begin an expression the patterns of
//! `rules/times.toml` are held against the tokens, and the longest counts. A pattern says what its words mean by
//! themselves (`sense`); which day that is then follows from the day of the document, the times told before and the tense
//! around (`resolving`). Extents and values follow TimeML's guidelines for TIMEX3: no preposition belongs to an
//! expression, determiners and "about" do.

mod amount;
mod calendar;
mod clock;
mod direction;
mod finding;
mod holiday;
mod matching;
mod resolving;
mod rules;
mod sense;
mod telling;
#[cfg(test)]
mod tests;
mod words;

use crate::token::Token;
use calendar::days_of;
use onrecord_record::{Byte, Document, Span, TextIndex, Time, TimexKind};
use resolving::Resolver;
use rules::RULES;
use words::Words;

pub(crate) use telling::tell;

/// An expression of time, in bytes of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeExpression {
    /// Where it stands.
    pub span: Span<Byte>,
    /// Of which sort it is.
    pub timex: TimexKind,
    /// The TIMEX3 value; `None` when the text and the day of the document do not tell it.
    pub value: Option<String>,
}

/// The expressions of time in a text, in order, not overlapping. `published` is the day of the document as an ISO date;
/// without a whole day what counts from it has no value.
pub fn times(text: &str, tokens: &[Token], published: Option<&str>) -> Vec<TimeExpression> {
    let words = Words::new(text, tokens, &RULES);
    let mut resolver = Resolver::new(&words, published.and_then(|day| day.parse().ok()));
    let found = finding::find(&words);
    let expression = |found: &sense::Found| {
        let value = resolver.value(found);
        Some(TimeExpression { span: words.span(&found.range)?, timex: found.timex, value })
    };
    found.iter().filter_map(expression).collect()
}

/// The expressions of a document as lines of its record; `tokens` are those of the text behind `index`.
pub(crate) fn lines(document: &Document, index: &TextIndex<'_>, tokens: &[Token]) -> Vec<Time> {
    let line = |time: TimeExpression| {
        let days = time.value.as_deref().and_then(days_of);
        Time {
            document: document.id.clone(),
            text: index.text().get(time.span.range()).unwrap_or_default().to_owned(),
            span: index.code_points(time.span),
            timex: time.timex,
            value: time.value,
            from: days.map(|(from, _)| from.to_string()),
            to: days.map(|(_, to)| to.to_string()),
        }
    };
    times(index.text(), tokens, document.published.as_deref()).into_iter().map(line).collect()
}
