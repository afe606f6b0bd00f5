//! Offices and descriptions of persons: before a name, and behind it after a comma.

use super::cast::Entity;
use super::name::{Gender, Name};
use super::page::Page;
use super::rules::{Class, RULES};
use crate::token::Gap;
use std::ops::Range;

/// The office or description before a name: "Secretary of State", "campaign spokesman".
pub(super) fn before(page: &Page<'_>, name: &Name) -> Option<Range<usize>> {
    let mut start = name.run.start;
    let inner = name.run.start..name.name.start;
    let near = start.checked_sub(1).filter(|&i| page.gap(start) == Gap::Space && is_noun(page, i))?;
    let _ = near;
    while start > 0 && name.run.start - start < 9 && page.gap(start) <= Gap::Space {
        let i = start - 1;
        let part = page.is_word(i)
            && !page.is(i, Class::FUNCTION)
            && (page.is_capitalised(i) && !page.in_headline(i)
                || [Class::ROLE, Class::MODIFIER, Class::PEOPLE, Class::ORGANISATION]
                    .iter()
                    .any(|&class| page.is(i, class)));
        if !(part || page.is_hyphen(i) && page.is_joined(start)) {
            break;
        }
        start = i;
    }
    let end = if inner.is_empty() { name.run.start } else { inner.end };
    let start = page_start(page, start, end);
    (start < end).then_some(start..end)
}

/// The title inside a name's run, unless it only says "Mr.".
pub(super) fn title(page: &Page<'_>, name: &Name) -> Option<Range<usize>> {
    let mut title = name.run.start..name.name.start;
    while title.end > title.start
        && page.word(title.end - 1) == "."
        && !page.is(title.end.saturating_sub(2), Class::HONORIFIC)
    {
        title.end -= 1;
    }
    title.clone().any(|i| is_office(page, i) || page.is(i, Class::ROLE)).then_some(title)
}

fn is_noun(page: &Page<'_>, i: usize) -> bool {
    page.is_lower(i) && page.is(i, Class::ROLE)
}

/// An office, not a mere form of address.
fn is_office(page: &Page<'_>, i: usize) -> bool {
    page.is(i, Class::HONORIFIC) && !page.is(i, Class::MALE) && !page.is(i, Class::FEMALE)
}

/// Skips what cannot begin a description.
pub(super) fn page_start(page: &Page<'_>, mut start: usize, end: usize) -> usize {
    while start < end && (!page.is_word(start) || page.is(start, Class::FUNCTION) && !page.is_upper(start)) {
        start += 1;
    }
    start
}

/// The description behind a name that ends at `at`: ", a former sailor and now director of the port,". `limit` is the end
/// of the source the name stands in, which the description may fill over commas.
pub(super) fn behind(page: &Page<'_>, at: usize, limit: Option<usize>) -> Option<Range<usize>> {
    if page.word(at) != "," {
        return None;
    }
    let mut start = at + 1;
    // An age: "Kell, 56, a docker"
    if page.word(start).bytes().all(|b| b.is_ascii_digit()) && page.word(start + 1) == "," {
        start += 2;
    }
    let sentence = page.sentence(at);
    let stop = limit.unwrap_or(at + 40).min(at + 60).min(page.len());
    let same = |i: usize| i < stop && (page.sentence(i) == sentence || limit.is_some());
    let opener = matches!(page.word(start), "a" | "an" | "the" | "one" | "his" | "her" | "their" | "its")
        || [Class::MODIFIER, Class::ROLE, Class::PEOPLE].iter().any(|&class| page.is(start, class));
    if !same(start) || !opener {
        return None;
    }
    let mut noun = None;
    for i in start..(start + 10).min(stop) {
        let possessive = page.possessive(i) > 0;
        if page.is_word(i) && page.is(i, Class::ROLE) {
            noun = Some(i);
            break;
        }
        let verb = matches!(
            page.word(i),
            "said"
                | "says"
                | "is"
                | "was"
                | "has"
                | "had"
                | "told"
                | "of"
                | "in"
                | "for"
                | "to"
                | "and"
                | "who"
        );
        if verb
            || !(page.is_word(i)
                || possessive
                || page.is_hyphen(i)
                || page.word(i) == "." && page.is_joined(i))
        {
            break;
        }
    }
    let noun = noun?;
    let mut end = noun + 1;
    // Another person with a title, no description of the first.
    if page.is_capitalised(end) && page.is_lower(noun) == page.is_lower(start) && page.gap(end) == Gap::Space
    {
        return None;
    }
    if page.is(noun, Class::PEOPLE) && page.word(end) == "of" {
        end += 1;
    }
    while same(end) {
        let word = page.word(end);
        // "In Korr, the mayor said": a new clause, no description.
        if matches!(word, "said" | "says" | "told" | "also" | "is" | "was" | "has" | "had" | "will" | "would")
        {
            return None;
        }
        if matches!(word, ";" | ":" | "(" | "—" | "–" | "”" | "“" | "\"")
            || matches!(word, "who" | "which" | "whose")
        {
            break;
        }
        let ends = word == ","
            || word == "."
                && !page.is_initial(end - 1)
                && !page.is(end - 1, Class::HONORIFIC)
                && page.gap(end + 1) != Gap::None;
        if ends
            && (limit.is_none()
                || page.word(end + 1) == "and"
                || page.word(end + 1) == "who"
                || page.word(end + 1) == "which")
        {
            break;
        }
        end += 1;
    }
    while end > start && (!page.is_word(end - 1) || matches!(page.word(end - 1), "and" | "or" | "the" | "of"))
    {
        end -= 1;
    }
    let start = if page.is(start, Class::FUNCTION) { start + 1 } else { start };
    (start < end).then_some(start..end)
}

/// The nouns of a description before its first preposition, all names of one office counted as one, and the gender they
/// tell.
pub(super) fn offices(page: &Page<'_>, role: Range<usize>) -> (Vec<u64>, Option<Gender>) {
    let mut nouns = Vec::new();
    let mut gender = None;
    for i in role {
        if matches!(page.word(i), "at" | "in" | "from" | "with" | "under" | "who") {
            break;
        }
        if page.is(i, Class::TITLE) || page.is(i, Class::PEOPLE) {
            nouns.push(RULES.office(page.key(i)));
            gender = match (page.is(i, Class::MALE), page.is(i, Class::FEMALE)) {
                (true, false) => Some(Gender::Male),
                (false, true) => Some(Gender::Female),
                _ => gender,
            };
        } else if page.possessive(i) > 0 {
            // The city's mayor is no city.
            nouns.clear();
        }
    }
    (nouns, gender)
}

/// Adds a role unless it is there in the same words.
pub(super) fn add(page: &Page<'_>, entity: &mut Entity, role: Range<usize>) {
    // A person who is told in more offices than this is no person of a news text.
    if role.is_empty() || entity.roles.len() >= 24 {
        return;
    }
    let (offices, gender) = offices(page, role.clone());
    for office in offices {
        if !entity.offices.contains(&office) {
            entity.offices.push(office);
        }
    }
    entity.gender = entity.gender.or(gender);
    // The longer of two readings of one place stays.
    if let Some(same) = entity.roles.iter_mut().find(|known| known.start < role.end && role.start < known.end)
    {
        if role.len() > same.len() {
            *same = role;
        }
        return;
    }
    let text = page.slice(role.clone());
    if !entity.roles.iter().any(|known| page.slice(known.clone()).eq_ignore_ascii_case(text)) {
        entity.roles.push(role);
    }
}
