//! Whose words those are that no source stands beside.

use super::page::Page;
use super::resolve::Stage;
use super::rules::Class;
use super::saying::Saying;
use std::ops::Range;

/// How many tokens may stand between "and" and the verb behind it: "and later, in Korr, said".
const ADVERBS: usize = 3;
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
        // Only what can be a verb of somebody: "and said", "but insisted", ", and adds".
        (same && link && is_active(page, start)).then(|| self.speakers.get(last).copied().flatten()).flatten()
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
