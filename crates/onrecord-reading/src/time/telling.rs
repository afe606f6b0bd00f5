//! When each statement was made, and of which times its content speaks.
//!
//! A time tells when something was said where it stands with the cue: in its sentence, outside the content, and not in a
//! clause that tells of something else. What the same speaker goes on to say in that paragraph was said then too. Where the
//! text does not tell, nothing is guessed, the day of the document least of all.

use super::rules::{Class, RULES};
use super::words::Words;
use crate::attribution::datelines;
use crate::token::{Gap, Shape, Token};
use onrecord_record::{
    CodePoint, RoleSpans, Said, Span, Statement, TextIndex, Time, TimeReference, TimexKind,
};
use std::ops::Range;

/// How far from its cue a time may stand, in tokens.
const NEAR: usize = 40;

/// Fills `said` and `about_time` of the statements, which are in the order of the text, as `times` are. `tokens` are those
/// of the text behind `index`.
pub(crate) fn tell(index: &TextIndex<'_>, tokens: &[Token], times: &[Time], statements: &mut [Statement]) {
    if times.is_empty() {
        return;
    }
    let words = Words::new(index.text(), tokens, &RULES);
    let places: Vec<Range<usize>> = times.iter().map(|time| token_range(index, tokens, time.span)).collect();
    let datelines = datelines(index.text(), tokens).iter().map(|span| index.code_points(*span)).collect();
    let page = Page { index, words, times, places, datelines };
    let paragraphs: Vec<usize> = (0..tokens.len()).filter(|i| tokens[*i].gap >= Gap::Line).collect();
    // The latest statement of the paragraph that has a time, by speaker.
    let mut told: Vec<usize> = Vec::new();
    let mut paragraph = None;
    for i in 0..statements.len() {
        let (before, rest) = statements.split_at_mut(i);
        let Some(statement) = rest.first_mut() else { continue };
        statement.about_time = page.about(statement);
        let Some(cue) = page.cue(statement) else { continue };
        let here = paragraphs.partition_point(|start| *start <= cue.start);
        if paragraph != Some(here) {
            (paragraph, told) = (Some(here), Vec::new());
        }
        statement.said = page.said(statement, &cue);
        if statement.said.is_none() && statement.within.is_none() && statement.speaker.is_some() {
            let same = told
                .iter()
                .rev()
                .filter_map(|told| before.get(*told))
                .find(|it| it.speaker == statement.speaker);
            statement.said = same.and_then(|it| it.said.clone());
        }
        if statement.said.is_some() && statement.within.is_none() {
            told.push(i);
        }
    }
}

fn meets(ranges: &[Range<usize>], other: &Range<usize>) -> bool {
    ranges.iter().any(|range| range.start < other.end && other.start < range.end)
}

fn token_range(index: &TextIndex<'_>, tokens: &[Token], span: Span<CodePoint>) -> Range<usize> {
    let span = index.bytes(span);
    let start = tokens.partition_point(|token| token.span.end <= span.start);
    let end = tokens.partition_point(|token| token.span.start < span.end);
    start..end.max(start)
}

struct Page<'a> {
    index: &'a TextIndex<'a>,
    words: Words<'a>,
    times: &'a [Time],
    /// The tokens of each time.
    places: Vec<Range<usize>>,
    /// The day in a dateline is that of the report.
    datelines: Vec<Span<CodePoint>>,
}

impl Page<'_> {
    /// The times within the content.
    fn about(&self, statement: &Statement) -> Vec<TimeReference> {
        let mut out = Vec::new();
        for span in &statement.content.spans {
            let first = self.times.partition_point(|time| time.span.start < span.start);
            let inside = self.times[first..].iter().take_while(|time| time.span.end <= span.end);
            out.extend(inside.map(|time| TimeReference { value: time.value.clone(), span: time.span }));
        }
        out
    }

    fn cue(&self, statement: &Statement) -> Option<Range<usize>> {
        let extent = statement.cue.extent()?;
        Some(token_range(self.index, self.words.tokens, extent)).filter(|range| !range.is_empty())
    }

    /// The time that stands with the cue, the nearest of them.
    fn said(&self, statement: &Statement, cue: &Range<usize>) -> Option<Said> {
        let words = &self.words;
        let from = cue.start.saturating_sub(NEAR);
        let start = (from..cue.start).rev().find(|i| words.breaks(i + 1)).map_or(from, |i| i + 1);
        let behind = cue.end + NEAR;
        let end = (cue.end..behind).find(|i| words.breaks(*i)).unwrap_or(behind);
        let first = self.places.partition_point(|place| place.start < start);
        let near = self.places[first..].iter().zip(&self.times[first..]);
        let contents = self.ranges(&statement.content);
        let sources = self.ranges(&statement.source);
        let cues = self.ranges(&statement.cue);
        let mut best: Option<(usize, &Range<usize>, &Time)> = None;
        for (place, time) in near.take_while(|(place, _)| place.end <= end) {
            let dates = matches!(time.timex, TimexKind::Date | TimexKind::Time);
            let dated = self.datelines.iter().any(|dateline| dateline.overlaps(&time.span));
            if !dates || dated || meets(&contents, place) {
                continue;
            }
            let distance = if meets(&cues, place) {
                Some(0)
            } else if !self.can_tell(place, time) {
                None
            } else if meets(&sources, place) {
                self.is_of_publishing(place).then_some(1)
            } else {
                self.distance(start, place, cue, &contents)
            };
            if let Some(distance) = distance
                && best.is_none_or(|(other, ..)| distance < other)
            {
                best = Some((distance, place, time));
            }
        }
        let (_, place, time) = best?;
        let span = self.with_preposition(place, time.span);
        Some(Said {
            from: time.from.clone(),
            to: time.to.clone(),
            text: Some(self.index.slice(span).to_owned()),
            span: Some(span),
        })
    }

    /// "On Tuesday": the words that tell when are an adverbial, to which the preposition belongs that TIMEX3 leaves out.
    fn with_preposition(&self, place: &Range<usize>, span: Span<CodePoint>) -> Span<CodePoint> {
        let before = place.start.checked_sub(1).filter(|_| self.words.gap(place.start) == Gap::Space);
        let Some(before) = before.and_then(|before| self.words.tokens.get(before)) else { return span };
        let word = before.of(self.words.text);
        if ["on", "in", "at", "during"].iter().any(|known| word.eq_ignore_ascii_case(known)) {
            return Span::new(self.index.code_points(before.span).start, span.end);
        }
        span
    }

    fn ranges(&self, role: &RoleSpans) -> Vec<Range<usize>> {
        role.spans.iter().map(|span| token_range(self.index, self.words.tokens, *span)).collect()
    }

    /// How far a time outside the roles stands from the cue it belongs to; behind the cue is nearer than before it. `None`
    /// where it belongs to something else.
    fn distance(
        &self,
        start: usize,
        place: &Range<usize>,
        cue: &Range<usize>,
        contents: &[Range<usize>],
    ) -> Option<usize> {
        let is_before = place.end <= cue.start;
        let gap = if is_before { place.end..cue.start } else { cue.end..place.start };
        if meets(contents, &gap) {
            // "Rejected the offer on Tuesday": next to the content, yet no part of it.
            let content = contents.iter().filter(|content| content.end <= place.start).map(|it| it.end).max();
            let next = !is_before
                && content
                    .is_some_and(|end| place.start - end <= 2 && !self.is_elsewhere(&(end..place.start)));
            let first = is_before && place.start <= start + 2;
            return (next || first).then_some(4);
        }
        if self.is_elsewhere(&gap) || is_before && !self.leads(start, place, cue) {
            return None;
        }
        Some(2 * gap.len() + 1 + usize::from(is_before))
    }

    /// "A poll released Sunday", "Tuesday's report".
    fn is_of_publishing(&self, place: &Range<usize>) -> bool {
        let before =
            |n: usize| place.start.checked_sub(n).is_some_and(|i| self.words.is(i, Class::Publishing));
        before(1) || before(2)
    }

    /// Whether a time can be that of an act of saying: not one that something lasts since, and no mere year in a name.
    fn can_tell(&self, place: &Range<usize>, time: &Time) -> bool {
        let before = place.start.checked_sub(1).map_or("", |before| self.words.word(before));
        let value = time.value.as_deref().unwrap_or_default();
        if matches!(value, "PRESENT_REF" | "FUTURE_REF") {
            return false;
        }
        if matches!(
            before,
            "since"
                | "Since"
                | "until"
                | "Until"
                | "by"
                | "before"
                | "after"
                | "After"
                | "from"
                | "of"
                | "the"
        ) {
            return false;
        }
        // "'s" behind it makes it another thing's: "Tuesday's vote".
        if matches!(self.words.word(place.end), "'" | "’") && self.words.is_joined(place.end) {
            return false;
        }
        let coarse = value.len() <= 4 && value.bytes().all(|byte| byte.is_ascii_digit());
        !coarse
            || value.is_empty()
            || matches!(before, "in" | "In" | "during" | "During")
            || self.words.word(place.start).starts_with(char::is_alphabetic)
    }

    /// Whether a clause of its own begins between a time and the cue.
    fn is_elsewhere(&self, gap: &Range<usize>) -> bool {
        gap.clone().any(|i| {
            self.words.is(i, Class::Clause) || self.words.word(i) == "," && self.is_participle(i + 1)
        })
    }

    fn is_participle(&self, i: usize) -> bool {
        let word = self.words.word(i);
        self.words.shape(i) == Shape::Lower
            && word.len() > 4
            && (word.ends_with("ed") || word.ends_with("ing"))
    }

    /// Whether a time before the cue is the sentence's: it stands next to the cue, or nothing before it tells of a deed.
    fn leads(&self, start: usize, place: &Range<usize>, cue: &Range<usize>) -> bool {
        let of_deed = |i: usize| {
            self.words.is(i, Class::Past) || self.words.is(i, Class::Clause) || self.is_participle(i)
        };
        // "In a statement released on Monday, she said".
        let released =
            (place.start.saturating_sub(2)..place.start).find(|i| self.words.is(*i, Class::Publishing));
        let told = released.unwrap_or(place.start);
        place.end == cue.start || !(start..told).any(of_deed)
    }
}
