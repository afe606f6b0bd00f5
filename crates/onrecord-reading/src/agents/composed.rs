//! Names that end in a word written small: "the Brand administration", "the Norwegian government", "the Brand report".

use super::cast::{Cast, Entity};
use super::name::{Look, Name};
use super::page::Page;
use super::rules::{Class, whole};
use crate::token::Gap;
use onrecord_record::AgentKind;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// Adds the bodies and documents that are named so. One that was read as a source before gets its other mentions.
pub(super) fn add(page: &Page<'_>, names: &[Name], cast: &mut Cast) {
    let mut known: FxHashMap<u64, usize> = FxHashMap::default();
    let mut read: FxHashMap<usize, (usize, usize)> = FxHashMap::default();
    for (of, entity) in cast.entities.iter().enumerate() {
        for range in entity.named.iter().chain(&entity.meant) {
            read.entry(range.end).or_insert((range.start, of));
        }
    }
    let mut found: Vec<(u64, Range<usize>, AgentKind)> = Vec::new();
    for (n, name) in names.iter().enumerate() {
        let Some((noun, kind)) = noun_behind(page, name) else { continue };
        let bearer = match cast.of.get(n).copied().flatten() {
            Some(of) => of as u64,
            None => whole(name.name.clone().map(|i| page.key(i))),
        };
        found.push((whole([bearer, page.key(noun)].into_iter()), name.name.start..noun + 1, kind));
    }
    for (key, range, _) in &found {
        // An article may stand before it; "the head of the Brand administration" is somebody else.
        if let Some((start, of)) = read.get(&range.end)
            && start + 2 >= range.start
        {
            known.entry(*key).or_insert(*of);
        }
    }
    let mut touched = Vec::new();
    for (key, range, kind) in found {
        let of = *known.entry(key).or_insert_with(|| {
            cast.entities.push(Entity::new(Some(kind), range.clone()));
            cast.entities.len() - 1
        });
        let Some(entity) = cast.entities.get_mut(of) else { continue };
        // What the source was read as stays, unless it was a person's.
        if entity.units == 0 && matches!(entity.kind, None | Some(AgentKind::Unnamed)) {
            entity.kind = Some(kind);
        }
        entity.composed |= entity.kind == Some(kind);
        if read.get(&range.end).is_none_or(|(start, _)| start + 2 < range.start) {
            entity.named.push(range);
            touched.push(of);
        }
    }
    touched.sort_unstable();
    touched.dedup();
    for of in touched {
        if let Some(entity) = cast.entities.get_mut(of) {
            entity.named.sort_by_key(|range| range.start);
        }
    }
}

/// The year before the name of a document is part of it: "2019 Harbour Assessment".
pub(super) fn with_years(page: &Page<'_>, cast: &mut Cast) {
    let dated = |range: &Range<usize>| {
        let year = range.start.checked_sub(1).filter(|_| page.gap(range.start) == Gap::Space);
        year.filter(|&i| page.word(i).len() == 4 && page.word(i).bytes().all(|b| b.is_ascii_digit()))
    };
    for entity in cast.entities.iter_mut().filter(|e| e.kind == Some(AgentKind::Document) && e.units > 1) {
        for range in std::iter::once(&mut entity.best).chain(&mut entity.named) {
            range.start = dated(range).unwrap_or(range.start);
        }
    }
}

/// The noun behind a name that makes a body or a document of it.
fn noun_behind(page: &Page<'_>, name: &Name) -> Option<(usize, AgentKind)> {
    let noun = name.run.end;
    let definite = name.run.start.checked_sub(1).is_some_and(|i| matches!(page.word(i), "the" | "The"));
    if page.in_headline(noun) || !page.is_lower(noun) || page.is_joined(noun) {
        return None;
    }
    // "the Brand campaign manager", "the Brand report card": the noun belongs to the next one.
    let next = noun + 1;
    let compound = page.is_lower(next)
        && !page.is(next, Class::FUNCTION)
        && [Class::ROLE, Class::GROUP, Class::UNNAMED, Class::DOCUMENT, Class::ORGANISATION]
            .iter()
            .any(|&class| page.is(next, class));
    if compound {
        return None;
    }
    let people = name.name.clone().all(|i| page.is(i, Class::PEOPLE) || !page.is_word(i));
    let named = matches!(name.look, Look::Person | Look::Several | Look::Single) && !people;
    if page.is(noun, Class::RULING) && (definite || people) && (named || people || name.look == Look::Place) {
        return Some((noun, AgentKind::Organisation));
    }
    if !definite || !named {
        return None;
    }
    if page.is(noun, Class::RETINUE) {
        return Some((noun, AgentKind::Organisation));
    }
    page.is(noun, Class::STUDY).then_some((noun, AgentKind::Document))
}
