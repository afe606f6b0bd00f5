//! Which agents a record lists, and what it tells of each.

use super::cast::{Cast, Entity};
use super::name::is_known_body;
use super::page::Page;
use super::rules::Class;
use onrecord_record::{Agent, AgentId, AgentKind, Alias, CodePoint, DocumentId, Role, Span, TextIndex};
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::Range;

/// How sure a mention is that bears the agent's own name, and one that only means it.
const NAMED: f32 = 0.97;
const MEANT: f32 = 0.85;

/// Whether an entity is listed although it says nothing: somebody or something that can speak, by a name of its own, in
/// running text. In a headline every word is written large, so it does not tell.
pub(super) fn is_named(page: &Page<'_>, entity: &Entity) -> bool {
    // "EGG, Rolf" stands in a list, not in a headline.
    let inverted = page.word(entity.best.start + 1) == "," && entity.kind == Some(AgentKind::Person);
    if !inverted && entity.named.iter().all(|range| page.in_headline(range.start)) {
        return false;
    }
    let last = || entity.best.clone().rev().find(|&i| page.is_word(i)).unwrap_or(entity.best.start);
    // "Department of State" is no state.
    let head =
        || entity.best.clone().find(|&i| page.word(i) == "of").map_or_else(last, |of| of.saturating_sub(1));
    match entity.kind {
        Some(AgentKind::Person) => {
            let titled = || entity.named.iter().any(|range| range.len() > entity.best.len());
            entity.units > 1 || !entity.roles.is_empty() || entity.certain && titled()
        }
        Some(AgentKind::Organisation) => {
            !entity.place
                && (is_known_body(page, entity.best.clone())
                    || entity.composed
                    || entity.employs
                    || !entity.aliases.is_empty()
                    || entity.units > 1
                        && !(page.is(last(), Class::LOCALITY) && page.is(head(), Class::LOCALITY)))
        }
        Some(AgentKind::Document) => entity.composed || entity.units > 1 && page.is(last(), Class::STUDY),
        Some(AgentKind::Group | AgentKind::Unnamed) | None => false,
    }
}

/// Gives those their kind of whom the text says "he" or "she".
pub(super) fn see_persons(page: &Page<'_>, cast: &mut Cast) {
    let gendered = |range: &Range<usize>| {
        range.len() == 1 && (page.is(range.start, Class::HE) || page.is(range.start, Class::SHE))
    };
    for entity in cast.entities.iter_mut().filter(|entity| entity.kind.is_none() && entity.units > 0) {
        if entity.meant.iter().any(gendered) {
            entity.kind = Some(AgentKind::Person);
        }
    }
}

/// Whether an entity without a full name is listed because the text comes back to it.
pub(super) fn is_somebody(entity: &Entity) -> bool {
    entity.mentioned.len() > 1 && entity.kind.is_some() && !entity.place
}

/// The record's line for an entity; nothing when it has no place in the text.
pub(super) fn agent(
    document: &DocumentId,
    index: &TextIndex<'_>,
    page: &Page<'_>,
    entity: &Entity,
) -> Option<Agent> {
    let place = |range: &Range<usize>| Some(index.code_points(page.span(range.clone())?));
    let mut names = Vec::new();
    let mut seen = FxHashSet::default();
    for range in &entity.named {
        let text = page.slice(range.clone());
        if !text.is_empty() && seen.insert(text) {
            names.push(text.to_owned());
        }
    }
    // Where a network found the whole phrase, its parts are no mentions beside it. For each phrase, in the order of their
    // starts, the farthest end so far.
    let mut reach: Vec<(usize, usize)> =
        entity.mentioned.iter().map(|(whole, _)| (whole.start, whole.end)).collect();
    reach.sort_unstable();
    let mut farthest = 0;
    for (_, end) in &mut reach {
        farthest = farthest.max(*end);
        *end = farthest;
    }
    let apart = |range: &Range<usize>| {
        let before = reach.partition_point(|(start, _)| *start <= range.start);
        before.checked_sub(1).and_then(|last| reach.get(last)).is_none_or(|(_, end)| *end < range.end)
    };
    let named = entity.named.iter().filter(|range| apart(range)).map(|range| (range, NAMED));
    let meant = entity.meant.iter().filter(|range| apart(range)).map(|range| (range, MEANT));
    let found = entity.mentioned.iter().map(|(range, sure)| (range, *sure));
    let mut sure: Vec<(Span<CodePoint>, f32)> =
        named.chain(meant).chain(found).filter_map(|(range, sure)| Some((place(range)?, sure))).collect();
    sure.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
    sure.dedup_by_key(|(span, _)| *span);
    let (mentions, mention_confidence): (Vec<Span<CodePoint>>, Vec<f32>) = sure.into_iter().unzip();
    let mut roles: Vec<Role> = entity
        .roles
        .iter()
        .filter_map(|range| Some(Role { text: page.slice(range.clone()).to_owned(), span: place(range)? }))
        .collect();
    roles.sort_by_key(|role| role.span);
    let mut aliases: Vec<Alias> = entity
        .aliases
        .iter()
        .filter_map(|range| Some(Alias { name: page.slice(range.clone()).to_owned(), span: place(range)? }))
        .collect();
    aliases.sort_by_key(|alias| alias.span);
    aliases.dedup();
    let id = AgentId::new(document, *mentions.first()?);
    Some(Agent {
        id,
        document: document.clone(),
        name: page.slice(entity.best.clone()).to_owned(),
        kind: entity.kind,
        names,
        roles,
        mentions,
        mention_confidence,
        also_known_as: aliases,
    })
}

/// The agents, by first mention, and the place of each entity's among them. A mention belongs to one agent: to who speaks before
/// others, then to who was known first. An agent left without a mention is the one that has its mentions.
pub(super) fn each_mention_once(
    document: &DocumentId,
    mut listed: Vec<(bool, usize, Agent)>,
    entities: usize,
) -> (Vec<Agent>, Vec<Option<usize>>) {
    listed.sort_by_key(|(silent, i, agent)| (*silent, agent.mentions.first().copied(), *i));
    let mut owner: FxHashMap<Span<CodePoint>, usize> = FxHashMap::default();
    let mut kept: Vec<(usize, Agent)> = Vec::with_capacity(listed.len());
    let mut same: Vec<(usize, usize)> = Vec::new();
    for (_, i, mut agent) in listed {
        let own: Vec<(Span<CodePoint>, f32)> = agent
            .mentions
            .iter()
            .copied()
            .zip(agent.mention_confidence.iter().copied())
            .filter(|(span, _)| !owner.contains_key(span))
            .collect();
        let Some((first, _)) = own.first().copied() else {
            if let Some(of) = agent.mentions.first().and_then(|span| owner.get(span)) {
                same.push((i, *of));
            }
            continue;
        };
        own.iter().for_each(|(span, _)| _ = owner.insert(*span, i));
        (agent.mentions, agent.mention_confidence) = own.into_iter().unzip();
        agent.id = AgentId::new(document, first);
        kept.push((i, agent));
    }
    kept.sort_by_key(|(i, agent)| (agent.mentions.first().copied(), *i));
    let mut place = vec![None; entities];
    let mut agents = Vec::with_capacity(kept.len());
    for (i, agent) in kept {
        if let Some(place) = place.get_mut(i) {
            *place = Some(agents.len());
        }
        agents.push(agent);
    }
    for (i, of) in same {
        let known = place.get(of).copied().flatten();
        if let Some(place) = place.get_mut(i) {
            *place = known;
        }
    }
    (agents, place)
}
