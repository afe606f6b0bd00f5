//! Each source to its speaker.

use super::antecedent::{Scene, Speech};
use super::cast::{Cast, Entity};
use super::coreference::Chains;
use super::name::{Look, Name};
use super::page::Page;
use super::phrase::{Article, Head, head, kind_of};
use super::rules::{Class, RULES};
use super::saying::{Saying, nest, saying};
use super::turn::{self, Signed};
use crate::attribution::{Attribution, Label};
use onrecord_record::AgentKind;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// Finds the speaker of every attribution, as an index into the cast; sources that describe become entities.
pub(super) fn resolve(
    page: &Page<'_>,
    names: &[Name],
    cast: &mut Cast,
    attributions: &[Attribution],
    turns: Vec<Label>,
    chains: &Chains,
) -> Vec<Option<usize>> {
    let (mut stage, _) = staged(page, names, cast, attributions, turns, chains);
    stage.give_mentions(attributions);
    stage.speakers
}

/// Whom the rules take the mentions at `places` (range and head) to mean, as far as they tell: pronouns, and descriptions
/// that restate. An entity behind the last of the cast is one without a name.
pub(super) fn by_rules(
    page: &Page<'_>,
    names: &[Name],
    cast: &Cast,
    attributions: &[Attribution],
    turns: &[Label],
    places: &[(Range<usize>, usize)],
) -> Vec<Option<usize>> {
    let mut cast = cast.clone();
    let none = Chains::default();
    let (mut stage, speeches) = staged(page, names, &mut cast, attributions, turns.to_vec(), &none);
    let inside = innermost(page, attributions);
    places
        .iter()
        .map(|(range, at)| {
            let heard = speeches.partition_point(|speech| speech.at < range.start);
            let heard = speeches.get(..heard).unwrap_or_default();
            let around = inside.get(*at).copied().flatten();
            let around = around.and_then(|around| stage.speakers.get(around).copied().flatten());
            match head(page, names, range.clone()) {
                Head::Pronoun(at) if !page.is(at, Class::FIRST) => stage.pronoun(at, heard, around),
                Head::Noun { head, range, kind, article } => stage.known(head, &range, kind, article, heard),
                _ => None,
            }
        })
        .collect()
}

/// For each token the attribution within whose content it stands, the innermost; turns apart.
pub(super) fn innermost(page: &Page<'_>, attributions: &[Attribution]) -> Vec<Option<usize>> {
    let length = |one: &Attribution| {
        one.content.iter().map(|span| span.end.index().saturating_sub(span.start.index())).sum::<usize>()
    };
    // The longest first, so that the innermost is written last.
    let mut order: Vec<usize> = (0..attributions.len()).filter(|&i| !attributions[i].turn).collect();
    order.sort_by_key(|&i| (std::cmp::Reverse(length(&attributions[i])), i));
    let mut inside = vec![None; page.len()];
    for i in order {
        for span in &attributions[i].content {
            page.within(*span).for_each(|at| inside[at] = Some(i));
        }
    }
    inside
}

fn staged<'a, 'p>(
    page: &'a Page<'p>,
    names: &'a [Name],
    cast: &'a mut Cast,
    attributions: &[Attribution],
    turns: Vec<Label>,
    chains: &'a Chains,
) -> (Stage<'a, 'p>, Vec<Speech>) {
    let mut sayings: Vec<Saying> =
        attributions.iter().map(|attribution| saying(page, names, attribution)).collect();
    // What stands within the content of others comes behind the rest and is heard last, so that it changes nothing of it.
    let outer = attributions.iter().take_while(|attribution| attribution.within.is_none()).count();
    let mut order: Vec<usize> = (0..outer).collect();
    order.sort_by_key(|&i| (sayings[i].at, i));
    nest(page, attributions.get(..outer).unwrap_or_default(), &order, &mut sayings);
    for (saying, attribution) in sayings.iter_mut().zip(attributions).skip(outer) {
        saying.around = attribution.within.filter(|around| *around < attributions.len());
    }

    for turn in turns.iter().filter(|turn| !turn.nameless) {
        let of = turn::name_in(names, &turn.name).and_then(|n| cast.of.get(n).copied().flatten());
        if let Some(entity) = of.and_then(|of| cast.entities.get_mut(of))
            && entity.kind.is_none()
        {
            entity.kind = Some(AgentKind::Person);
        }
    }
    let signed = if turns.is_empty() { turn::signed(page, names, cast) } else { Signed::default() };
    let mut stage = Stage {
        page,
        names,
        cast,
        turns,
        signed,
        chains,
        nameless: vec![None; chains.members.len()],
        settled: FxHashMap::default(),
        speakers: vec![None; sayings.len()],
        described: FxHashMap::default(),
        wordings: FxHashMap::default(),
        offices: FxHashMap::default(),
    };
    stage.collect_offices();
    for &i in &order {
        if attributions[i].turn {
            let turn = turn::turn_at(&stage.turns, sayings[i].content.start);
            stage.speakers[i] = turn.and_then(|turn| stage.turn_speaker(turn));
        } else if let Head::Names { names, before } = &sayings[i].head {
            stage.speakers[i] = stage.named(names, before.clone(), &sayings[i]);
        }
    }
    stage.collect_offices();
    let mut speeches: Vec<Speech> = Vec::new();
    for (n, &i) in order.iter().enumerate() {
        if stage.speakers[i].is_none() && !attributions[i].turn {
            let last = n.checked_sub(1).map(|n| order[n]);
            stage.speakers[i] = stage.other(&sayings, i, last, &speeches);
        }
        if let Some(entity) = stage.speakers[i] {
            speeches.push(Speech { at: sayings[i].at, entity });
        }
    }
    // "I" last: whoever says the words around it is known by now.
    for &i in &order {
        stage.speakers[i] = stage.speakers[i].or_else(|| stage.first_person(&sayings, i));
    }
    for i in outer..sayings.len() {
        let heard = speeches.partition_point(|speech| speech.at <= sayings[i].at);
        stage.speakers[i] = match &sayings[i].head {
            Head::Names { names, before } => stage.named(names, before.clone(), &sayings[i]),
            _ => stage
                .other(&sayings, i, None, speeches.get(..heard).unwrap_or_default())
                .or_else(|| stage.first_person(&sayings, i)),
        };
    }
    (stage, speeches)
}

/// A chain less sure than this goes behind what the rules say of a pronoun. Chosen on half of the gold of speakers.
pub(super) const SURE: f32 = 0.8;
/// How many tokens of a turn are looked through for a question mark.
const LONGEST_QUESTION: usize = 400;

pub(super) struct Stage<'a, 'p> {
    pub(super) page: &'a Page<'p>,
    pub(super) names: &'a [Name],
    pub(super) cast: &'a mut Cast,
    pub(super) speakers: Vec<Option<usize>>,
    pub(super) turns: Vec<Label>,
    signed: Signed,
    /// Who is meant where, as a network sees it, and the entity of each chain that has no name.
    pub(super) chains: &'a Chains,
    pub(super) nameless: Vec<Option<usize>>,
    /// Who was found to speak by the pronoun or the noun at a token.
    pub(super) settled: FxHashMap<usize, usize>,
    /// Descriptions by where they stand.
    pub(super) described: FxHashMap<(usize, usize), usize>,
    /// Descriptions by their words.
    wordings: FxHashMap<u64, usize>,
    /// Who bears an office.
    pub(super) offices: FxHashMap<u64, Vec<usize>>,
}

impl Stage<'_, '_> {
    fn collect_offices(&mut self) {
        self.offices.clear();
        for (i, entity) in self.cast.entities.iter().enumerate() {
            for office in &entity.offices {
                let all = self.offices.entry(*office).or_default();
                if all.len() < 32 && !all.contains(&i) {
                    all.push(i);
                }
            }
        }
    }

    /// Whom "I" means: whoever says the words around it, or whoever signs the text.
    fn first_person(&mut self, sayings: &[Saying], i: usize) -> Option<usize> {
        let saying = sayings.get(i)?;
        let Head::Pronoun(at) = saying.head else { return None };
        if !self.page.is(at, Class::FIRST) {
            return None;
        }
        let mut around = saying.around;
        let mut found = None;
        for _ in 0..4 {
            let Some(outer) = around.filter(|_| found.is_none()) else { break };
            found = self.speakers.get(outer).copied().flatten();
            around = sayings.get(outer).and_then(|outer| outer.around);
        }
        let found = found.or_else(|| self.author(at))?;
        self.mention(found, at..at + 1);
        Some(found)
    }

    /// A description that means somebody, and with it the chain that it is in.
    fn settle(&mut self, head: usize, found: usize) {
        self.settled.insert(head, found);
        if let Some(place) = self.chain_without_name(head).and_then(|chain| self.nameless.get_mut(chain)) {
            *place = place.or(Some(found));
        }
    }

    fn mention(&mut self, entity: usize, range: Range<usize>) {
        if let Some(entity) = self.cast.entities.get_mut(entity) {
            entity.meant.push(range);
        }
    }

    fn named(&mut self, heads: &[usize], before: Range<usize>, saying: &Saying) -> Option<usize> {
        let (&first, &last) = (heads.first()?, heads.last()?);
        if heads.len() > 1 {
            let (from, to) = (self.names.get(first)?.run.start, self.names.get(last)?.run.end);
            return Some(self.describe(from..to, Some(AgentKind::Group), from, Article::None));
        }
        let name = self.names.get(first)?;
        let of = (*self.cast.of.get(first)?)?;
        let entity = self.cast.entities.get_mut(of)?;
        // "The Argus" is no person, whatever a pronoun near it says.
        let article =
            name.run.start.checked_sub(1).is_some_and(|i| matches!(self.page.word(i), "The" | "the"));
        let body = article && entity.units == 1 && name.look == Look::Single;
        if body && !entity.certain && entity.roles.is_empty() {
            entity.kind =
                entity.kind.filter(|kind| *kind != AgentKind::Person).or(Some(AgentKind::Organisation));
        }
        if entity.can_be_person() {
            if let Some(role) =
                super::description::behind(self.page, name.run.end, Some(saying.source.end.max(name.run.end)))
            {
                entity.kind = Some(AgentKind::Person);
                super::role::add(self.page, entity, role);
            }
            if name.run.end < saying.source.end
                && (self.page.word(name.run.end) == "who" || self.page.word(name.run.end + 1) == "who")
            {
                entity.kind = Some(AgentKind::Person);
            }
            let start = super::role::page_start(self.page, before.start, before.end);
            let mut end = before.end;
            while end > start && !self.page.is_word(end - 1) {
                end -= 1;
            }
            if start < end && (start..end).any(|i| self.page.is(i, Class::ROLE)) {
                entity.kind = Some(AgentKind::Person);
                let whole =
                    start..if super::role::title(self.page, name).is_some() { name.name.start } else { end };
                super::role::add(self.page, entity, whole);
            }
        }
        Some(of)
    }

    fn other(
        &mut self,
        sayings: &[Saying],
        i: usize,
        last: Option<usize>,
        speeches: &[Speech],
    ) -> Option<usize> {
        let saying = sayings.get(i)?;
        let around = saying.around.and_then(|outer| *self.speakers.get(outer)?);
        match &saying.head {
            Head::Nothing if saying.source.is_empty() && saying.cue.is_empty() => {
                self.continued(sayings, i, last?)
            }
            Head::Nothing if saying.source.is_empty() => last
                .and_then(|last| self.shared(sayings, i, last))
                .or_else(|| self.before_participle(sayings, i)),
            Head::Nothing | Head::Names { .. } => None,
            Head::Pronoun(at) => {
                let chain = self.pronoun_by_chain(*at, around);
                let found = self.weighed(*at, chain, speeches, around)?;
                // "Kell denied it. “Never,” she said."
                let person = self.page.is(*at, Class::HE) || self.page.is(*at, Class::SHE);
                if person
                    && speeches.last().is_some_and(|last| last.entity == found)
                    && let Some(entity) = self.cast.entities.get_mut(found)
                {
                    entity.kind = entity.kind.or(Some(AgentKind::Person));
                }
                self.settled.insert(*at, found);
                self.mention(found, *at..*at + 1);
                Some(found)
            }
            Head::Relative(at) => self.relative(*at),
            Head::Noun { head, range, .. } if self.is_pair(*head, range) => {
                let found = self.pair(range.start, speeches)?;
                self.mention(found, range.clone());
                Some(found)
            }
            Head::Noun { head, range, kind, article } => {
                let chained = || {
                    let of = self.named_by_chain(*head, *kind, *article);
                    of.filter(|of| !self.page.is(*head, Class::RESTATING) || self.may_mean(*of, range))
                };
                let named = self
                    .apposed(range, *article)
                    .or_else(chained)
                    .or_else(|| self.known(*head, range, *kind, *article, speeches))
                    .or_else(|| self.named_later(*head, range, *kind, *article));
                if let Some(found) = named {
                    self.settle(*head, found);
                    self.mention(found, range.clone());
                    return Some(found);
                }
                let word = self.page.word(*head);
                let several = self.page.is_lower(*head) && word.ends_with('s') && !word.ends_with("ss");
                let plausible = kind.is_some() || (*article != Article::None || several) && word.len() > 2;
                plausible.then(|| self.describe(range.clone(), *kind, *head, *article))
            }
        }
    }

    /// Whom a pronoun means by its chain or by the rules: by the chain where that is sure and has a name, or where the rules
    /// know no name.
    fn weighed(
        &mut self,
        at: usize,
        chain: Option<(usize, f32)>,
        speeches: &[Speech],
        around: Option<usize>,
    ) -> Option<usize> {
        let has_name =
            |stage: &Self, of: &usize| stage.cast.entities.get(*of).is_some_and(|one| one.units > 0);
        let sure = chain.filter(|(_, sure)| *sure >= SURE).map(|(of, _)| of);
        if let Some(of) = sure.filter(|of| has_name(self, of)) {
            return Some(of);
        }
        // What the sentence before is about goes before a chain that has no name either.
        if let Some(of) = self.subject_before(at, speeches) {
            return Some(of);
        }
        let ruled = self.pronoun(at, speeches, around);
        ruled
            .filter(|of| has_name(self, of))
            .or(sure)
            .or(ruled)
            .or(chain.map(|(of, _)| of))
            .or_else(|| self.spoken_of_before(at))
    }

    /// "the pair", "both", "neither": words for two of whom the text has spoken.
    fn is_pair(&self, head: usize, range: &Range<usize>) -> bool {
        let word = self.page.word(head);
        let definite = matches!(self.page.word(range.start), "The" | "the");
        definite && range.end <= head + 1 && matches!(word, "pair" | "duo" | "trio" | "two" | "three")
            || range.len() == 1 && matches!(word, "Both" | "both" | "Neither" | "neither")
    }

    fn pronoun(&mut self, at: usize, speeches: &[Speech], around: Option<usize>) -> Option<usize> {
        let quoted = self.page.in_quotation(at);
        let turn = turn::turn_at(&self.turns, at).filter(|_| !quoted);
        if self.page.is(at, Class::FIRST) {
            return self.turn_speaker(turn?);
        }
        if self.page.is(at, Class::SECOND) {
            return self.addressed(turn?);
        }
        let own = turn.and_then(|turn| self.turn_speaker(turn));
        if let Some(found) = self.subject_before(at, speeches) {
            return Some(found);
        }
        let gendered = self.page.is(at, Class::HE) || self.page.is(at, Class::SHE);
        let restated = if gendered && !quoted { self.bearers_before(at) } else { Vec::new() };
        let (page, names) = (self.page, self.names);
        let scene = Scene { page, names, cast: self.cast, speeches, around, own, restated: &restated };
        scene.pronoun(at)
    }

    /// Whoever the label of a turn names or describes.
    pub(super) fn turn_speaker(&mut self, turn: usize) -> Option<usize> {
        let turn = self.turns.get(turn)?;
        if turn.nameless {
            return None;
        }
        if let Some(n) = turn::name_in(self.names, &turn.name) {
            return *self.cast.of.get(n)?;
        }
        let label = turn.name.clone();
        let head = label.clone().rev().find(|&i| self.page.is_word(i))?;
        let kind = kind_of(self.page, head).or(Some(AgentKind::Unnamed));
        Some(self.describe(label, kind, head, Article::Definite))
    }

    /// Whom the speaker of a turn addresses: a question whoever answers it, anything else the only other party.
    fn addressed(&mut self, turn: usize) -> Option<usize> {
        let (from, to) =
            (self.turns.get(turn)?.name.end, self.turns.get(turn + 1).map(|next| next.name.start));
        let next = self.turn_speaker(turn + 1).filter(|_| to.is_some());
        let asks = (from..to.unwrap_or(from)).take(LONGEST_QUESTION).any(|i| self.page.word(i) == "?");
        let own = self.turn_speaker(turn);
        let last =
            (0..turn).rev().take(2).find_map(|turn| self.turn_speaker(turn).filter(|of| Some(*of) != own));
        let other = match (next, last) {
            (Some(next), _) if asks => Some(next),
            (Some(next), Some(last)) => Some(next).filter(|_| next == last),
            (next, last) => next.or(last),
        };
        other.filter(|of| Some(*of) != own)
    }

    /// Whoever signs the text, for a first person that nobody else speaks.
    pub(super) fn author(&self, at: usize) -> Option<usize> {
        let plural = matches!(self.page.word(at), "We" | "we" | "us" | "our" | "Our" | "US");
        let of = if plural { self.signed.we } else { self.signed.i };
        of.filter(|_| !self.page.in_quotation(at))
    }

    /// The entity of a description; the same words mean the same one, unless they begin with "a".
    pub(super) fn describe(
        &mut self,
        range: Range<usize>,
        kind: Option<AgentKind>,
        head: usize,
        article: Article,
    ) -> usize {
        if let Some(&known) = self.described.get(&(range.start, range.end)) {
            return known;
        }
        let wording = self.wording(range.clone());
        let chain = self.chain_without_name(head);
        let known = chain.and_then(|chain| self.nameless.get(chain).copied().flatten());
        let known =
            known.or_else(|| self.wordings.get(&wording).copied().filter(|_| article != Article::Indefinite));
        let of = known.unwrap_or_else(|| {
            let mut entity = Entity::new(kind, range.clone());
            if kind == Some(AgentKind::Unnamed) && self.page.is(head, Class::ROLE) {
                entity.gender = super::role::offices(self.page, head..head + 1).1;
                entity.offices.push(RULES.office(self.page.key(head)));
            }
            self.cast.entities.push(entity);
            self.cast.entities.len() - 1
        });
        if let Some(place) = chain.and_then(|chain| self.nameless.get_mut(chain)) {
            *place = place.or(Some(of));
        }
        self.wordings.entry(wording).or_insert(of);
        self.described.insert((range.start, range.end), of);
        if let Some(entity) = self.cast.entities.get_mut(of) {
            let at = entity.named.partition_point(|named| named.start < range.start);
            entity.named.insert(at, range);
        }
        of
    }

    /// The words that carry a description, names counting as whom they name.
    fn wording(&self, range: Range<usize>) -> u64 {
        let mut hash = 0_u64;
        let mut add = |part: u64| hash = (hash ^ part).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(23);
        let mut n = self.names.partition_point(|name| name.run.end <= range.start);
        let mut i = range.start;
        while i < range.end {
            if let Some(name) = self.names.get(n).filter(|name| name.run.start <= i) {
                match self.cast.of.get(n).copied().flatten() {
                    Some(of) => add(of as u64 + 1),
                    None => name.run.clone().for_each(|k| add(self.page.key(k))),
                }
                i = name.run.end.max(i + 1);
                n += 1;
                i += self.page.possessive(i);
                continue;
            }
            if self.page.is_word(i) && !matches!(self.page.word(i), "the" | "The") {
                add(self.page.key(i));
            }
            i += 1;
        }
        hash
    }
}
