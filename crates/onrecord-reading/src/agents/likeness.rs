//! What a name tells of being a person's, and two names of meaning one person.

use super::cast::Entity;
use super::name::Name;
use super::page::Page;
use super::rules::Class;
use super::run::is_dotted_place;
use std::ops::Range;

pub(super) fn suffix(page: &Page<'_>, name: &Name) -> u64 {
    let last = name.name.clone().rev().find(|&i| page.is_word(i));
    last.filter(|&i| page.is(i, Class::SUFFIX)).map_or(0, |i| page.key(i))
}

pub(super) fn suffix_of(page: &Page<'_>, entity: &Entity) -> u64 {
    let last = entity.best.clone().rev().find(|&i| page.is_word(i));
    last.filter(|&i| page.is(i, Class::SUFFIX)).map_or(0, |i| page.key(i))
}

/// Whether the parts between first and last name do not speak against one person: "W." and "H.W." do.
pub(super) fn same_middle(page: &Page<'_>, name: &Name, entity: &Entity) -> bool {
    let letters = |range: &Range<usize>| -> Vec<char> {
        let words = range.clone().filter(|&i| page.is_capitalised(i) && !page.is(i, Class::SUFFIX));
        let letters: Vec<char> = words.filter_map(|i| page.word(i).chars().next()).take(6).collect();
        letters.get(1..letters.len().max(2) - 1).unwrap_or_default().to_vec()
    };
    let initials = |range: &Range<usize>| range.clone().any(|i| page.is_initial(i));
    let (one, other) = (letters(&name.name), letters(&entity.best));
    !(initials(&name.name) && initials(&entity.best))
        || one.is_empty()
        || other.is_empty()
        || one.starts_with(&other)
        || other.starts_with(&one)
}

pub(super) fn has_initial(page: &Page<'_>, name: &Name) -> bool {
    if is_dotted_place(page, name.name.start) {
        return false;
    }
    name.name.clone().any(|i| {
        page.is_initial(i) && page.word(i + 1) == "." && !page.is(i + 2, Class::PLACE)
            || matches!(page.word(i), "Jr" | "Sr")
            || i > name.name.start && page.is_lower(i) && page.is(i, Class::PARTICLE)
    })
}

/// "Jae-in", "Geun-hye": a given name of two syllables behind the family name, or before it.
pub(super) fn has_joined_given_name(page: &Page<'_>, name: &Name) -> bool {
    name.units == 2
        && is_nameable(page, name)
        && name.name.clone().any(|i| {
            page.is_hyphen(i + 1)
                && page.is_capitalised(i)
                && page.is_lower(i + 2)
                && page.word(i).len() <= 6
                && page.word(i + 2).len() <= 5
        })
}

/// Whether none of the words is one that bodies, places and peoples are called by.
pub(super) fn is_nameable(page: &Page<'_>, name: &Name) -> bool {
    let common = [
        Class::ORGANISATION,
        Class::COMPANY,
        Class::PLACE,
        Class::PLACE_PART,
        Class::PEOPLE,
        Class::MODIFIER,
        Class::GROUP,
        Class::DOCUMENT,
        Class::CALENDAR,
    ];
    // "WATCHED Egg"
    let start = name.name.start;
    let shouted = page.is_upper(start)
        && page.word(start).len() > 3
        && name.name.clone().skip(1).any(|i| page.is_capitalised(i) && !page.is_upper(i));
    !shouted
        && name.name.clone().all(|i| !common.iter().any(|&class| page.is(i, class)))
        && !name.run.start.checked_sub(1).is_some_and(|i| matches!(page.word(i), "the" | "The"))
}

/// Whether a description of a person follows behind a comma.
pub(super) fn is_described(page: &Page<'_>, name: &Name) -> bool {
    super::description::behind(page, name.run.end, None).is_some()
        || page.word(name.run.end) == "," && page.word(name.run.end + 1) == "who"
        || page.word(name.run.end) == "who"
}

pub(super) fn agrees(entity: &Entity, name: &Name) -> bool {
    !name.titled || entity.gender.is_none() || name.gender.is_none() || entity.gender == name.gender
}
