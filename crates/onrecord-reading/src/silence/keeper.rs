//! Who kept silent.

use crate::agents::Page;
use crate::mentioned::Mentioned;
use crate::noun::noun_phrase;
use crate::passage::Passage;
use onrecord_record::Statement;
use std::ops::Range;

/// An insertion between a subject and its verb is no longer than this many tokens.
const INSERTION: usize = 40;
/// So many adverbs and marks may stand between a subject and its verb.
const STEPS: usize = 12;
/// So many statements before a place, in the order of the text, can stand in its sentence.
const SAME_SENTENCE: usize = 8;

/// What stands before a verb.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    /// An agent, by its place in the list.
    Agent(usize),
    /// The reporter or the reader: such a clause notes nobody's silence.
    Own,
    /// Nobody who could be told.
    Unknown,
}

/// Where silence is sought, and who is there to keep it.
pub(crate) struct Scene<'a> {
    pub(crate) page: &'a Page<'a>,
    pub(crate) mentioned: &'a Mentioned,
    pub(crate) statements: &'a [Statement],
    pub(crate) passages: &'a [Passage],
    /// For each statement the place of its speaker among the agents.
    pub(crate) speakers: &'a [Option<usize>],
}

impl Scene<'_> {
    /// The subject of the verb that begins at token `at`.
    pub(super) fn subject(&self, at: usize) -> Subject {
        let page = self.page;
        let sentence = page.sentence(at);
        let mut i = at;
        for _ in 0..STEPS {
            let Some(before) = i.checked_sub(1).filter(|before| page.sentence(*before) == sentence) else {
                break;
            };
            let word = page.word(before).to_lowercase();
            match word.as_str() {
                "i" | "we" | "you" => return Subject::Own,
                "who" | "which" | "that" => {
                    let comma = usize::from(before > 0 && page.word(before - 1) == ",");
                    if before > comma && anybody(page.word(before - comma - 1)) {
                        return Subject::Own;
                    }
                    return self.ending(before - comma).unwrap_or(Subject::Unknown);
                }
                "and" | "but" | "or" | "nor" | "then" | "yet" => return self.clause(before),
                ")" => i = self.back_to(before, "(").unwrap_or(before),
                "," if i == at || page.word(before + 1) != "," => match self.insertion(before) {
                    Some(found) => return found,
                    None if aside(page, before) => i = before - 2,
                    None => return self.clause(before),
                },
                _ if page.is_quotation_mark(before) => i = before,
                // "The port’s own engineer also": what may stand between subject and verb.
                _ if modifies(&word) => i = before,
                // Whoever it means is the subject itself, whatever stands before: "saying she could not recall".
                "he" | "she" => {
                    let meant = self.mentioned.ending(i).map(|(_, of)| Subject::Agent(of));
                    return meant.unwrap_or_else(|| self.speaker_around(before));
                }
                _ => return self.ending(i).unwrap_or(Subject::Unknown),
            }
        }
        self.clause(at)
    }

    /// The subject that a verb at `at` shares with the clause before it, or that its clause has.
    pub(super) fn clause(&self, at: usize) -> Subject {
        let page = self.page;
        let sentence = page.sentence(at);
        let behind = self.passages.partition_point(|passage| begins(passage) < at);
        let near = behind.saturating_sub(SAME_SENTENCE)..(behind + SAME_SENTENCE).min(self.passages.len());
        let told = |i: &usize| {
            let cue = self.passages.get(*i).and_then(|passage| passage.cue.first());
            cue.map(|cue| cue.start).filter(|cue| page.sentence(*cue) == sentence)
        };
        let speaker = |i: usize| self.speakers.get(i).copied().flatten();
        let earlier = near.clone().filter(|i| told(i).is_some_and(|cue| cue < at) && speaker(*i).is_some());
        if let Some(of) = earlier.max_by_key(told).and_then(speaker) {
            return Subject::Agent(of);
        }
        let start = (at.saturating_sub(INSERTION)..at).find(|i| page.sentence(*i) == sentence).unwrap_or(at);
        let first =
            self.mentioned.beginning(start..at).iter().find(|(m, _)| !page.behind_preposition(m.start));
        if let Some((_, of)) = first {
            return Subject::Agent(*of);
        }
        let later = near.filter(|i| told(i).is_some() && speaker(*i).is_some()).min_by_key(told);
        later.and_then(speaker).map_or(Subject::Unknown, Subject::Agent)
    }

    /// Whoever says the words around token `at`: "she said she could not recall".
    fn speaker_around(&self, at: usize) -> Subject {
        let behind = self.passages.partition_point(|passage| begins(passage) <= at);
        let near = behind.saturating_sub(SAME_SENTENCE)..behind;
        let holds = |i: &usize| self.passages.get(*i).is_some_and(|passage| passage.is_content(at));
        let innermost = near.rev().find(holds);
        let speaker = innermost.and_then(|i| self.speakers.get(i).copied().flatten());
        speaker.map_or(Subject::Unknown, Subject::Agent)
    }

    /// The words right before the verb that begins at token `at` and are its subject, whoever that is: a mention of an agent, or a phrase
    /// that a clause begins with ("A spokesman for the Treasury").
    pub(super) fn naming(&self, at: usize) -> Option<Range<usize>> {
        let page = self.page;
        let sentence = page.sentence(at);
        let steps = |i: &usize| page.sentence(*i) == sentence && modifies(&page.word(*i).to_lowercase());
        let mut end = at - (at.saturating_sub(STEPS)..at).rev().take_while(steps).count();
        if end > 0 && page.sentence(end - 1) == sentence && matches!(page.word(end - 1), "who" | "which") {
            end -= 1;
            end -= usize::from(end > 0 && page.word(end - 1) == ",");
        }
        if let Some((mention, _)) = self.mentioned.ending(end)
            && !self.is_inner(mention.start)
        {
            return Some(mention);
        }
        let inside = |i: &usize| page.sentence(*i) == sentence && !breaks(page, *i);
        let start = end - (end.saturating_sub(INSERTION)..end).rev().take_while(inside).count();
        (start < end && is_subject(page, start, end)).then_some(start..end)
    }

    /// Whoever is named in `range` first.
    pub(super) fn named_in(&self, range: Range<usize>) -> Subject {
        self.mentioned.beginning(range).first().map_or(Subject::Unknown, |(_, of)| Subject::Agent(*of))
    }

    /// The agent whose mention ends before token `at`; of "a lawyer for Brand" the lawyer.
    fn ending(&self, at: usize) -> Option<Subject> {
        let (mention, of) =
            self.mentioned.ending(at).or_else(|| self.mentioned.holding(at.checked_sub(1)?))?;
        if !self.is_inner(mention.start) {
            return Some(Subject::Agent(of));
        }
        let head = mention.start - 1;
        Some(match self.mentioned.ending(head) {
            Some((_, of)) => Subject::Agent(of),
            None => Subject::Unknown,
        })
    }

    /// The subject before an insertion between commas that ends with the comma at `comma`.
    fn insertion(&self, comma: usize) -> Option<Subject> {
        let page = self.page;
        let sentence = page.sentence(comma);
        let from = comma.saturating_sub(INSERTION);
        let commas = (from..comma).rev().take_while(|i| page.sentence(*i) == sentence);
        // The comma that opens the insertion is the first behind which a mention ends.
        commas.filter(|i| page.word(*i) == ",").find_map(|i| {
            let (mention, of) = self.mentioned.ending(i)?;
            if page.is_lower(i - 1)
                && let Some((mention, of)) = self.mentioned.ending(comma)
                && mention.start == i + 1
            {
                // "Brand's lawyer, Ida Moss, declined"
                return Some(Subject::Agent(of));
            }
            (!self.is_inner(mention.start)).then_some(Subject::Agent(of))
        })
    }

    /// Whether what begins at token `at` only belongs to the head of a phrase: "a lawyer for Brand", "voters backing Brand".
    fn is_inner(&self, at: usize) -> bool {
        let before = at.checked_sub(1).map_or("", |before| self.page.word(before));
        self.page.behind_preposition(at) || before.ends_with("ing")
    }

    fn back_to(&self, from: usize, mark: &str) -> Option<usize> {
        (from.saturating_sub(STEPS)..from).rev().find(|i| self.page.word(*i) == mark)
    }
}

/// Where a statement begins in the text.
pub(super) fn begins(passage: &Passage) -> usize {
    passage.extent().map_or(0, |extent| extent.start)
}

/// Whether no phrase goes on past token `at`.
fn breaks(page: &Page<'_>, at: usize) -> bool {
    page.is_quotation_mark(at)
        || matches!(
            page.word(at),
            "," | ";"
                | ":"
                | "—"
                | "–"
                | "("
                | ")"
                | "but"
                | "But"
                | "And"
                | "while"
                | "While"
                | "yet"
                | "Yet"
        )
}

/// Whether tokens `start..end` are a noun phrase with what belongs to it: "Officials at the port", "a spokesman for the Treasury".
fn is_subject(page: &Page<'_>, start: usize, end: usize) -> bool {
    let Some(phrase) = noun_phrase(page, start, end) else { return false };
    let mut at = phrase.end;
    while at < end
        && matches!(page.word(at), "for" | "at" | "of" | "in" | "from" | "with" | "to" | "representing")
    {
        match noun_phrase(page, at + 1, end) {
            Some(phrase) => at = phrase.end,
            None => return false,
        }
    }
    at == end
}

/// Whether the comma at `comma` closes an adverb between commas: ", however,".
fn aside(page: &Page<'_>, comma: usize) -> bool {
    comma >= 2
        && page.word(comma - 2) == ","
        && matches!(page.word(comma - 1), "however" | "though" | "meanwhile" | "too" | "also" | "therefore")
}

/// Whoever it may be: "someone who does not answer".
fn anybody(word: &str) -> bool {
    matches!(word, "someone" | "somebody" | "anyone" | "anybody" | "everyone" | "those" | "people" | "one")
}

fn modifies(word: &str) -> bool {
    word.ends_with("ly")
        || matches!(
            word,
            "also"
                | "still"
                | "just"
                | "then"
                | "have"
                | "has"
                | "had"
                | "ever"
                | "even"
                | "so"
                | "far"
                | "again"
                | "themselves"
                | "himself"
                | "herself"
                | "itself"
                | "both"
                | "all"
                | "either"
                | "would"
                | "will"
                | "once"
                | "reportedly"
                | "often"
                | "always"
                | "pointedly"
                | "thus"
                | "later"
                | "is"
                | "was"
                | "are"
                | "were"
                | "to"
                | "simply"
                | "did"
                | "does"
                | "today"
                | "monday"
                | "tuesday"
                | "wednesday"
                | "thursday"
                | "friday"
                | "saturday"
                | "sunday"
                | "on"
        )
}
