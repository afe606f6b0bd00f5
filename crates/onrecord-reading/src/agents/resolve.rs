//! Each source to its speaker.

use super::antecedent::{Scene, Speech};
use super::cast::{Cast, Entity};
use super::name::Name;
use super::page::Page;
use super::phrase::{Article, Head, kind_of};
use super::rules::{Class, RULES};
use super::saying::{Saying, nest, saying};
use crate::attribution::Attribution;
use crate::token::Gap;
use onrecord_record::AgentKind;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// Finds the speaker of every attribution, as an index into the cast; sources that describe become entities.
pub(super) fn resolve(
    page: &Page<'_>,
    names: &[Name],
    cast: &mut Cast,
    attributions: &[Attribution],
) -> Vec<Option<usize>> {
    let mut sayings: Vec<Saying> =
        attributions.iter().map(|attribution| saying(page, names, attribution)).collect();
    let mut order: Vec<usize> = (0..sayings.len()).collect();
    order.sort_by_key(|&i| (sayings[i].at, i));
    nest(page, attributions, &order, &mut sayings);

    let mut stage = Stage {
        page,
        names,
        cast,
        speakers: vec![None; sayings.len()],
        described: FxHashMap::default(),
        wordings: FxHashMap::default(),
        offices: FxHashMap::default(),
    };
    stage.collect_offices();
    for &i in &order {
        if let Head::Names { names, before } = &sayings[i].head {
            stage.speakers[i] = stage.named(names, before.clone(), &sayings[i]);
        }
    }
    stage.collect_offices();
    let mut speeches: Vec<Speech> = Vec::new();
    for (n, &i) in order.iter().enumerate() {
        if stage.speakers[i].is_none() {
            let last = n.checked_sub(1).map(|n| order[n]);
            stage.speakers[i] = stage.other(&sayings, i, last, &speeches);
        }
        if let Some(entity) = stage.speakers[i] {
            speeches.push(Speech { at: sayings[i].at, entity });
        }
    }
    // "I" last: whoever says the words around it is known by now.
    for &i in &order {
        if let Head::Pronoun(at) = sayings[i].head
            && page.is(at, Class::FIRST)
        {
            let mut around = sayings[i].around;
            for _ in 0..4 {
                let Some(outer) = around else { break };
                if let Some(speaker) = stage.speakers[outer] {
                    stage.mention(speaker, at..at + 1);
                    stage.speakers[i] = Some(speaker);
                    break;
                }
                around = sayings[outer].around;
            }
        }
    }
    stage.speakers
}

struct Stage<'a, 'p> {
    page: &'a Page<'p>,
    names: &'a [Name],
    cast: &'a mut Cast,
    speakers: Vec<Option<usize>>,
    /// Descriptions by where they stand.
    described: FxHashMap<(usize, usize), usize>,
    /// Descriptions by their words.
    wordings: FxHashMap<u64, usize>,
    /// Who bears an office.
    offices: FxHashMap<u64, Vec<usize>>,
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
        if entity.can_be_person() {
            if let Some(role) =
                super::role::behind(self.page, name.run.end, Some(saying.source.end.max(name.run.end)))
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
            Head::Nothing if saying.source.is_empty() && !saying.has_cue => self.continued(sayings, i, last?),
            Head::Nothing | Head::Names { .. } => None,
            Head::Pronoun(at) => {
                let scene = Scene { page: self.page, names: self.names, cast: self.cast, speeches, around };
                let found = scene.pronoun(*at)?;
                self.mention(found, *at..*at + 1);
                Some(found)
            }
            Head::Relative(at) => self.relative(*at),
            Head::Noun { head, range, kind, article } => {
                if let Some(found) = self.known(*head, range, *kind, *article, speeches) {
                    self.mention(found, range.clone());
                    return Some(found);
                }
                let plausible =
                    kind.is_some() || *article != Article::None && self.page.word(*head).len() > 2;
                plausible.then(|| self.describe(range.clone(), *kind, *head, *article))
            }
        }
    }

    /// A quotation without source or cue goes on with the speaker of the one before.
    fn continued(&self, sayings: &[Saying], i: usize, last: usize) -> Option<usize> {
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

    /// Somebody named or described before whom a definite description means.
    fn known(
        &self,
        head: usize,
        range: &Range<usize>,
        kind: Option<AgentKind>,
        article: Article,
        speeches: &[Speech],
    ) -> Option<usize> {
        let page = self.page;
        if article != Article::Definite && !(article == Article::None && page.is_capitalised(head)) {
            return None;
        }
        let person = page.is(head, Class::TITLE) && !page.word(head).ends_with('s');
        if person && let Some(of) = self.bearer(head, range) {
            return Some(of);
        }
        let definite = matches!(page.word(range.start), "the" | "The");
        if definite && range.end == head + 1 && page.is(head, Class::RESTATING) {
            let scene = Scene { page, names: self.names, cast: self.cast, speeches, around: None };
            return scene.described(head, super::role::offices(page, head..head + 1).1);
        }
        if matches!(kind, Some(AgentKind::Document | AgentKind::Unnamed | AgentKind::Organisation))
            && article == Article::Definite
        {
            let key = page.key(head);
            let near = |speech: &&Speech| {
                kind != Some(AgentKind::Organisation)
                    || page.paragraph(range.start).saturating_sub(page.paragraph(speech.at)) <= 6
            };
            let same = speeches.iter().rev().take(24).filter(near).find(|speech| {
                self.cast.entities.get(speech.entity).is_some_and(|entity| {
                    let has = |key: u64| entity.best.clone().any(|i| page.key(i) == key);
                    entity.kind == kind
                        && has(key)
                        && range
                            .clone()
                            .all(|i| !page.is_word(i) || page.is(i, Class::FUNCTION) || has(page.key(i)))
                })
            });
            if let Some(speech) = same {
                return Some(speech.entity);
            }
        }
        if kind == Some(AgentKind::Organisation) && article == Article::Definite && range.len() <= 2 {
            let at = self.names.partition_point(|name| name.run.start < range.start);
            let key = page.key(head);
            return (0..at).rev().take(60).find_map(|n| {
                let name = self.names.get(n)?;
                (name.run.len() > 1 && name.last == key)
                    .then(|| self.cast.of.get(n).copied().flatten())
                    .flatten()
            });
        }
        None
    }

    /// The last named of those who bear the office of a description and are of its party, if it tells one.
    fn bearer(&self, head: usize, range: &Range<usize>) -> Option<usize> {
        let page = self.page;
        let key = |i: usize| RULES.office(page.key(i));
        let party = range.clone().find(|&i| page.is(i, Class::PEOPLE)).map(key);
        let mut bearers = self.offices.get(&key(head)).map_or(&[][..], Vec::as_slice);
        let holds = |of: &usize, office: u64| {
            self.cast.entities.get(*of).is_some_and(|entity| entity.offices.contains(&office))
        };
        let of_party = |of: &usize| party.is_none_or(|party| holds(of, party));
        let rival = |of: &usize| {
            party.is_some()
                && !of_party(of)
                && [
                    "republican",
                    "democratic",
                    "labour",
                    "conservative",
                    "libertarian",
                    "green",
                    "liberal",
                    "socialist",
                ]
                .iter()
                .any(|name| holds(of, RULES.office(super::rules::key(name))))
        };
        if let Some(party) = party
            && !bearers.iter().any(|of| !rival(of))
        {
            bearers = self.offices.get(&party).map_or(&[][..], Vec::as_slice);
        }
        let recent = bearers
            .iter()
            .filter(|of| !rival(of))
            .filter_map(|&of| Some((of_party(&of), self.last_named(of, range.start)?, of)));
        recent.max().map(|(_, _, of)| of)
    }

    fn last_named(&self, of: usize, before: usize) -> Option<usize> {
        let named = &self.cast.entities.get(of)?.named;
        named
            .get(named.partition_point(|range| range.start < before).checked_sub(1)?)
            .map(|range| range.start)
    }

    /// What "who" or "which" at `at` takes up.
    fn relative(&mut self, at: usize) -> Option<usize> {
        let page = self.page;
        let mut end = at;
        while end > 0
            && at - end < 6
            && matches!(page.word(end - 1), "," | "of" | "most" | "many" | "some" | "all" | ")")
        {
            end -= 1;
        }
        let n = self.names.partition_point(|name| name.run.start < end).checked_sub(1);
        let who = matches!(page.word(at), "who" | "whom" | "whose");
        if who && let Some(person) = n.and_then(|n| self.person_behind(n, end, at)) {
            return Some(person);
        }
        let name = n.and_then(|n| self.names.get(n));
        if let (Some(n), Some(name)) = (n, name) {
            let near = end - name.run.end.min(end) <= 1
                || page.word(name.run.end) == "," && end - name.run.end.min(end) < 25
                || page.word(name.run.end) == "(" && end - name.run.end.min(end) < 6;
            let noun_between = || (name.run.end + 1..end).any(|i| page.is(i, Class::GROUP));
            if near
                && !noun_between()
                && page.sentence(name.run.start) == page.sentence(at)
                && let Some(of) = self.cast.of.get(n).copied().flatten()
                && (!who || self.can_be_who(of, name))
            {
                return Some(of);
            }
        }
        if page.gap(at) > Gap::Space {
            return None;
        }
        // "critics in Congress who": the last noun for people that a preposition follows.
        let last = end.checked_sub(1)?;
        let noun = (end.saturating_sub(6)..end).rev().find(|&i| {
            page.is_word(i)
                && page.sentence(i) == page.sentence(at)
                && kind_of(page, i).is_some()
                && (i == last
                    || page.is(i, Class::GROUP)
                        && page.is(i + 1, Class::FUNCTION)
                        && page.word(i + 1) != "of")
        })?;
        let kind = kind_of(page, noun)?;
        let mut start = noun;
        while start > 0 && noun - start < 5 && page.gap(start) == Gap::Space {
            let i = start - 1;
            let part = [Class::MODIFIER, Class::PEOPLE, Class::ROLE, Class::GROUP, Class::ORGANISATION]
                .iter()
                .any(|&class| page.is(i, class))
                || page.is_capitalised(i) && !page.is(i, Class::FUNCTION);
            if !part {
                break;
            }
            start = i;
        }
        Some(self.describe(start..noun + 1, Some(kind), noun, Article::None))
    }

    /// Whether "who" can go back to this name: not to a place or body, nor to "in Korr".
    fn can_be_who(&self, of: usize, name: &Name) -> bool {
        let before = name.run.start.checked_sub(1).map_or("", |i| self.page.word(i));
        match self.cast.entities.get(of).and_then(|entity| entity.kind) {
            None => !matches!(before, "in" | "at" | "from" | "on"),
            kind => kind != Some(AgentKind::Organisation),
        }
    }

    /// The person of the sentence whom a clause with "who" behind `end` describes: "Ana Brand, of Korr, who".
    fn person_behind(&self, n: usize, end: usize, at: usize) -> Option<usize> {
        let page = self.page;
        (0..=n).rev().take(4).find_map(|n| {
            let name = self.names.get(n)?;
            let of = self.cast.of.get(n).copied().flatten()?;
            let close = name.run.end >= end
                || page.word(name.run.end) == "," && end - name.run.end < 25 && page.word(end) == ",";
            let same = page.sentence(name.run.start) == page.sentence(at);
            let person = self.cast.entities.get(of)?.kind == Some(AgentKind::Person);
            let others = || (name.run.end.min(end)..end).any(|i| page.is(i, Class::GROUP));
            (same && close && person && !others()).then_some(of)
        })
    }

    /// The entity of a description; the same words mean the same one, unless they begin with "a".
    fn describe(
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
        let known = self.wordings.get(&wording).copied().filter(|_| article != Article::Indefinite);
        let of = known.unwrap_or_else(|| {
            let mut entity = Entity::new(kind, range.clone());
            if kind == Some(AgentKind::Unnamed) && self.page.is(head, Class::ROLE) {
                entity.gender = super::role::offices(self.page, head..head + 1).1;
                entity.offices.push(RULES.office(self.page.key(head)));
            }
            self.cast.entities.push(entity);
            self.cast.entities.len() - 1
        });
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
