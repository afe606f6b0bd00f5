//! Where a statement stands among its neighbours, and which words around it are its own.

use crate::agents::Page;
use crate::noun::noun_phrase;
use crate::passage::Passage;
use crate::pattern::Found;
use onrecord_record::{Agent, AgentId, CodePoint, Span, Statement, StatementId};
use std::collections::BTreeMap;
use std::ops::Range;

/// A sentence is looked at so many tokens before and behind the cue; what stands further away is seldom about it.
const REACH: usize = 80;
/// Who was asked stands so many tokens before the verb.
const SUBJECT: usize = 12;
/// Somebody who goes on so many sentences later is still where they were.
const STAYS: u32 = 3;
/// So many statements before and behind are asked whether words are theirs.
pub(super) const NEIGHBOURS: usize = 4;

/// A statement on the page.
pub(crate) struct Place<'p> {
    pub(crate) passage: &'p Passage,
    /// Who speaks, by their place in the list of agents.
    pub(crate) speaker: Option<usize>,
    /// The statement whose content holds this one, by its place.
    within: Option<usize>,
    /// The tokens of the cue, or of the content's beginning where there is no cue.
    anchor: Range<usize>,
    /// The sentence around it, as far as it is looked at.
    pub(crate) window: Option<Range<usize>>,
}

impl<'p> Place<'p> {
    /// Where all statements stand.
    pub(crate) fn all(
        page: &Page<'_>,
        agents: &[Agent],
        statements: &[Statement],
        passages: &'p [Passage],
    ) -> Vec<Self> {
        let agent: BTreeMap<&AgentId, usize> =
            agents.iter().enumerate().map(|(i, agent)| (&agent.id, i)).collect();
        let by_id: BTreeMap<&StatementId, usize> =
            statements.iter().enumerate().map(|(i, statement)| (&statement.id, i)).collect();
        let place = |(statement, passage): (&Statement, &'p Passage)| {
            let within = statement.within.as_ref().and_then(|id| by_id.get(id).copied());
            let outer = within.and_then(|outer| passages.get(outer));
            let anchor = anchor(passage);
            let window = anchor.clone().map(|anchor| window(page, &anchor, outer));
            let speaker = statement.speaker.as_ref().and_then(|id| agent.get(id).copied());
            Place { passage, speaker, within, anchor: anchor.unwrap_or_default(), window }
        };
        statements.iter().zip(passages).map(place).collect()
    }

    /// How far `words` stand from the cue.
    pub(super) fn distance(&self, words: &Range<usize>) -> usize {
        if words.start >= self.anchor.end {
            words.start - self.anchor.end
        } else {
            self.anchor.start.saturating_sub(words.end)
        }
    }

    /// Whether what a rule of `kind` has found can belong to this statement, which is the `own`th.
    pub(super) fn may_take(
        &self,
        page: &Page<'_>,
        places: &[Place<'_>],
        own: usize,
        kind: &str,
        found: &Found,
    ) -> bool {
        let in_cue = self.passage.cue.iter().any(|cue| cue.contains(&found.tokens.start));
        let begun = matches!(kind, "told" | "bidden" | "called-on" | "issued");
        if begun && !in_cue {
            return false;
        }
        if kind != "bidden" && self.passage.is_content(found.words.start) {
            return false;
        }
        let in_source = self.passage.source.iter().find(|source| source.contains(&found.words.start));
        if in_source.is_some_and(|source| !is_occasion(page, source.start..found.words.start)) {
            return false;
        }
        if page.in_headline(found.words.start) && !in_cue
            || kind == "spoken-to" && is_infinitive(page, &found.words)
        {
            return false;
        }
        begun || self.is_nearest(places, own, found)
    }

    /// Where `words` end that may not go on into the content or the source: "at a rally in Korr Holm denied it".
    pub(super) fn outside(&self, words: &Range<usize>, kind: &str) -> usize {
        let contents = self.passage.content.iter().filter(|_| kind != "bidden");
        let roles = contents.chain(&self.passage.source).map(|role| role.start);
        roles.filter(|start| *start > words.start && *start < words.end).min().unwrap_or(words.end)
    }

    /// Whether words around the cue that name a ground can be this statement's. They may stand in the source: "an official
    /// who asked not to be named".
    pub(crate) fn may_take_ground(
        &self,
        page: &Page<'_>,
        places: &[Place<'_>],
        own: usize,
        found: &Found,
    ) -> bool {
        let said = found.words.clone().any(|i| self.passage.is_content(i));
        !said && !page.in_headline(found.words.start) && self.is_nearest(places, own, found)
    }

    /// Whether a note that nothing was offered concerns this statement, which is the `own`th. The note may be a statement of
    /// its own ("who did not cite the audit"): then it concerns what else its speaker says in the sentence, or itself where
    /// that is nothing.
    pub(crate) fn may_take_note(
        &self,
        page: &Page<'_>,
        places: &[Place<'_>],
        own: usize,
        note: &Found,
    ) -> bool {
        let is_note =
            |place: &Place<'_>| place.passage.cue.iter().any(|cue| cue.contains(&note.tokens.start));
        let sentence = page.sentence(note.tokens.start);
        // "Did not say that it sank, and did not cite the audit": what was not said rests on nothing.
        let withheld =
            |i: usize| matches!(page.word(i), "not" | "t" | "never" | "declined" | "refused" | "without");
        let concerned = |place: &Place<'_>, noter: &Place<'_>| {
            let says = !place.passage.cue.iter().any(|cue| cue.clone().any(withheld));
            says && !is_note(place)
                && place.speaker == noter.speaker
                && page.sentence(place.anchor.start) == sentence
        };
        if is_note(self) {
            return self.speaker.is_none()
                || !neighbours(places, own).any(|(_, other)| concerned(other, self));
        }
        match neighbours(places, own).find(|(_, other)| is_note(other)) {
            Some((_, noter)) => self.speaker.is_some() && concerned(self, noter),
            None => self.may_take_ground(page, places, own, note),
        }
    }

    /// The sentence behind this statement's, when it begins with somebody who stands for the speaker or is a note by the
    /// same speaker, and no other statement stands between: "He offered no proof."
    pub(crate) fn sequel(&self, page: &Page<'_>, places: &[Place<'_>], own: usize) -> Option<Range<usize>> {
        let window = self.window.as_ref().filter(|_| self.within.is_none())?;
        let end = self.passage.extent()?.end.max(window.end);
        let start = (end..page.len().min(end + 4)).find(|i| page.begins_sentence(*i))?;
        let sentence = page.sentence(start);
        let reach = page.len().min(start + REACH);
        let to = (start..reach).find(|i| page.sentence(*i) != sentence).unwrap_or(reach);
        let pronoun = matches!(page.word(start), "He" | "She" | "They" | "It");
        let near = page.paragraph(start) == page.paragraph(self.anchor.start);
        let next = places.get(own + 1);
        let open = next.is_none_or(|next| {
            next.anchor.start >= to || next.speaker == self.speaker && next.anchor.start >= start
        });
        (near && pronoun && open).then_some(start..to)
    }

    /// Whether no other statement has these words in its content or nearer to its cue.
    fn is_nearest(&self, places: &[Place<'_>], own: usize, found: &Found) -> bool {
        let distance = self.distance(&found.words);
        neighbours(places, own).all(|(i, other)| {
            let holds_this = self.within == Some(i);
            let mut words = found.words.clone();
            let names_source = other.passage.source.iter().any(|source| source.contains(&found.words.start));
            let holds_words = words.any(|k| other.passage.is_content(k)) || names_source;
            let nearer = other.speaker != self.speaker && other.distance(&found.words) < distance;
            !holds_words && !nearer || holds_this
        })
    }

    /// The one to whom a question went whose asker is not told: "asked about the quay, Holm said", "Holm was asked".
    pub(super) fn who_was_asked(
        &self,
        page: &Page<'_>,
        places: &[Place<'_>],
        own: usize,
    ) -> Option<Range<usize>> {
        let cue = self.passage.cue.first()?;
        let asks = |i: &usize| {
            let word = page.word(*i);
            ["asked", "pressed", "quizzed"].iter().any(|verb| word.eq_ignore_ascii_case(verb))
        };
        let verb = cue.clone().find(asks).filter(|_| self.passage.source.is_empty())?;
        let passive = |i: &usize| matches!(page.word(*i), "is" | "was" | "were" | "been" | "being" | "are");
        let sentence = page.sentence(verb);
        if let Some(be) = (verb.saturating_sub(SUBJECT)..verb).rev().find(passive)
            && page.sentence(be) == sentence
        {
            let ends_here = |at: &usize| {
                let asked = noun_phrase(page, *at, be);
                // A question that was asked is no one.
                let asked = asked.filter(|phrase| !page.word(phrase.head).starts_with("question"));
                page.sentence(*at) == sentence
                    && asked.is_some_and(|phrase| phrase.end == be || phrase.core.end == be)
            };
            return (be.saturating_sub(SUBJECT)..be).find(ends_here).map(|start| start..be);
        }
        let opens = page.begins_sentence(verb) || page.word(verb - 1).eq_ignore_ascii_case("when");
        if !opens {
            return None;
        }
        let answers = places.get(own + 1).filter(|next| !next.passage.source.is_empty())?;
        let source = answers.passage.source.first()?;
        (page.sentence(source.start) == sentence && source.start > cue.start).then(|| source.clone())
    }

    /// Whether this is a quotation that goes on with what the same speaker said just before.
    pub(super) fn quotes_on_from(&self, page: &Page<'_>, before: &Place<'_>) -> bool {
        let near = page.paragraph(self.anchor.start) == page.paragraph(before.anchor.start)
            && page.sentence(self.anchor.start).saturating_sub(page.sentence(before.anchor.start)) <= 1;
        let quotes =
            self.passage.content.first().is_some_and(|content| {
                page.is_quotation_mark(content.start) || page.in_quotation(content.start)
            });
        near && quotes && self.is_same_voice(before)
    }

    /// Whether the same speaker goes on in the same paragraph, where they were a sentence or two before.
    pub(super) fn stays_with(&self, page: &Page<'_>, before: &Place<'_>) -> bool {
        page.paragraph(self.anchor.start) == page.paragraph(before.anchor.start)
            && page.sentence(self.anchor.start).saturating_sub(page.sentence(before.anchor.start)) <= STAYS
            && self.is_same_voice(before)
    }

    /// Whether the same speaker spoke before in this sentence.
    pub(super) fn shares_sentence(&self, page: &Page<'_>, before: &Place<'_>) -> bool {
        page.sentence(self.anchor.start) == page.sentence(before.anchor.start) && self.is_same_voice(before)
    }

    fn is_same_voice(&self, before: &Place<'_>) -> bool {
        self.speaker.is_some() && self.speaker == before.speaker && self.within == before.within
    }
}

/// Whether words within a source, up to where a setting is named, tell of the saying: "Holm, speaking to the club,".
fn is_occasion(page: &Page<'_>, before: Range<usize>) -> bool {
    let from = before.clone().rev().find(|i| page.word(*i) == ",");
    let says = |i: usize| {
        matches!(
            page.word(i),
            "speaking" | "appearing" | "testifying" | "writing" | "addressing" | "talking" | "interviewed"
        )
    };
    from.is_some_and(|comma| (comma..before.end).any(says))
}

/// Whether one small word behind "to" is a verb, as in "in a speech to win"; several who are spoken to are many.
fn is_infinitive(page: &Page<'_>, words: &Range<usize>) -> bool {
    let to = words.start > 0 && page.word(words.start - 1) == "to";
    let known = page.is_function(words.start)
        || matches!(page.word(words.start), "people" | "congress" | "parliament");
    let many = page.word(words.start).ends_with('s');
    to && words.len() == 1 && page.is_lower(words.start) && !known && !many
}

fn neighbours<'a, 'p>(places: &'a [Place<'p>], own: usize) -> impl Iterator<Item = (usize, &'a Place<'p>)> {
    let from = own.saturating_sub(NEIGHBOURS);
    places.iter().enumerate().skip(from).take(2 * NEIGHBOURS + 1).filter(move |(i, _)| *i != own)
}

fn anchor(passage: &Passage) -> Option<Range<usize>> {
    let cue = passage.cue.iter().find(|cue| !cue.is_empty());
    let content = passage.content.iter().find(|content| !content.is_empty());
    cue.cloned().or_else(|| content.map(|content| content.start..content.start + 1))
}

/// The sentence around `anchor`, no further than [`REACH`] and the content that holds the statement.
fn window(page: &Page<'_>, anchor: &Range<usize>, outer: Option<&Passage>) -> Range<usize> {
    let bounds = outer.and_then(|outer| outer.content.iter().find(|piece| piece.contains(&anchor.start)));
    let bounds = bounds.cloned().unwrap_or(0..page.len());
    let first = page.sentence(anchor.start);
    let last = page.sentence(anchor.end.saturating_sub(1).max(anchor.start));
    let from = bounds.start.max(anchor.start.saturating_sub(REACH));
    let to = bounds.end.min(anchor.end + REACH);
    let start = (from..anchor.start).rev().take_while(|i| page.sentence(*i) == first).last();
    let end = (anchor.end..to).take_while(|i| page.sentence(*i) == last).last();
    start.unwrap_or(anchor.start)..end.map_or(anchor.end, |end| end + 1)
}

/// All mentions of agents, by where they begin.
pub(crate) struct Mentions<'a> {
    spans: Vec<(Span<CodePoint>, &'a AgentId)>,
}

impl<'a> Mentions<'a> {
    pub(crate) fn of(agents: &'a [Agent]) -> Self {
        let mut spans: Vec<_> = agents
            .iter()
            .flat_map(|agent| agent.mentions.iter().map(move |span| (*span, &agent.id)))
            .collect();
        spans.sort_by_key(|(span, _)| (span.start, span.end));
        Mentions { spans }
    }

    /// The agent with the mention that shares most with `span`; of several the last, where the head of a name stands.
    pub(super) fn agent(&self, span: Span<CodePoint>) -> Option<AgentId> {
        let shared = |mention: &Span<CodePoint>| {
            mention.end.min(span.end).0.saturating_sub(mention.start.max(span.start).0)
        };
        let end = self.spans.partition_point(|(mention, _)| mention.start < span.end);
        let near = self.spans[..end].iter().rev().take(OVERLAPPING);
        let best = near
            .filter(|(mention, _)| shared(mention) > 0)
            .max_by_key(|(mention, _)| (shared(mention), mention.start));
        best.map(|(_, agent)| (*agent).clone())
    }
}

/// So many mentions may overlap one place.
const OVERLAPPING: usize = 16;
