//! Gathers for each person the offices and descriptions that the text tells.

use super::cast::Cast;
use super::description::{self, behind, clause, office, party};
use super::name::{Look, Name};
use super::page::Page;
use super::role::{self, before, before_comma};
use super::rules::Class;
use onrecord_record::AgentKind;
use std::ops::Range;

/// Reads what stands around every naming mention of a person.
pub(super) fn give_roles(page: &Page<'_>, names: &[Name], cast: &mut Cast) {
    for (n, name) in names.iter().enumerate() {
        let Some(entity) = cast.of.get(n).copied().flatten().and_then(|of| cast.entities.get_mut(of)) else {
            continue;
        };
        if !entity.can_be_person() {
            continue;
        }
        let full = name.units > 1 && !matches!(name.look, Look::Office | Look::Other);
        let before = before(page, name);
        let party = party(page, name.run.end);
        let behind = behind(page, name.run.end, None);
        let alone =
            name.look == Look::Single && page.begins_sentence(name.run.start) && !is_placed(page, name);
        let aged = full && description::has_age(page, name.run.end);
        if before.is_some() || party.is_some() || aged || behind.is_some() && (full || alone) {
            entity.kind = Some(AgentKind::Person);
        }
        let person = entity.kind == Some(AgentKind::Person);
        let led = if full { before_comma(page, name) } else { None };
        let clause = clause(page, name.run.end).filter(|_| person && !page.in_headline(name.run.start));
        let held = held(page, name).filter(|_| person);
        for role in before.into_iter().chain(behind).chain(party).chain(led).chain(clause).chain(held) {
            role::add(page, entity, role);
        }
    }
}

/// Whether the name stands behind a word for a place or direction: "in Korr".
fn is_placed(page: &Page<'_>, name: &Name) -> bool {
    let word = name.run.start.checked_sub(1).map_or("", |i| page.word(i));
    matches!(word, "in" | "In" | "at" | "At" | "from" | "From" | "of" | "to" | "the" | "The" | "on" | "On")
}

/// "As governor, Ana Kell", "Ana Kell has slept since becoming mayor".
fn held(page: &Page<'_>, name: &Name) -> Option<Range<usize>> {
    if let Some(comma) = name.run.start.checked_sub(1).filter(|&i| page.word(i) == ",") {
        let from = (comma.saturating_sub(10)..comma).rev().find(|&i| page.begins_sentence(i))?;
        return (page.word(from) == "As")
            .then(|| office(page, from + 1))
            .flatten()
            .filter(|role| role.end == comma);
    }
    if !page.begins_sentence(name.run.start) {
        return None;
    }
    let sentence = page.sentence(name.run.start);
    let at = (name.run.end..name.run.end + 40).take_while(|&i| page.sentence(i) == sentence).find(|&i| {
        page.word(i) == "becoming" && matches!(page.word(i - 1), "since" | "before" | "after" | "upon" | "by")
    })?;
    let owner = owned(page, at + 1);
    office(page, owner).map(|role| at + 1..role.end)
}

/// Behind a possessive at `i`: "America's chief diplomat".
fn owned(page: &Page<'_>, i: usize) -> usize {
    let mark = (i + 1..i + 4).find(|&k| page.possessive(k) > 0);
    mark.filter(|_| page.is_capitalised(i)).map_or(i, |mark| mark + page.possessive(mark))
}

/// Descriptions that were found to mean a person tell of it too: "the former harbour secretary".
pub(super) fn give_descriptions(page: &Page<'_>, cast: &mut Cast) {
    for entity in cast.entities.iter_mut().filter(|entity| entity.kind == Some(AgentKind::Person)) {
        for range in entity.meant.clone() {
            let start = range.start + 1;
            let definite = matches!(page.word(range.start), "the" | "The");
            let noun = (start..range.end)
                .take_while(|&i| !page.is(i, Class::FUNCTION))
                .filter(|&i| page.is(i, Class::ROLE))
                .last();
            let telling = noun.is_some_and(|noun| noun > start) && range.len() < 9;
            if definite && telling && !page.in_headline(start) {
                role::add(page, entity, start..range.end);
            }
        }
    }
}
