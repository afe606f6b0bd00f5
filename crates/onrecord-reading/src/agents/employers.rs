//! Names of nothing known that turn out to be bodies, since the text tells of their people: "Harl chief Rolf Egg", "the head
//! of Harl", "Harl workers", "Harl Inc." elsewhere.

use super::cast::{Cast, Entity};
use super::name::{Look, Name, body_of, is_known_body};
use super::page::Page;
use super::rules::{Class, whole};
use onrecord_record::AgentKind;
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::Range;

/// Those whom companies have and places have not: "Harl employees", but "Lund residents" and "the mayor of Lund".
const STAFF: [&str; 28] = [
    "ceo",
    "CEO",
    "cfo",
    "CFO",
    "coo",
    "COO",
    "chairman",
    "chairwoman",
    "chairperson",
    "executive",
    "executives",
    "founder",
    "cofounder",
    "founders",
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "spokespeople",
    "employee",
    "employees",
    "shareholder",
    "shareholders",
    "investors",
    "customers",
    "engineer",
    "engineers",
    "analyst",
    "analysts",
];

/// Makes bodies of the names that have people.
pub(super) fn find(page: &Page<'_>, names: &[Name], cast: &mut Cast) {
    let mut told: FxHashSet<u64> = FxHashSet::default();
    let mut of_none: Vec<usize> = Vec::new();
    for (n, name) in names.iter().enumerate() {
        let of = cast.of.get(n).copied().flatten();
        if name.look == Look::Person && name.name.start > name.run.start {
            // What stands before the office in a title.
            let employer = before_office(page, name.run.start..name.name.start);
            told.extend(employer.filter(|range| has_staff(page, range)).map(|range| key(page, range)));
            continue;
        }
        if let Some(entity) = of.and_then(|of| cast.entities.get(of)) {
            if entity.kind == Some(AgentKind::Organisation) && !entity.place {
                told.extend(without_form(page, name.name.clone()).map(|range| key(page, range)));
            }
            if entity.kind.is_none() && has_people(page, &name.run) {
                of_none.extend(of);
            }
        }
    }
    let employers: Vec<Range<usize>> = names
        .iter()
        .filter(|name| name.look == Look::Person && name.name.start > name.run.start)
        .filter_map(|name| before_office(page, name.run.start..name.name.start))
        .collect();
    for of in of_none {
        if let Some(entity) = cast.entities.get_mut(of) {
            told.insert(key(page, entity.best.clone()));
        }
    }
    for entity in &mut cast.entities {
        let nothing_known = entity.kind.is_none() && entity.units > 0 && entity.gender.is_none();
        if nothing_known && !entity.place && told.contains(&key(page, entity.best.clone())) {
            entity.kind = Some(AgentKind::Organisation);
            entity.employs = true;
        }
    }
    add_mentions(page, employers, cast);
}

/// In "Harl chief Rolf Egg" Harl is named too.
fn add_mentions(page: &Page<'_>, employers: Vec<Range<usize>>, cast: &mut Cast) {
    let mut bearers: FxHashMap<u64, usize> = FxHashMap::default();
    for (of, entity) in cast.entities.iter().enumerate() {
        if entity.kind == Some(AgentKind::Organisation) && entity.units > 0 {
            for range in std::iter::once(&entity.best).chain(&entity.named).chain(&entity.aliases) {
                bearers.entry(key(page, range.clone())).or_insert(of);
            }
        }
    }
    for range in employers {
        let known = bearers.contains_key(&key(page, range.clone()));
        if !known && !names_body(page, &range) && !has_staff(page, &range) {
            continue;
        }
        let of = *bearers.entry(key(page, range.clone())).or_insert_with(|| {
            let mut entity = Entity::new(Some(AgentKind::Organisation), range.clone());
            (entity.units, entity.employs) = (1, true);
            cast.entities.push(entity);
            cast.entities.len() - 1
        });
        let Some(entity) = cast.entities.get_mut(of) else { continue };
        let at = entity.named.partition_point(|known| known.start < range.start);
        if entity.named.get(at).is_none_or(|known| known.start > range.start) {
            entity.named.insert(at, range);
        }
    }
}

fn key(page: &Page<'_>, range: Range<usize>) -> u64 {
    whole(range.filter(|&i| page.is_word(i) && !matches!(page.word(i), "The" | "the")).map(|i| page.key(i)))
}

/// The words before the first office of a title, if they can name a body.
fn before_office(page: &Page<'_>, title: Range<usize>) -> Option<Range<usize>> {
    let office = |&i: &usize| page.is(i, Class::ROLE) || page.is(i, Class::MODIFIER);
    let common = [Class::PEOPLE, Class::PLACE, Class::PLACE_PART, Class::MODIFIER, Class::HONORIFIC];
    let first = title.start..title.clone().find(office)?;
    let names = first.clone().all(|i| page.is_capitalised(i) && !common.iter().any(|&of| page.is(i, of)));
    if !first.is_empty() && names {
        return Some(first);
    }
    // "House Judiciary Committee Chair", "Office of Management and Budget Director": what begins as one office ends as another.
    title.clone().skip(1).filter(office).map(|at| title.start..at).find(|before| names_body(page, before))
}

/// Whether words before an office name a body by themselves: one that the rules know, one whose last word says it, or large
/// letters that are no place's: "DCCC Chairman".
fn names_body(page: &Page<'_>, range: &Range<usize>) -> bool {
    let joins = |i: usize| matches!(page.word(i), "of" | "and" | "for" | "on" | "&");
    let last = range.end.saturating_sub(1);
    let inside = range.clone().all(|i| page.is_capitalised(i) || i > range.start && i < last && joins(i));
    let lone = range.len() == 1 && page.is_upper(last) && (3..=6).contains(&page.word(last).len());
    let place =
        page.is(last, Class::PLACE) || page.is(last, Class::PEOPLE) || page.is(last, Class::HONORIFIC);
    is_known_body(page, range.clone())
        || inside
            && range.len() > if page.is(range.start, Class::PEOPLE) { 2 } else { 1 }
            && body_of(page, range.clone())
        || lone && !place
}

/// Whether the office behind a name in a title is one of companies: "Harl Chief Executive Rolf Egg".
fn has_staff(page: &Page<'_>, range: &Range<usize>) -> bool {
    (range.end..range.end + 2).any(|i| STAFF.iter().any(|word| word.eq_ignore_ascii_case(page.word(i))))
}

/// A company's name without its legal form at the end.
fn without_form(page: &Page<'_>, name: Range<usize>) -> Option<Range<usize>> {
    let last = name.clone().rev().find(|&i| page.is_word(i))?;
    (last > name.start && page.is(last, Class::COMPANY)).then_some(name.start..last)
}

/// "Harl workers", "the head of Harl".
fn has_people(page: &Page<'_>, run: &Range<usize>) -> bool {
    let noun = |i: usize| !page.is_joined(i) && STAFF.contains(&page.word(i));
    let behind = run.end + page.possessive(run.end);
    if page.sentence(run.end) == page.sentence(run.start)
        && (noun(run.end) || behind > run.end && noun(behind))
    {
        return true;
    }
    let (Some(word), Some(office)) = (run.start.checked_sub(1), run.start.checked_sub(2)) else {
        return false;
    };
    matches!(page.word(word), "of" | "at" | "for") && noun(office)
}
