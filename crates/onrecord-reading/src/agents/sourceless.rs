//! Whose words those are that no source stands beside.

use super::page::Page;
use super::resolve::Stage;
use super::rules::Class;
use super::saying::Saying;
use std::ops::Range;

/// How many tokens may stand between "and" and the verb behind it: "and later, in Korr, said".
const ADVERBS: usize = 3;
/// How many attributions before and behind one are looked at.
const NEAR: usize = 3;
/// How far before a colon the sentence begins that leads to what is said, in tokens.
const LEAD_IN: usize = 60;

impl Stage<'_, '_> {
    /// A quotation without source or cue goes on with the speaker of the one before.
    pub(super) fn continued(&self, sayings: &[Saying], i: usize, last: usize) -> Option<usize> {
        let (this, before) = (sayings.get(i)?, sayings.get(last)?);
        let quoted = |range: &Range<usize>| range.clone().take(3).any(|i| self.page.in_quotation(i));
        let near = self
            .page
            .paragraph(this.content.start)
            .saturating_sub(self.page.paragraph(before.content.end.saturating_sub(1)))
            <= 1;
        let speaker = *self.speakers.get(last)?;
        speaker.filter(|_| {
            !this.content.is_empty()
                && !before.content.is_empty()
                && near
                && quoted(&this.content)
                && quoted(&before.content)
        })
    }

    /// A second verb shares the subject of the first: "Kell called it a loss and said"; a colon has that of its sentence.
    pub(super) fn shared(&self, sayings: &[Saying], i: usize, last: usize) -> Option<usize> {
        let page = self.page;
        let (this, before) = (sayings.get(i)?, sayings.get(last)?);
        let start = this.cue.start;
        if page.word(start) == ":" {
            return self.subject_of(start);
        }
        let same = page.sentence(start) == page.sentence(before.cue.start)
            && !before.source.is_empty()
            && before.source.end <= before.cue.start
            && before.cue.end <= start
            && page.in_quotation(start) == page.in_quotation(before.cue.start);
        let link = (start.saturating_sub(ADVERBS)..start)
            .rev()
            .take_while(|&k| !page.is(k, Class::PRONOUN) && !page.is_capitalised(k))
            .any(|k| matches!(page.word(k), "and" | "but" | "then"));
        // "Kell accused the port, saying"
        let hangs = page.word(start).ends_with("ing") && start > 0 && page.word(start - 1) == ",";
        // Only what can be a verb of somebody: "and said", "but insisted", ", and adds".
        (same && (hangs || link && is_active(page, start)))
            .then(|| self.speakers.get(last).copied().flatten())
            .flatten()
    }

    /// The subject that a verb has in common with a participle behind it, which took it for its source: "Kell on Tuesday
    /// accused the port of it, saying".
    pub(super) fn before_participle(&self, sayings: &[Saying], i: usize) -> Option<usize> {
        let page = self.page;
        let start = sayings.get(i)?.cue.start;
        let mut near = sayings.iter().enumerate().skip(i.saturating_sub(NEAR)).take(2 * NEAR + 1);
        let has_subject = |(_, other): &(usize, &Saying)| {
            let end = other.source.end;
            !other.source.is_empty()
                && end <= start
                && start - end <= ADVERBS
                && page.sentence(end - 1) == page.sentence(start)
                && other.cue.start > start
                && page.sentence(other.cue.start) == page.sentence(start)
                && page.word(other.cue.start).ends_with("ing")
                && (end..start).all(|k| {
                    page.is(k, Class::CALENDAR) || page.is(k, Class::FUNCTION) || page.word(k).ends_with("ly")
                })
        };
        let (of, _) = near.find(has_subject).filter(|_| is_active(page, start))?;
        self.speakers.get(of).copied().flatten()
    }

    /// Whoever the sentence that ends at a colon begins with, if a verb follows the name.
    fn subject_of(&self, colon: usize) -> Option<usize> {
        let page = self.page;
        let sentence = page.sentence(colon);
        let opening = (colon.saturating_sub(LEAD_IN)..colon).find(|&i| page.sentence(i) == sentence)?;
        let first = self.names.partition_point(|name| name.run.start < opening);
        let name = self.names.get(first)?;
        let before = name.run.start;
        let lead = before.checked_sub(1).map_or("", |i| page.word(i));
        // "In the spring, Kell gave", "Kell gave", "the Argus gave".
        let at_head = before <= opening + 1
            || lead == ","
            || matches!(lead, "the" | "The") && (before < opening + 2 || page.word(before - 2) == ",");
        let verb = page.is_lower(name.run.end)
            && !matches!(
                page.word(name.run.end),
                "and"
                    | "or"
                    | "of"
                    | "in"
                    | "at"
                    | "on"
                    | "for"
                    | "from"
                    | "to"
                    | "who"
                    | "whose"
                    | "which"
                    | "that"
            );
        let of = self.cast.of.get(first).copied().flatten()?;
        let speaks = self.cast.entities.get(of).is_some_and(|entity| !entity.place && entity.kind.is_some());
        (at_head && verb && speaks && name.run.end < colon).then_some(of)
    }
}

/// Whether a cue is an active verb of which a subject is missing: "said", "insisted", "adds".
fn is_active(page: &Page<'_>, start: usize) -> bool {
    let word = page.word(start);
    let known = matches!(word, "said" | "says" | "told" | "wrote" | "made" | "vowed" | "warned" | "added");
    let regular = !page.is(start, Class::FUNCTION) && (word.ends_with("ed") || word.ends_with('s'));
    page.is_lower(start) && (known || regular)
}
