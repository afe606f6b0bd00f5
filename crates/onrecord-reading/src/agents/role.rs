//! Offices and descriptions of persons before a name, and what they tell.

use super::cast::Entity;
use super::name::{Gender, Name};
use super::page::Page;
use super::rules::{Class, RULES};

use crate::token::Gap;
use std::ops::Range;

/// How many tokens before a name are looked at.
const REACH: usize = 12;

/// The office or description before a name: "Secretary of State", "former campaign spokesman", "Norway's president".
pub(super) fn before(page: &Page<'_>, name: &Name) -> Option<Range<usize>> {
    let inner = title(page, name);
    let noun = name.run.start.checked_sub(1).filter(|&i| {
        page.gap(name.run.start) == Gap::Space && page.is_lower(i) && page.is(i, Class::ROLE)
            || page.is_lower(i) && page.is(i, Class::COMPLEMENT) && is_of_office(page, i)
    });
    if inner.is_none() && (noun.is_none() || name.name.start > name.run.start) {
        return None;
    }
    let end = inner.as_ref().map_or(name.run.start, |inner| inner.end);
    let start = page_start(page, start_of_phrase(page, name.run.start, noun.is_some()), end);
    (start < end).then_some(start..end)
}

/// Whether the word at `i` is the end of "chief of staff", "secretary of state".
fn is_of_office(page: &Page<'_>, i: usize) -> bool {
    i > 1 && page.word(i - 1) == "of" && page.is(i - 2, Class::ROLE) && page.is_lower(i - 2)
}

/// Where the words begin that lead to an office at `end`.
fn start_of_phrase(page: &Page<'_>, end: usize, lower: bool) -> usize {
    let known = |i: usize| {
        [Class::ROLE, Class::MODIFIER, Class::PEOPLE, Class::ORGANISATION]
            .iter()
            .any(|&class| page.is(i, class))
    };
    let mut start = end;
    while start > 0 && end - start < REACH && page.gap(start) <= Gap::Space {
        let i = start - 1;
        let word = page.word(i);
        let capital = page.is_capitalised(i) && !page.in_headline(i) && !page.is(i, Class::CALENDAR);
        // "said Ana Brand's lawyer": a given name begins somebody else's name, unless his surname follows.
        let given =
            page.is(i, Class::GIVEN) && capital && !(lower && start < end && page.is_capitalised(start));
        let plain = page.is_word(i) && !page.is(i, Class::FUNCTION) && !given && (capital || known(i));
        let joined = page.is_joined(start)
            && (page.is_hyphen(i) || page.is_hyphen(start) && matches!(word, "then" | "ex"));
        let initials = word == "."
            && page.is_joined(i)
            && i > 0
            && (page.is_initial(i - 1) || page.is(i - 1, Class::HONORIFIC));
        if plain && page.begins_sentence(i) && !known(i) && !page.is(i, Class::PLACE) && !capital {
            break;
        }
        if plain || joined || initials {
            start = i;
            continue;
        }
        if let Some(at) = linked(page, i).or_else(|| compound(page, i, start)).or_else(|| owner(page, i)) {
            start = at;
            continue;
        }
        break;
    }
    start
}

/// "of" and "and" inside an office: "chief of staff", "Health and Human Services Secretary".
fn linked(page: &Page<'_>, i: usize) -> Option<usize> {
    let (left, right) = (i.checked_sub(1)?, i + 1);
    let holds = match page.word(i) {
        "of" => page.is(left, Class::ROLE) && page.is(right, Class::COMPLEMENT),
        "and" | "&" => {
            page.is(left, Class::ROLE) && page.is_lower(left) && page.is_lower(right)
                || page.is(left, Class::COMPLEMENT) && page.is_capitalised(left) && page.is_capitalised(right)
        }
        _ => false,
    };
    holds.then_some(left)
}

/// "the abortion doctor", "a Korr venture capitalist": nouns that nothing is known of, up to a word that can begin a
/// description.
fn compound(page: &Page<'_>, i: usize, start: usize) -> Option<usize> {
    if !page.is_lower(start) || !page.is(start, Class::ROLE) || page.is(start, Class::MODIFIER) {
        return None;
    }
    let mut at = i;
    for _ in 0..2 {
        let word = page.word(at);
        let noun = page.is_lower(at)
            && !page.is(at, Class::FUNCTION)
            && !page.is(at, Class::ROLE)
            && word.len() > 2
            && page.gap(at) == Gap::Space
            && !["ed", "ing", "ly"].iter().any(|ending| word.ends_with(ending));
        if !noun {
            return None;
        }
        let bound = at.checked_sub(1)?;
        let opens = matches!(
            page.word(bound),
            "a" | "an" | "the" | "his" | "her" | "its" | "their" | "A" | "An" | "The"
        ) || page.is_lower(bound) && page.is(bound, Class::MODIFIER)
            || page.is(bound, Class::PLACE)
            || page.is(bound, Class::PEOPLE)
            || page.possessive(bound.saturating_sub(1)) == 2;
        if opens {
            return Some(at);
        }
        at = bound;
    }
    None
}

/// "France's", "the United States’" before an office: a country tells which.
fn owner(page: &Page<'_>, i: usize) -> Option<usize> {
    let mark =
        if page.possessive(i) == 1 { i } else { i.checked_sub(1).filter(|&i| page.possessive(i) == 2)? };
    let mut start = mark;
    while start > 0
        && mark - start < 3
        && (page.is(start - 1, Class::PLACE) || page.is(start - 1, Class::PLACE_PART))
        && page.is_capitalised(start - 1)
    {
        start -= 1;
    }
    (start < mark).then_some(start)
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

/// An office, not a mere form of address.
fn is_office(page: &Page<'_>, i: usize) -> bool {
    page.is(i, Class::HONORIFIC) && !page.is(i, Class::MALE) && !page.is(i, Class::FEMALE)
}

/// "his lawyer, Ana Kell,", "the keeper of the quay, Ana Kell.": a description before a comma and a full name.
pub(super) fn before_comma(page: &Page<'_>, name: &Name) -> Option<Range<usize>> {
    let comma = name.run.start.checked_sub(1).filter(|&i| page.word(i) == ",")?;
    let closed = matches!(page.word(name.run.end), "," | "." | ";" | ")" | "”");
    if !closed || name.units < 2 && name.run == name.name {
        return None;
    }
    let sentence = page.sentence(comma);
    let from = comma.saturating_sub(REACH);
    for i in (from..comma).rev() {
        let stops = !page.is_word(i) && !page.is_hyphen(i) && page.possessive(i) == 0 && page.word(i) != ".";
        if stops || page.sentence(i) != sentence {
            return None;
        }
        let opens = matches!(
            page.word(i),
            "a" | "an"
                | "the"
                | "his"
                | "her"
                | "its"
                | "their"
                | "my"
                | "our"
                | "A"
                | "An"
                | "The"
                | "His"
                | "Her"
        );
        if !opens {
            continue;
        }
        let noun = (i + 1..comma)
            .take_while(|&k| !page.is(k, Class::FUNCTION))
            .filter(|&k| page.is(k, Class::ROLE))
            .last();
        let Some(noun) = noun else { continue };
        let rest = noun + 1;
        let told = rest == comma || matches!(page.word(rest), "of" | "for" | "at" | "in" | "and");
        return (told && page.is_lower(noun)).then_some(i + 1..comma);
    }
    None
}

/// Skips what cannot begin a description.
pub(super) fn page_start(page: &Page<'_>, mut start: usize, end: usize) -> usize {
    while start < end
        && (!page.is_word(start)
            || page.is(start, Class::FUNCTION) && !page.is_upper(start) && !page.is_hyphen(start + 1))
    {
        start += 1;
    }
    start
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
