//! Runs of words written large, read as a title and a name.

use super::credit::without_picture_credit;
use super::opening;
use super::page::Page;
use super::rules::{Class, RULES};
use super::run::{follows, is_dotted, is_dotted_place, joins, run_end};
use crate::token::Gap;
use std::ops::Range;

/// What a run of large words looks like, before the rest of the document is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// A title or a known given name says that it is a person.
    Person,
    /// A head noun or an acronym says that it is a body.
    Organisation,
    /// A country, state or city.
    Place,
    /// Several words, of which nothing is known.
    Several,
    /// One word, of which nothing is known.
    Single,
    /// An office without a name ("Secretary of State").
    Office,
    /// A word for a people or a party, a month, a beginning of a sentence.
    Other,
}

/// A male or female person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gender {
    Male,
    Female,
}

/// One run, in token indices.
#[derive(Clone, Debug)]
pub(super) struct Name {
    /// All of it.
    pub(super) run: Range<usize>,
    /// The name without title.
    pub(super) name: Range<usize>,
    pub(super) look: Look,
    /// What title or given name tell.
    pub(super) gender: Option<Gender>,
    /// Whether the title is one that tells a gender ("Mrs.").
    pub(super) titled: bool,
    /// The hash of the first word of the name.
    pub(super) first: u64,
    /// The hash of the last, a suffix like "Jr." apart.
    pub(super) last: u64,
    /// How many words the name has, parts joined by hyphens counting as one.
    pub(super) units: usize,
}

/// Finds all runs, in order, not overlapping.
pub(super) fn names(page: &Page<'_>) -> Vec<Name> {
    let mut out = Vec::new();
    let letters = opening::Letters::new(page);
    let mut i = 0;
    while i < page.len() {
        let opening = opening::is_opening_word(page, i, &letters) && !joins(page, i + 1);
        if !begins(page, i) || opening {
            i += 1;
            continue;
        }
        if let Some(name) = inverted(page, i) {
            i = name.run.end;
            out.push(name);
            continue;
        }
        let (end, mut is_name) = run_end(page, i);
        // "D-Mass."
        is_name &= !(matches!(page.word(i), "D" | "R" | "I") && page.is_hyphen(i + 1));
        if is_name && let Some(name) = read(page, i..end) {
            out.push(name);
        }
        i = end.max(i + 1);
    }
    opening::strip(page, &mut out);
    out
}

/// "EGG, Rolf", as lists of persons write it.
fn inverted(page: &Page<'_>, i: usize) -> Option<Name> {
    let given = i + 2;
    let listed = i == 0
        || page.gap(i) >= Gap::Line
        || matches!(page.word(i - 1), "(" | ";" | "\"" | "“")
        || page.word(i - 1) == "." && i > 1 && matches!(page.word(i - 2), "a" | "A");
    if !page.is_upper(i)
        || page.word(i).len() < 3
        || page.word(i + 1) != ","
        || !listed
        || page.in_headline(i) && page.is_upper(given)
    {
        return None;
    }
    let part = |k: usize| page.is_capitalised(k) && !page.is_upper(k) && page.gap(k) == Gap::Space;
    let end = (given..given + 4).take_while(|&k| part(k)).last()? + 1;
    if !matches!(page.word(end), "(" | ")" | ";" | "\"" | "”")
        && page.gap(end) < Gap::Line
        && end < page.len()
    {
        return None;
    }
    let gender = gender_of(page, given, Class::NAME_MALE, Class::NAME_FEMALE);
    let mut name = describe(page, i..end, i..end, Look::Person, gender, false);
    (name.first, name.last) = (page.key(given), page.key(i));
    Some(name)
}

fn begins(page: &Page<'_>, i: usize) -> bool {
    if page.is_capitalised(i) {
        let joined = page.is_joined(i) && i > 0 && (page.is_word(i - 1) || page.is_apostrophe(i - 1));
        return !joined
            && (!page.is(i, Class::FUNCTION)
                || page.is_upper(i) && page.word(i).len() == 2 && !page.in_headline(i))
            || is_dotted(page, i) > 0;
    }
    // "bin Tariq" and "al-Zuri" may stand alone.
    if matches!(page.word(i), "bin" | "ibn" | "van" | "von" | "de" | "di" | "del") && follows(page, i + 1) {
        return page.gap(i) != Gap::None;
    }
    page.is(i, Class::PARTICLE)
        && page.word(i).len() == 2
        && page.is_hyphen(i + 1)
        && page.is_joined(i + 2)
        && page.is_capitalised(i + 2)
}

/// Reads a run as title and name; nothing when no word of it can be part of a name.
fn read(page: &Page<'_>, run: Range<usize>) -> Option<Name> {
    let mut start = run.start;
    while start < run.end
        && (page.is(start, Class::CALENDAR) && !page.is(start, Class::GIVEN) || !page.is_word(start))
    {
        start += 1;
    }
    if start >= run.end {
        return None;
    }
    let mut end = run.end;
    // "Korr W.Va.": the letter belongs to a state.
    if page.is_initial(end - 1) && end - start > 1 && page.word(end) == "." && page.is_joined(end + 1) {
        end -= 1;
    }
    (start, end) = without_picture_credit(page, start..end);
    // "General Motors GM": the sign under which its shares are dealt in.
    if end - start > 2 && page.is_upper(end - 1) && is_known_body(page, start..end - 1) {
        end -= 1;
    }
    let run = start..end;
    if let Some(body) = known_body_in(page, run.clone()) {
        return Some(describe(page, run, body, Look::Organisation, None, false));
    }
    let words = run.clone().filter(|&i| page.is_word(i));
    // "U.S. Marines"
    if page.is(end - 1, Class::GROUP) && is_dotted_place(page, start) {
        return Some(describe(page, run.clone(), run, Look::Other, None, false));
    }
    if RULES.is_thing(words.map(|i| page.key(i))) {
        return Some(describe(page, run.clone(), run, Look::Other, None, false));
    }
    let title = title_end(page, run.clone());
    let mut name = title..end;
    let titled = title > start;
    let body = body_of(page, name.clone());
    if body && !(titled && page.is(title, Class::GIVEN)) {
        // "Justice Department": what looked like a title belongs to the body.
        return Some(describe(page, run.clone(), run, Look::Organisation, None, false));
    }
    if name.is_empty() {
        // "the Coast Guard" is no guard.
        let corps = matches!(page.word(end - 1), "Guard" | "Corps" | "Patrol" | "Reserve") && run.len() > 1;
        if corps && start > 0 && matches!(page.word(start - 1), "the" | "The" | "’s" | "s") {
            return Some(describe(page, run.clone(), run, Look::Organisation, None, false));
        }
        return Some(describe(page, run.clone(), run, Look::Office, None, false));
    }
    let mut look = if titled { Look::Person } else { look(page, name.clone()) };
    if !titled && look == Look::Several {
        // "Republican Rolf Egg", "Massachusetts Ana Rill".
        let given = (name.start + 1..name.end.saturating_sub(1)).find(|&i| page.is(i, Class::GIVEN));
        if let Some(at) = given
            && (name.start..at)
                .all(|i| page.is(i, Class::PEOPLE) || page.is(i, Class::PLACE) || page.is(i, Class::MODIFIER))
        {
            name.start = at;
            look = Look::Person;
        }
    } else if !titled
        && look == Look::Person
        && page.is(start, Class::PEOPLE)
        && page.is(start + 1, Class::GIVEN)
    {
        name.start = start + 1;
    }
    let mut gender = None;
    for i in (start..name.start).rev() {
        gender = gender.or(gender_of(page, i, Class::MALE, Class::FEMALE));
    }
    let honorific = gender.is_some();
    if look == Look::Person {
        gender = gender.or(gender_of(page, name.start, Class::NAME_MALE, Class::NAME_FEMALE));
    }
    Some(describe(page, run, name, look, gender, honorific))
}

/// The gender that the word at `i` tells by these two classes.
pub(super) fn gender_of(page: &Page<'_>, i: usize, male: Class, female: Class) -> Option<Gender> {
    match (page.is(i, male), page.is(i, female)) {
        (true, false) => Some(Gender::Male),
        (false, true) => Some(Gender::Female),
        _ => None,
    }
}

/// Where the title at the head of the run ends.
fn title_end(page: &Page<'_>, run: Range<usize>) -> usize {
    let mut title = None;
    for i in run.clone() {
        // "St. Korr" is a place, an "Ex-Navy" man no Navy.
        let saint = page.word(i) == "St" && i == run.start
            || page.is_hyphen(i + 1) && !matches!(page.word(i + 2), "elect" | "general");
        if !page.is(i, Class::TITLE) || page.is_joined(i) && i > run.start || saint {
            continue;
        }
        let last = i + 1 == run.end;
        // "Charlie King": behind a given name or an initial a title is a surname.
        // "Fort Lee Mayor Ana Egg", "U.S. President Ana Egg" have another behind it.
        let surname = i > run.start
            && (page.is(i - 1, Class::GIVEN) && !page.is(i - 1, Class::TITLE)
                || page.word(i - 1) == "." && page.is_initial(i.saturating_sub(2)))
            && (last || !page.is(i + 1, Class::GIVEN) && !page.is(i + 1, Class::TITLE))
            && is_dotted(page, run.start) != i - run.start;
        let behind_title = title.is_some_and(|at| i == at + 1 || i == at + 2 && page.word(at + 1) == ".");
        // "Executive Editor Dean Egg", "Marshall Egg": a given name, if but one word follows.
        let given = page.is(i, Class::GIVEN)
            && (title.is_some() || run.end - i <= 3)
            && !last
            && page.word(i + 1) != "of";
        if given {
            break;
        }
        if surname || last && behind_title && page.is(i.saturating_sub(2), Class::HONORIFIC) {
            break;
        }
        title = Some(i);
    }
    let Some(mut at) = title else { return run.start };
    at += 1;
    // "President-elect"
    if page.is_hyphen(at) && page.word(at + 1) == "elect" {
        at = (at + 2).min(run.end);
    }
    if page.word(at) == "Pro" && matches!(page.word(at + 1), "Tem" | "Tempore") {
        at = (at + 2).min(run.end);
    }
    if page.word(at) == "." && at < run.end {
        at += 1;
    }
    if at < run.end && matches!(page.word(at), "of" | "for") {
        let rest = at + 1..run.end;
        let given = rest.clone().find(|&i| page.is(i, Class::GIVEN) && !page.is(i, Class::PLACE));
        let complement = rest.clone().find(|&i| {
            !(page.is(i, Class::COMPLEMENT) || matches!(page.word(i), "the" | "and" | "for" | "of"))
        });
        return match (given, complement) {
            (Some(i), _) => i,
            // "Director of the Harbour" names nobody, "Secretary of State Egg" does.
            (None, Some(i)) if (rest.start..i).any(|i| page.is(i, Class::COMPLEMENT)) => i,
            _ => run.end,
        };
    }
    at.min(run.end)
}

/// Whether the words name a body.
pub(super) fn body_of(page: &Page<'_>, name: Range<usize>) -> bool {
    let Some(last) = name.clone().rev().find(|&i| page.is_word(i)) else { return false };
    let connected = name
        .clone()
        .find(|&i| matches!(page.word(i), "of" | "for" | "on") || i > name.start && joins(page, i));
    let head = connected.map_or(last, |at| at.saturating_sub(1));
    if page.is(name.start, Class::GIVEN) && name.len() == 2 && page.is(last, Class::SURNAME) {
        return false;
    }
    if name.clone().any(|i| page.word(i) == "&") || name.len() > 1 && page.is(last, Class::COMPANY) {
        return true;
    }
    let place = page.is(name.start, Class::PLACE_PART) && page.is(head, Class::PLACE_PART);
    !place && (page.is(head, Class::ORGANISATION) || page.is(last, Class::ORGANISATION))
        || connected.is_some() && (page.is(head, Class::GROUP) || page.is(head, Class::PEOPLE))
}

/// Whether the words are the name of a body that the rules know.
pub(super) fn is_known_body(page: &Page<'_>, name: Range<usize>) -> bool {
    let words = || name.clone().filter(|&i| page.is_word(i) && !matches!(page.word(i), "The" | "the"));
    let is_acronym = |i: usize| page.is_upper(i) && RULES.is_acronym(page.key(i));
    RULES.is_body(words().map(|i| page.key(i)))
        || words().next().is_some_and(is_acronym) && words().count() == 1
}

/// The known body that the run names, words for a country or a party before it apart: "Republican U.S. Senate".
fn known_body_in(page: &Page<'_>, run: Range<usize>) -> Option<Range<usize>> {
    let mut start = run.start;
    while start < run.end && run.len() < 12 {
        if is_known_body(page, start..run.end) {
            return Some(start..run.end);
        }
        let dotted = is_dotted(page, start);
        let apart = dotted > 0
            || [Class::PEOPLE, Class::PLACE, Class::PLACE_PART].iter().any(|&of| page.is(start, of));
        if !apart {
            return None;
        }
        start += dotted.max(1);
    }
    None
}

fn look(page: &Page<'_>, name: Range<usize>) -> Look {
    let first = name.start;
    let dotted = is_dotted(page, first);
    if dotted > 0 && dotted >= name.len() {
        return if matches!(page.word(first), "U" | "E") { Look::Place } else { Look::Organisation };
    }
    let words: Vec<usize> = name.clone().filter(|&i| page.is_word(i)).collect();
    if page.word(first) == "St" && words.len() > 1 {
        return Look::Place;
    }
    let all = |class: Class| words.iter().all(|&i| page.is(i, class));
    if words.iter().all(|&i| {
        page.is(i, Class::PLACE) || page.is(i, Class::PLACE_PART) || i > first && page.is_initial(i)
    }) {
        return Look::Place;
    }
    // "Republican Illinois", "Democratic U.S."
    let placed = |i: usize| page.is(i, Class::PLACE) || page.is(i, Class::PLACE_PART) || page.is_initial(i);
    if words.iter().all(|&i| page.is(i, Class::PEOPLE) || placed(i)) {
        return Look::Other;
    }
    let last = words.last().copied().unwrap_or(first);
    let surname = page.is(first, Class::GIVEN) && words.len() == 2;
    let common = [Class::GROUP, Class::THING, Class::PEOPLE].iter().any(|&class| page.is(last, class));
    let shouted = words.len() > 2 && words.iter().all(|&i| page.is_upper(i)) && !page.is(first, Class::GIVEN);
    if common && !(surname && (page.is(last, Class::SURNAME) || page.is(last, Class::PEOPLE))) || shouted {
        return Look::Other;
    }
    if all(Class::PEOPLE) || all(Class::FUNCTION) || all(Class::CALENDAR) {
        return Look::Other;
    }
    let units = units(page, name.clone());
    if units == 1 {
        let length = page.word(first).len();
        if words.len() == 1
            && page.is_upper(first)
            && page.word(name.end) == ":"
            && page.begins_sentence(first)
        {
            return Look::Person;
        }
        if words.len() == 1
            && page.is_upper(first)
            && length <= 6
            && page.word(name.end) != ":"
            && !page.in_headline(first)
        {
            return Look::Organisation;
        }
        let noun = [
            Class::ORGANISATION,
            Class::GROUP,
            Class::DOCUMENT,
            Class::ROLE,
            Class::MODIFIER,
            Class::UNNAMED,
        ];
        if noun.iter().any(|&class| page.is(first, class))
            && words.len() == 1
            && !page.is(first, Class::GIVEN)
        {
            return Look::Other;
        }
        return Look::Single;
    }
    let tail_is_name =
        words.iter().skip(1).all(|&i| !page.is(i, Class::DOCUMENT) && !page.is(i, Class::GROUP));
    let given = page.is(first, Class::GIVEN) && (!page.is(first, Class::PLACE) || units == 2);
    if given && units <= 4 && tail_is_name {
        return Look::Person;
    }
    Look::Several
}

/// Whether a particle is written large only because a sentence begins: "De la Cruz", "Bin Tariq".
fn leads(page: &Page<'_>, i: usize) -> bool {
    page.is_lower(i + 1) && page.is(i + 1, Class::PARTICLE)
        || (page.begins_sentence(i) || !page.is_word(i.wrapping_sub(1)))
            && matches!(page.word(i), "Bin" | "Ibn" | "Von" | "Van" | "De" | "Di")
}

/// "al-Zuri": what follows a particle and a hyphen is a word of its own.
fn behind_particle(page: &Page<'_>, i: usize) -> bool {
    i > 1 && page.is_hyphen(i - 1) && page.is_lower(i - 2) && page.is(i - 2, Class::PARTICLE)
}

fn units(page: &Page<'_>, name: Range<usize>) -> usize {
    let start = name.start;
    name.filter(|&i| {
        page.is_word(i)
            && (i == start || !page.is_joined(i) || behind_particle(page, i))
            && !page.is(i, Class::SUFFIX)
            // "De la Cruz" is one, at the beginning of a sentence too.
            && !(page.is(i, Class::PARTICLE)
                && (page.is_lower(i) || i == start && leads(page, i)))
    })
    .count()
    // "al-Zuri" alone.
    .max(1)
}

fn describe(
    page: &Page<'_>,
    run: Range<usize>,
    name: Range<usize>,
    look: Look,
    gender: Option<Gender>,
    titled: bool,
) -> Name {
    let word = |i: &usize| page.is_word(*i);
    let first = name.clone().find(word).map_or(0, |i| page.key(i));
    let last = name
        .clone()
        .rev()
        .find(|i| page.is_word(*i) && !page.is(*i, Class::SUFFIX))
        .map_or(first, |i| page.key(i));
    let units = units(page, name.clone());
    Name { run, name, look, gender, titled, first, last, units }
}
